"""Maps as readers use them: find a municipality, change the year, zoom, compare, by mouse, touch and keyboard."""

from __future__ import annotations

import json
import math
import re

import pandas as pd
import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

import data
from book.maps import bounds, map_context, province_views
from data.geography import web_paths
from data.language import format_number
from data.names import other_names, search_names, search_text, successors
from data.poverty_indicators import poverty_risk
from data.regions import regional_means, weight_error_pct
from tests.test_site import open_page, wait_until
from widgets import municipal_map
from widgets.maps import FIRST_SIGN

PAGE = "halvering.html"
VALUE = "poverty_risk_120_pct"
EMPTY_READOUT = "Zoek een gemeente op naam, of kies er een op de kaart."
CBS_2021 = {
    "NL": 9.4, "PV20": 11.8, "PV21": 8.6, "PV22": 8.4, "PV23": 7.9, "PV24": 9.6, "PV25": 7.6, "PV26": 7.5,
    "PV27": 10.4, "PV28": 11.4, "PV29": 7.9, "PV30": 8.2, "PV31": 11.0,
}  # fmt: skip


@pytest.fixture(scope="module")
def municipal() -> pd.DataFrame:
    return poverty_risk()


@pytest.fixture(scope="module")
def drawing(municipal) -> dict:
    figure = municipal_map(
        municipal, VALUE, unit="procent van de kinderen", breaks=(4, 6, 8, 11, 15), name="proef",
        title="Titel", subtitle="Onder", sources=["municipalities"], alternative="Kaart.",
    )  # fmt: skip
    return json.loads(json.dumps(figure.drawing(), allow_nan=False))


@pytest.fixture(scope="module")
def reader(address, browser) -> BrowserContext:
    """Return a browser that keeps the files of the site."""
    context = open_page(browser, address + PAGE)[0].context
    yield context
    context.close()


@pytest.fixture
def page(reader, address) -> Page:
    """Return the chapter with the map, for a reader who was never there."""
    opened = reader.new_page()
    errors = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.goto(address + PAGE)
    yield opened
    opened.evaluate("localStorage.clear()")
    opened.close()
    assert errors == []


def the_map(page: Page) -> Locator:
    return page.locator(".ka-kind-map").first


def data_of(page: Page) -> dict:
    return json.loads(the_map(page).locator(".ka-data").text_content())


def readout(page: Page) -> str:
    return the_map(page).locator(".ka-readout").text_content()


def compared(page: Page) -> str:
    return the_map(page).locator(".ka-compared").text_content()


def area(page: Page, code: str) -> Locator:
    return the_map(page).locator(f'[data-code="{code}"]')


def middle(page: Page, code: str) -> tuple[float, float]:
    """Return a point of the screen that lies in a municipality."""
    return tuple(
        page.evaluate(
            """code => {
              const path = document.querySelector(`[data-code="${code}"]`);
              path.scrollIntoView({block: "center"});
              const box = path.getBoundingClientRect();
              for (const [x, y] of [[.5, .5], [.4, .5], [.6, .5], [.5, .4], [.5, .6], [.3, .3], [.7, .7]]) {
                const [left, top] = [box.x + box.width * x, box.y + box.height * y];
                if (document.elementFromPoint(left, top) === path) return [left, top];
              }
            }""",
            code,
        )
    )


def options(page: Page) -> Locator:
    return the_map(page).locator(".ka-names").get_by_role("option")


def search(page: Page, typed: str) -> list[str]:
    box = the_map(page).get_by_role("combobox", name="Zoek uw gemeente")
    box.fill(typed)
    return options(page).all_text_contents()


def choose(page: Page, typed: str) -> None:
    search(page, typed)
    page.keyboard.press("Enter")


# Names


