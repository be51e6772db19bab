"""Measure how long the book takes to build: from nothing, unchanged, and after one chapter changed."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import nbformat

CHAPTER = "halvering.ipynb"


def copy_project(project: Path, folder: Path) -> None:
    """Copy the files of the project, and the chart library that npm gave before, so that no build waits for the network."""
    names = subprocess.run(["git", "ls-files", "-z"], cwd=project, capture_output=True, text=True, check=True).stdout.split("\0")
    for name in filter(None, names):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(project / name, target)
    fetched = project / "_build" / ".npm"
    if fetched.exists():
        shutil.copytree(fetched, folder / "_build" / ".npm")


@dataclass(frozen=True)
class BuildTime:
    """Seconds that a build took by the clock, and seconds of work of all processors together; the second hardly depends on other work."""

    elapsed: float
    processor: float


def _processor_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def build(folder: Path) -> BuildTime:
    """Build the book in a folder."""
    command = [
        str(Path(sys.executable).parent / "jupyter-book"), "build", "chapters", "--config", "_config.yml",
        "--toc", str(folder / "_toc.yml"), "--path-output", ".", "-W", "--keep-going", "--quiet",
    ]  # fmt: skip
    start, before = time.perf_counter(), _processor_seconds()
    subprocess.run(command, cwd=folder, check=True, capture_output=True, env=os.environ | {"PYTHONPATH": str(folder)})
    return BuildTime(time.perf_counter() - start, _processor_seconds() - before)


def build_times(project: Path, folder: Path) -> dict[str, BuildTime]:
    """Return the time of a clean build, an unchanged one, and one after a sentence was added to a chapter."""
    copy_project(project, folder)
    times = {"clean build": build(folder), "unchanged rebuild": build(folder)}
    path = folder / "chapters" / CHAPTER
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[0].source += "\n\nEen zin erbij."
    nbformat.write(notebook, path)
    times["rebuild after one chapter changed"] = build(folder)
    return times
