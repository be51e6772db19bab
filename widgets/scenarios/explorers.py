"""The explorers of the book: what surrounds each scenario on its page, from title to drawing.

Each function returns an `Explorer`; a chapter shows one with a single call. An explorer that also stands in a chapter gets another
`name` there, since the name of a figure is unique in the book. Equations, data, defaults, assumptions and sentences are
those of the scenario's module.
"""

from __future__ import annotations

from types import ModuleType

import plotly.graph_objects as go

from data.facts import fact
from data.language import format_number, gettext
from widgets.controls import Control
from widgets.explorer import ChartView, Explorer, Feed, MapView, explorer
from widgets.scenarios import family_support, funding, halving, poverty_lines, reach, sliding_scale
from widgets.style import SERIES_COLOURS, TARGET_COLOUR, TEMPLATE

BLUE, ORANGE, GREEN = SERIES_COLOURS[:3]


def _line(
    name: str, colour: str, *, mode: str = "lines", dash: str = "solid", unit: str = "", symbol: str = "circle", shape: str = "linear"
) -> go.Scatter:
    return go.Scatter(
        name=name,
        mode=mode,
        line={"color": colour, "width": 2.5, "dash": dash, "shape": shape},
        marker={"color": colour, "size": 9, "symbol": symbol},
        hovertemplate=f"{name}<br>%{{x}}: %{{y}} {unit}<extra></extra>",
    )


def _plot(
    traces: list[go.Scatter], *, x: str, y: str, x_range: tuple[float, float], y_range: tuple[float, float] | None = None
) -> go.Figure:
    plot = go.Figure(traces, layout={"template": TEMPLATE})
    plot.update_xaxes(title={"text": x}, range=list(x_range))
    return plot.update_yaxes(title={"text": y}, rangemode="tozero", range=y_range and list(y_range))


def _ring(name: str, unit: str = "") -> go.Scatter:
    return _line(name, TARGET_COLOUR, mode="markers", unit=unit, symbol="circle-open").update(marker={"size": 14, "line": {"width": 2}})


def _scenario(module: ModuleType, controls: list[Control] | None = None) -> dict:
    """Return what an explorer takes over from a scenario; inputs that it does not let the reader set stand at their defaults."""
    every = module.controls()
    shown = every if controls is None else controls
    fixed = {control.name: control.default for control in every if control not in shown}
    return {
        "model": module.MODEL,
        "controls": shown,
        "data": module.columns(),
        "constants": module.constants() | fixed,
        "assumptions": module.assumptions(),
        "limits": module.limits(),
    }


def funding_explorer(name: str = "verken-verdeling") -> Explorer:
    """Return the explorer of the 85 million euros.

    Parameters
    ----------
    name : str
        Name of the figure, unique on its page.

    Examples
    --------
    >>> from widgets import funding_explorer
    >>> funding = funding_explorer().set(key_year=2021, reach_pct=90)
    >>> funding.settings_table().loc["reach_pct", ["value", "default", "possible"]].to_dict()
    {'value': 90, 'default': 81, 'possible': '0 tot en met 100'}
    >>> [place for place in funding.results().columns if not place.endswith("_baseline")]
    ['municipality_code', 'municipality_name', 'key_share_pct', 'amount_eur', ...]
    """
    return explorer(
        name,
        **_scenario(funding),
        title=gettext("What would each municipality get, and what is that per child?"),
        subtitle=gettext(
            "Model of the yearly money for children in poverty: amount per child at risk of poverty (income up to {limit} percent of the "
            "social minimum, {year}), in euros per year",
            limit=format_number(fact("du_key_income_limit").value),
            year=str(funding.children_year()),
        ),
        alternative=gettext(
            "Map of the Netherlands with municipalities in colours, from low to high. At the start most municipalities are in "
            "the middle classes. Every amount is in the table."
        ),
        sources=["ledger", "municipal_child_poverty", "boundary_changes"],
        views=[MapView("amount_per_child_eur", (200, 225, 250, 275, 325))],
        outcomes=funding.OUTCOMES,
        readouts=funding.readouts(),
        place_columns={"municipality_name": gettext("Municipality")},
        table_results=["amount_eur", "amount_per_child_eur", "amount_per_reached_child_eur"],
        notes=[
            gettext("These are computed amounts, not the amounts that the state paid. How far they can be off is below, under the limits.")
        ],
    )


