"""The glossary: each term in the text shows its meaning, and each meaning shows where the term is used."""

from __future__ import annotations

import itertools
import json
import re
from functools import lru_cache
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from book.glossary import TERMS, Term, card
from tests.built import parsed
from tests.chapters import CHAPTERS, all_passages, markdown_texts, on_the_site, passages_of
from tests.test_citations import build
from tests.test_site import open_page, wait_until

GLOSSARY = f"{TERMS.page}.html"
CHAPTER = "geld-voor-gemeenten.html"
TERM = "decentralisatie-uitkering"
MOST_TERMS_PER_CHAPTER = 8
OTHER_WORDS = {  # terms that no chapter names as the glossary does, and the word by which the text or a figure has them
    "afgerond": "afgerond op",
    "bruto-en-netto": "netto",
    "foutmarge": "de fout",
    "grens-van-eurostat": "van Eurostat",
    "herindeling": "zijn samengevoegd",
    "mediaan": "mediane",
    "openbaar-lichaam": "openbare lichamen",
    "vlak-boven-de-grens": "vlak boven",
    "voorlopig-cijfer": "voorlopig",
}


def entries() -> dict[str, Tag]:
    """Return the term of each entry on the page of terms, by id."""
    return {term["id"]: term for term in parsed(GLOSSARY).select("article dl > dt")}


def words(text: str) -> str:
    return " ".join(text.split())


def meaning(term: Tag) -> str:
    return words(term.find_next_sibling("dd").p.get_text())


def chapters() -> list[Path]:
    return [
        path for path in sorted(CHAPTERS.iterdir()) if path.suffix in (".ipynb", ".md") and path.stem != TERMS.page and on_the_site(path)
    ]


@lru_cache
def marked(path: Path) -> list[str]:
    """Return the ids of the terms that a chapter marks, in its order."""
    passages = [passage for place, text in markdown_texts(path) for passage in passages_of(place, text)]
    return [passage.target.removeprefix("begrip:") for passage in passages if (passage.target or "").startswith("begrip:")]


def marking() -> list[Path]:
    return [path for path in chapters() if marked(path)]


# What is written


def test_every_marked_term_is_explained():
    targets = {passage.target.removeprefix("begrip:") for passage in all_passages() if (passage.target or "").startswith("begrip:")}
    assert targets
    assert sorted(targets - set(entries())) == []


def test_every_term_is_used_in_a_chapter_or_in_a_figure():
    """Who marks few terms leaves some unmarked: then the text, or a figure, has the word."""
    used = {term_id for path in chapters() for term_id in marked(path)}
    text = " ".join(words(parsed(f"{path.stem}.html").article.get_text(" ")) for path in chapters()).lower()
    names = {term_id: OTHER_WORDS.get(term_id, term.get_text()).lower() for term_id, term in entries().items() if term_id not in used}
    assert [term_id for term_id, name in names.items() if name not in text] == []
    assert sorted(set(OTHER_WORDS) - set(entries())) == []


def test_no_term_is_explained_twice_and_none_shares_its_anchor():
    ids = [term["id"] for term in parsed(GLOSSARY).select("article dl > dt")]
    assert len(ids) > 40
    everything = [element["id"] for element in parsed(GLOSSARY).select("[id]")]
    assert [term_id for term_id in ids if everything.count(term_id) > 1] == []


def test_terms_stand_in_alphabetical_order_below_their_heading():
    for group in parsed(GLOSSARY).select("article section section"):
        names = [term.get_text().lower() for term in group.select("dt")]
        assert names == sorted(names)


def test_a_meaning_is_short():
    for term_id, term in entries().items():
        assert 20 <= len(meaning(term)) <= 320, term_id
        assert len(re.findall(r"[.?!](?:\s|$)", meaning(term))) <= 4, term_id


@pytest.mark.parametrize("path", chapters(), ids=lambda path: path.stem)
def test_a_chapter_marks_few_terms_each_once_and_none_in_a_heading_or_in_bold(path):
    ids = marked(path)
    assert len(ids) == len(set(ids))
    assert len(ids) <= MOST_TERMS_PER_CHAPTER
    assert parsed(f"{path.stem}.html").select(":is(h1, h2, h3, h4, strong) a.ka-term") == []


