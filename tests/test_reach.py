"""What is said of reach follows from the ambitions and from table reach, and different counts stay apart."""

from __future__ import annotations

import pytest

from data import reach
from data.facts import fact
from data.package import table
from data.short_sources import short_source
from widgets.reach_figures import ambitions_chart, leergeld_chart


@pytest.mark.parametrize(("share_pct", "needed_pct"), [(0, 70), (50, 85), (67, 90.1), (100, 100)])
def test_both_ambitions_together_are_a_weighted_mean(share_pct, needed_pct):
    assert reach.needed_total_pct(share_pct) == pytest.approx(needed_pct)


def test_the_reach_of_2020_is_what_both_ambitions_ask_at_the_largest_share():
    share = reach.largest_share_within_reach_pct()
    assert share == pytest.approx(100 * 11 / 30)
    assert reach.needed_total_pct(share) == pytest.approx(fact("reach_share_2020").value)
    frame = reach.needed_for_both()
    assert set(frame.loc[frame["assistance_share_pct"] > share, "possible"]) == {"niet mogelijk"}
    assert set(frame.loc[frame["assistance_share_pct"] < share, "possible"]) == {"mogelijk"}


def test_every_row_of_the_table_is_told_once_with_its_source():
    municipal, partners = reach.municipal_reach(), reach.partner_figures()
    assert len(municipal) + len(partners) == len(table("reach"))
    assert set(municipal["unit"]) == {"percent"}
    for frame in (municipal, partners):
        assert frame[["organisation", "counted", "kind", "source"]].notna().all().all()


def test_children_of_leergeld_are_joined_within_a_source_only():
    frame = reach.leergeld_children()
    assert frame["source"].nunique() == 2
    assert frame.groupby("source")["year"].apply(list).tolist() == [[2013, 2016, 2017, 2018], [2021, 2022]]


def test_the_ring_of_the_chart_lies_on_the_line_of_both_ambitions():
    chart = ambitions_chart()
    ring = chart.plot.data[2]
    assert ring.y[0] == pytest.approx(reach.needed_total_pct(ring.x[0]))
    assert ring.x[0] == 67


def test_a_number_that_was_computed_is_called_computed():
    rows = reach.partner_figures().query("year == 2021 and organisation == 'Stichting Leergeld'")
    assert set(rows["kind"]) == {"berekend"}


def test_a_source_has_a_short_name_with_its_year():
    assert short_source("reach_share_2020") == "Kamerbrief, 2021"
    assert short_source("municipalities_target_group_in_view_share") == "Notitie van de Kinderombudsman, 2019"
    assert short_source("leergeld_children_2018") == fact("leergeld_children_2018").document
    with pytest.raises(KeyError):
        short_source("reach_share_2021")


def test_the_children_of_leergeld_rise_from_one_found_year_to_the_next():
    values = reach.leergeld_children().sort_values("year")["children_count"]
    assert values.is_monotonic_increasing
    assert len(leergeld_chart().plot.data) == 2
