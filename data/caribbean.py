"""Bonaire, Sint Eustatius and Saba: households around the benchmark of the social minimum.

The benchmark ("ijkpunt") is another line than those for the European Netherlands and differs by island. Figures are provisional and
rounded to fifties; CBS has a table for minor children too, which is not in this book.
"""

from __future__ import annotations

import pandas as pd

from data.facts import fact
from data.language import gettext

ISLANDS = ("bonaire", "st_eustatius", "saba")
ROUNDED_FIFTY = 25


def benchmark_households() -> pd.DataFrame:
    """Return the households with an income up to the benchmark of the social minimum in 2022.

    Returns
    -------
    pandas.DataFrame
        One row per island: ``island``, ``households_pct`` (percent of the households with a benchmark), ``households_count`` (rounded to
        fifties) and ``households_125_pct`` (income up to 125 percent of the benchmark). Source: StatLine 85284NED.
    """
    names = {"bonaire": gettext("Bonaire"), "st_eustatius": gettext("Sint Eustatius"), "saba": gettext("Saba")}
    return pd.DataFrame(
        {
            "island": [names[island] for island in ISLANDS],
            "households_pct": [float(fact(f"benchmark_households_share_{island}_2022").value) for island in ISLANDS],
            "households_count": [fact(f"benchmark_households_count_{island}_2022").value for island in ISLANDS],
            "households_125_pct": [float(fact(f"benchmark_125_households_share_{island}_2022").value) for island in ISLANDS],
        }
    )
