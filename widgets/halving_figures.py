"""The claim of a halving as a figure: the change of every series, with what rounding leaves open, beside the line of a halving."""

from __future__ import annotations

import textwrap

import plotly.graph_objects as go

from data import trends
from data.language import format_number, gettext
from widgets.bars import LABEL_WIDTH
from widgets.chart import Chart
from widgets.style import SERIES_COLOURS, TARGET_COLOUR, TEMPLATE

WIDEST_PCT = -75


def claim_chart(years: int) -> Chart:
    """Draw the change of each series that reaches over a number of years, a series a row, beside the line of a halving.

    Parameters
    ----------
    years : int
        Number of years of the claim.

    Returns
    -------
    Chart
        Its table has every series, also those that reach over fewer years.
    """
    claim = trends.claim_check(years)
    rows = claim[claim["verdict_id"] != "not_testable"].sort_values("change_pct", kind="stable")
    kinds = {
        "yes": (gettext("more than halved"), SERIES_COLOURS[0], "circle"),
        "unknown": (gettext("cannot be decided"), SERIES_COLOURS[2], "diamond-open"),
        "no": (gettext("not halved"), SERIES_COLOURS[1], "square-open"),
    }
    plot = go.Figure(layout={"template": TEMPLATE})
    names = {label: "<br>".join(textwrap.wrap(label, LABEL_WIDTH)) for label in rows["short"]}
    for verdict, (said, colour, symbol) in kinds.items():
        part = rows[rows["verdict_id"] == verdict]
        if part.empty:
            continue
        plot.add_scatter(
            x=part["change_pct"].round(1).tolist(),
            y=[names[label] for label in part["short"]],
            error_x={
                "type": "data",
                "symmetric": False,
                "array": (part["highest_pct"] - part["change_pct"]).tolist(),
                "arrayminus": (part["change_pct"] - part["lowest_pct"]).tolist(),
                "color": colour,
                "thickness": 2,
            },
            mode="markers",
            name=said,
            marker={"color": colour, "size": 10, "symbol": symbol, "line": {"width": 2}},
            customdata=[
                f"{label}: {period}, {change}" for label, period, change in zip(part["series"], part["period"], part["change"], strict=True)
            ],
            hovertemplate="%{customdata}<extra></extra>",
        )
    plot.add_scatter(
        x=[trends.HALVED_PCT] * 2,
        y=[names[rows["short"].iloc[0]], names[rows["short"].iloc[-1]]],
        mode="lines",
        name=gettext("exactly halved"),
        line={"color": TARGET_COLOUR, "width": 1.5, "dash": "dash"},
        marker={"color": TARGET_COLOUR},
        hoverinfo="skip",
    )
    plot.update_xaxes(title={"text": gettext("percent")}, range=[WIDEST_PCT, 0], dtick=25)
    plot.update_yaxes(categoryorder="array", categoryarray=[names[label] for label in rows["short"]], autorange="reversed", zeroline=False)
    counts = claim["verdict_id"].value_counts()
    return Chart(
        "uitspraak-2025",
        gettext(
            "With the first figures of the new line ‘more than halved’ is right for children; with the old threshold only for a part of "
            "the families"
        ),
        gettext("Change of each series in {years} years, in percent; the bars show what rounding leaves open", years=years),
        claim,
        {
            "series": gettext("Measure and series"),
            "verdict": gettext("More than halved?"),
            "period": gettext("Period"),
            "figures": gettext("Figures"),
            "change": gettext("Change"),
            "bounds": gettext("With rounding"),
        },
        ["national_child_poverty", "household_low_income", "municipal_low_income", "municipal_child_poverty", "context"],
        gettext(
            "Chart with a point per series, from the largest fall to the smallest, and a broken line at a halving. {yes} points lie beyond "
            "that line, {no} do not reach it.",
            yes=format_number(counts.get("yes", 0)),
            no=format_number(counts.get("no", 0)),
        )
        + " "
        + gettext(
            "In one line per series, from the largest fall to the smallest: {values}.",
            values="; ".join(f"{short} {change}" for short, change in zip(rows["short"], rows["change"], strict=True)),
        ),
        notes=[
            gettext("Each row is a quantity of its own. Compare a row with the line of a halving, not with another row."),
            gettext(
                "Of families together the number is counted, of single parents and couples the share. The number of families changed too."
            ),
            gettext(
                "Under Table are also the series whose figures do not lie so far apart. Figures that come from another publication "
                "each year are not there: they cannot be compared well."
            ),
            gettext(
                "The municipalities with figures from one publication lie in {provinces}. Together they are no national figure, and {year} "
                "is provisional.",
                provinces=trends.five_provinces_text(),
                year=2022,
            ),
            gettext(
                "The series up to a limit above the social minimum is our mean of approximated figures per municipality. For {year} it "
                "comes out a little higher than the figure of CBS itself.",
                year=2021,
            ),
        ],
        unit=gettext("percent"),
        plot=plot,
    )
