"""De armoedegrenzen: the same family with the same income, held against two lines in euros.

Two measures have an amount for families with two children: the low-income threshold of CBS and the line that CBS, SCP and Nibud made
in 2024. The amounts are of different years. The measure by which money is divided over municipalities (a percentage of the social
minimum) has no amount in the sources, nor has the line of Eurostat.
"""

from __future__ import annotations

import pandas as pd

from data.facts import fact
from data.language import gettext
from widgets.controls import Choice, Range, Readout
from widgets.model import Model, Quantity
from widgets.scenarios.wording import cite

OUTCOMES = ["lines_below_count", "low_income_gap_eur", "new_line_gap_eur"]
LOW_INCOME_FACTS = {
    "couple_young": "low_income_threshold_couple2_2022",
    "couple_teenagers": "low_income_threshold_couple2_2022",
    "single_parent_teenagers": "low_income_threshold_sp2_2022",
}
NEW_LINE_FACTS = {
    "couple_young": "new_poverty_line_couple_2_children_upto_12_2023",
    "couple_teenagers": "new_poverty_line_couple_2_teenagers_2023",
    "single_parent_teenagers": "new_poverty_line_single_parent_2_teenagers_2023",
}
LOW_INCOME_YEAR, NEW_LINE_YEAR = (fact(names["couple_young"]).period for names in (LOW_INCOME_FACTS, NEW_LINE_FACTS))
LOWEST_INCOME_EUR, HIGHEST_INCOME_EUR, FIRST_INCOME_EUR = 1200, 3400, 1800

MODEL = Model(
    "poverty_lines",
    inputs=[
        Quantity("income_eur", gettext("net income per month"), "eur", gettext("What the family has to spend in a month.")),
        Quantity("low_income_eur", gettext("low-income threshold per month, {year}", year=LOW_INCOME_YEAR), "eur"),
        Quantity("new_line_eur", gettext("new poverty line per month, {year}", year=NEW_LINE_YEAR), "eur"),
    ],
    columns={},
    equations=[
        (
            Quantity("low_income_gap_eur", gettext("income compared with the low-income threshold, per month"), "eur"),
            "income_eur - low_income_eur",
        ),
        (Quantity("new_line_gap_eur", gettext("income compared with the new poverty line, per month"), "eur"), "income_eur - new_line_eur"),
        (
            Quantity("low_income_short_eur", gettext("short of the low-income threshold, per month"), "eur", gettext("Only below it.")),
            "-low_income_gap_eur/where(low_income_gap_eur < 0, 1, 0)",
        ),
        (
            Quantity("new_line_short_eur", gettext("short of the new poverty line, per month"), "eur", gettext("Only below it.")),
            "-new_line_gap_eur/where(new_line_gap_eur < 0, 1, 0)",
        ),
        (
            Quantity("lines_below_count", gettext("by how many of the two measures the child counts"), "1"),
            "where(low_income_gap_eur < 0, 1, 0) + where(new_line_gap_eur < 0, 1, 0)",
        ),
    ],
)


def families() -> dict[str, str]:
    """Return the families that have an amount by both measures, in the words of the reader."""
    return {
        "couple_young": gettext("couple with two children up to 12 years old"),
        "couple_teenagers": gettext("couple with two teenagers"),
        "single_parent_teenagers": gettext("single parent with two teenagers"),
    }


def controls() -> list[Range | Choice]:
    """Return what the reader sets."""
    return [
        Choice("family", key="gezin", label=gettext("family"), default="couple_young", options=families(), compared=False),
        Range("income_eur", key="inkomen", minimum=LOWEST_INCOME_EUR, maximum=HIGHEST_INCOME_EUR, step=10, default=FIRST_INCOME_EUR),
    ]


def constants() -> dict[str, object]:
    """Return the two lines, which follow from the choice of the family."""
    return {
        "low_income_eur": {"by": "family", "values": {family: fact(name).value for family, name in LOW_INCOME_FACTS.items()}},
        "new_line_eur": {"by": "family", "values": {family: fact(name).value for family, name in NEW_LINE_FACTS.items()}},
    }


def columns() -> dict[str, pd.DataFrame]:
    """Return nothing: the model has single values only."""
    return {}


