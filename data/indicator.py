"""What an indicator of a municipality is: one figure per municipality and year, with its error, and beside it provinces and the country.

An indicator is one measure in one publication: its figures may be ranked and compared with each other. The figures of provinces and
of the Netherlands in it are of the same measure and publication; where there are none, it says why.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from data.language import format_number, gettext, language
from data.package import describe, table
from data.regions import COUNTRY
from data.suggestions import unknown_name
from data.summary import Summary

VALUE_COLUMNS = ["municipality_code", "year", "value", "error_max", "quality", "absence", "reason"]
REGION_COLUMNS = ["region_code", "year", "value", "error_max"]


@dataclass(frozen=True, eq=False, repr=False)
class Indicator(Summary):
    """One measure in one publication, for municipalities of 2025.

    Parameters
    ----------
    indicator_id : str
        For example ``poverty_risk_120_pct``; the ending tells the kind of unit.
    label : str
        Name for the reader.
    unit : str
        Unit for the reader, as it stands behind a figure: ``procent van de kinderen``.
    short_unit : str
        The same in one word: ``procent``.
    decimals : int
        Decimals to show; below zero, figures are shown in tens or hundreds.
    definition : str
        What is counted, in a sentence.
    first_place : str
        What place 1 means: ``hoogste aandeel``; empty when places mean nothing.
    tables : tuple of str
        Tables of the data package that the figures come from.
    sources : tuple of str
        Titles of the sources, in the language of the reader.
    values : pandas.DataFrame
        `VALUE_COLUMNS`: ``error_max`` in the unit of ``value`` (empty when unknown), ``quality`` and ``absence`` as ids of `data.quality`
        (empty text when they do not apply), ``reason`` why a value lacks, in words. A year with figures has every municipality of 2025.
    regions : pandas.DataFrame
        `REGION_COLUMNS`: region ``NL`` or ``PV20`` to ``PV31``.
    region_note : str
        How the figures of provinces and the country came about, or why there are none.
    of_children : bool
        Whether it is a share of children, which jumps where few children live; see `data.few_children`.
    digits : int, optional
        Digits that count in an estimate, which the reader sees no more of; all when left out.
    """

    indicator_id: str
    label: str
    unit: str
    short_unit: str
    decimals: int
    definition: str
    first_place: str
    tables: tuple[str, ...]
    sources: tuple[str, ...]
    values: pd.DataFrame
    regions: pd.DataFrame
    region_note: str = ""
    of_children: bool = False
    digits: int | None = None

    @property
    def latest_year(self) -> int:
        """The last year with figures."""
        return int(self.values["year"].max())

    @property
    def years(self) -> list[int]:
        """The years with figures, in order."""
        return sorted(int(year) for year in self.values["year"].unique())

    def of_year(self, year: int) -> pd.DataFrame:
        """Return the figures of a year, by municipality.

        Raises
        ------
        UnknownName
            When there are no figures of that year; the message says which years there are.

        Examples
        --------
        >>> import data
        >>> risk = data.indicator("poverty_risk_120_pct").of_year(2021)
        >>> risk.loc["GM0193", ["value", "error_max"]].to_dict()
        {'value': 8.6, 'error_max': 0.05}
        >>> risk["value"].idxmax()  # code of the municipality with the highest share
        'GM...'
        """
        if year not in self.years:
            problem = gettext("There are no figures of {year} for indicator ‘{name}’.", year=str(year), name=self.indicator_id)
            raise unknown_name(problem, year, self.years)
        return self.values[self.values["year"] == year].set_index("municipality_code")

    def summary(self) -> tuple[str, dict[str, str]]:
        """Return name, unit, years, meaning and sources in words; see `data.summary.Summary`."""
        return gettext("indicator {name}", name=self.indicator_id), {
            gettext("Name"): self.label,
            gettext("Unit"): self.unit,
            gettext("Years"): ", ".join(map(str, self.years)),
            gettext("Meaning"): self.definition,
            gettext("Sources"): "; ".join(self.sources),
            gettext("Tables"): ", ".join(self.tables),
        }


def source_title(name: str, words: str = "") -> str:
    """Return the title of the first source of a table whose title has these words, in the language of the reader.

    Raises
    ------
    LookupError
        When no source of the table has them.
    """
    for source in describe(name)["sources"]:
        if words in source["title"]:
            return source.get(f"title_{language()}", source["title"])
    raise LookupError(f"No source of table {name} has {words!r} in its title.")


def significant(value: float, digits: int) -> float:
    """Round a figure to the digits that count.

    >>> significant(7_719_100, 2), significant(9.08, 2), significant(0.0, 2)
    (7700000, 9.1, 0.0)
    """
    return round(value, _decimals(value, digits)) if value else value


def _decimals(value: float, digits: int) -> int:
    return digits - 1 - math.floor(math.log10(abs(value)))


def value_text(value: float, decimals: int, error_max: float = math.nan, digits: int | None = None) -> str:
    """Write a figure for the reader.

    Parameters
    ----------
    value : float
        The figure.
    decimals : int
        As in `Indicator`.
    error_max : float
        Its largest error: a figure that was rounded to nothing is written as less than that.
    digits : int, optional
        As in `Indicator`.

    >>> value_text(736_214.0, -2), value_text(0.0, 0, 50.0), value_text(0.003, 2), value_text(736_214.0, -2, digits=2)
    ('736.200', 'minder dan 50', 'minder dan 0,01', '740.000')
    """
    if digits and value:
        decimals = min(decimals, _decimals(value, digits))
    smallest = 10.0**-decimals
    rounded = round(value, decimals)
    if rounded == 0 and error_max > 0:
        return gettext("less than {number}", number=format_number(error_max))
    if rounded == 0 and value > 0:
        return gettext("less than {number}", number=format_number(smallest))
    return format_number(rounded if decimals < 0 else value, max(decimals, 0))


def figures(frame: pd.DataFrame, column: str, **given: object) -> pd.DataFrame:
    """Bring a table of municipalities of 2025 into the form of `Indicator.values`.

    Parameters
    ----------
    frame : pandas.DataFrame
        ``municipality_code``, ``year`` and the columns of which the names are given.
    column : str
        Column with the value.
    **given
        ``error_max``, ``quality``, ``absence``, ``reason``: a column of the frame, as a Series, or one value for all.
    """
    defaults = {"error_max": math.nan, "quality": "", "absence": "", "reason": ""}
    result = frame[["municipality_code", "year"]].assign(value=frame[column].astype("Float64").astype(float), **(defaults | given))
    text = ["quality", "absence", "reason"]
    result[text] = result[text].astype(object).where(result[text].notna(), "").astype(str)
    known = result["value"].notna()
    result["quality"] = result["quality"].where(known, "")
    result["error_max"] = result["error_max"].astype("Float64").astype(float).where(known)
    result[["absence", "reason"]] = result[["absence", "reason"]].mask(known, "")
    result["absence"] = result["absence"].mask(~known & result["absence"].eq(""), "missing")
    return result[VALUE_COLUMNS].astype({"municipality_code": str, "year": int}).reset_index(drop=True)


def regional_sums(values: pd.DataFrame) -> pd.DataFrame:
    """Add the figures of municipalities up to provinces and the country; empty where that of a municipality is.

    Returns
    -------
    pandas.DataFrame
        `REGION_COLUMNS`; errors are added up as if all erred in one direction. A province is left out when the table lacks one of its
        municipalities, and the country when it lacks a province.
    """
    municipalities = table("municipalities")[["municipality_code", "province_code"]].astype(str)
    frame = municipalities.merge(values[["municipality_code", "year", "value", "error_max"]], on="municipality_code")
    both = pd.concat([frame, frame.assign(province_code=COUNTRY)]).groupby(["province_code", "year"])
    sums = both[["value", "error_max"]].agg(lambda part: part.sum(skipna=False))
    sizes = pd.concat([municipalities, municipalities.assign(province_code=COUNTRY)]).groupby("province_code").size()
    whole = both.size().eq(sizes.reindex(both.size().index.get_level_values("province_code")).to_numpy())
    return sums[whole].reset_index().rename(columns={"province_code": "region_code"})[REGION_COLUMNS]


def no_regions() -> pd.DataFrame:
    """Return an empty table in the form of `Indicator.regions`."""
    return pd.DataFrame(columns=REGION_COLUMNS).astype({"year": int, "value": float, "error_max": float})


def ratio(part: pd.DataFrame, whole: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Return one number in percent of another, with the error that follows from those of both.

    Parameters
    ----------
    part, whole : pandas.DataFrame
        Columns `keys`, ``value`` and ``error_max``.
    """
    both = part.merge(whole[[*keys, "value", "error_max"]], on=keys, suffixes=("", "_whole"))
    share = both["value"] / both["value_whole"]
    error = (both["error_max"] + share * both["error_max_whole"]) / both["value_whole"]
    return both.drop(columns=["value_whole", "error_max_whole"]).assign(value=100 * share, error_max=100 * error)
