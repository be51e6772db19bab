"""Equations as they are printed: JavaScript for the page, LaTeX and MathML for the reader."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING
from xml.dom.minidom import Document

import sympy
from sympy.printing.jscode import JavascriptCodePrinter
from sympy.printing.latex import LatexPrinter
from sympy.printing.mathml import MathMLPresentationPrinter
from sympy.printing.precedence import PRECEDENCE

from data.language import format_number, gettext
from widgets.expressions import guarded

if TYPE_CHECKING:
    from widgets.model import Model

HYPHEN, MINUS = "-", "−"
JAVASCRIPT_WORDS = frozenset({"v", "each", "total", "r", "i", "finite", "power", "choose"})
JAVASCRIPT_HELPERS = (
    "const finite = (x) => (Number.isFinite(x) ? x : NaN);",
    "const power = (x, y) => (Number.isFinite(x) && Number.isFinite(y) ? Math.pow(x, y) : NaN);",
    "const choose = (met, x, y, ...sides) => (sides.every(Number.isFinite) ? (met ? x : y) : NaN);",
)


def javascript(model: Model) -> str:
    """Return a model as a JavaScript function of ``(v, each, total)`` that returns the results by name.

    ``v`` holds inputs (numbers) and columns (arrays); ``each(count, f)`` makes an array, ``total(count, f)`` adds up.
    What has no finite result is NaN, for the equations after it too.
    """
    axes = [f"const {axis} = v.{group[0].name}.length;" for axis, group in model.columns.items() if group]
    printer = _JavaScript(model)
    lines = []
    for name, equation in model.parsed.items():
        code = f"finite({printer.doprint(guarded(equation.expression))})"
        lines.append(f"r.{name} = " + (f"each({equation.axis}, (i) => {code});" if equation.axis else f"{code};"))
    helpers = [helper for helper in JAVASCRIPT_HELPERS if any(helper.split()[1] + "(" in line for line in lines)]
    body = "\n  ".join([*helpers, "const r = {};", *axes, *lines, "return r;"])
    return f"(v, each, total) => {{\n  {body}\n}}"


def latex(model: Model, name: str) -> str:
    """Return an equation of a model in LaTeX, with the names that the reader knows."""
    names = {quantity.symbol: _latex_text(quantity.label) for quantity in model.quantities.values()}
    printer = _Latex({"mul_symbol": "times", "symbol_names": names})
    equation = model.parsed[name]
    return f"{_latex_text(equation.quantity.label)} = {printer.doprint(equation.expression)}"


def mathml(model: Model, name: str) -> str:
    """Return an equation of a model in MathML; each name has an attribute ``data-name``, so that a script can fill in its value."""
    printer = _MathML(model)
    equation = model.parsed[name]
    left = printer.doprint(equation.quantity.symbol)
    return f'<math displaystyle="true"><mrow>{left}<mo>=</mo>{printer.doprint(equation.expression)}</mrow></math>'


def number_text(value: sympy.Number) -> str:
    """Return a number of an equation as its reader writes numbers, with every digit that it was written with."""
    exact = Decimal(str(value)).normalize() if value.is_Integer else Decimal(repr(float(value))).normalize()
    decimals = max(0, -exact.as_tuple().exponent)
    return format_number(exact, decimals).replace(HYPHEN, MINUS)


class _ReaderOrder:
    """Prints what is added before what is subtracted: ``b - a``, where SymPy would print ``-a + b``."""

    def _as_ordered_terms(self, expression: sympy.Expr, order: object = None) -> list[sympy.Expr]:
        terms = super()._as_ordered_terms(expression, order=order)
        return sorted(terms, key=lambda term: term.could_extract_minus_sign())


class _JavaScript(JavascriptCodePrinter):
    """Prints an expression with `share`, `total` and the like as the page computes them."""

    def __init__(self, model: Model) -> None:
        super().__init__()
        self._model = model

    def _print_Symbol(self, symbol: sympy.Symbol) -> str:
        home = "r" if symbol.name in self._model.parsed else "v"
        return f"{home}.{symbol.name}" + ("[i]" if self._model.axis(symbol.name) else "")

    def _print_Pow(self, expression: sympy.Pow) -> str:
        # Math.cbrt knows roots of negative numbers, NumPy's powers do not.
        if expression.exp == sympy.Rational(1, 3):
            return f"Math.pow({self._print(expression.base)}, 1/3)"
        return super()._print_Pow(expression)

    def _print_Function(self, expression: sympy.Function) -> str:
        arguments = [self._print(part) for part in expression.args]
        match expression.func.__name__:
            case "share":
                return f"(({arguments[0]})/100)"
            case "percent":
                return f"(100*({arguments[0]}))"
            case "total":
                return f"total({_axis_of(self._model, expression)}, (i) => {arguments[0]})"
            case "power" | "choose" as helper:
                return f"{helper}({', '.join(arguments)})"
            case "years_until":
                return f"(Math.log(({arguments[1]})/({arguments[0]}))/Math.log({arguments[2]}))"
            case name:
                known = {"minimum": "min", "maximum": "max", "absolute": "abs"}.get(name, name)
                return f"Math.{known}({', '.join(arguments)})"


def _axis_of(model: Model, total: sympy.Function) -> str:
    """Return the axis over which a total adds up."""
    return next(model.axis(one.name) for one in total.free_symbols if model.axis(one.name))


def _latex_text(label: str) -> str:
    escaped = label.replace("\\", r"\textbackslash ")
    for sign in "%_&#$":
        escaped = escaped.replace(sign, "\\" + sign)
    return r"\text{" + escaped + "}"


class _Latex(_ReaderOrder, LatexPrinter):
    """Prints an expression with the reader's names; `share` and `percent` only convert and are left out."""

    def _print_Number(self, value: sympy.Number) -> str:
        return number_text(value).replace(MINUS, HYPHEN).replace(",", "{,}")

    _print_Integer = _print_Float = _print_Number

    def _print_Function(self, expression: sympy.Function, exp: object = None) -> str:
        arguments = [self._print(part) for part in expression.args]
        match expression.func.__name__:
            case "share" | "percent":
                text = self.parenthesize(expression.args[0], PRECEDENCE["Mul"])
            case "total":
                text = rf"\sum {self.parenthesize(expression.args[0], PRECEDENCE['Mul'])}"
            case "where":
                otherwise = _latex_text(gettext("otherwise"))
                text = rf"\begin{{cases}} {arguments[1]} & {arguments[0]} \\ {arguments[2]} & {otherwise} \end{{cases}}"
            case "years_until":
                text = rf"\frac{{\log\left({arguments[1]} / {arguments[0]}\right)}}{{\log\left({arguments[2]}\right)}}"
            case "sqrt":
                text = rf"\sqrt{{{arguments[0]}}}"
            case "absolute":
                text = rf"\left|{arguments[0]}\right|"
            case name:
                known = {"minimum": r"\min", "maximum": r"\max", "log": r"\log", "exp": r"\exp"}[name]
                text = rf"{known}\left({'; '.join(arguments)}\right)"
        return rf"\left({text}\right)^{{{exp}}}" if exp is not None else text


