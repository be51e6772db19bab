"""Citations: from a figure in the text to its source.

Chapters cite a figure with an ordinary link, ``[9,2 procent](bron:reduction_target_base_share)``. Here the
link gets its place on the page *Bronnen en cijfers*, which the directive ``all-facts`` fills with every
fact of the ledger and of the context figures. A citation of a fact that does not exist is a warning, and
so fails the build.
"""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from book.figures import template_environment
from data.facts import fact, facts
from data.language import gettext

SCHEME = "bron:"
SOURCES_PAGE = "bronnen"

logger = logging.getLogger(__name__)


def confidence_words() -> dict[str, str]:
    """Return, for a figure that is less than certain, how far it can be trusted."""
    return {
        "medium": gettext("Second-hand: found in another medium than the publisher's."),
        "low": gettext("Uncertain: old, rounded or hard to check."),
        "computed": gettext("Computed from other figures of the source."),
    }


class AllFacts(SphinxDirective):
    """Directive ``all-facts``: every fact of the book with its definition, value, document and quotation."""

    def run(self) -> list[nodes.Node]:
        """Return the list as raw HTML; each fact has its identifier as anchor."""
        html = template_environment().get_template("facts.html").render(facts=facts(), confidence_words=confidence_words())
        return [nodes.raw(text=html, format="html")]


def resolve_citations(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Turn each ``bron:`` link into a link to the fact on the page of sources."""
    for reference in doctree.findall(nodes.reference):
        target = reference.get("refuri", "")
        if not target.startswith(SCHEME):
            continue
        fact_id = target.removeprefix(SCHEME)
        try:
            cited = fact(fact_id)
        except KeyError as error:
            logger.warning("%s", error.args[0], location=reference, type="kinderarmoede", subtype="citation")
            continue
        reference["refuri"] = app.builder.get_relative_uri(docname, SOURCES_PAGE) + f"#{fact_id}"
        reference["classes"] = ["ka-citation"]
        reference["reftitle"] = f"{cited.definition}: {cited.text}. {cited.document}"
        reference["internal"] = True


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_directive("all-facts", AllFacts)
    app.connect("doctree-resolved", resolve_citations)
