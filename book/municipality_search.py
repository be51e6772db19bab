"""Names and addresses of the pages of municipalities, and what finds one by any of its names: a box, and the search of the book."""

from __future__ import annotations

from functools import lru_cache

from book.figures import template_environment
from data.language import gettext
from data.names import other_names, search_text, successors
from data.package import table
from data.profiles import places

FOLDER = "gemeenten"


@lru_cache
def page_names() -> dict[str, str]:
    """Return per municipality code the name of its page: its address in the site without ``.html``."""
    return {code: f"{FOLDER}/{place.slug}" for code, place in places().items()}


@lru_cache
def addresses() -> dict[str, str]:
    """Return per municipality code the address of its page, for a page in the same folder."""
    return {code: f"{place.slug}.html" for code, place in places().items()}


@lru_cache
def search_data() -> dict:
    """Return what the script of the search box knows.

    Returns
    -------
    dict
        ``codes`` and ``names`` of the municipalities of 2025, in alphabetical order; ``others``: what is shown, what is searched, and
        which municipality; ``former``: code of a municipality that is gone to those that followed it; ``words``.
    """
    areas = table("municipalities").sort_values("municipality_name", key=lambda names: names.map(search_text))
    codes = areas["municipality_code"].tolist()
    position = {code: index for index, code in enumerate(codes)}
    former = {code: [position[now] for now in successors(code)] for code in sorted(set(table("boundary_changes")["old_code"]))}
    return {
        "codes": codes,
        "names": areas["municipality_name"].tolist(),
        "others": [[entry.shown, entry.search, position[entry.code]] for entry in other_names()],
        "former": {code: now for code, now in former.items() if code not in position},
        "words": {
            "none": gettext("No municipality found"),
            "found": gettext("Municipalities found: {count}"),
            "near": gettext("Are you looking for one of these municipalities?"),
        },
    }


@lru_cache
def search_html() -> str:
    """Return the search box as HTML; a script makes it appear and work."""
    return template_environment().get_template("municipality_search.html").render(data=search_data())


@lru_cache
def suggestions_html() -> str:
    """Return the place on the page of search results where a script puts the municipalities that the reader may mean."""
    return template_environment().get_template("municipality_suggestions.html").render(data=search_data())
