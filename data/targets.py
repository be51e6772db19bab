"""The series against which the halving of child poverty can be followed, each within one publication.

Two targets exist: the indicative value for 2030 (letters of 2019 and 2021, which we read as the low-income threshold of CBS) and
the halving by 2025 of the Rutte IV cabinet (the line of SCP, as computed by CPB). The poverty line of 2024 has no target.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from data.facts import fact
from data.language import format_number, gettext
from data.package import unknown_name
from data.trends import HALF_TENTH, Change, change_between, national_series


@dataclass(frozen=True)
class TargetSeries:
    """One measure in one publication, with the figure from which a halving is counted.

    Parameters
    ----------
    name : str
        Identifier.
    measure, vintage : str
        As in table ``national_child_poverty``.
    base_year : int
        Year from which the halving is counted.
    target_year : int or None
        Year of the official target; None when there is none.
    target_pct : float or None
        Official target, in percent of children.
    """

    name: str
    measure: str
    vintage: str
    base_year: int
    target_year: int | None
    target_pct: float | None

    def figures(self) -> pd.DataFrame:
        """Return the figures of the series: ``year``, ``children_pct``, ``estimate`` (a projection, not a measurement)."""
        frame = national_series(self.measure, self.vintage).dropna(subset=["children_pct"])
        columns = {"year": int, "children_pct": float, "estimate": bool}
        return frame[list(columns)].astype(columns).sort_values("year", ignore_index=True)

    def change(self) -> Change:
        """Return the change from the base year to the last figure of the series."""
        frame = self.figures()
        return change_between(frame, "children_pct", self.base_year, int(frame["year"].max()), HALF_TENTH)


def target_series() -> dict[str, TargetSeries]:
    """Return the series by name: the target of 2030 first, then that of 2025, then the new line without target."""
    until_2030, until_2025 = fact("reduction_target_share"), fact("target_children_share_2025_rutte4")
    new_line = national_series("poverty_line_2024", "published_2024_10")
    series = [
        TargetSeries(
            name="low_income",
            measure="low_income",
            vintage="revised_2023",
            base_year=fact("reduction_target_base_year").value,
            target_year=int(until_2030.period),
            target_pct=until_2030.value,
        ),
        TargetSeries(
            name="scp_line",
            measure="cpb_scp_projection",
            vintage="cpb_2023_12",
            base_year=int(fact("cpb_scp_children_share_2015_dec2023").period),
            target_year=int(until_2025.period),
            target_pct=until_2025.value,
        ),
        TargetSeries(
            name="poverty_line_2024",
            measure="poverty_line_2024",
            vintage="published_2024_10",
            base_year=int(new_line["year"].min()),
            target_year=None,
            target_pct=None,
        ),
    ]
    return {one.name: one for one in series}


def children_total_count(name: str) -> float:
    """Return the number of children that a share of a series is a share of, computed from a published number and percentage.

    Parameters
    ----------
    name : str
        A key of `target_series`.

    Returns
    -------
    float
        Children. Rounding of the percentage leaves an error of about 1 percent. For the SCP line number and percentage are those of
        one CPB projection for 2023 (September 2022).

    Raises
    ------
    KeyError
        When there is no such series.
    """
    known = target_series()
    if name not in known:
        raise unknown_name("series", name, list(known))
    series = known[name]
    vintage = "cpb_2022_09" if name == "scp_line" else series.vintage
    frame = national_series(series.measure, vintage).dropna(subset=["children_pct", "children_count"])
    last = frame.sort_values("year").iloc[-1]
    return 100 * float(last["children_count"]) / float(last["children_pct"])


def children_behind_pct(name: str, year: int) -> float:
    """Return how many children a share of a series is, where CBS published no number: an estimate.

    Parameters
    ----------
    name : str
        A key of `target_series`.
    year : int
        A year of the series.

    Returns
    -------
    float
        Children, with the number of all children of the last year of the series; see `children_total_count` for the error.
    """
    figures = target_series()[name].figures().set_index("year")["children_pct"]
    return children_total_count(name) * float(figures[year]) / 100


def standing() -> pd.DataFrame:
    """Return how both targets stand, for each figure that can tell, in the words of the reader.

    Returns
    -------
    pandas.DataFrame
        Columns ``target``, ``measure`` (and publication), ``figure`` (last share of children) and ``met``: whether that figure is at
        or below the target, which does not say whether the target will be met in its year (`data.ambitions` judges that). A figure
        from second hand and a forecast are called that; a measure without target is there too, since readers set it beside a target.
    """
    until_2030, until_2025 = fact("reduction_target_share"), fact("target_children_share_2025_rutte4")
    second_hand, forecast = fact("low_income_children_share_nl_2023"), fact("cpb_scp_children_share_2025_aug2024")
    revised = fact("new_children_share_nl_2024")
    low_income = target_series()["low_income"].change()
    goal = gettext("{share} percent in {year}")
    first, second = (goal.format(share=format_number(one.value, 1), year=one.period) for one in (until_2030, until_2025))
    figures = [
        (first, gettext("Low-income threshold, edition of November 2023"), low_income.end, low_income.end_year, until_2030.value, None),
        (
            first, gettext("Low-income threshold, from second hand"), second_hand.value, second_hand.period, until_2030.value,
            gettext("yes, if this figure is right"),
        ),
        (
            second, gettext("SCP line, forecast of CPB, August 2024"), forecast.value, forecast.period, until_2025.value,
            gettext("cannot be known: a forecast is no measurement"),
        ),
        (gettext("no target"), gettext("New poverty line, December 2025"), revised.value, revised.period, None, gettext("does not apply")),
    ]  # fmt: skip
    rows = [
        {
            "target": target,
            "measure": measure,
            "figure": goal.format(share=format_number(share, 1), year=year),
            "met": said or (gettext("yes, at or below it") if share <= bound else gettext("no, above it")),
        }
        for target, measure, share, year, bound, said in figures
    ]
    return pd.DataFrame(rows)