@pytest.mark.parametrize(
    ("written", "compared_as"),
    [
        ("'s-Gravenhage", "s gravenhage"), ("’s-Hertogenbosch", "s hertogenbosch"), ("Súdwest-Fryslân", "sudwest fryslan"),
        ("St. Michielsgestel", "sint michielsgestel"), ("Capelle a/d IJssel", "capelle aan den ijssel"), ("Bergen (NH.)", "bergen nh"),
        ("  ", ""), ("st", "st"),
    ],
)  # fmt: skip
def test_names_are_compared_without_accents_apostrophes_and_signs(written, compared_as):
    assert search_text(written) == compared_as


def test_every_municipality_and_every_former_one_can_be_found():
    entries = search_names()
    official = data.table("municipalities").set_index("municipality_code")["municipality_name"]
    assert [entry.code for entry in entries if entry.shown == official[entry.code]].__len__() == len(official) == 342
    former = data.table("boundary_changes").drop_duplicates("old_code")
    assert set(former["old_name"].map(search_text)) <= {entry.search for entry in entries}
    assert {entry.code for entry in entries} == set(official.index)
    assert len({(entry.search, entry.code) for entry in entries}) == len(entries)


def test_a_former_municipality_leads_to_where_its_inhabitants_went():
    found = {entry.shown: entry.code for entry in other_names()}
    assert found["Weesp (nu Amsterdam)"] == "GM0363"
    assert found["Millingen aan de Rijn (nu Berg en Dal)"] == "GM1945"
    assert found["Den Haag ('s-Gravenhage)"] == "GM0518"
    haaren = [entry.shown for entry in other_names() if entry.search == "haaren"]
    assert haaren == [f"Haaren (nu deels {name})" for name in ("Oisterwijk", "Vught", "Boxtel", "Tilburg")]
    for code in data.table("boundary_changes")["old_code"]:
        assert sum(successors(code).values()) == pytest.approx(1, abs=0.001)


# Provinces and country


def test_means_of_regions_agree_with_what_cbs_published_within_their_error(municipal):
    means = regional_means(municipal, VALUE)
    latest = means[means["year"] == 2021].set_index("region_code")
    assert set(latest.index) == set(CBS_2021)
    for code, published in CBS_2021.items():
        assert abs(latest.loc[code, VALUE] - published) <= latest.loc[code, "error_max_pct"], code
    assert latest["error_max_pct"].max() < 0.5
    assert means.loc[means["year"] == 2015, "error_max_pct"].between(0.4, 0.7).all()
    assert latest.loc["PV22", "region_name"] == "Drenthe"


def test_an_unknown_error_counts_as_the_whole_range_and_unmeasured_weights_as_unknown(municipal):
    frame = municipal[municipal["year"] == 2021].copy()
    before = regional_means(frame, VALUE).set_index("region_code")["error_max_pct"]
    drenthe = frame["municipality_code"].eq("GM0114")
    share = (
        frame.loc[drenthe, "children_estimated_count"].sum() / frame.loc[frame["province_code"] == "PV22", "children_estimated_count"].sum()
    )
    frame.loc[drenthe, "parts_error_max_pct"] = None
    after = regional_means(frame, VALUE).set_index("region_code")["error_max_pct"]
    assert after["PV22"] - before["PV22"] == pytest.approx(share * (100 - 11.5 - 0.05), abs=0.01)
    assert after["PV23"] == before["PV23"]
    assert math.isnan(weight_error_pct(frame.drop(columns="poverty_risk_120_count"), VALUE))
    assert weight_error_pct(frame.rename(columns={"children_estimated_count": "children_count"}), VALUE) == 0
    with pytest.raises(ValueError, match="alleen met een percentage"):
        regional_means(frame, "poverty_risk_120_count")


def test_a_region_with_an_absent_municipality_has_no_mean(municipal):
    frame = municipal[municipal["year"] == 2021].copy()
    frame.loc[frame["municipality_code"].eq("GM0114"), VALUE] = None
    means = regional_means(frame, VALUE).set_index("region_code")[VALUE]
    assert means[["PV22", "NL"]].isna().all()
    assert means["PV23"] > 0


# What the page gets


