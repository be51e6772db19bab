"""The profile of every municipality is whole, true to the tables, and claims nothing that the errors of its figures leave open."""

from __future__ import annotations

import math
import re
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import data
from data import municipal, poverty_indicators, profiles
from data.comparison import EQUAL, HIGHER, LOWER, UNKNOWN, places, relation
from data.downloads import COLUMNS, download_rows
from data.downloads import forget as forget_downloads
from data.few_children import few_children
from data.indicator import significant
from data.indicators import indicator, indicators
from data.language import format_number
from data.likeness import characteristics, most_alike
from data.merging_error import weight_deviation
from data.names import search_text
from data.profile_text import _estimate_beside, about, compared_with_regions, direction
from data.profiles import Profile, profile, slug

RISK = "poverty_risk_120_pct"
COUNT = 342


@pytest.fixture(scope="module")
def everyone() -> dict[str, Profile]:
    return {each.code: each for each in profiles.profiles()}


def text(found: Profile, paragraph: str) -> str:
    return next(each.text for each in found.paragraphs if each.paragraph_id == paragraph)


# --- Facts checked by hand against the tables of CBS ---


def test_largest_municipality_has_weesp_in_it():
    amsterdam = profile("GM0363")
    children = 148_099 + 4_235
    expected = (17.5 * 148_099 + 7.7 * 4_235) / children
    risk = amsterdam.key_figure(RISK)
    assert risk.value == pytest.approx(expected)
    assert (risk.quality, risk.year, risk.rank, risk.rank_count) == ("computed", 2021, 4, COUNT)
    assert amsterdam.key_figure("poverty_risk_120_count").value == 23_900 + 300
    assert amsterdam.key_figure("poverty_risk_120_count").error_max == 100
    assert amsterdam.key_figure("debt_restructuring_persons_count").value == 590 + 15
    assert amsterdam.inhabitants == amsterdam.key_figure("inhabitants_count").value == 918_117
    assert amsterdam.boundary_history == ("Op 24 maart 2022 kwam Weesp bij Amsterdam.",)


def test_median_income_of_a_municipality_that_grew_after_it_was_counted_is_no_figure():
    for code in ("GM0363", "GM1992"):
        income = profile(code).key_figure("median_standardised_income_eur")
        assert income.value is None and income.rank is None
        assert "niet op te tellen" in income.value_text
    assert profile("GM0599").key_figure("median_standardised_income_eur").rank_count == COUNT - 2


def test_smallest_municipality_has_fewer_than_fifty_children_at_risk():
    island = min(profiles.profiles(), key=lambda each: each.inhabitants)
    assert (island.name, island.slug) == ("Schiermonnikoog", "gm0088-schiermonnikoog")
    assert island.key_figure(RISK).value == 6.3
    assert island.key_figure("poverty_risk_120_count").value_text == "minder dan 50"
    assert "Dat zijn minder dan 50 kinderen." in text(island, "poverty")
    assert "Er wonen hier weinig kinderen" in text(island, "poverty")


@pytest.mark.parametrize("code", ["GM0088", "GM0060", "GM0093", "GM0096", "GM0448"])
def test_island_has_no_neighbours(code: str):
    island = profile(code)
    assert island.neighbours == ()
    assert f"Op het land grenst de gemeente {island.name} aan geen andere gemeente." in text(island, "neighbours")


