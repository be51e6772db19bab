"""What must hold of a table before it may replace its snapshot; each check says in one sentence what does not."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
from frictionless import Package, Resource, Schema

from data.refresh.service import RefreshError

MUNICIPALITIES_PER_YEAR = {
    2011: 418, 2012: 415, 2013: 408, 2014: 403, 2015: 393, 2016: 390, 2017: 388, 2018: 380,
    2019: 355, 2020: 355, 2021: 352, 2022: 345, 2023: 342, 2024: 342, 2025: 342,
}  # fmt: skip
MUNICIPALITIES_BETWEEN = (300, 342)
SUM_TOLERANCE_SHARE = 0.002
ROUNDING_DEVIATION = 100 / 12**0.5
LARGEST_UNPUBLISHED = 200
ROUNDING_OF_THREE_HOUSEHOLDS = 200


def check_number(municipal: pd.DataFrame, title: str, own_classification: bool) -> None:
    """Check that each year has as many municipalities as its classification.

    That is the one of the year itself, or the one that the title of the CBS table names: "(indeling 2025)" or "(2025)".
    """
    named = re.search(r"\((?:\w+ )?(20\d\d)\)", title)
    for year, number in municipal.groupby("year").size().items():
        expected = MUNICIPALITIES_PER_YEAR.get(year if own_classification else int(named[1]) if named else None)
        low, high = (expected, expected) if expected else MUNICIPALITIES_BETWEEN
        if not low <= number <= high:
            raise RefreshError(f"There are {number} municipalities in {year}; there should be {expected or f'{low} to {high}'}.")


def check_sum(municipal: pd.DataFrame, national: pd.DataFrame) -> None:
    """Check that the municipalities add up to the Netherlands, in every column that ends in ``_count``.

    They may be apart 0.2% of the national figure, plus four standard deviations of what rounding each municipality to
    hundreds adds up to, plus 200 for each value that is not published.
    """
    totals = national.set_index("year")
    for column in municipal.filter(regex="_count$"):
        for year, values in municipal.groupby("year")[column]:
            total, summed = totals[column].get(year, pd.NA), values.sum()
            rounding = 4 * ROUNDING_DEVIATION * len(values) ** 0.5
            if pd.isna(total):
                if values.notna().any():
                    raise RefreshError(f"There is no {column} of the Netherlands in {year} to check the municipalities against.")
            elif abs(summed - total) > SUM_TOLERANCE_SHARE * total + rounding + LARGEST_UNPUBLISHED * values.isna().sum():
                raise RefreshError(f"The municipalities add up to {summed} {column} in {year}; the Netherlands has {total}.")


def check_plausible(national: pd.DataFrame, plausible: dict[str, tuple[float, float]]) -> None:
    """Check that national percentages lie between two values: a guard against having taken the wrong column."""
    for column, (low, high) in plausible.items():
        wrong = national[~national[column].between(low, high).fillna(True)]
        if len(wrong):
            first = wrong.iloc[0]
            raise RefreshError(f"The national {column} of {first['year']} is {first[column]:g}, not between {low} and {high}.")


def check_shares(municipal: pd.DataFrame) -> None:
    """Check that each ``X_pct`` is ``X_count`` as a share of ``children_count``, where a table has that.

    They may differ by the rounding to hundreds of children and tenths of a percent; that holds for every row of 85678NED that
    the project has.
    """
    if "children_count" not in municipal:
        return
    filled = municipal[municipal["children_count"].gt(0).fillna(False)]
    children = filled["children_count"]
    for column in filled.filter(regex="_pct$"):
        share = 100 * filled[column.replace("_pct", "_count")] / children
        rounding = 0.05 + 50 / children * (100 + filled[column]) + 0.001
        wrong = filled[(share - filled[column]).abs().gt(rounding).fillna(False)]
        if len(wrong):
            first = f"{wrong['municipality_code'].iloc[0]} in {wrong['year'].iloc[0]}"
            raise RefreshError(f"{column} does not agree with the numbers of children in {len(wrong)} rows, the first of {first}.")


def check_household_sum(frame: pd.DataFrame) -> None:
    """Check that one-person and other households add up to all households, apart from the rounding to hundreds."""
    counts = frame.pivot(index=["year", "threshold", "duration"], columns="household_type", values="households_count")
    difference = (counts["all_households"] - counts["single_person"] - counts["multi_person"]).abs()
    wrong = difference[difference.gt(ROUNDING_OF_THREE_HOUSEHOLDS).fillna(True)]
    if len(wrong):
        first = " ".join(map(str, wrong.index[0]))
        raise RefreshError(f"One-person and other households do not add up to all households in {first}.")


def check_schema(content: bytes, schema: dict, others: list[dict], folder: Path) -> None:
    """Check a CSV file against its Frictionless schema: types, ranges, unique keys, keys of other tables (resources in the folder)."""
    referred = {key["reference"]["resource"] for key in schema.get("foreignKeys", [])}
    resource = Resource(data=content, scheme="buffer", format="csv", encoding="utf-8", schema=Schema.from_descriptor(schema))
    package = Package(resources=[Resource.from_descriptor(other) for other in others if other["name"] in referred], basepath=str(folder))
    package.add_resource(resource)
    faults = resource.validate().flatten(["message"])
    if faults:
        more = f" There are {len(faults)} such faults." if len(faults) > 1 else ""
        raise RefreshError(f"The table does not fit its schema: {faults[0][0]}.{more}")
