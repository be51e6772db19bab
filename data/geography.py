"""Boundaries of municipalities and provinces, as shapes to compute with and as lines to draw.

The files in ``data/geometry/`` are made by `data.importing.geometry` from the boundaries of Kadaster and
Statistics Netherlands (CBS). Coordinates of `geometry` and `provinces` are whole metres in the Dutch
national grid (RD New, EPSG:28992), so areas are in square metres. Neighbours share the vertices of their
border, exterior rings run clockwise and holes counter-clockwise, as Plotly (d3) expects them.

A map on the site is drawn from `web_paths`, a map in a live notebook from `web_geometry`.
"""

from __future__ import annotations

import copy
import json
import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import shapely

from data.language import gettext
from data.package import DATA_FOLDER, table

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

CREDIT = "Kadaster / Centraal Bureau voor de Statistiek"
CRS = "EPSG:28992"
GEOMETRY_FOLDER = DATA_FOLDER / "geometry"
WEB_FILE = "municipalities_2025_web.geojson"
FIRST_YEAR_OF_FILE = {"2017": 2017, "2018": 2018, "2019_2020": 2019, "2021": 2021, "2022": 2022, "2023_2025": 2023}
YEARS = range(2017, 2026)
PATH_TOLERANCE_M = 275
SMALLEST_DRAWN_PART_M2 = 500_000


@dataclass(frozen=True)
class MapPaths:
    """The municipalities of 2025 as SVG paths.

    Parameters
    ----------
    view_box : str
        Value of the ``viewBox`` attribute: ``0 0 width height``.
    municipalities : dict of str to str
        Municipality code to the ``d`` attribute of its path: relative commands, whole numbers.
    province_borders : str
        The ``d`` attribute of one path with every outline of a province, coast included, each line once.
    """

    view_box: str
    municipalities: dict[str, str]
    province_borders: str


def geometry(year: int) -> GeoDataFrame:
    """Return the municipalities as they were on 1 January of a year.

    Parameters
    ----------
    year : int
        2017 to 2025. The classification did not change between 2019 and 2020 and between 2023 and 2025.

    Returns
    -------
    geopandas.GeoDataFrame
        Columns ``municipality_code``, ``municipality_name`` and ``geometry``, in order of code: 388
        municipalities in 2017, 380 in 2018, 355 in 2019 and 2020, 352 in 2021, 345 in 2022, 342 since. In RD
        New (EPSG:28992, metres): ``.to_crs(4326)`` gives longitude and latitude. A copy of your own.

    Raises
    ------
    ValueError
        For a year without boundaries.

    Notes
    -----
    Simplified to about 50 metres. Shapes of 2018 and 2021 are those of the nearest more detailed year wherever the
    municipality did not change; those of 2023-2025 are the shapes of 2022, merged. Small corrections of
    boundaries between those years are therefore not in it. Source: Kadaster / Centraal Bureau voor de Statistiek.

    Examples
    --------
    >>> import data
    >>> len(data.geometry(2017)), len(data.geometry(2025))
    (388, 342)
    >>> areas = data.geometry(2025).set_index("municipality_name").area / 1_000_000  # square kilometres
    >>> bool(areas["Rotterdam"] > areas["Delft"])
    True
    """
    if year not in YEARS:
        raise ValueError(
            gettext(
                "There are boundaries of municipalities for {first}-{last}, not for {year}.",
                first=str(YEARS[0]),
                last=str(YEARS[-1]),
                year=repr(year),
            )
        )
    return _read([name for name, first_year in FIRST_YEAR_OF_FILE.items() if first_year <= year][-1]).copy()


@lru_cache
def _read(name: str) -> GeoDataFrame:
    import geopandas

    frame = geopandas.read_file(GEOMETRY_FOLDER / f"municipalities_{name}.topojson").rename(columns={"id": "municipality_code"})
    frame = frame.astype({"municipality_code": "string", "municipality_name": "string"}).sort_values("municipality_code", ignore_index=True)
    rings = shapely.orient_polygons(frame.geometry.values, exterior_cw=True)
    return frame[["municipality_code", "municipality_name"]].set_geometry(geopandas.GeoSeries(rings, crs=CRS))