class _MathML(_ReaderOrder, MathMLPresentationPrinter):
    """Prints an expression in MathML with the reader's names and, on each, the name of its quantity."""

    def __init__(self, model: Model) -> None:
        super().__init__({"mul_symbol": "times"})
        self.dom = Document()  # that of SymPy writes "<" and "&" as they are, which is not XML
        self._model = model

    def doprint(self, expression: sympy.Expr) -> str:
        element = self._print(expression)
        for sign in [element, *element.getElementsByTagName("mo")]:
            if sign.tagName == "mo" and sign.firstChild.data == HYPHEN:
                sign.firstChild.data = MINUS
        return element.toxml()

    def mathml_tag(self, expression: sympy.Basic) -> str:
        signs = {"LessThan": "≤", "GreaterThan": "≥", "Mul": "×"}
        return signs.get(type(expression).__name__) or super().mathml_tag(expression)

    def _print_Symbol(self, symbol: sympy.Symbol, style: str = "plain") -> object:
        element = self.dom.createElement("mi")
        element.setAttribute("data-name", symbol.name)
        element.appendChild(self.dom.createTextNode(self._model.quantities[symbol.name].label))
        return element

    def _print_Number(self, value: sympy.Number) -> object:
        return self._element("mn", number_text(value))

    _print_Integer = _print_Float = _print_Number

    def _element(self, name: str, *children: object) -> object:
        element = self.dom.createElement(name)
        for child in children:
            element.appendChild(self.dom.createTextNode(child) if isinstance(child, str) else child)
        return element

    def _call(self, name: str, *arguments: object) -> object:
        """Return a function with its arguments between brackets, apart by semicolons: a comma is the reader's decimal sign."""
        parts: list[object] = [self._element("mi", name), self._element("mo", "(")]
        for position, argument in enumerate(arguments):
            parts += [self._element("mo", ";")] if position else []
            parts.append(argument)
        return self._element("mrow", *parts, self._element("mo", ")"))

    def parenthesize(self, item: sympy.Basic, level: int, strict: bool = False) -> object:
        """Return an element, between brackets when it binds less than `level`; a conversion binds as what it converts."""
        name = item.func.__name__
        if name in ("share", "percent"):
            return self.parenthesize(item.args[0], level, strict)
        if name in ("total", "where", "years_until") and level >= PRECEDENCE["Pow"]:
            return self._element("mrow", self._element("mo", "("), self._print(item), self._element("mo", ")"))
        return super().parenthesize(item, level, strict)

    def _print_Function(self, expression: sympy.Function) -> object:
        parts = expression.args
        match expression.func.__name__:
            case "share" | "percent":
                return self._print(parts[0]) if not parts[0].is_Add else self.parenthesize(parts[0], PRECEDENCE["Mul"])
            case "total":
                axis = _axis_of(self._model, expression)
                words = self._element("mtext", self._model.axis_labels.get(axis, axis))
                sign = self._element("munder", self._element("mo", "∑"), words)
                level = PRECEDENCE["Add"] if parts[0].is_Mul else PRECEDENCE["Mul"]
                summed = self._element("mrow", sign, self.parenthesize(parts[0], level))
                summed.setAttribute("class", "ka-total")
                return summed
            case "where":
                condition, chosen, other = (self._print(part) for part in parts)
                rows = [
                    (chosen, self._element("mrow", self._element("mtext", gettext("if") + "\u00a0"), condition)),
                    (other, self._element("mtext", gettext("otherwise"))),
                ]
                table = self._element("mtable", *(self._element("mtr", *(self._element("mtd", cell) for cell in row)) for row in rows))
                return self._element("mrow", self._element("mo", "{"), table)
            case "years_until":
                start, end, factor = (self._print(part) for part in parts)
                return self._element("mfrac", self._call("log", self._element("mfrac", end, start)), self._call("log", factor))
            case "sqrt":
                return self._element("msqrt", self._print(parts[0]))
            case "absolute":
                return self._element("mrow", self._element("mo", "|"), self._print(parts[0]), self._element("mo", "|"))
            case name:
                shown = {"minimum": gettext("smallest of"), "maximum": gettext("largest of")}.get(name, name)
                return self._call(shown, *(self._print(part) for part in parts))
