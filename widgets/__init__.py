"""The moving parts of the book: charts, maps, tables and sentences with computed numbers."""

from widgets.chart import Chart, line_chart
from widgets.figure import Figure
from widgets.maps import MunicipalMap, municipal_map
from widgets.poverty_risk import poverty_risk_map
from widgets.table import TableFigure
from widgets.text import bullets, sentence
from widgets.timeline import Timeline, measures_timeline

__all__ = [
    "Chart", "Figure", "MunicipalMap", "TableFigure", "Timeline", "bullets", "line_chart", "measures_timeline", "municipal_map",
    "poverty_risk_map", "sentence",
]  # fmt: skip
