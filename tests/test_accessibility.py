"""The site can be used by everyone: axe finds nothing, text reflows at 400% zoom, everything has a visible focus."""

from __future__ import annotations

import statistics

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.test_site import WIDTHS, draw_all, open_page, pages

SIGHTS = {"desktop-light": (WIDTHS["desktop"], "light"), "phone-dark": (WIDTHS["phone"], "dark")}
ALL_RULES = {"rules": {name: {"enabled": True} for name in ("target-size", "label-content-name-mismatch", "focus-order-semantics")}}


OPEN_ALL = "all => all.forEach(one => { one.open = true; })"
KEEP_A_FEW = """() => {
  const lists = ["tbody > tr", ".ka-areas > path", ".ka-fact", ".ka-event", "select > option", ".highlight pre > span"];
  for (const list of lists) {
    const parents = new Set([...document.querySelectorAll(list)].map(one => one.parentElement));
    for (const parent of parents) [...parent.children].slice(8).forEach(extra => extra.remove());
  }
}"""
WIDER_THAN_THE_SCREEN = """() => [...document.querySelectorAll("p, li, h1, h2, h3, summary, label, button")]
  .filter(one => !one.closest(".ka-scroll, [popover]") && one.offsetParent && one.getBoundingClientRect().right > innerWidth + 1)
  .map(one => one.textContent.trim().slice(0, 60))"""
FOCUSED = """() => {
  const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
  const inView = box.bottom > 0 && box.top < innerHeight;
  return { what: one.outerHTML.slice(0, 90), outline: parseFloat(style.outlineWidth), style: style.outlineStyle, inView };
}"""


def faults(page: Page) -> list[str]:
    """Return what axe finds on a page, of which long lists of one kind are cut short to save time."""
    page.locator("details").evaluate_all(OPEN_ALL)
    page.evaluate(KEEP_A_FEW)
    page.evaluate("document.getAnimations().forEach(animation => animation.cancel())")  # what opens fades in, and is pale until then
    page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")  # or the fixed head of the page may lie half over a button
    found = Axe().run(page, options=ALL_RULES).response["violations"]
    return [f"{rule['id']}: {node['target']} {node['failureSummary']}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize(
    ("width", "scheme"), [(WIDTHS["desktop"], "light"), (WIDTHS["phone"], "dark")], ids=["desktop-light", "phone-dark"]
)
@pytest.mark.parametrize("name", pages())
def test_axe_finds_nothing_in_light_and_dark(name, width, scheme, address, browser):
    """Colours do not depend on the width, nor layout on the colours: two combinations see both."""
    page, _, _ = open_page(browser, address + name, width, color_scheme=scheme, reduced_motion="reduce")
    assert page.evaluate("document.documentElement.dataset.theme") == scheme
    draw_all(page)
    assert faults(page) == []
    page.context.close()


@pytest.mark.parametrize("name", pages())
def test_text_at_400_percent_does_not_scroll_sideways(name, address, browser):
    page, _, _ = open_page(browser, address + name, 320)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate(WIDER_THAN_THE_SCREEN) == []
    page.context.close()


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_every_control_shows_its_focus_and_has_room(width, address, browser):
    page, _, _ = open_page(browser, address + "index.html", width)
    seen = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused["what"].startswith("<body"):
            break
        seen.add(focused["what"])
        assert focused["outline"] >= 2, focused
        assert focused["style"] != "none", focused
        assert focused["inView"], focused
    assert any("ka-mode" in what for what in seen)
    assert len(seen) > 10
    page.context.close()


def test_menu_opens_and_closes_by_keyboard_on_a_phone_without_a_script(address, browser):
    page, _, _ = open_page(browser, address + "halvering.html", 390, java_script_enabled=False)
    button = page.locator("button[popovertarget=ka-menu]")
    link = page.locator("#ka-menu a", has_text="Bronnen en cijfers")
    assert not link.is_visible()
    button.focus()
    page.keyboard.press("Enter")
    link.wait_for(state="visible")
    page.keyboard.press("Escape")
    link.wait_for(state="hidden")
    page.context.close()


def test_choice_of_dark_is_kept_on_the_next_page(address, browser):
    page, _, _ = open_page(browser, address + "index.html", color_scheme="light")
    page.locator(".ka-mode").click()
    page.goto(address + "bronnen.html")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.locator(".ka-mode").get_attribute("aria-pressed") == "true"
    page.evaluate("localStorage.setItem('mode', '<b>')")
    page.goto(address + "index.html")
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    page.context.close()


def test_lines_of_text_are_60_to_75_characters_long(address, browser):
    page, _, _ = open_page(browser, address + "halvering.html")
    per_line = page.evaluate(
        """() => [...document.querySelectorAll(".bd-article section > p")].filter(one => one.textContent.length > 250).map(one => {
          const lines = Math.round(one.getBoundingClientRect().height / parseFloat(getComputedStyle(one).lineHeight));
          const range = document.createRange(); range.selectNodeContents(one);
          const last = [...range.getClientRects()].pop(), box = one.getBoundingClientRect();
          return one.textContent.length / (lines - 1 + (last.right - box.left) / box.width);
        })"""
    )
    assert len(per_line) > 3
    assert 60 <= statistics.median(per_line) <= 75, per_line
    page.context.close()
