"""De halvering: how fast child poverty must fall to be halved, how fast it fell so far, and when the target would be met.

A halving is counted within one measure and one publication. The target for 2030 and that of the Rutte IV cabinet for 2025 belong to
different measures and stay apart: the choice of the measure brings its own base year and figures.
"""

from __future__ import annotations

import pandas as pd

from data import targets
from data.facts import fact
from data.language import format_number, gettext
from data.trends import HALF_TENTH, Change
from widgets.controls import Choice, Range, Readout
from widgets.model import Model, Quantity
from widgets.scenarios.wording import cite

OUTCOMES = ["needed_pace_pct", "reached_year", "share_in_target_year_pct", "children_in_target_year_count"]
YEARS = 31
HALVING_PCT = 50

MODEL = Model(
    "halving",
    inputs=[
        Quantity("base_year", gettext("base year"), "year"),
        Quantity("base_pct", gettext("share in the base year"), "percent", gettext("Of all minor children."), decimals=1),
        Quantity("last_year", gettext("last year of this series"), "year"),
        Quantity("last_pct", gettext("share in the last year"), "percent", gettext("Of all minor children."), decimals=1),
        Quantity("children_total_count", gettext("all minor children"), "child"),
        Quantity("reduction_pct", gettext("reduction wanted"), "percent"),
        Quantity("target_year", gettext("target year"), "year"),
        Quantity("pace_pct", gettext("fall per year"), "percent", gettext("Each year the share gets this percentage smaller."), decimals=1),
    ],
    columns={
        "year": [
            Quantity("elapsed_years", gettext("years after the base year"), "year"),
            Quantity("published_pct", gettext("published share"), "percent", gettext("Empty for a year without a figure."), decimals=1),
            Quantity(
                "estimated_pct", gettext("share estimated by CPB"), "percent", gettext("Empty for a year without a figure."), decimals=1
            ),
        ]
    },
    equations=[
        (Quantity("target_pct", gettext("target"), "percent", decimals=2), "base_pct*(1 - share(reduction_pct))"),
        (
            Quantity("needed_pace_pct", gettext("fall per year needed from the base year"), "percent", decimals=1),
            "percent(1 - (target_pct/base_pct)**(1/(target_year - base_year)))",
        ),
        (
            Quantity("pace_so_far_pct", gettext("fall per year so far"), "percent", decimals=1),
            "percent(1 - (last_pct/base_pct)**(1/(last_year - base_year)))",
        ),
        (
            Quantity("needed_pace_from_last_pct", gettext("fall per year needed from the last year"), "percent", decimals=1),
            "percent(maximum(0, 1 - (target_pct/last_pct)**(1/(target_year - last_year))))",
        ),
        (
            Quantity("reached_year", gettext("year in which the target is met, from the base year"), "year"),
            "base_year + years_until(base_pct, target_pct, 1 - share(pace_pct))",
        ),
        (
            Quantity("reached_from_last_year", gettext("year in which the target is met, from the last year"), "year"),
            "where(last_pct <= target_pct, last_year, last_year + years_until(last_pct, target_pct, 1 - share(pace_pct)))",
        ),
        (
            Quantity("share_in_target_year_pct", gettext("share in the target year"), "percent", decimals=1),
            "base_pct*(1 - share(pace_pct))**(target_year - base_year)",
        ),
        (
            Quantity("children_in_target_year_count", gettext("children in the target year"), "child", decimals=-2),
            "share(share_in_target_year_pct)*children_total_count",
        ),
        (
            Quantity("children_above_target_count", gettext("children above the target in the target year"), "child", decimals=-2),
            "share(maximum(0, share_in_target_year_pct - target_pct))*children_total_count",
        ),
        (Quantity("calendar_year", gettext("calendar year"), "year"), "base_year + elapsed_years"),
        (Quantity("path_pct", gettext("share at this fall"), "percent", decimals=1), "base_pct*(1 - share(pace_pct))**elapsed_years"),
        (
            Quantity("target_path_pct", gettext("share on the way to the target"), "percent", decimals=1),
            "where(calendar_year < target_year, base_pct*(1 - share(needed_pace_pct))**elapsed_years, target_pct)",
        ),
        (Quantity("path_children_count", gettext("children at this fall"), "child", decimals=-2), "share(path_pct)*children_total_count"),
    ],
    axis_labels={"year": gettext("years")},
)


def controls() -> list[Range | Choice]:
    """Return what the reader sets."""
    target = _official("low_income")
    return [
        Choice(
            "series",
            key="maat",
            label=gettext("measure and base year"),
            options=series_labels(),
            default="low_income",
            compared=False,
            source="reduction_target_base_share",
        ),
        Range(
            "reduction_pct",
            key="minder",
            minimum=5,
            maximum=90,
            step=1,
            default=round(-target.relative_pct),
            source="reduction_target_share",
        ),
        Range("target_year", key="doeljaar", minimum=2025, maximum=2040, step=1, default=target.end_year, source="reduction_target_year"),
        Range(
            "pace_pct", key="daling", minimum=0, maximum=20, step=0.1, default=round(-target.yearly_pct, 1), source="reduction_target_share"
        ),
    ]


