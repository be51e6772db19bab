"""Percentages of provinces and of the Netherlands, from those of municipalities.

A percentage of a region is the mean of its municipalities, weighted by their children. Two things make it an
approximation: the percentages themselves have an error, and the number of children is an estimate. How much the
estimated weights matter is measured on the years for which Statistics Netherlands (CBS) published counts as well.
"""

from __future__ import annotations

import math

import pandas as pd

from data.harmonise import WEIGHTS
from data.language import gettext

COUNTRY = "NL"
ESTIMATED = "_estimated_count"


def regional_means(frame: pd.DataFrame, value: str) -> pd.DataFrame:
    """Return a percentage for the Netherlands and for each province.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `data.harmonise` returns it: all municipalities of each year, with `value`, ``error_max_pct``, a column to weigh by
        (one of `data.harmonise.WEIGHTS`), and, when that one is an estimate, the published counts that belong to `value`. Where
        ``error_max_pct`` has what merging adds, ``parts_error_max_pct`` is the error without that: estimated weights, which make that
        difference, are counted here once for the whole region.
    value : str
        A column that ends in ``_pct``.

    Returns
    -------
    pandas.DataFrame
        Columns ``region_code`` (``NL`` or ``PV27``), ``region_name`` (empty for the Netherlands), ``year``, `value` and
        ``error_max_pct``: the mean error of the parts as if all erred in one direction, where no bound is known the whole range
        of 0 to 100, plus the error of the weights (`weight_error_pct`). The error is empty when that of the weights cannot be
        measured; value and error are empty when the value of a municipality is.

    Raises
    ------
    ValueError
        When `value` is no percentage or there is nothing to weigh it by.
    """
    weight = _weight(frame, value)
    parts = frame[["province_code", "province_name", "year"]].assign(weight=frame[weight], value=frame[value] * frame[weight])
    known = frame["parts_error_max_pct" if "parts_error_max_pct" in frame else "error_max_pct"]
    bound = known.fillna(frame[value].where(frame[value] > 50, 100 - frame[value]))
    parts["error"] = bound * frame[weight]
    country = parts.assign(province_code=COUNTRY, province_name="")
    keys = ["province_code", "province_name", "year"]
    grouped = pd.concat([country, parts]).groupby(keys)
    sums = grouped[["weight", "value", "error"]].sum().mask(grouped["value"].apply(lambda part: part.isna().any()))
    error = sums["error"] / sums["weight"] + weight_error_pct(frame, value)
    result = pd.DataFrame({value: sums["value"] / sums["weight"], "error_max_pct": error}).reset_index()
    return result.rename(columns={"province_code": "region_code", "province_name": "region_name"})


def weight_error_pct(frame: pd.DataFrame, value: str) -> float:
    """Return how far estimated numbers of children move the percentage of a region at most, in percentage points.

    Compares, for the Netherlands and each province in each year with published counts, the mean weighted by the estimates
    with the published counts divided by the children that follow from count and percentage.

    Returns
    -------
    float
        Zero when the weights are no estimates; NaN when there are no published counts.
    """
    weight = _weight(frame, value)
    count = value.removesuffix("_pct") + "_count"
    if not weight.endswith(ESTIMATED):
        return 0.0
    if count not in frame or frame[count].isna().all():
        return math.nan
    years = frame.groupby("year")[count].transform(lambda part: part.notna().all())
    known = frame[years & frame[value].gt(0)]
    parts = known[["province_code", "year"]].assign(
        weighted=known[value] * known[weight], weight=known[weight], count=known[count], children=known[count] / known[value]
    )
    sums = pd.concat([parts.assign(province_code=COUNTRY), parts]).groupby(["province_code", "year"]).sum()
    return float((sums["weighted"] / sums["weight"] - sums["count"] / sums["children"]).abs().max())


def _weight(frame: pd.DataFrame, value: str) -> str:
    weight = next((name for name in WEIGHTS if name in frame.columns), None)
    if not value.endswith("_pct") or weight is None:
        raise ValueError(
            gettext(
                "{column} cannot be averaged over municipalities: only a percentage can, with one of these columns beside it: {weights}.",
                column=value,
                weights=", ".join(WEIGHTS),
            )
        )
    return weight
