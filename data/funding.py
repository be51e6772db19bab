"""How the 85 million euros a year for children in poverty can be divided over municipalities, and how well that fits what they reported.

The money is divided by children with a chance of poverty: a household income up to 120% of the social minimum. For 2017 the
state used figures over 2013 (VNG). The numbers of children are estimates: the table ``municipal_child_poverty`` has percentages, which
are multiplied by an estimated number of children. What municipalities reported is in the table ``reported_funding``.
"""

from __future__ import annotations

import pandas as pd

from data.facts import fact
from data.harmonise import harmonise
from data.language import gettext
from data.package import table
from data.suggestions import unknown_name
from data.trends import national_series

ROUNDED_TO_EUR = 1000


def key_year() -> int:
    """Return the year of the children that the key of 2017 counted."""
    return int(fact("du_key_data_year").value)


def documented_year() -> int:
    """Return the year of the money for which the sources name the year of the key."""
    return int(fact("du_key_data_year").period)


def key_counts() -> pd.DataFrame:
    """Return the children that a distribution key can count, per municipality of 2025 and year.

    Returns
    -------
    pandas.DataFrame
        342 rows per year, 2011-2021: ``municipality_code``, ``municipality_name``, ``year``, ``children_at_risk_count`` (income up to
        120% of the social minimum) and ``children_count`` (all children aged 0-17), both estimates made in the same way for every
        year, and the ``quality`` and ``error_max_pct`` of the percentage behind the first.
    """
    counts = ["poverty_risk_120_estimated_count", "children_estimated_count"]
    frame = table("municipal_child_poverty")[["municipality_code", "year", *counts, "quality", "error_max_pct"]]
    result = harmonise(frame).rename(columns=dict(zip(counts, ["children_at_risk_count", "children_count"], strict=True)))
    return result.drop(columns=["province_code", "province_name", "source_municipalities_count", "absence"], errors="ignore")


def estimate_excess_pct(year: int = 2021) -> float:
    """Return by how many percent the estimated number of children at risk exceeds the number that CBS published for the country.

    Parameters
    ----------
    year : int
        A year for which CBS published the number: 2021.

    Raises
    ------
    KeyError
        When there is no published number for that year.
    """
    published = national_series("poverty_risk_120").set_index("year")["children_count"]
    if year not in published.index:
        raise unknown_name(gettext("This series has no figure for {year}.", year=str(year)), year, list(published.index))
    frame = table("municipal_child_poverty")
    estimated = frame.loc[frame["year"] == year, "poverty_risk_120_estimated_count"].sum()
    return 100 * (float(estimated) / float(published[year]) - 1)


def against_reported(budget_eur: float | None = None, key_year: int | None = None) -> pd.DataFrame:
    """Set the amounts that municipalities reported beside those that the key gives.

    Parameters
    ----------
    budget_eur : float, optional
        Amount to divide, in euros a year; by default the 85 million of the letter of 2018.
    key_year : int, optional
        Year of the children that the key counts, 2011-2021; by default 2013, which was used for 2017.

    Returns
    -------
    pandas.DataFrame
        One row per reported amount, in order of name and year: ``municipality_code``, ``municipality_name``, ``year`` (of the money),
        ``reported_eur``, ``reported_rounded`` (to thousands of euros or more), ``modelled_eur``, ``difference_pct`` (of the reported
        amount), ``percentage_error_pct`` (the largest error of the municipality's percentage, in percent of that percentage; empty when
        unknown), ``quality`` of that percentage, ``key_year_known`` (whether the sources say that the key of this year's money counted
        the children of 2013) and ``note_nl``.

    Notes
    -----
    The key counts the municipalities as they were in ``key_year``, because most amounts are from before later mergers. A municipality
    that did not exist in that year is left out.
    """
    budget_eur = fact("municipal_child_poverty_funding").value if budget_eur is None else budget_eur
    documented = fact("du_key_data_year")
    key_year = documented.value if key_year is None else key_year
    key = table("municipal_child_poverty").loc[lambda frame: frame["year"] == key_year]
    part = key["poverty_risk_120_estimated_count"] / key["poverty_risk_120_estimated_count"].sum()
    key = key.assign(
        modelled_eur=budget_eur * part,
        percentage_error_pct=100 * key["error_max_pct"] / key["poverty_risk_120_pct"],
    )[["municipality_code", "modelled_eur", "percentage_error_pct", "quality"]]
    reported = table("reported_funding").dropna(subset=["received_eur"]).merge(key, on="municipality_code", validate="many_to_one")
    frame = pd.DataFrame(
        {
            "municipality_code": reported["municipality_code"],
            "municipality_name": reported["municipality_name"],
            "year": reported["year"],
            "reported_eur": reported["received_eur"].astype(float),
            "reported_rounded": (reported["received_eur"] % ROUNDED_TO_EUR == 0).astype(bool),
            "modelled_eur": reported["modelled_eur"].astype(float),
            "difference_pct": (100 * (reported["modelled_eur"] / reported["received_eur"] - 1)).astype(float),
            "percentage_error_pct": reported["percentage_error_pct"].astype(float),
            "quality": reported["quality"].astype("string"),
            "key_year_known": (reported["year"] == int(documented.period)) & (key_year == documented.value),
            "note_nl": reported["note_nl"],
        }
    )
    return frame.sort_values(["municipality_name", "year"], ignore_index=True)


def agreement(comparison: pd.DataFrame) -> dict[str, object]:
    """Summarise how well the key agrees with the reported amounts of the year whose key is known.

    Parameters
    ----------
    comparison : pandas.DataFrame
        As `against_reported` returns it.

    Returns
    -------
    dict
        ``count`` (amounts compared), ``mean_pct`` (mean size of the difference), ``largest_pct`` and ``largest_name``, ``lower`` (how
        many modelled amounts are below the reported one) and ``within_error`` (how many differences the largest error of the percentage
        alone could explain).

    Raises
    ------
    ValueError
        When no row has a known key.
    """
    known = comparison[comparison["key_year_known"]]
    if known.empty:
        raise ValueError("None of these amounts belongs to a year whose distribution key is known.")
    size = known["difference_pct"].abs()
    return {
        "count": len(known),
        "mean_pct": float(size.mean()),
        "largest_pct": float(size.max()),
        "largest_name": str(known.loc[size.idxmax(), "municipality_name"]),
        "lower": int((known["difference_pct"] < 0).sum()),
        "within_error": int((size <= known["percentage_error_pct"]).sum()),
    }


def spent_of_received() -> pd.DataFrame:
    """Return which part of the money municipalities say they spent in the year itself.

    Returns
    -------
    pandas.DataFrame
        One row per municipality and year for which both amounts are known: ``municipality_name``, ``year``, ``received_eur``,
        ``spent_eur`` and ``spent_pct`` (of what was received). A handful of municipalities, no sample.
    """
    frame = table("reported_funding").dropna(subset=["received_eur", "spent_eur"])
    columns = ["municipality_name", "year", "received_eur", "spent_eur"]
    return frame[columns].assign(spent_pct=(100 * frame["spent_eur"] / frame["received_eur"]).astype(float)).reset_index(drop=True)
