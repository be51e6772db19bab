"""Exercise "Is the newspaper right?": a fall between figures of different publications, and within one."""

from __future__ import annotations

import pandas as pd

from data.facts import fact
from data.language import gettext
from data.names import search_text
from data.package import table
from widgets.exercises.questions import Change, Form, Mistake, Number, Question, Rule, Unreadable, known_name

VERDICTS = ("juist", "onjuist")


def _figures(column: str) -> pd.Series:
    national = table("national_child_poverty")
    return national.set_index(["measure", "vintage", "year"])[column].dropna().astype(float)


def questions() -> dict[str, Question]:
    """Return the question of each task."""
    counts, shares = _figures("children_count")["low_income"], _figures("children_pct")["low_income"]
    claim = Change(counts["before_revision", 2014], counts["revised_2023", 2022])
    revision = Change(counts["before_revision", 2014], counts["statline_2025_06", 2014])
    edition = shares["revised_2023"]
    honest = Change(edition[2014], edition[2022])
    return {
        "a": Number(
            claim.fall_pct,
            [
                *claim.fall_mistakes(),
                Mistake(
                    gettext("You began with the newer figure for 2014. The newspaper took the older one."),
                    Change(revision.end, claim.end).fall_pct,
                ),
            ],
            remember=gettext("The sum of the newspaper is right. Whether the comparison is right is the next question."),
        ),
        "b": Number(
            revision.start - revision.end,
            [
                Mistake(
                    gettext("These are the figures for 2011. The question is about 2014."),
                    counts["before_revision", 2011] - counts["statline_2025_06", 2011],
                ),
                Mistake(gettext("This is the fall of the newspaper. Compare two figures for the same year."), claim.start - claim.end),
                Mistake(gettext("This is the difference in percent. The question is how many children."), revision.fall_pct),
            ],
            remember=gettext("Nothing happened to these children: only the way of counting changed."),
            decimals=0,
        ),
        "c": Number(
            honest.fall_pct,
            [
                *honest.fall_mistakes(),
                Mistake(gettext("You began in 2015. The question begins in 2014."), Change(edition[2015], edition[2022]).fall_pct),
                Mistake(gettext("You began in 2013. The question begins in 2014."), Change(edition[2013], edition[2022]).fall_pct),
                Mistake(
                    gettext("The first figure is from the publication before the revision. Take both from one publication."),
                    Change(shares["before_revision", 2014], edition[2022]).fall_pct,
                ),
            ],
            remember=gettext("Within one publication the fall is smaller than in the newspaper."),
        ),
        "d": verdict_form(),
    }


def _series(form: dict) -> pd.Series:
    """Return the figures of the measure and publication that a student chose, by year."""
    shares = _figures("children_pct")
    measure = known_name(form["maat"], sorted(shares.index.get_level_values(0).unique()))
    return shares[measure][known_name(form["publicatie"], sorted(shares[measure].index.get_level_values(0).unique()))]


def _period() -> int:
    return int(fact("child_poverty_reduction_period_years").value)


def _years_apart(form: dict) -> bool:
    return int(form["laatste_jaar"]) - int(form["eerste_jaar"]) == _period()


def _has_both_years(form: dict) -> bool:
    return {int(form["eerste_jaar"]), int(form["laatste_jaar"])} <= set(_series(form).index)


def _follows(form: dict) -> bool:
    series = _series(form)
    halved = Change(series[int(form["eerste_jaar"])], series[int(form["laatste_jaar"])]).fall_pct > 50
    return search_text(form["oordeel"]) == ("juist" if halved else "onjuist")


def _readable(form: dict) -> bool:
    for name in ("eerste_jaar", "laatste_jaar"):
        if not str(form[name]).isdigit():
            raise Unreadable(gettext("‘{name}’ is no year. Give a number, for example 2018.", name=name))
    return search_text(form["oordeel"]) in VERDICTS


def verdict_form() -> Form:
    """Return the form with a verdict on the claim of 2025."""
    example = {
        "maat": "poverty_line_2024",
        "publicatie": "published_2024_10",
        "eerste_jaar": 2018,
        "laatste_jaar": 2023,
        "oordeel": "juist",
        "uitleg": "Met de nieuwe grens klopt de uitspraak volgens de eerste cijfers, maar met de oude grens hebben we die jaren niet.",
    }
    return Form(
        example,
        [
            Rule(
                gettext("The verdict is one of: {names}.", names=", ".join(VERDICTS)),
                example | {"oordeel": "misschien"},
                _readable,
            ),
            Rule(
                gettext("The claim is about {years} years. Choose years that are that far apart.", years=_period()),
                example | {"eerste_jaar": 2019},
                _years_apart,
            ),
            Rule(
                gettext("This publication has no percentage for one of these years. Look which years it has, or choose another."),
                example | {"publicatie": "published_2025_12"},
                _has_both_years,
            ),
            Rule(
                gettext("The verdict does not follow from the figures that you chose. Compute the fall between these years once more."),
                example | {"oordeel": "onjuist"},
                _follows,
            ),
        ],
        remember=gettext("With another measure the verdict can be another. That is why a claim without a measure cannot be checked."),
        texts=("uitleg",),
    )
