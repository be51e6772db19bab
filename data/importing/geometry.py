"""From boundary files to ``data/geometry/``: clean, complete coverages that are small enough to commit.

The sources are six GeoJSON files of municipal boundaries (Kadaster / Centraal Bureau voor de Statistiek). What is
mended on the way:

- The files of 2017 and 2018 hold longitude and latitude on the Bessel ellipsoid of the Dutch triangulation (EPSG:4289), though
  they say WGS 84: read as WGS 84 they lie 30 metres east and 107 metres north of all later files, which is the
  difference between the two systems. Read as EPSG:4289 the difference is below a metre.
- Polygons of 2017 were simplified one by one (4,500 kilometres of border that do not match); openings narrower than
  `GAP_WIDTH_M` between municipalities are closed, overlaps go to the neighbour with the longest common border.
- The files of 2018 and 2021 have a third of the detail of the others. Each municipality whose territory did not
  change takes its shape from the nearest detailed year. The two may differ by `MOST_DIFFERENCE` of the area at most
  (16% at Urk, of which the coast was drawn differently; the median is 2%).
- Names lost their accents in one file: a code has one name here, that of its latest file.

The result is TopoJSON: every border is stored once, in whole metres of the national grid (EPSG:28992), one arc a line.
"""

from __future__ import annotations

import json
from pathlib import Path

import geopandas
import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame
from topojson import Topology

from data.geography import CREDIT, CRS, FIRST_YEAR_OF_FILE, SMALLEST_DRAWN_PART_M2, WEB_FILE, check_geometry, simplify, without_small_parts
from data.importing import write_resources
from data.importing.declaration import CC_BY, Source
from data.package import fingerprint

BESSEL_FILES = ("2017", "2018")
DETAILED_FILES = {"2018": ("2019_2020", "2017"), "2021": ("2022", "2019_2020")}
SNAPPING_DISTANCE_M = 1
GAP_WIDTH_M = 150
MOST_DIFFERENCE = 0.2
TOLERANCE_M = 50
SMALLEST_PART_M2 = 10_000
WEB_TOLERANCE_M = 375
WEB_DECIMALS = 4
SOURCE = Source(
    "Kadaster / Centraal Bureau voor de Statistiek, CBS gebiedsindelingen",
    "https://service.pdok.nl/cbs/gebiedsindelingen",
    "2017-2022",
    "Public copies of the municipal boundaries, by data.importing.geometry",
)


def boundary_resource(name: str, content: bytes, source: Source) -> dict:
    """Return a boundary file as a Frictionless resource.

    Parameters
    ----------
    name : str
        File name in ``data/geometry/``.
    content : bytes
        What the file holds.
    source : Source
        Where the boundaries come from.
    """
    stem, extension = name.split(".")
    return {
        "name": stem,
        "path": f"geometry/{name}",
        "title": f"Boundaries of municipalities ({stem.removeprefix('municipalities_').replace('_', '-')})",
        "title_nl": "Gemeentegrenzen",
        "description": f"Municipal boundaries in {CRS if extension == 'topojson' else 'EPSG:4326'}, simplified; credit: {CREDIT}.",
        "credit": f"Bron: {CREDIT}",
        "licenses": [CC_BY],
        "sources": [source.descriptor()],
        "scheme": "file",
        "format": extension,
        "mediatype": "application/geo+json" if extension == "geojson" else "application/topo+json",
    } | fingerprint(content)


def write_geometry(source_folder: Path, target_folder: Path) -> list[str]:
    """Make the boundary files of the book.

    Parameters
    ----------
    source_folder : Path
        Holds ``geo/gemeente_*.geojson`` and ``geo/herindelingen_2017_2023.csv``.
    target_folder : Path
        The data folder: the six ``municipalities_*.topojson`` and ``municipalities_2025_web.geojson`` go to its folder
        ``geometry/``, their description into its ``datapackage.json``.

    Returns
    -------
    list of str
        One line per file: name, number of municipalities and bytes.

    Raises
    ------
    ValueError
        When a shape is not right, or a detailed shape is not the same place; nothing has been written then.
    """
    frames = {name: _read(source_folder / "geo", name) for name in FIRST_YEAR_OF_FILE}
    changes = pd.read_csv(source_folder / "geo" / "herindelingen_2017_2023.csv")
    detailed = frames | {name: _with_detail(name, frames, changes) for name in DETAILED_FILES}
    names = pd.concat(frames.values()).drop_duplicates("municipality_code", keep="last").set_index("municipality_code")["municipality_name"]
    files = {}
    for name, frame in detailed.items():
        frame = on_grid(simplify(frame.assign(municipality_name=frame["municipality_code"].map(names)), TOLERANCE_M, SMALLEST_PART_M2))
        check_geometry(frame)
        files[f"municipalities_{name}.topojson"] = (len(frame), topojson_text(frame))
    web = web_frame(frame)
    check_geometry(web)
    files[WEB_FILE] = (len(web), geojson_text(web))
    (target_folder / "geometry").mkdir(parents=True, exist_ok=True)
    for name, (_, text) in files.items():
        (target_folder / "geometry" / name).write_text(text, encoding="utf-8", newline="")
    write_resources(target_folder, [boundary_resource(name, text.encode(), SOURCE) for name, (_, text) in files.items()])
    return [f"{name}: {count} municipalities, {len(text.encode())} bytes" for name, (count, text) in files.items()]


