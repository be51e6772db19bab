"""Figures from other public sources, and the national series made from them.

Four tables: ``context`` (every figure from a source other than the five policy documents),
``national_child_poverty`` (all national counts and shares of children, by measure and vintage), ``reach``
(how many children provisions reach) and ``policy_amounts`` (dated amounts of benefits, thresholds and
budgets). The figures come from ``ledger/context.csv``, from ``context_additions.csv`` beside this module (figures
found in stored copies of public pages while the book was made), the ledger of `documents` and one StatLine export in
``cbs/``; which fact belongs to which series, and every Dutch text, stands in ``labels/``.

A *vintage* is one state of a statistic: figures of one vintage can be compared with each other, figures of
two vintages cannot, since CBS revises earlier years. The vintage ``first_publication`` is of its own kind:
each of its years comes from another publication. Column ``one_publication`` says so for every vintage.
"""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pandas as pd
from babel.dates import format_date

from data.importing import documents
from data.importing.declaration import Column, Source, TableDeclaration

LABELS = Path(__file__).parent / "labels"
ADDITIONS = Path(__file__).parent / "context_additions.csv"
CONFIDENCE = ("high", "medium", "computed", "low")
GITHUB_FILE = re.compile(r"(?P<repository>https://github\.com/\S+) @(?P<commit>[0-9a-f]{40}) :(?P<path>.+)")
QUOTATION_MARKER = re.compile(r"\[(?P<kind>table|figure)(?:, (?P<scale>[^\]]+))?\] ")
COLLECTORS_REMARKS = {
    " long-term column:": ", kolom langdurig:",
    "sum of the column": "som van de kolom",
    ", rows ": ", rijen ",
}
OPEN_PERIOD = r"\d{4}(-(\d{2}(-\d{2})?|\d{4})?)?"


def read_labels(name: str) -> pd.DataFrame:
    """Read one file of Dutch texts or choices from ``labels/``, every cell as text."""
    return pd.read_csv(LABELS / f"{name}.csv", dtype=str, keep_default_na=False)


def _fill(template: str, words: dict[str, dict[str, str]], match: re.Match) -> str:
    texts = {group: words[group][word] for group, word in match.groupdict().items() if group in words}
    if "date" in match.groupdict():
        texts["date"] = format_date(datetime.date.fromisoformat(match["date"]), format="long", locale="nl")
    return template.format(**texts)


def dutch_definitions(fact_ids: pd.Series) -> pd.Series:
    """Return the Dutch definition of each context fact.

    A fact has its own text in ``labels/context_nl.csv`` or fits exactly one pattern in
    ``labels/context_patterns_nl.csv``.

    Raises
    ------
    ValueError
        When a fact has no text, or more than one.
    """
    own = read_labels("context_nl").set_index("fact_id")["definition_nl"]
    patterns = read_labels("context_patterns_nl")
    words = {group: rows.set_index("word")["text_nl"].to_dict() for group, rows in read_labels("context_words_nl").groupby("group")}

    def definition(fact_id: str) -> str:
        found = [own[fact_id]] if fact_id in own.index else []
        for pattern, template in patterns.itertuples(index=False):
            if match := re.fullmatch(pattern, fact_id):
                found.append(_fill(template, words, match))
        if len(found) != 1:
            raise ValueError(f"Context fact {fact_id} has {len(found)} Dutch definitions instead of one: {found}.")
        return found[0]

    return fact_ids.map(definition)


def build_context(source_folder: Path) -> pd.DataFrame:
    """Make the table ``context``: one row per figure.

    Addresses of files on GitHub become links to that file at that commit; a mark such as ``[table]`` before a
    quotation becomes ``quotation_kind``, and a scale inside the mark stays in front of the quotation. English remarks
    of the collector among table cells become Dutch; sentences stay as the source has them.
    """
    files = (source_folder / "ledger" / "context.csv", ADDITIONS)
    source = pd.concat([pd.read_csv(file, dtype=str, keep_default_na=False) for file in files], ignore_index=True)
    titles = read_labels("context_sources_nl").set_index("source_title")["source_title_nl"]
    unused = titles.index.difference(source["source_title"])
    if len(unused):
        raise ValueError(f"labels/context_sources_nl.csv translates titles that no fact has: {', '.join(unused)}.")
    marker = source["quote"].str.extract(f"^{QUOTATION_MARKER.pattern}")
    quotation = source["quote"].str.replace(f"^{QUOTATION_MARKER.pattern}", "", regex=True)
    quotation = quotation.mask(marker["kind"].notna(), quotation.replace(COLLECTORS_REMARKS, regex=True))
    return pd.DataFrame(
        {
            "fact_id": source["id"],
            "value": source["value"].str.removesuffix(".0"),
            "unit": source["unit"],
            "period": source["period"].str.replace("/", "-"),
            "definition_nl": dutch_definitions(source["id"]),
            "definition_en": source["definition"],
            "source_title": source["source_title"].replace(titles),
            "source_address": source["source_address"].str.replace(GITHUB_FILE, r"\g<repository>/blob/\g<commit>/\g<path>", regex=True),
            "quotation": ("(" + marker["scale"] + ") ").fillna("") + quotation,
            "quotation_kind": marker["kind"].fillna("sentence").where(quotation != "", "none"),
            "confidence": source["confidence"],
        }
    )


