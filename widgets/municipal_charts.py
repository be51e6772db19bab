"""Charts on the page of a municipality: its children with a risk of poverty and below the low-income threshold, year by year.

There are hundreds of these charts and they differ in their figures and titles only. So Plotly lays out one of each kind
(`line_chart`) and the others take over its axes (`FastChart`); making each with Plotly would take three times as long.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import pandas as pd
import plotly.graph_objects as go

from data.comparison import EQUAL, HIGHER, LOWER, relation
from data.facts import fact
from data.few_children import few_children
from data.language import format_number, gettext
from data.profiles import Profile
from widgets.chart import line_chart, line_trace, traces_legend
from widgets.figure import Figure

RISK, LOW_INCOME, ERROR = "poverty_risk_120_pct", "low_income_pct", "error_max_pct"
RISK_SOURCES = ("municipal_child_poverty", "boundary_changes")
LOW_INCOME_SOURCES = ("municipal_low_income",)
JUMPING = "jumping"
RISK_CHART, LOW_INCOME_CHART = "kans-op-armoede-per-jaar", "laag-inkomen-per-jaar"


@dataclass(frozen=True, repr=False)
class FastChart(Figure):
    """A chart of which the traces are given as Plotly writes them, with the layout of a chart that Plotly made.

    Parameters
    ----------
    traces : sequence of dict
        See `widgets.chart.line_trace`.
    layout : dict
        See `widgets.chart.Chart.drawing`.

    See Also
    --------
    widgets.figure.Figure : the other parameters.
    """

    unit: str = field(kw_only=True)
    traces: Sequence[dict] = field(kw_only=True)
    layout: dict = field(kw_only=True)

    def drawing(self) -> dict:
        """Return the chart as data, in the form of `widgets.chart.chart_drawing`."""
        return {"kind": "chart", "data": list(self.traces), "layout": self.layout, "legend": traces_legend(self.traces)}

    def live(self) -> go.Figure:
        """Return the Plotly figure."""
        return go.Figure(list(self.traces), self.layout)


@lru_cache
def _layout(years: tuple[int, ...], unit: str) -> dict:
    """Return the layout that `line_chart` gives percentages of some years."""
    frame = pd.DataFrame({"year": years, "share_pct": 1.0, "series": "-"})
    texts = {"name": "layout", "title": "-", "subtitle": "-", "alternative": "-", "columns": {"year": "-"}, "sources": ["municipalities"]}
    return line_chart(frame, "share_pct", series="series", unit=unit, **texts).drawing()["layout"]


def _change(own: list[dict], value: str) -> tuple[str, int, int]:
    """Return how the last year of a municipality stands to its first (see `data.comparison.relation`), and both years."""
    first, last = own[0], own[-1]
    return relation(last[value], last[ERROR], first[value], first[ERROR]), first["year"], last["year"]


def _rows(frame: pd.DataFrame, value: str) -> dict[str, list[dict]]:
    """Return the known figures by area, in order of year; a province is called one, for it may have the name of the municipality."""
    rows: dict[str, list[dict]] = {}
    columns = [frame[column].tolist() for column in ("region_code", "region_name", "year", value, ERROR)]
    for code, name, year, number, error in sorted(zip(*columns, strict=True), key=lambda row: row[2]):
        if pd.notna(number):
            area = gettext("Province of {name}", name=name) if code.startswith("PV") else name
            row = {"region_name": area, "year": int(year), value: round(float(number), 2), ERROR: round(float(error), 2)}
            rows.setdefault(code, []).append(row)
    return {code: rows[code] for code in dict.fromkeys(columns[0]) if code in rows}


def _chart(profile: Profile, frame: pd.DataFrame, value: str, words: dict[str, str], **given: object) -> FastChart:
    """Make a chart of a municipality; `words` has a title for each change, and further texts may name places and years."""
    rows = _rows(frame, value)
    own = rows[profile.code]
    change, first, last = _change(own, value)
    change = JUMPING if profile.code in few_children() else change
    places = {"name": profile.name, "province": profile.province_name, "first": first, "last": last}
    traces = []
    for number, part in enumerate(rows.values()):
        traces.append(
            line_trace(number, part[0]["region_name"], [row["year"] for row in part], [row[value] for row in part], gettext("percent"))
        )
    if any(row[ERROR] > 0 for row in own):
        traces[0]["error_y"] = {"array": [0 if math.isnan(row[ERROR]) else row[ERROR] for row in own], "thickness": 1, "width": 3}
    columns = {
        "region_name": gettext("Area"),
        "year": gettext("Year"),
        value: gettext("Percent of children"),
        ERROR: gettext("At most this many percentage points off"),
    }
    texts = {key: given[key].format(**places) for key in ("subtitle", "alternative")}
    return FastChart(
        given["name"],
        words.get(change, words[EQUAL]).format(**places),
        table=pd.DataFrame([row for part in rows.values() for row in part]),
        columns=columns,
        sources=given["sources"],
        notes=[note.format(**places) for note in given["notes"]],
        unit=gettext("percent"),
        traces=traces,
        layout=_layout(tuple(row["year"] for row in own), gettext("percent")),
        **texts,
    )


def risk_chart(profile: Profile) -> FastChart:
    """Draw the share of children with a risk of poverty in a municipality, its province and the Netherlands, 2011-2021."""
    return _chart(
        profile,
        profile.trend,
        RISK,
        {
            LOWER: gettext("In {name} the share of children at risk of poverty was lower in {last} than in {first}"),
            HIGHER: gettext("In {name} the share of children at risk of poverty was higher in {last} than in {first}"),
            EQUAL: gettext("In {name} we cannot tell whether the share in {last} differed from that in {first}"),
            JUMPING: gettext("In {name}, with few children, the share makes large jumps"),
        },
        name=RISK_CHART,
        subtitle=gettext(
            "Minors in a household with an income up to {limit} percent of the social minimum, in percent of all children, {first}-{last}",
        ).replace("{limit}", format_number(fact("du_key_income_limit").value)),
        alternative=gettext(
            "Line chart with a line for {name}, one for {province} and one for the Netherlands. Every figure is in the table."
        ),
        sources=RISK_SOURCES,
        notes=[
            gettext("Figures before {last} are approximations. The thin lines at the points of {name} show how far they can be off.")
            if profile.trend.loc[profile.trend["region_code"] == profile.code, ERROR].notna().all()
            else gettext("Figures before {last} are approximations. For some years we do not know how far those of {name} can be off."),
            gettext(
                "Province and country are our approximation, made in the same way for all years. The published figure for {last} differs a "
                "little."
            ),
        ],
    )


def low_income_chart(profile: Profile) -> FastChart:
    """Draw the share of children below the low-income threshold in a municipality that has figures, and in its province."""
    return _chart(
        profile,
        profile.low_income,
        LOW_INCOME,
        {
            LOWER: gettext("In {name} the share of children in a family with a low income was lower in {last} than in {first}"),
            HIGHER: gettext("In {name} the share of children in a family with a low income was higher in {last} than in {first}"),
            EQUAL: gettext("In {name} we cannot tell whether the share with a low income in {last} differed from that in {first}"),
            JUMPING: gettext("In {name}, with few children, the share with a low income makes large jumps"),
        },
        name=LOW_INCOME_CHART,
        subtitle=gettext(
            "Minors in a household with an income below the low-income threshold of CBS, in percent of all children, {first}-{last}"
        ),
        alternative=gettext("Line chart with a line for {name} and one for {province}. Every figure is in the table."),
        sources=LOW_INCOME_SOURCES,
        notes=[gettext("This is another measure than the risk of poverty, from another publication. The two cannot be compared.")],
    )
