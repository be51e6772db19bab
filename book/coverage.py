"""What the book uses of its facts and measures: a report that the build itself makes.

Every fact of the ledger and of the context figures, and every measure, either stands in a chapter or only on the page of sources. The
directive ``coverage`` shows which. Four uses are told apart, each read from what the pages hold:

- in the text: a citation (`book.citations` keeps them);
- in code: a cell of the chapter's notebook names the fact, for example ``data.fact("...")``;
- behind a figure: the fact stands in a table that a figure of the chapter names as its source, and its value in the figure's own table;
- measures: the title of the measure stands in a table or timeline of the chapter.

Code in `data` and `widgets` that looks up a fact by itself is not counted, so the report never claims too much. A page with the
directive is written again when any of this changes.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import lru_cache
from pathlib import Path

import nbformat
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors import EnvironmentCollector
from sphinx.util.docutils import SphinxDirective

from book.citations import CITATIONS, topic_words
from book.figures import FIGURE_CLASS, template_environment
from book.glossary import TERMS
from book.links import changed
from data.facts import Fact, fact, facts
from data.language import gettext, language
from data.package import describe, table, table_names

ABOUT_PAGES = (CITATIONS.page, TERMS.page, "verantwoording")
MEASURES_PAGE = "maatregelen"
FACT_TABLES = ("ledger", "context")
NUMBER = re.compile(r"-?\d+(\.\d+)?")
FACT_COLUMNS = {"fact_id", "fact_ids"}


class Coverage(nodes.General, nodes.Element):
    """Place of the report: filled when the page is written, because only then all pages are known."""


class CoverageDirective(SphinxDirective):
    """Directive ``coverage``: which facts and measures stand in which chapter, and which only on the page of sources."""

    def run(self) -> list[nodes.Node]:
        """Return the place of the report."""
        return [Coverage()]


@lru_cache
def facts_behind(name: str) -> frozenset[str]:
    """Return the facts that a table is made of, by its columns of facts; none when it has no such column."""
    columns = FACT_COLUMNS & {field["name"] for field in describe(name)["schema"]["fields"]}
    if name in FACT_TABLES or not columns:
        return frozenset()
    frame = table(name)
    named = {fact_id for column in columns for cell in frame[column].dropna() for fact_id in cell.split()}
    return frozenset(named.intersection(known.fact_id for known in facts()))


def facts_shown(tables: list[str], cells: list[str]) -> set[str]:
    """Return the facts behind the tables that a figure names as its sources, as far as their value stands in the figure's own table."""
    numbers = {float(cell) for cell in cells if NUMBER.fullmatch(cell)}
    candidates = [fact(fact_id) for name in tables for fact_id in facts_behind(name)]
    return {known.fact_id for known in candidates if float(known.value) in numbers or known.text in cells}


def facts_in_code(path: Path) -> set[str]:
    """Return the facts that the code cells of a notebook name."""
    if path.suffix != ".ipynb":
        return set()
    known = {one.fact_id for one in facts()}
    cells = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    texts = {node.value for cell in cells for node in ast.walk(ast.parse(cell)) if isinstance(node, ast.Constant)}
    return {text for text in texts if isinstance(text, str) and text in known}


def measure_titles() -> dict[str, str]:
    """Return the title of each measure, by its id."""
    return dict(table("measures").set_index("measure_id")[f"title_{language()}"])


