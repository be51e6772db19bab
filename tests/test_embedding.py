"""Each figure of a chapter and of a municipality stands alone on a page for a frame, and draws in one on another site."""

from __future__ import annotations

import functools
import re
import threading
from html import unescape
from http.server import ThreadingHTTPServer

import pytest
from bs4 import BeautifulSoup

from book.embedding import NARROW, WIDE, alone, embed_code, embed_name
from book.municipality_pages import frame_names
from book.municipality_search import page_names
from tests.axe import faults
from tests.chapters import CHAPTERS, notebooks, on_the_site
from tests.conftest import SITE, QuietHandler
from tests.html_check import html_faults
from tests.municipality_sample import by_property
from tests.test_site import draw_all, figures_of, open_page, wait_until
from tests.test_weight import KILOBYTE, files_of, weight

KINDS = ("chart", "map", "table")
SCROLLING = ("table", "timeline")
OF_MUNICIPALITY = "municipality"


@functools.cache
def embedded() -> dict[str, tuple[str, dict]]:
    """Return per page for a frame the page of the book and the figure that it shows: those of chapters, and of some municipalities."""
    chapters = [path.relative_to(CHAPTERS).with_suffix("").as_posix() for path in notebooks() if on_the_site(path)]
    sample = [page_names()[code] for code in dict.fromkeys(by_property().values())]
    return {embed_name(page, figure["name"]): (page, figure) for page in [*chapters, *sample] for figure in figures_of(page)}


def code_of(name: str) -> str:
    """Return the code that the book offers for the page for a frame."""
    page, figure = embedded()[name]
    html = (SITE / f"{page}.html").read_text(encoding="utf-8").partition(f' id="{figure["name"]}"')[2].partition("</figure>")[0]
    return unescape(re.search(r'<div class="ka-embed">.*?<textarea[^>]*>(.*?)</textarea>', html, re.S)[1])


def first_of(kind: str) -> str:
    if kind == OF_MUNICIPALITY:
        return next(name for name in embedded() if name in frame_names())
    return next(name for name, (_, figure) in embedded().items() if figure["drawing"]["kind"] == kind)


def test_every_figure_has_its_page(site):
    assert len(embedded()) > 70
    for name, (page, figure) in embedded().items():
        html = (site / name).read_text(encoding="utf-8")
        soup = BeautifulSoup(html, "html.parser")
        assert html_faults(html) == [], name
        assert [title.text for title in soup.select("h1")] == [figure["title"]]
        assert soup.title.text.startswith(figure["title"])
        assert [one["id"] for one in soup.select(".ka-figure")] == [figure["name"]]
        assert soup.select_one(".ka-credit").text == figure["credit"]
        back = soup.select_one(".ka-embedded-from a")
        assert back["href"] == f"../{page}.html#{figure['name']}"
        assert not soup.select("header, footer, .ka-menu, .ka-contents, .ka-embed")
        for link in soup.select("a[href]"):
            if link["href"].startswith("#"):
                continue
            assert link["target"] == "_blank"
            if not link["href"].startswith(("http:", "https:", "mailto:")):
                assert (site / "insluiten" / re.split(r"[?#]", link["href"])[0]).exists(), (name, link["href"])


def test_every_figure_offers_the_code_that_shows_it(site):
    for name, (_, figure) in embedded().items():
        frame = BeautifulSoup(code_of(name), "html.parser").iframe
        assert frame["src"] == name
        assert frame["title"] == figure["title"]


def test_every_chart_of_a_municipality_has_its_page(site):
    charts = {
        embed_name(page, name)
        for page in page_names().values()
        for name in re.findall(r'<figure class="ka-figure[^>]*? id="([^"]+)"', (site / f"{page}.html").read_text(encoding="utf-8"))
    }
    assert len(charts) == 342 + 157
    assert charts == frame_names()
    assert charts <= {f"insluiten/{path.name}" for path in (site / "insluiten").iterdir()}


def given_heights(name: str) -> tuple[int, int]:
    """Return the heights in the code for a figure: in a frame of 320 pixels, and of 600 or more."""
    code = code_of(name)
    wide, start, slope, narrow = map(int, re.search(r"height: clamp\((\d+)px, (\d+)px - (\d+)vw, (\d+)px\)", code).groups())
    assert f'height="{wide}"' in code
    assert start - slope * NARROW / 100 == pytest.approx(narrow, abs=3)
    assert start - slope * WIDE / 100 == pytest.approx(wide, abs=5)
    return narrow, wide


def test_a_figure_fits_in_the_frame_of_its_code(address, browser):
    """The least room: of each kind the figures of which title, notes and legend are highest, shown in frames of three widths."""
    chosen = [
        name
        for kind in ("chart", "map", "explorer", *SCROLLING)
        for name in sorted((one for one in embedded() if embedded()[one][1]["drawing"]["kind"] == kind), key=given_heights)[-2:]
    ] + [first_of(OF_MUNICIPALITY)]
    page, _, errors = open_page(browser, "about:blank")
    for name in chosen:
        narrow, wide = given_heights(name)
        for width, height in ((NARROW, narrow), (WIDE, wide), (1000, wide)):
            page.set_viewport_size({"width": width, "height": height})
            page.goto(address + name)
            page.locator(".ka-figure[data-drawn=true]").wait_for()
            least = 320 if embedded()[name][1]["drawing"]["kind"] in SCROLLING else 0
            assert page.evaluate("document.documentElement.scrollHeight") <= height, (name, width)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
            assert page.locator(".ka-panel:visible").first.bounding_box()["height"] >= least, (name, width)
            assert page.locator(".ka-credit").bounding_box()["y"] < height, (name, width)
    assert errors == []
    page.context.close()


