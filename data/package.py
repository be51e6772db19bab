"""The tables of the book: a Frictionless Data Package, read as typed pandas DataFrames.

``data/datapackage.json`` describes every CSV file in ``data/tables/``: per column name, type, unit,
description and constraints; per table title, licence, sources, how it was obtained and how far it can be
trusted. It also lists the boundary files in ``data/geometry/``, and has a fingerprint of every file, so that a
change by hand is noticed. This module loads a table in the types its schema states.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path

import pandas as pd

from data.language import gettext, language
from data.suggestions import unknown_name
from data.summary import Summary

DATA_FOLDER = Path(__file__).parent
PACKAGE_FILE = DATA_FOLDER / "datapackage.json"
CREDIT_PREFIX = "Bron: "


@lru_cache
def package() -> dict:
    """Return the descriptor of the data package (a dictionary in the form of the Frictionless standard)."""
    return json.loads(PACKAGE_FILE.read_text(encoding="utf-8"))


def table_names() -> list[str]:
    """Return the names of all tables, in the order of the data package; boundary files are not among them.

    Examples
    --------
    >>> import data
    >>> data.table_names()[:4]
    ['documents', 'ledger', 'measures', 'context']
    """
    return [resource["name"] for resource in package()["resources"] if "schema" in resource]


def fingerprint(content: bytes) -> dict:
    """Return the properties by which Frictionless notices that a file was changed: ``hash`` (SHA-256) and ``bytes``."""
    return {"hash": f"sha256:{hashlib.sha256(content).hexdigest()}", "bytes": len(content)}


def with_resources(descriptor: dict, resources: list[dict]) -> dict:
    """Return a package descriptor in which resources replace those of the same name; new ones come last."""
    merged = {resource["name"]: resource for resource in [*descriptor["resources"], *resources]}
    return descriptor | {"resources": list(merged.values())}


def unit_words(unit: str) -> str:
    """Return the unit of a column in words for the reader; one that has none as it is.

    >>> unit_words("eur per year")
    'euro per jaar'
    """
    words = {
        "percent": gettext("percent"),
        "percentage points": gettext("percentage points"),
        "fraction": gettext("part of one"),
        "eur": gettext("euro"),
        "eur per year": gettext("euro per year"),
        "children": gettext("children"),
        "persons": gettext("persons"),
        "households": gettext("households"),
    }
    return words.get(unit, unit)


class Description(Summary, dict):
    """The descriptor of a table, a dictionary in the form of the Frictionless standard, that shows itself to a reader."""

    def summary(self) -> tuple[str, dict[str, str]]:
        """Return title, sources and how far it may be trusted, and every column with its title and unit; see `data.summary.Summary`."""
        words = f"title_{language()}"
        columns = {field["name"]: field.get(words, field["title_nl"]) for field in self["schema"]["fields"]}
        units = {field["name"]: f" ({unit_words(field['unit'])})" for field in self["schema"]["fields"] if field.get("unit")}
        return gettext("table {name}", name=self["name"]), {
            gettext("Title"): self[words],
            gettext("Source"): self["credit"].removeprefix(CREDIT_PREFIX),
            gettext("Meaning"): self[f"description_{language()}"],
            gettext("How good?"): self[f"trust_{language()}"],
            **{column: title + units.get(column, "") for column, title in columns.items()},
        }


def describe(name: str) -> Description:
    """Return the descriptor of one table: title, description, schema, sources, trust.

    Parameters
    ----------
    name : str
        One of `table_names`.

    Returns
    -------
    Description
        A dictionary; a notebook shows title, meaning, quality and every column with its unit.

    Raises
    ------
    KeyError
        When there is no such table; the message names those that exist.

    Examples
    --------
    >>> import data
    >>> print(data.describe("provincial_low_income"))
    tabel provincial_low_income
      Titel                        Huishoudens, mensen en kinderen met een laag inkomen, per
                                   provincie
      Bron                         CBS
      Betekenis                    Huishoudens met een inkomen onder de lage-inkomensgrens van het
                                   CBS, en de mensen en de minderjarige kinderen in die
                                   huishoudens. ...
      Hoe goed?                    Zoals gepubliceerd, in één publicatie. Aantallen zijn afgerond
                                   op honderdtallen. ...
      year                         Jaar
      region_code                  Regiocode
      region_name                  Regio
      low_income_households_count  Aantal huishoudens met een laag inkomen (huishoudens)
      ...
    """
    for resource in package()["resources"]:
        if resource["name"] == name and "schema" in resource:
            return Description(resource)
    raise unknown_name(gettext("There is no table ‘{name}’.", name=name), name, table_names())


def _column_type(field: dict) -> object:
    if "enum" in field.get("constraints", {}):
        return pd.CategoricalDtype(field["constraints"]["enum"], ordered=bool(field.get("ordered")))
    return {"integer": "Int64", "year": "Int64", "number": "Float64", "boolean": "boolean"}.get(field["type"], "string")


def read_table(path: Path, schema: dict) -> pd.DataFrame:
    """Read a CSV file in the types of a Frictionless schema.

    Parameters
    ----------
    path : Path
        The CSV file (UTF-8, comma, header).
    schema : dict
        The Frictionless schema: ``{"fields": [{"name": ..., "type": ...}]}``.

    Returns
    -------
    pandas.DataFrame
        Enumerated columns are categorical, integers and booleans nullable, dates ``datetime64``.
    """
    fields = schema["fields"]
    dates = [field["name"] for field in fields if field["type"] == "date"]
    types = {field["name"]: _column_type(field) for field in fields if field["name"] not in dates}
    return pd.read_csv(path, dtype=types, parse_dates=dates, keep_default_na=False, na_values=[""])


@lru_cache
def _load(name: str) -> pd.DataFrame:
    resource = describe(name)
    return read_table(DATA_FOLDER / resource["path"], resource["schema"])


def table(name: str) -> pd.DataFrame:
    """Return one table of the book as a typed DataFrame.

    The file is read once per process; each call returns a copy of its own, so changing it harms nobody.

    Parameters
    ----------
    name : str
        Name of a table; `table_names` lists them, `describe` explains one.

    Raises
    ------
    KeyError
        When there is no such table; the message names those that exist.

    Examples
    --------
    >>> import data
    >>> low_income = data.table("provincial_low_income")
    >>> low_income.loc[low_income["region_name"] == "Zeeland", ["year", "low_income_children_pct"]]
        year  low_income_children_pct
    10  2011                      6.3
    23  2014                      7.6
    36  2017                      6.8
    """
    return _load(name).copy()
