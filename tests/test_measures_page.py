"""The chapter on measures: every measure is on the timeline, can be found, and stands there without a script."""

from __future__ import annotations

import csv
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page

import data
from data import measures as known
from data.package import describe
from tests.axe import faults
from tests.built import parsed
from tests.test_site import open_page, wait_until
from widgets import measures_timeline
from widgets.timeline import event_anchor

PAGE = "maatregelen.html"
FIGURE = "tijdlijn"
STATUS = f"#{FIGURE} .ka-filter [role=status]"


def measures() -> dict[str, dict]:
    """Return the measures by their place on the page."""
    return {event_anchor(row["measure_id"]): row for row in known.measures().to_dict("records")}


def shown(page: Page) -> set[str]:
    return set(page.locator(".ka-event").evaluate_all("all => all.filter(one => one.checkVisibility()).map(one => one.id)"))


def wait_for_status(page: Page, text: str) -> None:
    wait_until(page, f"text => document.querySelector('{STATUS}').textContent.startsWith(text)", arg=text)


# The data


def test_every_measure_of_the_table_is_there_once_with_a_group_in_order_of_time():
    found = known.measures()
    assert sorted(found["measure_id"]) == sorted(data.table("measures")["measure_id"])
    years = [int(group.rsplit(" ", 1)[-1]) for group in found["group"]]
    assert years == sorted(years)
    table = data.table("measures").set_index("measure_id")
    undated = table.index[table["start"].isna()]
    assert known.undated_count() == len(undated)
    assert set(found.loc[found["measure_id"].isin(undated), "group"]) == {group for group in found["group"] if not group.isdigit()}


@pytest.mark.parametrize(("column", "words"), [("goal", known.goal_words), ("kind", known.kind_words)])
def test_every_goal_and_kind_of_the_table_has_its_words(column, words):
    fields = {field["name"]: field for field in describe("measures")["schema"]["fields"]}
    assert sorted(words()) == sorted(fields[column]["constraints"]["enum"])


@pytest.mark.parametrize("mentions", [known.SAME_MEASURE, known.SAME_SUBJECT])
def test_later_mentions_lead_from_a_known_measure_to_one_of_a_later_document(mentions):
    years = known.measures().set_index("measure_id")["document_year"]
    documents = data.table("measures").set_index("measure_id")["document_id"]
    for measure_id, others in mentions.items():
        assert len(set(others)) == len(others) > 0
        assert not set(known.SAME_MEASURE.get(measure_id, ())) & set(known.SAME_SUBJECT.get(measure_id, ()))
        for other in others:
            assert years[other] >= years[measure_id], (measure_id, other)
            assert documents[other] != documents[measure_id], (measure_id, other)


def test_entries_with_the_same_name_in_two_documents_are_linked():
    """Names that stand in an earlier and in a later quotation or title: a later mention of the measure itself or of its subject."""
    names = {
        "armoede op scholen": ("handreiking_scholen_gemeenten", "gka_actieagenda"),
        "motie Segers": ("motie_segers_extra_ondersteuning", "leergeld_actieplan_toolkit"),
        "tussenevaluatie": ("motie_bruins_extra_tussenevaluatie", "extra_tussenevaluatie_2020"),
        "vindplaatsen": ("leergeld_actieplan_toolkit", "versterken_vindplaatsen"),
        "financiële educatie": ("week_van_het_geld", "financiele_educatie"),
        "werkenden met een laag inkomen": ("scp_onderzoek_werkenden_laag_inkomen", "scp_als_werk_weinig_opbrengt"),
    }
    for name, (first, second) in names.items():
        assert second in (*known.SAME_MEASURE.get(first, ()), *known.SAME_SUBJECT.get(first, ())), name


def test_the_table_of_the_letter_is_that_of_the_letter_in_its_order_and_groups():
    table = data.table("measures").set_index("measure_id")
    rows = table.loc[list(known.LETTER_TABLE)]
    assert set(rows["document_id"]) == {known.LETTER}
    placed = table.index[table["locator_nl"].str.contains("tabel met maatregelen")]
    assert set(placed) <= set(known.LETTER_TABLE)
    assert len(set(known.LETTER_TABLE)) == len(known.LETTER_TABLE)
    # The headings of the letter: Voorkomen, Tegengaan, Monitoren, Inzet van werkgevers; "Verlaging van de lasten" stands there twice.
    assert rows["goal"].tolist() == ["prevent"] * 8 + ["counter_consequences"] * 9 + ["monitor"] * 4 + ["employers"]