class UseCollector(EnvironmentCollector):
    """Keeps for each page which facts its code and figures use and which measures it shows."""

    def process_doc(self, app: Sphinx, doctree: nodes.document) -> None:
        """Read a page."""
        figures = [node for node in doctree.findall(nodes.raw) if FIGURE_CLASS in node.get("classes", [])]
        texts = {text for figure in figures for text in figure["cells"]}
        uses_of(app.env)[app.env.docname] = {
            "code": facts_in_code(Path(app.env.doc2path(app.env.docname))),
            "figure": {fact_id for figure in figures for fact_id in facts_shown(figure["tables"], figure["cells"])},
            "measures": {measure_id for measure_id, title in measure_titles().items() if title in texts},
            "report": any(True for _ in doctree.findall(Coverage)),
        }

    def clear_doc(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Forget a page that is read again or is gone."""
        uses_of(env).pop(docname, None)

    def merge_other(self, app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment) -> None:
        """Take over what another process read."""
        uses_of(env).update({docname: uses_of(other)[docname] for docname in docnames})

    def get_updated_docs(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Have pages with a report written again when it is no longer right."""
        pages = [page for page, uses in uses_of(env).items() if uses["report"]]
        return pages if changed(env, "coverage", report(env)) else []


def uses_of(env: BuildEnvironment) -> dict[str, dict]:
    """Return the uses of each page as the environment keeps them."""
    if not hasattr(env, "kinderarmoede_uses"):
        env.kinderarmoede_uses = {}
    return env.kinderarmoede_uses


def chapters(env: BuildEnvironment) -> list[str]:
    """Return the pages that count as a chapter, in the order of the book: all but those about the book itself."""
    return [page for page in env.collect_relations() if page not in ABOUT_PAGES]


def report(env: BuildEnvironment) -> dict:
    """Return what is used where.

    Returns
    -------
    dict
        ``pages``: chapters as (page, title); ``cited``, ``computed`` and ``measures``: fact or measure to the chapters that cite it,
        that use it in code or behind a figure, or that show it, in the order of the book.
    """
    result: dict = {"pages": [(page, env.titles[page].astext()) for page in chapters(env)], "cited": {}, "computed": {}, "measures": {}}
    for page, _ in result["pages"]:
        uses = uses_of(env).get(page, {"code": set(), "figure": set(), "measures": set()})
        found = {
            "cited": {fact_id for fact_id, _ in CITATIONS.collected(env).get(page, [])},
            "computed": uses["code"] | uses["figure"],
            "measures": uses["measures"],
        }
        for kind, names in found.items():
            for name in names:
                result[kind].setdefault(name, []).append(page)
    return result


def topic_rows(found: dict) -> list[dict]:
    """Return the counts per topic of the ledger, those of the context figures last.

    Parameters
    ----------
    found : dict
        As `report` returns it.

    Returns
    -------
    list of dict
        ``title``; ``all``, the number of facts; ``cited`` in the text; ``computed``, not in the text but in code or behind a figure;
        ``sources``, only on the page of sources; and ``facts``, each fact of the ledger with its chapters.
    """
    words = topic_words()
    groups: dict[str, list[Fact]] = {topic: [] for topic in sorted(words, key=lambda topic: words[topic].casefold())} | {"": []}
    for known in facts():
        groups[known.topic].append(known)
    rows = []
    for topic, members in groups.items():
        uses = Counter(use_of(known.fact_id, found) for known in members)
        counts = {"all": len(members)} | {use: uses[use] for use in ("cited", "computed", "sources")}
        title = words.get(topic) or gettext("Other public sources")
        listed = [(known, found["cited"].get(known.fact_id, []), found["computed"].get(known.fact_id, [])) for known in members if topic]
        rows.append({"title": title, "topic": topic, "facts": listed} | counts)
    return rows


def use_of(fact_id: str, found: dict) -> str:
    """Return the strongest use of a fact: ``cited``, ``computed`` or ``sources`` (only on the page of sources)."""
    return next((kind for kind in ("cited", "computed") if fact_id in found[kind]), "sources")


def chapter_rows(found: dict) -> list[dict]:
    """Return per chapter how many different facts it cites, uses otherwise, and how many measures it shows; empty chapters are left out."""
    rows = []
    for page, title in found["pages"]:
        counts = {kind: sum(page in pages for pages in found[kind].values()) for kind in ("cited", "computed", "measures")}
        if any(counts.values()):
            rows.append({"page": page, "title": title} | counts)
    return rows


def coverage_html(app: Sphinx, docname: str) -> str:
    """Return the report as HTML, with links as seen from a page."""
    found = report(app.env)
    measures = measure_titles()
    elsewhere = {measure_id: [page for page in found["measures"].get(measure_id, []) if page != MEASURES_PAGE] for measure_id in measures}
    rows = topic_rows(found)
    return (
        template_environment()
        .get_template("coverage.html")
        .render(
            topics=rows,
            total={kind: sum(row[kind] for row in rows) for kind in ("all", "cited", "computed", "sources")},
            chapters=chapter_rows(found),
            titles=dict(found["pages"]),
            address=lambda page: app.builder.get_relative_uri(docname, page),
            sources=app.builder.get_relative_uri(docname, CITATIONS.page),
            measures={
                "all": len(measures),
                "shown": sum(MEASURES_PAGE in pages for pages in found["measures"].values()),
                "elsewhere": sum(map(bool, elsewhere.values())),
            },
            tables=[describe(name)["title_nl"] for name in table_names() if facts_behind(name)],
        )
    )


def fill_reports(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the report in its place on the page."""
    for place in list(doctree.findall(Coverage)):
        place.replace_self(nodes.raw(text=coverage_html(app, docname), format="html"))


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_node(Coverage)
    app.add_directive("coverage", CoverageDirective)
    app.add_env_collector(UseCollector)
    app.connect("doctree-resolved", fill_reports)
