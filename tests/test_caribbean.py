"""Households on the islands, and that nothing about children or other years is made of them."""

from __future__ import annotations

from data import caribbean, measure_lists
from data.facts import fact
from data.package import table


def test_households_are_those_of_the_cited_figures():
    frame = caribbean.benchmark_households().set_index("island")
    assert frame.loc["Bonaire", "households_pct"] == fact("benchmark_households_share_bonaire_2022").value == 24
    assert frame.loc["Saba", "households_count"] == 150
    assert (frame["households_125_pct"] > frame["households_pct"]).all()
    assert (frame["households_count"] % 50 == 0).all()


def test_every_measure_about_the_islands_is_in_the_list():
    measures = table("measures")
    about = measures["title_nl"].str.contains("Caribisch") | measures["measure_id"].str.startswith("cn_")
    assert sorted(measures.loc[about, "measure_id"]) == sorted(measure_lists.CARIBBEAN_MEASURES)
    assert measure_lists.measures_count() == len(measures)
