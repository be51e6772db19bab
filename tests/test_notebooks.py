"""Chapters are executed, thin, and hide their code behind the toggle of the site; exercises are executed and show theirs.

That their stored outputs are what the code gives now is checked by nbval (see the Makefile).
"""

from __future__ import annotations

import ast
from pathlib import Path

import nbformat
import pytest

from tests.chapters import chapters, code_cells, notebooks
from widgets.figure import FIGURE_MEDIA_TYPE

CHAPTERS = chapters()


def not_executed(cells: list[nbformat.NotebookNode]) -> list[str]:
    """Return the first line of each code cell that was never executed, or that ended in an error."""
    return [
        cell.source.splitlines()[0]
        for cell in cells
        if cell.execution_count is None or any(output.output_type == "error" for output in cell.outputs)
    ]


@pytest.mark.parametrize("path", notebooks(), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_chapter_was_executed_from_top_to_bottom(path):
    cells = code_cells(path)
    assert not_executed(cells) == []
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))


def test_the_guard_finds_a_chapter_that_was_not_executed(tmp_path):
    cell = nbformat.v4.new_code_cell("data.table('ledger')")
    path = tmp_path / "chapter.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)
    assert not_executed(code_cells(path)) == ["data.table('ledger')"]


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_chapter_is_thin(path):
    for cell in code_cells(path):
        tree = ast.parse(cell.source)
        for node in ast.walk(tree):
            assert not isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda | ast.For | ast.While), cell.source
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = [node.module] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
                assert {name.split(".")[0] for name in names} <= {"data", "widgets"}, cell.source


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_code_is_hidden_behind_the_toggle(path):
    for cell in code_cells(path):
        assert set(cell.metadata.get("tags", [])) & {"hide-input", "remove-input"}, cell.source


@pytest.mark.parametrize("path", [path for path in CHAPTERS if path.stem != "start"], ids=lambda path: path.stem)
def test_no_two_figures_of_a_chapter_share_a_name(path):
    names = [
        output.data[FIGURE_MEDIA_TYPE]["name"]
        for cell in code_cells(path)
        for output in cell.outputs
        if FIGURE_MEDIA_TYPE in output.get("data", {})
    ]
    assert len(names) == len(set(names))


def test_there_are_chapters():
    assert {path.stem for path in map(Path, CHAPTERS)} >= {"halvering"}
