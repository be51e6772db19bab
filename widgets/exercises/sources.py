"""Exercise "What does the source say?": find a figure, turn it into a number, and quote precisely."""

from __future__ import annotations

from data.facts import Fact, fact, facts
from data.language import gettext
from data.names import search_text
from data.package import table
from widgets.exercises.questions import Form, Mistake, Name, Number, Question, Rule, known_name

YEAR = 2018
MEASURED, PLANNED = "municipalities_measured_impact_share", "municipalities_plan_evaluation_share"
ANSWERS = ("klopt", "klopt niet", "niet te zeggen")
QUOTATION_WORDS = 4


def _municipalities(year: int) -> int:
    frame = table("municipal_child_poverty")
    return int((frame["year"] == year).sum())


def questions() -> dict[str, Question]:
    """Return the question of each task."""
    count, measured = _municipalities(YEAR), fact(MEASURED).value / 100
    return {
        "a": Name(
            MEASURED,
            [
                Mistake(gettext("These municipalities plan to measure. Asked is who did it."), PLANNED),
                Mistake(
                    gettext("These municipalities involved children. Asked is who measured what the policy does."),
                    "municipalities_involved_children_share",
                ),
                Mistake(
                    gettext("This is about knowing the target group, not about measuring the effect."),
                    "municipalities_target_group_in_view_share",
                ),
                Mistake(gettext("This is a year, not a share of the municipalities."), "bartels_evaluation_year"),
            ],
            known=tuple(one.fact_id for one in facts()),
        ),
        "b": Number(
            measured * count,
            [
                Mistake(
                    gettext("You counted the municipalities of 2025. In {year} there were more.", year=str(YEAR)),
                    measured * len(table("municipalities")),
                ),
                Mistake(
                    gettext("You counted the municipalities of 2021. In {year} there were more.", year=str(YEAR)),
                    measured * _municipalities(2021),
                ),
                Mistake(gettext("These municipalities plan to measure. Asked is who did it."), fact(PLANNED).value / 100 * count),
                Mistake(gettext("These are the municipalities that did not measure. Asked are the others."), (1 - measured) * count),
                Mistake(gettext("This is the number of municipalities. How many of them measured?"), float(count)),
            ],
            remember=gettext("The percentage is rounded to whole percents, so this number can be a few municipalities off."),
            decimals=0,
        ),
        "c": Name(
            "niet te zeggen",
            [
                Mistake(gettext("Could a municipality that measured also plan to measure again? Then it counts twice."), "klopt"),
                Mistake(gettext("Do you know that the groups overlap? The source does not say so either."), "klopt niet"),
            ],
            remember=gettext("Shares can only be added up when no one is in both groups, and the source does not say that."),
            known=ANSWERS,
        ),
        "d": quotation_form(),
    }


def quotation_form() -> Form:
    """Return the form in which a student quotes a source and says what it does not state."""
    quoted = {one.fact_id: one for one in facts() if len(one.quotation.split()) >= QUOTATION_WORDS}
    ids = [one.fact_id for one in facts()]
    example = {
        "fact_id": MEASURED,
        "citaat": "Te weinig gemeenten (17%) hebben de impact",
        "staat_er": "De notitie vindt het deel van de gemeenten dat de gevolgen van het beleid heeft gemeten, te klein.",
        "staat_er_niet": "Er staat niet hoe die gemeenten hebben gemeten, en ook niet of de kinderen er beter van werden.",
    }

    def chosen(form: dict) -> Fact:
        return fact(known_name(form["fact_id"], ids))

    return Form(
        example,
        [
            Rule(
                gettext("The quotation of this figure is short or lacking. Choose a figure with a sentence to quote."),
                example | {"fact_id": next(one for one in ids if one not in quoted)},
                lambda form: chosen(form).fact_id in quoted,
            ),
            Rule(
                gettext("These are not the words of the source. Copy them from .quotation, without changes."),
                example | {"citaat": "Te weinig gemeenten hebben de impact gemeten"},
                lambda form: search_text(form["citaat"]) in search_text(chosen(form).quotation),
            ),
            Rule(
                gettext("The quotation is too short to carry the figure. Quote at least {count} words.", count=QUOTATION_WORDS),
                example | {"citaat": "de impact"},
                lambda form: len(form["citaat"].split()) >= QUOTATION_WORDS,
            ),
            Rule(
                gettext("What is stated and what is not stated are the same text."),
                example | {"staat_er_niet": example["staat_er"]},
                lambda form: search_text(form["staat_er"]) != search_text(form["staat_er_niet"]),
            ),
        ],
        remember=gettext("Who says what a source does not state, prevents that others read it in."),
        texts=("staat_er", "staat_er_niet"),
    )
