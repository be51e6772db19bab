"""Every example in a docstring gives what it says, and those of names for readers run as they stand."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import book
import data
import widgets
from book.python_names import EXAMPLES_FOLDER

FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
FOLDERS = (book, data, widgets)
PUBLIC = [(package, name) for package in (data, widgets) for name in package.__all__]


def modules() -> list[str]:
    found = [package.__name__ for package in FOLDERS]
    for package in FOLDERS:
        found += [
            module.name for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.") if "__main__" not in module.name
        ]
    return found


def examples(name: str) -> list[doctest.DocTest]:
    return [test for test in doctest.DocTestFinder(exclude_empty=True).find(importlib.import_module(name)) if test.examples]


def defined(package, name: str) -> str:
    """Return where a name for readers was defined, for example ``data.facts.fact``."""
    thing = getattr(package, name)
    return f"{thing.__module__}.{thing.__qualname__}"


def failures(test: doctest.DocTest) -> str:
    """Run the examples of a docstring and return what went wrong, in words."""
    said = []
    doctest.DocTestRunner(optionflags=FLAGS, verbose=False).run(test, out=said.append)
    return "".join(said)


def test_every_example_gives_what_it_says():
    apart = {defined(package, name) for package, name in PUBLIC}
    tests = [test for name in modules() for test in examples(name) if test.name not in apart]
    assert tests
    assert "".join(failures(test) for test in tests) == ""


@pytest.mark.parametrize("path", sorted(EXAMPLES_FOLDER.glob("*.pycon")), ids=lambda path: path.stem)
def test_a_session_on_the_page_gives_what_it_shows(path):
    parsed = doctest.DocTestParser().get_doctest(path.read_text(encoding="utf-8"), {}, path.name, str(path), 0)
    assert parsed.examples
    assert failures(parsed) == ""


@pytest.mark.parametrize(("package", "name"), PUBLIC, ids=lambda value: value if isinstance(value, str) else value.__name__)
def test_a_name_for_readers_has_an_example_that_runs_as_it_stands(package, name):
    parsed = doctest.DocTestParser().get_doctest(getattr(package, name).__doc__, {}, f"{package.__name__}.{name}", None, 0)
    assert parsed.examples, f"{name} has no example"
    assert failures(parsed) == ""
