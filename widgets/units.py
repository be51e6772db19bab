"""Units of quantities, and the check that an equation keeps them: euros are never added to children."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import sympy
from sympy.core.relational import Relational

from data.language import gettext
from widgets.expressions import ModelError

UNITS = {name: sympy.Symbol(name, positive=True) for name in ("eur", "child", "household", "year", "service", "municipality", "percent")}
ONE = sympy.Integer(1)
YEAR = UNITS["year"]
PERCENT = UNITS["percent"]


def parse_unit(text: str) -> sympy.Expr:
    """Return a unit such as ``eur/child/year`` or ``1`` as an expression in `UNITS`.

    Raises
    ------
    ModelError
        When the text names a unit that does not exist.
    """
    unknown = [name for name in re.findall(r"[a-z_]+", text) if name not in UNITS]
    if unknown or not re.fullmatch(r"(1|[a-z_]+)([*/][a-z_]+)*", text):
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


def say_unit(unit: sympy.Expr) -> str:
    """Return a unit as messages name it."""
    words = {
        "eur": gettext("eur"),
        "child": gettext("child"),
        "household": gettext("household"),
        "year": gettext("year"),
        "service": gettext("service"),
        "municipality": gettext("municipality"),
        "percent": gettext("percent"),
    }
    return gettext("a bare number") if unit == 1 else re.sub(r"[a-z]+", lambda found: words.get(found[0], found[0]), str(unit))


def fits(unit: sympy.Expr | None, expected: sympy.Expr) -> bool:
    """Return whether a unit is the expected one; zero, without unit, fits every unit."""
    return unit is None or unit == expected


def expression_unit(name: str, expression: sympy.Basic, units: Mapping[str, sympy.Expr]) -> sympy.Expr | None:
    """Return the unit of an expression; None for zero, which fits every unit.

    Parameters
    ----------
    name : str
        Name of the equation, for messages.
    expression : sympy.Basic
        As `widgets.expressions.read_expression` returns it.
    units : mapping of str to sympy.Expr
        Unit of each quantity by its name.

    Raises
    ------
    ModelError
        When it adds, compares or converts what has another unit.
    """

    def same(parts: Sequence[sympy.Basic], problem: str) -> sympy.Expr | None:
        found = [(part, expression_unit(name, part, units)) for part in parts]
        known = [(part, unit) for part, unit in found if unit is not None]
        for part, unit in known[1:]:
            if unit != known[0][1]:
                said = {"first_unit": say_unit(known[0][1]), "second_unit": say_unit(unit)}
                raise ModelError(problem.format(equation=name, first=known[0][0], second=part, **said))
        return known[0][1] if known else None

    def must_be(part: sympy.Basic, expected: sympy.Expr, where: str) -> None:
        unit = expression_unit(name, part, units)
        if not fits(unit, expected):
            said = {"expected": say_unit(expected), "unit": say_unit(unit)}
            raise ModelError(
                gettext(
                    "Equation {equation!r}: {where} must be {expected}, but {part} is {unit}.",
                    equation=name,
                    where=where,
                    part=part,
                    **said,
                )
            )

    compares = gettext("Equation {equation!r} compares {first} ({first_unit}) and {second} ({second_unit}).")
    if expression.is_Symbol:
        return units[expression.name]
    if expression.is_number:
        return None if expression.is_zero else ONE
    if isinstance(expression, sympy.Add):
        return same(expression.args, gettext("Equation {equation!r} adds {first} ({first_unit}) and {second} ({second_unit})."))
    if isinstance(expression, Relational):
        same(expression.args, compares)
        return ONE
    if isinstance(expression, sympy.Mul):
        found = [expression_unit(name, part, units) for part in expression.args]
        return None if None in found else sympy.Mul(*found)
    if isinstance(expression, sympy.Pow):
        base, exponent = expression.args
        unit = expression_unit(name, base, units) or ONE
        if exponent.is_number:
            return unit**exponent
        power = expression_unit(name, exponent, units)
        if unit != 1 or power not in (None, ONE, YEAR, 1 / YEAR):
            raise ModelError(
                gettext(
                    "Equation {equation!r}: {base} ({unit}) cannot be raised to {exponent}; only a factor to a number of years.",
                    equation=name,
                    base=base,
                    unit=say_unit(unit),
                    exponent=exponent,
                )
            )
        return ONE
    function = expression.func.__name__
    if function in ("minimum", "maximum"):
        return same(expression.args, compares)
    if function == "where":
        expression_unit(name, expression.args[0], units)
        return same(
            expression.args[1:], gettext("Equation {equation!r} chooses between {first} ({first_unit}) and {second} ({second_unit}).")
        )
    if function in ("total", "absolute"):
        return expression_unit(name, expression.args[0], units)
    if function == "share":
        unit = expression_unit(name, expression.args[0], units)
        if unit is not None and unit.as_powers_dict()[PERCENT] != 1:
            raise ModelError(
                gettext(
                    "Equation {equation!r}: share() takes a percentage, but {part} is {unit}.",
                    equation=name,
                    part=expression.args[0],
                    unit=say_unit(unit),
                )
            )
        return None if unit is None else unit / PERCENT
    if function == "percent":
        unit = expression_unit(name, expression.args[0], units)
        return None if unit is None else unit * PERCENT
    if function in ("log", "exp"):
        must_be(expression.args[0], ONE, gettext("the argument of {function}()", function=function))
        return ONE
    if function == "sqrt":
        unit = expression_unit(name, expression.args[0], units)
        return None if unit is None else sympy.sqrt(unit)
    if function == "years_until":
        same(expression.args[:2], compares)
        must_be(expression.args[2], ONE, gettext("the yearly factor of years_until()"))
        return YEAR
    raise ModelError(f"Equation {name!r} uses {function}(), which has no meaning here.")
