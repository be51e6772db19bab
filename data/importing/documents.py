"""The five source documents, the ledger of their figures, and the measures they name.

Figures and measures come from ``ledger/ledger.csv`` and ``ledger/measures.csv``, made for this project; the documents
themselves are texts in ``seeds/``. The Dutch words (titles, definitions, places in a document) are written by hand in
``labels/``. What this module adds:

- each quotation must stand in its document, after joining hyphens at line ends and normalising white space;
- ``locator_nl`` is computed: ``labels/outline.csv`` lists, per document and in order, the words with which a section or
  footnote begins, and a quotation lies in the last one that begins before it;
- names of portrayed children are left out. Facts ``voice_<name>_*`` are renamed ``voice_1_*``, ``voice_2_*``, ... in the
  order of the portraits, and `WITHOUT_NAME` replaces definitions and quotations that hold a name;
- open periods are written one way (``from 2017`` becomes ``2017-``), and goals get English ids;
- ``labels/measures_corrections.csv`` replaces what a second reader of the documents found to be wrong in ``measures.csv``: a kind,
  a goal, a date or an actor, each with its reason.
"""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from data.importing.declaration import Column, Source, TableDeclaration

LABELS = Path(__file__).parent / "labels"
DOCUMENT_KINDS = ("letter", "note", "answers")
TOPICS = (
    "campaign",
    "caribbean",
    "debt",
    "education",
    "employment",
    "funding",
    "income_support",
    "monitoring",
    "municipal_policy",
    "participation",
    "poverty",
    "process",
    "reach",
    "target",
    "threshold",
    "voices",
)
MEASURE_KINDS = (
    "agreement",
    "campaign",
    "evaluation",
    "funding",
    "income_support",
    "law",
    "parliament",
    "programme",
    "research",
    "subsidy",
    "target",
)
GOALS = {
    "voorkomen": "prevent",
    "tegengaan_gevolgen": "counter_consequences",
    "monitoren": "monitor",
    "werkgevers": "employers",
}
AMOUNT_BASES = {
    "per year": "per_year",
    "per year, structural": "per_year_structural",
    "per year, structural, total": "per_year_structural",
    "total": "total",
    "total over 2021 and 2022": "total",
}
YEAR_MONTH_OR_DAY = r"\d{4}(-\d{2}){0,2}"
WITHOUT_NAME = {
    "voice_1_age": ("Age of the child in the first portrait", "(11 jaar) is niet blij met de buurt waarin ze wonen"),
    "voice_2_age": (
        "Age of the child in the second portrait",
        "(12) op. Als andere kinderen jarig zijn is het niet mogelijk om een cadeau te kopen",
    ),
    "voice_3_age": ("Age of the child in the third portrait", "(12 jaar) noemt dat het soms wel moeilijke tijden zijn"),
}
PERIOD = r"\d{4}(-\d{2}(-\d{2})?)?|\d{4}-(\d{4})?|structural|yearly|last five years|\d{4} (autumn|early|publication)"


def _labels(name: str) -> pd.DataFrame:
    return pd.read_csv(LABELS / f"{name}.csv", dtype="string", keep_default_na=False)


def _read_source(path: Path) -> pd.DataFrame:
    """Read a source table; a note with commas that was not put in quotation marks is joined again."""
    with path.open(encoding="utf-8") as file:
        columns = file.readline().rstrip("\n").split(",")
    last = len(columns) - 1
    return pd.read_csv(
        path,
        dtype="string",
        keep_default_na=False,
        engine="python",
        on_bad_lines=lambda fields: [*fields[:last], ",".join(fields[last:])],
    )


def joined_text(text: str) -> str:
    """Join words that were broken at the end of a line, and make all white space a single space."""
    return re.sub(r"\s+", " ", re.sub(r"-\s*\n\s*", "", text)).strip()


def _document_texts(source_folder: Path) -> dict[str, str]:
    texts = {}
    for document in _labels("documents").itertuples():
        files = list((source_folder / "seeds").glob(f"{document.seed}_*.txt"))
        if len(files) != 1:
            raise ValueError(f"Document {document.document_id} needs one file seeds/{document.seed}_*.txt; there are {len(files)}.")
        text = joined_text(files[0].read_text(encoding="utf-8"))
        for words in (document.parliamentary_number, document.reference):
            if words not in text:
                raise ValueError(f"labels/documents.csv gives document {document.document_id} {words!r}, but its text does not say so.")
        texts[document.document_id] = text
    return texts


