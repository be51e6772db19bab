"""Everything the book knows of one municipality, for its own page.

>>> profile("Amsterdam").slug
'gm0363-amsterdam'
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from data.boundary_history import boundary_history
from data.indicator import value_text
from data.indicators import forget as forget_indicators
from data.indicators import indicator, indicators
from data.key_figures import KeyFigure, figures_of
from data.language import gettext, language
from data.likeness import MEASURES, most_alike
from data.local_funding import ReportedAmount, reported_amounts
from data.names import municipality_code, search_text
from data.neighbours import neighbours
from data.package import table
from data.poverty_indicators import poverty_risk, poverty_risk_regions
from data.profile_text import Paragraph, Story, paragraphs
from data.regions import COUNTRY
from data.suggestions import unknown_name
from data.summary import Summary

RISK = "poverty_risk_120_pct"
PROVINCE = "province_code"
LOW_INCOME_COLUMNS = ["low_income_pct", "error_max_pct", "low_income_count", "quality"]


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


@dataclass(frozen=True, eq=False, repr=False)
class Profile(Summary):
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
        ``low_income_pct``, ``error_max_pct``, and ``low_income_count`` and ``quality`` (both empty for the province). Without rows when
        there are no figures.
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

        Examples
        --------
        >>> import data
        >>> risk = data.profile("Zwolle").key_figure("poverty_risk_120_pct")
        >>> risk.label, risk.unit
        ('Kinderen met kans op armoede', 'procent van de kinderen')
        >>> risk.value < risk.national_value
        True
        """
        for figure in self.key_figures:
            if figure.figure_id == figure_id:
                return figure
        known = [figure.figure_id for figure in self.key_figures]
        raise unknown_name(gettext("There is no indicator ‘{name}’.", name=figure_id), figure_id, known)

    def summary(self) -> tuple[str, dict[str, str]]:
        """Return province and each key figure with its year in words; see `data.summary.Summary`."""
        figures = {
            figure.figure_id: gettext("{value} ({label}, {year})", value=figure.full_text, label=figure.label, year=str(figure.year))
            for figure in self.key_figures
        }
        return gettext("municipality {name} ({code})", name=self.name, code=self.code), {
            gettext("Province"): self.province_name,
            **figures,
        }


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


def profile(municipality: str | int) -> Profile:
    """Return the profile of one municipality.

    Parameters
    ----------
    municipality : str or int
        Name or code of a municipality of 2025, for example ``Zwolle`` or ``GM0193``.

    Raises
    ------
    KeyError
        When there is no such municipality in 2025; the message names near ones, or what became of a former municipality.

    Examples
    --------
    >>> import data
    >>> zwolle = data.profile("Zwolle")
    >>> zwolle.code, zwolle.province_name
    ('GM0193', 'Overijssel')
    >>> [place.name for place in zwolle.neighbours][:3]
    ['Dalfsen', 'Zwartewaterland', 'Kampen']
    >>> zwolle.key_figure("low_income_pct").label
    'Kinderen onder de lage-inkomensgrens'
    """
    return _Collected.of(language()).profile(municipality_code(municipality))


def profiles() -> Iterator[Profile]:
    """Return the profiles of all municipalities of 2025, in order of code."""
    collected = _Collected.of(language())
    return (collected.profile(code) for code in places())


def likeness_note() -> str:
    """Return how the most alike municipalities were found, and what that does not say."""
    inhabitants, children, income, assistance = (str(indicator(measure).latest_year) for measure in MEASURES)
    return gettext(
        "Alike means: little difference in inhabitants ({inhabitants}), share of children ({children}), median income ({income}) and share "
        "of people on social assistance ({assistance}), taken together, each counting as much. Where the income lacks, the others decide. "
        "Child poverty itself was not compared. That two municipalities are alike does not say that they have the same causes or the same "
        "policy.",
        inhabitants=inhabitants,
        children=children,
        income=income,
        assistance=assistance,
    )


def trend_note() -> str:
    """Return how the trends of province and country came about, and why that of the Netherlands is not the published figure."""
    computed = poverty_risk_regions().query("region_code == @COUNTRY").set_index("year")[RISK]
    published = indicator(RISK).regions.query("region_code == @COUNTRY").set_index("year")["value"]
    year = int(computed.index.max())
    return gettext(
        "Figures of province and country we computed from the municipalities, in one way for all years. So the Netherlands in {year} is "
        "{computed} percent here, where CBS itself gives {published} percent. Provinces are those of today in all years.",
        year=str(year),
        computed=value_text(computed[year], 1),
        published=value_text(published[year], 1),
    )


def neighbours_note() -> str:
    """Return what neighbours are."""
    return gettext(
        "Neighbours share a border on land or in a river. Municipalities on the other side of broad water, such as the Wadden Sea, do not "
        "count, unless a dam or dike joins them. Municipalities in Belgium and Germany are not in it."
    )


def forget() -> None:
    """Read all tables again at the next call; for a table that came after the first one."""
    forget_indicators()
    _Collected.of.cache_clear()


