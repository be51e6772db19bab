"""Build a small book of a few pages with parts of the extension, for tests of what happens at the next build."""

from __future__ import annotations

from pathlib import Path

from bs4 import BeautifulSoup
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils


def build_small_book(folder: Path, extensions: list[str], **settings: object) -> list[str]:
    """Build the Markdown pages of a folder as they stand in its folder ``out``; return the pages that were written.

    Parameters
    ----------
    folder : Path
        With ``index.md``.
    extensions : list of str
        Parts of the book, for example ``book.citations``.
    **settings
        Configuration values of Sphinx.
    """
    written = []
    basic = {"extensions": ["myst_parser", *extensions], "exclude_patterns": ["out"], "html_theme": "basic"}
    with patch_docutils(), docutils_namespace():
        app = Sphinx(
            folder, None, folder / "out", folder / "out" / "trees", "html", basic | settings, status=None, warningiserror=True
        )  # fmt: skip
        app.connect("html-page-context", lambda app, page, *_: written.append(page))
        app.build()
    assert app.statuscode == 0
    return written


def built_page(folder: Path, page: str) -> BeautifulSoup:
    """Return a page of a small book that was built."""
    return BeautifulSoup((folder / "out" / f"{page}.html").read_text(encoding="utf-8"), "html.parser")
