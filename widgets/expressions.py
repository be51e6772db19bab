"""The notation of equations: which functions it has, and how a text becomes an expression."""

from __future__ import annotations

import io
import tokenize
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import sympy
from sympy.core.relational import Relational
from sympy.logic.boolalg import BooleanAtom

from data.language import gettext, ngettext
from data.suggestions import ReaderError, suggestion

FUNCTIONS = {
    name: sympy.Function(name)
    for name in ("share", "percent", "total", "minimum", "maximum", "where", "log", "exp", "sqrt", "absolute", "years_until")
}
NUMBERS_TAKEN = {"where": (3, 3), "years_until": (3, 3), "minimum": (2, None), "maximum": (2, None)}
OPERATORS = ("+", "-", "*", "/", "**", "(", ")", ",", "<", "<=", ">", ">=")
NO_NUMBERS = (sympy.nan, sympy.zoo, sympy.oo, -sympy.oo, sympy.I)
POWER, CHOOSE = sympy.Function("power"), sympy.Function("choose")


class ModelError(ReaderError):
    """A model that cannot be built or computed; the message names the equation and says what to change.

    Examples
    --------
    >>> from widgets import ModelError, funding_explorer
    >>> try:
    ...     funding_explorer().with_equation("amount_eur", "budget_eur * key_share_pct * children")
    ... except ModelError:
    ...     print("Deze vergelijking kan niet.")
    Deze vergelijking kan niet.
    """


def _unreadable(equation: str, written: str) -> ModelError:
    return ModelError(
        gettext(
            "Equation {equation!r} cannot be read: {written!r}. Check that every bracket has a partner and that no sign is missing.",
            equation=equation,
            written=written,
        )
    )


def symbol_of(name: str) -> sympy.Symbol:
    """Return the symbol that stands for a quantity in equations."""
    return sympy.Symbol(name, real=True)


def read_expression(equation: str, written: str | sympy.Expr, names: Sequence[str], later: Iterable[str] = ()) -> sympy.Expr:
    """Return what stands on the right-hand side of an equation as an expression, checked.

    Parameters
    ----------
    equation : str
        Name of the equation, for messages.
    written : str or sympy.Expr
        In SymPy's notation, with numbers, the operators ``+ - * / **``, comparisons within ``where``, and `FUNCTIONS`.
    names : sequence of str
        Quantities that are known there.
    later : iterable of str
        Quantities of the model that are computed only later.

    Raises
    ------
    ModelError
        When the text cannot be read, names something unknown, or gives no number.
    """
    symbols = {name: symbol_of(name) for name in names}
    if isinstance(written, str):
        _check_names(equation, *_words(equation, written), symbols, later)
        try:
            expression = sympy.parse_expr(" ".join(written.split()), local_dict=symbols | FUNCTIONS)
        except (SyntaxError, tokenize.TokenError, TypeError, ValueError, AttributeError) as error:
            raise _unreadable(equation, written) from error
    else:
        _check_names(equation, {symbol.name for symbol in written.free_symbols}, set(), symbols, later)
        expression = written.xreplace({symbol: symbols[symbol.name] for symbol in written.free_symbols})
    if not isinstance(expression, sympy.Expr):
        raise ModelError(gettext("Equation {equation!r} does not give a number: {written!r}.", equation=equation, written=written))
    if expression.has(*NO_NUMBERS):
        raise ModelError(
            gettext("Equation {equation!r} has no finite result, whatever the values: {written!r}.", equation=equation, written=written)
        )
    _check_calls(equation, expression)
    return expression


def _words(equation: str, written: str) -> tuple[set[str], set[str]]:
    """Return the names in a text, and those of them that are called."""
    allowed = {tokenize.NAME, tokenize.NUMBER, tokenize.NEWLINE, tokenize.ENDMARKER}
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(" ".join(written.split())).readline))
    except (SyntaxError, tokenize.TokenError) as error:
        raise _unreadable(equation, written) from error
    for token in tokens:
        if token.type not in allowed and token.string not in OPERATORS:
            raise ModelError(
                gettext(
                    "Equation {equation!r} cannot be read: {written!r} has {sign!r}; it may have {signs}.",
                    equation=equation,
                    written=written,
                    sign=token.string,
                    signs=" ".join(OPERATORS),
                )
            )
    names = {token.string for token in tokens if token.type == tokenize.NAME}
    called = {token.string for token, following in pairwise(tokens) if token.string in names and following.string == "("}
    return names, called


