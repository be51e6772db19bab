"""Explorers on the site: every setting works by keyboard and gives what Python computes; links, typed values and files are right."""

from __future__ import annotations

import csv
import io
import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache

import numpy as np
import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Locator, Page

from data.language import gettext
from tests.conftest import SITE
from tests.test_site import open_page, wait_until
from widgets.controls import Choice, Control, Range
from widgets.explorer import Explorer, MapView
from widgets.scenarios.explorers import explorers, halving_explorer, reach_explorer, sliding_scale_explorer

EXPLORERS = {explorer.name: explorer for explorer in explorers()}
IN_CHAPTERS = {
    "bereik-per-groep": reach_explorer,
    "halvering-op-weg": halving_explorer,
    "glijdende-schaal-proberen": sliding_scale_explorer,
}
SETTINGS = [(name, control.name) for name, explorer in EXPLORERS.items() for control in explorer.controls]
SENTENCES = "name => [...document.querySelectorAll(`#${name} .ka-readouts p`)].map(p => p.textContent).join(' ')"
SAID = "name => document.querySelector(`#${name} .ka-said`).textContent"
TRACES = """(box) => { const canvas = box.querySelector(".ka-canvas"); return canvas.data.map(({ x, y }) => [x, y]); }"""


def fresh(name: str) -> Explorer:
    explorer = EXPLORERS[name]
    return explorer.set(**explorer.defaults())


@cache
def page_of(name: str) -> str:
    """Return the page on which an explorer stands."""
    return next(path.name for path in SITE.glob("*.html") if f'<figure class="ka-figure ka-kind-explorer" id="{name}"' in path.read_text())


def open_explorer(browser: Browser, address: str, name: str, query: str = "", **options: object) -> tuple[Page, Locator]:
    page, _, errors = open_page(browser, f"{address}{page_of(name)}{query}", **options)
    figure = page.locator(f"#{name}")
    figure.scroll_into_view_if_needed()
    wait_for_explorer(page, figure, name)
    assert errors == []
    return page, figure


def wait_for_explorer(page: Page, figure: Locator, name: str) -> None:
    """Wait until an explorer can be used and its charts, brought into view, are drawn."""
    wait_until(page, f"document.getElementById('{name}').querySelector('.ka-settings.ka-ready') !== null")
    for plot in figure.locator(".ka-plot").all():
        plot.scroll_into_view_if_needed()
    wait_until(page, f"document.getElementById('{name}').dataset.drawn === 'true'")


@pytest.fixture(scope="module")
def at_the_start(address: str, browser: Browser) -> Iterator[dict[str, tuple[Page, Locator]]]:
    """Return pages with an explorer at its starting point, by name: who takes one puts it back as it was, or leaves it out."""
    unused: dict[str, tuple[Page, Locator]] = {}
    yield unused
    for page, _ in unused.values():
        page.context.close()


def shown_outcomes(figure: Locator) -> list[list[str]]:
    return [row.locator("td").all_text_contents() for row in figure.locator("[data-outcome]").all()]


def expected_outcomes(explorer: Explorer) -> list[list[str]]:
    table = explorer.outcomes_table()
    quantities = explorer.model.quantities
    result = []
    for row in table.itertuples():
        quantity = quantities[row.Index]
        differs = quantity.shown(row.scenario) - quantity.shown(row.baseline)
        difference = quantity.text(abs(differs))
        if np.isfinite(differs) and difference != quantity.text(0):
            difference = ("+" if differs > 0 else "−") + difference
        result.append([quantity.text(row.baseline), quantity.text(row.scenario), difference])
    return result


def assert_shows(page: Page, figure: Locator, explorer: Explorer) -> None:
    """Check that sentences, outcomes, map and charts show what Python computes with the present settings."""
    wait_for_text(page, SENTENCES, explorer)
    assert shown_outcomes(figure) == expected_outcomes(explorer)
    known = explorer.inputs() | explorer.compute()
    for index, view in enumerate(explorer.views):
        part = figure.locator(f"[data-view='{index}']")
        if isinstance(view, MapView):
            classes = part.locator(".ka-areas path").evaluate_all("all => all.map(area => area.getAttribute('class'))")
            values = known[view.result]
            expected = ["absent-missing" if np.isnan(value) else f"class-{bisect_right(view.breaks, value)}" for value in values]
            assert classes == expected
            continue
        drawn = part.locator(".ka-plot").evaluate(TRACES)
        for feed in view.feeds:
            for attribute, name in feed.attributes.items():
                shown = [np.nan if value is None else value for value in drawn[feed.trace]["xy".index(attribute)]]
                assert shown == pytest.approx(list(np.atleast_1d(known[name])), rel=1e-9, nan_ok=True), (name, attribute)


