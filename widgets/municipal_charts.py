"""Charts on the page of a municipality: its children with a risk of poverty and below the low-income threshold, year by year.

There are hundreds of these charts and they differ in their figures and titles only. So Plotly lays out one of each kind
(`line_chart`) and the others take over its axes (`FastChart`); making each with Plotly would take three times as long.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import pandas as pd
import plotly.graph_objects as go

from data.comparison import HIGHER, LOWER, relation
from data.facts import fact
from data.language import format_number, gettext
from data.profiles import Profile
from widgets.chart import line_chart, line_traces, traces_legend
from widgets.figure import Figure

RISK, LOW_INCOME, ERROR = "poverty_risk_120_pct", "low_income_pct", "error_max_pct"
RISK_SOURCES = ("municipal_child_poverty", "boundary_changes")
LOW_INCOME_SOURCES = ("municipal_low_income",)


@dataclass(frozen=True)
class FastChart(Figure):
    """A chart of which the traces are given as Plotly writes them, with the layout of a chart that Plotly made.

    Parameters
    ----------
    traces : sequence of dict
        See `widgets.chart.line_traces`.
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
        """Return the Plotly figure with its title."""
        return go.Figure(list(self.traces), self.layout).update_layout(title={"text": self.title, "subtitle": {"text": self.subtitle}})


@lru_cache
def _layout(years: tuple[int, ...], value: str, unit: str) -> dict:
    """Return the layout that `line_chart` gives percentages of some years."""
    frame = pd.DataFrame({"year": years, value: 1.0, "region_name": "x"})
    texts = dict.fromkeys(("title", "subtitle", "alternative"), "x")
    chart = line_chart(
        frame, value, series="region_name", unit=unit, name="x", columns={value: "x"}, sources=["municipalities"], **texts
    )  # fmt: skip
    return chart.drawing()["layout"]


def _change(frame: pd.DataFrame, code: str, value: str) -> tuple[str, int, int]:
    """Return how the last year of a municipality stands to its first (see `data.comparison.relation`), and both years."""
    own = frame[frame["region_code"] == code].dropna(subset=[value]).sort_values("year")
    first, last = own.iloc[0], own.iloc[-1]
    return relation(last[value], last[ERROR], first[value], first[ERROR]), int(first["year"]), int(last["year"])


def _title(change: str, name: str, first: int, last: int, words: dict[str, str]) -> str:
    return words.get(change, words[""]).format(name=name, first=first, last=last)


def _chart(frame: pd.DataFrame, code: str, value: str, *, name: str, unit: str, title: str, subtitle: str, alternative: str, **given: object) -> FastChart:
    shown = frame.assign(**{value: frame[value].astype(float).round(2), ERROR: frame[ERROR].astype(float).round(2)})
    traces = line_traces(shown, value, series="region_name", unit=unit)
    errors = shown.loc[(shown["region_code"] == code) & shown[value].notna()].sort_values("year")[ERROR]
    if errors.gt(0).any():
        traces[0]["error_y"] = {"array": errors.fillna(0).tolist(), "thickness": 1, "width": 3}
    columns = {
        "region_name": gettext("Area"),
        "year": gettext("Year"),
        value: gettext("Percent of children"),
        ERROR: gettext("At most this many percentage points off"),
    }
    years = tuple(sorted(set(shown.dropna(subset=[value])["year"].astype(int))))
    return FastChart(
        name, title, subtitle, shown, columns, given["sources"], alternative, notes=given["notes"], unit=unit, traces=traces,
        layout=_layout(years, value, unit),
    )  # fmt: skip


def risk_chart(profile: Profile) -> FastChart:
    """Draw the share of children with a risk of poverty in a municipality, its province and the Netherlands, 2011-2021."""
    frame = profile.trend
    change, first, last = _change(frame, profile.code, RISK)
    words = {
        LOWER: gettext("In {name} the share of children with a risk of poverty was lower in {last} than in {first}"),
        HIGHER: gettext("In {name} the share of children with a risk of poverty was higher in {last} than in {first}"),
        "": gettext("In {name} we cannot tell whether the share in {last} differed from that in {first}"),
    }
    return _chart(
        frame,
        profile.code,
        RISK,
        name="kans-op-armoede-per-jaar",
        unit=gettext("percent"),
        title=_title(change, profile.name, first, last, words),
        subtitle=gettext(
            "Minors in a household with an income up to {limit} percent of the social minimum, in percent of all children, {first}-{last}",
            limit=format_number(fact("du_key_income_limit").value),
            first=first,
            last=last,
        ),
        alternative=gettext(
            "Line chart with a line for {name}, one for {province} and one for the Netherlands. Every figure is in the table.",
            name=profile.name,
            province=profile.province_name,
        ),
        sources=RISK_SOURCES,
        notes=[
            gettext(
                "The figures of {last} of the municipality are exact or computed from exact figures; those of earlier years are "
                "approximations. The thin lines at the points show how far they can be off.",
                last=last,
            ),
            gettext(
                "Province and country are our approximation, made in the same way for all years; the published figure for {last} differs "
                "a little.",
                last=last,
            ),
        ],
    )


def low_income_chart(profile: Profile) -> FastChart:
    """Draw the share of children below the low-income threshold in a municipality that has figures, and in its province."""
    frame = profile.low_income
    change, first, last = _change(frame, profile.code, LOW_INCOME)
    words = {
        LOWER: gettext("In {name} the share of children with a low income at home was lower in {last} than in {first}"),
        HIGHER: gettext("In {name} the share of children with a low income at home was higher in {last} than in {first}"),
        "": gettext("In {name} we cannot tell whether the share with a low income in {last} differed from that in {first}"),
    }
    return _chart(
        frame,
        profile.code,
        LOW_INCOME,
        name="laag-inkomen-per-jaar",
        unit=gettext("percent"),
        title=_title(change, profile.name, first, last, words),
        subtitle=gettext(
            "Minors in a household with an income below the low-income threshold of CBS, in percent of all children, {first}-{last}",
            first=first,
            last=last,
        ),
        alternative=gettext(
            "Line chart with a line for {name} and one for {province}. Every figure is in the table.",
            name=profile.name,
            province=profile.province_name,
        ),
        sources=LOW_INCOME_SOURCES,
        notes=[
            gettext("This is another measure than the risk of poverty above, from another publication. The two cannot be compared."),
        ],
    )
