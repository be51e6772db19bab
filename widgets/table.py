"""Tables that are a figure of their own: with finding, sources and notes, like a chart."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from widgets.figure import Figure


@dataclass(frozen=True, repr=False)
class TableFigure(Figure):
    """A figure that is its table; see `widgets.figure.Figure` for the parameters.

    Examples
    --------
    >>> import data
    >>> from widgets import TableFigure
    >>> TableFigure(
    ...     name="documenten",
    ...     title="Vijf documenten",
    ...     subtitle="De brondocumenten van dit boek",
    ...     table=data.table("documents"),
    ...     columns={"title_nl": "Titel", "author": "Van"},
    ...     sources=["documents"],
    ...     alternative="Een tabel.",
    ... )
    <figuur documenten: Vijf documenten; De brondocumenten van dit boek; ...>
    """

    def drawing(self) -> dict:
        """Return the kind of figure: the table itself is in the payload."""
        return {"kind": "table"}

    def live(self) -> pd.DataFrame:
        """Return the table with the headings of the reader."""
        return self.table[list(self.columns)].rename(columns=dict(self.columns))
