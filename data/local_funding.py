"""The 85 million euros in one municipality: what we estimate that it received, and what it reported itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from data.funding import against_reported, documented_year
from data.names import successors
from data.package import table


@dataclass(frozen=True)
class ReportedAmount:
    """What a municipality reported for one year.

    Parameters
    ----------
    municipality_name : str
        Name of the municipality that reported: one that was merged later, or this one.
    year : int
        Year of the money.
    received_eur, spent_eur : float or None
        Received and spent, in euros; None when the source does not say.
    received_rounded : bool
        Whether the received amount is in whole thousands of euros.
    estimated_eur : float or None
        Our estimate of the received amount, for the municipality as it was in the year of the key; None when that did not exist.
    comparable : bool
        Whether the sources say that the key of this year's money is the one of the estimate.
    difference_pct : float or None
        Estimate minus reported amount, in percent of the reported amount.
    note : str
        What the source says, in Dutch.
    source_address : str
        Address on the web.
    """

    municipality_name: str
    year: int
    received_eur: float | None
    spent_eur: float | None
    received_rounded: bool
    estimated_eur: float | None
    comparable: bool
    difference_pct: float | None
    note: str
    source_address: str


def _number(value: object) -> float | None:
    return None if pd.isna(value) else float(value)


@lru_cache
def reported_amounts() -> dict[str, tuple[ReportedAmount, ...]]:
    """Return what municipalities reported, by the code of the municipality of 2025 that each belongs to, in order of year."""
    compared = against_reported().set_index(["municipality_code", "year"])
    result: dict[str, tuple[ReportedAmount, ...]] = {}
    for row in table("reported_funding").sort_values(["municipality_code", "year"]).itertuples():
        known = (row.municipality_code, row.year) in compared.index
        estimate = compared.loc[(row.municipality_code, row.year)] if known else None
        amount = ReportedAmount(
            municipality_name=str(row.municipality_name),
            year=int(row.year),
            received_eur=_number(row.received_eur),
            spent_eur=_number(row.spent_eur),
            received_rounded=bool(estimate["reported_rounded"]) if known else False,
            estimated_eur=float(estimate["modelled_eur"]) if known else None,
            comparable=int(row.year) == documented_year() and known,
            difference_pct=float(estimate["difference_pct"]) if known else None,
            note=str(row.note_nl),
            source_address=str(row.source_address),
        )
        code = next(iter(successors(str(row.municipality_code))))
        result[code] = (*result.get(code, ()), amount)
    return result
