"""A session as Binder gives it, without Docker: what repo2docker does with this repository, in a folder of its own.

A copy of the tracked files, a virtual environment of the Python that ``runtime.txt`` states with ``requirements.txt`` in it, and
``postBuild``; then JupyterLab as a user who may write nothing else, with the data read-only, without ``make`` and without a way out.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

import psutil
from playwright.sync_api import Page

PROJECT = Path(__file__).resolve().parent.parent
FOLDER = PROJECT / "_build" / ".binder"
READ_BY_BINDER = ("requirements.txt", "runtime.txt", "pyproject.toml")
TOOLS = ("bash", "cat", "dirname", "env", "mkdir", "sh", "uname")
NOBODY = 65534
MEGABYTE = 1_000_000
START_SECONDS = 120
CELL_MILLISECONDS = 120_000
NO_WAY_OUT = "http://127.0.0.1:9"  # nothing listens there
ERRORS = '[data-mime-type="application/vnd.jupyter.error"], [data-mime-type="application/vnd.jupyter.stderr"]'
SHOWN = ".jp-NotebookPanel:not(.lm-mod-hidden)"


def stated_python() -> str:
    """Return the version of Python that Binder is to use, for example ``3.12``."""
    return (PROJECT / "runtime.txt").read_text(encoding="utf-8").strip().removeprefix("python-")


def interpreter() -> str:
    """Return a Python of the stated version; the running one when this machine has none that the user of a session may run."""
    version = stated_python()
    choice = os.environ | {"PYENV_VERSION": version}  # where pyenv keeps several versions it must be told which
    program, check = shutil.which(f"python{version}"), "import ensurepip, sys; print(sys.executable)"
    for command in ([program, "-c", check], [sys.executable, "-c", check]):
        if command[0]:
            done = subprocess.run(command, capture_output=True, text=True, check=False, env=choice)
            path = done.stdout.strip()
            if path and subprocess.run(as_session_user([path, "-c", check]), capture_output=True, check=False).returncode == 0:
                return path
    raise RuntimeError("There is no Python that the user of a session may run.")


def as_session_user(command: list[str]) -> list[str]:
    """Return a command as the user of a session runs it: when we are root, as nobody, who may read everything but not write."""
    setpriv = shutil.which("setpriv")
    if os.geteuid() != 0 or not setpriv:
        return command
    reading = [f"--{kind}-caps=+dac_read_search" for kind in ("inh", "ambient")]
    return [setpriv, f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", *reading, *command]


@dataclass(frozen=True)
class Environment:
    """An environment in which sessions run; `python` is the version that it has."""

    folder: Path
    python: str

    @property
    def repository(self) -> Path:
        """The copy of the repository."""
        return self.folder / "repository"

    def size(self) -> float:
        """Return the size of the installed packages in megabytes."""
        files = (path.lstat() for path in (self.folder / "environment").rglob("*"))
        return sum(file.st_size for file in files if stat.S_ISREG(file.st_mode)) / MEGABYTE

    def variables(self) -> dict[str, str]:
        """Return the environment variables of a session: few, and none of ours."""
        path = f"{self.folder / 'environment' / 'bin'}:{self.folder / 'tools'}"
        ways = {name: NO_WAY_OUT for name in ("http_proxy", "https_proxy", "all_proxy")}
        return {"PATH": path, "HOME": str(self.folder / "home"), "LANG": "C.UTF-8", "no_proxy": "127.0.0.1", **ways}

    def run(self, command: list[str]) -> None:
        """Run a command in the repository as the user of a session does; an error ends with what it said."""
        done = subprocess.run(
            as_session_user(command), cwd=self.repository, env=self.variables(), capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            raise RuntimeError(f"{command}: {done.stdout}{done.stderr}")


def _copy_repository(target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    names = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, text=True, check=True).stdout.split("\0")
    for name in filter(None, names):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(PROJECT / name, target / name)


def _give_to_session_user(folder: Path) -> None:
    if os.geteuid() == 0:
        for path in [folder, *folder.rglob("*")]:
            os.chown(path, NOBODY, NOBODY, follow_symlinks=False)


def _install(folder: Path, python: str) -> None:
    """Install ``requirements.txt`` in a new environment, as repo2docker does; packages that pip downloaded before are not fetched again."""
    environment = folder / "environment"
    shutil.rmtree(environment, ignore_errors=True)
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    subprocess.run([python, "-m", "venv", str(environment)], check=True, env=clean)
    pip = [str(environment / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "-r", "requirements.txt"], cwd=folder / "repository", check=True, env=clean, capture_output=True)


def make_environment() -> Environment:
    """Make what Binder makes of this repository. It is kept as long as what Binder installs stays the same."""
    python = interpreter()
    version = subprocess.run([python, "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
    content = [(PROJECT / name).read_bytes() for name in READ_BY_BINDER]
    folder = FOLDER / hashlib.sha256(b"\0".join([version.encode(), *content])).hexdigest()[:16]
    for other in FOLDER.glob("*"):
        if other != folder:
            shutil.rmtree(other)
    for name in ("home", "tools"):
        shutil.rmtree(folder / name, ignore_errors=True)
        (folder / name).mkdir(parents=True)
    for tool in TOOLS:
        (folder / "tools" / tool).symlink_to(shutil.which(tool))
    if (folder / "repository").exists():
        _set_writable(folder / "repository" / "data")
    _copy_repository(folder / "repository")
    installed = folder / "installed"
    if not installed.exists():
        _install(folder, python)
        installed.touch()
    _give_to_session_user(folder)
    environment = Environment(folder, version)
    environment.run(["./postBuild"])
    _set_read_only(folder / "repository" / "data")
    return environment


def _set_read_only(folder: Path) -> None:
    for path in [folder, *folder.rglob("*")]:
        path.chmod(path.stat().st_mode & ~0o222)


def _set_writable(folder: Path) -> None:
    for path in [folder, *folder.rglob("*")]:
        path.chmod(path.stat().st_mode | 0o200)


@dataclass(frozen=True)
class Session:
    """A JupyterLab that runs: its process, its address, its token, and the seconds that it took to start."""

    process: subprocess.Popen
    address: str
    token: str
    start_seconds: float

    def memory(self) -> float:
        """Return the memory of the server and its kernels in megabytes; what processes share is counted once (Linux)."""
        server = psutil.Process(self.process.pid)
        sizes = (one.memory_full_info() for one in [server, *server.children(recursive=True)])
        return sum(getattr(size, "pss", size.rss) for size in sizes) / MEGABYTE

    def stop_kernels(self) -> None:
        """Stop every kernel, so that a notebook that is opened again starts with a new one."""
        for one in json.loads(self._ask("GET", "api/sessions")):
            self._ask("DELETE", f"api/sessions/{one['id']}")

    def _ask(self, method: str, path: str) -> bytes:
        request = Request(f"{self.address}{path}", method=method, headers={"Authorization": f"token {self.token}"})
        with urlopen(request, timeout=START_SECONDS) as answer:
            return answer.read()

    def open(self, page: Page, notebook: str) -> float:
        """Open a notebook of ``chapters/`` alone and wait until its kernel is ready; return the seconds that it took."""
        start = time.perf_counter()
        page.goto(f"{self.address}lab/tree/chapters/{notebook}?reset&token={self.token}")
        page.locator(f"{SHOWN} .jp-Cell").first.wait_for(timeout=CELL_MILLISECONDS)
        page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=CELL_MILLISECONDS)
        return time.perf_counter() - start


@contextmanager
def jupyter_lab(environment: Environment) -> Iterator[Session]:
    """Run JupyterLab on this machine for as long as the context lasts."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token, address = secrets.token_hex(16), f"http://127.0.0.1:{port}/"
    program = str(environment.folder / "environment" / "bin" / "jupyter")
    options = ["--no-browser", "--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={token}"]
    command = [program, "lab", *options, f"--ServerApp.root_dir={environment.repository}"]
    start = time.perf_counter()
    with (environment.folder / "lab.log").open("w") as log:
        process = subprocess.Popen(
            as_session_user(command), cwd=environment.repository, env=environment.variables(), stdout=log, stderr=subprocess.STDOUT
        )
    try:
        while not _answers(f"{address}api"):
            if process.poll() is not None or time.perf_counter() - start > START_SECONDS:
                raise RuntimeError((environment.folder / "lab.log").read_text(encoding="utf-8"))
            time.sleep(0.1)
        yield Session(process, address, token, time.perf_counter() - start)
    finally:
        process.terminate()
        process.wait(START_SECONDS)


