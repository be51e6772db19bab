"""Indicators of child poverty per municipality: three measures, which are never compared with each other."""

from __future__ import annotations

import math

import pandas as pd
from babel.lists import format_list

from data.facts import fact
from data.harmonise import harmonise
from data.indicator import REGION_COLUMNS, Indicator, figures, no_regions, regional_sums, source_title
from data.language import gettext, language
from data.merging_error import count_error, percentage_error, weight_deviation
from data.municipal import POVERTY_LINE_TABLE, poverty_line_by_municipality
from data.package import table
from data.regions import COUNTRY, regional_means
from data.trends import HALF_HUNDRED, HALF_TENTH, national_series

RISK, LOW_INCOME = "municipal_child_poverty", "municipal_low_income"
RISK_TABLES = (RISK, "boundary_changes")


def poverty_risk() -> pd.DataFrame:
    """Return the children with a chance of poverty on the municipalities of 2025, with the whole error of each percentage.

    Returns
    -------
    pandas.DataFrame
        As `data.harmonise` returns table ``municipal_child_poverty``; ``error_max_pct`` also has what merging and dividing add, see
        `data.merging_error`, and ``parts_error_max_pct`` is the error without that, for `data.regions.regional_means`.
    """
    frame = table(RISK)
    result = harmonise(frame)
    added = percentage_error(frame, "poverty_risk_120_pct", "children_estimated_count", weight_deviation())
    keys = pd.MultiIndex.from_frame(result[["municipality_code", "year"]])
    error = result["error_max_pct"].astype(float)
    return result.assign(parts_error_max_pct=error, error_max_pct=error + added.reindex(keys).to_numpy())


def poverty_risk_regions() -> pd.DataFrame:
    """Return the same share for provinces and the Netherlands, all years made in one way; see `data.regions.regional_means`."""
    return regional_means(poverty_risk(), "poverty_risk_120_pct")


def _published_in_the_netherlands(column: str, error_max: float) -> pd.DataFrame:
    """Return what CBS itself published of the risk of poverty in the Netherlands, in the form of `Indicator.regions`."""
    known = national_series("poverty_risk_120").dropna(subset=[column])
    values = {"year": known["year"].astype(int), "value": known[column].astype(float)}
    return pd.DataFrame({"region_code": COUNTRY, **values, "error_max": error_max})


def _poverty_risk_pct() -> Indicator:
    frame = poverty_risk()
    regions = poverty_risk_regions().rename(columns={"poverty_risk_120_pct": "value", "error_max_pct": "error_max"})
    country = _published_in_the_netherlands("children_pct", HALF_TENTH)
    replaced = regions["region_code"].eq(COUNTRY) & regions["year"].isin(country["year"])
    return Indicator(
        indicator_id="poverty_risk_120_pct",
        of_children=True,
        label=gettext("Children at risk of poverty"),
        unit=gettext("percent of children"),
        short_unit=gettext("percent"),
        decimals=1,
        definition=gettext(
            "Minors in a household of more than one person whose parents have an income up to {limit} percent of the social minimum, in "
            "percent of all minors.",
            limit=fact("du_key_income_limit").value,
        ),
        first_place=gettext("highest share"),
        tables=RISK_TABLES,
        sources=(source_title(RISK),),
        values=figures(frame, "poverty_risk_120_pct", error_max=frame["error_max_pct"], quality=frame["quality"]),
        regions=pd.concat([regions[~replaced], country])[REGION_COLUMNS],
        region_note=gettext(
            "The figure of the Netherlands for {year} is that of CBS. Those of provinces we computed from the municipalities.",
            year=str(country["year"].max()),
        ),
    )