def presets() -> dict[str, dict[str, object]]:
    """Return the settings of the two official targets, by what the reader calls them."""
    result = {}
    names = {"low_income": gettext("indicative value for 2030"), "scp_line": gettext("target of the Rutte IV cabinet for 2025")}
    for series, label in names.items():
        official = _official(series)
        pace = 100 * (1 - (1 - HALVING_PCT / 100) ** (1 / official.years))
        result[label] = {"series": series, "reduction_pct": HALVING_PCT, "target_year": official.end_year, "pace_pct": round(pace, 1)}
    return result


def series_labels() -> dict[str, str]:
    """Return what the reader calls each series."""
    known = targets.target_series()
    messages = {
        "low_income": gettext("low-income threshold of CBS, from {year}"),
        "scp_line": gettext("line of SCP, from {year}"),
        "poverty_line_2024": gettext("new poverty line, first figures, from {year}"),
    }
    return {name: messages[name].format(year=known[name].base_year) for name in messages}


def _official(name: str) -> Change:
    """Return the change from the base year to the official target of a series."""
    series = targets.target_series()[name]
    return Change(series.base_year, series.target_year, series.change().start, series.target_pct, 0)


def constants() -> dict[str, dict[str, object]]:
    """Return the inputs that the reader does not set; they follow from the choice of the series."""
    changes = {name: series.change() for name, series in targets.target_series().items()}
    values = {
        "base_year": {name: change.start_year for name, change in changes.items()},
        "base_pct": {name: change.start for name, change in changes.items()},
        "last_year": {name: change.end_year for name, change in changes.items()},
        "last_pct": {name: change.end for name, change in changes.items()},
        "children_total_count": {name: targets.children_total_count(name) for name in changes},
    }
    return {name: {"by": "series", "values": options} for name, options in values.items()}


def columns() -> dict[str, pd.DataFrame]:
    """Return the years after the base year, for each ``series``, with what was published for them."""
    frames = []
    for name, series in targets.target_series().items():
        frame = pd.DataFrame({"elapsed": list(range(YEARS)), "series": name, "elapsed_years": [float(years) for years in range(YEARS)]})
        years = frame["elapsed"] + series.base_year
        figures = series.figures().set_index("year")
        measured_figures, estimates = (figures.loc[figures["estimate"] == kind, "children_pct"] for kind in (False, True))
        frames.append(frame.assign(published_pct=years.map(measured_figures), estimated_pct=years.map(estimates)))
    return {"year": pd.concat(frames, ignore_index=True)}


def measured() -> pd.DataFrame:
    """Return the published figures of each series, to draw beside the paths.

    Returns
    -------
    pandas.DataFrame
        Columns ``series``, ``year``, ``children_pct`` and ``estimate`` (a projection of CPB, not a measurement). Points of one
        series come from one publication; points of two series may not be joined or compared.
    """
    frames = [series.figures().assign(series=name) for name, series in targets.target_series().items()]
    return pd.concat(frames, ignore_index=True)[["series", "year", "children_pct", "estimate"]]


def assumptions() -> list[str]:
    """Return what the scenario supposes, in Markdown."""
    target, low_income = _official("low_income"), targets.target_series()["low_income"].change()
    return [
        gettext(
            "The indicative value is from {base} in {base_year} to {target} in {target_year}. That is a fall of {pace} percent a year, "
            "each year compared "
            "with the year before. The letter does not name the measure; we read it as the low-income threshold of CBS.",
            base=cite("reduction_target_base_share"),
            base_year=cite("reduction_target_base_year"),
            target=cite("reduction_target_share"),
            target_year=cite("reduction_target_year"),
            pace=format_number(-target.yearly_pct, 1),
        ),
        gettext(
            "The Rutte IV cabinet had a target of its own: a halving by {year}. According to CPB that comes down to {target}, with the "
            "line of SCP. We count "
            "from {base} in {base_year}; our source does not name the base year. "
            "An exact halving of that share is {half} percent.",
            year=fact("target_children_share_2025_rutte4").period,
            target=cite("target_children_share_2025_rutte4"),
            base=cite("cpb_scp_children_share_2015_dec2023"),
            base_year=fact("cpb_scp_children_share_2015_dec2023").period,
            half=format_number(fact("cpb_scp_children_share_2015_dec2023").value * (1 - HALVING_PCT / 100), 2),
        ),
        gettext("The new poverty line has no official target. A halving with that line is a sum of ours."),
        gettext("The fall is the same percentage every year. Real figures go up and down."),
        gettext(
            "Within one publication the share below the low-income threshold fell from {start} to {end} percent between {start_year} "
            "and {end_year}: {pace} percent a year. "
            "In {end_year} there was temporary support, such as the energy allowance.",
            start=format_number(low_income.start, 1),
            end=format_number(low_income.end, 1),
            start_year=str(low_income.start_year),
            end_year=str(low_income.end_year),
            pace=format_number(-low_income.yearly_pct, 1),
        ),
        gettext(
            "Numbers of children are the share times one number of children per measure, computed from a published number and "
            "percentage. It stays the same in "
            "all years. By rounding it can be about {error} percent off.",
            error=format_number(100 * HALF_TENTH / low_income.end, 0),
        ),
    ]


