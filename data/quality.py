"""How good a municipal figure is, and why one lacks, in words for the reader."""

from __future__ import annotations

from data.language import format_number, gettext

APPROXIMATED = "approximated"


def quality_words() -> dict[str, str]:
    """Return the qualities of a municipal figure in words; that of an approximation has a field for the largest error."""
    return {
        "exact": gettext("exact figure of CBS"),
        "computed": gettext("computed from exact figures of CBS"),
        APPROXIMATED: gettext("approximation with a margin of error of {error} percentage points"),
        "total_only": gettext("derived from the total that CBS published"),
        "doubtful": gettext("doubtful: part of the figures is withheld"),
        "definitive": gettext("definitive figure of CBS"),
        "provisional": gettext("provisional figure of CBS"),
        "estimated": gettext("our estimate"),
        "modelled": gettext("our estimate with the distribution key"),
        "reported": gettext("as reported by the municipality"),
    }


def quality_text(quality: str, error_max: float) -> str:
    """Return a quality in words, with the error filled in; empty when there is no quality."""
    if not quality:
        return ""
    words = quality_words()[quality]
    return words.format(error=format_number(error_max, 2)) if quality == APPROXIMATED else words
