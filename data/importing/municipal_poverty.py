"""Child poverty and its context per municipality and year.

Child poverty: two measures that never share a name. "Kans op armoede" (income up to 120% of the social minimum,
CBS Jeugdmonitor) for all municipalities, 2011-2021, and the low-income threshold (StatLine 85678NED) for the 157
municipalities of five provinces, 2011-2022. Context: inhabitants, share of children, social assistance, debt
restructuring and household income. All from public copies of StatLine exports.

The percentages of 2011-2020 survive only as the sum of four published percentages (three age groups and the
total); a quarter of that sum approximates the total. How well is measured on 2021, where all four are known:
`measure_approximation` does so at each import, and the import stops when the published error below is no longer right.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from data.importing.declaration import Column, Source, TableDeclaration
from data.importing.municipalities import CBS_POPULATION, CODE, official_names, read_poverty_file

HALF_A_TENTH = 0.05
QUALITY = {
    "exact CBS 2021": "exact",
    "som4/4": "approximated",
    "som4 (alleen totaal gepubliceerd)": "total_only",
    "onzeker (subgroep onderdrukt)": "doubtful",
}
APPROXIMATION_ERROR = {"municipalities": 349, "mean": 0.03, "sd": 0.056, "max": 0.30}
ESTIMATED_COUNT_BIAS_PCT = 6.0

ALL_AGES = "41300"
REGION_KINDS = {"GM": "municipality", "NL": "country", "PV": "province"}
STATLINE_NAMES = {"Hengelo (O.)": "Hengelo", "Laren (NH.)": "Laren", "Utrecht (gemeente)": "Utrecht"}
THRESHOLDS = {"all": "children", "low_income": "low_income", "upto_150pct_social_minimum": "up_to_150"}
SOCIAL_ASSISTANCE_YEARS = (2015, 2016, 2017)
ALL_ADULTS = "20150"


def _read_ages_2021(folder: Path) -> pd.DataFrame:
    """Read the exact percentages of 2021: one row per municipality, one column per age group (CBS key)."""
    ages = pd.read_csv(folder / "cbs" / "raw" / "kinderen_met_kans_op_armoede_2021.csv", sep=";", dtype={"Leeftijd": "string"})
    ages["RegioS"] = ages["RegioS"].str.strip()
    wide = ages.pivot(index="RegioS", columns="Leeftijd", values="KinderenMetKansOpArmoedeRelatief_3")
    wide = wide[wide.index.str.startswith("GM")]
    return wide[wide[ALL_AGES].notna()]


def measure_approximation(ages: pd.DataFrame) -> dict[str, float]:
    """Measure a quarter of the sum of four percentages against the exact total of 2021.

    Parameters
    ----------
    ages : pandas.DataFrame
        Percentages per municipality; a column per age group and one for the total (key ``41300``).

    Returns
    -------
    dict
        ``municipalities`` (number with all four percentages), ``mean``, ``sd`` and ``max`` (absolute) of the error in percentage points.
    """
    complete = ages.dropna()
    error = complete.sum(axis=1) / 4 - complete[ALL_AGES]
    return {"municipalities": len(complete), "mean": error.mean(), "sd": error.std(), "max": error.abs().max()}


def _check_against_raw(frame: pd.DataFrame, folder: Path) -> None:
    measured = measure_approximation(_read_ages_2021(folder))
    for name, decimals in {"municipalities": 0, "mean": 2, "sd": 3, "max": 2}.items():
        if round(measured[name], decimals) != APPROXIMATION_ERROR[name]:
            raise ValueError(
                f"The error of the approximation ({name}) is {measured[name]:.4f}, not {APPROXIMATION_ERROR[name]}: correct the text."
            )
    summed = pd.read_csv(folder / "cbs" / "raw" / "kinderen_met_kans_op_armoede_2011_2021_summed.csv")
    names = pd.read_csv(
        folder / "cbs" / "kinderen_kans_op_armoede_gemeente_2011_2021.csv", usecols=["gemeentecode", "gemeentenaam", "jaar"]
    )
    raw = names.merge(summed, left_on=["gemeentenaam", "jaar"], right_on=["Title", "Perioden"], how="left", validate="1:1")
    both = frame.merge(raw, on=["gemeentecode", "jaar"], validate="1:1")
    different = both[(both["som4pct"] - both["KinderenMetKansOpArmoedeRelatief_3"]).abs().gt(1e-6)]
    left_out = len(summed.query("KinderenMetKansOpArmoedeRelatief_3 > 0")) - len(both)
    if len(different) or both["KinderenMetKansOpArmoedeRelatief_3"].isna().any() or left_out:
        raise ValueError(
            f"The poverty file and its raw export disagree: {len(different)} sums differ, {left_out} municipalities are left out."
        )
    in_2021 = frame[frame["jaar"] == 2021].set_index("gemeentecode")
    bias = (in_2021["n_schatting"].sum() / (in_2021["n_exact_x1000"].sum() * 1000) - 1) * 100
    if round(bias) != ESTIMATED_COUNT_BIAS_PCT:
        raise ValueError(
            f"The estimated counts of 2021 are {bias:.1f}% above the exact ones, not {ESTIMATED_COUNT_BIAS_PCT}%: correct the text."
        )
    if (in_2021["pct"] - _read_ages_2021(folder)[ALL_AGES]).abs().max() != 0:
        raise ValueError("The percentages of 2021 are not those of the raw export.")


def _municipal_child_poverty(folder: Path) -> pd.DataFrame:
    frame = read_poverty_file(folder)
    _check_against_raw(frame, folder)
    quality = frame["methode"].map(QUALITY)
    if quality.isna().any():
        raise ValueError(f"Unknown method in the poverty file: {sorted(frame.loc[quality.isna(), 'methode'].unique())}.")
    return pd.DataFrame(
        {
            "municipality_code": frame["gemeentecode"],
            "municipality_name": frame["gemeentenaam"],
            "year": frame["jaar"],
            "poverty_risk_120_pct": frame["pct"],
            "poverty_risk_120_count": (frame["n_exact_x1000"] * 1000).round().astype("Int64"),
            "poverty_risk_120_estimated_count": frame["n_schatting"].astype("Int64"),
            "children_estimated_count": frame["kinderen_0_17_schatting"].astype("Int64"),
            "inhabitants_count": frame["inwoners_1jan"].astype("Int64"),
            "quality": quality,
            "error_max_pct": quality.map({"exact": HALF_A_TENTH, "approximated": APPROXIMATION_ERROR["max"], "total_only": HALF_A_TENTH}),
        }
    ).sort_values(["year", "municipality_code"], ignore_index=True)


def _poverty_risk_check(folder: Path) -> pd.DataFrame:
    raw = pd.read_csv(folder / "cbs" / "kans_op_armoede_2021_exact_leeftijd_regio.csv", index_col="regio")
    raw = raw[raw.index.str[:2].isin(list(REGION_KINDS))]
    percentages = raw.filter(like="pct_").dropna()
    frame = pd.DataFrame(
        {
            "region_code": percentages.index,
            "region_kind": percentages.index.str[:2].map(REGION_KINDS),
            "poverty_risk_120_pct": percentages[f"pct_{ALL_AGES}"],
            "poverty_risk_120_approximated_pct": (percentages.sum(axis=1) / percentages.shape[1]).round(6),
            "poverty_risk_120_count": (raw.loc[percentages.index, f"n_x1000_{ALL_AGES}"] * 1000).round().astype(int),
        }
    )
    return frame.sort_values("region_code", ignore_index=True)


def _municipal_low_income(folder: Path) -> pd.DataFrame:
    frame = pd.read_csv(folder / "cbs" / "statline_85678_children_157_municipalities_2011_2022.csv")
    frame["threshold"] = frame["threshold"].map(THRESHOLDS)
    wide = frame.pivot(
        index=["municipality_2023", "period", "status"], columns="threshold", values=["children_x1000", "share_pct"]
    ).reset_index()
    codes = {name: code for code, name in official_names(folder).items()}
    name = wide["municipality_2023"].replace(STATLINE_NAMES)
    if not name.isin(codes).all():
        raise ValueError(f"No code for these municipalities: {sorted(set(name) - set(codes))}.")

    def count(threshold: str) -> pd.Series:
        return (wide["children_x1000", threshold] * 1000).round().astype(int)

    return pd.DataFrame(
        {
            "municipality_code": name.map(codes),
            "municipality_name": name,
            "year": wide["period"],
            "status": wide["status"],
            "children_count": count("children"),
            "low_income_count": count("low_income"),
            "low_income_pct": wide["share_pct", "low_income"],
            "up_to_150_count": count("up_to_150"),
            "up_to_150_pct": wide["share_pct", "up_to_150"],
        }
    ).sort_values(["year", "municipality_code"], ignore_index=True)


def _social_assistance(folder: Path) -> pd.DataFrame:
    years = []
    for year in SOCIAL_ASSISTANCE_YEARS:
        raw = pd.read_csv(folder / "cbs" / "raw" / f"gemeente_{year}.csv", dtype="string", encoding="utf-8-sig")
        raw = raw.apply(lambda column: column.str.strip()).replace(".", pd.NA)
        raw = raw[raw["Regiokenmerken"].str.startswith("GM") & (raw["Leeftijd"] == ALL_ADULTS)]
        years.append(
            pd.DataFrame(
                {
                    "municipality_code": raw["Regiokenmerken"],
                    "year": year,
                    "inhabitants_15_and_older_count": raw["Inwoners_1"].astype("Int64"),
                    "social_assistance_recipients_count": raw["Bijstandsontvangers_2"].astype("Int64"),
                }
            )
        )
    return pd.concat(years)


def _children_share(folder: Path) -> pd.DataFrame:
    kwb = {2015: "kwb2015_gemeente_inkomen.csv", 2018: "kwb2018_gemeente_demografie.csv"}
    return pd.concat(
        pd.read_csv(folder / "cbs" / file, usecols=["GM_CODE", "P_00_14_JR"])
        .set_axis(["municipality_code", "children_0_14_pct"], axis=1)
        .assign(year=year)
        for year, file in kwb.items()
    )


def _debt_restructuring(folder: Path) -> pd.DataFrame:
    raw = pd.read_csv(folder / "cbs" / "raw" / "timbranch_people_in_debt_cleaned.csv").query("region_type == 'Municipality'")
    return pd.DataFrame(
        {
            "municipality_code": raw["region_code"].str.strip(),
            "year": raw["time_period"],
            "debt_restructuring_persons_count": raw["people_in_debt"].astype("Int64"),
            "in_debt_file": True,
        }
    )


def _municipal_context(folder: Path) -> pd.DataFrame:
    poverty = read_poverty_file(folder)
    frame = pd.DataFrame(
        {
            "municipality_code": poverty["gemeentecode"],
            "municipality_name": poverty["gemeentenaam"],
            "year": poverty["jaar"],
            "inhabitants_count": poverty["inwoners_1jan"].astype("Int64"),
        }
    )
    for part in (_children_share(folder), _social_assistance(folder), _debt_restructuring(folder)):
        frame = frame.merge(part, on=["municipality_code", "year"], how="left", validate="1:1")
    in_debt_file = frame.pop("in_debt_file").notna()
    debt_absent = frame["debt_restructuring_persons_count"].isna()
    frame["children_0_14_absence"] = np.where(frame["children_0_14_pct"].isna(), "missing", "")
    frame["social_assistance_absence"] = np.where(frame["social_assistance_recipients_count"].isna(), "missing", "")
    frame["debt_restructuring_absence"] = np.select([debt_absent & in_debt_file, debt_absent], ["suppressed", "missing"], "")
    return frame[[column.name for column in CONTEXT_COLUMNS]].sort_values(["year", "municipality_code"], ignore_index=True)


def _municipal_household_income(folder: Path) -> pd.DataFrame:
    raw = pd.read_csv(folder / "cbs" / "raw" / "timbranch_income_houshold_cleaned.csv").query("region_type == 'Municipality'")
    code = raw["region_code"].str.strip()
    return pd.DataFrame(
        {
            "municipality_code": code,
            "municipality_name": code.map(official_names(folder)).fillna(raw["region_name"]),
            "year": raw["time_period"],
            "households_count": raw["private_houshold_amount"].astype(int),
            "median_standardised_income_eur": raw["median_standardized_income"].astype(int),
            "mean_standardised_income_eur": raw["average_standardized_income"].astype(int),
        }
    ).sort_values(["year", "municipality_code"], ignore_index=True)


def _keys(classification: str) -> list[Column]:
    return [
        Column("municipality_code", "string", f"CBS code of the municipality, {classification}", "Gemeentecode", pattern=CODE),
        Column("municipality_name", "string", "Name of the municipality", "Gemeente"),
        Column("year", "year", "Year", "Jaar"),
    ]


def _percentage(name: str, description: str, title_nl: str, *, required: bool = True) -> Column:
    return Column(name, "number", description, title_nl, unit="percent", required=required, minimum=0, maximum=100)


def _count(name: str, description: str, title_nl: str, unit: str, *, required: bool = True) -> Column:
    return Column(name, "integer", description, title_nl, unit=unit, required=required, minimum=0)


def _absence(name: str, subject: str, subject_nl: str) -> Column:
    return Column(
        name,
        "string",
        f"Why {subject} is empty: missing (not in the files) or suppressed (too few persons); empty when there is a value",
        f"Ontbreekt: {subject_nl}",
        required=False,
        values=("missing", "suppressed", "not_applicable"),
    )


OWN_CLASSIFICATION = "in the municipal classification of that year (1 January)"

POVERTY_COLUMNS = [
    *_keys(OWN_CLASSIFICATION),
    _percentage(
        "poverty_risk_120_pct",
        "Children aged 0-17 in a household of more than one person whose parents have an income up to 120% of the social minimum,"
        " as a share of all children; see quality",
        "Kinderen met kans op armoede",
    ),
    _count(
        "poverty_risk_120_count",
        "Number of these children as CBS published it, rounded to hundreds; 2021 only, not published for other years",
        "Kinderen met kans op armoede, aantal",
        "children",
        required=False,
    ),
    _count(
        "poverty_risk_120_estimated_count",
        "Estimate: the percentage times children_estimated_count; about 6% too high",
        "Kinderen met kans op armoede, geschat aantal",
        "children",
    ),
    _count("children_estimated_count", "Estimate of the number of children aged 0-17", "Kinderen, geschat aantal", "children"),
    _count("inhabitants_count", "Inhabitants on 1 January", "Inwoners", "persons"),
    Column(
        "quality",
        "string",
        "exact: published; approximated: a quarter of the sum of four published percentages; total_only: only the total was "
        "published, so the sum is the total; doubtful: an age group is suppressed, a third of the sum",
        "Kwaliteit",
        values=tuple(QUALITY.values()),
    ),
    Column(
        "error_max_pct",
        "number",
        "Largest error of the percentage: half of the last published digit where exact or total_only, the largest error measured on "
        "the exact figures of 2021 where approximated; empty for doubtful: no bound is known",
        "Grootste gemeten fout",
        unit="percentage points",
        required=False,
        minimum=0,
    ),
]

CHECK_COLUMNS = [
    Column(
        "region_code", "string", "CBS code: municipality (GM), province (PV) or Nederland (NL01)", "Gebied", pattern=r"(GM|PV|NL)\d{2,4}"
    ),
    Column("region_kind", "string", "Kind of region", "Soort gebied", values=("country", "municipality", "province")),
    _percentage("poverty_risk_120_pct", "Share of children with a risk of poverty in 2021, as published", "Gepubliceerd percentage"),
    _percentage(
        "poverty_risk_120_approximated_pct",
        "A quarter of the sum of the four published percentages of 2021: three age groups and the total",
        "Benadering",
    ),
    _count(
        "poverty_risk_120_count",
        "Number of these children as published, rounded to hundreds",
        "Kinderen met kans op armoede, aantal",
        "children",
    ),
]

LOW_INCOME_COLUMNS = [
    *_keys("classification of 2023, which is that of 2025, for all years"),
    Column("status", "string", "Status of the figures at CBS", "Status", values=("definitive", "provisional")),
    _count("children_count", "Minors in households with a known income, rounded to hundreds", "Minderjarige kinderen", "children"),
    _count(
        "low_income_count",
        "Minors in households below the low-income threshold of CBS, rounded to hundreds",
        "Kinderen onder de lage-inkomensgrens, aantal",
        "children",
    ),
    _percentage("low_income_pct", "The same as a share of children_count, as published", "Kinderen onder de lage-inkomensgrens"),
    _count(
        "up_to_150_count",
        "Minors in households with an income up to 150% of the social minimum, rounded to hundreds",
        "Kinderen in een huishouden met een inkomen tot 150 procent van het sociaal minimum, aantal",
        "children",
    ),
    _percentage(
        "up_to_150_pct",
        "The same as a share, as published",
        "Kinderen in een huishouden met een inkomen tot 150 procent van het sociaal minimum",
    ),
]

CONTEXT_COLUMNS = [
    *_keys(OWN_CLASSIFICATION),
    _count("inhabitants_count", "Inhabitants on 1 January", "Inwoners", "persons"),
    _percentage(
        "children_0_14_pct",
        "Inhabitants aged 0-14 as a share of all, rounded to a whole percentage; 2015 and 2018",
        "Kinderen van 0 tot en met 14 jaar",
        required=False,
    ),
    _absence("children_0_14_absence", "the share of children", "aandeel kinderen"),
    _count(
        "inhabitants_15_and_older_count",
        "Inhabitants aged 15 and older in the table of social assistance, rounded to tens; 2015-2017",
        "Inwoners van 15 jaar en ouder",
        "persons",
        required=False,
    ),
    _count(
        "social_assistance_recipients_count",
        "Persons with social assistance (bijstand), pensioners included, rounded to tens; 2015-2017",
        "Mensen in de bijstand",
        "persons",
        required=False,
    ),
    _absence("social_assistance_absence", "social assistance", "bijstand"),
    _count(
        "debt_restructuring_persons_count",
        "Persons in statutory debt restructuring (Wsnp), rounded to fives; fewer than 10 is not published",
        "Mensen in de wettelijke schuldsanering",
        "persons",
        required=False,
    ),
    _absence("debt_restructuring_absence", "debt restructuring", "schuldsanering"),
]

JEUGDMONITOR = Source(
    "CBS Jeugdmonitor, Kinderen met een kans op armoede",
    "https://jeugdmonitor.cbs.nl/begrippen-en-toelichtingen/Kinderen-met-een-kans-op-armoede",
    "not recorded",
    "Public copies of two StatLine exports: the sums of four percentages 2011-2021, and 2021 by age and region",
)
NOT_RECORDED = "not recorded"

TABLES = [
    TableDeclaration(
        name="municipal_child_poverty",
        title="Children with a risk of poverty per municipality, 2011-2021",
        title_nl="Kinderen met kans op armoede per gemeente, 2011-2021",
        description=(
            "Children whose parents have an income up to 120% of the social minimum, for every municipality in the classification"
            " of each year (418 municipalities in 2011, 352 in 2021). `data.harmonise` brings the years to the municipalities of "
            "2025."
        ),
        description_nl=(
            "Kinderen tot 18 jaar van wie de ouders een inkomen hebben tot 120 procent van het sociaal minimum, per gemeente en "
            "jaar. Bij elk jaar staan de gemeenten die er toen waren."
        ),
        trust=(
            f"2021 is exact. 2011-2020 is approximated. On the {APPROXIMATION_ERROR['municipalities']} municipalities with all four "
            f"percentages in 2021 the approximation has a mean error of {APPROXIMATION_ERROR['mean']:+.2f}, a standard deviation of "
            f"{APPROXIMATION_ERROR['sd']:.3f} and a largest error of {APPROXIMATION_ERROR['max']:.2f} percentage point; the error in "
            "earlier years cannot be measured. Schiermonnikoog and Vlieland (total_only) assume that CBS suppressed all three age groups, "
            "as in 2021. Rozendaal (doubtful) has no known bound. "
            f"Estimated counts are about {ESTIMATED_COUNT_BIAS_PCT:.0f}% above the exact counts of 2021, because CBS counts fewer children "
            "than live in the municipality. Inhabitants differ from the key figures per municipality of 2015 and 2018 by 0.01% and 0.03% "
            "nationally, and by at most 2.5% in one municipality."
        ),
        trust_nl=(
            "2021 is zoals gepubliceerd, afgerond op tienden. De jaren 2011-2020 zijn benaderd; de fout, gemeten op 2021, staat op de "
            "pagina Verantwoording. Voor Schiermonnikoog en Vlieland is aangenomen dat het CBS alleen het totaal gaf. Voor Rozendaal "
            "kennen we geen grens voor de fout. De geschatte aantallen kinderen zijn te hoog, omdat het CBS minder kinderen meetelt dan "
            "er wonen."
        ),
        columns=POVERTY_COLUMNS,
        primary_key=["municipality_code", "year"],
        sources=[JEUGDMONITOR, CBS_POPULATION],
        build=_municipal_child_poverty,
    ),
    TableDeclaration(
        name="poverty_risk_check",
        title="Children with a risk of poverty in 2021: published and approximated",
        title_nl="Controle van de benadering: kinderen met kans op armoede in 2021",
        description=(
            "The published percentage of 2021 beside the approximation that is used for 2011-2020, for Nederland, the provinces and the "
            "municipalities of 2021 that have all four percentages. It serves to measure errors."
        ),
        description_nl=(
            "Het percentage dat het CBS voor 2021 gaf, naast de benadering die dit boek voor 2011-2020 gebruikt. Voor Nederland, de "
            "provincies en de gemeenten van 2021 waarvan alle percentages er zijn."
        ),
        trust="Exact as published; percentages are rounded to tenths and counts to hundreds by CBS.",
        trust_nl="Zoals gepubliceerd. Het CBS rondt percentages af op tienden en aantallen op honderdtallen.",
        columns=CHECK_COLUMNS,
        primary_key=["region_code"],
        sources=[JEUGDMONITOR],
        build=_poverty_risk_check,
    ),
    TableDeclaration(
        name="municipal_low_income",
        title="Minors below the low-income threshold, 157 municipalities, 2011-2022",
        title_nl="Kinderen onder de lage-inkomensgrens in 157 gemeenten, 2011-2022",
        description=(
            "Minors in households below the low-income threshold of CBS and in households up to 150% of the social minimum, for "
            "the 157 municipalities of Flevoland, Noord-Brabant, Noord-Holland, Overijssel and Utrecht. All years in the "
            "classification of 2023, which is that of 2025: do not harmonise it. Not national: it holds under half of the "
            "children below the threshold."
        ),
        description_nl=(
            "Minderjarige kinderen in een huishouden met een inkomen onder de lage-inkomensgrens van het CBS, en tot 150 procent "
            "van het sociaal minimum, in de gemeenten van vijf provincies: Flevoland, Noord-Brabant, Noord-Holland, Overijssel "
            "en Utrecht. Voor de andere zeven provincies hebben wij deze cijfers niet."
        ),
        trust="As published, in one vintage; 2022 is provisional. Counts are rounded to hundreds, so 0 means fewer than 50 children.",
        trust_nl=(
            "Zoals gepubliceerd, in één publicatie. 2022 is voorlopig. Aantallen zijn afgerond op honderdtallen, dus nul "
            "betekent: heel weinig kinderen."
        ),
        columns=LOW_INCOME_COLUMNS,
        primary_key=["municipality_code", "year"],
        sources=[
            Source(
                "CBS, Laag en langdurig laag inkomen van personen; regio (StatLine 85678NED)",
                "https://opendata.cbs.nl/statline/#/CBS/nl/dataset/85678NED/table",
                NOT_RECORDED,
                "Public copy of a StatLine export; names of 2023 joined to codes",
            )
        ],
        build=_municipal_low_income,
        foreign_keys={"municipality_code": ("municipalities", "municipality_code")},
    ),
    TableDeclaration(
        name="municipal_context",
        title="Inhabitants, social assistance and debt restructuring per municipality, 2011-2021",
        title_nl="Inwoners, bijstand en schuldsanering per gemeente, 2011-2021",
        description=(
            "Context of child poverty, for every municipality in the classification of each year. Gaps: inhabitants and debt "
            "restructuring 2011-2021, the share of children 2015 and 2018 only, social assistance 2015-2017 only. Household "
            "income has its own table, since it is in another classification."
        ),
        description_nl=(
            "Achtergrondcijfers bij de armoede onder kinderen, per gemeente. Niet elk cijfer is er voor elk jaar: het aandeel "
            "kinderen alleen voor 2015 en 2018, de bijstand alleen voor 2015, 2016 en 2017."
        ),
        trust=(
            "As published and rounded by CBS. Two files hold the same figures of debt restructuring; the one with codes is used. "
            "In it a number below 10 is empty (suppressed): the smallest number given is 10, and the national total leaves 1 to 6"
            " persons for each empty municipality. Eemsdelta (2021) is not in the file (missing). The exports do not say at what "
            "moment of the year social assistance was counted."
        ),
        trust_nl=(
            "Zoals gepubliceerd en afgerond door het CBS. Bij schuldsanering laat het CBS heel kleine aantallen weg. De bronnen "
            "zeggen niet op welk moment van het jaar de bijstand is geteld."
        ),
        columns=CONTEXT_COLUMNS,
        primary_key=["municipality_code", "year"],
        sources=[
            CBS_POPULATION,
            Source(
                "CBS, Kerncijfers wijken en buurten 2015 en 2018",
                "https://www.cbs.nl/nl-nl/dossier/nederland-regionaal/wijk-en-buurtstatistieken",
                "2018",
                "Municipal rows of the published files",
            ),
            Source(
                "CBS, bijstandsontvangers per gemeente 2015, 2016 en 2017",
                "https://opendata.cbs.nl/statline/",
                NOT_RECORDED,
                "Public copies of three StatLine exports; padded codes trimmed, a point read as absent",
            ),
            Source(
                "CBS, personen met uitgesproken schuldsanering",
                "https://opendata.cbs.nl/statline/",
                NOT_RECORDED,
                "Public copy of a StatLine export, with codes",
            ),
        ],
        build=_municipal_context,
    ),
    TableDeclaration(
        name="municipal_household_income",
        title="Household income per municipality, 2011-2021",
        title_nl="Inkomen van huishoudens per gemeente, 2011-2021",
        description=(
            "Median and mean standardised household income, for the 345 municipalities of 1 January 2022 in all years. A median "
            "cannot be added up: Amsterdam is without Weesp, and Voorne aan Zee is three municipalities; the other 340 are those "
            "of 2025."
        ),
        description_nl=(
            "Inkomen van huishoudens per gemeente, in euro per jaar, gecorrigeerd voor hoeveel mensen er in een huishouden zijn. "
            "Bij elk jaar staan de gemeenten van 1 januari 2022."
        ),
        trust="As found in a public copy of a StatLine export, in euros of each year (not corrected for prices), rounded to hundreds.",
        trust_nl=(
            "Zoals gevonden in een openbare kopie van een tabel van het CBS. In euro van elk jaar, niet gecorrigeerd voor hogere "
            "prijzen, en afgerond op honderdtallen."
        ),
        columns=[
            *_keys("classification of 1 January 2022 for all years"),
            _count("households_count", "Private households with a known income, rounded to hundreds", "Huishoudens", "households"),
            Column(
                "median_standardised_income_eur",
                "integer",
                "Median standardised disposable household income per year",
                "Doorsnee inkomen van een huishouden (gestandaardiseerd)",
                unit="eur per year",
                minimum=0,
            ),
            Column(
                "mean_standardised_income_eur",
                "integer",
                "Mean standardised disposable household income per year",
                "Gemiddeld inkomen van een huishouden (gestandaardiseerd)",
                unit="eur per year",
                minimum=0,
            ),
        ],
        primary_key=["municipality_code", "year"],
        sources=[
            Source(
                "CBS, inkomen van huishoudens per regio",
                "https://opendata.cbs.nl/statline/",
                NOT_RECORDED,
                "Public copy of a StatLine export, 2011-2021",
            )
        ],
        build=_municipal_household_income,
    ),
]
