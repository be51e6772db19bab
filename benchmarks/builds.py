"""Measure how long the book takes to build: from nothing, unchanged, and after one chapter changed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
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


def build(folder: Path) -> float:
    """Build the book in a folder; return the seconds it took."""
    command = [
        str(Path(sys.executable).parent / "jupyter-book"), "build", "chapters", "--config", "_config.yml",
        "--toc", str(folder / "_toc.yml"), "--path-output", ".", "-W", "--keep-going", "--quiet",
    ]  # fmt: skip
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, capture_output=True, env=os.environ | {"PYTHONPATH": str(folder)})
    return time.perf_counter() - start


def build_times(project: Path, folder: Path) -> dict[str, float]:
    """Return the seconds of a clean build, an unchanged one, and one after a sentence was added to a chapter."""
    copy_project(project, folder)
    times = {"clean build": build(folder), "unchanged rebuild": build(folder)}
    path = folder / "chapters" / CHAPTER
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[0].source += "\n\nEen zin erbij."
    nbformat.write(notebook, path)
    times["rebuild after one chapter changed"] = build(folder)
    return times
