"""Municipalities side by side: what the link says is what the page shows, and what the files hold."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from playwright.sync_api import Page, expect

from book.comparison import DATA_SCRIPT, PAGE, SCRIPT, comparison_data, data_script
from data.comparison import HIGHER, relation
from data.downloads import download_rows
from data.profiles import profile
from data.regions import COUNTRY
from data.side_by_side import areas, rows, trend
from tests.axe import faults
from tests.test_figure_component import download
from tests.test_site import draw_all, open_page, wait_until
from tests.test_weight import KILOBYTE, weight
from widgets.side_by_side import CHART, MUNICIPALITIES_LIMIT, TABLE

FIVE = ["GM0363", "GM0599", "GM0518", "GM0344", "GM0277"]
LINK = f"{PAGE}.html?gemeenten=GM0363,GM0599&provincie=PV27&nederland=1"


def open_comparison(browser, url: str, **options: object) -> tuple[Page, list[str]]:
    page, _, errors = open_page(browser, url, **options)
    page.locator(".ka-choose").wait_for(state="visible")
    return page, errors


def chosen(page: Page) -> list[str]:
    return page.locator(".ka-chips a").all_text_contents()


def columns(page: Page) -> list[str]:
    return page.locator(f"#{TABLE} thead th").all_text_contents()[1:]


def notice(page: Page) -> str:
    return page.locator(".ka-compare-notice").inner_text()


def add(page: Page, typed: str) -> None:
    box = page.get_by_role("combobox", name=re.compile("gemeente"))
    box.fill(typed)
    box.press("Enter")


def table_in_file(page: Page, name: str) -> list[dict]:
    _, content = download(page, page.locator(f"#{name}"), "csv")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


# The figures


def test_every_area_has_its_figures_in_the_order_of_the_codes():
    data, codes = comparison_data(), [area.code for area in areas()]
    assert data["codes"] == codes
    assert len(codes) == 342 + 12 + 1
    points = trend(codes)
    for code in ("GM0363", "PV27", COUNTRY):
        at = codes.index(code)
        assert list(zip(data["years"], data["trend"][at], data["trendErrors"][at], strict=True)) == points[code]
    for row in data["rows"]:
        assert {len(row[part]) for part in ("values", "errors", "texts", "errorTexts", "qualities", "reasons")} == {len(codes)}


def test_figures_are_those_of_the_pages_of_municipalities():
    codes = [area.code for area in areas()]
    for code in FIVE:
        own = profile(code)
        for row in rows():
            figure = own.key_figure(row.indicator_id)
            assert row.figures[codes.index(code)] == figure
            for region, value in ((own.province_code, figure.province_value), (COUNTRY, figure.national_value)):
                beside = row.figures[codes.index(region)]
                assert (beside and beside.value) == value
        years = own.trend[own.trend["region_code"] == code]
        assert [value for _, value, _ in trend([code])[code]] == [round(value, 2) for value in years["poverty_risk_120_pct"]]


def test_an_error_is_never_written_as_nothing():
    texts = set(comparison_data()["words"])
    assert "± 0,05" in texts
    assert not texts & {"± 0", "± 0,0", "± 0,00"}


# The link


@pytest.mark.parametrize("mode", ["http", "file"])
def test_link_opens_its_areas_over_http_and_from_disk(mode, site, address, browser):
    base = address if mode == "http" else site.as_uri() + "/"
    page, errors = open_comparison(browser, base + LINK)
    draw_all(page)
    assert chosen(page) == ["Amsterdam", "Rotterdam"]
    assert columns(page) == ["Amsterdam", "Rotterdam", "Provincie Noord-Holland", "Nederland"]
    wait_until(page, f"document.querySelectorAll('#{CHART} .ka-canvas .scatterlayer .trace').length === 4")
    assert page.locator(f"#{CHART} .ka-legend li").count() == 4
    assert page.url.endswith("?gemeenten=GM0363,GM0599&provincie=PV27&nederland=1")
    assert notice(page) == ""
    last = {code: points[-1][1:] for code, points in trend(["GM0599", "GM0363", "PV27", COUNTRY]).items()}
    assert all(relation(*last["GM0599"], *last[other]) == HIGHER for other in last if other != "GM0599")
    assert "het hoogst in de gemeente Rotterdam" in page.locator(f"#{CHART} .ka-title").inner_text()
    assert errors == []
    page.context.close()


@pytest.mark.parametrize(
    ("query", "names", "said"),
    [
        ("gemeenten=GM0363,GM9999", ["Amsterdam"], ["GM9999"]),
        ("gemeenten=GM0363,%3Cimg%20src=x%20onerror=window.harm=1%3E", ["Amsterdam"], ["(gemeenten)"]),
        ("gemeenten=__proto__,constructor&provincie=GM0363&nederland=ja", [], ["gemeenten", "GM0363", "nederland"]),
        ("gemeenten=GM0457", ["Amsterdam"], ["GM0457", "bestaat niet meer"]),
        (f"gemeenten={','.join(FIVE)},GM0014,GM0363", ["Amsterdam", "Rotterdam", "'s-Gravenhage", "Utrecht", "Rozendaal"], ["Groningen"]),
    ],
)
def test_what_a_link_asks_in_vain_is_named_and_skipped(query, names, said, address, browser):
    page, errors = open_comparison(browser, f"{address}{PAGE}.html?{query}")
    assert chosen(page) == names
    assert all(word in notice(page) for word in said), notice(page)
    assert page.evaluate("window.harm") is None
    assert page.locator(".ka-compare-notice *").count() == 0
    page.wait_for_timeout(400)
    assert "%3C" not in page.url
    assert "GM9999" not in page.url
    assert errors == []
    page.context.close()


def test_without_a_choice_the_page_shows_the_netherlands_and_leaves_its_address_alone(address, browser):
    page, _ = open_comparison(browser, f"{address}{PAGE}.html")
    assert columns(page) == ["Nederland"]
    page.wait_for_timeout(400)
    assert page.url == f"{address}{PAGE}.html"
    page.get_by_label("Nederland", exact=True).uncheck()
    assert "Er is niets gekozen" in page.locator(".ka-compare-status").inner_text()
    expect(page.locator(f"#{CHART}")).to_be_hidden()
    page.context.close()


# Choosing


def test_choosing_by_keyboard_with_former_names_up_to_the_limit(address, browser):
    page, errors = open_comparison(browser, f"{address}{PAGE}.html")
    for typed in ("den haag", "Weesp", "ljouwert", "utrecht", "zwolle"):
        add(page, typed)
    names = ["'s-Gravenhage", "Amsterdam", "Leeuwarden", "Utrecht", "Zwolle"]
    assert chosen(page) == names
    assert len(names) == MUNICIPALITIES_LIMIT
    add(page, "Assen")
    assert chosen(page) == names
    assert "hoogstens 5" in notice(page)
    page.get_by_role("button", name="Verwijder Utrecht").focus()
    page.keyboard.press("Enter")
    assert chosen(page) == [name for name in names if name != "Utrecht"]
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Verwijder Zwolle"
    assert "Utrecht verwijderd" in notice(page)
    add(page, "amsterdam")
    assert "staat er al bij" in notice(page)
    page.get_by_label("Provincie").select_option(label="Provincie Utrecht")
    page.wait_for_url(lambda url: "provincie=PV26" in url)
    assert "gemeenten=GM0518,GM0363,GM0080,GM0193&" in page.url
    assert "nederland=1" in page.url
    assert errors == []
    page.context.close()


def test_page_of_a_municipality_leads_to_its_comparison(address, browser):
    page, _, errors = open_page(browser, f"{address}gemeenten/{profile('GM0344').slug}.html")
    page.get_by_role("link", name="Vergelijk Utrecht met andere gemeenten").click()
    page.locator(".ka-choose").wait_for(state="visible")
    assert columns(page) == ["Utrecht", "Provincie Utrecht", "Nederland"]
    assert errors == []
    page.context.close()


# The files


def test_files_hold_the_figures_of_the_chosen_areas(address, browser):
    page, errors = open_comparison(browser, address + f"{PAGE}.html?gemeenten=GM0363,GM0277&provincie=PV25", accept_downloads=True)
    draw_all(page)
    names = {area.code: area.name for area in areas()}
    points = trend(["GM0363", "GM0277", "PV25"])
    expected = [
        [names[code], str(year), value, error] for code, known in points.items() for year, value, error in known
    ]  # fmt: skip
    found = [[*row.values()] for row in table_in_file(page, CHART)]
    assert [[area, year, float(value), float(error) if error else None] for area, year, value, error in found] == expected
    figures = table_in_file(page, TABLE)
    assert len(figures) == 3 * len(rows())
    assert all(bool(row["Waarde"]) != bool(row["Waarom er geen cijfer is"]) for row in figures)
    for code in ("GM0363", "GM0277"):
        known = download_rows(code)
        for row in (one for one in figures if one["Code"] == code):
            same = known[(known["label"] == row["Cijfer"]) & (known["year"] == int(row["Jaar"]))].iloc[0]
            assert (float(row["Waarde"]) if row["Waarde"] else None) == (None if same["value"] != same["value"] else same["value"])
            assert (row["Eenheid"], row["Waarom er geen cijfer is"]) == (same["unit"], same["absence_reason"])
    _, content = download(page, page.locator(f"#{CHART}"), "json")
    told = json.loads(content)
    assert told["title"] == page.locator(f"#{CHART} .ka-title").text_content()
    assert "gemeenten=GM0363,GM0277&provincie=PV25" in told["address"]
    assert len(told["data"]) == 33
    _, picture = download(page, page.locator(f"#{CHART}"), "svg")
    assert all(names[code] in picture.decode() for code in points)
    assert errors == []
    page.context.close()


# For everyone


def test_without_a_script_the_page_says_so_and_leads_to_the_list(address, browser):
    page, _, _ = open_page(browser, address + LINK, java_script_enabled=False)
    assert not page.locator(".ka-choose").is_visible()
    assert page.locator(".ka-compare noscript p").is_visible()
    page.locator(".ka-compare noscript a").click()
    page.wait_for_url("**/gemeenten/index.html")
    page.go_back()
    assert page.locator(f"#{TABLE} tbody tr").count() == len(rows())
    page.context.close()


def test_when_the_figures_do_not_come_the_page_says_so(address, browser):
    page, _, _ = open_page(browser, "about:blank")
    page.route(f"**/{DATA_SCRIPT}*", lambda route: route.abort())
    page.goto(address + LINK)
    page.locator(".ka-compare > .ka-problem[role=alert]").wait_for(state="visible")
    draw_all(page)
    page.context.close()


def test_script_and_figures_are_light_and_only_this_page_loads_them(site, address, browser):
    static = site / "_static"
    assert (static / DATA_SCRIPT).read_text(encoding="utf-8") == data_script()
    assert weight((static / SCRIPT).read_bytes()) <= 6 * KILOBYTE
    assert weight((static / DATA_SCRIPT).read_bytes()) <= 45 * KILOBYTE
    page, requests, _ = open_page(browser, address + "gemeenten/index.html")
    page.wait_for_timeout(300)
    assert not any(name in request for request in requests for name in (SCRIPT, DATA_SCRIPT))
    page.context.close()


def test_five_municipalities_fit_a_telephone_and_axe_finds_nothing(address, browser):
    query = f"?gemeenten={','.join(FIVE)}&provincie=PV25&nederland=1"
    page, _ = open_comparison(browser, f"{address}{PAGE}.html{query}", width=390, color_scheme="dark")
    draw_all(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert faults(page) == []
    page.context.close()
