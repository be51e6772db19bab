"""The municipalities of 2025 and the boundary changes since 2011.

The 342 municipalities and their provinces come from a lookup of CBS ("Gebieden in Nederland"), the changes
of 2017-2023 from a file with the share of the inhabitants that each successor received. The changes of
2012-2016 are in no file. They are derived here from the inhabitants and children of consecutive years: a
group of successors stands only when both numbers before and after agree (`_merged`). Three municipalities
were split; see `_maasdonk` and `_boarnsterhim`.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from babel.numbers import format_decimal

from data.importing.declaration import Column, Source, TableDeclaration

MERGED = {
    2012: {"GM1911": ["GM0366", "GM0412", "GM0462", "GM0463"]},
    2013: {
        "GM0441": ["GM0395", "GM0476"],
        "GM1924": ["GM0504", "GM0511", "GM0559", "GM0580"],
        "GM1927": ["GM0571", "GM0693", "GM0694"],
    },
    2014: {"GM0484": ["GM0499", "GM1672"]},
    2015: {
        "GM0241": ["GM0265", "GM0282"],
        "GM0361": ["GM0365", "GM0458"],
        "GM1930": ["GM0568", "GM0612"],
        "GM1931": ["GM0491", "GM0608", "GM0623", "GM0643", "GM0644"],
    },
    2016: {"GM0385": ["GM0478"], "GM1940": ["GM1921"], "GM1942": ["GM0381", "GM0424", "GM0425"], "GM1945": ["GM0241"]},
}
DATE_OTHER_THAN_1_JANUARY = {("GM1921", "GM1940"): "2015-07-01"}
LARGEST_GROWTH_PCT = {"inhabitants": 1.0, "children": 3.0}

MAASDONK, BOARNSTERHIM, SKARSTERLAN, DE_FRIESE_MEREN, HEERENVEEN = "GM1671", "GM0055", "GM0051", "GM1921", "GM0074"
MAASDONK_INHABITANTS_MOVED = {"GM0796": 6719, "GM0828": 4629}
BOARNSTERHIM_INHABITANTS_TO_DE_FRIESE_MEREN = 783

CHANGE_COLUMNS = ["date", "year", "old_code", "old_name", "new_code", "new_name", "inhabitant_share", "method", "evidence_nl"]


def official_names(folder: Path) -> dict[str, str]:
    """Return the official name of each municipality of 2025 by its code; StatLine's own additions "(gemeente)" are not in it."""
    lookup = pd.read_csv(folder / "geo" / "gemeente_342_lookup.csv", dtype="string")
    return dict(zip(lookup["statcode"], lookup["statnaam"], strict=True))


def read_poverty_file(folder: Path) -> pd.DataFrame:
    """Read the file of municipal child poverty, with official names where the municipality still exists."""
    frame = pd.read_csv(folder / "cbs" / "kinderen_kans_op_armoede_gemeente_2011_2021.csv")
    frame["gemeentenaam"] = frame["gemeentecode"].map(official_names(folder)).fillna(frame["gemeentenaam"])
    return frame


def _municipalities(folder: Path) -> pd.DataFrame:
    lookup = pd.read_csv(folder / "geo" / "gemeente_342_lookup.csv", dtype={"corop_code": "string"})
    return pd.DataFrame(
        {
            "municipality_code": lookup["statcode"],
            "municipality_name": lookup["statnaam"],
            "province_code": lookup["pv_code"],
            "province_name": lookup["provincie"],
            "corop_code": "CR" + lookup["corop_code"].str.zfill(2),
            "corop_name": lookup["corop"],
            "inhabitants_count": lookup["inwoners_2023"].astype(int),
            "children_0_14_pct": lookup["pct_0_14_2023"],
        }
    ).sort_values("municipality_code", ignore_index=True)


def _number(value: float, decimals: int = 0) -> str:
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(value, format=pattern, locale="nl")


def _together(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} en {names[-1]}"


def _row(year: int, old: str, new: str, share: float, evidence: str) -> dict:
    date = DATE_OTHER_THAN_1_JANUARY.get((old, new), f"{year}-01-01")
    return {"date": date, "year": year, "old_code": old, "new_code": new, "inhabitant_share": share, "evidence_nl": evidence}