def _outline(texts: dict[str, str]) -> dict[str, list[tuple[int, str]]]:
    """Find where each section begins: per document a list of (position, locator)."""
    outline = {document_id: [] for document_id in texts}
    for section in _labels("outline").itertuples():
        found = outline[section.document_id]
        position = texts[section.document_id].find(section.starts_with, found[-1][0] + 1 if found else 0)
        if position < 0:
            raise ValueError(
                f"labels/outline.csv: {section.starts_with!r} does not stand in document {section.document_id} after the section before it."
            )
        found.append((position, section.locator_nl))
    return outline


def _located(frame: pd.DataFrame, key: str, source_folder: Path) -> pd.DataFrame:
    """Check that each quotation stands in its document, and add where."""
    texts = _document_texts(source_folder)
    outline = _outline(texts)
    locators = []
    for row in frame.itertuples():
        position = texts[row.document_id].find(joined_text(row.quotation)) if row.quotation.strip() else -1
        if position < 0:
            raise ValueError(f"The quotation of {getattr(row, key)!r} does not stand in document {row.document_id}: {row.quotation!r}.")
        sections = [locator for start, locator in outline[row.document_id] if start <= position]
        if not sections:
            raise ValueError(f"The quotation of {getattr(row, key)!r} stands before the first section of labels/outline.csv.")
        locators.append(sections[-1])
    return frame.assign(locator_nl=locators)


def _with_labels(frame: pd.DataFrame, name: str, key: str) -> pd.DataFrame:
    """Add the hand-written Dutch words; both sides must have exactly the same keys."""
    labels = _labels(name)
    for column in labels.columns:
        if (labels[column].str.strip() == "").any() or (column == key and labels[column].duplicated().any()):
            raise ValueError(f"labels/{name}.csv has an empty or double {column}.")
    difference = set(labels[key]) ^ set(frame[key])
    if difference:
        raise ValueError(f"labels/{name}.csv and the source table do not have the same {key}: {', '.join(sorted(difference))}.")
    return frame.drop(columns=[column for column in labels.columns if column != key and column in frame]).merge(labels, on=key)


def _known(values: pd.Series, names: dict[str, str]) -> pd.Series:
    unknown = sorted(set(values) - set(names) - {""})
    if unknown:
        raise ValueError(f"Column {values.name} has a value without an id: {', '.join(unknown)}.")
    return values.replace(names)


def _document_ids(source_files: pd.Series) -> pd.Series:
    documents = _labels("documents")
    return _known(source_files.str[:3], documents.set_index("seed")["document_id"].to_dict())


def _without_names(ledger: pd.DataFrame) -> pd.DataFrame:
    """Take the names of portrayed children out of ids, definitions, notes and quotations."""
    parts = ledger["fact_id"].str.extract(r"^voice_(?P<name>[^_]+)_(?P<subject>.+)$").dropna()
    numbers = pd.Series(pd.factorize(parts["name"])[0] + 1, index=parts.index).astype(str)
    ledger = ledger.copy()
    ledger.loc[parts.index, "fact_id"] = "voice_" + numbers + "_" + parts["subject"]
    ledger.loc[parts.index, "note_en"] = "Portrayed child; the name, which stands in the document, is left out here."
    for fact_id, replacement in WITHOUT_NAME.items():
        ledger.loc[ledger["fact_id"] == fact_id, ["definition_en", "quotation"]] = replacement
    return ledger


def _ledger(source_folder: Path) -> pd.DataFrame:
    ledger = _read_source(source_folder / "ledger" / "ledger.csv").rename(
        columns={"id": "fact_id", "definition": "definition_en", "quote": "quotation", "note": "note_en"}
    )
    ledger = _without_names(ledger)
    ledger["document_id"] = _document_ids(ledger["source_file"])
    ledger["value"] = pd.to_numeric(ledger["value"])
    ledger["period"] = ledger["period"].str.replace(r"^from (\d{4})$", r"\1-", regex=True)
    ledger["note_en"] = (
        ledger["note_en"]
        .str.replace("Seed 001", "The letter of 2018")
        .str.replace("Seed 003", "The letter of 2021")
        .str.replace("the seed", "the document")
    )
    ledger = _located(_with_labels(ledger, "ledger_nl", "fact_id"), "fact_id", source_folder)
    return ledger[[column.name for column in LEDGER_COLUMNS]]


