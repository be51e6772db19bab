"""Who grows up in poverty: each function keeps to one measure and one publication."""

from __future__ import annotations

import pytest

import data
from data import growing_up


def test_the_middle_municipality_lies_between_the_tenths_in_every_year():
    municipal = data.harmonise(data.table("municipal_child_poverty"))
    spread = growing_up.municipal_spread(municipal, "poverty_risk_120_pct")
    high, middle, low = (rows.set_index("year")["poverty_risk_120_pct"] for _, rows in spread.groupby("place", sort=False))
    assert list(high.index) == list(range(2011, 2022))
    assert (low < middle).all()
    assert (middle < high).all()
    of_2021 = municipal.loc[municipal["year"] == 2021, "poverty_risk_120_pct"]
    assert 0.08 <= (of_2021 > high[2021]).mean() <= 0.1


def test_provinces_stand_from_high_to_low_with_the_country_last():
    provinces = growing_up.provinces_low_income()
    assert len(provinces) == 13
    assert provinces["region_name"].iloc[-1] == "Nederland"
    assert provinces["2017"].iloc[:-1].is_monotonic_decreasing
    assert provinces["2017"].iloc[-1] == data.fact("low_income_children_share_nl_2017").value
    assert (provinces["2017"] - provinces["2011"] - provinces["change_points"]).abs().max() < 1e-9


def test_families_are_those_of_one_table():
    families = growing_up.household_types().set_index("household_type_nl")
    single = families.loc["Eenoudergezin met alleen minderjarige kinderen"]
    assert (single["2011"], single["2023"], single["long_term_pct"], single["households_count"]) == (22.3, 6.5, 1.4, 18200)
    assert len(families) == len(growing_up.FAMILY_TYPES)


def test_the_share_of_single_parents_is_computed_from_two_numbers():
    assert growing_up.children_of_single_parents_pct(2018) == pytest.approx(100 * 113 / 260)
    with pytest.raises(KeyError):
        growing_up.children_of_single_parents_pct(2012)


def test_long_term_figures_are_joined_only_within_one_publication():
    groups = growing_up.long_term_groups()
    assert groups.groupby("vintage_nl")["joined"].nunique().max() == 1
    assert not groups.loc[groups["vintage_nl"].str.startswith("Eerste publicatie"), "joined"].any()
    assert groups["year"].min() == 2011


def test_children_on_social_assistance_come_from_one_publication():
    children = growing_up.children_on_social_assistance()
    assert list(children["year"]) == list(range(2011, 2023))
    assert children["vintage_nl"].nunique() == 1
    assert children["children_count"].iloc[-1] == data.fact("children_social_assistance_nl_2022").value
