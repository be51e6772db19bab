"""Who grows up in poverty: how municipalities lie apart, families by kind, long-term poverty, parents on social assistance.

Four different measures: the share up to 120% of the social minimum (municipalities), the low-income threshold (provinces, households,
children), the same for four years or longer, and social assistance. Each function gives one of them.
"""

from __future__ import annotations

import pandas as pd

from data.facts import fact
from data.language import gettext
from data.package import table
from data.trends import national_series

QUANTILES = (0.1, 0.5, 0.9)
FAMILY_TYPES = (
    "single_parent_all_children_under_18",
    "single_parent_child_18_or_older",
    "couple_all_children_under_18",
    "couple_child_18_or_older",
)
FAMILY_YEARS = (2011, 2017, 2023)


def municipal_spread(frame: pd.DataFrame, value: str) -> pd.DataFrame:
    """Return how far municipalities lie apart, per year.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `data.harmonise` returns it.
    value : str
        Column with a percentage.

    Returns
    -------
    pandas.DataFrame
        Columns ``year``, ``place`` (a tenth lies lower, the middle municipality, a tenth lies higher) and `value`. Each municipality
        counts once, however many children live there.
    """
    names = {
        0.9: gettext("a tenth of the municipalities lies higher"),
        0.5: gettext("the middle municipality"),
        0.1: gettext("a tenth of the municipalities lies lower"),
    }
    spread = frame.groupby("year")[value].quantile(list(QUANTILES)).unstack()
    return pd.concat(
        [
            pd.DataFrame({"year": spread.index.astype(int), "place": name, value: spread[quantile].to_numpy()})
            for quantile, name in names.items()
        ],
        ignore_index=True,
    )


def provinces_low_income() -> pd.DataFrame:
    """Return the share of children below the low-income threshold per province in 2011, 2014 and 2017, in one publication of CBS.

    Returns
    -------
    pandas.DataFrame
        Columns ``region_name``, one per year (text), ``change_points`` (percentage points between first and last) and ``count``
        (children in the last year); the provinces from high to low, then the country. Source: table ``provincial_low_income``.
    """
    frame = table("provincial_low_income")
    shares = frame.pivot(index="region_name", columns="year", values="low_income_children_pct").astype(float)
    first, last = shares.columns.min(), shares.columns.max()
    counts = frame[frame["year"] == last].set_index("region_name")["low_income_children_count"]
    result = shares.assign(change_points=(shares[last] - shares[first]).round(1), count=counts)
    result = result.rename(columns={year: str(year) for year in shares.columns}).rename_axis(columns=None).reset_index()
    country = frame.loc[frame["region_code"] == "NL01", "region_name"].iloc[0]
    return (
        result.assign(last=result["region_name"] == country)
        .sort_values(["last", str(last)], ascending=[True, False], ignore_index=True)
        .drop(columns="last")
    )


def household_types(years: tuple[int, ...] = FAMILY_YEARS) -> pd.DataFrame:
    """Return families below the low-income threshold by kind of family, in one vintage of CBS.

    Returns
    -------
    pandas.DataFrame
        Columns ``household_type_nl``, one per year (share in percent of that kind of family), ``long_term_pct`` (four years or longer, last
        year) and ``households_count`` (last year). Households are counted, not children. Source: StatLine 83841NED.
    """
    frame = table("household_low_income")
    frame = frame[frame["household_type"].isin(FAMILY_TYPES) & (frame["threshold"] == "low_income")]
    short, long = (frame[frame["duration"] == duration] for duration in ("at_least_1_year", "at_least_4_years"))
    last = max(years)
    shares = short[short["year"].isin(years)].pivot(index="household_type_nl", columns="year", values="households_pct").astype(float)
    result = shares.assign(
        long_term_pct=long[long["year"] == last].set_index("household_type_nl")["households_pct"].astype(float),
        households_count=short[short["year"] == last].set_index("household_type_nl")["households_count"],
    )
    result = result.rename(columns={year: str(year) for year in years}).rename_axis(columns=None)
    return result.sort_values(str(last), ascending=False).reset_index()


def children_of_single_parents_pct(year: int) -> float:
    """Return the share of children in single-parent families among children below the threshold, computed from two rounded numbers.

    Raises
    ------
    KeyError
        When the context has no numbers for that year. The sources say "ruim" or "bijna": an approximation.
    """
    single, two = (fact(f"low_income_children_{kind}_nl_{year}").value for kind in ("single_parent", "two_parent"))
    return 100 * single / (single + two)


def long_term_groups() -> pd.DataFrame:
    """Return the share of children that live below the low-income threshold for four years or longer, per publication, since 2011.

    Returns
    -------
    pandas.DataFrame
        Columns ``year``, ``children_pct``, ``vintage_nl`` and ``joined`` (all years of the group come from one publication).
    """
    frame = national_series("low_income_long_term")
    frame = frame[(frame["year"] >= 2011) & frame["children_pct"].notna()]
    frame = frame.assign(joined=frame["one_publication"].astype(bool), vintage_nl=frame["vintage_nl"].astype("string"))
    order = frame["vintage"].astype("string").map({"revised_2023": 0, "policy_letter_2018": 1, "revised_2021": 2}).fillna(3)
    columns = ["year", "children_pct", "vintage_nl", "joined"]
    return frame.assign(order=order).sort_values(["order", "vintage_nl", "year"], ignore_index=True)[columns]


def children_on_social_assistance() -> pd.DataFrame:
    """Return the minors with at least one parent on social assistance at the end of each year, 2011-2022, in one publication of CBS."""
    return national_series("social_assistance", "jeugdmonitor_2023").dropna(subset=["children_count"])[
        ["year", "children_count", "vintage_nl"]
    ]
