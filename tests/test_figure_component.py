"""The figure component in a real browser: tabs, table, downloads, link, print, and what happens when something is wrong."""

from __future__ import annotations

import csv
import io
import json
import re
import struct
from pathlib import Path
from urllib.parse import parse_qs, urlparse
from xml.etree import ElementTree

import pandas as pd
import pytest
from playwright.sync_api import Locator, Page

import data
from book.figures import script_json, table_cells
from book.maps import absence_words, download_headings, quality_names
from data.poverty_indicators import poverty_risk
from tests.test_site import draw_all, figures_of, open_page, wait_until
from widgets.maps import FIRST_SIGN

CHAPTER = "halvering"
NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', { value: undefined })"
FILLS_ITS_FIGURE = """name => {
  const figure = document.getElementById(name);
  return Math.abs(figure.querySelector(".ka-canvas .main-svg").getBoundingClientRect().width - figure.offsetWidth) < 3;
}"""
SVG = "{http://www.w3.org/2000/svg}"
PAYLOADS = {payload["name"]: payload for payload in figures_of(CHAPTER) if payload["drawing"]["kind"] != "explorer"}
KINDS = {payload["drawing"]["kind"]: name for name, payload in PAYLOADS.items()}


@pytest.fixture(scope="module")
def chapter(address, browser):
    """Return the chapter, open once, with the clipboard allowed; each test leaves tabs as they are."""
    page, _, errors = open_page(browser, f"{address}{CHAPTER}.html", permissions=["clipboard-read", "clipboard-write"])
    draw_all(page)
    yield page
    page.context.close()
    assert errors == []


def figure(page: Page, kind: str) -> Locator:
    return page.locator(f"#{KINDS[kind]}")


def shown_panels(part: Locator) -> list[str]:
    return [panel.get_attribute("id").split("--")[1] for panel in part.locator(".ka-panel").all() if panel.is_visible()]


def download(page: Page, part: Locator, kind: str) -> tuple[str, bytes]:
    part.locator("[data-tab=download]").click()
    with page.expect_download() as saved:
        part.locator(f"[data-download={kind}]").click()
    return saved.value.suggested_filename, Path(saved.value.path()).read_bytes()


@pytest.mark.parametrize(
    ("kind", "tabs"),
    [
        ("chart", ["grafiek", "tabel", "bron", "download"]),
        ("map", ["kaart", "tabel", "bron", "download"]),
        ("table", ["tabel", "bron", "download"]),
    ],
)
def test_tabs_follow_the_arrow_keys_and_show_one_panel(kind, tabs, chapter):
    part = figure(chapter, kind)
    part.locator("[role=tab]").first.focus()
    chapter.keyboard.press("Home")
    for name in [*tabs[1:], tabs[0]]:
        chapter.keyboard.press("ArrowRight")
        focused = chapter.locator(":focus")
        assert focused.get_attribute("data-tab") == name
        assert focused.get_attribute("aria-selected") == "true"
        assert part.locator("[role=tab][aria-selected=true]").count() == 1
        assert part.locator("[role=tab][tabindex='0'], [role=tab]:not([tabindex])").count() == 1
        assert shown_panels(part) == [name]
        panel = part.locator(f"#{focused.get_attribute('aria-controls')}")
        assert panel.get_attribute("role") == "tabpanel"
        assert panel.get_attribute("aria-labelledby") == focused.get_attribute("id")
    chapter.keyboard.press("End")
    assert shown_panels(part) == ["download"]
    outline = chapter.locator(":focus").evaluate("tab => getComputedStyle(tab).outlineStyle")
    assert outline != "none"


def column(part: Locator, number: int) -> list[str]:
    return part.locator("tbody tr").evaluate_all("(rows, number) => rows.map(row => row.cells[number].textContent)", number)


