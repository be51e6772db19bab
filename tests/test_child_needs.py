"""What municipalities did and what became of the recommendations, as the documents say it."""

from __future__ import annotations

from data import child_needs, measures
from data.facts import fact, facts
from data.package import table


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


def test_the_latest_document_of_each_recommendation_is_the_latest_one_on_the_timeline():
    rows = table("measures").set_index("measure_id")["document_id"]
    order = table("documents").sort_values("period")["document_id"].tolist()
    for measure_id, (document_id, _) in child_needs.answers().items():
        later = [*measures.SAME_MEASURE.get(measure_id, ()), *measures.SAME_SUBJECT.get(measure_id, ())]
        known = [rows[measure_id], *rows[later]]
        assert max(known, key=order.index) == document_id, measure_id


def test_every_call_and_recommendation_of_the_ombudsman_has_its_answer():
    rows = table("measures")
    asked = rows["actor"].str.startswith("Kinderombudsman") & (rows["kind"] == "target") & (rows["document_id"] != "answers_2025")
    assert set(rows.loc[asked, "measure_id"]) == set(child_needs.answers())
