"""Exercise "One year, several measures": shares and numbers of 2021, and a chart that keeps publications apart."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import plotly.graph_objects as go

from data.language import gettext
from data.package import table
from data.poverty_measures import share_in
from data.trends import national_series
from widgets.exercises.questions import Mistake, Number, Open, Question, Rule, Unreadable, kind_of

YEAR = 2021
MEASURE = "poverty_line_2024"
TITLE_WORDS = 4


def questions() -> dict[str, Question]:
    """Return the question of each task."""
    risk, low = share_in("poverty_risk_120", "statline_2021", YEAR), share_in("low_income", "first_publication", YEAR)
    line, next_line = (share_in(MEASURE, "published_2024_10", year) for year in (YEAR, YEAR + 1))
    counts = table("national_child_poverty").set_index(["measure", "vintage", "year"])["children_count"].dropna().astype(float)
    at_risk = counts["poverty_risk_120", "statline_2021", YEAR]
    children = 100 * at_risk / risk
    return {
        "a": Number(
            risk - line,
            [
                Mistake(gettext("This is in percent. Percentage points: subtract one share from the other."), 100 * (risk - line) / risk),
                Mistake(
                    gettext("This is how many percent higher the one is. Percentage points: just subtract."), 100 * (risk - line) / line
                ),
                Mistake(gettext("You compared with the low-income limit. The question is about the new poverty line."), risk - low),
                Mistake(gettext("You began at the low-income limit. The question begins at the measure up to 120 percent."), low - line),
                Mistake(
                    gettext("The second figure is of {year}. Take both of {asked}.", year=str(YEAR + 1), asked=str(YEAR)), risk - next_line
                ),
            ],
            remember=gettext("The same children in the same year: only the line lies elsewhere."),
        ),
        "b": Number(
            children,
            [
                Mistake(gettext("You multiplied. If a part is known in percent, the whole is larger than the part."), at_risk * risk / 100),
                Mistake(
                    gettext("These are the figures of the low-income limit. Take the measure up to 120 percent."),
                    100 * counts["low_income", "first_publication", YEAR] / low,
                ),
                Mistake(gettext("You used the share of the new poverty line with the number of the other measure."), 100 * at_risk / line),
                Mistake(gettext("This is the number of children at risk. Asked are all children."), at_risk),
            ],
            decimals=-3,
        ),
        "c": Number(
            children * line / 100,
            [
                Mistake(gettext("This is the number with the measure up to 120 percent. Use the share of the new line."), at_risk),
                Mistake(gettext("This is the number below the low-income limit. Use the share of the new line."), children * low / 100),
                Mistake(
                    gettext("You took the share of the number of children at risk. The share is of all children."), at_risk * line / 100
                ),
                Mistake(gettext("You used the share of {year}.", year=str(YEAR + 1)), children * next_line / 100),
            ],
            remember=gettext("CBS gave no number for this year. Yours is an estimate: say so when you use it."),
            decimals=-3,
        ),
        "d": chart_question(),
    }


def _plot(series: pd.DataFrame, *, by_publication: bool = True, column: str = "children_pct") -> go.Figure:
    parts = series.groupby("vintage_nl", observed=True) if by_publication else [("", series)]
    plot = go.Figure([go.Scatter(x=part["year"].tolist(), y=part[column].tolist(), name=str(name)) for name, part in parts])
    return plot.update_layout(title="Steeds minder kinderen onder de nieuwe grens").update_yaxes(rangemode="tozero")


def chart_question() -> Open:
    """Return the question for a chart of the new poverty line, as in the chapter on the halving."""
    series = national_series(MEASURE)
    expected = {(int(row.year), float(row.children_pct)) for row in series.itertuples()}
    publications = [
        {(int(row.year), float(row.children_pct)) for row in part.itertuples()} for _, part in series.groupby("vintage_nl", observed=True)
    ]

    def rule(message: str, example: go.Figure, holds: Callable[[go.Figure], bool]) -> Rule:
        return Rule(message, example, lambda given: holds(figure_of(given)))

    return Open(
        _plot(series),
        [
            rule(
                gettext("The points are not those of the new poverty line. Years go on the x axis, percentages on the y axis."),
                _plot(national_series("low_income", "revised_2023")),
                lambda plot: set().union(*points_of(plot)) == expected,
            ),
            rule(
                gettext("A line connects figures of two publications. Give each publication its own line, with the argument color."),
                _plot(series, by_publication=False),
                lambda plot: all(any(points <= part for part in publications) for points in points_of(plot)),
            ),
            rule(
                gettext('The y axis does not begin at zero, so the fall looks larger than it is. Use update_yaxes(rangemode="tozero").'),
                _plot(series).update_yaxes(rangemode="normal"),
                starts_at_zero,
            ),
            rule(
                gettext("The chart has no title that says what there is to see. Write the finding, in a short sentence."),
                _plot(series).update_layout(title="Grafiek"),
                lambda plot: len((plot.layout.title.text or "").split()) >= TITLE_WORDS,
            ),
        ],
        remember=gettext("Two publications are two lines: between them lies a new calculation, not a change for children."),
    )


def figure_of(given: object) -> go.Figure:
    """Return an answer as a Plotly figure.

    Raises
    ------
    Unreadable
        When it is something else.
    """
    if not isinstance(given, go.Figure):
        raise Unreadable(gettext("The answer is a {kind}. A chart of Plotly is asked, for example from px.line.", kind=kind_of(given)))
    return given


def points_of(plot: go.Figure) -> list[set[tuple[int, float]]]:
    """Return the points of each line, rounded to tenths."""
    return [{(int(x), round(float(y), 1)) for x, y in zip(trace.x, trace.y, strict=True) if pd.notna(y)} for trace in plot.data]


def starts_at_zero(plot: go.Figure) -> bool:
    """Say whether the y axis of a chart begins at zero."""
    axis = plot.layout.yaxis
    return axis.rangemode == "tozero" or bool(axis.range and axis.range[0] == 0)
