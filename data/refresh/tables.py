"""The tables that are refreshed from CBS: where each comes from, how it is made, and how it is declared.

Two of them exist without a refresh as well. `data.importing` then declares their columns; here they take later years.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pandas as pd

from data.importing import households, municipal_poverty
from data.importing.declaration import Column, TableDeclaration
from data.refresh.checks import check_household_sum
from data.refresh.client import FIRST_YEAR, TOTAL, CbsTable, plain

MINORS = ("Minderjarige kinderen",)
CHILDREN_IN_POVERTY = ("Kinderen in armoede", "Minderjarige kinderen in armoede", "Arme kinderen")
HOUSEHOLDS = ("Particuliere huishoudens", "Huishoudens")
INHABITANTS = ("Totale bevolking",)
INCOME_THRESHOLDS = {
    "children": TOTAL,
    "low_income": ("(inkomen )?((tot|onder) )?(de )?lage inkomensgrens",),
    "up_to_150": (r"(inkomen )?(tot|onder) 150\s?% (van het )?(sociaal|sociale|bestaans) ?minimum",),
}


@dataclass(frozen=True, kw_only=True)
class RefreshedTable(TableDeclaration):
    """A table that is made from CBS.

    Parameters
    ----------
    build : callable
        Takes the `CbsTable`; returns a DataFrame with `columns`. When the table has regions, rows are municipalities and the
        Netherlands, with ``region_code`` and ``region_name`` instead of the municipality.
    table_ids : tuple of str
        CBS tables in order of preference; the next one is used when CBS no longer has the one before.
    own_classification : bool
        Whether each year has its own municipalities.
    plausible : dict of str to (float, float)
        Between which values the national percentage must lie: a guard against having taken the wrong column.
    """

    build: Callable[[CbsTable], pd.DataFrame]
    table_ids: tuple[str, ...]
    own_classification: bool = False
    plausible: dict[str, tuple[float, float]] = field(default_factory=dict)


def municipal_low_income(table: CbsTable) -> pd.DataFrame:
    """Make ``municipal_low_income``: minors per municipality and year, all and below two income thresholds."""
    long = table.observations({"count": MINORS, "pct": MINORS}, {"threshold": INCOME_THRESHOLDS})
    wide = long.set_index(["region_code", "region_name", "year", "status", "threshold"]).unstack("threshold")
    wide.columns = [f"{threshold}_{value}" for value, threshold in wide.columns]
    return wide.reset_index()


def municipal_poverty_line_2024(table: CbsTable) -> pd.DataFrame:
    """Make ``municipal_poverty_line_2024``: children below the CBS/SCP/Nibud line per municipality and year."""
    frame = table.observations({"poverty_line_2024_count": CHILDREN_IN_POVERTY, "poverty_line_2024_pct": CHILDREN_IN_POVERTY}, {})
    absent = frame[["poverty_line_2024_count", "poverty_line_2024_pct"]].isna().any(axis=1)
    return frame.assign(absence=absent.map({True: "missing", False: None}))


def municipal_population(table: CbsTable) -> pd.DataFrame:
    """Make ``municipal_population``: inhabitants on 1 January, each year in its own municipalities."""
    return table.observations({"inhabitants_count": INHABITANTS}, {}).dropna(subset="inhabitants_count")


def household_low_income(table: CbsTable) -> pd.DataFrame:
    """Make ``household_low_income``: households by type, threshold and duration; the types by CBS's code list of households."""
    types = pd.read_csv(households.LABELS / "household_types.csv", dtype="string").set_index("household_type")
    selections = {
        "household_type": {name: (code,) for name, code in types["household_code"].items()},
        "threshold": {name: (plain(title),) for title, name in households.THRESHOLDS.items()},
        "duration": {name: (plain(title),) for title, name in households.DURATIONS.items()},
    }
    frame = table.observations({"households_count": HOUSEHOLDS, "households_pct": HOUSEHOLDS}, selections, regional=False)
    frame = frame.dropna(subset=["households_count", "households_pct"], how="all")
    check_household_sum(frame)
    return frame.assign(**{name: frame["household_type"].map(types[name]) for name in ("characteristic", "household_type_nl")})