def wait_for_text(page: Page, where: str, explorer: Explorer) -> None:
    wanted = " ".join(explorer.sentences())
    for _ in range(60):
        shown = page.evaluate(where, explorer.name)
        if shown == wanted:
            return
        page.wait_for_timeout(50)
    assert shown == wanted


def assert_said(page: Page, explorer: Explorer, before: list[str], said_before: str = "") -> None:
    """Check that the message for a screen reader has the sentences that changed, and no other."""
    if explorer.sentences() == before:
        return
    name = json.dumps(explorer.name)
    wait_until(page, f"said => ({SAID})({name}) !== said && ({SAID})({name}) !== ''", 5000, said_before)
    said = page.evaluate(SAID, explorer.name)
    fresh_sentences = [text for text, former in zip(explorer.sentences(), before, strict=True) if text != former]
    assert said == " ".join(text for text in fresh_sentences if text in said)


def drawn(figure: Locator) -> list[str]:
    """Return what the charts have drawn: their data say what was asked, not what the reader sees."""
    return figure.locator(".ka-plot").evaluate_all("all => all.map(box => box.querySelector('.cartesianlayer').innerHTML)")


def fed(explorer: Explorer) -> list[list]:
    """Return the values that each chart follows."""
    known = explorer.inputs() | explorer.compute()
    charts = [view for view in explorer.views if not isinstance(view, MapView)]
    return [[np.atleast_1d(known[name]).tolist() for feed in view.feeds for name in feed.attributes.values()] for view in charts]


def press(page: Page, figure: Locator, control: Control) -> object:
    """Change a setting by keyboard and return its new value."""
    box = figure.locator(f"[data-control='{control.name}']")
    if isinstance(control, Range):
        slider = box.locator("input[type=range]")
        slider.focus()
        key, step = ("ArrowLeft", -control.step) if control.default + 3 * control.step > control.maximum else ("ArrowRight", control.step)
        for _ in range(3):
            page.keyboard.press(key)
        value = round(control.default + 3 * step, 6)
        assert float(slider.input_value()) == pytest.approx(value)
        return value
    assert isinstance(control, Choice)
    options = list(control.options)
    select = box.locator("select")
    select.focus()
    at = options.index(control.check(control.default))
    page.keyboard.press("ArrowDown" if at + 1 < len(options) else "ArrowUp")
    return options[at + 1 if at + 1 < len(options) else at - 1]


@pytest.mark.parametrize(("name", "setting"), SETTINGS)
def test_each_setting_works_by_keyboard_and_gives_what_python_computes(name, setting, at_the_start, address, browser):
    explorer = fresh(name)
    control = explorer.control(setting)
    page, figure = at_the_start.pop(name, None) or open_explorer(browser, address, name)
    assert_shows(page, figure, explorer)
    before, values_before, sentences_before = drawn(figure), fed(explorer), explorer.sentences()
    said_before = page.evaluate(SAID, name)
    value = press(page, figure, control)
    assert_shows(page, figure, explorer.set(**{setting: value}))
    changed = [str(one) != str(other) for one, other in zip(values_before, fed(explorer), strict=True)]
    assert [one != other for one, other in zip(before, drawn(figure), strict=True)] == changed
    if isinstance(control, Range):
        typed = figure.locator(f"[data-control='{setting}'] .ka-typed input")
        assert typed.input_value().replace(".", "").replace(",", ".") == f"{value:.{control.decimals}f}"
    wait_until(page, "([key, value]) => new URLSearchParams(location.search).get(key) == value", arg=[control.key, value])
    said = figure.locator(".ka-said")
    assert said.get_attribute("role") == "status"
    assert_said(page, explorer, sentences_before, said_before)
    address_now = page.url
    page.goto("about:blank")
    page.goto(address_now)
    wait_for_explorer(page, figure, name)
    assert_shows(page, figure, explorer)
    sentences_before = explorer.sentences()
    figure.locator(".ka-reset").click()
    assert_shows(page, figure, fresh(name))
    wait_until(page, "text => !location.search.includes(text)", arg=f"{control.key}=")
    assert_said(page, fresh(name), sentences_before)
    at_the_start[name] = page, figure


