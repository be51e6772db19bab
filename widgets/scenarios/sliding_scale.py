"""De glijdende schaal: support that stops at an income limit, against support that gets smaller step by step.

The Kinderombudsman recommends full support up to 120% of the social minimum and a sliding scale up to at least 140% (letter of
2018). Set against it is a limit above which a family gets nothing. Incomes are percentages of the social minimum; euros appear for
four types of household, with the low-income threshold of CBS in the place of the social minimum, which the sources do not give.
"""

from __future__ import annotations

import pandas as pd

from data import funding, income_limits
from data.facts import fact
from data.language import format_number, gettext
from widgets.controls import Choice, Range, Readout
from widgets.model import Model, Quantity
from widgets.scenarios.wording import cite

OUTCOMES = ["largest_gain_eur", "largest_loss_eur", "gain_width_pct", "all_or_nothing_trap_pct", "slope_loss_pct"]
LOWEST_INCOME_PCT, HIGHEST_INCOME_PCT = 90, 165
FAMILY_LIMITS_PCT = (110, 120)
PROVINCES_YEAR = 2022

MODEL = Model(
    "sliding_scale",
    inputs=[
        Quantity("support_eur", gettext("support per child"), "eur/child/year", gettext("What a child gets at most, in money or in kind.")),
        Quantity(
            "limit_pct",
            gettext("limit of all or nothing"),
            "percent",
            gettext("Percent of the social minimum; above it a family gets nothing."),
        ),
        Quantity("full_pct", gettext("full support up to"), "percent", gettext("Percent of the social minimum.")),
        Quantity("zero_pct", gettext("no support from"), "percent", gettext("Percent of the social minimum.")),
        Quantity("step_pct", gettext("step of the income"), "percent"),
        Quantity("children_count", gettext("children in the family"), "child"),
        Quantity(
            "minimum_eur",
            gettext("minimum of the family, low-income threshold"),
            "eur/year",
            gettext("In the place of the social minimum."),
        ),
    ],
    columns={
        "income": [Quantity("income_pct", gettext("income in percent of the minimum"), "percent")],
        "household": [
            Quantity("household_minimum_eur", gettext("minimum of the household, low-income threshold"), "eur/year"),
            Quantity("household_children_count", gettext("children in the household"), "child"),
        ],
    },
    equations=[
        (
            Quantity("all_or_nothing_eur", gettext("support with all or nothing"), "eur/child/year"),
            "where(income_pct <= limit_pct, support_eur, 0)",
        ),
        (
            Quantity("sliding_eur", gettext("support with a sliding scale"), "eur/child/year"),
            "support_eur*minimum(1, maximum(0, (zero_pct - income_pct)/(zero_pct - full_pct)))",
        ),
        (Quantity("gain_eur", gettext("gain with a sliding scale"), "eur/child/year"), "sliding_eur - all_or_nothing_eur"),
        (
            Quantity("all_or_nothing_next_eur", gettext("support one step further, all or nothing"), "eur/child/year"),
            "where(income_pct + step_pct <= limit_pct, support_eur, 0)",
        ),
        (
            Quantity("sliding_next_eur", gettext("support one step further, sliding scale"), "eur/child/year"),
            "support_eur*minimum(1, maximum(0, (zero_pct - income_pct - step_pct)/(zero_pct - full_pct)))",
        ),
        (
            Quantity(
                "all_or_nothing_loss_pct",
                gettext("loss of extra income, all or nothing"),
                "percent",
                gettext("Part of the extra income that the family loses in support."),
            ),
            "percent((all_or_nothing_eur - all_or_nothing_next_eur)*children_count/(share(step_pct)*minimum_eur))",
        ),
        (
            Quantity(
                "sliding_loss_pct",
                gettext("loss of extra income, sliding scale"),
                "percent",
                gettext("Part of the extra income that the family loses in support."),
                decimals=1,
            ),
            "percent((sliding_eur - sliding_next_eur)*children_count/(share(step_pct)*minimum_eur))",
        ),
        (
            Quantity("all_or_nothing_total_eur", gettext("income and support, all or nothing"), "eur/year"),
            "share(income_pct)*minimum_eur + children_count*all_or_nothing_eur",
        ),
        (
            Quantity("sliding_total_eur", gettext("income and support, sliding scale"), "eur/year"),
            "share(income_pct)*minimum_eur + children_count*sliding_eur",
        ),
        (
            Quantity(
                "largest_gain_eur",
                gettext("largest gain, just above the limit"),
                "eur/child/year",
                gettext("Compared with all or nothing."),
            ),
            "support_eur*minimum(1, maximum(0, (zero_pct - limit_pct)/(zero_pct - full_pct)))",
        ),
        (
            Quantity(
                "largest_loss_eur",
                gettext("largest loss, at the limit"),
                "eur/child/year",
                gettext("Compared with all or nothing; only if full support ends below the limit."),
            ),
            "support_eur - largest_gain_eur",
        ),
        (
            Quantity("gain_width_pct", gettext("incomes that gain, in percentage points of the minimum"), "percent"),
            "maximum(0, zero_pct - limit_pct)",
        ),
        (
            Quantity("lose_width_pct", gettext("incomes that lose, in percentage points of the minimum"), "percent"),
            "maximum(0, limit_pct - full_pct)",
        ),
        (Quantity("family_support_eur", gettext("support for the family"), "eur/year"), "support_eur*children_count"),
        (
            Quantity(
                "all_or_nothing_trap_pct",
                gettext("rise of income that is lost at the limit, in percentage points of the minimum"),
                "percent",
                gettext("After so much extra income the family has as much as at the limit."),
                decimals=1,
            ),
            "percent(family_support_eur/minimum_eur)",
        ),
        (
            Quantity("slope_loss_pct", gettext("loss of each extra euro on the sliding scale"), "percent", decimals=1),
            "percent(family_support_eur/(share(zero_pct - full_pct)*minimum_eur))",
        ),
        (Quantity("limit_amount_eur", gettext("limit of all or nothing in euros"), "eur/year"), "share(limit_pct)*household_minimum_eur"),
        (Quantity("full_amount_eur", gettext("full support up to, in euros"), "eur/year"), "share(full_pct)*household_minimum_eur"),
        (Quantity("zero_amount_eur", gettext("no support from, in euros"), "eur/year"), "share(zero_pct)*household_minimum_eur"),
        (Quantity("household_support_eur", gettext("support for the household"), "eur/year"), "support_eur*household_children_count"),
        (
            Quantity(
                "household_slope_loss_pct", gettext("loss of each extra euro on the sliding scale, per household"), "percent", decimals=1
            ),
            "percent(household_support_eur/(share(zero_pct - full_pct)*household_minimum_eur))",
        ),
    ],
    axis_labels={"income": gettext("incomes"), "household": gettext("types of household")},
)


