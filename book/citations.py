"""Citations: from a figure in the text to its source, and back.

Chapters cite a figure with an ordinary link, ``[9,2 procent](bron:reduction_target_base_share)``. When a chapter
is read, `CitationCollector` gives each citation an anchor and remembers it in Sphinx's environment. When a page is
written, its links get their place on the page *Bronnen en cijfers*, and the page gets the facts it cites as JSON,
from which a script makes source cards. The directives ``facts`` and ``facts-filter`` fill the page of sources with
every fact of the ledger and of the context figures, and with links back to each citation; that page is written
again when a citation changes anywhere. A citation of a fact that does not exist is a warning, and so fails the build.
"""

from __future__ import annotations

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors import EnvironmentCollector
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from book.figures import script_json, template_environment
from book.timelines import filter_words
from data.facts import Fact, fact, facts
from data.language import format_number, gettext

SCHEME = "bron:"
SOURCES_PAGE = "bronnen"
KINDS = ("ledger", "context")

logger = logging.getLogger(__name__)


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


def citations_in(doctree: nodes.document) -> list[nodes.reference]:
    """Return the citations of a page that is not resolved yet, in the order of the text."""
    return [reference for reference in doctree.findall(nodes.reference) if reference.get("refuri", "").startswith(SCHEME)]


def cited_id(reference: nodes.reference) -> str:
    """Return the identifier of the fact that a link cites."""
    return reference["refuri"].removeprefix(SCHEME)


class CitationCollector(EnvironmentCollector):
    """Keeps for each page which facts it cites, and where: ``{page: [(fact, anchor), ...]}``."""

    def process_doc(self, app: Sphinx, doctree: nodes.document) -> None:
        """Give each citation of a page an anchor and remember it."""
        counts: dict[str, int] = {}
        found = []
        for reference in citations_in(doctree):
            fact_id = cited_id(reference)
            counts[fact_id] = counts.get(fact_id, 0) + 1
            anchor = f"bron-{fact_id}" if counts[fact_id] == 1 else f"bron-{fact_id}-{counts[fact_id]}"
            reference["ids"] = [anchor]
            found.append((fact_id, anchor))
        citations_of(app.env)[app.env.docname] = found

    def clear_doc(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Forget a page that is read again or is gone."""
        citations_of(env).pop(docname, None)

    def merge_other(self, app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment) -> None:
        """Take over what another process read."""
        citations_of(env).update({docname: citations_of(other)[docname] for docname in docnames})

    def get_updated_docs(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Have the page of sources written again when its links back are no longer right."""
        places = citing_pages(env)
        if SOURCES_PAGE not in env.all_docs or places == getattr(env, "kinderarmoede_citing_pages", None):
            return []
        env.kinderarmoede_citing_pages = places
        return [SOURCES_PAGE]


def citations_of(env: BuildEnvironment) -> dict[str, list[tuple[str, str]]]:
    """Return the citations of each page as the environment keeps them."""
    if not hasattr(env, "kinderarmoede_citations"):
        env.kinderarmoede_citations = {}
    return env.kinderarmoede_citations


def citing_pages(env: BuildEnvironment) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Return page, title and citations of each page that cites a fact, in the order of the book."""
    citations = citations_of(env)
    return [(page, env.titles[page].astext(), citations[page]) for page in env.collect_relations() if citations.get(page)]


def places_of_facts(app: Sphinx) -> dict[str, list[dict]]:
    """Return for each cited fact the chapters that cite it: title, and the address of each citation."""
    result: dict[str, list[dict]] = {}
    for page, title, citations in citing_pages(app.env):
        address = app.builder.get_relative_uri(SOURCES_PAGE, page)
        for fact_id, anchor in citations:
            chapters = result.setdefault(fact_id, [])
            if not chapters or chapters[-1]["page"] != page:
                chapters.append({"page": page, "title": title, "addresses": []})
            chapters[-1]["addresses"].append(f"{address}#{anchor}")
    return result


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
    """Return the list of one kind of facts as HTML, with the places that `places_of_facts` returns."""
    template = template_environment().get_template("facts.html")
    return template.render(documents=documents(kind), places=places, confidence_words=confidence_words())


def fill_lists(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the facts, with links back to the text, in each list of the page."""
    for place in list(doctree.findall(FactList)):
        place.replace_self(nodes.raw(text=facts_html(place["kind"], places_of_facts(app)), format="html"))


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
    cards = {}
    for reference in citations_in(doctree):
        fact_id = cited_id(reference)
        try:
            cited = fact(fact_id)
        except KeyError as error:
            logger.warning("%s", error.args[0], location=reference, type="kinderarmoede", subtype="citation")
            continue
        cards[fact_id] = card(cited)
        reference["refuri"] = app.builder.get_relative_uri(docname, SOURCES_PAGE) + f"#{fact_id}"
        reference["classes"] = ["ka-citation"]
        reference["internal"] = True
    if cards:
        words = {"label": gettext("Source of “{text}”"), "follow": gettext("To the source"), "close": gettext("Close")}
        data = script_json({"words": words, "facts": cards})
        doctree += nodes.raw(text=f'<script type="application/json" id="ka-citations">{data}</script>', format="html")


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_node(FactList)
    app.add_directive("facts", Facts)
    app.add_directive("facts-filter", FactsFilter)
    app.add_env_collector(CitationCollector)
    app.connect("doctree-resolved", resolve_citations)
    app.connect("doctree-resolved", fill_lists)
