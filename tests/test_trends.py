"""Changes are computed within one series, with the rounding of the figures in mind."""

from __future__ import annotations

import pandas as pd
import pytest

import data
from data import targets, trends
from data.comparison import HIGHER, LOWER
from data.language import gettext
from data.poverty_indicators import poverty_risk
from data.profile_text import direction
from widgets.halving_figures import claim_chart


def test_the_target_is_a_halving_at_four_and_a_half_percent_a_year():
    change = trends.Change(2015, 2030, 9.2, 4.6, 0)
    assert change.years == 15
    assert change.relative_pct == -50
    assert change.yearly_pct == pytest.approx(-4.5158, abs=1e-4)


@pytest.mark.parametrize(
    ("start", "end", "half_step", "verdict"),
    [(8.1, 4.1, 0.05, "unknown"), (8.1, 3.9, 0.05, "yes"), (8.1, 4.3, 0.05, "no"), (10, 5, 0, "no"), (113900, 54800, 100, "yes")],
)
def test_a_verdict_is_given_only_when_the_rounding_cannot_change_it(start, end, half_step, verdict):
    assert trends.Change(2018, 2023, start, end, half_step).verdict == verdict


def test_bounds_of_a_change_hold_every_value_that_the_rounding_allows():
    change = trends.Change(2018, 2023, 8.1, 4.1, 0.05)
    for start in (8.05, 8.1, 8.15):
        for end in (4.05, 4.1, 4.15):
            assert change.lowest_pct - 1e-9 <= 100 * (end / start - 1) <= change.highest_pct + 1e-9


def test_figures_of_different_vintages_cannot_be_compared_by_accident():
    with pytest.raises(ValueError, match="within one series"):
        trends.change_between(trends.national_series("poverty_line_2024"), "children_pct", 2023, 2024, 0.05)


def test_a_year_without_figure_is_named_with_the_years_that_have_one():
    series = trends.national_series("poverty_line_2024", "published_2025_12")
    with pytest.raises(KeyError, match="no figure for 1850; it has 2023, 2024"):
        trends.change_between(series, "children_pct", 1850, 2024, 0.05)


def test_an_unknown_measure_or_vintage_names_those_that_exist():
    with pytest.raises(KeyError, match="low_income"):
        trends.national_series("low_incom")
    with pytest.raises(KeyError, match="published_2024_10"):
        trends.national_series("poverty_line_2024", "published_2024_11")


def test_five_provinces_add_up_to_the_published_sums():
    frame = trends.five_provinces_low_income().set_index("year")
    assert frame.loc[2011, "low_income_count"] == 125900
    assert frame.loc[2022, "low_income_count"] == 77100
    assert frame.loc[2022, "children_count"] == 1553900
    assert round(float(frame.loc[2014, "low_income_pct"]), 2) == 9.30


def test_families_are_couples_and_single_parents_with_only_minor_children():
    frame = trends.families_low_income().set_index("year")
    household = data.table("household_low_income")
    rows = household[
        (household["year"] == 2018) & (household["threshold"] == "low_income") & (household["duration"] == "at_least_1_year")
    ].set_index("household_type")["households_count"]
    expected = rows["couple_all_children_under_18"] + rows["single_parent_all_children_under_18"]
    assert frame.loc[2018, "households_count"] == expected == 113900
    assert frame.index.max() == 2023


def test_the_weighted_municipal_share_is_near_the_published_national_one():
    frame = trends.national_poverty_risk().set_index("year")["poverty_risk_120_pct"]
    published = trends.national_series("poverty_risk_120").set_index("year")["children_pct"][2021]
    assert published == 9.4
    assert abs(frame[2021] - published) < 0.15


def test_the_claim_of_2025_has_known_verdicts():
    claim = trends.claim_check(5)
    assert claim["series"].is_unique
    assert claim["verdict_id"].tolist() == [
        "yes", "yes", "not_testable", "not_testable", "no", "yes", "no", "yes", "no", "no", "not_testable",
    ]  # fmt: skip
    assert claim.loc[0, ["period", "figures", "change"]].tolist() == [
        "2018 tot en met 2023",
        "van 8,6 naar 3,6 procent van de kinderen",
        "-58 procent",
    ]
    assert claim.loc[5, "figures"] == "van 113.900 naar 54.800 gezinnen"


