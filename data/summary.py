"""How an object tells what it is: one line in Python, a small table in a notebook, every line of it in `print`."""

from __future__ import annotations

import textwrap
from abc import ABC, abstractmethod
from html import escape
from itertools import zip_longest

IN_ONE_LINE = 3
WIDTH = 64
UNBROKEN = {"break_long_words": False, "break_on_hyphens": False}


class Summary(ABC):
    """Something that can be summarised as a title and named values.

    ``repr(x)`` is one line with the first values, ``print(x)`` the title with every value on a line of its own, and a notebook
    shows the same as a table.
    """

    @abstractmethod
    def summary(self) -> tuple[str, dict[str, str]]:
        """Return a title and, by what they are called, the values; those that are empty are not shown."""

    def _shown(self) -> tuple[str, dict[str, str]]:
        title, values = self.summary()
        return title, {label: value for label, value in values.items() if value}

    def __repr__(self) -> str:
        title, values = self._shown()
        return f"<{title}: {'; '.join(' '.join(value.split()) for value in [*values.values()][:IN_ONE_LINE])}>"

    def __str__(self) -> str:
        title, values = self._shown()
        column = max(map(len, values), default=0) + 4
        lines = [title]
        for label, value in values.items():
            parts = [part for line in value.splitlines() for part in textwrap.wrap(line, WIDTH, **UNBROKEN)]
            lines += [f"{start:{column}}{part}" for start, part in zip_longest([f"  {label}"], parts, fillvalue="")]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        title, values = self._shown()
        rows = "".join(
            f'<tr><th scope="row" style="text-align:left">{escape(label)}</th><td style="text-align:left">{escape(value)}</td></tr>'
            for label, value in values.items()
        )
        return f'<table><caption style="text-align:left"><strong>{escape(title)}</strong></caption><tbody>{rows}</tbody></table>'
