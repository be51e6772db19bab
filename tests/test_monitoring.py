"""What is said of the questions of 2025 and of a monitor agrees with the documents and with the tables."""

from __future__ import annotations

import pytest

from data import monitoring, parliamentary_questions
from data.facts import fact, facts
from data.package import table


def test_every_question_has_a_judgement_and_says_what_is_open():
    frame = parliamentary_questions.questions()
    assert frame.notna().all(axis=None)
    assert frame["number"].tolist() == list(range(1, 10))
    assert ((frame["open"] == "niets") == (frame["answered_id"] == "yes")).all()
    assert frame["unknown"].is_unique


def test_most_questions_are_answered_in_part_and_few_answers_can_be_tested():
    frame = parliamentary_questions.questions()
    answered, tested = frame["answered_id"].value_counts(), frame["tested_id"].value_counts()
    assert answered["partly"] > len(frame) / 2
    assert tested["yes"] < len(frame) / 4
    assert set(answered.index) <= set(parliamentary_questions.answered_words())
    assert set(tested.index) <= set(parliamentary_questions.tested_words())


def test_the_answers_name_no_amount_of_money():
    answers = table("ledger").query("document_id == 'answers_2025'")
    assert not answers["unit"].str.startswith("eur").any()
    assert table("measures").query("document_id == 'answers_2025'")["amount_eur"].isna().all()


def test_the_answers_say_nothing_of_the_caribbean_netherlands():
    answers = {one.fact_id for one in facts() if one.fact_id in set(table("ledger").query("document_id == 'answers_2025'")["fact_id"])}
    caribbean = {one.fact_id for one in facts() if one.topic == "caribbean"}
    assert not answers & caribbean


def test_municipalities_lie_apart_in_the_last_year():
    extremes = parliamentary_questions.municipal_extremes()
    assert extremes["year"] == 2021
    assert 0 < extremes["lowest"] < 9.4 < extremes["highest"] < 100


def test_the_age_of_a_figure_counts_from_the_year_of_the_questions():
    frame = monitoring.newest_figures()
    assert (frame["last_year"] + frame["age_years"]).eq(2025).all()
    assert frame["age_years"].is_monotonic_decreasing
    assert frame["age_years"].gt(0).all()
    by_subject = frame.set_index("counted")["last_year"]
    assert by_subject["Kinderen onder de nieuwe armoedegrens"] == 2024
    assert by_subject["Kinderen die gemeenten bereiken"] == int(fact("reach_share_2020").period)


def test_what_municipalities_do_is_older_than_what_incomes_are():
    ages = monitoring.newest_figures().set_index("counted")["age_years"]
    municipal = ["Gemeenten die kinderen betrekken", "Gemeenten die het effect maten", "Kinderen die gemeenten bereiken"]
    income = [
        "Kinderen onder de nieuwe armoedegrens",
        "Gezinnen met een laag inkomen",
        "Kinderen onder de lage-inkomensgrens",
        "Kinderen met kans op armoede, in elke gemeente",
    ]
    assert ages[municipal].min() > ages[income].max()


@pytest.mark.parametrize("column", ["need", "book", "how", "promised"])
def test_every_need_is_judged_and_explained(column):
    assert monitoring.requirements()[column].str.len().gt(0).all()


def test_the_answers_promise_little_of_what_a_monitor_needs():
    promised = monitoring.requirements()["promised_id"]
    assert promised.ne("no").sum() < len(promised) / 4
    assert "yes" not in set(promised)


def test_the_book_does_not_claim_to_have_what_it_lacks():
    needs = monitoring.requirements().set_index("need")["book_id"]
    assert needs["Geregistreerd bereik, voor elke groep kinderen"] == "no"
    assert needs["Mentale gezondheid, toekomstverwachting en welzijn"] == "no"
    assert needs["Caribisch Nederland"] == "partly"
