"""Everything the book knows of one municipality, for its own page.

>>> profile("GM0363").slug
'gm0363-amsterdam'
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from data.boundary_history import boundary_history
from data.indicators import forget as forget_indicators
from data.indicators import indicator, indicators
from data.key_figures import KeyFigure, figures_of
from data.language import gettext, language
from data.likeness import MEASURES, most_alike
from data.local_funding import ReportedAmount, reported_amounts
from data.names import search_text
from data.neighbours import neighbours
from data.package import table, unknown_name
from data.poverty_indicators import poverty_risk, poverty_risk_regions
from data.profile_text import Paragraph, paragraphs
from data.regions import COUNTRY

RISK = "poverty_risk_120_pct"


@dataclass(frozen=True)
class Place:
    """A municipality to go to.

    Parameters
    ----------
    code, name, slug : str
        As in `Profile`.
    """

    code: str
    name: str
    slug: str


@dataclass(frozen=True)
class Alike:
    """A municipality that is like another one.

    Parameters
    ----------
    place : Place
        Which municipality.
    distance : float
        See `data.likeness`: 0 is the same.
    figures : tuple of KeyFigure
        Its figures on the characteristics that were compared, in the order of `data.likeness.MEASURES`.
    poverty_risk : KeyFigure
        Its share of children with a chance of poverty, which was not compared.
    """

    place: Place
    distance: float
    figures: tuple[KeyFigure, ...]
    poverty_risk: KeyFigure


@dataclass(frozen=True, eq=False)
class Profile:
    """One municipality of 2025.

    Parameters
    ----------
    code, name : str
        Code and official name of CBS.
    slug : str
        Code and name in small letters without signs, for an address: ``gm0363-amsterdam``.
    province_code, province_name : str
        Its province.
    inhabitants : int
        On 1 January 2023.
    key_figures : tuple of KeyFigure
        The latest figure of each indicator.
    trend : pandas.DataFrame
        Share of children with a chance of poverty, 2011-2021: ``region_code`` (municipality, province, ``NL``), ``region_name``, ``year``,
        ``poverty_risk_120_pct``, ``error_max_pct`` (percentage points; empty when unknown) and ``quality`` (empty for regions). All years
        made in one way, so that of the Netherlands differs a little from the published figure of 2021.
    low_income : pandas.DataFrame
        Children below the low-income threshold, 2011-2022: ``region_code`` (municipality, province), ``region_name``, ``year``,
        ``low_income_pct``, ``error_max_pct`` and ``low_income_count`` (empty for the province). Empty when there are no figures.
    low_income_reason : str
        Why `low_income` is empty; empty text when it is not.
    boundary_history : tuple of str
        Sentences on mergers and divisions since 2011.
    alike : tuple of Alike
        The most alike municipalities, nearest first.
    neighbours : tuple of Place
        Municipalities that share a border with it, longest border first.
    reported : tuple of ReportedAmount
        What it reported of the 85 million euros.
    paragraphs : tuple of Paragraph
        The figures in sentences.
    """

    code: str
    name: str
    slug: str
    province_code: str
    province_name: str
    inhabitants: int
    key_figures: tuple[KeyFigure, ...]
    trend: pd.DataFrame
    low_income: pd.DataFrame
    low_income_reason: str
    boundary_history: tuple[str, ...]
    alike: tuple[Alike, ...]
    neighbours: tuple[Place, ...]
    reported: tuple[ReportedAmount, ...]
    paragraphs: tuple[Paragraph, ...]

    def key_figure(self, figure_id: str) -> KeyFigure:
        """Return one key figure by its id.

        Raises
        ------
        KeyError
            When there is none; the message names those that exist.
        """
        for figure in self.key_figures:
            if figure.figure_id == figure_id:
                return figure
        raise unknown_name("key figure", figure_id, [figure.figure_id for figure in self.key_figures])


def slug(code: str, name: str) -> str:
    """Return code and name in small ascii letters, for an address.

    >>> slug("GM0518", "'s-Gravenhage"), slug("GM1900", "Súdwest-Fryslân")
    ('gm0518-s-gravenhage', 'gm1900-sudwest-fryslan')
    """
    return f"{code.lower()}-{search_text(name).replace(' ', '-')}"


@lru_cache
def places() -> dict[str, Place]:
    """Return every municipality of 2025 by its code, in order of code."""
    rows = table("municipalities")[["municipality_code", "municipality_name"]].astype(str).sort_values("municipality_code")
    return {code: Place(code, name, slug(code, name)) for code, name in rows.itertuples(index=False)}


def profile(code: str) -> Profile:
    """Return the profile of one municipality.

    Parameters
    ----------
    code : str
        Code of a municipality of 2025, for example ``GM0363``.

    Raises
    ------
    KeyError
        When there is no such municipality in 2025; the message names near codes.
    """
    if code not in places():
        raise unknown_name("municipality of 2025", code, list(places()))
    return _Collected.of(language()).profile(code)


def profiles() -> Iterator[Profile]:
    """Return the profiles of all municipalities of 2025, in order of code."""
    collected = _Collected.of(language())
    return (collected.profile(code) for code in places())


def likeness_note() -> str:
    """Return how the most alike municipalities were found, and what that does not say."""
    labels = [indicator(measure) for measure in MEASURES]
    inhabitants, children, income, assistance = ((each.label.lower(), str(each.latest_year)) for each in labels)
    return gettext(
        "Alike means: little difference in inhabitants ({year_1}), share of children ({year_2}), median income ({year_3}) and share of "
        "people on social assistance ({year_4}), taken together, each counting as much. Child poverty itself was not compared. That two "
        "municipalities are alike does not say that they have the same causes or the same policy.",
        year_1=inhabitants[1], year_2=children[1], year_3=income[1], year_4=assistance[1],
    )  # fmt: skip


def neighbours_note() -> str:
    """Return what neighbours are."""
    return gettext(
        "Neighbours share a border on land or in a river. Municipalities on the other side of broad water, such as the Wadden Sea, do not "
        "count, unless a dam or dike joins them."
    )


def forget() -> None:
    """Read all tables again at the next call; for a table that came after the first one."""
    forget_indicators()
    _Collected.of.cache_clear()


class _Collected:
    """Every table that a profile needs, computed once for all municipalities."""

    def __init__(self) -> None:
        names = table("municipalities").set_index("municipality_code")
        self.provinces = names[["province_code", "province_name", "inhabitants_count"]]
        self.figures = {name: figures_of(each) for name, each in indicators().items()}
        self.trends = _by_code(poverty_risk(), [RISK, "error_max_pct", "quality"])
        regions = poverty_risk_regions().rename(columns={"region_name": "name"})
        self.regional_trends = {code: frame for code, frame in regions.groupby("region_code")}
        self.low_income = _low_income()

    @staticmethod
    @lru_cache
    def of(edition: str) -> _Collected:
        """Return the tables in the words of one edition."""
        return _Collected()

    def profile(self, code: str) -> Profile:
        place = places()[code]
        province_code, province_name, inhabitants = self.provinces.loc[code]
        figures = tuple(figure[code] for figure in self.figures.values())
        trend = self._trend(place, str(province_code), str(province_name))
        own, province = (self.low_income.get(key) for key in (code, str(province_code)))
        low_income = pd.concat([own, province], ignore_index=True) if own is not None else _no_low_income()
        reported = reported_amounts().get(code, ())
        reason = "" if own is not None else self.figures["low_income_pct"][code].absence_reason
        return Profile(
            code=code,
            name=place.name,
            slug=place.slug,
            province_code=str(province_code),
            province_name=str(province_name),
            inhabitants=int(inhabitants),
            key_figures=figures,
            trend=trend,
            low_income=low_income,
            low_income_reason=reason,
            boundary_history=boundary_history(code, place.name),
            alike=self._alike(code),
            neighbours=tuple(places()[neighbour] for neighbour in neighbours()[code]),
            reported=reported,
            paragraphs=paragraphs(place.name, str(province_name), {each.figure_id: each for each in figures}, trend, low_income, reported),
        )

    def _trend(self, place: Place, province_code: str, province_name: str) -> pd.DataFrame:
        named = [(province_code, province_name), (COUNTRY, gettext("Netherlands"))]
        regions = [self.regional_trends[code].assign(region_name=name, quality="") for code, name in named]
        own = self.trends[place.code].assign(region_code=place.code, region_name=place.name)
        return pd.concat([own, *regions], ignore_index=True)[["region_code", "region_name", "year", RISK, "error_max_pct", "quality"]]

    def _alike(self, code: str) -> tuple[Alike, ...]:
        return tuple(
            Alike(
                place=places()[other],
                distance=float(distance),
                figures=tuple(self.figures[measure][other] for measure in MEASURES),
                poverty_risk=self.figures[RISK][other],
            )
            for other, distance in most_alike(code).items()
        )


def _by_code(frame: pd.DataFrame, columns: list[str]) -> dict[str, pd.DataFrame]:
    frame = frame.assign(municipality_code=frame["municipality_code"].astype(str), quality=frame["quality"].astype(str))
    return {code: part for code, part in frame[["municipality_code", "year", *columns]].groupby("municipality_code")}


LOW_INCOME_COLUMNS = ["region_code", "region_name", "year", "low_income_pct", "error_max_pct", "low_income_count"]


def _no_low_income() -> pd.DataFrame:
    return pd.DataFrame(columns=LOW_INCOME_COLUMNS)


def _low_income() -> dict[str, pd.DataFrame]:
    """Return the children below the low-income threshold by municipality and province that have figures."""
    share, count = indicator("low_income_pct"), indicator("low_income_count")
    keys = ["municipality_code", "year"]
    own = share.values.merge(count.values[[*keys, "value"]], on=keys, suffixes=("", "_count")).dropna(subset=["value"])
    own = own.rename(columns={"municipality_code": "region_code", "value_count": "low_income_count"})
    areas = table("municipalities")
    names = {code: place.name for code, place in places().items()}
    names |= dict(zip(areas["province_code"].astype(str), areas["province_name"].astype(str), strict=True))
    both = pd.concat([own, share.regions]).rename(columns={"value": "low_income_pct", "error_max": "error_max_pct"})
    both = both.assign(region_name=both["region_code"].map(names))[LOW_INCOME_COLUMNS].reset_index(drop=True)
    return {code: part for code, part in both.groupby("region_code")}