def test_neighbour_is_a_neighbour_both_ways(everyone):
    beside = {code: {each.code for each in found.neighbours} for code, found in everyone.items()}
    assert all(code in beside[other] for code, others in beside.items() for other in others)
    assert text(everyone["GM0184"], "neighbours").startswith("De enige buurgemeente van Urk is Noordoostpolder.")
    assert beside["GM0865"] == {"GM0796", "GM0797", "GM0824", "GM0855", "GM0757", "GM0845"}


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("GM1949", "Waadhoeke bestaat sinds 1 januari 2018 en ontstond uit Franekeradeel, het Bildt, Menameradiel en een deel van "
                   "Littenseradiel (17 procent van de inwoners)."),
        ("GM1966", "Het Hogeland bestaat sinds 1 januari 2019 en ontstond uit Bedum, De Marne, Eemsmond en een deel van Winsum (89 procent "
                   "van de inwoners)."),
        ("GM1969", "Westerkwartier bestaat sinds 1 januari 2019 en ontstond uit Grootegast, Leek, Marum, Zuidhorn en een deel van Winsum "
                   "(11 procent van de inwoners)."),
        ("GM0014", "Op 1 januari 2019 kwamen Haren en Ten Boer bij Groningen."),
        ("GM1979", "Eemsdelta bestaat sinds 1 januari 2021 en ontstond uit Appingedam, Delfzijl en Loppersum."),
        ("GM0865", "Op 1 januari 2021 kwam een deel van Haaren (34 procent van de inwoners) bij Vught."),
        ("GM0439", "Op 1 januari 2022 kwam Beemster bij Purmerend."),
        ("GM1992", "Voorne aan Zee bestaat sinds 1 januari 2023 en ontstond uit Brielle, Hellevoetsluis en Westvoorne."),
        ("GM1978", "Op 1 januari 2013 ontstond Molenwaard uit Graafstroom, Liesveld en Nieuw-Lekkerland."),
        ("GM1945", "Op 1 januari 2016 kreeg Groesbeek de naam Berg en Dal."),
        ("GM1940", "Op 1 juli 2015 kreeg De Friese Meren de naam De Fryske Marren."),
        ("GM0080", "Op 1 januari 2014 kwam een deel van Boarnsterhim (ongeveer 56 procent van de inwoners) bij Leeuwarden."),
        ("GM0599", "Sinds 2011 is Rotterdam niet samengevoegd of gesplitst."),
    ],
)  # fmt: skip
def test_history_of_boundaries_tells_what_became_part_of_what(code: str, sentence: str):
    found = profile(code)
    assert sentence in found.boundary_history
    assert sentence in text(found, "boundaries")


def test_every_change_of_boundaries_is_told_where_it_led(everyone):
    told = {code: " ".join(found.boundary_history) for code, found in everyone.items()}
    for row in data.table("boundary_changes").itertuples():
        if row.new_code in told:
            assert row.old_name in told[row.new_code]


def test_money_of_later_merged_parts_is_counted_and_said(everyone):
    counted = "telt mee"
    for code in ("GM1979", "GM0865", "GM0363", "GM1992"):
        assert counted in text(everyone[code], "funding")
    for code in ("GM1948", "GM0599", "GM1940", "GM1930"):
        assert counted not in text(everyone[code], "funding")


@pytest.mark.parametrize(
    ("code", "name", "address"),
    [
        ("GM0518", "'s-Gravenhage", "gm0518-s-gravenhage"),
        ("GM0796", "'s-Hertogenbosch", "gm0796-s-hertogenbosch"),
        ("GM1900", "Súdwest-Fryslân", "gm1900-sudwest-fryslan"),
        ("GM1970", "Noardeast-Fryslân", "gm1970-noardeast-fryslan"),
        ("GM0373", "Bergen (NH.)", "gm0373-bergen-nh"),
        ("GM0893", "Bergen (L.)", "gm0893-bergen-l"),
        ("GM0363", "Amsterdam", "gm0363-amsterdam"),
    ],
)
def test_official_name_makes_an_address_in_small_letters(code: str, name: str, address: str):
    found = profile(code)
    assert (found.name, found.slug) == (name, address)
    assert slug(code, name) == address


def test_withheld_debts_are_said_with_the_reason_and_have_no_place():
    vught = profile("GM0865").key_figure("debt_restructuring_persons_count")
    assert (vught.value, vught.absence, vught.rank, vught.quality) == (None, "suppressed", None, "")
    assert vught.value_text == "geen cijfer: het CBS geeft aantallen onder de 10 niet"
    eemsdelta = profile("GM1979").key_figure("debt_restructuring_persons_count")
    assert (eemsdelta.value, eemsdelta.absence) == (None, "missing")
    merged = profile("GM1982").key_figure("debt_restructuring_persons_count")
    assert merged.absence == "suppressed"
    assert "een gemeente die nu bij deze gemeente hoort" in merged.absence_reason


