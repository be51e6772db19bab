"""Compare figures that have an error: higher, lower, or not to be told; and the places such figures can take in a row.

A figure lies somewhere between itself minus and plus its largest error. A difference is only called one when it is larger than the
errors of both figures together; a place is given with the places that the errors leave open.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

HIGHER, LOWER, EQUAL, UNKNOWN = "higher", "lower", "equal", "unknown"
TINY = 1e-9


def relation(value: float, error_max: float, other: float, other_error_max: float) -> str:
    """Say how a figure stands to another one.

    Parameters
    ----------
    value, other : float
        The figures, in the same unit.
    error_max, other_error_max : float
        Their largest errors, in that unit; NaN when unknown.

    Returns
    -------
    str
        ``higher`` or ``lower`` when the difference exceeds both errors together, ``equal`` (about equal: the difference lies within
        them), or ``unknown`` when a figure or an error is not known.

    >>> relation(9.5, 0.05, 9.4, 0.05), relation(9.6, 0.05, 9.4, 0.05)
    ('equal', 'higher')
    """
    difference, margin = value - other, error_max + other_error_max
    if math.isnan(difference) or math.isnan(margin):
        return UNKNOWN
    if difference > margin + TINY:
        return HIGHER
    return LOWER if difference < -margin - TINY else EQUAL


def places(values: pd.Series, errors: pd.Series, decimals: int) -> pd.DataFrame:
    """Return the place of each figure in a row from high to low; place 1 is the highest.

    Parameters
    ----------
    values : pandas.Series
        The figures; empty ones have no place.
    errors : pandas.Series
        Their largest errors, in the same unit and order; empty when unknown.
    decimals : int
        Decimals that the reader sees: figures that look equal share a place.

    Returns
    -------
    pandas.DataFrame
        With the index of `values`: ``rank``, ``shared_count`` (how many figures have it, itself included), ``rank_first`` and
        ``rank_last`` (the places that the errors leave open; empty when the error of any figure is unknown) and ``rank_count`` (figures
        in the row).
    """
    known = values.dropna().astype(float)
    shown = known.round(decimals)
    rank = shown.rank(ascending=False, method="min")
    result = pd.DataFrame({"rank": rank, "shared_count": shown.map(shown.value_counts())}).astype("Int64")
    margin = errors.reindex(known.index).astype(float)
    first = last = pd.Series(pd.NA, index=known.index, dtype="Int64")
    if margin.notna().all() and len(known):
        low, high = (known - margin).to_numpy(), (known + margin).to_numpy()
        surely_higher = (low[None, :] >= high[:, None] - TINY) & (known.to_numpy()[None, :] > known.to_numpy()[:, None])
        surely_lower = surely_higher.T
        first = pd.Series(1 + surely_higher.sum(axis=1), index=known.index)
        last = pd.Series(len(known) - surely_lower.sum(axis=1), index=known.index)
        first = pd.Series(np.minimum(first, rank), index=known.index)
        last = pd.Series(np.maximum(last, rank), index=known.index)
    result = result.assign(rank_first=first.astype("Int64"), rank_last=last.astype("Int64"), rank_count=len(known))
    return result.astype("Int64").reindex(values.index)
