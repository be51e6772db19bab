"""The ledger, its Dutch words, and the check that a text states a fact."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from babel.messages.pofile import read_po

import data.importing.documents as documents
from data.facts import PERIOD_WORDS, UNIT_WORDS, Fact, accepted_texts, fact, facts, format_amount, period_text, states
from data.language import LOCALE_FOLDER
from data.package import table

ENGLISH = re.compile(r"\b(?:the|and|with|year|share|number|policy|children|municipalities|first|amount)\b", flags=re.IGNORECASE)
QUOTATIONS_THAT_COUNT = {
    "ambitions_reported_here",  # names ambitions 1 and 3
    "charity_partners_subsidy",  # "10 euro miljoen", a slip of the pen in the letter
    "eu_countries_with_lower_risk",  # names two countries
    "indicator_requirements_count",  # numbers them 1) and 2)
    "kansen_voor_alle_kinderen_subsidy",  # "5 euro miljoen"
    "wonenplus_duration",  # "een jaar lang"; "een" alone is an article
}


def example(value: float, unit: str, period: str = "") -> Fact:
    return Fact("example", value, unit, period)


@pytest.mark.parametrize(("name", "rows"), [("documents", 5), ("ledger", 192), ("measures", 163)])
def test_the_tables_hold_every_row_of_the_source(name, rows):
    frame = table(name)
    assert len(frame) == rows
    assert frame.iloc[:, 0].is_unique


@pytest.mark.parametrize(
    ("name", "column", "allowed"),
    [
        ("documents", "kind", documents.DOCUMENT_KINDS),
        ("ledger", "topic", documents.TOPICS),
        ("measures", "kind", documents.MEASURE_KINDS),
        ("measures", "goal", tuple(documents.GOALS.values())),
    ],
)
def test_closed_lists_are_kept_and_used_in_full(name, column, allowed):
    values = table(name)[column]
    assert values.notna().all()
    assert set(values) == set(allowed)


@pytest.mark.parametrize("name", ["ledger", "measures"])
def test_every_row_has_a_quotation_its_place_and_a_known_document(name):
    frame = table(name)
    assert frame[["quotation", "locator_nl"]].notna().all(axis=None)
    assert frame["document_id"].isin(table("documents")["document_id"]).all()


@pytest.mark.parametrize(
    ("name", "column"), [("ledger", "definition_nl"), ("ledger", "locator_nl"), ("measures", "title_nl"), ("documents", "title_nl")]
)
def test_dutch_words_are_dutch_and_complete(name, column):
    words = table(name)[column]
    assert words[words.str.contains(ENGLISH)].tolist() == []
    assert words[words.str.contains(r"\s\s|^\s|[.\s]$")].tolist() == []
    if column != "locator_nl":
        assert words[~words.str.contains(r"^[A-Z0-9]")].tolist() == []


def test_each_definition_and_title_is_written_for_its_own_row():
    measures = table("measures")
    assert table("ledger")["definition_nl"].is_unique
    assert measures["title_nl"].is_unique


def test_portrayed_children_have_no_name():
    voices = table("ledger").query("topic == 'voices'")
    assert list(voices["fact_id"]) == ["voice_1_age", "voice_1_fires", "voice_2_age", "voice_3_age"]
    for column in ("definition_nl", "definition_en", "quotation"):
        capitals_inside_a_sentence = voices[column].str.contains(r"(?<!^)(?<![.!?] )\b[A-Z]", regex=True)
        assert voices.loc[capitals_inside_a_sentence, column].tolist() == []


def test_facts_are_the_ledger_and_then_the_context():
    everything = facts()
    ledger = table("ledger")["fact_id"].tolist()
    assert [item.fact_id for item in everything] == ledger + table("context")["fact_id"].tolist()
    assert [item.kind for item in everything] == ["ledger"] * len(ledger) + ["context"] * len(table("context"))
    assert len({item.fact_id for item in everything}) == len(everything)


def test_a_fact_carries_all_that_a_source_card_shows():
    card = fact("children_low_income_count_2016")
    assert (card.value, card.unit, card.period, card.text) == (292_000, "children", "2016", "292.000 kinderen")
    assert card.definition.startswith("Aantal minderjarige kinderen in een gezin met risico op armoede")
    assert card.quotation == "Dit zijn 292.000 kinderen"
    assert card.locator == "paragraaf 2 (Armoede onder kinderen: de cijfers)"
    assert card.document.startswith("Kabinetsreactie") and card.document.endswith("(2018)")
    for part in ("children_low_income_count_2016", "292.000 kinderen", "2016", "Kabinetsreactie"):
        assert part in repr(card)


def test_only_sentences_are_quoted():
    kinds = table("context").set_index("fact_id")["quotation_kind"]
    assert {kinds[item.fact_id] for item in facts() if item.kind == "context" and item.quotation} <= {"sentence"}


def test_an_unknown_fact_is_answered_with_near_ones():
    with pytest.raises(KeyError, match="children_low_income_count_2016"):
        fact("children_low_income_count_2061")


def test_every_unit_and_period_of_the_tables_has_words():
    for item in facts():
        assert item.text
        assert not item.period or item.period_text


def test_every_unit_and_period_is_translated_with_the_same_fields():
    with (LOCALE_FOLDER / "nl.po").open("rb") as file:
        catalogue = read_po(file, locale="nl")
    for singular, plural in UNIT_WORDS.values():
        forms = catalogue[singular].string
        assert catalogue[singular].id == (singular, plural)
        for form in forms:
            assert re.findall(r"\{\w+\}", form) == re.findall(r"\{\w+\}", plural), singular
    for _, message in PERIOD_WORDS:
        assert sorted(re.findall(r"\{\w+\}", catalogue[message].string)) == sorted(re.findall(r"\{\w+\}", message)), message


@pytest.mark.parametrize(
    ("value", "unit", "period", "text"),
    [
        (292_000, "children", "2016", "292.000 kinderen"),
        (1, "children", "2016", "1 kind"),
        (-11_000, "children", "2015-2016", "-11.000 kinderen"),
        (9.2, "percent", "2015", "9,2 procent"),
        (120, "percent_of_social_minimum", "", "120 procent van het sociaal minimum"),
        (85_000_000, "eur_per_year", "2017-", "85 miljoen euro per jaar"),
        (2_500_000, "eur", "", "2,5 miljoen euro"),
        (1_100_000_000, "eur_per_year", "2025", "1,1 miljard euro per jaar"),
        (1_030, "eur_per_month", "2016", "1.030 euro per maand"),
        (283.4, "eur_per_quarter", "2017", "283,40 euro per kwartaal"),
        (13.27, "eur_per_hour", "2024-01-01", "13,27 euro per uur"),
        (2017, "year", "2017-12-05", "2017"),
        (14, "day_of_month", "2019-02-14", "14 februari 2019"),
        (1, "organisations", "", "1 organisatie"),
        (4, "organisations", "", "4 organisaties"),
        (850_000, "persons", "", "850.000 mensen"),
        (13, "one_in_n", "", "1 op de 13"),
        (9, "in_ten_municipalities", "", "9 op de 10 gemeenten"),
        (11, "years_of_age", "2021", "11 jaar"),
        (1, "per_year", "", "1 keer per jaar"),
    ],
)
def test_a_value_is_written_with_its_unit(value, unit, period, text):
    assert example(value, unit, period).text == text


@pytest.mark.parametrize(
    ("period", "text"),
    [
        ("", ""),
        ("2016", "2016"),
        ("2017-03", "maart 2017"),
        ("2019-02-14", "14 februari 2019"),
        ("2017-2020", "2017 tot en met 2020"),
        ("2017-", "vanaf 2017"),
        ("2018 autumn", "najaar 2018"),
        ("2026 early", "begin 2026"),
        ("structural", "structureel"),
    ],
)
def test_a_period_is_written_for_the_reader(period, text):
    assert period_text(period) == text


def test_a_shortened_amount_loses_nothing():
    assert format_amount(36_450_000) == "36,45 miljoen"
    assert format_amount(36_451_000) == "36.451.000"


@pytest.mark.parametrize(
    ("value", "unit", "period", "text"),
    [
        (292_000, "children", "", "In 2016 waren dat 292.000 kinderen."),
        (9.2, "percent", "", "9,2 procent"),
        (9.2, "percent", "", "9,2%"),
        (85_000_000, "eur_per_year", "", "85 miljoen euro per jaar"),
        (85_000_000, "eur_per_year", "", "€ 85 mln. extra"),
        (85_000_000, "eur_per_year", "", "85.000.000 euro"),
        (10_000_000, "eur_per_year", "", "tien miljoen euro"),
        (1_100_000_000, "eur_per_year", "", "1,1 miljard euro"),
        (283.4, "eur_per_quarter", "", "283,40 euro"),
        (2017, "year", "2017-12-05", "sinds 2017"),
        (4, "ambitions", "", "Vier ambities"),
        (5, "sessions", "", "een vijftal sessies"),
        (40, "percent", "", "Vier op de tien kinderen"),
        (40, "percent", "", "4 op de 10 kinderen"),
        (90, "percent", "", "9 op 10"),
        (10, "percent", "", "één op de tien"),
        (10, "percent", "", "10 procent"),
        (13, "one_in_n", "", "Eén op de dertien kinderen"),
        (13, "one_in_n", "", "1 op de 13"),
        (50, "percent", "", "meer dan gehalveerd"),
        (50, "percent", "", "de helft"),
        (-11_000, "children", "", "een daling van 11.000"),
        (14, "day_of_month", "2019-02-14", "op 14 februari 2019"),
        (14, "day_of_month", "2019-02-14", "op 14 februari"),
        (0, "children", "", "geen kind"),
        (1, "per_year", "", "een jaarlijkse monitor"),
        (9, "in_ten_municipalities", "", "negen op de tien gemeenten"),
    ],
)
def test_a_text_states_the_value(value, unit, period, text):
    assert states(example(value, unit, period), text)


@pytest.mark.parametrize(
    ("value", "unit", "period", "text"),
    [
        (85, "persons", "", "850 mensen"),
        (85, "persons", "", "185 mensen"),
        (85, "persons", "", "1.085 mensen"),
        (85, "persons", "", "85,5 procent"),
        (85, "persons", "", "85.000 mensen"),
        (500, "persons", "", "1.500 mensen"),
        (5, "persons", "", "85,5 procent"),
        (85, "persons", "", "85 miljoen euro"),
        (85_000_000, "eur_per_year", "", "85 euro"),
        (85_000_000, "eur_per_year", "", "8,5 miljoen"),
        (85_000_000, "eur_per_year", "", "185 miljoen"),
        (9, "percent", "", "9,2 procent"),
        (9.2, "percent", "", "9,25 procent"),
        (9.2, "percent", "", "9 procent"),
        (10, "percent", "", "4 op de 10 kinderen"),
        (4, "ambitions", "", "4 op de 10"),
        (40, "percent", "", "vier kinderen"),
        (4, "ambitions", "", "veertien of vierde"),
        (1, "portals", "", "een punt"),
        (13, "one_in_n", "", "13 procent"),
        (2017, "year", "", "20172"),
        (14, "day_of_month", "2019-02-14", "14 februari 2018"),
        (14, "day_of_month", "2019-02-14", "14 maart 2019"),
        (1_030, "eur_per_month", "", "1030 euro"),
        (292_000, "children", "", "292 kinderen"),
    ],
)
def test_another_number_does_not_state_the_value(value, unit, period, text):
    assert not states(example(value, unit, period), text)


def test_every_fact_states_itself():
    assert [item for item in facts() if not states(item, item.text)] == []


def test_every_quotation_of_the_ledger_states_its_value():
    silent = {item.fact_id for item in facts() if item.kind == "ledger" and not states(item, item.quotation)}
    assert silent == QUOTATIONS_THAT_COUNT


def test_accepted_texts_are_what_states_looks_for():
    assert {"40", "4 op de 10", "vier op de tien", "vier op tien"} <= accepted_texts(example(40, "percent"))
    assert accepted_texts(example(2017, "year")) == {"2017"}


@pytest.mark.parametrize(
    ("wrong", "message"), [({"unit": "furlongs"}, "eenheid ‘furlongs’"), ({"unit": "children", "period": "lately"}, "lately")]
)
def test_an_unknown_unit_or_period_is_a_clear_error(wrong, message):
    with pytest.raises((KeyError, ValueError), match=message):
        repr(Fact("example", 1, **wrong))


def test_a_quotation_that_is_not_in_its_document_stops_the_import(monkeypatch):
    text = documents.joined_text("De kinder-\nbijslag  gaat\nomhoog.")
    monkeypatch.setattr(documents, "_document_texts", lambda folder: {"letter_2019": text})
    monkeypatch.setattr(documents, "_outline", lambda texts: {"letter_2019": [(0, "eerste alinea")]})
    frame = pd.DataFrame({"fact_id": ["some_fact"], "document_id": ["letter_2019"], "quotation": ["De kinderbijslag gaat omhoog"]})
    assert documents._located(frame, "fact_id", None)["locator_nl"].tolist() == ["eerste alinea"]
    with pytest.raises(ValueError, match="some_fact"):
        documents._located(frame.assign(quotation="De kinderbijslag gaat omlaag"), "fact_id", None)


def test_every_correction_of_a_measure_is_in_the_table_and_has_its_reason():
    measures = table("measures").set_index("measure_id")
    corrections = documents._labels("measures_corrections")
    assert not corrections.duplicated(["measure_id", "column"]).any()
    for row in corrections.itertuples():
        found = measures.loc[row.measure_id, row.column]
        assert ("" if pd.isna(found) else found) == row.value != row.source_value, row.measure_id
        assert row.reason_en
