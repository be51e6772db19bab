"""What the theme gets from this book: words in the language of the edition, templates, styles and one script.

The theme has no Dutch translation; ``book/locale/<language>.po`` holds its words. Sphinx reads compiled
catalogues, so the file is compiled into the build folder first. The templates in ``book/templates/theme`` replace
what the theme puts around an article, and with it all the theme's scripts. Styles are pruned when every page is
written (`book.styles`).
"""

from __future__ import annotations

import itertools
import re
import shutil
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from sphinx.application import Sphinx
from sphinx.config import Config

from book.styles import page_styles
from data.language import gettext

BOOK_FOLDER = Path(__file__).parent
ASSETS = BOOK_FOLDER / "assets"
STYLES = "kinderarmoede.css"
SCRIPT = "kinderarmoede.js"
SCRIPT_PARTS = (
    "common", "state", "figure", "table", "picture", "download", "combobox", "map", "chart", "explorer", "links", "filter",
    "municipalities", "start", "theme",
)  # fmt: skip
FOOTER_PAGES = ("bronnen", "toegankelijkheid")
SEARCH_SCRIPT = "book_search.js"
PANDAS_TABLE = re.compile(r"<div>\s*<style scoped>.*?</style>\s*(<table border=\"1\" class=\"dataframe\">.*?</table>)", re.DOTALL)
UNUSED_STATIC = ("scripts", "vendor", "locales", "styles", "images", "mystnb.*.css", "basic.css", "pygments.css", "*.map")


def add_words(app: Sphinx, config: Config) -> None:
    """Compile the theme's words and add them to those of Sphinx."""
    target = Path(app.doctreedir) / "locale"
    source = BOOK_FOLDER / "locale" / f"{config.language}.po"
    if not source.exists():
        return
    compiled = target / config.language / "LC_MESSAGES" / "sphinx.mo"
    compiled.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as words, compiled.open("wb") as file:
        write_mo(file, read_po(words))
    app.add_message_catalog("sphinx", str(target))


def combined_script() -> str:
    """Return the parts of the book's script as one, in the order in which they need each other."""
    parts = "\n".join((ASSETS / "scripts" / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPT_PARTS)
    return f'(() => {{\n"use strict";\nconst script = document.currentScript;\n{parts}}})();\n'


def combined_styles() -> str:
    """Return the parts of the book's styles as one, in alphabetical order, without comments."""
    styles = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ASSETS / "styles").glob("*.css")))
    return re.sub(r"/\*.*?\*/\n?", "", styles, flags=re.S)


def mode_script() -> str:
    """Return the script in the head of each page: light or dark, before the first text is painted."""
    return (ASSETS / "mode.js").read_text(encoding="utf-8").strip()


def add_assets(app: Sphinx, config: Config) -> None:
    """Serve the book's script from the folder of static files, and let its templates go before the theme's."""
    target = Path(app.doctreedir) / "assets"
    target.mkdir(parents=True, exist_ok=True)
    (target / SCRIPT).write_text(combined_script(), encoding="utf-8")
    (target / SEARCH_SCRIPT).write_text((ASSETS / "search.js").read_text(encoding="utf-8"), encoding="utf-8")
    config.html_static_path.append(str(target))
    config.html_favicon = str(ASSETS / "favicon.svg")
    config.templates_path.insert(0, str(BOOK_FOLDER / "templates" / "theme"))


def add_page_context(app: Sphinx, pagename: str, templatename: str, context: dict, doctree: object) -> None:
    """Give the templates of a page the names of its styles and script."""
    context |= {
        "book_styles": STYLES,
        "book_script": SCRIPT,
        "book_version": app.config.kinderarmoede_fingerprint[:8],
        "mode_script": mode_script(),
        "footer_links": [(name, app.env.titles[name].astext()) for name in FOOTER_PAGES if name in app.env.titles],
    }
    if "body" in context:  # the theme names the toggle of a code cell in English, and otherwise than it reads
        context["body"] = context["body"].replace('<summary aria-label="Toggle hidden content">', "<summary>")
        # The link of a heading is for the mouse: read aloud it would end every heading in "#"; "On this page" has the same links.
        context["body"] = re.sub(
            r'<a class="headerlink" (href="[^"]*") title="[^"]*">',
            r'<a class="headerlink" \1 aria-hidden="true" tabindex="-1">',
            context["body"],
        )
        context["body"] = usable_tables(context["body"])


def usable_tables(body: str) -> str:
    """Return a page in which the tables that pandas wrote scroll in a place of their own, by keyboard too, and have no empty headings."""
    numbers = itertools.count(1)

    def usable(match: re.Match) -> str:
        opening = f'<div class="ka-scroll" role="region" tabindex="0" aria-label="{gettext("Table")} {next(numbers)}">'
        return opening + match[1].replace("<th></th>", "<td></td>")

    return PANDAS_TABLE.sub(usable, body)


def write_styles(app: Sphinx, error: Exception | None) -> None:
    """Write the one style sheet of the site, and remove the static files of the theme that no page uses."""
    if error is not None or app.builder.format != "html":
        return
    folder = Path(app.outdir)
    static = folder / "_static"
    pages = [page for page in folder.rglob("*.html") if static not in page.parents]
    scripts = combined_script() + (static / "searchtools.js").read_text(encoding="utf-8")
    styles = page_styles(static, pages, scripts, combined_styles())
    if styles is not None:
        (static / STYLES).write_text(styles, encoding="utf-8")
    for name in UNUSED_STATIC:
        for path in static.glob(name):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("config-inited", add_words)
    app.connect("config-inited", add_assets)
    app.connect("html-page-context", add_page_context, priority=900)
    app.connect("build-finished", write_styles)
