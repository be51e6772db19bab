"""Tables beside an explorer with which a reader can check its scenario."""

from __future__ import annotations

from types import ModuleType

import pandas as pd

from data import funding as funding_data
from data.language import format_number, gettext
from widgets.controls import Choice, Control, Toggle
from widgets.explorer import Explorer
from widgets.scenarios import SCENARIOS
from widgets.scenarios.explorers import sliding_scale_explorer
from widgets.table import TableFigure
from widgets.units import unit_words


def _setting_text(control: Control, value: object, scenario: Explorer) -> str:
    quantity = scenario.model.quantities.get(control.name)
    label = control.label or quantity.label
    if isinstance(control, Choice):
        return f"{label}: {control.options[control.check(value)]}"
    if isinstance(control, Toggle):
        return f"{label}: {gettext('yes') if value else gettext('no')}"
    return f"{label}: {format_number(value, grouping=quantity.grouping)}"


def _rows(scenario: Explorer, module: ModuleType) -> list[dict]:
    controls = {control.name: control for control in module.controls()}
    rows = []
    for settings, expected in module.KNOWN_ANSWERS:
        results = scenario.model.compute(_inputs(module, settings, scenario), undefined=True)
        said = "; ".join(_setting_text(controls[name], value, scenario) for name, value in settings.items())
        for name, answer in expected.items():
            quantity = scenario.model.quantities[name]
            axis = scenario.model.axis(name)
            answers = answer if isinstance(answer, dict) else {None: answer}
            for place, value in answers.items():
                computed = results[name] if place is None else results[name][_position(scenario, axis, place)]
                label = quantity.label if place is None else f"{quantity.label} ({place})"
                rows.append(
                    {
                        "settings": said or gettext("Starting point"),
                        "result": label,
                        "expected": _number(value, quantity),
                        "computed": _number(computed, quantity),
                    }
                )
    return rows


def _number(value: float | None, quantity: object) -> str:
    if value is None or pd.isna(value):
        return gettext("cannot be computed")
    return format_number(value, 2 if value != round(value, 1) else None, grouping=quantity.grouping)


def _position(scenario: Explorer, axis: str, place: object) -> int:
    places = scenario.places(axis)
    return places.index[places[places.columns[0]] == place][0]


def _inputs(module: ModuleType, settings: dict, scenario: Explorer) -> dict:
    every = {control.name: control.default for control in module.controls()} | settings
    named = {name for control in scenario.controls for name in [control.name]}
    fixed = {name: value for name, value in every.items() if name not in named and name in scenario.model.axes}
    return scenario.inputs({name: value for name, value in every.items() if name in named}) | fixed


def known_answers(scenario: Explorer) -> TableFigure:
    """Return the answers that were worked out by hand for a scenario, beside what its model gives.

    Parameters
    ----------
    scenario : Explorer
        One of the explorers of the book.
    """
    table = pd.DataFrame(_rows(scenario, SCENARIOS[scenario.model.name]))
    return TableFigure(
        f"{scenario.name}-antwoorden",
        gettext("The model gives the answers that we worked out by hand"),
        gettext("Settings, and what must come out; numbers are rounded here to at most two decimals"),
        table,
        {
            "settings": gettext("Settings"),
            "result": gettext("Outcome"),
            "expected": gettext("Worked out by hand"),
            "computed": gettext("According to the model"),
        },
        scenario.sources,
        gettext("Table with an outcome per row, worked out by hand and by the model. A test compares them at each change of the book."),
    )


def reported_amounts() -> TableFigure:
    """Return the amounts that municipalities reported for the money for children in poverty, beside those of the model."""
    table = funding_data.against_reported()
    quality = {True: gettext("rounded"), False: gettext("not rounded")}
    table = table.assign(
        reported=table["reported_rounded"].map(quality),
        modelled_eur=table["modelled_eur"].round(-2),
        difference_pct=table["difference_pct"].round(1),
        percentage_error_pct=table["percentage_error_pct"].round(1),
    )
    return TableFigure(
        "gemeld-en-berekend",
        gettext("For most of these municipalities the model is some percent off what they reported"),
        gettext(
            "Amount for children in poverty that municipalities reported, beside that of the model with the starting settings, in euros"
        ),
        table,
        {
            "municipality_name": gettext("Municipality"),
            "year": gettext("Year"),
            "reported_eur": gettext("Reported (euro)"),
            "reported": gettext("Reported amount is"),
            "modelled_eur": gettext("Model (euro)"),
            "difference_pct": gettext("Difference (percent)"),
            "percentage_error_pct": gettext("Largest error of the percentage of children (percent)"),
        },
        ["reported_funding", "municipal_child_poverty"],
        gettext("Table with a reported and a modelled amount per row, and the difference in percent."),
        notes=[
            gettext(
                "The model divides by children in {key_year}. For {year} it is known that the state did so too; for later years it is not.",
                key_year=str(funding_data.key_year()),
                year=str(funding_data.documented_year()),
            )
        ],
    )


def household_amounts() -> TableFigure:
    """Return what both ways of support are in euros for the types of household of the sliding scale, with the starting settings."""
    scenario = sliding_scale_explorer()
    table = scenario.results("household")
    columns = {"household_name": gettext("Household")}
    for name in ("limit_amount_eur", "full_amount_eur", "zero_amount_eur", "household_support_eur", "household_slope_loss_pct"):
        quantity = scenario.model.quantities[name]
        table[name] = table[name].round(quantity.decimals)
        columns[name] = f"{quantity.label} ({unit_words(quantity.unit)})"
    return TableFigure(
        "glijdende-schaal-huishoudens",
        gettext("In euros, the sliding scale runs over a longer stretch of income for a couple than for a single parent"),
        gettext(
            "Limits of support in euros of net income per year, with the low-income threshold of CBS in the place of the social minimum"
        ),
        table,
        columns,
        scenario.sources,
        gettext(
            "Table with a type of household per row: at which income support gets less and ends, and how much of each extra euro is lost."
        ),
        notes=[gettext("These are not the amounts of the social minimum, which our sources do not give for these households.")],
    )
