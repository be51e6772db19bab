"""Kinds of questions, and how each looks at an answer.

A question knows the right answer and the answers that typical mistakes lead to, all computed from the tables of the book. `Question.check`
says what is wrong; it never raises, whatever a student gives it, and never tells the right answer.
"""

from __future__ import annotations

import math
import numbers
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.language import format_number, gettext
from data.names import search_text
from data.suggestions import ReaderError, near_names
from widgets.exercises.feedback import NOT_MADE, NOT_YET, RIGHT, Feedback

EXPLANATION_WORDS = 12
TINY = 1e-9


class Unreadable(ReaderError):
    """An answer of another kind than asked; the message says what to change."""


@dataclass(frozen=True)
class Mistake:
    """An answer that a typical mistake leads to, with what to say about it.

    Parameters
    ----------
    message : str
        What went wrong, for the student; without the right answer.
    answer : object
        The wrong answer.
    """

    message: str
    answer: object


@dataclass(frozen=True)
class Rule(Mistake):
    """What an open answer must satisfy.

    Parameters
    ----------
    message, answer
        What to say when it does not, and an example of such an answer.
    holds : callable
        Takes the answer; an error counts as not holding.
    """

    holds: Callable[[object], bool]


@dataclass(frozen=True)
class Question(ABC):
    """A question with one kind of answer; see the subclasses.

    Parameters
    ----------
    right : object
        The right answer; of an open question an example.
    mistakes : sequence of Mistake
        Wrong answers that are recognised.
    remember : str
        Said with a right answer.
    """

    right: object
    mistakes: Sequence[Mistake] = ()
    remember: str = ""

    def check(self, given: object) -> Feedback:
        """Say whether an answer is right, and if not what is wrong; any object will do."""
        try:
            if self.is_empty(given):
                return Feedback(NOT_MADE)
            complaint = self.complaint(given)
        except Unreadable as error:
            complaint = str(error)
        except Exception as error:  # an object of a student can do anything when it is looked at
            complaint = gettext("This answer cannot be read: Python reports {error}.", error=type(error).__name__)
        return Feedback(RIGHT, self.remember) if complaint is None else Feedback(NOT_YET, complaint)

    def is_empty(self, given: object) -> bool:
        """Say whether nothing was filled in."""
        return given is ...

    @abstractmethod
    def complaint(self, given: object) -> str | None:
        """Return what is wrong with an answer, or None."""

    @property
    def general(self) -> str:
        """What is said about a wrong answer that no mistake explains."""
        return gettext("Read the task once more and unfold the hint. Look at each step by itself: which rows, which column, which sum?")


def kind_of(given: object) -> str:
    """Return what sort of object this is, for a message."""
    return type(given).__name__


def number_of(given: object) -> float:
    """Return an answer as a number.

    Raises
    ------
    Unreadable
        When it is nothing, text, a whole column, a function, or not finite.
    """
    if given is None:
        raise Unreadable(gettext("The answer is None: nothing was kept. Does the line begin with the name of the answer and `=`?"))
    if isinstance(given, str):
        raise Unreadable(gettext("The answer is text. Give a number, without quotation marks and with a decimal point."))
    if isinstance(given, pd.Series | pd.DataFrame | pd.Index | np.ndarray | list | tuple | set | dict):
        raise Unreadable(
            gettext("The answer is a {kind} with several values. Take one number out of it, for example with .item().", kind=kind_of(given))
        )
    if isinstance(given, bool | np.bool_):
        raise Unreadable(gettext("The answer is True or False. A number is asked: count or compute it."))
    if callable(given):
        raise Unreadable(gettext("The answer is a function. Call it: put () behind its name."))
    if given is pd.NA or not isinstance(given, numbers.Real):
        known = given is not pd.NA
        raise Unreadable(gettext("The answer is a {kind}. A number is asked.", kind=kind_of(given)) if known else _empty_number())
    value = float(given)
    if not math.isfinite(value):
        raise Unreadable(_empty_number())
    return value


def _empty_number() -> str:
    return gettext(
        "The outcome is empty or infinite. Is there an empty cell in the column, a division by zero, or a row that does not exist?"
    )


