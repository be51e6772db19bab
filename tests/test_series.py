"""What must hold for the figures from other sources, the national series, households and reported amounts."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from data.importing import series
from data.package import table

OWN_TABLES = {
    "context": 507,
    "national_child_poverty": 112,
    "reach": 36,
    "policy_amounts": 170,
    "household_low_income": 3740,
    "provincial_low_income": 39,
    "reported_funding": 30,
}
KEYS = {
    "context": ["fact_id"],
    "national_child_poverty": ["measure", "vintage", "year"],
    "reach": ["series", "year", "kind"],
    "policy_amounts": ["fact_id"],
    "household_low_income": ["year", "household_type", "threshold", "duration"],
    "provincial_low_income": ["year", "region_code"],
    "reported_funding": ["municipality_code", "year"],
}
ENGLISH = re.compile(
    r"\b(the|and|by|from|with|below|children|child|households?|persons|poverty|share|number|threshold|year|years|old|first|letter|"
    r"budget 20\d\d|proposal|vintage|before|after|single|parent|couple|income|minors?|Jan|Feb|March|May|June|July|Aug|Sept|Oct|Dec)\b"
)
ENGLISH_NAMES = ("Medical Facts", "Aviation Analysis", "NL Times", "Kinderrechten in beweging")
MINORS_MINIMUM, MINORS_MAXIMUM = 3_100_000, 3_500_000


@pytest.fixture(scope="module")
def facts() -> pd.DataFrame:
    columns = ["fact_id", "value", "unit"]
    return pd.concat([table("ledger")[columns], table("context")[columns]]).set_index("fact_id")


@pytest.fixture(scope="module")
def national() -> pd.DataFrame:
    return table("national_child_poverty")


def national_row(national: pd.DataFrame, measure: str, vintage: str, year: int) -> pd.Series:
    return national.set_index(["measure", "vintage", "year"]).loc[(measure, vintage, year)]


@pytest.mark.parametrize(("name", "rows"), OWN_TABLES.items())
def test_each_table_has_all_its_rows_and_each_row_once(name: str, rows: int):
    frame = table(name)
    assert len(frame) == rows
    assert not frame.duplicated(KEYS[name]).any()


@pytest.mark.parametrize("name", OWN_TABLES)
def test_dutch_columns_hold_dutch_only(name: str):
    frame = table(name)
    for column in [column for column in frame.columns if column.endswith("_nl") or column in ("source_title", "organisation")]:
        for text in frame[column].dropna().unique():
            bare = text
            for allowed in ENGLISH_NAMES:
                bare = bare.replace(allowed, "")
            assert not ENGLISH.search(bare), f"{name}.{column}: {text}"


def test_every_context_figure_has_a_definition_an_address_and_a_text_that_carries_it():
    context = table("context")
    for column in ("definition_nl", "definition_en", "source_title", "source_address", "quotation"):
        assert context[column].notna().all(), column
    assert context["source_address"].str.fullmatch(r"https?://\S+").all()


def test_table_cells_are_not_offered_as_sentences():
    context = table("context")
    assert context["quotation_kind"].value_counts().to_dict() == {"table": 266, "sentence": 227, "figure": 14, "none": 0}
    assert not context["quotation"].str.startswith("[").any()


def test_periods_are_years_days_or_ranges():
    periods = table("context")["period"].dropna()
    assert periods.str.fullmatch(series.OPEN_PERIOD).all()
    assert len(periods) == 506


def test_definition_names_the_province_the_age_and_the_date_of_the_figure():
    definitions = table("context").set_index("fact_id")["definition_nl"]
    assert "provincie Noord-Holland" in definitions["low_income_children_share_noord_holland_2014"]
    assert "van 6 tot en met 11 jaar; bedrag vanaf 1 juli 2022" in definitions["kinderbijslag_6_11_20220701"]
    assert "eenoudergezinnen" in definitions["low_income_single_parent_all_children_under_18_share_4y_2019"]
    assert "vier jaar of langer" in definitions["low_income_single_parent_all_children_under_18_share_4y_2019"]
    assert "geen landelijk cijfer" in definitions["low_income_children_157_municipalities_2016"]


def test_a_figure_without_dutch_text_stops_the_import():
    with pytest.raises(ValueError, match="low_income_children_nl_1900 has 0 Dutch definitions"):
        series.dutch_definitions(pd.Series(["low_income_children_nl_1900"]))


def test_a_label_that_names_an_unknown_fact_stops_the_import(facts: pd.DataFrame):
    with pytest.raises(ValueError, match="not exist: children_on_the_moon"):
        series.with_facts(pd.DataFrame({"fact_id": ["children_on_the_moon"]}), facts.reset_index())


def test_national_figures_are_those_of_the_facts_they_cite(national: pd.DataFrame, facts: pd.DataFrame):
    cited = national[national["fact_ids"].notna()]
    assert set(national.loc[national["fact_ids"].isna(), "measure"]) == {"poverty_risk_120"}
    for row in cited.itertuples():
        own = facts.loc[row.fact_ids.split()]
        levels = own[~own.index.str.contains("_change_")]
        changes = own.loc[own.index.str.contains("_change_"), "value"].sum()
        counts = set(levels.loc[levels["unit"] == "children", "value"] - changes)
        shares = set(levels.loc[levels["unit"] == "percent", "value"])
        assert counts == (set() if pd.isna(row.children_count) else {row.children_count}), row
        assert shares == (set() if pd.isna(row.children_pct) else {row.children_pct}), row


@pytest.mark.parametrize(
    ("measure", "vintage", "year", "count", "share"),
    [
        ("low_income", "first_publication", 2016, 292_000, 9.0),
        ("low_income", "policy_letter_2018", 2015, 303_000, None),
        ("low_income", "ambitions_2019", 2015, None, 9.2),
        ("low_income", "before_revision", 2014, 421_000, 12.0),
        ("low_income", "statline_2025_06", 2014, 320_800, 9.7),
        ("low_income", "statline_2025_06", 2017, 263_900, 8.1),
        ("low_income", "revised_2023", 2022, 165_000, 5.2),
        ("low_income_long_term", "policy_letter_2018", 2015, None, 3.3),
        ("low_income_long_term", "revised_2021", 2015, None, 3.7),
        ("poverty_risk_120", "statline_2021", 2021, 299_300, 9.4),
        ("poverty_line_2024", "published_2024_10", 2023, 115_000, 3.6),
        ("poverty_line_2024", "published_2025_12", 2023, None, 2.8),
        ("poverty_line_2024", "published_2025_12", 2024, 93_000, 2.8),
        ("cpb_scp_projection", "cpb_2022_08", 2023, 300_000, 9.4),
        ("social_assistance", "jeugdmonitor_2023", 2022, 186_400, 5.7),
    ],
)
def test_known_national_figures(national: pd.DataFrame, measure: str, vintage: str, year: int, count: int | None, share: float | None):
    row = national_row(national, measure, vintage, year)
    assert (None if pd.isna(row["children_count"]) else row["children_count"]) == count
    assert (None if pd.isna(row["children_pct"]) else row["children_pct"]) == share


def test_no_vintage_holds_measures_with_different_thresholds(national: pd.DataFrame):
    family = national["measure"].astype(str).replace("low_income_long_term", "low_income")
    assert (family.groupby(national["vintage"].astype(str)).nunique() == 1).all()


def test_every_vintage_in_the_schema_is_used_and_says_whether_a_line_may_join_it(national: pd.DataFrame):
    assert set(national["vintage"]) == set(national["vintage"].cat.categories)
    assert (national.groupby("vintage", observed=True)["one_publication"].nunique() == 1).all()
    assert set(national.loc[~national["one_publication"], "vintage"]) == {"before_revision", "first_publication", "scp_since_2018"}


def test_count_and_share_imply_a_possible_number_of_minors(national: pd.DataFrame):
    both = national.dropna(subset=["children_count", "children_pct"])
    assert len(both) == 25
    half = both["children_pct"].map(lambda share: 0.5 if share in (9.0, 12.0) else 0.05)
    lowest = both["children_count"] / (both["children_pct"] + half) * 100
    highest = both["children_count"] / (both["children_pct"] - half) * 100
    impossible = both[(lowest > MINORS_MAXIMUM) | (highest < MINORS_MINIMUM)]
    assert impossible.empty, impossible[["measure", "vintage", "year", "children_count", "children_pct"]].to_string()


def test_projections_and_computed_counts_are_called_estimates(national: pd.DataFrame):
    projections = national["measure"] == "cpb_scp_projection"
    assert national.loc[projections & ~national["estimate"], "year"].tolist() == [2015]
    computed = national["confidence"] == "computed"
    assert computed.sum() == 3 and national.loc[computed, "estimate"].all()
    assert not national.loc[~projections & ~computed, "estimate"].any()
    assert national.loc[computed, "note_nl"].str.contains("erekend").all()


def test_absence_is_stated_exactly_where_a_count_or_share_is_empty(national: pd.DataFrame):
    assert (national["absence"].notna() == national[["children_count", "children_pct"]].isna().any(axis=1)).all()
    assert not national[["children_count", "children_pct"]].isna().all(axis=1).any()


@pytest.mark.parametrize("name", ["reach", "policy_amounts"])
def test_values_are_those_of_the_facts_they_cite(name: str, facts: pd.DataFrame):
    frame = table(name)
    cited = facts.loc[frame["fact_id"]].reset_index(drop=True)
    assert (frame["value"] == cited["value"]).all()
    assert (frame["unit"] == cited["unit"]).all()


def test_reach_keeps_targets_and_estimates_apart_from_counts():
    reach = table("reach").set_index("fact_id")
    assert set(reach.index[reach["kind"] == "target"]) == {"reach_target_welfare_children", "reach_target_working_children"}
    assert reach.loc["reach_share_earlier", "year"] == 2017 and "afgeleid" in reach.loc["reach_share_earlier", "note_nl"]
    assert reach.loc[["reach_share_earlier", "reach_share_2020"], "kind"].tolist() == ["estimate", "estimate"]
    assert (reach.groupby("series", observed=True)["unit"].nunique() == 1).all()


def test_child_benefit_has_three_age_groups_per_date_in_the_legal_proportion():
    amounts = table("policy_amounts")
    benefit = (
        amounts[amounts["instrument"] == "child_benefit"]
        .pivot(index="valid_from", columns="category", values="value")
        .dropna(axis=1, how="all")
    )
    assert benefit.notna().all().all() and len(benefit) == 15
    assert (benefit["age_0_5"] - 0.70 * benefit["age_12_17"]).abs().max() < 0.03
    assert (benefit["age_6_11"] - 0.85 * benefit["age_12_17"]).abs().max() < 0.03


def test_one_amount_holds_per_part_and_day():
    amounts = table("policy_amounts").dropna(subset=["valid_from"])
    assert not amounts.duplicated(["instrument", "category", "valid_from"]).any()
    assert (amounts["valid_until"].isna() | (amounts["valid_until"] > amounts["valid_from"])).all()


def test_amounts_without_a_date_are_those_whose_letter_names_none():
    amounts = table("policy_amounts")
    undated = amounts[amounts["valid_from"].isna()]
    assert set(undated["instrument"]) == {"education_funding"} and len(undated) == 4
    assert undated["note_nl"].str.startswith("De brief noemt geen").all()


def test_low_income_threshold_of_each_household_rises_or_stays():
    amounts = table("policy_amounts")
    thresholds = amounts[amounts["instrument"] == "low_income_threshold"]
    assert sorted(thresholds["valid_from"].dt.year.unique()) == list(range(2014, 2023))
    single = thresholds[thresholds["category"] == "single"].sort_values("valid_from")["value"]
    assert single.is_monotonic_increasing


@pytest.mark.parametrize("subject", ["households", "persons", "children"])
def test_provinces_add_up_to_the_netherlands_within_rounding(subject: str):
    regions = table("provincial_low_income")
    is_country = regions["region_code"] == "NL01"
    column = f"low_income_{subject}_count"
    country = regions[is_country].set_index("year")[column]
    provinces = regions[~is_country].groupby("year")[column].agg(["sum", "size"])
    assert (provinces["size"] == 12).all()
    assert ((provinces["sum"] - country).abs() <= 13 * 50).all()


def test_provincial_shares_are_those_of_the_cited_facts(facts: pd.DataFrame):
    regions = table("provincial_low_income")
    names = regions["region_name"].replace({"Fryslân": "friesland", "Nederland": "nl"}).str.lower().str.replace("-", "_")
    fact_ids = "low_income_children_share_" + names + "_" + regions["year"].astype(str)
    assert facts.loc[fact_ids, "value"].tolist() == regions["low_income_children_pct"].tolist()


PARTS = {
    "all_households": ["single_person", "multi_person"],
    "single_person": ["single_person_below_pension_age", "single_person_from_pension_age"],
    "multi_person": ["couple", "single_parent", "other_multi_person"],
    "couple": ["couple_without_children", "couple_with_children"],
    "couple_without_children": ["couple_without_children_below_pension_age", "couple_without_children_from_pension_age"],
    "couple_with_children": ["couple_all_children_under_18", "couple_child_18_or_older"],
    "single_parent": ["single_parent_all_children_under_18", "single_parent_child_18_or_older"],
    "rented": ["rented_with_rent_allowance", "rented_without_rent_allowance"],
    "work": ["employee", "self_employed"],
    "self_employed": ["self_employed_entrepreneur", "director_major_shareholder", "self_employed_other"],
    "income_insurance_benefit": ["unemployment_benefit", "disability_benefit", "pension"],
    "social_provision_benefit": ["social_assistance", "social_provision_benefit_other"],
}


@pytest.mark.parametrize(("whole", "parts"), PARTS.items())
def test_types_of_household_add_up_to_their_whole_within_rounding(whole: str, parts: list[str]):
    households = table("household_low_income")
    key = ["year", "threshold", "duration"]
    counts = households.pivot(index=key, columns="household_type", values="households_count")
    difference = (counts[parts].sum(axis=1) - counts[whole]).abs()
    assert difference.max() <= 50 * (len(parts) + 1), difference.idxmax()


def test_households_up_to_a_higher_limit_include_those_up_to_a_lower_one():
    counts = table("household_low_income").pivot(
        index=["year", "household_type", "duration"], columns="threshold", values="households_count"
    )
    assert (counts["social_minimum_101"] <= counts["social_minimum_110"]).all()
    assert (counts["social_minimum_110"] <= counts["social_minimum_120"]).all()


def test_low_income_threshold_ends_in_2023_and_the_social_minimum_in_2024():
    last = table("household_low_income").groupby("threshold", observed=True)["year"].max().to_dict()
    assert last == {"low_income": 2023, "social_minimum_101": 2024, "social_minimum_110": 2024, "social_minimum_120": 2024}


def test_household_shares_are_those_of_the_cited_facts(facts: pd.DataFrame):
    shares = table("household_low_income").set_index(["household_type", "duration", "threshold", "year"])["households_pct"]
    cited = facts[facts.index.str.fullmatch(r"low_income_.+_share_[14]y_20\d\d")]
    assert len(cited) == 78
    for fact_id, value in cited["value"].items():
        household, years, year = re.fullmatch(r"low_income_(.+)_share_([14])y_(20\d\d)", fact_id).groups()
        duration = {"1": "at_least_1_year", "4": "at_least_4_years"}[years]
        assert shares[(household, duration, "low_income", int(year))] == value, fact_id


def test_reported_amounts_name_municipalities_that_existed_in_that_year():
    reported = table("reported_funding")
    assert reported["municipality_code"].str.fullmatch(r"GM\d{4}").all()
    existing = table("municipal_child_poverty")[["municipality_code", "municipality_name", "year"]].astype({"year": "Int64"})
    assert len(reported.merge(existing, on=["municipality_code", "municipality_name", "year"])) == len(reported)


def test_amounts_that_were_not_reported_are_called_missing():
    reported = table("reported_funding")
    assert (reported["absence"].notna() == reported[["received_eur", "spent_eur"]].isna().any(axis=1)).all()
    enkhuizen = reported.set_index("municipality_name").loc["Enkhuizen"]
    assert enkhuizen["spent_eur"] == 0 and "bijna 95.000 euro" in enkhuizen["note_nl"]