@pytest.mark.parametrize("name", IN_CHAPTERS)
def test_an_explorer_in_a_chapter_works_as_on_its_own_page(name, address, browser):
    explorer, twin = IN_CHAPTERS[name](name=name), IN_CHAPTERS[name]()
    assert page_of(name) != page_of(twin.name)
    assert explorer.payload() | {"name": twin.name} == twin.payload()
    page, figure = open_explorer(browser, address, name)
    control = explorer.controls[0]
    assert_shows(page, figure, explorer.set(**{control.name: press(page, figure, control)}))
    page.context.close()


@pytest.mark.parametrize("label", EXPLORERS["verken-halvering"].presets)
def test_an_official_target_is_set_in_one_go(label, address, browser):
    explorer = fresh("verken-halvering")
    page, figure = open_explorer(browser, address, explorer.name)
    figure.get_by_role("button", name=label).press("Enter")
    assert_shows(page, figure, explorer.set(**explorer.presets[label]))
    wait_until(
        page, "text => location.search.includes(text)" if label != next(iter(explorer.presets)) else "() => true", arg="maat=scp_line"
    )
    page.context.close()


@pytest.mark.parametrize("name", EXPLORERS)
def test_explorer_works_from_disk(name, site, browser):
    explorer = fresh(name)
    page, figure = open_explorer(browser, site.as_uri() + "/", name)
    control = explorer.controls[0]
    assert_shows(page, figure, explorer.set(**{control.name: press(page, figure, control)}))
    page.context.close()


@pytest.mark.parametrize("name", EXPLORERS)
def test_without_a_script_the_starting_point_is_there(name, address, browser):
    explorer = fresh(name)
    page, _, _ = open_page(browser, address + page_of(name), java_script_enabled=False)
    figure = page.locator(f"#{name}")
    assert figure.locator(".ka-readouts p").all_text_contents() == explorer.sentences()
    assert shown_outcomes(figure) == expected_outcomes(explorer)
    assert not figure.locator(".ka-settings").is_visible()
    assert figure.locator(".ka-formula math").first.is_visible()
    assert figure.locator(".ka-formula").count() == len(explorer.model.parsed)
    assert figure.locator(".ka-table tbody tr").count() == len(explorer.table) or not figure.locator(".ka-table").count()
    page.context.close()


def test_a_link_with_other_values_than_the_controls_have_is_mended_with_a_notice(address, browser):
    page, figure = open_explorer(browser, address, "verken-verdeling", "?bereik=150&budget=veel&verdeeljaar=1850&figuur=verken-verdeling")
    explorer = fresh("verken-verdeling")
    assert_shows(page, figure, explorer.set(reach_pct=100))
    message = figure.locator(".ka-message").text_content()
    assert "150" in message and "100" in message
    notice = page.locator(".ka-notice").text_content()
    assert "budget" in notice and "verdeeljaar" in notice
    assert "veel" not in notice and "1850" not in notice
    page.context.close()


def test_a_typed_value_outside_the_range_says_the_range_and_changes_nothing(address, browser):
    page, figure = open_explorer(browser, address, "verken-verdeling")
    explorer = fresh("verken-verdeling")
    box = figure.locator("[data-control='reach_pct']")
    for wrong in ("101", "-1", "veel", "1.2.3", ""):
        box.locator(".ka-typed input").fill(wrong)
        page.keyboard.press("Tab")
        hint = box.locator(".ka-hint").text_content()
        assert "0" in hint and "100" in hint, wrong
        assert box.locator(".ka-typed input").get_attribute("aria-invalid") == "true"
        assert_shows(page, figure, explorer)
    for right, value in (("50", 50), ("50,0", 50), ("62%", 62), (" 7 ", 7)):
        box.locator(".ka-typed input").fill(right)
        page.keyboard.press("Tab")
        assert box.locator(".ka-hint").text_content() == ""
        assert_shows(page, figure, explorer.set(reach_pct=value))
    figure.locator("[data-control='budget_eur'] .ka-typed input").fill("100.000.000")
    page.keyboard.press("Enter")
    assert_shows(page, figure, explorer.set(budget_eur=100_000_000))
    page.context.close()


