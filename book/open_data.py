"""The open data on the website: the files in ``api/``, and what the page about them shows.

The page is a document of the book; the directive ``open-data`` puts lists in it that follow from the data (files, addresses, columns,
indicators, qualities, version), the directive ``open-data-example`` an example in code from ``book/examples``, with the address of this
site when it is known, and ``open-data-output`` what that example prints.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import directives
from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from book.figures import template_environment
from data.file_fields import fields, qualities
from data.indicators import indicators
from data.language import format_number, gettext
from data.open_data import ALL, FOLDER, INDEX, PACKAGE, WORKBOOK, open_data_files, path_of, version
from data.package import table

STAMP = "open_data.stamp"
EXAMPLES = Path(__file__).parent / "examples"
LANGUAGES = {"python": "python.py", "r": "r.R", "sql": "duckdb.sql"}
OUTPUTS = {"r": "r.txt", "sql": "duckdb.txt"}
PLACEHOLDER = "https://adres-van-dit-boek/"
KILOBYTE, MEGABYTE = 1_000, 1_000_000


def size_text(size: int) -> str:
    """Write a number of bytes for the reader.

    >>> size_text(19_870), size_text(1_202_541)
    ('20 kB', '1,2 MB')
    """
    if size >= MEGABYTE:
        return gettext("{number} MB", number=format_number(size / MEGABYTE, 1))
    return gettext("{number} kB", number=format_number(size / KILOBYTE, 0))


def _code(text: str) -> Markup:
    return Markup("<code>{}</code>").format(text)


def _link(path: str) -> Markup:
    return Markup('<a href="{}"><code>{}</code></a>').format(path, path)


def example_code() -> str:
    """Return the code of the municipality that examples are about: the one with most inhabitants."""
    areas = table("municipalities")
    return str(areas.loc[areas["inhabitants_count"].idxmax(), "municipality_code"])


def files_table() -> dict:
    """Return the list of files as headings and rows, with links."""
    code = example_code()
    name = table("municipalities").set_index("municipality_code")["municipality_name"][code]
    words = {
        WORKBOOK: gettext("All municipalities, for Excel and other spreadsheets"),
        ALL: gettext("All municipalities, for programs"),
        path_of(code, "csv"): gettext("One municipality, here {name}", name=name),
        path_of(code, "json"): gettext("The same, as JSON"),
        INDEX: gettext("List of all files, columns, indicators and municipalities, for programs"),
        PACKAGE: gettext("Every table and map behind this book, described as a Data Package"),
    }
    files = open_data_files()
    rows = [(_link(path), what, size_text(len(files[path].content))) for path, what in words.items()]
    return {"headings": [gettext("Address"), gettext("What it holds"), gettext("Size")], "rows": rows}


def columns_table() -> dict:
    """Return the columns of the files as headings and rows."""
    rows = [(_code(field["name"]), field["title"], field["description"]) for field in fields()]
    return {"headings": [gettext("Column"), gettext("In Excel"), gettext("Meaning")], "rows": rows}


def indicators_table() -> dict:
    """Return the indicators in the files as headings and rows."""
    named = Markup("{}<br><code>{}</code>")
    rows = [(named.format(each.label, each.indicator_id), each.unit, each.definition) for each in indicators().values()]
    return {"headings": [gettext("Indicator"), gettext("Unit"), gettext("Meaning")], "rows": rows}


def qualities_table() -> dict:
    """Return the values of the column for quality as headings and rows."""
    return {"headings": [gettext("Quality"), gettext("Meaning")], "rows": [(_code(name), words) for name, words in qualities()]}


def table_html(label: str, headings: Iterable[str], rows: Iterable[tuple]) -> str:
    """Return a table that scrolls in its own frame."""
    return template_environment().get_template("plain_table.html").render(label=label, headings=headings, rows=rows)


TABLES = {
    "files": (files_table, lambda: gettext("Files to download")),
    "columns": (columns_table, lambda: gettext("Columns of the files")),
    "indicators": (indicators_table, lambda: gettext("Indicators in the files")),
    "qualities": (qualities_table, lambda: gettext("Values of the column for quality")),
}


class OpenData(SphinxDirective):
    """Directive ``open-data``: a list that follows from the data; its argument says which, a key of `TABLES` or ``version``."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the list as raw HTML, or a paragraph with the version."""
        (wanted,) = self.arguments
        if wanted == "version":
            return [nodes.paragraph("", gettext("The version of this moment is:") + " ", nodes.literal(text=version()))]
        if wanted not in TABLES:
            raise self.error(f"open-data shows {', '.join(TABLES)} or version, not {wanted!r}")
        make, label = TABLES[wanted]
        return [nodes.raw(text=table_html(label(), **make()), format="html")]


def example(language: str, base: str) -> str:
    """Return the code of an example.

    Parameters
    ----------
    language : str
        Key of `LANGUAGES`.
    base : str
        Where the site stands; empty when that is not known.
    """
    return (EXAMPLES / LANGUAGES[language]).read_text(encoding="utf-8").replace(PLACEHOLDER, base or PLACEHOLDER)


class OpenDataExample(SphinxDirective):
    """Directive ``open-data-example``: code that reads the open data; its argument is the language."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the code, and under it what to replace when the address of the site is not known."""
        language = directives.choice(self.arguments[0], list(LANGUAGES))
        base = self.config.html_baseurl
        code = example(language, base)
        result: list[nodes.Node] = [nodes.literal_block(code, code, language=language)]
        if PLACEHOLDER in code:
            result.append(nodes.paragraph("", gettext("Replace {address} by the address where you read this book.", address=PLACEHOLDER)))
        return result


class OpenDataOutput(SphinxDirective):
    """Directive ``open-data-output``: what an example prints; its argument is the language. Tests compare it with the real output."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the output as a block of text that scrolls in its own frame: its columns stand below each other."""
        language = directives.choice(self.arguments[0], list(OUTPUTS))
        text = (EXAMPLES / OUTPUTS[language]).read_text(encoding="utf-8")
        html = (
            template_environment()
            .get_template("plain_output.html")
            .render(label=gettext("What the example in {language} prints", language=language.upper()), text=text)
        )
        return [nodes.raw(text=html, format="html")]


def write_files(app: Sphinx, error: Exception | None) -> None:
    """Write every file, unless those of the same data and code are there; remove what an earlier build left."""
    if error is not None or app.builder.format != "html":
        return
    folder = Path(app.outdir) / FOLDER
    kept = Path(app.doctreedir) / STAMP
    state = app.config.kinderarmoede_fingerprint
    if kept.exists() and kept.read_text(encoding="utf-8") == state and (folder / INDEX).exists():
        return
    shutil.rmtree(folder / "gemeenten", ignore_errors=True)
    for file in open_data_files().values():
        target = folder / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.content)
    kept.write_text(state, encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_directive("open-data", OpenData)
    app.add_directive("open-data-example", OpenDataExample)
    app.add_directive("open-data-output", OpenDataOutput)
    app.connect("build-finished", write_files)
