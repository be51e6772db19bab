"""The picture of a page for who shares it: drawn once, light, complete, and named only when the site has an address."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from PIL import Image, ImageChops

from book import previews
from book.maps import rings
from book.previews import ABSENT, FOLDER, LAND, PAPER, SIZE, draw_preview, fit, map_colours, wrap, write_preview
from book.theme import BOOK_FOLDER
from data.geography import web_paths
from tests.conftest import SITE
from tests.small_book import build_small_book, built_page
from widgets.style import MAP_COLOURS

BOOK = "Kinderarmoede in Nederland, 2017-2025"
TITLES = (
    "De halvering",
    BOOK,
    "Súdwest-Fryslân, Noardeast-Fryslân en de financiële positie van gezinnen: ‘bern’ – één op de vijf, € 85 miljoen",
    "Kinderarmoedebestrijdingsmaatregelenfinancieringsregeling",
    "Een titel van heel veel woorden " * 30,
)
LARGEST_FILE = 60_000
LONGEST_SECONDS = 0.3
HTML = '<g class="ka-areas"><path class="class-5" data-code="GM0363" d="" /><path class="absent-missing" data-code="GM0114" d="" /></g>'


def pixels(path: Path) -> Image.Image:
    with Image.open(path) as image:
        return image.convert("RGB")


def share(image: Image.Image, colour: str) -> float:
    """Return the share of pixels in about one colour."""
    difference = ImageChops.difference(image, Image.new("RGB", image.size, colour))
    return sum(max(pixel) < 12 for pixel in difference.get_flattened_data()) / (image.width * image.height)


@pytest.mark.parametrize("title", TITLES, ids=lambda title: title[:12])
def test_a_picture_has_the_size_that_networks_ask_and_is_light_and_quick(title, tmp_path):
    colours = {code: MAP_COLOURS[number % 6] for number, code in enumerate(web_paths().municipalities)}
    times = []
    for number in range(3):
        start = time.process_time()
        assert write_preview(tmp_path / f"{number}.png", title, BOOK, colours)
        times.append(time.process_time() - start)
    assert min(times) <= LONGEST_SECONDS
    contents = {(tmp_path / f"{number}.png").read_bytes() for number in range(3)}
    assert len(contents) == 1
    assert len(contents.pop()) <= LARGEST_FILE
    picture = pixels(tmp_path / "0.png")
    assert picture.size == SIZE == (1200, 630)
    assert all(share(picture.crop((680, 0, *SIZE)), colour) > 0.01 for colour in MAP_COLOURS[1:])


@pytest.mark.parametrize("title", TITLES, ids=lambda title: title[:12])
def test_every_line_of_a_title_fits_and_no_word_is_lost_without_an_ellipsis(title):
    size, lines = fit(title, 600, 370)
    assert all(previews._font(size).getlength(line) <= 600 for line in lines)
    assert len(lines) * size * previews.LINE <= 370
    assert "".join(lines).replace(" ", "") == title.replace(" ", "") or lines[-1].endswith("…")
    assert lines[-1].endswith("…") == (title == TITLES[-1])


def test_a_short_title_is_larger_than_a_long_one():
    assert fit(TITLES[0], 600, 370)[0] > fit(TITLES[2], 600, 370)[0] > fit(TITLES[4], 600, 370)[0]
    assert wrap("een twee", 40, 10_000) == ["een twee"]
    assert wrap("een twee", 40, 100) == ["een", "twee"]


@pytest.mark.parametrize("letter", "áàâäçéèêëíîïóôöúûüýÿøßĂşŵ‘’“”–—…€²")
def test_the_font_has_letters_with_accents_and_dutch_signs(letter):
    font = previews._font(40)
    assert bytes(font.getmask(letter)) != bytes(font.getmask("\ue000"))


def test_a_title_in_parts_of_letters_is_the_same_as_in_whole_letters(tmp_path):
    write_preview(tmp_path / "a.png", "Fryslân", BOOK, {})
    assert not write_preview(tmp_path / "a.png", "Frysla\u0302n", BOOK, {})


def test_the_map_takes_the_colours_of_the_first_map_of_its_page():
    colours = map_colours(f"<p></p>{HTML}{HTML.replace('class-5', 'class-0')}")
    assert colours == {"GM0363": MAP_COLOURS[5], "GM0114": ABSENT}
    assert map_colours("<p>no map</p>") == {}
    everywhere = dict.fromkeys(web_paths().municipalities, MAP_COLOURS[4])
    coloured, neutral = (draw_preview("Titel", BOOK, colours).crop((700, 0, *SIZE)) for colours in (everywhere, {}))
    assert share(coloured, MAP_COLOURS[4]) > 0.15
    assert share(neutral, MAP_COLOURS[4]) == 0
    assert share(neutral, LAND) > 0.15
    assert share(neutral, PAPER) > 0.4


def test_the_map_of_a_chapter_is_the_map_of_its_page(site):
    html = (SITE / "halvering.html").read_text(encoding="utf-8")
    area = BeautifulSoup(html, "html.parser").select_one('.ka-kind-map [data-code="GM0363"]')
    colours = map_colours(html)
    assert len(colours) == 342
    assert colours["GM0363"] == MAP_COLOURS[int(area["class"][0].removeprefix("class-"))]


def test_lines_of_a_path_are_read_as_points():
    assert rings("M10,20l5-3 2,9zM1,1l1,0") == [[(10, 20), (15, 17), (17, 26)], [(1, 1), (2, 1)]]


def test_a_picture_is_drawn_again_only_when_something_in_it_changed(tmp_path, monkeypatch):
    path = tmp_path / "previews" / "a.png"
    assert write_preview(path, "Titel", BOOK, {})
    before = path.stat().st_mtime_ns
    assert not write_preview(path, "Titel", BOOK, {})
    assert path.stat().st_mtime_ns == before
    assert write_preview(path, "Andere titel", BOOK, {})
    assert write_preview(path, "Andere titel", "Ander boek", {})
    assert write_preview(path, "Andere titel", "Ander boek", {"GM0363": MAP_COLOURS[5]})
    other = web_paths()
    other.municipalities["GM0363"] += "M1,1l2,0 0,2z"
    monkeypatch.setattr(previews, "web_paths", lambda: other)
    assert write_preview(path, "Andere titel", "Ander boek", {"GM0363": MAP_COLOURS[5]})


# In a small book


def build(folder: Path, baseurl: str) -> None:
    """Build a small book with the book's own template for sharing."""
    (folder / "templates").mkdir(exist_ok=True)
    (folder / "templates" / "layout.html").write_text(
        '{% extends "!layout.html" %}{% block extrahead %}{% include "sharing.html" %}{% endblock %}'
    )
    settings = {
        "html_baseurl": baseurl,
        "html_title": BOOK,
        "language": "nl",
        "templates_path": ["templates", str(BOOK_FOLDER / "templates" / "theme")],
    }
    build_small_book(folder, ["book.previews"], **settings)