def test_doubtful_figures_lead_to_no_claim_on_the_trend():
    rozendaal = profile("GM0277")
    assert "De cijfers van voor 2021 zijn onzeker" in text(rozendaal, "trend")
    assert not re.search(r"(daalde|steeg) het aandeel van|(daalde|steeg) het van", text(rozendaal, "trend"))


TINY = {"GM0060": "Ameland", "GM0088": "Schiermonnikoog", "GM0093": "Terschelling", "GM0096": "Vlieland", "GM0277": "Rozendaal"}


def test_of_few_children_only_the_range_of_the_share_is_told(everyone):
    assert {code: everyone[code].name for code in few_children()} == TINY
    claims = re.compile(r"hoger|lager|ongeveer gelijk|(daalde|steeg) het|(daalde|steeg) van|\bplaats\b|geen enkele")
    for code in TINY:
        found = everyone[code]
        share = found.key_figure(RISK)
        own = found.trend.query("region_code == @code")[RISK]
        assert not claims.search(text(found, "poverty")) and not claims.search(text(found, "trend")), found.name
        assert "aandeel kinderen met kans op armoede" not in text(found, "neighbours")
        assert f"tussen {format_number(own.min(), 1)} procent" in text(found, "trend")
        assert f"en {format_number(own.max(), 1)} procent" in text(found, "trend")
        assert (share.rank, share.rank_count, share.rank_text) == (None, None, "geen plaats")
        assert "minder dan 1.000 kinderen" in share.rank_note
    assert {code for code, found in everyone.items() if found.key_figure(RISK).rank is None} == set(TINY)
    assert "Tussen 2011 en 2021 lag het aandeel tussen 2,4 procent (in 2014) en 12,4 procent (in 2012)." in text(
        everyone["GM0088"], "trend"
    )


def test_where_few_children_live_only_places_that_hold_are_told(everyone):
    """A place that moves by more than ten from one year to the next, in half of the years, says little."""
    told = {figure.figure_id for code in TINY for figure in everyone[code].key_figures if figure.rank is not None}
    assert RISK not in told
    for name, known in indicators().items():
        values = known.values.dropna(subset=["value"]).pivot(index="municipality_code", columns="year", values="value")
        moves = values.astype(float).rank(ascending=False, method="min").loc[values.index.isin([*TINY])].diff(axis=1).abs().stack().dropna()
        if len(moves):
            assert (name in told) == (moves.median() <= 10), name


def test_estimated_money_is_told_in_two_digits_and_with_the_direction_of_its_errors():
    funding = text(profile("GM0363"), "funding")
    assert "9,1 procent naar de gemeente Amsterdam: ongeveer 7,7 miljoen euro." in funding
    assert "Bij 21 van die gemeenten was onze schatting lager dan het bekende bedrag." in funding
    figure = profile("GM0363").key_figure("funding_eur")
    assert (figure.value_text, figure.national_text) == ("7.700.000", "85.000.000")


def test_two_figures_of_the_netherlands_are_explained_where_both_are_told(everyone):
    said = "Over 2021 komen wij zo op 9,5 procent, het CBS op 9,4 procent."
    assert {code for code, found in everyone.items() if said not in text(found, "trend")} == set(TINY)


def test_a_change_up_to_a_provisional_figure_is_told_as_such():
    words = text(profile("GM0363"), "low_income")
    assert "In 2011 was het aandeel hier 18,0 procent. Het daalde dus, als het voorlopige cijfer over 2022 zo blijft." in words


def test_an_error_is_never_told_smaller_than_it_is(everyone):
    for found in everyone.values():
        for figure in found.key_figures:
            assert "0,00" not in figure.error_text and "0,0 " not in figure.error_text
            number = re.search(r"hoogstens ([\d.,]+)", figure.error_text)
            if number:
                assert float(number[1].replace(".", "").replace(",", ".")) >= figure.error_max - 1e-5


def test_highest_share_is_told_without_a_number_of_its_place():
    assert "heeft geen enkele een hoger aandeel dan Heerlen" in text(profile("GM0917"), "poverty")


