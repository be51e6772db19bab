"""Municipal boundaries of CBS, from the web service of PDOK (WFS), in the form that the book draws and computes with.

Credit "Kadaster / Centraal Bureau voor de Statistiek". The files of ``data/geometry/`` are made with the steps of
`data.importing.geometry`; the note ``data/geometry/municipalities.source.json`` says when, and the sha256 of each file.
"""

from __future__ import annotations

import hashlib
import json
import os
from datetime import UTC, datetime
from pathlib import Path

import geopandas
import requests
import shapely
from geopandas import GeoDataFrame
from tqdm import tqdm

from data.geography import CREDIT, CRS, FIRST_YEAR_OF_FILE, WEB_FILE, check_geometry, simplify
from data.importing import geometry as steps
from data.importing.declaration import Source
from data.package import PACKAGE_FILE, with_resources
from data.refresh.service import RefreshError, ask
from data.refresh.snapshot import json_bytes

ADDRESS = "https://service.pdok.nl/cbs/gebiedsindelingen"
NOTE = "municipalities.source.json"
QUERY = f"service=WFS&version=2.0.0&request=GetFeature&typeName=gemeente_gegeneraliseerd&outputFormat=json&srsName={CRS}"
COLUMNS = {"statcode": "municipality_code", "statnaam": "municipality_name"}


def _get_features(address: str, timeout: float) -> list[dict]:
    response = requests.get(address, QUERY, timeout=timeout)
    response.raise_for_status()
    return json.loads(response.content)["features"]


def _boundaries(year: int) -> GeoDataFrame:
    """Fetch ``municipality_code``, ``municipality_name`` and ``geometry`` (RD New) of a year, as CBS generalised them."""
    address = f"{os.environ.get('CBS_BOUNDARIES_URL') or ADDRESS}/{year}/wfs/v1_0"
    frame = GeoDataFrame.from_features(ask(address, _get_features, address), crs=CRS)
    if not set(COLUMNS) <= set(frame):
        raise RefreshError(f"The boundaries of {year} should have {' and '.join(COLUMNS)}. They have: {', '.join(frame)}.")
    frame = frame.rename(columns=COLUMNS)[[*COLUMNS.values(), "geometry"]]
    for column in COLUMNS.values():
        frame[column] = frame[column].str.strip()
    return frame.sort_values("municipality_code", ignore_index=True)


def _check(frame: GeoDataFrame, present: GeoDataFrame, year: int) -> None:
    """Check that new boundaries are of the same municipalities as those present, and for four fifths of each in the same place."""
    new, old = (each.set_index("municipality_code").geometry for each in (frame, present))
    if set(new.index) != set(old.index) or len(new) != len(old):
        raise RefreshError(f"The boundaries of {year} are of {len(new)} municipalities; they should be of the same {len(old)} as ours.")
    difference = new.make_valid().symmetric_difference(old.loc[new.index]).area / old.area
    if not difference.le(steps.MOST_DIFFERENCE).all():
        raise RefreshError(f"The boundaries of {year} lie elsewhere than ours, most so {difference.idxmax()}; they should be in {CRS}.")


def prepare_boundaries(folder: Path) -> tuple[dict[Path, bytes], str]:
    """Fetch and check all boundaries, each file by the last year it is for; returns and raises as `prepare_table`."""
    contents, geometry = {}, folder / "geometry"
    for name in tqdm(FIRST_YEAR_OF_FILE, desc="boundaries", unit="year", disable=None, leave=False):
        year, file = int(name[-4:]), geometry / f"municipalities_{name}.topojson"
        frame = _boundaries(year)
        _check(frame, geopandas.read_file(file).rename(columns={"id": "municipality_code"}), year)
        shapes = shapely.coverage_clean(frame.geometry.values, gap_width=steps.GAP_WIDTH_M, snapping_distance=steps.SNAPPING_DISTANCE_M)
        frame = steps.on_grid(simplify(frame.set_geometry(shapes, crs=CRS), steps.TOLERANCE_M, steps.SMALLEST_PART_M2))
        check_geometry(frame)
        contents[file] = steps.topojson_text(frame).encode()
    web = steps.web_frame(frame)
    check_geometry(web)
    contents[geometry / WEB_FILE] = steps.geojson_text(web).encode()
    if all(file.exists() and file.read_bytes() == content for file, content in contents.items()):
        return {}, "unchanged"
    note = {
        "address": ADDRESS,
        "retrieved": datetime.now(UTC).isoformat(timespec="seconds"),
        "sha256": {file.name: hashlib.sha256(content).hexdigest() for file, content in contents.items()},
    }
    source = Source(CREDIT, ADDRESS, note["retrieved"][:10], "PDOK web service (WFS), by python -m data refresh")
    resources = [steps.boundary_resource(file.name, content, source) for file, content in contents.items()]
    package_file = folder / PACKAGE_FILE.name
    contents[package_file] = json_bytes(with_resources(json.loads(package_file.read_text(encoding="utf-8")), resources))
    return contents | {geometry / NOTE: json_bytes(note)}, f"replaced, {len(contents)} files"
