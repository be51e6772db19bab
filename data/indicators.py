"""All indicators of a municipality: which there are, and one by its name."""

from __future__ import annotations

from functools import lru_cache

from data.context_indicators import context_indicators
from data.indicator import Indicator
from data.language import language
from data.package import unknown_name
from data.poverty_indicators import poverty_indicators


def indicators() -> dict[str, Indicator]:
    """Return every indicator by its id, in the order in which a page shows them."""
    return _indicators(language())


@lru_cache
def _indicators(edition: str) -> dict[str, Indicator]:
    return {indicator.indicator_id: indicator for indicator in [*poverty_indicators(), *context_indicators()]}


def indicator(indicator_id: str) -> Indicator:
    """Return one indicator.

    Raises
    ------
    KeyError
        When there is no such indicator; the message names those that exist.
    """
    if indicator_id not in indicators():
        raise unknown_name("indicator", indicator_id, list(indicators()))
    return indicators()[indicator_id]


def forget() -> None:
    """Read the tables again at the next call; for a table that came after the first one."""
    _indicators.cache_clear()
