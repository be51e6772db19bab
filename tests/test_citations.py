"""Citations: each figure in the text shows its source, and each source shows where it is used."""

from __future__ import annotations

import gzip
import itertools
import json
import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Page

import data
from book.citations import confidence_words, facts_html, topic_words
from data.facts import Fact, fact, facts
from data.package import describe
from tests.built import parsed
from tests.chapters import CHAPTERS, all_passages, markdown_texts, notebooks, on_the_site, output_passages, passages_of
from tests.conftest import PROJECT, SITE
from tests.small_book import build_small_book, built_page
from tests.test_site import open_page, wait_until

SOURCES = "bronnen.html"
CHAPTER = "halvering.html"
LARGEST_PAGE = 60_000
ADDRESSES = {"web": "https://example.org/a", "other": "javascript:alert(1)"}


def citing() -> list[str]:
    """Return the names of the pages with citations."""
    pages = sorted([*SITE.glob("*.html"), *SITE.glob("opdrachten/*.html")])
    return [path.relative_to(SITE).as_posix() for path in pages if "ka-citation" in path.read_text(encoding="utf-8")]


def open_card(page: Page, fact_id: str) -> None:
    """Open the card of a fact by keyboard focus."""
    page.locator(f"#bron-{fact_id}").focus()
    page.locator(".ka-card").wait_for()


def a_cited_fact() -> str:
    """Return the first fact with a quotation that the chapter cites."""
    ids = [link["href"].split("#")[1] for link in parsed(CHAPTER).select("a.ka-citation")]
    return next(fact_id for fact_id in ids if fact(fact_id).quotation)


# Built pages


def test_every_citation_in_the_prose_is_a_link_with_an_anchor_of_its_own():
    cited = sorted(passage.target for passage in [*all_passages(), *output_passages()] if (passage.target or "").startswith("bron:"))
    links = [link for name in citing() for link in parsed(name).select("a.ka-citation")]
    assert sorted({"bron:" + link["href"].split("#")[1] for link in links}) == sorted(set(cited))
    for name in citing():
        page = parsed(name)
        ids = [link["id"] for link in page.select("a.ka-citation")]
        assert ids
        everything = [element["id"] for element in page.select("[id]")]
        assert all(everything.count(anchor) == 1 for anchor in ids)


@pytest.mark.parametrize("path", [path for path in notebooks() if on_the_site(path)], ids=lambda path: path.stem)
def test_markdown_cells_have_as_many_citations_as_their_page(path):
    written = [
        passage
        for place, text in markdown_texts(path)
        for passage in passages_of(place, text)
        if (passage.target or "").startswith("bron:")
    ]
    assert len(parsed(path.relative_to(CHAPTERS).with_suffix(".html").as_posix()).select("a.ka-citation")) >= len(written)


def test_a_page_carries_only_the_facts_it_cites_and_says_of_them_what_the_ledger_says():
    assert citing()
    for name in citing():
        page = parsed(name)
        cards = json.loads(page.select_one("#ka-citations").string)["cards"]
        assert set(cards) == {link["href"].split("#")[1] for link in page.select("a.ka-citation")}
        for fact_id, card in cards.items():
            known = fact(fact_id)
            assert card["value"] == known.text
            assert card["definition"] == known.definition
            assert card.get("quotation", "") == known.quotation
            assert known.period_text in card.get("period", "")
            assert known.document in card["document"]
            assert known.locator in card["document"]
            assert card["confidence"]


def test_the_page_of_sources_lists_every_fact_once_below_its_document():
    page = parsed(SOURCES)
    listed = {item["id"]: item for item in page.select(".ka-fact")}
    assert len(page.select(".ka-fact")) == len(listed) == len(facts())
    for known in facts():
        item = listed[known.fact_id]
        text = item.get_text(" ", strip=True)
        for part in (known.text, known.definition, known.period_text, known.quotation, known.locator):
            assert part in text, known.fact_id
        assert item.find_parent("section", class_="ka-document").h3.get_text() == known.document
        if known.confidence != "high":
            assert re.search("tweede hand|Onzeker|Berekend", text)
        if known.source_address:
            links = item.find_parent("section", class_="ka-document").h3.select("a") + item.select(".ka-fact-source a")
            assert known.source_address in [link["href"] for link in links]