def provinces() -> GeoDataFrame:
    """Return the twelve provinces as of 2025, in RD New (EPSG:28992, metres).

    Returns
    -------
    geopandas.GeoDataFrame
        Columns ``province_code``, ``province_name`` and ``geometry``, in order of code; the shapes are the
        municipalities of `geometry` (2025) joined by the province in table ``municipalities``. A copy of your own.

    Examples
    --------
    >>> import data
    >>> data.provinces()["province_name"].tolist()[:4]
    ['Groningen', 'Fryslân', 'Drenthe', 'Overijssel']
    """
    return _dissolve_by_province(geometry(2025))


def _dissolve_by_province(frame: GeoDataFrame) -> GeoDataFrame:
    province = table("municipalities")[["municipality_code", "province_code", "province_name"]]
    merged = frame[["municipality_code", "geometry"]].merge(province, on="municipality_code", validate="one_to_one")
    dissolved = merged.dissolve(by=["province_code", "province_name"], method="coverage", as_index=False)
    dissolved.geometry = shapely.orient_polygons(dissolved.geometry.values, exterior_cw=True)
    return dissolved[["province_code", "province_name", "geometry"]]


def web_geometry() -> dict:
    """Return the municipalities of 2025, simplified for drawing, as GeoJSON for Plotly.

    Returns
    -------
    dict
        A FeatureCollection in longitude and latitude (WGS 84, four decimals). The ``id`` of each of the 342
        features is the municipality code; property ``municipality_name``. Neighbours follow each other in the list,
        which makes the file smaller. A copy of your own.
    """
    return copy.deepcopy(_web_geometry())


@lru_cache
def _web_geometry() -> dict:
    return json.loads((GEOMETRY_FOLDER / WEB_FILE).read_text(encoding="utf-8"))


def web_provinces() -> dict:
    """Return the outlines of the twelve provinces as GeoJSON, to draw on top of `web_geometry`.

    Returns
    -------
    dict
        A FeatureCollection with the same vertices as `web_geometry`; the ``id`` is the province code, property
        ``province_name``. A copy of your own.
    """
    return copy.deepcopy(_web_provinces())


@lru_cache
def _web_provinces() -> dict:
    import geopandas

    web = _web_geometry()
    municipalities = geopandas.GeoDataFrame.from_features(web, crs=4326)
    municipalities["municipality_code"] = [feature["id"] for feature in web["features"]]
    outlines = _dissolve_by_province(municipalities).set_index("province_code")
    return json.loads(outlines.to_json(show_bbox=False, drop_id=False))


def web_paths(height: int = 1000, tolerance_m: float = PATH_TOLERANCE_M) -> MapPaths:
    """Return the municipalities of 2025 as SVG paths for a map that is drawn at build time.

    Parameters
    ----------
    height : int
        Height of the drawing, in units of the view box; the width follows (about 0.85 of it). Coordinates are
        whole units: at 1000 one unit is 312 metres.
    tolerance_m : float
        How far borders are simplified, see `simplify`.

    Returns
    -------
    MapPaths
        North is up. Parts of a municipality below half a square kilometre are left out. A copy of your own.
    """
    return copy.deepcopy(_web_paths(height, tolerance_m))


@lru_cache
def _web_paths(height: int, tolerance_m: float) -> MapPaths:
    frame = simplify(geometry(2025), tolerance_m, SMALLEST_DRAWN_PART_M2)
    west, south, east, north = frame.total_bounds
    unit = (north - south) / height

    def on_page(shapes: np.ndarray) -> np.ndarray:
        return shapely.transform(shapes, lambda xy: np.rint((xy - [west, north]) / [unit, -unit]))

    outlines = shapely.union_all(shapely.boundary(_dissolve_by_province(frame).geometry.values))
    return MapPaths(
        view_box=f"0 0 {math.ceil((east - west) / unit)} {height}",
        municipalities=dict(zip(frame["municipality_code"], map(_path, on_page(shapely.boundary(frame.geometry.values))), strict=True)),
        province_borders=_path(on_page(np.array([shapely.line_merge(outlines)]))[0]),
    )


