"""A column or a row that a table of pandas does not have: in a session, the names that look like it stand below the error."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import TracebackType
from typing import TYPE_CHECKING

import pandas as pd

from data.language import gettext
from data.suggestions import UnknownName, suggestion

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell


def _within_pandas(trace: TracebackType | None) -> Iterator[dict[str, object]]:
    """Return the variables of the functions of pandas in a traceback, outermost first."""
    while trace:
        if trace.tb_frame.f_globals.get("__name__", "").partition(".")[0] == "pandas":
            yield trace.tb_frame.f_locals
        trace = trace.tb_next


def hint(error: KeyError) -> str | None:
    """Return in words which column or row a table lacks and which was perhaps meant, or None when the error is about something else.

    Parameters
    ----------
    error : KeyError
        As pandas raised it, with its traceback.
    """
    busy = [variables.get(name) for variables in _within_pandas(error.__traceback__) for name in ("self", "obj")]
    columns = next((one.columns for one in busy if isinstance(one, pd.DataFrame)), None)
    searched = next((one for one in reversed(busy) if isinstance(one, pd.Index)), None)
    written = str(error.args[0]) if error.args else ""
    name = next(iter(re.findall(r"'([^']+)'", written)), written)
    if searched is not None and (columns is None or not searched.equals(columns)):
        problem, known = gettext("The table has no row ‘{name}’.", name=name), searched
    elif columns is not None:
        problem, known = gettext("The table has no column ‘{name}’.", name=name), columns
    else:
        return None
    return f"{problem} {suggestion(name, known)}"


def add_hints(shell: InteractiveShell) -> None:
    """Let a session say below an error about a column which one was perhaps meant."""

    def show(shell: InteractiveShell, kind: type, error: KeyError, trace: TracebackType, tb_offset: int | None = None) -> None:
        if not isinstance(error, UnknownName) and (words := hint(error)):
            error.add_note(words)
        shell.showtraceback((kind, error, trace), tb_offset=tb_offset)

    shell.set_custom_exc((KeyError,), show)