def test_table_sorts_numbers_as_numbers_with_absent_figures_last(chapter):
    part = chapter.locator("#lage-inkomensgrens")
    part.locator("[data-tab=tabel]").click()
    heading = part.locator("thead th").nth(2)
    heading.locator("button").focus()
    for order, direction in ((1, "ascending"), (-1, "descending")):
        chapter.keyboard.press("Enter")
        assert heading.get_attribute("aria-sort") == direction
        assert part.locator("thead [aria-sort]").count() == 1
        texts = column(part, 2)
        numbers = [float(text.replace(".", "").replace(",", ".")) for text in texts if text != "geen cijfer"]
        assert numbers == sorted(numbers, reverse=order < 0)
        assert texts[len(numbers) :] == ["geen cijfer"] * (len(texts) - len(numbers))
        assert 0 < len(numbers) < len(texts)
    assert "aflopend" in part.locator(".ka-message").text_content()


def test_a_number_of_one_digit_comes_before_a_number_of_two(chapter):
    part = chapter.locator("#gezinnen")
    part.locator("[data-tab=tabel]").click()
    part.locator("thead button").nth(2).click()
    numbers = [float(text.replace(",", ".")) for text in column(part, 2)]
    assert numbers == sorted(numbers)
    assert min(numbers) < 10 < max(numbers)


def test_texts_that_begin_with_a_number_sort_by_it(chapter):
    part = chapter.locator("#uitspraak-2025")
    part.locator("[data-tab=tabel]").click()
    part.locator("thead button").nth(4).click()
    changes = [int(text.split()[0].replace("−", "-")) for text in column(part, 4)]
    assert changes == sorted(changes)
    assert changes[0] < changes[-1] == 0


def test_table_sorts_names_as_dutch_readers_do(chapter):
    part = figure(chapter, "map")
    part.locator("[data-tab=tabel]").click()
    part.locator("thead button").first.click()
    names = column(part, 0)
    assert names[0] == "Aa en Hunze"
    assert names.index("'s-Gravenhage") > names.index("Rotterdam")
    assert names.index("Súdwest-Fryslân") < names.index("Terneuzen")


def plain(value: object) -> object:
    return "ja" if value is True else "nee" if value is False else value


def in_a_file(payload: dict) -> tuple[list[str], list[list]]:
    """Return headings and rows of a figure as a file has them: the table, or all that a map knows of each value."""
    table = payload["table"]
    if payload["drawing"]["kind"] != "map":
        return table["headings"], table["rows"]
    drawing = payload["drawing"]
    areas = data.table("municipalities").set_index("municipality_code")
    rows = []
    for year, shown in drawing["years"].items():
        for code, value, sign in zip(drawing["codes"], shown["values"], shown["remarks"], strict=True):
            remark = drawing["remarks"][ord(sign) - ord(FIRST_SIGN)]
            known = [quality_names()[remark["quality"]], remark["error"], None]
            about = [None, None, absence_words()[remark["absence"] or "missing"]] if value is None else known
            rows.append([code, areas.loc[code, "municipality_name"], areas.loc[code, "province_name"], int(year), value, *about])
    return download_headings(), rows


@pytest.mark.parametrize("name", PAYLOADS)
def test_csv_has_the_headings_and_exactly_the_figures_of_the_table(name, chapter):
    file, content = download(chapter, chapter.locator(f"#{name}"), "csv")
    assert file == f"{name}.csv"
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n")
    heading, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    headings, expected_rows = in_a_file(PAYLOADS[name])
    assert heading == headings
    assert len(rows) == len(expected_rows)
    for row, expected in zip(rows, expected_rows, strict=True):
        for text, value in zip(row, expected, strict=True):
            if isinstance(value, int | float) and not isinstance(value, bool):
                assert float(text) == value
            else:
                assert text == (plain(value) or "")


