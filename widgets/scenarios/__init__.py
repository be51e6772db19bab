"""The scenarios of the book: a model, its data and its defaults with their sources, one module each.

Each module has the same face:

- ``MODEL``: the equations.
- ``controls()``: what the reader sets, each with a default and its source.
- ``constants()``: the inputs that are not set: a value, or ``{"by": choice, "values": {option: value}}``.
- ``columns()``: per axis a table with one row per place, or per place and option of a choice (a column with its name).
- ``OUTCOMES``: names of the results shown side by side (baseline, scenario, difference).
- ``readouts()``: the same in a sentence.
- ``assumptions()`` and ``limits()``: what is supposed, and how far the result may be trusted, in Markdown with cited figures.
- ``KNOWN_ANSWERS``: settings with results that were computed in another way.
"""

from __future__ import annotations

from widgets.model import Model
from widgets.scenarios import family_support, funding, halving, poverty_lines, reach, sliding_scale

SCENARIOS = {module.MODEL.name: module for module in (funding, reach, halving, sliding_scale, poverty_lines, family_support)}


def models() -> list[Model]:
    """Return the model of every scenario."""
    return [module.MODEL for module in SCENARIOS.values()]
