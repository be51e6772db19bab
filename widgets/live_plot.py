"""Plotly figures that a live kernel keeps up to date, without a request to another host."""

from __future__ import annotations

import json
from urllib.parse import quote

import plotly.graph_objects as go

# Plotly fetches coasts and countries from another host before it draws any map, also when it shows none of them. Given a world
# without land in the address itself it asks nobody; what Plotly adds to the address comes after a #, so that it is not read.
EMPTY_WORLD = json.dumps(
    {
        "type": "Topology",
        "arcs": [],
        "objects": {
            layer: {"type": "GeometryCollection", "geometries": []}
            for layer in ("coastlines", "land", "ocean", "lakes", "rivers", "countries", "subunits")
        },
    }
)
EMPTY_WORLD_ADDRESS = f"data:application/json,{quote(EMPTY_WORLD)}#"


class LivePlot(go.FigureWidget):
    """A Plotly figure in a live kernel: what is changed in Python changes on the screen.

    It meets the browser complete. A `plotly.graph_objects.FigureWidget` is announced empty and then filled, and a browser
    that is busy with a whole chapter sometimes draws it in between: an empty box with axes.

    Parameters
    ----------
    *arguments, **options
        As `plotly.graph_objects.FigureWidget` takes them.
    """

    def __init__(self, *arguments: object, **options: object) -> None:
        self._filled = False
        super().__init__(*arguments, **options)
        self._config = {"topojsonURL": EMPTY_WORLD_ADDRESS}
        self._filled = True
        self.open()

    def open(self) -> None:
        """Announce the figure to the browser, once it has its data."""
        if self._filled:
            super().open()
