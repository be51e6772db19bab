"""Words, numbers and dates in the language of the edition.

The book appears in Dutch; an English edition from the same notebooks comes later. Everything a reader
sees that is not chapter prose passes through this module: words through a gettext catalogue
(``data/locale/<language>.po``, message ids in English), numbers and dates through Babel. The language
comes from the environment variable ``KINDERARMOEDE_LANGUAGE`` (default ``nl``).
"""

from __future__ import annotations

import datetime
import os
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date as babel_format_date
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

LOCALE_FOLDER = Path(__file__).parent / "locale"


def language() -> str:
    """Return the language code of the edition, for example ``nl``."""
    return os.environ.get("KINDERARMOEDE_LANGUAGE", "nl")


@lru_cache
def _catalogue(code: str) -> dict[str, str | tuple[str, ...]]:
    path = LOCALE_FOLDER / f"{code}.po"
    if not path.exists():
        available = sorted(file.stem for file in LOCALE_FOLDER.glob("*.po"))
        raise LookupError(f"There is no catalogue for language {code!r}; available: {', '.join(available)}.")
    with path.open("rb") as file:
        catalogue = read_po(file, locale=code)
    messages = {}
    for message in catalogue:
        key = message.id[0] if isinstance(message.id, (list, tuple)) else message.id
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        if key and all(texts) and not message.fuzzy:
            messages[key] = message.string
    return messages


def gettext(message: str, **values: object) -> str:
    """Translate a message id and fill in its named values.

    Parameters
    ----------
    message : str
        English message id with ``{name}`` fields.
    **values
        Values of the fields.

    Returns
    -------
    str
        The message in the language of the edition; the id itself when the catalogue lacks it.
    """
    text = _catalogue(language()).get(message, message)
    if isinstance(text, tuple):
        text = text[0]
    return text.format(**values) if values else text


def ngettext(singular: str, plural: str, number: float, **values: object) -> str:
    """Translate a message that depends on a number; the plural rule is the locale's (CLDR)."""
    forms = _catalogue(language()).get(singular, (singular, plural))
    if isinstance(forms, str):
        forms = (forms, forms)
    form = forms[0] if Locale.parse(language()).plural_form(number) == "one" else forms[-1]
    return form.format(number=format_number(number), **values)


def format_number(value: float, decimals: int | None = None, *, grouping: bool = True) -> str:
    """Format a number for the reader: ``1234.5`` becomes ``1.234,5``.

    Parameters
    ----------
    value : float
        Any finite number.
    decimals : int, optional
        Fixed number of decimals; by default as many as the value has, at most three. A half is rounded away from
        zero, as browsers do.
    grouping : bool
        Separate thousands; years are written without.
    """
    return _written(value, decimals, grouping, language())


@lru_cache(maxsize=20_000)
def _written(value: float, decimals: int | None, grouping: bool, code: str) -> str:
    pattern = "#,##0.###" if decimals is None else "#,##0" + ("." + "0" * decimals if decimals else "")
    places = Decimal(1).scaleb(-(3 if decimals is None else decimals))
    rounded = Decimal(str(value)).quantize(places, ROUND_HALF_UP)
    return format_decimal(rounded, format=pattern, locale=code, group_separator=grouping)


def format_date(value: datetime.date, style: str = "long") -> str:
    """Format a date for the reader: ``2 oktober 2019``."""
    return babel_format_date(value, format=style, locale=language())
