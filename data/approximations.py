"""How far the book's own computations are off: each is held against figures that were published, and the difference is measured.

Used by the chapter that accounts for the methods. Differences are the book's own figure minus the published one. A difference measured on
one year says nothing certain about another.
"""

from __future__ import annotations

import pandas as pd

from data.funding import against_reported
from data.harmonise import PARTS, harmonise
from data.language import format_number, gettext, ngettext
from data.merging_error import LARGE_COUNT
from data.package import table
from data.regions import regional_means

CHECK_YEAR = 2021
COUNTRY = "NL01"


def _row(computation: str, compared: str, difference: pd.Series, unit: str, decimals: int) -> dict:
    values = difference.astype(float)
    largest = round(values.loc[values.abs().idxmax()], decimals)
    mean = round(values.mean(), decimals)
    return {"computation": computation, "compared": compared, "count": len(values), "mean": mean, "largest": largest, "unit": unit}


def approximation_errors() -> pd.Series:
    """Return the error of a quarter of the sum of four percentages, in percentage points, per municipality of 2021 that has all four."""
    check = table("poverty_risk_check").set_index("region_code")
    check = check[check["region_kind"] == "municipality"]
    return (check["poverty_risk_120_approximated_pct"] - check["poverty_risk_120_pct"]).astype(float)


def region_means() -> pd.DataFrame:
    """Return for Nederland and each province the book's own mean of 2021 beside what CBS published.

    Returns
    -------
    pandas.DataFrame
        Thirteen rows, by ``region_code``: ``mean_pct``, the mean of the municipalities weighted by the estimated number of children, as the
        maps show it; ``published_pct``; ``estimated_count``, children with a risk of poverty by the book's estimate; ``published_count``.
    """
    frame = harmonise(table("municipal_child_poverty").loc[lambda rows: rows["year"] == CHECK_YEAR])
    means = regional_means(frame, "poverty_risk_120_pct").replace({"region_code": {"NL": COUNTRY}}).set_index("region_code")
    estimated = frame.groupby("province_code")["poverty_risk_120_estimated_count"].sum()
    estimated[COUNTRY] = estimated.sum()
    published = table("poverty_risk_check").set_index("region_code").loc[means.index]
    return pd.DataFrame(
        {
            "mean_pct": means["poverty_risk_120_pct"].astype(float),
            "published_pct": published["poverty_risk_120_pct"].astype(float),
            "estimated_count": estimated.astype(float),
            "published_count": published["poverty_risk_120_count"].astype(float),
        }
    ).rename_axis("region_code")


def large_municipality_excess() -> pd.Series:
    """Return by how many percent the estimated number of children at risk exceeds that of CBS, in large municipalities of 2021.

    Returns
    -------
    pandas.Series
        By name, for municipalities with at least `data.merging_error.LARGE_COUNT` children at risk by the count of CBS. That count is
        rounded to hundreds, which alone can make a difference of some percent.
    """
    frame = table("municipal_child_poverty").loc[lambda rows: rows["year"] == CHECK_YEAR].set_index("municipality_name")
    large = frame[frame["poverty_risk_120_count"] >= LARGE_COUNT]
    return (100 * (large["poverty_risk_120_estimated_count"] / large["poverty_risk_120_count"] - 1)).astype(float)


def province_rounding() -> pd.Series:
    """Return by year how many more children below the low-income threshold the rounded provinces have together than Nederland."""
    counts = table("provincial_low_income").set_index(["year", "region_code"])["low_income_children_count"]
    country = counts.xs(COUNTRY, level="region_code")
    return (counts.groupby("year").sum() - 2 * country).astype(float)


