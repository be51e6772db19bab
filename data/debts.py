"""Debts and income of families: who has problematic debts, and what the state pays to parents.

Problematic debts are debts in registers (tax, health insurance, credit, fines); what is owed to family or friends is in none of them.
Amounts are those of the table ``policy_amounts``; each is linked to a fact. Amounts are as paid, not corrected for prices.
"""

from __future__ import annotations

import pandas as pd

from data.facts import fact
from data.language import gettext
from data.package import table
from data.trends import Change

MONTHS, QUARTER = 12, 3
CHILD_AGE = "age_6_11"
CHILDREN = 2
YOUNG_AGES = ("age_0_5", "age_6_11")
FIRST_SUPPORT_YEAR = 2018
CENT, ROUNDED_TEN = 0.005, 5.0
THRESHOLD_FAMILIES = ("couple_2_children", "single_parent_2_children")


def problem_debt_shares() -> pd.DataFrame:
    """Return who had registered problematic debts in 2023.

    Returns
    -------
    pandas.DataFrame
        ``group``, ``debt_pct`` (percent of the persons in the group) and ``debt_count`` (persons; missing when no source gives it), from
        high to low. Source: CBS, through the answers of 2025 and a news site.
    """
    groups = [
        (gettext("people in poverty"), "poor_with_problem_debt_share_2023", "poor_with_problem_debt_count_2023"),
        (gettext("people just above the poverty line"), "near_poor_with_problem_debt_share_2023", "near_poor_with_problem_debt_count_2023"),
        (gettext("all inhabitants"), "population_with_problem_debt_share_2023", None),
    ]
    return pd.DataFrame(
        {
            "group": [group for group, _, _ in groups],
            "debt_pct": [float(fact(share).value) for _, share, _ in groups],
            "debt_count": pd.array([fact(count).value if count else None for _, _, count in groups], dtype="Int64"),
        }
    )


def poor_with_debt_per_hundred() -> float:
    """Return the people in poverty with problematic debts in percent of the first published number of people in poverty, 2023."""
    return 100 * fact("poor_with_problem_debt_count_2023").value / fact("new_persons_nl_2023_first").value


def _on_first_january(instrument: str, category: str) -> pd.Series:
    frame = table("policy_amounts")
    rows = frame[(frame["instrument"] == instrument) & (frame["category"] == category)]
    rows = rows[(rows["valid_from"].dt.month == 1) & (rows["valid_from"].dt.day == 1)]
    return pd.Series(rows["value"].astype(float).to_numpy(), index=rows["valid_from"].dt.year.astype(int).to_numpy(), dtype=float)


def _child_related_budget() -> pd.Series:
    """Return the highest child-related budget for two young children, in euros per year; the form of the published amount changed twice."""
    family = _on_first_january("child_related_budget", "family_2_children")
    first = _on_first_january("child_related_budget", "first_child")
    second = _on_first_january("child_related_budget", "second_child")
    each = CHILDREN * _on_first_january("child_related_budget", "each_child")
    return pd.concat([family, (first + second).dropna(), each])


def family_support() -> pd.DataFrame:
    """Return what parents with a low income get at most for two children of 6 up to and including 11, per month.

    Returns
    -------
    pandas.DataFrame
        ``year``, ``support`` (name for the reader) and ``eur_per_month``: child benefit on 1 January, the highest child-related budget of
        the year, and both together. The extra amount for single parents is not in it. Years without either amount are left out.
    """
    benefit = CHILDREN * _on_first_january("child_benefit", CHILD_AGE) / QUARTER
    budget = _child_related_budget() / MONTHS
    wide = pd.DataFrame({"benefit": benefit, "budget": budget}).dropna().rename_axis("year").reset_index()
    wide["together"] = wide["benefit"] + wide["budget"]
    names = {"together": gettext("together"), "budget": gettext("child-related budget, at most"), "benefit": gettext("child benefit")}
    long = wide.melt(id_vars="year", value_vars=list(names), var_name="support", value_name="eur_per_month")
    return long.replace({"support": names})