@pytest.mark.parametrize("name", PAYLOADS)
def test_json_says_what_the_figures_are_and_where_they_come_from(name, chapter):
    file, content = download(chapter, chapter.locator(f"#{name}"), "json")
    told, payload = json.loads(content), PAYLOADS[name]
    assert file == f"{name}.json"
    assert told["title"] == payload["title"]
    assert told["definition"] == payload["subtitle"]
    assert told["source"] == payload["credit"]
    assert told["unit"] or payload["drawing"]["kind"] == "table"
    assert told["licence"] == ["Creative Commons Naamsvermelding 4.0"]
    assert all(origin["title"] and origin["date"] for source in told["sources"] for origin in source["origins"])
    headings, rows = in_a_file(payload)
    assert told["data"] == [dict(zip(headings, map(plain, row), strict=True)) for row in rows]


def test_the_file_of_a_map_says_of_each_value_how_sure_it_is(chapter):
    _, content = download(chapter, figure(chapter, "map"), "csv")
    rows = {(row["Code"], row["Jaar"]): row for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))}
    frame = poverty_risk().set_index(["municipality_code", "year"])
    assert len(rows) == len(frame) == 342 * 11
    frame["shown"] = frame["poverty_risk_120_pct"].round(1)
    for (code, year), known in frame.iterrows():
        row = rows[code, str(year)]
        assert row["Gemeente"] == known["municipality_name"]
        assert row["Provincie"] == known["province_name"]
        assert float(row["Waarde"]) == known["shown"]
        assert row["Kwaliteit"] == quality_names()[known["quality"]]
        error = known["error_max_pct"]
        assert (
            row["Foutmarge (procentpunt)"] == "" if pd.isna(error) else error - 1e-9 <= float(row["Foutmarge (procentpunt)"]) < error + 0.05
        )
        assert row["Waarom er geen cijfer is"] == ""
    assert rows["GM0363", "2011"]["Kwaliteit"] == "benadering"


def test_the_file_of_a_map_says_why_there_is_no_figure(address, browser):
    page, _, errors = open_page(browser, "about:blank", accept_downloads=True)
    name = KINDS["map"]

    def withhold(route) -> None:
        response = route.fetch()
        html = response.text()
        written = next(text for text in re.findall(r'class="ka-data">(.*?)</script>', html) if '"kind":"map"' in text)
        content = json.loads(written)
        content["remarks"] += [{"quality": None, "error": None, "parts": 1, "absence": reason} for reason in ("suppressed", None)]
        shown = content["years"]["2020"]
        shown["values"][:2] = [None, None]
        signs = "".join(chr(ord(FIRST_SIGN) + len(content["remarks"]) - back) for back in (2, 1))
        shown["remarks"] = signs + shown["remarks"][2:]
        route.fulfill(response=response, body=html.replace(written, json.dumps(content)))

    page.route(f"**/{CHAPTER}.html*", withhold)
    page.goto(f"{address}{CHAPTER}.html")
    _, content = download(page, page.locator(f"#{name}"), "json")
    absent = [list(row.values())[3:] for row in json.loads(content)["data"] if row["Waarde"] is None]
    assert absent == [[2020, None, None, None, absence_words()[reason]] for reason in ("suppressed", "missing")]
    assert errors == []
    page.context.close()


def test_the_table_of_a_map_has_the_code_of_each_municipality():
    table = PAYLOADS[KINDS["map"]]["table"]
    assert table["headings"] == ["Gemeente", "Provincie", *map(str, range(2011, 2022)), "Code"]
    areas = data.table("municipalities")
    assert {(row[0], row[-1]) for row in table["rows"]} == set(zip(areas["municipality_name"], areas["municipality_code"], strict=True))


