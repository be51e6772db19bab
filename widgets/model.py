"""Scenario models: equations written once, checked, computed, and shown to the reader.

A `Model` is a list of equations in SymPy's notation over named quantities with a unit. From that one text come the
formula for the reader (LaTeX in Jupyter, MathML on the site), a NumPy function for Python and a JavaScript function
for the page. Units are checked when the model is built, so that a model that adds euros to children does not exist.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from tokenize import TokenError

import numpy as np
import sympy
from sympy.core.relational import Relational
from sympy.printing.jscode import JavascriptCodePrinter
from sympy.printing.latex import LatexPrinter
from sympy.printing.mathml import MathMLPresentationPrinter

from data.language import format_number, gettext

UNITS = {name: sympy.Symbol(name, positive=True) for name in ("eur", "child", "household", "year", "service", "municipality", "percent")}
FUNCTIONS = {
    name: sympy.Function(name)
    for name in ("share", "percent", "total", "minimum", "maximum", "where", "log", "exp", "sqrt", "absolute", "years_until")
}
NUMPY_FUNCTIONS = {
    "share": lambda value: value / 100,
    "percent": lambda value: 100 * value,
    "total": np.sum,
    "minimum": np.minimum,
    "maximum": np.maximum,
    "where": np.where,
    "log": np.log,
    "exp": np.exp,
    "sqrt": np.sqrt,
    "absolute": np.abs,
    "years_until": lambda start, end, factor: np.log(end / start) / np.log(factor),
}
ONE = sympy.Integer(1)
YEAR = UNITS["year"]
PERCENT = UNITS["percent"]
IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*")


class ModelError(ValueError):
    """A model that cannot be built or computed; the message names the equation and says what to change."""


def parse_unit(text: str) -> sympy.Expr:
    """Return a unit such as ``eur/child/year`` or ``1`` as an expression in `UNITS`.

    Raises
    ------
    ModelError
        When the text names a unit that does not exist.
    """
    unknown = [name for name in re.findall(r"[a-z_]+", text) if name not in UNITS]
    if unknown or not re.fullmatch(r"[a-z_1]+([*/][a-z_]+)*", text):
        raise ModelError(f"{text!r} is not a unit. Units are products and quotients of {', '.join(UNITS)}, or 1.")
    return sympy.parse_expr(text, local_dict=UNITS)


def unit_words(unit: str) -> str:
    """Return a unit in the words of the reader, for example ``euro per kind``."""
    words = {
        "1": "",
        "percent": gettext("percent"),
        "percent/year": gettext("percent per year"),
        "eur": gettext("euro"),
        "eur/year": gettext("euro per year"),
        "eur/child": gettext("euro per child"),
        "eur/child/year": gettext("euro per child per year"),
        "eur/household": gettext("euro per household"),
        "eur/service": gettext("euro per service"),
        "child": gettext("children"),
        "household": gettext("households"),
        "municipality": gettext("municipalities"),
        "service": gettext("services"),
        "service/year": gettext("services per year"),
        "year": gettext("year"),
    }
    if unit not in words:
        raise ModelError(f"There are no words for the unit {unit!r}; add them to `unit_words`.")
    return words[unit]


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
        if value is None or not np.isfinite(value):
            return gettext("cannot be computed")
        unit = 10.0 ** -min(self.decimals, 0)
        whole = np.floor(value / unit + 0.5) * unit if unit > 1 else value
        return format_number(whole, max(self.decimals, 0), grouping=self.grouping)

    @property
    def symbol(self) -> sympy.Symbol:
        """The symbol that stands for it in equations."""
        return sympy.Symbol(self.name, real=True)


@dataclass(frozen=True)
class Equation:
    """One line of a model: what is computed, and how."""

    quantity: Quantity
    expression: sympy.Expr
    axis: str | None


@dataclass(frozen=True)
class Model:
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
        known = {quantity.name: (parse_unit(quantity.unit), self.axes[quantity.name]) for quantity in self._given()}
        result = {}
        for quantity, written in self.equations:
            expression = self._read(quantity.name, written, known)
            axis = _axis(quantity.name, expression, known)
            unit = _unit(quantity.name, expression, {name: unit for name, (unit, _) in known.items()})
            expected = parse_unit(quantity.unit)
            if not _fits(unit, expected):
                raise ModelError(
                    f"Equation {quantity.name!r} gives {_say(unit)}, but {quantity.name} is in {quantity.unit}. "
                    "Check what is multiplied and divided; share() turns percent into a part of one, percent() back."
                )
            result[quantity.name] = Equation(quantity, expression, axis)
            known[quantity.name] = (expected, axis)
        return result

    def _read(self, name: str, written: str | sympy.Expr, known: Mapping[str, object]) -> sympy.Expr:
        symbols = {other: sympy.Symbol(other, real=True) for other in known}
        if isinstance(written, str):
            called = {word for word in re.findall(r"([A-Za-z_]\w*)\s*\(", written)}
            unknown = sorted(called - set(FUNCTIONS)) or sorted(set(re.findall(r"[A-Za-z_]\w*", written)) - set(symbols) - set(FUNCTIONS))
        else:
            unknown = sorted({symbol.name for symbol in written.free_symbols} - set(symbols))
        if unknown:
            near = difflib.get_close_matches(unknown[0], [*symbols, *FUNCTIONS], n=1)
            hint = f" Did you mean {near[0]}?" if near else f" Known here: {', '.join(symbols)}."
            raise ModelError(f"Equation {name!r} uses {unknown[0]!r}, which is not known there.{hint}")
        if not isinstance(written, str):
            return written
        try:
            expression = sympy.parse_expr(written, local_dict=symbols | FUNCTIONS)
        except (SyntaxError, TokenError, TypeError, ValueError, AttributeError) as error:
            raise ModelError(f"Equation {name!r} cannot be read: {written!r} ({error}).") from error
        if not isinstance(expression, sympy.Expr):
            raise ModelError(f"Equation {name!r} does not give a number: {written!r}.")
        return expression

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
                equation.expression,
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
        """
        if name not in self.parsed:
            near = difflib.get_close_matches(name, self.parsed, n=1)
            hint = f"Did you mean {near[0]}?" if near else f"It has: {', '.join(self.parsed)}."
            raise ModelError(f"Model {self.name!r} has no equation {name!r}. {hint}")
        equations = [(quantity, expression if quantity.name == name else old) for quantity, old in self.equations]
        return Model(self.name, self.inputs, self.columns, equations, self.axis_labels)

    def latex(self, name: str) -> str:
        """Return an equation in LaTeX, with the names that the reader knows."""
        printer = _Latex(
            {"mul_symbol": "times", "symbol_names": {quantity.symbol: _latex_text(quantity.label) for quantity in self.quantities.values()}}
        )
        equation = self.parsed[name]
        return f"{_latex_text(equation.quantity.label)} = {printer.doprint(equation.expression)}"

    def mathml(self, name: str) -> str:
        """Return an equation in MathML; each name has an attribute ``data-name``, so that a script can fill in its value."""
        printer = _MathML(self)
        equation = self.parsed[name]
        left = printer.doprint(equation.quantity.symbol)
        return f'<math displaystyle="true"><mrow>{left}<mo>=</mo>{printer.doprint(equation.expression)}</mrow></math>'

    def _repr_markdown_(self) -> str:
        return "\n\n".join(f"$${self.latex(name)}$$" for name in self.parsed)

    def javascript(self) -> str:
        """Return the model as a JavaScript function of ``(v, each, total)`` that returns the results by name.

        ``v`` holds inputs (numbers) and columns (arrays); ``each(count, f)`` makes an array, ``total(count, f)`` adds up.
        """
        counts = {axis: f"v.{group[0].name}.length" for axis, group in self.columns.items() if group}
        lines = [f"const {axis} = {length};" for axis, length in counts.items()]
        printer = _JavaScript(self)
        for name, equation in self.parsed.items():
            code = printer.doprint(equation.expression)
            lines.append(f"r.{name} = " + (f"each({equation.axis}, (i) => {code});" if equation.axis else f"{code};"))
        body = "\n  ".join(["const r = {};", *lines, "return r;"])
        return f"(v, each, total) => {{\n  {body}\n}}"


