"""From a table at CBS to the snapshot in the repository: prepare, check, and replace everything or nothing.

Three files change together, in this order: ``data/tables/NAME.csv``, its description in ``data/datapackage.json``, and
the note ``data/tables/NAME.source.json`` (table id, title, CBS's ``Modified``, time of retrieval, sha256, number of rows).
The sha256 is that of the CSV file: when it does not fit, the note does not belong to the snapshot.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from data.importing.declaration import Source
from data.package import PACKAGE_FILE, fingerprint, with_resources
from data.refresh.checks import check_number, check_plausible, check_schema, check_shares, check_sum
from data.refresh.client import first_known
from data.refresh.service import RefreshError
from data.refresh.tables import RefreshedTable


def prepare_table(declared: RefreshedTable, folder: Path) -> tuple[dict[Path, bytes], str]:
    """Fetch and check one table.

    Parameters
    ----------
    declared : RefreshedTable
    folder : pathlib.Path
        The data folder.

    Returns
    -------
    (dict of pathlib.Path to bytes, str)
        The files to replace, none when CBS changed nothing, and a line for the summary.

    Raises
    ------
    RefreshError
        When CBS cannot be reached, or the table is not as it should be.
    """
    snapshot = folder / "tables" / f"{declared.name}.csv"
    note, package_file = snapshot.with_suffix(".source.json"), folder / PACKAGE_FILE.name
    package = json.loads(package_file.read_text(encoding="utf-8"))
    resources = {resource["name"]: resource for resource in package["resources"]}
    resource = declared.descriptor()
    table = first_known(declared.table_ids)
    source = {"table_id": table.table_id, "title": table.info["Title"].strip(), "modified": table.info["Modified"]}
    version = f"({table.table_id}, modified {source['modified']})"
    described = resources.get(declared.name, {}).get("schema") == resource["schema"]
    if described and source.items() <= _recorded(snapshot, note).items():
        return {}, f"unchanged {version}"

    frame = declared.build(table)
    if "region_code" in frame:
        national, frame = frame[frame["region_code"] == "NL01"], _municipalities(frame, folder)
    keys = sorted(declared.primary_key, key=lambda key: key != "year")
    frame = frame.sort_values(keys)[[column.name for column in declared.columns]]
    if snapshot.exists() and (lost := sorted(set(pd.read_csv(snapshot)["year"]) - set(frame["year"]))):
        raise RefreshError(f"Table {table.table_id} lacks years that the snapshot has: {', '.join(map(str, lost))}.")
    content = frame.to_csv(index=False, lineterminator="\n").encode()
    check_schema(content, resource["schema"], package["resources"], folder)
    if "municipality_code" in frame:
        check_number(frame, source["title"], declared.own_classification)
        check_sum(frame, national)
        check_plausible(national, declared.plausible)
        check_shares(frame)

    address = f"https://opendata.cbs.nl/statline/#/CBS/nl/dataset/{table.table_id}/table"
    now = datetime.now(UTC).isoformat(timespec="seconds")
    credit = Source(f"CBS StatLine {table.table_id}: {source['title']}", address, now[:10], "CBS Open Data, by python -m data refresh")
    resource |= {"sources": [credit.descriptor()]} | fingerprint(content)
    files = {
        snapshot: content,
        package_file: json_bytes(with_resources(package, [resource])),
        note: json_bytes(source | {"retrieved": now, "sha256": hashlib.sha256(content).hexdigest(), "rows": len(frame)}),
    }
    return files, f"replaced, {len(frame)} rows {version}"


def _recorded(snapshot: Path, note: Path) -> dict:
    """Return the note, when it belongs to the snapshot."""
    try:
        record = json.loads(note.read_text(encoding="utf-8"))
        return record if record["sha256"] == hashlib.sha256(snapshot.read_bytes()).hexdigest() else {}
    except (FileNotFoundError, ValueError, KeyError):
        return {}


def _municipalities(frame: pd.DataFrame, folder: Path) -> pd.DataFrame:
    """Return the municipalities in the years that are published, named as in our own table of them."""
    values = frame.filter(regex="_(count|pct)$")
    published = values.notna().any(axis=1)
    frame = frame[published.groupby(frame["year"]).transform("any")]
    names = pd.read_csv(folder / "tables" / "municipalities.csv").set_index("municipality_code")["municipality_name"]
    code, cbs_name = frame["region_code"], frame["region_name"].str.removesuffix(" (gemeente)")
    frame = frame.assign(municipality_code=code, municipality_name=code.map(names).fillna(cbs_name))
    return frame[code.str.startswith("GM") & (published | code.isin(names.index))]


def json_bytes(value: dict) -> bytes:
    """Write JSON as the repository keeps it."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def replace_files(contents: dict[Path, bytes], folder: Path) -> None:
    """Replace several files in a folder, each atomically, and all or none.

    Everything is first written to disk beside a copy of what was there; only then are the files put in place, in the order
    given. A fault or a stop half-way puts the copies back. Only a loss of power (or SIGKILL) between two replacements can
    leave the first ones new; each file is whole even then.

    Raises
    ------
    OSError
        When a file cannot be written (disk full, no permission); all files are as they were.
    """
    with tempfile.TemporaryDirectory(prefix=".refresh-", dir=folder) as temporary:
        new = {target: Path(temporary, target.name) for target in contents}
        old = {target: Path(temporary, f"{target.name}.old") for target in contents}
        for target, content in contents.items():
            with new[target].open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if target.exists():
                shutil.copy2(target, old[target])
        try:
            for target in contents:
                os.replace(new[target], target)
        except BaseException:
            for target in contents:
                if old[target].exists():
                    os.replace(old[target], target)
                else:
                    target.unlink(missing_ok=True)
            raise
