"""A picture of each page for those who share it: its title, the name of the book, and a map of the Netherlands.

A page with a map gets the colours of that map in its last year, another page a map without figures. Networks want an
absolute address, so pictures are drawn only when `html: baseurl` in ``_config.yml`` says where the site stands. They
are PNG files in ``_static/previews``. Each carries a fingerprint of all that is in it and is drawn again only when
that has changed. The font comes with the book, because a machine that builds it may have none, and the one that
Pillow brings lacks accents.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import lru_cache
from html import unescape
from pathlib import Path
from unicodedata import normalize
from urllib.parse import urljoin

from PIL import Image, ImageDraw, ImageFont, PngImagePlugin
from sphinx.application import Sphinx

from book.maps import bounds, rings
from data.geography import CREDIT, MapPaths, web_paths
from data.language import gettext
from widgets.style import MAP_COLOURS

FOLDER = "_static/previews"
FONT = Path(__file__).parent / "assets" / "fonts" / "DejaVuSerifCondensed-Bold-latin.ttf"
SIZE = (1200, 630)
MARGIN = 64
DRAWN_LARGER = 2
MAP_HEIGHT = 538
TITLE_SIZES = range(66, 33, -4)
TITLE_HEIGHT = 370
BOOK_SIZE = 28
CREDIT_SIZE = 18
LINE = 1.22
COLOURS_IN_FILE = 96
PAPER, INK, MUTED, ACCENT, LAND, ABSENT = "#FFFEFB", "#1D2126", "#545B64", "#B5313A", "#E6DFD0", "#D5D5D5"
BORDER, PROVINCE_BORDER = "#FFFEFB", "#8C8577"


def map_colours(html: str) -> dict[str, str]:
    """Return the colour of each municipality in the first map of a page, as it stands there; empty when there is no map.

    Parameters
    ----------
    html : str
        The body of the page, with maps as ``templates/map.html`` writes them: in their last year.
    """
    areas = re.search(r'<g class="ka-areas">(.*?)</g>', html, re.DOTALL)
    found = re.findall(r'<path class="(?:class-(\d)|absent-\w+)" data-code="(\w+)"', areas[1]) if areas else []
    return {code: MAP_COLOURS[int(number)] if number else ABSENT for number, code in found}


@lru_cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT, size, layout_engine=ImageFont.Layout.BASIC)


def wrap(text: str, size: int, width: int) -> list[str]:
    """Break a text into lines that fit a width in pixels; a word that is too long by itself is broken too."""
    font = _font(size)
    lines = [""]
    for word in text.split():
        while font.getlength(word) > width:
            part = next(length for length in range(len(word), 0, -1) if font.getlength(word[:length]) <= width)
            lines += [word[:part], ""]
            word = word[part:]
        joined = f"{lines[-1]} {word}".strip()
        lines = [*lines[:-1], joined] if font.getlength(joined) <= width else [*lines, word]
    return [line for line in lines if line]


def fit(text: str, width: int, height: int) -> tuple[int, list[str]]:
    """Return the largest of `TITLE_SIZES` in which a text fits without a broken word, and its lines.

    In the smallest size lines that do not fit any more are left out, and an ellipsis says so.
    """
    for size in TITLE_SIZES:
        rows = int(height / (size * LINE))
        if size != TITLE_SIZES[-1] and _font(size).getlength(text) > rows * width:
            continue
        lines = wrap(text, size, width)
        if len(lines) <= rows and max(map(_font(size).getlength, text.split()), default=0) <= width:
            return size, lines
    if len(lines) <= rows:
        return size, lines
    return size, [*lines[: rows - 1], wrap(lines[rows - 1], size, width - size)[0].rstrip(",;:") + "…"]


def draw_map(paths: MapPaths, colours: Mapping[str, str]) -> Image.Image:
    """Draw the municipalities `MAP_HEIGHT` pixels high, each in its colour or all in the colour of land."""
    width, height = map(float, paths.view_box.split()[2:])
    scale = MAP_HEIGHT * DRAWN_LARGER / height
    image = Image.new("RGB", (round(width * scale), MAP_HEIGHT * DRAWN_LARGER), PAPER)
    draw = ImageDraw.Draw(image)

    def placed(path: str) -> list[list[tuple[float, float]]]:
        return [[(x * scale, y * scale) for x, y in ring] for ring in rings(path)]

    def extent(path: str) -> int:
        west, north, east, south = bounds(path)
        return (east - west) * (south - north)

    for code, path in sorted(paths.municipalities.items(), key=lambda area: -extent(area[1])):  # an enclave comes on top
        for ring in placed(path):
            draw.polygon(ring, fill=colours.get(code, LAND))
            draw.line([*ring, ring[0]], fill=BORDER, width=1)
    for line in placed(paths.province_borders):
        draw.line(line, fill=PROVINCE_BORDER, width=DRAWN_LARGER, joint="curve")
    return image.reduce(DRAWN_LARGER)


def draw_preview(title: str, book: str, colours: Mapping[str, str]) -> Image.Image:
    """Draw the picture of a page.

    Parameters
    ----------
    title, book : str
        Title of the page and name of the book.
    colours : mapping of str to str
        Municipality code to colour; empty for a map without figures.
    """
    image = Image.new("RGB", SIZE, PAPER)
    country = draw_map(web_paths(), colours)
    left = SIZE[0] - MARGIN + 8 - country.width
    image.paste(country, (left, (SIZE[1] - country.height) // 2))
    draw = ImageDraw.Draw(image)
    width = left - MARGIN - 16
    draw.rectangle((MARGIN, MARGIN, MARGIN + 72, MARGIN + 7), fill=ACCENT)
    size, lines = fit(title, width, TITLE_HEIGHT)
    for number, line in enumerate(lines):
        draw.text((MARGIN, MARGIN + 34 + number * size * LINE), line, fill=INK, font=_font(size))
    bottom = SIZE[1] - MARGIN + 8
    draw.text((MARGIN, bottom), gettext("Map: {credit}", credit=CREDIT), fill=MUTED, font=_font(CREDIT_SIZE), anchor="ls")
    below = wrap(book, BOOK_SIZE, width) if book != title else []
    for number, line in enumerate(reversed(below)):
        draw.text((MARGIN, bottom - 36 - number * BOOK_SIZE * LINE), line, fill=INK, font=_font(BOOK_SIZE), anchor="ls")
    return image


def fingerprint(title: str, book: str, colours: Mapping[str, str]) -> str:
    """Return a hash of all that determines a picture: its words, colours, borders, font and this module."""
    digest = hashlib.sha256(repr((title, book, sorted(colours.items()), web_paths())).encode())
    for path in (FONT, Path(__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def write_preview(path: Path, title: str, book: str, colours: Mapping[str, str]) -> bool:
    """Write the picture of a page, unless the file has it already; return whether it was drawn."""
    title, book = (normalize("NFC", text) for text in (title, book))
    expected = fingerprint(title, book, colours)
    if path.exists():
        with Image.open(path) as present:
            if present.info.get("fingerprint") == expected:
                return False
    about = PngImagePlugin.PngInfo()
    about.add_text("fingerprint", expected)
    path.parent.mkdir(parents=True, exist_ok=True)
    reduced = draw_preview(title, book, colours).quantize(COLOURS_IN_FILE, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    reduced.save(path, format="PNG", pnginfo=about)
    return True


def add_preview(app: Sphinx, pagename: str, templatename: str, context: dict, doctree: object) -> None:
    """Draw the picture of a page of the book, or take that of the page it names, and give the templates its address and what it shows."""
    base = app.config.html_baseurl
    shared = context.get("preview_of")
    if (doctree is None and not shared) or not base or app.builder.format != "html":
        return
    if shared:
        title = app.env.titles[shared].astext()
        context["preview"] = preview_words(urljoin(base, f"{FOLDER}/{shared}.png"), title)
        return
    title = unescape(re.sub(r"<[^>]*>", "", context["title"]))
    file = f"{FOLDER}/{pagename}.png"
    colours = map_colours(context.get("body", ""))
    write_preview(Path(app.outdir) / file, title, unescape(context["docstitle"]), colours)
    context["preview"] = preview_words(urljoin(base, file), title)


def preview_words(address: str, title: str) -> dict:
    """Return what the templates say of a picture."""
    alternative = gettext("The title of this page beside a map of the Netherlands: {title}", title=title)
    return {"address": address, "size": SIZE, "alternative": alternative}


def remove_former_previews(app: Sphinx, error: Exception | None) -> None:
    """Remove pictures of pages that are gone, and all when the address of the site is not known any more."""
    if error is not None or app.builder.format != "html":
        return
    folder = Path(app.outdir) / FOLDER
    pages = app.env.found_docs if app.config.html_baseurl else set()
    for path in folder.rglob("*.png"):
        if path.relative_to(folder).with_suffix("").as_posix() not in pages:
            path.unlink()


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("html-page-context", add_preview, priority=950)
    app.connect("build-finished", remove_former_previews)