def _say(unit: sympy.Expr) -> str:
    return "a bare number" if unit == 1 else str(unit)


def _fits(unit: sympy.Expr | None, expected: sympy.Expr) -> bool:
    return unit is None or unit == expected


def _settings(known: Mapping[str, np.ndarray], names: Sequence[str]) -> str:
    texts = [f"{name} = {known[name]:g}" if np.ndim(known[name]) == 0 else name for name in names]
    return ", ".join(texts)


def _axis(name: str, expression: sympy.Expr, known: Mapping[str, tuple]) -> str | None:
    totals = expression.atoms(FUNCTIONS["total"])
    for one in totals:
        inner = {known[symbol.name][1] for symbol in one.free_symbols} - {None}
        if len(inner) != 1:
            raise ModelError(f"Equation {name!r}: total() must add up over one axis, not {len(inner)}.")
    outside = expression.subs({one: sympy.Dummy() for one in totals}) if totals else expression
    found = {known[symbol.name][1] for symbol in outside.free_symbols if symbol.name in known} - {None}
    if len(found) > 1:
        raise ModelError(f"Equation {name!r} mixes {' and '.join(sorted(found))}; add one of them up first, in an equation with total().")
    if totals and found:
        raise ModelError(f"Equation {name!r} uses total() beside values per {found.pop()}; make the total an equation of its own.")
    return next(iter(found), None)


