"""A page for each municipality, made from data and one template while the book is built.

Sphinx asks for pages that are no documents (`collect_pages`); each gets the menu of the list of municipalities, a document of the
book, which the directive ``municipalities`` fills: a box to search names, a map to enter by, and a list per province. A build
makes the pages again only when something they show may have changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment.adapters.toctree import global_toctree_for_doc
from sphinx.util.docutils import SphinxDirective

from book.embedding import keep_frames, write_frame
from book.execution import fingerprint
from book.figures import template_environment
from book.maps import map_context
from book.municipality_pages import frame_names, page_contexts
from book.municipality_search import FOLDER, addresses, page_names, search_html, suggestions_html
from data.facts import fact
from data.language import format_number, gettext
from data.names import search_text
from data.package import table
from data.poverty_indicators import poverty_risk
from widgets.poverty_risk import poverty_risk_map

INDEX = f"{FOLDER}/index"
STAMP = "municipalities.stamp"


class Municipalities(SphinxDirective):
    """Directive ``municipalities``: search box, map, and a list of municipalities per province, each with a link to its page."""

    def run(self) -> list[nodes.Node]:
        """Return search box and map as raw HTML and a section per province, so that provinces stand in the contents of the page."""
        entrance = template_environment().get_template("municipality_map.html").render(addresses=addresses(), **entrance_map())
        result = [nodes.raw(text=search_html() + entrance, format="html")]
        areas = table("municipalities").sort_values("municipality_name", key=lambda names: names.map(search_text))
        for (code, province), members in areas.groupby(["province_code", "province_name"]):
            items = [(addresses()[member.municipality_code], member.municipality_name) for member in members.itertuples()]
            listed = template_environment().get_template("municipality_list.html").render(items=items)
            section = nodes.section(ids=[str(code).lower()], names=[str(code).lower()])
            section += [nodes.title(text=str(province)), nodes.raw(text=listed, format="html")]
            result.append(section)
        return [result[0], *sorted(result[1:], key=lambda section: section[0].astext())]


@lru_cache
def entrance_map() -> dict:
    """Return what ``templates/municipality_map.html`` shows: the map of the last year of the risk of poverty."""
    frame = poverty_risk()
    figure = poverty_risk_map(frame[frame["year"] == frame["year"].max()], "ingang")
    drawing = figure.drawing()
    context = map_context(drawing)
    names = dict(zip(drawing["codes"], drawing["names"], strict=True))
    subtitle = gettext(
        "Minors in a household with an income up to {limit} percent of the social minimum, in percent of all children, {year}",
        limit=format_number(fact("du_key_income_limit").value),
        year=context["years"][-1],
    )
    shown = {key: context[key] for key in ("areas", "borders", "view_box", "absences")}
    return shown | {"figure": figure, "subtitle": subtitle, "labels": drawing["labels"], "unit": drawing["unit"], "names": names}


def collect_pages(app: Sphinx) -> Iterator[tuple[str, dict, str]]:
    """Give Sphinx the page of each municipality, and write pages for frames of its charts, unless all are there already."""
    if app.builder.format != "html" or INDEX not in app.env.all_docs:
        return
    menu = global_toctree_for_doc(app.env, INDEX, app.builder, collapse=False, includehidden=True, maxdepth=4, titles_only=True)
    menu_html = app.builder.render_partial(menu)["fragment"].replace('href="#"', 'href="index.html"')
    state = stamp(app, menu_html)
    kept = Path(app.doctreedir) / STAMP
    files = {f"{name}.html" for name in page_names().values()} | frame_names()
    present = all((Path(app.outdir) / name).exists() for name in files)
    if present and kept.exists() and kept.read_text(encoding="utf-8") == state:
        keep_frames(app, frame_names())
        return
    for context in page_contexts(app.config.html_baseurl):
        for html in context.pop("figures"):
            write_frame(app, context["name"], html)
        yield context["name"], context | {"preview_of": INDEX, "toctree": lambda **options: menu_html}, "page.html"
    kept.write_text(state, encoding="utf-8")


def stamp(app: Sphinx, menu: str) -> str:
    """Return a hash of what the pages show: data and code of the book, its settings, and the menu beside each page."""
    settings = (fingerprint(("_config.yml",)), app.config.html_baseurl)
    return hashlib.sha256(repr((app.config.kinderarmoede_fingerprint, menu, settings)).encode()).hexdigest()


def share_menu(app: Sphinx, pagename: str, templatename: str, context: dict, doctree: object) -> None:
    """Make the menu of the pages of municipalities once: for each page anew it would take as long as all the rest."""
    if pagename in page_names().values():
        made = app.kinderarmoede_menus
        own = context["generate_toctree_html"]
        context["generate_toctree_html"] = lambda **options: made.get("menu") or made.setdefault("menu", str(own(**options)))
        context["generate_toc_html"] = lambda **options: contents_html(context["sections"])


def contents_html(sections: list[tuple[str, str]]) -> str:
    """Return the contents of a page as the theme writes them."""
    return template_environment().get_template("municipality_contents.html").render(sections=sections)


def forget_menu(app: Sphinx) -> None:
    """Begin a build without a menu."""
    app.kinderarmoede_menus = {}


def add_search(app: Sphinx, pagename: str, templatename: str, context: dict, doctree: object) -> None:
    """Give the page for wrong addresses a box to search municipalities, and that of search results those that a search may mean."""
    if templatename == "404.html":
        context["municipality_search"] = search_html()
    if pagename == "search":
        context["municipality_suggestions"] = suggestions_html()


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_directive("municipalities", Municipalities)
    app.connect("builder-inited", forget_menu)
    app.connect("html-collect-pages", collect_pages)
    app.connect("html-page-context", share_menu, priority=900)
    app.connect("html-page-context", add_search)
