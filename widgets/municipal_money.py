"""What the explorer of the 85 million euros says of one municipality at its starting point, in sentences."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from data.facts import fact
from data.indicator import value_text
from data.language import gettext
from data.profile_text import about_euros
from data.profiles import Profile
from widgets.scenarios import funding
from widgets.scenarios.explorers import funding_explorer

FEW = 100


@lru_cache
def starting_point() -> pd.DataFrame:
    """Return per municipality code what the explorer computes at its starting point.

    Returns
    -------
    pandas.DataFrame
        ``children_at_risk_count`` and ``children_reached_count`` (estimates for the year of the reach) and
        ``amount_per_reached_child_eur`` (euros per year; empty when no child is reached).
    """
    explorer = funding_explorer()
    results = explorer.results().set_index("municipality_code")
    children = funding.columns()["municipality"].drop_duplicates("municipality_code").set_index("municipality_code")
    at_risk = children["children_at_risk_count"].reindex(results.index)
    reached = at_risk * float(explorer.defaults()["reach_pct"]) / 100
    return pd.DataFrame(
        {
            "children_at_risk_count": at_risk,
            "children_reached_count": reached,
            "amount_per_reached_child_eur": results["amount_per_reached_child_eur"],
        }
    )


def reach_sentences(profile: Profile) -> list[str]:
    """Say how many children a municipality would reach, and with how much money for each, at the starting point of the explorer."""
    row = starting_point().loc[profile.code]
    reach = fact("reach_share_2020")
    decimals = 0 if row["children_at_risk_count"] < FEW else -1
    values = {
        "name": profile.name,
        "year": funding.children_year(),
        "children": value_text(row["children_at_risk_count"], decimals),
        "reached": value_text(row["children_reached_count"], decimals),
        "reach": reach.text,
    }
    sentences = [
        gettext(
            "How many children in poverty each municipality reaches with this money is not known. For the whole country it was an "
            "estimated {reach} in {year}. If that were so in {name} too, it would reach about {reached} of about {children} children.",
            **values,
        )
    ]
    if pd.notna(row["amount_per_reached_child_eur"]):
        sentences.append(
            gettext(
                "If all the money went to those children, it would be about {amount} euros per child reached per year.",
                amount=about_euros(row["amount_per_reached_child_eur"]),
            )
        )
    return sentences
