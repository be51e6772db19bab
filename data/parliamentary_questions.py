"""The questions of a Member of Parliament of September 2025 and the answers of the cabinet, beside what this book can test.

The questions and answers are those of document ``answers_2025``. Whether an answer meets its question, and whether a figure of this
book can test it, is our judgement.
"""

from __future__ import annotations

import pandas as pd

from data.facts import fact
from data.growing_up import municipal_spread
from data.harmonise import harmonise
from data.language import gettext
from data.package import table

RISK = "poverty_risk_120_pct"


def answered_words() -> dict[str, str]:
    """Return in words how far a question is answered."""
    return {"yes": gettext("yes"), "partly": gettext("partly")}


def tested_words() -> dict[str, str]:
    """Return in words how far the figures of this book can test an answer."""
    return {
        "yes": gettext("yes"),
        "partly": gettext("partly"),
        "no": gettext("no"),
        "nothing": gettext("there is nothing to test"),
    }


def questions() -> pd.DataFrame:
    """Return the questions in their own order, each with our judgement of the answer.

    Returns
    -------
    pandas.DataFrame
        ``number``, ``subject``, ``answered`` and ``tested`` in words with ``answered_id`` and ``tested_id``, ``open`` (which part of the
        question has no answer) and ``unknown`` (what no figure in this book shows).
    """
    rows = [
        (
            gettext("The call of the Ombudsman for Children"),
            "yes",
            "nothing",
            gettext("nothing"),
            gettext("how many municipalities now have coherent policy for children"),
        ),
        (
            gettext("Support that is more than money"),
            "partly",
            "no",
            gettext("which bills and how much money"),
            gettext("how many families the new approach reaches, and what it costs"),
        ),
        (
            gettext("National guidelines for municipalities"),
            "partly",
            "partly",
            gettext("whether guidelines come, with what money and staff"),
            gettext("what each municipality offers"),
        ),
        (
            gettext("Vulnerable neighbourhoods"),
            "partly",
            "no",
            gettext("what support municipalities get for this"),
            gettext("how many children in poverty live in these neighbourhoods"),
        ),
        (
            gettext("Children taking part in decisions"),
            "partly",
            "partly",
            gettext("fixed forms such as children's councils, and money for them"),
            gettext("how many municipalities involve children now"),
        ),
        (
            gettext("Poverty and debts together"),
            "yes",
            "partly",
            gettext("nothing"),
            gettext("how many children grow up with problematic debts at home"),
        ),
        (
            gettext("Seeing debts earlier"),
            "yes",
            "no",
            gettext("nothing"),
            gettext("how many families got out of debt through this"),
        ),
        (
            gettext("A yearly monitor of child and family"),
            "partly",
            "no",
            gettext("health, expectations and well-being of children; whether all becomes public"),
            gettext("what policy does to the lives of children"),
        ),
        (
            gettext("A new generation"),
            "partly",
            "yes",
            gettext("which measures are new"),
            gettext("which measure brought down poverty, and by how much"),
        ),
    ]
    frame = pd.DataFrame(rows, columns=["subject", "answered_id", "tested_id", "open", "unknown"])
    frame.insert(0, "number", range(1, len(frame) + 1))
    return frame.assign(answered=frame["answered_id"].map(answered_words()), tested=frame["tested_id"].map(tested_words()))


def municipal_extremes() -> dict[str, object]:
    """Return how far municipalities lie apart in the last year with figures for all of them.

    Returns
    -------
    dict
        ``year``; ``limit`` (percent of the social minimum); ``lowest`` and ``highest``: the share of children, in percent, that a tenth of
        the municipalities stays below and that a tenth exceeds. Source: table ``municipal_child_poverty``.
    """
    spread = municipal_spread(harmonise(table("municipal_child_poverty")), RISK)
    last = spread[spread["year"] == spread["year"].max()][RISK].astype(float)
    return {
        "year": int(spread["year"].max()),
        "limit": fact("du_key_income_limit").value,
        "lowest": float(last.min()),
        "highest": float(last.max()),
    }
