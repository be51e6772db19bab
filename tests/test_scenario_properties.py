"""What must hold for every setting of a scenario, whatever the reader chooses."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from widgets.scenarios.explorers import funding_explorer, halving_explorer, reach_explorer, sliding_scale_explorer

FUNDING, REACH, HALVING, SCALE = funding_explorer(), reach_explorer(), halving_explorer(), sliding_scale_explorer()
MANY = settings(max_examples=60, deadline=None)
TINY = 1e-9


def any_settings(explorer, **fixed):
    """Return a strategy for all settings of an explorer, with some fixed."""
    parts = {}
    for control in explorer.controls:
        if control.name in fixed:
            parts[control.name] = fixed[control.name]
        elif control.kind == "range":
            parts[control.name] = st.floats(control.minimum, control.maximum, allow_nan=False)
        elif control.kind == "choice":
            parts[control.name] = st.sampled_from(list(control.options))
        else:
            parts[control.name] = st.sampled_from([0.0, 1.0])
    return st.fixed_dictionaries(parts)


@MANY
@given(any_settings(FUNDING))
def test_amounts_add_up_to_the_budget_and_are_never_negative(chosen):
    amounts = FUNDING.compute(chosen)["amount_eur"]
    assert amounts.sum() == pytest.approx(chosen["budget_eur"], rel=TINY, abs=TINY)
    assert (amounts >= 0).all()


@MANY
@given(any_settings(FUNDING, reach_pct=st.just(1.0)), st.floats(1, 100), st.floats(1, 100))
def test_more_reach_never_raises_the_euros_per_reached_child(chosen, one, other):
    less, more = sorted((one, other))
    name = "spent_per_reached_child_eur"
    assert FUNDING.compute(chosen | {"reach_pct": more})[name] <= FUNDING.compute(chosen | {"reach_pct": less})[name] * (1 + TINY)


@MANY
@given(any_settings(REACH))
def test_overall_reach_lies_between_that_of_both_groups(chosen):
    low, high = sorted((chosen["reach_assistance_pct"], chosen["reach_working_pct"]))
    assert low - TINY <= REACH.compute(chosen)["overall_reach_pct"] <= high + TINY


@MANY
@given(any_settings(REACH))
def test_every_point_of_the_line_gives_the_overall_reach_to_explain(chosen):
    results = REACH.compute(chosen)
    part = chosen["assistance_share_pct"] / 100
    together = part * results["line_assistance_pct"] + (1 - part) * results["line_working_pct"]
    assert together == pytest.approx(chosen["measured_reach_pct"], abs=1e-6)


@MANY
@given(any_settings(HALVING))
def test_a_path_never_rises_with_a_pace_of_zero_or_more_and_meets_the_target_when_it_says(chosen):
    results = HALVING.compute(chosen)
    assert (np.diff(results["path_pct"]) <= TINY).all()
    if chosen["pace_pct"] > 0.05:
        base_year, base = HALVING.inputs(chosen)["base_year"], HALVING.inputs(chosen)["base_pct"]
        reached = base * (1 - chosen["pace_pct"] / 100) ** (results["reached_year"] - base_year)
        assert reached == pytest.approx(results["target_pct"], rel=1e-6)


@MANY
@given(any_settings(SCALE))
def test_support_never_rises_with_income_and_never_exceeds_what_was_chosen(chosen):
    results = SCALE.compute(chosen)
    for name in ("all_or_nothing_eur", "sliding_eur"):
        assert (np.diff(results[name]) <= TINY).all(), name
        assert (results[name] >= -TINY).all() and (results[name] <= chosen["support_eur"] + TINY).all()
