"""Amounts and numbers around income limits for provisions for children.

The limits of municipalities are percentages of the social minimum. The source documents do not give the social minimum in euros. What
they do give, for four types of household, is the low-income threshold of CBS: another line, used here only to give an idea of euros.
"""

from __future__ import annotations

import pandas as pd

from data.package import table
from data.trends import FAMILIES_WITH_ONLY_MINORS, FIVE_PROVINCES

CHILDREN = {"single": 0, "couple": 0, "couple_2_children": 2, "single_parent_2_children": 2}
MONTHS = 12


def threshold_amounts() -> pd.DataFrame:
    """Return the low-income threshold of four types of household, for the years that have all four.

    Returns
    -------
    pandas.DataFrame
        Columns ``year``, ``household_type``, ``household_type_nl``, ``children_count`` (minor children), ``threshold_eur_per_month`` (net,
        as published, rounded to tens), ``threshold_eur`` (the same per year) and ``fact_id``.
    """
    frame = table("policy_amounts").loc[lambda rows: rows["instrument"] == "low_income_threshold"]
    frame = frame.assign(year=pd.to_datetime(frame["valid_from"]).dt.year)
    complete = frame.groupby("year")["category"].transform("nunique") == len(CHILDREN)
    frame = frame[complete].reset_index(drop=True)
    monthly = frame["value"].astype(float)
    return pd.DataFrame(
        {
            "year": frame["year"].astype(int),
            "household_type": frame["category"].astype("string"),
            "household_type_nl": frame["category_nl"].astype("string"),
            "children_count": frame["category"].astype("string").map(CHILDREN).astype(int),
            "threshold_eur_per_month": monthly,
            "threshold_eur": MONTHS * monthly,
            "fact_id": frame["fact_id"].astype("string"),
        }
    ).sort_values(["year", "children_count", "household_type"], ignore_index=True)


def families_up_to(limit_pct: int, year: int | None = None) -> tuple[int, int]:
    """Return the families with only minor children and an income up to a percentage of the social minimum.

    Parameters
    ----------
    limit_pct : int
        101, 110 or 120.
    year : int, optional
        Year of the income; by default the last one.

    Returns
    -------
    tuple of int
        The year and the number of families (households, rounded to hundreds). Source: StatLine 83841NED.

    Raises
    ------
    KeyError
        When there is no figure for that limit or year. There is none above 120 percent.
    """
    frame = table("household_low_income")
    rows = frame[
        (frame["threshold"] == f"social_minimum_{limit_pct}")
        & (frame["duration"] == "at_least_1_year")
        & frame["household_type"].isin(FAMILIES_WITH_ONLY_MINORS)
    ].dropna(subset=["households_count"])
    year = (int(rows["year"].max()) if len(rows) else 0) if year is None else year
    rows = rows[rows["year"] == year]
    if len(rows) != len(FAMILIES_WITH_ONLY_MINORS):
        raise KeyError(f"There is no number of families up to {limit_pct} percent of the social minimum for {year}.")
    return year, int(rows["households_count"].sum())


def children_up_to_150_pct(year: int) -> float:
    """Return the share of children up to 150% of the social minimum in the municipalities of five provinces, in percent. Not national."""
    province = table("municipalities")[["municipality_code", "province_name"]]
    frame = table("municipal_low_income").merge(province, on="municipality_code", validate="many_to_one")
    frame = frame[frame["province_name"].isin(FIVE_PROVINCES) & (frame["year"] == year)].dropna(
        subset=["up_to_150_count", "children_count"]
    )
    if frame.empty:
        raise KeyError(f"There is no number of children up to 150 percent of the social minimum for {year}.")
    return 100 * float(frame["up_to_150_count"].sum()) / float(frame["children_count"].sum())