def test_the_code_has_a_whole_address_when_the_address_of_the_site_is_known():
    code = embed_code("https://voorbeeld.nl/boek/insluiten/a--b.html", "Kinderen &lt;18 en &#34;meer&#34;", (1100, 820))
    frame = BeautifulSoup(code, "html.parser").iframe
    assert frame["src"] == "https://voorbeeld.nl/boek/insluiten/a--b.html"
    assert frame["title"] == 'Kinderen <18 en "meer"'
    assert (frame["height"], frame["style"]) == ("820", "border: 0; height: clamp(820px, 1420px - 100vw, 1100px)")


def test_links_of_a_figure_leave_the_frame():
    html = alone('<p class="ka-title">T</p><a href="x.html#y">a</a><a href="#z">b</a><a href="https://a.nl/">c</a>', "../deel/")
    assert html.startswith('<h1 class="ka-title">T</h1><a target="_blank" rel="noopener" href="../deel/x.html#y">')
    assert '<a href="#z">' in html
    assert '<a target="_blank" rel="noopener" href="https://a.nl/">' in html


def test_a_page_for_a_frame_is_light(site):
    for name, (_, figure) in embedded().items():
        html = (site / name).read_text(encoding="utf-8")
        limit = 110 if figure["drawing"]["kind"] in ("map", "explorer", "timeline") else 70
        shared = sum(weight((site / file).read_bytes()) for file in files_of(html))
        assert weight(html) + shared <= limit * KILOBYTE, name


@pytest.fixture(scope="module")
def other_site(tmp_path_factory, address):
    """Return the address of another site: a page per kind of figure with the code as the book offers it, its address made whole."""
    folder = tmp_path_factory.mktemp("other")
    for kind in (*KINDS, OF_MUNICIPALITY):
        name = first_of(kind)
        code = embed_code(address + name, embedded()[name][1]["title"], (900, 700))
        (folder / f"{kind}.html").write_text(
            f'<!DOCTYPE html><html lang="nl"><title>Elders</title><body>{code}</body></html>', encoding="utf-8"
        )
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(QuietHandler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}/"
    server.shutdown()


@pytest.mark.parametrize(("kind", "width"), [("chart", 390), ("map", 390), ("map", 800), ("table", 390), (OF_MUNICIPALITY, 800)])
def test_a_figure_draws_in_a_frame_of_another_site(kind, width, other_site, address, browser):
    page, requests, errors = open_page(browser, f"{other_site}{kind}.html", width)
    frame = next(frame for frame in page.frames if frame != page.main_frame)
    frame.wait_for_url(address + first_of(kind))
    frame.locator(".ka-figure[data-drawn=true]").wait_for(timeout=30_000)
    if kind in ("chart", OF_MUNICIPALITY):
        assert frame.locator(".ka-canvas .trace").count() > 0
    if kind == "map":
        assert frame.locator(".ka-areas path").count() > 300
    if kind == "table":
        assert frame.locator(".ka-scroll tbody tr").count() > 0
    assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert [request for request in requests if not request.startswith((other_site, address, "data:", "blob:"))] == []
    assert page.context.cookies() == []
    assert [error for error in errors if "404" not in error] == []  # the other site has no icon
    page.context.close()


@pytest.mark.parametrize(("width", "scheme"), [(800, "light"), (390, "dark")], ids=["wide-light", "phone-dark"])
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_on_a_page_for_a_frame(kind, width, scheme, address, browser):
    page, _, errors = open_page(browser, address + first_of(kind), width, color_scheme=scheme, reduced_motion="reduce")
    draw_all(page)
    assert faults(page) == []
    assert errors == []
    page.context.close()


def test_the_code_can_be_copied_with_the_keyboard(address, browser):
    chapter, figure = embedded()[first_of("chart")]
    page, _, _ = open_page(
        browser, f"{address}{chapter}.html?figuur={figure['name']}&tab=download", permissions=["clipboard-read", "clipboard-write"]
    )
    place = page.locator(f"#{figure['name']} .ka-embed")
    page.evaluate("navigator.clipboard.writeText('')")
    place.locator("summary").focus()
    page.keyboard.press("Enter")
    place.locator("button").focus()
    page.keyboard.press("Enter")
    message = page.locator(f"#{figure['name']} .ka-message")
    wait_until(page, f"document.querySelector('#{figure['name']} .ka-message').textContent !== ''")
    assert message.text_content() == "De code is gekopieerd."
    assert page.evaluate("navigator.clipboard.readText()") == place.locator("textarea").input_value()
    page.context.close()


def test_pages_for_frames_are_not_for_search_engines():
    for path in (SITE / "insluiten").iterdir():
        assert '<meta name="robots" content="noindex" />' in path.read_text(encoding="utf-8")
