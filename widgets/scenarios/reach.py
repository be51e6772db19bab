"""Bereik en Sam&: what reach in two groups of children comes down to, and where the growth of Sam& would lead.

The letter of 2021 gives one reach, 81% in 2020, and two ambitions, 100% and 70%. Municipalities could not say what the reach in each
group was, so this scenario shows every combination that gives the same total.
"""

from __future__ import annotations

import pandas as pd

from data import reach
from data.facts import fact
from data.language import format_number, gettext
from widgets.controls import Range, Readout
from widgets.model import Model, Quantity
from widgets.scenarios.wording import cite, cite_number

GROUP_CONTROLS = ("assistance_share_pct", "reach_assistance_pct", "reach_working_pct", "measured_reach_pct")
GROUP_OUTCOMES = [
    "overall_reach_pct",
    "children_reached_count",
    "children_not_reached_count",
    "lowest_assistance_pct",
    "lowest_working_pct",
]
GROUP_READOUTS = ("overall_reach_pct", "lowest_working_pct")
SERVICE_OUTCOMES = ["services_reached_year", "services_growth_pct", "subsidy_per_service_eur", "subsidy_per_extra_service_eur"]
OUTCOMES = [*GROUP_OUTCOMES, *SERVICE_OUTCOMES]
POSITIONS = range(0, 101, 2)
YEARS = 17

MODEL = Model(
    "reach",
    inputs=[
        Quantity("target_group_count", gettext("children in the target group"), "child"),
        Quantity("assistance_share_pct", gettext("part with parents on social assistance"), "percent"),
        Quantity("reach_assistance_pct", gettext("reach with parents on social assistance"), "percent"),
        Quantity("reach_working_pct", gettext("reach with working parents"), "percent"),
        Quantity("measured_reach_pct", gettext("overall reach of the line"), "percent"),
        Quantity("services_first_year", gettext("first year with a number of services"), "year"),
        Quantity("services_first_count", gettext("services in the first year"), "service/year"),
        Quantity("services_last_year", gettext("last year with a number of services"), "year"),
        Quantity("services_last_count", gettext("services in the last year"), "service/year"),
        Quantity("growth_pct", gettext("growth of the services per year"), "percent", decimals=1),
        Quantity("target_services_count", gettext("services to reach"), "service/year"),
        Quantity("subsidy_eur", gettext("subsidy to the four organisations"), "eur/year"),
    ],
    columns={
        "position": [Quantity("position_pct", gettext("place on the line"), "percent")],
        "year": [Quantity("elapsed_years", gettext("years after the last number of services"), "year")],
    },
    equations=[
        (
            Quantity("assistance_children_count", gettext("children with parents on social assistance"), "child"),
            "share(assistance_share_pct)*target_group_count",
        ),
        (
            Quantity("working_children_count", gettext("children of working parents"), "child"),
            "target_group_count - assistance_children_count",
        ),
        (
            Quantity("children_reached_count", gettext("children reached"), "child", decimals=-2),
            "share(reach_assistance_pct)*assistance_children_count + share(reach_working_pct)*working_children_count",
        ),
        (
            Quantity("children_not_reached_count", gettext("children not reached"), "child", decimals=-2),
            "target_group_count - children_reached_count",
        ),
        (
            Quantity("overall_reach_pct", gettext("overall reach"), "percent", decimals=1),
            "percent(children_reached_count/target_group_count)",
        ),
        (
            Quantity("lowest_assistance_pct", gettext("lowest possible reach with social assistance"), "percent"),
            "percent(maximum(0, 1 - (1 - share(measured_reach_pct))/share(assistance_share_pct)))",
        ),
        (
            Quantity("highest_assistance_pct", gettext("highest possible reach with social assistance"), "percent"),
            "percent(minimum(1, share(measured_reach_pct)/share(assistance_share_pct)))",
        ),
        (
            Quantity("lowest_working_pct", gettext("lowest possible reach with working parents"), "percent"),
            "percent(maximum(0, 1 - (1 - share(measured_reach_pct))/(1 - share(assistance_share_pct))))",
        ),
        (
            Quantity("highest_working_pct", gettext("highest possible reach with working parents"), "percent"),
            "percent(minimum(1, share(measured_reach_pct)/(1 - share(assistance_share_pct))))",
        ),
        (
            Quantity("line_assistance_pct", gettext("reach with social assistance on the line"), "percent", decimals=1),
            "lowest_assistance_pct + (highest_assistance_pct - lowest_assistance_pct)*share(position_pct)",
        ),
        (
            Quantity("line_working_pct", gettext("reach with working parents on the line"), "percent", decimals=1),
            "percent((share(measured_reach_pct) - share(assistance_share_pct)*share(line_assistance_pct))/(1 - "
            "share(assistance_share_pct)))",
        ),
        (
            Quantity("services_growth_pct", gettext("growth per year between the two numbers"), "percent", decimals=1),
            "percent((services_last_count/services_first_count)**(1/(services_last_year - services_first_year)) - 1)",
        ),
        (
            Quantity("services_reached_year", gettext("year in which the services are reached"), "year"),
            "services_last_year + years_until(services_last_count, target_services_count, 1 + share(growth_pct))",
        ),
        (Quantity("subsidy_per_service_eur", gettext("subsidy per service"), "eur/service"), "subsidy_eur/services_last_count"),
        (
            Quantity("subsidy_per_extra_service_eur", gettext("subsidy per extra service"), "eur/service"),
            "subsidy_eur/(services_last_count - services_first_count)",
        ),
        (Quantity("calendar_year", gettext("calendar year"), "year"), "services_last_year + elapsed_years"),
        (
            Quantity("services_path_count", gettext("services at this growth"), "service/year"),
            "services_last_count*(1 + share(growth_pct))**elapsed_years",
        ),
    ],
    axis_labels={"position": gettext("places on the line"), "year": gettext("years")},
)