def reach_explorer(name: str = "verken-bereik") -> Explorer:
    """Return the explorer of reach in two groups of children.

    Parameters
    ----------
    name : str
        Name of the figure, unique on its page.

    Examples
    --------
    >>> from widgets import reach_explorer
    >>> reach = reach_explorer().set(assistance_share_pct=50, reach_assistance_pct=100, reach_working_pct=60)
    >>> reach.compute()["overall_reach_pct"]
    80.0
    """
    controls = [control for control in reach.controls() if control.name in reach.GROUP_CONTROLS]
    names = {"x": gettext("reach with parents on social assistance (percent)"), "y": gettext("reach with working parents (percent)")}
    plot = _plot(
        [
            _line(gettext("combinations that give the overall reach to explain"), BLUE, unit=gettext("percent")),
            _line(gettext("your choice"), ORANGE, mode="markers", unit=gettext("percent")),
        ],
        **names,
        x_range=(0, 103),
        y_range=(0, 103),
    )
    views = [
        ChartView(
            plot,
            [
                Feed(0, {"x": "line_assistance_pct", "y": "line_working_pct"}),
                Feed(1, {"x": "reach_assistance_pct", "y": "reach_working_pct"}),
            ],
        )
    ]
    return explorer(
        name,
        **_scenario(reach, controls),
        title=gettext("Many combinations of reach give the same total"),
        subtitle=gettext(
            "Reach of provisions among children with parents on social assistance and among children of working parents, "
            "in percent of each group"
        ),
        alternative=gettext(
            "Chart with a falling line: the more children with parents on social assistance are reached, the fewer children of working "
            "parents are needed for the same overall reach. A point shows the reader's choice, at first the two ambitions."
        ),
        sources=["ledger", "reach", "national_child_poverty", "context"],
        views=views,
        outcomes=reach.GROUP_OUTCOMES,
        readouts=[readout for readout in reach.readouts() if readout.name in reach.GROUP_READOUTS],
    )


def services_explorer() -> Explorer:
    """Return the explorer of the growth of Sam&.

    Examples
    --------
    >>> from widgets import services_explorer
    >>> services = services_explorer().set(growth_pct=0)
    >>> print(services.compute()["services_reached_year"])  # without growth never
    nan
    """
    controls = [control for control in reach.controls() if control.name not in reach.GROUP_CONTROLS]
    scenario = _scenario(reach, controls)
    first_year, last_year = (int(scenario["constants"][name]) for name in ("services_first_year", "services_last_year"))
    measured = _line(gettext("services that Sam& gave"), BLUE, mode="markers", unit=gettext("services"))
    measured.update(x=[first_year, last_year], y=[scenario["constants"][name] for name in ("services_first_count", "services_last_count")])
    plot = _plot(
        [
            measured,
            _line(gettext("services at this growth"), ORANGE, dash="dash", unit=gettext("services")),
            _ring(gettext("chosen level"), gettext("services")),
        ],
        x=gettext("year"),
        y=gettext("services per year"),
        x_range=(first_year - 0.5, last_year + 10.5),
        y_range=(0, 1_050_000),
    ).update_yaxes(tickformat=",d")
    return explorer(
        "verken-sam",
        **scenario,
        title=gettext("When would Sam& reach a chosen level?"),
        subtitle=gettext("Services of Sam& per year: two published numbers, and an equal growth after the last one"),
        alternative=gettext(
            "Chart with two points, for the first and the last year with a number of services, a line that goes up from the last point, "
            "and a ring where that line reaches the chosen level."
        ),
        sources=["ledger"],
        views=[
            ChartView(
                plot,
                [
                    Feed(1, {"x": "calendar_year", "y": "services_path_count"}),
                    Feed(2, {"x": "services_reached_year", "y": "target_services_count"}),
                ],
            )
        ],
        outcomes=reach.SERVICE_OUTCOMES,
        readouts=[readout for readout in reach.readouts() if readout.name not in reach.GROUP_READOUTS],
    )