@pytest.mark.parametrize("kind", ["chart", "map"])
def test_svg_stands_alone_with_title_subtitle_and_source(kind, chapter):
    file, content = download(chapter, figure(chapter, kind), "svg")
    payload = PAYLOADS[KINDS[kind]]
    root = ElementTree.fromstring(content)
    texts = " ".join(" ".join(element.itertext()) for element in root.iter(f"{SVG}text"))
    for words in (payload["title"], payload["subtitle"], payload["credit"]):
        assert words in " ".join(texts.split())
    assert b"var(--" not in content
    assert b"http" not in content.replace(b"http://www.w3.org/", b"")
    if kind == "map":
        fills = [path.get("fill") for path in root.iter(f"{SVG}path") if path.get("data-code")]
        assert len(fills) == 342
        assert len(set(fills)) >= 5
        assert file == f"{payload['name']}-2021.svg"
        assert "2021" in texts
    else:
        assert len(list(root.iter(f"{SVG}svg"))) == 2


def test_png_has_twice_the_size_and_the_same_light_colours_on_a_dark_page(chapter):
    part = figure(chapter, "map")
    chapter.evaluate("document.documentElement.dataset.theme = 'light'")
    _, light = download(chapter, part, "png")
    chapter.evaluate("document.documentElement.dataset.theme = 'dark'")
    _, dark = download(chapter, part, "png")
    assert chapter.evaluate("document.documentElement.dataset.theme") == "dark"
    chapter.evaluate("document.documentElement.dataset.theme = 'light'")
    assert light.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", light[16:24])
    assert width == 2000
    assert height > 1500
    assert light == dark


def test_png_of_a_chart(chapter):
    file, content = download(chapter, figure(chapter, "chart"), "png")
    assert file == f"{KINDS['chart']}.png"
    assert content.startswith(b"\x89PNG")
    assert len(content) > 40_000


@pytest.mark.parametrize("mode", ["http", "file"])
def test_copied_link_reopens_the_figure_in_its_state(mode, address, site, browser):
    base = address if mode == "http" else site.as_uri() + "/"
    page, _, errors = open_page(browser, f"{base}{CHAPTER}.html", permissions=["clipboard-read", "clipboard-write"])
    if mode == "file":
        page.evaluate(NO_CLIPBOARD)
    part = figure(page, "map")
    slider = part.locator(".ka-year")
    slider.focus()
    page.keyboard.press("Home")
    part.locator("[data-tab=tabel]").click()
    part.locator(".ka-copy").click()
    part.locator(".ka-message:not(:empty)").wait_for()
    link = part.locator(".ka-link").input_value() if mode == "file" else page.evaluate("navigator.clipboard.readText()")
    assert parse_qs(urlparse(link).query) == {"figuur": [KINDS["map"]], "tab": ["tabel"], "jaar": ["2011"]}
    assert urlparse(link).fragment == KINDS["map"]
    wait_until(page, "location.search.includes('jaar=2011')")
    assert parse_qs(urlparse(page.url).query) == parse_qs(urlparse(link).query)
    page.context.close()
    again, _, more = open_page(browser, link)
    part = figure(again, "map")
    assert shown_panels(part) == ["tabel"]
    assert part.locator(".ka-year").input_value() == "2011"
    assert shown_panels(figure(again, "chart")) == ["grafiek"]
    assert part.bounding_box()["y"] < 900
    assert again.locator(".ka-notice").count() == 0
    assert errors == more == []
    again.context.close()


def test_a_closed_clipboard_leaves_a_link_to_copy_by_hand(address, browser):
    page, _, _ = open_page(browser, f"{address}{CHAPTER}.html")
    page.evaluate(NO_CLIPBOARD)
    part = figure(page, "chart")
    part.locator(".ka-copy").click()
    field = part.locator(".ka-link")
    assert field.input_value().endswith(f"?figuur={KINDS['chart']}#{KINDS['chart']}")
    assert field.evaluate("field => field === document.activeElement && field.selectionEnd === field.value.length")
    page.context.close()


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("tab=<script>alert(1)</script>", "tab"),
        ("jaar=1850", "jaar"),
        ("gemeente=GM9999", "gemeente"),
        ("figuur=<img src=x onerror=alert(1)>&tab=tabel", "figuur"),
        ("figuur=kaart-gemeenten&jaar=20", "jaar"),
    ],
)
def test_an_unknown_value_in_a_link_is_skipped_and_said(query, named, address, browser):
    page, _, errors = open_page(browser, f"{address}{CHAPTER}.html?{query}")
    notice = page.locator(".ka-notice")
    assert f"onbekende waarde ({named})" in notice.text_content()
    assert page.locator(".ka-notice :is(script, img)").count() == 0
    assert notice.bounding_box()["y"] < 900
    for kind in ("chart", "map"):
        assert shown_panels(figure(page, kind)) == [{"chart": "grafiek", "map": "kaart"}[kind]]
    assert figure(page, "map").locator(".ka-year").input_value() == "2021"
    notice.locator("button").click()
    assert page.locator(".ka-notice").count() == 0
    assert errors == []
    page.context.close()


