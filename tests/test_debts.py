"""Debts, support for families and lists of measures: what the chapters say is what the tables hold."""

from __future__ import annotations

import pandas as pd
import pytest

from data import debts, measure_lists
from data.facts import fact
from data.package import table
from widgets.bars import share_bars


def test_problem_debts_are_told_from_high_to_low_with_the_numbers_of_the_sources():
    frame = debts.problem_debt_shares()
    assert frame["debt_pct"].tolist() == [31, 22, 10]
    assert frame["debt_count"].tolist()[:2] == [163_000, 265_000]
    assert pd.isna(frame["debt_count"].iloc[2])
    assert debts.poor_with_debt_per_hundred() == pytest.approx(30.185, abs=0.001)


def test_support_for_two_children_is_child_benefit_of_a_third_quarter_and_a_twelfth_of_the_budget():
    wide = debts.family_support().pivot(index="year", columns="support", values="eur_per_month")
    assert wide.index.tolist() == list(range(2017, 2025))
    assert wide.loc[2017, "kinderbijslag"] == pytest.approx(2 * 240.89 / 3)
    assert wide.loc[2022, "kindgebonden budget, hoogste bedrag"] == pytest.approx(2326 / 12)
    assert wide.loc[2023, "kindgebonden budget, hoogste bedrag"] == pytest.approx((1653 + 1532) / 12)
    assert wide.loc[2024, "kindgebonden budget, hoogste bedrag"] == pytest.approx(2 * 2436 / 12)
    assert wide["samen"].tolist() == pytest.approx((wide["kinderbijslag"] + wide["kindgebonden budget, hoogste bedrag"]).tolist())
    assert debts.support_change(2017, 2024).relative_pct == pytest.approx(100 * (wide.loc[2024, "samen"] / wide.loc[2017, "samen"] - 1))


def test_wage_and_threshold_are_series_of_their_own_and_gaps_are_not_filled():
    frame = debts.wage_and_threshold()
    years = {name: rows["year"].tolist() for name, rows in frame.groupby("amount")}
    assert years["minimumloon, bruto"] == list(range(2017, 2026))
    assert max(max(years[name]) for name in years if "grens" in name) == 2022
    assert frame["eur_per_month"].notna().all()
    assert debts.wage_change(2022, 2023).relative_pct == pytest.approx(100 * (1934.4 / 1725 - 1))
    assert debts.threshold_change(2017, 2022).end == fact("low_income_threshold_couple2_2022").value


def test_a_list_of_measures_stands_in_the_order_of_the_documents():
    frame = measure_lists.measure_list(measure_lists.DEBT_MEASURES)
    assert len(frame) == len(measure_lists.DEBT_MEASURES)
    assert frame["year"].is_monotonic_increasing
    assert set(frame["document"]) == {"Brief van 2018", "Brief van 2021", "Antwoorden van 2025"}
    assert frame.notna().all(axis=None)


def test_what_the_letters_and_answers_name_with_debts_or_money_trouble_is_in_the_list():
    measures = table("measures")
    chosen = measures["document_id"].isin(["letter_2018", "letter_2021", "answers_2025"])
    words = measures["title_nl"] + " " + measures["quotation"]
    about = chosen & words.str.contains(r"schuld(?!ig)|geldzorgen|geldproblemen|financiële (?:vaard|geletterd|educatie)", case=False)
    missing = set(measures.loc[about, "measure_id"]) - set(measure_lists.DEBT_MEASURES)
    assert missing == set()
    # Question 6 of 2025 is about debts; its answer names these as measures that prevent poverty and debts.
    prevention = measures["locator_nl"].eq("antwoord op vraag 6") & measures["document_id"].eq("answers_2025")
    assert set(measures.loc[prevention, "measure_id"]) <= set(measure_lists.DEBT_MEASURES)


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ("2018", "2020", "2018 tot en met 2020"),
        ("2017-05", "", "vanaf mei 2017"),
        ("2019-06-27", "2019-06-27", "27 juni 2019"),
        ("", "2025", "tot en met 2025"),
        ("", "", "niet genoemd"),
    ],
)
def test_the_period_of_a_measure_is_written_out(start, end, text):
    assert measure_lists.when(start, end) == text


def test_an_unknown_measure_is_named():
    with pytest.raises(KeyError, match="cn_best4kids"):
        measure_lists.measure_list(["cn_best4kid"])


def test_bars_stand_in_the_order_of_the_rows_with_their_values():
    frame = pd.DataFrame({"group": ["a group with a long name of many words", "b"], "pct": [40.0, 20.0]})
    words = {"columns": {"group": "Groep", "pct": "Procent"}, "sources": ["ledger"], "alternative": "Staven"}
    chart = share_bars(frame, "pct", label="group", unit="procent", name="staven", title="Titel", subtitle="Wat", **words)
    bar = chart.drawing()["data"][0]
    assert bar["type"] == "bar"
    assert bar["text"] == ["40", "20"]
    assert "<br>" in bar["y"][0]
    assert chart.drawing()["layout"]["yaxis"]["autorange"] == "reversed"
    assert chart.drawing()["legend"] == []


def test_amounts_per_year_and_age_have_gaps_where_the_sources_have_none():
    frame = debts.support_by_age().set_index(["age", "year"])
    assert list(frame.loc["age_0_5"].index) == list(range(2018, 2025))
    assert frame["single_parent_eur"].isna().groupby("year").all().loc[lambda gap: gap].index.tolist() == [2021]
    assert frame["threshold_eur"].isna().groupby("year").all().loc[lambda gap: gap].index.tolist() == [2023, 2024]
    assert frame.loc[("age_6_11", 2023), "budget_two_eur"] == 1653 + 1532
    assert frame.loc[("age_6_11", 2024), "budget_one_eur"] == 2436
