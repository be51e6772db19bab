"""De 85 miljoen: what each municipality would get, and what that is per child, under another budget, key or reach.

The money is divided as the state says it was divided: by children with an income up to 120% of the social minimum. What the
reader adds are a key that also counts all children, the part that is spent on children, and how many are reached.
"""

from __future__ import annotations

import pandas as pd

from data import funding
from data.facts import fact
from data.language import format_number, gettext
from widgets.controls import Choice, Range, Readout
from widgets.model import Model, Quantity
from widgets.scenarios.wording import cite

OUTCOMES = ["spent_eur", "children_reached_count", "spent_per_reached_child_eur", "elsewhere_eur"]
MILLION = 1_000_000

MODEL = Model(
    "funding",
    inputs=[
        Quantity("budget_eur", gettext("yearly budget"), "eur/year", gettext("What the state gives all municipalities together.")),
        Quantity(
            "risk_key_pct",
            gettext("part divided by children at risk of poverty"),
            "percent",
            gettext("The rest is divided by the number of all children."),
        ),
        Quantity(
            "spent_pct",
            gettext("part that is spent on children"),
            "percent",
            gettext("Municipalities need not spend this money on children in poverty."),
        ),
        Quantity(
            "reach_pct",
            gettext("part of the children at risk that is reached"),
            "percent",
            gettext("The same in each municipality: the reach per municipality is not known."),
        ),
    ],
    columns={
        "municipality": [
            Quantity("key_children_at_risk_count", gettext("children at risk in the year of the key"), "child"),
            Quantity("key_children_count", gettext("all children in the year of the key"), "child"),
            Quantity("children_at_risk_count", gettext("children at risk"), "child", gettext("In the year of the reach; an estimate.")),
        ]
    },
    equations=[
        (
            Quantity("key_at_risk_total_count", gettext("children at risk in the key, all municipalities"), "child"),
            "total(key_children_at_risk_count)",
        ),
        (
            Quantity("key_children_total_count", gettext("all children in the key, all municipalities"), "child"),
            "total(key_children_count)",
        ),
        (Quantity("at_risk_total_count", gettext("children at risk, all municipalities"), "child"), "total(children_at_risk_count)"),
        (
            Quantity("key_share_pct", gettext("share of the municipality"), "percent", decimals=2),
            "percent(share(risk_key_pct)*key_children_at_risk_count/key_at_risk_total_count"
            " + (1 - share(risk_key_pct))*key_children_count/key_children_total_count)",
        ),
        (Quantity("amount_eur", gettext("amount for the municipality"), "eur/year", decimals=-2), "budget_eur*share(key_share_pct)"),
        (
            Quantity("amount_per_child_eur", gettext("amount per child at risk"), "eur/child/year"),
            "amount_eur/children_at_risk_count",
        ),
        (
            Quantity("amount_per_reached_child_eur", gettext("spent per child reached, in the municipality"), "eur/child/year"),
            "share(spent_pct)*amount_eur/(share(reach_pct)*children_at_risk_count)",
        ),
        (Quantity("spent_eur", gettext("spent on children"), "eur/year"), "share(spent_pct)*budget_eur"),
        (Quantity("children_reached_count", gettext("children reached"), "child", decimals=-2), "share(reach_pct)*at_risk_total_count"),
        (
            Quantity("spent_per_reached_child_eur", gettext("spent per child reached"), "eur/child/year"),
            "spent_eur/children_reached_count",
        ),
        (
            Quantity("difference_eur", gettext("difference with a key that follows the children at risk"), "eur/year"),
            "amount_eur - budget_eur*children_at_risk_count/at_risk_total_count",
        ),
        (
            Quantity(
                "elsewhere_eur",
                gettext("money that would be in another municipality"),
                "eur/year",
                gettext("If all money followed the children at risk in the year of the reach."),
                decimals=-4,
            ),
            "total(maximum(0, difference_eur))",
        ),
    ],
    axis_labels={"municipality": gettext("municipalities")},
)


def controls() -> list[Range | Choice]:
    """Return what the reader sets."""
    years = {int(year): str(year) for year in sorted(funding.key_counts()["year"].unique())}
    return [
        Range(
            "budget_eur",
            key="budget",
            minimum=0,
            maximum=200 * MILLION,
            step=MILLION,
            default=fact("municipal_child_poverty_funding").value,
            source="municipal_child_poverty_funding",
        ),
        Choice(
            "key_year",
            key="verdeeljaar",
            label=gettext("year of the distribution key"),
            options=years,
            default=fact("du_key_data_year").value,
            source="du_key_data_year",
        ),
        Range("risk_key_pct", key="armoede", minimum=0, maximum=100, step=5, default=100, source="du_key_income_limit"),
        Range("spent_pct", key="besteed", minimum=0, maximum=100, step=1, default=100),
        Range("reach_pct", key="bereik", minimum=0, maximum=100, step=1, default=fact("reach_share_2020").value, source="reach_share_2020"),
    ]


