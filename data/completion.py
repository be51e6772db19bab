"""Names of tables, facts, indicators and municipalities behind the Tab key, within the quotes of a call such as ``data.table("``."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from data.facts import facts
from data.indicators import indicator_names
from data.package import table, table_names

if TYPE_CHECKING:
    from IPython.core.completer import CompletionContext, SimpleMatcherResult
    from IPython.core.interactiveshell import InteractiveShell

MOST = 100


def _municipality_names() -> list[str]:
    return table("municipalities")["municipality_name"].astype(str).tolist()


NAMES: dict[str, Callable[[], list[str]]] = {
    "describe": table_names,
    "fact": lambda: [fact.fact_id for fact in facts()],
    "indicator": indicator_names,
    "key_figure": indicator_names,
    "municipality_code": _municipality_names,
    "profile": _municipality_names,
    "table": table_names,
}
CALL = re.compile(rf"\b(?P<function>{'|'.join(NAMES)})\(\s*(?P<quote>[\"'])(?P<begun>(?:(?!(?P=quote)).)*)$")


def names_for(line: str) -> tuple[str, list[str]]:
    """Return what was typed of a name, and the names that it may become: those that begin with it, else those that have it in them.

    Parameters
    ----------
    line : str
        The line up to the cursor.

    Examples
    --------
    >>> names_for('data.profile("Zwo')
    ('Zwo', ['Zwolle'])
    >>> names_for("data.table('led")
    ('led', ['ledger'])
    """
    call = CALL.search(line)
    if not call:
        return "", []
    begun, known = call["begun"], NAMES[call["function"]]()
    begins = [name for name in known if name.casefold().startswith(begun.casefold())]
    return begun, begins or [name for name in known if begun.casefold() in name.casefold()]


def offer_names(shell: InteractiveShell) -> None:
    """Let a session complete names within quotes."""
    from IPython.core.completer import SimpleCompletion, context_matcher

    @context_matcher(identifier="data.names")
    def data_names(context: CompletionContext) -> SimpleMatcherResult:
        begun, names = names_for(context.line_with_cursor[: context.cursor_position])
        completions = [SimpleCompletion(name, type="name") for name in names[:MOST]]
        return {"completions": completions, "matched_fragment": begun, "suppress": bool(names)}

    shell.Completer.custom_matchers.append(data_names)
