"""Which municipalities are most alike, by a simple measure that a reader can check.

The measure: four characteristics (`MEASURES`), each on a scale on which the usual difference between municipalities is one (its standard
deviation); of inhabitants the logarithm is taken, because a city twice as large differs as much from another as a village twice as large
from another village. The distance of two municipalities is the root of the mean of the squared differences. Child poverty itself
is not in it, so that alike municipalities can be compared on it. Where CBS gives no income, the other three characteristics decide.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd

from data.indicators import indicator

MEASURES = ("inhabitants_count", "children_0_14_pct", "median_standardised_income_eur", "social_assistance_pct")
LOGARITHM = "inhabitants_count"
ALIKE_COUNT = 5


@lru_cache
def characteristics() -> pd.DataFrame:
    """Return the latest figure of each of `MEASURES` by municipality code; empty where there is none."""
    latest = [indicator(measure) for measure in MEASURES]
    return pd.DataFrame({each.indicator_id: each.of_year(each.latest_year)["value"] for each in latest}).sort_index()


@lru_cache
def distances() -> pd.DataFrame:
    """Return the distance between each two municipalities: 0 for the same, about 1.4 for two taken at random."""
    frame = characteristics()
    frame = frame.assign(**{LOGARITHM: np.log(frame[LOGARITHM])})
    scaled = ((frame - frame.mean()) / frame.std()).to_numpy()
    squares = (scaled[:, None, :] - scaled[None, :, :]) ** 2
    return pd.DataFrame(np.sqrt(np.nanmean(squares, axis=2)), index=frame.index, columns=frame.index)


def most_alike(code: str, count: int = ALIKE_COUNT) -> dict[str, float]:
    """Return the codes of the municipalities that are most alike with their distance, nearest first; of equal ones the lower code first."""
    frame = distances()
    own = frame.index.get_loc(code)
    row = frame.to_numpy()[own]
    nearest = [place for place in np.argsort(row, kind="stable") if place != own][:count]
    return {frame.index[place]: float(row[place]) for place in nearest}
