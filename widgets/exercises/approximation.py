"""Exercise "How far off is the approximation?": the book's own percentages beside those that CBS published for 2021."""

from __future__ import annotations

import pandas as pd

from data.approximations import approximation_errors
from data.language import gettext
from data.package import table
from widgets.exercises.questions import Mistake, Number, Question

YEARS = (2019, 2020)
BOUND = 0.1


def _changes() -> pd.Series:
    frame = table("municipal_child_poverty").pivot(index="municipality_code", columns="year", values="poverty_risk_120_pct")
    return (frame[YEARS[1]] - frame[YEARS[0]]).dropna().astype(float)


def questions() -> dict[str, Question]:
    """Return the question of each task."""
    errors = approximation_errors().round(6)
    check = table("poverty_risk_check").set_index("region_code")
    relative = (100 * (check["poverty_risk_120_approximated_pct"] / check["poverty_risk_120_pct"] - 1)).astype(float)[errors.index]
    largest = errors.abs().max()
    change = _changes().round(6)
    certain = change.abs() > 2 * largest
    return {
        "a": Number(
            errors.mean(),
            [
                Mistake(gettext("This is the mean size of the error. Asked is the mean with its sign."), errors.abs().mean()),
                Mistake(gettext("This is the middle error (median). Asked is the mean."), errors.median()),
                Mistake(
                    gettext("This is in percent of the figure. Asked are percentage points: subtract, do not divide."), relative.mean()
                ),
            ],
            remember=gettext("On average the approximation is a little too high. Errors of one municipality can still go either way."),
            decimals=3,
        ),
        "b": Number(
            largest,
            [
                Mistake(
                    gettext("This is the largest error on one side. Look at the size: an error below zero is an error too."), errors.min()
                ),
                Mistake(gettext("This is the mean size. Asked is the largest."), errors.abs().mean()),
                Mistake(
                    gettext("This is in percent of the figure. Asked are percentage points: subtract, do not divide."), relative.abs().max()
                ),
                Mistake(gettext("This is the distance between the lowest and the highest error."), errors.max() - errors.min()),
            ],
            decimals=3,
        ),
        "c": Number(
            100 * (errors.abs() > BOUND).mean(),
            [
                Mistake(gettext("You counted errors that are exactly on the bound too."), 100 * (errors.abs() >= BOUND).mean()),
                Mistake(
                    gettext("These are the municipalities within the bound. Asked are those outside it."),
                    100 * (errors.abs() <= BOUND).mean(),
                ),
                Mistake(gettext("This is a number of municipalities. Asked is a percentage."), float((errors.abs() > BOUND).sum())),
            ],
        ),
        "d": Number(
            float(certain.sum()),
            [
                Mistake(
                    gettext("You counted changes that are exactly as large as both errors together too."),
                    float((change.abs() > 2 * largest - 1e-6).sum()),
                ),
                Mistake(gettext("Both years can be off. Use the largest error twice."), float((change.abs() > largest).sum())),
                Mistake(gettext("You counted only falls. A rise counts too."), float((change < -2 * largest).sum())),
                Mistake(gettext("You counted only rises. A fall counts too."), float((change > 2 * largest).sum())),
                Mistake(gettext("These are the municipalities of which the direction is not certain."), float((~certain).sum())),
                Mistake(gettext("This is a percentage. Asked is a number of municipalities."), 100 * float(certain.mean())),
            ],
            remember=gettext("We measured the error on one year, and assume that it is not larger in others. That stays an assumption."),
            decimals=0,
        ),
    }
