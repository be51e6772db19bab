"""The built site, as its readers meet it: drawn, complete, and alone on this machine."""

from __future__ import annotations

import json
import re
import time
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from book.comparison import PAGE
from book.embedding import embed_name
from book.municipality_pages import frame_names
from book.publishing import FRAMES
from data.profiles import profile
from tests.built import parsed
from tests.chapters import CHAPTERS, notebooks, on_the_site
from tests.conftest import PROJECT, SITE
from tests.municipality_sample import all_pages, walked
from widgets.figure import FIGURE_MEDIA_TYPE
from widgets.municipal_charts import low_income_chart, risk_chart
from widgets.side_by_side import key_figures_side_by_side, risk_side_by_side


@cache
def every_page() -> list[str]:
    """Return the names of the pages that readers visit."""
    return sorted(path.relative_to(SITE).as_posix() for path in SITE.rglob("*.html") if "_static" not in path.parts)


@cache
def pages() -> list[str]:
    """Return the names of the pages for tests of each page: of those of municipalities only a few, and none for a frame."""
    return sorted({name for name in every_page() if not name.startswith(f"{FRAMES}/")} - {*all_pages()} | {*walked()})


def test_the_site_has_the_pages_of_the_book_and_no_other():
    folder = PROJECT / "chapters"
    pages = [path for path in folder.rglob("*") if path.suffix in (".ipynb", ".md") and on_the_site(path)]
    chapters = {path.relative_to(folder).with_suffix(".html").as_posix() for path in pages}
    figures = {
        embed_name(name.removesuffix(".html"), figure["name"])
        for name in chapters - {f"{PAGE}.html"}
        for figure in figures_of(name.removesuffix(".html"))
    }
    assert set(every_page()) == chapters | figures | frame_names() | {"search.html", "404.html", *all_pages()}


@cache
def anchors_of(path: Path) -> set[str]:
    return set(re.findall(r'\bid="([^"]*)"', path.read_text(encoding="utf-8")))


@cache
def figures_of(stem: str) -> list[dict]:
    """Return the figures of a page, by its name without ``.html``."""
    if f"{stem}.html" in all_pages():
        own = profile(Path(stem).name.partition("-")[0].upper())
        return [risk_chart(own).payload(), *([] if own.low_income.empty else [low_income_chart(own).payload()])]
    if stem == PAGE:
        return [risk_side_by_side().payload(), key_figures_side_by_side().payload()]
    path = next((path for path in notebooks() if path.relative_to(CHAPTERS).with_suffix("").as_posix() == stem), None)
    if path is None:
        return []
    return [
        output["data"][FIGURE_MEDIA_TYPE]
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
        for output in cell.get("outputs", [])
        if FIGURE_MEDIA_TYPE in output.get("data", {})
    ]


def open_page(browser: Browser, url: str, width: int = 1280, **options: object) -> tuple[Page, list[str], list[str]]:
    """Open a page; return it with what it asked of other hosts and what it wrote as errors."""
    page = browser.new_context(viewport={"width": width, "height": 900}, locale="nl-NL", **options).new_page()
    requests, errors = [], []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(url, wait_until="load")
    return page, requests, errors


def wait_until(page: Page, expression: str, timeout: int = 30000, arg: object = None) -> None:
    """Wait until an expression is true; `page.wait_for_function` would need `unsafe-eval` in the security policy."""
    end = time.monotonic() + timeout / 1000
    while not page.evaluate(expression, arg):
        assert time.monotonic() < end, f"not true within {timeout} ms: {expression}"
        page.wait_for_timeout(50)


def draw_all(page: Page) -> None:
    """Bring every figure into view and wait until it is drawn."""
    for figure in page.query_selector_all(".ka-figure, .ka-plot"):
        figure.scroll_into_view_if_needed()
    wait_until(page, "[...document.querySelectorAll('.ka-figure')].every(figure => figure.dataset.drawn === 'true')")


