"""Horizontal bars: shares of groups beside each other, each with its value at its end."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from data.language import format_number, gettext
from data.suggestions import check_columns
from widgets.chart import Chart
from widgets.style import SERIES_COLOURS, TEMPLATE

LABEL_WIDTH = 22
ROOM_FOR_VALUE = 1.15


def share_bars(
    frame: pd.DataFrame,
    value: str,
    *,
    label: str,
    unit: str,
    name: str,
    title: str,
    subtitle: str,
    columns: Mapping[str, str],
    sources: Sequence[str],
    alternative: str,
    notes: Sequence[str] = (),
    decimals: int = 0,
) -> Chart:
    """Draw one horizontal bar per row, in the order of the rows from top to bottom.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row per bar.
    value, label : str
        Columns with the length of the bar and with its name, as the reader sees it; long names are broken over lines.
    unit : str
        Unit of the values, as the reader sees it.
    decimals : int
        Decimals of the values at the bars.
    name, title, subtitle, columns, sources, alternative, notes
        See `widgets.figure.Figure`.

    Examples
    --------
    >>> import data
    >>> from widgets import share_bars
    >>> low_income = data.table("provincial_low_income")
    >>> year = low_income[(low_income["year"] == 2017) & low_income["region_code"].str.startswith("PV")]
    >>> share_bars(
    ...     year.sort_values("low_income_children_pct", ascending=False),
    ...     "low_income_children_pct",
    ...     label="region_name",
    ...     unit="procent",
    ...     decimals=1,
    ...     name="provincies",
    ...     title="In Zuid-Holland was het aandeel het hoogst",
    ...     subtitle="Kinderen onder de lage-inkomensgrens, 2017",
    ...     columns={"region_name": "Provincie", "low_income_children_pct": "Procent"},
    ...     sources=["provincial_low_income"],
    ...     alternative="Een staaf per provincie.",
    ... )
    <figuur provincies: In Zuid-Holland was het aandeel het hoogst; Kinderen ..., 2017; CBS>
    """
    check_columns(frame, [value, label])
    lengths = frame[value].astype(float).tolist()
    texts = [format_number(length, decimals) for length in lengths]
    names = ["<br>".join(textwrap.wrap(str(text), LABEL_WIDTH)) for text in frame[label]]
    bars = go.Bar(
        x=lengths,
        y=names,
        orientation="h",
        text=texts,
        textposition="outside",
        cliponaxis=False,
        name=unit,
        marker={"color": SERIES_COLOURS[0]},
        customdata=list(frame[label]),
        hovertemplate=f"%{{customdata}}: %{{text}} {unit}<extra></extra>",
    )
    plot = go.Figure(bars, layout={"template": TEMPLATE})
    plot.update_xaxes(title={"text": unit}, range=[0, ROOM_FOR_VALUE * max(lengths)])
    plot.update_yaxes(autorange="reversed", zeroline=False, showgrid=False)
    values = "; ".join(f"{text} {length}" for text, length in zip(frame[label], texts, strict=True))
    if alternative.strip():
        alternative = " ".join([alternative, gettext("From top to bottom ({unit}): {values}.", unit=unit, values=values)])
    return Chart(name, title, subtitle, frame, columns, sources, alternative, notes=notes, unit=unit, plot=plot)