def test_a_parameter_of_somebody_else_gives_no_notice(address, browser):
    page, _, _ = open_page(browser, f"{address}{CHAPTER}.html?utm_source=nieuwsbrief")
    assert page.locator(".ka-notice").count() == 0
    page.context.close()


def test_a_chart_behind_another_tab_is_drawn_at_full_width_when_it_is_shown(address, browser):
    name = KINDS["chart"]
    page, _, _ = open_page(browser, f"{address}{CHAPTER}.html?figuur={name}&tab=bron#{name}")
    part = page.locator(f"#{name}")
    assert part.get_attribute("data-drawn") is None
    part.locator("[data-tab=grafiek]").click()
    part.locator(".ka-canvas .main-svg").first.wait_for()
    wait_until(page, "name => document.getElementById(name).dataset.drawn === 'true'", arg=name)
    for width in (1280, 700):
        part.locator("[data-tab=bron]").click()
        page.set_viewport_size({"width": width, "height": 900})
        part.locator("[data-tab=grafiek]").click()
        wait_until(page, FILLS_ITS_FIGURE, arg=name, timeout=5000)
    page.context.close()


def test_without_javascript_everything_essential_is_there(address, browser):
    page, _, _ = open_page(browser, f"{address}{CHAPTER}.html", java_script_enabled=False)
    for name, payload in PAYLOADS.items():
        part = page.locator(f"#{name}")
        kind = payload["drawing"]["kind"]
        assert part.locator(".ka-title").is_visible()
        assert part.locator("tbody td").first.is_visible()
        assert part.locator(".ka-source a").first.is_visible()
        assert part.locator(".ka-credit").is_visible()
        assert not part.locator(":is(.ka-tabs, .ka-copy, .ka-downloads, .ka-problem)").filter(visible=True).count()
        assert part.get_by_text(payload["alternative"]).filter(visible=True).count() == 1
        if kind == "map":
            assert part.locator(".ka-areas path").first.is_visible()
    page.context.close()


def test_print_shows_figure_and_source_and_nothing_to_press(chapter):
    part = figure(chapter, "map")
    part.locator("[data-tab=download]").click()
    chapter.emulate_media(media="print")
    for name, payload in PAYLOADS.items():
        printed = chapter.locator(f"#{name}")
        assert printed.locator(":is(button:not(thead button), input, select, summary)").filter(visible=True).count() == 0
        assert printed.locator(".ka-credit").is_visible()
        assert printed.locator(".ka-source a").first.is_visible()
        if payload["drawing"]["kind"] == "table":
            assert printed.locator("tbody td").first.is_visible()
    assert part.locator(".ka-areas path").first.is_visible()
    assert part.locator(".ka-year-shown").is_visible()
    assert part.locator(".ka-swatch").first.evaluate("swatch => getComputedStyle(swatch).printColorAdjust") == "exact"
    chapter.emulate_media(media="screen")
    part.locator("[data-tab=kaart]").click()