def test_low_income_is_only_given_for_the_five_provinces_of_the_table(everyone):
    known = {code for code, found in everyone.items() if found.key_figure("low_income_pct").value is not None}
    assert known == set(data.table("municipal_low_income")["municipality_code"])
    haarlem, groningen = everyone["GM0392"], everyone["GM0014"]
    assert haarlem.key_figure("low_income_pct").value == 5.6
    assert haarlem.key_figure("low_income_pct").quality == "provisional"
    assert haarlem.key_figure("low_income_pct").rank_count == 157
    assert haarlem.key_figure("low_income_pct").national_value is None
    assert haarlem.low_income.groupby("region_code").size().to_dict() == {"GM0392": 12, "PV27": 12}
    assert groningen.low_income.empty
    assert groningen.low_income_reason.endswith("Flevoland, Noord-Brabant, Noord-Holland, Overijssel en Utrecht")


def test_reported_amount_stands_beside_the_estimate():
    haarlem = profile("GM0392")
    assert [(each.year, each.received_eur, each.spent_eur) for each in haarlem.reported] == [(2017, 737_000, 531_991)]
    assert "een bedrag van ongeveer 737.000 euro voor de gemeente Haarlem. Onze schatting is vrijwel even hoog." in text(haarlem, "funding")
    vught = profile("GM0865")
    assert [each.year for each in vught.reported] == [2017, 2018, 2019, 2020]
    assert [each.comparable for each in vught.reported] == [True, False, False, False]
    assert "Onze schatting voor de gemeente van toen is 76.000 euro, dat is 5 procent lager." in text(vught, "funding")
    assert "niets uitgegeven" in text(profile("GM0388"), "funding")
    assert "alleen wat de gemeente Velsen uitgaf: 214.092 euro" in text(profile("GM0453"), "funding")


def test_estimated_amounts_add_up_to_the_sum_of_the_letter(everyone):
    euros = [found.key_figure("funding_eur") for found in everyone.values()]
    assert sum(figure.value for figure in euros) == pytest.approx(85_000_000)
    assert all(figure.national_value == pytest.approx(85_000_000) for figure in euros)
    assert sum(found.key_figure("funding_share_pct").value for found in everyone.values()) == pytest.approx(100)


def test_figures_of_province_and_country_are_of_the_same_measure_and_year():
    utrecht = profile("GM0344")
    risk = utrecht.key_figure(RISK)
    assert (risk.national_value, risk.national_error) == (9.4, 0.05)
    assert risk.province_value == pytest.approx(7.5462, abs=1e-4)
    assert utrecht.key_figure("median_standardised_income_eur").national_value is None
    assert utrecht.key_figure("debt_restructuring_persons_count").province_value is None
    in_utrecht = [each.inhabitants for each in profiles.profiles() if each.province_code == "PV26"]
    assert utrecht.key_figure("inhabitants_count").province_value == sum(in_utrecht)


def test_trend_has_municipality_province_and_country_in_eleven_years(everyone):
    for found in everyone.values():
        assert found.trend.groupby("region_code", sort=False).size().to_dict() == {found.code: 11, found.province_code: 11, "NL": 11}
        assert found.trend[RISK].notna().all()


def test_error_of_a_divided_municipality_allows_for_a_part_unlike_the_whole():
    trend = profile("GM0865").trend.query("region_code == 'GM0865' and year == 2020").iloc[0]
    part, whole = 0.341 * 2519, 5550
    mean = (4.68 * whole + 3.72 * part) / (whole + part)
    spread = ((4.68 - mean) * whole + (mean - 3.72) * part) / (whole + part)
    divided = 3.72 * part / (whole + part)
    assert trend["error_max_pct"] == pytest.approx(0.30 + weight_deviation() * spread + divided)
    unchanged = profile("GM0599").trend.query("region_code == 'GM0599'")
    assert unchanged["error_max_pct"].tolist() == pytest.approx([0.30] * 10 + [0.05])