def _read(folder: Path, name: str) -> GeoDataFrame:
    frame = geopandas.read_file(folder / f"gemeente_{name}.geojson")
    if name in BESSEL_FILES:
        frame = frame.set_crs(4289, allow_override=True)
    frame = frame.to_crs(CRS).rename(columns={"statcode": "municipality_code", "statnaam": "municipality_name"})
    shapes = without_small_parts(frame.geometry.values, SMALLEST_PART_M2)
    frame = frame.set_geometry(_clean(shapes), crs=CRS).sort_values("municipality_code", ignore_index=True)
    return frame[["municipality_code", "municipality_name", "geometry"]]


def _clean(shapes: np.ndarray) -> np.ndarray:
    return shapely.coverage_clean(shapes, gap_width=GAP_WIDTH_M, snapping_distance=SNAPPING_DISTANCE_M)


def _with_detail(name: str, frames: dict[str, GeoDataFrame], changes: pd.DataFrame) -> GeoDataFrame:
    """Replace coarse shapes by those of a detailed file in which the municipality has the same territory."""
    shapes = frames[name].set_index("municipality_code").geometry
    detailed = {}
    for other in DETAILED_FILES[name]:
        first, last = sorted((FIRST_YEAR_OF_FILE[name], FIRST_YEAR_OF_FILE[other]))
        between = changes[changes["jaar"].gt(first) & changes["jaar"].le(last)]
        available = frames[other].set_index("municipality_code").geometry.drop([*between["van"], *between["naar"]], errors="ignore")
        detailed = available[available.index.isin(shapes.index)].to_dict() | detailed
    detailed = geopandas.GeoSeries(detailed, crs=CRS).reindex(shapes.index)
    difference = shapes.symmetric_difference(detailed).area / shapes.area
    unlike = difference[~(difference <= MOST_DIFFERENCE)]
    if len(unlike):
        raise ValueError(f"No detailed shape of the same place in {name} for: {', '.join(unlike.index)}.")
    return frames[name].set_geometry(_clean(detailed.values), crs=CRS)


def on_grid(frame: GeoDataFrame) -> GeoDataFrame:
    """Round to whole metres and mend the rings that touch themselves as a result."""
    shapes = shapely.coverage_clean(shapely.transform(frame.geometry.values, np.rint), snapping_distance=0)
    shapes = shapely.transform(shapes, np.rint)
    return frame.set_geometry(shapely.orient_polygons(shapes, exterior_cw=True), crs=frame.crs)


def web_frame(frame: GeoDataFrame) -> GeoDataFrame:
    """Simplify for drawing, in longitude and latitude; neighbours follow each other, so that gzip finds their common border."""
    frame = frame.iloc[frame.geometry.hilbert_distance().argsort()]
    frame = simplify(frame, WEB_TOLERANCE_M, SMALLEST_DRAWN_PART_M2).to_crs(4326).reset_index(drop=True)
    return frame.set_geometry(shapely.transform(frame.geometry.values, lambda degrees: degrees.round(WEB_DECIMALS)), crs=4326)


def topojson_text(frame: GeoDataFrame) -> str:
    """Write municipalities in whole metres as TopoJSON, with one municipality and one arc a line."""
    grid = {"scale": [1, 1], "translate": [0, 0]}
    topology = Topology(frame.set_index("municipality_code"), prequantize=grid, object_name="municipalities").to_dict()
    return (
        f'{{"type":"Topology","source":{_compact(CREDIT)},"crs":{_compact(_crs(CRS))},"transform":{_compact(grid)},'
        '"objects":{"municipalities":{"type":"GeometryCollection","geometries":[\n'
        + ",\n".join(map(_compact, topology["objects"]["municipalities"]["geometries"]))
        + '\n]}},"arcs":[\n'
        + ",\n".join(map(_compact, topology["arcs"]))
        + "\n]}\n"
    )


def geojson_text(frame: GeoDataFrame) -> str:
    """Write municipalities as GeoJSON with the municipality code as ``id``, one municipality a line."""
    features = json.loads(frame.set_index("municipality_code").to_json())["features"]
    return f'{{"type":"FeatureCollection","source":{_compact(CREDIT)},"features":[\n' + ",\n".join(map(_compact, features)) + "\n]}\n"


def _crs(name: str) -> dict:
    authority, code = name.split(":")
    return {"type": "name", "properties": {"name": f"urn:ogc:def:crs:{authority}::{code}"}}


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