def all_facts(source_folder: Path) -> pd.DataFrame:
    """Return fact_id, value, unit, source_title and confidence of every ledger and context fact."""
    tables = {table.name: table for table in documents.TABLES}
    titles = tables["documents"].build(source_folder).rename(columns={"title_nl": "source_title"})[["document_id", "source_title"]]
    ledger = tables["ledger"].build(source_folder).merge(titles, on="document_id", validate="many_to_one").assign(confidence="high")
    columns = ["fact_id", "value", "unit", "source_title", "confidence"]
    facts = pd.concat([ledger[columns], build_context(source_folder)[columns]], ignore_index=True)
    return facts.assign(value=pd.to_numeric(facts["value"]))


def with_facts(selection: pd.DataFrame, facts: pd.DataFrame) -> pd.DataFrame:
    """Join each row's fact to it by ``fact_id``.

    Raises
    ------
    ValueError
        When a row names a fact that does not exist.
    """
    unknown = set(selection["fact_id"]) - set(facts["fact_id"])
    if unknown:
        raise ValueError(f"A label file names facts that do not exist: {', '.join(sorted(unknown))}.")
    return selection.merge(facts, on="fact_id", validate="many_to_one")


def _poverty_risk_120(source_folder: Path) -> dict:
    export = pd.read_csv(source_folder / "cbs" / "kans_op_armoede_2021_exact_leeftijd_regio.csv").set_index("regio").loc["NL01"]
    return {
        "measure": "poverty_risk_120",
        "vintage": "statline_2021",
        "year": 2021,
        "children_count": round(export["n_x1000_41300"] * 1000),
        "children_pct": export["pct_41300"],
        "estimate": False,
        "confidence": "high",
        "fact_ids": "",
        "source_title": "CBS StatLine, Kinderen met kans op armoede (2021)",
        "note_nl": "Kinderen van 0 tot en met 17 jaar in een huishouden van twee of meer mensen.",
    }


def build_national_child_poverty(source_folder: Path) -> pd.DataFrame:
    """Make the table ``national_child_poverty``: one row per measure, vintage and year.

    A count that the source states only as a change (``..._change_...``) is the count of the next year minus
    that change. Where several sources give one figure, they must agree.

    Raises
    ------
    ValueError
        When two facts of one row give different values.
    """
    key = ["measure", "vintage", "year"]
    selection = read_labels("national_child_poverty")
    selection = selection.assign(year=selection["year"].astype(int), estimate=selection["estimate"] == "true")
    parts = with_facts(selection.assign(fact_id=selection["fact_ids"].str.split()).explode("fact_id"), all_facts(source_folder))
    is_change = parts["fact_id"].str.contains("_change_")
    counts = parts[(parts["unit"] == "children") & ~is_change].groupby(key)["value"]
    shares = parts[parts["unit"] == "percent"].groupby(key)["value"]
    for values in (counts, shares):
        if (values.nunique() > 1).any():
            raise ValueError(f"Sources disagree on {values.nunique().loc[lambda number: number > 1].index.tolist()}.")
    changes = parts[is_change].groupby(key)["value"].sum()
    parts["confidence"] = pd.Categorical(parts["confidence"].mask(is_change, "computed"), CONFIDENCE, ordered=True)
    rows = selection.set_index(key).assign(
        children_count=counts.first().sub(changes, fill_value=0),
        children_pct=shares.first(),
        confidence=parts.groupby(key)["confidence"].max().astype(str),
        source_title=parts.groupby(key)["source_title"].agg(lambda titles: "; ".join(titles.unique())),
    )
    frame = pd.concat([rows.reset_index(), pd.DataFrame([_poverty_risk_120(source_folder)])], ignore_index=True)
    measures, vintages = read_labels("poverty_measures_nl"), read_labels("vintages_nl")
    frame = frame.merge(measures, validate="many_to_one").merge(vintages, validate="many_to_one")
    frame["children_count"] = frame["children_count"].astype("Int64")
    frame["one_publication"] = frame["one_publication"] == "true"
    frame["absence"] = frame[["children_count", "children_pct"]].isna().any(axis=1).map({True: "missing", False: ""})
    frame["measure"] = pd.Categorical(frame["measure"], measures["measure"])
    frame["vintage"] = pd.Categorical(frame["vintage"], vintages["vintage"])
    frame = frame.sort_values(key)
    return frame[[column.name for column in NATIONAL_COLUMNS]].reset_index(drop=True)


