"""Exercise "More money, or dearer shopping?": family support and prices, and a household beside the low-income threshold."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from data import debts
from data.language import gettext
from data.package import table
from widgets.exercises.questions import Mistake, Number, Open, Question, Rule, Unreadable, kind_of, number_of

YEARS = (2017, 2022)
HOUSEHOLD, OTHER_HOUSEHOLD = "couple_2_children", "single_parent_2_children"


def threshold(category: str) -> pd.Series:
    """Return the low-income threshold of a household by year, in euros per month."""
    amounts = table("policy_amounts")
    chosen = amounts[(amounts["instrument"] == "low_income_threshold") & (amounts["category"] == category)]
    return pd.Series(chosen["value"].astype(float).to_numpy(), index=chosen["valid_from"].dt.year.to_numpy())


def questions() -> dict[str, Question]:
    """Return the question of each task."""
    support, line = debts.support_change(*YEARS), debts.threshold_change(*YEARS)
    later = debts.support_change(YEARS[0], YEARS[1] + 1)
    nominal, prices = support.relative_pct, line.relative_pct
    real = 100 * ((1 + nominal / 100) / (1 + prices / 100) - 1)
    return {
        "a": Number(
            nominal,
            [
                Mistake(
                    gettext("You divided by the last amount. A rise is counted from the first."), 100 * (1 - support.start / support.end)
                ),
                Mistake(gettext("These are euros. Asked is the rise in percent."), support.end - support.start),
                Mistake(gettext("This is the amount in percent of the first. How much was added?"), 100 * support.end / support.start),
                Mistake(
                    gettext("You used {year}. The question is about {asked}.", year=str(YEARS[1] + 1), asked=str(YEARS[1])),
                    later.relative_pct,
                ),
            ],
        ),
        "b": Number(
            prices,
            [
                Mistake(gettext("You divided by the last amount. A rise is counted from the first."), 100 * (1 - line.start / line.end)),
                Mistake(gettext("These are euros. Asked is the rise in percent."), line.end - line.start),
                Mistake(gettext("This is the threshold of a single person. Take that of a couple with two children."), _single_rise()),
                Mistake(gettext("This is the amount in percent of the first. How much was added?"), 100 * line.end / line.start),
            ],
        ),
        "c": Number(
            real,
            [
                Mistake(
                    gettext("You subtracted the percentages. That comes close, but divide the growth factors for the precise answer."),
                    nominal - prices,
                ),
                Mistake(
                    gettext("You divided the other way round: prices by support."), 100 * ((1 + prices / 100) / (1 + nominal / 100) - 1)
                ),
                Mistake(
                    gettext("You multiplied the growth factors. Rising prices make money worth less: divide."),
                    100 * ((1 + nominal / 100) * (1 + prices / 100) - 1),
                ),
                Mistake(
                    gettext("You divided the percentages. Divide the growth factors: 1 plus the percentage as a fraction."),
                    nominal / prices,
                ),
            ],
            remember=gettext("In euros the support rose; in what you can buy with it, it did not."),
        ),
        "d": function_question(),
    }


def _single_rise() -> float:
    line = threshold("single")
    return 100 * (line[YEARS[1]] / line[YEARS[0]] - 1)


def function_question() -> Open:
    """Return the question for a function: euros per month above the threshold of a household."""
    line, other = threshold(HOUSEHOLD), threshold(OTHER_HOUSEHOLD)
    last, first = int(line.index.max()), int(line.index.min())

    def called(given: object, income: float, year: int) -> float:
        if not callable(given):
            raise Unreadable(gettext("The answer is a {kind}. Give the function itself: its name, without ().", kind=kind_of(given)))
        try:
            result = given(income, year)
        except Exception as error:
            problem = f"{type(error).__name__}: {error}"
            raise Unreadable(
                gettext("The function stops with income {income} and year {year}: {problem}", income=income, year=year, problem=problem)
            ) from error
        if result is None:
            raise Unreadable(gettext("The function gives nothing back. Does its last line begin with return?"))
        return number_of(result)

    def everywhere(given: object, expected: Callable[[float, int], float]) -> bool:
        return all(
            abs(called(given, income, int(year)) - expected(income, year)) < 0.005 for year in line.index for income in (1500, 2250.5)
        )

    return Open(
        lambda income, year: income - line[year],
        [
            Rule(
                gettext("Just above the threshold the outcome must be above zero, and below it below zero. It is the other way round."),
                lambda income, year: line[year] - income,
                lambda given: called(given, line[last] + 100, last) > called(given, line[last] - 100, last),
            ),
            Rule(
                gettext("The outcome is the same in every year. Look up the threshold of the year that is asked."),
                lambda income, year: income - line[last],
                lambda given: called(given, 2000, first) != called(given, 2000, last),
            ),
            Rule(
                gettext("You used the threshold of a single parent. The question is about a couple with two children."),
                lambda income, year: income - other.get(year, other.iloc[0]),
                lambda given: abs(called(given, 2000, last) - (2000 - other[last])) > 0.005,
            ),
            Rule(
                gettext("With some incomes or years the outcome is another. Try a few by hand."),
                lambda income, year: income - line[year] + 10,
                lambda given: everywhere(given, lambda income, year: income - line[year]),
            ),
        ],
        remember=gettext("A household just above the threshold does not count, and has hardly more to spend."),
    )