def _unit(name: str, expression: sympy.Basic, units: Mapping[str, sympy.Expr]) -> sympy.Expr | None:
    """Return the unit of an expression; None for zero, which fits every unit."""

    def same(parts: Sequence[sympy.Basic], verb: str) -> sympy.Expr | None:
        found = [(part, _unit(name, part, units)) for part in parts]
        known = [(part, unit) for part, unit in found if unit is not None]
        for part, unit in known[1:]:
            if unit != known[0][1]:
                raise ModelError(f"Equation {name!r} {verb} {known[0][0]} ({_say(known[0][1])}) and {part} ({_say(unit)}).")
        return known[0][1] if known else None

    def must_be(part: sympy.Basic, expected: sympy.Expr, where: str) -> None:
        unit = _unit(name, part, units)
        if not _fits(unit, expected):
            raise ModelError(f"Equation {name!r}: {where} must be {_say(expected)}, but {part} is {_say(unit)}.")

    if expression.is_Symbol:
        return units[expression.name]
    if expression.is_number:
        return None if expression == 0 else ONE
    if isinstance(expression, sympy.Add):
        return same(expression.args, "adds")
    if isinstance(expression, Relational):
        same(expression.args, "compares")
        return ONE
    if isinstance(expression, sympy.Mul):
        found = [_unit(name, part, units) for part in expression.args]
        return None if None in found else sympy.Mul(*found)
    if isinstance(expression, sympy.Pow):
        base, exponent = expression.args
        unit = _unit(name, base, units) or ONE
        if exponent.is_number:
            return unit**exponent
        power = _unit(name, exponent, units)
        if unit != 1 or power not in (None, ONE, YEAR, 1 / YEAR):
            raise ModelError(
                f"Equation {name!r}: {base} ({_say(unit)}) cannot be raised to {exponent}; only a factor to a number of years."
            )
        return ONE
    function = expression.func.__name__
    if function in ("minimum", "maximum"):
        return same(expression.args, "compares")
    if function == "where":
        _unit(name, expression.args[0], units)
        return same(expression.args[1:], "chooses between")
    if function in ("total", "absolute"):
        return _unit(name, expression.args[0], units)
    if function == "share":
        unit = _unit(name, expression.args[0], units)
        if unit is not None and unit.as_powers_dict()[PERCENT] != 1:
            raise ModelError(f"Equation {name!r}: share() takes a percentage, but {expression.args[0]} is {_say(unit)}.")
        return None if unit is None else unit / PERCENT
    if function == "percent":
        unit = _unit(name, expression.args[0], units)
        return None if unit is None else unit * PERCENT
    if function in ("log", "exp"):
        must_be(expression.args[0], ONE, f"the argument of {function}()")
        return ONE
    if function == "sqrt":
        unit = _unit(name, expression.args[0], units)
        return None if unit is None else sympy.sqrt(unit)
    if function == "years_until":
        same(expression.args[:2], "compares")
        must_be(expression.args[2], ONE, "the yearly factor of years_until()")
        return YEAR
    raise ModelError(f"Equation {name!r} uses {function}(), which has no meaning here.")


class _JavaScript(JavascriptCodePrinter):
    """Prints an expression with `share`, `total` and the like as the page computes them."""

    def __init__(self, model: Model) -> None:
        super().__init__()
        self._model = model

    def _print_Symbol(self, symbol: sympy.Symbol) -> str:
        home = "r" if symbol.name in self._model.parsed else "v"
        return f"{home}.{symbol.name}" + ("[i]" if self._model.axis(symbol.name) else "")

    def _print_Function(self, expression: sympy.Function) -> str:
        arguments = [self._print(part) for part in expression.args]
        match expression.func.__name__:
            case "share":
                return f"(({arguments[0]})/100)"
            case "percent":
                return f"(100*({arguments[0]}))"
            case "total":
                axis = next(self._model.axis(one.name) for one in expression.free_symbols if self._model.axis(one.name))
                return f"total({axis}, (i) => {arguments[0]})"
            case "where":
                return f"(({arguments[0]}) ? ({arguments[1]}) : ({arguments[2]}))"
            case "years_until":
                return f"(Math.log(({arguments[1]})/({arguments[0]}))/Math.log({arguments[2]}))"
            case name:
                javascript = {"minimum": "min", "maximum": "max", "absolute": "abs"}.get(name, name)
                return f"Math.{javascript}({', '.join(arguments)})"