def test_values_and_remarks_of_the_payload_are_those_of_the_table(municipal, drawing):
    columns = ["quality", "error_max_pct", "source_municipalities_count", "absence"]
    by_key = municipal.set_index(["municipality_code", "year"])
    for year, shown in drawing["years"].items():
        for code, value, sign in zip(drawing["codes"], shown["values"], shown["remarks"], strict=True):
            row = by_key.loc[(code, int(year))]
            assert value == round(row[VALUE], 1)
            remark = drawing["remarks"][ord(sign) - ord(FIRST_SIGN)]
            expected = {column: None if pd.isna(row[column]) else row[column] for column in columns}
            error = expected["error_max_pct"]
            assert error is None or error - 1e-9 <= remark["error"] < error + 0.05
            assert list(remark.values()) == list((expected | {"error_max_pct": remark["error"]}).values()), (code, year)
    assert len(json.dumps(map_context(drawing)["script_data"])) < 60_000


def test_a_province_view_holds_its_municipalities_and_has_the_shape_of_the_map():
    paths = web_paths()
    whole = [float(part) for part in paths.view_box.split()]
    assert bounds("M10,20l5-3 2,9z") == (10, 17, 17, 26)
    members = data.table("municipalities").set_index("municipality_code")["province_code"]
    views = province_views()
    assert [name for _, name, _ in views] == sorted(data.table("municipalities")["province_name"].unique())
    for code, _, view in views:
        left, top, width, height = map(float, view.split())
        assert width / height == pytest.approx(whole[2] / whole[3], rel=0.0001)
        for member in members[members == code].index:
            west, north, east, south = bounds(paths.municipalities[member])
            assert left <= west and top <= north and east <= left + width and south <= top + height, (code, member)


# In the browser


def test_without_script_the_year_stands_there_and_no_dead_control(address, browser):
    page, _, _ = open_page(browser, address + PAGE, java_script_enabled=False)
    figure = the_map(page)
    expect(figure.locator(".ka-year-shown")).to_be_visible()
    assert figure.locator(".ka-year-shown").text_content() == "2021"
    assert figure.locator(".ka-controls input:visible, .ka-controls select:visible, .ka-time :is(input, button):visible").count() == 0
    assert figure.locator("svg title").count() == 0
    assert "Kaart van Nederland" in figure.locator(".ka-drawing svg").get_attribute("aria-label")
    page.context.close()


def test_year_follows_every_key_of_the_slider(page):
    slider = the_map(page).get_by_role("slider", name="Jaar")
    slider.focus()
    for key, year in [("Home", 2011), ("ArrowRight", 2012), ("ArrowUp", 2013), ("ArrowLeft", 2012), ("ArrowDown", 2011), ("End", 2021)]:
        page.keyboard.press(key)
        assert the_map(page).locator(".ka-year-shown").text_content() == str(year)
    page.keyboard.press("PageDown")
    below = int(slider.input_value())
    assert 2011 <= below < 2021
    page.keyboard.press("PageUp")
    assert below < int(slider.input_value()) <= 2021


def test_every_name_typed_in_full_is_found(page):
    entries = [(entry.shown, re.sub(r" \(nu .*| \(['A-Z]\w.*\)$", "", entry.shown)) for entry in search_names()]
    entries = [(shown, shown if shown.startswith("Bergen (") else typed) for shown, typed in entries]
    found = page.evaluate(
        """entries => {
          const box = document.querySelector(".ka-municipality");
          const options = () => [...document.querySelectorAll(".ka-names [role=option]")].map(option => option.textContent);
          return entries.map(([shown, typed]) => {
            box.value = typed;
            box.dispatchEvent(new Event("input"));
            return options();
          });
        }""",
        entries,
    )
    lacking = [shown for (shown, _), options in zip(entries, found, strict=True) if shown not in options]
    assert lacking == []
    assert max(map(len, found)) <= 8


