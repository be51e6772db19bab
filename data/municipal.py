"""Municipal tables that are not always there: made by a refresh from CBS, used by a chapter as soon as they are."""

from __future__ import annotations

import pandas as pd

from data.harmonise import PARTS
from data.package import table, table_names

POVERTY_LINE_TABLE = "municipal_poverty_line_2024"
HALF_A_TENTH = 0.05


def poverty_line_by_municipality() -> pd.DataFrame | None:
    """Return the children below the new poverty line in each municipality of 2025, in the form that a map needs.

    Returns
    -------
    pandas.DataFrame or None
        342 rows per year: name and province of 2025, ``poverty_line_2024_pct`` and ``poverty_line_2024_count``, with ``quality``
        (exact), ``error_max_pct`` (half of the last digit), ``source_municipalities_count`` (one) and ``absence`` (``missing`` for a
        municipality that CBS does not list). None as long as CBS's table 86132NED was not fetched with ``python -m data refresh``.
    """
    if POVERTY_LINE_TABLE not in table_names():
        return None
    published = table(POVERTY_LINE_TABLE).drop(columns="municipality_name")
    areas = table("municipalities")[["municipality_code", "municipality_name", "province_code", "province_name"]]
    every_year = areas.merge(pd.DataFrame({"year": sorted(published["year"].unique())}), how="cross")
    frame = every_year.merge(published, on=["municipality_code", "year"], how="left", validate="one_to_one")
    known = frame["poverty_line_2024_pct"].notna()
    absence = frame["absence"].astype("string").fillna("missing").mask(known)
    return frame.assign(
        absence=absence,
        quality=pd.Series("exact", index=frame.index, dtype="string").where(known),
        error_max_pct=pd.Series(HALF_A_TENTH, index=frame.index).where(known),
        **{PARTS: 1},
    )
