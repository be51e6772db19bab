"""The pages of municipalities: all 342 as files, and a few, chosen by what is special about them, in a browser."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import expect

from book.municipality_pages import grouped, sections
from book.municipality_search import page_names, search_data
from book.neighbourhoods import clipped, frame_around, place_labels
from data.names import other_names, search_names
from data.package import table
from data.profiles import places, profile
from tests.axe import faults
from tests.conftest import SITE
from tests.html_check import html_faults
from tests.municipality_sample import FOLDER, all_pages, by_property, page_of
from tests.test_site import draw_all, open_page, wait_until
from tests.test_weight import KILOBYTE, files_of, weight
from widgets.municipal_charts import risk_chart
from widgets.municipal_money import reach_sentences, starting_point

INDEX = f"{FOLDER}/index.html"
EXPLORER = "verkenner-85-miljoen.html"


def html_of(name: str) -> str:
    return (SITE / name).read_text(encoding="utf-8")


@cache
def article(name: str) -> BeautifulSoup:
    return BeautifulSoup(re.search(r"<article.*?</article>", html_of(name), re.S)[0], "html.parser")


# All 342


def test_there_is_a_page_for_each_municipality_of_2025(site):
    assert len(all_pages()) == len(set(all_pages())) == 342
    assert {f"{name}.html" for name in page_names().values()} == {*all_pages()}
    assert all((site / name).exists() for name in all_pages())


@pytest.mark.parametrize("part", range(6))
def test_every_page_is_well_formed_and_complete(part, site):
    headings = dict(sections())
    for name in all_pages()[part::6]:
        html = html_of(name)
        assert html_faults(html) == [], name
        text = article(name).get_text(" ")
        assert not re.search(r"\b(nan|None|NaN|inf|Infinity|<NA>)\b|\{\w+\}", text), name
        soup = article(name)
        assert len(soup.select("h1")) == 1
        assert [heading.get_text() for heading in soup.select("h2")] == list(headings.values()), name
        empty = [
            cell for cell in soup.select("td, th, p:not([role], .ka-problem), li, h1, h2, dd, figcaption") if not cell.get_text(strip=True)
        ]
        assert empty == [], (name, empty[:3])


def test_titles_and_descriptions_are_unique_and_name_the_municipality(site):
    titles, descriptions = set(), set()
    for code, place in places().items():
        html = html_of(page_of(code))
        title = BeautifulSoup(re.search(r"<title>.*?</title>", html, re.S)[0], "html.parser").text
        description = BeautifulSoup(re.search(r'<meta name="description".*?/>', html, re.S)[0], "html.parser").meta["content"]
        assert place.name in title
        assert place.name in description
        assert 40 <= len(description) <= 160
        titles.add(title)
        descriptions.add(description)
    assert len(titles) == len(descriptions) == 342


def test_links_of_every_page_resolve(site):
    anchors = cache(lambda path: set(re.findall(r'\bid="([^"]*)"', path.read_text(encoding="utf-8"))))
    known: dict[Path, bool] = {}
    for name in all_pages():
        for target in set(re.findall(r'<a[^>]*? href="([^"]*)"', html_of(name))):
            if target.startswith(("http:", "https:", "mailto:")):
                continue
            file, _, anchor = target.partition("#")
            file = file.partition("?")[0]
            path = ((site / name).parent / file).resolve() if file else site / name
            assert known.setdefault(path, path.exists()), (name, target)
            assert not anchor or anchor in anchors(path), (name, target)


def test_every_page_weighs_at_most_60_kilobytes_before_a_figure_is_near(site):
    shared = sum(weight((site / file).read_bytes()) for file in files_of(html_of(all_pages()[0])))
    heaviest = max(weight(html_of(name)) for name in all_pages())
    assert shared + heaviest <= 60 * KILOBYTE


def test_every_key_figure_of_every_profile_is_on_the_page(site):
    for code in places():
        own = profile(code)
        rows = {row["id"]: row for row in article(page_of(code)).select(".ka-key-figures tr[id]")}
        assert list(rows) == [figure.figure_id for _, part in grouped(own.key_figures) for figure in part]
        assert set(rows) == {figure.figure_id for figure in own.key_figures}
        for figure in own.key_figures:
            row = rows[figure.figure_id]
            text = " ".join(f"{row.get_text(' ')} {row.find_next_sibling('tr').get_text(' ')}".lower().split())
            for part in (figure.label, str(figure.year), figure.value_text, figure.rank_text, figure.quality_text, figure.province_text):
                assert " ".join(part.lower().split()) in text, (code, figure.figure_id, part)


def test_neighbours_link_to_each_other(site):
    linked = {}
    for code in places():
        links = article(page_of(code)).select(".ka-neighbourhood li a")
        linked[code] = {link["href"][2:6].upper() for link in links}
        assert linked[code] == {place.code.removeprefix("GM") for place in profile(code).neighbours}
    for code, others in linked.items():
        for other in others:
            assert code.removeprefix("GM") in linked[f"GM{other}"]


# What the page says


def test_chart_tells_a_change_only_when_the_errors_allow_it():
    own = profile(by_property()["largest"])
    assert "lager dan in 2011" in risk_chart(own).title
    doubtful = profile(by_property()["doubtful"])
    assert "springt heen en weer" in risk_chart(doubtful).title
    assert any("niet hoever" in note for note in risk_chart(doubtful).notes)


def test_chart_of_few_children_tells_no_direction():
    smallest = profile(by_property()["smallest"])
    assert risk_chart(smallest).title == "In Schiermonnikoog wonen weinig kinderen: het aandeel springt heen en weer"


def test_a_province_with_the_name_of_its_municipality_has_a_line_of_its_own():
    for code in ("GM0014", "GM0344"):
        names = [trace["name"] for trace in risk_chart(profile(code)).drawing()["data"]]
        assert len(set(names)) == 3, names


def test_children_reached_are_those_of_the_explorer():
    rows = starting_point()
    assert rows["children_reached_count"].sum() == pytest.approx(268_194.24, abs=1)
    haarlem = rows.loc["GM0392"]
    assert haarlem["amount_per_reached_child_eur"] == pytest.approx(736_314.784_363 / (0.81 * 2_968))
    assert "ongeveer 2.400 van ongeveer 2.970 kinderen" in reach_sentences(profile("GM0392"))[0]


def test_reported_amounts_stand_with_their_source(site):
    own = profile(by_property()["reported"])
    section = article(page_of(own.code)).select_one("#geld")
    for amount in own.reported:
        assert section.select_one(f'a[href="{amount.source_address}"]')
        assert amount.note in section.get_text()


@pytest.mark.parametrize("what", sorted(by_property()))
def test_page_of_each_kind_has_history_surroundings_and_likeness(what, site):
    own = profile(by_property()[what])
    soup = article(page_of(own.code))
    history = soup.select_one("#grenzen").get_text(" ")
    assert all(sentence in history for sentence in own.boundary_history)
    assert len(soup.select(".ka-alike tbody tr")) == 6
    assert soup.select_one(".ka-own-name") is None or soup.select_one(".ka-own-name").text == own.name
    if not own.neighbours:
        assert "grenst geen andere gemeente" in soup.select_one("#omgeving").get_text()


def test_names_on_the_map_do_not_overlap():
    frame = (0.0, 0.0, 400.0, 300.0)
    places = {"Midden": (200, 150), "Ook midden": (205, 152), "Rand": (399, 299), "Lang" * 40: (200, 20)}
    labels = place_labels(places, frame, {"phone": 20.0, "wide": 10.0})
    assert [label.name for label in labels] == ["Midden", "Rand"]
    assert all(0 < label.x < 400 and 0 < label.y < 300 for label in labels)


def test_shapes_are_cut_at_the_frame():
    assert clipped("M0,0l100,0 0,100-100,0z", (0, 0, 1000, 750)) == "M0,0l100,0 0,100-100,0z"
    assert clipped("M-900,-900l100,0 0,100-100,0z", (0, 0, 100, 75)) == ""
    numbers = [int(number) for number in re.findall(r"-?\d+", clipped("M-900,10l1000,0 0,20-1000,0z", (0, 0, 100, 75)))]
    assert min(numbers) >= -104
    left, top, width, height = frame_around((100, 100, 140, 300))
    assert (width / height, left + width / 2, top + height / 2) == (pytest.approx(4 / 3), 120, 200)


# Finding a page


def test_list_has_every_municipality_once_under_its_province(site):
    soup = BeautifulSoup(html_of(INDEX), "html.parser")
    listed = {link["href"]: link for link in soup.select(".ka-columns a")}
    assert len(listed) == len(soup.select(".ka-columns a")) == 342
    provinces = table("municipalities").set_index("municipality_code")["province_name"]
    for code, place in places().items():
        link = listed[f"{place.slug}.html"]
        assert link.text == place.name
        assert link.find_parent("section").find(["h2"]).get_text().startswith(provinces[code])
    assert {link["href"] for link in soup.select(".ka-entrance a")} == set(listed)


def test_the_search_box_knows_every_former_and_everyday_name():
    data = search_data()
    assert sorted(data["codes"]) == sorted(places())
    assert [(shown, data["codes"][index]) for shown, _, index in data["others"]] == [(name.shown, name.code) for name in other_names()]
    gone = set(table("boundary_changes")["old_code"]) - set(places())
    assert set(data["former"]) == gone


def test_addresses_made_by_the_script_are_those_of_the_pages(address, browser):
    page, _, errors = open_page(browser, address + "halvering.html")
    figure = page.locator(".ka-kind-map").first
    link = figure.locator(".ka-to-page a")
    expect(link).to_be_hidden()
    for code in by_property().values():
        box = figure.locator(".ka-municipality")
        box.fill(places()[code].name)
        box.press("Enter")
        expect(link).to_be_visible()
        assert link.evaluate("one => one.href") == address + page_of(code)
        assert places()[code].name in link.text_content()
    link.click()
    page.wait_for_url("**/gemeenten/*")
    assert errors == []
    page.context.close()


@pytest.mark.parametrize("mode", ["http", "file"])
@pytest.mark.parametrize(("typed", "code"), [("den haag", "GM0518"), ("Weesp", "GM0363"), ("ljouwert", "GM0080"), ("utrecht", "GM0344")])
def test_search_box_goes_to_the_page_by_any_name(typed, code, mode, site, address, browser):
    base = address if mode == "http" else site.as_uri() + "/"
    page, _, errors = open_page(browser, base + INDEX)
    box = page.get_by_role("combobox")
    box.fill(typed)
    box.press("Enter")
    page.wait_for_url(f"**/{places()[code].slug}.html")
    assert page.locator("h1").inner_text().endswith(places()[code].name)
    assert errors == []
    page.context.close()


def test_map_leads_to_a_page_by_keyboard_and_by_mouse(address, browser):
    page, _, _ = open_page(browser, address + INDEX)
    drawing = page.locator(".ka-entrance svg")
    drawing.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    name = page.locator(".ka-entrance-name").text_content()
    page.keyboard.press("Enter")
    page.wait_for_url("**/gemeenten/gm*")
    assert page.locator("h1").inner_text().endswith(name)
    page.goto(address + INDEX)
    page.locator(f'.ka-entrance a[href="{places()["GM0363"].slug}.html"]').click()
    page.wait_for_url("**/gm0363-amsterdam.html")
    page.context.close()


def test_list_and_map_work_without_a_script(address, browser):
    page, _, _ = open_page(browser, address + INDEX, java_script_enabled=False)
    assert not page.get_by_role("combobox").is_visible()
    page.locator(f'.ka-entrance a[href="{places()["GM1900"].slug}.html"]').click()
    page.wait_for_url("**/gm1900*")
    assert page.locator(".ka-key-figures td").first.is_visible()
    assert page.locator(".ka-neighbourhood svg path").first.is_visible()
    assert page.locator("#kans-op-armoede table").is_visible()
    page.context.close()


@pytest.mark.parametrize(
    ("wrong", "names"),
    [
        ("gemeenten/gm0363-amsterdm.html", ["Amsterdam"]),
        ("gemeenten/gm0457", ["Amsterdam"]),
        ("gemeenten/rotterdm.html", ["Rotterdam"]),
        ("gemeenten/gm9999-littenseradiel.html", ["Waadhoeke", "Leeuwarden", "Súdwest-Fryslân"]),
    ],
)
def test_wrong_address_offers_near_names(wrong, names, address, browser, site):
    page, _, _ = open_page(browser, "about:blank")
    html = html_of("404.html")
    page.route(
        "**/gemeenten/**", lambda route: route.fulfill(status=404, body=html.replace("_static/", "/_static/"), content_type="text/html")
    )
    page.goto(address + wrong)
    page.locator(".ka-near").wait_for(state="visible")
    links = page.locator(".ka-near a")
    text = " ".join(links.all_text_contents())
    assert all(name in text for name in names), text
    assert links.first.evaluate("one => one.href") in {address + name for name in all_pages()}
    assert page.get_by_role("combobox").is_visible()
    page.context.close()


@pytest.mark.parametrize(
    "wrong", ["gemeenten/%3Cimg%20src=x%20onerror=window.harm=1%3E", "gemeenten/%E0%A4%A", "xyzzy", "gemeenten/__proto__"]
)
def test_nothing_of_a_wrong_address_comes_on_the_page(wrong, address, browser):
    page, _, _ = open_page(browser, "about:blank")
    html = html_of("404.html").replace("_static/", "/_static/")
    page.route(
        lambda url: "_static" not in url and "about:" not in url,
        lambda route: route.fulfill(status=404, body=html, content_type="text/html"),
    )
    page.goto(address + wrong)
    page.get_by_role("combobox").wait_for(state="visible")
    assert page.evaluate("window.harm") is None
    assert page.locator(".ka-near img").count() == 0
    names = {name.shown for name in search_names()}
    assert set(page.locator(".ka-near a").all_text_contents()) <= names
    page.context.close()


# In a browser


@pytest.mark.parametrize(("what", "screens"), [("largest", 1.45), ("smallest", 1.45)])
def test_key_figures_stay_within_a_screen_and_a_half(what, screens, address, browser):
    page, _, _ = open_page(browser, address + page_of(by_property()[what]), 1280)
    assert page.locator(".ka-key-figures").bounding_box()["height"] <= screens * 900
    page.context.close()


@pytest.mark.parametrize("what", ["apostrophe", "merged in 2023", "suppressed"])
def test_page_draws_is_accessible_and_fits_a_telephone(what, address, browser):
    page, requests, errors = open_page(browser, address + page_of(by_property()[what]), 390)
    draw_all(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert faults(page) == []
    assert errors == []
    assert all(request.startswith((address, "data:", "blob:")) for request in requests)
    page.context.close()


def test_explorer_opens_with_the_municipality_of_the_page(address, browser):
    page, _, errors = open_page(browser, address + page_of("GM0392"))
    page.locator(f'#geld a[href*="{EXPLORER}"]').click()
    page.wait_for_url(f"**/{EXPLORER}*")
    wait_until(page, "document.querySelector('#verken-verdeling .ka-municipality').value === 'Haarlem'")
    assert errors == []
    page.context.close()


def test_menu_marks_the_list_and_the_page_turns_in_alphabetical_order(site):
    soup = BeautifulSoup(html_of(page_of("GM0363")), "html.parser")
    assert soup.select_one('.ka-menu li.current > a[href="index.html"]').text == "Alle gemeenten"
    assert [link.get_text(" ", strip=True) for link in soup.select(".ka-turn a")] == ["vorige Amstelveen", "volgende Apeldoorn"]
    assert [link["href"] for link in soup.select(".ka-contents a")] == [f"#{anchor}" for anchor, _ in sections()]


def test_the_data_of_the_search_box_stays_small(site):
    assert weight(json.dumps(search_data(), ensure_ascii=False)) <= 8 * KILOBYTE