def default_support_eur() -> int:
    """Return the 85 million euros a year per child at risk in the year of the key, rounded to euros per child per year."""
    counts = funding.key_counts()
    children = counts.loc[counts["year"] == fact("du_key_data_year").value, "children_at_risk_count"].sum()
    return round(fact("municipal_child_poverty_funding").value / float(children))


def controls() -> list[Range | Choice]:
    """Return what the reader sets."""
    families = _amounts()
    families = families[families["children_count"] > 0]
    full, zero = fact("ko_income_limit_share_social_minimum").value, fact("ko_sliding_scale_limit").value
    return [
        Range(
            "support_eur",
            key="steun",
            minimum=0,
            maximum=2000,
            step=1,
            default=default_support_eur(),
            source="municipal_child_poverty_funding",
        ),
        Range("limit_pct", key="grens", minimum=100, maximum=130, step=1, default=full, source="ko_income_limit_share_social_minimum"),
        Range("full_pct", key="volledig", minimum=100, maximum=130, step=1, default=full, source="ko_income_limit_share_social_minimum"),
        Range("zero_pct", key="nul", minimum=131, maximum=160, step=1, default=zero, source="ko_sliding_scale_limit"),
        Choice(
            "family",
            key="gezin",
            label=gettext("family"),
            default="couple_2_children",
            options=dict(zip(families["household_type"], families["household_type_nl"], strict=True)),
        ),
    ]


def _amounts() -> pd.DataFrame:
    amounts = income_limits.threshold_amounts()
    return amounts[amounts["year"] == amounts["year"].max()]


def constants() -> dict[str, object]:
    """Return the inputs that the reader does not set; the minimum and the children follow from the choice of the family."""
    amounts = _amounts().set_index("household_type")
    families = amounts[amounts["children_count"] > 0]
    return {
        "step_pct": 1.0,
        "children_count": {"by": "family", "values": families["children_count"].astype(float).to_dict()},
        "minimum_eur": {"by": "family", "values": families["threshold_eur"].to_dict()},
    }