def _ordinary_growth(before: pd.Series, after: pd.Series, year: int) -> float:
    """Mean growth in the year before and the year after a change: about what would have happened without it."""
    return ((before[year - 1] - before[year - 2]) + (after[year + 1] - after[year])) / 2


def _merged(inhabitants: pd.DataFrame, children: pd.DataFrame, names: dict[str, str]) -> list[dict]:
    rows = []
    for year, groups in MERGED.items():
        for new, gone in groups.items():
            exists_before = pd.notna(inhabitants[year - 1].get(new))
            parts = ([new] if exists_before else []) + gone
            before, after = inhabitants.loc[parts, year - 1].sum(), inhabitants.at[new, year]
            children_before, children_after = children.loc[parts, year - 1].sum(), children.at[new, year]
            growth = {"inhabitants": (after / before - 1) * 100, "children": (children_after / children_before - 1) * 100}
            for quantity, pct in growth.items():
                if not abs(pct) <= LARGEST_GROWTH_PCT[quantity]:
                    raise ValueError(
                        f"{names[new]} ({new}) of {year} cannot be {_together([names[code] for code in parts])} of {year - 1}: "
                        f"the number of {quantity} differs by {pct:.1f}%, more than {LARGEST_GROWTH_PCT[quantity]}%."
                    )
            evidence = (
                f"Op 1 januari {year - 1} had{'den' if len(parts) > 1 else ''} {_together([names[code] for code in parts])}"
                f"{' samen' if len(parts) > 1 else ''} {_number(before)} inwoners en naar schatting {_number(children_before)} kinderen. "
                f"{names[new]} had op 1 januari {year} {_number(after)} inwoners en naar schatting {_number(children_after)} kinderen."
            )
            rows += [_row(year, old, new, 1.0, evidence) for old in gone]
    return rows


def _maasdonk(inhabitants: pd.DataFrame, names: dict[str, str]) -> list[dict]:
    """Split Maasdonk by the inhabitants that CBS states, after comparing them with the growth of both successors."""
    year, moved = 2015, pd.Series(MAASDONK_INHABITANTS_MOVED)
    gain = inhabitants.loc[moved.index, year] - inhabitants.loc[moved.index, year - 1]
    ordinary = inhabitants.loc[moved.index, year + 1] - inhabitants.loc[moved.index, year]
    if ((gain - ordinary - moved).abs() > 0.1 * moved).any():
        raise ValueError("The growth of 's-Hertogenbosch and Oss in 2015 does not agree with the inhabitants of Maasdonk that CBS states.")
    evidence = (
        "Het CBS (StatLine 70739ned) vermeldt hoeveel inwoners overgingen: "
        + _together([f"{_number(count)} naar {names[code]}" for code, count in moved.items()])
        + ". Dat past bij de groei in onze cijfers: "
        + _together([f"{_number(gain[code])} in {names[code]}" for code in moved.index])
        + "."
    )
    shares = (moved / moved.sum()).round(4)
    return [_row(year, MAASDONK, code, share, evidence) for code, share in shares.items()]


