"""How the boundaries of a municipality changed since 2011, in sentences."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd
from babel.lists import format_list

from data.language import format_date, format_number, gettext, language, ngettext
from data.package import table

FIRST_YEAR = 2011


@lru_cache
def _changes() -> pd.DataFrame:
    frame = table("boundary_changes")
    text = ["old_code", "old_name", "new_code", "new_name", "method"]
    return frame[["date", "inhabitant_share", *text]].astype(dict.fromkeys(text, str) | {"inhabitant_share": float})


@lru_cache
def _existed() -> frozenset[str]:
    """Return the codes of the municipalities of 2011."""
    frame = table("municipal_child_poverty")
    return frozenset(frame.loc[frame["year"] == FIRST_YEAR, "municipality_code"].astype(str))


def predecessors(code: str) -> pd.DataFrame:
    """Return the changes that led to a municipality, those of its predecessors included, in order of date.

    Returns
    -------
    pandas.DataFrame
        Rows of table ``boundary_changes``: ``date``, ``old_name``, ``new_name``, ``inhabitant_share``, ``method`` and both codes. Of a
        municipality that came in parts, its own earlier changes are left out: they are told where its largest part went.
    """
    steps = _changes().loc[lambda frame: frame["new_code"] == code]
    earlier = [predecessors(step.old_code) for step in steps.itertuples() if step.inhabitant_share > 0.5]
    return pd.concat([*earlier, steps]).sort_values("date", kind="stable")


def _listed(names: list[str]) -> str:
    return format_list(names, locale=language())


def _with_share(step: pd.Series) -> str:
    """Name a municipality that came wholly or partly."""
    if step.inhabitant_share == 1:
        return step.old_name
    number = format_number(100 * step.inhabitant_share, 0)
    if step.method == "statistics":
        return gettext("a part of {name} ({number} percent of its inhabitants)", name=step.old_name, number=number)
    return gettext("a part of {name} (about {number} percent of its inhabitants)", name=step.old_name, number=number)


def _sentence(steps: pd.DataFrame, existed: bool) -> str:
    """Tell one change: a new name, a new municipality, or others that came to an existing one."""
    rows = list(steps.sort_values("old_name", key=lambda names: names.str.lower()).itertuples())
    date, new = format_date(rows[0].date.date()), rows[0].new_name
    whole = [row for row in rows if row.inhabitant_share == 1]
    ordered = whole + [row for row in rows if row.inhabitant_share < 1]
    if not existed and len(rows) == 1 and whole:
        return gettext("On {date} {old} was given the name {new}.", date=date, old=rows[0].old_name, new=new)
    parts = _listed([_with_share(row) for row in ordered])
    if not existed:
        return gettext("{new} has existed since {date}. It was made from {parts}.", new=new, date=date, parts=parts)
    return ngettext(
        "On {date} {parts} was added to {new}.", "On {date} {parts} were added to {new}.", len(rows), date=date, parts=parts, new=new
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
    steps = predecessors(code)
    if steps.empty:
        return (gettext("Since {year} {name} has not been merged or divided.", name=name, year=str(FIRST_YEAR)),)
    known = set(_existed())
    sentences = []
    for (_, new), group in steps.groupby(["date", "new_code"], sort=False):
        sentences.append(_sentence(group, new in known))
        known.add(new)
    return tuple(sentences)