def _corrected(measures: pd.DataFrame) -> pd.DataFrame:
    """Replace the values of ``labels/measures_corrections.csv``; each must still be there as it was when it was found wrong."""
    corrected = measures.set_index("measure_id")
    for row in _labels("measures_corrections").itertuples():
        if corrected.loc[row.measure_id, row.column] != row.source_value:
            raise ValueError(f"labels/measures_corrections.csv: {row.column} of {row.measure_id!r} is no longer {row.source_value!r}.")
        corrected.loc[row.measure_id, row.column] = row.value
    return corrected.reset_index()


def _measures(source_folder: Path) -> pd.DataFrame:
    measures = _read_source(source_folder / "ledger" / "measures.csv").rename(columns={"id": "measure_id", "quote": "quotation"})
    measures["document_id"] = _document_ids(measures["source_file"])
    measures["amount_eur"] = pd.to_numeric(measures["amount_eur"]).astype("Int64")
    measures["amount_basis"] = _known(measures["amount_basis"], AMOUNT_BASES)
    measures["goal"] = _known(measures["goal"], GOALS)
    measures = _corrected(measures)
    measures = _located(_with_labels(measures, "measures_nl", "measure_id"), "measure_id", source_folder)
    return measures[[column.name for column in MEASURE_COLUMNS]]


def _documents(source_folder: Path) -> pd.DataFrame:
    _document_texts(source_folder)
    return _labels("documents")[[column.name for column in DOCUMENT_COLUMNS]]


DOCUMENT_COLUMNS = [
    Column("document_id", "string", "Id of the document.", "Document"),
    Column(
        "title_nl", "string", "Title as the document gives it; for letter_2018 and answers_2025, which have none, a description.", "Titel"
    ),
    Column("title_en", "string", "Title in English.", "Titel (Engels)"),
    Column("author", "string", "Who signed it, as the document says.", "Afzender"),
    Column("addressee", "string", "To whom it was sent.", "Gericht aan"),
    Column("date", "date", "Date that the document gives; empty when it gives none.", "Datum", required=False),
    Column("period", "string", "The date, or else the year that follows from the text.", "Periode", pattern=r"\d{4}(-\d{2}-\d{2})?"),
    Column("kind", "string", "Kind of document.", "Soort", values=DOCUMENT_KINDS),
    Column("parliamentary_number", "string", "Number as a parliamentary paper, as printed in the document.", "Kamerstuk", required=False),
    Column("reference", "string", "Parliamentary year or the sender's reference, as printed.", "Kenmerk", required=False),
    Column(
        "source_address",
        "string",
        "Where the document is published. Not in the document itself: looked up in public indexes (2019 letter, answers) or "
        "composed from the parliamentary number; empty when unknown.",
        "Adres",
        required=False,
    ),
]
LEDGER_COLUMNS = [
    Column("fact_id", "string", "Id of the figure, used in citations.", "Cijfer", pattern=r"[a-z0-9_]+"),
    Column("document_id", "string", "Document that states the figure.", "Document"),
    Column("value", "number", "The value, in the unit.", "Waarde"),
    Column("unit", "string", "Unit of the value.", "Eenheid", pattern=r"[a-z0-9_]+"),
    Column(
        "period",
        "string",
        "Date, month, year or years of the value (2017- is open-ended), or structural, yearly, last five years; empty when unknown.",
        "Periode",
        required=False,
        pattern=PERIOD,
    ),
    Column("topic", "string", "Subject of the figure.", "Onderwerp", values=TOPICS),
    Column("definition_nl", "string", "What the figure counts, in Dutch.", "Omschrijving"),
    Column("definition_en", "string", "What the figure counts, in English.", "Omschrijving (Engels)"),
    Column("locator_nl", "string", "Section or footnote where the quotation stands.", "Vindplaats"),
    Column("quotation", "string", "Shortest words of the document that carry the figure.", "Citaat"),
    Column("note_en", "string", "Remark on the figure.", "Opmerking (Engels)", required=False),
]
MEASURE_COLUMNS = [
    Column("measure_id", "string", "Id of the measure.", "Maatregel", pattern=r"[a-z0-9_]+"),
    Column("start", "string", "First day, month or year; empty when unknown.", "Begin", required=False, pattern=YEAR_MONTH_OR_DAY),
    Column("end", "string", "Last day, month or year; empty when unknown.", "Einde", required=False, pattern=YEAR_MONTH_OR_DAY),
    Column("actor", "string", "Who takes the measure.", "Wie"),
    Column("title_nl", "string", "Title in Dutch.", "Maatregel"),
    Column("title_en", "string", "Title in English.", "Maatregel (Engels)"),
    Column("kind", "string", "Kind of measure.", "Soort", values=MEASURE_KINDS),
    Column("amount_eur", "integer", "Amount, where the document gives one.", "Bedrag", unit="eur", required=False, minimum=0),
    Column(
        "amount_basis",
        "string",
        "What the amount covers.",
        "Bedrag geldt",
        required=False,
        values=("per_year", "per_year_structural", "total"),
    ),
    Column("goal", "string", "Goal of the measure, after the four headings of the 2018 letter.", "Doel", values=tuple(GOALS.values())),
    Column("document_id", "string", "Document that names the measure.", "Document"),
    Column("locator_nl", "string", "Section or footnote where the quotation stands.", "Vindplaats"),
    Column("quotation", "string", "Words of the document that name the measure.", "Citaat"),
]
SOURCES = [
    Source(row.title_en, row.source_address or "https://www.kinderombudsman.nl/", row.period, "text of the document", row.title_nl)
    for row in _labels("documents").itertuples()
]
CREDIT = "Bron: brieven en antwoorden van het kabinet aan het parlement (2018-2025) en notitie van de Kinderombudsman (2019)"

