"""The site can be used by everyone: what has the focus shows it, the menu works by keyboard, lines are not too long."""

from __future__ import annotations

import statistics

import pytest

from tests.test_site import open_page

FOCUSED = """() => {
  const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
  const inView = box.bottom > 0 && box.top < innerHeight;
  return { what: one.outerHTML.slice(0, 90), outline: parseFloat(style.outlineWidth), style: style.outlineStyle, inView };
}"""


@pytest.mark.parametrize("width", [1280, 390])
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
