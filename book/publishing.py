"""What search engines, browsers and web servers ask of a page, and a search in Dutch that finds.

A description per page, a security policy, a map of the site and a page for addresses that do not exist. The last
two, and the canonical address of each page, need to know where the site stands: `html: baseurl` in
``_config.yml``. Without it there is no site map and no canonical address, and the page for wrong addresses
works in the root folder only.
"""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from xml.sax.saxutils import escape

import snowballstemmer
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.search.nl import SearchDutch

from book.municipality_search import page_names
from book.theme import mode_script

DESCRIPTION_LENGTH = 160
NOT_FOUND = "404"
FRAMES = "insluiten"
NOT_INDEXED = ("search", NOT_FOUND)


class DutchSearch(SearchDutch):
    """Dutch words cut to their stem in the same way in the index as in the browser.

    Sphinx's script cuts a query by the rules of Porter; the present `snowballstemmer` has other rules under the
    name ``dutch``, so that *streefwaarde* was in the index under a stem that no query ever has.
    """

    def init(self, options: dict[str, str]) -> None:
        """Take the rules of the script."""
        self.stemmer = snowballstemmer.stemmer("dutch_porter")


def security_policy(inline_script: str) -> str:
    """Return the Content-Security-Policy of a page: everything from this site, one known inline script, no `eval`.

    `file:` is named because browsers differ in whether a page opened from disk counts as its own source.
    """
    fingerprint = base64.b64encode(hashlib.sha256(inline_script.encode()).digest()).decode()
    own = "'self' file:"
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {own} 'sha256-{fingerprint}'",
            f"style-src {own} 'unsafe-inline'",
            f"img-src {own} data: blob:",
            f"form-action {own}",
            "base-uri 'none'",
        ]
    )


def shorten(text: str, length: int = DESCRIPTION_LENGTH) -> str:
    """Return whole sentences of a text, as many as fit; when none fits, whole words."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    sentences = re.match(rf".{{40,{length - 1}}}[.?!](?=\s)", text)
    return sentences[0] if sentences else text[: length - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def describe_page(app: Sphinx, doctree: nodes.document) -> None:
    """Keep the first paragraph of a page as its description, unless its author gave one."""
    paragraph = next((node for node in doctree.findall(nodes.paragraph) if node.astext().strip()), None)
    if paragraph is not None:
        app.env.metadata[app.env.docname].setdefault("description", shorten(paragraph.astext()))


def add_page_context(app: Sphinx, pagename: str, templatename: str, context: dict, doctree: object) -> None:
    """Give the templates of a page its description and security policy."""
    context["security_policy"] = security_policy(mode_script())
    context["description"] = app.env.metadata.get(pagename, {}).get("description") or context.get("description", "")
    if pagename in NOT_INDEXED:
        context["pageurl"] = None


def add_pages(app: Sphinx, config: Config) -> None:
    """Add the page for wrong addresses, and leave out an index that would be empty."""
    config.html_additional_pages[NOT_FOUND] = "404.html"
    config.html_use_index = False
    config.html_show_search_summary = False  # a summary is fetched, which a page opened from disk may not do


def site_map(addresses: list[str]) -> str:
    """Return a site map as search engines read it."""
    lines = "\n".join(f"<url><loc>{escape(address)}</loc></url>" for address in addresses)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{lines}\n</urlset>\n'


def from_root(html: str, base: str) -> str:
    """Return a page with its own addresses absolute, so that it works at any depth."""
    path = urlsplit(base).path

    def absolute(match: re.Match) -> str:
        return f'{match[1]}="{urljoin(path, match[2])}"'

    return re.sub(r'\b(href|src|action)="(?!#|[a-z]+:|//)([^"]*)"', absolute, html)


def write_for_web_server(app: Sphinx, error: Exception | None) -> None:
    """Write the site map, and make the page for wrong addresses work in every folder."""
    base = app.config.html_baseurl
    if error is not None or app.builder.format != "html" or not base:
        return
    folder = Path(app.outdir)
    pages = [app.builder.get_target_uri(name) for name in sorted({*app.env.found_docs, *page_names().values()})]
    existing = [urljoin(base, page) for page in pages if (folder / page).exists()]
    (folder / "sitemap.xml").write_text(site_map(existing), encoding="utf-8")
    page = folder / f"{NOT_FOUND}.html"
    page.write_text(from_root(page.read_text(encoding="utf-8"), base), encoding="utf-8")


def remove_former_pages(app: Sphinx, error: Exception | None) -> None:
    """Remove pages of an earlier build that the book no longer has, so that nobody publishes them; `book.embedding` sees to its own."""
    if error is not None or app.builder.format != "html":
        return
    folder = Path(app.outdir)
    present = {
        app.builder.get_target_uri(name)
        for name in {*app.env.found_docs, *page_names().values(), *app.config.html_additional_pages, "search"}
    }
    for page in folder.rglob("*.html"):
        path = page.relative_to(folder)
        if path.as_posix() not in present and path.parts[0] not in ("_static", FRAMES):
            page.unlink()


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_search_language(DutchSearch)
    app.connect("config-inited", add_pages)
    app.connect("doctree-read", describe_page)
    app.connect("html-page-context", add_page_context)
    app.connect("build-finished", remove_former_pages, priority=100)
    app.connect("build-finished", write_for_web_server)
