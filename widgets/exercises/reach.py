"""Exercise "A scenario of your own": the reach of two groups of children, and an equation with its tests."""

from __future__ import annotations

import math
from collections.abc import Mapping

from data import reach
from data.facts import fact
from data.language import format_number, gettext
from widgets.exercises.questions import Form, Mistake, Number, Open, Question, Rule, Unreadable, kind_of, known_name

NAME = "eigen-scenario"
TESTS = 2
REACHED = "children_reached_count"


def questions() -> dict[str, Question]:
    """Return the question of each task."""
    share, group, reached = reach.assistance_share_pct(), reach.target_group_count(), fact("reach_share_2020").value
    assistance, working = fact("reach_target_welfare_children").value, fact("reach_target_working_children").value
    return {
        "a": Number(
            reach.needed_total_pct(share),
            [
                Mistake(
                    gettext("You took the plain mean of both targets. The groups are not equally large: weigh them."),
                    (assistance + working) / 2,
                ),
                Mistake(
                    gettext("You exchanged the groups. Which target belongs to the largest group?"), reach.needed_total_pct(100 - share)
                ),
                Mistake(gettext("You added up the targets without the sizes of the groups."), float(assistance + working)),
                Mistake(gettext("This is the part with parents on social assistance. It is a step, not yet the answer."), share),
            ],
            remember=gettext("The estimate for 2020 was lower than this. But the sizes of the groups are an estimate too."),
        ),
        "b": Number(
            group * (1 - reached / 100),
            [
                Mistake(gettext("These are the children who were reached. Asked are the others."), group * reached / 100),
                Mistake(
                    gettext("You used the earlier estimate of the reach. Take that of 2020."),
                    group * (1 - fact("reach_share_earlier").value / 100),
                ),
                Mistake(
                    gettext("You took the target group of Sam&. Take the children up to 120 percent of the social minimum."),
                    fact("sam_target_group_2021").value * (1 - reached / 100),
                ),
                Mistake(gettext("This is the whole target group."), float(group)),
            ],
            decimals=-2,
        ),
        "c": settings_question(share, reached),
        "d": scenario_form(),
    }


def _explorer() -> object:
    from widgets.scenarios.explorers import reach_explorer  # SymPy takes a second: only who comes here waits for it

    return reach_explorer(name=NAME)


def settings_question(share: float, reached: float) -> Open:
    """Return the question for settings of the explorer that give the estimated reach."""

    def explorer(given: object) -> object:
        if not hasattr(given, "compute") or not hasattr(given, "values"):
            raise Unreadable(gettext("The answer is a {kind}. Give the explorer itself, with its settings.", kind=kind_of(given)))
        return given

    def overall(given: object) -> float:
        return explorer(given).compute()["overall_reach_pct"]

    part = round(share)
    right = _explorer().set(assistance_share_pct=part, reach_assistance_pct=100, reach_working_pct=42)
    return Open(
        right,
        [
            Rule(
                gettext("The groups are not those of task a: set the part with parents on social assistance, in whole percents."),
                _explorer().set(assistance_share_pct=part - 20, reach_assistance_pct=100, reach_working_pct=61),
                lambda given: abs(explorer(given).values["assistance_share_pct"] - part) <= 1,
            ),
            Rule(
                gettext("Not all children with parents on social assistance are reached: set that reach to 100."),
                _explorer().set(assistance_share_pct=part, reach_assistance_pct=90, reach_working_pct=62),
                lambda given: explorer(given).values["reach_assistance_pct"] == 100,
            ),
            Rule(
                gettext("The overall reach is too high. Lower the reach of the children of working parents."),
                _explorer().set(assistance_share_pct=part, reach_assistance_pct=100, reach_working_pct=70),
                lambda given: overall(given) < reached + 0.5,
            ),
            Rule(
                gettext("The overall reach is too low. Raise the reach of the children of working parents."),
                _explorer().set(assistance_share_pct=part, reach_assistance_pct=100, reach_working_pct=20),
                lambda given: overall(given) > reached - 0.5,
            ),
        ],
        remember=gettext("This is one of many divisions that give the same total: the total says little about a group."),
    )


def scenario_form() -> Form:
    """Return the form for an equation of one's own with tests."""
    start = _explorer()
    old = "share(reach_assistance_pct)*assistance_children_count + share(reach_working_pct)*working_children_count"
    example = {
        "vergelijking": REACHED,
        "formule": f"0.9*({old})",
        "toetsen": [
            ({"reach_assistance_pct": 100, "reach_working_pct": 100}, "overall_reach_pct", 90),
            ({"reach_assistance_pct": 0, "reach_working_pct": 0}, "overall_reach_pct", 0),
        ],
        "aanname": "Een tiende van de kinderen die meetellen, is dubbel geteld, omdat meer organisaties hetzelfde kind helpen.",
    }

    def changed(form: Mapping) -> object:
        name = known_name(form["vergelijking"], list(start.model.parsed))
        try:
            return start.with_equation(name, form["formule"])
        except Exception as error:
            raise Unreadable(gettext("The model cannot use this formula: {problem}", problem=error)) from error

    def differs(form: Mapping) -> bool:
        new, now = changed(form).compute(), start.compute()
        return any(not math.isclose(float(new[name]), float(now[name]), rel_tol=1e-9) for name in start.outcomes)

    def at_an_end(form: Mapping) -> bool:
        ends = {name: {start.control(name).minimum, start.control(name).maximum} for name in start.values}
        return any(value in ends[name] for settings, _, _ in form["toetsen"] for name, value in settings.items())

    return Form(
        example,
        [
            Rule(
                gettext("With this formula every outcome stays the same. What is your scenario about?"),
                example | {"formule": old},
                differs,
            ),
            Rule(
                gettext("Give at least {count} tests: a list of (settings, name of the result, expected value).", count=TESTS),
                example | {"toetsen": example["toetsen"][:1]},
                lambda form: len(form["toetsen"]) >= TESTS and all(len(test) == 3 for test in form["toetsen"]),
            ),
            Rule(
                gettext("A test expects another outcome than the model gives."),
                example | {"toetsen": [(settings, name, 95) for settings, name, _ in example["toetsen"]]},
                lambda form: run_tests(changed(form), form["toetsen"]),
            ),
            Rule(
                gettext("No test stands at an end of a slider. Ends are where you can say the answer by heart."),
                example | {"toetsen": [({"reach_assistance_pct": 50, "reach_working_pct": 50}, "overall_reach_pct", 45)] * 2},
                at_an_end,
            ),
        ],
        remember=gettext("A test that you computed yourself is worth more than a chart that looks plausible."),
        texts=("aanname",),
    )


def run_tests(explorer: object, tests: list) -> bool:
    """Run a student's tests.

    Raises
    ------
    Unreadable
        When one does not hold; the message says which, what was expected and what came out.
    """
    for number, (settings, name, expected) in enumerate(tests, 1):
        try:
            found = float(explorer.compute(settings)[known_name(name, list(explorer.model.parsed))])
        except Unreadable:
            raise
        except Exception as error:
            raise Unreadable(gettext("Test {number} cannot be run: {problem}", number=number, problem=error)) from error
        if not math.isclose(found, float(expected), rel_tol=0.005, abs_tol=0.05):
            raise Unreadable(
                gettext(
                    "Test {number} expects {expected}, but the model gives {found}. Which of the two is right?",
                    number=number,
                    expected=format_number(float(expected)),
                    found=format_number(found),
                )
            )
    return True
