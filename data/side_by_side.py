"""Every municipality, every province and the Netherlands beside each other: one row of figures for each, for readers who compare.

The figures are those of the pages of municipalities (`data.profiles`): the same indicators, years, errors and words. A province or the
country has a figure only where there is one of the same measure and the same publication.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from data.downloads import DECIMALS_OF_NUMBER, DECIMALS_OF_SHARE
from data.indicators import indicators
from data.key_figures import KeyFigure, figures_of
from data.language import gettext
from data.names import search_text
from data.package import table
from data.poverty_indicators import poverty_risk, poverty_risk_regions
from data.regions import COUNTRY

RISK, ERROR = "poverty_risk_120_pct", "error_max_pct"
TREND_DECIMALS = 2


@dataclass(frozen=True)
class Area:
    """A municipality of 2025, a province or the Netherlands.

    Parameters
    ----------
    code : str
        ``GM0363``, ``PV27`` or ``NL``.
    name : str
        As a heading shows it; a province is called one, for it may have the name of a municipality.
    name_in_sentence : str
        As it stands within a sentence: ``de gemeente Texel``; in Dutch one lives in a town but on an island.
    """

    code: str
    name: str
    name_in_sentence: str


@dataclass(frozen=True)
class Row:
    """One indicator, with the figure of each area.

    Parameters
    ----------
    indicator_id, label, unit, short_unit, definition, year
        See `data.key_figures.KeyFigure`.
    region_note : str
        How the figures of provinces and the country came about, or why there are none.
    figures : tuple of KeyFigure or None
        In the order of `areas`; None where a province or the country has no figure of the same measure and publication. The ``value`` of
        one of a province or the country is theirs, and it has no ``quality``.
    decimals_kept : int
        Decimals of ``value`` and ``error_max`` that mean something, as in `data.downloads`.
    """

    indicator_id: str
    label: str
    unit: str
    short_unit: str
    definition: str
    year: int
    region_note: str
    figures: tuple[KeyFigure | None, ...]
    decimals_kept: int

    @property
    def heading(self) -> str:
        """Label, unit and year."""
        return gettext("{label} ({unit}, {year})", label=self.label, unit=self.short_unit, year=str(self.year))


def error_in_short(figure: KeyFigure | None) -> str:
    """Return the largest error of a figure in a narrow column; empty when there is none or no figure, or the figure is a bound itself."""
    if figure is None or not figure.error_text or round(figure.value, figure.decimals) == 0:
        return ""
    return gettext("± {error}", error=figure.error_number) if figure.error_number else gettext("error unknown")


def areas() -> list[Area]:
    """Return the municipalities of 2025 in alphabetical order, then the provinces, then the Netherlands."""
    frame = table("municipalities").sort_values("municipality_name", key=lambda names: names.map(search_text)).astype(str)
    municipalities = [
        Area(code, name, gettext("the municipality of {name}", name=name))
        for code, name in zip(frame["municipality_code"], frame["municipality_name"], strict=True)
    ]
    provinces = frame[["province_code", "province_name"]].drop_duplicates().sort_values("province_name")
    called = [
        Area(code, gettext("Province of {name}", name=name), gettext("the province of {name}", name=name))
        for code, name in provinces.itertuples(index=False)
    ]
    return [*municipalities, *called, Area(COUNTRY, gettext("Netherlands"), gettext("Netherlands"))]


def trend(codes: Sequence[str]) -> dict[str, list[tuple[int, float, float | None]]]:
    """Return the share of children at risk of poverty by year.

    Parameters
    ----------
    codes : sequence of str
        Codes of `areas`.

    Returns
    -------
    dict
        Per code ``(year, percent of children, largest error in percentage points)`` in order of year; the error is None when unknown. All
        years are made in one way, see `data.profiles.trend_note`.
    """
    own = poverty_risk().rename(columns={"municipality_code": "region_code"})
    result: dict[str, list[tuple[int, float, float | None]]] = {code: [] for code in codes}
    for frame in (own, poverty_risk_regions()):
        columns = [frame[column].tolist() for column in ("region_code", "year", RISK, ERROR)]
        for code, year, value, error in sorted(zip(*columns, strict=True), key=lambda row: (row[0], row[1])):
            if code in result and value == value:
                known = None if error != error else round(float(error), TREND_DECIMALS)
                result[code].append((int(year), round(float(value), TREND_DECIMALS), known))
    return result


def rows() -> list[Row]:
    """Return every indicator with the figure of each area, in the order in which the pages of municipalities show them."""
    places = table("municipalities").astype(str)
    first_of = dict(zip(places["province_code"], places["municipality_code"], strict=True))
    result = []
    for indicator in indicators().values():
        figures = figures_of(indicator)
        one = next(iter(figures.values()))
        every = [
            figures[area.code] if area.code in figures else _of_region(figures.get(first_of.get(area.code, ""), one), area.code)
            for area in areas()
        ]
        result.append(
            Row(
                indicator_id=one.figure_id,
                label=one.label,
                unit=one.unit,
                short_unit=one.short_unit,
                definition=one.definition,
                year=one.year,
                region_note=one.region_note,
                figures=tuple(every),
                decimals_kept=DECIMALS_OF_SHARE if one.figure_id.endswith("_pct") else DECIMALS_OF_NUMBER,
            )
        )
    return result


def _of_region(figure: KeyFigure, code: str) -> KeyFigure | None:
    """Return what stands beside the figure of a municipality, as a figure of its province or of the country; None when there is none."""
    value, error = (figure.national_value, figure.national_error) if code == COUNTRY else (figure.province_value, figure.province_error)
    return None if value is None else replace(figure, value=value, error_max=error, quality="", absence="", absence_reason="")
