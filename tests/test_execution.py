"""A change in data or code is never served from a stale cache."""

from __future__ import annotations

import pytest

from book.execution import USED_BY_CHAPTERS, USED_BY_PAGES, fingerprint


@pytest.fixture
def project(tmp_path):
    for folder in ("data", "widgets", "book", "chapters"):
        (tmp_path / folder / "__pycache__").mkdir(parents=True)
        (tmp_path / folder / "a.py").write_text("one")
    (tmp_path / "data" / "table.csv").write_text("year,value\n2011,1\n")
    (tmp_path / "requirements-book.txt").write_text("pandas==3\n")
    return tmp_path


@pytest.mark.parametrize("changed", ["data/table.csv", "data/a.py", "widgets/a.py", "requirements-book.txt"])
def test_chapters_are_executed_anew_when_what_they_use_changes(project, changed):
    before = fingerprint(USED_BY_CHAPTERS, project)
    (project / changed).write_text("two")
    assert fingerprint(USED_BY_CHAPTERS, project) != before


@pytest.mark.parametrize("changed", ["data/b.csv", "widgets/b.py"])
def test_a_new_or_renamed_file_counts_as_a_change(project, changed):
    before = fingerprint(USED_BY_CHAPTERS, project)
    (project / changed).write_text("new")
    middle = fingerprint(USED_BY_CHAPTERS, project)
    (project / changed).rename(project / changed.replace("b.", "c."))
    assert len({before, middle, fingerprint(USED_BY_CHAPTERS, project)}) == 3


def test_pages_are_written_anew_but_chapters_not_executed_when_the_book_changes(project):
    executed, written = fingerprint(USED_BY_CHAPTERS, project), fingerprint(USED_BY_PAGES, project)
    (project / "book" / "a.py").write_text("two")
    assert fingerprint(USED_BY_CHAPTERS, project) == executed
    assert fingerprint(USED_BY_PAGES, project) != written


def test_compiled_python_is_no_change(project):
    before = fingerprint(USED_BY_PAGES, project)
    (project / "widgets" / "__pycache__" / "a.pyc").write_bytes(b"compiled")
    assert fingerprint(USED_BY_PAGES, project) == before
