"""From source files to the tables of the book, step by step.

Run by hand, when sources change: ``python -m data import --from FOLDER``. The CSV files it writes are
committed, so that building and testing the book never needs the folder.
"""

from __future__ import annotations

import importlib
import json
from pathlib import Path

from data.importing.declaration import CC_BY, TableDeclaration
from data.package import DATA_FOLDER, PACKAGE_FILE, fingerprint

MODULES = ("documents", "series", "municipalities", "municipal_poverty", "households", "funding")


def declarations() -> list[TableDeclaration]:
    """Return the declarations of all tables, in the order of the data package."""
    return [table for name in MODULES for table in importlib.import_module(f"data.importing.{name}").TABLES]


def write_tables(source_folder: Path, target_folder: Path = DATA_FOLDER) -> list[str]:
    """Make every table from the source files and write it with its description.

    Parameters
    ----------
    source_folder : Path
        Folder with the source documents and exports (``ledger/``, ``cbs/``, ``geo/``, ``seeds/``).
    target_folder : Path
        Where ``tables/`` and ``datapackage.json`` go.

    Returns
    -------
    list of str
        One line per table: name and number of rows.

    Raises
    ------
    ValueError
        When a table does not have the columns it declares; nothing has been written then.
    """
    tables = declarations()
    frames = {}
    for table in tables:
        frame = table.build(source_folder)
        expected = [column.name for column in table.columns]
        if list(frame.columns) != expected:
            raise ValueError(f"Table {table.name} has columns {list(frame.columns)} instead of {expected}.")
        frames[table.name] = frame
    (target_folder / "tables").mkdir(exist_ok=True)
    resources = []
    for table in tables:
        text = frames[table.name].to_csv(index=False, lineterminator="\n", float_format="%.12g")
        (target_folder / "tables" / f"{table.name}.csv").write_text(text, encoding="utf-8", newline="")
        resources.append(table.descriptor() | fingerprint(text.encode()))
    write_resources(target_folder, resources)
    return [f"{name}: {len(frame)} rows" for name, frame in frames.items()]


def write_resources(target_folder: Path, resources: list[dict]) -> None:
    """Write resources into ``datapackage.json``; others that are in it stay, as long as their file exists.

    Parameters
    ----------
    target_folder : Path
        Folder of the data package.
    resources : list of dict
        Frictionless resources.
    """
    package_file = target_folder / PACKAGE_FILE.name
    present = json.loads(package_file.read_text(encoding="utf-8"))["resources"] if package_file.exists() else []
    named = {resource["name"] for resource in resources}
    others = [resource for resource in present if resource["name"] not in named and (target_folder / resource["path"]).exists()]
    descriptor = {
        "name": "kinderarmoede-in-nederland",
        "title": "Child poverty in the Netherlands, 2017-2025",
        "title_nl": "Kinderarmoede in Nederland, 2017-2025",
        "profile": "data-package",
        "licenses": [CC_BY],
        "resources": sorted([*resources, *others], key=lambda resource: "schema" not in resource),
    }
    package_file.write_text(json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
