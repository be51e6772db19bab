"""Requests to stop (Ctrl-C, SIGTERM, SIGHUP): at once as an exception, so that everything is cleaned up, or a moment later."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Callable, Iterator

STOP_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


def _stop(number: int, _: object = None) -> None:
    raise KeyboardInterrupt(number)


@contextlib.contextmanager
def stoppable(handler: Callable[[int, object], None] = _stop) -> Iterator[None]:
    """Let requests to stop become a ``KeyboardInterrupt`` with the number of the signal, while the block lasts."""
    before = {number: signal.signal(number, handler) for number in STOP_SIGNALS}
    try:
        yield
    finally:
        for number, earlier in before.items():
            signal.signal(number, earlier)


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Let requests to stop wait until the end of the block (a fraction of a second)."""
    asked = []
    try:
        with stoppable(lambda number, _: asked.append(number)):
            yield
    finally:
        if asked:
            _stop(asked[0])