def test_map_shows_342_filled_municipalities_before_any_script(address, browser):
    page, _, _ = open_page(browser, address + "halvering.html", java_script_enabled=False)
    areas = page.locator(".ka-kind-map .ka-areas path")
    assert areas.count() == 342
    classes = [area.get_attribute("class") for area in areas.all()]
    assert all(re.fullmatch(r"class-[0-5]|absent-(missing|suppressed|not_applicable)", name) for name in classes)
    assert sum(name.startswith("class-") for name in classes) > 330
    fills = page.eval_on_selector_all(".ka-kind-map .ka-areas path", "paths => paths.map(path => getComputedStyle(path).fill)")
    assert len(set(fills)) >= 5
    boxes = page.eval_on_selector_all(".ka-kind-map .ka-areas path", "paths => paths.filter(path => path.getBBox().width > 0).length")
    assert boxes == 342
    page.context.close()


def test_year_slider_recolours_the_map_by_keyboard(address, browser):
    page, _, _ = open_page(browser, address + "halvering.html")
    figure = page.locator(".ka-kind-map").first
    data = json.loads(figure.locator(".ka-data").text_content())
    years = sorted(int(year) for year in data["years"])
    slider = figure.locator(".ka-year")
    slider.focus()
    shown = {}
    for year in reversed(years):
        assert figure.locator(".ka-year-shown").text_content() == str(year)
        assert slider.get_attribute("aria-valuetext") == str(year)
        shown[year] = page.eval_on_selector_all(".ka-kind-map .ka-areas path", "paths => paths.map(path => path.getAttribute('class'))")
        page.keyboard.press("ArrowLeft")
    for year in years:
        for css, value in zip(shown[year], data["years"][str(year)]["values"], strict=True):
            expected = "absent" if value is None else f"class-{sum(value >= bound for bound in data['breaks'])}"
            assert css.startswith(expected), (year, css, value)
    assert shown[years[0]] != shown[years[-1]]
    page.keyboard.press("End")
    assert figure.locator(".ka-year-shown").text_content() == str(years[-1])
    page.context.close()


@pytest.mark.parametrize("name", pages())
def test_page_names_no_other_host_to_load_from(name, site):
    html = (site / name).read_text(encoding="utf-8")
    soup = parsed(name)
    loaded = [
        element.get("src") or element.get("href")
        for element in soup.select("script[src], link[href], img[src], iframe[src], source[src]")
        if element.get("rel") not in (["canonical"], ["search"])
    ]
    assert [address for address in loaded if re.match(r"(https?:)?//", address)] == []
    for host in ("unpkg.com", "cdn.jsdelivr.net", "cdnjs.cloudflare.com", "cdn.plot.ly", "fonts.googleapis.com"):
        assert host not in html


@pytest.mark.parametrize("name", pages())
def test_page_is_dutch_and_its_links_resolve(name, site):
    soup = parsed(name)
    assert soup.html["lang"] == "nl"
    for link in soup.select("a[href]"):
        target = link["href"]
        assert not target.startswith(("bron:", "begrip:")), target
        if re.match(r"(https?:|mailto:|data:)", target):
            continue
        file, _, anchor = target.partition("#")
        file = file.partition("?")[0]
        path = (site / name).parent / file if file else site / name
        assert path.exists(), target
        if anchor and path.suffix == ".html":
            assert anchor in anchors_of(path.resolve()), target


def test_every_figure_has_title_table_source_and_alternative_in_the_html(site):
    for name in pages():
        soup = parsed(name)
        for figure, payload in zip(soup.select(".ka-figure"), figures_of(name.removesuffix(".html")), strict=True):
            assert figure.select_one(".ka-title").text == payload["title"]
            assert payload["alternative"] in figure.decode_contents(formatter=None)
            assert len(figure.select(".ka-scroll tbody tr")) == len(payload["table"]["rows"]) > 0
            assert figure.select_one(".ka-credit").text.startswith("Bron")
            assert not re.search(r"\b(nan|None|NaN)\b", figure.select_one(".ka-scroll table").text)


def test_a_page_from_disk_cannot_read_other_files(site, browser):
    """Else a script that fetches its data would pass here and fail for a reader with a USB stick."""
    page, _, _ = open_page(browser, site.as_uri() + "/index.html")
    refused = page.evaluate("fetch('searchindex.js').then(() => 'read', () => 'refused')")
    assert refused == "refused"
    page.context.close()
