"""A verdict on a goal follows from figures of its own measure, and from nothing else."""

from __future__ import annotations

import dataclasses

import pandas as pd
import pytest

from data import ambitions
from data.facts import fact
from data.package import table
from data.targets import target_series
from data.trends import HALF_HUNDRED

TODAY = fact("questions_submitted_year").value


@pytest.mark.parametrize(
    ("counts", "verdict"),
    [
        ([1000, 800, 500], "met"),
        ([1000, 800, 900], "unknown"),
        ([1000, 900, 1200], "not_met"),
        ([1000, 960], "unknown"),
        ([1000, 750, 600, 1050], "not_met"),
        ([1000, 949], "met"),
        ([1000, 950], "unknown"),
        ([1000, 1049], "unknown"),
        ([1000, 1050], "not_met"),
        ([1000], "unknown"),
        ([], "unknown"),
    ],
)
def test_a_trend_falls_only_when_rounding_cannot_explain_it(counts, verdict):
    assert ambitions.trend_verdict(pd.Series(counts), half_step=25) == verdict


@pytest.mark.parametrize(("reached", "verdict"), [(None, "unknown"), (100, "met"), (99.9, "not_met")])
def test_a_target_for_reach_is_met_from_its_own_figure_on(reached, verdict):
    assert ambitions.reach_verdict(reached, 100) == verdict


@pytest.mark.parametrize("group", ["social_assistance", "working_parents"])
def test_nobody_measured_the_reach_of_a_group(group):
    assert table("reach")["series"].eq(f"children_reached_{group}").any()
    assert ambitions.reached_pct(group) is None


def test_a_target_of_a_later_year_is_too_early_and_one_without_figure_unknown():
    targets = target_series()
    assert ambitions.target_verdict(targets["low_income"], TODAY) == "too_early"
    assert ambitions.target_verdict(targets["scp_line"], TODAY - 1) == "too_early"
    assert ambitions.target_verdict(targets["scp_line"], TODAY) == "unknown"


@pytest.mark.parametrize(("target", "verdict"), [(5.2, "met"), (5.1, "not_met")])
def test_a_target_is_held_against_the_measured_figure_of_its_year(target, verdict):
    series = dataclasses.replace(target_series()["low_income"], target_year=2022, target_pct=target)
    assert ambitions.target_verdict(series, TODAY) == verdict


def test_a_projection_never_decides_a_target():
    series = dataclasses.replace(target_series()["scp_line"], target_year=2024, target_pct=100.0)
    assert ambitions.target_verdict(series, TODAY) == "unknown"


def test_an_announced_report_has_not_appeared_and_one_report_is_not_periodic():
    assert ambitions.report_years("insight") == [2021]
    assert ambitions.report_years("examples") == []
    assert ambitions.periodic_verdict([2021]) == "unknown"
    assert ambitions.periodic_verdict([2021, 2023]) == "met"


def test_the_score_card_says_what_the_figures_say():
    card = ambitions.scorecard()
    assert card.notna().all(axis=None)
    assert card["verdict_id"].tolist() == ["unknown", "unknown", "met", "too_early", "unknown", "unknown", "unknown"]
    families = ambitions.families_since_ambitions()
    assert families["year"].iloc[0] == fact("ambitions_year").value
    assert (families["households_count"].diff().dropna() < -4 * HALF_HUNDRED).all()
    assert "135.700" in card["evidence"].iloc[2]
    assert "75.300" in card["evidence"].iloc[2]
    assert "5,2 procent in 2022. Over 2023 is er alleen" in card["evidence"].iloc[3]
    assert "tweede hand: 4,1 procent" in card["evidence"].iloc[3]


def test_one_goal_is_met_and_of_most_it_cannot_be_known():
    verdicts = ambitions.scorecard()["verdict_id"].value_counts()
    assert verdicts["met"] == 1
    assert verdicts["unknown"] > len(ambitions.scorecard()) / 2
    assert set(verdicts.index) <= set(ambitions.verdict_words())


def test_the_halving_of_the_ambitions_and_of_the_later_cabinet_stay_apart():
    card = ambitions.scorecard().set_index("when")
    assert "4,6" in card.loc["2030", "goal"]
    assert "4,5" in card.loc["2025", "goal"]
    assert "2019" in card.loc["2025", "origin"]
    assert card.loc["2030", "source"] != card.loc["2025", "source"]