def test_a_name_is_found_however_it_is_typed(page):
    typed = {
        "den haag": "Den Haag ('s-Gravenhage)", "'s-gravenhage": "'s-Gravenhage", "s gravenhage": "'s-Gravenhage",
        "’sGravenhage": "'s-Gravenhage", "Den Bosch": "Den Bosch ('s-Hertogenbosch)", "hertogenbosch": "'s-Hertogenbosch",
        "sudwest fryslan": "Súdwest-Fryslân", "SÚDWEST": "Súdwest-Fryslân", "weesp": "Weesp (nu Amsterdam)",
        "capelle a/d": "Capelle aan den IJssel", "St. Michiels": "Sint-Michielsgestel", "bergen nh": "Bergen (NH.)",
        "gerwen": "Nuenen, Gerwen en Nederwetten", "ee": "Eemnes", "noardeast": "Noardeast-Fryslân",
    }  # fmt: skip
    assert {text: search(page, text)[0] for text in typed} == typed


def test_the_search_box_works_by_keyboard(page):
    figure = the_map(page)
    box = figure.get_by_role("combobox", name="Zoek uw gemeente")
    assert box.get_attribute("aria-expanded") == "false"
    box.focus()
    page.keyboard.type("am")
    assert box.get_attribute("aria-expanded") == "true"
    assert options(page).count() == 8
    assert box.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")

    def active() -> int:
        name = box.get_attribute("aria-activedescendant")
        assert figure.locator("[role=option][aria-selected=true]").get_attribute("id") == name
        return int(name.rpartition("-")[2])

    assert active() == 1
    page.keyboard.press("End")
    assert active() == 7
    page.keyboard.press("ArrowDown")
    assert active() == 0
    page.keyboard.press("ArrowUp")
    assert active() == 7
    page.keyboard.press("Home")
    assert active() == 0
    page.keyboard.press("Escape")
    assert box.get_attribute("aria-expanded") == "false"
    assert box.get_attribute("aria-activedescendant") is None
    assert box.input_value() == "am"
    page.keyboard.press("Escape")
    assert box.input_value() == ""
    page.keyboard.type("amster")
    page.keyboard.press("Enter")
    assert "Amsterdam, 2021" in readout(page)
    assert box.input_value() == "Amsterdam"
    page.keyboard.press("ArrowDown")
    assert options(page).first.text_content() == "Aa en Hunze"
    page.keyboard.press("Tab")
    assert "Aa en Hunze, 2021" in readout(page)


def test_a_name_that_nobody_has_says_so_and_leaves_the_choice(page):
    choose(page, "emmen")
    assert search(page, "qqq") == []
    message = the_map(page).locator(".ka-found")
    assert message.text_content() == "Geen gemeente gevonden"
    expect(message).to_be_visible()
    page.keyboard.press("Enter")
    the_map(page).locator(".ka-year").focus()
    assert the_map(page).locator(".ka-municipality").input_value() == "Emmen"
    assert "Emmen" in readout(page)


@pytest.mark.parametrize("way", ["button", "empty box"])
def test_choosing_none_again_empties_outline_text_address_and_memory(page, way):
    choose(page, "emmen")
    wait_until(page, "location.search.includes('gemeente=GM0114')")
    assert the_map(page).locator(".ka-chosen").get_attribute("d")
    if way == "button":
        the_map(page).get_by_role("button", name="Geen gemeente").click()
    else:
        choose(page, "")
    assert readout(page) == EMPTY_READOUT
    assert compared(page) == ""
    assert not the_map(page).locator(".ka-chosen").get_attribute("d")
    wait_until(page, "!location.search.includes('gemeente')")
    page.goto(page.url.partition("?")[0])
    assert readout(page) == EMPTY_READOUT


