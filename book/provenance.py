"""Where the data come from and what the site was made with, as the build itself finds it.

Directives for the page that accounts for the book: ``tables`` lists every table of the data package with source, licence, trust and size;
``versions`` the edition, the fingerprint of the data and the pinned packages; ``execution-times`` how long each chapter took when it was
last executed, from what MyST-NB keeps. Times differ per machine and per build, so nothing is said to be fast or slow by them.
"""

from __future__ import annotations

import hashlib
import platform
import re
import tomllib

import yaml
from docutils import nodes
from myst_nb.sphinx_ import NbMetadataCollector
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors import EnvironmentCollector
from sphinx.util.docutils import SphinxDirective

from book.execution import PROJECT_FOLDER
from book.figures import about_source, template_environment
from book.library import version_in, whole_library
from book.links import changed
from data.language import format_date
from data.package import PACKAGE_FILE, package, table, table_names
from widgets.figure import CREDIT_PREFIX


class ExecutionTimes(nodes.General, nodes.Element):
    """Place of the table of times: filled when the page is written, because only then every chapter was executed."""


def tables() -> list[dict]:
    """Return every table for the reader.

    Returns
    -------
    list of dict
        ``title``, ``description``, ``licence``, ``licence_address`` and ``origins`` as in the source tab of a figure; ``trust``, ``credit``
        and ``rows``.
    """
    result = []
    for resource in package()["resources"]:
        if "schema" in resource:
            known = {
                "rows": len(table(resource["name"])),
                "trust": resource["trust_nl"],
                "credit": resource["credit"].removeprefix(CREDIT_PREFIX),
            }
            result.append(about_source(resource) | known)
    return result


def boundaries() -> dict:
    """Return the boundary files as one entry: title, credit, number of files, licence and origins."""
    files = [resource for resource in package()["resources"] if "schema" not in resource]
    return about_source(files[0] | {"description_nl": ""}) | {"files": len(files), "credit": files[0]["credit"].removeprefix(CREDIT_PREFIX)}


def pinned() -> dict[str, str]:
    """Return the pinned version of every package in ``requirements-book.txt``, by name; a package with several has all of them."""
    lines = (PROJECT_FOLDER / "requirements-book.txt").read_text(encoding="utf-8").splitlines()
    found: dict[str, list[str]] = {}
    for line in lines:
        if match := re.match(r"([A-Za-z0-9._-]+)==([^\s;]+)", line):
            found.setdefault(match[1], []).append(match[2])
    return {name: ", ".join(dict.fromkeys(versions)) for name, versions in found.items()}


def chosen_packages() -> list[str]:
    """Return the packages that the book itself names in ``pyproject.toml``, those for tests aside."""
    project = tomllib.loads((PROJECT_FOLDER / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    return sorted(re.match(r"[A-Za-z0-9._-]+", name)[0] for name in [*project["dependencies"], *extras["book"], *extras["session"]])


def versions() -> dict:
    """Return the edition, the data and the software of this build.

    Returns
    -------
    dict
        ``edition`` and ``released`` (``CITATION.cff``), ``python`` and ``charts`` (versions), ``chosen`` (package to version), ``others``
        (how many more are pinned), ``data`` (fingerprint of the descriptor, which holds one of every file), ``tables`` and ``rows``.
    """
    citation = yaml.safe_load((PROJECT_FOLDER / "CITATION.cff").read_text(encoding="utf-8"))
    versions = pinned()
    chosen = {name: versions[name] for name in chosen_packages()}
    return {
        "edition": citation["version"],
        "released": format_date(citation["date-released"]),
        "python": platform.python_version(),
        "charts": version_in(whole_library()[:400].decode()),
        "chosen": chosen,
        "others": len(versions) - len(chosen),
        "data": hashlib.sha256(PACKAGE_FILE.read_bytes()).hexdigest()[:16],
        "tables": len(table_names()),
        "rows": sum(len(table(name)) for name in table_names()),
    }


class Tables(SphinxDirective):
    """Directive ``tables``: every table of the data package."""

    def run(self) -> list[nodes.Node]:
        """Return the list as raw HTML."""
        html = template_environment().get_template("tables.html").render(tables=tables(), boundaries=boundaries())
        return [nodes.raw(text=html, format="html")]


class Versions(SphinxDirective):
    """Directive ``versions``: what this build was made with."""

    def run(self) -> list[nodes.Node]:
        """Return the list as raw HTML."""
        for name in ("CITATION.cff", "requirements-book.txt", "pyproject.toml"):
            self.env.note_dependency(str(PROJECT_FOLDER / name))
        return [nodes.raw(text=template_environment().get_template("versions.html").render(**versions()), format="html")]


class ExecutionTimesDirective(SphinxDirective):
    """Directive ``execution-times``: how long each chapter took when it was last executed."""

    def run(self) -> list[nodes.Node]:
        """Return the place of the table."""
        return [ExecutionTimes()]


def execution_times(env: BuildEnvironment) -> list[tuple[str, str, float]]:
    """Return page, title and seconds of each executed chapter, in the order of the book."""
    known = NbMetadataCollector.get_doc_data(env)
    data = {page: known[page].get("exec_data") for page in env.collect_relations() if page in known}
    return [(page, env.titles[page].astext(), found["runtime"]) for page, found in data.items() if found and found["runtime"] is not None]


class ExecutionTimesCollector(EnvironmentCollector):
    """Has a page with the table of times written again when a chapter was executed anew."""

    def process_doc(self, app: Sphinx, doctree: nodes.document) -> None:
        """Remember whether the page has the table."""
        pages = timed_pages(app.env)
        pages.discard(app.env.docname)
        if any(True for _ in doctree.findall(ExecutionTimes)):
            pages.add(app.env.docname)

    def clear_doc(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Forget a page that is read again or is gone."""
        timed_pages(env).discard(docname)

    def merge_other(self, app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment) -> None:
        """Take over what another process read."""
        timed_pages(env).update(timed_pages(other) & set(docnames))

    def get_updated_docs(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Have the pages with the table written again when it is no longer right."""
        return sorted(timed_pages(env)) if changed(env, "execution_times", execution_times(env)) else []


def timed_pages(env: BuildEnvironment) -> set[str]:
    """Return the pages with a table of times, as the environment keeps them."""
    if not hasattr(env, "kinderarmoede_timed_pages"):
        env.kinderarmoede_timed_pages = set()
    return env.kinderarmoede_timed_pages


def fill_times(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the times in their place on the page."""
    for place in list(doctree.findall(ExecutionTimes)):
        times = execution_times(app.env)
        rows = [(app.builder.get_relative_uri(docname, page), title, seconds) for page, title, seconds in times]
        html = template_environment().get_template("execution_times.html").render(rows=rows, total=sum(row[2] for row in rows))
        place.replace_self(nodes.raw(text=html, format="html"))


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_node(ExecutionTimes)
    app.add_directive("tables", Tables)
    app.add_directive("versions", Versions)
    app.add_directive("execution-times", ExecutionTimesDirective)
    app.add_env_collector(ExecutionTimesCollector)
    app.connect("doctree-resolved", fill_times)
