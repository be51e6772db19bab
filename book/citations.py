"""Citations: from a figure in the text to its source, and back.

Chapters cite a figure with an ordinary link, ``[9,2 procent](bron:reduction_target_base_share)``, which `book.links`
turns into a link to its place on the page *Bronnen en cijfers* with a source card. The directives ``facts`` and ``facts-filter`` fill
that page with every fact of the ledger and of the context figures, and with links back to each citation. A citation of a fact that
does not exist is a warning, and so fails the build.
"""

from __future__ import annotations

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from book.figures import template_environment
from book.links import LinkCollector, Scheme
from book.timelines import filter_words
from data.facts import Fact, fact, facts
from data.language import format_number, gettext

CITATIONS = Scheme("bron", page="bronnen", kind="citation")
KINDS = ("ledger", "context")


def confidence_words() -> dict[str, str]:
    """Return in words how far a figure can be trusted."""
    return {
        "high": gettext("As the source states it."),
        "medium": gettext("Second-hand: found in another medium than the publisher's."),
        "low": gettext("Uncertain: old, rounded or hard to check."),
        "computed": gettext("Computed from other figures of the source."),
    }


def topic_words() -> dict[str, str]:
    """Return in words the topics of the ledger; the context figures have no topic."""
    return {
        "campaign": gettext("Campaign"),
        "caribbean": gettext("Caribbean Netherlands"),
        "debt": gettext("Debts"),
        "education": gettext("Education"),
        "employment": gettext("Work"),
        "funding": gettext("Money for policy"),
        "income_support": gettext("Income support"),
        "monitoring": gettext("Research and monitoring"),
        "municipal_policy": gettext("Policy of municipalities"),
        "participation": gettext("Taking part and working together"),
        "poverty": gettext("Children in poverty"),
        "process": gettext("Course of the policy"),
        "reach": gettext("Reach of provisions"),
        "target": gettext("Targets and recommendations"),
        "threshold": gettext("Poverty lines"),
        "voices": gettext("Portraits of children"),
    }


class CitationCollector(LinkCollector):
    """Keeps for each page which facts it cites, and where."""

    scheme = CITATIONS


def documents(kind: str) -> list[dict]:
    """Return the documents of one kind of facts, each with its facts.

    Parameters
    ----------
    kind : str
        ``ledger``: in the order of the ledger; ``context``: by title.

    Returns
    -------
    list of dict
        ``title``, ``anchor``, ``facts``, and ``address``: empty when unknown or when its facts have different ones.
    """
    by_title: dict[str, list[Fact]] = {}
    for known in facts():
        if known.kind == kind:
            by_title.setdefault(known.document, []).append(known)
    titles = sorted(by_title, key=str.casefold) if kind == "context" else list(by_title)
    result = []
    for title in titles:
        addresses = {known.source_address for known in by_title[title]}
        address = addresses.pop() if len(addresses) == 1 else ""
        address = address if address.startswith("http") else ""
        result.append({"title": title, "anchor": f"document-{nodes.make_id(title)}", "address": address, "facts": by_title[title]})
    return result


class FactList(nodes.General, nodes.Element):
    """Place of a list of facts: filled when the page is written, because only then all citations are known."""


class Facts(SphinxDirective):
    """Directive ``facts``: every fact of the ``ledger`` or of the ``context``, by document."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the place of the list."""
        return [FactList(kind=directives.choice(self.arguments[0], KINDS))]


class FactsFilter(SphinxDirective):
    """Directive ``facts-filter``: search box and choices for the lists of facts on the page.

    Topics are those of the ledger; that the other figures have none is said where one chooses.
    """

    def run(self) -> list[nodes.Node]:
        """Return the form as raw HTML; a script makes it work."""
        words = filter_words(gettext("{shown} of {all} figures"), gettext("No figures found. Try another word, or clear the filters."))
        groups = [
            (gettext("Documents of the government and the Ombudsman for Children"), documents("ledger")),
            (gettext("Other public sources"), documents("context")),
        ]
        topics = sorted(present_words(topic_words(), "topic"), key=lambda topic: topic[1].casefold())
        confidences = present_words(confidence_words(), "confidence")
        html = (
            template_environment()
            .get_template("facts_filter.html")
            .render(words=words, groups=groups, topics=topics, confidences=confidences, all=format_number(len(facts())))
        )
        return [nodes.raw(text=html, format="html")]


def present_words(words: dict[str, str], attribute: str) -> list[tuple[str, str]]:
    """Return the values of an attribute that some fact has, each with its words, in the order of those words."""
    present = {getattr(known, attribute) for known in facts()}
    return [(value, text) for value, text in words.items() if value in present]


def facts_html(kind: str, places: dict[str, list[dict]]) -> str:
    """Return the list of one kind of facts as HTML, with the places of its citations."""
    template = template_environment().get_template("facts.html")
    return template.render(documents=documents(kind), places=places, confidence_words=confidence_words())


def fill_lists(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the facts, with links back to the text, in each list of the page."""
    for place in list(doctree.findall(FactList)):
        place.replace_self(nodes.raw(text=facts_html(place["kind"], CITATIONS.places(app)), format="html"))


def card(cited: Fact) -> dict[str, str]:
    """Return what a source card says of a fact, without what is empty."""
    content = {
        "value": cited.text,
        "definition": cited.definition,
        "period": gettext("Period: {period}", period=cited.period_text) if cited.period else "",
        "quotation": cited.quotation,
        "document": ", ".join(filter(None, [cited.document, cited.locator])),
        "confidence": confidence_words()[cited.confidence],
    }
    return {name: text for name, text in content.items() if text}


def resolve_citations(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Turn each citation into a link to the fact on the page of sources, and give the page the facts it cites."""
    words = {"label": gettext("Source of “{text}”"), "follow": gettext("To the source"), "close": gettext("Close")}
    CITATIONS.resolve(app, doctree, docname, lambda fact_id: card(fact(fact_id)), words)


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_node(FactList)
    app.add_directive("facts", Facts)
    app.add_directive("facts-filter", FactsFilter)
    app.add_env_collector(CitationCollector)
    app.connect("doctree-resolved", resolve_citations)
    app.connect("doctree-resolved", fill_lists)
