"""Households and persons with a low income: the Netherlands by type of household, and the provinces.

``household_low_income`` holds StatLine table 83841NED (version of 8 October 2025, one vintage) for all
private households, types of household, dwelling and main source of income. Left out are sex, age and origin of
the main earner: the book does not use them, and the source gives origin until 2020 only. The source has no column
for the status of a year (final or provisional), so the table has none either. Over 2024 the source gives the three
limits of the social minimum, and nothing for the low-income threshold: CBS used that threshold until 2023.

``provincial_low_income`` holds the StatLine exports of 3 June 2025 for 2011, 2014 and 2017 (one vintage). Those
exports also hold twelve municipalities, all from the beginning of the alphabet and without codes; they are left out,
since such a handful tells nothing about municipalities.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.importing.declaration import Column, Source, TableDeclaration

LABELS = Path(__file__).parent / "labels"
THRESHOLDS = {
    "Inkomen tot lage-inkomensgrens": "low_income",
    "Inkomen tot 101% sociaal minimum": "social_minimum_101",
    "Inkomen tot 110% sociaal minimum": "social_minimum_110",
    "Inkomen tot 120% sociaal minimum": "social_minimum_120",
}
DURATIONS = {"Ten minste 1 jaar": "at_least_1_year", "Vier jaar of langer": "at_least_4_years"}
CHARACTERISTICS = ("all", "composition", "dwelling", "income_source")
NETHERLANDS = {"region": "Nederland", "region_code": "NL01", "region_name": "Nederland"}


def _household_types() -> pd.DataFrame:
    return pd.read_csv(LABELS / "household_types.csv", dtype=str)


def build_household_low_income(source_folder: Path) -> pd.DataFrame:
    """Make the table ``household_low_income``: one row per year, type of household, threshold and duration.

    Counts go from thousands (one decimal) to households.

    Raises
    ------
    ValueError
        When the source lacks a type of household, or has a threshold or duration that is not known here.
    """
    source = pd.read_csv(source_folder / "cbs" / "statline_83841_households_nl.csv", dtype={"household_code": str})
    types = _household_types()
    absent = set(types["household_code"]) - set(source["household_code"])
    if absent:
        raise ValueError(f"The source has no households with code {', '.join(sorted(absent))}.")
    for column, names in {"threshold_nl": THRESHOLDS, "duration_nl": DURATIONS}.items():
        unknown = set(source[column]) - set(names)
        if unknown:
            raise ValueError(f"The source has a {column} that is not known: {', '.join(sorted(unknown))}.")
    frame = source.merge(types, on="household_code").assign(
        year=lambda rows: rows["period"],
        household_type=lambda rows: pd.Categorical(rows["household_type"], types["household_type"]),
        threshold=lambda rows: pd.Categorical(rows["threshold_nl"].map(THRESHOLDS), THRESHOLDS.values()),
        duration=lambda rows: pd.Categorical(rows["duration_nl"].map(DURATIONS), DURATIONS.values()),
    )
    key = ["year", "characteristic", "household_type", "household_type_nl", "threshold", "duration"]
    frame = frame.set_index([*key, "measure"])["value"].unstack("measure").reset_index()
    frame["households_count"] = (frame["households_x1000"] * 1000).round().astype("Int64")
    frame = frame.rename(columns={"share_pct": "households_pct"}).sort_values(["year", "household_type", "threshold", "duration"])
    return frame[[column.name for column in HOUSEHOLD_COLUMNS]].reset_index(drop=True)


def build_provincial_low_income(source_folder: Path) -> pd.DataFrame:
    """Make the table ``provincial_low_income``: Nederland and 12 provinces in 2011, 2014 and 2017, 39 rows.

    Raises
    ------
    ValueError
        When a province is missing in a year.
    """
    source = pd.read_csv(source_folder / "cbs" / "statline_regions_2011_2014_2017.csv")
    provinces = pd.read_csv(source_folder / "geo" / "gemeente_342_lookup.csv")[["pv_code", "provincie"]].drop_duplicates()
    regions = provinces.rename(columns={"pv_code": "region_code", "provincie": "region_name"})
    regions["region"] = regions["region_name"].replace("Fryslân", "Friesland") + " (PV)"
    regions = pd.concat([pd.DataFrame([NETHERLANDS]), regions.sort_values("region_code")])
    frame = source.merge(regions, on="region", validate="many_to_one").rename(columns={"period": "year"})
    expected = frame["year"].nunique() * len(regions)
    if len(frame) != expected:
        raise ValueError(f"The source gives {len(frame)} rows for Nederland and the provinces instead of {expected}.")
    for subject in ("households", "persons", "children"):
        frame[f"low_income_{subject}_count"] = (frame[f"{subject}_x1000"] * 1000).round().astype(int)
        frame[f"low_income_{subject}_pct"] = frame[f"{subject}_pct"]
    return frame.sort_values(["year", "region_code"])[[column.name for column in PROVINCIAL_COLUMNS]].reset_index(drop=True)


HOUSEHOLD_COLUMNS = [
    Column("year", "year", "Calendar year of the income.", "Jaar", minimum=2011, maximum=2024),
    Column("characteristic", "string", "By what the households are divided.", "Kenmerk", values=CHARACTERISTICS),
    Column("household_type", "string", "Group of households.", "Huishouden", values=tuple(_household_types()["household_type"])),
    Column("household_type_nl", "string", "The group in Dutch.", "Huishouden"),
    Column(
        "threshold",
        "string",
        "low_income: up to the CBS low-income threshold; social_minimum_101, _110, _120: up to that percentage of the social minimum.",
        "Inkomensgrens",
        values=tuple(THRESHOLDS.values()),
    ),
    Column("duration", "string", "How long the income has been that low.", "Duur", values=tuple(DURATIONS.values())),
    Column("households_count", "integer", "Households, rounded to hundreds.", "Aantal huishoudens", "households", minimum=0),
    Column("households_pct", "number", "Share of all households of that group.", "Aandeel huishoudens", "percent", minimum=0, maximum=100),
]
PROVINCIAL_COLUMNS = [
    Column("year", "year", "Calendar year of the income.", "Jaar", minimum=2011, maximum=2017),
    Column("region_code", "string", "NL01 for Nederland, PV20 to PV31 for the provinces.", "Regiocode", pattern=r"NL01|PV\d\d"),
    Column("region_name", "string", "Name of the region.", "Regio"),
    *[
        Column(
            f"low_income_{subject}_count",
            "integer",
            f"{what} below the CBS low-income threshold, rounded to hundreds.",
            label,
            subject,
            minimum=0,
        )
        for subject, what, label in [
            ("households", "Households", "Aantal huishoudens met een laag inkomen"),
            ("persons", "Persons in households", "Aantal mensen in een huishouden met een laag inkomen"),
            ("children", "Children under 18 in households", "Aantal kinderen in een huishouden met een laag inkomen"),
        ]
    ],
    *[
        Column(f"low_income_{subject}_pct", "number", f"The same as share of all {subject}.", label, "percent", minimum=0, maximum=100)
        for subject, label in [
            ("households", "Aandeel huishoudens met een laag inkomen"),
            ("persons", "Aandeel mensen in een huishouden met een laag inkomen"),
            ("children", "Aandeel kinderen in een huishouden met een laag inkomen"),
        ]
    ],
]

TABLES = [
    TableDeclaration(
        name="household_low_income",
        title="Households with a low income, by type of household",
        title_nl="Huishoudens met een laag inkomen, per soort huishouden",
        description="Private households with an income below the low-income threshold or up to 101, 110 or 120 percent of the social "
        "minimum, for at least one year or at least four years, by composition, dwelling and main source of income. Households, "
        "not children.",
        description_nl="Huishoudens die minstens één jaar of minstens vier jaar een inkomen hebben onder de lage-inkomensgrens van het "
        "CBS, of tot 101, 110 of 120 procent van het sociaal minimum. Geteld zijn huishoudens, geen kinderen.",
        trust="Exact, one vintage. Counts are rounded to hundreds. 2024 has no figures for the low-income threshold; the source does not "
        "say which years are provisional.",
        trust_nl=(
            "Zoals gepubliceerd, in één publicatie. Aantallen zijn afgerond op honderdtallen. Voor 2024 zijn er geen cijfers bij de "
            "lage-inkomensgrens. De bron zegt niet welke jaren voorlopig zijn."
        ),
        columns=HOUSEHOLD_COLUMNS,
        primary_key=["year", "household_type", "threshold", "duration"],
        sources=[
            Source(
                "CBS StatLine 83841NED, Laag en langdurig laag inkomen van huishoudens",
                "https://opendata.cbs.nl/statline/#/CBS/nl/dataset/83841NED",
                "2025-10-08",
                "Public copy of the complete table, rows Nederland.",
            )
        ],
        build=build_household_low_income,
    ),
    TableDeclaration(
        name="provincial_low_income",
        title="Households, persons and children with a low income, by province",
        title_nl="Huishoudens, mensen en kinderen met een laag inkomen, per provincie",
        description="Households, persons and children under 18 below the CBS low-income threshold, Nederland and provinces, "
        "2011, 2014 and 2017.",
        description_nl="Huishoudens met een inkomen onder de lage-inkomensgrens van het CBS, en de mensen en de minderjarige kinderen "
        "in die huishoudens. Voor Nederland en per provincie, in 2011, 2014 en 2017.",
        trust="Exact, one vintage (June 2025). Counts are rounded to hundreds, so provinces add up to Nederland within some hundreds.",
        trust_nl=(
            "Zoals gepubliceerd, in één publicatie. Aantallen zijn afgerond op honderdtallen. Daardoor tellen de provincies niet "
            "helemaal op tot Nederland."
        ),
        columns=PROVINCIAL_COLUMNS,
        primary_key=["year", "region_code"],
        sources=[
            Source(
                "CBS StatLine, Laag inkomen; huishoudenskenmerken, regio",
                "https://opendata.cbs.nl/statline/",
                "2025-06-03",
                "Public copies of three exports, one per year.",
            )
        ],
        build=build_provincial_low_income,
    ),
]
