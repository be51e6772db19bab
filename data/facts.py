"""The facts of the book: every figure with its definition, period, source and words.

A fact comes from the table ``ledger`` (figures of the five source documents) or ``context`` (figures of other public
sources). `fact` looks one up, `facts` gives all, and `states` says whether a Dutch text states a fact's value, so that a
test can check each citation in the prose.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd
from babel.numbers import format_compact_decimal

from data.language import format_date, format_number, gettext, language, ngettext
from data.package import table
from data.suggestions import unknown_name
from data.summary import Summary

UNIT_WORDS = {
    "ambitions": ("{number} ambition", "{number} ambitions"),
    "areas": ("{number} area", "{number} areas"),
    "boxes": ("{number} birthday box", "{number} birthday boxes"),
    "children": ("{number} child", "{number} children"),
    "contact_points_per_municipality": ("{number} contact point per municipality", "{number} contact points per municipality"),
    "countries": ("{number} country", "{number} countries"),
    "definitions": ("{number} definition", "{number} definitions"),
    "desks_per_region": ("{number} desk per region", "{number} desks per region"),
    "eur": ("{amount} euro", "{amount} euros"),
    "eur_per_hour": ("{amount} euro per hour", "{amount} euros per hour"),
    "eur_per_month": ("{amount} euro per month", "{amount} euros per month"),
    "eur_per_quarter": ("{amount} euro per quarter", "{amount} euros per quarter"),
    "eur_per_year": ("{amount} euro per year", "{amount} euros per year"),
    "guides": ("{number} guide", "{number} guides"),
    "households": ("{number} household", "{number} households"),
    "in_ten_municipalities": ("{number} in 10 municipalities", "{number} in 10 municipalities"),
    "lessons_per_year": ("{number} lesson per year", "{number} lessons per year"),
    "lines": ("{number} line", "{number} lines"),
    "ministries": ("{number} ministry", "{number} ministries"),
    "motions": ("{number} motion", "{number} motions"),
    "municipalities": ("{number} municipality", "{number} municipalities"),
    "one_in_n": ("1 in {number}", "1 in {number}"),
    "organisations": ("{number} organisation", "{number} organisations"),
    "per_year": ("{number} time per year", "{number} times per year"),
    "percent": ("{number} percent", "{number} percent"),
    "percent_of_median_income": ("{number} percent of the median income", "{number} percent of the median income"),
    "percent_of_social_minimum": ("{number} percent of the social minimum", "{number} percent of the social minimum"),
    "percent_of_workers": ("{number} percent of all workers", "{number} percent of all workers"),
    "persons": ("{number} person", "{number} persons"),
    "points": ("{number} point", "{number} points"),
    "portals": ("{number} central point", "{number} central points"),
    "reports": ("{number} report", "{number} reports"),
    "requests": ("{number} request", "{number} requests"),
    "requests_per_month": ("{number} request per month", "{number} requests per month"),
    "requirements": ("{number} requirement", "{number} requirements"),
    "services": ("{number} provision", "{number} provisions"),
    "sessions": ("{number} session", "{number} sessions"),
    "tasks": ("{number} task", "{number} tasks"),
    "times": ("{number} time", "{number} times"),
    "trajectories": ("{number} trajectory", "{number} trajectories"),
    "visitors_per_month": ("{number} visitor per month", "{number} visitors per month"),
    "walk_in_points": ("{number} walk-in point", "{number} walk-in points"),
    "years": ("{number} year", "{number} years"),
    "years_of_age": ("{number} year old", "{number} years old"),
}
DATE_UNITS = ("year", "day_of_month")
PERIOD_WORDS = (
    (r"(?P<first>\d{4})-(?P<last>\d{4})", "{first} to {last}"),
    (r"(?P<first>\d{4})-", "from {first} on"),
    (r"(?P<year>\d{4}) autumn", "autumn {year}"),
    (r"(?P<year>\d{4}) early", "early {year}"),
    (r"(?P<year>\d{4}) publication", "published in {year}"),
    (r"structural", "structural"),
    (r"yearly", "yearly"),
    (r"last five years", "the last five years"),
)
DUTCH_NUMBERS = [
    "nul",
    "één",
    "twee",
    "drie",
    "vier",
    "vijf",
    "zes",
    "zeven",
    "acht",
    "negen",
    "tien",
    "elf",
    "twaalf",
    "dertien",
    "veertien",
    "vijftien",
    "zestien",
    "zeventien",
    "achttien",
    "negentien",
    "twintig",
]
DUTCH_SYNONYMS = {
    ("children", 0): {"geen", "geen enkel"},
    ("per_year", 1): {"jaarlijks", "jaarlijkse", "elk jaar", "ieder jaar"},
    ("percent", 25): {"een kwart", "kwart"},
    ("percent", 50): {"de helft", "helft", "gehalveerd", "halveren", "halvering"},
    ("percent", 75): {"driekwart"},
    ("reports", 2): {"beide"},
    ("years", 2): {"tweejaarlijks", "tweejaarlijkse"},
}
NUMBER_TOKEN = rf"(?:\d{{1,3}}|een|{'|'.join(DUTCH_NUMBERS)})"
RATIO = re.compile(rf"(?<!\w){NUMBER_TOKEN} op (?:de )?{NUMBER_TOKEN}(?!\w)")


@dataclass(frozen=True, repr=False)
class Fact(Summary):
    """One figure with its source.

    Parameters
    ----------
    fact_id : str
        Id by which the prose cites it.
    value : int or float
        The value, in `unit`.
    unit : str
        A key of `UNIT_WORDS`, or ``year`` or ``day_of_month``.
    period : str
        As in the table: ``2016``, ``2019-02-14``, ``2017-2020``, ``2017-``, or a few words; `period_text` is for readers.
    definition : str
        What the figure counts, in the language of the edition.
    document : str
        Title and date of the source document, or title of the source.
    locator : str
        Where in the document the quotation stands; empty when unknown.
    quotation : str
        Words of the source; empty when there is no sentence to quote.
    source_address : str
        Address on the web; empty when unknown.
    confidence : str
        ``high``, ``medium``, ``low`` or ``computed``; ``high`` for the ledger: the document states it.
    kind : str
        ``ledger`` or ``context``.
    topic : str
        Subject as in the ledger, for example ``debt``; empty for the context, which has none.
    """

    fact_id: str
    value: int | float
    unit: str
    period: str = ""
    definition: str = ""
    document: str = ""
    locator: str = ""
    quotation: str = ""
    source_address: str = ""
    confidence: str = "high"
    kind: str = "ledger"
    topic: str = ""

    @property
    def text(self) -> str:
        """The value with its unit for the reader: ``292.000 kinderen``, ``85 miljoen euro per jaar``, ``14 februari 2019``."""
        if self.unit == "year":
            return str(self.value)
        if self.unit == "day_of_month":
            return period_text(self.period)
        if self.unit not in UNIT_WORDS:
            raise unknown_name(gettext("There is no unit ‘{name}’.", name=self.unit), self.unit, [*UNIT_WORDS, *DATE_UNITS])
        return ngettext(*UNIT_WORDS[self.unit], self.value, amount=format_amount(self.value))

    @property
    def period_text(self) -> str:
        """The period for the reader: ``2016``, ``14 februari 2019``, ``vanaf 2017``; empty when the source gives none."""
        return period_text(self.period)

    def summary(self) -> tuple[str, dict[str, str]]:
        """Return value, period, source and meaning in words; see `data.summary.Summary`."""
        return gettext("fact {name}", name=self.fact_id), {
            gettext("Value"): self.text,
            gettext("Period"): self.period_text,
            gettext("Source"): self.document,
            gettext("Place"): self.locator,
            gettext("Meaning"): self.definition,
            gettext("Words of the source"): self.quotation,
            gettext("Address"): self.source_address,
        }


def format_amount(value: float) -> str:
    """Format an amount of money: ``85 miljoen``, ``1,1 miljard``, ``1.030``, ``13,70``.

    Millions and more are shortened only when nothing is lost; cents appear when the amount is not whole.
    """
    if value % 1:
        return format_number(value, decimals=2)
    if abs(value) >= 1_000_000 and value % 10_000 == 0 and (abs(value) < 1_000_000_000 or value % 10_000_000 == 0):
        return format_compact_decimal(value, format_type="long", locale=language(), fraction_digits=2)
    return format_number(value)


def period_text(period: str) -> str:
    """Write a period for the reader: a date, month, year or years, or one of a few words.

    Raises
    ------
    ValueError
        When the period is written in another way.
    """
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", period):
        return format_date(datetime.date.fromisoformat(period))
    if re.fullmatch(r"\d{4}-\d{2}", period):
        return format_date(datetime.date.fromisoformat(f"{period}-01"), "MMMM y")
    if re.fullmatch(r"(\d{4})?", period):
        return period
    for pattern, message in PERIOD_WORDS:
        if match := re.fullmatch(pattern, period):
            return gettext(message, **match.groupdict())
    raise ValueError(f"The period {period!r} is not a date, month, year, range of years or known word.")


def _number(value: float) -> int | float:
    return int(value) if value == int(value) else float(value)


def _ledger_facts() -> list[Fact]:
    documents = table("documents").fillna({"source_address": ""}).set_index("document_id")
    sources = {
        row.Index: (
            gettext("{title} ({date})", title=getattr(row, f"title_{language()}"), date=period_text(row.period)),
            row.source_address,
        )
        for row in documents.itertuples()
    }
    return [
        Fact(
            fact_id=row.fact_id,
            value=_number(row.value),
            unit=row.unit,
            period=row.period,
            definition=getattr(row, f"definition_{language()}"),
            document=sources[row.document_id][0],
            locator=row.locator_nl,
            quotation=row.quotation,
            source_address=sources[row.document_id][1],
            topic=str(row.topic),
        )
        for row in table("ledger").fillna({"period": ""}).itertuples()
    ]


def _context_facts() -> list[Fact]:
    places = {"table": gettext("table in the source"), "figure": gettext("figure in the source")}
    context = table("context").astype({"quotation_kind": "string"}).fillna({"period": "", "quotation": "", "source_address": ""})
    return [
        Fact(
            fact_id=row.fact_id,
            value=_number(row.value),
            unit=row.unit,
            period=row.period,
            definition=getattr(row, f"definition_{language()}"),
            document=row.source_title,
            locator=places.get(row.quotation_kind, ""),
            quotation=row.quotation if row.quotation_kind == "sentence" else "",
            source_address=row.source_address,
            confidence=str(row.confidence),
            kind="context",
        )
        for row in context.itertuples()
    ]


@lru_cache
def _facts_by_id(code: str) -> dict[str, Fact]:
    """Return the facts in the language of the edition; ``code`` is that language and keeps one answer for each."""
    return {fact.fact_id: fact for fact in [*_ledger_facts(), *_context_facts()]}


def facts() -> list[Fact]:
    """Return every fact: first the ledger in the order of its table, then the context figures."""
    return list(_facts_by_id(language()).values())


def find_facts(words: str = "") -> pd.DataFrame:
    """Return the facts in which all words occur: in the id, the meaning, the source or the quotation.

    Parameters
    ----------
    words : str
        One or more words or parts of words; capital and small letters are the same. Every fact when left out.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``fact_id``: ``value`` (in ``unit``), ``unit``, ``text`` (the same for the reader), ``period``, ``definition`` and
        ``source``.

    Examples
    --------
    >>> import data
    >>> data.find_facts("9,2 procent 2015")[["text", "period"]]
                                                           text period
    fact_id
    reduction_target_base_share                     9,2 procent   2015
    reduction_target_base_year                             2015   2015
    low_income_children_share_nl_2015_2023_edition  9,2 procent   2015
    """
    wanted = words.casefold().split()
    columns = {"value": "value", "unit": "unit", "text": "text", "period": "period_text", "definition": "definition", "source": "document"}
    found = {}
    for one in facts():
        searched = " ".join([one.fact_id, one.definition, one.document, one.quotation, one.topic, one.period, one.text]).casefold()
        if all(word in searched for word in wanted):
            found[one.fact_id] = {column: getattr(one, attribute) for column, attribute in columns.items()}
    return pd.DataFrame.from_dict(found, orient="index", columns=list(columns)).rename_axis("fact_id")


def fact(fact_id: str) -> Fact:
    """Return one fact: a figure with its unit, period and source.

    Parameters
    ----------
    fact_id : str
        Its id; `find_facts` finds it.

    Raises
    ------
    KeyError
        When there is no such fact; the message names ids that look like it.

    Examples
    --------
    >>> import data
    >>> children = data.fact("children_low_income_count_2016")
    >>> children.value, children.unit
    (292000, 'children')
    >>> print(children)
    feit children_low_income_count_2016
      Waarde               292.000 kinderen
      Periode              2016
      Bron                 Kabinetsreactie op het SER-advies en het rapport van de
                           Kinderombudsman over armoede onder kinderen (2018)
      Vindplaats           paragraaf 2 (Armoede onder kinderen: de cijfers)
      Betekenis            Aantal minderjarige kinderen in een gezin met risico op armoede
                           (inkomen onder de lage-inkomensgrens van het CBS)
      Woorden van de bron  Dit zijn 292.000 kinderen
      Adres                https://zoek.officielebekendmakingen.nl/kst-24515-430.html
    """
    known = _facts_by_id(language())
    if fact_id not in known:
        raise unknown_name(gettext("There is no fact ‘{name}’.", name=fact_id), fact_id, known)
    return known[fact_id]


def _ratios(count: int, whole: int) -> set[str]:
    counts = {str(count), DUTCH_NUMBERS[count]} | ({"een"} if count == 1 else set())
    wholes = {str(whole), DUTCH_NUMBERS[whole]} if whole < len(DUTCH_NUMBERS) else {str(whole)}
    return {f"{left} op {article}{right}" for left in counts for right in wholes for article in ("", "de ")}


def _plain_texts(value: float, is_amount: bool) -> set[str]:
    texts = {format_number(value)}
    if is_amount and value % 1:
        texts = {format_number(value, decimals=2)}
    if value < len(DUTCH_NUMBERS) and value % 1 == 0:
        word = DUTCH_NUMBERS[int(value)]
        texts |= {word, f"{word}tal"} if 2 <= value <= 10 else {word}
    for size, names in ((1_000_000, ("miljoen", "mln", "mln.")), (1_000_000_000, ("miljard", "mld", "mld."))):
        if value >= size and value % (size // 100) == 0:
            texts |= {f"{count} {name}" for count in _plain_texts(_number(value / size), False) for name in names}
    return texts


def accepted_texts(fact: Fact) -> set[str]:
    """Return the ways in which Dutch prose may write the value of a fact.

    Parameters
    ----------
    fact : Fact
        A negative value is also accepted without its sign ("een daling van 11.000").

    Returns
    -------
    set of str
        In small letters, for example ``{"40", "4 op de 10", "vier op de tien", ...}`` for 40 percent.
    """
    value = abs(fact.value)
    if fact.unit == "year":
        return {str(value)}
    if fact.unit == "day_of_month":
        date = period_text(fact.period)
        return {date, date.rsplit(" ", 1)[0]}
    if fact.unit == "one_in_n":
        return _ratios(1, int(value))
    if fact.unit == "in_ten_municipalities":
        return _ratios(int(value), 10)
    texts = _plain_texts(value, fact.unit.startswith("eur")) | DUTCH_SYNONYMS.get((fact.unit, value), set())
    if fact.unit.startswith("percent") and value % 10 == 0 and 0 < value < 100:
        texts |= _ratios(int(value // 10), 10)
    return texts


def states(fact: Fact, text: str) -> bool:
    """Say whether a Dutch text states the value of a fact.

    Only whole numbers count: 85 is not in "850", "1.085", "85,5" or "85 miljoen", and 10 is not in "4 op de 10".

    Parameters
    ----------
    fact : Fact
        The fact.
    text : str
        Dutch words, for example the text of a citation.
    """
    words = re.sub(r"\s+", " ", text).lower().replace("eén", "één")
    without_ratios = RATIO.sub(" ", words)
    follower = r" \d{4}" if fact.unit == "day_of_month" else r" (?:duizend|miljoen|miljard|mln|mld)\b"
    for accepted in accepted_texts(fact):
        whole = rf"(?<!\w)(?<!\d[.,]){re.escape(accepted)}(?!\w)(?![.,]\d)(?!{follower})"
        if re.search(whole, words if RATIO.fullmatch(accepted) else without_ratios):
            return True
    return False
