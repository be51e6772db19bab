"""The glossary: terms in the text with their meaning, and back.

Chapters mark a term with an ordinary link, ``[sociaal minimum](begrip:sociaal-minimum)``, which `book.links` turns into a
link to its entry on the page *Begrippen* with a small card. That page is the only place where a meaning stands: each entry of its
definition lists is a term, its id is its name in lower case with hyphens, and the first paragraph is what the card says. Links
back to the text are added when the page is written. A link to a term that does not exist, and a term that is there twice, are
warnings, and so fail the build.
"""

from __future__ import annotations

from dataclasses import dataclass

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from book.figures import template_environment
from book.links import LinkCollector, Scheme, changed
from data.language import gettext
from data.suggestions import unknown_name

TERMS = Scheme("begrip", page="begrippen", kind="term")

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Term:
    """A term: its name, and its meaning in the words of the first paragraph of its entry."""

    name: str
    meaning: str


def entries(doctree: nodes.document) -> list[tuple[str, nodes.term, nodes.definition]]:
    """Return id, name and definition of each entry of the definition lists of a page."""
    found = []
    for item in doctree.findall(nodes.definition_list_item):
        name, definition = item.next_node(nodes.term), item.next_node(nodes.definition)
        found.append((nodes.make_id(name.astext()), name, definition))
    return found


def terms_of(env: BuildEnvironment) -> dict[str, Term]:
    """Return the terms that the glossary explains, by id, as the environment keeps them."""
    if not hasattr(env, "kinderarmoede_terms"):
        env.kinderarmoede_terms = {}
    return env.kinderarmoede_terms


class TermCollector(LinkCollector):
    """Keeps for each page which terms it marks, and where; and the terms of the glossary."""

    scheme = TERMS

    def process_doc(self, app: Sphinx, doctree: nodes.document) -> None:
        """Remember the links of a page; of the glossary also the terms, which get their id as anchor."""
        super().process_doc(app, doctree)
        if app.env.docname != TERMS.page:
            return
        terms = terms_of(app.env)
        for term_id, name, definition in entries(doctree):
            if term_id in terms:
                message = "the glossary has the term %s twice"
                logger.warning(message, term_id, location=name, type="kinderarmoede", subtype=TERMS.kind)
            terms[term_id] = Term(name.astext(), definition.next_node(nodes.paragraph).astext())
            name["ids"] = [term_id]

    def clear_doc(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Forget a page that is read again or is gone."""
        super().clear_doc(app, env, docname)
        if docname == TERMS.page:
            terms_of(env).clear()

    def merge_other(self, app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment) -> None:
        """Take over what another process read."""
        super().merge_other(app, env, docnames, other)
        if TERMS.page in docnames:
            terms_of(env).update(terms_of(other))

    def get_updated_docs(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Have also the pages that mark a term written again when a meaning changed."""
        pages = super().get_updated_docs(app, env)
        if changed(env, "terms", dict(terms_of(env))):
            pages += [page for page, links in TERMS.collected(env).items() if links]
        return pages


def card(terms: dict[str, Term], term_id: str) -> dict[str, str]:
    """Return what the card of a term says.

    Raises
    ------
    KeyError
        When the glossary lacks the term; the message names near ones.
    """
    if term_id not in terms:
        raise unknown_name(gettext("There is no term ‘{name}’.", name=term_id), term_id, sorted(terms))
    return {"term": terms[term_id].name, "meaning": terms[term_id].meaning}


def resolve_terms(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Turn each marked term into a link to its entry, and give the page the meanings of the terms it marks."""
    words = {"label": gettext("Meaning of “{text}”"), "follow": gettext("To the list of terms"), "close": gettext("Close")}
    terms = terms_of(app.env)
    TERMS.resolve(app, doctree, docname, lambda term_id: card(terms, term_id), words)


def add_places(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put below each entry of the glossary where the text uses the term."""
    if docname != TERMS.page:
        return
    template = template_environment().get_template("places.html")
    places = TERMS.places(app)
    for term_id, _, definition in entries(doctree):
        if term_id in places:
            definition += nodes.raw(text=template.module.places_in_text(places[term_id]), format="html")


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_env_collector(TermCollector)
    app.connect("doctree-resolved", resolve_terms)
    app.connect("doctree-resolved", add_places)
