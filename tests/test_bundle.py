"""The book for a class without internet: every package is there for each computer, and the stick holds what its instructions name."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from book import bundle
from book.bundle import COMPUTERS_FILE, README, REQUIREMENTS, Target, bundle_files, lacking, offline_requirements, pins, write_bundle
from tests.conftest import PROJECT

LISTED = "-e .\nnumpy==2.4.6\n    # via pandas\nappnope==1.0.0 ; sys_platform == 'darwin'\npywinpty==3.1.2 ; os_name == 'nt'\n"
PROJECT_WHEEL = "kinderarmoede-0.1.0-py3-none-any.whl"
LINUX, MAC, WINDOWS = (Target(computer, "3.13") for computer in ("linux", "macos", "windows"))


def wheels(folder: Path, *names: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).write_bytes(b"wheel")
    return folder


# The packages


def test_the_project_itself_is_installed_by_name_and_every_version_is_fixed():
    text = offline_requirements((PROJECT / REQUIREMENTS).read_text(encoding="utf-8"))
    lines = text.splitlines()
    assert "kinderarmoede==0.1.0" in lines
    assert len(lines) > 80
    assert all("==" in line for line in lines)
    assert {Requirement(each).name for each in bundle.project_table()["dependencies"]} <= {Requirement(line).name for line in lines}
    with pytest.raises(ValueError, match="numpy>=2"):
        offline_requirements("-e .\nnumpy>=2\n")


def test_each_computer_gets_the_packages_that_it_needs_and_no_other():
    text = offline_requirements(LISTED)
    names = {target.computer: {each.name for each in pins(text, target)} for target in (LINUX, MAC, WINDOWS)}
    assert names == {
        "linux": {"kinderarmoede", "numpy"},
        "macos": {"kinderarmoede", "numpy", "appnope"},
        "windows": {"kinderarmoede", "numpy", "pywinpty"},
    }


@pytest.mark.parametrize(
    ("wheel", "there"),
    [
        ("numpy-2.4.6-cp313-cp313-win_amd64.whl", True),
        ("numpy-2.4.6-cp38-abi3-win_amd64.whl", True),
        ("numpy-2.4.6-py3-none-any.whl", True),
        ("numpy-2.4.6-cp312-cp312-win_amd64.whl", False),
        ("numpy-2.4.5-cp313-cp313-win_amd64.whl", False),
        ("numpy-2.4.6-cp313-cp313-macosx_14_0_arm64.whl", False),
        ("numpy-2.4.6-cp313-cp313-manylinux_2_28_x86_64.whl", False),
    ],
)
def test_a_wheel_for_another_computer_or_python_does_not_count(tmp_path, wheel, there):
    folder = wheels(tmp_path, PROJECT_WHEEL, "pywinpty-3.1.2-cp313-cp313-win_amd64.whl", wheel)
    assert lacking(folder, offline_requirements(LISTED), WINDOWS) == ([] if there else ["numpy==2.4.6"])


def test_an_unknown_computer_or_python_is_answered_with_those_that_can_be_asked_for(capsys):
    assert Target.named("windows-3.12") == Target("windows", "3.12")
    assert Target.named("here").python == f"3.{sys.version_info.minor}"
    assert bundle.main(["wheelhouse", "amiga"]) == 1
    assert "here, linux, macos, windows" in capsys.readouterr().err
    assert bundle.main(["wheelhouse", "linux-3.9"]) == 1
    assert "3.11, 3.12, 3.13" in capsys.readouterr().err


def test_a_package_that_runs_only_on_the_computer_it_was_made_on_is_refused(tmp_path, monkeypatch):
    (tmp_path / "loose-1.0.tar.gz").write_bytes(b"source")
    monkeypatch.setattr(bundle, "pip", lambda *arguments: wheels(Path(arguments[3]), "loose-1.0-cp313-cp313-linux_x86_64.whl"))
    with pytest.raises(ValueError, match=r"loose-1\.0\.tar\.gz"):
        bundle.build_sources(tmp_path)


def test_a_notebook_runs_on_the_wheel_of_the_project_away_from_its_source(tmp_path, monkeypatch):
    """Data, words, boundaries and scenarios are in the wheel; pip may fetch nothing for it."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_NO_BUILD_ISOLATION", "0")  # pip's name for: build with what is installed
    bundle.build_project(tmp_path)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
        packed = {*archive.namelist()}
    files = [path for folder in ("data", "widgets") for path in (PROJECT / folder).rglob("*") if path.is_file()]
    assert {path.relative_to(PROJECT).as_posix() for path in files if path.suffix != ".pyc"} - packed == set()
    code = (
        "from pathlib import Path; import data; from data.poverty_indicators import poverty_risk;"
        "from widgets import poverty_risk_map; from widgets.exercises import check; from widgets.scenarios import explorers;"
        "poverty_risk_map(poverty_risk()); explorers.funding_explorer(); print(Path(data.__file__).parent)"
    )
    environment = {"PYTHONPATH": str(tmp_path / "installed"), "PATH": ""}
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(tmp_path / "installed" / "data")


