"""What single municipalities reported to have received and spent of the 85 million euro a year.

There is no national list of what each municipality spent. These amounts come from regional news (NH Nieuws, November 2018; Omroep
Zeeland, December 2017, which gives all municipalities of Zeeland after a circular of the state) and local council parties: municipalities
that happened to be in the news, no sample. ``reported_funding_additions.csv`` beside this module has those that were found later.
Municipality codes are those of the reported year, from the names in
``cbs/kinderen_kans_op_armoede_gemeente_2011_2021.csv``.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.importing.declaration import Column, Source, TableDeclaration

ADDITIONS = Path(__file__).parent / "reported_funding_additions.csv"
PROVINCE_SUFFIX = r" \(Z\.\)$"  # Middelburg, beside a village of that name in Zuid-Holland
NOTES = Path(__file__).parent / "labels" / "reported_funding_nl.csv"


def build_reported_funding(source_folder: Path) -> pd.DataFrame:
    """Make the table ``reported_funding``: one row per municipality and year.

    Raises
    ------
    ValueError
        When a municipality did not exist under that name in that year, or the Dutch notes do not fit the rows.
    """
    key = ["municipality_name", "year"]
    reported = pd.read_csv(source_folder / "cbs" / "klijnsma_bedragen_gerapporteerd.csv").rename(
        columns={
            "gemeente": "municipality_name",
            "jaar": "year",
            "ontvangen_eur": "received_eur",
            "uitgegeven_eur": "spent_eur",
            "bron_url": "source_address",
        }
    )
    reported = pd.concat([reported, pd.read_csv(ADDITIONS)], ignore_index=True)
    classification = pd.read_csv(source_folder / "cbs" / "kinderen_kans_op_armoede_gemeente_2011_2021.csv").rename(
        columns={"gemeentecode": "municipality_code", "gemeentenaam": "municipality_name", "jaar": "year"}
    )[["municipality_code", *key]]
    classification["municipality_name"] = classification["municipality_name"].str.replace(PROVINCE_SUFFIX, "", regex=True)
    notes = pd.read_csv(NOTES)
    frame = reported.merge(classification, on=key, how="left", validate="one_to_one").merge(
        notes, on=key, how="outer", validate="one_to_one"
    )
    for column, problem in {
        "municipality_code": "no municipality code",
        "note_nl": "no Dutch note",
        "source_address": "a Dutch note but no amounts",
    }.items():
        unfit = frame[frame[column].isna()]
        if len(unfit):
            raise ValueError(f"{problem.capitalize()} for {', '.join(unfit['municipality_name'] + ' ' + unfit['year'].astype(str))}.")
    frame["absence"] = frame[["received_eur", "spent_eur"]].isna().any(axis=1).map({True: "missing", False: ""})
    return frame.sort_values(key)[[column.name for column in COLUMNS]].reset_index(drop=True)


COLUMNS = [
    Column("municipality_code", "string", "Code in the classification of the year.", "Gemeentecode", pattern=r"GM\d{4}"),
    Column("municipality_name", "string", "Name in that year.", "Gemeente"),
    Column("year", "year", "Year the money was for.", "Jaar", minimum=2017, maximum=2020),
    Column(
        "received_eur", "number", "Amount received from the state; empty when not reported.", "Ontvangen", "eur", required=False, minimum=0
    ),
    Column("spent_eur", "number", "Amount spent in that year; empty when not reported.", "Uitgegeven", "eur", required=False, minimum=0),
    Column(
        "absence",
        "string",
        "missing: one of the two amounts was not reported; empty: both were.",
        "Ontbreekt",
        required=False,
        values=("missing", "suppressed", "not_applicable"),
    ),
    Column("note_nl", "string", "What the source says about the amounts: rounding, money left, children helped.", "Opmerking"),
    Column("source_address", "string", "Web address of the source.", "Adres", pattern="https?://.+"),
]

TABLES = [
    TableDeclaration(
        name="reported_funding",
        title="Money for children in poverty, as reported by municipalities",
        title_nl="Geld voor kinderen in armoede, zoals gemeld",
        description="What municipalities received and spent of the 85 million euro a year for children in poverty, after news.",
        description_nl="Wat gemeenten volgens de pers en lokale partijen ontvingen en uitgaven van de 85 miljoen euro per jaar voor "
        "kinderen in armoede. Over andere gemeenten zegt dit niets.",
        trust="As reported in the press and by council parties, partly rounded; no sample, so no conclusion about all municipalities.",
        trust_nl=(
            "Zoals gemeld in de pers en door lokale partijen, deels afgerond. Het is geen steekproef: over andere gemeenten zegt het niets."
        ),
        columns=COLUMNS,
        primary_key=["municipality_code", "year"],
        sources=[
            Source(
                "NH Nieuws, Omroep Zeeland and other regional news, and local council parties; see source_address of each row",
                "https://www.nhnieuws.nl/nieuws/235941/Waarom-extra-geld-voor-arme-kinderen-in-Enkhuizen-vorig-jaar-op-de-plank-bleef-liggen",
                "2016-2019",
                "Amounts taken from the pages by hand.",
                "NH Nieuws, Omroep Zeeland, ander regionaal nieuws en lokale raadsfracties",
            )
        ],
        build=build_reported_funding,
        credit="Bron: regionaal nieuws en lokale partijen, zie het adres bij elke rij",
    )
]
