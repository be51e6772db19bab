"""Cited figures for the sentences of the scenarios."""

from __future__ import annotations

from data.facts import fact
from data.language import format_number


def cite(fact_id: str) -> str:
    """Return a figure with its unit as a Markdown citation: ``[81 procent](bron:reach_share_2020)``."""
    return f"[{fact(fact_id).text}](bron:{fact_id})"


def cite_number(fact_id: str) -> str:
    """Return a figure without its unit as a Markdown citation: ``[264.000](bron:sam_services_2016)``."""
    return f"[{format_number(fact(fact_id).value)}](bron:{fact_id})"
