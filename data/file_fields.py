"""What the columns of the files to download hold: for the page about open data, for the files themselves, and for programs that check."""

from __future__ import annotations

from data.downloads import COLUMNS
from data.language import gettext
from data.quality import quality_words

INTEGERS, NUMBERS = ("year",), ("value", "error_max")


def fields() -> list[dict]:
    """Return the columns of `data.downloads.download_rows` in the form of a Frictionless Table Schema.

    Returns
    -------
    list of dict
        ``name`` (the technical name), ``type``, ``title`` and ``description`` (in the language of the reader), in the order of the columns.
    """
    words = _words()
    return [{"name": name, "type": _type(name), "title": words[name][0], "description": words[name][1]} for name in COLUMNS]


def _type(name: str) -> str:
    return "integer" if name in INTEGERS else "number" if name in NUMBERS else "string"


def _words() -> dict[str, tuple[str, str]]:
    return {
        "municipality_code": (
            gettext("Municipality code"),
            gettext("Code of CBS: GM and four digits. The municipalities are those of 2025."),
        ),
        "municipality_name": (gettext("Municipality"), gettext("Name of the municipality.")),
        "indicator_id": (
            gettext("Indicator"),
            gettext("What was measured. The ending tells the kind of unit: pct, count or eur. Do not put two indicators in one series."),
        ),
        "label": (gettext("Label"), gettext("The same in words.")),
        "year": (gettext("Year"), gettext("Year of the figure.")),
        "value": (gettext("Value"), gettext("The figure, before rounding for the reader. Empty when there is none.")),
        "unit": (gettext("Unit"), gettext("Unit of the value.")),
        "quality": (gettext("Quality"), gettext("How good the figure is, in one English word. Empty when there is no figure.")),
        "quality_text": (gettext("Quality in words"), gettext("The same in words.")),
        "error_max": (
            gettext("Largest error"),
            gettext("How far the figure can be off, up or down, in its unit (percentage points for a percentage). Empty when unknown."),
        ),
        "absence": (gettext("Absence"), gettext("Why there is no figure: missing (not published) or suppressed (too few people).")),
        "absence_reason": (gettext("Reason of the absence"), gettext("The same in words.")),
        "source": (
            gettext("Source"),
            gettext("Titles of the sources; of an amount that a municipality reported, the address of the page."),
        ),
    }


def qualities() -> list[tuple[str, str]]:
    """Return the values of the column ``quality`` with their words, those with an error margin in general terms."""
    return [(quality, words.format(error="…")) for quality, words in quality_words().items()]
