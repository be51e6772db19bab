"""The scenarios give known answers, their defaults are those of their sources, and their words state cited figures."""

from __future__ import annotations

import csv
import re
from types import ModuleType

import numpy as np
import pytest

import data
from data import funding as funding_data
from data import income_limits, reach, targets
from data.facts import fact, states
from data.package import DATA_FOLDER
from widgets.controls import Choice, Range
from widgets.scenarios import SCENARIOS, funding, halving, sliding_scale
from widgets.scenarios import reach as reach_scenario
from widgets.scenarios.explorers import halving_explorer

CITATION = re.compile(r"\[([^\]]+)\]\(bron:(\w+)\)")
COMPUTED_DEFAULTS = {
    "risk_key_pct": 100,
    "assistance_share_pct": 67,
    "growth_pct": 14.7,
    "target_services_count": 564_000,
    "series": "low_income",
    "reduction_pct": 50,
    "pace_pct": 4.5,
    "support_eur": 213,
}
CASES = [(name, number) for name, scenario in SCENARIOS.items() for number in range(len(scenario.KNOWN_ANSWERS))]


def given(scenario: ModuleType, settings: dict) -> dict:
    """Return a value for every input and column of a scenario's model."""
    chosen = {control.name: control.default for control in scenario.controls()} | settings
    values = dict(chosen)
    for name, value in scenario.constants().items():
        values[name] = value["values"][chosen[value["by"]]] if isinstance(value, dict) else value
    for frame in scenario.columns().values():
        rows = frame
        for control in scenario.controls():
            if control.name in frame:
                rows = rows[rows[control.name] == chosen[control.name]]
        values |= {name: rows[name].to_numpy() for name in rows}
    model = scenario.MODEL
    return {name: values[name] for name in model.axes}


def compute(scenario: ModuleType, **settings: object) -> dict:
    return scenario.MODEL.compute(given(scenario, settings), undefined=True)


def places(scenario: ModuleType, axis: str) -> list:
    frame = scenario.columns()[axis]
    return list(dict.fromkeys(frame[frame.columns[0]]))


@pytest.mark.parametrize(("name", "number"), CASES)
def test_known_answers(name, number):
    scenario = SCENARIOS[name]
    settings, expected = scenario.KNOWN_ANSWERS[number]
    results = compute(scenario, **settings)
    for result, answer in expected.items():
        if isinstance(answer, dict):
            values = dict(zip(places(scenario, scenario.MODEL.axis(result)), results[result], strict=True))
            pairs = [(values[place], one) for place, one in answer.items()]
        else:
            pairs = [(results[result], answer)]
        for value, one in pairs:
            if one is None:
                assert np.isnan(value), result
            else:
                assert value == pytest.approx(one, rel=1e-9, abs=1e-6), result


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_declared_name_is_a_single_result_with_its_sentences(name):
    scenario = SCENARIOS[name]
    for result in [*scenario.OUTCOMES, *(readout.name for readout in scenario.readouts())]:
        assert result in scenario.MODEL.parsed
        assert scenario.MODEL.axis(result) is None
    for readout in scenario.readouts():
        for form in (readout.more, readout.less, readout.same):
            assert "{value}" in form
            assert set(re.findall(r"\{(\w+)\}", form)) <= {"value", "difference", "baseline"}
        assert "{difference}" in readout.more
        assert "{difference}" in readout.less
        assert "{" not in readout.undefined


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_control_sets_something_and_has_a_key_of_its_own(name):
    scenario = SCENARIOS[name]
    controls = scenario.controls()
    assert len({control.key for control in controls}) == len(controls)
    inputs = {quantity.name for quantity in scenario.MODEL.inputs}
    selected = {column for frame in scenario.columns().values() for column in frame.columns}
    selected |= {value["by"] for value in scenario.constants().values() if isinstance(value, dict)}
    for control in controls:
        assert control.name in inputs | selected
        if isinstance(control, Range):
            steps = (control.default - control.minimum) / control.step
            assert steps == pytest.approx(round(steps), abs=1e-6), control.name
        else:
            assert isinstance(control, Choice)
            assert control.label


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_option_gives_as_many_places(name):
    scenario = SCENARIOS[name]
    for control in scenario.controls():
        for frame in scenario.columns().values():
            if control.name in frame:
                assert set(frame[control.name]) == set(control.options)
                assert frame.groupby(control.name).size().nunique() == 1


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_setting_at_the_edge_of_its_range_is_computed_or_undefined(name):
    scenario = SCENARIOS[name]
    for control in scenario.controls():
        edges = control.options if isinstance(control, Choice) else (control.minimum, control.maximum)
        for edge in edges:
            results = compute(scenario, **{control.name: edge})
            assert not any(np.isinf(value).any() for value in results.values())


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_citation_states_its_figure(name):
    texts = [*SCENARIOS[name].assumptions(), *SCENARIOS[name].limits()]
    citations = [citation for text in texts for citation in CITATION.findall(text)]
    assert citations
    assert all(states(fact(fact_id), words) for words, fact_id in citations)
    assert not any(re.search(r"\{\w+\}", text) for text in texts)


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_default_is_the_figure_of_its_source_or_computed_from_it(name):
    for control in SCENARIOS[name].controls():
        if control.source is not None and control.name not in COMPUTED_DEFAULTS:
            assert control.default == fact(control.source).value, control.name


