"""The book for a class without internet: the packages of a session as wheels, and one zip file for a USB stick.

``python -m book.bundle wheelhouse [COMPUTER ...]`` fetches every package of ``requirements.txt`` for this computer, or for others such as
``windows-3.13``; ``python -m book.bundle zip`` packs the built site, the notebooks, the data, the wheels and the instructions.
Both are run by ``make wheelhouse`` and ``make bundle``.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename
from packaging.version import Version

from data.package import DATA_FOLDER, PACKAGE_FILE, package

PROJECT = Path(__file__).resolve().parent.parent
REQUIREMENTS = "requirements.txt"
COMPUTERS_FILE = "computers.txt"
WHEELHOUSE = PROJECT / "_build" / "wheelhouse"
SITE = PROJECT / "_build" / "html"
BUNDLE = PROJECT / "_build" / "kinderarmoede.zip"
README = PROJECT / "book" / "examples" / "LEESMIJ.txt"
NOT_SOURCE = (".*", "_build", "build", "*.egg-info", "__pycache__")
ALREADY_SMALL = {".whl", ".zip", ".xlsx", ".png", ".woff2"}


@dataclass(frozen=True)
class Computer:
    """A kind of computer for which wheels are fetched.

    Parameters
    ----------
    title : str
        What a reader calls it.
    tags : tuple of str
        Platform tags of the wheels that run on it.
    environment : dict of str to str
        What its Python says of itself, for the conditions in a list of requirements.
    """

    title: str
    tags: tuple[str, ...]
    environment: dict[str, str]


COMPUTERS = {
    "linux": Computer(
        "Linux (Intel of AMD, 64 bits)",
        (*(f"manylinux_2_{minor}_x86_64" for minor in range(28, 4, -1)), "manylinux2014_x86_64", "linux_x86_64"),
        {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix", "platform_machine": "x86_64"},
    ),
    "macos": Computer(
        "Mac met een chip van Apple",
        ("macosx_14_0_arm64", "macosx_14_0_universal2"),
        {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix", "platform_machine": "arm64"},
    ),
    "windows": Computer(
        "Windows (64 bits)",
        ("win_amd64",),
        {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64"},
    ),
}


@dataclass(frozen=True)
class Target:
    """A computer with a version of Python.

    Parameters
    ----------
    computer : str
        Key of `COMPUTERS`.
    python : str
        For example ``"3.13"``.
    """

    computer: str
    python: str

    @classmethod
    def named(cls, name: str) -> Target:
        """Return the target of a name such as ``windows`` or ``windows-3.13``; ``here`` is this computer, and its Python is the default.

        Raises
        ------
        ValueError
            When there is no such computer, or the book does not run on that Python; the message says what can be asked for.
        """
        computer, _, python = name.partition("-")
        if computer == "here":
            computer = next((key for key, each in COMPUTERS.items() if each.environment["sys_platform"] == sys.platform), sys.platform)
        if computer not in COMPUTERS:
            raise ValueError(f"There is no computer {computer!r}; choose from: here, {', '.join(COMPUTERS)}")
        python = python or f"{sys.version_info.major}.{sys.version_info.minor}"
        if python not in supported_pythons():
            raise ValueError(f"The book does not run on Python {python!r}; choose from: {', '.join(supported_pythons())}")
        return cls(computer, python)

    @property
    def title(self) -> str:
        """What a reader calls it."""
        return f"{COMPUTERS[self.computer].title}, Python {self.python}"

    @property
    def environment(self) -> dict[str, str]:
        """What its Python says of itself."""
        versions = {"python_version": self.python, "python_full_version": f"{self.python}.0"}
        names = {"implementation_name": "cpython", "platform_python_implementation": "CPython"}
        return COMPUTERS[self.computer].environment | versions | names

    @property
    def pip_options(self) -> list[str]:
        """How pip is told to fetch wheels for it."""
        tags = [option for tag in COMPUTERS[self.computer].tags for option in ("--platform", tag)]
        return [*tags, "--python-version", self.python, "--implementation", "cp"]


def project_table() -> dict:
    """Return the table ``project`` of ``pyproject.toml``."""
    return tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def supported_pythons() -> list[str]:
    """Return the versions of Python on which the book runs, oldest first."""
    lowest, highest = (int(minor) for minor in re.findall(r"3\.(\d+)", project_table()["requires-python"]))
    return [f"3.{minor}" for minor in range(lowest, highest)]


def offline_requirements(text: str) -> str:
    """Return the list of requirements of a session with this project by name and version instead of from its folder.

    Parameters
    ----------
    text : str
        Content of ``requirements.txt``.

    Raises
    ------
    ValueError
        When a requirement has no fixed version: the wheelhouse of today would be another tomorrow.
    """
    project = project_table()
    text = re.sub(r"^-e \.\S*", f"{project['name']}=={project['version']}", text, flags=re.MULTILINE)
    lines = [line for line in text.splitlines() if line.strip() and not line.strip().startswith("#")]
    loose = [line for line in lines if not re.match(r"[\w.-]+==\S+", line)]
    if loose:
        raise ValueError(f"No fixed version: {', '.join(loose)}")
    return "\n".join(lines) + "\n"


def pins(text: str, target: Target) -> list[Requirement]:
    """Return the requirements of a computer: those whose condition holds there.

    Parameters
    ----------
    text : str
        As `offline_requirements` returns.
    target : Target
        The computer and its Python.
    """
    every = [Requirement(line) for line in text.splitlines()]
    return [each for each in every if each.marker is None or each.marker.evaluate(target.environment)]


def lacking(folder: Path, text: str, target: Target) -> list[str]:
    """Return the requirements of a computer for which a folder has no wheel, as ``name==version``.

    Parameters
    ----------
    folder : Path
        The wheelhouse.
    text : str
        As `offline_requirements` returns.
    target : Target
        The computer and its Python.
    """
    there = {parse_wheel_filename(path.name)[:2] for path in folder.glob("*.whl") if runs_on(path, target)}
    wanted = [(each, {(canonicalize_name(each.name), version) for version in versions(each)}) for each in pins(text, target)]
    return [f"{each.name}{each.specifier}" for each, names in wanted if not names & there]


def versions(requirement: Requirement) -> set[Version]:
    """Return the versions that a requirement names; one when it is pinned."""
    return {Version(each.version) for each in requirement.specifier}


def runs_on(wheel: Path, target: Target) -> bool:
    """Return whether a wheel can be installed on a computer.

    Parameters
    ----------
    wheel : Path
        The file; only its name is read.
    target : Target
        The computer and its Python.
    """
    system = {"linux": "linux", "macos": "macosx", "windows": "win"}[target.computer]
    interpreter = f"cp{target.python.replace('.', '')}"
    for tag in parse_wheel_filename(wheel.name)[3]:
        right_python = tag.interpreter == interpreter or tag.abi in ("abi3", "none")
        if right_python and (tag.platform == "any" or system in tag.platform):
            return True
    return False


def pip(*arguments: object) -> None:
    """Run pip of this Python; raise `subprocess.CalledProcessError` when it fails."""
    subprocess.run([sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", *map(str, arguments)], check=True)


def build_project(folder: Path) -> None:
    """Build a wheel of this project from a copy, so that nothing left by an earlier build comes with it.

    Parameters
    ----------
    folder : Path
        Where the wheel goes.
    """
    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(temporary) / "project"
        shutil.copytree(PROJECT, copy, ignore=shutil.ignore_patterns(*NOT_SOURCE))
        pip("wheel", "--no-deps", "--wheel-dir", folder, copy)


def build_sources(folder: Path) -> None:
    """Replace packages that came as source code by a wheel of them.

    Parameters
    ----------
    folder : Path
        The wheelhouse.

    Raises
    ------
    ValueError
        When the wheel would run on this kind of computer only.
    """
    for source in [*folder.glob("*.tar.gz"), *folder.glob("*.zip")]:
        with tempfile.TemporaryDirectory() as temporary:
            pip("wheel", "--no-deps", "--wheel-dir", temporary, source)
            (wheel,) = Path(temporary).glob("*.whl")
            if not wheel.name.endswith("-none-any.whl"):
                raise ValueError(f"{source.name} has no wheel for that computer, and one made here would not run there")
            shutil.move(wheel, folder / wheel.name)
        source.unlink()


def make_wheelhouse(targets: list[Target], folder: Path = WHEELHOUSE) -> None:
    """Fetch everything that a session needs, for one or more computers, in a folder that pip can install from without internet.

    Parameters
    ----------
    targets : list of Target
        The computers.
    folder : Path
        Where the wheels go; what was there is removed.

    Raises
    ------
    ValueError
        When a package is not there for one of the computers; the message names it.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    text = offline_requirements((PROJECT / REQUIREMENTS).read_text(encoding="utf-8"))
    build_project(folder)
    for target in targets:
        wanted = [f"{each.name}{each.specifier}" for each in pins(text, target) if each.name != project_table()["name"]]
        pip("download", "--no-deps", "--dest", folder, *target.pip_options, *wanted)
        build_sources(folder)
        if absent := lacking(folder, text, target):
            raise ValueError(f"There is no wheel for {target.title} of: {', '.join(absent)}")
    (folder / REQUIREMENTS).write_text(text, encoding="utf-8")
    (folder / COMPUTERS_FILE).write_text("".join(f"{target.title}\n" for target in targets), encoding="utf-8")


