"""Ask a web service with patience: time-out, new attempts after growing waits, and one clear sentence when it fails."""

from __future__ import annotations

import json
from collections.abc import Callable

import requests
from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_exponential

ATTEMPTS = 5
FIRST_WAIT_S = 1.0
LONGEST_WAIT_S = 30.0
TIMEOUT_S = 60.0
PASSING_FAULTS = (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError, json.JSONDecodeError)


class RefreshError(Exception):
    """Why a table could not be refreshed, in a sentence for the person who asked for it."""


def ask(service: str, request: Callable, *arguments: str) -> object:
    """Make a request; again, after waits that double, when the fault may pass.

    Parameters
    ----------
    service : str
        Name of the service, to begin the error with.
    request : callable
        Takes the arguments and ``timeout`` (seconds), uses ``requests``.

    Raises
    ------
    RefreshError
        When all attempts failed, or the first one with a fault that will not pass.
    """
    retrying = Retrying(
        stop=stop_after_attempt(ATTEMPTS),
        wait=wait_exponential(FIRST_WAIT_S, LONGEST_WAIT_S),
        retry=retry_if_exception(_may_pass),
        reraise=True,
    )
    try:
        return retrying(request, *arguments, timeout=TIMEOUT_S)
    except (requests.RequestException, ValueError, KeyError, TypeError) as error:
        tried = f" Tried {ATTEMPTS} times." if _may_pass(error) else ""
        raise RefreshError(f"{service} {_fault(error)}.{tried}") from error


def http_status(error: BaseException | None) -> int | None:
    """Return the HTTP status behind an error; ``cbsodata`` raises a second error, without the answer, from the first."""
    while error is not None:
        if (response := getattr(error, "response", None)) is not None:
            return response.status_code
        error = error.__cause__
    return None


def _may_pass(error: BaseException) -> bool:
    status = http_status(error)
    return status >= 500 or status == 429 if status else isinstance(error, PASSING_FAULTS)


def _fault(error: Exception) -> str:
    if isinstance(error, requests.Timeout):
        return f"did not answer within {TIMEOUT_S:g} seconds"
    if status := http_status(error):
        return f"answered with error {status}"
    if isinstance(error, requests.RequestException):
        return "could not be reached or broke off the connection"
    return "gave an answer that is cut off or not in the expected form"
