"""What a yearly monitor of child poverty needs, which of it this book has, and how old the newest figures are.

What the cabinet promised is in document ``answers_2025``. Its first table of key figures, announced for early 2026, is not among the
sources of this book.
"""

from __future__ import annotations

import pandas as pd

from data.ambitions import MEASURED
from data.facts import fact
from data.language import format_number, gettext
from data.package import table
from data.trends import FAMILIES, families_low_income, national_series


def _last_year(frame: pd.DataFrame) -> int:
    return int(frame["year"].max())


def _measured_years(measure: str, vintage: str) -> pd.DataFrame:
    frame = national_series(measure, vintage)
    return frame[~frame["estimate"].astype(bool)].dropna(subset=["children_pct"])


def _reach_of_municipalities() -> pd.DataFrame:
    rows = table("reach")
    return rows[rows["series"].eq("children_reached") & rows["kind"].isin(MEASURED)]


def newest_figures() -> pd.DataFrame:
    """Return the year of the newest figure in this book for each subject of a monitor.

    Returns
    -------
    pandas.DataFrame
        ``subject`` (a few words), ``counted`` (what the figure counts), ``last_year`` and ``age_years`` (years between that year and
        the questions of 2025), oldest first.
    """
    rows = [
        (
            gettext("New poverty line"),
            gettext("Children below the new poverty line"),
            _last_year(_measured_years("poverty_line_2024", "published_2025_12")),
        ),
        (gettext("Families"), gettext("Families with a low income"), _last_year(families_low_income(FAMILIES))),
        (
            gettext("Low-income threshold"),
            gettext("Children below the low-income threshold"),
            _last_year(_measured_years("low_income", "revised_2023")),
        ),
        (
            gettext("Every municipality"),
            gettext("Children at risk of poverty in every municipality"),
            _last_year(table("municipal_child_poverty")),
        ),
        (gettext("Reach"), gettext("Children reached by municipalities"), _last_year(_reach_of_municipalities())),
        (
            gettext("Debts"),
            gettext("People in poverty with problematic debts"),
            int(fact("poor_with_problem_debt_share_2023").period),
        ),
        (
            gettext("Involving children"),
            gettext("Municipalities that involve children"),
            int(fact("municipalities_involved_children_share").period),
        ),
        (
            gettext("Measuring the effect"),
            gettext("Municipalities that measured the effect"),
            int(fact("municipalities_measured_impact_share").period),
        ),
        (
            gettext("The Caribbean Netherlands"),
            gettext("Households around the benchmark in the Caribbean Netherlands"),
            int(fact("benchmark_households_share_bonaire_2022").period),
        ),
    ]
    frame = pd.DataFrame(rows, columns=["subject", "counted", "last_year"])
    frame["age_years"] = fact("questions_submitted_year").value - frame["last_year"]
    return frame.sort_values("age_years", ascending=False, kind="stable", ignore_index=True)


def requirements() -> pd.DataFrame:
    """Return what a yearly monitor needs, whether this book has it, and whether the answers of 2025 promise it.

    Returns
    -------
    pandas.DataFrame
        In the words of the reader: ``need``, ``book``, ``how`` and ``promised``; with ``book_id`` and ``promised_id`` (``yes``,
        ``partly`` or ``no``). The judgements are ours.
    """
    words = {"yes": gettext("yes"), "partly": gettext("partly"), "no": gettext("no")}
    promises = {"yes": gettext("yes"), "partly": gettext("partly"), "no": gettext("not stated")}
    first, second = (_measured_years("poverty_line_2024", vintage)["year"] for vintage in ("published_2024_10", "published_2025_12"))
    exact = table("municipal_low_income")
    rows = [
        (
            gettext("One measure that stays the same"),
            "yes",
            gettext("Each figure names its measure; two measures never share a line."),
            "no",
        ),
        (
            gettext("All years from one publication"),
            "partly",
            gettext(
                "With the new poverty line the first publication has the years {first} to {last}, the second only {second_first} and "
                "{second_last}.",
                first=str(first.min()),
                last=str(first.max()),
                second_first=str(second.min()),
                second_last=str(second.max()),
            ),
            "no",
        ),
        (
            gettext("Figures for each municipality"),
            "partly",
            gettext(
                "With one measure up to {last}, and with another for {count} municipalities up to {other}.",
                last=str(_last_year(table("municipal_child_poverty"))),
                count=format_number(exact["municipality_code"].nunique()),
                other=str(_last_year(exact)),
            ),
            "no",
        ),
        (
            gettext("Registered reach, for each group of children"),
            "no",
            gettext("Only estimates for all children together, the last for {year}.", year=str(_last_year(_reach_of_municipalities()))),
            "no",
        ),
        (
            gettext("The voices of children"),
            "partly",
            gettext(
                "Portraits from {year}, retold. No yearly question to children.", year=str(fact("beleidsonderzoekers_report_year").value)
            ),
            "no",
        ),
        (
            gettext("Mental health, expectations and well-being"),
            "no",
            gettext("No figures in our sources."),
            "no",
        ),
        (
            gettext("Debts in families with children"),
            "partly",
            gettext("People of all ages, not children."),
            "partly",
        ),
        (
            gettext("The Caribbean Netherlands"),
            "partly",
            gettext(
                "Households, not children; the last figures are for {year}.", year=fact("benchmark_households_share_bonaire_2022").period
            ),
            "no",
        ),
        (
            gettext("A fixed day of publication"),
            "no",
            gettext("This book has no fixed day."),
            "partly",
        ),
        (
            gettext("Open data and open code"),
            "yes",
            gettext("Each figure can be downloaded, and the code stands beside it."),
            "no",
        ),
        (
            gettext("The error beside the figure"),
            "partly",
            gettext("With our own approximations. For the national figures our sources give no margin."),
            "no",
        ),
    ]
    frame = pd.DataFrame(rows, columns=["need", "book_id", "how", "promised_id"])
    return frame.assign(book=frame["book_id"].map(words), promised=frame["promised_id"].map(promises))
