"""Bring a municipal table of earlier years to the municipalities of 2025.

Municipalities merge and split, so a row of 2011 and a row of 2021 with the same code can describe different
areas. `harmonise` follows the table ``boundary_changes`` (which code went where, with which share of the
inhabitants) from each year to the 342 municipalities of 2025. Which municipalities existed in a year comes from
``municipal_child_poverty``, which has all of them for 2011-2021.
"""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from data.language import format_number, gettext
from data.package import table
from data.suggestions import check_columns

TARGET_YEAR = 2025
KEYS = ["municipality_code", "year"]
WEIGHTS = ("children_estimated_count", "children_count", "inhabitants_count")
QUALITY_ORDER = ("exact", "computed", "approximated", "total_only", "doubtful")
PARTS = "source_municipalities_count"
ABSENCE_ORDER = ("suppressed", "missing")
DESCRIPTIVE = ("municipality_name", "province_code", "province_name")


@lru_cache
def crosswalk() -> pd.DataFrame:
    """Return per year and municipality of that year its municipalities of 2025, with the share of its inhabitants."""
    changes = table("boundary_changes")[["year", "old_code", "new_code", "inhabitant_share"]]
    changes["year"] = changes["year"].astype(int)
    listed = table("municipal_child_poverty")[["municipality_code", "year"]]
    created = changes[["new_code", "year"]].rename(columns={"new_code": "municipality_code"})
    first = pd.concat([listed, created]).astype({"year": int}).groupby("municipality_code")["year"].min().rename("first")
    ended = changes.groupby("old_code")["year"].min().rename("ended").rename_axis("municipality_code")
    existence = first.to_frame().join(ended).reset_index()
    years = pd.DataFrame({"year": range(int(listed["year"].min()), TARGET_YEAR + 1)})
    walk = existence.merge(years, how="cross")
    walk = walk[(walk["first"] <= walk["year"]) & (walk["ended"].isna() | (walk["year"] < walk["ended"]))]
    walk = walk.assign(new_municipality_code=walk["municipality_code"], share=1.0)
    for _, step in changes.groupby("year"):
        walk = walk.merge(
            step[["old_code", "new_code", "inhabitant_share"]], left_on="new_municipality_code", right_on="old_code", how="left"
        )
        walk["new_municipality_code"] = walk["new_code"].fillna(walk["new_municipality_code"])
        walk["share"] *= walk["inhabitant_share"].fillna(1).astype(float)
        walk = walk.drop(columns=["old_code", "new_code", "inhabitant_share"])
    return walk.groupby(["year", "municipality_code", "new_municipality_code"], as_index=False)["share"].sum()


def _check(frame: pd.DataFrame, to: int) -> None:
    if to != TARGET_YEAR:
        raise ValueError(
            gettext("harmonise knows the municipalities of {target} only, not those of {year}.", target=str(TARGET_YEAR), year=str(to))
        )
    check_columns(frame, KEYS)
    walk = crosswalk()
    outside = sorted(set(frame["year"]) - set(walk["year"]))
    if outside:
        first, last = walk["year"].min(), walk["year"].max()
        raise ValueError(
            gettext(
                "harmonise knows the municipalities of {first} to {last}, not of {years}.",
                first=str(first),
                last=str(last),
                years=", ".join(map(str, outside)),
            )
        )
    known = pd.MultiIndex.from_frame(walk[KEYS])
    unknown = frame.loc[~pd.MultiIndex.from_frame(frame[KEYS]).isin(known), KEYS]
    if len(unknown):
        code, year = unknown.iloc[0]
        raise ValueError(
            gettext(
                "On 1 January {year} there was no municipality {code} (rows with this problem: {count}). Each year must have the "
                "municipalities of that year; a table that already has the municipalities of 2025 must not be harmonised.",
                year=str(year),
                code=code,
                count=format_number(len(unknown)),
            )
        )
    double = frame.loc[frame.duplicated(KEYS), KEYS]
    if len(double):
        code, year = double.iloc[0]
        raise ValueError(gettext("Municipality {code} has more than one row for {year}; harmonise needs one.", code=code, year=str(year)))


def _sort_columns(frame: pd.DataFrame) -> tuple[list[str], list[str], list[str]]:
    """Return the columns to add up, to average and to take the worst of; any other column is an error."""
    others = [column for column in frame.columns if column not in (*KEYS, *DESCRIPTIVE)]
    worst = [column for column in others if column in ("quality", "error_max_pct", "absence") or column.endswith("_absence")]
    averaged = [column for column in others if column.endswith("_pct") and column not in worst]
    added = [column for column in others if column.endswith(("_count", "_eur"))]
    unknown = [column for column in others if column not in (*worst, *averaged, *added)]
    if unknown:
        raise ValueError(
            gettext(
                "harmonise cannot combine these columns: {columns}. It adds up _count and _eur and averages _pct. "
                "Leave the others out first.",
                columns=", ".join(unknown),
            )
        )
    return added, averaged, worst


