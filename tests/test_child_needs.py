"""What municipalities did and what became of the recommendations, as the documents say it."""

from __future__ import annotations

from data import child_needs
from data.facts import fact, facts


def test_every_share_of_municipalities_in_the_note_is_in_the_list_from_high_to_low():
    frame = child_needs.municipal_practice()
    published = [
        one.value for one in facts() if one.fact_id.startswith("municipalities_") and one.unit == "percent" and one.period == "2018"
    ]
    assert sorted(frame["municipalities_pct"]) == sorted(published)
    assert frame["municipalities_pct"].is_monotonic_decreasing
    assert frame["municipalities_pct"].iloc[0] == fact("municipalities_with_child_policy_share").value


def test_each_recommendation_has_what_a_later_document_says():
    frame = child_needs.recommendations()
    assert frame.notna().all(axis=None)
    assert set(frame["year"]) == {2017, 2019}
    assert frame["document"].str[-4:].astype(int).gt(frame["year"] - 1).all()
    assert not frame["recommendation"].str.contains("Oproep|Aanbeveling").any()
    assert frame["later"].is_unique
