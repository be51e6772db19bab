"""From a figure's data to its component on the page.

MyST-NB hands every output in `widgets.figure.FIGURE_MEDIA_TYPE` to `FigureRenderer`, which makes the HTML
of the figure: drawing, table, sources. Maps are drawn here, as SVG; charts get a box that a script fills.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from docutils import nodes
from jinja2 import Environment, FileSystemLoader, select_autoescape
from myst_nb.sphinx_ import HideCodeCellNode, HideInputCells
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from book.explorers import explorer_cells, explorer_context
from book.library import check_traces
from book.maps import map_context
from book.timelines import timeline_context
from data.facts import period_text
from data.language import format_date, format_number, gettext, ngettext
from widgets.figure import FIGURE_MEDIA_TYPE

DECIMALS_SHOWN = 3
DECIMALS_PUBLISHED = 2
DIGITS_SHOWN = 3
FIGURE_CLASS = "kinderarmoede-figure"
TEMPLATE_FOLDER = Path(__file__).parent / "templates"
LEGEND_SYMBOLS = {
    "circle": "●", "circle-open": "○", "diamond-open": "◇", "square-open": "□", "triangle-up": "▲", "x": "✖", "star-open": "☆",
}  # fmt: skip


@lru_cache
def template_environment() -> Environment:
    """Return the Jinja environment of the book's own templates, with the reader's words and numbers."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATE_FOLDER), autoescape=select_autoescape(), trim_blocks=True, lstrip_blocks=True
    )
    environment.globals.update(gettext=gettext, ngettext=ngettext, symbols=LEGEND_SYMBOLS)
    environment.filters.update(number=format_number, date=format_date, script_json=script_json)
    return environment


def format_cell(value: object, year: bool = False, decimals: int | None = None) -> str:
    """Format a table cell for the reader; an absent value is said in words, a year has no thousands separator."""
    if value is None:
        return gettext("no figure")
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, int | float) and not year:
        return format_number(value, decimals)
    return str(value)


def is_number(value: object) -> bool:
    """Return whether a cell of a figure's table holds a number."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def column_decimals(values: Iterable[object]) -> int | None:
    """Return how many decimals all numbers of a column get, so that they can be compared: ``7,0`` beside ``6,9``.

    As many as the most precise number has. Numbers with more than `DECIMALS_PUBLISHED` were computed: then the largest gets
    `DIGITS_SHOWN` digits. None for a column without numbers.
    """
    numbers = [abs(value) for value in values if is_number(value)]
    if not numbers:
        return None
    most = max(max(0, -Decimal(str(round(number, DECIMALS_SHOWN))).normalize().as_tuple().exponent) for number in numbers)
    if most <= DECIMALS_PUBLISHED:
        return most
    before_the_point = len(str(int(max(numbers)))) if max(numbers) >= 1 else 0
    return min(DECIMALS_SHOWN, max(0, DIGITS_SHOWN - before_the_point))


def is_year(column: str) -> bool:
    """Return whether a column of a figure's table holds years, by its name."""
    return column == "year" or column.endswith("_year")


def table_cells(table: dict) -> list[list[dict]]:
    """Return the cells of a figure's table as the page shows them.

    Parameters
    ----------
    table : dict
        With ``columns`` and ``rows``, as in `widgets.figure.Figure.payload`.

    Returns
    -------
    list of list of dict
        Per cell ``text``; ``css`` (``ka-number``, ``ka-none`` or nothing); ``value`` only for a number of
        which the text shows fewer decimals than it has, so that a download is exact.
    """
    years = [is_year(column) for column in table["columns"]]
    one_unit = "unit" not in table["columns"]
    decimals = [column_decimals(column) if one_unit else None for column in zip(*table["rows"], strict=True)]
    formats = list(zip(years, decimals, strict=True)) if table["rows"] else []
    return [[_cell(value, *how) for value, how in zip(row, formats, strict=True)] for row in table["rows"]]


def table_texts(table: dict) -> set[str]:
    """Return what stands in the cells of a figure's table, each once; a number as Python writes it."""
    return {str(value) for row in table["rows"] for value in row if value is not None}


def _cell(value: object, year: bool, decimals: int | None) -> dict:
    number = is_number(value)
    css = "ka-none" if value is None else "ka-number" if number else ""
    exact = value if number and round(value, DECIMALS_SHOWN if decimals is None else decimals) != value else None
    return {"text": format_cell(value, year, decimals), "css": css, "value": exact}


