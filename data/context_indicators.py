"""Indicators of a municipality that are not about child poverty itself: the money, income, social assistance, debts, inhabitants."""

from __future__ import annotations

import pandas as pd

from data.facts import fact, format_amount
from data.harmonise import harmonise
from data.indicator import REGION_COLUMNS, Indicator, figures, no_regions, ratio, regional_sums, source_title
from data.language import format_number, gettext, ngettext
from data.merging_error import NEARLY_EVEN, UNEVEN, count_error
from data.package import table
from data.regions import COUNTRY
from data.sums import estimated_amounts

HALF_STEP = {"social_assistance_recipients_count": 5.0, "inhabitants_15_and_older_count": 5.0, "debt_restructuring_persons_count": 2.5}
FEWEST_PERSONS = 10
HALF_PERCENT, HALF_HUNDRED_EUR = 0.5, 50.0
YEAR_OF_MUNICIPALITIES = 2023
CLASSIFICATION_OF_INCOME = 2022
CONTEXT_TABLES = ("municipal_context", "boundary_changes")
ADULT_AGE = 15


def budget_text() -> str:
    """Return the amount of a year that the state divides over municipalities, in words: ``85 miljoen euro``."""
    amount = fact("municipal_child_poverty_funding").value
    return ngettext("{amount} euro", "{amount} euros", amount, amount=format_amount(amount))


def _funding() -> list[Indicator]:
    amounts = estimated_amounts()
    year = str(amounts["year"].iloc[0])
    budget = budget_text()
    amounts = amounts.assign(funding_share_pct=100 * amounts["amount_eur"] / amounts["amount_eur"].sum())
    shared = {
        "first_place": gettext("largest amount"),
        "tables": ("municipal_child_poverty", "boundary_changes", "ledger", "context"),
        "sources": (
            source_title("municipal_child_poverty"),
            fact("municipal_child_poverty_funding").document,
            fact("du_key_data_year").document,
        ),
    }
    shares = figures(amounts, "funding_share_pct", quality="modelled")
    euros = figures(amounts, "amount_eur", quality="modelled")
    note = gettext("Sum of the municipalities.")
    return [
        Indicator(
            indicator_id="funding_share_pct",
            label=gettext("Share of the {budget}", budget=budget),
            unit=gettext("percent of the {budget}", budget=budget),
            short_unit=gettext("percent"),
            decimals=2,
            definition=gettext(
                "Estimate of the share in the {budget} that the state paid to municipalities for children in poverty for {year}: the share "
                "of the municipality in the children that the key counted.",
                budget=budget,
                year=year,
            ),
            values=shares,
            regions=regional_sums(shares),
            region_note=note,
            **shared,
        ),
        Indicator(
            indicator_id="funding_eur",
            label=gettext("Euros of the {budget}", budget=budget),
            unit=gettext("euros"),
            short_unit=gettext("euros"),
            decimals=-2,
            definition=gettext(
                "Estimate of what the municipality received of the {budget} for {year}; not an amount that the state published.",
                budget=budget,
                year=year,
            ),
            values=euros,
            regions=regional_sums(euros),
            region_note=note,
            **shared,
        ),
    ]


def _income() -> Indicator:
    frame = table("municipal_household_income")
    areas = table("municipalities")[["municipality_code"]]
    changes = table("boundary_changes")
    changed = set(changes.loc[changes["year"] > CLASSIFICATION_OF_INCOME, "new_code"])
    years = pd.DataFrame({"year": sorted(frame["year"].unique())})
    frame = areas.merge(years, how="cross").merge(frame, on=["municipality_code", "year"], how="left")
    frame.loc[frame["municipality_code"].isin(changed), "median_standardised_income_eur"] = pd.NA
    return Indicator(
        indicator_id="median_standardised_income_eur",
        label=gettext("Median income of a household"),
        unit=gettext("euros per year"),
        short_unit=gettext("euros"),
        decimals=-2,
        definition=gettext(
            "Half of the households has more, the other half less. Income after taxes, adjusted for the size and composition of the "
            "household; in euros of that year."
        ),
        first_place=gettext("highest income"),
        tables=("municipal_household_income",),
        sources=(source_title("municipal_household_income"),),
        values=figures(
            frame,
            "median_standardised_income_eur",
            error_max=HALF_HUNDRED_EUR,
            quality="exact",
            reason=gettext("CBS counted before the last merger, and the middle of several municipalities cannot be added up"),
        ),
        regions=no_regions(),
        region_note=gettext("The middle of municipalities cannot be added up to that of a province or the country."),
    )


def _context(column: str) -> pd.DataFrame:
    """Return one number of table ``municipal_context`` on the municipalities of 2025, in the form of `Indicator.values`."""
    raw = table("municipal_context")
    prefix = column.removesuffix("_recipients_count").removesuffix("_persons_count")
    absence = f"{prefix}_absence"
    columns = [column, absence] if absence in raw else [column]
    years = raw.loc[raw[column].notna(), "year"].unique()
    raw = raw[raw["year"].isin(years)][["municipality_code", "year", *columns]]
    frame = harmonise(raw)
    keys = pd.MultiIndex.from_frame(frame[["municipality_code", "year"]])
    unevenness = NEARLY_EVEN if column.startswith("inhabitants") else UNEVEN
    error = count_error(raw, column, HALF_STEP.get(column, 0.0), unevenness).reindex(keys).to_numpy()
    merged = frame["source_municipalities_count"].gt(1)
    given = {"absence": frame[absence].fillna(""), "reason": _reasons(frame[absence], merged)} if absence in frame else {}
    quality = pd.Series("exact", index=frame.index).mask(merged, "computed")
    return figures(frame, column, error_max=error, quality=quality, **given)