# Built pages


@pytest.mark.parametrize("path", marking(), ids=lambda path: path.stem)
def test_a_page_carries_the_terms_it_marks_and_says_of_them_what_the_glossary_says(path):
    page = parsed(f"{path.stem}.html")
    links = page.select("a.ka-term")
    assert [link["href"] for link in links] == [f"{GLOSSARY}#{term_id}" for term_id in marked(path)]
    cards = json.loads(page.select_one("#ka-terms").string)["cards"]
    assert sorted(cards) == sorted(marked(path))
    for term_id, content in cards.items():
        assert content["term"] == entries()[term_id].get_text()
        assert words(content["meaning"]) == meaning(entries()[term_id])


def test_a_page_without_terms_carries_none():
    without = [path for path in chapters() if not marked(path)]
    assert without
    assert all(parsed(f"{path.stem}.html").select("#ka-terms, a.ka-term") == [] for path in without)


def test_each_entry_links_back_to_every_place_that_marks_it():
    for term_id, term in entries().items():
        expected = [f"{path.stem}.html#begrip-{term_id}" for path in marking() if term_id in marked(path)]
        found = [link["href"] for link in term.find_next_sibling("dd").select(".ka-places a")]
        assert sorted(found) == sorted(expected), term_id


def test_the_page_of_terms_stands_before_the_page_of_sources():
    links = [link["href"] for link in parsed("index.html").select("#ka-menu a[href], nav a[href]")]
    assert (GLOSSARY, "bronnen.html") in itertools.pairwise(links)


# Building again


def book(folder: Path, chapter: str, glossary: str) -> None:
    (folder / "index.md").write_text("# Boek\n\n```{toctree}\na\nbegrippen\nbronnen\n```\n")
    (folder / "a.md").write_text(f"# Alfa\n\n{chapter}\n")
    (folder / "begrippen.md").write_text(f"# Begrippen\n\n{glossary}\n")
    (folder / "bronnen.md").write_text("# Bronnen\n")


def read(folder: Path, page: str) -> BeautifulSoup:
    return BeautifulSoup((folder / "out" / f"{page}.html").read_text(encoding="utf-8"), "html.parser")


def test_a_changed_meaning_and_a_removed_mark_come_through_in_the_next_build(tmp_path):
    book(tmp_path, "Een [grens](begrip:lage-grens).", "Lage grens\n: Zo en zo.\n\n  Meer hierover.")
    build(tmp_path)
    assert json.loads(read(tmp_path, "a").select_one("#ka-terms").string)["cards"] == {
        "lage-grens": {"term": "Lage grens", "meaning": "Zo en zo."}
    }
    assert [link["href"] for link in read(tmp_path, "begrippen").select(".ka-places a")] == ["a.html#begrip-lage-grens"]
    assert build(tmp_path)[1] == []

    (tmp_path / "begrippen.md").write_text("# Begrippen\n\nLage grens\n: Nu anders.\n")
    assert "a" in build(tmp_path)[1]
    assert json.loads(read(tmp_path, "a").select_one("#ka-terms").string)["cards"]["lage-grens"]["meaning"] == "Nu anders."

    (tmp_path / "a.md").write_text("# Alfa\n\nGeen grens.\n")
    build(tmp_path)
    assert read(tmp_path, "begrippen").select(".ka-places") == []


def test_an_unknown_term_fails_the_build_and_near_ones_are_named(tmp_path):
    book(tmp_path, "Een [grens](begrip:lage-gren).", "Lage grens\n: Zo en zo.")
    with pytest.raises(Exception, match="lage-grens"):
        build(tmp_path)


def test_a_term_that_is_there_twice_fails_the_build(tmp_path):
    book(tmp_path, "Een [grens](begrip:grens).", "Grens\n: Zo.\n\n## Verder\n\nGrens\n: En zo.")
    with pytest.raises(Exception, match="grens twice"):
        build(tmp_path)


