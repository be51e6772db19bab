"""From source files to the tables of the book, step by step.

Run by hand, when sources change: ``python -m data import --from FOLDER``. The CSV files it writes are
committed, so that building and testing the book never needs the folder.
"""

from __future__ import annotations

import importlib
import json
from pathlib import Path

from data.importing.declaration import TableDeclaration
from data.package import DATA_FOLDER, PACKAGE_FILE

MODULES = ("documents", "series", "municipalities", "municipal_poverty", "households", "funding")


def declarations() -> list[TableDeclaration]:
    """Return the declarations of all tables, in the order of the data package."""
    return [table for name in MODULES for table in importlib.import_module(f"data.importing.{name}").TABLES]


def write_tables(source_folder: Path, target_folder: Path = DATA_FOLDER) -> list[str]:
    """Make every table from the source files and write it with its description.

    Tables that only ``python -m data refresh`` makes stay in the description, as long as their file exists.

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
    for name, frame in frames.items():
        frame.to_csv(target_folder / "tables" / f"{name}.csv", index=False, lineterminator="\n", float_format="%.12g")
    package_file = target_folder / PACKAGE_FILE.name
    present = json.loads(package_file.read_text(encoding="utf-8"))["resources"] if package_file.exists() else []
    refreshed = [resource for resource in present if resource["name"] not in frames and (target_folder / resource["path"]).exists()]
    descriptor = {
        "name": "kinderarmoede-in-nederland",
        "title": "Child poverty in the Netherlands, 2017-2025",
        "title_nl": "Kinderarmoede in Nederland, 2017-2025",
        "profile": "tabular-data-package",
        "licenses": [tables[0].licence],
        "resources": [table.descriptor() for table in tables] + refreshed,
    }
    package_file.write_text(json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return [f"{name}: {len(frame)} rows" for name, frame in frames.items()]