@dataclass(frozen=True)
class Number(Question):
    """A question for a number.

    Parameters
    ----------
    decimals : int
        How precisely it is asked; -3 is to thousands. An answer that is not rounded is right too.
    """

    decimals: int = 1

    @property
    def tolerance(self) -> float:
        """How far an answer may be off: half of the last digit asked."""
        return 0.5 * 10**-self.decimals * (1 + TINY)

    def near(self, value: float, other: float) -> bool:
        """Say whether two numbers are the same as precisely as is asked."""
        return abs(value - other) <= self.tolerance

    def complaint(self, given: object) -> str | None:
        """Compare with the right answer, with the mistakes of this question, and with mistakes that any number can have."""
        value = number_of(given)
        if self.near(value, self.right):
            return None
        known = [mistake for mistake in self.mistakes if self.near(value, mistake.answer)]
        if known:
            return min(known, key=lambda mistake: abs(mistake.answer - value)).message
        return next((message for answer, message in self._common() if math.isclose(value, answer, rel_tol=0.002)), None) or self._coarse(
            value
        )

    def _common(self) -> list[tuple[float, str]]:
        if abs(self.right) <= self.tolerance:
            return []
        return [
            (-self.right, gettext("The size is right, the sign is not: which number do you subtract from which?")),
            (self.right / 100, gettext("This is a fraction or a hundred times too small. Is the question in percent?")),
            (self.right * 100, gettext("This is a hundred times too large. Is the answer already in percent?")),
            (self.right / 1000, gettext("This is a thousand times too small. Look at the unit that is asked.")),
            (self.right * 1000, gettext("This is a thousand times too large. Look at the unit that is asked.")),
            (self.right / 1e6, gettext("This is a million times too small. Look at the unit that is asked.")),
            (self.right * 1e6, gettext("This is a million times too large. Look at the unit that is asked.")),
        ]

    def _coarse(self, value: float) -> str:
        coarser = range(self.decimals - 1, self.decimals - 3, -1)
        if self.decimals > 0 and any(value == round(self.right, decimals) for decimals in coarser):
            return gettext("This is rounded too much. Round only at the end, and keep the decimals that are asked.")
        return self.general


def known_name(given: object, known: Sequence[str]) -> str:
    """Return an answer as one of the known names; capitals and accents do not matter.

    Raises
    ------
    Unreadable
        When it is no text or no known name; the message says which name is near.
    """
    if isinstance(given, pd.Series | pd.DataFrame | pd.Index | np.ndarray | list | tuple | set | dict):
        raise Unreadable(gettext("The answer is a {kind}. Give one name, as text between quotation marks.", kind=kind_of(given)))
    if not isinstance(given, str):
        raise Unreadable(gettext("The answer is a {kind}. A name is asked: text between quotation marks.", kind=kind_of(given)))
    found = {search_text(one): one for one in known}.get(search_text(given))
    if found:
        return found
    if near := near_names(given, known, count=1):
        raise Unreadable(gettext("‘{name}’ does not occur here. Did you mean ‘{near}’?", name=given, near=near[0]))
    if len(known) <= 12:
        raise Unreadable(gettext("‘{name}’ does not occur here. Choose from: {names}.", name=given, names=", ".join(known)))
    raise Unreadable(gettext("‘{name}’ does not occur here. Look in the table how it is written.", name=given))


@dataclass(frozen=True)
class Name(Question):
    """A question for one name out of known ones, for example a municipality.

    Parameters
    ----------
    known : sequence of str
        Every name that could be given.
    """

    known: Sequence[str] = ()

    def complaint(self, given: object) -> str | None:
        """Compare the name, however its capitals and accents are written."""
        name = known_name(given, self.known)
        if name == self.right:
            return None
        return next((mistake.message for mistake in self.mistakes if mistake.answer == name), self.general)


@dataclass(frozen=True)
class Names(Question):
    """A question for names in an order, for example the top of a list."""

    known: Sequence[str] = ()

    def complaint(self, given: object) -> str | None:
        """Compare names one by one, then the number of names, the order and the mistakes of this question."""
        if isinstance(given, str):
            raise Unreadable(gettext('The answer is one text. Give a list of names: ["…", "…"].'))
        if isinstance(given, pd.DataFrame):
            raise Unreadable(gettext("The answer is a whole table. Take the column with the names."))
        names = [known_name(name, self.known) for name in given]
        if names == list(self.right):
            return None
        if len(set(names)) < len(names):
            return gettext("A name occurs more than once.")
        for mistake in self.mistakes:
            if names == list(mistake.answer):
                return mistake.message
        if len(names) != len(self.right):
            return gettext("There are {given} names; {asked} are asked.", given=len(names), asked=len(self.right))
        if names == list(self.right)[::-1]:
            return gettext("These are the right names in reverse order.")
        if set(names) == set(self.right):
            return gettext("These are the right names, but not in the right order.")
        return gettext("Of these names {count} belong in the list.", count=len(set(names) & set(self.right)))


