"""The page that sets municipalities beside each other: its controls, its figures, and a script and data of its own.

The page begins with the Netherlands alone and is complete without a script. Script and data come in two files that only this page
loads; the numbers in them are those of `data.side_by_side`, the words those of the catalogue.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from book.figures import LEGEND_SYMBOLS, figure_html, script_json, template_environment
from book.municipality_search import search_data
from book.theme import ASSETS
from data.language import gettext
from data.side_by_side import Row, areas, error_in_short, rows, trend
from widgets.side_by_side import (
    MUNICIPALITIES_LIMIT,
    change_titles,
    key_figures_side_by_side,
    line_styles,
    risk_side_by_side,
)

PAGE = "gemeenten/vergelijk"
SCRIPT, DATA_SCRIPT = "kinderarmoede-vergelijken.js", "kinderarmoede-gemeenten.js"


def comparison_words() -> dict:
    """Return what the script says to the reader."""
    return {
        "remove": gettext("Remove {name}"),
        "added": gettext("{name} added. Municipalities: {count} of at most {limit}."),
        "removed": gettext("{name} removed. Municipalities: {count} of at most {limit}."),
        "present": gettext("{name} is there already."),
        "full": gettext("At most {limit} municipalities fit. Remove one first."),
        "left_out": gettext("The link named more than {limit} municipalities. These were left out: {names}."),
        "unknown": gettext("The link contains parts that we do not know ({parts}). They have been skipped."),
        "followed": gettext("{code} no longer exists. Shown instead: {names}."),
        "nothing": gettext("Nothing is chosen. Choose a municipality, a province or the Netherlands."),
        "titles": change_titles()
        | {
            "highest": gettext("In {last} the share of children at risk of poverty was highest in {area}"),
            "undecided": gettext("Which of these areas had the highest share in {last} we cannot tell for certain"),
        },
        "percent": gettext("percent"),
        "no_figure": gettext("no figure"),
        "legend": gettext("Legend"),
        "symbols": LEGEND_SYMBOLS,
        "columns": [
            gettext("Code"),
            gettext("Area"),
            gettext("Figure"),
            gettext("Year"),
            gettext("Value"),
            gettext("Unit"),
            gettext("Quality"),
            gettext("Largest error"),
            gettext("Why there is no figure"),
        ],
        "explained": gettext("What is this?"),
        "no_region_figure": gettext("there is no figure of the same measure and the same publication"),
    }  # fmt: skip


def _row(row: Row, words: dict[str, int]) -> dict:
    """Return an indicator as the script reads it: a list per kind of fact, in the order of the areas; texts that return are numbered."""

    def number(text: str) -> int:
        return words.setdefault(text, len(words))

    def rounded(value: float | None) -> float | None:
        return None if value is None else round(value, row.decimals_kept)

    figures = row.figures
    return {
        "id": row.indicator_id,
        "label": row.label,
        "unit": row.unit,
        "heading": row.heading,
        "definition": row.definition,
        "regionNote": row.region_note,
        "year": row.year,
        "values": [rounded(figure and figure.value) for figure in figures],
        "errors": [rounded(figure.error_max) if figure and figure.value is not None else None for figure in figures],
        "texts": ["" if figure is None or figure.value is None else figure.value_text for figure in figures],
        "errorTexts": [number(error_in_short(figure)) for figure in figures],
        "qualities": [number(figure.quality_text if figure else "") for figure in figures],
        "reasons": [number(figure.absence_reason if figure else "") for figure in figures],
    }


@lru_cache
def comparison_data() -> dict:
    """Return what the script of the page knows of every area.

    Returns
    -------
    dict
        ``codes``, ``names`` and ``inSentence`` of `data.side_by_side.areas`; ``years``, and per area ``trend`` and ``trendErrors`` (percent
        of children, percentage points; null when unknown); ``rows``: see `_row`; ``words`` that rows refer to by number.
    """
    every = areas()
    points = trend([area.code for area in every])
    words: dict[str, int] = {}
    shown = [_row(row, words) for row in rows()]
    years = [year for year, _, _ in points[every[-1].code]]
    by_year = {code: {year: (value, error) for year, value, error in known} for code, known in points.items()}
    nothing = (None, None)
    return {
        "codes": [area.code for area in every],
        "names": [area.name for area in every],
        "inSentence": {area.code: area.name_in_sentence for area in every if area.name_in_sentence != area.name},
        "years": years,
        "trend": [[by_year[area.code].get(year, nothing)[0] for year in years] for area in every],
        "trendErrors": [[by_year[area.code].get(year, nothing)[1] for year in years] for area in every],
        "rows": shown,
        "words": list(words),
    }


class Comparison(SphinxDirective):
    """Directive ``comparison``: choose areas, then a chart and a table of them."""

    def run(self) -> list[nodes.Node]:
        """Return controls and figures as raw HTML."""
        every = areas()
        html = (
            template_environment()
            .get_template("comparison.html")
            .render(
                search=search_data(),
                provinces=[area for area in every if area.code.startswith("PV")],
                country=every[-1],
                limit=MUNICIPALITIES_LIMIT,
                settings={"limit": MUNICIPALITIES_LIMIT, "styles": line_styles(), "words": comparison_words()},
                chart=figure_html(risk_side_by_side().payload()),
                table=figure_html(key_figures_side_by_side().payload()),
            )
        )
        return [nodes.raw(text=html, format="html")]


def compare_address(code: str, province_code: str) -> str:
    """Return the address that compares a municipality with its province and the Netherlands, for a page in the same folder."""
    return f"{Path(PAGE).name}.html?gemeenten={code}&provincie={province_code}&nederland=1"


def data_script() -> str:
    """Return the figures of all areas as a script, so that the page works from disk too."""
    return f'"use strict";\nwindow.kinderarmoedeGemeenten = {script_json(comparison_data())};\n'


def write_scripts(app: Sphinx, error: Exception | None) -> None:
    """Write script and data of the page into the built site."""
    if error is None and app.builder.format == "html" and PAGE in app.env.all_docs:
        static = Path(app.outdir) / "_static"
        static.joinpath(SCRIPT).write_text((ASSETS / "comparison.js").read_text(encoding="utf-8"), encoding="utf-8")
        static.joinpath(DATA_SCRIPT).write_text(data_script(), encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_directive("comparison", Comparison)
    app.connect("build-finished", write_scripts)