def test_the_error_for_an_unknown_term_names_near_ones():
    with pytest.raises(KeyError, match="sociaal-minimum"):
        card({"sociaal-minimum": Term("Sociaal minimum", "Zo.")}, "sociaal-minimun")


# In a browser


def test_a_term_opens_by_keyboard_describes_its_link_and_leads_to_its_entry(address, browser):
    page, _, errors = open_page(browser, address + CHAPTER)
    link = page.locator(f"#begrip-{TERM}")
    page.locator(f"a.ka-term:not(#begrip-{TERM})").first.focus()
    page.keyboard.press("Escape")
    while page.evaluate("document.activeElement.id") != f"begrip-{TERM}":
        page.keyboard.press("Tab")
    shown = page.locator(".ka-card")
    shown.wait_for()
    assert shown.count() == 1
    assert link.inner_text() in shown.get_attribute("aria-label")
    assert shown.locator(".ka-card-term").inner_text() == entries()[TERM].get_text()
    described = link.evaluate("link => document.getElementById(link.getAttribute('aria-describedby')).textContent")
    assert meaning(entries()[TERM]) in described
    page.keyboard.press("Escape")
    assert shown.count() == 0
    page.evaluate("document.activeElement.blur()")
    link.focus()
    shown.wait_for()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "ka-card-follow"
    assert page.evaluate("document.activeElement.textContent") == "Naar de begrippenlijst"
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{GLOSSARY}#{TERM}")
    assert page.locator(f"#{TERM}").evaluate("term => term.matches(':target') && term.getBoundingClientRect().top >= 0")
    assert errors == []
    page.context.close()


def test_the_card_follows_the_pointer_and_says_another_kind_of_thing_for_a_figure(address, browser):
    page, _, _ = open_page(browser, address + CHAPTER)
    page.locator(f"#begrip-{TERM}").hover()
    page.locator(".ka-card-term").wait_for()
    page.locator("a.ka-citation").first.hover()
    page.locator(".ka-card-value").wait_for()
    assert page.locator(".ka-card").count() == 1
    assert page.locator(".ka-card-term").count() == 0
    assert page.locator(".ka-card-follow").inner_text() == "Naar de bron"
    page.mouse.move(2, 2)
    page.locator(".ka-card").wait_for(state="detached")
    page.context.close()


def test_the_first_tap_shows_the_meaning_and_the_second_follows(address, browser):
    page, _, _ = open_page(browser, address + CHAPTER, width=390, has_touch=True)
    link, shown = page.locator(f"#begrip-{TERM}"), page.locator(".ka-card")
    link.tap()
    shown.wait_for()
    assert page.url == address + CHAPTER
    box = shown.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    page.locator(".ka-card-close").tap()
    shown.wait_for(state="detached")
    link.tap()
    shown.wait_for()
    link.tap()
    page.wait_for_url(f"**/{GLOSSARY}#{TERM}")
    page.context.close()


def test_without_javascript_a_term_leads_to_its_entry_and_back(address, browser):
    page, _, _ = open_page(browser, address + CHAPTER, java_script_enabled=False)
    page.locator(f"#begrip-{TERM}").click()
    page.wait_for_url(f"**/{GLOSSARY}#{TERM}")
    page.locator(f'.ka-places a[href="{CHAPTER}#begrip-{TERM}"]').click()
    page.wait_for_url(f"**/{CHAPTER}#begrip-{TERM}")
    page.context.close()


def test_a_term_is_read_as_text_and_yet_seen_as_a_link(address, browser):
    page, _, _ = open_page(browser, address + CHAPTER)
    wait_until(page, "document.readyState === 'complete'")
    style = page.locator(f"#begrip-{TERM}").evaluate(
        "link => ({ own: getComputedStyle(link).color, text: getComputedStyle(link.parentElement).color, "
        "line: getComputedStyle(link).textDecorationLine, style: getComputedStyle(link).textDecorationStyle })"
    )
    assert style["own"] == style["text"]
    assert style["line"] == "underline"
    assert style["style"] == "dashed"
    page.context.close()
