"""The municipal tables are whole and true to their source, and `harmonise` brings them to the municipalities of 2025."""

from __future__ import annotations

import pandas as pd
import pytest

from data.harmonise import harmonise
from data.importing.municipal_poverty import measure_approximation
from data.package import table

CHANGED_2012_2016 = [
    "GM0361", "GM0385", "GM0441", "GM0484", "GM0074", "GM0080", "GM0796", "GM0828",
    "GM1900", "GM1911", "GM1924", "GM1930", "GM1931", "GM1940", "GM1942", "GM1945",
]  # fmt: skip


@pytest.fixture(scope="module")
def poverty() -> pd.DataFrame:
    """Return child poverty in the classification of each year."""
    return table("municipal_child_poverty")


@pytest.fixture(scope="module")
def harmonised(poverty: pd.DataFrame) -> pd.DataFrame:
    """Return child poverty in the classification of 2025."""
    return harmonise(poverty)


def value(frame: pd.DataFrame, code: str, year: int, column: str) -> float:
    """Return one cell."""
    return frame.set_index(["municipality_code", "year"]).at[(code, year), column]


def national_pct(frame: pd.DataFrame) -> pd.Series:
    """Return the weighted national percentage per year."""
    weighted = frame["poverty_risk_120_pct"] * frame["children_estimated_count"]
    return weighted.groupby(frame["year"]).sum() / frame["children_estimated_count"].groupby(frame["year"]).sum()


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("municipalities", 342),
        ("municipal_child_poverty", 4257),
        ("municipal_low_income", 157 * 12),
        ("municipal_context", 4257),
        ("municipal_household_income", 345 * 11),
    ],
)
def test_table_has_every_municipality_and_year_once(name: str, rows: int) -> None:
    frame = table(name)
    keys = [key for key in ("municipality_code", "year") if key in frame]
    assert len(frame) == rows
    assert not frame.duplicated(keys).any()


def test_number_of_municipalities_falls_from_418_to_352(poverty: pd.DataFrame) -> None:
    sizes = poverty.groupby("year").size().tolist()
    assert sizes == [418, 415, 408, 403, 393, 390, 388, 380, 355, 355, 352]


def test_2021_is_exact_and_no_other_year_is(poverty: pd.DataFrame) -> None:
    exact = poverty[poverty["quality"].eq("exact")]
    assert len(exact) == 352
    assert set(exact["year"]) == {2021}
    assert exact["error_max_pct"].eq(0.05).all()
    assert poverty["poverty_risk_120_count"].notna().eq(poverty["year"].eq(2021)).all()


def test_approximated_percentages_carry_their_measured_error(poverty: pd.DataFrame) -> None:
    assert poverty.loc[poverty["quality"].eq("approximated"), "error_max_pct"].eq(0.30).all()
    doubtful = poverty[poverty["quality"].eq("doubtful")]
    assert set(doubtful["municipality_name"]) == {"Rozendaal"}
    assert doubtful["error_max_pct"].isna().all()


def test_error_of_the_approximation_is_measured_where_all_four_percentages_are_known() -> None:
    ages = pd.DataFrame({"41300": [10.0, 8.0, 6.3], "51511": [11.0, 8.0, None], "52020": [10.0, 9.0, None], "53991": [9.4, 7.8, None]})
    measured = measure_approximation(ages)
    assert measured["municipalities"] == 2
    assert measured["max"] == pytest.approx(0.2)
    assert measured["mean"] == pytest.approx((0.1 + 0.2) / 2)


def test_exact_counts_of_2021_make_the_national_number_within_rounding(poverty: pd.DataFrame) -> None:
    total = poverty["poverty_risk_120_count"].sum()
    assert abs(total - 299_300) < 352 * 50
    assert abs(total - 299_300) / 299_300 < 0.005


def test_estimated_counts_are_about_six_percent_above_the_exact_ones(poverty: pd.DataFrame) -> None:
    exact = poverty[poverty["year"] == 2021]
    assert exact["poverty_risk_120_estimated_count"].sum() / exact["poverty_risk_120_count"].sum() == pytest.approx(1.06, abs=0.005)


