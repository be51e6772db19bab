"""Steun voor gezinnen: what child benefit and child-related budget come to for a family, year by year, beside prices.

Amounts are as paid on 1 January; the child-related budget is the highest that exists, for a low income. Prices are those of the
low-income threshold, which CBS raises with prices only and rounds to tens; our sources have it up to and including 2022. Children of
12 years and older are not in it: since 2024 their child-related budget is higher, before that our sources do not tell it apart.
"""

from __future__ import annotations

import pandas as pd

from data import debts
from data.language import gettext
from widgets.controls import Choice, Range, Readout
from widgets.model import Model, Quantity
from widgets.scenarios.wording import cite

OUTCOMES = ["benefit_in_year_eur", "budget_in_year_eur", "together_in_year_eur", "together_first_eur", "rise_pct"]
MONTHS, QUARTER = debts.MONTHS, debts.QUARTER


def in_year(name: str) -> str:
    """Return the equation that takes one value per year in the chosen year."""
    return f"total(where(calendar_year < chosen_year, 0, where(calendar_year > chosen_year, 0, {name})))"


def in_first_year(name: str) -> str:
    """Return the equation that takes one value per year in the first year."""
    return f"total(where(calendar_year > first_year, 0, {name}))"


MODEL = Model(
    "family_support",
    inputs=[
        Quantity("chosen_year", gettext("year"), "year"),
        Quantity("first_year", gettext("first year of these amounts"), "year"),
        Quantity("children_count", gettext("number of children"), "1"),
        Quantity("single_parent", gettext("single parent"), "1", gettext("One for a single parent, zero for a couple.")),
    ],
    columns={
        "year": [
            Quantity("calendar_year", gettext("calendar year"), "year"),
            Quantity("benefit_eur_per_quarter", gettext("child benefit per child per quarter"), "eur", decimals=2),
            Quantity("budget_one_eur", gettext("highest child-related budget per year, one child"), "eur"),
            Quantity("budget_two_eur", gettext("highest child-related budget per year, two children"), "eur"),
            Quantity(
                "single_parent_eur", gettext("extra child-related budget per year of a single parent"), "eur",
                gettext("Empty for a year without an amount."),
            ),
            Quantity(
                "threshold_eur", gettext("low-income threshold per month, couple with two children"), "eur",
                gettext("Rises with prices only. Empty for a year without an amount."),
            ),
        ]
    },
    equations=[
        (Quantity("benefit_eur", gettext("child benefit per month"), "eur"), f"children_count*benefit_eur_per_quarter/{QUARTER}"),
        (
            Quantity("budget_eur", gettext("highest child-related budget per month"), "eur"),
            f"(where(children_count > 1, budget_two_eur, budget_one_eur) + where(single_parent > 0, single_parent_eur, 0))/{MONTHS}",
        ),
        (Quantity("together_eur", gettext("both together per month"), "eur"), "benefit_eur + budget_eur"),
        (
            Quantity("together_first_eur", gettext("both together per month in the first year"), "eur"),
            in_first_year("together_eur"),
        ),
        (Quantity("threshold_first_eur", gettext("low-income threshold in the first year"), "eur"), in_first_year("threshold_eur")),
        (
            Quantity("with_prices_eur", gettext("the amount of the first year, raised with prices only"), "eur"),
            "together_first_eur*threshold_eur/threshold_first_eur",
        ),
        (Quantity("benefit_in_year_eur", gettext("child benefit per month in the chosen year"), "eur"), in_year("benefit_eur")),
        (
            Quantity("budget_in_year_eur", gettext("highest child-related budget per month in the chosen year"), "eur"),
            in_year("budget_eur"),
        ),
        (
            Quantity("together_in_year_eur", gettext("both together per month in the chosen year"), "eur"),
            "benefit_in_year_eur + budget_in_year_eur",
        ),
        (
            Quantity("with_prices_in_year_eur", gettext("the amount of the first year with the prices of the chosen year"), "eur"),
            in_year("with_prices_eur"),
        ),
        (
            Quantity("rise_pct", gettext("change since the first year"), "percent"),
            "percent(together_in_year_eur/together_first_eur - 1)",
        ),
    ],
    axis_labels={"year": gettext("years")},
)  # fmt: skip


def ages() -> dict[str, str]:
    """Return the ages for which every year has an amount, in the words of the reader."""
    return {
        "age_0_5": gettext("up to and including {last} years old", last=5),
        "age_6_11": gettext("{first} up to and including {last} years old", first=6, last=11),
    }


def controls() -> list[Range | Choice]:
    """Return what the reader sets."""
    years = columns()["year"]["year"]
    with_prices = columns()["year"].dropna(subset=["threshold_eur"])["year"]
    return [
        Range("chosen_year", key="steunjaar", minimum=int(years.min()), maximum=int(years.max()), step=1, default=int(with_prices.max())),
        Choice(
            "children_count",
            key="kinderen",
            label=gettext("number of children"),
            default=2,
            options={1: gettext("one child"), 2: gettext("two children")},
        ),
        Choice("age", key="leeftijd", label=gettext("age of the children"), default="age_6_11", options=ages()),
        Choice(
            "single_parent",
            key="ouders",
            label=gettext("family"),
            default=0,
            options={0: gettext("couple"), 1: gettext("single parent")},
        ),
    ]


