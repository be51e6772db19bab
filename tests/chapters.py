"""Read chapters as the tests need them: prose, citations, code."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path

import nbformat
from markdown_it import MarkdownIt

from tests.conftest import PROJECT

CHAPTERS = PROJECT / "chapters"
PARSER = MarkdownIt("commonmark").enable("table")


@dataclass(frozen=True)
class Passage:
    """A piece of text of a chapter; `target` is the address of its link, if it is one."""

    place: str
    text: str
    target: str | None


def notebooks() -> list[Path]:
    return sorted(CHAPTERS.rglob("*.ipynb"))


def is_of_students(path: Path) -> bool:
    """Say whether a notebook is an exercise or its solution: code for and by students, not a page of the book's story."""
    return path.parent.name in ("opdrachten", "uitwerkingen") and path.stem != "index"


def is_solution(path: Path) -> bool:
    """Say whether a notebook is a worked solution, which the site does not show."""
    return path.parent.name == "uitwerkingen"


def on_the_site(path: Path) -> bool:
    """Say whether the site has a page of a file: not of a worked solution, nor of the notebook with which a session in Binder begins."""
    return not is_solution(path) and path.stem != "start"


def chapters() -> list[Path]:
    """Return the notebooks of the book itself: no exercises, no solutions."""
    return [path for path in notebooks() if not is_of_students(path)]


def code_cells(path: Path) -> list[nbformat.NotebookNode]:
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code" and cell.source.strip()]


def markdown_texts(path: Path) -> list[tuple[str, str]]:
    """Return (place, Markdown) for each piece of prose in a chapter."""
    if path.suffix == ".md":
        return [(path.name, path.read_text(encoding="utf-8"))]
    cells = nbformat.read(path, as_version=4).cells
    return [(f"{path.name} cell {number}", cell.source) for number, cell in enumerate(cells) if cell.cell_type == "markdown"]


def passages_of(place: str, markdown: str) -> list[Passage]:
    """Split Markdown into passages of plain text, links apart; code and directive names do not count."""
    markdown = re.sub(r"^( *)```(?:bash|powershell|python)\n.*?^\1```$", "", markdown, flags=re.MULTILINE | re.DOTALL)
    body = re.sub(r"^(?::{3,}|`{3,})(?:\{[\w-]+\})?[ \t]*", "", markdown, flags=re.MULTILINE)
    result = []
    for token in PARSER.parse(body):
        if token.type == "html_block":
            result.append(Passage(place, re.sub(r"<[^>]*>", " ", token.content), None))
        if token.type != "inline":
            continue
        target = None
        for child in token.children:
            if child.type == "link_open":
                target = str(child.attrs["href"])
            elif child.type == "link_close":
                target = None
            elif child.type in ("text", "code_inline"):
                result.append(Passage(place, child.content, target))
    return result


def code_texts(path: Path) -> list[Passage]:
    """Return the texts for readers that stand in code: strings with a space in them, without their fields."""
    result = []
    for number, cell in enumerate(code_cells(path)):
        place = f"{path.name} code cell {number}"
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value:
                text = re.sub(r"\{[^}]*\}", "", node.value)
                result += passages_of(place, text)
    return result


def all_passages() -> list[Passage]:
    files = [*notebooks(), *sorted(CHAPTERS.rglob("*.md"))]
    result = [passage for path in files for place, text in markdown_texts(path) for passage in passages_of(place, text)]
    return result + [passage for path in notebooks() if on_the_site(path) for passage in code_texts(path)]


def output_passages() -> list[Passage]:
    """Return the text that code wrote, as Markdown, in every notebook."""
    result = []
    for path in notebooks():
        for number, cell in enumerate(code_cells(path)):
            for output in cell.outputs:
                markdown = output.get("data", {}).get("text/markdown")
                if markdown:
                    result += passages_of(f"{path.name} output of code cell {number}", markdown)
    return result
