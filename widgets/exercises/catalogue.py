"""Which exercises there are: goal, time, level and the chapter each belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from data.language import gettext
from widgets.exercises.questions import Question
from widgets.text import Sentence


@dataclass(frozen=True)
class Exercise:
    """An exercise.

    Parameters
    ----------
    name : str
        By which a check names it; also the end of the name of its notebook.
    module : str
        Module of `widgets.exercises` with a function ``questions()``: a question per task.
    title, goal, needs : str
        For the reader; ``needs`` is what a student must know before.
    chapter, chapter_title : str
        Path of the chapter without ending, and its heading.
    minutes : int
        Time for a student who has done one exercise before.
    level : int
        1 (first steps with a table), 2 (several steps) or 3 (design something yourself).
    """

    name: str
    module: str
    title: str
    goal: str
    needs: str
    chapter: str
    chapter_title: str
    minutes: int
    level: int

    @property
    def level_text(self) -> str:
        """The level in the words of the reader."""
        return {1: gettext("first steps"), 2: gettext("several steps"), 3: gettext("design it yourself")}[self.level]

    def questions(self) -> dict[str, Question]:
        """Return the question of each task, by its letter; computed from the tables."""
        return import_module(f"widgets.exercises.{self.module}").questions()

    def card(self) -> Sentence:
        """Return what stands above the exercise: goal, time, level, chapter."""
        lines = [
            gettext("**Goal.** {goal}", goal=self.goal),
            gettext("**Time.** About {minutes} minutes. **Level.** {level}.", minutes=self.minutes, level=self.level_text.capitalize()),
            gettext("**You need.** {needs}", needs=self.needs),
            gettext("**Belongs to** the chapter [{title}](../{chapter}).", title=self.chapter_title, chapter=self.chapter),
        ]
        return Sentence("\n\n".join(lines))


def exercises() -> list[Exercise]:
    """Return every exercise, in the order of the book."""
    return [
        Exercise(
            name="maten",
            module="definitions",
            title=gettext("One year, several measures"),
            goal=gettext(
                "You see that a measure decides which children count, and draw a chart that does not mix measures or publications."
            ),
            needs=gettext("A column and a row of a pandas table, percentages, a chart with Plotly."),
            chapter="wat-is-armoede.ipynb",
            chapter_title=gettext("What is poverty?"),
            minutes=45,
            level=1,
        ),
        Exercise(
            name="ranglijst",
            module="ranking",
            title=gettext("Another definition, another ranking"),
            goal=gettext("You make rankings of municipalities and see how a definition turns them."),
            needs=gettext("Sorting a pandas table."),
            chapter="wie-groeit-op.ipynb",
            chapter_title=gettext("Who grows up in poverty?"),
            minutes=45,
            level=2,
        ),
        Exercise(
            name="optellen",
            module="adding_up",
            title=gettext("What may you add up?"),
            goal=gettext("You count in a list of measures, and see which amounts cannot be added up."),
            needs=gettext("Counting and choosing rows in a pandas table."),
            chapter="maatregelen.ipynb",
            chapter_title=gettext("Measures 2017-2025"),
            minutes=30,
            level=1,
        ),
        Exercise(
            name="verdeelsleutel",
            module="distribution",
            title=gettext("Divide the money with another key"),
            goal=gettext("You rebuild the division of the money over municipalities, change the key and defend one of your own."),
            needs=gettext("Computing with whole columns in pandas."),
            chapter="geld-voor-gemeenten.ipynb",
            chapter_title=gettext("Money for municipalities"),
            minutes=60,
            level=3,
        ),
        Exercise(
            name="bereik",
            module="reach",
            title=gettext("A scenario of your own"),
            goal=gettext(
                "You compute what targets for two groups mean together, and change an equation of the model with tests of your own."
            ),
            needs=gettext("Weighted means. What an equation of a model is, you see in the exercise."),
            chapter="bereik.ipynb",
            chapter_title=gettext("Reach and Sam&"),
            minutes=60,
            level=3,
        ),
        Exercise(
            name="halvering",
            module="halving",
            title=gettext("Is the newspaper right?"),
            goal=gettext("You check a claim with the figures, and see how figures of different publications mislead."),
            needs=gettext("Choosing rows in a pandas table, and percentages."),
            chapter="halvering.ipynb",
            chapter_title=gettext("The halving"),
            minutes=45,
            level=2,
        ),
        Exercise(
            name="bronnen",
            module="sources",
            title=gettext("What does the source say?"),
            goal=gettext("You find a figure with its source, compute with it, and say what the source does not state."),
            needs=gettext("No pandas: you search in a list of facts."),
            chapter="wat-kinderen-nodig-hebben.ipynb",
            chapter_title=gettext("What children need"),
            minutes=40,
            level=1,
        ),
        Exercise(
            name="koopkracht",
            module="prices",
            title=gettext("More money, or dearer shopping?"),
            goal=gettext("You compute a change apart from rising prices, and write a function for a household around the threshold."),
            needs=gettext("Percentages, and a function of your own in Python."),
            chapter="schulden.ipynb",
            chapter_title=gettext("Debts and a secure income"),
            minutes=45,
            level=2,
        ),
        Exercise(
            name="afronding",
            module="rounding",
            title=gettext("Rounded, withheld, or zero?"),
            goal=gettext("You compute how much rounding can hide, and read an empty cell as what it is."),
            needs=gettext("Percentages, counting in a pandas table."),
            chapter="caribisch-nederland.ipynb",
            chapter_title=gettext("The Caribbean Netherlands"),
            minutes=40,
            level=2,
        ),
        Exercise(
            name="indicator",
            module="monitor",
            title=gettext("Propose the next indicator"),
            goal=gettext("You design an indicator for the yearly monitor that can be computed, and say what it does not show."),
            needs=gettext("A function of your own in Python; an earlier exercise."),
            chapter="vooruit.ipynb",
            chapter_title=gettext("Forward: a poverty monitor for child and family"),
            minutes=60,
            level=3,
        ),
        Exercise(
            name="afwijking",
            module="deviation",
            title=gettext("A municipality that deviates"),
            goal=gettext(
                "You find municipalities with more or less poverty than their income suggests, and make an explanation that can be tested."
            ),
            needs=gettext("A straight line through points (regression)."),
            chapter="gemeenten/index.md",
            chapter_title=gettext("All municipalities"),
            minutes=60,
            level=3,
        ),
        Exercise(
            name="benadering",
            module="approximation",
            title=gettext("How far off is the approximation?"),
            goal=gettext("You measure the error of an approximation, and see which changes it still lets you state."),
            needs=gettext("Subtracting columns in pandas, percentage points."),
            chapter="verantwoording.ipynb",
            chapter_title=gettext("Accountability"),
            minutes=45,
            level=2,
        ),
    ]


def file_name(exercise: Exercise) -> str:
    """Return the file name of the notebook of an exercise, the same in the folder of exercises and in that of solutions."""
    number = [one.name for one in exercises()].index(exercise.name) + 1
    return f"{number:02}-{exercise.name}.ipynb"


def overview() -> Sentence:
    """Return a list of every exercise with its goal, time, level and chapter."""
    items = [
        gettext(
            "1. **[{title}]({file})**\\\n   {goal}\\\n   {minutes} minutes, {level}. Belongs to [{chapter_title}](../{chapter}).",
            title=one.title,
            file=file_name(one),
            goal=one.goal,
            minutes=one.minutes,
            level=one.level_text,
            chapter_title=one.chapter_title,
            chapter=one.chapter,
        )
        for one in exercises()
    ]
    return Sentence("\n".join(items))
