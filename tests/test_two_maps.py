"""Two maps on one page: one choice of municipality, a year for each, and nothing of one in the other."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page, expect

import data
from book.figures import figure_html
from book.theme import combined_script, combined_styles
from tests.test_site import open_page, wait_until
from widgets import municipal_map

NAMES = ("eerste", "tweede")
FIRST_YEARS = {"eerste": 2011, "tweede": 2015}
NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', { value: undefined })"


@pytest.fixture(scope="module")
def two_maps(tmp_path_factory) -> Path:
    """Return a page with two maps, of different years, that differ in one municipality: in the second it has no figure in 2015."""
    frame = data.harmonise(data.table("municipal_child_poverty"))
    later = frame[frame["year"] >= FIRST_YEARS["tweede"]].copy()
    later.loc[later["municipality_code"].eq("GM0114") & later["year"].eq(2015), ["poverty_risk_120_pct", "absence"]] = [None, "suppressed"]
    figures = [
        municipal_map(
            shown, "poverty_risk_120_pct", unit="procent van de kinderen", breaks=(4, 6, 8, 11, 15), name=name,
            title=f"De {name} kaart", subtitle="Onder", sources=["municipalities"], alternative=f"De {name} kaart van Nederland.",
        )
        for name, shown in zip(NAMES, (frame, later), strict=True)
    ]  # fmt: skip
    body = "\n".join(figure_html(json.loads(json.dumps(figure.payload()))) for figure in figures)
    folder = tmp_path_factory.mktemp("two_maps")
    (folder / "kinderarmoede.js").write_text(combined_script(), encoding="utf-8")
    (folder / "page.html").write_text(
        f'<!DOCTYPE html><html lang="nl"><head><meta charset="utf-8"><title>Twee kaarten</title><style>{combined_styles()}</style>'
        f'<script defer src="kinderarmoede.js"></script></head><body><main>{body}</main></body></html>',
        encoding="utf-8",
    )
    return folder / "page.html"


@pytest.fixture
def page(two_maps, browser: Browser) -> Page:
    opened, _, errors = open_page(browser, two_maps.as_uri())
    yield opened
    opened.context.close()
    assert errors == []


def shown(page: Page, selector: str) -> list[str]:
    return [page.locator(f"#{name} {selector}").text_content() for name in NAMES]


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlparse(page.url).query)


def link_of(page: Page, name: str) -> str:
    page.evaluate(NO_CLIPBOARD)
    page.locator(f"#{name} .ka-copy").click()
    return page.locator(f"#{name} .ka-link").input_value()


def test_no_name_in_the_page_occurs_twice_and_each_reference_stays_in_its_figure(two_maps, page):
    for html in (two_maps.read_text(encoding="utf-8"), page.content()):
        soup = BeautifulSoup(html, "html.parser", multi_valued_attributes=None)
        assert [name for name, times in Counter(element["id"] for element in soup.select("[id]")).items() if times > 1] == []
        for figure in soup.find_all("figure"):
            own = {element["id"] for element in figure.select("[id]")}
            for attribute in ("for", "aria-controls", "aria-labelledby", "aria-describedby"):
                named = " ".join(element[attribute] for element in figure.select(f"[{attribute}]")).split()
                assert set(named) <= own, attribute
    page.locator("#tweede .ka-municipality").fill("am")
    for name in NAMES:
        options = page.locator(f"#{name} [role=option]")
        assert options.count() == (8 if name == "tweede" else 0)
        assert all(option.get_attribute("id").startswith(f"{name}-") for option in options.all())


@pytest.mark.parametrize("chosen_in", NAMES)
def test_the_choice_of_a_municipality_is_of_both_maps(chosen_in, page):
    page.locator(f"#{chosen_in} .ka-municipality").fill("amsterdam")
    page.keyboard.press("Enter")
    for name in NAMES:
        figure = page.locator(f"#{name}")
        assert figure.locator(".ka-municipality").input_value() == "Amsterdam"
        assert figure.locator(".ka-readout").text_content().startswith("Amsterdam, 2021")
        assert figure.locator(".ka-chosen").get_attribute("d") == figure.locator('[data-code="GM0363"]').get_attribute("d")
    wait_until(page, "location.search === '?gemeente=GM0363'")
    other = NAMES[1 - NAMES.index(chosen_in)]
    page.locator(f"#{other}").get_by_role("button", name="Geen gemeente").click()
    assert [page.locator(f"#{name} .ka-municipality").input_value() for name in NAMES] == ["", ""]
    wait_until(page, "location.search === ''")


def test_each_map_says_of_the_same_municipality_what_it_knows_itself(page):
    page.locator('#eerste [data-code="GM0114"]').dispatch_event("click")
    assert all(text.startswith("Emmen, 2021: ") for text in shown(page, ".ka-readout"))
    page.goto(f"{page.url.partition('?')[0]}?jaar=2015&gemeente=GM0114")
    first, second = shown(page, ".ka-readout")
    assert re.match(r"Emmen, 2015: \d", first)
    assert second == "Emmen, 2015: geen cijfer (weggelaten: te weinig kinderen)"
    classes = [page.locator(f'#{name} [data-code="GM0114"]').get_attribute("class") for name in NAMES]
    assert classes[0].startswith("class-")
    assert classes[1] == "absent-suppressed"
    assert "#tweede-suppressed" in page.locator('#tweede [data-code="GM0114"]').evaluate("path => getComputedStyle(path).fill")


def test_pointing_at_one_map_leaves_the_other_alone(page):
    page.locator("#tweede .ka-drawing svg").focus()
    page.keyboard.press("ArrowUp")
    first, second = shown(page, ".ka-readout")
    assert first == "Zoek een gemeente op naam, of kies er een op de kaart."
    assert ", 2021: " in second
    assert [bool(page.locator(f"#{name} .ka-pointed").get_attribute("d")) for name in NAMES] == [False, True]


def test_years_are_independent_and_the_address_names_the_figure_that_changed_last(page):
    before = page.locator("#tweede .ka-areas path").evaluate_all("all => all.map(path => path.getAttribute('class'))")
    page.locator("#eerste .ka-year").focus()
    page.keyboard.press("Home")
    assert shown(page, ".ka-year-shown") == ["2011", "2021"]
    assert page.locator("#tweede .ka-areas path").evaluate_all("all => all.map(path => path.getAttribute('class'))") == before
    wait_until(page, "location.search === '?figuur=eerste&jaar=2011'")
    page.locator("#tweede .ka-year").focus()
    page.keyboard.press("Home")
    assert shown(page, ".ka-year-shown") == ["2011", "2015"]
    wait_until(page, "location.search === '?figuur=tweede&jaar=2015'")
    page.locator("#eerste [data-tab=tabel]").click()
    wait_until(page, "location.search.startsWith('?figuur=eerste')")
    assert query(page) == {"figuur": ["eerste"], "jaar": ["2011"], "tab": ["tabel"]}
    assert page.locator("#tweede [aria-selected=true]").get_attribute("data-tab") == "kaart"


def test_zooming_and_playing_are_of_one_map(page):
    page.emulate_media(reduced_motion="reduce")
    whole = page.locator("#eerste .ka-drawing svg").get_attribute("viewBox")
    page.locator("#tweede .ka-province").select_option(label="Zeeland")
    assert page.locator("#eerste .ka-drawing svg").get_attribute("viewBox") == whole
    assert page.locator("#tweede .ka-drawing svg").get_attribute("viewBox") != whole
    page.emulate_media(reduced_motion="no-preference")
    page.locator("#tweede .ka-play").click()
    expect(page.locator("#tweede .ka-year-shown")).to_have_text("2016")
    assert shown(page, ".ka-play span") == ["Speel af", "Pauzeer"]
    assert page.locator("#eerste .ka-year-shown").text_content() == "2021"


def test_a_copied_link_reopens_its_own_figure_and_leaves_the_other_as_it_was(page, browser):
    for name, steps in (("eerste", 3), ("tweede", 2)):
        page.locator(f"#{name} .ka-year").focus()
        page.keyboard.press("Home")
        for _ in range(steps):
            page.keyboard.press("ArrowRight")
    page.locator('#eerste [data-code="GM0518"]').dispatch_event("click")
    expected = {"eerste": "2014", "tweede": "2017"}
    for name in NAMES:
        link = link_of(page, name)
        assert parse_qs(urlparse(link).query) == {"figuur": [name], "jaar": [expected[name]], "gemeente": ["GM0518"]}
        assert urlparse(link).fragment == name
        again, _, errors = open_page(browser, link)
        for other in NAMES:
            assert again.locator(f"#{other} .ka-year-shown").text_content() == (expected[name] if other == name else "2021")
            assert again.locator(f"#{other} .ka-readout").text_content().startswith("'s-Gravenhage")
        assert again.locator(".ka-notice").count() == 0
        assert errors == []
        again.context.close()


def test_a_year_that_only_the_other_map_has_is_refused_and_said(two_maps, browser):
    page, _, _ = open_page(browser, f"{two_maps.as_uri()}?figuur=tweede&jaar=2011#tweede")
    assert shown(page, ".ka-year-shown") == ["2021", "2021"]
    assert "onbekende waarde (jaar)" in page.locator(".ka-notice").text_content()
    page.context.close()


def test_each_map_downloads_its_own_figures(page):
    for name in NAMES:
        page.locator(f"#{name} [data-tab=download]").click()
        with page.expect_download() as saved:
            page.locator(f"#{name} [data-download=json]").click()
        told = json.loads(Path(saved.value.path()).read_text(encoding="utf-8"))
        assert told["name"] == name
        assert sorted({row["Jaar"] for row in told["data"]}) == list(range(FIRST_YEARS[name], 2022))
