"""The files of the open data: figures of every municipality as CSV, JSON and Excel, and the data package.

Addresses are stable: they hold the code of the municipality, never its name. Files are the same to the byte as long as the data and
the pinned packages are. ``index.json`` lists them with size and fingerprint; its ``version`` is a fingerprint of all figures, and changes
whenever one of them does.
"""

from __future__ import annotations

import hashlib
import io
import itertools
import json
import math
import zipfile
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from data.downloads import download_rows
from data.file_fields import fields
from data.indicators import indicators
from data.language import gettext, language
from data.names import successors
from data.package import DATA_FOLDER, PACKAGE_FILE, package, table
from data.profiles import places
from data.workbook import workbook

FOLDER = "api"
ALL, WORKBOOK, INDEX, PACKAGE = "gemeenten.csv", "gemeenten.xlsx", "index.json", "datapackage.zip"
DIALECT = {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\r\n", "header": True}
VERSION_LENGTH = 12
NO_DATE = (1980, 1, 1, 0, 0, 0)
GROUP = ["indicator_id", "label", "unit", "source"]
VALUES = ["year", "value", "error_max", "quality", "quality_text", "absence", "absence_reason"]


@dataclass(frozen=True)
class OpenFile:
    """One file to download.

    Parameters
    ----------
    path : str
        Address in the folder of the open data.
    media_type : str
        For example ``text/csv``.
    content : bytes
        What is in it.
    """

    path: str
    media_type: str
    content: bytes

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the content, in hexadecimal digits."""
        return hashlib.sha256(self.content).hexdigest()


def path_of(code: str, kind: str) -> str:
    """Return the address of the file of one municipality in the folder of the open data.

    >>> path_of("GM0363", "csv")
    'gemeenten/gm0363.csv'
    """
    return f"gemeenten/{code.lower()}.{kind}"


def open_data_files() -> dict[str, OpenFile]:
    """Return every file to download by its address in the folder of the open data; the index comes last."""
    return _files(language())


def version() -> str:
    """Return the fingerprint of all figures: the first digits of the SHA-256 of the file that holds them."""
    return _version(language())


@lru_cache
def _all_lines(edition: str) -> tuple[str, ...]:
    """Return heading and rows of all figures as lines of CSV."""
    text = download_rows().to_csv(index=False, lineterminator="\r\n", float_format="%.12g")
    lines = tuple(text.removesuffix("\r\n").split("\r\n"))
    if len(lines) != len(download_rows()) + 1:
        raise ValueError("A field of the figures has a line break in it; files per municipality cannot be cut from one")
    return lines


def _csv(lines: tuple[str, ...]) -> bytes:
    return "".join(line + "\r\n" for line in lines).encode()


@lru_cache
def _version(edition: str) -> str:
    return hashlib.sha256(_csv(_all_lines(edition))).hexdigest()[:VERSION_LENGTH]


@lru_cache
def _files(edition: str) -> dict[str, OpenFile]:
    rows, lines = download_rows(), _all_lines(edition)
    files = [OpenFile(ALL, "text/csv", _csv(lines))]
    spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    files.append(OpenFile(WORKBOOK, spreadsheet, workbook(rows, about())))
    files.append(OpenFile(PACKAGE, "application/zip", packed()))
    for code, part in rows.groupby("municipality_code"):
        own = (lines[0], *lines[part.index[0] + 1 : part.index[-1] + 2])
        files.append(OpenFile(path_of(code, "csv"), "text/csv", _csv(own)))
        files.append(OpenFile(path_of(code, "json"), "application/json", _json(municipality(code, part))))
    files.append(OpenFile(INDEX, "application/json", _json(index(files))))
    return {file.path: file for file in files}


def _json(content: dict) -> bytes:
    return (json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n").encode()


def about() -> dict:
    """Return what every file says of itself: title, version, licence, credit."""
    licence = package()["licenses"][0]
    return {
        "title": gettext("Figures of every municipality"),
        "publication": package()[f"title_{language()}"],
        "version": version(),
        "licence": {"name": licence["name"], "title": licence["title"], "address": licence["path"]},
        "credit": gettext("Source: {sources}, edited by {publication}", sources="CBS", publication=package()[f"title_{language()}"]),
    }


def _value(value: object) -> object:
    if isinstance(value, float):
        return None if math.isnan(value) else int(value) if value == int(value) else value
    return value or None


def municipality(code: str, rows: pd.DataFrame) -> dict:
    """Return the figures of one municipality as its JSON file has them.

    Parameters
    ----------
    code : str
        Its code.
    rows : pandas.DataFrame
        As `data.downloads.download_rows`.
    """
    area = table("municipalities").set_index("municipality_code").loc[code]
    known = indicators()
    groups = []
    records = rows[GROUP + VALUES].astype(object).to_dict("records")
    for key, part in itertools.groupby(records, key=lambda row: tuple(row[name] for name in GROUP)):
        group = dict(zip(GROUP, key, strict=True))
        definition = known[group["indicator_id"]].definition if group["indicator_id"] in known else None
        groups.append(group | {"definition": definition, "values": [{name: _value(row[name]) for name in VALUES} for row in part]})
    return {
        "municipality_code": code,
        "municipality_name": str(area["municipality_name"]),
        "province_code": str(area["province_code"]),
        "province_name": str(area["province_name"]),
        **about(),
        "page": f"../../gemeenten/{places()[code].slug}.html",
        "indicators": groups,
    }


def index(files: list[OpenFile]) -> dict:
    """Return the list of everything that can be downloaded, with what a program needs to read it.

    Parameters
    ----------
    files : list of OpenFile
        The other files.
    """
    areas = table("municipalities")[["municipality_code", "municipality_name", "province_code", "province_name"]].astype(str)
    ranges = download_rows().groupby("indicator_id", sort=False).agg(label=("label", "first"), unit=("unit", "first"), years=("year", list))
    known = indicators()
    return {
        **about(),
        "documentation": "index.html",
        "dialect": DIALECT,
        "encoding": "utf-8",
        "fields": fields(),
        "indicators": [
            {
                "indicator_id": row.Index,
                "label": row.label,
                "unit": row.unit,
                "definition": known[row.Index].definition if row.Index in known else None,
                "years": sorted(set(row.years)),
            }
            for row in ranges.itertuples()
        ],
        "files": [
            {"path": file.path, "media_type": file.media_type, "bytes": len(file.content), "sha256": file.fingerprint} for file in files
        ],
        "municipalities": [
            area
            | {
                "csv": path_of(area["municipality_code"], "csv"),
                "json": path_of(area["municipality_code"], "json"),
                "page": f"../gemeenten/{places()[area['municipality_code']].slug}.html",
            }
            for area in areas.sort_values("municipality_code").to_dict("records")
        ],
        "former_municipalities": {
            code: list(successors(code))
            for code in sorted(set(table("boundary_changes")["old_code"].astype(str)) - set(areas["municipality_code"]))
        },
    }


def packed() -> bytes:
    """Return the data package as a zip file: its description, and every table and boundary file that it names."""
    target = io.BytesIO()
    names = [PACKAGE_FILE.name, *(resource["path"] for resource in package()["resources"])]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in names:
            entry = zipfile.ZipInfo(name, NO_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, (DATA_FOLDER / name).read_bytes())
    return target.getvalue()


def forget() -> None:
    """Make the files again at the next call; for a table that came after the first one."""
    for made in (_all_lines, _version, _files):
        made.cache_clear()
