"""Explorers: a scenario with sliders, on the site without a server and in a notebook with a live kernel.

One declaration (controls, model, data, drawings, sentences) has two faces. On the site the page computes, with the
model's equations as JavaScript. In a live kernel `ipywidgets` set the values and Python computes, so that a student
can change the equations: see `Explorer.with_equation`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import ipywidgets
import numpy as np
import pandas as pd
import plotly.graph_objects as go

from data.language import format_number, gettext
from data.package import table
from data.suggestions import ReaderError, suggestion
from widgets.chart import chart_drawing
from widgets.controls import Choice, Control, Range, Readout, Toggle, option_key, plain_number
from widgets.figure import Figure, plain_value
from widgets.live_plot import LivePlot
from widgets.maps import MunicipalMap
from widgets.model import Model, ModelError
from widgets.style import TEMPLATE
from widgets.units import unit_words

SIGNIFICANT_DIGITS = 12
BASELINE = "_baseline"


@dataclass(frozen=True)
class Feed:
    """What a trace of a chart shows: names of columns or results for its attributes, for example ``{"y": "path_pct"}``."""

    trace: int
    attributes: Mapping[str, str]


@dataclass(frozen=True)
class ChartView:
    """A Plotly figure of which some traces follow the model.

    Parameters
    ----------
    plot : plotly.graph_objects.Figure
        Traces and axes with fixed ranges; what feeds fill in may be left out.
    feeds : sequence of Feed
        Which traces follow which results.
    heading : str
        What the chart shows, when there is more than one.
    alternative : str
        What this chart shows, in words, when the explorer has more than one.
    """

    plot: go.Figure
    feeds: Sequence[Feed]
    heading: str = ""
    alternative: str = ""


@dataclass(frozen=True)
class MapView:
    """A map of municipalities coloured by a result.

    Parameters
    ----------
    result : str
        A result of the model over the axis ``municipality``.
    breaks : sequence of float
        Lower bounds of the classes after the first, in the unit of the result.
    """

    result: str
    breaks: Sequence[float]
    heading: str = ""


def rounded(value: float) -> float | None:
    """Return a number with as many digits as are the same on every machine; None when it is not finite."""
    return float(f"{value:.{SIGNIFICANT_DIGITS}g}") if np.isfinite(value) else None


@dataclass(frozen=True, repr=False)
class Explorer(Figure):
    """A scenario that the reader can set.

    Parameters
    ----------
    model : Model
        The equations.
    controls : sequence of Control
        What can be set, in the order of the page.
    data : mapping of str to pandas.DataFrame
        For each axis of the model a frame; its first column identifies the places. A frame with a column that has the name of
        a `Choice` holds a variant of the columns for each option.
    constants : mapping of str to float or mapping
        Inputs of the model that the reader cannot set; a mapping from the options of a choice, named by its key ``by``, to
        values: ``{"by": "measure", "values": {...}}``.
    views : sequence of ChartView or MapView
        Drawings, at most one map.
    outcomes : sequence of str
        Single results shown for baseline and scenario side by side.
    readouts : sequence of Readout
        Sentences below the controls.
    assumptions, limits : sequence of str
        Markdown for the reader: what is assumed, and where the scenario stops being valid.
    presets : mapping of str to mapping
        Settings that the reader can choose in one go, by what they are called.
    values : dict
        The present settings by name; at first the defaults. Controls in a live kernel change them.

    Raises
    ------
    ModelError, ValueError
        When a control sets nothing, data lack a column, or the baseline cannot be computed.

    See Also
    --------
    widgets.figure.Figure : the other parameters.
    """

    model: Model = field(kw_only=True)
    controls: Sequence[Control] = field(kw_only=True)
    data: Mapping[str, pd.DataFrame] = field(kw_only=True, default_factory=dict)
    constants: Mapping[str, object] = field(kw_only=True, default_factory=dict)
    views: Sequence[ChartView | MapView] = field(kw_only=True)
    outcomes: Sequence[str] = field(kw_only=True)
    readouts: Sequence[Readout] = field(kw_only=True)
    assumptions: Sequence[str] = field(kw_only=True)
    limits: Sequence[str] = field(kw_only=True)
    presets: Mapping[str, Mapping[str, object]] = field(kw_only=True, default_factory=dict)
    values: dict[str, float | str] = field(kw_only=True, default_factory=dict)

    def __post_init__(self) -> None:
        super().__post_init__()
        self._check_controls()
        self._check_constants()
        for name in [*self.outcomes, *(readout.name for readout in self.readouts)]:
            if name not in self.model.parsed or self.model.axis(name):
                raise ValueError(f"{name!r} is not a single result of model {self.model.name!r}.")
        for preset in self.presets.values():
            self._settings(preset)
        self._check_views()
        object.__setattr__(self, "values", self._settings(self.values))
        first = self.compute(self.defaults())
        unknown = [name for name in self.outcomes if np.isnan(first[name])]
        if unknown:
            raise ModelError(f"Equation {unknown[0]!r} has no finite result with the default settings of explorer {self.name!r}.")

    def _check_controls(self) -> None:
        inputs = {quantity.name for quantity in self.model.inputs}
        selected = {value["by"] for value in self.constants.values() if isinstance(value, Mapping)}
        for control in self.controls:
            if control.name not in inputs | selected and not any(control.name in frame for frame in self.data.values()):
                raise ValueError(f"Control {control.name!r} sets no input of model {self.model.name!r} and selects no data.")
            if control.name in self.constants:
                raise ValueError(f"{control.name!r} is a control and a constant of explorer {self.name!r}.")
        for what in ("name", "key"):
            used = [getattr(control, what) for control in self.controls]
            if len(set(used)) < len(used):
                raise ValueError(f"Explorer {self.name!r} has two controls with the same {what}: {', '.join(used)}.")

    def _check_constants(self) -> None:
        inputs = [quantity.name for quantity in self.model.inputs]
        for name, value in self.constants.items():
            if name not in inputs:
                raise ValueError(f"Constant {name!r} is no input of model {self.model.name!r}. {suggestion(name, inputs)}")
            if isinstance(value, Mapping):
                control = self.control(value["by"])
                options = control.options if isinstance(control, Choice) else (0, 1)
                lacking = [option for option in options if option not in value["values"]]
                if lacking:
                    raise ValueError(f"Constant {name!r} has no value for {lacking[0]!r} of {control.name!r}.")

    def _check_views(self) -> None:
        quantities = self.model.quantities
        if sum(isinstance(view, MapView) for view in self.views) > 1:
            raise ValueError(f"Explorer {self.name!r} has more than one map.")
        for view in self.views:
            if isinstance(view, MapView):
                if view.result not in self.model.parsed or self.model.axis(view.result) != "municipality":
                    raise ValueError(f"The map of explorer {self.name!r} shows {view.result!r}, which is no result per municipality.")
                if not self.places("municipality")["municipality_code"].is_monotonic_increasing:
                    raise ValueError(f"The municipalities of explorer {self.name!r} must stand in the order of their codes.")
                continue
            for feed in view.feeds:
                unknown = [name for name in feed.attributes.values() if name not in quantities]
                if unknown or feed.trace not in range(len(view.plot.data)):
                    raise ValueError(f"A chart of explorer {self.name!r} cannot feed trace {feed.trace} with {unknown or feed.attributes}.")

    def defaults(self) -> dict[str, float | str]:
        """Return the settings at first."""
        return {control.name: control.check(control.default) for control in self.controls}

    def baseline_settings(self) -> dict[str, float | str]:
        """Return the settings of the baseline: the defaults, but the present option of a choice that may not be compared."""
        followed = [control.name for control in self.controls if isinstance(control, Choice) and not control.compared]
        return self.defaults() | {name: self.values[name] for name in followed}

    def control(self, name: str) -> Control:
        """Return a control by its name; a name that is no control is an error that says which is near."""
        known = {control.name: control for control in self.controls}
        if name not in known:
            problem = gettext("Explorer ‘{explorer}’ has no setting ‘{name}’.", explorer=self.name, name=name)
            raise ReaderError(f"{problem} {suggestion(name, known)}")
        return known[name]

    def set(self, **values: object) -> Explorer:
        """Change settings; a name that is no control or a value outside its range is an error that says so.

        Examples
        --------
        >>> from widgets import funding_explorer
        >>> funding = funding_explorer()
        >>> funding.set(budget_eur=100_000_000, reach_pct=90).values["reach_pct"]
        90.0
        """
        self.values.update({name: self.control(name).check(value) for name, value in values.items()})
        return self

    def _settings(self, values: Mapping[str, object] | None) -> dict[str, float | str]:
        """Return a value for every control: the given ones, checked, and else the default; without any, the present ones."""
        if values is None:
            return self.values
        return self.defaults() | {name: self.control(name).check(value) for name, value in values.items()}

    def inputs(self, values: Mapping[str, object] | None = None) -> dict[str, object]:
        """Return what the model is given with some settings (by default the present ones): numbers and columns by name."""
        settings = self._settings(values)
        given = {name: value for name, value in settings.items() if name in self.model.axes}
        for name, value in self.constants.items():
            given[name] = value["values"][settings[value["by"]]] if isinstance(value, Mapping) else value
        for name, column in self._columns.items():
            given[name] = column["values"][settings[column["by"]]] if isinstance(column, dict) else column
        return given

    @cached_property
    def _columns(self) -> dict[str, np.ndarray | dict]:
        result: dict[str, np.ndarray | dict] = {}
        for axis, quantities in self.model.columns.items():
            if axis not in self.data:
                raise ModelError(f"Explorer {self.name!r} has no data for the places of {axis}.")
            frame = self.data[axis]
            choice = next((control for control in self.controls if isinstance(control, Choice) and control.name in frame), None)
            parts = {None: frame} if choice is None else {option: frame[frame[choice.name] == option] for option in choice.options}
            self._check_places(axis, parts)
            for quantity in quantities:
                if quantity.name not in frame:
                    raise ModelError(f"The data of explorer {self.name!r} have no column {quantity.name!r}.")
                variants = {option: part[quantity.name].to_numpy(dtype=float) for option, part in parts.items()}
                first = next(iter(variants.values()))
                constant = all(np.array_equal(first, other, equal_nan=True) for other in variants.values())
                result[quantity.name] = first if constant else {"by": choice.name, "values": variants}
        return result

    def _check_places(self, axis: str, parts: Mapping[object, pd.DataFrame]) -> None:
        places = self.places(axis).iloc[:, 0].tolist()
        for option, part in parts.items():
            if part.iloc[:, 0].tolist() != places:
                of = "" if option is None else f" for {option!r}"
                raise ModelError(f"The data of explorer {self.name!r}{of} must have each place of {axis} once, in one order.")

    def places(self, axis: str) -> pd.DataFrame:
        """Return the places of an axis with what names them, one row each."""
        if axis not in self.data:
            hint = suggestion(axis, self.data)
            raise ReaderError(gettext("Explorer {explorer!r} has no data per {axis!r}. {hint}", explorer=self.name, axis=axis, hint=hint))
        frame = self.data[axis]
        return frame.drop_duplicates(frame.columns[0]).reset_index(drop=True)

    @property
    def baseline(self) -> dict[str, float | np.ndarray]:
        """Every result with the settings of the baseline; NaN where it cannot be computed."""
        return self.compute(self.baseline_settings())

    def compute(self, values: Mapping[str, object] | None = None) -> dict[str, float | np.ndarray]:
        """Return every result with some settings (by default the present ones); NaN where it cannot be computed."""
        return self.model.compute(self.inputs(values), undefined=True)

    def results(self, axis: str | None = None) -> pd.DataFrame:
        """Return results per place with the present settings, beside the baseline.

        Parameters
        ----------
        axis : str, optional
            Axis of the model; by default the first.

        Returns
        -------
        pandas.DataFrame
            One row per place: the columns of the data that name it, each result, and each result of the baseline with
            the suffix ``_baseline``.

        Examples
        --------
        >>> from widgets import funding_explorer
        >>> places = funding_explorer().set(budget_eur=170_000_000).results()
        >>> zwolle = places.set_index("municipality_name").loc["Zwolle"]
        >>> round(zwolle["amount_eur"] / zwolle["amount_eur_baseline"], 6)
        np.float64(2.0)
        """
        axis = axis or next(iter(self.model.columns), "place")
        places = self.places(axis)
        names = [name for name in self.model.parsed if self.model.axis(name) == axis]
        given = {quantity.name for quantity in self.model.columns[axis]} | {control.name for control in self.controls}
        frame = places.drop(columns=list(given), errors="ignore")
        now, before = self.compute(), self.baseline
        return frame.assign(**{name: now[name] for name in names}, **{name + BASELINE: before[name] for name in names})

    def settings_table(self) -> pd.DataFrame:
        """Return what can be set, indexed by name.

        Returns
        -------
        pandas.DataFrame
            ``label``, ``unit``, ``value`` (the present one), ``default``, ``possible`` (which values, in words) and ``source`` (the fact of
            the default; empty when it has none).

        Examples
        --------
        >>> from widgets import funding_explorer
        >>> funding_explorer().settings_table()[["value", "possible"]].tail(3)
                     value          possible
        risk_key_pct   100  0 tot en met 100
        spent_pct      100  0 tot en met 100
        reach_pct       81  0 tot en met 100
        """
        rows = {}
        for control in self.controls:
            declared = self._control_declaration(control)
            rows[control.name] = {
                "label": declared["label"],
                "unit": declared["unit"],
                "value": plain_number(self.values[control.name]),
                "default": plain_number(control.default),
                "possible": control.possible,
                "source": control.source or "",
            }
        return pd.DataFrame.from_dict(rows, orient="index", dtype=object)

    def summary(self) -> tuple[str, dict[str, str]]:
        """Return the title and each setting with its present value; see `data.summary.Summary`."""
        settings = {row.Index: f"{row.value} ({row.label})" for row in self.settings_table().itertuples()}
        return gettext("explorer {name}", name=self.name), {gettext("Title"): self.title, **settings}

    def outcomes_table(self) -> pd.DataFrame:
        """Return the single outcomes: ``label``, ``unit``, ``baseline``, ``scenario`` and ``difference``, indexed by name.

        Examples
        --------
        >>> from widgets import funding_explorer
        >>> outcomes = funding_explorer().set(budget_eur=100_000_000).outcomes_table()
        >>> outcomes.loc["spent_eur", ["label", "baseline", "scenario"]].to_dict()
        {'label': 'besteed aan deze kinderen', 'baseline': 85000000.0, 'scenario': 100000000.0}
        """
        now, before = self.compute(), self.baseline
        rows = {
            name: {
                "label": self.model.quantities[name].label,
                "unit": unit_words(self.model.quantities[name].unit),
                "baseline": before[name],
                "scenario": now[name],
                "difference": now[name] - before[name],
            }
            for name in self.outcomes
        }
        return pd.DataFrame.from_dict(rows, orient="index")

    def sentences(self) -> list[str]:
        """Return what the readouts say with the present settings."""
        now, before = self.compute(), self.baseline
        said = []
        for readout in self.readouts:
            quantity = self.model.quantities[readout.name]
            value, baseline = now[readout.name], before[readout.name]
            if not (np.isfinite(value) and np.isfinite(baseline)):
                said.append(readout.undefined)
                continue
            shown, first = quantity.text(value), quantity.text(baseline)
            form = readout.same if shown == first else readout.more if value > baseline else readout.less
            said.append(
                form.format(value=shown, baseline=first, difference=quantity.text(abs(quantity.shown(value) - quantity.shown(baseline))))
            )
        return said

    def with_equation(self, name: str, expression: str) -> Explorer:
        """Return an explorer in which one equation of the model reads otherwise; the settings stay.

        Parameters
        ----------
        name : str
            A quantity that the model computes.
        expression : str
            The new right-hand side, for example ``"budget_eur * share(reach_pct)"``.

        Raises
        ------
        ModelError
            When the equation cannot be used, or has no finite result with the default settings.

        Examples
        --------
        >>> from widgets import funding_explorer
        >>> halved = funding_explorer().with_equation("amount_eur", "0.5*budget_eur*share(key_share_pct)")
        >>> float(halved.results()["amount_eur"].sum().round())
        42500000.0
        """
        model = self.model.with_equation(name, expression)
        self._check_axis(name, model)
        old, new = (one.compute(self.inputs(self.defaults()), undefined=True) for one in (self.model, model))
        for other, values in new.items():
            lost = np.isnan(values) & np.isfinite(old[other])
            if lost.any():
                text = (
                    gettext("With this {name!r}, equation {other!r} has no finite result with the default settings.")
                    if lost.ndim == 0
                    else gettext(
                        "With this {name!r}, equation {other!r} has no finite result for {lost} of {all} places with the default settings."
                    )
                )
                raise ModelError(text.format(name=name, other=other, lost=lost.sum(), all=lost.size))
        changed = replace(self, model=model, values=dict(self.values))
        return replace(changed, table=_baseline_table(changed, [result for result in self.columns if result in model.parsed]))

    def _check_axis(self, name: str, model: Model) -> None:
        """Refuse an equation that gives one value where there was one per place, or the other way around."""
        axis, new = self.model.axis(name), model.axis(name)
        if axis is None and new is not None:
            raise ModelError(
                gettext(
                    "Equation {equation!r} must give a single value, but this one gives a value per {axis}. Add them up with total().",
                    equation=name,
                    axis=new,
                )
            )
        if axis is not None and new is None:
            names = ", ".join(other for other in self.model.quantities if other != name and self.model.axis(other) == axis)
            raise ModelError(
                gettext(
                    "Equation {equation!r} must give a value per {axis}, but this one gives a single value. Use one of: {names}.",
                    equation=name,
                    axis=axis,
                    names=names,
                )
            )

    def drawing(self) -> dict:
        """Return what the page needs: controls, data, drawings, sentences, formulas."""
        baseline = self.compute(self.defaults())
        quantities = self.model.quantities
        return {
            "kind": "explorer",
            "model": self.model.name,
            "fingerprint": fingerprint(self.model),
            "controls": [self._control_declaration(control) for control in self.controls],
            "presets": [
                {"label": label, "values": {name: option_key(value) for name, value in self._settings(values).items()}}
                for label, values in self.presets.items()
            ],
            "constants": {name: _plain_constant(value) for name, value in self.constants.items()},
            "columns": {name: _plain_column(column) for name, column in self._columns.items()},
            "views": [self._view_drawing(number, view, baseline) for number, view in enumerate(self.views)],
            "outcomes": [
                {
                    "name": name,
                    "label": quantities[name].label,
                    "unit": unit_words(quantities[name].unit),
                    "text": quantities[name].text(baseline[name]),
                    "zero": format_number(0, quantities[name].decimals),
                }
                for name in self.outcomes
            ],
            "readouts": [
                {key: getattr(readout, key) for key in ("name", "more", "less", "same", "undefined")} for readout in self.readouts
            ],
            "sentences": replace(self, values=self.defaults()).sentences(),
            "formulas": [
                {
                    "name": name,
                    "label": equation.quantity.label,
                    "description": equation.quantity.description,
                    "unit": unit_words(equation.quantity.unit),
                    "mathml": self.model.mathml(name),
                }
                for name, equation in self.model.parsed.items()
            ],
            "shown": {
                name: {"decimals": quantity.decimals, "unit": unit_words(quantity.unit), "grouping": quantity.grouping}
                for name, quantity in quantities.items()
            },
            "followed": {str(number): name for number, name in enumerate(self.columns) if name in self.model.parsed},
            "followed_baseline": {
                str(number): name.removesuffix(BASELINE)
                for number, name in enumerate(self.columns)
                if name.endswith(BASELINE) and name.removesuffix(BASELINE) in self.model.parsed
            },
        }

    def _control_declaration(self, control: Control) -> dict:
        quantity = self.model.quantities.get(control.name)
        return control.declaration() | {
            "label": control.label or quantity.label,
            "unit": unit_words(quantity.unit) if quantity and quantity.grouping else "",
            "grouping": quantity.grouping if quantity else True,
            "description": quantity.description if quantity else "",
        }

    def _view_drawing(self, number: int, view: ChartView | MapView, baseline: Mapping[str, object]) -> dict:
        if isinstance(view, MapView):
            return self._map(number, view, baseline).drawing() | {"heading": view.heading, "result": view.result}
        feeds = [{"trace": feed.trace, "attributes": dict(feed.attributes)} for feed in view.feeds]
        return chart_drawing(self._plot(view, baseline)) | {"heading": view.heading, "alternative": view.alternative, "feeds": feeds}

    def _map(self, number: int, view: MapView, results: Mapping[str, object]) -> MunicipalMap:
        quantity = self.model.quantities[view.result]
        places = self.places("municipality")[["municipality_code"]].merge(table("municipalities"), how="left", validate="1:1")
        frame = places.assign(
            year=0, quality="modelled", error_max_pct=np.nan, source_municipalities_count=1, absence=None, value=results[view.result]
        )
        frame.loc[frame["value"].isna(), "absence"] = "missing"
        return MunicipalMap(
            f"{self.name}-{number}", self.title, self.subtitle, self.table, self.columns, self.sources, self.alternative,
            frame=frame, value="value", unit=unit_words(quantity.unit), breaks=view.breaks,
        )  # fmt: skip

    def _plot(self, view: ChartView, results: Mapping[str, object], values: Mapping[str, object] | None = None) -> go.Figure:
        plot = go.Figure(view.plot)
        known = self.inputs(self.defaults() if values is None else values) | dict(results)
        for feed in view.feeds:
            for attribute, name in feed.attributes.items():
                plot.data[feed.trace][attribute] = [rounded(value) for value in np.atleast_1d(known[name])]
        return plot

    def live(self) -> ipywidgets.VBox:
        """Return sliders, outcomes and drawings that a live kernel keeps up to date."""
        outcomes = ipywidgets.HTML()
        drawings = [self._live_view(number, view) for number, view in enumerate(self.views)]

        def show() -> None:
            outcomes.value = self._outcomes_html()
            results = self.compute()
            for update, _ in drawings:
                update(results)

        boxes = [self._live_control(control, show) for control in self.controls]
        show()
        return ipywidgets.VBox([*boxes, outcomes, *(box for _, box in drawings)])

    def _live_control(self, control: Control, show: object) -> ipywidgets.Widget:
        declared = self._control_declaration(control)
        description = f"{declared['label']} ({declared['unit']})" if declared["unit"] else declared["label"]
        common = {"description": description, "style": {"description_width": "22em"}, "layout": {"width": "52em"}}
        present = self.values[control.name]
        if isinstance(control, Range):
            widget = ipywidgets.FloatSlider(
                present, min=control.minimum, max=control.maximum, step=control.step, readout_format=f",.{control.decimals}f", **common
            )
        elif isinstance(control, Toggle):
            widget = ipywidgets.Checkbox(bool(present), **common)
        else:
            widget = ipywidgets.Dropdown(options=[(label, option) for option, label in control.options.items()], value=present, **common)

        def changed(change: dict) -> None:
            self.set(**{control.name: change["new"]})
            show()

        widget.observe(changed, "value")
        return widget

    def _live_view(self, number: int, view: ChartView | MapView) -> tuple[object, ipywidgets.Widget]:
        if isinstance(view, MapView):
            plot = self._map(number, view, self.compute()).live_plot()

            def update(results: Mapping[str, object]) -> None:
                plot.data[0].z = results[view.result]

            return update, plot
        plot = LivePlot(self._plot(view, self.compute(), self.values).update_layout(template=TEMPLATE, title=view.heading or None))

        def update(results: Mapping[str, object]) -> None:
            known = self.inputs() | results
            with plot.batch_update():
                for feed in view.feeds:
                    for attribute, name in feed.attributes.items():
                        plot.data[feed.trace][attribute] = [plain_value(value) for value in np.atleast_1d(known[name])]

        return update, plot

    def _outcomes_html(self) -> str:
        rows = ""
        for row in self.outcomes_table().itertuples():
            quantity = self.model.quantities[row.Index]
            difference = quantity.shown(row.scenario) - quantity.shown(row.baseline)
            cells = "".join(
                f"<td style='text-align:right'>{quantity.text(value)}</td>" for value in (row.baseline, row.scenario, difference)
            )
            rows += f"<tr><td>{row.label} ({row.unit})</td>{cells}</tr>"
        heads = "".join(f"<th>{text}</th>" for text in ("", gettext("Starting point"), gettext("Your choice"), gettext("Difference")))
        said = "".join(f"<p>{text}</p>" for text in self.sentences())
        return f"{said}<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def fingerprint(model: Model) -> str:
    """Return a short hash of a model's script, by which the page knows that it has the right one."""
    return hashlib.sha256(model.javascript().encode()).hexdigest()[:12]