def test_a_sum_of_two_numbers_in_hundreds_is_uncertain_by_a_hundred(monkeypatch):
    asked = {}
    monkeypatch.setattr(trends, "latest_change", lambda frame, column, years, half_step: asked.setdefault(column, half_step) and None)
    trends.claim_check(5)
    assert asked["households_count"] == 100
    assert asked["children_pct"] == 0.05


def test_no_vintage_of_the_chart_is_joined_across_publications():
    frame = trends.low_income_groups()
    assert frame.equals(frame.sort_values(["joined", "group", "year"], ascending=[False, True, True], ignore_index=True))
    joined = frame[frame["joined"]]
    assert (joined.groupby("group")["vintage"].nunique() == 1).all()
    assert set(joined["vintage"]) == {"revised_2023", "statline_2025_06"}
    assert set(frame["measure"]) == {"low_income"}


def test_a_difference_within_the_errors_is_no_difference():
    frame = pd.DataFrame(
        {
            "municipality_code": ["A", "A", "B", "B", "C", "C", "D", "D"],
            "year": [2011, 2021] * 4,
            "pct": [5.0, 4.9, 5.0, 4.0, 5.0, 6.0, 5.0, 1.0],
            "error_max_pct": [0.3, 0.0, 0.3, 0.0, 0.3, 0.0, None, 0.0],
        }
    )
    assert trends.municipal_direction(frame, "pct", 2011, 2021) == {"fell": 1, "rose": 1, "undecided": 2, "all": 4}


def test_a_difference_as_large_as_the_errors_may_be_none():
    frame = pd.DataFrame(
        {"municipality_code": ["A", "A", "B", "B"], "year": [2011, 2021] * 2, "pct": [5.0, 4.5, 5.0, 5.5], "error_max_pct": [0.5, 0.0] * 2}
    )
    assert trends.municipal_direction(frame, "pct", 2011, 2021) == {"fell": 0, "rose": 0, "undecided": 2, "all": 2}


@pytest.mark.parametrize(("start", "fell", "rose"), [(2011, 216, 57), (2014, 285, 14)])
def test_municipalities_are_counted_with_the_error_that_their_pages_have(start, fell, rose):
    frame = poverty_risk()
    counted = trends.municipal_direction(frame, "poverty_risk_120_pct", start, 2021)
    assert (counted["fell"], counted["rose"], counted["all"]) == (fell, rose, 342)
    by_year = {year: rows.set_index("municipality_code") for year, rows in frame.groupby("year")}
    columns = ["poverty_risk_120_pct", "error_max_pct"]
    pairs = zip(by_year[start][columns].to_numpy(float), by_year[2021].loc[by_year[start].index, columns].to_numpy(float), strict=True)
    found = [direction(*first, *last) for first, last in pairs]
    assert (found.count(LOWER), found.count(HIGHER)) == (fell, rose)


def test_the_standing_of_a_target_names_second_hand_and_forecast_and_never_sets_the_new_line_against_a_target():
    rows = targets.standing()
    assert list(rows["figure"]) == ["5,2 procent in 2022", "4,1 procent in 2023", "4,6 procent in 2025", "2,8 procent in 2024"]
    assert list(rows["met"]) == [
        "nog niet", "ja, als dit cijfer klopt", "niet te weten: een raming is geen meting", "niet van toepassing",
    ]  # fmt: skip
    assert rows["target"].iloc[3] == "geen doel"


def test_children_behind_a_share_are_an_estimate_from_the_published_number_of_the_last_year():
    assert targets.children_behind_pct("poverty_line_2024", 2018) == pytest.approx(115_000 / 3.6 * 8.6)
    assert targets.children_behind_pct("low_income", 2022) == pytest.approx(165_000)


def test_the_chart_of_the_claim_draws_what_can_be_tested_and_its_table_has_every_series():
    chart = claim_chart(5)
    drawn = [x for trace in chart.plot.data if trace.mode == "markers" for x in trace.x]
    assert len(drawn) == (chart.table["verdict_id"] != "not_testable").sum()
    assert len(chart.table) == len(trends.claim_check(5))
    for trace in chart.plot.data:
        if trace.name == gettext("more than halved"):
            assert all(x + error < trends.HALVED_PCT for x, error in zip(trace.x, trace.error_x.array, strict=True))
