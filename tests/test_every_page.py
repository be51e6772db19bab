"""Every page as its readers meet it, in three visits: on a desktop, on a phone, and from disk with large text."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from tests.axe import faults
from tests.test_site import draw_all, figures_of, open_page, pages

WIDER_THAN_THE_SCREEN = """() => [...document.querySelectorAll("p, li, h1, h2, h3, summary, label, button")]
  .filter(one => !one.closest(".ka-scroll, [popover]") && one.offsetParent && one.getBoundingClientRect().right > innerWidth + 1)
  .map(one => one.textContent.trim().slice(0, 60))"""
COLOURS_OF_TICKS = "[...document.querySelectorAll('.ka-canvas .xtick text')].map(text => getComputedStyle(text).fill)"


def width_of_the_content(page: Page) -> int:
    return page.evaluate("document.documentElement.scrollWidth")


def assert_drawn(page: Page, name: str) -> None:
    draw_all(page)
    assert page.locator(".ka-figure").count() == len(figures_of(name.removesuffix(".html")))
    for chart in page.query_selector_all(".ka-kind-chart"):
        assert chart.query_selector_all(".ka-canvas .trace"), chart.get_attribute("id")


def assert_alone(page: Page, base: str, requests: list[str], errors: list[str]) -> None:
    assert [request for request in requests if not request.startswith((base, "data:", "blob:"))] == []
    assert errors == []
    assert page.context.cookies() == []


def assert_readable_in_the_dark(page: Page) -> None:
    """Switch a light page with drawn charts to the dark theme, and look at the words along their axes."""
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    page.wait_for_timeout(300)
    colours = page.evaluate(COLOURS_OF_TICKS)
    assert bool(colours) == bool(page.query_selector(".ka-kind-chart"))
    for colour in colours:
        red, green, blue = map(int, re.findall(r"\d+", colour)[:3])
        assert min(red, green, blue) > 120, colour


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")], ids=["desktop in light", "phone in the dark"])
@pytest.mark.parametrize("name", pages())
def test_page_is_drawn_fits_is_accessible_and_asks_no_other_host(name, width, scheme, address, browser):
    """Colours do not depend on the width, nor layout on the colours: two visits see both."""
    page, requests, errors = open_page(browser, address + name, width, color_scheme=scheme, reduced_motion="reduce")
    assert page.evaluate("document.documentElement.dataset.theme") == scheme
    assert_drawn(page, name)
    assert width_of_the_content(page) <= width
    assert page.evaluate(WIDER_THAN_THE_SCREEN) == []  # what a page cuts off does not make it wider
    assert faults(page) == []
    if scheme == "light":
        assert_readable_in_the_dark(page)
    assert_alone(page, address, requests, errors)
    page.context.close()


@pytest.mark.parametrize("name", pages())
def test_from_disk_and_with_text_at_400_percent(name, site, browser):
    """A window of 1280 pixels with text at 400% has the room of one of 320."""
    base = site.as_uri() + "/"
    page, requests, errors = open_page(browser, base + name, 320)
    assert width_of_the_content(page) <= 320
    assert page.evaluate(WIDER_THAN_THE_SCREEN) == []
    assert_drawn(page, name)
    assert width_of_the_content(page) <= 320
    assert_alone(page, base, requests, errors)
    page.context.close()