def test_error_of_a_number_counts_rounding_and_division():
    vught = profile("GM0865")
    persons, share = vught.key_figure("social_assistance_recipients_count"), vught.key_figure("social_assistance_pct")
    assert persons.value == pytest.approx(330 + 0.341 * 130)
    assert persons.error_max == pytest.approx(5 + 0.341 * (5 + 130))
    adults, adults_error = 21_890 + 0.341 * 12_130, 5 + 0.341 * (5 + 0.1 * 12_130)
    assert share.value == pytest.approx(100 * persons.value / adults)
    assert share.error_max == pytest.approx(100 * (persons.error_max + persons.value / adults * adults_error) / adults)
    rotterdam = profile("GM0599").key_figure("social_assistance_recipients_count")
    assert (rotterdam.value, rotterdam.error_max) == (46_210, 5)


# --- All municipalities ---


def test_there_is_a_profile_for_every_municipality_with_its_own_address(everyone):
    assert len(everyone) == COUNT
    assert len({found.slug for found in everyone.values()}) == COUNT
    assert all(re.fullmatch(r"gm\d{4}(-[a-z0-9]+)+", found.slug) for found in everyone.values())
    assert len({found.name for found in everyone.values()}) == COUNT


def words_of(found: Profile) -> list[str]:
    """Return everything that a reader can read of a profile."""
    figures = [
        words
        for figure in found.key_figures
        for words in (
            figure.label, figure.unit, figure.short_unit, figure.definition, figure.value_text, figure.region_note, *figure.sources,
        )
    ]  # fmt: skip
    maybe = [
        words
        for figure in found.key_figures
        for words in (
            figure.error_text,
            figure.quality_text,
            figure.rank_text,
            figure.rank_note,
            figure.province_text,
            figure.national_text,
        )
        if words
    ]
    sentences = [sentence for paragraph in found.paragraphs for sentence in (paragraph.title, *paragraph.sentences)]
    return [found.name, found.slug, found.province_name, *figures, *maybe, *sentences, *found.boundary_history]


def test_no_profile_has_an_empty_or_broken_sentence(everyone):
    broken = re.compile(r"\bnan\b|\bNone\b|<NA>|[{}]|  |\s$|^\s|\.\.|,,|^$|(?<![\d.,])0 (kinderen|mensen|gemeenten|euro)\b|\bin 0\b")
    assert [(found.name, words) for found in everyone.values() for words in words_of(found) if broken.search(words)] == []


def test_every_sentence_is_a_sentence(everyone):
    for found in everyone.values():
        for paragraph in found.paragraphs:
            assert paragraph.sentences, (found.name, paragraph.paragraph_id)
            for sentence in paragraph.sentences:
                assert sentence.endswith("."), sentence
                start = sentence.removeprefix(found.name)
                assert sentence != start or sentence[0].isupper() or sentence[0].isdigit(), sentence


def test_every_key_figure_has_a_value_or_a_reason(everyone):
    for found in everyone.values():
        assert [figure.figure_id for figure in found.key_figures] == list(indicators())
        for figure in found.key_figures:
            assert (figure.value is None) == bool(figure.absence) == bool(figure.absence_reason)
            assert (figure.value is None) == (figure.quality == "")
            assert (figure.value is None) == (figure.rank_text == "")
            assert (figure.rank is None) == (figure.value is None or figure.no_place_reason != "")
            if figure.rank_first is not None:
                assert 1 <= figure.rank_first <= figure.rank <= figure.rank_last <= figure.rank_count


def test_equal_figures_share_a_place_and_the_next_place_is_left_open(everyone):
    shown = pd.Series({code: round(found.key_figure(RISK).value, 1) for code, found in everyone.items()})
    ranks = pd.Series({code: found.key_figure(RISK).rank for code, found in everyone.items()})
    for code in shown.index.difference([*TINY]):
        assert ranks[code] == 1 + (shown > shown[code]).sum()
        assert everyone[code].key_figure(RISK).shared_count == (shown == shown[code]).sum()