def assumptions() -> list[str]:
    """Return what the scenario supposes, in Markdown."""
    return [
        gettext(
            "The low-income threshold is that of {year}: {couple} for a couple with two minor children and {single_parent} for a single "
            "parent with two. The source makes no difference by age of the children.",
            year=LOW_INCOME_YEAR,
            couple=cite("low_income_threshold_couple2_2022"),
            single_parent=cite("low_income_threshold_sp2_2022"),
        ),
        gettext(
            "The new poverty line is that of {year}: {young} for a couple with two children up to 12 years old, {teenagers} with two "
            "teenagers, and {single_parent} for a single parent with two teenagers. These are example amounts: the line also depends on "
            "rent and energy bill.",
            year=NEW_LINE_YEAR,
            young=cite("new_poverty_line_couple_2_children_upto_12_2023"),
            teenagers=cite("new_poverty_line_couple_2_teenagers_2023"),
            single_parent=cite("new_poverty_line_single_parent_2_teenagers_2023"),
        ),
        gettext("The family has little wealth. By the new line a family with much wealth does not live in poverty, whatever its income."),
        gettext("The income is the same in both years and by both measures. The starting amount is an example, chosen by us."),
    ]


def limits() -> list[str]:
    """Return how far the results may be trusted, in Markdown."""
    return [
        gettext(
            "The two amounts are of different years. Between {first} and {last} prices changed, so a part of the difference is not due to "
            "the measure. Our sources have no threshold of {last} and no new line of {first} for these families.",
            first=LOW_INCOME_YEAR,
            last=NEW_LINE_YEAR,
        ),
        gettext(
            "For the measure up to {limit} our sources have no amount in euros, so the page cannot say whether the child counts by it. "
            "The same holds for the line of Eurostat, {eurostat}.",
            limit=cite("du_key_income_limit"),
            eurostat=cite("eurostat_poverty_line"),
        ),
        gettext(
            "Of the line of SCP we have no amount for two children. For a couple with one child it was {amount} in {year}.",
            amount=cite("scp_line_couple_1_child_2017"),
            year=fact("scp_line_couple_1_child_2017").period,
        ),
        gettext("For a single parent with two young children our sources have no amount by the new line, so that family cannot be chosen."),
        gettext("CBS has more data of each family than an income. The page shows how a measure works, not whether your own family counts."),
    ]


def readouts() -> list[Readout]:
    """Return in sentences whether the child counts."""
    fields = {"value": "{value}", "difference": "{difference}"}
    low, new = {"year": LOW_INCOME_YEAR} | fields, {"year": NEW_LINE_YEAR} | fields
    return [
        Readout(
            "low_income_short_eur",
            more=gettext(
                "By the low-income threshold of {year} the child counts: the income is {value} euros a month below the threshold, "
                "{difference} euros more than at the start.",
                **low,
            ),
            less=gettext(
                "By the low-income threshold of {year} the child counts: the income is {value} euros a month below the threshold, "
                "{difference} euros less than at the start.",
                **low,
            ),
            same=gettext(
                "By the low-income threshold of {year} the child counts: the income is {value} euros a month below the threshold.",
                year=LOW_INCOME_YEAR,
                value="{value}",
            ),
            undefined=gettext(
                "By the low-income threshold of {year} the child does not count: the income is not below the threshold.",
                year=LOW_INCOME_YEAR,
            ),
        ),
        Readout(
            "new_line_short_eur",
            more=gettext(
                "By the new poverty line of {year} the child counts: the income is {value} euros a month below the line, "
                "{difference} euros more than at the start.",
                **new,
            ),
            less=gettext(
                "By the new poverty line of {year} the child counts: the income is {value} euros a month below the line, "
                "{difference} euros less than at the start.",
                **new,
            ),
            same=gettext(
                "By the new poverty line of {year} the child counts: the income is {value} euros a month below the line.",
                year=NEW_LINE_YEAR,
                value="{value}",
            ),
            undefined=gettext(
                "By the new poverty line of {year} the child does not count: the income is not below the line.",
                year=NEW_LINE_YEAR,
            ),
        ),
    ]


# Couple with two children: threshold 2,300 euros (2022), new line 2,535 (up to 12) or 2,910 (teenagers). Single parent: 1,830 and 2,500.
KNOWN_ANSWERS: list[tuple[dict[str, object], dict[str, object]]] = [
    (
        {},
        {
            "low_income_gap_eur": -500,
            "new_line_gap_eur": -735,
            "low_income_short_eur": 500,
            "new_line_short_eur": 735,
            "lines_below_count": 2,
        },
    ),
    ({"income_eur": 2300}, {"low_income_short_eur": None, "new_line_short_eur": 235, "lines_below_count": 1}),
    ({"income_eur": 2400}, {"low_income_gap_eur": 100, "low_income_short_eur": None, "new_line_short_eur": 135, "lines_below_count": 1}),
    ({"family": "couple_teenagers", "income_eur": 2600}, {"new_line_short_eur": 310, "lines_below_count": 1}),
    (
        {"family": "single_parent_teenagers", "income_eur": 1820},
        {"low_income_short_eur": 10, "new_line_short_eur": 680, "lines_below_count": 2},
    ),
    ({"family": "single_parent_teenagers", "income_eur": 2500}, {"new_line_short_eur": None, "lines_below_count": 0}),
]
