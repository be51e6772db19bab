"""Figures on other sites: each figure of a page as a page of its own, for an ``iframe``, and the code that shows it.

That page has the component of the figure as it stands in the book, a link back, and nothing around it; style sheet and script are
those of the book. Links in it open a page of their own, so that the book never appears inside the frame. Figures of chapters are
found in what Sphinx read; `book.municipalities` gives those of the pages of municipalities while it makes these.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urljoin

from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx

from book.figures import FIGURE_CLASS, template_environment
from book.publishing import FRAMES, security_policy
from book.theme import SCRIPT, STYLES, mode_script

PLACE = "<!-- embed -->"
NARROW, WIDE = 320, 600
HEIGHTS = {  # of what stands around the texts, in pixels, in a frame of width NARROW and of WIDE or more
    "chart": (720, 680), "map": (780, 900), "explorer": (1160, 680), "table": (1150, 900), "timeline": (1300, 1100),
}  # fmt: skip
LETTER, LEGEND_ENTRY = (0.62, 0.26), (50, 40)
EXPLORER_PARTS = {'class="ka-drawing ka-plot"': (850, 770), 'class="ka-areas"': (1070, 1115)}


def embed_name(page: str, figure: str) -> str:
    """Return the address of the page of a figure in the site.

    >>> embed_name("halvering", "kaart")
    'insluiten/halvering--kaart.html'
    """
    return f"{FRAMES}/{page.replace('/', '--')}--{figure}.html"


def figures_in(doctree: nodes.document) -> Iterator[nodes.raw]:
    """Return the figures of a chapter."""
    return (node for node in list(doctree.findall(nodes.raw)) if FIGURE_CLASS in node["classes"])


def read_figure(html: str) -> dict[str, str]:
    """Return name, kind and title (as HTML) of the component of a figure."""
    name, kind = re.search(r'<figure class="ka-figure[^"]*" id="([^"]+)" data-kind="([^"]+)"', html).groups()
    return {"name": name, "kind": kind, "title": re.search(r'<p class="ka-title">(.*?)</p>', html, re.S)[1]}


def frame_heights(html: str) -> tuple[int, int]:
    """Estimate how high a frame must be for a figure, from its texts and its parts; a table or timeline scrolls inside it.

    Parameters
    ----------
    html : str
        The component of the figure.

    Returns
    -------
    tuple of int
        Pixels in a frame of width `NARROW`, and of `WIDE` or more.
    """
    kind = read_figure(html)["kind"]
    texts = re.findall(r'<p class="ka-(?:title|subtitle|note|credit)">(.*?)</p>', html, re.S)
    letters = sum(len(re.sub(r"<[^>]*>", "", text)) for text in texts)
    entries = html.count('class="ka-symbol"') + html.count('class="ka-swatch')
    counts = [(HEIGHTS[kind], 1), (LETTER, letters), (LEGEND_ENTRY, entries)]
    if kind == "explorer":
        counts += [(part, html.count(mark)) for mark, part in EXPLORER_PARTS.items()]
    narrow, wide = (math.ceil(sum(part[width] * count for part, count in counts)) for width in (0, 1))
    return narrow, wide


def embed_code(address: str, title: str, heights: tuple[int, int]) -> str:
    """Return the code for another site.

    Parameters
    ----------
    address : str
        Of the page of the figure.
    title : str
        Title of the figure, as HTML.
    heights : tuple of int
        See `frame_heights`. The frame takes a height between them by the width of the screen: on a phone it is about as wide.
    """
    narrow, wide = heights
    slope = (narrow - wide) / (WIDE - NARROW)
    fluid = f"clamp({wide}px, {narrow + round(slope * NARROW)}px - {round(100 * slope)}vw, {narrow}px)"
    code = Markup('<iframe src="{}" title="{}" width="100%" height="{}" loading="lazy" style="border: 0; height: {}"></iframe>')
    return str(code.format(address, Markup(title), wide, fluid))


def with_code(html: str, page: str, base: str) -> str:
    """Return the component of a figure with the code to embed it among its downloads.

    Parameters
    ----------
    html : str
        The component.
    page : str
        Name of the page that it stands on, for example ``gemeenten/gm0363-amsterdam``.
    base : str
        Address of the site; empty when it is not known.
    """
    figure = read_figure(html)
    name = embed_name(page, figure["name"])
    code = embed_code(urljoin(base, name) if base else name, figure["title"], frame_heights(html))
    template = template_environment().get_template("embed_code.html")
    offer = template.render(figure=figure | {"title": Markup(figure["title"])}, code=code, complete=bool(base))
    return html.replace(PLACE, offer.strip(), 1)


def offer_code(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the code to embed a figure of a chapter among its downloads."""
    for node in figures_in(doctree):
        html = with_code(node.astext(), docname, app.config.html_baseurl)
        node.replace_self(nodes.raw(text=html, format="html", classes=[FIGURE_CLASS]))


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


def write_frame(app: Sphinx, page: str, html: str) -> None:
    """Write the page for a frame of a figure.

    Parameters
    ----------
    app : sphinx.application.Sphinx
        Of the present build; remembers the page in ``kinderarmoede_frames``.
    page : str
        Name of the page that the figure stands on.
    html : str
        Its component, without the code to embed it.
    """
    figure = read_figure(html)
    name = embed_name(page, figure["name"])
    version = app.config.kinderarmoede_fingerprint[:8]
    content = (
        template_environment()
        .get_template("embed.html")
        .render(
            figure=figure | {"title": Markup(figure["title"])},
            component=alone(html, f"../{page}".rpartition("/")[0] + "/"),
            origin=f"../{page}.html#{figure['name']}",
            canonical=urljoin(app.config.html_baseurl, f"{page}.html") if app.config.html_baseurl else "",
            language=app.config.language,
            publication=app.config.html_title or app.config.project,
            styles=f"../_static/{STYLES}?v={version}",
            script=f"../_static/{SCRIPT}?v={version}",
            mode_script=mode_script(),
            security_policy=security_policy(mode_script()),
        )
    )
    path = Path(app.outdir) / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(content, encoding="utf-8")
    keep_frames(app, [name])


def keep_frames(app: Sphinx, names: Iterable[str]) -> None:
    """Say that pages for frames belong to the present build, by their addresses in the site."""
    app.kinderarmoede_frames |= set(names)


def begin(app: Sphinx) -> None:
    """Begin a build without pages for frames."""
    app.kinderarmoede_frames = set()


def write_pages(app: Sphinx, error: Exception | None) -> None:
    """Write the page of every figure of every chapter, and remove those of figures that are gone."""
    if error is not None or app.builder.format != "html":
        return
    for docname in sorted(app.env.found_docs):
        for node in figures_in(app.env.get_doctree(docname)):
            write_frame(app, docname, node.astext())
    for path in (Path(app.outdir) / FRAMES).glob("*"):
        if f"{FRAMES}/{path.name}" not in app.kinderarmoede_frames:
            path.unlink()


def setup(app: Sphinx) -> None:
    """Register with Sphinx; pages of chapters are written before the styles are pruned."""
    app.connect("builder-inited", begin)
    app.connect("doctree-resolved", offer_code)
    app.connect("build-finished", write_pages, priority=200)