def test_the_municipality_is_read_out_with_value_quality_and_rank(page):
    choose(page, "amsterdam")
    shown = data_of(page)["years"]["2021"]["values"]
    value = shown[data_of(page)["codes"].index("GM0363")]
    higher, same = sum(other > value for other in shown), shown.count(value)
    assert f"Amsterdam, 2021: {format_number(value, 1)} procent van de kinderen" in readout(page)
    assert "berekend uit 2 gemeenten van dat jaar" in readout(page)
    assert f"laats {higher + 1} " in readout(page)
    assert ("Gedeelde" in readout(page)) == (same > 1)
    the_map(page).locator(".ka-year").focus()
    page.keyboard.press("Home")
    assert "Amsterdam, 2011" in readout(page)
    assert "benadering met een foutmarge van 0,4 procentpunt" in readout(page)
    assert "ngeveer plaats" in readout(page)


def test_municipalities_with_the_same_figure_share_their_place(page, drawing):
    values = drawing["years"]["2021"]["values"]
    index = next(index for index, value in enumerate(values) if values.count(value) > 1)
    place = sum(other > values[index] for other in values) + 1
    last = place + values.count(values[index]) - 1
    page.goto(f"{page.url}?gemeente={drawing['codes'][index]}")
    assert f"Gedeelde plaats {place} tot en met {last} van 342" in readout(page)


def test_the_comparison_claims_no_difference_within_the_error(page, drawing):
    shown = drawing["years"]["2021"]
    region = drawing["regions"]["2021"]
    seen = set()
    for index in range(0, 342, 5):
        code, value = drawing["codes"][index], shown["values"][index]
        error = drawing["remarks"][ord(shown["remarks"][index]) - ord(FIRST_SIGN)]["error"]
        province = drawing["provinces"][ord(drawing["province_of"][index]) - ord(FIRST_SIGN)]
        area(page, code).dispatch_event("click")
        text = compared(page)
        assert format_number(value, 1) in text
        assert f"ongeveer {format_number(region[province][0], 1)}; in Nederland ongeveer {format_number(region['NL'][0], 1)}." in text
        sure = {name: abs(value - region[name][0]) > error + region[name][1] + 1e-9 for name in (province, "NL")}
        assert text.count("is hoger") + text.count("is lager") + 2 * text.count("en dat van Nederland") - text.count(
            "en dat van Nederland"
        ) == sum(sure.values()), text
        assert ("geen zeker verschil" in text) == (not all(sure.values()))
        for name, word in ((province, "provincie"), ("NL", "Nederland")):
            if sure[name]:
                assert re.search(rf"is {'hoger' if value > region[name][0] else 'lager'} dan dat van [^.]*{word}", text), text
        seen |= set(sure.values())
    assert seen == {True, False}


def test_the_choice_stays_on_this_device_and_the_address_goes_first(page):
    choose(page, "weesp")
    page.goto(page.url.partition("?")[0].replace(PAGE, "index.html"))
    page.goto(page.url.replace("index.html", PAGE))
    assert "Amsterdam" in readout(page)
    page.goto(page.url.partition("?")[0] + "?gemeente=GM0114&jaar=2015")
    assert readout(page).startswith("Emmen, 2015")
    assert the_map(page).locator(".ka-year").input_value() == "2015"
    assert page.evaluate("localStorage.getItem('kinderarmoede-gemeente')") == "GM0114"


@pytest.mark.parametrize(
    "query", ["?gemeente=GM9999", "?jaar=1850", "?gemeente=<script>window.bad=1</script>&jaar=__proto__", "?gemeente=constructor"]
)
def test_a_tampered_address_changes_nothing(page, query):
    page.goto(page.url + query)
    assert readout(page) == EMPTY_READOUT
    assert the_map(page).locator(".ka-year-shown").text_content() == "2021"
    assert page.evaluate("window.bad") is None