def build_reach(source_folder: Path) -> pd.DataFrame:
    """Make the table ``reach``: how many children provisions reach, by series and year, with the targets."""
    frame = with_facts(read_labels("reach"), all_facts(source_folder)).merge(read_labels("reach_series_nl"), validate="many_to_one")
    return frame.astype({"year": int})[[column.name for column in REACH_COLUMNS]]


def build_policy_amounts(source_folder: Path) -> pd.DataFrame:
    """Make the table ``policy_amounts``: benefits, thresholds and budgets with the day from which they hold.

    The day comes from the choice in ``labels/policy_amounts.csv`` or from the date or year at the end of the
    fact id; it stays empty when the source names none.

    Raises
    ------
    ValueError
        When a choice in the label file fits no fact.
    """
    facts = all_facts(source_folder)
    chosen = []
    for rule in read_labels("policy_amounts").to_dict("records"):
        fitting = facts[facts["fact_id"].str.fullmatch(rule.pop("pattern"))]
        if fitting.empty:
            raise ValueError(f"A rule in labels/policy_amounts.csv fits no fact: {rule}.")
        chosen.append(fitting.assign(**rule))
    frame = pd.concat(chosen, ignore_index=True)
    at_end = frame["fact_id"].str.extract(r"_(?P<year>20\d\d)(?P<month>\d\d)?(?P<day>\d\d)?$").fillna({"month": "01", "day": "01"})
    frame["valid_from"] = frame["valid_from"].mask(frame["valid_from"] == "", at_end["year"] + "-" + at_end["month"] + "-" + at_end["day"])
    instruments, categories = read_labels("policy_instruments_nl"), read_labels("policy_categories_nl")
    frame = frame.merge(instruments, validate="many_to_one").merge(categories, validate="many_to_one")
    frame["instrument"] = pd.Categorical(frame["instrument"], instruments["instrument"])
    frame["category"] = pd.Categorical(frame["category"], categories["category"])
    frame = frame.sort_values(["instrument", "category", "valid_from"])
    return frame[[column.name for column in POLICY_COLUMNS]].reset_index(drop=True)


def _values(name: str, column: str) -> tuple[str, ...]:
    return tuple(read_labels(name)[column])


CONFIDENCE_COLUMN = Column(
    "confidence",
    "string",
    "How sure the figure is: high, medium, low, or computed from other figures; the least sure of the facts behind it.",
    "Zekerheid",
    values=("high", "medium", "low", "computed"),
)
NOTE_COLUMN = Column("note_nl", "string", "What a reader must know about this value, in Dutch.", "Opmerking", required=False)
FACT_COLUMN = Column("fact_id", "string", "Fact in the table ledger or context that carries the value.", "Bron", pattern="[a-z0-9_]+")
VALUE_COLUMN = Column("value", "number", "The value, in `unit`.", "Waarde")
UNIT_COLUMN = Column("unit", "string", "Unit of the value.", "Eenheid", pattern="[a-z_]+")