@dataclass(frozen=True)
class Column(Question):
    """A question for a column of numbers: a Series, of which the index says to whom each number belongs.

    Parameters
    ----------
    index : str
        Name of the column that must be the index, for example ``municipality_code``.
    relative : float
        How far a value may be off, as a part of it.
    """

    index: str = "municipality_code"
    relative: float = 0.001

    def complaint(self, given: object) -> str | None:
        """Compare the index first, then the values."""
        values = column_of(given, self.right.index, self.index)
        if self.agree(values, self.right):
            return None
        for mistake in self.mistakes:
            if self.agree(values, mistake.answer):
                return mistake.message
        same = int(np.isclose(values, self.right.astype(float), rtol=self.relative).sum())
        if same:
            return gettext("{same} of the {all} values are right.", same=format_number(same), all=format_number(len(values)))
        return self.general

    def agree(self, values: pd.Series, others: pd.Series) -> bool:
        """Say whether two columns with the same index are the same."""
        return bool(np.allclose(values, others.reindex(values.index).astype(float), rtol=self.relative))


def column_of(given: object, index: pd.Index, name: str) -> pd.Series:
    """Return an answer as a column of numbers in the order of an index.

    Raises
    ------
    Unreadable
        When it is no Series, has another index, or empty cells.
    """
    if isinstance(given, pd.DataFrame):
        raise Unreadable(gettext('The answer is a whole table. Take one column: table["name"].'))
    if not isinstance(given, pd.Series):
        raise Unreadable(
            gettext("The answer is a {kind}. A column (Series) is asked, with {name} as index.", kind=kind_of(given), name=name)
        )
    lacking, double = index.difference(given.index), int(given.index.duplicated().sum())
    if len(lacking) == len(index):
        raise Unreadable(gettext('The index is not {name}. Use .set_index("{name}") before you take the column.', name=name))
    if double:
        raise Unreadable(gettext("The index has the same {name} more than once. Did you choose one year?", name=name))
    if len(lacking):
        raise Unreadable(gettext("{count} of the {all} rows are missing.", count=len(lacking), all=len(index)))
    extra = given.index.difference(index)
    if len(extra):
        raise Unreadable(gettext("There are {count} rows too many, for example {first}.", count=len(extra), first=extra[0]))
    values = pd.to_numeric(given, errors="coerce").astype("Float64").astype(float).reindex(index)
    if not np.isfinite(values).all():
        raise Unreadable(gettext("{count} values are empty or no number.", count=int((~np.isfinite(values)).sum())))
    return values


@dataclass(frozen=True)
class Open(Question):
    """An open question: rules that an answer must satisfy, in order; `mistakes` are `Rule`."""

    def complaint(self, given: object) -> str | None:
        """Return the message of the first rule that does not hold."""
        for rule in self.mistakes:
            try:
                holds = bool(rule.holds(given))
            except Unreadable:
                raise
            except Exception:  # a rule looks into an object of a student, which need not be of the kind it expects
                holds = False
            if not holds:
                return rule.message
        return None


@dataclass(frozen=True)
class Form(Open):
    """An open question with fields to fill in: a dictionary. Every field must be filled before the rules are looked at.

    Parameters
    ----------
    texts : sequence of str
        The fields that ask for sentences.
    """

    texts: Sequence[str] = ()

    def is_empty(self, given: object) -> bool:
        """Say whether every field is still open."""
        return given is ... or (isinstance(given, Mapping) and len(given) > 0 and all(value is ... for value in given.values()))

    def complaint(self, given: object) -> str | None:
        """Look for empty and unknown fields, then for too short texts, then at the rules."""
        if not isinstance(given, Mapping):
            raise Unreadable(gettext("The answer is a {kind}. Keep the form with its fields: {{…}}.", kind=kind_of(given)))
        lacking = [name for name in self.right if given.get(name, ...) is ... or (isinstance(given[name], str) and not given[name].strip())]
        unknown = [str(name) for name in given if name not in self.right]
        if unknown:
            return gettext("The form has no field ‘{name}’. Its fields are: {names}.", name=unknown[0], names=", ".join(self.right))
        if lacking:
            return gettext("Still empty: {names}.", names=", ".join(lacking))
        for name in self.texts:
            if not isinstance(given[name], str) or len(given[name].split()) < EXPLANATION_WORDS:
                return gettext("‘{name}’ is short. Write at least {count} words, in whole sentences.", name=name, count=EXPLANATION_WORDS)
        return super().complaint(given)


@dataclass(frozen=True)
class Change:
    """A change from one number to another, with the mistakes that are made with it."""

    start: float
    end: float

    @property
    def fall_pct(self) -> float:
        """By how many percent of the start the number fell."""
        return 100 * (1 - self.end / self.start)

    def fall_mistakes(self) -> list[Mistake]:
        """Return what goes wrong when someone computes a fall in percent."""
        return [
            Mistake(gettext("You divided by the last number. A change is counted from the first."), 100 * (self.start / self.end - 1)),
            Mistake(gettext("This is what remains, not what disappeared."), 100 * self.end / self.start),
            Mistake(
                gettext("This is the difference itself. Asked is how many percent that is of the first number."), self.start - self.end
            ),
        ]
