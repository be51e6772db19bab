"""The lesson plans: what is planned fits in the time that their heading gives."""

from __future__ import annotations

import re

import nbformat
import pytest

from book.bundle import supported_pythons
from tests.conftest import PROJECT

PAGE = (PROJECT / "chapters" / "lesgeven.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", PAGE, flags=re.MULTILINE | re.DOTALL))
LESSONS = [heading for heading in SECTIONS if heading.startswith("Les van ")]


def planned(section: str) -> list[int]:
    """Return the minutes of each row of a plan."""
    return [int(minutes) for minutes in re.findall(r"^\| (\d+) minuten \|", section, flags=re.MULTILINE)]


def test_there_are_plans_for_45_and_120_minutes_and_for_a_project():
    assert [re.search(r"\d+", heading)[0] for heading in LESSONS] == ["45", "120"]
    (project,) = (section for heading, section in SECTIONS.items() if heading.startswith("Project"))
    assert re.findall(r"^\| week (\d) \|", project, flags=re.MULTILINE) == list("123456")


@pytest.mark.parametrize("heading", LESSONS)
def test_the_minutes_of_a_plan_add_up_to_its_title(heading):
    assert len(planned(SECTIONS[heading])) >= 5
    assert sum(planned(SECTIONS[heading])) == int(re.search(r"\d+", heading)[0])


@pytest.mark.parametrize("heading", [*LESSONS, next(heading for heading in SECTIONS if heading.startswith("Project"))])
def test_each_plan_has_goals_prerequisites_and_what_is_handed_in(heading):
    for part in ("**Leerdoelen.**", "**Voorkennis.**", "**Inleveren.**"):
        assert part in SECTIONS[heading], part


def test_the_versions_of_python_on_the_page_are_those_the_book_runs_on():
    named = re.findall(r"Python (3\.\d+)", SECTIONS["Zonder Binder werken"])
    assert named == supported_pythons()
    assert re.search(r"python=(3\.\d+)", PAGE)[1] in named


def test_an_exercise_is_called_by_its_title():
    links = re.findall(r"\[([^\]]+)\]\((opdrachten/\d\d-[\w-]+\.ipynb)\)", PAGE)
    assert len(links) >= 8
    for title, path in links:
        first = nbformat.read(PROJECT / "chapters" / path, as_version=4).cells[0].source
        assert first.splitlines()[0] == f"# {title}", path
