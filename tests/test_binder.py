"""A student opens the book in Binder: nothing to install, every figure drawn, sliders and equations at work.

Binder itself is a service; here its steps are taken on this machine, see `tests.binder`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator

import nbformat
import pytest
from playwright.sync_api import Browser, Page

from book.launch import binder_address
from tests.binder import ERRORS, SHOWN, Environment, Session, jupyter_lab, make_environment, plots, run_all, stated_python, wait_for_cells
from tests.conftest import PROJECT
from widgets.figure import FIGURE_MEDIA_TYPE

START = "start.ipynb"
CHAPTERS = {"halvering.ipynb": True, "verkenner-85-miljoen.ipynb": True, "verkenner-bereik.ipynb": False}
LARGEST_ENVIRONMENT = 800
LARGEST_MEMORY = 700
MUNICIPALITIES = 342
BASE_OF_REPO2DOCKER = {"3.10", "3.11", "3.12", "3.13"}


def pins(name: str) -> dict[str, str]:
    lines = (PROJECT / name).read_text(encoding="utf-8").splitlines()
    return {line.partition("==")[0]: line.partition("==")[2].strip() for line in lines if "==" in line and not line.startswith(" ")}


def test_a_session_has_the_versions_of_the_book_and_not_what_only_the_book_needs():
    session, book = pins("requirements.txt"), pins("requirements-book.txt")
    assert session.items() <= book.items()
    assert set(session) >= {"jupyterlab", "ipywidgets", "pandas", "plotly", "geopandas", "sympy"}
    assert not set(session) & {"sphinx", "jupyter-book", "playwright", "pytest", "ruff", "frictionless", "topojson"}
    assert (PROJECT / "requirements.txt").read_text(encoding="utf-8").splitlines()[0] == "-e ."


def test_binder_can_make_the_environment():
    assert stated_python() in BASE_OF_REPO2DOCKER
    assert os.access(PROJECT / "postBuild", os.X_OK)
    # Were one of these there, repo2docker would read it in the place of requirements.txt.
    assert not [name for name in ("binder", ".binder", "environment.yml", "Pipfile", "Dockerfile", "setup.py") if (PROJECT / name).exists()]


def test_every_page_that_is_a_notebook_opens_in_binder_and_no_other(site):
    for page in sorted([*site.glob("*.html"), *site.glob("opdrachten/*.html")]):
        name = page.relative_to(site).with_suffix(".ipynb").as_posix()
        links = re.findall(r'<a href="(https://mybinder\.org/[^"]*)"', page.read_text(encoding="utf-8"))
        expected = f"https://mybinder.org/v2/gh/kinderarmoede/kinderarmoede/main?urlpath=lab/tree/chapters/{name}"
        assert links == ([expected] if (PROJECT / "chapters" / name).exists() else []), page.name


def test_a_book_whose_source_is_not_on_github_has_no_button():
    assert binder_address("https://voorbeeld.nl/boek/{{path}}", "halvering.ipynb") is None
    assert binder_address("https://github.com/a/b/{{path}}", "x y.ipynb").endswith("/gh/a/b/main?urlpath=lab/tree/chapters/x%20y.ipynb")


@pytest.fixture(scope="module")
def environment() -> Environment:
    return make_environment()


@pytest.fixture(scope="module")
def session(environment) -> Iterator[Session]:
    with jupyter_lab(environment) as running:
        yield running


@pytest.fixture
def opened(session: Session, browser: Browser) -> Iterator[Callable[[str], Page]]:
    """Return a function that opens a notebook; after the test, no request may have gone to another host, and the kernel is stopped."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page, outside = context.new_page(), []
    own = (session.address, session.address.replace("http", "ws", 1), "data:", "blob:")
    context.route(lambda address: not address.startswith(own), lambda route: (outside.append(route.request.url), route.abort()))

    def open_notebook(notebook: str) -> Page:
        session.open(page, notebook)
        return page

    yield open_notebook
    session.stop_kernels()
    context.close()
    assert outside == []


def plots_expected(notebook: str) -> int:
    """Return how many Plotly figures a notebook draws: its charts and maps, and each view of an explorer."""
    cells = nbformat.read(PROJECT / "chapters" / notebook, as_version=4).cells
    figures = [output.get("data", {}).get(FIGURE_MEDIA_TYPE) for cell in cells for output in cell.get("outputs", [])]
    drawings = [figure["drawing"] for figure in figures if figure]
    parts = [part for drawing in drawings for part in drawing.get("views", [drawing])]
    return sum(part["kind"] in ("chart", "map") for part in parts)