def metadata(folder: Path, page: str) -> dict[str, str]:
    tags = built_page(folder, page).select("meta[property], meta[name]")
    return {tag.get("property") or tag["name"]: tag["content"] for tag in tags}


def test_pages_name_their_picture_with_an_absolute_address_when_the_site_has_one(tmp_path):
    (tmp_path / "deel").mkdir()
    (tmp_path / "index.md").write_text("# Begin\n\n```{toctree}\ndeel/een\n```\n")
    (tmp_path / "deel" / "een.md").write_text('# Eén & *twee* "Fryslân"\n')
    pictures = tmp_path / "out" / FOLDER
    build(tmp_path, "")
    assert not pictures.exists()
    assert "og:image" not in metadata(tmp_path, "index")
    assert metadata(tmp_path, "index")["twitter:card"] == "summary"

    build(tmp_path, "https://voorbeeld.nl/boek/")
    told = metadata(tmp_path, "deel/een")
    assert told["og:image"] == "https://voorbeeld.nl/boek/_static/previews/deel/een.png"
    assert told["twitter:card"] == "summary_large_image"
    assert told["og:title"] == "Eén & twee “Fryslân”"
    assert told["og:site_name"] == BOOK
    assert told["og:url"] == "https://voorbeeld.nl/boek/deel/een.html"
    assert told["og:image:alt"] == "De titel van deze pagina naast een kaart van Nederland: Eén & twee “Fryslân”"
    assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")
    assert sorted(path.relative_to(pictures).as_posix() for path in pictures.rglob("*.png")) == ["deel/een.png", "index.png"]
    assert "og:image" not in metadata(tmp_path, "search")
    drawn = {path: path.stat().st_mtime_ns for path in pictures.rglob("*.png")}

    (tmp_path / "deel" / "een.md").write_text('# Eén & *twee* "Fryslân"\n\nMeer tekst.\n')
    build(tmp_path, "https://voorbeeld.nl/boek/")
    assert {path: path.stat().st_mtime_ns for path in pictures.rglob("*.png")} == drawn

    (tmp_path / "deel" / "een.md").unlink()
    (tmp_path / "index.md").write_text("# Begin\n")
    build(tmp_path, "https://voorbeeld.nl/boek/")
    assert [path.name for path in pictures.rglob("*.png")] == ["index.png"]
