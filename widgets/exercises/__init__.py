"""Exercises for students: what each asks, and checks that say what is wrong with an answer.

>>> from widgets.exercises import check
>>> check("halvering", "a", ...)
Nog niet gemaakt.
>>> check("halvering", "a", "60")
Nog niet goed. Het antwoord is tekst. Geef een getal, zonder aanhalingstekens en met een punt als decimaalteken.
"""

from __future__ import annotations

from functools import lru_cache

from data.language import gettext, language
from widgets.exercises.catalogue import Exercise, exercises, overview
from widgets.exercises.feedback import NOT_YET, Feedback
from widgets.exercises.questions import Question, Unreadable, known_name
from widgets.text import Sentence

__all__ = ["Exercise", "Feedback", "check", "exercise", "exercises", "overview"]


@lru_cache
def _questions(name: str, code: str) -> dict[str, Question]:
    """Return the questions of an exercise in the language of the edition, computed once; ``code`` is that language."""
    return {one.name: one for one in exercises()}[name].questions()


def exercise(name: str) -> Sentence:
    """Return the card of an exercise: goal, time, level and chapter.

    Raises
    ------
    ValueError
        When there is no such exercise; the message says which is near.
    """
    found = known_name(name, [one.name for one in exercises()])
    return next(one for one in exercises() if one.name == found).card()


def check(name: str, task: str, answer: object) -> Feedback:
    """Look at an answer and say whether it is right, and if not what is wrong.

    Parameters
    ----------
    name : str
        Name of the exercise, for example ``"halvering"``.
    task : str
        Letter of the task, for example ``"a"``.
    answer : object
        The answer; ``...`` means that it is not made yet.

    Returns
    -------
    Feedback
        Always: a wrong answer is no error.
    """
    try:
        questions = _questions(known_name(name, [one.name for one in exercises()]), language())
        question = questions[known_name(task, list(questions))]
    except Unreadable as error:
        return Feedback(NOT_YET, gettext("Which task is it? {problem}", problem=str(error)))
    return question.check(answer)
