"""How an imported table is declared: its columns, sources and the function that makes it.

Each module in this folder holds the steps from the project's source files to a few tables, and ends in a
list ``TABLES`` of `TableDeclaration`. `write_tables` turns declarations into ``data/tables/*.csv`` and
``data/datapackage.json``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

CC_BY = {"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/", "title": "Creative Commons Naamsvermelding 4.0"}


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Parameters
    ----------
    name : str
        English, spelled out, unit as suffix (``_pct``, ``_count``, ``_eur``).
    type : str
        Frictionless type: string, integer, number, boolean, date, year.
    description : str
        What it holds, in English.
    title_nl : str
        Short Dutch label, as a reader sees it above the column.
    unit : str, optional
        For example ``percent``, ``children``, ``eur``.
    required : bool
        Whether an empty cell is an error.
    minimum, maximum : float, optional
        Bounds, in the unit.
    values : tuple of str, optional
        The closed list of allowed values.
    pattern : str, optional
        Regular expression for strings.
    """

    name: str
    type: str
    description: str
    title_nl: str
    unit: str | None = None
    required: bool = True
    minimum: float | None = None
    maximum: float | None = None
    values: tuple[str, ...] | None = None
    pattern: str | None = None

    def descriptor(self) -> dict:
        """Return the column as a Frictionless field."""
        constraints = {
            "required": self.required or None,
            "minimum": self.minimum,
            "maximum": self.maximum,
            "enum": list(self.values) if self.values else None,
            "pattern": self.pattern,
        }
        result = {"name": self.name, "type": self.type, "title_nl": self.title_nl, "description": self.description}
        if self.unit:
            result["unit"] = self.unit
        return result | {"constraints": {key: value for key, value in constraints.items() if value is not None}}


@dataclass(frozen=True)
class Source:
    """Where a table comes from.

    Parameters
    ----------
    title : str
        In English, or the Dutch name of the source itself.
    path : str
        Address on the web.
    date : str
        Of publication or retrieval.
    obtained : str
        How it was obtained, in English.
    title_nl : str, optional
        What a reader sees; only where `title` is not Dutch already.
    """

    title: str
    path: str
    date: str
    obtained: str
    title_nl: str = ""

    def descriptor(self) -> dict:
        """Return the source as a Frictionless source with the three properties that this project adds."""
        return {
            "title": self.title,
            "title_nl": self.title_nl or self.title,
            "path": self.path,
            "date": self.date,
            "obtained": self.obtained,
        }


@dataclass(frozen=True)
class TableDeclaration:
    """A table: what it is, and the function that makes it from the folder of source files.

    Parameters
    ----------
    name, title_nl, description, description_nl : str
        Name and explanation; descriptions are one or two sentences, ``_nl`` for the reader.
    trust : str
        How far the figures can be trusted, in English; approximations and their errors.
    trust_nl : str
        The same for the reader, without the errors themselves: the page *Verantwoording* computes those.
    columns : list of Column
    primary_key : list of str
    sources : list of Source
    build : callable
        Takes the folder of source files, returns the DataFrame with exactly `columns`, sorted.
    foreign_keys : dict of str to (str, str), optional
        Column to (table, column).
    licence : dict
        Frictionless licence.
    credit : str
        The credit line that must stand below a figure of this table.
    """

    name: str
    title: str
    title_nl: str
    description: str
    description_nl: str
    trust: str
    trust_nl: str
    columns: list[Column]
    primary_key: list[str]
    sources: list[Source]
    build: Callable[[Path], pd.DataFrame]
    foreign_keys: dict[str, tuple[str, str]] = field(default_factory=dict)
    licence: dict = field(default_factory=lambda: CC_BY)
    credit: str = "Bron: CBS"

    def descriptor(self) -> dict:
        """Return the table as a Frictionless resource."""
        schema = {"fields": [column.descriptor() for column in self.columns], "primaryKey": self.primary_key}
        if self.foreign_keys:
            schema["foreignKeys"] = [
                {"fields": [column], "reference": {"resource": table, "fields": [other]}}
                for column, (table, other) in self.foreign_keys.items()
            ]
        return {
            "name": self.name,
            "profile": "tabular-data-resource",
            "path": f"tables/{self.name}.csv",
            "title": self.title,
            "title_nl": self.title_nl,
            "description": self.description,
            "description_nl": self.description_nl,
            "trust": self.trust,
            "trust_nl": self.trust_nl,
            "credit": self.credit,
            "licenses": [self.licence],
            "sources": [source.descriptor() for source in self.sources],
            "scheme": "file",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": schema,
        }