def test_sentences_agree_with_the_figures_for_every_municipality(everyone):
    for found in everyone.values():
        risk, words = found.key_figure(RISK), text(found, "poverty")
        assert f"leefde {risk.value_text} procent van de kinderen in de gemeente {found.name}" in words
        if found.code in TINY:
            continue
        difference, margin = risk.value - risk.province_value, risk.error_max + risk.province_error
        claim = re.search(r"Dat aandeel is (hoger|lager|ongeveer gelijk)", words).group(1)
        assert claim == ("ongeveer gelijk" if abs(difference) <= margin else "hoger" if difference > 0 else "lager"), found.name
        own = found.trend[found.trend["region_code"] == found.code].set_index("year")
        change = own.at[2021, RISK] - own.at[2011, RISK]
        allowed = own.at[2021, "error_max_pct"] + own.at[2011, "error_max_pct"] + 1e-9
        claims = re.search(r"Tussen 2011 en 2021 (daalde|steeg)", text(found, "trend"))
        expected = None if not abs(change) > allowed else "daalde" if change < 0 else "steeg"
        assert (claims.group(1) if claims else None) == expected, found.name


def test_alike_municipalities_are_the_nearest_and_never_the_same(everyone):
    for code, found in everyone.items():
        distances = [each.distance for each in found.alike]
        assert len(distances) == 5 and distances == sorted(distances) and code not in {each.place.code for each in found.alike}
    frame = characteristics()
    assert frame.isna().sum().to_dict() == {
        "inhabitants_count": 0, "children_0_14_pct": 0, "median_standardised_income_eur": 2, "social_assistance_pct": 0,
    }  # fmt: skip


def test_likeness_is_the_distance_that_the_note_explains():
    frame = characteristics()
    scaled = frame.assign(inhabitants_count=frame["inhabitants_count"].map(math.log))
    scaled = (scaled - scaled.mean()) / scaled.std()
    first, second = next(iter(most_alike("GM0344").items()))
    expected = math.sqrt(((scaled.loc["GM0344"] - scaled.loc[first]) ** 2).mean())
    assert second == pytest.approx(expected)
    assert "Armoede onder kinderen zelf telt niet mee" in profiles.likeness_note()


def test_unknown_code_is_a_clear_error():
    with pytest.raises(KeyError, match=r"no municipality of 2025 'GM0457'\. Did you mean"):
        profile("GM0457")
    with pytest.raises(KeyError, match="municipality of 2025"):
        download_rows("gm0363")


# --- What the words may claim ---

MANY = settings(max_examples=60, deadline=None)
figure_values = st.floats(0, 100)
errors = st.floats(0, 5)


@MANY
@given(figure_values, errors, figure_values, errors, st.floats(-1, 1), st.floats(-1, 1))
def test_a_difference_that_is_claimed_is_there_wherever_the_truth_lies(value, error, other, other_error, where, other_where):
    claim = relation(value, error, other, other_error)
    truth, other_truth = value + where * error, other + other_where * other_error
    if claim == HIGHER:
        assert truth > other_truth - 1e-6
    if claim == LOWER:
        assert truth < other_truth + 1e-6
    assert relation(other, other_error, value, error) == {HIGHER: LOWER, LOWER: HIGHER, EQUAL: EQUAL}[claim]


@MANY
@given(figure_values, errors, figure_values)
def test_without_a_known_error_nothing_is_claimed(value, error, other):
    assert relation(value, float("nan"), other, error) == relation(value, error, other, float("nan")) == UNKNOWN
    assert direction(value, float("nan"), other, error) == UNKNOWN


@MANY
@given(st.lists(st.tuples(figure_values, errors, st.floats(-1, 1)), min_size=1, max_size=12))
def test_the_true_place_lies_within_the_places_that_the_errors_leave_open(rows):
    values = pd.Series([value for value, _, _ in rows])
    margins = pd.Series([error for _, error, _ in rows])
    truth = values + margins * pd.Series([where for _, _, where in rows])
    found = places(values, margins, 1)
    for place in values.index:
        better = (truth > truth[place] + 1e-6).sum()
        not_worse = (truth >= truth[place] - 1e-6).sum()
        assert found.at[place, "rank_first"] <= not_worse
        assert found.at[place, "rank_last"] >= 1 + better


def test_places_are_not_bounded_when_an_error_is_unknown():
    found = places(pd.Series([3.0, 2.0, None]), pd.Series([0.1, None, None]), 1)
    assert found["rank"].tolist()[:2] == [1, 2]
    assert found["rank_first"].isna().all() and found["rank_last"].isna().all()
    assert found.loc[2].isna().all()


