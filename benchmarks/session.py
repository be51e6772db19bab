"""Measure a session with the notebooks as Binder gives it: how large it is, how soon it shows a figure, what memory it takes."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Browser

from tests.binder import jupyter_lab, make_environment, run_all

CHAPTER = "halvering.ipynb"


@dataclass(frozen=True)
class Measured:
    """What was measured: megabytes, and seconds by the clock."""

    python: str
    packages_mb: float
    start_seconds: float
    open_seconds: float
    first_figure_seconds: float
    empty_memory_mb: float
    chapter_memory_mb: float


def measure_session(browser: Browser) -> Measured:
    """Measure one session: JupyterLab starts, a chapter is opened and run from the top.

    Parameters
    ----------
    browser : Browser
        A browser that runs.
    """
    environment = make_environment()
    with jupyter_lab(environment) as session:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        empty = session.memory()
        opened = session.open(page, CHAPTER)
        first = run_all(page)
        page.wait_for_timeout(2000)
        return Measured(environment.python, environment.size(), session.start_seconds, opened, first, empty, session.memory())
