"""The open data: files that hold the figures of the pages, all of them and nothing else, and programs that can read them."""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import duckdb
import frictionless
import pandas as pd
import pytest
from bs4 import BeautifulSoup

from book.open_data import EXAMPLES, LANGUAGES, OUTPUTS, PLACEHOLDER, example, size_text
from data import open_data, workbook
from data.downloads import COLUMNS, download_rows
from data.file_fields import fields
from data.names import successors
from data.open_data import ALL, INDEX, PACKAGE, WORKBOOK, open_data_files, path_of
from data.package import table
from data.profiles import places, profile
from tests.conftest import PROJECT
from tests.municipality_sample import by_property, page_of
from tests.test_package import problems

API = "api"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def content(path: str) -> bytes:
    return open_data_files()[path].content


@cache
def index() -> dict:
    return json.loads(content(INDEX))


def as_read(frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows as they come back from a file: what is empty is not there."""
    text = frame.select_dtypes(exclude="number").columns
    return frame.assign(**{name: frame[name].astype(object).where(frame[name].ne(""), None) for name in text})


# The files


def test_the_file_of_all_municipalities_is_the_table_of_downloads():
    read = pd.read_csv(io.BytesIO(content(ALL)))
    assert list(read.columns) == COLUMNS
    pd.testing.assert_frame_equal(
        read.astype(object).where(read.notna(), None),
        as_read(download_rows()).astype(object).where(lambda frame: frame.notna(), None),
        check_dtype=False,
    )


def test_each_municipality_has_its_own_rows_as_csv_and_json():
    rows = dict(tuple(download_rows().groupby("municipality_code")))
    assert len(rows) == 342
    for code, own in rows.items():
        lines = content(path_of(code, "csv")).decode().split("\r\n")
        assert lines[-1] == ""
        assert lines[0] == ",".join(COLUMNS)
        assert len(lines) - 2 == len(own)
        assert all(line.startswith(f"{code},") for line in lines[1:-1])
        stored = json.loads(content(path_of(code, "json")))
        assert stored["municipality_code"] == code
        assert stored["municipality_name"] == own["municipality_name"].iloc[0]
        flat = [(group["indicator_id"], value["year"], value["value"]) for group in stored["indicators"] for value in group["values"]]
        values = own["value"].astype(object).where(own["value"].notna(), None)
        assert flat == list(zip(own["indicator_id"], own["year"], values, strict=True)), code


def test_a_figure_in_the_files_is_the_one_on_the_page():
    for code in by_property().values():
        stored = json.loads(content(path_of(code, "json")))
        found = {(group["indicator_id"], value["year"]): value for group in stored["indicators"] for value in group["values"]}
        for figure in profile(code).key_figures:
            if (figure.figure_id, figure.year) not in found:
                continue
            value = found[figure.figure_id, figure.year]
            assert (value["value"] is None) == (figure.value is None), (code, figure.figure_id)
            assert (value["absence"] or "") == figure.absence
            if figure.value is not None:
                assert value["value"] == pytest.approx(figure.value, abs=0.051)
        assert sum((figure.figure_id, figure.year) in found for figure in profile(code).key_figures) >= 8


def test_json_has_no_value_that_json_does_not_know():
    def refuse(name: str) -> None:
        raise AssertionError(name)

    for path, file in open_data_files().items():
        if path.endswith(".json"):
            json.loads(file.content, parse_constant=refuse)
            assert b"NaN" not in file.content
            assert b"<NA>" not in file.content


def test_index_names_every_file_with_its_size_and_fingerprint():
    named = {entry["path"]: entry for entry in index()["files"]}
    assert {*named, INDEX} == {*open_data_files()}
    for path, entry in named.items():
        assert entry["bytes"] == len(content(path))
        assert entry["sha256"] == hashlib.sha256(content(path)).hexdigest()
    assert named[ALL]["sha256"].startswith(index()["version"])
    assert {area["municipality_code"] for area in index()["municipalities"]} == {*places()}
    assert all({area["csv"], area["json"]} <= {*named} for area in index()["municipalities"])


def test_index_leads_a_former_municipality_to_its_successors():
    former = index()["former_municipalities"]
    assert len(former) > 40
    assert not {*former} & {*places()}
    for code, now in former.items():
        assert now == list(successors(code))
        assert {*now} <= {*places()}


def test_the_description_in_the_index_fits_the_file(tmp_path):
    assert [field["name"] for field in fields()] == COLUMNS
    (tmp_path / ALL).write_bytes(content(ALL))
    described = index()
    schema = {"fields": [{"name": field["name"], "type": field["type"]} for field in described["fields"]]}
    resource = {"name": "figures", "path": ALL, "encoding": described["encoding"], "schema": schema, "profile": "tabular-data-resource"}
    resource["dialect"] = {key: value for key, value in described["dialect"].items() if key != "header"}
    (tmp_path / "datapackage.json").write_text(json.dumps({"name": "figures", "resources": [resource]}), encoding="utf-8")
    assert frictionless.Package(tmp_path / "datapackage.json").validate(limit_errors=5).flatten(["message"]) == []


def test_files_are_the_same_to_the_byte_when_made_again():
    before = {path: file.fingerprint for path, file in open_data_files().items()}
    open_data.forget()
    assert {path: file.fingerprint for path, file in open_data_files().items()} == before
    for path in (WORKBOOK, PACKAGE):
        assert {entry.date_time[0] for entry in zipfile.ZipFile(io.BytesIO(content(path))).infolist()} == {1980}


def test_the_zipped_data_package_is_valid(tmp_path):
    with zipfile.ZipFile(io.BytesIO(content(PACKAGE))) as archive:
        archive.extractall(tmp_path)
    assert problems(tmp_path) == []


def test_files_together_stay_within_their_limits():
    assert sum(len(file.content) for file in open_data_files().values()) <= 30_000_000
    assert len(content(WORKBOOK)) <= 1_500_000
    assert max(len(content(path_of(code, "csv"))) for code in places()) <= 40_000


# The Excel file


@cache
def sheets() -> dict[str, list[list[object]]]:
    """Return the cells of each sheet: text as text, numbers as floats, nothing as None."""
    archive = zipfile.ZipFile(io.BytesIO(content(WORKBOOK)))
    shared = ["".join(part.itertext()) for part in ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))]
    names = [sheet.get("name") for sheet in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter(f"{SHEET}sheet")]
    result = {}
    for number, name in enumerate(names, 1):
        rows = []
        for row in ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{number}.xml")).iter(f"{SHEET}row"):
            cells: list[object] = [None] * len(COLUMNS)
            for cell in row:
                column = ord(re.match(r"[A-Z]", cell.get("r"))[0]) - ord("A")
                value = cell.find(f"{SHEET}v")
                if value is not None:
                    cells[column] = shared[int(value.text)] if cell.get("t") == "s" else float(value.text)
            rows.append(cells)
        result[name] = rows
    return result


def test_the_excel_file_has_every_figure_and_numbers_are_numbers():
    assert list(sheets()) == ["cijfers", "toelichting", "bronnen"]
    headings, names, *rows = sheets()["cijfers"]
    assert headings == [field["title"] for field in fields()]
    assert names == COLUMNS
    expected = as_read(download_rows()).astype(object).where(lambda frame: frame.notna(), None)
    assert len(rows) == len(expected)
    numbers = [COLUMNS.index(field["name"]) for field in fields() if field["type"] != "string"]
    for found, row in zip(rows, expected.itertuples(index=False), strict=True):
        assert found == list(row)
        assert all(found[column] is None or isinstance(found[column], float) for column in numbers)


def test_headings_of_the_excel_file_stay_in_sight():
    text = zipfile.ZipFile(io.BytesIO(content(WORKBOOK))).read("xl/worksheets/sheet1.xml").decode()
    assert 'ySplit="2"' in text
    assert 'state="frozen"' in text
    assert "<autoFilter" in text


def test_the_excel_file_explains_every_column_indicator_and_source():
    explained = {cell for row in sheets()["toelichting"] for cell in row if cell}
    assert {*COLUMNS} <= explained
    assert {name for name in download_rows()["indicator_id"] if not name.startswith("reported")} <= explained
    assert open_data.version() in explained
    assert all(row[2].startswith(("http", "data/", "tables/")) or row[2] for row in sheets()["bronnen"][1:])
    assert {row[4] for row in sheets()["bronnen"][1:]} != {None}


def test_text_that_looks_like_a_formula_stays_text():
    rows = download_rows().head(1).assign(label="=1+1", source="https://example.org/")
    text = zipfile.ZipFile(io.BytesIO(workbook.workbook(rows, open_data.about()))).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in text


# On the site


def test_the_site_has_exactly_these_files(site):
    folder = site / API
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert found == {*open_data_files(), "index.html", "andere-programma-s.html"}
    assert all((folder / path).read_bytes() == file.content for path, file in open_data_files().items())


def test_the_page_explains_every_column_and_every_indicator(site):
    soup = BeautifulSoup((site / API / "index.html").read_text(encoding="utf-8"), "html.parser")
    article = soup.select_one("article")
    words = {code.get_text() for code in article.select("code")}
    assert {*COLUMNS, *download_rows()["indicator_id"], open_data.version()} <= words
    links = [link["href"] for link in article.select(".ka-plain a")]
    assert len(links) == 6
    assert {*links} <= {*open_data_files()}
    assert PLACEHOLDER in article.get_text()


def test_each_page_of_a_municipality_links_to_its_files(site):
    for code in table("municipalities")["municipality_code"]:
        html = (site / page_of(code)).read_text(encoding="utf-8")
        section = re.search(r'<section id="download">.*?</section>', html, re.S)[0]
        assert f'href="../api/{path_of(code, "csv")}"' in section
        assert f'href="../api/{path_of(code, "json")}"' in section
        assert 'href="../api/index.html"' in section


def test_the_example_in_python_works_against_the_site(site, address, tmp_path):
    path = tmp_path / "example.py"
    path.write_text(example("python", address), encoding="utf-8")
    done = subprocess.run([sys.executable, str(path)], capture_output=True, text=True, timeout=120, cwd=tmp_path, check=True)
    rows = download_rows()
    risk = rows[rows["indicator_id"] == "poverty_risk_120_pct"]
    highest = risk[risk["year"] == risk["year"].max()].nlargest(5, "value")
    lines = done.stdout.splitlines()
    assert [line.rsplit(maxsplit=3)[0].strip() for line in lines[1:6]] == list(highest["municipality_name"])
    own = risk[risk["municipality_code"] == "GM0363"]
    assert [line.split()[0] for line in lines[7:]] == [str(year) for year in own["year"]]
    assert float(lines[-1].split()[1]) == own["value"].iloc[-1]


@pytest.fixture
def package_folder(tmp_path):
    """Return the folder in which the data package of the site was unpacked."""
    with zipfile.ZipFile(io.BytesIO(content(PACKAGE))) as archive:
        archive.extractall(tmp_path)
    return tmp_path


def printed(language: str) -> str:
    return (EXAMPLES / OUTPUTS[language]).read_text(encoding="utf-8")


def test_the_questions_in_sql_give_what_the_page_says(package_folder, monkeypatch):
    monkeypatch.chdir(package_folder)
    database = duckdb.connect()
    answers = [str(database.sql(question)) for question in example("sql", "").split(";\n") if question.strip()]
    assert "\n".join(answers).rstrip("\n") + "\n" == printed("sql")


@pytest.mark.skipif(not shutil.which("Rscript"), reason="R is not installed here")
def test_the_example_in_r_gives_what_the_page_says(site, address, tmp_path):
    (tmp_path / "voorbeeld.R").write_text(example("r", address), encoding="utf-8")
    done = subprocess.run(["Rscript", "--vanilla", "voorbeeld.R"], capture_output=True, text=True, timeout=120, cwd=tmp_path, check=True)
    assert done.stdout == printed("r")


def test_the_page_shows_each_example_with_what_it_prints(site):
    soup = BeautifulSoup((site / API / "andere-programma-s.html").read_text(encoding="utf-8"), "html.parser")
    blocks = [block.get_text().strip("\n") for block in soup.select("article pre")]
    assert blocks == [text.strip("\n") for text in (example("sql", ""), printed("sql"), example("r", ""), printed("r"))]


def test_tables_and_columns_named_on_the_page_are_in_the_data_package(package_folder):
    page = (PROJECT / "chapters" / "api" / "andere-programma-s.md").read_text(encoding="utf-8")
    resources = json.loads((package_folder / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    known = {field["name"] for each in resources for field in each.get("schema", {}).get("fields", [])} | {
        each["name"] for each in resources
    }
    named = set(re.findall(r"`([a-z]+(?:_[a-z]+)+)`", page)) - {"read_package", "read_resource"}
    assert {"boundary_changes", "error_max_pct"} <= named <= known | {*COLUMNS}
    assert {"tables", "geometry"} == {name for name in re.findall(r"`([a-z]+)/`", page) if (package_folder / name).is_dir()}


def test_examples_get_the_address_of_the_site_when_it_is_known():
    assert PLACEHOLDER not in example("sql", "")
    for language in {*LANGUAGES} - {"sql"}:
        assert PLACEHOLDER in example(language, "")
        assert 'address = "https://voorbeeld.nl/boek/api/"'.replace("=", "<-" if language == "r" else "=") in example(
            language, "https://voorbeeld.nl/boek/"
        )


def test_sizes_are_written_in_dutch():
    assert (size_text(1_204), size_text(6_769_051)) == ("1 kB", "6,8 MB")


def test_examples_are_part_of_the_package():
    folder = Path(__file__).parent.parent
    assert all((folder / "book" / "examples" / name).exists() for name in [*LANGUAGES.values(), *OUTPUTS.values()])
    assert '"examples/*"' in (folder / "pyproject.toml").read_text(encoding="utf-8")