def halving_explorer(name: str = "verken-halvering") -> Explorer:
    """Return the explorer of the halving of child poverty.

    Parameters
    ----------
    name : str
        Name of the figure, unique on its page.

    Examples
    --------
    >>> from widgets import halving_explorer
    >>> later = halving_explorer().set(target_year=2040).outcomes_table()
    >>> bool(later.loc["needed_pace_pct", "scenario"] < later.loc["needed_pace_pct", "baseline"])
    True
    """
    percent = gettext("percent")
    plot = _plot(
        [
            _line(gettext("published share"), BLUE, mode="markers", unit=percent),
            _line(gettext("share estimated by CPB"), BLUE, mode="markers", unit=percent, symbol="diamond-open"),
            _line(gettext("at your fall per year"), ORANGE, unit=percent),
            _line(gettext("on the way to the target"), GREEN, dash="dash", unit=percent),
            _ring(gettext("target"), percent),
        ],
        x=gettext("year"),
        y=gettext("percent of children"),
        x_range=(2014, 2041),
        y_range=(0, 10.5),
    )
    feeds = [
        Feed(0, {"x": "calendar_year", "y": "published_pct"}),
        Feed(1, {"x": "calendar_year", "y": "estimated_pct"}),
        Feed(2, {"x": "calendar_year", "y": "path_pct"}),
        Feed(3, {"x": "calendar_year", "y": "target_path_pct"}),
        Feed(4, {"x": "target_year", "y": "target_pct"}),
    ]
    return explorer(
        name,
        **_scenario(halving),
        title=gettext("How fast must child poverty fall to be halved?"),
        subtitle=gettext("Share of children in poverty, in percent of all minor children, with one measure from one publication at a time"),
        alternative=gettext(
            "Chart with the published shares as points, a line for an equal fall per year and a broken line to the target. "
            "At the start the two lines nearly coincide."
        ),
        sources=["ledger", "national_child_poverty", "context"],
        views=[ChartView(plot, feeds)],
        outcomes=halving.OUTCOMES,
        presets=halving.presets(),
        readouts=halving.readouts(),
        place_columns={},
        table_results=["calendar_year", "path_pct", "target_path_pct"],
    )


def sliding_scale_explorer(name: str = "verken-glijdende-schaal") -> Explorer:
    """Return the explorer of a limit against a sliding scale.

    Parameters
    ----------
    name : str
        Name of the figure, unique on its page.

    Examples
    --------
    >>> from widgets import sliding_scale_explorer
    >>> scale = sliding_scale_explorer().set(support_eur=500)
    >>> float(scale.compute()["largest_gain_eur"])
    500.0
    """
    euro, percent = gettext("euro per child per year"), gettext("percent")
    incomes = {
        "x": gettext("income in percent of the minimum"),
        "x_range": (sliding_scale.LOWEST_INCOME_PCT, sliding_scale.HIGHEST_INCOME_PCT),
    }
    limit, scale = gettext("all or nothing"), gettext("sliding scale")
    support = _plot([_line(limit, BLUE, unit=euro, shape="hv"), _line(scale, ORANGE, unit=euro)], y=euro, **incomes)
    loss = _plot(
        [_line(limit, BLUE, unit=percent, shape="hv"), _line(scale, ORANGE, unit=percent)],
        y=gettext("percent of the extra income"),
        **incomes,
    )
    views = [
        ChartView(
            support,
            [Feed(0, {"x": "income_pct", "y": "all_or_nothing_eur"}), Feed(1, {"x": "income_pct", "y": "sliding_eur"})],
            gettext("Support per child"),
            gettext("Lines by income. Support with all or nothing falls to zero at the limit, and with a sliding scale along a slope."),
        ),
        ChartView(
            loss,
            [Feed(0, {"x": "income_pct", "y": "all_or_nothing_loss_pct"}), Feed(1, {"x": "income_pct", "y": "sliding_loss_pct"})],
            gettext("What a family loses in support when its income rises by one percentage point of the minimum"),
            gettext("Lines by income. The loss with all or nothing is one high peak at the limit, and with a sliding scale low and wide."),
        ),
    ]
    return explorer(
        name,
        **_scenario(sliding_scale),
        title=gettext("A limit takes all support away at once, a sliding scale does it bit by bit"),
        subtitle=gettext("Support for children by income of the family, in percent of the minimum"),
        alternative=gettext(
            "Two charts by income. In the first, support with all or nothing falls to zero at the limit, and with a sliding scale along a "
            "slope. In the second, the loss with all or nothing is one high peak at the limit, and with a sliding scale low and wide."
        ),
        sources=["ledger", "policy_amounts"],
        views=views,
        outcomes=sliding_scale.OUTCOMES,
        readouts=sliding_scale.readouts(),
        place_columns={"income": gettext("Income (percent of the minimum)")},
        table_results=["all_or_nothing_eur", "sliding_eur", "gain_eur", "all_or_nothing_loss_pct", "sliding_loss_pct"],
    )