def bundle_files(site: Path = SITE, wheelhouse: Path = WHEELHOUSE, chapters: Path = PROJECT / "chapters") -> dict[str, Path]:
    """Return what goes on the stick: the file of each address in the zip.

    Parameters
    ----------
    site : Path
        The built site.
    wheelhouse : Path
        As `make_wheelhouse` leaves it.
    chapters : Path
        Folder of the notebooks; worked solutions (``uitwerkingen``) get a folder apart, for the lecturer.

    Raises
    ------
    FileNotFoundError
        When the site or the wheelhouse is not there; the message says how to make it.
    """
    if not (site / "index.html").exists():
        raise FileNotFoundError("The site is not built; run: make site")
    if not (wheelhouse / REQUIREMENTS).exists():
        raise FileNotFoundError("There are no packages; run: make wheelhouse")
    data_names = [PACKAGE_FILE.name, *(resource["path"] for resource in package()["resources"])]
    files = {README.name: README}
    files |= {f"site/{name}": path for name, path in _within(site)}
    files |= {_notebook_address(name): path for name, path in _within(chapters, {".ipynb", ".md"})}
    files |= {f"gegevens/{name}": DATA_FOLDER / name for name in data_names}
    files |= {f"pakketten/{name}": path for name, path in _within(wheelhouse)}
    return files