def test_headings_of_the_page_of_sources_go_down_by_one():
    levels = [int(heading.name[1]) for heading in parsed(SOURCES).select("article h1, article h2, article h3, article h4")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_only_a_web_address_becomes_a_link(monkeypatch):
    web, other = (Fact(name, 1, "children", document=name, source_address=address) for name, address in ADDRESSES.items())
    monkeypatch.setattr("book.citations.facts", lambda: [web, other])
    page = BeautifulSoup(facts_html("ledger", {}), "html.parser")
    assert [link["href"] for link in page.select("a")] == [ADDRESSES["web"]]
    monkeypatch.setattr("book.citations.facts", lambda: [replace(web, document="both"), replace(other, document="both")])
    page = BeautifulSoup(facts_html("ledger", {}), "html.parser")
    assert [link["href"] for link in page.select("a")] == [ADDRESSES["web"]]


def test_addresses_of_sources_are_web_addresses():
    for link in parsed(SOURCES).select(".ka-facts a"):
        assert link["href"].startswith(("https://", "http://")) or link.find_parent(class_="ka-places"), link["href"]


def test_links_back_lead_to_every_citation_and_to_nothing_else():
    back = {}
    for item in parsed(SOURCES).select(".ka-fact"):
        for link in item.select(".ka-places a"):
            back[link["href"]] = item["id"]
    citations = {f"{name}#{link['id']}": link["href"].split("#")[1] for name in citing() for link in parsed(name).select("a.ka-citation")}
    assert back == citations


def test_the_page_of_sources_stays_light():
    assert len(gzip.compress((SITE / SOURCES).read_bytes())) <= LARGEST_PAGE


# Source cards


@pytest.mark.parametrize("mode", ["http", "file"])
def test_a_card_opens_on_hover_can_be_pointed_at_and_closes_when_left(mode, site, address, browser):
    page, _, errors = open_page(browser, (address if mode == "http" else site.as_uri() + "/") + CHAPTER)
    fact_id = a_cited_fact()
    page.locator(f"#bron-{fact_id}").hover()
    card = page.locator(".ka-card")
    card.wait_for()
    for part in (fact(fact_id).text, fact(fact_id).definition, fact(fact_id).quotation, fact(fact_id).document):
        assert part in card.inner_text()
    card.locator(".ka-card-definition").hover()
    page.wait_for_timeout(500)
    assert card.is_visible()
    page.mouse.move(2, 2)
    card.wait_for(state="detached")
    assert page.locator("[aria-describedby='ka-card-content']").count() == 0
    assert errors == []
    page.context.close()


def test_by_keyboard_a_card_opens_leads_on_closes_and_the_link_is_followed(address, browser):
    page, _, _ = open_page(browser, address + CHAPTER)
    fact_id = a_cited_fact()
    link = page.locator(f"#bron-{fact_id}")
    open_card(page, fact_id)
    described = page.evaluate("document.getElementById(document.activeElement.getAttribute('aria-describedby')).textContent")
    assert fact(fact_id).definition in described
    card = page.locator(".ka-card")
    assert link.inner_text() in card.get_attribute("aria-label")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "ka-card-follow"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert card.count() == 0
    assert page.evaluate("document.activeElement.id") == f"bron-{fact_id}"
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    card.wait_for()
    page.keyboard.press("Escape")
    assert card.count() == 0
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{SOURCES}#{fact_id}")
    page.context.close()


def test_tabbing_past_a_card_closes_it_and_comes_to_the_next_link(address, browser):
    page, _, _ = open_page(browser, address + CHAPTER)
    links = page.locator("a.ka-citation")
    links.first.focus()
    for _ in range(3):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == links.nth(1).get_attribute("id")
    assert page.locator(".ka-card").count() == 1
    assert links.nth(1).inner_text() in page.locator(".ka-card").get_attribute("aria-label")
    page.context.close()


def test_the_first_tap_opens_a_card_the_second_follows_and_a_tap_elsewhere_closes(address, browser):
    page, _, _ = open_page(browser, address + CHAPTER, width=390, has_touch=True)
    fact_id = a_cited_fact()
    link = page.locator(f"#bron-{fact_id}")
    link.tap()
    card = page.locator(".ka-card")
    card.wait_for()
    assert page.url == address + CHAPTER
    card.locator(".ka-card-definition").tap()
    assert card.is_visible()
    page.locator("article h1").tap()
    card.wait_for(state="detached")
    link.tap()
    card.locator(".ka-card-close").tap()
    card.wait_for(state="detached")
    link.tap()
    card.wait_for()
    link.tap()
    page.wait_for_url(f"**/{SOURCES}#{fact_id}")
    page.go_back()
    link.tap()
    card.get_by_text("Naar de bron").tap()
    page.wait_for_url(f"**/{SOURCES}#{fact_id}")
    page.context.close()


CARDS_OF_PAGE = """block => {
  const side = box => ({ left: box.left, top: box.top, right: box.right, bottom: box.bottom });
  return [...document.querySelectorAll("a.ka-citation")].map(link => {
    link.scrollIntoView({ block, behavior: "instant" });
    document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" })); // where a page has one citation, its card is placed anew
    document.activeElement?.blur();
    link.focus({ preventScroll: true });
    const card = document.querySelector(".ka-card");
    const lines = [...link.getClientRects()].map(side);
    return { id: link.id, shown: card?.checkVisibility(), card: side(card.getBoundingClientRect()), lines };
  });
}"""


@pytest.mark.parametrize("name", citing())
def test_no_card_covers_its_link_or_leaves_the_screen(name, address, browser):
    page, _, _ = open_page(browser, address + name)
    for (width, height), block in itertools.product(((1280, 900), (390, 844), (320, 480)), ("start", "center", "end")):
        page.set_viewport_size({"width": width, "height": height})
        seen = page.evaluate(CARDS_OF_PAGE, block)
        assert len(seen) == len(parsed(name).select("a.ka-citation"))
        for one in seen:
            card = one["card"]
            assert one["shown"], one
            assert card["left"] >= 0, one
            assert card["top"] >= 0, one
            assert card["right"] <= width, one
            assert card["bottom"] <= height, one
            assert card["bottom"] - card["top"] >= 90, one
            assert all(card["bottom"] <= line["top"] or card["top"] >= line["bottom"] for line in one["lines"]), one
    page.context.close()


def luminance(colour: str) -> float:
    channels = [int(value) / 255 for value in re.findall(r"\d+", colour)[:3]]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_card_is_readable(theme, address, browser):
    page, _, _ = open_page(browser, address + CHAPTER, color_scheme=theme)
    open_card(page, a_cited_fact())
    background = page.locator(".ka-card").evaluate("card => getComputedStyle(card).backgroundColor")
    assert "rgba" not in background
    colours = page.locator(".ka-card p, .ka-card a, .ka-card button").evaluate_all("all => all.map(part => getComputedStyle(part).color)")
    assert len(colours) >= 7
    for colour in colours:
        light, dark = sorted((luminance(colour), luminance(background)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (colour, background)
    page.context.close()


def test_without_javascript_a_citation_leads_to_its_fact_and_all_facts_are_there(address, browser):
    page, _, _ = open_page(browser, address + CHAPTER, java_script_enabled=False)
    fact_id = a_cited_fact()
    page.locator(f"#bron-{fact_id}").click()
    page.wait_for_url(f"**/{SOURCES}#{fact_id}")
    assert page.locator(f"#{fact_id}").is_visible()
    assert page.locator(".ka-fact").count() == len(facts())
    assert not page.locator(".ka-filter").is_visible()
    page.context.close()


# The filter


def shown_facts(page: Page) -> list[str]:
    return page.locator(".ka-fact").evaluate_all("all => all.filter(item => item.checkVisibility()).map(item => item.id)")


def wait_for_status(page: Page, text: str) -> None:
    wait_until(page, "text => document.querySelector('.ka-filter [role=status]').textContent.startsWith(text)", arg=text)


def test_figures_are_found_by_text_without_accents_and_the_number_is_announced(address, browser):
    page, _, errors = open_page(browser, address + SOURCES)
    everything = shown_facts(page)
    assert len(everything) == len(facts())
    page.locator("#ka-filter-text").focus()
    page.keyboard.type("FINANCIELE geletterdheid")
    found = shown_facts(page)
    assert found
    assert all("financiële geletterdheid" in fact(fact_id).definition.lower() + fact(fact_id).quotation.lower() for fact_id in found)
    assert page.evaluate("'FINANCIELE'.normalize('NFD') === 'FINANCIELE'")
    wait_for_status(page, f"{len(found)} van de {len(everything)} cijfers")
    documents = page.locator(".ka-document").evaluate_all("all => all.filter(one => one.checkVisibility()).length")
    assert documents == len({fact(fact_id).document for fact_id in found})
    page.locator("#ka-filter-text").fill("292000 kinderen")
    assert "children_low_income_count_2016" in shown_facts(page)
    page.locator("#ka-filter-text").fill("qqqq")
    assert shown_facts(page) == []
    wait_for_status(page, "Geen cijfers gevonden")
    page.keyboard.press("Enter")
    assert urlsplit(page.url).path == f"/{SOURCES}"
    page.get_by_role("button", name="Wis de filters").press("Enter")
    wait_for_status(page, f"{len(everything)} van de")
    assert shown_facts(page) == everything
    assert urlsplit(page.url).query == ""
    assert errors == []
    page.context.close()


def test_figures_can_be_chosen_by_document_and_by_use_in_the_text_and_the_choice_stands_in_the_address(address, browser):
    page, _, _ = open_page(browser, address + SOURCES, width=390)
    known = fact(a_cited_fact())
    page.locator("#ka-filter-document").select_option(label=known.document)
    of_document = {other.fact_id for other in facts() if other.document == known.document}
    assert set(shown_facts(page)) == of_document
    page.locator("#ka-filter-cited").focus()
    page.keyboard.press("Space")
    cited = {link["href"].split("#")[1] for name in citing() for link in parsed(name).select("a.ka-citation")}
    assert set(shown_facts(page)) == of_document & cited
    wait_for_status(page, f"{len(of_document & cited)} van de")
    assert set(parse_qs(urlsplit(page.url).query)) == {"document", "tekst"}
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.reload()
    assert set(shown_facts(page)) == of_document & cited
    page.locator("#ka-filter-document").select_option(index=0)
    assert set(shown_facts(page)) == cited
    page.context.close()


def test_every_topic_and_confidence_of_the_tables_has_its_words():
    topics = next(field for field in describe("ledger")["schema"]["fields"] if field["name"] == "topic")["constraints"]["enum"]
    assert sorted(topic_words()) == sorted(topics)
    confidences = next(field for field in describe("context")["schema"]["fields"] if field["name"] == "confidence")["constraints"]["enum"]
    assert sorted(confidence_words()) == sorted(confidences)
    ledger = data.table("ledger").set_index("fact_id")["topic"]
    assert {known.fact_id: known.topic for known in facts() if known.topic} == ledger.to_dict()


def test_figures_are_chosen_by_topic_and_certainty_with_the_keyboard_and_the_number_is_announced(address, browser):
    page, _, errors = open_page(browser, address + SOURCES)
    topic, confidence = page.get_by_label("Onderwerp", exact=True), page.get_by_label("Zekerheid", exact=True)
    assert "hebben een onderwerp" in page.locator(f"#{topic.get_attribute('aria-describedby')}").text_content()
    topic.focus()
    page.keyboard.type("Schulden")
    debts = {known.fact_id for known in facts() if known.topic == "debt"}
    assert set(shown_facts(page)) == debts
    wait_for_status(page, f"{len(debts)} van de {len(facts())} cijfers")
    assert parse_qs(urlsplit(page.url).query) == {"onderwerp": ["debt"]}
    page.keyboard.press("Tab")
    assert confidence.evaluate("choice => choice === document.activeElement")
    page.keyboard.type("Uit de tweede")
    wait_for_status(page, "Geen cijfers gevonden")
    topic.select_option("")
    second_hand = {known.fact_id for known in facts() if known.confidence == "medium"}
    assert set(shown_facts(page)) == second_hand
    wait_for_status(page, f"{len(second_hand)} van de")
    assert parse_qs(urlsplit(page.url).query) == {"zekerheid": ["medium"]}
    page.reload()
    assert set(shown_facts(page)) == second_hand
    confidence.select_option("high")
    assert set(shown_facts(page)) == {known.fact_id for known in facts() if known.confidence == "high"}
    page.get_by_role("button", name="Wis de filters").press("Enter")
    wait_for_status(page, f"{len(facts())} van de")
    assert urlsplit(page.url).query == ""
    assert errors == []
    page.context.close()


@pytest.mark.parametrize("key", ["document", "onderwerp", "zekerheid"])
def test_a_damaged_link_is_ignored_with_a_notice(key, address, browser):
    page, _, errors = open_page(browser, address + SOURCES + f"?{key}=%3Cimg%20src=x%3E&tekst=misschien&zoek=%E0%A4")
    assert "telt niet mee" in page.locator(".ka-filter [role=status]").text_content()
    assert page.locator(".ka-filter img").count() == 0
    assert page.locator(".ka-filter select").evaluate_all("all => all.map(choice => choice.selectedIndex)") == [0, 0, 0]
    assert not page.locator("#ka-filter-cited").is_checked()
    assert errors == []
    page.context.close()


def test_a_link_to_a_figure_that_the_filter_hides_shows_it(address, browser):
    fact_id = next(known.fact_id for known in facts() if known.kind == "context")
    page, _, _ = open_page(browser, address + f"{SOURCES}?zoek=qqqq#{fact_id}")
    assert page.locator(f"#{fact_id}").is_visible()
    page.locator("#ka-filter-text").fill("qqqq")
    assert not page.locator("#andere-openbare-bronnen").is_visible()
    page.locator(".ka-contents a", has_text="Andere openbare bronnen").first.click()
    page.locator("#andere-openbare-bronnen").wait_for()
    wait_until(page, "document.querySelector('#andere-openbare-bronnen').getBoundingClientRect().top < innerHeight")
    page.context.close()


# Building again


def build(folder: Path) -> tuple[BeautifulSoup, list[str]]:
    """Build a small book as it stands; return its page of sources and the pages that were written."""
    settings = {"myst_enable_extensions": ["deflist"], "myst_url_schemes": ["https", "bron", "begrip"]}
    written = build_small_book(folder, ["book.citations", "book.glossary"], **settings)
    return built_page(folder, SOURCES.removesuffix(".html")), written


def places(page: BeautifulSoup, fact_id: str) -> list[tuple[str, str]]:
    return [(link["href"], link.get_text()) for link in page.select(f"#{fact_id} .ka-places a")]


def test_links_back_stay_right_when_one_chapter_changes_or_goes(tmp_path):
    first, second = "ambitions_count", "reduction_target_share"
    (tmp_path / "index.md").write_text("# Boek\n\n```{toctree}\n:glob:\n\nz\na\nbronnen\n```\n")
    (tmp_path / "a.md").write_text(f"# Alfa\n\n[Vier](bron:{first}) en nog eens [vier](bron:{first}).\n")
    (tmp_path / "z.md").write_text(f"# Zed\n\n[vier](bron:{first})\n")
    (tmp_path / "bronnen.md").write_text((PROJECT / "chapters" / "bronnen.md").read_text(encoding="utf-8"))
    page, _ = build(tmp_path)
    assert places(page, first) == [(f"z.html#bron-{first}", "Zed"), (f"a.html#bron-{first}", "Alfa"), (f"a.html#bron-{first}-2", "2")]
    assert places(page, second) == []
    assert build(tmp_path)[1] == []

    (tmp_path / "a.md").write_text(f"# Alfa en omega\n\n[4,6 procent](bron:{second})\n")
    page, written = build(tmp_path)
    assert "z" not in written
    assert places(page, first) == [(f"z.html#bron-{first}", "Zed")]
    assert places(page, second) == [(f"a.html#bron-{second}", "Alfa en omega")]

    (tmp_path / "z.md").unlink()
    (tmp_path / "index.md").write_text("# Boek\n\n```{toctree}\na\nbronnen\n```\n")
    page, _ = build(tmp_path)
    assert places(page, first) == []


def test_a_citation_of_an_unknown_fact_fails_the_build(tmp_path):
    (tmp_path / "index.md").write_text("# Boek\n\n[4 procent](bron:reduction_target_shore)\n\n```{toctree}\nbronnen\n```\n")
    (tmp_path / "bronnen.md").write_text("# Bronnen\n")
    with pytest.raises(Exception, match="reduction_target_share"):
        build(tmp_path)