@pytest.mark.parametrize("name", ["municipal_child_poverty", "municipal_low_income", "municipal_context", "municipalities"])
def test_percentages_lie_between_0_and_100(name: str) -> None:
    percentages = table(name).filter(regex="_pct$")
    assert percentages.min().min() >= 0
    assert percentages.max().max() <= 100


def test_published_low_income_percentage_agrees_with_its_counts() -> None:
    frame = table("municipal_low_income")
    large = frame[frame["children_count"] >= 5000]
    for measure in ("low_income", "up_to_150"):
        computed = large[f"{measure}_count"] / large["children_count"] * 100
        assert (computed - large[f"{measure}_pct"]).abs().max() < 1.5


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("GM0518", "'s-Gravenhage"),
        ("GM0796", "'s-Hertogenbosch"),
        ("GM1900", "Súdwest-Fryslân"),
        ("GM1970", "Noardeast-Fryslân"),
        ("GM0373", "Bergen (NH.)"),
        ("GM0344", "Utrecht"),
    ],
)
def test_official_names_are_intact(code: str, name: str, harmonised: pd.DataFrame) -> None:
    municipalities = table("municipalities").set_index("municipality_code")
    assert municipalities.at[code, "municipality_name"] == name
    assert value(harmonised, code, 2021, "municipality_name") == name


def test_names_of_former_municipalities_are_intact(poverty: pd.DataFrame) -> None:
    assert {"Skarsterlân", "Gaasterlân-Sleat", "De Friese Meren", "het Bildt"} <= set(poverty["municipality_name"])
    assert not poverty["municipality_name"].str.contains("(gemeente)", regex=False).any()


def test_vijfheerenlanden_lies_in_utrecht() -> None:
    municipalities = table("municipalities").set_index("municipality_code")
    assert municipalities.at["GM1961", "province_name"] == "Utrecht"
    assert municipalities["province_code"].nunique() == 12


def test_every_former_municipality_is_shared_out_whole() -> None:
    changes = table("boundary_changes")
    assert changes["method"].eq("statistics").sum() == 72
    assert (changes.groupby(["date", "old_code"])["inhabitant_share"].sum() - 1).abs().max() < 1e-9
    assert changes.loc[changes["method"].ne("statistics"), "evidence_nl"].notna().all()


def test_every_municipality_of_every_year_ends_in_2025(poverty: pd.DataFrame) -> None:
    municipalities = set(table("municipalities")["municipality_code"])
    changes = table("boundary_changes")
    successors = changes.groupby("old_code")["new_code"].agg(list).to_dict()
    codes = set(poverty["municipality_code"])
    for _ in range(changes["year"].nunique()):
        codes = {new for code in codes for new in successors.get(code, [code])}
    assert codes == municipalities


def test_estimated_splits_are_called_estimates() -> None:
    changes = table("boundary_changes")
    split = changes[changes["old_name"].isin(["Boarnsterhim", "Skarsterlân"])]
    assert len(split) == 6
    assert split["evidence_nl"].str.startswith("Schatting").all()


def test_derived_mergers_agree_with_households_counted_in_the_later_area(harmonised: pd.DataFrame) -> None:
    """Household counts of all years are in the classification of 2022: a wrong merger shows as a jump in inhabitants per household."""
    both = harmonised.merge(table("municipal_household_income"), on=["municipality_code", "year"])
    both["size"] = both["inhabitants_count"] / both["households_count"]
    growth = both.pivot(index="municipality_code", columns="year", values="size").astype(float).pct_change(axis=1) * 100
    assert growth.loc[CHANGED_2012_2016, 2012:2016].abs().max().max() < 1.5


