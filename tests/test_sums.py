"""The sums of the state stand beside each other with what they are for, and the amounts per municipality are those of the key."""

from __future__ import annotations

import pytest

from data.facts import fact
from data.funding import against_reported
from data.package import table
from data.sums import SUBJECTS, estimated_amounts, eur_per_child, municipalities_with_half, reported_spending, sums_in_perspective


def test_every_sum_stands_in_the_table_once_and_is_that_of_its_fact():
    sums = sums_in_perspective().set_index("fact_id")
    amounts = table("policy_amounts")
    expected = amounts.loc[amounts["instrument"].isin(SUBJECTS) & (amounts["category"] != "municipalities_budget"), "fact_id"]
    assert sorted(sums.index) == sorted(expected)
    for fact_id, row in sums.iterrows():
        assert row["amount_million_eur"] * 1_000_000 == pytest.approx(fact(fact_id).value)
        assert row["basis"] in ({"eur_per_year": "elk jaar", "eur": "één bedrag"}[fact(fact_id).unit], "niet gezegd"), fact_id
        assert all(row[column].strip() for column in ("subject", "meant_for", "period", "remark", "source"))


def test_the_parts_of_the_100_million_are_together_the_100_million():
    parts = ("municipal_child_poverty_funding", "charity_partners_subsidy", "kansen_voor_alle_kinderen_subsidy")
    assert sum(fact(part).value for part in parts) == fact("funding_total_from_2017").value


def test_later_budgets_repeat_the_85_million_and_are_left_out():
    repeated = table("policy_amounts").loc[lambda frame: frame["category"] == "municipalities_budget", "value"]
    assert set(repeated) == {85_000_000}


def test_the_municipalities_share_the_85_million():
    amounts = estimated_amounts()
    assert len(amounts) == amounts["municipality_code"].nunique() == 342
    assert amounts["amount_eur"].sum() == pytest.approx(85_000_000)
    assert set(amounts["year"]) == {2017}
    assert amounts["province_name"].notna().all()
    assert amounts.loc[amounts["quality"].notna(), "municipality_name"].tolist() == ["Rozendaal"]


def test_a_municipality_without_merger_has_the_amount_that_is_compared_with_its_report():
    modelled = against_reported().query("year == 2017").set_index("municipality_code")["modelled_eur"]
    amounts = estimated_amounts().set_index("municipality_code")["amount_eur"]
    assert amounts["GM0392"] == pytest.approx(modelled["GM0392"]) == pytest.approx(85_000_000 * 3_461 / 399_537)


def test_half_of_the_money_went_to_the_fewest_municipalities_that_have_half():
    amounts = estimated_amounts()
    count = municipalities_with_half(amounts)
    largest = amounts["amount_eur"].nlargest(count)
    assert largest.sum() >= 42_500_000 > largest.iloc[:-1].sum()


def test_euros_per_child_are_the_budget_over_the_children():
    assert eur_per_child(2013) == pytest.approx(85_000_000 / 399_537)
    assert eur_per_child(2017) > eur_per_child(2013)


def test_reported_spending_says_what_it_does_not_know():
    spending = reported_spending().set_index(["municipality_name", "year"])
    assert spending.loc[("Haarlem", 2017), "spent_pct"] == 72
    assert spending.loc[("Enkhuizen", 2017), "spent_pct"] == 0
    assert spending["spent_eur"].notna().all()
    assert spending.index[spending["spent_pct"].isna()].tolist() == [("Velsen", 2017)]
