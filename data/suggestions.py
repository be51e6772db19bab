"""Messages for a name that does not exist: what is wrong, and which name was perhaps meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from data.language import format_number, gettext

if TYPE_CHECKING:
    import pandas as pd

FEW = 40
ALIKE = 0.6
SHORTEST_PART = 3


class PlainError(Exception):
    """Something that a reader typed and that cannot be; the message says what to change, so a notebook shows it without a traceback."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


class ReaderError(PlainError, ValueError):
    """A value, an equation or an answer that cannot be used."""


class UnknownName(PlainError, KeyError):
    """A name that does not exist; the message says so in a sentence and names what looks like it."""

    def __str__(self) -> str:
        return str(self.args[0])


def near_names(name: object, known: Iterable[object], count: int = 5) -> list[str]:
    """Return the known names that look most like a name, the most alike first; capital and small letters are the same.

    >>> near_names("Zwole", ["Zwolle", "Zwijndrecht", "Assen"])
    ['Zwolle']
    >>> near_names("schuld", ["debt_schulden_pct", "children_count"])
    ['debt_schulden_pct']
    """
    by_letters = {str(one).casefold(): str(one) for one in known}
    wanted = str(name).strip().casefold()
    near = difflib.get_close_matches(wanted, by_letters, n=count, cutoff=ALIKE)
    if len(wanted) >= SHORTEST_PART:
        begins = sorted((one for one in by_letters if one.startswith(wanted)), key=len)
        near = [*begins, *near, *(one for one in by_letters if wanted in one)]
    return [by_letters[one] for one in [*dict.fromkeys(near)][:count]]


def suggestion(name: object, known: Iterable[object]) -> str:
    """Return a sentence with the names that look like a name; without any, with all of a few, or with how many there are.

    >>> suggestion("jar", ["jaar", "gemeente"])
    'Bedoelt u: jaar?'
    """
    known = [str(one) for one in known]
    if near := near_names(name, known):
        return gettext("Did you mean: {names}?", names=", ".join(near))
    if len(known) <= FEW:
        return gettext("These exist: {names}.", names=", ".join(known))
    return gettext("There are {count}, from {first} to {last}.", count=format_number(len(known)), first=known[0], last=known[-1])


def unknown_name(problem: str, name: object, known: Iterable[object]) -> UnknownName:
    """Make the error for a name that does not exist.

    Parameters
    ----------
    problem : str
        What is wrong, in a sentence for the reader: ``Er is geen tabel ‘ledgr’.``
    name : object
        The name that was not found.
    known : iterable
        The names that exist.
    """
    return UnknownName(f"{problem} {suggestion(name, known)}")


def missing_attribute(module: str, name: str, known: Iterable[str]) -> AttributeError:
    """Make the error for a name that a module does not have.

    >>> str(missing_attribute("widgets", "line_chrt", ["line_chart"]))
    'widgets heeft geen ‘line_chrt’. Bedoelt u: line_chart?'
    """
    problem = gettext("{module} has no ‘{name}’.", module=module, name=name)
    return AttributeError(f"{problem} {suggestion(name, known)}")


def check_columns(frame: pd.DataFrame, wanted: Iterable[str]) -> None:
    """Check that a table has columns.

    Parameters
    ----------
    frame : pandas.DataFrame
        Any table.
    wanted : iterable of str
        Columns that it must have.

    Raises
    ------
    UnknownName
        For the first that lacks; the message names columns that look like it.
    """
    for column in wanted:
        if column not in frame.columns:
            raise unknown_name(gettext("The table has no column ‘{name}’.", name=column), column, frame.columns)