def test_computed_defaults_are_known():
    defaults = {control.name: control.default for scenario in SCENARIOS.values() for control in scenario.controls()}
    assert {name: defaults[name] for name in COMPUTED_DEFAULTS} == COMPUTED_DEFAULTS


def test_the_shares_of_the_municipalities_add_up_to_the_budget():
    for key in (0, 35, 100):
        assert compute(funding, risk_key_pct=key)["amount_eur"].sum() == pytest.approx(85_000_000)


def test_more_reach_never_raises_the_euros_per_child_reached():
    amounts = [compute(funding, reach_pct=reached)["spent_per_reached_child_eur"] for reached in range(1, 101, 9)]
    assert amounts == sorted(amounts, reverse=True)


def test_the_key_counts_the_children_of_the_table_in_every_year():
    with (DATA_FOLDER / "tables" / "municipal_child_poverty.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    counts = funding_data.key_counts().groupby("year")["children_at_risk_count"].sum()
    for year in range(2011, 2022):
        total = sum(int(row["poverty_risk_120_estimated_count"]) for row in rows if row["year"] == str(year))
        assert counts[year] == pytest.approx(total)
    assert funding_data.key_counts().groupby("year").size().unique().tolist() == [342]


def test_the_estimate_exceeds_the_published_number_of_2021():
    assert funding_data.estimate_excess_pct() == pytest.approx(100 * (316_683 / 299_300 - 1))
    with pytest.raises(KeyError, match="2021"):
        funding_data.estimate_excess_pct(2013)


def test_the_key_is_compared_with_every_reported_amount():
    comparison = funding_data.against_reported()
    assert len(comparison) == data.table("reported_funding")["received_eur"].notna().sum() == 29
    haarlem = comparison[comparison["municipality_name"] == "Haarlem"].iloc[0]
    assert haarlem["modelled_eur"] == pytest.approx(736_315, abs=1)
    assert haarlem["difference_pct"] == pytest.approx(-0.093, abs=0.001)
    assert haarlem["reported_rounded"]
    result = funding_data.agreement(comparison)
    assert result == {
        "count": 24,
        "mean_pct": pytest.approx(6.40, abs=0.01),
        "largest_pct": pytest.approx(14.10, abs=0.01),
        "largest_name": "Stichtse Vecht",
        "lower": 21,
        "within_error": 6,
    }


def test_a_key_of_another_year_agrees_with_nothing_that_is_known():
    with pytest.raises(ValueError, match="distribution key is known"):
        funding_data.agreement(funding_data.against_reported(key_year=2014))


def test_every_place_on_the_line_gives_the_measured_reach():
    for share in (10, 50, 67, 90):
        for measured in (5, 43, 81, 99):
            results = compute(reach_scenario, assistance_share_pct=share, measured_reach_pct=measured)
            assistance, working = results["line_assistance_pct"], results["line_working_pct"]
            assert share * assistance + (100 - share) * working == pytest.approx(100 * measured)
            assert ((assistance > -1e-9) & (assistance < 100 + 1e-9)).all()
            assert ((working > -1e-9) & (working < 100 + 1e-9)).all()


def test_the_line_ends_where_no_other_combination_is_possible():
    share, measured = 0.67, 0.81
    possible = [assistance for assistance in np.linspace(0, 1, 100_001) if 0 <= (measured - share * assistance) / (1 - share) <= 1 + 1e-12]
    results = compute(reach_scenario)
    assert results["lowest_assistance_pct"] == pytest.approx(100 * min(possible), abs=0.001)
    assert results["highest_assistance_pct"] == pytest.approx(100 * max(possible), abs=0.001)


def test_two_thirds_of_the_target_group_have_parents_on_social_assistance():
    assert reach.assistance_share_pct() == pytest.approx(100 * 201_000 / 299_300)
    assert reach.planned_services_count() == 564_000


def test_the_year_of_a_target_is_where_a_walk_year_by_year_passes_it():
    for pace in (3.0, 4.5, 8.2):
        share, year = 9.2, 2015
        while share > 4.6:
            share, year = share * (1 - pace / 100), year + 1
        assert year - 1 < compute(halving, pace_pct=pace)["reached_year"] <= year


def test_a_path_never_rises_and_meets_its_target():
    for series in halving.series_labels():
        for pace in (0, 0.1, 7, 20):
            results = compute(halving, series=series, pace_pct=pace)
            assert (np.diff(results["path_pct"]) <= 0).all()
            assert (np.diff(results["target_path_pct"]) <= 0).all()
            assert results["target_path_pct"][-1] == pytest.approx(results["target_pct"])


def test_the_two_targets_stay_apart():
    first, second = halving.presets().values()
    assert (first["series"], first["target_year"], first["pace_pct"]) == ("low_income", 2030, 4.5)
    assert (second["series"], second["target_year"], second["pace_pct"]) == ("scp_line", 2025, 6.7)
    assert {name: series.target_pct for name, series in targets.target_series().items()} == {
        "low_income": 4.6,
        "scp_line": 4.5,
        "poverty_line_2024": None,
    }


def test_two_measures_are_never_set_side_by_side():
    explorer = halving_explorer().set(series="scp_line")
    table = explorer.outcomes_table()
    assert (table["difference"] == 0).all()
    assert explorer.sentences() == halving_explorer().set(series="scp_line", pace_pct=4.5).sentences()
    assert table.loc["children_in_target_year_count", "baseline"] == compute(halving, series="scp_line")["children_in_target_year_count"]
    changed = explorer.set(pace_pct=9).outcomes_table()
    assert changed.loc["children_in_target_year_count", "difference"] < 0
    results = explorer.results()
    assert results.loc[0, "path_pct"] == results.loc[0, "path_pct_baseline"] == 9.1


def test_published_figures_of_a_series_come_from_one_publication():
    published = halving.measured()
    for name, series in targets.target_series().items():
        rows = published[published["series"] == name]
        assert rows["year"].is_unique
        national = data.table("national_child_poverty")
        one = national[(national["measure"] == series.measure) & (national["vintage"] == series.vintage)].dropna(subset=["children_pct"])
        assert one["one_publication"].all()
        assert len(rows) == len(one)
    columns = halving.columns()["year"]
    new_line = columns[columns["series"] == "poverty_line_2024"].set_index("elapsed")["published_pct"].dropna()
    assert new_line.to_dict() == {0: 8.6, 1: 7.5, 2: 6.2, 3: 5.6, 4: 4.0, 5: 3.6}


def test_an_estimate_of_cpb_does_not_stand_among_the_measured_shares():
    columns = halving.columns()["year"]
    rows = columns[columns["series"] == "scp_line"].set_index("elapsed")
    assert rows["published_pct"].dropna().to_dict() == {0: 9.1}
    assert rows["estimated_pct"].dropna().to_dict() == {8: 6.2, 9: 5.1}
    assert columns.loc[columns["series"] != "scp_line", "estimated_pct"].isna().all()


def test_the_number_of_all_children_fits_every_published_pair_of_number_and_share():
    for name in targets.target_series():
        assert targets.children_total_count(name) == pytest.approx(3_200_000, rel=0.03)
    with pytest.raises(KeyError, match="low_income"):
        targets.children_total_count("low_incom")


def test_support_never_rises_with_income():
    for limit in (100, 117, 130):
        for full, zero in ((100, 131), (120, 140), (130, 160)):
            results = compute(sliding_scale, limit_pct=limit, full_pct=full, zero_pct=zero)
            for name in ("all_or_nothing_eur", "sliding_eur"):
                assert (np.diff(results[name]) <= 1e-9).all()
                assert results[name].min() >= 0
                assert results[name].max() <= 213


def test_the_loss_of_extra_income_is_the_fall_of_support_over_a_step():
    results = compute(sliding_scale, limit_pct=115)
    for kind in ("all_or_nothing", "sliding"):
        total = results[f"{kind}_total_eur"]
        kept = np.diff(total) / (0.01 * 27_600)
        assert 100 * (1 - kept) == pytest.approx(results[f"{kind}_loss_pct"][:-1], abs=1e-9)


def test_a_family_just_above_the_limit_has_less_than_at_the_limit_with_all_or_nothing_only():
    results = compute(sliding_scale)
    assert (np.diff(results["all_or_nothing_total_eur"]) < 0).sum() == 1
    assert (np.diff(results["sliding_total_eur"]) > 0).all()


def test_thresholds_are_those_of_four_types_in_the_last_complete_year():
    amounts = income_limits.threshold_amounts()
    last = amounts[amounts["year"] == amounts["year"].max()].set_index("household_type")
    assert last["threshold_eur_per_month"].to_dict() == {
        "single": 1200,
        "couple": 1690,
        "couple_2_children": 2300,
        "single_parent_2_children": 1830,
    }
    assert all(
        fact(fact_id).value == amount for fact_id, amount in zip(amounts["fact_id"], amounts["threshold_eur_per_month"], strict=True)
    )


def test_families_are_not_counted_above_120_percent_of_the_social_minimum():
    assert income_limits.families_up_to(120, 2023) == (2023, 46_300 + 87_700)
    with pytest.raises(KeyError, match="140 percent"):
        income_limits.families_up_to(140)
