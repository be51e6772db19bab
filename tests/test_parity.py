"""Python and the page compute the same: every model in NumPy and, as JavaScript, in a real browser."""

from __future__ import annotations

import json
import random

import numpy as np
import pytest
from playwright.sync_api import Page

from tests.conftest import PROJECT
from tests.small_scenario import small_explorer, small_model
from widgets.controls import Choice, Range
from widgets.explorer import Explorer
from widgets.model import Model, ModelError, Quantity
from widgets.scenarios import models
from widgets.scenarios.explorers import explorers

SCRIPT = PROJECT / "book" / "assets" / "scripts" / "explorer.js"
LARGEST_DIFFERENCE = 1e-9
RANDOM_SETTINGS = 40
RANDOM_EXPRESSIONS = 150
EDGES = (0.0, 1.0, -1.0, 100.0, 1e-12, 1e15, np.nan)
COMPUTE = """([script, settings]) => {
  const known = (value) => (Array.isArray(value) ? value.map((one) => one ?? NaN) : value ?? NaN);
  const finite = (value) => (Array.isArray(value) ? value.map(finite) : Number.isFinite(value) ? value : null);
  const model = (0, eval)(script);
  return settings.map((values) => {
    const given = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, known(value)]));
    const results = model(given, window.helpers.each, window.helpers.total);
    return Object.fromEntries(Object.entries(results).map(([name, value]) => [name, finite(value)]));
  });
}"""


@pytest.fixture(scope="module")
def page(browser) -> Page:
    """Return a blank page with `each` and `total` of the explorers' own script; it has no security policy."""
    page = browser.new_page()
    start, end = (SCRIPT.read_text(encoding="utf-8").index(text) for text in ("const each", "/* A number as a Dutch reader types"))
    helpers = SCRIPT.read_text(encoding="utf-8")[start:end]
    page.evaluate(f"() => {{ {helpers}; window.helpers = {{ each, total }}; }}")
    yield page
    page.close()


def as_json(value: object) -> object:
    """Return a number or column as the page has it: what is unknown is null."""
    numbers = [float(one) if np.isfinite(one) else None for one in np.atleast_1d(np.asarray(value, dtype=float))]
    return numbers if np.ndim(value) else numbers[0]


def largest_difference(page: Page, model: Model, settings: list[dict[str, object]]) -> float:
    """Return the largest relative difference between Python and the page, over some settings of a model.

    What is undefined on one side must be undefined on the other.
    """
    plain = [{name: as_json(value) for name, value in values.items()} for values in settings]
    found = page.evaluate(COMPUTE, [model.javascript(), json.loads(json.dumps(plain, allow_nan=False))])
    largest = 0.0
    for values, there in zip(settings, found, strict=True):
        here = model.compute(values, undefined=True)
        assert list(there) == list(here)
        for name, value in here.items():
            mine, theirs = np.atleast_1d(value), np.array(there[name], dtype=float, ndmin=1)
            assert np.array_equal(np.isnan(mine), np.isnan(theirs)), f"{model.name}: {name} is undefined on one side with {values}"
            scale = np.maximum(np.abs(mine), np.abs(theirs))
            difference = np.abs(mine - theirs) / np.where(scale > 0, scale, 1)
            largest = max(largest, float(np.nanmax(difference, initial=0)))
            assert largest <= LARGEST_DIFFERENCE, f"{model.name}: {name} with {values}"
    return largest


def random_values(model: Model, generator: random.Random) -> dict[str, object]:
    """Return values for a model that nobody chose: of every size, with edges and gaps; half of the time without those."""
    edges = generator.choice((0, 0.2))

    def one() -> float:
        return generator.choice(EDGES) if generator.random() < edges else generator.choice((1, 1, 1, -1)) * 10 ** generator.uniform(-3, 7)

    values: dict[str, object] = {quantity.name: one() for quantity in model.inputs}
    for group in model.columns.values():
        count = generator.choice((1, 7, 342))
        values |= {quantity.name: np.array([one() for _ in range(count)]) for quantity in group}
    return values


