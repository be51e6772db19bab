"""The scenarios of the book: a model, its data and its defaults with their sources, one module each."""

from __future__ import annotations

from widgets.model import Model


def models() -> list[Model]:
    """Return the model of every scenario."""
    return []
