"""Exercise "Another definition, another ranking": municipalities ordered by share, by number, and with another limit."""

from __future__ import annotations

import pandas as pd

from data.language import gettext
from data.package import table
from widgets.exercises.questions import Mistake, Name, Names, Number, Question

YEAR = 2021
OTHER_YEAR = 2022
LENGTH = 5


def _municipalities(year: int) -> pd.DataFrame:
    frame = table("municipal_low_income")
    frame = frame[frame["year"] == year].set_index("municipality_name")
    return frame[["low_income_count", "low_income_pct", "up_to_150_pct"]].astype(float)


def _top(values: pd.Series, *, ascending: bool = False) -> list[str]:
    return list(values.sort_values(ascending=ascending, kind="stable").index[:LENGTH])


def questions() -> dict[str, Question]:
    """Return the question of each task."""
    frame, later = _municipalities(YEAR), _municipalities(OTHER_YEAR)
    share, limit_150 = frame["low_income_pct"], frame["up_to_150_pct"]
    places = pd.DataFrame({name: frame[name].rank(ascending=False) for name in frame})
    moved = places["up_to_150_pct"] - places["low_income_pct"]
    names = tuple(sorted(frame.index))
    second = places["low_income_count"].sort_values().index[1]
    return {
        "a": Names(
            _top(share),
            [
                Mistake(
                    gettext("You ordered by the number of children. The question is about the share."), _top(frame["low_income_count"])
                ),
                Mistake(gettext("You used the limit of 150 percent. The question is about the low-income limit."), _top(limit_150)),
                Mistake(gettext("These are the lowest shares. Order from high to low."), _top(share, ascending=True)),
                Mistake(
                    gettext("You used {year}. The question is about {asked}.", year=str(OTHER_YEAR), asked=str(YEAR)),
                    _top(later["low_income_pct"]),
                ),
            ],
            known=names,
        ),
        "b": Number(
            share.rank(ascending=False, method="min")[second],
            [
                Mistake(gettext("This is the place when you count from low to high."), share.rank(method="min")[second]),
                Mistake(gettext("This is the place by number. Which place does it have by share?"), 2.0),
                Mistake(gettext("This is the share itself. Asked is the place in the ranking."), share[second]),
                Mistake(
                    gettext("You used the limit of 150 percent. The question is about the low-income limit."),
                    limit_150.rank(ascending=False, method="min")[second],
                ),
            ],
            remember=gettext("Many children and a large part of the children are two different things."),
            decimals=0,
        ),
        "c": Name(
            moved.idxmin(),
            [
                Mistake(gettext("This municipality falls most places. Which one rises most?"), moved.idxmax()),
                Mistake(gettext("Here the share itself rises most. Asked are places in the ranking."), (limit_150 - share).idxmax()),
            ],
            remember=gettext("Here many families live just above the lower limit: the definition decides whether you see them."),
            known=names,
        ),
        "d": Number(
            places["low_income_pct"].corr(places["up_to_150_pct"]),
            [
                Mistake(
                    gettext("This is the correlation of the shares. Asked is that of the places: use .rank() first."), share.corr(limit_150)
                ),
                Mistake(
                    gettext("You compared with the number of children. Compare the two shares."),
                    places["low_income_pct"].corr(places["low_income_count"]),
                ),
            ],
            remember=gettext("The rankings look alike as a whole; for a single municipality the difference can still be large."),
            decimals=2,
        ),
    }
