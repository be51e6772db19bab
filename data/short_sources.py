"""A short name of the source of a fact, for the column of a table; its full title is in the ledger."""

from __future__ import annotations

from functools import lru_cache

from data.facts import fact
from data.language import gettext
from data.package import table


@lru_cache
def _documents() -> dict[str, tuple[str, str]]:
    """Return kind and year of the document of each fact of the ledger."""
    documents = table("documents").set_index("document_id")
    return {
        row.fact_id: (str(documents.loc[row.document_id, "kind"]), str(documents.loc[row.document_id, "period"])[:4])
        for row in table("ledger").itertuples()
    }


def short_source(fact_id: str) -> str:
    """Return kind and year of a source document, or the title of another source.

    Raises
    ------
    KeyError
        When there is no such fact.
    """
    if fact_id not in _documents():
        return fact(fact_id).document
    kind, year = _documents()[fact_id]
    names = {
        "letter": gettext("Letter to parliament, {year}", year=year),
        "note": gettext("Note of the Ombudsman for Children, {year}", year=year),
        "answers": gettext("Answers to parliamentary questions, {year}", year=year),
    }
    return names[kind]
