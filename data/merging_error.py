"""How far a figure of a municipality that was merged or divided can lie beside the truth.

`data.harmonise` makes one figure out of several. Beside the error of each part two things can go wrong, and both are bounded here:

- The parts are weighed by an estimated number of children. How far such estimates lie apart is measured on the municipalities for which
  Statistics Netherlands (CBS) published both a number and a percentage; rounding matters little in large ones, so those are used.
- Each part of a divided municipality is supposed to be like the whole. How much it differs is unknown; we suppose that the smaller side
  of the division has at least nothing and at most twice what the whole has. Of inhabitants as such the share is known for the time of the
  division; for other years and for adults we suppose that it differs by a tenth at most.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd

from data.harmonise import KEYS, crosswalk
from data.package import table

LARGE_COUNT = 2000
UNEVEN, NEARLY_EVEN = 1.0, 0.1


@lru_cache
def weight_deviation() -> float:
    """Return how far the estimated number of children of a municipality lies from what is usual, at most, as a fraction."""
    frame = table("municipal_child_poverty").dropna(subset=["poverty_risk_120_count"])
    large = frame[frame["poverty_risk_120_count"] >= LARGE_COUNT]
    children = 100 * large["poverty_risk_120_count"] / large["poverty_risk_120_pct"]
    ratio = (large["children_estimated_count"] / children).astype(float)
    return float((ratio / ratio.mean() - 1).abs().max())


def _parts(frame: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    values = frame[[*KEYS, *columns]].astype({"municipality_code": "string", "year": int} | dict.fromkeys(columns, float))
    parts = crosswalk().merge(values, on=KEYS, how="inner")
    return parts.assign(doubtful_share=np.minimum(parts["share"], 1 - parts["share"]))


def percentage_error(frame: pd.DataFrame, value: str, weight: str, deviation: float) -> pd.Series:
    """Return what merging and dividing add to the error of a percentage, in percentage points.

    Parameters
    ----------
    frame : pandas.DataFrame
        As it goes into `data.harmonise`: each year in its own municipal classification.
    value, weight : str
        Columns with the percentage and with what it is weighed by.
    deviation : float
        Largest relative error of the weights, see `weight_deviation`; 0 for published numbers.

    Returns
    -------
    pandas.Series
        By ``municipality_code`` of 2025 and ``year``; 0 where nothing was merged or divided.
    """
    parts = _parts(frame, [value, weight])
    parts["weight"] = parts[weight] * parts["share"]
    keys = [parts["new_municipality_code"].rename("municipality_code"), parts["year"]]
    total = parts["weight"].groupby(keys).sum()
    mean = (parts["weight"] * parts[value]).groupby(keys).transform("sum") / parts["weight"].groupby(keys).transform("sum")
    spread = ((parts[value] - mean).abs() * parts["weight"]).groupby(keys).sum()
    divided = (parts[value] * parts[weight] * parts["doubtful_share"]).groupby(keys).sum()
    return (deviation * spread + divided) / total


def count_error(frame: pd.DataFrame, value: str, half_step: float, unevenness: float = UNEVEN) -> pd.Series:
    """Return the largest error of a number of persons after merging and dividing, in persons.

    Parameters
    ----------
    frame : pandas.DataFrame
        As it goes into `data.harmonise`.
    value : str
        Column with the number.
    half_step : float
        Half of the step that the published numbers are rounded to.
    unevenness : float
        How much the smaller side of a division may differ from the whole: `UNEVEN` or, for inhabitants, `NEARLY_EVEN`.

    Returns
    -------
    pandas.Series
        By ``municipality_code`` of 2025 and ``year``: `half_step` for each whole part; for a part of a divided municipality also
        `unevenness` times what the smaller side of the division would have if it were like the whole.
    """
    parts = _parts(frame, [value])
    parts["error"] = parts["share"] * half_step + unevenness * parts["doubtful_share"] * parts[value]
    keys = [parts["new_municipality_code"].rename("municipality_code"), parts["year"]]
    return parts["error"].groupby(keys).sum()
