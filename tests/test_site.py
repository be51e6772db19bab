"""The built site, as its readers meet it: drawn, complete, and alone on this machine."""

from __future__ import annotations

import json
import re
import time
from functools import cache
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page

from book.comparison import PAGE
from book.embedding import FOLDER as EMBEDDED
from book.embedding import embed_name
from data.profiles import profile
from tests.chapters import CHAPTERS, notebooks
from tests.conftest import PROJECT, SITE
from tests.municipality_sample import all_pages, walked
from widgets.figure import FIGURE_MEDIA_TYPE
from widgets.municipal_charts import low_income_chart, risk_chart
from widgets.side_by_side import key_figures_side_by_side, risk_side_by_side

WIDTHS = {"desktop": 1280, "phone": 390}
MODES = ("http", "file")


def every_page() -> list[str]:
    """Return the names of the pages that readers visit."""
    return sorted(path.relative_to(SITE).as_posix() for path in SITE.rglob("*.html") if "_static" not in path.parts)


def pages() -> list[str]:
    """Return the names of the pages for tests of each page: of those of municipalities only a few, and none for a frame."""
    return sorted({name for name in every_page() if not name.startswith(f"{EMBEDDED}/")} - {*all_pages()} | {*walked()})


def test_the_site_has_the_pages_of_the_book_and_no_other():
    folder = PROJECT / "chapters"
    chapters = {path.relative_to(folder).with_suffix(".html").as_posix() for path in folder.rglob("*") if path.suffix in (".ipynb", ".md")}
    chapters -= {"start.html"}  # where a session in Binder begins
    figures = {
        embed_name(name.removesuffix(".html"), figure["name"])
        for name in chapters - {f"{PAGE}.html"}
        for figure in figures_of(name.removesuffix(".html"))
    }
    assert set(every_page()) == chapters | figures | {"search.html", "404.html", *all_pages()}


@cache
def anchors_of(path: Path) -> set[str]:
    return set(re.findall(r'\bid="([^"]*)"', path.read_text(encoding="utf-8")))


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
        output.data[FIGURE_MEDIA_TYPE]
        for cell in nbformat.read(path, as_version=4).cells
        if cell.cell_type == "code"
        for output in cell.outputs
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


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", pages())
def test_page_draws_every_figure_and_asks_no_other_host(name, mode, site, address, browser):
    base = address if mode == "http" else site.as_uri() + "/"
    page, requests, errors = open_page(browser, base + name)
    draw_all(page)
    assert page.locator(".ka-figure").count() == len(figures_of(name.removesuffix(".html")))
    for chart in page.query_selector_all(".ka-kind-chart"):
        assert chart.query_selector_all(".ka-canvas .trace"), chart.get_attribute("id")
    assert [request for request in requests if not request.startswith((base, "data:", "blob:"))] == []
    assert errors == []
    assert page.context.cookies() == []
    page.context.close()


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


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
@pytest.mark.parametrize("name", pages())
def test_page_does_not_scroll_sideways(name, width, address, browser):
    page, _, _ = open_page(browser, address + name, width)
    draw_all(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()


@pytest.mark.parametrize("name", pages())
def test_page_names_no_other_host_to_load_from(name, site):
    html = (site / name).read_text(encoding="utf-8")
    soup = BeautifulSoup(html, "html.parser")
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
    soup = BeautifulSoup((site / name).read_text(encoding="utf-8"), "html.parser")
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
        soup = BeautifulSoup((site / name).read_text(encoding="utf-8"), "html.parser")
        for figure, payload in zip(soup.select(".ka-figure"), figures_of(name.removesuffix(".html")), strict=True):
            assert figure.select_one(".ka-title").text == payload["title"]
            assert payload["alternative"] in figure.decode_contents(formatter=None)
            assert len(figure.select(".ka-scroll tbody tr")) == len(payload["table"]["rows"]) > 0
            assert figure.select_one(".ka-credit").text.startswith("Bron")
            assert not re.search(r"\b(nan|None|NaN)\b", figure.select_one(".ka-scroll table").text)


@pytest.mark.parametrize("name", pages())
def test_charts_have_readable_text_after_a_switch_to_the_dark_theme(name, address, browser):
    page, _, _ = open_page(browser, address + name, color_scheme="light")
    draw_all(page)
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    page.wait_for_timeout(300)
    colour = page.evaluate("[...document.querySelectorAll('.ka-canvas .xtick text')].map(text => getComputedStyle(text).fill)")
    assert bool(colour) == bool(page.query_selector(".ka-kind-chart"))
    for value in colour:
        red, green, blue = map(int, re.findall(r"\d+", value)[:3])
        assert min(red, green, blue) > 120, value
    page.context.close()


def test_a_page_from_disk_cannot_read_other_files(site, browser):
    """Else a script that fetches its data would pass here and fail for a reader with a USB stick."""
    page, _, _ = open_page(browser, site.as_uri() + "/index.html")
    refused = page.evaluate("fetch('searchindex.js').then(() => 'read', () => 'refused')")
    assert refused == "refused"
    page.context.close()