def family_support_note() -> str:
    """Return which family `family_support` is about, for below a figure."""
    return gettext(
        "For a couple with {children} children of {first} up to and including {last} years old.", children=CHILDREN, first=6, last=11
    )


def support_by_age() -> pd.DataFrame:
    """Return the amounts from which the support of a family follows, per year and age of the children.

    Returns
    -------
    pandas.DataFrame
        ``year``, ``age`` (category of child benefit), ``benefit_eur_per_quarter`` (one child, on 1 January), ``budget_one_eur`` and
        ``budget_two_eur`` (highest child-related budget per year for one and for two children), ``single_parent_eur`` (extra per year;
        missing in years for which the sources have none) and ``threshold_eur`` (low-income threshold of a couple with two children per
        month, as a measure of prices; missing after 2022). Years from `FIRST_SUPPORT_YEAR`, with child benefit and both budgets.
    """
    each, first = (_on_first_january("child_related_budget", category) for category in ("each_child", "first_child"))
    one = pd.concat([_on_first_january("child_related_budget", "family_1_child"), first, each])
    common = pd.DataFrame(
        {
            "budget_one_eur": one[~one.index.duplicated()],
            "budget_two_eur": _child_related_budget(),
            "single_parent_eur": _on_first_january("child_related_budget", "single_parent_extra"),
            "threshold_eur": _on_first_january("low_income_threshold", "couple_2_children"),
        }
    )
    parts = [common.assign(age=age, benefit_eur_per_quarter=_on_first_january("child_benefit", age)) for age in YOUNG_AGES]
    frame = pd.concat([part.dropna(subset=["benefit_eur_per_quarter", "budget_two_eur"]) for part in parts])
    frame = frame.rename_axis("year").reset_index()
    columns = ["year", "age", "benefit_eur_per_quarter", "budget_one_eur", "budget_two_eur", "single_parent_eur", "threshold_eur"]
    return frame.loc[frame["year"] >= FIRST_SUPPORT_YEAR, columns].reset_index(drop=True)


def support_change(start_year: int, end_year: int) -> Change:
    """Return the change of both kinds of support together between two years, in euros per month."""
    frame = family_support()
    together = frame[frame["support"] == gettext("together")].set_index("year")["eur_per_month"]
    return Change(start_year, end_year, float(together[start_year]), float(together[end_year]), CENT)


def wage_and_threshold() -> pd.DataFrame:
    """Return the minimum wage and the low-income threshold of two families, per month.

    Returns
    -------
    pandas.DataFrame
        ``year``, ``amount`` (name for the reader) and ``eur_per_month``. The wage is gross, for full-time work, on 1 January; the
        threshold is net, per year, rounded to tens. They cannot be subtracted: taxes, child benefit and allowances lie between them.
    """
    frame = table("policy_amounts")
    names = frame[frame["instrument"] == "low_income_threshold"].drop_duplicates("category").set_index("category")["category_nl"]
    wage = _on_first_january("minimum_wage", "month")
    series = {gettext("minimum wage, gross"): wage} | {
        gettext("threshold, net: {family}", family=names[family]): _on_first_january("low_income_threshold", family)
        for family in THRESHOLD_FAMILIES
    }
    parts = [pd.DataFrame({"year": amounts.index, "amount": name, "eur_per_month": amounts.to_numpy()}) for name, amounts in series.items()]
    return pd.concat(parts, ignore_index=True).query("year >= @wage.index.min()").reset_index(drop=True)


def wage_change(start_year: int, end_year: int) -> Change:
    """Return the change of the minimum wage per month between 1 January of two years."""
    wage = _on_first_january("minimum_wage", "month")
    return Change(start_year, end_year, float(wage[start_year]), float(wage[end_year]), CENT)


def threshold_change(start_year: int, end_year: int) -> Change:
    """Return the change of the low-income threshold of a couple with two minor children between two years."""
    threshold = _on_first_january("low_income_threshold", "couple_2_children")
    return Change(start_year, end_year, float(threshold[start_year]), float(threshold[end_year]), ROUNDED_TEN)