def test_what_later_documents_say_is_there_exactly_for_measures_that_they_come_back_to():
    letter = known.letter_table()
    silent = letter["later"] == "niet gevonden in de latere documenten"
    assert (silent == (letter["found"] == "none")).all()
    assert (letter.loc[letter["found"] != "same", "last_year"] == 2018).all()
    assert (letter.loc[letter["found"] == "same", "last_year"] > 2018).all()
    assert letter["purpose"].notna().all()
    assert set(known.purposes()) <= set(data.table("measures")["measure_id"])
    said = known.later_words()
    for measure_id in known.LETTER_TABLE:
        others = [*known.SAME_MEASURE.get(measure_id, ()), *known.SAME_SUBJECT.get(measure_id, ())]
        years = set(known.measures().set_index("measure_id").loc[others, "document_year"])
        assert {year for year in (2019, 2021, 2025) if f"{year}: " in said.get(measure_id, "")} <= years, measure_id


def test_acts_of_parliament_are_of_that_kind_and_plans_do_not_begin_in_the_year_of_comparison():
    table = data.table("measures").set_index("measure_id")
    names = table["title_nl"].str.match(r"Motie|Amendement|Kamervragen|Verzoek van|Kamerdebat|Algemeen overleg")
    assert set(table.loc[names, "kind"]) == {"parliament"}
    assert not (table["kind"].eq("parliament") & ~table["actor"].str.contains("Kamer|commissie|Nieuw kabinet", case=False)).any()
    assert table.loc["reductiedoel_9_2_naar_4_6", "start"] == "2019"


@pytest.mark.parametrize(
    ("name", "sorts"),
    [
        ("SZW en VNG", ["state", "municipalities"]),
        ("Vaste Commissie SZW", ["parliament"]),
        ("Tweede Kamer (Renkema); Sam&", ["parliament", "organisations"]),
        ("Kinderombudsman; Rijk", ["state", "ombudsman"]),
        ("SER met SCP", ["research"]),
    ],
)
def test_the_sort_of_an_actor_follows_from_its_name(name, sorts):
    assert known.actor_sorts(name) == sorts


def test_an_actor_of_no_known_sort_is_an_error():
    with pytest.raises(ValueError, match="Onbekend"):
        known.actor_sorts("Onbekend")


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ("", "", "Geen datum"),
        ("2017", "", "2017"),
        ("2017", "2020", "2017 tot en met 2020"),
        ("2018-03-07", "2018-03-07", "7 maart 2018"),
        ("", "2030", "Tot en met 2030"),
    ],
)
def test_a_period_is_written_for_the_reader(start, end, text):
    assert known.span_text(start, end) == text


def test_counts_per_document_add_up():
    counts = known.measures_per_document()
    assert counts["total"].sum() == len(data.table("measures"))
    assert (counts[list(known.goal_words())].sum(axis=1) == counts["total"]).all()


def test_in_a_notebook_the_timeline_is_a_table():
    live = measures_timeline(name="lijst", title="Lijst").live()
    assert len(live) == len(data.table("measures"))
    assert "Maatregel" in live


# The page


def test_the_page_lists_every_measure_with_what_the_document_says():
    events = {item["id"]: item for item in parsed(PAGE).select(f"#{FIGURE} .ka-event")}
    assert set(events) == set(measures())
    for anchor, measure in measures().items():
        text = events[anchor].get_text(" ", strip=True)
        for part in ("period", "title", "actor", "goal", "kind", "document", "locator", "quotation"):
            assert measure[part] in text, (anchor, part)
        links = [link["href"] for link in events[anchor].select(".ka-places a")]
        assert links == [f"#{event_anchor(other)}" for other in [*measure["later_same"], *measure["later_subject"]]]
        meant = known.purposes().get(measure["measure_id"])
        assert ("Bedoeling: " in text) == (meant is not None)
        assert (meant or "") in text
        assert ("data-kern" in events[anchor].attrs) == measure["in_letter_table"]


def test_the_years_lead_to_their_measures_and_say_how_many():
    for link in parsed(PAGE).select(f"#{FIGURE} nav a"):
        section = parsed(PAGE).select_one(link["href"])
        assert f"{section.h3.get_text()}, aantal maatregelen:" == link.span.get_text()
        assert int(link.b.get_text()) == len(section.select(".ka-event"))


def test_identifiers_of_the_page_are_unique():
    found = [element["id"] for element in parsed(PAGE).select("[id]")]
    assert len(found) == len(set(found))


def test_without_javascript_everything_is_readable(address, browser):
    page, _, _ = open_page(browser, address + PAGE, java_script_enabled=False)
    assert shown(page) == set(measures())
    assert not page.locator(f"#{FIGURE} .ka-filter").is_visible()
    page.context.close()


def test_the_list_prints_whole_and_without_its_form(address, browser):
    page, _, _ = open_page(browser, address + PAGE)
    page.emulate_media(media="print")
    assert shown(page) == set(measures())
    assert not page.locator(f"#{FIGURE} :is(.ka-filter, nav)").filter(visible=True).count()
    assert page.locator(".ka-events").evaluate("list => list.scrollHeight - list.clientHeight") <= 2
    page.context.close()