def script_json(value: object) -> str:
    """Write data as JSON that can stand inside a script element."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).replace("<", "\\u003c")


def tab_words(kind: str) -> dict[str, str]:
    """Return the tabs of a figure of some kind: name in the address of the page, and label."""
    drawing = {
        "map": {"kaart": gettext("Map")},
        "chart": {"grafiek": gettext("Chart")},
        "table": {},
        "timeline": {"tijdlijn": gettext("Timeline")},
    }
    drawing["explorer"] = {"verken": gettext("Explore"), "formule": gettext("Formula")}
    return drawing[kind] | {"tabel": gettext("Table"), "bron": gettext("Source"), "download": gettext("Download")}


def download_words(kind: str) -> dict[str, str]:
    """Return the files that a reader can download of a figure, each with what it is for."""
    pictures = {"png": gettext("picture, for a report or a presentation"), "svg": gettext("picture that stays sharp at every size")}
    table = {
        "csv": gettext("the table, for a spreadsheet or a program"),
        "json": gettext("the table with title, definition, unit, source and licence"),
    }
    rows = {
        "csv": gettext("a row per municipality and year with code, value, quality and error margin, for a spreadsheet or a program"),
        "json": gettext("the same rows with title, definition, unit, source and licence"),
    }
    settings = {
        "csv": gettext("the table with your settings, for a spreadsheet or a program"),
        "json": gettext("the table with your settings, title, definition, source and licence"),
    }
    return {"map": pictures | rows, "chart": pictures | table, "table": table, "timeline": table, "explorer": pictures | settings}[kind]


def component_words() -> dict[str, str]:
    """Return what the script of the component says to the reader."""
    return {
        "ascending": gettext("Sorted by {heading}, ascending."),
        "descending": gettext("Sorted by {heading}, descending."),
        "copied": gettext("The link has been copied."),
        "not_copied": gettext("Copying does not work here. This is the link:"),
        "code_copied": gettext("The code has been copied."),
        "code_not_copied": gettext("Copying does not work here. The code is selected; copy it yourself."),
        "saved": gettext("Saved as {file}."),
        "no_picture": gettext("The picture cannot be made. The table can be downloaded."),
        "unknown": gettext("The link contains an unknown value ({keys}). It has been skipped."),
        "close": gettext("Close"),
    }


def about_figure(figure: dict) -> dict:
    """Return what a downloaded file says about a figure, in the words of the reader, and the words of the script."""
    return {
        "unit": figure["unit"],
        "sources": [about_source(source) for source in figure["sources"]],
        "words": component_words(),
    }


def about_source(source: dict) -> dict:
    """Return what a reader is told of a table: title, description, licence and origins with their dates."""
    licence = source["licenses"][0]
    origins = [
        {
            "title": origin["title_nl"],
            "address": origin["path"] if origin["path"].startswith(("http://", "https://")) else None,
            "date": gettext("date not recorded") if origin["date"] == "not recorded" else origin["date"],
            "when": gettext("date not recorded") if origin["date"] == "not recorded" else period_text(origin["date"]),
        }
        for origin in source["sources"]
    ]
    return {
        "title": source["title_nl"],
        "description": source["description_nl"],
        "licence": licence["title"],
        "licence_address": licence.get("path"),
        "origins": origins,
    }


def figure_html(payload: dict[str, Any]) -> str:
    """Return the component of a figure as HTML.

    Parameters
    ----------
    payload : dict
        As `widgets.figure.Figure.payload` returns it.
    """
    drawing = payload["drawing"]
    kind = drawing["kind"]
    for part in drawing.get("views", [drawing]):
        if part["kind"] == "chart":
            check_traces(payload["name"], part["data"])
    contexts = {
        "map": lambda: map_context(drawing),
        "explorer": lambda: explorer_context(payload),
        "timeline": lambda: timeline_context(drawing),
    }
    context = contexts[kind]() if kind in contexts else {"script_data": drawing}
    cells = table_cells(payload["table"])
    component = {
        "tabs": tab_words(kind),
        "downloads": download_words(kind),
        "about": about_figure(payload),
        "cells": explorer_cells(payload, cells) if kind == "explorer" else cells,
    }
    return template_environment().get_template("figure.html").render(figure=payload, drawing=drawing, **component, **context)


class CodeBelowOutput(SphinxPostTransform):
    """Put the toggle that shows a cell's code below what the code makes: a reader comes for the figure."""

    default_priority = HideInputCells.default_priority + 1
    formats = ("html",)

    def run(self, **options: Any) -> None:
        """Move each toggle to the end of its cell."""
        for toggle in list(self.document.findall(HideCodeCellNode)):
            cell = toggle.parent
            cell.remove(toggle)
            cell.append(toggle)


class FigureRenderer:
    """MyST-NB plugin: renders the media type of this book's figures."""

    mime_priority_overrides = [("*", FIGURE_MEDIA_TYPE, 1)]  # noqa: RUF012 - the plugin protocol of MyST-NB

    @staticmethod
    def handle_mime(renderer: Any, data: Any, inline: bool) -> list[nodes.Element] | None:
        """Return the figure as a raw HTML node, or None for other media types."""
        if inline or data.mime_type != FIGURE_MEDIA_TYPE:
            return None
        payload = data.content
        contents = {"tables": [source["name"] for source in payload["sources"]], "cells": sorted(table_texts(payload["table"]))}
        return [nodes.raw(text=figure_html(payload), format="html", classes=[FIGURE_CLASS], **contents)]


def setup(app: Sphinx) -> None:
    """Register with Sphinx; `FigureRenderer` is found by MyST-NB through its entry point."""
    app.add_post_transform(CodeBelowOutput)
