"""Refreshing from CBS: what arrives is checked, and whatever goes wrong, the snapshots stay as they were.

The real client ``cbsodata`` talks to a small server on this machine. Figures served here are made up for the test and
never leave it; codes and names of municipalities are those of the book.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import cbsodata
import geopandas
import pandas as pd
import pytest

from data import importing
from data.geography import FIRST_YEAR_OF_FILE
from data.importing.households import DURATIONS, LABELS, THRESHOLDS
from data.package import DATA_FOLDER, read_table
from data.refresh import boundaries, refresh_tables, service
from data.refresh.client import CbsTable, cbs_service
from data.refresh.service import RefreshError
from data.refresh.tables import INHABITANTS, MINORS
from tests.odata_server import Fault, ODataServer, ServedTable

YEARS = range(2022, 2024)
LOW_INCOME, POVERTY_LINE, POPULATION = "municipal_low_income", "municipal_poverty_line_2024", "municipal_population"
HOUSEHOLDS, BOUNDARIES = "household_low_income", "boundaries"


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait shorter, and give up sooner, than with the real CBS."""
    for name, value in {"ATTEMPTS": 3, "FIRST_WAIT_S": 0.01, "LONGEST_WAIT_S": 0.02, "TIMEOUT_S": 2}.items():
        monkeypatch.setattr(service, name, value)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the data folder, without notes of an earlier refresh; of the low incomes only the last years, to be quick."""
    target = tmp_path / "data"
    for name in ("tables", "geometry"):
        shutil.copytree(DATA_FOLDER / name, target / name, ignore=shutil.ignore_patterns("*.source.json"))
    package = json.loads((DATA_FOLDER / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"] = [resource for resource in package["resources"] if resource["name"] not in (POVERTY_LINE, POPULATION)]
    (target / "datapackage.json").write_text(json.dumps(package, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for name in (POVERTY_LINE, POPULATION):
        (target / "tables" / f"{name}.csv").unlink(missing_ok=True)
    snapshot = target / "tables" / f"{LOW_INCOME}.csv"
    pd.read_csv(snapshot).query(f"year >= {YEARS[0]}").to_csv(snapshot, index=False, lineterminator="\n")
    return target


@pytest.fixture(scope="session")
def municipalities() -> pd.Series:
    """Return the names of the 342 municipalities by code."""
    return pd.read_csv(DATA_FOLDER / "tables" / "municipalities.csv", dtype="string").set_index("municipality_code")["municipality_name"]


def _regions(municipalities: pd.Series) -> list[dict]:
    rows = [{"Key": "NL01  ", "Title": "Nederland"}, {"Key": "PV20  ", "Title": "Groningen (PV)"}]
    return rows + [{"Key": f"{code:<10}", "Title": f"{name} (gemeente)"} for code, name in municipalities.items()]


def _periods(years: range = YEARS, status: bool = True) -> list[dict]:
    rows = [{"Key": f"{year}JJ00", "Title": str(year), "Status": "Definitief"} for year in (2010, *years)]
    rows[-1] = rows[-1] | {"Title": f"{years[-1]}*", "Status": "Voorlopig"}
    rows.append({"Key": "2023KW04", "Title": "2023 4e kwartaal", "Status": "Voorlopig"})
    return rows if status else [{"Key": row["Key"], "Title": row["Title"]} for row in rows]


def _categories(titles: dict[str, str]) -> list[dict]:
    return [{"Key": key, "Title": title} for key, title in titles.items()]


def low_income_table(municipalities: pd.Series, table_id: str = "86202NED") -> ServedTable:
    """Make the table on low income: thresholds "all" (6.000), below the threshold (5%) and up to 150% (12%)."""
    shares = {"T001": 100.0, "LIG0": 5.0, "M101": 4.0, "M150": 12.0}
    children = {f"{code:<10}": 20 + index % 7 for index, code in enumerate(municipalities.index)}
    children["NL01  "] = sum(children.values())
    rows = [
        {"ID": 0, "Inkomensgrens": key, "Duur": duration, "Kenmerken": "1050010   ", "RegioS": region, "Perioden": f"{year}JJ00",
         "Kinderen_3": round(count * share / 100, 1), "Relatief_6": share}
        for year in YEARS for region, count in children.items() for key, share in shares.items()
        for duration in (("A1", "A4") if year == YEARS[0] else ("A1",))
    ]  # fmt: skip
    thresholds = ("Totaal", "Inkomen tot lage-inkomensgrens", "Inkomen tot 101% sociaal minimum", "Inkomen tot 150% sociaal minimum")
    dimensions = {
        "Inkomensgrens": ("Dimension", "Inkomensgrens huishouden", _categories(dict(zip(shares, thresholds, strict=True)))),
        "Duur": ("Dimension", "Duur inkomenspositie", _categories({"A1": "Ten minste 1 jaar", "A4": "Vier jaar of langer"})),
        "Kenmerken": ("Dimension", "Kenmerken van huishoudens", [{"Key": "1050010   ", "Title": "Particuliere huishoudens"}]),
        "RegioS": ("GeoDimension", "Regio's", _regions(municipalities)),
        "Perioden": ("TimeDimension", "Perioden", _periods()),
    }
    topics = [
        ("Huishoudens_1", "Particuliere huishoudens", "x 1 000"),
        ("Kinderen_3", "Minderjarige kinderen", "x 1 000"),
        ("Relatief_6", "Minderjarige kinderen, relatief", "%"),
    ]
    return ServedTable(table_id, "Laag inkomen; regio (indeling 2025)", "2025-10-01T02:00:00", dimensions, topics, rows)


def poverty_line_table(municipalities: pd.Series) -> ServedTable:
    """Make the table on the poverty line; one municipality is not published."""
    count = {f"{code:<10}": 1.0 for code in municipalities.index}
    rows = [
        {"Geslacht": "T001", "RegioS": region, "Perioden": f"{year}JJ00", "Arm_1": value, "Arm_2": None if value is None else 3.0}
        for year in YEARS
        for region, value in (count | {"GM0277    ": None, "NL01  ": float(len(count))}).items()
    ]
    dimensions = {
        "Geslacht": ("Dimension", "Geslacht", [{"Key": "T001", "Title": "Totaal mannen en vrouwen"}, {"Key": "3000", "Title": "Mannen"}]),
        "RegioS": ("GeoDimension", "Regio's", _regions(municipalities)),
        "Perioden": ("TimeDimension", "Perioden", _periods()),
    }
    topics = [("Arm_1", "Kinderen in armoede", "x 1 000"), ("Arm_2", "Kinderen in armoede, relatief", "%")]
    return ServedTable("86132NED", "Armoede van kinderen; regio (2025)", "2025-10-01T02:00:00", dimensions, topics, rows)


def population_table(municipalities: pd.Series) -> ServedTable:
    """Make the table on inhabitants for 2022 (345 municipalities, three of which are gone) and 2023 (342)."""
    gone = {"GM0398": "Heerhugowaard", "GM0416": "Langedijk", "GM0501": "Brielle"}
    regions = _regions(municipalities) + [{"Key": code, "Title": name} for code, name in gone.items()]
    rows = []
    for year in (2022, 2023):
        living = {region["Key"]: 1000 for region in regions if region["Key"].startswith("GM")}
        living = {key: count for key, count in living.items() if year == 2022 or key not in gone}
        living |= {"NL01  ": sum(living.values())}
        rows += [{"RegioS": region["Key"], "Perioden": f"{year}JJ00", "Bevolking_1": living.get(region["Key"])} for region in regions]
    dimensions = {"RegioS": ("GeoDimension", "Regio's", regions), "Perioden": ("TimeDimension", "Perioden", _periods(status=False))}
    topics = [("Bevolking_1", "Totale bevolking", "aantal")]
    return ServedTable("70072ned", "Regionale kerncijfers Nederland", "2025-09-30T02:00:00", dimensions, topics, rows)


def household_table() -> ServedTable:
    """Make the table on households from the present snapshot, with everything 100 households more."""
    types = pd.read_csv(LABELS / "household_types.csv", dtype="string").set_index("household_type")["household_code"]
    frame = pd.read_csv(DATA_FOLDER / "tables" / f"{HOUSEHOLDS}.csv")
    rows = [
        {"Kenmerken": f"{types[row.household_type]:<12}", "Grens": row.threshold, "Duur": row.duration, "Perioden": f"{row.year}JJ00",
         "Huishoudens_1": row.households_count / 1000 + 0.1, "Relatief_2": row.households_pct}
        for row in frame.itertuples()
    ]  # fmt: skip
    dimensions = {
        "Kenmerken": ("Dimension", "Kenmerken van huishoudens", [{"Key": f"{code:<12}", "Title": name} for name, code in types.items()]),
        "Grens": ("Dimension", "Hoogte inkomen", _categories({name: title for title, name in THRESHOLDS.items()})),
        "Duur": ("Dimension", "Duur", _categories({name: title for title, name in DURATIONS.items()})),
        "Perioden": ("TimeDimension", "Perioden", _periods(range(2011, 2025))),
    }
    topics = [("Huishoudens_1", "Huishoudens", "x 1 000"), ("Relatief_2", "Huishoudens, relatief", "%")]
    return ServedTable("83841NED", "Laag en langdurig laag inkomen van huishoudens", "2025-10-08T02:00:00", dimensions, topics, rows)


@pytest.fixture
def server(municipalities: pd.Series, monkeypatch: pytest.MonkeyPatch) -> Iterator[ODataServer]:
    """Serve the three tables and point the refresh to them."""
    tables = [low_income_table(municipalities), poverty_line_table(municipalities), population_table(municipalities)]
    with ODataServer(tables, page_size=1000) as running:
        monkeypatch.setenv("CBS_ODATA_URL", running.address)
        yield running


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def loaded(folder: Path, name: str) -> pd.DataFrame:
    """Load a table by the schema of its data package."""
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    resource = next(resource for resource in package["resources"] if resource["name"] == name)
    return read_table(folder / resource["path"], resource["schema"])


def assert_refused(folder: Path, before: dict[str, bytes], code: int, error: str, *words: str) -> None:
    """Assert that a refresh failed with one message that holds the words, and that no file was changed, added or left behind."""
    assert code != 0
    assert len(error.strip().splitlines()) == 1, error
    assert "Traceback" not in error
    for word in words:
        assert word in error
    assert contents(folder) == before


def test_low_income_arrives_for_every_municipality_with_trimmed_codes_and_single_units(folder, server, municipalities):
    assert refresh_tables([LOW_INCOME], folder) == 0
    frame = loaded(folder, LOW_INCOME)
    assert len(frame) == 342 * len(YEARS)
    assert set(frame["municipality_code"]) == set(municipalities.index)
    assert frame.set_index("municipality_code")["municipality_name"].drop_duplicates().to_dict() == municipalities.to_dict()
    first = frame[frame["municipality_code"].eq(municipalities.index[0]) & frame["year"].eq(2022)].iloc[0]
    assert (first["children_count"], first["low_income_count"], first["low_income_pct"]) == (20000, 1000, 5.0)
    assert (first["up_to_150_count"], first["up_to_150_pct"]) == (2400, 12.0)
    assert set(frame.loc[frame["year"].eq(2023), "status"]) == {"provisional"}
    assert set(frame.loc[frame["year"].lt(2023), "status"]) == {"definitive"}


def test_source_and_hash_of_a_snapshot_are_recorded_and_its_description_follows(folder, server):
    assert refresh_tables([LOW_INCOME], folder) == 0
    record = json.loads((folder / "tables" / f"{LOW_INCOME}.source.json").read_text(encoding="utf-8"))
    content = (folder / "tables" / f"{LOW_INCOME}.csv").read_bytes()
    assert record["sha256"] == hashlib.sha256(content).hexdigest()
    assert (record["table_id"], record["modified"], record["rows"]) == ("86202NED", "2025-10-01T02:00:00", 342 * len(YEARS))
    assert record["retrieved"].endswith("+00:00")
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    resource = next(resource for resource in package["resources"] if resource["name"] == LOW_INCOME)
    assert "86202NED" in resource["sources"][0]["title"]
    assert "Alle gemeenten" in resource["description_nl"]


def test_new_tables_join_the_data_package_and_absence_is_said(folder, server):
    assert refresh_tables([POVERTY_LINE, POPULATION], folder) == 0
    frame = loaded(folder, POVERTY_LINE)
    assert len(frame) == 342 * len(YEARS)
    absent = frame[frame["poverty_line_2024_count"].isna()]
    assert set(absent["municipality_code"]) == {"GM0277"}
    assert set(absent["absence"]) == {"missing"}
    assert frame.drop(absent.index)["absence"].isna().all()
    assert loaded(folder, POPULATION).groupby("year").size().to_dict() == {2022: 345, 2023: 342}


def test_households_keep_their_types_thresholds_and_order(folder, municipalities, monkeypatch):
    old = loaded(folder, HOUSEHOLDS)
    with ODataServer([household_table()]) as running:
        monkeypatch.setenv("CBS_ODATA_URL", running.address)
        assert refresh_tables([HOUSEHOLDS], folder) == 0
    new = loaded(folder, HOUSEHOLDS)
    assert (new["households_count"] - old["households_count"]).eq(100).all()
    pd.testing.assert_frame_equal(new.drop(columns="households_count"), old.drop(columns="households_count"))


def test_households_that_do_not_add_up_are_refused(folder, capsys, monkeypatch):
    table, before = household_table(), contents(folder)
    table.rows[0]["Huishoudens_1"] += 1
    with ODataServer([table]) as running:
        monkeypatch.setenv("CBS_ODATA_URL", running.address)
        code = refresh_tables([HOUSEHOLDS], folder)
    assert_refused(folder, before, code, capsys.readouterr().err, "do not add up", "2011", "low_income")


@pytest.fixture(scope="session")
def present_boundaries() -> dict[str, bytes]:
    """Return the present boundaries as the web service would give them, by path; codes are padded."""
    documents = {}
    for name in FIRST_YEAR_OF_FILE:
        frame = geopandas.read_file(DATA_FOLDER / "geometry" / f"municipalities_{name}.topojson")
        frame = frame.rename(columns={"id": "statcode", "municipality_name": "statnaam"})
        frame["statcode"] = frame["statcode"] + "  "
        documents[f"/{name[-4:]}/wfs/v1_0"] = frame[["statcode", "statnaam", "geometry"]].to_json().encode()
    return documents


@pytest.fixture
def boundary_server(present_boundaries: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> Iterator[ODataServer]:
    """Serve the present boundaries."""
    with ODataServer([]) as running:
        running.documents.update(present_boundaries)
        monkeypatch.setenv("CBS_BOUNDARIES_URL", running.address)
        yield running


def test_boundaries_arrive_in_the_form_of_the_book(folder, boundary_server, monkeypatch):
    monkeypatch.setattr(boundaries, "FIRST_YEAR_OF_FILE", {"2017": 2017, "2023_2025": 2023})
    assert refresh_tables([BOUNDARIES], folder) == 0
    record = json.loads((folder / "geometry" / boundaries.NOTE).read_text(encoding="utf-8"))
    assert len(record["sha256"]) == 3
    for name, digest in record["sha256"].items():
        assert hashlib.sha256((folder / "geometry" / name).read_bytes()).hexdigest() == digest
    for name in boundaries.FIRST_YEAR_OF_FILE:
        old, new = (
            geopandas.read_file(place / "geometry" / f"municipalities_{name}.topojson").set_index("id") for place in (DATA_FOLDER, folder)
        )
        assert new["municipality_name"].to_dict() == old["municipality_name"].to_dict()
        assert (new.area / old.area - 1).abs().max() < 0.01


def _fewer(features: list[dict]) -> list[dict]:
    return features[:300]


def _other_property(features: list[dict]) -> list[dict]:
    return [feature | {"properties": {"gemeentecode": feature["properties"]["statcode"]}} for feature in features]


def _degrees(features: list[dict]) -> list[dict]:
    return json.loads(geopandas.GeoDataFrame.from_features(features, crs=28992).to_crs(4326).to_json())["features"]


def _shrunk(features: list[dict]) -> list[dict]:
    frame = geopandas.GeoDataFrame.from_features(features)
    frame.geometry = frame.geometry.scale(0.95, 0.95, origin=(150_000, 450_000))
    return json.loads(frame.to_json())["features"]


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_fewer, ("2017", "300 municipalities", "388")),
        (_other_property, ("statcode", "gemeentecode")),
        (_degrees, ("2017", "elsewhere", "EPSG:28992")),
        (_shrunk, ("2017", "elsewhere")),
    ],
)
def test_boundaries_that_are_not_as_they_should_be_are_refused(folder, boundary_server, capsys, spoil: Callable, words):
    features = spoil(json.loads(boundary_server.documents["/2017/wfs/v1_0"])["features"])
    boundary_server.documents["/2017/wfs/v1_0"] = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    before = contents(folder)
    code = refresh_tables([BOUNDARIES], folder)
    assert_refused(folder, before, code, capsys.readouterr().err, *words)


def test_unchanged_table_is_not_downloaded_again(folder, server, capsys):
    assert refresh_tables([LOW_INCOME], folder) == 0
    before = contents(folder)
    server.requests.clear()
    assert refresh_tables([LOW_INCOME], folder) == 0
    assert "unchanged" in capsys.readouterr().out
    assert not any("TypedDataSet" in path for path in server.requests)
    assert contents(folder) == before


def test_note_that_does_not_belong_to_the_snapshot_is_not_trusted(folder, server, capsys):
    assert refresh_tables([LOW_INCOME], folder) == 0
    snapshot = folder / "tables" / f"{LOW_INCOME}.csv"
    good = snapshot.read_bytes()
    snapshot.write_bytes(good.replace(b"20000", b"20100", 1))
    assert refresh_tables([LOW_INCOME], folder) == 0
    assert "replaced" in capsys.readouterr().out
    assert snapshot.read_bytes() == good


def test_successor_is_replaced_by_the_older_table_only_when_cbs_does_not_know_it(folder, municipalities, monkeypatch):
    with ODataServer([low_income_table(municipalities, "85678NED")]) as running:
        monkeypatch.setenv("CBS_ODATA_URL", running.address)
        assert refresh_tables([LOW_INCOME], folder) == 0
    assert "85678NED" in (folder / "tables" / f"{LOW_INCOME}.source.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["drop", "error", "truncate"])
def test_passing_fault_is_tried_again(folder, server, kind):
    server.faults.append(Fault(kind, "TypedDataSet", times=2))
    assert refresh_tables([POPULATION], folder) == 0
    assert len(loaded(folder, POPULATION)) == 345 + 342


@pytest.mark.parametrize(
    ("kind", "path", "words"),
    [
        ("drop", "TypedDataSet", ("broke off", "3 times")),
        ("error", "TypedDataSet", ("error 500", "3 times")),
        ("truncate", "DataProperties", ("cut off",)),
        ("slow", "TableInfos", ("within 0.2 seconds",)),
    ],
)
def test_lasting_fault_leaves_the_snapshot_as_it_was(folder, server, capsys, monkeypatch, kind, path, words):
    before = contents(folder)
    server.faults.append(Fault(kind, path))
    if kind == "slow":
        monkeypatch.setattr(service, "TIMEOUT_S", 0.2)
    code = refresh_tables([LOW_INCOME], folder)
    assert_refused(folder, before, code, capsys.readouterr().err, LOW_INCOME, "not been changed", *words)


def test_unreachable_host_is_named(folder, monkeypatch, capsys):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    monkeypatch.setenv("CBS_ODATA_URL", f"http://127.0.0.1:{port}")
    before = contents(folder)
    code = refresh_tables([LOW_INCOME], folder)
    assert_refused(folder, before, code, capsys.readouterr().err, f"127.0.0.1:{port}", "could not be reached")


def _renamed(table: ServedTable) -> None:
    table.topics = [(key, title.replace("Minderjarige kinderen", "Jongeren"), unit) for key, title, unit in table.topics]


def _other_unit(table: ServedTable) -> None:
    table.topics = [(key, title, "euro" if key == "Kinderen_3" else unit) for key, title, unit in table.topics]


def _renamed_category(table: ServedTable) -> None:
    table.dimensions["Inkomensgrens"][2][1]["Title"] = "Kinderen met weinig geld"


def _tenth_of_the_children(table: ServedTable) -> None:
    for row in table.rows:
        if row["Inkomensgrens"] == "LIG0":
            row |= {"Kinderen_3": row["Kinderen_3"] / 10, "Relatief_6": 0.5}


def _half(table: ServedTable) -> None:
    codes = sorted({row["RegioS"] for row in table.rows if row["RegioS"].startswith("GM")})[:171]
    table.rows = [row for row in table.rows if row["RegioS"] not in codes]


def _wrong_sum(table: ServedTable) -> None:
    for row in table.rows:
        if row["RegioS"] == "NL01  ":
            row["Kinderen_3"] *= 1.02


def _without_national_row(table: ServedTable) -> None:
    table.rows = [row for row in table.rows if row["RegioS"] != "NL01  "]


def _negative(table: ServedTable) -> None:
    table.rows[0]["Kinderen_3"] = -1.0


def _above_hundred(table: ServedTable) -> None:
    next(row for row in table.rows if row["Inkomensgrens"] == "LIG0")["Relatief_6"] = 120.0


def _twice(table: ServedTable) -> None:
    table.rows.append(dict(table.rows[0]))


def _share_of_other_municipality(table: ServedTable) -> None:
    next(row for row in table.rows if row["Inkomensgrens"] == "LIG0")["Relatief_6"] = 25.0


def _words_for_numbers(table: ServedTable) -> None:
    table.rows[0]["Kinderen_3"] = "onbekend"


def _years_lost(table: ServedTable) -> None:
    table.rows = [row for row in table.rows if row["Perioden"] != "2022JJ00"]


def _unknown_municipality(table: ServedTable) -> None:
    for row in table.rows:
        row["RegioS"] = row["RegioS"].replace("GM0014", "GM9999")
    table.dimensions["RegioS"][2].append({"Key": "GM9999", "Title": "Nergenshuizen"})


def test_threshold_that_cbs_left_in_one_year_is_empty_in_that_year(folder, server):
    for row in server.tables["86202NED"].rows:
        if row["Inkomensgrens"] == "LIG0" and row["Perioden"] == "2023JJ00":
            row |= {"Kinderen_3": None, "Relatief_6": None}
    assert refresh_tables([LOW_INCOME], folder) == 0
    frame = loaded(folder, LOW_INCOME)
    assert frame[frame["low_income_count"].isna()]["year"].value_counts().to_dict() == {2023: 342}
    assert frame["up_to_150_count"].notna().all()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_renamed, ("Minderjarige kinderen", "It has:", "Jongeren, relatief (%)")),
        (_other_unit, ("Minderjarige kinderen", "Minderjarige kinderen (euro)")),
        (_renamed_category, ("low_income", "Kinderen met weinig geld")),
        (_tenth_of_the_children, ("low_income_pct of 2022", "not between 1 and 15")),
        (_half, ("171 municipalities in 2022", "should be 342")),
        (_wrong_sum, ("add up to", "children_count in 2022")),
        (_without_national_row, ("Netherlands",)),
        (_negative, ("children_count", '"minimum" is "0"')),
        (_above_hundred, ("low_income_pct", '"maximum" is "100"')),
        (_twice, ("more than one observation",)),
        (_share_of_other_municipality, ("low_income_pct", "does not agree", "2022")),
        (_words_for_numbers, ("Kinderen_3", "numbers")),
        (_years_lost, ("lacks years", "2022")),
        (_unknown_municipality, ("GM9999",)),
    ],
)
def test_table_that_is_not_as_it_should_be_is_refused_with_the_reason(folder, server, capsys, spoil: Callable, words):
    spoil(server.tables["86202NED"])
    before = contents(folder)
    code = refresh_tables([LOW_INCOME], folder)
    assert_refused(folder, before, code, capsys.readouterr().err, LOW_INCOME, *words)


def test_unexpected_columns_of_the_new_poverty_line_are_named(folder, server, capsys):
    server.tables["86132NED"].topics = [("Kinderen_1", "Kinderen", "x 1 000")]
    before = contents(folder)
    code = refresh_tables([POVERTY_LINE], folder)
    assert_refused(folder, before, code, capsys.readouterr().err, "86132NED", "Kinderen in armoede", "Kinderen (x 1 000)")


def test_full_disk_leaves_everything_as_it_was(folder, server, capsys, monkeypatch):
    before = contents(folder)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    code = refresh_tables([LOW_INCOME], folder)
    assert_refused(folder, before, code, capsys.readouterr().err, "No space left on device")


@pytest.mark.parametrize("failing", [1, 2, 3])
@pytest.mark.parametrize("table", [LOW_INCOME, POPULATION])
def test_replacement_that_fails_half_way_is_undone(folder, server, capsys, monkeypatch, failing, table):
    before, replace, calls = contents(folder), os.replace, []

    def fails_once(source: Path, target: Path) -> None:
        calls.append(target)
        if len(calls) == failing:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target))
        replace(source, target)

    monkeypatch.setattr(os, "replace", fails_once)
    code = refresh_tables([table], folder)
    assert_refused(folder, before, code, capsys.readouterr().err, table, "No space left on device")


@pytest.mark.parametrize("failing", [1, 2, 3])
def test_interruption_half_way_is_undone(folder, server, capsys, monkeypatch, failing):
    before, replace, calls = contents(folder), os.replace, []

    def interrupts_once(source: Path, target: Path) -> None:
        calls.append(target)
        replace(source, target)
        if len(calls) == failing:
            raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupts_once)
    code = refresh_tables([LOW_INCOME], folder)
    assert code == 130
    assert_refused(folder, before, code, capsys.readouterr().err, "Stopped", "replaced until then: none")


def test_interruption_during_the_download_changes_nothing(folder, server, capsys, monkeypatch):
    before, get = contents(folder), cbsodata.get_meta

    def interrupted(table_id: str, name: str, **options: object) -> list[dict]:
        if "2023JJ00" in name:
            raise KeyboardInterrupt
        return get(table_id, name, **options)

    monkeypatch.setattr(cbsodata, "get_meta", interrupted)
    code = refresh_tables([LOW_INCOME], folder)
    assert_refused(folder, before, code, capsys.readouterr().err, "Stopped")


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a process without a signal it can catch")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_process_that_is_told_to_stop_leaves_nothing_behind(folder, server, number):
    server.faults.append(Fault("slow", "2023JJ00"))
    before = contents(folder)
    program = f"import sys, pathlib, data.refresh as r; sys.exit(r.refresh_tables(['{LOW_INCOME}'], pathlib.Path(sys.argv[1])))"
    process = subprocess.Popen([sys.executable, "-c", program, str(folder)], stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 20
    while not any("2023JJ00" in path for path in server.requests):
        assert time.monotonic() < deadline and process.poll() is None, "the process did not come to the download"
        time.sleep(0.02)
    process.send_signal(number)
    error = process.communicate(timeout=10)[1]
    assert process.returncode == 128 + number
    assert_refused(folder, before, process.returncode, error, "Stopped")


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot let a signal wait")
def test_stop_while_files_are_put_in_place_waits_until_all_are(folder, server, capsys, monkeypatch):
    replace = os.replace

    def stopped(source: Path, target: Path) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        replace(source, target)

    monkeypatch.setattr(os, "replace", stopped)
    assert refresh_tables([POPULATION, LOW_INCOME], folder) == 128 + signal.SIGTERM
    assert f"replaced until then: {POPULATION};" in capsys.readouterr().err
    record = json.loads((folder / "tables" / f"{POPULATION}.source.json").read_text(encoding="utf-8"))
    assert record["sha256"] == hashlib.sha256((folder / "tables" / f"{POPULATION}.csv").read_bytes()).hexdigest()
    assert f"tables/{LOW_INCOME}.source.json" not in contents(folder)
    assert not [name for name in os.listdir(folder) if name.startswith(".")]


def test_folder_that_cannot_be_written_is_named(folder, server, capsys, monkeypatch):
    before, opened = contents(folder), Path.open

    def forbidden(path: Path, mode: str = "r", *arguments: object, **options: object) -> object:
        if "w" in mode:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return opened(path, mode, *arguments, **options)

    monkeypatch.setattr(Path, "open", forbidden)
    code = refresh_tables([LOW_INCOME], folder)
    assert_refused(folder, before, code, capsys.readouterr().err, "Permission denied", f"{LOW_INCOME}.csv")


def test_each_table_is_tried_and_one_failure_makes_the_exit_code_one(folder, server, capsys):
    server.faults.append(Fault("error", "86202NED"))
    before = contents(folder)[f"tables/{LOW_INCOME}.csv"]
    assert refresh_tables([POVERTY_LINE, LOW_INCOME, POPULATION], folder) == 1
    printed = capsys.readouterr()
    assert [line.split(",")[0] for line in printed.out.splitlines()] == [
        f"{POVERTY_LINE}: replaced", f"{LOW_INCOME}: failed", f"{POPULATION}: replaced"
    ]  # fmt: skip
    assert len(printed.err.splitlines()) == 1
    assert contents(folder)[f"tables/{LOW_INCOME}.csv"] == before


def test_unknown_table_is_answered_with_those_that_exist(folder, capsys):
    before = contents(folder)
    code = refresh_tables(["armoede"], folder)
    assert_refused(folder, before, code, capsys.readouterr().err, "armoede", LOW_INCOME, POVERTY_LINE, POPULATION)


def test_address_without_http_is_refused(folder, monkeypatch, capsys):
    monkeypatch.setenv("CBS_ODATA_URL", "opendata.cbs.nl")
    before = contents(folder)
    code = refresh_tables([LOW_INCOME], folder)
    assert_refused(folder, before, code, capsys.readouterr().err, "CBS_ODATA_URL", "http://")


def test_client_points_to_cbs_again_afterwards(folder, server):
    before = cbsodata.options.catalog_url, cbsodata.options.use_https
    refresh_tables([POPULATION], folder)
    assert (cbsodata.options.catalog_url, cbsodata.options.use_https) == before


def test_column_is_found_by_title_and_unit_not_by_key(server):
    table = CbsTable("86202NED")
    with cbs_service():
        assert table.column("children_count", MINORS) == ("Kinderen_3", 1000)
        assert table.column("children_pct", MINORS) == ("Relatief_6", 1)
        with pytest.raises(RefreshError, match="no column 'Totale bevolking'"):
            table.column("inhabitants_count", INHABITANTS)


def test_import_keeps_the_tables_that_only_a_refresh_makes(folder, server, monkeypatch):
    assert refresh_tables([POVERTY_LINE, POPULATION], folder) == 0
    (folder / "tables" / f"{POPULATION}.csv").unlink()
    households = next(table for table in importing.declarations() if table.name == HOUSEHOLDS)
    made = replace(households, build=lambda _: pd.read_csv(DATA_FOLDER / "tables" / f"{HOUSEHOLDS}.csv"))
    monkeypatch.setattr(importing, "declarations", lambda: [made])
    importing.write_tables(folder, folder)
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    names = [resource["name"] for resource in package["resources"]]
    assert names[0] == HOUSEHOLDS
    assert names.count(HOUSEHOLDS) == names.count(POVERTY_LINE) == 1
    assert POPULATION not in names
    assert len(loaded(folder, POVERTY_LINE)) == 342 * len(YEARS)