CONTEXT_COLUMNS = [
    Column("fact_id", "string", "Key of the figure.", "Sleutel", pattern="[a-z0-9_]+"),
    VALUE_COLUMN,
    UNIT_COLUMN,
    Column(
        "period",
        "string",
        "Year, month (YYYY-MM), day (YYYY-MM-DD) or years (YYYY-YYYY); YYYY- is from that year on; empty when it belongs to no year.",
        "Periode",
        required=False,
        pattern=OPEN_PERIOD,
    ),
    Column("definition_nl", "string", "What is counted, in plain Dutch.", "Omschrijving"),
    Column("definition_en", "string", "What is counted, in English.", "Omschrijving (Engels)"),
    Column("source_title", "string", "Publication the figure comes from; months and remarks in Dutch.", "Bron"),
    Column("source_address", "string", "Web address of the source.", "Adres", pattern="https?://.+"),
    Column("quotation", "string", "Shortest text of the source that carries the figure.", "Citaat"),
    Column(
        "quotation_kind",
        "string",
        "sentence: words of the source; table or figure: cells or numbers, not to be printed as a quotation; none: no text.",
        "Soort citaat",
        values=("sentence", "table", "figure", "none"),
    ),
    CONFIDENCE_COLUMN,
]
NATIONAL_COLUMNS = [
    Column(
        "measure", "string", "What is counted; measures are different quantities.", "Maat", values=_values("poverty_measures_nl", "measure")
    ),
    Column("measure_nl", "string", "The measure in Dutch.", "Maat"),
    Column("vintage", "string", "State of the statistic; never compare or join two.", "Stand", values=_values("vintages_nl", "vintage")),
    Column("vintage_nl", "string", "The vintage in Dutch.", "Uit welke cijfers"),
    Column(
        "one_publication",
        "boolean",
        "True when all years of the vintage come from one publication, so that a line may join them; false: draw points.",
        "Uit één publicatie",
    ),
    Column("year", "year", "Calendar year the figure is about.", "Jaar", minimum=1977, maximum=2031),
    Column("children_count", "integer", "Children under 18, rounded as published.", "Aantal kinderen", "children", False, 0, 1_000_000),
    Column("children_pct", "number", "Share of all children under 18.", "Aandeel kinderen", "percent", False, 0, 100),
    Column(
        "estimate", "boolean", "True for a projection, or a count computed from a stated change; false for a published figure.", "Schatting"
    ),
    Column(
        "absence",
        "string",
        "missing: the sources of this book give the count or the share only; empty: both are there.",
        "Ontbreekt",
        required=False,
        values=("missing", "suppressed", "not_applicable"),
    ),
    CONFIDENCE_COLUMN,
    Column("fact_ids", "string", "Facts behind the row, separated by a space; empty for the StatLine export.", "Bronnen", required=False),
    Column("source_title", "string", "Sources of those facts.", "Bron"),
    NOTE_COLUMN,
]
REACH_COLUMNS = [
    Column("series", "string", "What is counted, by whom.", "Reeks", values=_values("reach_series_nl", "series")),
    Column("series_nl", "string", "The series in Dutch.", "Reeks"),
    Column("organisation", "string", "Who reaches the children.", "Organisatie"),
    Column("year", "year", "Year the value is about; for a target the year it should be met.", "Jaar", minimum=2012, maximum=2026),
    VALUE_COLUMN,
    UNIT_COLUMN,
    Column(
        "kind",
        "string",
        "measured: counted and reported; estimate: the source calls it so or states it roughly; "
        "expected: stated before the year was over; target.",
        "Soort",
        values=("measured", "target", "estimate", "expected"),
    ),
    FACT_COLUMN,
    CONFIDENCE_COLUMN,
    NOTE_COLUMN,
]
POLICY_COLUMNS = [
    Column(
        "instrument", "string", "Benefit, threshold or kind of funding.", "Regeling", values=_values("policy_instruments_nl", "instrument")
    ),
    Column("instrument_nl", "string", "The instrument in Dutch.", "Regeling"),
    Column(
        "category", "string", "Part of the instrument the amount is for.", "Onderdeel", values=_values("policy_categories_nl", "category")
    ),
    Column("category_nl", "string", "The category in Dutch.", "Onderdeel"),
    Column("valid_from", "date", "First day the amount holds; empty when the source names none.", "Geldt vanaf", required=False),
    Column("valid_until", "date", "Last day, where the source names an end; empty otherwise.", "Geldt tot en met", required=False),
    VALUE_COLUMN,
    UNIT_COLUMN,
    FACT_COLUMN,
    CONFIDENCE_COLUMN,
    NOTE_COLUMN,
]

POLICY_DOCUMENTS = Source(
    "Five policy documents, 2018-2025 (table documents)",
    "https://www.officielebekendmakingen.nl",
    "2018-2025",
    "Figures taken from the text by hand.",
    "Vijf beleidsdocumenten, 2018-2025",
)
PUBLIC_SOURCES = Source(
    "Public web pages and open data, see source_title and source_address of each row of table context",
    "https://www.cbs.nl",
    "2013-2026",
    "Figures taken from the pages by hand, each with its address and the text that carries it.",
    "Openbare websites en open data; elk cijfer met zijn bron staat op de pagina Bronnen en cijfers",
)
CHILDREN_EXPORT = Source(
    "CBS StatLine, Kinderen met kans op armoede, 2021",
    "https://opendata.cbs.nl",
    "2021",
    "Public copy of an export; row Nederland, age 0 to 17.",
)
MIXED_CREDIT = "Bron: openbare bronnen, bij elk cijfer genoemd"

