"""The money for municipalities as figures: what each received, and other sums of the state beside it."""

from __future__ import annotations

import pandas as pd

from data.funding import key_year
from data.language import gettext
from data.sums import municipalities_with_half, sums_in_perspective
from widgets.maps import MunicipalMap, municipal_map
from widgets.table import TableFigure

BREAKS_THOUSAND_EUR = (50, 100, 200, 400, 1000)


def funding_map(amounts: pd.DataFrame) -> MunicipalMap:
    """Draw the estimated part of each municipality in the 85 million euros for 2017.

    Parameters
    ----------
    amounts : pandas.DataFrame
        As `data.sums.estimated_amounts` returns it.
    """
    year = str(amounts["year"].iloc[0])
    return municipal_map(
        amounts,
        "amount_thousand_eur",
        unit=gettext("thousand euros"),
        breaks=BREAKS_THOUSAND_EUR,
        name="geld-per-gemeente",
        title=gettext(
            "By our estimate half of the money for {year} went to {half} of the {all} municipalities",
            year=year,
            half=municipalities_with_half(amounts),
            all=len(amounts),
        ),
        subtitle=gettext(
            "Estimate of what each municipality received from the state for children in poverty for {year}, in thousands of euros",
            year=year,
        ),
        sources=["municipal_child_poverty", "boundary_changes", "ledger", "context"],
        alternative=gettext(
            "Map of the Netherlands with its municipalities in colours, from low to high. The highest amounts lie at the large cities, "
            "where most children at risk of poverty live. Every amount is in the table below the map."
        ),
        notes=[
            gettext(
                "These are our estimates, not amounts that the state paid. They count children in {key_year}.", key_year=str(key_year())
            ),
            gettext("The municipalities are those of 2025. A municipality that was merged later has the money of all its parts."),
            gettext(
                "A large amount belongs to a municipality with many children. For each child that counted, every municipality received "
                "the same."
            ),
        ],
    )


def sums_table() -> TableFigure:
    """Return the sums of the state that are often named together, to sort and not to add."""
    return TableFigure(
        "bedragen-naast-elkaar",
        gettext("The largest sums are not only for children in poverty"),
        gettext("Sums of the state that are often named together, in millions of euros, not adjusted for later rises in prices"),
        sums_in_perspective(),
        {
            "meant_for": gettext("For whom or what?"),
            "amount_million_eur": gettext("Million euros"),
            "basis": gettext("Every year?"),
            "period": gettext("Period"),
            "remark": gettext("Mind"),
            "source": gettext("Source"),
        },
        ["policy_amounts", "ledger", "context"],
        gettext("Table with for each sum its size, whether it comes every year, for whom it is, the period and the source."),
        notes=[
            gettext(
                "These sums may not be added. Some are part of another, and a sum for every year is something else than one amount for "
                "some years."
            ),
            gettext("Most sums are also for people who do not live in poverty; the table says so."),
            gettext("‘Structural’ means: every year again, without a last year."),
            gettext(
                "The list is not complete. What municipalities spend of their own money and what families receive as social assistance "
                "and other benefits is not in it."
            ),
        ],
    )