@MANY
@given(figure_values, errors, figure_values, errors, figure_values, errors)
def test_words_of_comparison_follow_the_errors(value, error, in_province, province_error, in_country, country_error):
    figure = replace(
        profile("GM0344").key_figure(RISK), value=value, error_max=error, province_value=in_province, province_error=province_error,
        national_value=in_country, national_error=country_error,
    )  # fmt: skip
    (sentence,) = compared_with_regions(figure, "Utrecht")
    words = {HIGHER: "hoger dan", LOWER: "lager dan", EQUAL: "ongeveer gelijk aan dat"}
    to_province = words[relation(value, error, in_province, province_error)]
    to_country = words[relation(value, error, in_country, country_error)]
    assert f"is {to_province} in de provincie Utrecht (" in sentence
    rest = sentence.split(")", 1)[1]
    assert to_country.removeprefix("ongeveer gelijk ") in rest and "in heel Nederland (" in rest
    assert sum(rest.count(word) for word in ("hoger dan", "lager dan", "aan dat")) == 1


def test_nothing_is_said_of_regions_without_figures():
    figure = replace(profile("GM0344").key_figure(RISK), province_value=None, province_error=None, national_value=None, national_error=None)
    assert compared_with_regions(figure, "Utrecht") == []


@pytest.mark.parametrize(
    ("value", "step", "shown"), [(152_334, 10, "152.000"), (6_487, 10, "6.490"), (84, 10, "80"), (1_064, 100, "1.100")]
)
def test_estimates_are_told_without_false_precision(value, step, shown):
    assert about(value, step) == shown


def test_notes_explain_what_a_reader_could_stumble_over():
    assert "Nederland in 2021 hier 9,5 procent, terwijl het CBS zelf 9,4 procent geeft" in profiles.trend_note()
    assert "Gemeenten in België en Duitsland staan er niet bij." in profiles.neighbours_note()


# --- Files to download ---


def test_download_has_every_figure_of_the_page(everyone):
    rows = download_rows()
    assert list(rows.columns) == COLUMNS
    assert not rows.duplicated(["municipality_code", "indicator_id", "year"]).any()
    latest = rows.set_index(["municipality_code", "indicator_id", "year"])["value"]
    for found in everyone.values():
        for figure in found.key_figures:
            given_value = latest[(found.code, figure.figure_id, figure.year)]
            assert pd.isna(given_value) if figure.value is None else given_value == pytest.approx(figure.value, abs=0.06)


def test_download_says_why_a_figure_lacks_and_how_good_it_is(everyone):
    rows = download_rows()
    lacking = rows["value"].isna()
    assert rows.loc[lacking, "absence"].isin(["missing", "suppressed"]).all() and rows.loc[~lacking, "absence"].eq("").all()
    assert rows.loc[lacking, "absence_reason"].ne("").all()
    assert rows.loc[~lacking, "quality_text"].ne("").all() and rows["source"].ne("").all()
    assert not rows.map(lambda cell: str(cell) in ("None", "<NA>")).any().any()


def test_download_of_one_municipality_is_its_part_of_the_whole():
    rows = download_rows("GM0392")
    assert set(rows["municipality_code"]) == {"GM0392"}
    assert rows.query("indicator_id == 'reported_received_eur'")["value"].tolist() == [737_000]
    assert len(rows) == (download_rows()["municipality_code"] == "GM0392").sum()


# --- Tables that a refresh brings ---


@pytest.fixture
def low_income_everywhere(monkeypatch):
    """Make believe that a refresh brought the low-income threshold of all municipalities; Assen was withheld, all values are made up."""
    codes = data.table("municipalities")["municipality_code"]
    frame = pd.DataFrame([(code, year) for code in codes for year in (2022, 2023)], columns=["municipality_code", "year"])
    frame = frame.assign(municipality_name="naam", status="definitive", children_count=1000, low_income_count=100, low_income_pct=10.0)
    frame.loc[frame["municipality_code"].eq("GM0106"), ["low_income_count", "low_income_pct"]] = None
    load = poverty_indicators.table
    monkeypatch.setattr(poverty_indicators, "table", lambda name: frame.copy() if name == "municipal_low_income" else load(name))
    profiles.forget()
    yield
    monkeypatch.undo()
    profiles.forget()