def _latex_text(label: str) -> str:
    return r"\text{" + label.replace("%", r"\%").replace("_", r"\_") + "}"


class _Latex(LatexPrinter):
    """Prints an expression with the reader's names; `share` and `percent` only convert and are left out."""

    def _print_Function(self, expression: sympy.Function, exp: object = None) -> str:
        arguments = [self._print(part) for part in expression.args]
        match expression.func.__name__:
            case "share" | "percent":
                text = self.parenthesize(expression.args[0], 50)
            case "total":
                text = rf"\sum {self.parenthesize(expression.args[0], 50)}"
            case "where":
                otherwise = _latex_text(gettext("otherwise"))
                text = rf"\begin{{cases}} {arguments[1]} & {arguments[0]} \\ {arguments[2]} & {otherwise} \end{{cases}}"
            case "years_until":
                text = rf"\frac{{\log\left({arguments[1]} / {arguments[0]}\right)}}{{\log\left({arguments[2]}\right)}}"
            case name:
                latex = {"minimum": r"\min", "maximum": r"\max", "sqrt": r"\sqrt", "log": r"\log", "exp": r"\exp"}.get(name, name)
                text = rf"{latex}\left({'; '.join(arguments)}\right)"
        return rf"\left({text}\right)^{{{exp}}}" if exp is not None else text


class _MathML(MathMLPresentationPrinter):
    """Prints an expression in MathML with the reader's names and, on each, the name of its quantity."""

    def __init__(self, model: Model) -> None:
        super().__init__({"mul_symbol": "times"})
        self._model = model

    def _print_Symbol(self, symbol: sympy.Symbol, style: str = "plain") -> object:
        element = self.dom.createElement("mi")
        element.setAttribute("data-name", symbol.name)
        element.appendChild(self.dom.createTextNode(self._model.quantities[symbol.name].label))
        return element

    def _element(self, name: str, *children: object) -> object:
        element = self.dom.createElement(name)
        for child in children:
            element.appendChild(self.dom.createTextNode(child) if isinstance(child, str) else child)
        return element

    def _bracketed(self, expression: sympy.Basic) -> object:
        inner = self._print(expression)
        simple = expression.is_Symbol or expression.is_number or expression.is_Mul
        return inner if simple else self._element("mrow", self._element("mo", "("), inner, self._element("mo", ")"))

    def _print_Function(self, expression: sympy.Function) -> object:
        match expression.func.__name__:
            case "share" | "percent":
                argument = expression.args[0]
                return self._print(argument) if not argument.is_Add else self._bracketed(argument)
            case "total":
                axis = next(self._model.axis(one.name) for one in expression.free_symbols if self._model.axis(one.name))
                words = self._element("mtext", self._model.axis_labels.get(axis, axis))
                sign = self._element("munder", self._element("mo", "∑"), words)
                summed = self._element("mrow", sign, self._bracketed(expression.args[0]))
                summed.setAttribute("class", "ka-total")
                return summed
            case "where":
                condition, chosen, other = (self._print(part) for part in expression.args)
                rows = [
                    (chosen, self._element("mrow", self._element("mtext", gettext("if") + "\u00a0"), condition)),
                    (other, self._element("mtext", gettext("otherwise"))),
                ]
                table = self._element("mtable", *(self._element("mtr", *(self._element("mtd", cell) for cell in row)) for row in rows))
                return self._element("mrow", self._element("mo", "{"), table)
            case "years_until":
                start, end, factor = (self._print(part) for part in expression.args)
                logarithm = self._element("mi", "log")
                above = self._element(
                    "mrow", logarithm, self._element("mo", "("), self._element("mfrac", end, start), self._element("mo", ")")
                )
                below = self._element("mrow", self._element("mi", "log"), self._element("mo", "("), factor, self._element("mo", ")"))
                return self._element("mfrac", above, below)
            case "sqrt":
                return self._element("msqrt", self._print(expression.args[0]))
            case name:
                shown = {"minimum": gettext("smallest of"), "maximum": gettext("largest of"), "absolute": "abs"}.get(name, name)
                parts: list[object] = [self._element("mi", shown), self._element("mo", "(")]
                for position, argument in enumerate(expression.args):
                    parts += [self._element("mo", ";")] if position else []
                    parts.append(self._print(argument))
                return self._element("mrow", *parts, self._element("mo", ")"))
