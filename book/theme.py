"""What the theme gets from this book: words in the language of the edition, styles and scripts.

The theme has no Dutch translation; ``book/locale/<language>.po`` holds its words. Sphinx reads compiled
catalogues, so the file is compiled into the build folder first.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from sphinx.application import Sphinx
from sphinx.config import Config

BOOK_FOLDER = Path(__file__).parent
ASSETS = BOOK_FOLDER / "assets"
STYLES = "kinderarmoede.css"
SCRIPT = "kinderarmoede.js"
SCRIPT_PARTS = ("common", "map", "chart", "start")
CHART_LIBRARY = "plotly.min.js"


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
    """Return the parts of the book's styles as one, in alphabetical order."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted((ASSETS / "styles").glob("*.css")))


def add_assets(app: Sphinx, config: Config) -> None:
    """Serve the book's own styles and script, each in one file, from the folder of static files."""
    target = Path(app.doctreedir) / "assets"
    target.mkdir(parents=True, exist_ok=True)
    (target / SCRIPT).write_text(combined_script(), encoding="utf-8")
    (target / STYLES).write_text(combined_styles(), encoding="utf-8")
    config.html_static_path.append(str(target))
    config.html_favicon = str(ASSETS / "favicon.svg")


def add_chart_library(app: Sphinx, error: Exception | None) -> None:
    """Serve the chart library from this site: a copy of the file that the Plotly package carries."""
    if error is None and app.builder.format == "html":
        library = files("plotly") / "package_data" / CHART_LIBRARY
        (Path(app.outdir) / "_static" / CHART_LIBRARY).write_bytes(library.read_bytes())


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("config-inited", add_words)
    app.connect("config-inited", add_assets)
    app.connect("build-finished", add_chart_library)
    app.add_css_file(STYLES)
    app.add_js_file(SCRIPT, loading_method="defer")
