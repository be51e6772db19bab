"""Links in the text that have a card: citations of figures (`book.citations`) and terms (`book.glossary`).

A chapter writes such a link with a scheme of its own, ``[text](scheme:id)``. When a chapter is read, a `LinkCollector` gives
each of these links an anchor and remembers it in Sphinx's environment. When a page is written, `Scheme.resolve` gives its links
their place on the page where the scheme leads, and gives the page what the cards say as JSON, which a script shows.
`Scheme.places` says where in the book something is linked, for the links back; the page where a scheme leads is written
again when those change.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors import EnvironmentCollector
from sphinx.util import logging

from book.figures import script_json

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Scheme:
    """One kind of link with a card.

    Parameters
    ----------
    name : str
        What stands before the colon in an address, and at the start of the anchors: ``bron``.
    page : str
        The page where its links lead, each to the anchor that is its id.
    kind : str
        Name of a link of this kind: the class is ``ka-<kind>``, the data of its cards ``ka-<kind>s``.
    """

    name: str
    page: str
    kind: str

    def links_in(self, doctree: nodes.document) -> list[nodes.reference]:
        """Return the links of a page that is not resolved yet, in the order of the text."""
        return [reference for reference in doctree.findall(nodes.reference) if reference.get("refuri", "").startswith(f"{self.name}:")]

    def linked_id(self, reference: nodes.reference) -> str:
        """Return the id that a link names."""
        return reference["refuri"].removeprefix(f"{self.name}:")

    def collected(self, env: BuildEnvironment) -> dict[str, list[tuple[str, str]]]:
        """Return the links of each page as the environment keeps them: ``{page: [(id, anchor), ...]}``."""
        if not hasattr(env, "kinderarmoede_links"):
            env.kinderarmoede_links = {}
        return env.kinderarmoede_links.setdefault(self.name, {})

    def linking_pages(self, env: BuildEnvironment) -> list[tuple[str, str, list[tuple[str, str]]]]:
        """Return page, title and links of each other page that has any, in the order of the book."""
        links = self.collected(env)
        return [(page, env.titles[page].astext(), links[page]) for page in env.collect_relations() if links.get(page) and page != self.page]

    def places(self, app: Sphinx) -> dict[str, list[dict]]:
        """Return for each linked id the chapters that link to it: title, and the address of each link."""
        result: dict[str, list[dict]] = {}
        for page, title, links in self.linking_pages(app.env):
            address = app.builder.get_relative_uri(self.page, page)
            for linked_id, anchor in links:
                chapters = result.setdefault(linked_id, [])
                if not chapters or chapters[-1]["page"] != page:
                    chapters.append({"page": page, "title": title, "addresses": []})
                chapters[-1]["addresses"].append(f"{address}#{anchor}")
        return result

    def resolve(
        self, app: Sphinx, doctree: nodes.document, docname: str, card: Callable[[str], dict[str, str]], words: dict[str, str]
    ) -> None:
        """Turn each link of a page into one to its place, and give the page what its cards say.

        Parameters
        ----------
        app, doctree, docname
            As Sphinx gives them for ``doctree-resolved``.
        card : callable
            Gives the parts of the card of an id, in their order; a `KeyError` for an unknown id, whose words become a
            warning, and so fail the build.
        words : dict
            ``label`` (with ``{text}``), ``follow`` and ``close``.
        """
        cards = {}
        for reference in self.links_in(doctree):
            linked_id = self.linked_id(reference)
            try:
                cards[linked_id] = card(linked_id)
            except KeyError as error:
                logger.warning("%s", error.args[0], location=reference, type="kinderarmoede", subtype=self.kind)
                continue
            reference["refuri"] = app.builder.get_relative_uri(docname, self.page) + f"#{linked_id}"
            reference["classes"] = [f"ka-{self.kind}"]
            reference["internal"] = True
        if cards:
            data = script_json({"words": words, "cards": cards})
            attributes = f'type="application/json" id="ka-{self.kind}s" data-links="a.ka-{self.kind}"'
            doctree += nodes.raw(text=f"<script {attributes}>{data}</script>", format="html")


class LinkCollector(EnvironmentCollector):
    """Keeps for each page the links of one scheme, and where they stand."""

    scheme: Scheme

    def process_doc(self, app: Sphinx, doctree: nodes.document) -> None:
        """Give each link of a page an anchor and remember it."""
        counts: dict[str, int] = {}
        found = []
        for reference in self.scheme.links_in(doctree):
            linked_id = self.scheme.linked_id(reference)
            counts[linked_id] = counts.get(linked_id, 0) + 1
            anchor = f"{self.scheme.name}-{linked_id}" + ("" if counts[linked_id] == 1 else f"-{counts[linked_id]}")
            reference["ids"] = [anchor]
            found.append((linked_id, anchor))
        self.scheme.collected(app.env)[app.env.docname] = found

    def clear_doc(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Forget a page that is read again or is gone."""
        self.scheme.collected(env).pop(docname, None)

    def merge_other(self, app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment) -> None:
        """Take over what another process read."""
        links = self.scheme.collected(other)
        self.scheme.collected(env).update({docname: links[docname] for docname in docnames})

    def get_updated_docs(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Have the page of the scheme written again when its links back are no longer right."""
        if self.scheme.page in env.all_docs and changed(env, self.scheme.name, self.scheme.linking_pages(env)):
            return [self.scheme.page]
        return []


def changed(env: BuildEnvironment, name: str, content: object) -> bool:
    """Remember content in the environment; return whether it is other than at the build before."""
    if not hasattr(env, "kinderarmoede_written"):
        env.kinderarmoede_written = {}
    before = env.kinderarmoede_written.get(name)
    env.kinderarmoede_written[name] = content
    return content != before