class _Collected:
    """Every table that a profile needs, computed once for all municipalities."""

    def __init__(self) -> None:
        areas = table("municipalities")[["municipality_code", "province_code", "province_name", "inhabitants_count"]]
        self.areas = {str(code): (str(province), str(name), int(count)) for code, province, name, count in areas.itertuples(index=False)}
        self.figures = {name: figures_of(each) for name, each in indicators().items()}
        self.trends = _with_regions(_trend(), _trend_of_regions(), [PROVINCE, COUNTRY])
        self.low_income = _with_regions(_low_income(), _low_income_of_provinces(), [PROVINCE])

    @staticmethod
    @lru_cache
    def of(edition: str) -> _Collected:
        """Return the tables in the words of one edition."""
        return _Collected()

    def profile(self, code: str) -> Profile:
        place = places()[code]
        province_code, province_name, inhabitants = self.areas[code]
        figures = {name: figure[code] for name, figure in self.figures.items()}
        low_income = self.low_income.get(code, _NO_LOW_INCOME)
        given = {"trend": self.trends[code], "low_income": low_income, "reported": reported_amounts().get(code, ())}
        alike = self._alike(code)
        beside = tuple(places()[neighbour] for neighbour in neighbours()[code])
        story = Story(
            code=code,
            name=place.name,
            province=province_name,
            figures=figures,
            alike=tuple((other.place.name, other.poverty_risk) for other in alike),
            neighbours=tuple(other.name for other in beside),
            **given,
        )
        return Profile(
            code=code,
            name=place.name,
            slug=place.slug,
            province_code=province_code,
            province_name=province_name,
            inhabitants=inhabitants,
            key_figures=tuple(figures.values()),
            low_income_reason="" if len(low_income) else figures["low_income_pct"].absence_reason,
            boundary_history=boundary_history(code, place.name),
            alike=alike,
            neighbours=beside,
            paragraphs=paragraphs(story),
            **given,
        )

    def _alike(self, code: str) -> tuple[Alike, ...]:
        return tuple(
            Alike(
                place=places()[other],
                distance=distance,
                figures=tuple(self.figures[measure][other] for measure in MEASURES),
                poverty_risk=self.figures[RISK][other],
            )
            for other, distance in most_alike(code).items()
        )


def _trend() -> pd.DataFrame:
    frame = poverty_risk()
    return frame.assign(quality=frame["quality"].astype(str)).rename(columns={"municipality_code": "region_code"})


def _trend_of_regions() -> pd.DataFrame:
    return poverty_risk_regions().drop(columns="region_name").assign(quality="")


def _low_income() -> pd.DataFrame:
    share, count = indicator("low_income_pct"), indicator("low_income_count")
    keys = ["municipality_code", "year"]
    both = share.values.merge(count.values[[*keys, "value"]], on=keys, suffixes=("", "_count")).dropna(subset=["value"])
    names = {"municipality_code": "region_code", "value": "low_income_pct", "error_max": "error_max_pct", "value_count": "low_income_count"}
    return both.rename(columns=names)[["region_code", "year", *LOW_INCOME_COLUMNS]]


def _low_income_of_provinces() -> pd.DataFrame:
    regions = indicator("low_income_pct").regions.rename(columns={"value": "low_income_pct", "error_max": "error_max_pct"})
    return regions.assign(low_income_count=float("nan"), quality="")


def _with_regions(own: pd.DataFrame, regions: pd.DataFrame, beside: list[str]) -> dict[str, pd.DataFrame]:
    """Set the rows of province and country below those of each municipality, and return them by municipality.

    Parameters
    ----------
    own, regions : pandas.DataFrame
        ``region_code``, ``year`` and the same columns with figures.
    beside : list of str
        `PROVINCE`, `COUNTRY` or both.
    """
    areas = table("municipalities")
    codes = areas["municipality_code"].astype(str)
    parts = [pd.DataFrame({"code": codes, "region_code": codes, "region_name": areas["municipality_name"].astype(str)})]
    if PROVINCE in beside:
        names = {"region_code": areas[PROVINCE].astype(str), "region_name": areas["province_name"].astype(str)}
        parts.append(pd.DataFrame({"code": codes} | names))
    if COUNTRY in beside:
        parts.append(pd.DataFrame({"code": codes, "region_code": COUNTRY, "region_name": gettext("Netherlands")}))
    wanted = pd.concat([part.assign(order=order) for order, part in enumerate(parts)])
    rows = pd.concat([own, regions])[[*own.columns.intersection(regions.columns)]].astype({"region_code": str, "year": int})
    joined = wanted[wanted["code"].isin(own["region_code"])].merge(rows, on="region_code").sort_values(["code", "order", "year"])
    columns = ["region_code", "region_name", *(name for name in rows.columns if name != "region_code")]
    return {code: part[columns].reset_index(drop=True) for code, part in joined.groupby("code")}


_NO_LOW_INCOME = pd.DataFrame(columns=["region_code", "region_name", "year", *LOW_INCOME_COLUMNS])
