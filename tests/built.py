"""Read pages of the built site as HTML, each once per process."""

from __future__ import annotations

from functools import cache

from bs4 import BeautifulSoup

from tests.conftest import SITE


@cache
def parsed(name: str) -> BeautifulSoup:
    """Return a page of the built site; who changes it changes it for every test."""
    return BeautifulSoup((SITE / name).read_text(encoding="utf-8"), "html.parser")
