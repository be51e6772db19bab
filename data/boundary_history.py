"""How the boundaries of a municipality changed since 2011, in sentences."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from babel.lists import format_list

from data.language import format_date, format_number, gettext, language, ngettext
from data.package import table

FIRST_YEAR = 2011
MAIN_PART = 0.5


@dataclass(frozen=True)
class Step:
    """A municipality that ceased to exist and one of its successors.

    Parameters
    ----------
    date : datetime.date
        First day of the new situation.
    old_code, old_name, new_code, new_name : str
        The municipality that ceased to exist, and the successor.
    share : float
        Part of its inhabitants that the successor received.
    exact : bool
        Whether the share comes from statistics on the change itself.
    """

    date: datetime.date
    old_code: str
    old_name: str
    new_code: str
    new_name: str
    share: float
    exact: bool


@lru_cache
def _steps() -> dict[str, tuple[Step, ...]]:
    """Return the changes by the code of the successor, in the order in which they are told."""
    result: dict[str, list[Step]] = defaultdict(list)
    for row in table("boundary_changes").itertuples():
        names = (str(row.old_code), str(row.old_name), str(row.new_code), str(row.new_name))
        step = Step(row.date.date(), *names, share=float(row.inhabitant_share), exact=row.method == "statistics")
        result[step.new_code].append(step)
    order = {code: sorted(steps, key=lambda step: (step.date, step.share < 1, step.old_name.lower())) for code, steps in result.items()}
    return {code: tuple(steps) for code, steps in order.items()}


@lru_cache
def _existed() -> frozenset[str]:
    """Return the codes of the municipalities of 2011."""
    frame = table("municipal_child_poverty")
    return frozenset(frame.loc[frame["year"] == FIRST_YEAR, "municipality_code"].astype(str))


def predecessors(code: str) -> tuple[Step, ...]:
    """Return the changes that led to a municipality, those of its predecessors included, in order of date.

    Of a municipality that came for the smaller part, its own earlier changes are left out: they are told where its main part went.
    """
    own = _steps().get(code, ())
    earlier = [step for previous in own if previous.share > MAIN_PART for step in predecessors(previous.old_code)]
    return tuple(sorted([*earlier, *own], key=lambda step: (step.date, step.new_code)))


def _named(step: Step) -> str:
    """Name a municipality that came wholly or partly."""
    if step.share == 1:
        return step.old_name
    number = format_number(100 * step.share, 0)
    if step.exact:
        return gettext("a part of {name} ({number} percent of its inhabitants)", name=step.old_name, number=number)
    return gettext("a part of {name} (about {number} percent of its inhabitants)", name=step.old_name, number=number)


def _sentence(steps: list[Step], existed: bool, now: str) -> str:
    """Tell one change: a new name, a new municipality, or others that came to an existing one; `now` is the code of 2025."""
    first, parts = steps[0], format_list([_named(step) for step in steps], locale=language())
    date, new = format_date(first.date), first.new_name
    if existed:
        return ngettext(
            "On {date} {parts} was added to {new}.", "On {date} {parts} were added to {new}.", len(steps), date=date, parts=parts, new=new
        )
    if len(steps) == 1:
        return gettext("On {date} {old} was given the name {new}.", date=date, old=parts, new=new)
    if first.new_code == now:
        return gettext("{new} has existed since {date} and was made from {parts}.", new=new, date=date, parts=parts)
    return gettext("On {date} {new} was made from {parts}.", new=new, date=date, parts=parts)


def received_others_since(code: str, year: int) -> bool:
    """Return whether other municipalities became part of a municipality, wholly or partly, after the first day of a year."""
    later = [step.new_code for step in predecessors(code) if step.date > datetime.date(year, 1, 1)]
    return any(new in _existed() or later.count(new) > 1 for new in later)


def boundary_note() -> str:
    """Return what the history of boundaries leaves out, and what it means for the figures."""
    return gettext(
        "Small corrections of boundaries are not in it. Figures of years before a change we converted to the municipality of today: of "
        "municipalities that merged, figures are taken together; of a municipality that was divided, each part gets figures after its "
        "share of the inhabitants."
    )


def boundary_history(code: str, name: str) -> tuple[str, ...]:
    """Return how the boundaries of a municipality of 2025 changed since 2011, in order of time.

    Parameters
    ----------
    code, name : str
        Municipality of 2025.

    Returns
    -------
    tuple of str
        Sentences; one that says that nothing changed when there was no merger or division.
    """
    known = set(_existed())
    sentences = []
    for (_, new), group in groupby(predecessors(code), key=lambda step: (step.date, step.new_code)):
        sentences.append(_sentence(list(group), new in known, code))
        known.add(new)
    return tuple(sentences) or (gettext("Since {year} {name} has not been merged or divided.", name=name, year=str(FIRST_YEAR)),)