@pytest.mark.parametrize(
    ("label", "column", "value"), [("Doel", "goal_id", "employers"), ("Soort", "kind_id", "law"), ("Wie", "actor_ids", "parliament")]
)
def test_measures_are_chosen_by_keyboard_and_the_number_is_announced(label, column, value, address, browser):
    page, _, errors = open_page(browser, address + PAGE)
    control = page.locator(f"#{FIGURE}").get_by_label(label, exact=True)
    control.focus()
    words = {"Doel": known.goal_words, "Soort": known.kind_words, "Wie": known.actor_words}[label]()
    page.keyboard.type(words[value])
    expected = {
        anchor for anchor, measure in measures().items() if value == measure[column] or (label == "Wie" and value in measure[column])
    }
    assert shown(page) == expected
    wait_for_status(page, f"{len(expected)} van de {len(measures())} maatregelen")
    wait_until(page, "location.search.includes('figuur')")
    assert parse_qs(urlsplit(page.url).query) == {"figuur": [FIGURE], label.lower(): [value]}
    counts = page.locator(f"#{FIGURE} nav b").evaluate_all("all => all.filter(one => one.checkVisibility()).map(one => +one.textContent)")
    assert sum(counts) == len(expected)
    page.reload()
    wait_for_status(page, f"{len(expected)} van de")
    assert shown(page) == expected
    assert page.locator(f"#{FIGURE}").get_by_label(label, exact=True).input_value() == value
    page.locator(f"#{FIGURE}").get_by_role("button", name="Wis de filters").press("Enter")
    wait_for_status(page, f"{len(measures())} van de")
    assert shown(page) == set(measures())
    wait_until(page, "!location.search.includes('figuur=tijdlijn&')")
    assert errors == []
    page.context.close()


def test_words_the_table_of_2018_and_a_document_narrow_the_list_together(address, browser):
    page, _, errors = open_page(browser, address + PAGE, width=390)
    figure = page.locator(f"#{FIGURE}")
    figure.get_by_label("Alleen uit de tabel van de brief van 2018").check()
    assert shown(page) == {event_anchor(measure_id) for measure_id in known.LETTER_TABLE}
    figure.get_by_role("searchbox").fill("SCHULDEN")
    narrowed = shown(page)
    assert event_anchor("brede_schuldenaanpak") in narrowed
    assert len(narrowed) < len(known.LETTER_TABLE)
    figure.get_by_label("Document", exact=True).select_option("answers_2025")
    assert shown(page) == set()
    wait_for_status(page, "Geen maatregelen gevonden")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert errors == []
    page.context.close()


def test_a_link_to_a_measure_that_the_filter_hides_shows_it(address, browser):
    page, _, _ = open_page(browser, f"{address}{PAGE}?figuur={FIGURE}&zoek=qqqq#{event_anchor('npas')}")
    page.locator(f"#{event_anchor('npas')}").wait_for()
    page.locator(f"#{FIGURE}").get_by_label("Alleen uit de tabel van de brief van 2018").check()
    page.locator(f"#{event_anchor('brede_schuldenaanpak')} .ka-places a").last.click()
    page.locator(f"#{event_anchor('npas')}").wait_for()
    page.context.close()


def test_a_damaged_link_is_ignored_with_a_notice(address, browser):
    page, _, errors = open_page(browser, f"{address}{PAGE}?figuur={FIGURE}&doel=%3Cimg%20src=x%3E&kern=misschien")
    page.locator(".ka-notice").wait_for()
    assert "doel" in page.locator(".ka-notice").inner_text()
    assert shown(page) == set(measures())
    assert page.locator(f"#{FIGURE} img").count() == 0
    assert errors == []
    page.context.close()


def test_the_copied_link_reopens_the_choice_and_the_table_can_be_downloaded(address, browser):
    page, _, _ = open_page(browser, address + PAGE, permissions=["clipboard-read", "clipboard-write"])
    figure = page.locator(f"#{FIGURE}")
    figure.get_by_label("Soort", exact=True).select_option("target")
    figure.locator(".ka-copy").click()
    link = page.evaluate("navigator.clipboard.readText()")
    assert parse_qs(urlsplit(link).query) == {"figuur": [FIGURE], "soort": ["target"]}
    figure.get_by_role("tab", name="Download").click()
    with page.expect_download() as saved:
        figure.locator("[data-download=csv]").click()
    with saved.value.path().open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == len(measures())
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_when_a_choice_is_made(scheme, address, browser):
    page, _, _ = open_page(browser, f"{address}{PAGE}?figuur={FIGURE}&doel=employers", 390, color_scheme=scheme)
    wait_for_status(page, "")
    assert faults(page) == []
    page.context.close()
