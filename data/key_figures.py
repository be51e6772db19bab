"""The key figures of a municipality: the latest figure of each indicator, its place in the row, province and country beside it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from data.comparison import places
from data.few_children import few_children, no_place_reason
from data.indicator import Indicator, significant, value_text
from data.language import format_number, gettext, ngettext
from data.package import table
from data.quality import quality_text
from data.regions import COUNTRY
from data.summary import Summary

HUNDREDTH = 0.01
ROUNDING = 1e-6
RANKS = ("rank", "shared_count", "rank_first", "rank_last", "rank_count")


@dataclass(frozen=True, repr=False)
class KeyFigure(Summary):
    """One figure of one municipality, with everything that a reader needs to judge it.

    Parameters
    ----------
    figure_id : str
        Id of the indicator, see `data.indicators`.
    label, unit, short_unit, definition, first_place : str
        As in `data.indicator.Indicator`.
    decimals : int
        Decimals to show; below zero, the figure is shown in tens or hundreds.
    digits : int or None
        Digits that count, see `data.indicator.Indicator`.
    year : int
        Year of the figure.
    value : float or None
        The figure; None when there is none.
    error_max : float or None
        Its largest error, in its unit; None when unknown.
    quality : str
        Id of its quality (`data.quality.quality_words`); empty when there is no figure.
    absence : str
        ``missing`` or ``suppressed``; empty when there is a figure.
    absence_reason : str
        Why there is no figure, in words; empty when there is one.
    rank, shared_count, rank_first, rank_last, rank_count : int or None
        Place (1 is the highest), how many municipalities share it, first and last place that the errors leave open, and how many
        municipalities have a place. None when there is no figure or no place, and for the places left open when an error is unknown.
    no_place_reason : str
        Why the figure has no place, in words; empty when it has one or when there is no figure.
    province_value, province_error, national_value, national_error : float or None
        The same measure, publication and year for the province and the Netherlands, with the largest error.
    region_note : str
        How these came about, or why there are none.
    sources : tuple of str
        Titles of the sources.
    tables : tuple of str
        Tables of the data package.
    """

    figure_id: str
    label: str
    unit: str
    short_unit: str
    definition: str
    first_place: str
    decimals: int
    digits: int | None
    year: int
    value: float | None
    error_max: float | None
    quality: str
    absence: str
    absence_reason: str
    rank: int | None
    shared_count: int | None
    rank_first: int | None
    rank_last: int | None
    rank_count: int | None
    no_place_reason: str
    province_value: float | None
    province_error: float | None
    national_value: float | None
    national_error: float | None
    region_note: str
    sources: tuple[str, ...]
    tables: tuple[str, ...]

    @property
    def value_text(self) -> str:
        """The figure as the reader sees it, without its unit; the reason in words when there is none."""
        if self.value is None:
            return gettext("no figure: {reason}", reason=self.absence_reason)
        return value_text(self.value, self.decimals, math.nan if self.error_max is None else self.error_max, self.digits)

    @property
    def full_text(self) -> str:
        """The figure with its unit; the reason in words when there is none."""
        return self.value_text if self.value is None else f"{self.value_text} {self.unit}"

    @property
    def province_text(self) -> str:
        """The figure of the province as the reader sees it; empty when there is none."""
        return "" if self.province_value is None else value_text(self.province_value, self.decimals, digits=self.digits)

    @property
    def national_text(self) -> str:
        """The figure of the Netherlands as the reader sees it; empty when there is none."""
        return "" if self.national_value is None else value_text(self.national_value, self.decimals, digits=self.digits)

    @property
    def error_text(self) -> str:
        """The largest error as the reader sees it, with its unit; empty when there is none or no figure."""
        if self.value is None or self.error_max == 0:
            return ""
        if self.error_max is None:
            return gettext("size of the error unknown")
        if self.figure_id.endswith("_pct"):
            if self.error_max < HUNDREDTH:
                return gettext("less than {error} percentage points off", error=self.error_number)
            return gettext("at most {error} percentage points off", error=self.error_number)
        return gettext("at most {error} {unit} off", error=self.error_number, unit=self.short_unit)

    @property
    def error_number(self) -> str:
        """The largest error without its unit, rounded up; empty when there is none, no figure, or the error is unknown."""
        if self.value is None or not self.error_max:
            return ""
        if self.figure_id.endswith("_pct"):
            return format_number(max(_up(self.error_max, 2), HUNDREDTH), 2)
        decimals = 0 if self.error_max >= 10 or float(self.error_max).is_integer() else 1
        return format_number(_up(self.error_max, decimals), decimals)

    @property
    def quality_text(self) -> str:
        """How good the figure is, in words; empty when there is none."""
        return quality_text(self.quality, math.nan if self.error_max is None else self.error_max)

    @property
    def rank_text(self) -> str:
        """The place in words: ``plaats 12 van 342``; that there is none when the figure has none; empty when there is no figure."""
        if self.no_place_reason:
            return gettext("no place")
        if self.rank is None:
            return ""
        return gettext("place {rank} of {count}", rank=format_number(self.rank), count=format_number(self.rank_count))

    @property
    def rank_note(self) -> str:
        """What place 1 means, who shares the place, and which places the errors leave open, or why there is no place.

        Empty when there is no figure.
        """
        if self.rank is None:
            return self.no_place_reason
        sentences = [gettext("Place 1: {meaning}.", meaning=self.first_place)]
        if self.shared_count > 1:
            others = self.shared_count - 1
            sentences.append(
                ngettext("{number} other municipality has the same place.", "{number} other municipalities have the same place.", others)
            )
        if self.rank_first is None:
            sentences.append(gettext("How certain the place is we cannot say: the error of the figures is unknown."))
        elif (self.rank_first, self.rank_last) != (self.rank, self.rank + self.shared_count - 1):
            sentences.append(
                gettext(
                    "Because of the error of the figures it may be place {first} up to and including {last}.",
                    first=format_number(self.rank_first),
                    last=format_number(self.rank_last),
                )
            )
        return " ".join(sentences)

    def summary(self) -> tuple[str, dict[str, str]]:
        """Return the figure with everything beside it in words; see `data.summary.Summary`."""
        return gettext("key figure {name}", name=self.figure_id), {
            gettext("Name"): self.label,
            gettext("Value"): self.full_text,
            gettext("Year"): str(self.year),
            gettext("Error"): self.error_text,
            gettext("Quality"): self.quality_text,
            gettext("Place in the row"): self.rank_text,
            gettext("Province"): self.province_text,
            gettext("Netherlands"): self.national_text,
            gettext("Meaning"): self.definition,
            gettext("Sources"): "; ".join(self.sources),
        }


def _up(error: float, decimals: int) -> float:
    """Round an error up, so that it is never told smaller than it is."""
    return math.ceil(error * 10**decimals - ROUNDING) / 10**decimals


def _number(value: object) -> float | None:
    return None if pd.isna(value) else float(value)


def _whole(value: object) -> int | None:
    return None if pd.isna(value) else int(value)


def figures_of(indicator: Indicator) -> dict[str, KeyFigure]:
    """Return the key figure of an indicator for each municipality of 2025."""
    year = indicator.latest_year
    frame = indicator.of_year(year)
    told = (
        frame["value"]
        if indicator.digits is None
        else frame["value"].map(lambda value: significant(value, indicator.digits), na_action="ignore")
    )
    frame = frame.join(places(told, frame["error_max"], indicator.decimals))
    jumping = frame.index.isin(few_children()) & frame["value"].notna() if indicator.of_children else pd.Series(False, index=frame.index)
    frame.loc[jumping, [*RANKS]] = pd.NA
    frame["no_place_reason"] = pd.Series("", index=frame.index).mask(jumping, no_place_reason())
    regions = indicator.regions[indicator.regions["year"] == year].set_index("region_code")[["value", "error_max"]].to_dict("index")
    province = table("municipalities").set_index("municipality_code")["province_code"].astype(str).to_dict()
    shared = {
        name: getattr(indicator, name)
        for name in ("label", "unit", "short_unit", "definition", "first_place", "decimals", "digits", "region_note", "sources", "tables")
    }

    def of_region(code: str, column: str) -> float | None:
        return _number(regions[code][column]) if code in regions else None

    return {
        code: KeyFigure(
            figure_id=indicator.indicator_id,
            year=year,
            value=_number(row["value"]),
            error_max=_number(row["error_max"]),
            quality=row["quality"],
            absence=row["absence"],
            absence_reason=row["reason"],
            **{name: _whole(row[name]) for name in RANKS},
            no_place_reason=row["no_place_reason"],
            province_value=of_region(province[code], "value"),
            province_error=of_region(province[code], "error_max"),
            national_value=of_region(COUNTRY, "value"),
            national_error=of_region(COUNTRY, "error_max"),
            **shared,
        )
        for code, row in zip(frame.index, frame.to_dict("records"), strict=True)
    }
