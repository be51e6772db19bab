"""Municipalities beside each other: a chart of children with a risk of poverty and a table of key figures.

Both begin with the Netherlands alone; on the site a script puts the areas in that the reader chose, from the same figures
(`data.side_by_side`).
"""

from __future__ import annotations

import pandas as pd

from data.comparison import EQUAL, HIGHER, LOWER, relation
from data.facts import fact
from data.indicators import indicators
from data.language import format_number, gettext
from data.profiles import trend_note
from data.regions import COUNTRY
from data.side_by_side import ERROR, RISK, areas, rows, trend
from widgets.chart import MARKERS, Chart, line_chart, line_trace
from widgets.municipal_charts import RISK_SOURCES
from widgets.style import TARGET_COLOUR
from widgets.table import TableFigure

MUNICIPALITIES_LIMIT = 5
CHART, TABLE = "vergelijk-per-jaar", "vergelijk-kerncijfers"


def change_titles() -> dict[str, str]:
    """Return the title of a chart of one area by how its last year stands to its first (see `data.comparison.relation`)."""
    return {
        LOWER: gettext("In {area} the share of children at risk of poverty was lower in {last} than in {first}"),
        HIGHER: gettext("In {area} the share of children at risk of poverty was higher in {last} than in {first}"),
        EQUAL: gettext("In {area} we cannot tell whether the share in {last} differed from that in {first}"),
    }


def risk_side_by_side() -> Chart:
    """Draw the share of children with a risk of poverty, 2011-2021, of the Netherlands; the page adds what the reader chooses."""
    country = areas()[-1]
    points = trend([COUNTRY])[COUNTRY]
    (first, *before), (last, *after) = points[0], points[-1]
    frame = pd.DataFrame([{"region_name": country.name, "year": year, RISK: value, ERROR: error} for year, value, error in points])
    chart = line_chart(
        frame,
        RISK,
        series="region_name",
        unit=gettext("percent"),
        name=CHART,
        title=change_titles()[relation(*after, *before)].format(area=country.name_in_sentence, first=first, last=last),
        subtitle=gettext(
            "Minors in a household with an income up to {limit} percent of the social minimum, in percent of all children, {first}-{last}",
            limit=format_number(fact("du_key_income_limit").value),
            first=first,
            last=last,
        ),
        columns={
            "region_name": gettext("Area"),
            "year": gettext("Year"),
            RISK: gettext("Percent of children"),
            ERROR: gettext("At most this many percentage points off"),
        },
        sources=RISK_SOURCES,
        alternative=gettext("Line chart with a line for each area you chose. Every figure is in the table."),
        notes=[
            gettext(
                "The thin line at a point shows how far the figure can be off; where it lacks, we do not know. Where the thin lines of two "
                "areas in a year overlap or touch, we cannot tell which of the two is higher."
            ),
            trend_note(),
        ],
    )
    chart.plot.data[0].error_y = error_bars([error for _, _, error in points])
    return chart


def error_bars(errors: list[float | None]) -> dict:
    """Return errors as Plotly draws them: a thin line at each point, none where the error is unknown."""
    return {"array": [error or 0 for error in errors], "thickness": 1, "width": 3}


def line_styles() -> dict[str, list[dict]]:
    """Return how the lines of municipalities, province and country look: traces without figures, with a colour and a sign of their own."""
    styles = [line_trace(number, "", [], [], "") for number in range(MUNICIPALITIES_LIMIT + 2)]
    for style, symbol in zip(styles, (*MARKERS, "circle-open"), strict=True):
        style["marker"] |= {"symbol": symbol}
        style["error_y"] = error_bars([])
    province, country = styles[-2:]
    province["line"]["dash"], country["line"]["dash"] = "dash", "dot"
    country["line"]["color"] = country["marker"]["color"] = TARGET_COLOUR
    return {"municipalities": styles[:-2], "province": province, "country": country}


def key_figures_side_by_side() -> TableFigure:
    """Set the key figures of areas beside each other, at first of the Netherlands alone."""
    country = areas()[-1]
    shown = [{"label": row.heading, "value": row.figures[-1].value_text if row.figures[-1] else "–"} for row in rows()]
    columns = {"label": gettext("Figure"), "value": country.name}
    return TableFigure(
        TABLE,
        gettext("The key figures of these areas side by side"),
        gettext("The latest figure of each measure; every row has a unit and a year of its own"),
        pd.DataFrame(shown),
        columns,
        list(dict.fromkeys(name for indicator in indicators().values() for name in indicator.tables)),
        gettext("Table with a row for each figure and a column for each area you chose."),
        notes=[
            gettext("A dash: there is no figure of the same measure and the same publication."),
            gettext(
                "The number after ± says how far a figure can be off at most, in the unit of the row; of a percentage in percentage points."
            ),
            gettext(
                "Two figures differ for certain only when their difference is larger than both errors together. Where an error is unknown, "
                "we cannot tell. Rows are different measures: do not compare them with each other."
            ),
        ],
    )
