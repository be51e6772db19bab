"""Measures of poverty stand beside each other, never in one series."""

from __future__ import annotations

import pytest

import data
from data import poverty_measures


def test_every_measure_has_its_row_and_says_so_when_the_sources_have_no_amount():
    overview = poverty_measures.overview()
    assert len(overview) == 5
    assert overview["measure"].is_unique
    assert not overview.isna().any().any()
    assert "2.300" in overview.loc[0, "amount"]
    assert "2.535" in overview.loc[2, "amount"]
    assert list(overview.loc[4, ["amount", "share"]]) == ["niet in onze bronnen"] * 2


def test_the_amounts_of_2016_are_those_of_the_letter_of_2018():
    amounts = poverty_measures.low_income_line()
    of_2016 = amounts[amounts["year"] == 2016].set_index("household")["amount_eur_per_month"].to_dict()
    assert of_2016 == {
        "alleenstaande": 1030,
        "paar zonder kinderen": 1410,
        "paar met twee minderjarige kinderen": 1940,
        "eenoudergezin met twee minderjarige kinderen": 1560,
    }


def test_line_amounts_have_one_value_per_measure_household_and_year():
    assert not poverty_measures.line_amounts().duplicated(["measure", "household", "year"]).any()


def test_the_latest_amount_of_each_household_is_kept():
    amounts = poverty_measures.line_amounts()
    latest = poverty_measures.latest_line_amounts()
    assert not latest.duplicated(["measure", "household"]).any()
    assert dict(zip(zip(latest["measure"], latest["household"], strict=True), latest["year"], strict=True)) == (
        amounts.groupby(["measure", "household"])["year"].max().to_dict()
    )


def test_published_figures_keep_measures_and_publications_apart_and_leave_estimates_out():
    figures = poverty_measures.published_figures()
    assert figures["year"].min() >= poverty_measures.FIRST_YEAR
    assert not figures["measure_nl"].str.contains("CPB").any()
    assert not figures.duplicated(["year", "measure_nl", "children_pct", "children_count"]).any()
    assert set(figures.loc[figures["year"] == 2023, "children_pct"]) == {4.1, 3.6, 2.8}


def test_a_share_is_that_of_one_publication():
    assert poverty_measures.share_in("poverty_line_2024", "published_2024_10", 2023) == 3.6
    assert (
        poverty_measures.share_in("poverty_line_2024", "published_2025_12", 2023) == data.fact("new_children_share_nl_2023_revised").value
    )
    with pytest.raises(KeyError, match="2018"):
        poverty_measures.share_in("poverty_line_2024", "published_2025_12", 2018)


def test_the_share_up_to_150_percent_is_the_mean_of_the_published_percentages_weighted_by_children():
    from data.income_limits import children_up_to_150_pct

    frame = data.table("municipal_low_income").query("year == 2022").dropna(subset=["up_to_150_pct", "children_count"])
    mean = float((frame["up_to_150_pct"] * frame["children_count"]).sum() / frame["children_count"].sum())
    assert children_up_to_150_pct(2022) == pytest.approx(mean, abs=0.1)
