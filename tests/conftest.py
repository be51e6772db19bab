"""Shared by all tests: the built site, a local server for it, and a browser."""

from __future__ import annotations

import functools
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from book.execution import USED_BY_CHAPTERS, fingerprint
from tests.browser import ARGUMENTS, find_browser

PROJECT = Path(__file__).resolve().parent.parent
SITE = PROJECT / "_build" / "html"


@pytest.fixture(scope="session")
def site() -> Path:
    """Return the folder of the built site."""
    if not (SITE / "index.html").exists():
        pytest.fail("The site is not built; run: make site")
    if not (SITE.parent / ".execution" / fingerprint(USED_BY_CHAPTERS)).is_dir():
        pytest.fail("The site is older than data/ or widgets/; run: make site")
    return SITE


class QuietHandler(SimpleHTTPRequestHandler):
    """Serve files without a line per request."""

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def address(site: Path) -> str:
    """Return the address of a local server of the built site."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(QuietHandler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Browser:
    """Return a headless Chromium."""
    path = find_browser()
    if not path:
        pytest.fail("There is no Chromium; run: python -m tests.install_browser")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def english(monkeypatch) -> None:
    """Have messages in English, as they stand in the code; that each has its Dutch is tested in `tests.test_language`."""
    monkeypatch.setattr("data.language._catalogue", lambda code: {})
