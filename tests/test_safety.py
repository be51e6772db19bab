"""A page runs only its own scripts, from http as well as from disk, and works without any."""

from __future__ import annotations

import base64
import hashlib
import re
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup

from book.publishing import from_root, shorten, site_map
from tests.built import parsed
from tests.test_site import open_page, pages

MODES = ("http", "file")


def policy(soup: BeautifulSoup) -> dict[str, list[str]]:
    content = soup.select_one('meta[http-equiv="Content-Security-Policy"]')["content"]
    return {words[0]: words[1:] for part in content.split(";") if (words := part.split())}


@pytest.mark.parametrize("name", pages())
def test_page_allows_only_its_own_scripts_and_no_eval(name, site):
    soup = parsed(name)
    rules = policy(soup)
    assert rules["default-src"] == rules["base-uri"] == ["'none'"]
    assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "data:", "blob:", "http:", "https:"} & set(rules["script-src"])
    for inline in soup.select("script:not([src])"):
        if inline.get("type") in ("application/json", "application/ld+json"):
            continue
        fingerprint = base64.b64encode(hashlib.sha256(inline.string.encode()).digest()).decode()
        assert f"'sha256-{fingerprint}'" in rules["script-src"], inline.string[:80]
    handlers = [key for element in soup.find_all(True) for key in element.attrs if key.startswith("on")]
    assert handlers == []
    head = [element for element in soup.head.find_all(True) if element.name in ("script", "link") or element.get("http-equiv")]
    assert head[0].get("http-equiv") == "Content-Security-Policy"


@pytest.mark.parametrize("mode", MODES)
def test_policy_stops_a_script_that_was_put_into_the_page(mode, site, address, browser):
    page, _, errors = open_page(browser, (address if mode == "http" else site.as_uri() + "/") + "index.html")
    assert errors == []
    for code in ("element.textContent = 'window.harm = 1'", "element.src = 'https://example.org/harm.js'"):
        page.evaluate(f"() => {{ const element = document.createElement('script'); {code}; document.head.append(element); }}")
    page.wait_for_timeout(200)
    assert page.evaluate("window.harm") is None
    assert len([error for error in errors if "Content Security Policy" in error]) == 2
    page.context.close()


@pytest.mark.parametrize("name", pages())
def test_page_has_no_thebe_analytics_fonts_or_theme_scripts(name, site):
    html = (site / name).read_text(encoding="utf-8").lower()
    for word in ("thebe", "googletagmanager", "plausible", "fontawesome", "font-face", "bootstrap.js", "ethical-ad"):
        assert word not in html
    styles = (site / "_static/kinderarmoede.css").read_text(encoding="utf-8").lower()
    assert "@font-face" not in styles
    assert "@import" not in styles
    assert not re.search(r"url\(['\"]?(https?:)?//", styles)


@pytest.mark.parametrize("name", pages())
def test_page_has_one_title_one_heading_and_a_description_of_its_own(name, site):
    soup = parsed(name)
    assert len(soup.select("h1")) == 1
    assert soup.title.text.strip()
    if name not in ("search.html", "404.html"):
        description = soup.select_one("meta[name=description]")["content"]
        assert 40 <= len(description) <= 160
        assert soup.select_one('meta[property="og:description"]')["content"] == description
        assert soup.select_one("link[rel=canonical]") is None  # no address is known while html: baseurl is not set


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("query", ["streefwaarde", "Streefwaarden", "gehalveerd", "gemeenten"])
def test_search_in_dutch_finds_the_chapter(query, mode, site, address, browser):
    base = address if mode == "http" else site.as_uri() + "/"
    page, requests, errors = open_page(browser, base + "index.html")
    page.locator("header input[name=q]").fill(query)
    page.keyboard.press("Enter")
    result = page.locator("#search-results a", has_text="De halvering").first
    result.wait_for(timeout=5000)
    page.locator("#search-results [role=status]").wait_for()
    result.click()
    page.wait_for_url("**/halvering.html*")
    assert errors == []
    assert [request for request in requests if not request.startswith((base, "data:"))] == []
    page.context.close()


def test_search_text_is_not_read_as_html(address, browser):
    page, _, errors = open_page(browser, address + "search.html?q=%3Cimg%20src%3Dx%20onerror%3Dwindow.harm%3D1%3E")
    page.locator("#search-results [role=status]").wait_for()
    assert page.locator("#search-results img").count() == 0
    assert page.evaluate("window.harm") is None
    assert errors == []
    page.context.close()


def test_page_for_wrong_addresses_is_dutch_and_works_in_every_folder(site):
    html = (site / "404.html").read_text(encoding="utf-8")
    assert "Deze bladzijde bestaat niet" in html
    moved = from_root(
        '<a href="halvering.html"><a href="#x"><a href="https://a.nl/"><script src="_static/a.js">', "https://voorbeeld.nl/boek/"
    )
    assert moved == '<a href="/boek/halvering.html"><a href="#x"><a href="https://a.nl/"><script src="/boek/_static/a.js">'


def test_site_map_names_every_address():
    text = site_map(["https://voorbeeld.nl/a.html", "https://voorbeeld.nl/b.html?c&d"])
    addresses = [node.text for node in ElementTree.fromstring(text.encode()).iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert addresses == ["https://voorbeeld.nl/a.html", "https://voorbeeld.nl/b.html?c&d"]


def test_a_description_ends_at_a_sentence_or_a_word():
    assert shorten("Kort.") == "Kort."
    assert (
        shorten("Dit is een zin van meer dan veertig letters lang. " + "En meer " * 30)
        == "Dit is een zin van meer dan veertig letters lang."
    )
    assert shorten("woord " * 50).endswith("woord…")
    assert len(shorten("woord " * 50)) <= 160