def controls() -> list[Range]:
    """Return what the reader sets."""
    return [
        Range(
            "assistance_share_pct",
            key="bijstand",
            minimum=5,
            maximum=95,
            step=1,
            default=round(reach.assistance_share_pct()),
            source="children_social_assistance_nl_2021",
        ),
        Range(
            "reach_assistance_pct",
            key="bereik-bijstand",
            minimum=0,
            maximum=100,
            step=1,
            default=fact("reach_target_welfare_children").value,
            source="reach_target_welfare_children",
        ),
        Range(
            "reach_working_pct",
            key="bereik-werkend",
            minimum=0,
            maximum=100,
            step=1,
            default=fact("reach_target_working_children").value,
            source="reach_target_working_children",
        ),
        Range(
            "measured_reach_pct",
            key="gemeten",
            minimum=0,
            maximum=100,
            step=1,
            default=fact("reach_share_2020").value,
            source="reach_share_2020",
        ),
        Range(
            "growth_pct",
            key="groei",
            minimum=0,
            maximum=30,
            step=0.1,
            default=round(reach.services_growth().yearly_pct, 1),
            source="sam_services_2019",
        ),
        Range(
            "target_services_count",
            key="voorzieningen",
            minimum=400_000,
            maximum=1_000_000,
            step=1_000,
            default=reach.planned_services_count(),
            source="sam_extra_services_aim",
        ),
        Range(
            "subsidy_eur",
            key="subsidie",
            minimum=0,
            maximum=20_000_000,
            step=500_000,
            default=fact("charity_partners_subsidy").value,
            source="charity_partners_subsidy",
        ),
    ]


def constants() -> dict[str, float]:
    """Return the inputs that the reader does not set: the size of the target group and the two numbers of services."""
    growth = reach.services_growth()
    return {
        "target_group_count": reach.target_group_count(),
        "services_first_year": growth.start_year,
        "services_first_count": growth.start,
        "services_last_year": growth.end_year,
        "services_last_count": growth.end,
    }


def columns() -> dict[str, pd.DataFrame]:
    """Return the places on the line of combinations, and the years of the growth of Sam&."""
    return {
        "position": pd.DataFrame({"place": list(POSITIONS), "position_pct": [float(position) for position in POSITIONS]}),
        "year": pd.DataFrame({"elapsed": list(range(YEARS)), "elapsed_years": [float(years) for years in range(YEARS)]}),
    }


def assumptions() -> list[str]:
    """Return what the scenario supposes, in Markdown."""
    growth = reach.services_growth()
    return [
        gettext(
            "The two ambitions are for {year}: reach {welfare} of the children with parents on social assistance and {working} of the "
            "children of "
            "working parents with a low income. The reach that was found is one number: an estimated {reach} in {found}.",
            year=cite("reach_target_year"),
            welfare=cite("reach_target_welfare_children"),
            working=cite("reach_target_working_children"),
            reach=cite("reach_share_2020"),
            found=fact("reach_share_2020").period,
        ),
        gettext(
            "How the target group is divided is not in the letters. We start from {share} percent with parents on social assistance: in "
            "{year} "
            "{assistance} had at least one parent on social assistance at the end of the year, and CBS counted {group} children in a "
            "household with an "
            "income up to {limit}. The two come from different statistics. We suppose that all children of the first group belong to "
            "the second.",
            share=format_number(reach.assistance_share_pct(), 0),
            year=fact("children_social_assistance_nl_2021").period,
            assistance=cite("children_social_assistance_nl_2021"),
            group=format_number(reach.target_group_count()),
            limit=cite("du_key_income_limit"),
        ),
        gettext(
            "All other children are called children of working parents here. Some of their parents can have another benefit, a pension or "
            "no income. The sources do not say how many."
        ),
        gettext(
            "Each point of the line gives the same overall reach. The sources do not say which point is true: municipalities say that "
            "they reach "
            "more children from families on social assistance, but could not show it with figures."
        ),
        gettext(
            "Sam& gave {first} services in {first_year} and {last} in {last_year}. As an equal growth every year that is {pace} percent "
            "a year. "
            "The years between are not in the letter.",
            first=cite_number("sam_services_2016"),
            first_year=str(growth.start_year),
            last=cite_number("sam_services_2019"),
            last_year=str(growth.end_year),
            pace=format_number(growth.yearly_pct, 1),
        ),
        gettext(
            "The level to reach starts at {planned} services: those of {first_year} and the over {aim} extra services that were "
            "planned. We read the plan as a number "
            "per year at the end of the period; the source does not say so.",
            planned=format_number(reach.planned_services_count()),
            first_year=str(growth.start_year),
            aim=cite_number("sam_extra_services_aim"),
        ),
    ]


