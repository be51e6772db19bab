"""Reach as figures: what the two ambitions ask together beside what was reached, and the children whom Leergeld helped."""

from __future__ import annotations

import plotly.graph_objects as go

from data import reach
from data.facts import fact
from data.language import format_number, gettext
from widgets.chart import Chart, line_chart
from widgets.style import SERIES_COLOURS, TARGET_COLOUR, TEMPLATE

LOWEST_SHOWN_PCT = 60


def ambitions_chart() -> Chart:
    """Draw the reach among all children that both ambitions ask, for each division of the target group, beside the reach of 2020."""
    frame = reach.needed_for_both()
    reached = fact("reach_share_2020")
    own_share = round(reach.assistance_share_pct())
    needed, found, own = (
        gettext("needed in all for both goals"),
        gettext("reached in {year}, an estimate", year=reached.period),
        gettext("our estimate of the division, for {year}", year=str(reach.GROUP_YEAR)),
    )
    plot = go.Figure(layout={"template": TEMPLATE})
    hover = "%{x} / %{y}<extra></extra>"
    for name, column, colour, dash in (
        (needed, "needed_pct", SERIES_COLOURS[0], "solid"),
        (found, "reached_pct", SERIES_COLOURS[1], "dash"),
    ):
        plot.add_scatter(
            x=frame["assistance_share_pct"].tolist(),
            y=frame[column].astype(float).tolist(),
            mode="lines",
            name=name,
            line={"color": colour, "width": 2.5, "dash": dash},
            marker={"color": colour},
            hovertemplate=hover,
        )
    plot.add_scatter(
        x=[own_share],
        y=[reach.needed_total_pct(own_share)],
        mode="markers",
        name=own,
        marker={"symbol": "circle-open", "size": 14, "color": TARGET_COLOUR, "line": {"width": 2}},
        hovertemplate=hover,
    )
    plot.update_xaxes(title={"text": gettext("children with parents on social assistance (percent of the target group)")}, range=[0, 102])
    plot.update_yaxes(title={"text": gettext("reach (percent)")}, range=[LOWEST_SHOWN_PCT, 102])
    values = {
        "reached": format_number(reached.value),
        "welfare": format_number(fact("reach_target_welfare_children").value),
        "working": format_number(fact("reach_target_working_children").value),
    }
    return Chart(
        "doelen-samen",
        gettext("Whether {reached} percent can be enough for both goals depends on a division that nobody knows", **values),
        gettext(
            "Reach among all children when {welfare} percent of the children with parents on social assistance and {working} percent "
            "of the children of working parents are reached, by the part of the first group",
            **values,
        ),
        frame,
        {
            "assistance_share_pct": gettext("Children with parents on social assistance (percent)"),
            "needed_pct": gettext("Needed in all for both goals (percent)"),
            "reached_pct": gettext("Reached (percent, estimate)"),
            "possible": gettext("Both goals met with this reach?"),
        },
        ["ledger", "reach", "national_child_poverty", "context"],
        gettext(
            "Chart with a rising line: the more children have parents on social assistance, the higher the reach that both goals ask. "
            "It crosses the level line of the reach that was found. A ring shows our estimate of the division; it lies above that line."
        )
        + " "
        + gettext(
            "The line runs from {lowest} to {highest} percent, the level line lies at {reached} percent. The ring stands at {own} percent "
            "with parents on social assistance; then {needed} percent is needed.",
            lowest=format_number(frame["needed_pct"].astype(float).min(), 0),
            highest=format_number(frame["needed_pct"].astype(float).max(), 0),
            reached=values["reached"],
            own=format_number(own_share),
            needed=format_number(reach.needed_total_pct(own_share), 0),
        ),
        notes=[
            gettext("A sum, not a measurement. The vertical axis does not start at zero."),
            gettext(
                "All children without parents on social assistance are counted as children of working parents. In reality some of their "
                "parents have another benefit or no income."
            ),
            gettext("‘Possible’ does not mean that the goals were met: the reach of each group apart is not known."),
        ],
        unit=gettext("percent"),
        plot=plot,
    )


def leergeld_chart() -> Chart:
    """Draw the children helped by the Leergeld foundations, one line per source."""
    chart = line_chart(
        reach.leergeld_children(),
        "children_count",
        series="source",
        unit=gettext("children"),
        decimals=0,
        name="leergeld-kinderen",
        title=gettext("The number of children that Leergeld helped rose in each of the years found"),
        subtitle=gettext("Children per year who received help from a local Leergeld foundation"),
        columns={
            "year": gettext("Year"),
            "children_count": gettext("Children"),
            "source": gettext("Source"),
            "note_nl": gettext("Note"),
        },
        sources=["reach", "context"],
        alternative=gettext("A line rises from 2013 to 2018, and a short, steeper line rises from 2021 to 2022."),
        notes=[
            gettext("Each line comes from one source. For the other years we have no number."),
            gettext("The number for 2021 is computed: that for 2022 minus the rise that the source names."),
            gettext("More children helped can mean that more needed help, or that more were found. These numbers do not show which."),
        ],
    )
    chart.plot.update_yaxes(tickformat=",d")
    return chart