def harmonise(frame: pd.DataFrame, to: int = TARGET_YEAR) -> pd.DataFrame:
    """Bring a municipal table to the municipalities of 2025.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row per ``municipality_code`` and ``year`` (2011-2025), each year in its own municipal classification. Columns are
        treated by their suffix. ``_count`` and ``_eur`` are added, after multiplication by the share of the inhabitants that each
        successor received. ``_pct`` is a mean, weighted by the children it describes: ``children_estimated_count`` when the table
        has it, else ``children_count``, else ``inhabitants_count``. ``quality`` becomes the worst of the parts (exact,
        approximated, total_only, doubtful), or ``computed`` where exact parts were combined, and ``error_max_pct`` the largest.
        Amounts per head or per household, and medians, cannot be added: leave them out.
    to : int
        The municipal classification of the result; only 2025.

    Returns
    -------
    pandas.DataFrame
        Always 342 rows per year of the input, sorted by year and code: name and province of 2025, the value columns as float (a
        count is a fraction where a municipality was split), ``source_municipalities_count`` (of how many municipalities of that
        year the row was made; with more than one, a percentage is computed and not published as such), and ``absence``. A value
        is empty when it is empty for any part. ``absence`` is ``missing`` when the row of a part is lacking or no value could be
        made, else what the input says of its parts.

    Raises
    ------
    UnknownName
        For a lacking key column; the message names columns that look like it.
    ValueError
        For another target year, a year before 2011, a code that did not exist in its year, a double row, a
        column that cannot be combined, or percentages without a column to weigh them by.

    Notes
    -----
    The result for a merged municipality is exact only as far as the weights are; for Boarnsterhim and Skarsterlân (until 2013) the
    shares are estimates, see the table ``boundary_changes``. Splitting supposes that children are spread as the inhabitants are.

    Examples
    --------
    >>> import data
    >>> children = data.table("municipal_child_poverty")
    >>> first = children[children["year"] == 2011]
    >>> len(first), len(data.harmonise(first))
    (418, 342)
    """
    _check(frame, to)
    added, averaged, worst = _sort_columns(frame)
    weight = next((name for name in WEIGHTS if name in frame.columns), None)
    if averaged and weight is None:
        raise ValueError(
            gettext(
                "harmonise needs one of these columns to weigh {columns} by: {weights}.",
                columns=", ".join(averaged),
                weights=", ".join(WEIGHTS),
            )
        )

    values = frame.drop(columns=list(DESCRIPTIVE), errors="ignore").astype({"municipality_code": "string", "year": int})
    if "absence" in values:
        values = values[~values["absence"].eq("not_applicable").fillna(False)]
    numbers = [*added, *averaged, *(["error_max_pct"] if "error_max_pct" in worst else [])]
    values[numbers] = values[numbers].astype("Float64").astype("float64")
    walk = crosswalk()
    parts = walk[walk["year"].isin(frame["year"].unique())].merge(values, on=KEYS, how="left", indicator="found")
    parts["lacking"] = parts["found"].ne("both")

    keys = [parts["new_municipality_code"].rename("municipality_code"), parts["year"]]
    contributions = parts[added].mul(parts["share"], axis=0)
    if averaged:
        weights = parts[weight] * parts["share"]
        contributions[averaged] = parts[averaged].mul(weights, axis=0)
    result = contributions.groupby(keys).sum().mask(contributions.isna().groupby(keys).any())
    if averaged:
        result[averaged] = result[averaged].div(weights.groupby(keys).sum(), axis=0)
    if "error_max_pct" in worst:
        errors = parts["error_max_pct"]
        result["error_max_pct"] = errors.groupby(keys).max().mask(errors.isna().groupby(keys).any())
    lacking = parts["lacking"].groupby(keys).any()
    if "quality" in worst:
        quality = _worst(parts["quality"], QUALITY_ORDER, keys).mask(lacking)
        combined = parts["municipality_code"].groupby(keys).size().gt(1) | parts["share"].groupby(keys).min().lt(1)
        result["quality"] = quality.mask(quality.eq("exact").fillna(False) & combined, "computed")
    for column in [name for name in worst if name.endswith("absence")]:
        result[column] = _worst(parts[column], ABSENCE_ORDER, keys)
        result.loc[lacking, column] = "missing"
    result[PARTS] = parts["lacking"].eq(False).groupby(keys).sum().astype("Int64")
    if "absence" not in result:
        result["absence"] = pd.Series(pd.NA, index=result.index, dtype="string")
    nothing = result[[*added, *averaged]].isna().all(axis=1) & result["absence"].isna()
    result.loc[lacking | nothing, "absence"] = "missing"

    names = table("municipalities")[["municipality_code", *DESCRIPTIVE]]
    result = names.merge(result.reset_index(), on="municipality_code", how="inner", validate="1:m")
    order = [column for column in frame.columns if column in result.columns and column not in (*KEYS, *DESCRIPTIVE, "absence")]
    result = result[["municipality_code", *DESCRIPTIVE, "year", *order, PARTS, "absence"]]
    return result.sort_values(["year", "municipality_code"], ignore_index=True)


def _worst(column: pd.Series, order: tuple[str, ...], keys: list[pd.Series]) -> pd.Series:
    ranks = pd.Series(pd.Categorical(column.astype("object"), categories=order).codes, index=column.index)
    worst = ranks.groupby(keys).max()
    return worst.map(dict(enumerate(order))).astype("string")