def limits() -> list[str]:
    """Return how far the results may be trusted, in Markdown."""
    return [
        gettext(
            "A service is not a child: one child can get several services. Services and reach may not be added or divided by each other."
        ),
        gettext(
            "The subsidy per service is not the price of a service: Sam& also has other money, such as a gift of {gift} in {gift_year}. "
            "The subsidy per extra service "
            "supposes that the whole growth came from the subsidy; whether that is so was not measured.",
            gift=cite("sam_postcode_loterij_gift"),
            gift_year=fact("sam_postcode_loterij_gift").period,
        ),
        gettext(
            "After {year} the growth is carried on as if nothing changes. That is a sum, not an expectation: it rests on two numbers, "
            "and the corona "
            "years came after them.",
            year=str(reach.services_growth().end_year),
        ),
        gettext(
            "With another line for the target group the division is different. With the low-income threshold of CBS this sum cannot be "
            "made: in {year} more children "
            "had a parent on social assistance than lived below that threshold ({low_income}).",
            year=fact("children_social_assistance_nl_2021").period,
            low_income=cite("low_income_children_nl_2021_revised"),
        ),
    ]


def readouts() -> list[Readout]:
    """Return the main results in sentences."""
    return [
        Readout(
            "overall_reach_pct",
            more=gettext("Together that is {value} percent of the target group, {difference} percentage points more than at the start."),
            less=gettext("Together that is {value} percent of the target group, {difference} percentage points less than at the start."),
            same=gettext("Together that is {value} percent of the target group, the same as at the start."),
            undefined=gettext("The overall reach cannot be computed."),
        ),
        Readout(
            "lowest_working_pct",
            more=gettext(
                "To get the overall reach of the line, at least {value} percent of the children of working parents must have been reached, "
                "{difference} percentage points more than at the start."
            ),
            less=gettext(
                "To get the overall reach of the line, at least {value} percent of the children of working parents must have been reached, "
                "{difference} percentage points less than at the start."
            ),
            same=gettext(
                "To get the overall reach of the line, at least {value} percent of the children of working parents must have been reached."
            ),
            undefined=gettext("The lowest possible reach with working parents cannot be computed."),
        ),
        Readout(
            "services_reached_year",
            more=gettext("At this growth Sam& reaches the level around {value}, {difference} years later than at the start."),
            less=gettext("At this growth Sam& reaches the level around {value}, {difference} years earlier than at the start."),
            same=gettext("At this growth Sam& reaches the level around {value}."),
            undefined=gettext("Without growth Sam& does not reach this level."),
        ),
    ]


# 67 percent of 299,300 children is 200,531; the other 98,769 are called children of working parents.
# Services: 398,170 / 264,000 = 1.508220 in three years. At 14.7 percent a year 564,000 is passed between 2021 (523,836) and 2022 (600,840).
KNOWN_ANSWERS: list[tuple[dict[str, object], dict[str, object]]] = [
    (
        {},
        {
            "children_reached_count": 200_531 + 69_138.3,
            "children_not_reached_count": 29_630.7,
            "overall_reach_pct": 90.1,
            "lowest_working_pct": 14 / 33 * 100,
            "lowest_assistance_pct": 48 / 67 * 100,
            "highest_assistance_pct": 100,
            "highest_working_pct": 100,
            "services_growth_pct": 14.680_136_910,
            "services_reached_year": 2_021.538_648_287,
            "subsidy_per_service_eur": 25.114_900_671,
            "subsidy_per_extra_service_eur": 10_000_000 / 134_170,
            "services_path_count": {0: 398_170, 1: 456_700.99, 2: 523_836.035_53},
            "line_working_pct": {0: 100, 100: 14 / 33 * 100},
        },
    ),
    ({"reach_assistance_pct": 81, "reach_working_pct": 81}, {"overall_reach_pct": 81}),
    (
        {"assistance_share_pct": 50, "reach_assistance_pct": 100, "reach_working_pct": 62},
        {"overall_reach_pct": 81, "lowest_working_pct": 62},
    ),
    (
        {"measured_reach_pct": 43},
        {"lowest_working_pct": 0, "lowest_assistance_pct": 10 / 67 * 100, "highest_assistance_pct": 43 / 67 * 100},
    ),
    ({"measured_reach_pct": 100}, {"lowest_working_pct": 100, "lowest_assistance_pct": 100}),
    ({"growth_pct": 0}, {"services_reached_year": None, "services_path_count": {16: 398_170}}),
    ({"growth_pct": 10, "target_services_count": 481_785.7}, {"services_reached_year": 2_021}),
    ({"subsidy_eur": 0}, {"subsidy_per_service_eur": 0}),
]