TABLES = [
    TableDeclaration(
        name="context",
        title="Figures from other public sources",
        title_nl="Cijfers uit andere openbare bronnen",
        description="Every figure in the book that does not come from the five policy documents, with its source and the text "
        "that carries it.",
        description_nl="Alle cijfers in dit boek die niet uit de vijf beleidsdocumenten komen, met hun bron en de tekst waarin zij staan.",
        trust="Column confidence. Part of the pages are newspapers and advisers that repeat official figures; computed rows say how.",
        trust_nl=(
            "Wisselend: bij elk cijfer staat hoe zeker het is. Een deel komt uit kranten of van adviseurs die officiële cijfers "
            "herhalen. Bij berekende cijfers staat hoe ze zijn berekend."
        ),
        columns=CONTEXT_COLUMNS,
        primary_key=["fact_id"],
        sources=[PUBLIC_SOURCES],
        build=build_context,
        credit=MIXED_CREDIT,
    ),
    TableDeclaration(
        name="national_child_poverty",
        title="Children in poverty in the Netherlands, by measure and vintage",
        title_nl="Kinderen in armoede in Nederland, per maat en publicatie",
        description="National counts and shares of children under 18 by seven measures. Measures are different quantities; "
        "figures of two vintages of one measure cannot be joined in one line. Round figures named by an organisation without a definition "
        "(Kinderombudsman, Bureau Bartels) and relative poverty (UNICEF) are only in table context.",
        description_nl="Landelijke aantallen en aandelen van minderjarige kinderen, volgens zeven maten die elk iets anders meten. "
        "Ook cijfers van één maat uit verschillende publicaties zijn niet te vergelijken: cijfers over eerdere jaren worden bijgesteld.",
        trust="Column confidence. CPB rows are projections without a published margin of error; computed counts say how in note_nl.",
        trust_nl=(
            "Wisselend: bij elk cijfer staat hoe zeker het is. De cijfers van het CPB zijn ramingen, zonder gepubliceerde "
            "foutmarge. Bij berekende aantallen staat hoe ze zijn berekend."
        ),
        columns=NATIONAL_COLUMNS,
        primary_key=["measure", "vintage", "year"],
        sources=[POLICY_DOCUMENTS, PUBLIC_SOURCES, CHILDREN_EXPORT],
        build=build_national_child_poverty,
        credit="Bron: CBS, SCP en CPB",
    ),
    TableDeclaration(
        name="reach",
        title="Children reached by provisions",
        title_nl="Hoeveel kinderen voorzieningen krijgen",
        description="Share of children that municipalities reach, targets for it, and numbers of children and provisions of the four "
        "national organisations.",
        description_nl="Het aandeel kinderen dat gemeenten bereiken, de doelen daarvoor, en hoeveel kinderen en voorzieningen de vier "
        "landelijke organisaties tellen.",
        trust="Numbers of organisations are their own, as printed; they count children, requests or boxes, which do not add up. "
        "The year of the 43 percent is inferred.",
        trust_nl=(
            "De aantallen komen van de organisaties zelf. Ze tellen kinderen, aanvragen of cadeaus; die kunnen niet bij elkaar "
            "worden opgeteld. Het jaar van de eerste meting van het bereik is afgeleid."
        ),
        columns=REACH_COLUMNS,
        primary_key=["series", "year", "kind"],
        sources=[POLICY_DOCUMENTS, PUBLIC_SOURCES],
        build=build_reach,
        credit=MIXED_CREDIT,
    ),
    TableDeclaration(
        name="policy_amounts",
        title="Amounts of benefits, thresholds and budgets",
        title_nl="Bedragen van regelingen, grenzen en budgetten",
        description="Dated amounts: child benefit, child-related budget, minimum wage, poverty thresholds and national funding. "
        "Amounts for single municipalities are left out: see table reported_funding.",
        description_nl="Bedragen met de datum waarop ze ingaan: kinderbijslag, kindgebonden budget, minimumloon, armoedegrenzen en "
        "landelijk beschikbaar geld.",
        trust="Column confidence. The child-related budget of 2025 comes from a proposal. Amounts are not corrected for inflation.",
        trust_nl=(
            "Wisselend: bij elk bedrag staat hoe zeker het is. Het kindgebonden budget van 2025 komt uit een voorstel. De "
            "bedragen zijn niet gecorrigeerd voor hogere prijzen."
        ),
        columns=POLICY_COLUMNS,
        primary_key=["fact_id"],
        sources=[POLICY_DOCUMENTS, PUBLIC_SOURCES],
        build=build_policy_amounts,
        credit=MIXED_CREDIT,
    ),
]