def test_debt_restructuring_tells_suppressed_from_missing() -> None:
    context = table("municipal_context")
    absent = context["debt_restructuring_persons_count"].isna()
    assert context["debt_restructuring_absence"].notna().eq(absent).all()
    missing = context[context["debt_restructuring_absence"].eq("missing")]
    assert missing[["municipality_name", "year"]].values.tolist() == [["Eemsdelta", 2021]]
    assert context["debt_restructuring_persons_count"].min() == 10


def test_social_assistance_of_amsterdam_is_the_published_number() -> None:
    assert value(table("municipal_context"), "GM0363", 2016, "social_assistance_recipients_count") == 49_460


def test_harmonised_table_has_342_municipalities_in_each_of_11_years(harmonised: pd.DataFrame) -> None:
    assert len(harmonised) == 342 * 11
    assert harmonised.groupby("year")["municipality_code"].nunique().eq(342).all()
    assert harmonised["absence"].isna().all()
    assert harmonised["poverty_risk_120_pct"].between(0, 100).all()


@pytest.mark.parametrize("column", ["inhabitants_count", "children_estimated_count", "poverty_risk_120_estimated_count"])
def test_national_counts_stay_the_same(column: str, poverty: pd.DataFrame, harmonised: pd.DataFrame) -> None:
    before = poverty.groupby("year")[column].sum().astype(float)
    after = harmonised.groupby("year")[column].sum()
    assert (before - after).abs().max() < 0.5


def test_national_percentage_stays_the_same(poverty: pd.DataFrame, harmonised: pd.DataFrame) -> None:
    assert (national_pct(poverty).astype(float) - national_pct(harmonised)).abs().max() < 0.01


def test_unchanged_municipality_keeps_its_figures(poverty: pd.DataFrame, harmonised: pd.DataFrame) -> None:
    for column in ("poverty_risk_120_pct", "children_estimated_count", "inhabitants_count"):
        assert value(harmonised, "GM0599", 2015, column) == pytest.approx(value(poverty, "GM0599", 2015, column))


def test_eemsdelta_is_appingedam_delfzijl_and_loppersum(harmonised: pd.DataFrame) -> None:
    assert value(harmonised, "GM1979", 2020, "children_estimated_count") == 2071 + 4265 + 1769
    expected = (17.92 * 2071 + 18.95 * 4265 + 8.60 * 1769) / (2071 + 4265 + 1769)
    assert value(harmonised, "GM1979", 2020, "poverty_risk_120_pct") == pytest.approx(expected)
    assert value(harmonised, "GM1979", 2020, "quality") == "approximated"
    assert value(harmonised, "GM1979", 2020, "error_max_pct") == pytest.approx(0.30)


def test_land_van_cuijk_is_five_municipalities(harmonised: pd.DataFrame) -> None:
    children = [5092, 2226, 1906, 4556, 2116]
    percentages = [6.5, 7.6, 6.0, 7.5, 4.2]
    expected = sum(pct * count for pct, count in zip(percentages, children, strict=True)) / sum(children)
    assert value(harmonised, "GM1982", 2021, "poverty_risk_120_pct") == pytest.approx(expected)
    assert value(harmonised, "GM1982", 2021, "poverty_risk_120_count") == 300 + 200 + 100 + 300 + 100
    assert value(harmonised, "GM1982", 2021, "quality") == "computed"


def test_vught_gets_its_share_of_haaren(harmonised: pd.DataFrame) -> None:
    share = 0.341
    assert value(harmonised, "GM0865", 2020, "inhabitants_count") == pytest.approx(26581 + share * 14361)
    expected = (4.68 * 5550 + 3.72 * 2519 * share) / (5550 + 2519 * share)
    assert value(harmonised, "GM0865", 2020, "poverty_risk_120_pct") == pytest.approx(expected)
    assert value(harmonised, "GM0865", 2021, "poverty_risk_120_pct") == pytest.approx(4.2)


def test_quality_of_a_merged_municipality_is_that_of_its_worst_part(poverty: pd.DataFrame) -> None:
    frame = poverty[poverty["year"] == 2020].copy()
    frame["quality"] = frame["quality"].astype(str)
    frame.loc[frame["municipality_name"] == "Loppersum", "quality"] = "doubtful"
    assert value(harmonise(frame), "GM1979", 2020, "quality") == "doubtful"


