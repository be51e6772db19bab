"""The page about `data` and `widgets` for who programs: signature, example and full explanation of a name come from the code.

The directive ``python-name`` makes a section of one name. What stands in it explains the name in Dutch; the example is that of the
docstring, which a test runs. The directive ``python-example`` shows an example of ``book/examples``, which a test runs too.
"""

from __future__ import annotations

import importlib
import inspect
import re
import textwrap
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from book.figures import template_environment
from data.language import gettext
from data.suggestions import unknown_name

PACKAGES = ("data", "widgets")
EXAMPLES_FOLDER = Path(__file__).parent / "examples"
EXAMPLES = re.compile(r"\n+Examples\n-+\n")
WIDTH = 76


def find(name: str) -> object:
    """Return what a dotted name stands for: ``data.fact``, or ``widgets.explorer.Explorer.set`` for a method.

    Raises
    ------
    UnknownName
        When there is no such name; the message names what looks like it.
    """
    parts = name.split(".")
    start = next((place for place, part in enumerate(parts) if place > 1 and part[0].isupper()), 1)
    module = ".".join(parts[:start])
    if parts[0] not in PACKAGES:
        raise unknown_name(gettext("There is no module ‘{name}’.", name=parts[0]), parts[0], PACKAGES)
    found: object = importlib.import_module(module)
    for part in parts[start:]:
        known = [other for other in dir(found) if not other.startswith("_")]
        if part not in known:
            raise unknown_name(gettext("{module} has no ‘{name}’.", module=module, name=part), part, known)
        found = getattr(found, part)
    return found


def shown_name(name: str) -> str:
    """Return a name as a reader writes it: a method after its class.

    >>> shown_name("data.fact"), shown_name("widgets.explorer.Explorer.set")
    ('data.fact', 'Explorer.set')
    """
    parts = name.split(".")
    return ".".join(parts[-2:])


def signature(name: str) -> str:
    """Return how a function or class is called, without types, in lines that fit a page.

    >>> signature("data.harmonise")
    'data.harmonise(frame, to=2025)'
    """
    thing = find(name)
    if isinstance(thing, type) and issubclass(thing, Exception):
        return shown_name(name)
    parameters = [one.replace(annotation=one.empty) for one in inspect.signature(thing).parameters.values() if one.name != "self"]
    given = re.sub(r"<factory>|<class '[^']*'>", "...", str(inspect.Signature(parameters)))
    return "\n".join(textwrap.wrap(shown_name(name) + given, WIDTH, subsequent_indent="    ", break_on_hyphens=False))


def docstring(name: str) -> tuple[str, str]:
    """Return the explanation and the example in the docstring of a name.

    Raises
    ------
    ValueError
        When it has no example.
    """
    text, *example = EXAMPLES.split(inspect.getdoc(find(name)) or "")
    if not example:
        raise ValueError(f"{name} has no example in its docstring.")
    return text.strip(), example[0].strip()


class PythonName(SphinxDirective):
    """Directive ``python-name``: a section about one name; its argument is the name, its content the explanation for the reader."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the section."""
        (name,) = self.arguments
        try:
            call, (explanation, example) = signature(name), docstring(name)
        except (LookupError, ValueError) as error:
            raise self.error(str(error)) from None
        title = shown_name(name)
        section = nodes.section(ids=[nodes.make_id(title)], names=[title.lower()])
        self.state.document.note_explicit_target(section)
        section += nodes.title("", title)
        section += nodes.literal_block(call, call, language="python")
        self.state.nested_parse(self.content, self.content_offset, section)
        section += nodes.literal_block(example, example, language="pycon")
        html = template_environment().get_template("python_docstring.html").render(text=explanation)
        section += nodes.raw(text=html, format="html")
        return [section]


class PythonExample(SphinxDirective):
    """Directive ``python-example``: a session with Python; its argument is the name of a file in ``book/examples``, without ``.pycon``."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the session as code."""
        text = (EXAMPLES_FOLDER / f"{self.arguments[0]}.pycon").read_text(encoding="utf-8").strip()
        return [nodes.literal_block(text, text, language="pycon")]


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_directive("python-name", PythonName)
    app.add_directive("python-example", PythonExample)
