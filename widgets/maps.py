"""Maps of municipalities: one object, drawn as plain SVG on the site and by Plotly in a live kernel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import ipywidgets
import pandas as pd
import plotly.graph_objects as go

from data.geography import web_geometry
from data.language import format_number, gettext
from widgets.figure import Figure, plain_value
from widgets.style import MAP_COLOURS, TEMPLATE


@dataclass(frozen=True)
class MunicipalMap(Figure):
    """A map of the 342 municipalities of 2025, coloured in classes that stay the same over the years.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row per municipality and year, as `data.harmonise` returns it, with columns
        ``municipality_code``, ``municipality_name``, ``year``, ``quality``, ``error_max_pct``,
        ``source_municipalities_count``, ``absence`` and `value`.
    value : str
        Column that colours the map.
    unit : str
        Unit of `value`, as the reader sees it.
    breaks : sequence of float
        Lower bounds of the classes after the first, in the unit of `value`; one fewer than colours.

    See Also
    --------
    widgets.figure.Figure : the other parameters.
    """

    frame: pd.DataFrame = field(kw_only=True)
    value: str = field(kw_only=True)
    unit: str = field(kw_only=True)
    breaks: Sequence[float] = field(kw_only=True)

    def __post_init__(self) -> None:
        super().__post_init__()
        if len(self.breaks) != len(MAP_COLOURS) - 1 or list(self.breaks) != sorted(set(self.breaks)):
            raise ValueError(f"Map {self.name!r} needs {len(MAP_COLOURS) - 1} rising class bounds, not {list(self.breaks)}.")

    def _by_year(self, column: str) -> pd.DataFrame:
        return self.frame.pivot(index="municipality_code", columns="year", values=column).sort_index()

    def class_labels(self) -> list[str]:
        """Return the label of each colour in the legend, from low to high."""
        bounds = [format_number(bound) for bound in self.breaks]
        first = gettext("less than {bound}", bound=bounds[0])
        last = gettext("{bound} or more", bound=bounds[-1])
        between = [gettext("{low} to {high}", low=low, high=high) for low, high in pairwise(bounds)]
        return [first, *between, last]

    def drawing(self) -> dict:
        """Return values and qualities by year, in the order of the municipality codes."""
        columns = (self.value, "quality", "error_max_pct", "source_municipalities_count", "absence")
        values, quality, error, parts, absence = (self._by_year(column) for column in columns)
        names = self.frame.drop_duplicates("municipality_code").set_index("municipality_code")["municipality_name"]
        by_year = {}
        for year in values.columns:
            by_year[int(year)] = {
                "values": [plain_value(value) for value in values[year].round(1)],
                "quality": [plain_value(value) for value in quality[year]],
                "error": [plain_value(value) for value in error[year]],
                "parts": [plain_value(value) for value in parts[year]],
                "absence": [plain_value(value) for value in absence[year]],
            }
        return {
            "kind": "map",
            "unit": self.unit,
            "breaks": list(self.breaks),
            "labels": self.class_labels(),
            "codes": values.index.tolist(),
            "names": [names[code] for code in values.index],
            "years": by_year,
        }

    def live(self) -> ipywidgets.VBox:
        """Return a Plotly map with a slider for the year, for a live kernel."""
        values = self._by_year(self.value).astype(float)
        years = [int(year) for year in values.columns]
        edges = [0.0, *self.breaks, max(float(values.max().max()), self.breaks[-1] + 1)]
        scale = [
            [edge / edges[-1], colour] for (low, high), colour in zip(pairwise(edges), MAP_COLOURS, strict=True) for edge in (low, high)
        ]
        trace = go.Choropleth(
            geojson=web_geometry(),
            locations=values.index,
            z=values[years[-1]],
            zmin=0,
            zmax=edges[-1],
            colorscale=scale,
            colorbar={"title": {"text": self.unit}},
            text=[self.frame.set_index("municipality_code")["municipality_name"].to_dict()[code] for code in values.index],
            hovertemplate="%{text}: %{z:.1f} " + self.unit + "<extra></extra>",
        )
        layout = {
            "template": TEMPLATE,
            "title": {"text": self.title, "subtitle": {"text": self.subtitle}},
            "geo": {"fitbounds": "locations", "visible": False},
            "height": 700,
        }
        plot = go.FigureWidget([trace], layout)
        slider = ipywidgets.SelectionSlider(options=years, value=years[-1], description=gettext("Year"))

        def show_year(change: dict) -> None:
            plot.data[0].z = values[change["new"]]

        slider.observe(show_year, "value")
        return ipywidgets.VBox([slider, plot])


def municipal_map(
    frame: pd.DataFrame,
    value: str,
    *,
    unit: str,
    breaks: Sequence[float],
    name: str,
    title: str,
    subtitle: str,
    sources: Sequence[str],
    alternative: str,
    notes: Sequence[str] = (),
    headings: Mapping[str, str] | None = None,
) -> MunicipalMap:
    """Draw a value per municipality, with a choice of year.

    The table below the map has one row per municipality and one column per year.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `data.harmonise` returns it.
    value : str
        Column that colours the map.
    headings : mapping of str to str, optional
        Headings of the name columns in the table.
    unit, breaks, name, title, subtitle, sources, alternative, notes
        See `MunicipalMap`.
    """
    table = frame.pivot(index=["municipality_name", "province_name"], columns="year", values=value).round(1).reset_index()
    table.columns = [str(column) for column in table.columns]
    headings = headings or {"municipality_name": gettext("Municipality"), "province_name": gettext("Province")}
    columns = dict(headings) | {column: column for column in table.columns if column.isdigit()}
    return MunicipalMap(
        name, title, subtitle, table, columns, sources, alternative,
        notes=notes, frame=frame, value=value, unit=unit, breaks=breaks,
    )  # fmt: skip