def test_memory_that_is_refused_or_tampered_with_does_no_harm(address, browser):
    page, _, errors = open_page(browser, address + PAGE)
    page.evaluate("localStorage.setItem('kinderarmoede-gemeente', '<b>GM1</b>')")
    page.reload()
    assert readout(page) == EMPTY_READOUT
    page.add_init_script(
        """for (const name of ["getItem", "setItem", "removeItem"]) {
          const own = Storage.prototype[name];
          Storage.prototype[name] = function (key, ...rest) {
            if (key.startsWith("kinderarmoede")) throw new Error("refused");
            return own.call(this, key, ...rest);
          };
        }"""
    )
    page.reload()
    choose(page, "emmen")
    assert "Emmen" in readout(page)
    assert errors == []
    page.context.close()


def test_pointing_reads_out_and_never_leaves_old_words(page):
    choose(page, "emmen")
    page.mouse.move(*middle(page, "GM0518"))
    assert readout(page).startswith("'s-Gravenhage, 2021")
    assert the_map(page).locator(".ka-pointed").get_attribute("d") == area(page, "GM0518").get_attribute("d")
    page.mouse.move(2, 2)
    assert readout(page).startswith("Emmen, 2021")
    page.mouse.move(*middle(page, "GM0518"))
    page.mouse.move(2, 2)
    the_map(page).locator(".ka-year").focus()
    page.keyboard.press("Home")
    assert readout(page).startswith("Emmen, 2011")


def test_moving_within_a_municipality_writes_nothing_anew(page):
    x, y = middle(page, "GM0114")
    page.mouse.move(x, y)
    page.evaluate(
        """() => { window.writes = 0;
        new MutationObserver(list => { window.writes += list.length; })
          .observe(document.querySelector(".ka-words"), {childList: true, characterData: true, subtree: true}); }"""
    )
    for step in range(1, 6):
        page.mouse.move(x + step, y)
    assert readout(page).startswith("Emmen")
    assert page.evaluate("window.writes") == 0


def test_pointing_moves_nothing_on_the_page(page):
    def place() -> float:
        return page.evaluate("document.querySelector('.ka-kind-map .ka-credit').getBoundingClientRect().top + window.scrollY")

    before = place()
    for code in ("GM0114", "GM0796", "GM1916", "GM0772"):
        page.mouse.move(*middle(page, code))
        assert place() == before


def test_a_tap_chooses(address, browser):
    page, _, _ = open_page(browser, address + PAGE, 390, has_touch=True)
    page.touchscreen.tap(*middle(page, "GM0114"))
    assert readout(page).startswith("Emmen, 2021")
    assert the_map(page).locator(".ka-municipality").input_value() == "Emmen"
    assert "Drenthe" in compared(page)
    page.context.close()


def test_arrow_keys_walk_over_the_map(page):
    choose(page, "emmen")
    drawing = the_map(page).locator(".ka-drawing svg")
    drawing.focus()
    page.keyboard.press("ArrowLeft")
    neighbour = readout(page).partition(",")[0]
    assert neighbour in {"Coevorden", "Borger-Odoorn", "Midden-Drenthe"}
    page.keyboard.press("Enter")
    assert the_map(page).locator(".ka-municipality").input_value() == neighbour
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Escape")
    assert readout(page).startswith(neighbour)
    seen = {neighbour}
    for key in ("ArrowUp", "ArrowLeft", "ArrowDown", "ArrowRight") * 12:
        page.keyboard.press(key)
        seen.add(readout(page).partition(",")[0])
    assert len(seen) > 4


def test_playing_runs_to_the_last_year_and_stops(address, browser):
    page, _, _ = open_page(browser, "about:blank")
    page.clock.install()
    page.goto(address + PAGE)
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 3600)
    button = the_map(page).get_by_role("button", name="Speel af")
    button.click()
    shown = the_map(page).locator(".ka-year-shown")
    assert shown.text_content() == "2011"
    the_map(page).get_by_role("button", name="Pauzeer").wait_for()
    page.clock.run_for(3000)
    assert shown.text_content() == "2014"
    the_map(page).get_by_role("button", name="Pauzeer").click()
    page.clock.run_for(5000)
    assert shown.text_content() == "2014"
    button.click()
    page.clock.run_for(60000)
    assert shown.text_content() == "2021"
    expect(button).to_be_visible()
    page.context.close()


