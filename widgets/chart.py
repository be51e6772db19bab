"""Charts: figures that Plotly draws, on the site as well as in a live kernel."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd
import plotly.graph_objects as go

from data.language import format_number, gettext
from data.suggestions import check_columns
from widgets.figure import Figure
from widgets.style import SERIES_COLOURS, TARGET_COLOUR, TEMPLATE

MARKERS = ("circle", "diamond-open", "square-open", "triangle-up", "x", "star-open")
PLOT_HEIGHT = 380
LEGEND_ENTRY = 24  # pixels


@dataclass(frozen=True, repr=False)
class Chart(Figure):
    """A figure drawn by Plotly.

    Parameters
    ----------
    plot : plotly.graph_objects.Figure
        The drawing: traces and axes, without title (the page and the notebook add it).

    See Also
    --------
    widgets.figure.Figure : the other parameters.
    """

    plot: go.Figure = field(kw_only=True)
    unit: str = field(kw_only=True)

    def drawing(self) -> dict:
        """Return the Plotly figure as data; see `chart_drawing`."""
        return chart_drawing(self.plot)

    def live(self) -> go.Figure:
        """Return the Plotly figure, with room for its legend."""
        above = 20 + LEGEND_ENTRY * len(traces_legend(self.plot.to_plotly_json()["data"]))
        return go.Figure(self.plot).update_layout(margin={"t": above}, height=PLOT_HEIGHT + above)


def chart_drawing(plot: go.Figure) -> dict:
    """Return a Plotly figure as data, and its legend apart: a page can wrap it, a drawing cannot."""
    content = json.loads(go.Figure(plot).update_layout(showlegend=False, height=PLOT_HEIGHT).to_json())
    return {"kind": "chart", "data": content["data"], "layout": content["layout"], "legend": traces_legend(content["data"])}


def traces_legend(traces: Sequence[dict]) -> list[dict]:
    """Return the legend of traces as Plotly writes them: label, symbol, and whether points are joined; empty for one trace."""
    legend = []
    for trace in traces:
        mode = trace.get("mode") or "markers"
        symbol = trace.get("marker", {}).get("symbol") or "circle"
        legend.append(
            {"label": trace.get("name"), "symbol": symbol if "markers" in mode else "", "joined": "lines" in (trace.get("mode") or "")}
        )
    return legend if len(legend) > 1 else []


def _year_step(first: int, last: int) -> int:
    """Return the number of years between ticks: whole, and few enough for a narrow screen."""
    return next(step for step in (1, 2, 5, 10, 100) if (last - first) / step <= 7)


def _spoken_values(known: pd.DataFrame, y: str, series: str, unit: str, decimals: int) -> str:
    """Return the first, the highest and the last value of each series, for readers who do not see the lines."""
    said = []
    for label, rows in known.groupby(series, sort=False, observed=True):
        rows = rows.sort_values("year").reset_index(drop=True)
        shown = rows.loc[sorted({0, int(rows[y].astype(float).idxmax()), len(rows) - 1})]
        points = "; ".join(
            gettext("in {year} {value}", year=str(int(year)), value=format_number(value, decimals))
            for year, value in zip(shown["year"], shown[y], strict=True)
        )
        said.append(f"{label}: {points}.")
    return " ".join([gettext("First, highest and last value of each series ({unit}):", unit=unit), *said])


def line_trace(
    number: int, label: str, years: Sequence[int], values: Sequence[float], unit: str, *, joined: bool = True, decimals: int = 1
) -> dict:
    """Return one line of `line_chart` as Plotly writes it, with the text of each point; `number` gives colour and sign."""
    colour = SERIES_COLOURS[number % len(SERIES_COLOURS)]
    return {
        "type": "scatter",
        "x": list(years),
        "y": list(values),
        "mode": "lines+markers" if joined else "markers",
        "name": label,
        "line": {"color": colour, "width": 2.5},
        "marker": {"color": colour, "size": 8 if joined else 10, "symbol": "circle" if joined else MARKERS[number % len(MARKERS)]},
        "customdata": [f"{format_number(value, decimals)} {unit}" for value in values],
        "hovertemplate": f"{label}<br>%{{x}}: %{{customdata}}<extra></extra>",
    }


def line_chart(
    frame: pd.DataFrame,
    y: str,
    *,
    series: str,
    unit: str,
    name: str,
    title: str,
    subtitle: str,
    columns: Mapping[str, str],
    sources: Sequence[str],
    alternative: str,
    notes: Sequence[str] = (),
    target: tuple[float, float, str] | None = None,
    decimals: int = 1,
) -> Chart:
    """Draw values by year, one line per series, each labelled at its last point.

    Parameters
    ----------
    frame : pandas.DataFrame
        Tidy: one row per series and year, with columns ``year``, `y` and `series`. Only rows of one series are joined
        by a line, and only when an optional column ``joined`` does not say that they come from different publications.
    y : str
        Column with the values.
    series : str
        Column with the name of the series, as the reader sees it.
    unit : str
        Unit of the values, as the reader sees it, for the axis and the labels.
    target : (float, float, str), optional
        Year, value and label of a target, drawn as a ring.
    decimals : int
        Decimals of values in labels.
    name, title, subtitle, columns, sources, alternative, notes
        See `widgets.figure.Figure`.

    Examples
    --------
    >>> import data
    >>> from widgets import line_chart
    >>> low_income = data.table("provincial_low_income")
    >>> line_chart(
    ...     low_income[low_income["region_name"].isin(["Zeeland", "Flevoland"])],
    ...     "low_income_children_pct",
    ...     series="region_name",
    ...     unit="procent",
    ...     name="twee-provincies",
    ...     title="Flevoland en Zeeland",
    ...     subtitle="Kinderen onder de lage-inkomensgrens",
    ...     columns={"region_name": "Provincie", "year": "Jaar", "low_income_children_pct": "Procent"},
    ...     sources=["provincial_low_income"],
    ...     alternative="Twee lijnen.",
    ... )
    <figuur twee-provincies: Flevoland en Zeeland; Kinderen onder de lage-inkomensgrens; CBS>
    """
    check_columns(frame, ["year", y, series])
    known = frame.dropna(subset=[y])
    traces = []
    for number, (label, rows) in enumerate(known.groupby(series, sort=False, observed=True)):
        rows = rows.sort_values("year")
        joined = len(rows) > 1 and ("joined" not in rows or bool(rows["joined"].all()))
        years, values = rows["year"].astype(int).tolist(), rows[y].astype(float).tolist()
        traces.append(line_trace(number, str(label), years, values, unit, joined=joined, decimals=decimals))
    plot = go.Figure(traces, layout={"template": TEMPLATE})
    if target is not None:
        year, value, label = target
        plot.add_scatter(
            x=[year],
            y=[value],
            mode="markers",
            name=label,
            marker={"symbol": "circle-open", "size": 14, "color": TARGET_COLOUR, "line": {"width": 2}},
            hovertemplate=f"{label}<extra></extra>",
        )
    last_year = max(int(known["year"].max()), target[0] if target else 0)
    thousands = {"tickformat": ",d"} if known[y].max() >= 1000 else {}
    plot.update_layout(
        yaxis={"title": {"text": unit}, "rangemode": "tozero"} | thousands,
        xaxis={"dtick": _year_step(int(known["year"].min()), last_year), "tickformat": "d"},
        showlegend=len(plot.data) > 1,
        legend={"orientation": "v", "y": 1.02, "yanchor": "bottom", "x": 0, "xanchor": "left"},
    )
    if alternative.strip():
        alternative = f"{alternative} {_spoken_values(known, y, series, unit, decimals)}"
    return Chart(name, title, subtitle, frame, columns, sources, alternative, notes=notes, unit=unit, plot=plot)
