"""Exercise "Divide the money with another key": the 85 million euros, by children at risk, by all children, and by a key of one's own."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data import funding
from data.facts import fact
from data.language import format_number, gettext
from widgets.exercises.questions import Column, Mistake, Name, Number, Open, Question, Rule, column_of

EXAMPLE = "GM0392"
OTHER_YEAR = 2021


def questions() -> dict[str, Question]:
    """Return the question of each task."""
    budget = fact("municipal_child_poverty_funding").value
    every_year = funding.key_counts().astype({"children_at_risk_count": float, "children_count": float})
    children = every_year[every_year["year"] == funding.key_year()].set_index("municipality_code")
    later = every_year[every_year["year"] == OTHER_YEAR].set_index("municipality_code")
    at_risk, every_child = (budget * children[name] / children[name].sum() for name in ("children_at_risk_count", "children_count"))
    change, names = every_child - at_risk, children["municipality_name"]
    moved = change[change > 0].sum()
    own = children["children_at_risk_count"]
    return {
        "a": Number(
            at_risk[EXAMPLE],
            [
                Mistake(gettext("You divided by all children instead of by the children at risk."), every_child[EXAMPLE]),
                Mistake(
                    gettext("You divided the children at risk of this municipality by all children of the country."),
                    budget * own[EXAMPLE] / children["children_count"].sum(),
                ),
                Mistake(gettext("Every municipality gets the same in this sum. The key must count."), budget / len(children)),
                Mistake(
                    gettext("You divided by the sum over all years. First choose the rows of one year."),
                    budget * own[EXAMPLE] / every_year["children_at_risk_count"].sum(),
                ),
                Mistake(
                    gettext("You used the children of {year}. The question is about the year of the key.", year=str(OTHER_YEAR)),
                    budget * later["children_at_risk_count"][EXAMPLE] / later["children_at_risk_count"].sum(),
                ),
                Mistake(gettext("This is the amount per child at risk, not for the municipality."), budget / own.sum()),
            ],
            decimals=0,
        ),
        "b": Column(
            every_child,
            [
                Mistake(gettext("This is the division by children at risk. Now every child counts."), at_risk),
                Mistake(gettext("These are shares. Multiply them by the budget."), every_child / budget),
                Mistake(
                    gettext("These are the numbers of children. Turn them into shares of the total first."), children["children_count"]
                ),
                Mistake(
                    gettext("Every municipality gets the same in this sum. The key must count."), every_child * 0 + budget / len(children)
                ),
                Mistake(
                    gettext("You used the children of {year}. The question is about the year of the key.", year=str(OTHER_YEAR)),
                    budget * later["children_count"] / later["children_count"].sum(),
                ),
            ],
        ),
        "c": Name(
            names[(change / at_risk).idxmin()],
            [
                Mistake(gettext("This municipality gains most. Which one loses most?"), names[(change / at_risk).idxmax()]),
                Mistake(gettext("This one loses most in euros. The question is in percent of its amount."), names[change.idxmin()]),
                Mistake(gettext("This one gains most in euros. Which one loses most, in percent?"), names[change.idxmax()]),
            ],
            remember=gettext("A key that counts every child moves money away from where many children are poor."),
            known=tuple(names.sort_values()),
        ),
        "d": Number(
            moved / 1e6,
            [
                Mistake(gettext("You counted every euro twice: once where it leaves and once where it arrives."), 2 * moved / 1e6),
                Mistake(gettext("Gains and losses cancel out when you add them all up. Add up one of the two."), change.sum() / 1e6),
                Mistake(gettext("This is in percent of the budget. Asked are millions of euros."), 100 * moved / budget),
                Mistake(gettext("You counted the municipalities that gain. Add up their amounts."), float((change > 0).sum())),
            ],
            remember=gettext("The choice of a key is a political choice: the sum is the same, who gets it is not."),
        ),
        "e": own_key(children),
    }


def own_key(children: pd.DataFrame) -> Open:
    """Return the open question of a key of one's own: shares of 342 municipalities."""
    example = 0.5 * children["children_at_risk_count"] / children["children_at_risk_count"].sum() + 0.5 / len(children)
    existing = [children[name] / children[name].sum() for name in ("children_at_risk_count", "children_count")]

    def shares(given: object) -> pd.Series:
        return column_of(given, children.index, "municipality_code")

    return Open(
        example,
        [
            Rule(
                gettext("A share cannot be negative: then a municipality would have to pay."),
                example.where(example.index != EXAMPLE, -0.001),
                lambda given: bool((shares(given) >= 0).all()),
            ),
            Rule(
                gettext("The shares do not add up to 1. Divide the column by its own sum."),
                example * 2,
                lambda given: bool(np.isclose(shares(given).sum(), 1, atol=1e-6)),
            ),
            Rule(
                gettext("This is a key that you already used. Invent one of your own, for example a mix."),
                existing[1],
                lambda given: not any(np.allclose(shares(given), one, rtol=1e-6) for one in existing),
            ),
            Rule(
                gettext("Every municipality gets the same share. A key must tell municipalities apart."),
                example * 0 + 1 / len(children),
                lambda given: shares(given).std() > 1e-9,
            ),
        ],
        remember=gettext(
            "The shares of {count} municipalities add up to 1. Who wins and who loses, and would you defend it?",
            count=format_number(len(children)),
        ),
    )
