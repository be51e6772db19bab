"""From a figure's data to its component on the page.

MyST-NB hands every output in `widgets.figure.FIGURE_MEDIA_TYPE` to `FigureRenderer`, which makes the HTML
of the figure: drawing, table, sources. Maps are drawn here, as SVG; charts get a box that a script fills.
"""

from __future__ import annotations

import bisect
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from docutils import nodes
from jinja2 import Environment, FileSystemLoader, select_autoescape
from myst_nb.sphinx_ import HideCodeCellNode, HideInputCells
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from data.geography import web_paths
from data.language import format_date, format_number, gettext
from widgets.figure import FIGURE_MEDIA_TYPE

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
    environment.globals.update(gettext=gettext, symbols=LEGEND_SYMBOLS)
    environment.filters.update(number=format_number, date=format_date, cell=format_cell, script_json=script_json)
    return environment


def format_cell(value: object) -> str:
    """Format a table cell for the reader; an absent value is said in words."""
    if value is None:
        return gettext("no figure")
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, float):
        return format_number(value)
    if isinstance(value, int) and not 1900 <= value <= 2100:
        return format_number(value)
    return str(value)


def script_json(value: object) -> str:
    """Write data as JSON that can stand inside a script element."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def map_classes(drawing: dict, year: int) -> list[str]:
    """Return the CSS class of each municipality in one year: a colour class or a kind of absence."""
    shown = drawing["years"][str(year)] if str(year) in drawing["years"] else drawing["years"][year]
    return [
        f"absent-{absence or 'missing'}" if value is None else f"class-{bisect.bisect_right(drawing['breaks'], value)}"
        for value, absence in zip(shown["values"], shown["absence"], strict=True)
    ]


def absence_words() -> dict[str, str]:
    """Return the three kinds of absence in words."""
    return {
        "missing": gettext("not published, or not to be derived"),
        "suppressed": gettext("withheld: too few children"),
        "not_applicable": gettext("the municipality did not exist"),
    }


def quality_words() -> dict[str, str]:
    """Return the qualities of a municipal figure in words, with a field for the largest error."""
    return {
        "exact": gettext("exact figure of CBS"),
        "computed": gettext("computed from exact figures of CBS"),
        "approximated": gettext("approximation, nearly always within {error} percentage points"),
        "total_only": gettext("derived from the total that CBS published"),
        "doubtful": gettext("doubtful: part of the figures is withheld"),
    }


def _script_words() -> dict:
    return {
        "value": gettext("{name}, {year}: {value} {unit}"),
        "absent": gettext("{name}, {year}: no figure ({reason})"),
        "combined": gettext("computed from {parts} municipalities of that year"),
        "absence": absence_words(),
        "quality": quality_words(),
    }


def _map_context(drawing: dict) -> dict:
    years = sorted(int(year) for year in drawing["years"])
    paths = web_paths()
    classes = map_classes(drawing, years[-1])
    areas = [{"code": code, "path": paths.municipalities[code], "class": css} for code, css in zip(drawing["codes"], classes, strict=True)]
    absences = sorted({absence for shown in drawing["years"].values() for absence in shown["absence"] if absence})
    options = sorted(zip(drawing["codes"], drawing["names"], strict=True), key=lambda pair: pair[1].lstrip("'").casefold())
    return {
        "years": years,
        "areas": areas,
        "borders": paths.province_borders,
        "view_box": paths.view_box,
        "absences": {absence: absence_words()[absence] for absence in absences},
        "options": options,
        "script_data": drawing | {"words": _script_words()},
    }


def figure_html(payload: dict[str, Any]) -> str:
    """Return the component of a figure as HTML.

    Parameters
    ----------
    payload : dict
        As `widgets.figure.Figure.payload` returns it.
    """
    drawing = payload["drawing"]
    context = _map_context(drawing) if drawing["kind"] == "map" else {"script_data": drawing}
    return template_environment().get_template("figure.html").render(figure=payload, drawing=drawing, **context)


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
        return [nodes.raw(text=figure_html(data.content), format="html", classes=["kinderarmoede-figure"])]


def setup(app: Sphinx) -> None:
    """Register with Sphinx; `FigureRenderer` is found by MyST-NB through its entry point."""
    app.add_post_transform(CodeBelowOutput)
