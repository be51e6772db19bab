"""Maps of municipalities: one object, drawn as plain SVG on the site and by Plotly in a live kernel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import ipywidgets
import numpy as np
import pandas as pd
import plotly.graph_objects as go

from data.geography import web_geometry
from data.harmonise import WEIGHTS
from data.language import format_number, gettext
from data.regions import regional_means
from data.suggestions import check_columns
from widgets.figure import Figure, plain_value
from widgets.live_plot import LivePlot
from widgets.style import MAP_COLOURS, TEMPLATE

NEEDED = [
    "municipality_code",
    "municipality_name",
    "province_code",
    "province_name",
    "year",
    "quality",
    "error_max_pct",
    "source_municipalities_count",
    "absence",
]
FIRST_SIGN = "0"
HALF_A_TENTH = 0.05


def index_signs(numbers: Iterable[int]) -> str:
    """Write indexes as a string with one sign each: ``0`` for 0, ``1`` for 1, ``:`` for 10 and so on."""
    return "".join(chr(ord(FIRST_SIGN) + int(number)) for number in numbers)


def class_labels(breaks: Sequence[float]) -> list[str]:
    """Return the label of each class in the legend of a map, from low to high; `breaks` as in `MunicipalMap`."""
    bounds = [format_number(bound) for bound in breaks]
    first = gettext("less than {bound}", bound=bounds[0])
    last = gettext("{bound} or more", bound=bounds[-1])
    between = [gettext("{low} to {high}", low=low, high=high) for low, high in pairwise(bounds)]
    return [first, *between, last]


@dataclass(frozen=True, repr=False)
class MunicipalMap(Figure):
    """A map of the 342 municipalities of 2025, coloured in classes that stay the same over the years.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row per municipality and year, as `data.harmonise` returns it, with columns
        ``municipality_code``, ``municipality_name``, ``province_code``, ``province_name``, ``year``, ``quality``, ``error_max_pct``,
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
            raise ValueError(
                gettext(
                    "Map ‘{name}’ needs {count} class bounds (breaks) that rise, not: {given}.",
                    name=self.name,
                    count=str(len(MAP_COLOURS) - 1),
                    given=", ".join(map(str, self.breaks)),
                )
            )

    def _by_year(self, column: str) -> pd.DataFrame:
        return self.frame.pivot(index="municipality_code", columns="year", values=column).sort_index()

    def class_labels(self) -> list[str]:
        """Return the label of each colour in the legend, from low to high."""
        return class_labels(self.breaks)

    def drawing(self) -> dict:
        """Return values, remarks and regional means by year.

        Municipalities stand in the order of their codes. What is said about a value (quality, error, number of parts,
        absence) repeats itself, so ``remarks`` lists each combination once and a year has one sign per municipality that
        points into that list: see `index_signs`. Errors are rounded up to half of the last digit of the values.
        """
        values = self._by_year(self.value).round(1)
        names = self.frame.drop_duplicates("municipality_code").set_index("municipality_code")[["municipality_name", "province_code"]]
        remarks = self.frame[["quality", "error_max_pct", "source_municipalities_count", "absence"]]
        error = remarks["error_max_pct"].astype(float)
        remarks = remarks.assign(error_max_pct=(np.ceil((error / HALF_A_TENTH).round(6)) * HALF_A_TENTH).round(2))
        distinct = remarks.drop_duplicates().sort_values(list(remarks.columns))
        number = self.frame[["municipality_code", "year"]].assign(
            number=remarks.merge(distinct.assign(number=range(len(distinct))), how="left", validate="m:1")["number"].to_numpy()
        )
        numbers = number.pivot(index="municipality_code", columns="year", values="number").sort_index()
        provinces = sorted(set(names["province_code"]))
        return {
            "kind": "map",
            "unit": self.unit,
            "breaks": list(self.breaks),
            "labels": self.class_labels(),
            "codes": values.index.tolist(),
            "names": names.loc[values.index, "municipality_name"].tolist(),
            "provinces": provinces,
            "province_of": index_signs([provinces.index(code) for code in names.loc[values.index, "province_code"]]),
            "remarks": [
                dict(zip(("quality", "error", "parts", "absence"), map(plain_value, row), strict=True))
                for row in distinct.itertuples(index=False)
            ],
            "years": {
                int(year): {"values": [plain_value(value) for value in values[year]], "remarks": index_signs(numbers[year])}
                for year in values.columns
            },
            "regions": self._regions(),
        }

    def _regions(self) -> dict[int, dict] | None:
        """Return by year the mean of the country and of each province with its error, in tenths; None where a mean has no meaning."""
        if not self.value.endswith("_pct") or not set(WEIGHTS) & set(self.frame.columns):
            return None
        means = regional_means(self.frame, self.value)
        error = means["error_max_pct"] + HALF_A_TENTH
        means["error_max_pct"] = np.ceil((error * 10).round(6)) / 10
        return {
            int(year): {
                row.region_code: [plain_value(round(getattr(row, self.value), 1)), plain_value(row.error_max_pct)]
                for row in rows.itertuples(index=False)
            }
            for year, rows in means.groupby("year")
        }

    def live_plot(self) -> LivePlot:
        """Return a Plotly map of the last year, for a live kernel."""
        values = self._by_year(self.value).astype(float)
        edges = [0.0, *self.breaks, max(float(np.nanmax(values.to_numpy(), initial=0)), self.breaks[-1] + 1)]
        scale = [
            [edge / edges[-1], colour] for (low, high), colour in zip(pairwise(edges), MAP_COLOURS, strict=True) for edge in (low, high)
        ]
        trace = go.Choropleth(
            geojson=web_geometry(),
            locations=values.index,
            z=values[values.columns[-1]],
            zmin=0,
            zmax=edges[-1],
            colorscale=scale,
            colorbar={"title": {"text": self.unit}},
            text=self.frame.drop_duplicates("municipality_code").set_index("municipality_code")["municipality_name"].loc[values.index],
            hovertemplate="%{text}: %{z:.1f} " + self.unit + "<extra></extra>",
        )
        layout = {
            "template": TEMPLATE,
            "geo": {"fitbounds": "locations", "visible": False},
            "height": 700,
        }
        return LivePlot([trace], layout)

    def live(self) -> ipywidgets.VBox:
        """Return a Plotly map with a slider for the year, for a live kernel."""
        values = self._by_year(self.value).astype(float)
        years = [int(year) for year in values.columns]
        plot = self.live_plot()
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

    The table below the map has one row per municipality, one column per year, and the code last; the files that a reader downloads
    have one row per municipality and year, with what is known of the quality of each value.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `data.harmonise` returns it.
    value : str
        Column that colours the map.
    headings : mapping of str to str, optional
        Headings in the table of ``municipality_name`` and ``province_name``, when other than usual.
    unit, breaks, name, title, subtitle, sources, alternative, notes
        See `MunicipalMap`.

    Examples
    --------
    >>> from data.poverty_indicators import poverty_risk
    >>> from widgets import municipal_map
    >>> municipal_map(
    ...     poverty_risk(),
    ...     "poverty_risk_120_pct",
    ...     unit="procent",
    ...     breaks=(4, 6, 8, 11, 15),
    ...     name="eigen-kaart",
    ...     title="Kans op armoede",
    ...     subtitle="Procent van de kinderen, per jaar",
    ...     sources=["municipal_child_poverty"],
    ...     alternative="Kaart van Nederland met gemeenten in kleuren.",
    ... )
    <figuur eigen-kaart: Kans op armoede; Procent van de kinderen, per jaar; CBS>
    """
    check_columns(frame, [value, *NEEDED])
    names = {"municipality_name": gettext("Municipality"), "province_name": gettext("Province")} | dict(headings or {})
    code = {"municipality_code": gettext("Code")}
    table = frame.pivot(index=[*names, *code], columns="year", values=value).round(1).reset_index()
    table.columns = [str(column) for column in table.columns]
    columns = names | {column: column for column in table.columns if column.isdigit()} | code
    return MunicipalMap(
        name, title, subtitle, table, columns, sources, alternative,
        notes=notes, frame=frame, value=value, unit=unit, breaks=breaks,
    )  # fmt: skip