def _check_names(equation: str, names: set[str], called: set[str], symbols: Mapping[str, sympy.Symbol], later: Iterable[str]) -> None:
    for name in sorted(called & set(symbols)):
        raise ModelError(
            gettext(
                "Equation {equation!r}: {name} is a quantity and no function; write {name} * (...) for a product.",
                equation=equation,
                name=name,
            )
        )
    for name in sorted(called - set(FUNCTIONS)) or sorted(names - set(symbols) - set(FUNCTIONS)):
        if name in later:
            raise ModelError(
                gettext(
                    "Equation {equation!r} uses {name!r}, which is computed only there or later; put its equation first.",
                    equation=equation,
                    name=name,
                )
            )
        hint = suggestion(name, [*symbols, *FUNCTIONS])
        raise ModelError(
            gettext("Equation {equation!r} uses {name!r}, which is not known there. {hint}", equation=equation, name=name, hint=hint)
        )


def _check_calls(equation: str, expression: sympy.Expr) -> None:
    calls = [call for name, function in FUNCTIONS.items() for call in expression.atoms(function)]
    for call in calls:
        name, number = call.func.__name__, len(call.args)
        least, most = NUMBERS_TAKEN.get(name, (1, 1))
        if number < least or (most is not None and number > most):
            takes = (
                gettext("{number} or more values", number=least) if most is None else ngettext("{number} value", "{number} values", least)
            )
            raise ModelError(
                gettext(
                    "Equation {equation!r}: {name}() takes {takes}, not {number}.", equation=equation, name=name, takes=takes, number=number
                )
            )
        if name == "where" and isinstance(call.args[0], BooleanAtom):
            always = gettext("true") if call.args[0] else gettext("false")
            raise ModelError(
                gettext("Equation {equation!r}: the condition of where() is always {always}.", equation=equation, always=always)
            )
    conditions = {call.args[0] for call in calls if call.func.__name__ == "where"}
    if expression.atoms(Relational, BooleanAtom) - conditions:
        raise ModelError(gettext("Equation {equation!r}: a comparison can only be the condition of where().", equation=equation))


def expression_axis(equation: str, expression: sympy.Expr, axes: Mapping[str, str | None]) -> str | None:
    """Return the axis over which an expression has values; None for a single value.

    Raises
    ------
    ModelError
        When it mixes axes, or uses ``total()`` otherwise than for a single value.
    """
    totals = expression.atoms(FUNCTIONS["total"])
    for one in totals:
        inner = _axes_in(one, axes)
        if len(inner) != 1:
            text = (
                gettext("Equation {equation!r}: total() must add up one axis, not {axes}.")
                if inner
                else gettext("Equation {equation!r}: total() must add up values per place, but {part} is a single value.")
            )
            raise ModelError(text.format(equation=equation, axes=" + ".join(inner), part=one.args[0]))
    found = _axes_in(expression.xreplace({one: sympy.Integer(1) for one in totals}), axes)
    if len(found) > 1:
        raise ModelError(
            gettext(
                "Equation {equation!r} mixes {axes}; add one of them up first, in an equation with total().",
                equation=equation,
                axes=" + ".join(found),
            )
        )
    if totals and found:
        raise ModelError(
            gettext(
                "Equation {equation!r} uses total() beside values per {axis}; make the total an equation of its own.",
                equation=equation,
                axis=found[0],
            )
        )
    return found[0] if found else None


def _axes_in(expression: sympy.Basic, axes: Mapping[str, str | None]) -> list[str]:
    return sorted({axes[symbol.name] for symbol in expression.free_symbols} - {None})


def guarded(expression: sympy.Expr) -> sympy.Expr:
    """Return an expression with ``power`` and ``choose`` in the place of powers and conditions, as it is computed.

    Both are undefined as soon as what they look at is unknown, in Python as well as in the page. Of their own,
    one to an unknown power is one, and an unknown value meets no condition, so that the other case would apply.
    """
    varying = expression.replace(lambda part: part.is_Pow and not part.exp.is_number, lambda part: POWER(part.base, part.exp))
    return varying.replace(FUNCTIONS["where"], lambda condition, *cases: CHOOSE(condition, *cases, *_sides(condition)))


def _sides(condition: sympy.Basic) -> tuple[sympy.Basic, ...]:
    return condition.args if isinstance(condition, Relational) else (condition,)
