"""The boundaries: complete, fitting, drawable, in place, and small enough for a page."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys

import geopandas
import numpy as np
import pytest
import shapely

from data import geography
from data.package import table

MUNICIPALITIES = {2017: 388, 2018: 380, 2019: 355, 2020: 355, 2021: 352, 2022: 345, 2023: 342, 2024: 342, 2025: 342}
ISLANDS = {
    "GM0448": "Texel",
    "GM0096": "Vlieland",
    "GM0093": "Terschelling",
    "GM0060": "Ameland",
    "GM0088": "Schiermonnikoog",
    "GM1676": "Schouwen-Duiveland",
    "GM1695": "Noord-Beveland",
    "GM0716": "Tholen",
    "GM1924": "Goeree-Overflakkee",
}
WATERS = {
    "IJsselmeer": (154390, 536443),
    "Markermeer": (146102, 502380),
    "Oosterschelde east of the Zeelandbrug": (55760, 396902),
    "Oosterschelde west of the Zeelandbrug": (45268, 407411),
    "Grevelingenmeer": (57119, 417335),
    "Haringvliet": (74190, 421032),
    "Ketelmeer": (178903, 512895),
    "Krammer-Volkerak": (72608, 408845),
    "Hollands Diep": (90944, 412992),
    "Veluwemeer": (178450, 491401),
    "Gooimeer": (143356, 480956),
    "Lauwersmeer": (208400, 597934),
    "Wolderwijd": (166379, 480551),
    "Veerse Meer": (36423, 397336),
    "Eemmeer": (151622, 476373),
    "Drontermeer": (186801, 501817),
    "Baarle-Hertog, which is Belgian": (123088, 383347),
    "IJmeer between IJburg and Diemen": (127907, 485173),
}
IJSSELOOG_DEPOT = shapely.Point(179095, 512445)
LARGEST_OPENING_M2 = 200_000


def openings(frame: geopandas.GeoDataFrame) -> np.ndarray:
    """Return the holes in the country, in square metres of RD New."""
    parts = shapely.get_parts(shapely.coverage_union_all(frame.geometry.values))
    return np.array([shapely.polygons(ring) for part in parts for ring in part.interiors])


def web_frame(collection: dict) -> geopandas.GeoDataFrame:
    """Return a FeatureCollection with its ids, in metres."""
    frame = geopandas.GeoDataFrame.from_features(collection, crs=4326)
    return frame.assign(municipality_code=[feature["id"] for feature in collection["features"]])


def drawn_area(path: str) -> float:
    """Return the area of closed relative SVG path data, holes subtracted, in square units."""
    area = 0.0
    for ring in re.findall(r"M([^lM]+)l([^z]+)z", path):
        start, *steps = (np.array(re.findall(r"-?\d+", part), dtype=float).reshape(-1, 2) for part in ring)
        x, y = np.vstack([start, start + np.cumsum(steps[0], axis=0)]).T
        area += (np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2
    return abs(area)


@pytest.mark.parametrize("year", MUNICIPALITIES)
def test_each_year_has_its_municipalities_once(year):
    frame = geography.geometry(year)
    assert list(frame.columns) == ["municipality_code", "municipality_name", "geometry"]
    assert frame["municipality_code"].nunique() == len(frame) == MUNICIPALITIES[year]
    assert frame.crs.to_epsg() == 28992


@pytest.mark.parametrize("year", range(2017, 2022))
def test_codes_of_a_year_are_those_of_its_poverty_figures(year):
    poverty = table("municipal_child_poverty")
    assert set(geography.geometry(year)["municipality_code"]) == set(poverty.loc[poverty["year"].eq(year), "municipality_code"])


def test_codes_and_names_of_2025_are_those_of_the_table():
    municipalities = table("municipalities").set_index("municipality_code")["municipality_name"]
    assert geography.geometry(2025).set_index("municipality_code")["municipality_name"].to_dict() == municipalities.to_dict()


def test_names_keep_their_accents_in_every_year():
    assert all("Súdwest-Fryslân" in set(geography.geometry(year)["municipality_name"]) for year in (2017, 2018, 2025))


@pytest.mark.parametrize("year", sorted({2017, 2018, 2019, 2021, 2022, 2023}))
def test_shapes_are_valid_clockwise_and_neither_overlap_nor_leave_gaps(year):
    frame = geography.geometry(year)
    geography.check_geometry(frame)
    assert shapely.area(frame.geometry.values).sum() - shapely.union_all(frame.geometry.values).area < 1
    holes = openings(frame)
    land = shapely.coverage_union_all(geography.geometry(2025).geometry.values)
    on_land = shapely.area(shapely.intersection(holes, land)) > 0.5 * shapely.area(holes)
    gaps = holes[on_land & (shapely.area(holes) > LARGEST_OPENING_M2) & ~shapely.contains(holes, IJSSELOOG_DEPOT)]
    assert not len(gaps), [gap.representative_point() for gap in gaps]


def test_every_large_opening_in_the_country_is_a_known_water_or_belgium():
    holes = openings(geography.geometry(2025))
    large = holes[shapely.area(holes) > 1_000_000]
    found = {name for name, point in WATERS.items() if shapely.contains(large, shapely.Point(point)).any()}
    assert found == set(WATERS)
    assert len(large) == len(WATERS)


@pytest.mark.parametrize("year", [2017, 2018, 2019, 2021])
def test_older_years_lie_where_2025_lies(year):
    old, new = (geography.geometry(y).set_index("municipality_code").geometry for y in (year, 2025))
    common = old.index.intersection(new.index)
    before, after = old[common].centroid, new[common].centroid
    assert abs((before.x - after.x).median()) < 2
    assert abs((before.y - after.y).median()) < 2


def test_a_merged_municipality_covers_the_land_of_its_parts():
    parts = geography.geometry(2017).set_index("municipality_code").geometry
    merged = geography.geometry(2025).set_index("municipality_code").geometry
    for code, old in {"GM1979": ["GM0003", "GM0010", "GM0024"], "GM1982": ["GM0756", "GM1684", "GM0786", "GM0815", "GM1702"]}.items():
        different = shapely.union_all(parts[old].values).symmetric_difference(merged[code])
        assert different.area < 0.03 * merged[code].area


def test_a_year_without_boundaries_is_refused_with_the_years_there_are():
    for year in (2016, 2026, "2020"):
        with pytest.raises(ValueError, match="2017-2025"):
            geography.geometry(year)


def test_changing_what_was_returned_does_not_change_the_next_answer():
    frame = geography.geometry(2025)
    frame.loc[0, "municipality_name"] = "x"
    geography.web_geometry()["features"].clear()
    geography.web_provinces()["features"].clear()
    geography.web_paths().municipalities.clear()
    assert geography.geometry(2025).loc[0, "municipality_name"] != "x"
    assert len(geography.web_geometry()["features"]) == len(geography.web_paths().municipalities) == 342
    assert len(geography.web_provinces()["features"]) == 12


def test_provinces_are_their_municipalities_joined():
    provinces = geography.provinces().set_index("province_code")
    municipalities = geography.geometry(2025).merge(table("municipalities")[["municipality_code", "province_code", "province_name"]])
    assert len(provinces) == 12
    assert provinces["province_name"].to_dict() == municipalities.set_index("province_code")["province_name"].to_dict()
    areas = municipalities.assign(area=municipalities.area).groupby("province_code", observed=True)["area"].sum()
    assert np.allclose(provinces.area.sort_index(), areas.sort_index())
    assert provinces.is_valid.all()


def test_web_geometry_is_right_and_has_every_municipality():
    frame = web_frame(geography.web_geometry())
    geography.check_geometry(frame)
    now = geography.geometry(2025)
    assert dict(zip(frame["municipality_code"], frame["municipality_name"], strict=True)) == dict(
        zip(now["municipality_code"], now["municipality_name"], strict=True)
    )


@pytest.mark.parametrize("code", ISLANDS)
def test_islands_keep_their_area_on_the_web_map(code):
    detailed = geography.geometry(2025).set_index("municipality_code")
    web = web_frame(geography.web_geometry()).to_crs(28992).set_index("municipality_code")
    assert detailed.loc[code, "municipality_name"] == ISLANDS[code]
    assert web.area[code] == pytest.approx(detailed.area[code], rel=0.05)


def test_outlines_of_provinces_fall_on_borders_of_municipalities():
    shapes = [shapely.from_geojson(json.dumps(feature["geometry"])) for feature in geography.web_provinces()["features"]]
    assert all(shapely.is_valid(shapes))
    assert not any(ring.is_ccw for shape in shapes for ring in shapely.get_exterior_ring(shapely.get_parts(shape)))
    corners = {tuple(xy) for xy in shapely.get_coordinates(shapes)}
    assert corners <= {tuple(xy) for xy in shapely.get_coordinates(web_frame(geography.web_geometry()).geometry.values)}


def test_files_and_drawings_stay_small():
    sizes = {path.name: path.stat().st_size for path in geography.GEOMETRY_FOLDER.iterdir()}
    assert len(sizes) == 7
    assert max(sizes.values()) <= 700_000
    assert sum(sizes.values()) <= 2_500_000
    assert len(gzip.compress((geography.GEOMETRY_FOLDER / geography.WEB_FILE).read_bytes())) <= 60_000
    drawing = geography.web_paths()
    assert len(gzip.compress("\n".join([*drawing.municipalities.values(), drawing.province_borders]).encode())) <= 25_000


def test_paths_draw_every_municipality_inside_the_view_box_at_its_size():
    drawing = geography.web_paths()
    width, height = map(int, drawing.view_box.split()[2:])
    areas = geography.geometry(2025).set_index("municipality_code").area
    _, south, _, north = geography.geometry(2025).total_bounds
    unit = (north - south) / height
    assert (height, set(drawing.municipalities)) == (1000, set(areas.index))
    for code, path in drawing.municipalities.items():
        assert re.fullmatch(r"(M\d+,\d+l[-\d, ]+z)+", path)
        starts = np.array(re.findall(r"M(\d+),(\d+)", path), dtype=int)
        assert (starts >= 0).all() and (starts <= [width, height]).all()
        assert drawn_area(path) * unit**2 == pytest.approx(areas[code], rel=0.12, abs=3 * unit**2)
    assert sum(map(drawn_area, drawing.municipalities.values())) * unit**2 == pytest.approx(areas.sum(), rel=0.005)


def test_a_broken_ring_is_named_with_its_municipality_and_reason():
    frame = geography.geometry(2025)
    row = frame.index[frame["municipality_code"] == "GM0513"][0]
    gouda = frame.geometry[row]
    corners = shapely.get_coordinates(gouda)
    middle = len(corners) // 2
    crossed = corners.copy()
    crossed[[middle // 2, middle]] = crossed[[middle, middle // 2]]
    altered = {
        "exterior ring that runs counter-clockwise": shapely.reverse(gouda),
        "invalid ring": shapely.Polygon(crossed),
        "overlaps a neighbour": shapely.Polygon(np.delete(corners, middle, axis=0)),
        "has no shape": None,
    }
    for reason, shape in altered.items():
        broken = frame.geometry.values.copy()
        broken[row] = shape
        with pytest.raises(ValueError, match=rf"Gouda \(GM0513\) [^;]*{reason}"):
            geography.check_geometry(frame.set_geometry(broken, crs=frame.crs))
    with pytest.raises(ValueError, match="GM0513 occurs more than once"):
        geography.check_geometry(frame.replace({"municipality_code": {"GM0014": "GM0513"}}))


def test_importing_the_module_leaves_geopandas_for_later():
    code = "import sys, data.geography; sys.exit('geopandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
