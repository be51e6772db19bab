"""A small map of a municipality and what lies around it, as SVG in the page.

Shapes are those of `data.geography.web_paths`, finer than on the map of the whole country. Areas that touch the frame run on outside
it. Names stand where they fit: first those that fit on a telephone, then those that also fit on a wide screen; all names are in the
list beside the map.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import shapely

from book.maps import bounds, rings
from data.geography import web_paths

HEIGHT = 4000
TOLERANCE_M = 150
PROPORTION = 4 / 3
LEAST_WIDTH = 260
MARGIN = 0.28
OUTSIDE = 0.03
LETTERS_ACROSS = {"phone": 20.0, "wide": 34.0}
LETTER_WIDTH = 0.64
LINE_HEIGHT = 1.25


@dataclass(frozen=True)
class Label:
    """A name on the map: its place in units of the view box, and ``phone`` or ``wide``, the narrowest screen that has room for it."""

    name: str
    x: int
    y: int
    screen: str


@dataclass(frozen=True)
class Neighbourhood:
    """What ``templates/neighbourhood.html`` draws.

    Parameters
    ----------
    view_box : str
        Value of the ``viewBox`` attribute.
    sizes : dict of str to float
        Size of a letter in units of the view box, for ``phone`` and ``wide``.
    own : str
        Path of the municipality itself.
    areas : list of tuple
        Code and path of each municipality that is in the frame, the municipality itself last.
    labels : list of Label
        Names that fit.
    """

    view_box: str
    sizes: dict[str, float]
    own: str
    areas: list[tuple[str, str]]
    labels: list[Label]


@lru_cache
def _paths() -> tuple[dict[str, str], dict[str, tuple[int, int, int, int]], dict[str, shapely.Geometry]]:
    drawn = web_paths(HEIGHT, TOLERANCE_M)
    largest = {
        code: shapely.make_valid(max((shapely.Polygon(ring) for ring in rings(path)), key=shapely.area))
        for code, path in drawn.municipalities.items()
    }
    return drawn.municipalities, {code: bounds(path) for code, path in drawn.municipalities.items()}, largest


def frame_around(box: tuple[int, int, int, int]) -> tuple[float, float, float, float]:
    """Return west, north, width and height of a frame of one proportion around a municipality, wide enough to see what lies beside it."""
    west, north, east, south = box
    width = max((east - west) * (1 + 2 * MARGIN), (south - north) * (1 + 2 * MARGIN) * PROPORTION, LEAST_WIDTH)
    height = width / PROPORTION
    return (west + east - width) / 2, (north + south - height) / 2, width, height


def _crosses(box: tuple[int, int, int, int], frame: tuple[float, float, float, float]) -> bool:
    left, top, width, height = frame
    west, north, east, south = box
    return west < left + width and east > left and north < top + height and south > top


def neighbourhood(code: str, neighbours: Sequence[str], names: Mapping[str, str]) -> Neighbourhood:
    """Return the map around a municipality.

    Parameters
    ----------
    code : str
        Municipality of 2025.
    neighbours : sequence of str
        Codes of the municipalities that get a name, the most important first.
    names : mapping of str to str
        Name per municipality code.
    """
    paths, boxes, shapes = _paths()
    frame = frame_around(boxes[code])
    left, top, width, height = frame
    visible = shapely.box(left, top, left + width, top + height)
    shown = [other for other in paths if other != code and _crosses(boxes[other], frame)]
    places = {}
    for other in [code, *neighbours]:
        part = shapely.intersection(shapes[other], visible)
        if not part.is_empty and shapely.area(part) > 0:
            places[other] = shapely.point_on_surface(max(shapely.get_parts(part), key=shapely.area))
    sizes = {screen: width / letters for screen, letters in LETTERS_ACROSS.items()}
    return Neighbourhood(
        view_box=" ".join(f"{round(part, 1):g}" for part in frame),
        sizes=sizes,
        own=paths[code],
        areas=[*((other, part) for other in shown if (part := clipped(paths[other], frame))), (code, paths[code])],
        labels=place_labels({names[other]: (point.x, point.y) for other, point in places.items()}, frame, sizes),
    )


def clipped(path: str, frame: tuple[float, float, float, float]) -> str:
    """Return a path without what lies outside a frame and a little around it (Sutherland and Hodgman: side by side, ring by ring)."""
    left, top, width, height = frame
    beyond = width * OUTSIDE
    sides = [(0, 1, left - beyond), (0, -1, left + width + beyond), (1, 1, top - beyond), (1, -1, top + height + beyond)]
    pieces = []
    for ring in _rings(path):
        for axis, sign, limit in sides:
            if ring and not all(sign * (point[axis] - limit) >= 0 for point in ring):
                ring = _cut(ring, axis, sign, limit)
        pieces.append(ring_path(ring))
    return "".join(pieces)


@lru_cache(maxsize=1000)
def _rings(path: str) -> list[list[tuple[int, int]]]:
    return rings(path)


def _cut(ring: Sequence[tuple[float, float]], axis: int, sign: int, limit: float) -> list[tuple[float, float]]:
    """Return the part of a ring on one side of a line across an axis (0 or 1); `sign` tells which side."""
    kept = []
    for before, point in zip([*ring[-1:], *ring[:-1]], ring, strict=True):
        inside = sign * (point[axis] - limit) >= 0
        if inside != (sign * (before[axis] - limit) >= 0):
            part = (limit - before[axis]) / (point[axis] - before[axis])
            kept.append((before[0] + part * (point[0] - before[0]), before[1] + part * (point[1] - before[1])))
        if inside:
            kept.append(point)
    return kept


def ring_path(ring: Sequence[tuple[float, float]]) -> str:
    """Write a ring as SVG path data with whole, relative coordinates; empty when nothing of it is left."""
    whole = [(round(x), round(y)) for x, y in ring]
    steps = [(x - before_x, y - before_y) for (before_x, before_y), (x, y) in pairwise(whole)]
    written = " ".join(f"{x},{y}" for x, y in steps if x or y)
    return f"M{whole[0][0]},{whole[0][1]}l{written}z".replace(",-", "-").replace(" -", "-") if " " in written else ""


def place_labels(
    places: Mapping[str, tuple[float, float]], frame: tuple[float, float, float, float], sizes: Mapping[str, float]
) -> list[Label]:
    """Return the names that fit in the frame without touching another, in the order in which they may choose.

    Parameters
    ----------
    places : mapping of str to (float, float)
        Name to the middle of its place.
    frame : tuple of float
        West, north, width and height.
    sizes : mapping of str to float
        Letter size per screen, the largest first. A name that fits with large letters is also shown with small ones.
    """
    left, top, width, height = frame
    labels: list[Label] = []
    for screen, size in sizes.items():
        taken = [_extent(label.name, label.x, label.y, size) for label in labels]
        for name, (x, y) in places.items():
            if name in {label.name for label in labels}:
                continue
            half = len(name) * LETTER_WIDTH * size / 2
            if 2 * half > width * 0.96:
                continue
            inside = (min(max(x, left + half + size / 3), left + width - half - size / 3), min(max(y, top + size), top + height - size))
            box = _extent(name, *inside, size)
            if not any(_touch(box, other) for other in taken):
                labels.append(Label(name, round(inside[0]), round(inside[1]), screen))
                taken.append(box)
    return labels


def _extent(name: str, x: float, y: float, size: float) -> tuple[float, float, float, float]:
    half = len(name) * LETTER_WIDTH * size / 2
    return x - half, y - size * LINE_HEIGHT / 2, x + half, y + size * LINE_HEIGHT / 2


def _touch(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]