# The stick


@pytest.fixture
def stick(tmp_path) -> zipfile.ZipFile:
    """Return a bundle of a small site, the chapters of the book and a wheelhouse."""
    site, wheelhouse, chapters = tmp_path / "html", wheels(tmp_path / "wheelhouse", PROJECT_WHEEL), tmp_path / "chapters"
    for folder, name in [(site, "index.html"), (site / "api", "gemeenten.csv"), (chapters, "halvering.ipynb"), (chapters, "begrippen.md")]:
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(name, encoding="utf-8")
    for name in ("opdrachten", "uitwerkingen", ".ipynb_checkpoints"):
        (chapters / name).mkdir()
        (chapters / name / "01-narekenen.ipynb").write_text(name, encoding="utf-8")
    (wheelhouse / REQUIREMENTS).write_text("kinderarmoede==0.1.0\n", encoding="utf-8")
    (wheelhouse / COMPUTERS_FILE).write_text(f"{LINUX.title}\n", encoding="utf-8")
    write_bundle(tmp_path / "kinderarmoede.zip", bundle_files(site, wheelhouse, chapters))
    return zipfile.ZipFile(tmp_path / "kinderarmoede.zip")


def test_the_stick_holds_site_notebooks_data_packages_and_instructions(stick):
    names = {name.removeprefix("kinderarmoede/") for name in stick.namelist()}
    data_files = {name for name in names if name.startswith("gegevens/")}
    assert {"gegevens/datapackage.json", "gegevens/tables/ledger.csv", "gegevens/geometry/municipalities_2021.topojson"} <= data_files
    assert names - data_files == {
        "LEESMIJ.txt",
        "site/index.html",
        "site/api/gemeenten.csv",
        "notebooks/halvering.ipynb",
        "notebooks/begrippen.md",
        "notebooks/opdrachten/01-narekenen.ipynb",
        "voor-de-docent/uitwerkingen/01-narekenen.ipynb",
        f"pakketten/{PROJECT_WHEEL}",
        "pakketten/requirements.txt",
        "pakketten/computers.txt",
    }


def test_the_instructions_name_what_is_on_the_stick_and_read_well_in_notepad(stick):
    text = stick.read("kinderarmoede/LEESMIJ.txt").decode()
    assert text.count("\r\n") == text.count("\n") > 40
    folders = {name.split("/")[1] for name in stick.namelist()} - {README.name}
    assert set(re.findall(r"^([a-z-]+)\r\n  ", text, flags=re.MULTILINE)) == folders
    named = {path.replace("\\", "/") for path in re.findall(r"(?:site|pakketten)[/\\]\w+\.\w+", text)}
    assert named == {"site/index.html", "pakketten/computers.txt", "pakketten/requirements.txt"}
    assert {f"kinderarmoede/{path}" for path in named} <= {*stick.namelist()}


def test_without_site_or_packages_the_command_that_makes_them_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="make site"):
        bundle_files(tmp_path, tmp_path)
    (tmp_path / "index.html").write_text("", encoding="utf-8")
    with pytest.raises(FileNotFoundError, match="make wheelhouse"):
        bundle_files(tmp_path, tmp_path)


def test_the_commands_on_the_page_are_those_of_the_makefile():
    page = (PROJECT / "chapters" / "zonder-internet.md").read_text(encoding="utf-8")
    rules = re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert set(re.findall(r"make ([a-z]+)", page)) == {"bundle", "wheelhouse"} <= set(rules)
    for name in re.search(r'COMPUTERS="([^"]+)"', page)[1].split():
        Target.named(name)