def _answers(address: str) -> bool:
    try:
        with urlopen(address, timeout=5) as answer:
            return answer.status == 200
    except (URLError, OSError):
        return False


def run_all(page: Page) -> float:
    """Run every cell from the top and wait until the last is done; return the seconds until the first figure is drawn."""
    page.locator(".lm-MenuBar-itemLabel", has_text="Run").click()
    start = time.perf_counter()
    page.locator("[data-command='runmenu:run-all']").click()
    page.locator(f"{SHOWN} .js-plotly-plot .main-svg").first.wait_for(state="attached", timeout=CELL_MILLISECONDS)
    seconds = time.perf_counter() - start
    wait_for_cells(page)
    return seconds


def wait_for_cells(page: Page) -> None:
    """Wait until no cell is waiting or running."""
    page.wait_for_function(
        "shown => ![...document.querySelectorAll(`${shown} .jp-InputPrompt`)].some(prompt => prompt.textContent.includes('*'))",
        arg=SHOWN,
        timeout=CELL_MILLISECONDS,
    )


def plots(page: Page) -> list[dict]:
    """Return of each Plotly figure of the shown notebook how many traces it was given and how many it drew; of a map, its areas."""
    return page.locator(f"{SHOWN} .js-plotly-plot").evaluate_all(
        "all => all.map(one => ({ traces: (one.data || []).length, drawn: one.querySelectorAll('.main-svg .trace').length,"
        " areas: one.querySelectorAll('.choroplethlayer path').length }))"
    )
