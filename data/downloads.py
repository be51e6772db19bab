"""Every figure of every municipality in one long table, for files to download.

One row per municipality, indicator and year, in the order of `data.indicators`, and below them the amounts that municipalities
reported. Figures are as on the pages, before rounding for the reader; figures of provinces and the country are not in it.
"""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from data.indicator import Indicator
from data.indicators import indicators
from data.language import gettext, language
from data.local_funding import reported_amounts
from data.names import municipality_code
from data.package import table
from data.quality import quality_text

COLUMNS = [
    "municipality_code",
    "municipality_name",
    "indicator_id",
    "label",
    "year",
    "value",
    "unit",
    "quality",
    "quality_text",
    "error_max",
    "absence",
    "absence_reason",
    "source",
]
DECIMALS_OF_SHARE, DECIMALS_OF_NUMBER = 3, 1


def download_rows(code: str | None = None) -> pd.DataFrame:
    """Return the figures of one municipality or of all.

    Parameters
    ----------
    code : str, optional
        Name or code of a municipality of 2025; all when left out.

    Returns
    -------
    pandas.DataFrame
        `COLUMNS`, in order of municipality, indicator and year. ``value`` and ``error_max`` (the largest error; empty when unknown) are in
        ``unit``, of a percentage in percentage points. ``quality`` and ``absence`` are ids of `data.quality`, ``quality_text`` and
        ``absence_reason`` say the same in words; all four are empty text where they do not apply. ``source`` has the titles of the
        sources, or the address of a reported amount. A copy of your own.

    Raises
    ------
    KeyError
        When there is no such municipality in 2025; the message names near ones.
    """
    rows = _rows(language())
    if code is None:
        return rows.copy()
    return rows[rows["municipality_code"] == municipality_code(code)].reset_index(drop=True)


@lru_cache
def _rows(edition: str) -> pd.DataFrame:
    parts = [*(_of_indicator(each) for each in indicators().values()), _reported()]
    names = table("municipalities").set_index("municipality_code")["municipality_name"].astype(str)
    rows = pd.concat([part.assign(order=order) for order, part in enumerate(parts)], ignore_index=True)
    rows = rows.assign(municipality_name=rows["municipality_code"].map(names))
    return rows.sort_values(["municipality_code", "order", "indicator_id", "year"], ignore_index=True)[COLUMNS]


def _of_indicator(indicator: Indicator) -> pd.DataFrame:
    share = indicator.indicator_id.endswith("_pct")
    decimals = DECIMALS_OF_SHARE if share else DECIMALS_OF_NUMBER
    frame = indicator.values
    words = {pair: quality_text(*pair) for pair in set(zip(frame["quality"], frame["error_max"].fillna(-1), strict=True))}
    pairs = zip(frame["quality"], frame["error_max"].fillna(-1), strict=True)
    return frame.assign(
        indicator_id=indicator.indicator_id,
        label=indicator.label,
        unit=indicator.unit,
        value=frame["value"].round(decimals),
        error_max=frame["error_max"].round(decimals),
        quality_text=[words[pair] for pair in pairs],
        absence_reason=frame["reason"],
        source="; ".join(indicator.sources),
    )


def _reported() -> pd.DataFrame:
    """Return the amounts that municipalities reported for the 85 million euros."""
    kinds = {"received_eur": gettext("Amount received, as reported"), "spent_eur": gettext("Amount spent, as reported")}
    rows = [
        {
            "municipality_code": code,
            "indicator_id": f"reported_{kind}",
            "label": label,
            "year": amount.year,
            "value": getattr(amount, kind),
            "unit": gettext("euros"),
            "quality": "reported",
            "quality_text": quality_text("reported", 0.0),
            "error_max": float("nan"),
            "absence": "",
            "absence_reason": "",
            "source": amount.source_address,
        }
        for code, amounts in reported_amounts().items()
        for amount in amounts
        for kind, label in kinds.items()
        if getattr(amount, kind) is not None
    ]
    return pd.DataFrame(rows)


def forget() -> None:
    """Make the table again at the next call; for a table that came after the first one."""
    _rows.cache_clear()