TABLES = [
    TableDeclaration(
        name="documents",
        title="Source documents",
        title_nl="Brondocumenten",
        description="The five documents behind the ledger: three letters to parliament, answers to parliamentary questions, and a note.",
        description_nl="De vijf documenten achter de cijfers: drie brieven aan de Eerste en Tweede Kamer, antwoorden op Kamervragen "
        "en een notitie van de Kinderombudsman.",
        trust="Title, author, date and numbers as the documents print them; the address is added.",
        trust_nl="Titel, afzender, datum en nummer staan zo in de documenten. Het adres hebben wij erbij gezocht.",
        columns=DOCUMENT_COLUMNS,
        primary_key=["document_id"],
        sources=SOURCES,
        build=_documents,
        credit=CREDIT,
    ),
    TableDeclaration(
        name="ledger",
        title="Ledger of the figures in the source documents",
        title_nl="Cijfers uit de brondocumenten",
        description="Every figure of the five source documents with unit, period, definition, place and the words that carry it.",
        description_nl="Elk cijfer uit de vijf brondocumenten, met eenheid, periode, omschrijving, vindplaats en citaat.",
        trust="As the documents state them; each quotation was found in its document. Definition or note tells what is rounded.",
        trust_nl=(
            "Zoals de documenten het zeggen. Elk citaat is teruggevonden in zijn document. Is een cijfer afgerond, dan staat dat "
            "in de omschrijving."
        ),
        columns=LEDGER_COLUMNS,
        primary_key=["fact_id"],
        sources=SOURCES,
        build=_ledger,
        foreign_keys={"document_id": ("documents", "document_id")},
        credit=CREDIT,
    ),
    TableDeclaration(
        name="measures",
        title="Measures, agreements, evaluations and events in the source documents",
        title_nl="Maatregelen, afspraken, onderzoeken en gebeurtenissen uit de brondocumenten",
        description="What the five source documents announce, ask for or report, with actor, dates, amount, goal and quotation.",
        description_nl="Wat de vijf brondocumenten aankondigen, vragen of melden: wie, wanneer, voor welk bedrag en met welk doel, "
        "met een citaat.",
        trust="Each quotation was found in its document; kind and goal were assigned by hand. The same measure can stand in two documents.",
        trust_nl=(
            "Elk citaat is teruggevonden in zijn document. Soort en doel hebben wij zelf toegekend. Dezelfde maatregel kan in "
            "meer documenten staan."
        ),
        columns=MEASURE_COLUMNS,
        primary_key=["measure_id"],
        sources=SOURCES,
        build=_measures,
        foreign_keys={"document_id": ("documents", "document_id")},
        credit=CREDIT,
    ),
]
