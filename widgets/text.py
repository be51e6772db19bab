"""Sentences with computed numbers: text of a chapter whose figures come from code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from data.language import format_number, gettext
from data.suggestions import unknown_name

YEARS = ("year", "start_year", "end_year")


@dataclass(frozen=True)
class Sentence:
    """A piece of Markdown; a notebook and the site show it as text."""

    markdown: str

    def __str__(self) -> str:
        return self.markdown

    def _repr_markdown_(self) -> str:
        return self.markdown

    __repr__ = __str__


def sentence(template: str, **values: object) -> Sentence:
    """Fill computed values into a sentence, in the number format of the reader.

    Parameters
    ----------
    template : str
        Markdown with ``{name}`` fields. A field may name a number of decimals: ``{share:1}``.
    **values
        Numbers, or texts that stand as they are. Values named `YEARS` are written without a thousands separator.

    Returns
    -------
    Sentence

    Raises
    ------
    UnknownName
        When a field has no value; the message names values that look like it.
    ValueError
        When a value is absent: a sentence must not state what is not known.

    Examples
    --------
    >>> from widgets import sentence
    >>> sentence("In {year} was het {share:1} procent van {count} kinderen.", year=2021, share=9.04, count=3_300_000)
    In 2021 was het 9,0 procent van 3.300.000 kinderen.
    """
    fields = {name: ReaderNumber(name, value) for name, value in values.items()}
    try:
        return Sentence(template.format(**fields))
    except KeyError as error:
        field = error.args[0]
        raise unknown_name(gettext("The sentence has a field ‘{name}’ without a value.", name=field), field, fields) from None


def bullets(texts: Iterable[str]) -> Sentence:
    """Return sentences as a list, for example the assumptions of a scenario.

    Examples
    --------
    >>> from widgets import bullets
    >>> bullets(["Het bedrag blijft gelijk.", "Het aantal kinderen ook."])
    - Het bedrag blijft gelijk.
    - Het aantal kinderen ook.
    """
    return Sentence("\n".join(f"- {text}" for text in texts))


@dataclass(frozen=True)
class ReaderNumber:
    """A value that formats itself as its reader writes numbers."""

    name: str
    value: object

    def __format__(self, specification: str) -> str:
        if not isinstance(self.value, str) and pd.isna(self.value):
            raise ValueError(gettext("There is no value for ‘{name}’, so the sentence cannot be written.", name=self.name))
        if isinstance(self.value, str):
            return self.value
        if self.name in YEARS:
            if self.value != int(self.value):
                raise ValueError(gettext("‘{name}’ is not a whole year: {value}.", name=self.name, value=str(self.value)))
            return str(int(self.value))
        return format_number(self.value, int(specification) if specification else None)
