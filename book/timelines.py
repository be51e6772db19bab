"""Timelines on the page: what their template needs besides the figure."""

from __future__ import annotations

from data.language import format_number, gettext


def filter_words(count: str, none: str) -> dict[str, str]:
    """Return what the script of a filter says: how many entries it shows, that it shows none, that a link is damaged.

    Parameters
    ----------
    count : str
        With the fields ``{shown}`` and ``{all}``.
    none : str
        When nothing fits.
    """
    return {"count": count, "none": none, "unknown": gettext("The link named a choice that is not here; that part is ignored.")}


def timeline_context(drawing: dict) -> dict:
    """Return the number of events, the words of the filter and what the script reads: nothing but the kind.

    Parameters
    ----------
    drawing : dict
        As `widgets.timeline.Timeline.drawing` returns it.
    """
    words = filter_words(gettext("{shown} of {all} measures"), gettext("No measures found. Try another word, or clear the filters."))
    count = sum(len(group["events"]) for group in drawing["groups"])
    return {"words": words, "count": format_number(count), "script_data": {"kind": drawing["kind"]}}
