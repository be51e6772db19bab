"""The tables of the book: a Frictionless Data Package, read as typed pandas DataFrames.

``data/datapackage.json`` describes every CSV file in ``data/tables/``: per column name, type, unit,
description and constraints; per table title, licence, sources, how it was obtained and how far it can be
trusted. It also lists the boundary files in ``data/geometry/``, and has a fingerprint of every file, so that a
change by hand is noticed. This module loads a table in the types its schema states.
"""

from __future__ import annotations

import difflib
import hashlib
import json
from functools import lru_cache
from pathlib import Path

import pandas as pd

DATA_FOLDER = Path(__file__).parent
PACKAGE_FILE = DATA_FOLDER / "datapackage.json"


@lru_cache
def package() -> dict:
    """Return the descriptor of the data package (a dictionary in the form of the Frictionless standard)."""
    return json.loads(PACKAGE_FILE.read_text(encoding="utf-8"))


def table_names() -> list[str]:
    """Return the names of all tables, in the order of the data package; boundary files are not among them."""
    return [resource["name"] for resource in package()["resources"] if "schema" in resource]


def fingerprint(content: bytes) -> dict:
    """Return the properties by which Frictionless notices that a file was changed: ``hash`` (SHA-256) and ``bytes``."""
    return {"hash": f"sha256:{hashlib.sha256(content).hexdigest()}", "bytes": len(content)}


def with_resources(descriptor: dict, resources: list[dict]) -> dict:
    """Return a package descriptor in which resources replace those of the same name; new ones come last."""
    merged = {resource["name"]: resource for resource in [*descriptor["resources"], *resources]}
    return descriptor | {"resources": list(merged.values())}


def unknown_name(kind: str, name: object, known: list[str]) -> KeyError:
    """Make the error for a name that does not exist: it names near ones, or all when there are few.

    Parameters
    ----------
    kind : str
        What was asked for, for example ``"table"``.
    name : object
        The name that was not found.
    known : list of str
        The names that exist.
    """
    near = difflib.get_close_matches(str(name), known, n=5, cutoff=0.5)
    if near:
        hint = f"Did you mean: {', '.join(near)}?"
    elif len(known) <= 40:
        hint = f"These exist: {', '.join(known)}."
    else:
        hint = f"{len(known)} exist, from {known[0]} to {known[-1]}."
    return KeyError(f"There is no {kind} {name!r}. {hint}")


def describe(name: str) -> dict:
    """Return the descriptor of one table: title, description, schema, sources, trust.

    Raises
    ------
    KeyError
        When there is no such table; the message names those that exist.
    """
    for resource in package()["resources"]:
        if resource["name"] == name and "schema" in resource:
            return resource
    raise unknown_name("table", name, table_names())


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
    """
    return _load(name).copy()