def _boarnsterhim(inhabitants: pd.DataFrame, names: dict[str, str]) -> list[dict]:
    """Estimate how Boarnsterhim, and a small part of Skarsterlân, were divided in 2014.

    CBS states that 783 inhabitants of Boarnsterhim went to De Friese Meren. The other parts are the growth of
    the successors in that year less their ordinary growth (the mean of the year before and the year after),
    scaled to the inhabitants of Boarnsterhim. De Friese Meren grew by less than 783: the difference is the part
    of Skarsterlân that went to Heerenveen.
    """
    year = 2014
    successors = ["GM0080", "GM1900", HEERENVEEN]
    received = {
        code: inhabitants.at[code, year]
        - inhabitants.at[code, year - 1]
        - _ordinary_growth(inhabitants.loc[code], inhabitants.loc[code], year)
        for code in successors
    }
    former = [SKARSTERLAN, "GM0082", "GM0653"]
    meren_before, meren_after = inhabitants.loc[former].sum(), inhabitants.loc[DE_FRIESE_MEREN]
    gain_meren = meren_after[year] - meren_before[year - 1] - _ordinary_growth(meren_before, meren_after, year)
    to_heerenveen = BOARNSTERHIM_INHABITANTS_TO_DE_FRIESE_MEREN - gain_meren
    received[HEERENVEEN] -= to_heerenveen

    total = inhabitants.at[BOARNSTERHIM, year - 1]
    rest = total - BOARNSTERHIM_INHABITANTS_TO_DE_FRIESE_MEREN
    misfit = sum(received.values()) - rest
    if abs(misfit) > 0.02 * total or not 0 < to_heerenveen < 1000:
        raise ValueError("The growth of the successors of Boarnsterhim in 2014 does not add up to its inhabitants.")
    shares = (pd.Series(received) / sum(received.values()) * rest / total).round(4)
    shares[DE_FRIESE_MEREN] = round(1 - shares.sum(), 4)
    evidence = (
        f"Schatting. Het CBS (StatLine 70739ned) vermeldt dat {_number(BOARNSTERHIM_INHABITANTS_TO_DE_FRIESE_MEREN)} inwoners naar "
        "De Friese Meren gingen. De andere delen volgen uit de groei van de gemeenten die er inwoners bij kregen, min hun gewone groei. "
        f"Samen wijkt dat {_number(abs(misfit))} inwoners ({_number(abs(misfit) / total * 100, 1)} procent) af van de "
        f"{_number(total)} inwoners van Boarnsterhim."
    )
    rows = [_row(year, BOARNSTERHIM, code, share, evidence) for code, share in shares.items()]

    share = round(to_heerenveen / inhabitants.at[SKARSTERLAN, year - 1], 4)
    evidence = (
        "Schatting. Skarsterlân ging bijna helemaal op in De Friese Meren; Haskerdijken en Nieuwebrug gingen naar Heerenveen. "
        f"Dat waren naar schatting {_number(round(to_heerenveen, -1))} inwoners: het verschil tussen wat De Friese Meren van "
        f"Boarnsterhim kreeg en wat er in totaal bijkwam. De schatting kan er {_number(round(abs(misfit), -1))} naast zitten."
    )
    rows.append(_row(year, SKARSTERLAN, DE_FRIESE_MEREN, round(1 - share, 4), evidence))
    rows.append(_row(year, SKARSTERLAN, HEERENVEEN, share, evidence))

    growth = (meren_after[year] / meren_before[year - 1] - 1) * 100
    evidence = (
        f"Op 1 januari {year - 1} hadden {_together([names[code] for code in former])} samen "
        f"{_number(meren_before[year - 1])} inwoners; De Friese Meren had er op 1 januari {year} "
        f"{_number(meren_after[year])} ({_number(growth, 1)} procent meer, vooral door Terherne uit Boarnsterhim)."
    )
    return rows + [_row(year, old, DE_FRIESE_MEREN, 1.0, evidence) for old in former[1:]]


def _boundary_changes(folder: Path) -> pd.DataFrame:
    known = pd.read_csv(folder / "geo" / "herindelingen_2017_2023.csv").rename(
        columns={
            "datum": "date",
            "jaar": "year",
            "van": "old_code",
            "van_naam": "old_name",
            "naar": "new_code",
            "naar_naam": "new_name",
            "aandeel": "inhabitant_share",
        }
    )
    known = known.assign(method="statistics", evidence_nl="")
    poverty = read_poverty_file(folder)
    names = dict(zip(poverty["gemeentecode"], poverty["gemeentenaam"], strict=True))
    inhabitants = poverty.pivot(index="gemeentecode", columns="jaar", values="inwoners_1jan")
    children = poverty.pivot(index="gemeentecode", columns="jaar", values="kinderen_0_17_schatting")
    derived = pd.DataFrame(_merged(inhabitants, children, names) + _boarnsterhim(inhabitants, names)).assign(method="derived")
    published = pd.DataFrame(_maasdonk(inhabitants, names)).assign(method="published")
    earlier = pd.concat([derived, published])
    earlier = earlier.assign(old_name=earlier["old_code"].map(names), new_name=earlier["new_code"].map(names))
    changes = pd.concat([earlier, known])[CHANGE_COLUMNS].sort_values(["year", "old_code", "new_code"], ignore_index=True)
    vanished = _vanished_without_change(poverty, changes)
    if vanished:
        raise ValueError(f"These municipalities vanish from the yearly figures without a boundary change: {', '.join(vanished)}.")
    return changes


