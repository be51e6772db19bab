"""What the measures of child poverty count, and where their lines lie.

Each measure draws another line, so figures of two measures are never one series. Amounts and shares come from the tables
``policy_amounts`` and ``national_child_poverty`` and from the ledger; where the sources give no amount, the table says so.
"""

from __future__ import annotations

import pandas as pd

from data.facts import fact
from data.language import format_number, gettext
from data.package import table
from data.suggestions import unknown_name
from data.trends import national_series

LINES = ("low_income_threshold", "poverty_line_2024", "scp_line")
MEASURES = ("low_income", "poverty_risk_120", "poverty_line_2024", "scp_not_much_but_adequate")
FIRST_YEAR = 2015


def _amount(fact_id: str, family: str) -> str:
    cited = fact(fact_id)
    return gettext("{amount} ({family}, {year})", amount=cited.text, family=family, year=cited.period)


def _share(measure: str, vintage: str | None = None) -> str:
    last = national_series(measure, vintage).dropna(subset=["children_pct"]).sort_values("year").iloc[-1]
    return gettext("{share} percent ({year})", share=format_number(float(last["children_pct"]), 1), year=int(last["year"]))


def overview() -> pd.DataFrame:
    """Return the measures that the book and its sources use, one row each, in the words of the reader.

    Returns
    -------
    pandas.DataFrame
        Columns ``measure``, ``compares`` (what an income is held against), ``amount`` (a line in euros per month, with family and
        year) and ``share`` (last share of children in the sources). Where the sources say
        nothing, the cell says so.
    """
    none = gettext("not in our sources")
    rows = [
        (
            gettext("Low-income threshold (CBS)"),
            gettext(
                "a fixed amount, derived from social assistance in {year}, that rises with prices",
                year=fact("low_income_threshold_base_year").value,
            ),
            _amount("low_income_threshold_couple2_2022", gettext("couple with two minor children")),
            _share("low_income", "revised_2023"),
        ),
        (
            gettext("Up to {limit} percent of the social minimum (CBS)", limit=fact("du_key_income_limit").value),
            gettext("the social minimum, the least to live on according to the law, and a part more"),
            none,
            _share("poverty_risk_120"),
        ),
        (
            gettext("New poverty line (CBS, SCP and Nibud)"),
            gettext("what a household needs as a minimum, and its own rent and energy bill"),
            _amount("new_poverty_line_couple_2_children_upto_12_2023", gettext("couple with two children up to 12 years old")),
            _share("poverty_line_2024", "published_2025_12"),
        ),
        (
            gettext("Line of SCP (not much but adequate)"),
            gettext("a budget that is just enough to live on and take part"),
            _amount("scp_line_couple_1_child_2017", gettext("couple with one child")),
            _share("scp_not_much_but_adequate"),
        ),
        (
            gettext("Line of Eurostat"),
            gettext("{limit} percent of the median income of all inhabitants", limit=fact("eurostat_poverty_line").value),
            none,
            none,
        ),
    ]
    return pd.DataFrame(rows, columns=["measure", "compares", "amount", "share"])


def line_amounts() -> pd.DataFrame:
    """Return every line in euros that the sources give.

    Returns
    -------
    pandas.DataFrame
        Columns ``measure``, ``household``, ``year`` and ``amount_eur_per_month`` (net), in order of measure, household and year.
    """
    frame = table("policy_amounts").loc[lambda rows: rows["instrument"].isin(LINES)]
    result = pd.DataFrame(
        {
            "measure": frame["instrument_nl"].astype("string"),
            "household": frame["category_nl"].astype("string"),
            "year": pd.to_datetime(frame["valid_from"]).dt.year,
            "amount_eur_per_month": frame["value"].astype(float),
        }
    )
    return result.reset_index(drop=True)


def latest_line_amounts() -> pd.DataFrame:
    """Return the last line in euros of each measure and type of household; see `line_amounts`."""
    latest = line_amounts().sort_values("year").drop_duplicates(["measure", "household"], keep="last")
    return latest.sort_index(ignore_index=True)


def low_income_line() -> pd.DataFrame:
    """Return the low-income threshold per month of each type of household and year; see `line_amounts`."""
    names = table("policy_amounts").loc[lambda rows: rows["instrument"] == "low_income_threshold", "instrument_nl"]
    return line_amounts().loc[lambda rows: rows["measure"] == str(names.iloc[0])].reset_index(drop=True)


def published_figures(first_year: int = FIRST_YEAR) -> pd.DataFrame:
    """Return the measured national figures of every measure and publication, for a table in which a reader can look up a year.

    Parameters
    ----------
    first_year : int
        First year of the figures.

    Returns
    -------
    pandas.DataFrame
        Columns ``year``, ``measure_nl``, ``vintage_nl``, ``children_pct`` and ``children_count``; estimates of CPB are left out,
        and a figure that another publication repeats stands there once.
    """
    frame = table("national_child_poverty")
    known = frame["children_pct"].notna() | frame["children_count"].notna()
    frame = frame[frame["measure"].isin(MEASURES) & (frame["year"] >= first_year) & ~frame["estimate"].astype(bool) & known]
    columns = ["year", "measure_nl", "vintage_nl", "children_pct", "children_count"]
    ordered = frame[columns].sort_values(["year", "measure_nl", "vintage_nl"], ascending=[False, True, True])
    return ordered.drop_duplicates(["year", "measure_nl", "children_pct", "children_count"], ignore_index=True)


def share_in(measure: str, vintage: str, year: int) -> float:
    """Return the published share of children of one measure, publication and year, in percent.

    Raises
    ------
    KeyError
        When that publication has no share for that year.
    """
    rows = national_series(measure, vintage).dropna(subset=["children_pct"]).set_index("year")["children_pct"]
    if year not in rows.index:
        raise unknown_name(gettext("This series has no figure for {year}.", year=str(year)), year, list(rows.index))
    return float(rows[year])