IMPORTED = {table.name: table for table in (*households.TABLES, *municipal_poverty.TABLES)}
LOW_INCOME, HOUSEHOLD_LOW_INCOME = IMPORTED["municipal_low_income"], IMPORTED["household_low_income"]
ABSENCE = ("missing", "suppressed", "not_applicable")
MUNICIPALITY_COLUMNS = [
    Column("municipality_code", "string", "Municipality code of CBS.", "Gemeentecode", pattern=r"GM\d{4}"),
    Column("municipality_name", "string", "Name of the municipality.", "Gemeente"),
    Column("year", "year", "Calendar year.", "Jaar", minimum=FIRST_YEAR),
]

TABLES = [
    RefreshedTable(
        name="municipal_poverty_line_2024",
        title="Children below the poverty line of 2024, per municipality",
        title_nl="Kinderen onder de nieuwe armoedegrens, per gemeente",
        description="Minors in households below the poverty line of CBS, SCP and Nibud (2024), per municipality and year.",
        description_nl="Minderjarige kinderen in een huishouden onder de nieuwe armoedegrens van CBS, SCP en Nibud, per gemeente en jaar.",
        trust="Exact as published, rounded by CBS. One vintage: not to be joined with an earlier publication or another measure.",
        trust_nl="Exact, zoals gepubliceerd en afgerond door het CBS. Uit één publicatie: niet te verbinden met een eerdere maat.",
        columns=[
            *MUNICIPALITY_COLUMNS,
            Column("status", "string", "Whether CBS calls the figures definitive.", "Status", values=("definitive", "provisional")),
            Column("poverty_line_2024_count", "integer", "Minors below the line.", "Kinderen onder de armoedegrens", "children", False, 0),
            Column("poverty_line_2024_pct", "number", "Share of all minors.", "Aandeel van alle kinderen", "percent", False, 0, 100),
            Column("absence", "string", "Why a value is absent.", "Waarom leeg", required=False, values=ABSENCE),
        ],
        primary_key=["municipality_code", "year"],
        sources=[],
        build=municipal_poverty_line_2024,
        table_ids=("86132NED",),
        plausible={"poverty_line_2024_pct": (0.5, 15)},
    ),
    RefreshedTable(
        **vars(LOW_INCOME)
        | {
            "title": "Minors below the low-income threshold, per municipality",
            "title_nl": "Kinderen onder de lage-inkomensgrens, per gemeente",
            "description": "Minors in households with an income below the low-income threshold, and up to 150% of the social minimum, per "
            "municipality and year; all municipalities, in one classification for all years.",
            "description_nl": "Kinderen tot 18 jaar in een huishouden met een inkomen onder de lage-inkomensgrens, en tot 150 procent van "
            "het sociaal minimum, per gemeente en jaar. Alle gemeenten, voor elk jaar in dezelfde gemeentelijke indeling.",
            "trust": "Exact as published, rounded by CBS to hundreds of children and tenths of a percent. Empty: not published by CBS.",
            "trust_nl": "Exact, zoals gepubliceerd. Afgerond op honderdtallen en tienden van een procent. Niet elk cijfer is er.",
            "columns": [replace(column, required=not column.name.endswith(("_count", "_pct"))) for column in LOW_INCOME.columns],
            "build": municipal_low_income,
        },
        table_ids=("86202NED", "85678NED"),
        plausible={"low_income_pct": (1, 15), "up_to_150_pct": (3, 40)},
    ),
    RefreshedTable(
        **vars(HOUSEHOLD_LOW_INCOME)
        | {
            "columns": [replace(column, maximum=None) if column.name == "year" else column for column in HOUSEHOLD_LOW_INCOME.columns],
            "build": household_low_income,
        },
        table_ids=("83841NED",),
    ),
    RefreshedTable(
        name="municipal_population",
        title="Inhabitants per municipality",
        title_nl="Inwoners per gemeente",
        description="Inhabitants on 1 January per municipality, each year in the municipalities of that year.",
        description_nl="Inwoners op 1 januari per gemeente, elk jaar in de gemeenten van dat jaar.",
        trust="Exact as published.",
        trust_nl="Exact, zoals gepubliceerd.",
        columns=[*MUNICIPALITY_COLUMNS, Column("inhabitants_count", "integer", "On 1 January.", "Inwoners", "persons", minimum=0)],
        primary_key=["municipality_code", "year"],
        sources=[],
        build=municipal_population,
        table_ids=("70072ned",),
        own_classification=True,
    ),
]
