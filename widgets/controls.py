"""What a reader can set in an explorer, and what an explorer says back."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from string import Formatter

from data.facts import fact
from data.language import gettext
from data.suggestions import ReaderError

READOUT_FIELDS = {"value", "baseline", "difference"}


def plain_number(value: object) -> object:
    """Return a number as JSON and JavaScript have it: whole when it is; anything else as it is."""
    if isinstance(value, str):
        return value
    number = float(value)
    return int(number) if number == int(number) else number


def option_key(option: object) -> str:
    """Return the text by which the page finds what belongs to an option: the one that JavaScript makes of its value."""
    return str(plain_number(option))


@dataclass(frozen=True)
class Control(ABC):
    """Something that the reader can set.

    Parameters
    ----------
    name : str
        The input of the model that it sets, or the column of the data by which a choice selects.
    key : str
        Its name in the address of the page: one Dutch word.
    default : float or str
        Value at first, and in the baseline.
    source : str or None
        Identifier of the fact that the default comes from.
    label : str or None
        What the reader calls it; by default the label of the model's input.
    """

    name: str
    key: str
    default: float | str
    source: str | None = None
    label: str | None = None

    kind = "control"

    def __post_init__(self) -> None:
        if self.source is not None:
            fact(self.source)
        self.check(self.default)

    @property
    @abstractmethod
    def possible(self) -> str:
        """The values that it can have, in words."""

    @abstractmethod
    def check(self, value: object) -> float | str:
        """Return a value as the control holds it.

        Raises
        ------
        ValueError
            When the control cannot have that value.
        """

    def declaration(self) -> dict:
        """Return what the page needs to know of the control."""
        return {"name": self.name, "key": self.key, "kind": self.kind, "default": plain_number(self.check(self.default))}


@dataclass(frozen=True)
class Range(Control):
    """A slider with a number beside it, from `minimum` to `maximum` in steps of `step`."""

    minimum: float = 0
    maximum: float = 100
    step: float = 1

    kind = "range"

    def __post_init__(self) -> None:
        if not (self.minimum < self.maximum and self.step > 0):
            raise ValueError(f"{self.name} cannot go from {self.minimum:g} to {self.maximum:g} in steps of {self.step:g}.")
        super().__post_init__()
        if round(self.default, self.decimals) != self.default:
            raise ValueError(f"The default of {self.name}, {self.default!r}, has more decimals than its step, {self.step!r}.")

    def check(self, value: object) -> float:
        """Return the value as a number within the range."""
        try:
            number = float(value)
        except (TypeError, ValueError):
            raise ReaderError(gettext("‘{name}’ must be a number, not {value}.", name=self.name, value=repr(value))) from None
        if not (math.isfinite(number) and self.minimum <= number <= self.maximum):
            raise ReaderError(
                gettext(
                    "‘{name}’ goes from {minimum} to {maximum}; {value} is outside that range.",
                    name=self.name,
                    minimum=str(plain_number(self.minimum)),
                    maximum=str(plain_number(self.maximum)),
                    value=repr(value),
                )
            )
        return number

    @property
    def possible(self) -> str:
        """The values that it can have, in words."""
        return gettext("{low} up to and including {high}", low=str(plain_number(self.minimum)), high=str(plain_number(self.maximum)))

    @property
    def decimals(self) -> int:
        """Decimals that the step needs."""
        return max(0, -Decimal(str(self.step)).normalize().as_tuple().exponent)

    def declaration(self) -> dict:
        """Return what the page needs to know of the control."""
        return super().declaration() | {"minimum": self.minimum, "maximum": self.maximum, "step": self.step, "decimals": self.decimals}


@dataclass(frozen=True)
class Choice(Control):
    """One of a few options.

    Parameters
    ----------
    options : mapping of float or str to str
        The reader's word for each value.
    compared : bool
        Whether results with two options may be set side by side. If not (two measures of poverty), the baseline takes over the option.
    name, key, default, source, label
        See `Control`.
    """

    options: Mapping[float | str, str] | None = None
    compared: bool = True

    kind = "choice"

    @property
    def possible(self) -> str:
        """The values that it can have, in words."""
        options = (self.options or {}).items()
        return ", ".join(words if words == str(option) else f"{option!r}: {words}" for option, words in options)

    def check(self, value: object) -> float | str:
        """Return the option that equals the value, or whose text does."""
        for option in self.options or {}:
            if value == option or str(value) == str(option):
                return option
        options = ", ".join(map(repr, self.options or {}))
        raise ReaderError(gettext("‘{name}’ is one of {options}, not {value}.", name=self.name, options=options, value=repr(value)))

    def declaration(self) -> dict:
        """Return what the page needs to know of the control."""
        return super().declaration() | {
            "options": [[plain_number(option), label] for option, label in self.options.items()],
            "compared": self.compared,
        }


@dataclass(frozen=True)
class Toggle(Control):
    """Yes or no: one or zero in the model."""

    kind = "toggle"

    @property
    def possible(self) -> str:
        """The values that it can have, in words."""
        return gettext("1 (yes) or 0 (no)")

    def check(self, value: object) -> float:
        """Return one or zero."""
        if value not in (0, 1, True, False, "0", "1"):
            raise ReaderError(gettext("‘{name}’ is on (1) or off (0), not {value}.", name=self.name, value=repr(value)))
        return float(value)


@dataclass(frozen=True)
class Readout:
    """A sentence about a result of a model, in four forms.

    Parameters
    ----------
    name : str
        A result of the model that is a single value.
    more, less, same : str
        Sentences with fields ``{value}``, ``{baseline}`` and ``{difference}`` (without sign): when the scenario gives more or
        less than the baseline, and when it gives the same.
    undefined : str
        Sentence for when it cannot be computed.
    """

    name: str
    more: str
    less: str
    same: str
    undefined: str

    def __post_init__(self) -> None:
        for form in (self.more, self.less, self.same, self.undefined):
            unknown = sorted({name for _, name, _, _ in Formatter().parse(form) if name is not None} - READOUT_FIELDS)
            if unknown or not form.strip():
                raise ValueError(f"The readout of {self.name} cannot say {form!r}; its fields are {', '.join(sorted(READOUT_FIELDS))}.")
