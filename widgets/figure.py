"""What every figure of the book has in common, whatever draws it.

A figure is a drawing together with all that makes it trustworthy: a title that states the finding, a
subtitle that says what is measured, in which unit and when, the data behind it as a table, its sources,
notes, and a text for readers who do not see the drawing. It has two faces: in a live kernel Plotly draws
it; when chapters are executed for the site (environment variable ``KINDERARMOEDE_FACE=site``) it is
handed over as data, in the media type `FIGURE_MEDIA_TYPE`, and ``book/`` makes the page component.
"""

from __future__ import annotations

import os
import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

import pandas as pd
from IPython.display import HTML, display

from data.language import gettext
from data.package import CREDIT_PREFIX, describe
from data.suggestions import check_columns
from data.summary import Summary

NAME_PATTERN = r"[a-z0-9]+(-[a-z0-9]+)*"
FIGURE_MEDIA_TYPE = "application/vnd.kinderarmoede.figure+json"


def face() -> str:
    """Return which face figures show: ``site`` while the website is made, else ``live``."""
    return os.environ.get("KINDERARMOEDE_FACE", "live")


def plain_value(value: object) -> object:
    """Return a table cell as a value that JSON can hold; absent values become ``None``."""
    if pd.isna(value):
        return None
    return value.item() if hasattr(value, "item") else value


@dataclass(frozen=True, repr=False)
class Figure(Summary, ABC):
    """A figure with its title, table, sources and text alternative.

    Parameters
    ----------
    name : str
        Identifier of the figure, unique on its page: lower-case letters, digits and single hyphens.
    title : str
        The finding, as a sentence without a full stop.
    subtitle : str
        Quantity, definition, unit and period.
    table : pandas.DataFrame
        The data that is drawn, one row per observation, as the reader sees it.
    columns : mapping of str to str
        Column of `table` to the heading that the reader sees; only these columns are shown.
    sources : sequence of str
        Names of the tables (see `data.table_names`) that the figure was made from.
    alternative : str
        What the drawing shows, in words, for readers who do not see it.
    notes : sequence of str
        What the reader must know to read the figure rightly.
    unit : str or None
        Unit of what is drawn; None for a table, whose headings say it.

    Raises
    ------
    ValueError
        When a text, unit or source is lacking, or the name is no identifier: such a figure must not appear.
    UnknownName
        When a source is no table of the data package, or a column is not in the table.
    """

    name: str
    title: str
    subtitle: str
    table: pd.DataFrame
    columns: Mapping[str, str]
    sources: Sequence[str]
    alternative: str
    notes: Sequence[str] = field(default=(), kw_only=True)
    unit: str | None = field(default=None, kw_only=True)

    def __post_init__(self) -> None:
        for what in ("name", "title", "subtitle", "alternative", "unit"):
            text = getattr(self, what)
            if text is not None and not text.strip():
                raise ValueError(gettext("Figure ‘{name}’ has an empty text for {argument}.", name=self.name, argument=what))
        if not re.fullmatch(NAME_PATTERN, self.name):
            raise ValueError(
                gettext("The name of a figure may have small letters, digits and single hyphens only, unlike ‘{name}’.", name=self.name)
            )
        if not self.sources:
            raise ValueError(gettext("Figure ‘{name}’ names no source: give at least one table in sources.", name=self.name))
        for source in self.sources:
            describe(source)
        if not self.columns:
            raise ValueError(gettext("Figure ‘{name}’ shows no column of its table: give at least one in columns.", name=self.name))
        check_columns(self.table, self.columns)

    @abstractmethod
    def drawing(self) -> dict:
        """Return what the site needs to draw the figure, with a key ``kind``."""

    @abstractmethod
    def live(self) -> object:
        """Return an object that a notebook shows between title and sources: a Plotly figure, a table or a widget."""

    def credit(self) -> str:
        """Return the credit line below the figure: each source once."""
        names = dict.fromkeys(describe(source)["credit"].removeprefix(CREDIT_PREFIX) for source in self.sources)
        return CREDIT_PREFIX + "; ".join(names)

    def payload(self) -> dict:
        """Return the figure as data: texts, sources, table and drawing, ready for JSON."""
        shown = self.table[list(self.columns)]
        return {
            "name": self.name,
            "title": self.title,
            "subtitle": self.subtitle,
            "unit": self.unit,
            "alternative": self.alternative,
            "notes": list(self.notes),
            "credit": self.credit(),
            "sources": [
                {key: describe(source)[key] for key in ("name", "title_nl", "description_nl", "licenses", "sources")}
                for source in self.sources
            ],
            "table": {
                "columns": list(self.columns),
                "headings": list(self.columns.values()),
                "rows": [[plain_value(value) for value in row] for row in shown.itertuples(index=False)],
            },
            "drawing": self.drawing(),
        }

    def summary(self) -> tuple[str, dict[str, str]]:
        """Return title, subtitle and credit; see `data.summary.Summary`."""
        return gettext("figure {name}", name=self.name), {
            gettext("Title"): self.title,
            gettext("Subtitle"): self.subtitle,
            gettext("Source"): self.credit().removeprefix(CREDIT_PREFIX),
        }

    def __str__(self) -> str:
        return f"{self.title}\n{self.subtitle}\n{self.alternative}"

    def _ipython_display_(self) -> None:
        if face() == "site":
            display({FIGURE_MEDIA_TYPE: self.payload(), "text/plain": str(self)}, raw=True)
        else:
            display(HTML(f"<h3>{escape(self.title)}</h3><p>{escape(self.subtitle)}</p>"))
            display(self.live())
            display(HTML("".join(f"<p>{escape(text)}</p>" for text in (*self.notes, self.credit()))))