def _plain_column(column: np.ndarray | dict) -> object:
    if isinstance(column, dict):
        return {"by": column["by"], "values": {option_key(option): _plain_column(values) for option, values in column["values"].items()}}
    return [plain_number(rounded(value)) if np.isfinite(value) else None for value in column]


def _plain_constant(value: object) -> object:
    if isinstance(value, Mapping):
        return {"by": value["by"], "values": {option_key(option): plain_number(one) for option, one in value["values"].items()}}
    return plain_number(value)


def _baseline_table(draft: Explorer, table_results: Sequence[str]) -> pd.DataFrame:
    """Return the table below an explorer: some results per place, or the outcomes; the reader's choice is at first the baseline."""
    start = replace(draft, values={})
    if not table_results:
        frame = start.outcomes_table().rename_axis("name").reset_index()
        numbers = ["baseline", "scenario", "difference"]
        return frame.assign(**{name: frame[name].map(rounded) for name in numbers})
    frame = start.results()
    for result in table_results:
        shown = frame[[result, result + BASELINE]]
        frame[[result, result + BASELINE]] = shown.round(draft.model.quantities[result].decimals)
    return frame


def explorer(
    name: str,
    *,
    model: Model,
    controls: Sequence[Control],
    title: str,
    subtitle: str,
    alternative: str,
    sources: Sequence[str],
    views: Sequence[ChartView | MapView],
    outcomes: Sequence[str],
    readouts: Sequence[Readout],
    assumptions: Sequence[str],
    limits: Sequence[str],
    data: Mapping[str, pd.DataFrame] | None = None,
    constants: Mapping[str, object] | None = None,
    place_columns: Mapping[str, str] | None = None,
    table_results: Sequence[str] = (),
    presets: Mapping[str, Mapping[str, object]] | None = None,
    notes: Sequence[str] = (),
) -> Explorer:
    """Make an explorer with a table of its baseline.

    Parameters
    ----------
    place_columns : mapping of str to str
        Columns of the data that name a place or hold what was measured there, with the headings that the reader sees.
    table_results : sequence of str
        Results over the first axis that the table shows, for the baseline and for the reader's choice; without any, the
        table holds the outcomes.
    name, model, controls, title, subtitle, alternative, sources, views, outcomes, readouts, assumptions, limits, data, constants
        See `Explorer`.
    presets, notes
        See `Explorer`.
    """
    common = {"model": model, "controls": controls, "data": data or {}, "constants": constants or {}}
    draft = Explorer(
        name, title, subtitle, pd.DataFrame({"empty": []}), {"empty": "empty"}, sources, alternative, notes=notes,
        views=views, outcomes=outcomes, readouts=readouts, assumptions=assumptions, limits=limits, presets=presets or {}, **common,
    )  # fmt: skip
    if table_results:
        headings = dict(place_columns or {})
        for result in table_results:
            if result not in model.parsed or model.axis(result) != next(iter(model.columns), None):
                raise ValueError(f"The table of explorer {name!r} shows {result!r}, which is no result over the first axis.")
            quantity = model.quantities[result]
            values = {"quantity": quantity.label, "unit": unit_words(quantity.unit)}
            headings[result + BASELINE] = gettext("{quantity} ({unit}), starting point", **values)
            headings[result] = gettext("{quantity} ({unit}), your choice", **values)
    else:
        headings = {
            "label": gettext("Outcome"),
            "unit": gettext("Unit"),
            "baseline": gettext("Starting point"),
            "scenario": gettext("Your choice"),
        }
    return replace(draft, table=_baseline_table(draft, table_results), columns=headings, values={})