def constants() -> dict[str, float]:
    """Return the inputs that the reader does not set: none."""
    return {}


def columns() -> dict[str, pd.DataFrame]:
    """Return the municipalities of 2025 with their children, for each year that the key can count (``key_year``).

    ``children_at_risk_count`` is of the year of the reach, whatever the year of the key.
    """
    counts = funding.key_counts()
    at_risk = counts.loc[counts["year"] == children_year()].set_index("municipality_code")["children_at_risk_count"]
    frame = pd.DataFrame(
        {
            "municipality_code": counts["municipality_code"],
            "municipality_name": counts["municipality_name"],
            "key_year": counts["year"].astype(int),
            "key_children_at_risk_count": counts["children_at_risk_count"].astype(float),
            "key_children_count": counts["children_count"].astype(float),
            "children_at_risk_count": counts["municipality_code"].map(at_risk).astype(float),
        }
    )
    return {"municipality": frame}


def children_year() -> int:
    """Return the year in which the children who can be reached are counted: that of the reach."""
    return int(fact("reach_share_2020").period)


def validation() -> pd.DataFrame:
    """Return the reported amounts beside the modelled ones, see `data.funding.against_reported`."""
    return funding.against_reported()


def validation_sentence() -> str:
    """Say how well the model agrees with what municipalities reported."""
    result = funding.agreement(validation())
    return gettext(
        "We can compare the key with {count} amounts that municipalities reported for {year}. On average model and report differ by "
        "{mean} percent, at most by {largest} percent ({name}). For {lower} municipalities the model gives less than was reported. "
        "The error of the percentages alone can explain {within} of these differences; the others we cannot explain. Several reported "
        "amounts are rounded. So read an amount for one municipality as an estimate.",
        count=result["count"],
        year=fact("du_key_data_year").period,
        mean=format_number(result["mean_pct"], 0),
        largest=format_number(result["largest_pct"], 0),
        name=result["largest_name"],
        lower=result["lower"],
        within=result["within_error"],
    )


def assumptions() -> list[str]:
    """Return what the scenario supposes, in Markdown."""
    spent = funding.spent_of_received()
    return [
        gettext(
            "The budget starts at {budget}: what the state has given to municipalities since {start}.",
            budget=cite("municipal_child_poverty_funding"),
            start=cite("municipal_child_poverty_funding_start"),
        ),
        gettext(
            "The budget of the municipal fund for 2023 still has {budget} for {year}. The amount is not adjusted for rising prices.",
            budget=cite("gemeentefonds_du_kansen_voor_alle_kinderen_2025"),
            year=fact("gemeentefonds_du_kansen_voor_alle_kinderen_2025").period,
        ),
        gettext(
            "The key counts children in a household with an income up to {limit}. For the money of {year} these were figures over "
            "{key_year}. "
            "Which year was used for later money is not in our sources. A key that also counts all children did not exist; you can try "
            "it out.",
            limit=cite("du_key_income_limit"),
            year=fact("du_key_data_year").period,
            key_year=cite("du_key_data_year"),
        ),
        gettext(
            "The reach starts at {reach}, an estimate for {year}. That is why the children at risk are counted in that year too. We "
            "suppose "
            "that the reach is the same in each municipality, and that it holds for children up to {limit}; the source does not say how "
            "each municipality drew the line of its target group.",
            reach=cite("reach_share_2020"),
            year=fact("reach_share_2020").period,
            limit=cite("du_key_income_limit"),
        ),
        gettext(
            "We start from all money being spent on children, because how much of it is spent on them is not known for the country. "
            "Municipalities need not spend it on this. From {count} municipalities we know both amounts for one year: they spent between "
            "{lowest} and {highest} percent of what they received. That is no sample.",
            count=len(spent),
            lowest=format_number(spent["spent_pct"].min(), 0),
            highest=format_number(spent["spent_pct"].max(), 0),
        ),
        gettext(
            "The reach counts children who were reached with provisions, not how much each of them got. The amount per child reached is "
            "a mean. "
            "Municipalities also spend other money on children in poverty, and that is not counted here."
        ),
    ]