def check_figures(page: Page, notebook: str) -> None:
    page.wait_for_function(
        "([shown, count]) => document.querySelectorAll(`${shown} .js-plotly-plot .main-svg`).length >= 3 * count",
        arg=[SHOWN, plots_expected(notebook)],
        timeout=60_000,
    )
    page.wait_for_timeout(1000)
    shown = plots(page)
    assert len(shown) == plots_expected(notebook)
    for plot in shown:
        assert plot["traces"] > 0, shown
        assert plot["drawn"] > 0, shown
    assert page.locator(f"{SHOWN} :is({ERRORS})").all_inner_texts() == []


@pytest.mark.timeout(1500)
def test_the_environment_is_small_and_has_the_stated_python_and_read_only_data(environment):
    assert environment.size() <= LARGEST_ENVIRONMENT
    with pytest.raises(RuntimeError, match="Permission denied"):
        environment.run(["bash", "-c", "echo x > data/tables/ledger.csv"])
    with pytest.raises(RuntimeError, match="make"):
        environment.run(["bash", "-c", "make --version"])
    environment.run(["python", "-c", "import data, widgets; assert data.__file__.endswith('repository/data/__init__.py')"])


@pytest.mark.timeout(600)
@pytest.mark.parametrize("notebook", CHAPTERS)
def test_a_chapter_runs_from_top_to_bottom_and_draws_every_figure(notebook, opened, session):
    page = opened(notebook)
    run_all(page)
    check_figures(page, notebook)
    maps = [plot["areas"] for plot in plots(page) if plot["areas"]]
    assert maps == ([MUNICIPALITIES] if CHAPTERS[notebook] else [])
    assert session.memory() < LARGEST_MEMORY


def drawn(page: Page) -> object:
    """Return what the first figure that a slider moves shows: the colours of its areas or the values of its lines."""
    return page.locator(f"{SHOWN} .js-plotly-plot").first.evaluate("one => one.data.map(trace => [...(trace.z || trace.y || [])])")


@pytest.mark.timeout(600)
def test_a_slider_moved_by_keyboard_changes_the_figure_and_the_results_also_after_a_broken_equation(opened):
    page = opened(START)
    run_all(page)
    check_figures(page, START)
    cells = page.locator(f"{SHOWN} .jp-CodeCell")
    handle = cells.nth(0).locator(".noUi-handle").last

    def move_and_read() -> tuple[object, str]:
        before = drawn(page)
        handle.focus()
        for _ in range(5):
            page.keyboard.press("ArrowRight")
        page.wait_for_function(
            "([shown, before]) => JSON.stringify([...document.querySelector(`${shown} .js-plotly-plot`).data].map("
            "trace => [...(trace.z || trace.y || [])])) !== JSON.stringify(before)",
            arg=[SHOWN, before],
            timeout=30_000,
        )
        run_cell(page, 1)
        return drawn(page), cells.nth(1).locator(".jp-OutputArea-output table").inner_text()

    first = (drawn(page), cells.nth(1).locator(".jp-OutputArea-output table").inner_text())
    second = move_and_read()
    assert first[1] != second[1]
    for code, said in BROKEN.items():
        run_cell(page, 2, code)
        shown = cells.nth(2).locator(ERRORS).inner_text()
        assert said in shown
        assert "Traceback" not in shown
        assert len(shown.strip().splitlines()) == 1
    third = move_and_read()
    assert second[0] != third[0]
    assert second[1] != third[1]
    run_cell(page, 2, 'halving.with_equation("path_pct", "base_pct * (1 - share(pace_pct))**(2 * elapsed_years)")')
    page.wait_for_function(
        "shown => document.querySelectorAll(`${shown} .js-plotly-plot .main-svg`).length >= 6", arg=SHOWN, timeout=30_000
    )
    assert cells.nth(2).locator(ERRORS).count() == 0


BROKEN = {
    'halving.with_equation("path_pct", "base_pct * (1 - ")': "haakje",
    'halving.with_equation("path_pct", "bas_pct")': "Bedoelt u: base_pct",
    'halving.with_equation("path_pct", "base_pct")': "maar deze geeft er maar één",
    'halving.with_equation("path", "base_pct")': "Bedoelt u: path_pct",
    'halving.with_equation("path_pct", "base_pct + target_year")': "procent",
    "halving.set(pace_pct=1000)": "loopt van",
    "halving.set(pace=5)": "Bedoelt u: pace_pct",
    'halving.results("gemeente")': "year",
}


def run_cell(page: Page, number: int, code: str | None = None) -> None:
    """Run a code cell, after other code was typed into it."""
    editor = page.locator(f"{SHOWN} .jp-CodeCell").nth(number).locator(".cm-content")
    editor.click()
    if code is not None:
        page.keyboard.press("Control+a")
        page.keyboard.press("Delete")
        page.keyboard.insert_text(code)
    page.keyboard.press("Control+Enter")
    page.wait_for_timeout(200)
    wait_for_cells(page)
