"""A few municipalities, chosen by what is special about them, whose pages stand for all 342 in tests that take a browser."""

from __future__ import annotations

from functools import cache

from data.names import successors
from data.package import table
from data.profiles import profile, profiles

FOLDER = "gemeenten"


@cache
def by_property() -> dict[str, str]:
    """Return a municipality code for each property that a page must cope with."""
    every = sorted(profiles(), key=lambda one: one.inhabitants)
    changes = table("boundary_changes")
    named = {
        "largest": every[-1],
        "smallest": every[0],
        "without neighbours": next(one for one in every if not one.neighbours),
        "doubtful": next(one for one in every if (one.trend["quality"] == "doubtful").any()),
        "suppressed": next(one for one in every if any(figure.absence == "suppressed" for figure in one.key_figures)),
        "apostrophe": next(one for one in every if one.name.startswith("'")),
        "frisian": next(one for one in reversed(every) if one.name != one.name.encode("ascii", "ignore").decode()),
        "without low income": next(one for one in every if one.low_income.empty),
        "reported": next(one for one in every if one.reported),
    }
    codes = {what: one.code for what, one in named.items()}
    for year in (2018, 2019, 2021, 2022, 2023):
        codes[f"merged in {year}"] = next(iter(successors(changes.loc[changes["year"] == year, "new_code"].iloc[-1])))
    codes["with a part of another"] = next(iter(successors(changes.loc[changes["inhabitant_share"] < 1, "new_code"].iloc[-1])))
    return codes


def page_of(code: str) -> str:
    """Return the address of the page of a municipality."""
    return f"{FOLDER}/{profile(code).slug}.html"


def walked() -> list[str]:
    """Return the pages that tests of every page of the book visit too: few, for each takes several seconds."""
    codes = by_property()
    return sorted({page_of(codes[what]) for what in ("largest", "without neighbours", "doubtful", "frisian")})


@cache
def all_pages() -> list[str]:
    """Return the addresses of the pages of all municipalities."""
    return [f"{FOLDER}/{one.slug}.html" for one in profiles()]
