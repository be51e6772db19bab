"""Figures on other sites: each figure of a chapter as a page of its own, for an ``iframe``, and the code that shows it.

The page has the component of the figure as it stands in the chapter, a link back, and nothing around it; style sheet and script are
those of the book. Links in it open a page of their own, so that the book never appears inside the frame. Pages of municipalities
have no such pages: there would be hundreds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx

from book.figures import FIGURE_CLASS, template_environment
from book.publishing import security_policy
from book.theme import SCRIPT, STYLES, mode_script

FOLDER = "insluiten"
PLACE = "<!-- embed -->"
HEIGHTS = {"map": 1400, "chart": 920, "table": 1000, "timeline": 1200, "explorer": 1400}


def embed_name(page: str, figure: str) -> str:
    """Return the address of the page of a figure in the site.

    >>> embed_name("halvering", "kaart")
    'insluiten/halvering--kaart.html'
    """
    return f"{FOLDER}/{page.replace('/', '--')}--{figure}.html"


def figures_in(doctree: nodes.document) -> Iterator[nodes.raw]:
    """Return the figures of a chapter."""
    return (node for node in list(doctree.findall(nodes.raw)) if FIGURE_CLASS in node["classes"])


def read_figure(html: str) -> dict[str, str]:
    """Return name, kind and title (as HTML) of the component of a figure."""
    name, kind = re.search(r'<figure class="ka-figure[^"]*" id="([^"]+)" data-kind="([^"]+)"', html).groups()
    return {"name": name, "kind": kind, "title": re.search(r'<p class="ka-title">(.*?)</p>', html, re.S)[1]}


def embed_code(address: str, title: str, kind: str) -> str:
    """Return the code for another site.

    Parameters
    ----------
    address : str
        Of the page of the figure.
    title : str
        Title of the figure, as HTML.
    kind : str
        Key of `HEIGHTS`, which are in pixels; what does not fit scrolls.
    """
    code = Markup('<iframe src="{}" title="{}" width="100%" height="{}" loading="lazy" style="border: 0"></iframe>')
    return str(code.format(address, Markup(title), HEIGHTS[kind]))


def offer_code(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the code to embed a figure among its downloads."""
    base = app.config.html_baseurl
    template = template_environment().get_template("embed_code.html")
    for node in figures_in(doctree):
        html = node.astext()
        figure = read_figure(html)
        name = embed_name(docname, figure["name"])
        code = embed_code(urljoin(base, name) if base else name, figure["title"], figure["kind"])
        offer = template.render(figure=figure | {"title": Markup(figure["title"])}, code=code, complete=bool(base))
        node.replace_self(nodes.raw(text=html.replace(PLACE, offer.strip(), 1), format="html", classes=[FIGURE_CLASS]))


def alone(html: str, back: str) -> str:
    """Return the component of a figure for a page of its own.

    Parameters
    ----------
    html : str
        As in the chapter.
    back : str
        Relative address of the folder of the chapter.
    """
    html = html.replace(PLACE, "", 1)
    html = re.sub(r'<p class="ka-title">(.*?)</p>', r'<h1 class="ka-title">\1</h1>', html, count=1, flags=re.S)
    html = re.sub(r'(<a\b[^>]*?) href="(?!#|[a-z]+:)', rf'\1 href="{back}', html)
    return re.sub(r'<a\b(?![^>]*? href="#)', '<a target="_blank" rel="noopener"', html)


def write_pages(app: Sphinx, error: Exception | None) -> None:
    """Write the page of every figure of every chapter, and remove those of figures that are gone."""
    if error is not None or app.builder.format != "html":
        return
    folder = Path(app.outdir) / FOLDER
    folder.mkdir(exist_ok=True)
    template = template_environment().get_template("embed.html")
    shared = {
        "language": app.config.language,
        "publication": app.config.html_title or app.config.project,
        "styles": f"../_static/{STYLES}?v={app.config.kinderarmoede_fingerprint[:8]}",
        "script": f"../_static/{SCRIPT}?v={app.config.kinderarmoede_fingerprint[:8]}",
        "mode_script": mode_script(),
        "security_policy": security_policy(mode_script()),
    }
    written = set()
    for docname in sorted(app.env.found_docs):
        page = f"../{docname}.html"
        for node in figures_in(app.env.get_doctree(docname)):
            html = node.astext()
            figure = read_figure(html)
            path = Path(app.outdir) / embed_name(docname, figure["name"])
            content = template.render(
                figure=figure | {"title": Markup(figure["title"])},
                component=alone(html, page.rpartition("/")[0] + "/"),
                chapter=f"{page}#{figure['name']}",
                canonical=urljoin(app.config.html_baseurl, f"{docname}.html") if app.config.html_baseurl else "",
                **shared,
            )
            path.write_text(content, encoding="utf-8")
            written.add(path)
    for path in set(folder.iterdir()) - written:
        path.unlink()


def setup(app: Sphinx) -> None:
    """Register with Sphinx; pages are written after those that are gone are removed, and before the styles are pruned."""
    app.connect("doctree-resolved", offer_code)
    app.connect("build-finished", write_pages, priority=200)