def limits() -> list[str]:
    """Return how far the results may be trusted, in Markdown."""
    return [
        validation_sentence(),
        gettext(
            "The numbers of children are estimates. For {year} our estimate for the country is {excess} percent above the number of CBS; "
            "amounts per child are then about that much too low. For the shares of municipalities this matters little.",
            year="2021",
            excess=format_number(funding.estimate_excess_pct(), 0),
        ),
        gettext(
            "At the start of the evaluation, Bureau Bartels estimated that about {bartels} were at risk of poverty. Our estimate for "
            "{key_year} is about {ours}.",
            bartels=cite("bartels_children_at_risk_estimate"),
            key_year=str(fact("du_key_data_year").value),
            ours=format_number(round(_at_risk(fact("du_key_data_year").value), -2)),
        ),
        gettext(
            "All years are brought to the municipalities of 2025. In a small municipality a few children make a large difference; for "
            "Rozendaal the "
            "error of the percentage is not even known."
        ),
        gettext("The scenario says nothing about what the money did for children. Caribbean Netherlands is not part of it."),
    ]


def _at_risk(year: int) -> float:
    counts = funding.key_counts()
    return float(counts.loc[counts["year"] == year, "children_at_risk_count"].sum())


def readouts() -> list[Readout]:
    """Return the main results in sentences."""
    return [
        Readout(
            "spent_per_reached_child_eur",
            more=gettext("For each child reached {value} euros a year are spent, {difference} euros more than at the start."),
            less=gettext("For each child reached {value} euros a year are spent, {difference} euros less than at the start."),
            same=gettext("For each child reached {value} euros a year are spent, the same as at the start."),
            undefined=gettext("How much is spent for each child reached cannot be computed: no child is reached."),
        ),
        Readout(
            "children_reached_count",
            more=gettext("An estimated {value} children are reached, {difference} more than at the start."),
            less=gettext("An estimated {value} children are reached, {difference} fewer than at the start."),
            same=gettext("An estimated {value} children are reached, as many as at the start."),
            undefined=gettext("The number of children reached cannot be computed."),
        ),
        Readout(
            "elsewhere_eur",
            more=gettext(
                "If the money followed the children, {value} euros would be in another municipality, {difference} euros more than at "
                "the start."
            ),
            less=gettext(
                "If the money followed the children, {value} euros would be in another municipality, {difference} euros less than at "
                "the start."
            ),
            same=gettext("If the money followed the children, {value} euros would be in another municipality, the same as at the start."),
            undefined=gettext("How much money would be in another municipality cannot be computed."),
        ),
    ]


# Children at risk in the table municipal_child_poverty: 399,537 in 2013, 331,104 in 2020, 316,683 in 2021. All children: 3,473,869 in 2013.
# Haarlem (GM0392): 3,461 at risk in 2013 of 30,557 children, 2,968 at risk in 2020. Amsterdam (GM0363): 36,283 in 2013.
# Sums of elsewhere_eur were made by leading every municipality to 2025 with `data.names.successors`, not with `data.harmonise`.
KNOWN_ANSWERS: list[tuple[dict[str, object], dict[str, object]]] = [
    (
        {},
        {
            "spent_eur": 85_000_000,
            "children_reached_count": 268_194.24,
            "spent_per_reached_child_eur": 316.934_472_567,
            "elsewhere_eur": 3_199_128.365_738,
            "amount_eur": {"GM0392": 736_314.784_363, "GM0363": 85_000_000 * 36_283 / 399_537},
            "amount_per_child_eur": {"GM0392": 736_314.784_363 / 2_968},
            "amount_per_reached_child_eur": {"GM0392": 736_314.784_363 / (0.81 * 2_968)},
        },
    ),
    ({"key_year": 2020}, {"elsewhere_eur": 0, "amount_per_child_eur": {"GM0392": 85_000_000 / 331_104, "GM0363": 85_000_000 / 331_104}}),
    ({"risk_key_pct": 0}, {"elsewhere_eur": 16_257_920.535_088, "amount_eur": {"GM0392": 85_000_000 * 30_557 / 3_473_869}}),
    (
        {"risk_key_pct": 50},
        {"amount_eur": {"GM0392": 42_500_000 * 3_461 / 399_537 + 42_500_000 * 30_557 / 3_473_869}, "spent_eur": 85_000_000},
    ),
    ({"spent_pct": 70, "reach_pct": 100}, {"spent_eur": 59_500_000, "spent_per_reached_child_eur": 59_500_000 / 331_104}),
    ({"reach_pct": 43}, {"children_reached_count": 142_374.72, "spent_per_reached_child_eur": 85_000_000 / 142_374.72}),
    (
        {"reach_pct": 0},
        {"children_reached_count": 0, "spent_per_reached_child_eur": None, "amount_per_reached_child_eur": {"GM0392": None}},
    ),
    ({"budget_eur": 0}, {"spent_per_reached_child_eur": 0, "elsewhere_eur": 0, "amount_eur": {"GM0392": 0}}),
]