def _path(lines: shapely.Geometry) -> str:
    """Write lines with whole coordinates as SVG path data; a ring of fewer than three points is left out."""
    pieces = []
    for line in shapely.get_parts(lines):
        points = shapely.get_coordinates(line).astype(int)
        steps = np.diff(points, axis=0)
        steps = steps[steps.any(axis=1)]
        if len(steps) < (3 if line.is_closed else 1):
            continue
        end = "z" if line.is_closed else ""
        written = " ".join(f"{x},{y}" for x, y in (steps[:-1] if end else steps))
        pieces.append(f"M{points[0][0]},{points[0][1]}l{written}{end}".replace(",-", "-").replace(" -", "-"))
    return "".join(pieces)


def simplify(frame: GeoDataFrame, tolerance_m: float, smallest_part_m2: float) -> GeoDataFrame:
    """Simplify municipalities together, so that neighbours keep a common border without gaps or overlaps.

    Parameters
    ----------
    frame : geopandas.GeoDataFrame
        Municipalities in metres, a valid coverage.
    tolerance_m : float
        Square root of the smallest triangle, in square metres, that a vertex may stand for (Visvalingam-Whyatt).
    smallest_part_m2 : float
        Islands and other parts below this area are left out, except the largest part of a municipality.

    Returns
    -------
    geopandas.GeoDataFrame
        The same columns and rows; exterior rings clockwise.
    """
    shapes = shapely.coverage_simplify(without_small_parts(frame.geometry.values, smallest_part_m2), tolerance_m)
    return frame.set_geometry(shapely.orient_polygons(shapes, exterior_cw=True), crs=frame.crs)


def without_small_parts(shapes: np.ndarray, smallest_part_m2: float) -> np.ndarray:
    """Leave out the parts of multipolygons below an area in square metres; the largest part always stays."""
    kept = []
    for shape in shapes:
        parts = shapely.get_parts(shape)
        area = shapely.area(parts)
        parts = parts[(area >= smallest_part_m2) | (area == area.max())]
        kept.append(parts[0] if len(parts) == 1 else shapely.multipolygons(parts))
    return np.array(kept)


def check_geometry(frame: GeoDataFrame) -> None:
    """Check that shapes can be drawn and computed with: whole, valid, clockwise, and fitting to their neighbours.

    Parameters
    ----------
    frame : geopandas.GeoDataFrame
        Columns ``municipality_code``, ``municipality_name`` and ``geometry``.

    Raises
    ------
    ValueError
        Names every municipality that is wrong, with the reason.
    """
    shapes = np.array(frame.geometry.values)
    reasons = shapely.is_valid_reason(shapes)
    misfits = shapely.length(shapely.coverage_invalid_edges(shapes))
    problems = [f"{code} occurs more than once" for code in frame.loc[frame["municipality_code"].duplicated(), "municipality_code"]]
    for code, name, shape, reason, misfit in zip(
        frame["municipality_code"], frame["municipality_name"], shapes, reasons, misfits, strict=True
    ):
        who = f"{name} ({code})"
        if shape is None or shape.is_empty:
            problems.append(f"{who} has no shape")
            continue
        if reason != "Valid Geometry":
            problems.append(f"{who} has an invalid ring: {reason}")
        elif misfit > 0:
            problems.append(f"{who} overlaps a neighbour or does not share the vertices of their border")
        for part in shapely.get_parts(shape):
            if part.exterior.is_ccw:
                problems.append(f"{who} has an exterior ring that runs counter-clockwise")
            if not all(ring.is_ccw for ring in part.interiors):
                problems.append(f"{who} has a hole that runs clockwise")
    if problems:
        raise ValueError("The boundaries are not right: " + "; ".join(problems) + ".")