def _notebook_address(name: str) -> str:
    return f"voor-de-docent/{name}" if name.startswith("uitwerkingen/") else f"notebooks/{name}"


def _within(folder: Path, kinds: Iterable[str] = ()) -> list[tuple[str, Path]]:
    """Return the files in a folder with their address in it, sorted; not those in hidden folders."""
    found = [(path.relative_to(folder), path) for path in sorted(folder.rglob("*")) if path.is_file()]
    return [
        (name.as_posix(), path)
        for name, path in found
        if (not kinds or path.suffix in kinds) and not any(part.startswith(".ipynb_") for part in name.parts)
    ]


def write_bundle(target: Path = BUNDLE, files: dict[str, Path] | None = None) -> None:
    """Write the zip file for a USB stick, all in one folder ``kinderarmoede``.

    Parameters
    ----------
    target : Path
        The zip file.
    files : dict of str to Path, optional
        As `bundle_files` returns.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w") as archive:
        for name, path in (files or bundle_files()).items():
            kind = zipfile.ZIP_STORED if path.suffix in ALREADY_SMALL else zipfile.ZIP_DEFLATED
            if path == README:  # with the line endings of Windows, where some editors show no others
                archive.writestr(f"{target.stem}/{name}", path.read_text(encoding="utf-8").replace("\n", "\r\n"), kind)
            else:
                archive.write(path, f"{target.stem}/{name}", kind)


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m book.bundle", description="The book for a class without internet.")
    commands = parser.add_subparsers(dest="command", required=True)
    wheels = commands.add_parser("wheelhouse", help="fetch the packages of a session as wheels")
    wheels.add_argument(
        "targets", nargs="*", metavar="COMPUTER", help="here (default), linux, macos or windows, with a Python: windows-3.13"
    )
    commands.add_parser("zip", help="pack site, notebooks, data, packages and instructions")
    options = parser.parse_args(arguments)
    try:
        if options.command == "wheelhouse":
            make_wheelhouse([Target.named(name) for name in options.targets or ["here"]])
            made = WHEELHOUSE
        else:
            write_bundle()
            made = BUNDLE
    except (ValueError, FileNotFoundError, subprocess.CalledProcessError) as error:
        print(error, file=sys.stderr)
        return 1
    size = sum(path.stat().st_size for path in ([made] if made.is_file() else made.iterdir()))
    print(f"{made.relative_to(PROJECT)}: {size / 1_000_000:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
