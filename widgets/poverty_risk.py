"""The map of children with a risk of poverty: declared once, shown on the first page and in a chapter."""

from __future__ import annotations

import pandas as pd

from data.facts import fact
from data.language import format_number, gettext
from data.trends import highest
from widgets.maps import MunicipalMap, municipal_map

VALUE = "poverty_risk_120_pct"
BREAKS = (4, 6, 8, 11, 15)
HIGHEST_COUNT = 5


def poverty_risk_map(frame: pd.DataFrame, name: str = "kaart-gemeenten") -> MunicipalMap:
    """Draw the share of minors in a household up to 120% of the social minimum, per municipality and year.

    Parameters
    ----------
    frame : pandas.DataFrame
        Table ``municipal_child_poverty`` on the municipalities of 2025, as `data.poverty_indicators.poverty_risk` returns it; column
        ``poverty_risk_120_pct`` in percent of all minors, with its largest error in ``error_max_pct``. Source: CBS, by way of
        `data.describe`.
    name : str
        Name of the figure, for a page that shows it beside its own subject.

    Returns
    -------
    MunicipalMap
        Its title names the municipalities with the highest share in the last year.

    Examples
    --------
    >>> from data.poverty_indicators import poverty_risk
    >>> from widgets import poverty_risk_map
    >>> kaart = poverty_risk_map(poverty_risk())
    >>> kaart.unit, list(kaart.columns.values())[:3]
    ('procent van de kinderen', ['Gemeente', 'Provincie', '2011'])
    """
    first, last = int(frame["year"].min()), int(frame["year"].max())
    return municipal_map(
        frame,
        VALUE,
        unit=gettext("percent of children"),
        breaks=BREAKS,
        name=name,
        title=gettext("In {names} the share was highest in {year}", names=highest(frame, VALUE, year=last, count=HIGHEST_COUNT), year=last),
        subtitle=gettext(
            "Minors in a household with an income up to {limit} percent of the social minimum, in percent of all children, {first}-{last}",
            limit=format_number(fact("du_key_income_limit").value),
            first=first,
            last=last,
        ),
        sources=["municipal_child_poverty", "boundary_changes"],
        alternative=gettext(
            "Map of the Netherlands with its municipalities in colours, from low to high. High shares lie mainly in large cities, "
            "in the east of Groningen and in parts of South Limburg. Every figure is in the table below the map."
        ),
        notes=[
            gettext(
                "The figures for {last} are exact, except for municipalities that were merged later. Those for earlier years are "
                "approximated from figures per age group and can differ by a few tenths of a percentage point.",
                last=last,
            ),
            gettext(
                "All years are converted to the municipalities of 2025. For merged municipalities the figure is a mean, "
                "weighted with an estimate of the number of children."
            ),
        ],
    )