def error_table() -> pd.DataFrame:
    """Return every measured error of the book, one row per computation and what it was held against.

    Returns
    -------
    pandas.DataFrame
        ``computation``, ``compared`` (both in words), ``count`` (how many figures were compared), ``mean`` and ``largest`` (differences
        with their sign, rounded; ``largest`` is the one farthest from zero), in ``unit``.
    """
    regions = region_means()
    provinces, country = regions.drop(index=COUNTRY), regions.loc[[COUNTRY]]
    points, percent = gettext("percentage points"), gettext("percent")
    quarter = gettext("Approximated percentage, as for 2011-2020")
    mean = gettext("Mean of municipalities")
    estimate = gettext("Estimated number of children")
    known = against_reported().loc[lambda rows: rows["key_year_known"]]
    means = [frame["mean_pct"] - frame["published_pct"] for frame in (provinces, country)]
    counts = [100 * (frame["estimated_count"] / frame["published_count"] - 1) for frame in (provinces, country)]
    in_provinces, in_country = gettext("CBS, provinces, 2021"), gettext("CBS, Nederland, 2021")
    return pd.DataFrame(
        [
            _row(quarter, gettext("CBS, municipalities, 2021"), approximation_errors(), points, 2),
            _row(mean, in_provinces, means[0], points, 2),
            _row(mean, in_country, means[1], points, 2),
            _row(estimate, in_provinces, counts[0], percent, 1),
            _row(estimate, in_country, counts[1], percent, 1),
            _row(
                estimate,
                gettext("CBS, municipalities with at least {number} children at risk of poverty, 2021", number=format_number(LARGE_COUNT)),
                large_municipality_excess(),
                percent,
                1,
            ),
            _row(
                gettext("Amount for a municipality"),
                gettext("What municipalities reported for 2017"),
                known["difference_pct"],
                percent,
                1,
            ),
            _row(
                gettext("Provinces added up"),
                gettext("CBS, Nederland, 2011, 2014 and 2017"),
                province_rounding(),
                gettext("children"),
                0,
            ),
        ]
    )


def quality_counts() -> dict[str, int]:
    """Return how many figures per municipality and year there are of each quality, by the name of that quality in the table."""
    return {str(name): int(count) for name, count in table("municipal_child_poverty")["quality"].value_counts().items()}


def combined_count(year: int) -> int:
    """Return for how many municipalities of 2025 the figure of a year was made from more than one municipality of then."""
    frame = table("municipal_child_poverty").loc[lambda rows: rows["year"] == year, ["municipality_code", "year", "inhabitants_count"]]
    return int((harmonise(frame)[PARTS] > 1).sum())


def boundary_changes() -> pd.DataFrame:
    """Return the changes of municipalities, one row per year and municipality that received others.

    Returns
    -------
    pandas.DataFrame
        ``year``, ``old`` (names of the municipalities that ended; "part" when the successor received not all of one), ``new``, ``known``
        (how the change is known, in words) and ``count`` (code changes in the row).
    """
    words = {
        "statistics": gettext("CBS"),
        "published": gettext("CBS, in words"),
        "derived": gettext("derived"),
    }
    changes = table("boundary_changes")
    share = (100 * changes["inhabitant_share"].astype(float)).round(1)
    changes["old"] = [
        name if whole == 100 else gettext("{name} (part)", name=name) for name, whole in zip(changes["old_name"], share, strict=True)
    ]
    changes["known"] = changes["method"].astype("string").map(words)
    groups = changes.groupby(["year", "new_name"], sort=False)
    result = groups.agg(old=("old", ", ".join), known=("known", lambda names: ", ".join(dict.fromkeys(names))), count=("old", "size"))
    return result.reset_index().rename(columns={"new_name": "new"})[["year", "old", "new", "known", "count"]]


def boundary_change_counts() -> dict[str, int]:
    """Return how many code changes CBS lists (``listed``), how many are derived (``derived``) and how many there are (``all``)."""
    method = table("boundary_changes")["method"].astype("string")
    return {"listed": int((method == "statistics").sum()), "derived": int((method == "derived").sum()), "all": len(method)}


def publications_per_measure() -> list[str]:
    """Return for each measure of poverty how many publications with national figures there are, and over which years, in words."""
    groups = table("national_child_poverty").groupby("measure_nl", sort=False)
    found = groups.agg(count=("vintage", "nunique"), first=("year", "min"), last=("year", "max"))
    lines = []
    for measure, row in found.iterrows():
        years = gettext("{first} to {last}", first=row["first"], last=row["last"]) if row["last"] > row["first"] else f"{row['first']}"
        line = ngettext(
            "{measure}: {number} publication, about {years}",
            "{measure}: {number} publications, about {years}",
            row["count"],
            measure=measure,
            years=years,
        )
        lines.append(f"{line}.")
    return lines