def columns() -> dict[str, pd.DataFrame]:
    """Return incomes in percent of the minimum, and four types of household."""
    incomes = range(LOWEST_INCOME_PCT, HIGHEST_INCOME_PCT + 1)
    amounts = _amounts()
    households = pd.DataFrame(
        {
            "household_type": amounts["household_type"],
            "household_name": amounts["household_type_nl"],
            "household_minimum_eur": amounts["threshold_eur"],
            "household_children_count": amounts["children_count"].astype(float),
        }
    )
    return {
        "income": pd.DataFrame({"income": list(incomes), "income_pct": [float(income) for income in incomes]}),
        "household": households.reset_index(drop=True),
    }


def assumptions() -> list[str]:
    """Return what the scenario supposes, in Markdown."""
    amounts = _amounts().set_index("household_type")
    return [
        gettext(
            "The Kinderombudsman recommends full support up to {full}, and a sliding scale up to at least {zero}. The social and "
            "economic council "
            "SER advises a sliding scale too. The cabinet wrote in 2018 that fixed limits do not fit the law, which asks to look at each "
            "family. We let the support fall by an equal amount with each percent of income.",
            full=cite("ko_income_limit_share_social_minimum"),
            zero=cite("ko_sliding_scale_limit"),
        ),
        gettext(
            "Set against it is a limit above which a family gets nothing. At the start it is as high as where full support ends. Which "
            "limit each municipality uses "
            "is not in our sources."
        ),
        gettext(
            "The support per child is yours to choose. It starts at {support} euros a year: {budget}, divided by our estimate of the "
            "children at risk "
            "of poverty in {year}. What a child really gets differs by municipality and is not in our sources. Municipalities also use "
            "other money.",
            support=format_number(default_support_eur()),
            budget=cite("municipal_child_poverty_funding"),
            year=cite("du_key_data_year"),
        ),
        gettext(
            "The amounts in euros are not the social minimum. Our sources do not have it for these families. In its place stands the "
            "low-income threshold of CBS for "
            "{year}: {couple} net for a couple with two minor children, {single_parent} for a single parent with two. The social "
            "minimum can be higher or lower.",
            year=str(int(amounts["year"].iloc[0])),
            couple=cite(amounts.loc["couple_2_children", "fact_id"]),
            single_parent=cite(amounts.loc["single_parent_2_children", "fact_id"]),
        ),
        gettext(
            "Support is counted in euros, also when it is given in kind, such as a sports club. A household without minor children gets "
            "no support for children."
        ),
    ]


def limits() -> list[str]:
    """Return how far the results may be trusted, in Markdown."""
    lower, upper = FAMILY_LIMITS_PCT
    year, up_to_upper = income_limits.families_up_to(upper)
    _, up_to_lower = income_limits.families_up_to(lower, year)
    return [
        gettext(
            "How many families gain or lose is not known. CBS counts families with only minor children up to {upper} percent of the "
            "social minimum: {up_to_upper} in "
            "{year}, of which {up_to_lower} up to {lower} percent. Above {upper} percent we have no national figure.",
            upper=str(upper),
            lower=str(lower),
            up_to_upper=format_number(up_to_upper),
            up_to_lower=format_number(up_to_lower),
            year=str(year),
        ),
        gettext(
            "In the municipalities of five provinces, {share} percent of the children lived in a household up to {highest} percent of "
            "the social minimum in {year}. That is "
            "not a national figure and does not say how many have an income above {upper} percent.",
            share=format_number(income_limits.children_up_to_150_pct(PROVINCES_YEAR), 1),
            highest="150",
            upper=str(upper),
            year=str(PROVINCES_YEAR),
        ),
        gettext(
            "The loss of extra income is that of this support only. A family that earns more often also loses allowances and pays more "
            "tax; then the loss of each "
            "extra euro is larger. The scenario does not add them up."
        ),
        gettext(
            "The scenario does not say what a scheme costs, nor whether people would work more or ask for support more often. Both "
            "depend on numbers of families that are not known."
        ),
        gettext("Whether a sliding scale takes municipalities and families more work is not in the sum either."),
    ]


