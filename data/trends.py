"""How much a figure changed, and what that says about a claim.

Two figures may be compared when they stand in one series: one measure of poverty, one vintage. Published
figures are rounded, so a change is known between two bounds; a verdict is only given when both bounds agree.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from babel.lists import format_list

from data.comparison import TINY
from data.facts import fact
from data.language import format_number, gettext, language
from data.package import table
from data.suggestions import unknown_name

HALVED_PCT = -50.0
HALF_TENTH = 0.05
HALF_HUNDRED = 50.0
FAMILIES_WITH_ONLY_MINORS = ("couple_all_children_under_18", "single_parent_all_children_under_18")
FIVE_PROVINCES = ("Flevoland", "Noord-Brabant", "Noord-Holland", "Overijssel", "Utrecht")
FAMILIES = ("couple_with_children", "single_parent")


@dataclass(frozen=True)
class Change:
    """The change between two rounded figures of one series.

    Parameters
    ----------
    start_year, end_year : int
        Years of the two figures.
    start, end : float
        The figures.
    half_step : float
        Half of the last published digit, in the unit of the figures: the true values lie within this distance.
    """

    start_year: int
    end_year: int
    start: float
    end: float
    half_step: float

    @property
    def years(self) -> int:
        """Number of years between the two figures."""
        return self.end_year - self.start_year

    @property
    def relative_pct(self) -> float:
        """Change in percent of the first figure; negative for a fall."""
        return 100 * (self.end / self.start - 1)

    @property
    def lowest_pct(self) -> float:
        """Lowest change in percent that the rounding allows (the largest fall)."""
        return 100 * ((self.end - self.half_step) / (self.start + self.half_step) - 1)

    @property
    def highest_pct(self) -> float:
        """Highest change in percent that the rounding allows (the smallest fall)."""
        return 100 * ((self.end + self.half_step) / (self.start - self.half_step) - 1)

    @property
    def yearly_pct(self) -> float:
        """The same change as a constant percentage per year."""
        return 100 * ((self.end / self.start) ** (1 / self.years) - 1)

    @property
    def verdict(self) -> str:
        """Whether the figure more than halved: ``yes``, ``no``, or ``unknown`` when the rounding leaves both open."""
        if self.highest_pct < HALVED_PCT:
            return "yes"
        return "no" if self.lowest_pct >= HALVED_PCT else "unknown"


def national_series(measure: str, vintage: str | None = None) -> pd.DataFrame:
    """Return the national figures of one measure, one row per vintage and year.

    Parameters
    ----------
    measure : str
        A value of column ``measure`` in table ``national_child_poverty``.
    vintage : str, optional
        A value of column ``vintage``; all when left out.

    Returns
    -------
    pandas.DataFrame
        Rows of ``national_child_poverty``, in order of vintage and year.

    Raises
    ------
    KeyError
        When there is no such measure or vintage; the message names those that exist.
    """
    frame = table("national_child_poverty")
    if measure not in set(frame["measure"]):
        raise unknown_name(gettext("There is no measure of poverty ‘{name}’.", name=measure), measure, sorted(set(frame["measure"])))
    frame = frame[frame["measure"] == measure]
    if vintage is not None:
        if vintage not in set(frame["vintage"]):
            problem = gettext("There is no publication ‘{name}’ of this measure.", name=vintage)
            raise unknown_name(problem, vintage, sorted(set(frame["vintage"])))
        frame = frame[frame["vintage"] == vintage]
    return frame.reset_index(drop=True)


def families_low_income(types: tuple[str, ...] = FAMILIES_WITH_ONLY_MINORS) -> pd.DataFrame:
    """Return the families below the low-income threshold, per year, in one vintage of CBS.

    Parameters
    ----------
    types : tuple of str
        Values of ``household_type`` to count: `FAMILIES_WITH_ONLY_MINORS` or `FAMILIES`.

    Returns
    -------
    pandas.DataFrame
        Columns ``year``, ``households_count`` (their sum) and one column per type with its share in percent of the
        households of that type. Source: StatLine 83841NED.
    """
    frame = table("household_low_income")
    rows = frame[frame["household_type"].isin(types) & (frame["threshold"] == "low_income") & (frame["duration"] == "at_least_1_year")]
    shares = rows.pivot(index="year", columns="household_type", values="households_pct")[list(types)]
    counts = rows.pivot(index="year", columns="household_type", values="households_count")[list(types)]
    result = shares.rename_axis(columns=None).assign(households_count=counts.astype("Float64").sum(axis=1, skipna=False))
    return result.dropna().reset_index()


def five_provinces_low_income() -> pd.DataFrame:
    """Return the minors below the low-income threshold in the 157 municipalities that have one vintage for all years.

    Returns
    -------
    pandas.DataFrame
        Columns ``year``, ``low_income_count``, ``children_count`` and ``low_income_pct``, the sum over the
        municipalities of Flevoland, Noord-Brabant, Noord-Holland, Overijssel and Utrecht. Not a national
        figure. Source: StatLine 85678NED.
    """
    result = _five_provinces().groupby("year", as_index=False)[["low_income_count", "children_count"]].sum()
    return result.assign(low_income_pct=100 * result["low_income_count"] / result["children_count"])


def _five_provinces() -> pd.DataFrame:
    """Return the rows of ``municipal_low_income`` in `FIVE_PROVINCES` that have both counts, also when a refresh brought more."""
    province = table("municipalities")[["municipality_code", "province_name"]]
    frame = table("municipal_low_income").merge(province, on="municipality_code", validate="many_to_one")
    return frame[frame["province_name"].isin(FIVE_PROVINCES)].dropna(subset=["low_income_count", "children_count"])


def change_between(frame: pd.DataFrame, column: str, start_year: int, end_year: int, half_step: float) -> Change:
    """Return the change of a figure between two years of one series.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row per ``year``.
    column : str
        Column with the figure.
    start_year, end_year : int
        Years that the frame has a figure for.
    half_step : float
        Half of the last published digit.

    Raises
    ------
    KeyError
        When the series has no figure for one of the years; the message names the years it has.
    """
    known = frame.dropna(subset=[column]).set_index("year")[column]
    if not known.index.is_unique:
        raise ValueError(gettext("A change can only be computed within one series: this table has more than one figure for a year."))
    for year in (start_year, end_year):
        if year not in known.index:
            raise unknown_name(gettext("This series has no figure for {year}.", year=str(year)), year, sorted(known.index))
    return Change(start_year, end_year, float(known[start_year]), float(known[end_year]), half_step)


def latest_change(frame: pd.DataFrame, column: str, years: int, half_step: float) -> Change | None:
    """Return the change over a number of years that ends as late as the series allows; None when no two figures lie so far apart."""
    known = set(frame.dropna(subset=[column])["year"].astype(int))
    ends = [year for year in known if year - years in known]
    return change_between(frame, column, max(ends) - years, max(ends), half_step) if ends else None


def national_poverty_risk() -> pd.DataFrame:
    """Return the national share of children up to 120% of the social minimum, from the municipal figures.

    Returns
    -------
    pandas.DataFrame
        Columns ``year`` and ``poverty_risk_120_pct``: the mean over municipalities, weighted by their estimated
        number of children. An approximation, in 2021 as well, so that all years are made in one way; CBS itself
        gives 9.4% for 2021.
    """
    frame = table("municipal_child_poverty")
    weighted = frame.assign(weighted=frame["poverty_risk_120_pct"] * frame["children_estimated_count"])
    sums = weighted.groupby("year", as_index=False)[["weighted", "children_estimated_count"]].sum()
    return pd.DataFrame({"year": sums["year"], "poverty_risk_120_pct": sums["weighted"] / sums["children_estimated_count"]})


def claim_check(years: int = 5) -> pd.DataFrame:
    """Set the claim that poverty more than halved in some years against every series that could show it.

    Parameters
    ----------
    years : int
        Number of years of the claim.

    Returns
    -------
    pandas.DataFrame
        One row per series, in the words of the reader: ``series``, ``short`` (its name in a chart), ``verdict``, ``period``,
        ``figures`` (first and last, with their unit), ``change`` and ``bounds`` (what rounding leaves open); and ``verdict_id``
        (``yes``, ``no``, ``unknown``, ``not_testable``), ``change_pct``, ``lowest_pct`` and ``highest_pct``. The figures are those of
        the latest period of that length within the series, or, when it has none, its first and last.
    """
    verdicts = {
        "yes": gettext("yes"),
        "no": gettext("no"),
        "unknown": gettext("cannot be decided: the figures are rounded"),
        "not_testable": gettext("cannot be tested: no two figures {years} years apart", years=years),
    }
    rows = []
    for series, short, unit, frame, column, half_step in _series_for_claim():
        testable = latest_change(frame, column, years, half_step)
        known = frame.dropna(subset=[column])["year"]
        change = testable or change_between(frame, column, int(known.min()), int(known.max()), half_step)
        verdict = testable.verdict if testable else "not_testable"
        decimals = 1 if half_step < 1 else 0
        start, end = (format_number(value, decimals) for value in (change.start, change.end))
        lowest, highest = (format_number(value, 1) for value in (change.lowest_pct, change.highest_pct))
        row = {
            "series": series,
            "short": short,
            "verdict": verdicts[verdict],
            "period": gettext("{first} to {last}", first=change.start_year, last=change.end_year),
            "figures": gettext("from {start} to {end} {unit}", start=start, end=end, unit=unit),
            "change": gettext("{change} percent", change=format_number(round(change.relative_pct))),
            "bounds": gettext("{lowest} to {highest} percent", lowest=lowest, highest=highest),
            "verdict_id": verdict,
            "change_pct": change.relative_pct,
            "lowest_pct": change.lowest_pct,
            "highest_pct": change.highest_pct,
        }
        rows.append(row)
    return pd.DataFrame(rows)


def five_provinces_text() -> str:
    """Return the names of the provinces of `five_provinces_low_income` as a list in the language of the reader."""
    return format_list(list(FIVE_PROVINCES), locale=language())


def _series_for_claim() -> list[tuple[str, str, str, pd.DataFrame, str, float]]:
    """Return label, short label, unit, figures, column and half of the last digit of each series that could show the claim.

    A series whose years come from different publications is not among them: it cannot show a change.
    """
    approximation = float(table("municipal_child_poverty").loc[lambda frame: frame["quality"] == "approximated", "error_max_pct"].max())
    municipalities = _five_provinces()["municipality_code"].nunique()
    five_provinces = five_provinces_low_income()
    rounded_sum = float((100 * HALF_HUNDRED * municipalities / five_provinces["children_count"]).max())
    everybody = [fact(f"new_persons_share_nl_{year}_cbs") for year in range(2018, 2024)]
    inhabitants = pd.DataFrame({"year": [int(cited.period) for cited in everybody], "pct": [cited.value for cited in everybody]})
    children, families = gettext("percent of children"), gettext("families")
    limit = fact("du_key_income_limit").value
    only_minors, all_families = families_low_income(), families_low_income(FAMILIES)
    couples, single_parents = FAMILIES_WITH_ONLY_MINORS
    return [
        (gettext("New poverty line: children, first figures, October 2024"), gettext("New line: children"),
         children,
         national_series("poverty_line_2024", "published_2024_10"), "children_pct", HALF_TENTH),
        (gettext("New poverty line: all inhabitants, first figures, October 2024"), gettext("New line: all inhabitants"),
         gettext("percent of inhabitants"),
         inhabitants, "pct", HALF_TENTH),
        (gettext("New poverty line: children, second publication, December 2025"), gettext("New line, second publication: children"),
         children,
         national_series("poverty_line_2024", "published_2025_12"), "children_pct", HALF_TENTH),
        (gettext("Low-income threshold: children, edition of November 2023"), gettext("Old threshold: children"),
         children,
         national_series("low_income", "revised_2023"), "children_pct", HALF_TENTH),
        (gettext("Low-income threshold: children in {count} municipalities", count=municipalities),
         gettext("Old threshold: children in {count} municipalities", count=municipalities),
         children,
         five_provinces, "low_income_pct", rounded_sum),
        (gettext("Low-income threshold: families with only minor children"), gettext("Old threshold: families, only minors"),
         families,
         only_minors, "households_count", 2 * HALF_HUNDRED),
        (gettext("Low-income threshold: families with children of any age at home"),
         gettext("Old threshold: families, children of any age"),
         families,
         all_families, "households_count", 2 * HALF_HUNDRED),
        (gettext("Low-income threshold: single parents with only minor children"), gettext("Old threshold: single parents"),
         gettext("percent of these families"),
         only_minors, single_parents, HALF_TENTH),
        (gettext("Low-income threshold: couples with only minor children"), gettext("Old threshold: couples"),
         gettext("percent of these families"),
         only_minors, couples, HALF_TENTH),
        (gettext("Up to {limit} percent of the social minimum: children, approximation", limit=limit),
         gettext("Up to {limit} percent: children", limit=limit),
         children,
         national_poverty_risk(), "poverty_risk_120_pct", approximation),
        (gettext("SCP line: children, estimates of CPB, December 2023"), gettext("SCP line: children"),
         children,
         national_series("cpb_scp_projection", "cpb_2023_12"), "children_pct", HALF_TENTH),
    ]  # fmt: skip


def low_income_groups() -> pd.DataFrame:
    """Return the national share of children below the low-income threshold since 2011, with vintages named as a chart can show them.

    Returns
    -------
    pandas.DataFrame
        Columns ``year``, ``children_pct``, ``children_count``, ``vintage_nl``, ``group`` (a few names for the many
        vintages) and ``joined`` (whether the points of the group come from one publication, and may share a line).
    """
    groups = {
        "revised_2023": gettext("CBS, edition of November 2023"),
        "statline_2025_06": gettext("CBS StatLine, as of June 2025"),
        "first_publication": gettext("first publication of each year"),
        "before_revision": gettext("before the revision of income statistics"),
        "kinderrechten_in_beweging": gettext("undated publication"),
    }
    frame = national_series("low_income")
    frame = frame[(frame["year"] >= 2011) & frame["children_pct"].notna()]
    names = frame["vintage"].astype("string").map(groups).fillna(gettext("revised later"))
    frame = frame.assign(group=names, joined=frame["vintage"].isin(["revised_2023", "statline_2025_06"]))
    frame = frame[~frame["vintage"].isin(["policy_letter_2018", "ambitions_2019"])]
    return frame.sort_values(["joined", "group", "year"], ascending=[False, True, True], ignore_index=True)


def highest(frame: pd.DataFrame, column: str, year: int, count: int) -> str:
    """Name the municipalities with the highest value in a year, from high to low, as a list in the language of the reader.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `data.harmonise` returns it.
    column : str
        Column with the value.
    year : int
        Year to compare.
    count : int
        How many to name.
    """
    top = frame[frame["year"] == year].nlargest(count, column)
    return format_list(top["municipality_name"].astype(str).tolist(), locale=language())


def municipal_direction(frame: pd.DataFrame, column: str, start_year: int, end_year: int) -> dict[str, int]:
    """Count the municipalities that rose, fell, or may have done either, given the error of each figure.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row per ``municipality_code`` and ``year``, with ``error_max_pct``: the whole error, also what merging and dividing add, as
        `data.poverty_indicators.poverty_risk` returns it.
    column : str
        Column with the percentage.
    start_year, end_year : int
        Years to compare.

    Returns
    -------
    dict
        ``fell``, ``rose`` and ``undecided`` (the difference is within the errors, or an error is unknown), and ``all``.
    """
    values = frame.pivot(index="municipality_code", columns="year", values=column).astype(float)
    errors = frame.pivot(index="municipality_code", columns="year", values="error_max_pct").astype(float)
    difference = values[end_year] - values[start_year]
    margin = errors[end_year] + errors[start_year] + TINY
    fell, rose = int((difference < -margin).sum()), int((difference > margin).sum())
    return {"fell": fell, "rose": rose, "undecided": len(values) - fell - rose, "all": len(values)}
