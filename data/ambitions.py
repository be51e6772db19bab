"""The ambitions of 2019 and the other targets for child poverty as a score card: what was asked, and what the data say of it.

The verdicts follow from the tables: a target with a number from figures of its own measure and year, a falling trend from the
families below the low-income threshold, and a promise of periodic reports from the years in which such reports appeared.
"""

from __future__ import annotations

import pandas as pd

from data.facts import Fact, fact
from data.language import format_number, gettext
from data.package import table
from data.reach import assistance_share_pct, needed_total_pct
from data.short_sources import short_source
from data.targets import TargetSeries, target_series
from data.trends import FAMILIES, HALF_HUNDRED, families_low_income, national_series

MEASURED = ("measured", "estimate")
PERIODIC = 2
REPORTS = {
    "insight": ("onderzoek_kansrijk_armoedebeleid",),
    "examples": ("rapportage_ambitie_2_en_4",),
}


def verdict_words() -> dict[str, str]:
    """Return in words the verdicts on a goal."""
    return {
        "met": gettext("met"),
        "not_met": gettext("not met"),
        "unknown": gettext("cannot be known"),
        "too_early": gettext("not yet to be known"),
    }


def reached_pct(group: str) -> float | None:
    """Return the reach among a group of children in the year of its target, in percent; None when nobody measured or estimated it.

    Parameters
    ----------
    group : str
        End of a series of table ``reach``: ``social_assistance`` or ``working_parents``.
    """
    rows = table("reach")
    chosen = rows["series"].eq(f"children_reached_{group}") & rows["kind"].isin(MEASURED)
    found = rows[chosen & rows["year"].eq(int(fact("reach_target_year").value))]
    return None if found.empty else float(found["value"].iloc[-1])


def reach_verdict(reached_pct: float | None, target_pct: float) -> str:
    """Return whether a target for reach was met; `reached_pct` is None when there is no figure."""
    if reached_pct is None:
        return "unknown"
    return "met" if reached_pct >= target_pct else "not_met"


def families_since_ambitions() -> pd.DataFrame:
    """Return the families with children and a low income from the year of the ambitions on.

    Returns
    -------
    pandas.DataFrame
        ``year`` and ``households_count``, families with children of any age at home, the sum of two numbers that CBS rounds to hundreds.
    """
    frame = families_low_income(FAMILIES)[["year", "households_count"]]
    return frame[frame["year"] >= fact("ambitions_year").value].reset_index(drop=True)


def trend_verdict(counts: pd.Series, half_step: float) -> str:
    """Return whether a series of numbers falls from each year to the next by more than their rounding can explain.

    Parameters
    ----------
    counts : pandas.Series
        The numbers in order of time.
    half_step : float
        Largest difference between a published and a true number.

    Returns
    -------
    str
        ``met`` when each is lower than the one before, ``not_met`` when the last is higher than the first, both by more than rounding
        can explain, else ``unknown``.
    """
    values = counts.astype(float)
    if len(values) < 2:
        return "unknown"
    if (values.diff().dropna() < -2 * half_step).all():
        return "met"
    return "not_met" if values.iloc[-1] >= values.iloc[0] + 2 * half_step else "unknown"


def target_verdict(series: TargetSeries, today: int) -> str:
    """Return whether a target for the share of children was met.

    Parameters
    ----------
    series : TargetSeries
        With a target; only measured figures of its own measure and publication count.
    today : int
        Last year that can have passed: the year of the last source document.
    """
    if today < series.target_year:
        return "too_early"
    figures = series.figures().query("year == @series.target_year and not estimate")
    if figures.empty:
        return "unknown"
    return "met" if figures["children_pct"].iloc[-1] <= series.target_pct else "not_met"


def report_years(subject: str) -> list[int]:
    """Return the years in which reports on an ambition had appeared according to the documents; an announced report does not count.

    Parameters
    ----------
    subject : str
        A key of `REPORTS`.
    """
    measures = table("measures").set_index("measure_id").loc[list(REPORTS[subject])]
    written = measures["document_id"].map(table("documents").set_index("document_id")["period"])
    appeared = measures["start"].str[:4] <= written.str[:4]
    return sorted({int(start[:4]) for start in measures.loc[appeared, "start"]})


def periodic_verdict(years: list[int]) -> str:
    """Return whether reports came more than once: ``met``, or ``unknown`` since later ones may exist outside the sources."""
    return "met" if len(years) >= PERIODIC else "unknown"


def _goal(cited: Fact) -> str:
    return format_number(cited.value)