def _vanished_without_change(poverty: pd.DataFrame, changes: pd.DataFrame) -> list[str]:
    last = poverty.groupby("gemeentecode")["jaar"].max()
    vanished = set(last[last < poverty["jaar"].max()].index)
    return sorted(vanished - set(changes["old_code"]))


CODE = r"GM\d{4}"
CBS_AREAS = Source(
    "CBS, Gebieden; overzicht vanaf 1830 (StatLine 70739ned)",
    "https://opendata.cbs.nl/statline/#/CBS/nl/dataset/70739ned/table",
    "not recorded",
    "The inhabitants that moved from Maasdonk (2015) and from Boarnsterhim to De Friese Meren (2014), from a public copy of CBS's text",
)
CBS_POPULATION = Source(
    "CBS, inhabitants and children per municipality, 2011-2021",
    "https://opendata.cbs.nl/statline/",
    "not recorded",
    "Public copies of StatLine exports; inhabitants on 1 January, each year in its own municipal classification",
    "CBS, inwoners en kinderen per gemeente, 2011-2021",
)

TABLES = [
    TableDeclaration(
        name="municipalities",
        title="The 342 municipalities of 2025",
        title_nl="De 342 gemeenten van 2025",
        description=(
            "Municipalities on 1 January 2025 (unchanged since 1 January 2023) with province and COROP region. Inhabitants and the "
            "share of children aged 0-14 are of 1 January 2023, the latest year at hand."
        ),
        description_nl=(
            "De gemeenten op 1 januari 2025, met hun provincie en COROP-gebied. Het aantal inwoners en het aandeel kinderen van 0 tot "
            "en met 14 jaar gelden voor 1 januari 2023."
        ),
        trust="Exact. The share of children is rounded to a whole percentage by CBS.",
        trust_nl="Exact. Het aandeel kinderen is door het CBS afgerond op hele procenten.",
        columns=[
            Column("municipality_code", "string", "CBS code of the municipality", "Gemeentecode", pattern=CODE),
            Column("municipality_name", "string", "Official name as CBS writes it", "Gemeente"),
            Column("province_code", "string", "CBS code of the province in 2025", "Provinciecode", pattern=r"PV\d{2}"),
            Column("province_name", "string", "Province in 2025", "Provincie"),
            Column("corop_code", "string", "CBS code of the COROP region (a group of municipalities)", "COROP-code", pattern=r"CR\d{2}"),
            Column("corop_name", "string", "COROP region", "COROP-gebied"),
            Column("inhabitants_count", "integer", "Inhabitants on 1 January 2023", "Inwoners (2023)", unit="persons", minimum=1),
            Column(
                "children_0_14_pct",
                "number",
                "Inhabitants aged 0-14 as a share of all inhabitants, 1 January 2023",
                "Kinderen van 0 tot en met 14 jaar (2023)",
                unit="percent",
                minimum=0,
                maximum=100,
            ),
        ],
        primary_key=["municipality_code"],
        sources=[
            Source(
                "CBS, Gebieden in Nederland and Kerncijfers wijken en buurten 2023",
                "https://www.cbs.nl/nl-nl/dossier/nederland-regionaal/geografische-data",
                "2023",
                "Public copies of the CBS tables, joined on the code",
                "CBS, Gebieden in Nederland en Kerncijfers wijken en buurten 2023",
            )
        ],
        build=_municipalities,
    ),
    TableDeclaration(
        name="boundary_changes",
        title="Changes of municipal boundaries that ended a code, 2012-2023",
        title_nl="Gemeentelijke herindelingen, 2012-2023",
        description=(
            "Each row is a municipality that ceased to exist and a successor, with the share of the inhabitants that the successor "
            "received; shares add up to 1. `year` is the first year whose 1 January has the new situation."
        ),
        description_nl=(
            "Elke rij noemt een gemeente die ophield te bestaan, een gemeente waarin zij opging en het aandeel van de inwoners "
            "dat daarheen ging. In de kolom Jaar staat het eerste jaar waarin de nieuwe indeling op 1 januari gold."
        ),
        trust=(
            "2017-2023 (method statistics): from CBS. Maasdonk (method published): the inhabitants that CBS states. 2012-2016 (method "
            "derived): whole mergers, each confirmed by the inhabitants (within 1%) and children (within 3%) of consecutive years. Numbers "
            "alone would allow a few exchanges between places of the same size (for example Zijpe and Goedereede); the laws on the mergers "
            "and the CBS record of areas settle those. The shares of Boarnsterhim and Skarsterlân (2014) are estimates; their error is in "
            "the column evidence_nl. Corrections of the boundary between municipalities that both continued are not included, for "
            "example Slochteren to Groningen in 2017 (CBS: 1,033 inhabitants)."
        ),
        trust_nl=(
            "Vanaf 2017 van het CBS. Eerdere jaren zijn afgeleid: elke fusie is gecontroleerd met de inwoners en kinderen van het "
            "jaar ervoor en erna, en waar cijfers niet genoeg zeiden met de wet of het register van het CBS. De verdeling van "
            "Boarnsterhim en Skarsterlân is een schatting. Grenscorrecties tussen gemeenten die bleven bestaan, tellen niet mee."
        ),
        columns=[
            Column("date", "date", "Day of the change", "Datum"),
            Column("year", "year", "First year whose 1 January has the new situation", "Jaar"),
            Column("old_code", "string", "Code of the municipality that ceased to exist", "Oude gemeentecode", pattern=CODE),
            Column("old_name", "string", "Name of the municipality that ceased to exist", "Oude gemeente"),
            Column("new_code", "string", "Code of the successor", "Nieuwe gemeentecode", pattern=CODE),
            Column("new_name", "string", "Name of the successor", "Nieuwe gemeente"),
            Column(
                "inhabitant_share",
                "number",
                "Share of the inhabitants of the old municipality that the successor received",
                "Aandeel van de inwoners",
                unit="fraction",
                minimum=0,
                maximum=1,
            ),
            Column(
                "method",
                "string",
                "statistics: file of changes; published: inhabitants stated by CBS; derived: from the inhabitants of consecutive years",
                "Herkomst",
                values=("statistics", "published", "derived"),
            ),
            Column("evidence_nl", "string", "For published and derived rows: what shows it", "Onderbouwing", required=False),
        ],
        primary_key=["year", "old_code", "new_code"],
        sources=[
            Source(
                "CBS, gemeentelijke indelingen per jaar",
                "https://www.cbs.nl/nl-nl/onze-diensten/methoden/classificaties/overig/gemeentelijke-indelingen-per-jaar",
                "2023",
                "File of code changes of 2017-2023 with shares of inhabitants, made from CBS data",
            ),
            CBS_AREAS,
            Source(
                "Gemeente Boarnsterhim, Herindeling gemeente Boarnsterhim",
                "http://www.boarnsterhim.nl/",
                "not recorded",
                "Read for the four municipalities that received its villages",
            ),
            Source(
                "Plaatsengids, Haskerdijken",
                "https://plaatsengids.nl/haskerdijken",
                "not recorded",
                "Read for the villages of Skarsterlân that went to Heerenveen in 2014",
            ),
            Source(
                "Wetsvoorstellen 33137 (Harenkarspel, Schagen en Zijpe) en 33790 (Alkmaar, Graft-De Rijp en Schermer)",
                "https://www.eerstekamer.nl/wetsvoorstel/33137_samenvoeging_van_de",
                "2012-01-06",
                "Read to settle which municipalities merged where numbers alone left a choice",
            ),
            CBS_POPULATION,
        ],
        build=_boundary_changes,
        credit="Bron: Kadaster / Centraal Bureau voor de Statistiek",
    ),
]