def _poverty_risk_count() -> Indicator:
    raw = table(RISK).dropna(subset=["poverty_risk_120_count"])
    frame = harmonise(raw[["municipality_code", "year", "poverty_risk_120_count", "quality"]])
    error = count_error(raw, "poverty_risk_120_count", HALF_HUNDRED)
    keys = pd.MultiIndex.from_frame(frame[["municipality_code", "year"]])
    values = figures(frame, "poverty_risk_120_count", error_max=error.reindex(keys).to_numpy(), quality=frame["quality"])
    country = _published_in_the_netherlands("children_count", HALF_HUNDRED)
    sums = regional_sums(values)
    return Indicator(
        indicator_id="poverty_risk_120_count",
        label=gettext("Children at risk of poverty, number"),
        unit=gettext("children"),
        short_unit=gettext("children"),
        decimals=0,
        definition=gettext(
            "Minors in a household of more than one person whose parents have an income up to {limit} percent of the social minimum, "
            "rounded to hundreds by CBS.",
            limit=fact("du_key_income_limit").value,
        ),
        first_place=gettext("most children"),
        tables=RISK_TABLES,
        sources=(source_title(RISK),),
        values=values,
        regions=pd.concat([sums[sums["region_code"] != COUNTRY], country])[REGION_COLUMNS],
        region_note=gettext("The number of the Netherlands is that of CBS. Those of provinces are sums of rounded numbers."),
    )


def _children() -> Indicator:
    frame = harmonise(table(RISK)[["municipality_code", "year", "children_estimated_count"]])
    values = figures(frame, "children_estimated_count", quality="estimated")
    return Indicator(
        indicator_id="children_estimated_count",
        label=gettext("Children"),
        unit=gettext("children"),
        short_unit=gettext("children"),
        decimals=-1,
        definition=gettext("Estimate of the number of minors, from the inhabitants of each municipality."),
        first_place=gettext("most children"),
        tables=RISK_TABLES,
        sources=(source_title(RISK, "inhabitants"),),
        values=values,
        regions=regional_sums(values),
        region_note=gettext("Sum of the municipalities."),
    )


def _low_income_frame() -> pd.DataFrame:
    """Return every municipality of 2025 in every year of table ``municipal_low_income``, with province; empty outside five provinces."""
    areas = table("municipalities")[["municipality_code", "province_code", "province_name"]]
    frame = table(LOW_INCOME).drop(columns="municipality_name")
    years = pd.DataFrame({"year": sorted(frame["year"].unique())})
    return areas.merge(years, how="cross").merge(frame, on=["municipality_code", "year"], how="left", validate="one_to_one")


def _low_income_reasons(frame: pd.DataFrame) -> pd.Series:
    """Return why a municipality has no figure of children below the low-income threshold."""
    provinces = sorted(frame.loc[frame["low_income_pct"].notna(), "province_name"].unique())
    outside = gettext("our table of CBS only has municipalities in {provinces}", provinces=format_list(provinces, locale=language()))
    return pd.Series(gettext("CBS gives no figure in this table"), index=frame.index).where(frame["province_name"].isin(provinces), outside)


def _rounded_weights(frame: pd.DataFrame) -> pd.Series:
    """Return what the rounding of the numbers of children adds to the error of a province at most, in percentage points."""
    share, children = frame["low_income_pct"].astype(float), frame["children_count"].astype(float)
    keys = [frame["province_code"].astype(str).rename("region_code"), frame["year"].astype(int)]
    total = children.groupby(keys).transform("sum")
    mean = (share * children).groupby(keys).transform("sum") / total
    return ((share - mean).abs() * HALF_HUNDRED / total).groupby(keys).sum()