def scorecard() -> pd.DataFrame:
    """Return each goal with the verdict and the evidence.

    Returns
    -------
    pandas.DataFrame
        In the words of the reader: ``origin`` (which ambition), ``goal``, ``when``, ``verdict``, ``evidence`` and ``source`` of the
        goal; and ``verdict_id``, a key of `verdict_words`.
    """
    today = int(fact("questions_submitted_year").value)
    targets = target_series()
    welfare, working = fact("reach_target_welfare_children"), fact("reach_target_working_children")
    reached, year = fact("reach_share_2020"), fact("reach_target_year").value
    families = families_since_ambitions()
    low_income, scp = targets["low_income"], targets["scp_line"]
    edition = low_income.figures().iloc[-1]
    second_hand = national_series("low_income", "kinderrechten_in_beweging").iloc[-1]
    projection = fact("cpb_scp_children_share_2025_aug2024")
    rows = [
        (
            gettext("Ambition 1: taking part"),
            gettext("{share} percent of the children with parents on social assistance reached", share=_goal(welfare)),
            str(year),
            reach_verdict(reached_pct("social_assistance"), welfare.value),
            gettext(
                "The reach of this group apart is not known. For all children together it was estimated at {reached} percent in "
                "{reached_year}.",
                reached=format_number(reached.value),
                reached_year=reached.period,
            ),
            short_source(welfare.fact_id),
        ),
        (
            gettext("Ambition 1: taking part"),
            gettext("{share} percent of the children of working parents with a low income reached", share=_goal(working)),
            str(year),
            reach_verdict(reached_pct("working_parents"), working.value),
            gettext(
                "The reach of this group apart is not known either. With our estimate of the groups both goals together ask about "
                "{needed} percent of all children.",
                needed=format_number(needed_total_pct(assistance_share_pct()), 0),
            ),
            short_source(working.fact_id),
        ),
        (
            gettext("Ambition 2: fewer families with a low income"),
            gettext("The number of households with children and a low income falls"),
            gettext("the coming years, from {year} on", year=str(fact("ambitions_year").value)),
            trend_verdict(families["households_count"], 2 * HALF_HUNDRED),
            gettext(
                "It fell each year: from {first} families in {first_year} to {last} in {last_year}.",
                first=format_number(families["households_count"].iloc[0]),
                first_year=str(families["year"].iloc[0]),
                last=format_number(families["households_count"].iloc[-1]),
                last_year=str(families["year"].iloc[-1]),
            ),
            short_source("ambitions_count_2019"),
        ),
        (
            gettext("Ambition 2: target value"),
            gettext(
                "From {start} to {target} percent of the children in poverty",
                start=format_number(fact("reduction_target_base_share").value),
                target=format_number(low_income.target_pct),
            ),
            str(low_income.target_year),
            target_verdict(low_income, today),
            gettext(
                "With the low-income threshold it was {share} percent in {year}. For {later_year} there is only a figure at second hand: "
                "{later} percent.",
                share=format_number(float(edition["children_pct"]), 1),
                year=str(edition["year"]),
                later_year=str(second_hand["year"]),
                later=format_number(float(second_hand["children_pct"]), 1),
            ),
            short_source("reduction_target_share"),
        ),
        (
            gettext("Ambition 3: insight"),
            gettext("Periodic insight into what poverty means to children"),
            gettext("periodically"),
            periodic_verdict(report_years("insight")),
            gettext(
                "The first study appeared in {year}. Whether there was a second, we did not find.",
                year=str(report_years("insight")[-1]),
            ),
            short_source("ambitions_count_2019"),
        ),
        (
            gettext("Ambition 4: good examples"),
            gettext("A periodic overview of good examples of municipalities and organisations"),
            gettext("periodically"),
            periodic_verdict(report_years("examples")),
            gettext("A report was announced for early {year}. We do not have it.", year=str(fact("ambition2_report_year").value)),
            short_source("ambitions_count_2019"),
        ),
        (
            gettext("Not an ambition of 2019: goal of the Rutte IV cabinet"),
            gettext(
                "Half as many children in poverty: {target} percent with the line of SCP",
                target=format_number(scp.target_pct),
            ),
            str(scp.target_year),
            target_verdict(scp, today),
            gettext(
                "We have no measurement for that year with this line. The last projection of CPB that we found is {share} percent. "
                "Source: {source}.",
                share=format_number(projection.value),
                source=projection.document,
            ),
            short_source("target_children_share_2025_rutte4"),
        ),
    ]
    frame = pd.DataFrame(rows, columns=["origin", "goal", "when", "verdict_id", "evidence", "source"])
    return frame.assign(verdict=frame["verdict_id"].map(verdict_words()))