def _reasons(absence: pd.Series, merged: pd.Series) -> pd.Series:
    number = format_number(FEWEST_PERSONS)
    whole = gettext("CBS does not publish numbers below {number}", number=number)
    part = gettext("CBS does not publish numbers below {number}, and a municipality that is now part of this one had fewer", number=number)
    words = pd.Series(whole, index=absence.index).where(~merged, part)
    return words.where(absence.eq("suppressed").fillna(False), gettext("it is not in the file of CBS that we have"))


def _social_assistance() -> list[Indicator]:
    persons = _context("social_assistance_recipients_count")
    adults = _context("inhabitants_15_and_older_count")
    keys = ["municipality_code", "year"]
    shares = ratio(persons, adults, keys)
    regions = regional_sums(persons)
    return [
        Indicator(
            indicator_id="social_assistance_pct",
            label=gettext("People on social assistance"),
            unit=gettext("percent of the inhabitants of {age} years and older", age=ADULT_AGE),
            short_unit=gettext("percent"),
            decimals=1,
            definition=gettext(
                "People with social assistance, also those with a pension, in percent of the inhabitants of {age} years and older.",
                age=ADULT_AGE,
            ),
            first_place=gettext("highest share"),
            tables=CONTEXT_TABLES,
            sources=(source_title("municipal_context", "bijstand"),),
            values=shares,
            regions=ratio(regions, regional_sums(adults), ["region_code", "year"])[REGION_COLUMNS],
            region_note=gettext("Computed from the numbers of the municipalities."),
        ),
        Indicator(
            indicator_id="social_assistance_recipients_count",
            label=gettext("People on social assistance, number"),
            unit=gettext("people"),
            short_unit=gettext("people"),
            decimals=-1,
            definition=gettext("People with social assistance, also those with a pension, rounded to tens by CBS."),
            first_place=gettext("most people"),
            tables=CONTEXT_TABLES,
            sources=(source_title("municipal_context", "bijstand"),),
            values=persons,
            regions=regions,
            region_note=gettext("Sum of the municipalities."),
        ),
    ]


def _debts() -> Indicator:
    return Indicator(
        indicator_id="debt_restructuring_persons_count",
        label=gettext("People in statutory debt restructuring"),
        unit=gettext("people"),
        short_unit=gettext("people"),
        decimals=0,
        definition=gettext(
            "People whose debts are being settled by a court (Wsnp), rounded to fives by CBS. Most people with debts are not in it."
        ),
        first_place=gettext("most people"),
        tables=CONTEXT_TABLES,
        sources=(source_title("municipal_context", "schuldsanering"),),
        values=_context("debt_restructuring_persons_count"),
        regions=no_regions(),
        region_note=gettext("Numbers below {number} are not published, so that we cannot add them up.", number=FEWEST_PERSONS),
    )


def _inhabitants() -> list[Indicator]:
    areas = table("municipalities").assign(year=YEAR_OF_MUNICIPALITIES)
    latest = figures(areas, "inhabitants_count", error_max=0.0, quality="exact")
    values = pd.concat([_context("inhabitants_count"), latest], ignore_index=True)
    weighted = areas.assign(value=areas["children_0_14_pct"].astype(float) * areas["inhabitants_count"].astype(float))
    both = pd.concat([weighted, weighted.assign(province_code=COUNTRY)]).groupby("province_code")
    shares = (both["value"].sum() / both["inhabitants_count"].sum().astype(float)).rename_axis("region_code").reset_index(name="value")
    return [
        Indicator(
            indicator_id="inhabitants_count",
            label=gettext("Inhabitants"),
            unit=gettext("inhabitants"),
            short_unit=gettext("inhabitants"),
            decimals=0,
            definition=gettext("Inhabitants on the first day of the year."),
            first_place=gettext("most inhabitants"),
            tables=("municipalities", "municipal_context"),
            sources=(source_title("municipalities"), source_title("municipal_context", "inhabitants")),
            values=values,
            regions=regional_sums(values),
            region_note=gettext("Sum of the municipalities."),
        ),
        Indicator(
            indicator_id="children_0_14_pct",
            label=gettext("Share of young children"),
            unit=gettext("percent of inhabitants"),
            short_unit=gettext("percent"),
            decimals=0,
            definition=gettext(
                "Inhabitants younger than {age} years, in percent of all inhabitants on the first day of the year.", age=ADULT_AGE
            ),
            first_place=gettext("highest share"),
            tables=("municipalities",),
            sources=(source_title("municipalities"),),
            values=figures(areas, "children_0_14_pct", error_max=HALF_PERCENT, quality="exact"),
            regions=shares.assign(year=YEAR_OF_MUNICIPALITIES, error_max=HALF_PERCENT)[REGION_COLUMNS],
            region_note=gettext("Computed from the numbers of the municipalities."),
        ),
    ]


def context_indicators() -> list[Indicator]:
    """Return the indicators of money, income, social assistance, debts and inhabitants."""
    return [*_funding(), _income(), *_social_assistance(), _debts(), *_inhabitants()]
