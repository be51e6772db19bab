"""Names by which readers look for a municipality: those of 2025, former ones, and the way people say them.

Former names come from the table ``boundary_changes``. The list of everyday names is short: two cities that few
people call by their official name, and municipalities in Fryslân with a name in the other language.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from data.language import gettext
from data.package import table
from data.suggestions import UnknownName, unknown_name

EVERYDAY_NAMES = {
    "GM0080": "Ljouwert",
    "GM0518": "Den Haag",
    "GM0737": "Tietjerksteradeel",
    "GM0796": "Den Bosch",
    "GM1891": "Dantumadeel",
    "GM1900": "Zuidwest-Friesland",
    "GM1970": "Noordoost-Friesland",
}


@dataclass(frozen=True)
class SearchName:
    """A name to find a municipality by.

    Parameters
    ----------
    shown : str
        What the reader sees in the list: the name, and for another name than that of 2025 the municipality it leads to.
    search : str
        What is compared with what the reader types; see `search_text`.
    code : str
        Municipality of 2025, for example ``GM0363``.
    """

    shown: str
    search: str
    code: str


def search_text(name: str) -> str:
    """Return a name as it is compared: small letters, without accents, apostrophes and other signs.

    ``book/assets/scripts/combobox.js`` does the same with what the reader types.

    >>> search_text("'s-Gravenhage"), search_text("Súdwest-Fryslân"), search_text("St. Michielsgestel")
    ('s gravenhage', 'sudwest fryslan', 'sint michielsgestel')
    """
    letters = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign)).lower()
    letters = re.sub("['’‘`´]", "", letters.replace("a/d", "aan den"))
    words = re.sub("[^a-z0-9]+", " ", letters).strip()
    return re.sub(r"\bst (?=.)", "sint ", words)


def successors(code: str) -> dict[str, float]:
    """Return the municipalities of 2025 that a former municipality went to, with the share of its inhabitants, largest first.

    Parameters
    ----------
    code : str
        Code of a municipality of 2011 or later; one that still exists leads to itself.
    """
    changes = table("boundary_changes")
    steps = changes[changes["old_code"] == code]
    if steps.empty:
        return {code: 1.0}
    shares: dict[str, float] = {}
    for step in steps.itertuples():
        for new, share in successors(step.new_code).items():
            shares[new] = shares.get(new, 0.0) + share * float(step.inhabitant_share)
    return dict(sorted(shares.items(), key=lambda item: -item[1]))


def other_names() -> list[SearchName]:
    """Return former and everyday names; a municipality that was divided has an entry for each part.

    Returns
    -------
    list of SearchName
        In order of `SearchName.search`; parts of one municipality from large to small.
    """
    official = table("municipalities").set_index("municipality_code")["municipality_name"]
    former = table("boundary_changes").drop_duplicates("old_code").set_index("old_code")["old_name"]
    result = [SearchName(f"{name} ({official[code]})", search_text(name), code) for code, name in EVERYDAY_NAMES.items()]
    for old_code, name in former.items():
        codes = list(successors(old_code))
        for code in codes:
            now = gettext("{old} (now {new})") if len(codes) == 1 else gettext("{old} (now partly {new})")
            result.append(SearchName(now.format(old=name, new=official[code]), search_text(name), code))
    return sorted(result, key=lambda entry: entry.search)


def search_names() -> list[SearchName]:
    """Return every name to find a municipality by: those of 2025 first, then `other_names`, each part in alphabetical order."""
    official = table("municipalities")[["municipality_code", "municipality_name"]].itertuples(index=False)
    current = [SearchName(name, search_text(name), code) for code, name in official]
    return sorted(current, key=lambda entry: entry.search) + other_names()


def municipality_code(name: str | int) -> str:
    """Return the code of a municipality of 2025.

    Parameters
    ----------
    name : str or int
        Its name (capitals, accents and apostrophes do not matter; everyday names such as Den Haag too), its code of CBS, or the number
        in that code.

    Raises
    ------
    UnknownName
        When there is no such municipality in 2025; the message names what looks like it, or what became of a former municipality.

    Examples
    --------
    >>> import data
    >>> data.municipality_code("zwolle"), data.municipality_code("Den Haag"), data.municipality_code(344)
    ('GM0193', 'GM0518', 'GM0344')
    """
    wanted = str(name).strip()
    code = f"GM{int(wanted):04d}" if wanted.isdecimal() else wanted.upper()
    official, codes = _municipalities()
    if code in official:
        return code
    if search_text(wanted) in codes:
        return codes[search_text(wanted)]
    _refuse_former(code, search_text(wanted), official)
    problem = gettext("There is no municipality ‘{name}’ in 2025.", name=wanted)
    if re.fullmatch(r"GM\d*", code):
        raise unknown_name(problem, code, official)
    raise unknown_name(problem, wanted, [*official.values(), *EVERYDAY_NAMES.values()])


@lru_cache
def _municipalities() -> tuple[dict[str, str], dict[str, str]]:
    """Return the names of municipalities by their code, and their codes by name as `search_text` writes it."""
    official = dict(table("municipalities")[["municipality_code", "municipality_name"]].astype(str).itertuples(index=False))
    everyday = {search_text(name): code for code, name in EVERYDAY_NAMES.items()}
    return official, everyday | {search_text(name): code for code, name in official.items()}


def _refuse_former(code: str, search: str, official: dict[str, str]) -> None:
    for old in table("boundary_changes").sort_values("year").itertuples():
        if code == old.old_code or search == search_text(old.old_name):
            raise UnknownName(
                gettext(
                    "On 1 January {year} the municipality {old} no longer existed. Its inhabitants now belong to: {new}.",
                    old=old.old_name,
                    year=str(old.year),
                    new=", ".join(official[new] for new in successors(old.old_code)),
                )
            )