def test_low_income_of_all_municipalities_is_used_when_a_refresh_brings_it(low_income_everywhere):
    groningen, assen, emmen = profile("GM0014"), profile("GM0106"), profile("GM0114")
    share = groningen.key_figure("low_income_pct")
    assert (share.value, share.year, share.quality, share.province_value, share.rank_count) == (10, 2023, "definitive", 10, COUNT - 1)
    assert "voorlopig" not in text(groningen, "low_income")
    assert assen.key_figure("low_income_pct").absence_reason == "het CBS geeft in deze tabel geen cijfer"
    assert assen.low_income.empty
    assert emmen.key_figure("low_income_pct").value == 10
    assert emmen.key_figure("low_income_pct").province_value is None


@pytest.fixture
def new_line(monkeypatch):
    """Make believe that a refresh brought the new poverty line: Amsterdam withheld, Urk not listed; all other values are made up."""
    codes = data.table("municipalities")["municipality_code"]
    frame = pd.DataFrame(
        [(code, year) for code in codes if code != "GM0184" for year in (2023, 2024)], columns=["municipality_code", "year"]
    )
    frame = frame.assign(municipality_name="naam", status="provisional", absence=pd.Series(pd.NA, index=frame.index, dtype="string"))
    frame["poverty_line_2024_pct"] = pd.Series(range(len(frame)), dtype="Float64") % 9
    frame["poverty_line_2024_count"] = pd.Series(100, index=frame.index, dtype="Int64")
    withheld = frame["municipality_code"].eq("GM0363")
    frame.loc[withheld, ["poverty_line_2024_pct", "poverty_line_2024_count"]] = pd.NA
    frame.loc[withheld, "absence"] = "suppressed"
    monkeypatch.setattr(municipal, "table_names", lambda: [municipal.POVERTY_LINE_TABLE])
    monkeypatch.setattr(municipal, "table", lambda name: frame.copy() if name == municipal.POVERTY_LINE_TABLE else data.table(name))
    profiles.forget()
    forget_downloads()
    yield frame
    monkeypatch.undo()
    profiles.forget()
    forget_downloads()


def test_without_its_table_the_new_poverty_line_is_not_in_a_profile():
    assert "poverty_line_2024_pct" not in indicators()
    assert "nieuwe armoedegrens" not in text(profile("GM0363"), "low_income")


def test_new_poverty_line_appears_with_its_table(new_line):
    assert indicator("poverty_line_2024_pct").latest_year == 2024
    groningen = profile("GM0014")
    expected = new_line.query("municipality_code == 'GM0014' and year == 2024")["poverty_line_2024_pct"].iloc[0]
    assert groningen.key_figure("poverty_line_2024_pct").value == expected
    assert "Onder de nieuwe armoedegrens van CBS, SCP en Nibud leefde in 2024" in text(groningen, "low_income")
    withheld, unlisted = (profile(code).key_figure("poverty_line_2024_pct") for code in ("GM0363", "GM0184"))
    assert (withheld.absence, unlisted.absence) == ("suppressed", "missing")
    assert "geen cijfer over 2024: het CBS geeft het niet" in text(profile("GM0363"), "low_income")
    assert (download_rows("GM0014")["indicator_id"] == "poverty_line_2024_pct").sum() == 2


def test_search_text_of_every_name_leads_to_its_address(everyone):
    assert all(found.slug.endswith(search_text(found.name).replace(" ", "-")) for found in everyone.values())


def test_what_is_said_of_a_known_amount_fits_the_amounts_that_are_shown():
    said = 0
    for one in profiles.profiles():
        for amount in one.reported:
            if not amount.comparable or amount.received_eur is None:
                continue
            beside = _estimate_beside(amount, amount.estimated_eur)
            ours, theirs = (significant(round(value), 2) for value in (amount.estimated_eur, amount.received_eur))
            assert ("even hoog" in beside) == (ours == theirs), (one.name, beside)
            assert ("lager" in beside) == (ours < theirs), (one.name, beside)
            said += 1
    assert said == 24