def test_a_reach_of_zero_cannot_be_computed_and_says_so(address, browser):
    page, figure = open_explorer(browser, address, "verken-verdeling", "?bereik=0&gemeente=GM0363")
    explorer = fresh("verken-verdeling").set(reach_pct=0)
    assert_shows(page, figure, explorer)
    assert gettext("cannot be computed") in figure.locator(".ka-outcomes").inner_text()
    for tab in ("formule", "tabel"):
        figure.locator(f"[data-tab='{tab}']").first.click()
        text = figure.locator(f"#verken-verdeling--{tab}").inner_text()
        assert gettext("cannot be computed") in text
        assert not re.search(r"NaN|Infinity|∞|undefined|null", text)
    page.context.close()


def test_formulas_are_filled_in_with_the_settings_and_the_chosen_municipality(address, browser):
    page, figure = open_explorer(browser, address, "verken-verdeling", "?bereik=50&gemeente=GM0363&tab=formule")
    wait_until(page, "document.querySelector('#verken-verdeling .ka-filled-with').textContent.includes('Amsterdam')")
    box = figure.locator("[data-formula='spent_per_reached_child_eur'] .ka-filled")
    explorer = fresh("verken-verdeling").set(reach_pct=50)
    results = explorer.compute()
    text = box.inner_text().replace("\n", "")
    assert f"{results['children_reached_count']:,.1f}".replace(",", ".").rsplit(".", 1)[0] in text
    amount = figure.locator("[data-formula='amount_eur'] .ka-filled").inner_text()
    position = list(explorer.places("municipality")["municipality_code"]).index("GM0363")
    assert f"{results['amount_eur'][position]:,.0f}".replace(",", ".")[:6] in amount
    page.context.close()


@pytest.mark.parametrize("name", EXPLORERS)
def test_files_hold_settings_and_results(name, address, browser):
    explorer = fresh(name)
    control = next(control for control in explorer.controls if isinstance(control, Range))
    page, figure = open_explorer(browser, address, name)
    explorer.set(**{control.name: press(page, figure, control)})
    assert_shows(page, figure, explorer)
    figure.locator(".ka-tabs [data-tab='download']").click()
    contents = {}
    for kind in ("csv", "json", "svg", "png"):
        with page.expect_download() as download:
            figure.locator(f"[data-download='{kind}']").click()
        contents[kind] = download.value.path().read_bytes()
    rows = list(csv.reader(io.StringIO(contents["csv"].decode("utf-8-sig"))))
    assert len({len(row) for row in rows}) == 1
    labels = [declared["label"] for declared in explorer.drawing()["controls"]]
    assert [heading.split(" (")[0] for heading in rows[0][-len(labels) :]] == [label.split(" (")[0] for label in labels]
    settings = rows[1][-len(labels) :]
    for cell, value in zip(settings, explorer.values.values(), strict=True):
        assert cell == value or float(cell) == value
    for column, result in explorer.drawing()["followed"].items():
        written = [np.nan if row[int(column)] == "" else float(row[int(column)]) for row in rows[1:]]
        assert written == pytest.approx(list(explorer.compute()[result]), rel=1e-9, nan_ok=True)
    assert len(json.loads(contents["json"])["data"]) == len(rows) - 1
    svg = contents["svg"].decode()
    for text in explorer.sentences():
        assert text.split()[0] in svg
    assert contents["png"].startswith(b"\x89PNG")
    page.context.close()


@pytest.mark.parametrize("name", [*EXPLORERS, *IN_CHAPTERS])
def test_no_two_things_on_the_page_have_one_name(name, site):
    soup = BeautifulSoup((site / page_of(name)).read_text(encoding="utf-8"), "html.parser")
    names = [element["id"] for element in soup.select("[id]")]
    assert len(names) == len(set(names)), sorted({one for one in names if names.count(one) > 1})
