"""Sums of money of the state beside each other, and what the 85 million a year came to in each municipality.

The sums stand in table ``policy_amounts`` with their sources in the ledger and the context. They cannot be added: some are for every
year and some once, some are part of another, and some reach other people than children in poverty. What a sum is for and what it is
part of is said here, after the words of its source.
"""

from __future__ import annotations

import pandas as pd

from data.facts import fact, period_text
from data.funding import documented_year, key_counts, key_year
from data.language import gettext
from data.package import table
from data.short_sources import short_source

SUBJECTS = ("child_poverty_funding", "poverty_and_debt_funding", "education_funding", "income_support_funding")
REPEATED = "municipalities_budget"
BASIS_NOT_STATED = ("kindgebonden_budget_package_2024", "kindgebonden_budget_extra_2025", "kinderbijslag_extra_2024")
MILLION = 1_000_000
THOUSAND = 1_000
DOUBTFUL = "doubtful"


def _meant_for() -> dict[str, tuple[str, str]]:
    """Return for each sum whom or what it is for, and what must be known to set it beside another."""
    part_of_total = gettext("Part of the {whole}.", whole=fact("funding_total_from_2017").text)
    not_only_poverty = gettext("Not only for children in poverty.")
    own_money = gettext("Money for families themselves, not only for families in poverty.")
    depends_on_income = gettext("higher child-related budget: families with children, by their income")
    debt_and_poverty = gettext("preventing debt and fighting poverty")
    return {
        "funding_total_from_2017": (
            gettext("children in poverty"),
            gettext("The sums for municipalities, organisations and provisions for children in poverty are parts of it."),
        ),
        "municipal_child_poverty_funding": (gettext("municipalities, for children in poverty"), part_of_total),
        "charity_partners_subsidy": (
            gettext("{count}, now Sam&", count=fact("charity_partners_count").text),
            " ".join(
                [
                    part_of_total,
                    gettext("The letter of 2021 says that the subsidy ends at the end of {year}.", year=fact("sam_subsidy_end").text),
                ]
            ),
        ),
        "kansen_voor_alle_kinderen_subsidy": (
            gettext("other organisations, for provisions for children in poverty"),
            " ".join([part_of_total, gettext("A part is for Caribbean Netherlands.")]),
        ),
        "rutte2_structural_poverty_money": (
            gettext("policy against poverty and debt"),
            gettext("Not only for children. Apart from the money for children in poverty."),
        ),
        "incidental_debt_poverty_2018_2020": (
            debt_and_poverty,
            gettext("For three years together. Not only for children, but especially for them, says the letter of 2018."),
        ),
        "incidental_debt_poverty_2018": (
            debt_and_poverty,
            gettext("Part of the {whole}.", whole=fact("incidental_debt_poverty_2018_2020").text),
        ),
        "intensification_total": (
            gettext("people whom the corona crisis brings into money trouble"),
            gettext("For two years together. Guides on child poverty are part of it; how much goes to them is not said."),
        ),
        "preschool_extra_structural": (
            gettext("toddlers who may fall behind at school"),
            " ".join(
                [
                    not_only_poverty,
                    gettext(
                        "As we read the letter, it is part of the {whole}.", whole=fact("education_disadvantage_municipal_budget").text
                    ),
                ]
            ),
        ),
        "education_opportunity_extra_structural": (
            gettext("pupils in primary and secondary education"),
            " ".join([not_only_poverty, gettext("Not part of the {whole}.", whole=fact("education_disadvantage_primary_schools").text)]),
        ),
        "education_disadvantage_municipal_budget": (
            gettext("municipalities, against falling behind at school"),
            " ".join([not_only_poverty, gettext("A total: what was there already and what was added.")]),
        ),
        "education_disadvantage_primary_schools": (gettext("primary schools, against falling behind at school"), not_only_poverty),
        "equal_opportunity_cofinancing": (
            gettext("local plans of schools and municipalities for equal opportunity"),
            " ".join([not_only_poverty, gettext("The letter does not say for which years.")]),
        ),
        "kindgebonden_budget_package_2024": (depends_on_income, own_money),
        "kindgebonden_budget_extra_2025": (depends_on_income, own_money),
        "kinderbijslag_extra_2024": (gettext("higher child benefit: families with children, whatever their income"), own_money),
    }


