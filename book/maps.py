"""What a map needs on its page: shapes, classes, patterns, choices, and the words of its script.

The drawing is SVG in the HTML, so that it is there with the first text; ``assets/scripts/map.js`` recolours and
reads it.
"""

from __future__ import annotations

import bisect
import re
from functools import lru_cache
from itertools import accumulate

from data import quality
from data.geography import web_paths
from data.language import gettext
from data.names import other_names
from data.package import table
from widgets.maps import FIRST_SIGN

ZOOM_MARGIN = 0.04


def absence_words() -> dict[str, str]:
    """Return the three kinds of absence in words."""
    return {
        "missing": gettext("not published, or not to be derived"),
        "suppressed": gettext("withheld: too few children"),
        "not_applicable": gettext("the municipality did not exist"),
    }


def quality_words() -> dict[str, str]:
    """Return the qualities that a figure on a map can have in words, with a field for the largest error."""
    words = quality.quality_words()
    return {name: words[name] for name in quality_names()}


def download_headings() -> list[str]:
    """Return the headings of a downloaded map, in the order in which the script writes them."""
    return [
        gettext("Code"),
        gettext("Municipality"),
        gettext("Province"),
        gettext("Year"),
        gettext("Value"),
        gettext("Quality"),
        gettext("Error margin (percentage points)"),
        gettext("Why there is no figure"),
    ]


def quality_names() -> dict[str, str]:
    """Return the qualities of a municipal figure as the one or two words of a column."""
    return {
        "exact": gettext("exact"),
        "computed": gettext("computed"),
        "approximated": gettext("approximation"),
        "total_only": gettext("from the total"),
        "doubtful": gettext("doubtful"),
    }


def _script_words() -> dict:
    return {
        "headings": download_headings(),
        "quality_names": quality_names(),
        "value": gettext("{name}, {year}: {value} {unit}"),
        "absent": gettext("{name}, {year}: no figure ({reason})"),
        "combined": gettext("computed from {parts} municipalities of that year"),
        "absence": absence_words(),
        "quality": quality_words(),
        "rank": {
            "exact": gettext("Place {place} of {count}, from high to low."),
            "exact_tied": gettext("Shared place {place} to {last} of {count}, from high to low."),
            "about": gettext("About place {place} of {count}, from high to low."),
            "about_tied": gettext("About place {place} to {last} of {count}, from high to low."),
        },
        "compared": gettext(
            "In {name} {value} {unit}; in the province of {province} about {province_value}; in the Netherlands about {country_value}."
        ),
        "both": {
            "higher": gettext("{name} is higher than the province and the Netherlands."),
            "lower": gettext("{name} is lower than the province and the Netherlands."),
            "same": gettext("The differences with the province and the Netherlands are smaller than the error of the figures."),
            "unknown": gettext("Whether {name} differs from the province or the Netherlands cannot be said: the error is not known."),
        },
        "province": {
            "higher": gettext("{name} is higher than the province."),
            "lower": gettext("{name} is lower than the province."),
            "same": gettext("The difference with the province is smaller than the error of the figures."),
            "unknown": gettext("Whether {name} differs from the province cannot be said: the error is not known."),
        },
        "country": {
            "higher": gettext("{name} is higher than the Netherlands."),
            "lower": gettext("{name} is lower than the Netherlands."),
            "same": gettext("The difference with the Netherlands is smaller than the error of the figures."),
            "unknown": gettext("Whether {name} differs from the Netherlands cannot be said: the error is not known."),
        },
        "approximation": gettext(
            "The figures of province and country are approximations with a margin of error of {error} percentage points."
        ),
        "unbounded": gettext("The figures of province and country are approximations; their error is not known."),
        "invite": gettext("Point at the map or choose a municipality to see its figure."),
        "page": gettext("All figures of {name}"),
        "play": gettext("Play"),
        "pause": gettext("Pause"),
        "map": gettext("map"),
        "explore": gettext("Arrow keys go to a neighbouring municipality, Enter chooses it."),
        "none": gettext("No municipality found"),
        "found": gettext("Municipalities found: {count}"),
    }


def map_classes(drawing: dict, year: int) -> list[str]:
    """Return the CSS class of each municipality in one year: a colour class or a kind of absence."""
    shown = drawing["years"].get(str(year)) or drawing["years"][year]
    return [
        _absent_class(drawing["remarks"][ord(sign) - ord(FIRST_SIGN)])
        if value is None
        else f"class-{bisect.bisect_right(drawing['breaks'], value)}"
        for value, sign in zip(shown["values"], shown["remarks"], strict=True)
    ]


def _absent_class(remark: dict) -> str:
    return f"absent-{remark['absence'] or 'missing'}"


def rings(path: str) -> list[list[tuple[int, int]]]:
    """Return the points of each line of a path as `data.geography.web_paths` writes it: absolute ``M``, relative ``l``."""
    lines = [[int(number) for number in re.findall(r"-?\d+", piece)] for piece in path.split("M")[1:]]
    return [list(zip(accumulate(numbers[0::2]), accumulate(numbers[1::2]), strict=True)) for numbers in lines]


def bounds(path: str) -> tuple[int, int, int, int]:
    """Return west, north, east and south of such a path."""
    across, down = zip(*(point for ring in rings(path) for point in ring), strict=True)
    return min(across), min(down), max(across), max(down)


@lru_cache
def province_views() -> list[tuple[str, str, str]]:
    """Return code, name and view box of each province, in order of name; each box has the shape of the whole map."""
    paths = web_paths()
    width, height = map(float, paths.view_box.split()[2:])
    views = []
    for (code, name), members in table("municipalities").groupby(["province_code", "province_name"])["municipality_code"]:
        west, north, east, south = zip(*(bounds(paths.municipalities[member]) for member in members), strict=True)
        scale = max((max(east) - min(west)) / width, (max(south) - min(north)) / height) * (1 + 2 * ZOOM_MARGIN)
        left, top = (max(east) + min(west) - width * scale) / 2, (max(south) + min(north) - height * scale) / 2
        views.append((code, name, " ".join(f"{round(part, 2):g}" for part in (left, top, width * scale, height * scale))))
    return sorted(views, key=lambda view: view[1])


def map_context(drawing: dict) -> dict:
    """Return what ``templates/map.html`` shows of a map, and the data for its script.

    Parameters
    ----------
    drawing : dict
        As `widgets.maps.MunicipalMap.drawing` returns it.
    """
    years = sorted(int(year) for year in drawing["years"])
    paths = web_paths()
    classes = map_classes(drawing, years[-1])
    position = {code: index for index, code in enumerate(drawing["codes"])}
    absent = {_absent_class(remark) for remark in drawing["remarks"] if remark["absence"]}
    views = province_views()
    names = {code: name for code, name, _ in views}
    return {
        "years": years,
        "areas": [
            {"code": code, "path": paths.municipalities[code], "class": css} for code, css in zip(drawing["codes"], classes, strict=True)
        ],
        "borders": paths.province_borders,
        "view_box": paths.view_box,
        "absences": {absence: words for absence, words in absence_words().items() if f"absent-{absence}" in absent},
        "views": views,
        "script_data": drawing
        | {
            "province_names": [names[code] for code in drawing["provinces"]],
            "search": [[entry.shown, entry.search, position[entry.code]] for entry in other_names() if entry.code in position],
            "words": _script_words(),
        },
    }