def readouts() -> list[Readout]:
    """Return the main results in sentences."""
    return [
        Readout(
            "largest_gain_eur",
            more=gettext(
                "Just above the limit a child gets {value} euros a year more with the sliding scale; that is {difference} euros more "
                "than at the start."
            ),
            less=gettext(
                "Just above the limit a child gets {value} euros a year more with the sliding scale; that is {difference} euros less "
                "than at the start."
            ),
            same=gettext("Just above the limit a child gets {value} euros a year more with the sliding scale."),
            undefined=gettext("The gain cannot be computed."),
        ),
        Readout(
            "largest_loss_eur",
            more=gettext(
                "At the limit a child gets {value} euros a year less with the sliding scale; that is {difference} euros more than at "
                "the start."
            ),
            less=gettext(
                "At the limit a child gets {value} euros a year less with the sliding scale; that is {difference} euros less than at "
                "the start."
            ),
            same=gettext("At the limit a child gets {value} euros a year less with the sliding scale."),
            undefined=gettext("The loss cannot be computed."),
        ),
        Readout(
            "all_or_nothing_trap_pct",
            more=gettext(
                "With all or nothing the income must rise by {value} percent of the minimum to make good the loss at the limit, "
                "{difference} percentage points more than at the start."
            ),
            less=gettext(
                "With all or nothing the income must rise by {value} percent of the minimum to make good the loss at the limit, "
                "{difference} percentage points less than at the start."
            ),
            same=gettext("With all or nothing the income must rise by {value} percent of the minimum to make good the loss at the limit."),
            undefined=gettext("The loss at the limit cannot be computed."),
        ),
        Readout(
            "slope_loss_pct",
            more=gettext(
                "On the sliding scale the family loses {value} cents of each extra euro, {difference} cents more than at the start."
            ),
            less=gettext(
                "On the sliding scale the family loses {value} cents of each extra euro, {difference} cents less than at the start."
            ),
            same=gettext("On the sliding scale the family loses {value} cents of each extra euro."),
            undefined=gettext("The loss of each extra euro cannot be computed."),
        ),
    ]


# A couple with two children: threshold 2,300 euros a month, 27,600 a year; support 2 x 213 = 426 a year, 1.543478 percent of it.
# From 120 to 140 percent is 5,520 euros; 426 / 5,520 = 7.717391 percent. Single parent: 1,830 euros a month, 21,960 a year.
KNOWN_ANSWERS: list[tuple[dict[str, object], dict[str, object]]] = [
    (
        {},
        {
            "all_or_nothing_eur": {90: 213, 120: 213, 121: 0, 140: 0},
            "sliding_eur": {90: 213, 120: 213, 130: 106.5, 135: 53.25, 140: 0, 165: 0},
            "gain_eur": {120: 0, 130: 106.5, 140: 0},
            "all_or_nothing_loss_pct": {119: 0, 120: 426 / 276 * 100, 121: 0},
            "sliding_loss_pct": {119: 0, 120: 7.717_391_304, 139: 7.717_391_304, 140: 0},
            "largest_gain_eur": 213,
            "largest_loss_eur": 0,
            "gain_width_pct": 20,
            "lose_width_pct": 0,
            "all_or_nothing_trap_pct": 1.543_478_261,
            "slope_loss_pct": 7.717_391_304,
            "limit_amount_eur": {"single": 17_280, "couple": 24_336, "couple_2_children": 33_120, "single_parent_2_children": 26_352},
            "household_support_eur": {"single": 0, "couple_2_children": 426},
        },
    ),
    ({"family": "single_parent_2_children"}, {"slope_loss_pct": 426 / 4_392 * 100, "all_or_nothing_trap_pct": 426 / 21_960 * 100}),
    ({"limit_pct": 130}, {"largest_gain_eur": 106.5, "largest_loss_eur": 106.5, "gain_width_pct": 10, "lose_width_pct": 10}),
    ({"limit_pct": 110}, {"gain_eur": {110: 0, 111: 213, 120: 213, 139: 10.65}, "gain_width_pct": 30, "largest_gain_eur": 213}),
    ({"support_eur": 0}, {"slope_loss_pct": 0, "all_or_nothing_trap_pct": 0, "largest_gain_eur": 0}),
    ({"support_eur": 1000, "full_pct": 100, "zero_pct": 150}, {"slope_loss_pct": 2_000 / 13_800 * 100, "sliding_eur": {125: 500, 149: 20}}),
]