def limits() -> list[str]:
    """Return how far the results may be trusted, in Markdown."""
    return [
        gettext("The measures are different quantities. A share with one measure may not be set beside a share with another."),
        gettext(
            "With the line of SCP only {year} is measured; the later figures are estimates of CPB, made before the year was over. "
            "Whether the target for {target_year} was met "
            "cannot be said with them.",
            year=fact("cpb_scp_children_share_2015_dec2023").period,
            target_year=fact("target_children_share_2025_rutte4").period,
        ),
        gettext(
            "For {year} there is a figure of {share} below the low-income threshold, from a website that quotes CBS. It is not from the "
            "same publication and is not in "
            "this sum; if it is right, the indicative value for 2030 was met then.",
            year=fact("low_income_children_share_nl_2023").period,
            share=cite("low_income_children_share_nl_2023"),
        ),
        gettext(
            "The first figures with the new poverty line are provisional; CBS later changed {year} to {share}.",
            year=fact("new_children_share_nl_2023_revised").period,
            share=cite("new_children_share_nl_2023_revised"),
        ),
        gettext("A year in the future is where an equal fall leads, not an expectation. What policy does is not in the sum."),
    ]


def readouts() -> list[Readout]:
    """Return the main results in sentences."""
    return [
        Readout(
            "reached_year",
            more=gettext("At this fall the target is met around {value}, {difference} years later than at the start."),
            less=gettext("At this fall the target is met around {value}, {difference} years earlier than at the start."),
            same=gettext("At this fall the target is met around {value}."),
            undefined=gettext("Without a fall the target is not met."),
        ),
        Readout(
            "needed_pace_pct",
            more=gettext(
                "For this target a fall of {value} percent a year is needed, {difference} percentage points more than at the start."
            ),
            less=gettext(
                "For this target a fall of {value} percent a year is needed, {difference} percentage points less than at the start."
            ),
            same=gettext("For this target a fall of {value} percent a year is needed."),
            undefined=gettext("The fall that is needed cannot be computed."),
        ),
        Readout(
            "children_in_target_year_count",
            more=gettext("In the target year about {value} children would be left in poverty, {difference} more than at the start."),
            less=gettext("In the target year about {value} children would be left in poverty, {difference} fewer than at the start."),
            same=gettext("In the target year about {value} children would be left in poverty."),
            undefined=gettext("The number of children in the target year cannot be computed."),
        ),
    ]


# Half in 15 years: 0.5 to the power 1/15 is 0.954842; half in 10 years: 0.933033; half in 12 years: 0.943874.
# From 9.2 to 5.2 percent in seven years: 0.565217 to the power 1/7 is 0.921727. 9.2 percent times 0.955, 15 times, is 4.611460.
# All children with the low-income threshold: 165,000 / 0.052 = 3,173,076.9.
KNOWN_ANSWERS: list[tuple[dict[str, object], dict[str, object]]] = [
    (
        {},
        {
            "target_pct": 4.6,
            "needed_pace_pct": 4.515_839_609,
            "pace_so_far_pct": 7.827_319_692,
            "needed_pace_from_last_pct": 1.520_845_560,
            "reached_year": 2_030.054_037_581,
            "reached_from_last_year": 2_024.662_724_478,
            "share_in_target_year_pct": 4.611_459_524,
            "children_in_target_year_count": 0.046_114_595_243 * 165_000 / 0.052,
            "calendar_year": {0: 2015, 15: 2030},
            "path_pct": {0: 9.2, 1: 8.786, 2: 8.390_63},
            "target_path_pct": {0: 9.2, 15: 4.6, 20: 4.6},
        },
    ),
    ({"pace_pct": 0}, {"reached_year": None, "share_in_target_year_pct": 9.2, "path_pct": {30: 9.2}, "needed_pace_pct": 4.515_839_609}),
    ({"series": "scp_line", "target_year": 2025}, {"target_pct": 4.55, "needed_pace_pct": 6.696_700_846, "pace_so_far_pct": 6.231_114_593}),
    (
        {"series": "poverty_line_2024"},
        {
            "target_pct": 4.3,
            "needed_pace_pct": 5.612_568_732,
            "pace_so_far_pct": 15.984_230_411,
            "needed_pace_from_last_pct": 0,
            "reached_from_last_year": 2023,
            "calendar_year": {0: 2018},
        },
    ),
    ({"reduction_pct": 19, "pace_pct": 10}, {"reached_year": 2017, "target_pct": 7.452}),
]
