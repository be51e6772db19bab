"""Scenario models: equations written once, checked, computed, and shown to the reader.

A `Model` is a list of equations in SymPy's notation over named quantities with a unit. From that one text come the
formula for the reader (LaTeX in Jupyter, MathML on the site), a NumPy function for Python and a JavaScript function
for the page: see `widgets.formulas`. Units are checked when the model is built (`widgets.units`), so that a model that
adds euros to children does not exist. The notation is that of `widgets.expressions`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, reduce

import numpy as np
import sympy

from data.language import format_number, gettext
from data.suggestions import suggestion
from data.summary import Summary
from widgets import formulas
from widgets.expressions import FUNCTIONS, ModelError, expression_axis, guarded, read_expression, symbol_of
from widgets.units import expression_unit, fits, parse_unit, say_unit, unit_words

__all__ = ["Equation", "Model", "ModelError", "Quantity"]

IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*")


def _power(base: object, exponent: object) -> np.ndarray:
    return np.where(np.isfinite(base) & np.isfinite(exponent), np.power(base, exponent), np.nan)


def _choose(met: object, chosen: object, other: object, *sides: object) -> np.ndarray:
    known = reduce(np.logical_and, [np.isfinite(side) for side in sides])
    return np.where(known, np.where(met, chosen, other), np.nan)


NUMPY_FUNCTIONS = {
    "share": lambda value: value / 100,
    "percent": lambda value: 100 * value,
    "total": np.sum,
    "minimum": lambda *values: reduce(np.minimum, values),
    "maximum": lambda *values: reduce(np.maximum, values),
    "log": np.log,
    "exp": np.exp,
    "sqrt": np.sqrt,
    "absolute": np.abs,
    "years_until": lambda start, end, factor: np.log(end / start) / np.log(factor),
    "power": _power,
    "choose": _choose,
}


@dataclass(frozen=True)
class Quantity:
    """Something a model knows or computes.

    Parameters
    ----------
    name : str
        Identifier: English, spelled out, with the unit as suffix, for example ``budget_eur``.
    label : str
        What the reader calls it, for example ``jaarlijks budget``.
    unit : str
        Product or quotient of `UNITS`, or ``1``.
    description : str
        What it is, in a sentence for the reader.
    decimals : int
        Decimals shown to the reader; -2 rounds to hundreds.

    Examples
    --------
    >>> from widgets import Quantity
    >>> amount = Quantity("budget_eur", "jaarlijks budget", "eur/year", decimals=-2)
    >>> amount.text(1_234_567)
    '1.234.600'
    """

    name: str
    label: str
    unit: str
    description: str = ""
    decimals: int = 0

    def __post_init__(self) -> None:
        if not IDENTIFIER.fullmatch(self.name) or self.name in FUNCTIONS:
            raise ModelError(f"{self.name!r} cannot be the name of a quantity.")
        if not self.label.strip():
            raise ModelError(f"Quantity {self.name!r} has no label.")
        parse_unit(self.unit)

    @property
    def grouping(self) -> bool:
        """Whether the reader sees separators of thousands; years have none."""
        return self.unit != "year"

    def text(self, value: float | None) -> str:
        """Return a value for the reader, or that it cannot be computed."""
        return value_text(value, self.decimals, self.grouping)

    def shown(self, value: float) -> float:
        """Return a value rounded as the reader sees it, so that differences fit the two numbers beside them."""
        scale = 10.0**self.decimals
        return float(np.floor(value * scale + 0.5) / scale)

    @property
    def symbol(self) -> sympy.Symbol:
        """The symbol that stands for it in equations."""
        return symbol_of(self.name)


def value_text(value: float | None, decimals: int, grouping: bool) -> str:
    """Return a value for the reader, or that it cannot be computed.

    Parameters
    ----------
    value : float or None
        Any number; a half is rounded up.
    decimals : int
        -2 rounds to hundreds.
    grouping : bool
        Separate thousands; years are written without.
    """
    if value is None or not np.isfinite(value):
        return gettext("cannot be computed")
    unit = 10.0 ** -min(decimals, 0)
    whole = np.floor(value / unit + 0.5) * unit if unit > 1 else value
    size, zero, text = (format_number(number, max(decimals, 0), grouping=grouping) for number in (abs(whole), 0, whole))
    return zero if size == zero else text


@dataclass(frozen=True)
class Equation:
    """One line of a model: what is computed, and how."""

    quantity: Quantity
    expression: sympy.Expr
    axis: str | None


@dataclass(frozen=True, repr=False)
class Model(Summary):
    """The equations of a scenario.

    Parameters
    ----------
    name : str
        Identifier of the model.
    inputs : sequence of Quantity
        Single values: what the reader can set, and constants.
    columns : mapping of str to sequence of Quantity
        For each axis (``municipality``, ``year``) the quantities that have a value for each of its places.
    equations : sequence of (Quantity, str or sympy.Expr)
        What is computed, in order; an expression may use inputs, columns and earlier results of the same axis.
        Functions: ``share(x)`` from percent to a part of one, ``percent(x)`` back, ``total(x)`` the sum over an axis (an
        equation of its own), ``minimum``, ``maximum``, ``where(condition, a, b)``, ``log``, ``exp``, ``sqrt``, ``absolute``, and
        ``years_until(start, end, yearly_factor)``.
    axis_labels : mapping of str to str
        What the reader calls the places of an axis, for example ``gemeenten``.

    Raises
    ------
    ModelError
        When an equation names something unknown, mixes units or axes, or cannot be read.

    Examples
    --------
    >>> from widgets import Model, Quantity
    >>> model = Model(
    ...     "bereik",
    ...     inputs=[Quantity("children_count", "kinderen", "child"), Quantity("reach_pct", "bereik", "percent")],
    ...     columns={},
    ...     equations=[(Quantity("reached_count", "bereikte kinderen", "child"), "children_count * share(reach_pct)")],
    ... )
    >>> model.compute({"children_count": 2000, "reach_pct": 30})
    {'reached_count': 600.0}
    >>> print(model)
    rekenmodel bereik
      Grootheden      2 gegeven, 1 berekend
      children_count  kinderen (kinderen)
      reach_pct       bereik (procent)
      reached_count   bereikte kinderen (kinderen)
                      = children_count * share(reach_pct)
    """

    name: str
    inputs: Sequence[Quantity]
    columns: Mapping[str, Sequence[Quantity]]
    equations: Sequence[tuple[Quantity, str | sympy.Expr]]
    axis_labels: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        names = [quantity.name for quantity in self._given()] + [quantity.name for quantity, _ in self.equations]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ModelError(f"Model {self.name!r} has more than one quantity with the name {', '.join(twice)}.")
        for axis in self.columns:
            if not IDENTIFIER.fullmatch(axis) or axis in formulas.JAVASCRIPT_WORDS:
                raise ModelError(f"{axis!r} cannot be the name of an axis of model {self.name!r}.")
        _ = self.parsed

    def _given(self) -> list[Quantity]:
        return [*self.inputs, *(quantity for group in self.columns.values() for quantity in group)]

    @cached_property
    def axes(self) -> dict[str, str | None]:
        """Axis of each given quantity; None for a single value."""
        return {quantity.name: None for quantity in self.inputs} | {
            quantity.name: axis for axis, group in self.columns.items() for quantity in group
        }

    @cached_property
    def parsed(self) -> dict[str, Equation]:
        """The equations by the name of what they compute, checked."""
        units = {quantity.name: parse_unit(quantity.unit) for quantity in self._given()}
        axes = dict(self.axes)
        names = [quantity.name for quantity, _ in self.equations]
        result = {}
        for number, (quantity, written) in enumerate(self.equations):
            name, expected = quantity.name, parse_unit(quantity.unit)
            expression = read_expression(name, written, list(axes), names[number:])
            axis = expression_axis(name, expression, axes)
            unit = expression_unit(name, expression, units)
            if not fits(unit, expected):
                raise ModelError(
                    gettext(
                        "Equation {equation!r} gives {unit}, but {equation} is in {expected}. "
                        "Check what is multiplied and divided; share() turns percent into a part of one, percent() back.",
                        equation=name,
                        unit=say_unit(unit),
                        expected=say_unit(expected),
                    )
                )
            result[name] = Equation(quantity, expression, axis)
            units[name], axes[name] = expected, axis
        return result

    @property
    def quantities(self) -> dict[str, Quantity]:
        """Every quantity by its name: given ones, then computed ones."""
        return {quantity.name: quantity for quantity in [*self._given(), *(quantity for quantity, _ in self.equations)]}

    def axis(self, name: str) -> str | None:
        """Return the axis of a quantity; None for a single value."""
        return self.parsed[name].axis if name in self.parsed else self.axes[name]

    def compute(self, values: Mapping[str, object], *, undefined: bool = False) -> dict[str, float | np.ndarray]:
        """Compute every equation.

        Parameters
        ----------
        values : mapping of str to float or array
            A number for each input, a one-dimensional array for each column; columns of one axis have the same length.
        undefined : bool
            Return NaN for what cannot be computed (a division by zero), instead of raising an error.

        Returns
        -------
        dict of str to float or numpy.ndarray
            Results by name, in the units of their quantities.

        Raises
        ------
        ModelError
            When an input or column lacks or is no number, columns differ in length, or a result is not finite; the
            message names the equation.

        Examples
        --------
        >>> from widgets import Model, Quantity
        >>> amount = Quantity("amount_eur", "bedrag", "eur")
        >>> half = Model("half", [amount], {}, [(Quantity("half_eur", "de helft", "eur"), "amount_eur/2")])
        >>> half.compute({"amount_eur": 30})
        {'half_eur': 15.0}
        """
        known = self._checked(values)
        results = {}
        with np.errstate(all="ignore"):
            for name, equation in self.parsed.items():
                used = sorted(symbol.name for symbol in equation.expression.free_symbols)
                result = self._functions[name](*(known[other] for other in used))
                if equation.axis is not None:
                    length = next(len(known[other]) for other in known if self.axis(other) == equation.axis)
                    result = np.broadcast_to(np.asarray(result, dtype=float), (length,))
                result = np.where(np.isfinite(result), result, np.nan)
                if not undefined and np.isnan(result).any():
                    raise ModelError(f"Equation {name!r} has no finite result with these values: {_settings(known, used)}.")
                known[name] = result if equation.axis is not None else np.float64(result)
                results[name] = known[name] if equation.axis is not None else float(result)
        return results

    def _checked(self, values: Mapping[str, object]) -> dict[str, np.ndarray]:
        lacking = [quantity.name for quantity in self._given() if quantity.name not in values]
        if lacking:
            users = [name for name, equation in self.parsed.items() if lacking[0] in {one.name for one in equation.expression.free_symbols}]
            where = f"; equation {users[0]!r} needs it" if users else ""
            kind = "column" if self.axes[lacking[0]] else "input"
            raise ModelError(f"Model {self.name!r} was given no {kind} {lacking[0]!r}{where}.")
        known = {}
        lengths: dict[str, int] = {}
        for quantity in self._given():
            try:
                value = np.asarray(values[quantity.name], dtype=float)
            except (TypeError, ValueError) as error:
                raise ModelError(f"{quantity.name!r} must be a number, not {values[quantity.name]!r}.") from error
            axis = self.axes[quantity.name]
            if value.ndim != (0 if axis is None else 1):
                raise ModelError(f"{quantity.name!r} must be {'a single number' if axis is None else f'one number per {axis}'}.")
            if axis is not None and lengths.setdefault(axis, len(value)) != len(value):
                raise ModelError(f"Column {quantity.name!r} has {len(value)} values; others over {axis} have {lengths[axis]}.")
            known[quantity.name] = np.float64(value) if axis is None else value
        return known

    @cached_property
    def _functions(self) -> dict[str, object]:
        return {
            name: sympy.lambdify(
                sorted(equation.expression.free_symbols, key=lambda symbol: symbol.name),
                guarded(equation.expression),
                modules=[NUMPY_FUNCTIONS, "numpy"],
            )
            for name, equation in self.parsed.items()
        }

    def with_equation(self, name: str, expression: str | sympy.Expr) -> Model:
        """Return a model in which one equation reads otherwise.

        Parameters
        ----------
        name : str
            A quantity that the model computes.
        expression : str or sympy.Expr
            The new right-hand side.

        Raises
        ------
        ModelError
            When the model has no such equation, or the new one cannot be used.

        Examples
        --------
        >>> from widgets import Model, Quantity
        >>> amount = Quantity("amount_eur", "bedrag", "eur")
        >>> half = Model("half", [amount], {}, [(Quantity("half_eur", "de helft", "eur"), "amount_eur/2")])
        >>> half.with_equation("half_eur", "amount_eur/3").compute({"amount_eur": 30})
        {'half_eur': 10.0}
        """
        if name not in self.parsed:
            hint = suggestion(name, self.parsed)
            raise ModelError(gettext("Model {model!r} has no equation {equation!r}. {hint}", model=self.name, equation=name, hint=hint))
        equations = [(quantity, expression if quantity.name == name else old) for quantity, old in self.equations]
        return Model(self.name, self.inputs, self.columns, equations, self.axis_labels)

    def latex(self, name: str) -> str:
        """Return an equation in LaTeX; see `widgets.formulas.latex`."""
        return formulas.latex(self, name)

    def mathml(self, name: str) -> str:
        """Return an equation in MathML; see `widgets.formulas.mathml`."""
        return formulas.mathml(self, name)

    def javascript(self) -> str:
        """Return the equations as a JavaScript function; see `widgets.formulas.javascript`."""
        return formulas.javascript(self)

    def summary(self) -> tuple[str, dict[str, str]]:
        """Return how much the model holds, and each quantity with its equation, label and unit; see `data.summary.Summary`."""
        counts = gettext("{given} given, {computed} computed", given=str(len(self._given())), computed=str(len(self.equations)))
        given = {quantity.name: _named(quantity) for quantity in self._given()}
        computed = {quantity.name: f"{_named(quantity)}\n= {written}" for quantity, written in self.equations}
        return gettext("model {name}", name=self.name), {gettext("Quantities"): counts, **given, **computed}

    _repr_html_ = None  # a notebook shows Markdown, with formulas

    def _repr_markdown_(self) -> str:
        given = [f"- `{quantity.name}`: {_named(quantity)}" for quantity in self._given()]
        computed = [
            f"`{quantity.name} = {written}`\n\n{_named(quantity)}:\n\n$${self.latex(quantity.name)}$$"
            for quantity, written in self.equations
        ]
        return "\n\n".join(["\n".join(given), *computed])


def _named(quantity: Quantity) -> str:
    """Return the label of a quantity with its unit in words; a unit without words as it is written."""
    try:
        unit = unit_words(quantity.unit)
    except ModelError:
        unit = quantity.unit
    return f"{quantity.label} ({unit})" if unit else quantity.label


def _settings(known: Mapping[str, np.ndarray], names: Sequence[str]) -> str:
    texts = [f"{name} = {known[name]:g}" if np.ndim(known[name]) == 0 else name for name in names]
    return ", ".join(texts)
