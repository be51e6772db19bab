"""What a student sees after a check: not made yet, right, or not yet with what is wrong."""

from __future__ import annotations

import html
from dataclasses import dataclass

from data.language import gettext

NOT_MADE, RIGHT, NOT_YET = "not_made", "right", "not_yet"
COLOURS = {NOT_MADE: "#808890", RIGHT: "#2e8b57", NOT_YET: "#c8741c"}


@dataclass(frozen=True, repr=False)
class Feedback:
    """The outcome of a check, as a line of text in any front end.

    Parameters
    ----------
    state : str
        `NOT_MADE`, `RIGHT` or `NOT_YET`.
    message : str
        What is wrong, or what to remember; plain text for the reader.
    """

    state: str
    message: str = ""

    @property
    def heading(self) -> str:
        """The state in the words of the reader."""
        return {NOT_MADE: gettext("Not made yet."), RIGHT: gettext("Right."), NOT_YET: gettext("Not right yet.")}[self.state]

    def __repr__(self) -> str:
        return f"{self.heading} {self.message}".strip()

    def _repr_html_(self) -> str:
        style = f"border-left: 0.3rem solid {COLOURS[self.state]}; padding: 0.3rem 0.8rem; margin: 0.4rem 0"
        return f'<div style="{style}"><strong>{html.escape(self.heading)}</strong> {html.escape(self.message)}</div>'