def sums_in_perspective() -> pd.DataFrame:
    """Return the sums of the state for children in poverty and those that are often named with them.

    Returns
    -------
    pandas.DataFrame
        One row per sum, by subject and from high to low: ``subject``, ``amount_million_eur``, ``basis`` (every year, one amount, or
        not said), ``meant_for``, ``period``, ``remark`` and ``source``, in the words of the reader; and ``fact_id``. Repetitions of
        the 85 million in the budgets of later years are left out. The amounts may not be added.

    Raises
    ------
    KeyError
        When the table has a sum of which this module does not say what it is for.
    """
    amounts = table("policy_amounts")
    amounts = amounts[amounts["instrument"].isin(SUBJECTS) & (amounts["category"] != REPEATED)]
    meant_for = _meant_for()
    basis = amounts["unit"].map({"eur_per_year": gettext("every year"), "eur": gettext("one amount")})
    frame = pd.DataFrame(
        {
            "subject": amounts["instrument_nl"].astype(str),
            "amount_million_eur": amounts["value"].astype(float) / MILLION,
            "basis": basis.astype(object).where(~amounts["fact_id"].isin(BASIS_NOT_STATED), gettext("not said")),
            "meant_for": [meant_for[fact_id][0] for fact_id in amounts["fact_id"]],
            "period": [_period(fact_id) for fact_id in amounts["fact_id"]],
            "remark": [meant_for[fact_id][1] for fact_id in amounts["fact_id"]],
            "source": [short_source(fact_id) for fact_id in amounts["fact_id"]],
            "fact_id": amounts["fact_id"].astype(str),
        }
    )
    order = {instrument: place for place, instrument in enumerate(SUBJECTS)}
    place = amounts["instrument"].astype(str).map(order)
    return (
        frame.assign(place=place.to_numpy())
        .sort_values(["place", "amount_million_eur"], ascending=[True, False], kind="stable", ignore_index=True)
        .drop(columns="place")
    )


def _period(fact_id: str) -> str:
    return period_text(fact(fact_id).period) or gettext("the source names no year")


def estimated_amounts() -> pd.DataFrame:
    """Return what each municipality of 2025 received of the 85 million euros for 2017, estimated with the key of that year.

    Returns
    -------
    pandas.DataFrame
        342 rows in the form that `widgets.municipal_map` asks, all of one ``year``: ``municipality_code``, ``municipality_name``,
        ``province_code``, ``province_name``, ``amount_thousand_eur`` (thousands of euros, whole), ``amount_eur``, ``quality``
        (``doubtful`` or empty), ``error_max_pct`` (empty: the error of an amount is only known from a few municipalities, see
        `data.funding.agreement`), ``source_municipalities_count`` and ``absence``.

    Notes
    -----
    A municipality gets the part of its children at risk of poverty in the year of the key. A merged municipality has what its parts
    received together.
    """
    counts = key_counts().loc[lambda frame: frame["year"] == key_year()]
    provinces = table("municipalities")[["municipality_code", "province_code", "province_name"]]
    budget_eur = fact("municipal_child_poverty_funding").value
    part = counts["children_at_risk_count"] / counts["children_at_risk_count"].sum()
    amounts = counts.assign(amount_eur=budget_eur * part)
    return (
        amounts[["municipality_code", "municipality_name", "amount_eur"]]
        .assign(
            amount_thousand_eur=(amounts["amount_eur"] / THOUSAND).round(0),
            year=documented_year(),
            quality=amounts["quality"].astype("string").where(amounts["quality"] == DOUBTFUL),
            error_max_pct=float("nan"),
            source_municipalities_count=1,
            absence=None,
        )
        .merge(provinces, on="municipality_code", validate="one_to_one")
    )


def municipalities_with_half(amounts: pd.DataFrame) -> int:
    """Return the smallest number of municipalities that together have at least half of ``amount_eur``."""
    descending = amounts["amount_eur"].sort_values(ascending=False).cumsum()
    return int((descending < descending.iloc[-1] / 2).sum()) + 1


def eur_per_child(year: int) -> float:
    """Return the 85 million euros divided by the estimated children at risk of poverty in a year, in euros."""
    counts = key_counts()
    return fact("municipal_child_poverty_funding").value / counts.loc[counts["year"] == year, "children_at_risk_count"].sum()


def reported_spending() -> pd.DataFrame:
    """Return what municipalities said they received and spent, for each municipality and year of which the spending is known.

    Returns
    -------
    pandas.DataFrame
        ``municipality_name``, ``year``, ``received_eur``, ``spent_eur`` (whole euros; what was received is empty when the source
        does not name it), ``spent_pct`` (of what was received, whole) and ``note_nl``, in order of
        name and year. A handful of municipalities, no sample.
    """
    frame = table("reported_funding").dropna(subset=["spent_eur"])
    columns = ["municipality_name", "year", "received_eur", "spent_eur", "note_nl"]
    spent = (100 * frame["spent_eur"].astype(float) / frame["received_eur"].astype(float)).round(0)
    return (
        frame[columns]
        .assign(spent_eur=frame["spent_eur"].round(0), spent_pct=spent, note_nl=frame["note_nl"].fillna(""))
        .sort_values(["municipality_name", "year"], ignore_index=True)
    )