def random_settings(explorer: Explorer, generator: random.Random) -> dict[str, object]:
    """Return settings of an explorer as a reader can make them, often at the end of a control."""

    def one(control: object) -> object:
        if isinstance(control, Range):
            steps = round((control.maximum - control.minimum) / control.step)
            return min(control.maximum, control.minimum + control.step * generator.choice((0, steps, generator.randint(0, steps))))
        return generator.choice(list(control.options)) if isinstance(control, Choice) else generator.choice((0, 1))

    return {control.name: one(control) for control in explorer.controls}


EVERY_MODEL = [small_model(), *models()]
EVERY_EXPLORER = [small_explorer(), *explorers()]


@pytest.mark.parametrize("model", EVERY_MODEL, ids=[model.name for model in EVERY_MODEL])
def test_values_that_nobody_chose_give_the_same_in_python_and_in_the_page(model, page):
    generator = random.Random(model.name)
    difference = largest_difference(page, model, [random_values(model, generator) for _ in range(RANDOM_SETTINGS)])
    print(f"{model.name}: {difference:.1e}")


@pytest.mark.parametrize("explorer", EVERY_EXPLORER, ids=[explorer.name for explorer in EVERY_EXPLORER])
def test_settings_of_a_reader_give_the_same_in_python_and_in_the_page(explorer, page):
    generator = random.Random(explorer.name)
    ends = [
        {},
        *({control.name: end} for control in explorer.controls if isinstance(control, Range) for end in (control.minimum, control.maximum)),
    ]
    every = [*ends, *(random_settings(explorer, generator) for _ in range(RANDOM_SETTINGS))]
    difference = largest_difference(page, explorer.model, [explorer.inputs(values) for values in every])
    print(f"{explorer.name}: {difference:.1e}")


def random_expression(generator: random.Random, depth: int) -> str:
    """Return an expression with bare numbers only, so that every function fits everywhere."""
    if depth == 0:
        return generator.choice(("a", "b", "x", "z", "0", "1", "2", "0.5", "100"))
    first, second, third = (random_expression(generator, depth - 1) for _ in range(3))
    return generator.choice((
        f"({first} + {second})", f"({first} - {second})", f"{first}*{second}", f"-({first})",
        f"{first}/(2 + {second})", f"1/({first} + b)", f"share(percent({first}))",
        f"(1 + absolute({first}))**x", f"(a + 1)**{first}", f"(b + {first})**2", f"absolute({first})**0.5", f"(x - {first})**(1/3)",
        f"minimum({first}, {second}, x)", f"maximum({first}, z)",
        f"where(x > {first}, {second}, {third})", f"where({first} + b <= z, {second}, {third})", f"where(a, {first}, z)",
        f"sqrt({first} + 1)", f"exp(-absolute({first}))", f"log({first} + x)",
    ))  # fmt: skip


def test_expressions_that_nobody_wrote_give_the_same_in_python_and_in_the_page(page):
    generator = random.Random(20251)
    inputs = [Quantity("a", "a", "1"), Quantity("b", "b", "1")]
    columns = {"place": [Quantity("x", "x", "1"), Quantity("z", "z", "1")]}
    made, largest = 0, 0.0
    while made < RANDOM_EXPRESSIONS:
        written = random_expression(generator, generator.choice((1, 2, 3)))
        try:
            model = Model(
                "willekeurig", inputs, columns, [(Quantity("r", "r", "1"), written), (Quantity("s", "s", "1"), "1/(1 + absolute(r))")]
            )
        except ModelError:  # always infinite, or a condition that is always true
            continue
        made += 1
        settings = [
            {
                "a": generator.choice((0.0, 1.0, -2.0, 3.5)),
                "b": generator.choice((0.0, 1.0, 7.0)),
                "x": np.array([0.0, 1.0, -1.0, np.nan, 2.5, 40.0]),
                "z": np.array([1.0, np.nan, 0.0, 3.0, -2.0, 0.25]),
            }
            for _ in range(3)
        ]
        try:
            largest = max(largest, largest_difference(page, model, settings))
        except AssertionError as error:
            raise AssertionError(f"{written}: {error}") from error
    print(f"expressions: {largest:.1e}")
