"""Colours and the chart template: one look for every figure.

Colours are the colour-blind safe sets of Okabe and Ito (series) and a single-hue sequence (map classes),
chosen to be readable on a light and on a dark page. Text and grid colours of charts are left to the page,
which knows whether it is light or dark.
"""

from __future__ import annotations

import plotly.graph_objects as go

SERIES_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#B66A97", "#8A6D00", "#56B4E9")
MAP_COLOURS = ("#FDF0D5", "#F9CE9C", "#F19C6B", "#DD6647", "#B5313A", "#74142D")
TARGET_COLOUR = "#7A7A7A"

TEMPLATE = go.layout.Template(
    layout={
        "colorway": SERIES_COLOURS,
        "font": {"family": "system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', sans-serif", "size": 14},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 52, "r": 20, "t": 16, "b": 44},
        "separators": ",.",
        "hovermode": "closest",
        "showlegend": False,
        "xaxis": {"showgrid": False, "ticks": "outside", "automargin": True, "title": {"standoff": 8}},
        "yaxis": {"zeroline": True, "zerolinewidth": 1, "automargin": True, "title": {"standoff": 8}},
    }
)