def _low_income_of_provinces(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the share of each province in the years in which every municipality of it has a figure, as `data.indicator` needs it."""
    whole = frame["low_income_pct"].notna().groupby([frame["province_code"], frame["year"]]).transform("all")
    known = frame[whole].assign(error_max_pct=HALF_TENTH)
    columns = ["municipality_code", "province_code", "province_name", "year", "children_count", "low_income_pct", "error_max_pct"]
    means = regional_means(known[columns].astype({name: float for name in columns[4:]} | {"year": int}), "low_income_pct")
    means = means[means["region_code"] != COUNTRY].rename(columns={"low_income_pct": "value", "error_max_pct": "error_max"})
    added = _rounded_weights(known).reindex(pd.MultiIndex.from_frame(means[["region_code", "year"]])).to_numpy()
    return means.assign(error_max=means["error_max"] + added)[REGION_COLUMNS]


def _low_income() -> list[Indicator]:
    frame = _low_income_frame()
    given = {"quality": frame["status"], "reason": _low_income_reasons(frame)}
    shares = figures(frame, "low_income_pct", error_max=HALF_TENTH, **given)
    counts = figures(frame, "low_income_count", error_max=HALF_HUNDRED, **given)
    no_country = gettext("The table has no figure of the whole country. Figures of provinces we computed from the municipalities.")
    label = gettext("Children below the low-income threshold")
    return [
        Indicator(
            indicator_id="low_income_pct",
            of_children=True,
            label=label,
            unit=gettext("percent of children"),
            short_unit=gettext("percent"),
            decimals=1,
            definition=gettext(
                "Minors in a household with an income below the low-income threshold of CBS, in percent of the minors in households with "
                "a known income. Another measure than the risk of poverty: the two cannot be compared."
            ),
            first_place=gettext("highest share"),
            tables=(LOW_INCOME,),
            sources=(source_title(LOW_INCOME),),
            values=shares,
            regions=_low_income_of_provinces(frame),
            region_note=no_country,
        ),
        Indicator(
            indicator_id="low_income_count",
            label=gettext("Children below the low-income threshold, number"),
            unit=gettext("children"),
            short_unit=gettext("children"),
            decimals=0,
            definition=gettext("Minors in a household with an income below the low-income threshold of CBS, rounded to hundreds by CBS."),
            first_place=gettext("most children"),
            tables=(LOW_INCOME,),
            sources=(source_title(LOW_INCOME),),
            values=counts,
            regions=regional_sums(counts[counts["value"].notna()]),
            region_note=no_country,
        ),
    ]


def _new_line() -> list[Indicator]:
    frame = poverty_line_by_municipality()
    if frame is None:
        return []
    reasons = {
        "suppressed": gettext("CBS withholds it: too few children"),
        "missing": gettext("CBS does not list the municipality in this table"),
    }
    given = {"quality": frame["quality"], "absence": frame["absence"], "reason": frame["absence"].map(reasons)}
    definition = gettext("Minors in a household with an income below the new poverty line of CBS, SCP and Nibud, in percent of all minors.")
    note = gettext("The table at hand has municipalities only.")
    shared = {
        "tables": (POVERTY_LINE_TABLE,),
        "sources": (gettext("CBS StatLine, table 86132NED"),),
        "regions": no_regions(),
        "region_note": note,
    }
    return [
        Indicator(
            indicator_id="poverty_line_2024_pct",
            of_children=True,
            label=gettext("Children below the new poverty line"),
            unit=gettext("percent of children"),
            short_unit=gettext("percent"),
            decimals=1,
            definition=definition,
            first_place=gettext("highest share"),
            values=figures(frame, "poverty_line_2024_pct", error_max=frame["error_max_pct"], **given),
            **shared,
        ),
        Indicator(
            indicator_id="poverty_line_2024_count",
            label=gettext("Children below the new poverty line, number"),
            unit=gettext("children"),
            short_unit=gettext("children"),
            decimals=0,
            definition=gettext("Minors in a household with an income below the new poverty line of CBS, SCP and Nibud."),
            first_place=gettext("most children"),
            values=figures(frame, "poverty_line_2024_count", error_max=math.nan, **given),
            **shared,
        ),
    ]


def poverty_indicators() -> list[Indicator]:
    """Return the indicators of child poverty; the new poverty line only when a refresh has brought its table."""
    return [_poverty_risk_pct(), _poverty_risk_count(), *_low_income(), *_new_line(), _children()]
