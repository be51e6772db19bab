"""Municipalities with so few children that a share of them jumps from year to year: a few families already change it.

Of such a share only the figures are told: no rise or fall, no comparison and no place among other municipalities. In the five
municipalities it went up or down by 28 places from one year to the next in half of the years, and by 230 at most.

Their other figures do have a place. Numbers say how small they are, and hold: a step of 3 places at most. The share of inhabitants on
social assistance and the median income moved by 3 places or fewer in half of the years, and what CBS rounded away is told as the
places that the figure leaves open.
"""

from __future__ import annotations

from functools import lru_cache

from data.harmonise import harmonise
from data.language import format_number, gettext
from data.package import table

FEW_CHILDREN = 1000


@lru_cache
def few_children() -> frozenset[str]:
    """Return the codes of the municipalities of 2025 with fewer than `FEW_CHILDREN` minors, by the estimate of the last year."""
    frame = harmonise(table("municipal_child_poverty")[["municipality_code", "year", "children_estimated_count"]])
    latest = frame[frame["year"] == frame["year"].max()]
    return frozenset(latest.loc[latest["children_estimated_count"] < FEW_CHILDREN, "municipality_code"].astype(str))


def no_place_reason() -> str:
    """Return why a share of few children has no place among other municipalities."""
    return gettext(
        "Fewer than {number} children live here by our estimate: a few families make a large jump, so a place says little.",
        number=format_number(FEW_CHILDREN),
    )
