"""Who is in the target group of provisions for children, and how fast the services of Sam& grew.

The letter of 2021 gives one reach for all children. Municipalities could not say how it divides over children with parents on
social assistance and children of working parents, so the size of the two groups is computed here from CBS figures.
"""

from __future__ import annotations

import pandas as pd

from data.facts import fact
from data.language import gettext
from data.package import table
from data.short_sources import short_source
from data.trends import Change, national_series

GROUP_YEAR = 2021
ONE_SERVICE = 0.5
SHARE_STEP_PCT = 10
MUNICIPALITIES = "Gemeenten"


def target_group_count() -> int:
    """Return the children in a household with an income up to 120% of the social minimum in 2021 (CBS, rounded to hundreds)."""
    series = national_series("poverty_risk_120").set_index("year")
    return int(series.loc[GROUP_YEAR, "children_count"])


def assistance_share_pct() -> float:
    """Return an estimate of the part of the target group whose parents are on social assistance, in percent, for 2021.

    Returns
    -------
    float
        Children with at least one parent on social assistance on 31 December, divided by `target_group_count`. The two come from
        different CBS tables; it supposes that every child of the first is among the second, and is at most 100.
    """
    return 100 * fact(f"children_social_assistance_nl_{GROUP_YEAR}").value / target_group_count()


def services_growth() -> Change:
    """Return the growth of the services of Sam& between 2016 and 2019, the only two years that the letter of 2021 gives."""
    start, end = fact("sam_services_2016"), fact("sam_services_2019")
    return Change(int(start.period), int(end.period), start.value, end.value, ONE_SERVICE)


def planned_services_count() -> int:
    """Return the level that Sam& would have reached with the extra services it planned: those of 2016 and the planned rise together.

    Notes
    -----
    The source speaks of "ruim" (over) 300,000 extra services in 2017-2020 and does not say whether that is per year or in all. It is
    read here as per year at the end of the period; in all would be a lower level.
    """
    return fact("sam_services_2016").value + fact("sam_extra_services_aim").value


def needed_total_pct(assistance_share_pct: float) -> float:
    """Return the reach among all children that goes with both ambitions for 2021, in percent of the target group.

    Parameters
    ----------
    assistance_share_pct : float
        Part of the target group whose parents are on social assistance, in percent; the others count as children of working parents.
    """
    assistance, working = fact("reach_target_welfare_children").value, fact("reach_target_working_children").value
    return working + (assistance - working) * assistance_share_pct / 100


def largest_share_within_reach_pct() -> float:
    """Return the largest part with parents on social assistance for which the reach of 2020 could hold both ambitions, in percent."""
    assistance, working = fact("reach_target_welfare_children").value, fact("reach_target_working_children").value
    return 100 * (fact("reach_share_2020").value - working) / (assistance - working)


def needed_for_both() -> pd.DataFrame:
    """Return what both ambitions come to in all, for each division of the target group in steps of ten percent.

    Returns
    -------
    pandas.DataFrame
        Eleven rows: ``assistance_share_pct``, ``needed_pct``, ``reached_pct`` (the estimate for 2020) and ``possible`` (whether that
        reach could hold both ambitions, in the words of the reader).
    """
    shares = range(0, 101, SHARE_STEP_PCT)
    reached = float(fact("reach_share_2020").value)
    needed = [needed_total_pct(share) for share in shares]
    return pd.DataFrame(
        {
            "assistance_share_pct": list(shares),
            "needed_pct": needed,
            "reached_pct": reached,
            "possible": [gettext("possible") if reached >= value else gettext("not possible") for value in needed],
        }
    )


def _rows(chosen: pd.Series) -> pd.DataFrame:
    frame = table("reach").assign(fact_id=lambda rows: rows["fact_id"].astype(str))[chosen.to_numpy()]
    kinds = {
        "measured": gettext("measured"),
        "estimate": gettext("estimate"),
        "target": gettext("goal"),
        "expected": gettext("expectation"),
    }
    return pd.DataFrame(
        {
            "organisation": frame["organisation"].astype(str),
            "counted": frame["series_nl"].astype(str),
            "year": frame["year"].astype(int),
            "value": frame["value"].astype(float),
            "unit": frame["unit"].astype(str),
            "kind": frame["kind"].astype(str).map(kinds).where(frame["confidence"] != "computed", gettext("computed")),
            "note_nl": frame["note_nl"].fillna(""),
            "source": [short_source(fact_id) for fact_id in frame["fact_id"]],
        }
    ).reset_index(drop=True)


def municipal_reach() -> pd.DataFrame:
    """Return what the sources say of the reach of municipalities, in percent: estimates, goals and shares of municipalities.

    Returns
    -------
    pandas.DataFrame
        ``organisation``, ``counted`` (what the percentage is of), ``year``, ``value``, ``unit``, ``kind`` (counted, computed, estimate,
        goal or expectation, in the words of the reader), ``note_nl`` and ``source``.
    """
    return _rows(table("reach")["organisation"] == MUNICIPALITIES)


def partner_figures() -> pd.DataFrame:
    """Return what Sam& and its four organisations counted by year; columns as in `municipal_reach`.

    Notes
    -----
    The organisations count different things: children, requests, boxes and gifts. One child can be in several of them.
    """
    return _rows(table("reach")["organisation"] != MUNICIPALITIES)


def leergeld_children() -> pd.DataFrame:
    """Return the children helped by the local Leergeld foundations, one series per source.

    Returns
    -------
    pandas.DataFrame
        ``year``, ``children_count``, ``source`` and ``note_nl``; years between are not published.
    """
    frame = _rows(table("reach")["series"] == "leergeld_children")
    return frame.rename(columns={"value": "children_count"})[["year", "children_count", "source", "note_nl"]]