@pytest.mark.parametrize("broken", ["data", "library", "about"])
def test_a_broken_figure_says_so_and_keeps_table_and_source(broken, address, browser):
    page = browser.new_context(viewport={"width": 1280, "height": 900}, locale="nl-NL").new_page()
    name = KINDS["chart"]
    if broken == "library":
        page.route("**/plotly*", lambda route: route.abort())
    else:

        def spoil(route):
            response = route.fetch()
            cut = f'class="ka-{broken}">{{'
            route.fulfill(response=response, body=response.text().replace(cut, cut + "oops"))

        page.route("**/halvering.html*", spoil)
    page.goto(f"{address}{CHAPTER}.html#{name}")
    part = page.locator(f"#{name}")
    part.locator(".ka-problem").wait_for(state="visible")
    assert "De cijfers staan bij Tabel" in part.locator(".ka-problem").text_content()
    assert part.get_by_text(PAYLOADS[name]["alternative"]).filter(visible=True).count() == 1
    part.locator("[data-tab=tabel]").click()
    assert part.locator("tbody td").first.is_visible()
    part.locator("[data-tab=bron]").click()
    assert part.locator(".ka-source a").first.is_visible()
    page.context.close()


def figure_heights(page: Page) -> dict[str, float]:
    return page.evaluate("Object.fromEntries([...document.querySelectorAll('.ka-figure')].map(one => [one.id, one.offsetHeight]))")


@pytest.mark.parametrize("width", [1280, 390])
def test_figures_keep_their_height_when_the_script_starts_and_charts_are_drawn(width, address, browser):
    page = browser.new_context(viewport={"width": width, "height": 900}, locale="nl-NL").new_page()
    page.route("**/kinderarmoede.js*", lambda route: route.abort())
    page.goto(f"{address}{CHAPTER}.html", wait_until="domcontentloaded")
    page.evaluate("document.getAnimations().forEach(animation => animation.cancel())")
    before = figure_heights(page)
    page.unroute("**/kinderarmoede.js*")
    page.goto(f"{address}{CHAPTER}.html")
    draw_all(page)
    assert figure_heights(page) == pytest.approx(before, abs=2)
    page.context.close()


def test_a_year_is_known_by_its_column_and_not_by_its_size():
    rows = [[2011, 1950, 2011.5, None, True, 0.12345]]
    columns = ["year", "children_count", "start_pct", "end_year", "certain", "share"]
    (cells,) = table_cells({"columns": columns, "rows": rows})
    assert [cell["text"] for cell in cells] == ["2011", "1.950", "2.011,5", "geen cijfer", "ja", "0,123"]
    assert [cell["value"] for cell in cells] == [None, None, None, None, None, 0.12345]


def shown(*columns: list[object], names: tuple[str, ...] = ()) -> list[list[str]]:
    table = {"columns": names or [f"column_{number}" for number in range(len(columns))], "rows": list(zip(*columns, strict=True))}
    return [[row[number]["text"] for row in table_cells(table)] for number in range(len(columns))]


def test_numbers_of_one_column_have_one_number_of_decimals():
    assert shown([7, 6.9, None], [1200, 85, 3], ["a", "b", "c"]) == [["7,0", "6,9", "geen cijfer"], ["1.200", "85", "3"], ["a", "b", "c"]]
    assert shown([330.5933, 340.17], [10.8558, 9.4], [0.1234, 0.5]) == [["331", "340"], ["10,9", "9,4"], ["0,123", "0,500"]]


def test_a_column_with_several_units_keeps_the_decimals_of_each_number():
    assert shown(["year", "percent"], [2021, 71.6], names=("unit", "baseline"))[1] == ["2.021", "71,6"]


def test_a_download_has_the_number_of_which_the_table_shows_fewer_decimals():
    table = {"columns": ["eur"], "rows": [[330.5933], [340]]}
    assert [cell["value"] for (cell,) in table_cells(table)] == [330.5933, None]


def test_a_value_that_json_lacks_is_refused():
    with pytest.raises(ValueError, match="JSON"):
        script_json({"value": float("nan")})