def test_successor_is_missing_when_a_part_is_lacking(poverty: pd.DataFrame) -> None:
    result = harmonise(poverty[(poverty["year"] == 2020) & (poverty["municipality_name"] != "Loppersum")])
    assert len(result) == 342
    assert value(result, "GM1979", 2020, "absence") == "missing"
    assert pd.isna(value(result, "GM1979", 2020, "poverty_risk_120_pct"))
    assert pd.isna(value(result, "GM1979", 2020, "quality"))
    assert result["absence"].notna().sum() == 1


def test_successor_of_a_suppressed_part_is_suppressed() -> None:
    result = harmonise(table("municipal_context"))
    row = result[(result["municipality_name"] == "Land van Cuijk") & (result["year"] == 2021)].iloc[0]
    assert row["debt_restructuring_absence"] == "suppressed"
    assert pd.isna(row["debt_restructuring_persons_count"])
    assert row["inhabitants_count"] == 29604 + 12506 + 11005 + 25480 + 11714


def test_rows_are_in_order_of_year_and_code(poverty: pd.DataFrame) -> None:
    keys = harmonise(poverty.sample(frac=1, random_state=1))[["year", "municipality_code"]]
    assert keys.index.tolist() == list(range(len(keys)))
    assert keys.equals(keys.sort_values(["year", "municipality_code"]))


def test_amounts_are_added_with_their_share() -> None:
    haaren = table("municipal_child_poverty").query("year == 2020")[["municipality_code", "year"]].assign(received_eur=1000)
    result = harmonise(haaren)
    assert value(result, "GM0865", 2020, "received_eur") == pytest.approx(1341)
    assert result["received_eur"].sum() == pytest.approx(355 * 1000)


def test_municipalities_of_2024_are_those_of_2025() -> None:
    frame = table("municipalities")[["municipality_code", "inhabitants_count"]].assign(year=2024)
    assert harmonise(frame)["inhabitants_count"].sum() == frame["inhabitants_count"].sum()


def test_other_target_year_is_an_error(poverty: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="alleen de gemeenten van 2025, niet die van 2023"):
        harmonise(poverty, to=2023)


def test_unknown_code_is_named_with_its_year(poverty: pd.DataFrame) -> None:
    frame = poverty.head(3).copy()
    frame.loc[frame.index[1], "municipality_code"] = "GM9999"
    with pytest.raises(ValueError, match=r"Op 1 januari 2011 was er geen gemeente GM9999 .*: 1\)\. Bij elk jaar"):
        harmonise(frame)
    frame["municipality_code"] = ["GM9999", "GM9998", "GM9997"]
    with pytest.raises(ValueError, match=r"Op 1 januari 2011 was er geen gemeente GM9999 \(regels met dit probleem: 3\)"):
        harmonise(frame)


def test_code_that_did_not_exist_yet_is_an_error(poverty: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="Op 1 januari 2020 was er geen gemeente GM1979"):
        harmonise(poverty[poverty["municipality_code"] == "GM1979"].assign(year=2020))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda frame: frame.drop(columns="year"), "heeft geen kolom ‘year’"),
        (lambda frame: frame.assign(year=2009), "niet die van 2009"),
        (lambda frame: pd.concat([frame, frame.head(1)]), "GM0003 heeft meer dan één regel voor 2011"),
        (lambda frame: frame.assign(remark="x"), "niet samenvoegen: remark"),
        (lambda frame: frame[["municipality_code", "year", "poverty_risk_120_pct"]], "als gewicht voor poverty_risk_120_pct"),
    ],
)
def test_unusable_table_is_a_clear_error(change: object, message: str, poverty: pd.DataFrame) -> None:
    with pytest.raises((ValueError, KeyError), match=message):
        harmonise(change(poverty))