def poverty_lines_explorer() -> Explorer:
    """Return the explorer of one family held against two poverty lines.

    Examples
    --------
    >>> from widgets import poverty_lines_explorer
    >>> family = poverty_lines_explorer().set(income_eur=3400)
    >>> family.compute()["lines_below_count"]
    0.0
    """
    names = {
        "income_eur": gettext("income of the family"),
        "low_income_eur": gettext("low-income threshold, {year}", year=poverty_lines.LOW_INCOME_YEAR),
        "new_line_eur": gettext("new poverty line, {year}", year=poverty_lines.NEW_LINE_YEAR),
    }
    years = (poverty_lines.LOW_INCOME_YEAR, poverty_lines.NEW_LINE_YEAR)
    labels = [gettext("income"), *(gettext("line of {year}", year=year) for year in years)]
    bars = [
        go.Bar(
            orientation="h",
            name=name,
            y=[label],
            marker={"color": colour},
            hovertemplate=f"{name}: %{{x}} {gettext('euro per month')}<extra></extra>",
        )
        for name, label, colour in zip(names.values(), labels, (ORANGE, BLUE, GREEN), strict=True)
    ]
    plot = go.Figure(bars, layout={"template": TEMPLATE, "showlegend": False})
    plot.update_xaxes(title={"text": gettext("euro per month")}, range=[0, poverty_lines.HIGHEST_INCOME_EUR], dtick=1000, tickformat=",d")
    plot.update_yaxes(autorange="reversed")
    return explorer(
        "verken-grenzen",
        **_scenario(poverty_lines),
        title=gettext("The same child counts by one measure and not by the other"),
        subtitle=gettext(
            "Income of a family per month beside the low-income threshold of CBS ({first}) and the new poverty line of CBS, SCP and Nibud "
            "({last}), in euros",
            first=poverty_lines.LOW_INCOME_YEAR,
            last=poverty_lines.NEW_LINE_YEAR,
        ),
        alternative=gettext(
            "Chart with three horizontal bars: the income of the family, the low-income threshold and the new poverty line. At the start "
            "the income is the shortest bar. The sentences above it say by which measure the child counts."
        ),
        sources=["ledger", "context", "policy_amounts"],
        views=[ChartView(plot, [Feed(number, {"x": name}) for number, name in enumerate(names)])],
        outcomes=poverty_lines.OUTCOMES,
        readouts=poverty_lines.readouts(),
    )


def family_support_explorer() -> Explorer:
    """Return the explorer of what a family gets for its children, year by year.

    Examples
    --------
    >>> from widgets import family_support_explorer
    >>> print(family_support_explorer().settings_table().loc["children_count", "possible"])
    1: één kind, 2: twee kinderen
    """
    scenario = _scenario(family_support)
    years = scenario["data"]["year"]["year"]
    euro = gettext("euro per month")
    plot = _plot(
        [
            _line(gettext("both together"), BLUE, mode="lines+markers", unit=euro),
            _line(gettext("child benefit"), GREEN, mode="lines+markers", unit=euro),
            _line(gettext("the amount of the first year, raised with prices only"), ORANGE, dash="dash", unit=euro),
            _ring(gettext("chosen year"), euro),
        ],
        x=gettext("year"),
        y=euro,
        x_range=(int(years.min()) - 0.5, int(years.max()) + 0.5),
        y_range=(0, 1000),
    ).update_xaxes(dtick=1, tickformat="d")
    feeds = [
        Feed(0, {"x": "calendar_year", "y": "together_eur"}),
        Feed(1, {"x": "calendar_year", "y": "benefit_eur"}),
        Feed(2, {"x": "calendar_year", "y": "with_prices_eur"}),
        Feed(3, {"x": "chosen_year", "y": "together_in_year_eur"}),
    ]
    return explorer(
        "verken-steun",
        **scenario,
        title=gettext(
            "From {first} to {last} the support of families rose less than prices; after that came a jump",
            first=int(years.min()),
            last=int(scenario["data"]["year"].dropna(subset=["threshold_eur"])["year"].max()),
        ),
        subtitle=gettext("Child benefit and the highest child-related budget of a family with a low income, in euros per month"),
        alternative=gettext(
            "Chart with a line for both amounts together and one for child benefit, which rise slowly and then fast, and a broken line for "
            "the first amount raised with prices only, which ends earlier. A ring marks the chosen year."
        ),
        sources=["policy_amounts", "context"],
        views=[ChartView(plot, feeds)],
        outcomes=family_support.OUTCOMES,
        readouts=family_support.readouts(),
        place_columns={"year": gettext("Year")},
        table_results=["benefit_eur", "budget_eur", "together_eur", "with_prices_eur"],
    )


def explorers() -> list[Explorer]:
    """Return every explorer of the book, in the order of its pages."""
    return [
        funding_explorer(), reach_explorer(), services_explorer(), halving_explorer(), sliding_scale_explorer(), poverty_lines_explorer(),
        family_support_explorer(),
    ]  # fmt: skip