def test_with_less_motion_there_is_no_playing_and_zoom_jumps(address, browser):
    page, _, _ = open_page(browser, address + PAGE, reduced_motion="reduce")
    expect(the_map(page).locator(".ka-play")).to_be_hidden()
    the_map(page).locator(".ka-province").select_option(label="Zeeland")
    view = next(view for _, name, view in province_views() if name == "Zeeland")
    assert the_map(page).locator(".ka-drawing svg").get_attribute("viewBox") == view
    page.context.close()


def test_zooming_to_a_province_and_back_keeps_the_place_on_the_page(page):
    svg = the_map(page).locator(".ka-drawing svg")
    whole, box = svg.get_attribute("viewBox"), svg.bounding_box()
    the_map(page).get_by_label("Toon").select_option(label="Groningen")
    view = next(view for _, name, view in province_views() if name == "Groningen")
    expect(svg).to_have_attribute("viewBox", view)
    after = svg.bounding_box()
    assert (after["width"], after["height"]) == pytest.approx((box["width"], box["height"]), abs=0.1)
    the_map(page).get_by_label("Toon").select_option(label="Heel Nederland")
    expect(svg).to_have_attribute("viewBox", whole)


def contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
        red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_outline_is_visible_on_every_class(page, theme):
    page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme)
    choose(page, "emmen")
    colours = page.evaluate(
        """() => ({
          lines: [".ka-halo", ".ka-chosen"].map(name => getComputedStyle(document.querySelector(name)).stroke),
          fills: [0, 1, 2, 3, 4, 5].map(index => getComputedStyle(document.querySelector(`.ka-swatch.class-${index}`)).backgroundColor),
          paper: getComputedStyle(document.body).backgroundColor,
        })"""
    )
    assert len(set(colours["fills"])) == 6
    for behind in (*colours["fills"], colours["paper"]):
        assert max(contrast(line, behind) for line in colours["lines"]) >= 3, behind
    assert contrast(*colours["lines"]) >= 3
    assert the_map(page).locator(".ka-halo").first.get_attribute("d") == area(page, "GM0114").get_attribute("d")


def test_an_absent_figure_gets_its_pattern_and_its_reason_in_the_year_it_is_absent(address, browser):
    page, _, errors = open_page(browser, "about:blank")

    def withhold(route) -> None:
        response = route.fetch()
        html = response.text()
        written = next(text for text in re.findall(r'class="ka-data">(.*?)</script>', html) if '"kind":"map"' in text)
        content = json.loads(written)
        index = content["codes"].index("GM0363")
        content["remarks"].append({"quality": None, "error": None, "parts": 1, "absence": "suppressed"})
        sign = chr(ord(FIRST_SIGN) + len(content["remarks"]) - 1)
        shown = content["years"]["2020"]
        shown["values"][index] = None
        shown["remarks"] = shown["remarks"][:index] + sign + shown["remarks"][index + 1 :]
        content["regions"]["2020"]["PV27"] = content["regions"]["2020"]["NL"] = [None, None]
        route.fulfill(response=response, body=html.replace(written, json.dumps(content)))

    page.route(address + PAGE + "*", withhold)
    page.goto(address + PAGE + "?gemeente=GM0363")
    the_map(page).locator(".ka-year").focus()
    page.keyboard.press("ArrowLeft")
    assert area(page, "GM0363").get_attribute("class") == "absent-suppressed"
    assert "kaart-gemeenten-suppressed" in area(page, "GM0363").evaluate("path => getComputedStyle(path).fill")
    assert readout(page) == "Amsterdam, 2020: geen cijfer (weggelaten: te weinig kinderen)"
    assert compared(page) == ""
    page.keyboard.press("ArrowRight")
    assert area(page, "GM0363").get_attribute("class").startswith("class-")
    assert "kaart" not in area(page, "GM0363").evaluate("path => getComputedStyle(path).fill")
    assert errors == []
    page.context.close()