def constants() -> dict[str, object]:
    """Return the first year, which the reader does not set."""
    return {"first_year": debts.FIRST_SUPPORT_YEAR}


def columns() -> dict[str, pd.DataFrame]:
    """Return the amounts per year, for each ``age``."""
    frame = debts.support_by_age()
    return {"year": frame.assign(calendar_year=frame["year"].astype(float))}


def assumptions() -> list[str]:
    """Return what the scenario supposes, in Markdown."""
    return [
        gettext(
            "Child benefit is the amount of 1 January, for example {amount} per quarter for a child of {first} up to and including {last} "
            "years old in {year}.",
            amount=cite("kinderbijslag_6_11_20220101"),
            first=6,
            last=11,
            year=2022,
        ),
        gettext(
            "The family has an income so low that it gets the highest child-related budget: {two} per year for two children in {year}. For "
            "a single parent {single} is added.",
            two=cite("kgb_2_2022"),
            single=cite("kgb_single_2022"),
            year=2022,
        ),
        gettext(
            "Prices are those of the low-income threshold of CBS: from {start} in {first} to {end} in {last} for a couple with two minor "
            "children.",
            start=cite("low_income_threshold_couple2_2018"),
            first=2018,
            end=cite("low_income_threshold_couple2_2022"),
            last=2022,
        ),
    ]


def limits() -> list[str]:
    """Return how far the results may be trusted, in Markdown."""
    return [
        gettext("The amounts are the highest that exist. Who earns more gets less child-related budget, and who does not apply gets none."),
        gettext(
            "It is not a whole income. Rent and care allowance, childcare, the energy allowance and help from the municipality are not in "
            "it."
        ),
        gettext("After {year} our sources have no threshold. How far later amounts kept up with prices cannot be said.", year=2022),
        gettext(
            "The support is that of 1 January, the threshold that of the whole year. In July {year} child benefit rose again, to {amount} "
            "per quarter.",
            year=2022,
            amount=cite("kinderbijslag_6_11_20220701"),
        ),
        gettext("The threshold is rounded to tens of euros, so the line of prices can be half a percent off."),
        gettext(
            "For {year} our sources have no extra amount for a single parent. The line has a gap there, and that year has no outcome.",
            year=2021,
        ),
        gettext("The figure shows amounts, not what they did: how many children left poverty by them is not in it."),
    ]


def readouts() -> list[Readout]:
    """Return the main results in sentences."""
    first = {"year": str(debts.FIRST_SUPPORT_YEAR), "value": "{value}"}
    return [
        Readout(
            "together_in_year_eur",
            more=gettext("In the chosen year this family gets at most {value} euros a month, {difference} euros more than at the start."),
            less=gettext("In the chosen year this family gets at most {value} euros a month, {difference} euros less than at the start."),
            same=gettext("In the chosen year this family gets at most {value} euros a month."),
            undefined=gettext("For the chosen year our sources do not have every amount of this family."),
        ),
        Readout(
            "with_prices_in_year_eur",
            more=gettext(
                "Had the amount of {year} followed prices only, it would be {value} euros, {difference} euros more than at the start.",
                **first,
                difference="{difference}",
            ),
            less=gettext(
                "Had the amount of {year} followed prices only, it would be {value} euros, {difference} euros less than at the start.",
                **first,
                difference="{difference}",
            ),
            same=gettext("Had the amount of {year} followed prices only, it would be {value} euros.", **first),
            undefined=gettext("For the chosen year we have no prices: whether the amount kept up with them cannot be said."),
        ),
    ]


# Two children of 6-11, couple, 2022: 2 x 280.13 / 3 = 186.7533 and 2326 / 12 = 193.8333. In 2018: 2 x 244.13 / 3 + 2129 / 12 = 340.17.
# Prices: 2300 / 2000 = 1.15. In 2024: 2 x 339.38 / 3 + 2 x 2436 / 12 = 632.2533; a single parent 3480 / 12 = 290 more.
# One child of 0-5, 2018: 201.05 / 3 + 1152 / 12 = 163.016667; single parent 3101 / 12 = 258.416667 more.
KNOWN_ANSWERS: list[tuple[dict[str, object], dict[str, object]]] = [
    (
        {},
        {
            "benefit_in_year_eur": 186.753_333_333,
            "budget_in_year_eur": 193.833_333_333,
            "together_in_year_eur": 380.586_666_667,
            "together_first_eur": 340.17,
            "with_prices_in_year_eur": 391.195_5,
            "rise_pct": 100 * (380.586_666_667 / 340.17 - 1),
            "together_eur": {2018: 340.17, 2024: 632.253_333_333},
        },
    ),
    ({"chosen_year": 2024}, {"together_in_year_eur": 632.253_333_333, "with_prices_in_year_eur": None}),
    ({"chosen_year": 2024, "single_parent": 1}, {"together_in_year_eur": 922.253_333_333, "together_first_eur": 598.586_666_667}),
    ({"chosen_year": 2021, "single_parent": 1}, {"together_in_year_eur": None, "rise_pct": None}),
    (
        {"chosen_year": 2018, "children_count": 1, "age": "age_0_5"},
        {"together_in_year_eur": 163.016_666_667, "rise_pct": 0, "with_prices_in_year_eur": 163.016_666_667},
    ),
]
