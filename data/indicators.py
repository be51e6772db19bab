"""All indicators of a municipality: which there are, and one by its name."""

from __future__ import annotations

from functools import lru_cache

from data.context_indicators import context_indicators
from data.indicator import Indicator
from data.language import gettext, language
from data.poverty_indicators import poverty_indicators
from data.suggestions import unknown_name


def indicators() -> dict[str, Indicator]:
    """Return every indicator by its id, in the order in which a page shows them."""
    return _indicators(language())


@lru_cache
def _indicators(edition: str) -> dict[str, Indicator]:
    return {indicator.indicator_id: indicator for indicator in [*poverty_indicators(), *context_indicators()]}


def indicator_names() -> list[str]:
    """Return the ids of all indicators, in the order in which a page shows them.

    Examples
    --------
    >>> import data
    >>> data.indicator_names()[:4]
    ['poverty_risk_120_pct', 'poverty_risk_120_count', 'low_income_pct', 'low_income_count']
    """
    return list(indicators())


def indicator(indicator_id: str) -> Indicator:
    """Return one indicator: a figure of every municipality, per year, with its error and quality.

    Parameters
    ----------
    indicator_id : str
        One of `indicator_names`.

    Raises
    ------
    KeyError
        When there is no such indicator; the message names those that exist.

    Examples
    --------
    >>> import data
    >>> risk = data.indicator("poverty_risk_120_pct")
    >>> risk.label, risk.unit
    ('Kinderen met kans op armoede', 'procent van de kinderen')
    >>> 2021 in risk.years
    True
    """
    if indicator_id not in indicators():
        raise unknown_name(gettext("There is no indicator ‘{name}’.", name=indicator_id), indicator_id, indicators())
    return indicators()[indicator_id]


def forget() -> None:
    """Read the tables again at the next call; for a table that came after the first one."""
    _indicators.cache_clear()
