"""Every word of the interface has its Dutch, and nothing else is in the catalogue."""

from __future__ import annotations

import re

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from data.facts import PERIOD_WORDS, UNIT_WORDS
from data.language import LOCALE_FOLDER, format_number, gettext, ngettext
from tests.conftest import PROJECT

KEYWORDS = {"gettext": None, "ngettext": (1, 2)}


def used() -> set[str]:
    """Return the message ids that code and templates use, and those of units and periods."""
    found = set()
    for folder in ("data", "widgets", "book"):
        extracted = extract_from_dir(PROJECT / folder, [("**.py", "python"), ("templates/**.html", "jinja2")], keywords=KEYWORDS)
        found |= {message if isinstance(message, str) else message[0] for _, _, message, _, _ in extracted}
    units = {singular for singular, _ in UNIT_WORDS.values()}
    return found | units | {message for _, message in PERIOD_WORDS}


def catalogue():
    with (LOCALE_FOLDER / "nl.po").open("rb") as file:
        return [message for message in read_po(file, locale="nl") if message.id]


def strings(message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def key(message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def test_every_message_has_its_dutch():
    translated = {key(message) for message in catalogue() if all(strings(message)) and not message.fuzzy}
    assert sorted(used() - translated) == []


def test_the_catalogue_has_no_message_that_nobody_uses():
    assert sorted({key(message) for message in catalogue()} - used()) == []


def test_no_message_stands_in_the_catalogue_twice():
    """The second would silently take the place of the first."""
    text = (LOCALE_FOLDER / "nl.po").read_text(encoding="utf-8")
    written = re.findall(r'^msgid ((?:".*"\n)+)', text, re.MULTILINE)
    assert sorted({one for one in written if written.count(one) > 1}) == []
    assert len(written) == len(catalogue()) + 1  # the heading of the file


def test_every_translation_keeps_the_fields_of_its_message():
    for message in catalogue():
        for text in strings(message):
            assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", key(message))), text


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (1234.5, None, "1.234,5"),
        (292000, None, "292.000"),
        (9, 1, "9,0"),
        (4.55, 0, "5"),
        (2.5, 0, "3"),
        (-2.5, 0, "-3"),
        (3.5, 0, "4"),
        (-11000, None, "-11.000"),
        (2 / 3, None, "0,667"),
        (0.12, None, "0,12"),
        (0.9996, None, "1"),
    ],
)
def test_numbers_are_written_in_dutch(value, decimals, text):
    assert format_number(value, decimals) == text


def test_words_follow_the_number():
    assert ngettext("{number} organisation", "{number} organisations", 1) == "1 organisatie"
    assert ngettext("{number} organisation", "{number} organisations", 4) == "4 organisaties"
    assert gettext("Year") == "Jaar"


def test_an_edition_without_catalogue_says_which_exist(monkeypatch):
    monkeypatch.setenv("KINDERARMOEDE_LANGUAGE", "fy")
    with pytest.raises(LookupError, match="nl"):
        gettext("Year")
