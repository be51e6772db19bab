"""The tables are what their description says; a hand-made mistake is named with file, row and column."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys

import frictionless
import pandas as pd
import pytest

import data
from data.package import DATA_FOLDER, package

EXPECTED_ROWS = {
    "documents": 5,
    "ledger": 192,
    "measures": 163,
    "context": 507,
    "municipalities": 342,
    "municipal_child_poverty": 4257,
    "provincial_low_income": 39,
    "poverty_risk_check": 362,
}


def problems(folder) -> list[str]:
    """Return a line per mistake in a data package: file, row, column and what is wrong."""
    report = frictionless.Package(folder / "datapackage.json").validate()
    result = [str(error) for error in report.errors]
    for task in report.tasks:
        for error in task.errors:
            place = [task.place]
            if getattr(error, "row_number", None):
                place.append(f"row {error.row_number}")
            if getattr(error, "field_name", None):
                place.append(f"column {error.field_name}")
            result.append(f"{', '.join(place)}: {error.message}")
    return result


@pytest.fixture
def copied(tmp_path):
    """Return a copy of the data package that a test may spoil."""
    shutil.copytree(DATA_FOLDER / "tables", tmp_path / "tables")
    shutil.copytree(DATA_FOLDER / "geometry", tmp_path / "geometry")
    shutil.copy(DATA_FOLDER / "datapackage.json", tmp_path)
    return tmp_path


def change_cell(folder, table: str, row: int, column: str, value: object) -> None:
    path = folder / "tables" / f"{table}.csv"
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    frame.loc[row, column] = str(value)
    frame.to_csv(path, index=False, lineterminator="\n")


def test_every_table_is_what_its_description_says():
    assert problems(DATA_FOLDER) == []


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("municipal_low_income", "low_income_count", -5),
        ("municipal_child_poverty", "poverty_risk_120_pct", 130),
        ("municipal_low_income", "municipality_code", "GM9999"),
        ("measures", "kind", "wish"),
        ("ledger", "value", ""),
        ("ledger", "document_id", "letter_1850"),
    ],
)
def test_an_impossible_value_is_named_with_file_row_and_column(copied, table, column, value):
    change_cell(copied, table, 6, column, value)
    found = problems(copied)
    assert len(found) >= 1
    assert all(f"{table}.csv" in line for line in found)
    assert any("row 8" in line and column in line for line in found), found


def test_a_doubled_key_is_named_with_file_and_row(copied):
    frame = pd.read_csv(copied / "tables" / "municipal_child_poverty.csv", dtype=str, keep_default_na=False)
    pd.concat([frame, frame.iloc[[10]]]).to_csv(copied / "tables" / "municipal_child_poverty.csv", index=False, lineterminator="\n")
    found = problems(copied)
    assert any("municipal_child_poverty.csv, row 4259" in line for line in found), found


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [("ledger", "value", "9.3"), ("municipal_child_poverty", "poverty_risk_120_pct", "12.34"), ("policy_amounts", "value", "1")],
)
def test_a_possible_but_altered_value_is_noticed(copied, table, column, value):
    change_cell(copied, table, 6, column, value)
    found = problems(copied)
    assert any(f"{table}.csv" in line and "hash" in line for line in found), found


def test_an_altered_boundary_file_is_noticed(copied):
    path = copied / "geometry" / "municipalities_2021.topojson"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("1", "2", 1), encoding="utf-8")
    assert any("municipalities_2021.topojson" in line for line in problems(copied))


@pytest.mark.parametrize(("name", "rows"), EXPECTED_ROWS.items())
def test_table_is_complete(name, rows):
    assert len(data.table(name)) == rows


@pytest.mark.parametrize("resource", [r for r in package()["resources"] if "schema" in r], ids=lambda resource: resource["name"])
def test_table_tells_its_source_and_every_column_its_meaning(resource):
    for key in ("title", "title_nl", "description", "description_nl", "trust", "trust_nl", "credit"):
        assert resource[key].strip()
    assert resource["licenses"]
    for source in resource["sources"]:
        assert all(source[key].strip() for key in ("title", "title_nl", "path", "date", "obtained")), source
        assert not re.search(r"\b(and|the|see|with|children|inhabitants)\b", source["title_nl"]), source
    for field in resource["schema"]["fields"]:
        assert field["description"].strip(), field["name"]
        assert field["title_nl"].strip(), field["name"]
        if field["name"].endswith(("_pct", "_count", "_eur")):
            assert field.get("unit"), field["name"]


def test_an_unknown_table_names_those_that_exist():
    with pytest.raises(KeyError, match="municipalities"):
        data.table("municipalitys")
    with pytest.raises(KeyError, match="reported_funding"):
        data.table("zzz")


def test_a_table_is_typed_and_a_copy_of_ones_own():
    frame = data.table("municipal_child_poverty")
    assert isinstance(frame["quality"].dtype, pd.CategoricalDtype)
    assert frame["poverty_risk_120_count"].dtype == "Int64"
    frame.loc[:, "year"] = 1850
    assert data.table("municipal_child_poverty")["year"].min() == 2011


def test_reading_the_tables_does_not_load_the_libraries_for_maps():
    code = "import data, sys; data.table('ledger'); print('geopandas' in sys.modules, 'plotly' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False False\n"
