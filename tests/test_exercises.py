"""Exercises: every task has a hint and a check, every check says what is wrong, and every solution is right."""

from __future__ import annotations

import ast
import re
from functools import cache

import nbformat
import numpy as np
import pandas as pd
import pytest
import yaml
from bs4 import BeautifulSoup

from data.language import format_number
from tests.chapters import CHAPTERS, code_cells
from tests.conftest import PROJECT
from widgets.exercises import check, exercise, exercises, overview
from widgets.exercises.catalogue import Exercise, file_name
from widgets.exercises.feedback import NOT_MADE, NOT_YET, RIGHT
from widgets.exercises.questions import Form, Name, Number, Open, Question

FOLDER, SOLUTIONS = CHAPTERS / "opdrachten", CHAPTERS / "uitwerkingen"
SAYS_MORE = {("bereik", "d")}  # the message says which test of the student does not hold, and why
names = pytest.mark.parametrize("one", exercises(), ids=lambda one: one.name)


@cache
def questions(name: str) -> dict[str, Question]:
    return next(one for one in exercises() if one.name == name).questions()


@cache
def cells(folder: str, name: str) -> list[nbformat.NotebookNode]:
    return nbformat.read(CHAPTERS / folder / file_name(next(one for one in exercises() if one.name == name)), as_version=4).cells


def checks(folder: str, name: str) -> list[tuple[str, str, str]]:
    """Return for each check in a notebook its exercise, its task and what it said."""
    found = []
    for cell in cells(folder, name):
        match = re.search(r'^check\("(.+?)", "(.+?)", ', cell.source, re.MULTILINE) if cell.cell_type == "code" else None
        if match:
            found.append((match[1], match[2], cell.outputs[-1].data["text/plain"]))
    return found


def tasks() -> list[tuple[str, str]]:
    return [(one.name, task) for one in exercises() for task in questions(one.name)]


each_task = pytest.mark.parametrize(("name", "task"), tasks())


def is_broken(name: str, task: str, answer: object) -> bool:
    return questions(name)[task].check(answer).state == NOT_YET


class Hostile:
    """An object that raises whatever one does with it."""

    def __getattribute__(self, name: str) -> object:
        raise RuntimeError(name)

    def __eq__(self, other: object) -> bool:
        raise RuntimeError("==")

    def __len__(self) -> int:
        raise RuntimeError("len")

    def __iter__(self) -> object:
        raise RuntimeError("iter")

    def __repr__(self) -> str:
        raise RuntimeError("repr")

    __hash__ = None


GARBAGE = [
    None, "", "veel", "12,5", True, float("nan"), float("inf"), pd.NA, pd.NaT, 1j, [], [1, "a"], {}, {"a": 1}, {1, 2}, (), b"x", object,
    print, np.array([1.0, 2.0]), pd.Series([1.0, 2.0]), pd.Series(["a", None]), pd.DataFrame({"a": [1]}), range(3), Hostile(), [Hostile()],
    {"maat": Hostile()}, lambda *values: 1 / 0, 10**400,
]  # fmt: skip


def test_there_are_at_least_eight_exercises_and_each_has_its_notebook_its_solution_and_its_place_in_the_book():
    files = {file_name(one) for one in exercises()}
    assert len(files) >= 8
    assert {path.name for path in FOLDER.glob("*.ipynb")} == files | {"index.ipynb"}
    assert {path.name for path in SOLUTIONS.glob("*.ipynb")} == files
    parts = yaml.safe_load((PROJECT / "_toc.yml").read_text(encoding="utf-8"))["parts"]
    listed = next(chapter for part in parts for chapter in part["chapters"] if chapter["file"] == "opdrachten/index")
    assert [section["file"] for section in listed["sections"]] == [f"opdrachten/{name.removesuffix('.ipynb')}" for name in sorted(files)]


@names
def test_an_exercise_says_its_goal_time_and_chapter_and_the_chapter_leads_to_it(one: Exercise):
    card = str(exercise(one.name))
    assert one.goal in card and str(one.minutes) in card and f"](../{one.chapter})" in card
    path = CHAPTERS / one.chapter
    text = (
        path.read_text(encoding="utf-8")
        if path.suffix == ".md"
        else "\n\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells)
    )
    assert re.search(r"^# (.+)$", text, re.MULTILINE)[1] == one.chapter_title
    inside = "../" * (len(path.relative_to(CHAPTERS).parts) - 1)
    assert f"({inside}opdrachten/{file_name(one)})" in text
    assert all(f"]({file_name(other)})" in str(overview()) for other in exercises())


@names
def test_every_task_has_a_heading_a_hint_and_a_cell_that_is_not_made_yet(one: Exercise):
    texts = [cell.source for cell in cells("opdrachten", one.name) if cell.cell_type == "markdown"]
    assert texts[0].startswith(f"# {one.title}\n")
    letters = list(questions(one.name))
    assert [text[3] for text in texts if re.match(r"## [a-z]\. ", text)] == letters
    assert sum(text.startswith("<details>\n<summary>Hint</summary>\n") for text in texts) == len(letters)
    assert checks("opdrachten", one.name) == [(one.name, letter, "Nog niet gemaakt.") for letter in letters]


@names
def test_an_exercise_holds_no_answer_and_its_solution_is_right(one: Exercise):
    for cell in code_cells(FOLDER / file_name(one)):
        for node in ast.walk(ast.parse(cell.source)):
            given = isinstance(node, ast.Assign) and "check(" in cell.source and "exercise(" not in cell.source
            if given and not isinstance(node.value, ast.Dict):
                assert ast.unparse(node.value) == "...", cell.source
            elif given:
                assert {ast.unparse(value) for value in node.value.values} == {"..."}, cell.source
    found = checks("uitwerkingen", one.name)
    assert [(name, task) for name, task, _ in found] == [(one.name, task) for task in questions(one.name)]
    assert all(said.startswith("Goed.") for _, _, said in found), found


@each_task
def test_the_right_answer_is_right_and_nothing_is_not_made_yet(name, task):
    question = questions(name)[task]
    assert question.check(question.right).state == RIGHT
    assert question.check(...).state == NOT_MADE
    if isinstance(question, Form):
        assert question.check(dict.fromkeys(question.right, ...)).state == NOT_MADE


@each_task
def test_every_known_mistake_is_told_in_its_own_words(name, task):
    question = questions(name)[task]
    assert len(question.mistakes) >= 2
    for mistake in question.mistakes:
        feedback = question.check(mistake.answer)
        assert feedback.state == NOT_YET, mistake.message
        assert feedback.message == mistake.message or (name, task) in SAYS_MORE, mistake.message
    if not isinstance(question, Open):
        general = [question.general, *(mistake.message for mistake in question.mistakes)]
        assert len({mistake.message for mistake in question.mistakes}) >= len(question.mistakes) - 1
        assert len(set(general)) > len(set(general[1:]))


@pytest.mark.parametrize(("name", "task"), [(name, task) for name, task in tasks() if isinstance(questions(name)[task], Number)])
def test_a_number_gets_a_diagnosis_for_what_anyone_can_do_wrong_and_else_a_general_hint(name, task):
    question = questions(name)[task]
    right, known = question.right, [mistake.answer for mistake in question.mistakes]
    slips = {-right: "teken", right / 100: "fractie", right * 100: "honderd keer te groot", right * 1e6: "miljoen keer te groot"}
    for answer, word in slips.items():
        if not any(question.near(answer, other) for other in (right, *known)):
            assert word in question.check(answer).message
    wrong = 1.37 * right + 3.3
    assert not any(question.near(wrong, other) for other in known)
    assert question.check(wrong).message == question.general
    assert question.check(np.float64(right)).state == question.check(pd.array([right], dtype="Float64")[0]).state == RIGHT


@each_task
def test_no_message_gives_the_answer(name, task):
    question = questions(name)[task]
    if isinstance(question, Number):
        shown = {format_number(question.right, max(question.decimals, 0)), str(round(question.right, max(question.decimals, 0)))}
    elif isinstance(question, Name) and len(question.known) > 12:
        shown = {question.right}
    else:
        return
    said = " ".join([question.general, *(mistake.message for mistake in question.mistakes)])
    assert not [text for text in shown if re.search(rf"(?<![\w.,]){re.escape(text)}(?![\w,])(?!\.\d)", said)]


@each_task
def test_whatever_a_student_gives_the_check_answers_in_words(name, task):
    for answer in GARBAGE:
        feedback = check(name, task, answer)
        assert feedback.state == NOT_YET
        assert len(feedback.message) > 20
        assert feedback.message in repr(feedback)


@pytest.mark.parametrize(
    ("name", "task", "answer", "word"),
    [
        ("verdeelsleutel", "c", "Roterdam", "Rotterdam"),
        ("ranglijst", "a", ["Amstedam", "Enschede"], "Amsterdam"),
        ("ranglijst", "a", ["Amsterdam", "Amsterdam"], "meer dan één keer"),
        ("ranglijst", "a", "Amsterdam", "lijst"),
        ("halvering", "a", "60.8", "aanhalingstekens"),
        ("halvering", "a", None, "None"),
        ("halvering", "a", True, "True of False"),
        ("halvering", "a", pd.Series([60.8]), ".item()"),
        ("halvering", "a", float("nan"), "lege cel"),
        ("halvering", "a", lambda: 60.8, "Roep haar aan"),
        ("halvering", "c", 46.0, "te veel af"),
        ("indicator", "b", "Nieuwe armoedegrans", "Nieuwe armoedegrens"),
        ("verdeelsleutel", "b", pd.DataFrame({"a": [1]}), "één kolom"),
        ("verdeelsleutel", "b", pd.Series([1.0, 2.0]), "set_index"),
        ("optellen", "a", pd.Series({"letter_2018": 1}), "ontbreken"),
        ("bereik", "c", "verkenner", "verkenner zelf"),
        ("koopkracht", "d", lambda income, year: None, "return"),
        ("koopkracht", "d", lambda income: income, "TypeError"),
        ("maten", "d", "grafiek", "Plotly"),
    ],
)
def test_an_answer_of_the_wrong_kind_is_told_what_to_change(name, task, answer, word):
    feedback = check(name, task, answer)
    assert feedback.state == NOT_YET
    assert word in feedback.message


def test_names_are_found_however_they_are_written_and_an_unfinished_form_says_what_lacks():
    question = questions("verdeelsleutel")["c"]
    assert question.check(question.right.upper()).state == RIGHT
    form = questions("optellen")["d"].right
    assert "Nog leeg: wat_wel_kan." in check("optellen", "d", form | {"wat_wel_kan": ...}).message
    assert "is kort" in check("optellen", "d", form | {"wat_wel_kan": "Veel."}).message
    assert "wat_wel_kan" in check("optellen", "d", form | {"wat_wel": 1}).message
    assert "intensivering_146_miljoen" in check("optellen", "d", form | {"maatregel_totaal": "intensivering_146_miljon"}).message


def test_a_scenario_with_a_broken_equation_or_a_wrong_test_is_told_which_one():
    right = questions("bereik")["d"].right
    broken = check("bereik", "d", right | {"formule": "share(reach_asistance_pct)*assistance_children_count"})
    assert "reach_assistance_pct" in broken.message
    settings, result, expected = right["toetsen"][1]
    wrong = check("bereik", "d", right | {"toetsen": [right["toetsen"][0], (settings, result, expected + 7)]})
    assert "Toets 2" in wrong.message and format_number(expected + 7) in wrong.message
    assert "Toets 1" in check("bereik", "d", right | {"toetsen": [({"reach_asistance_pct": 1}, result, 1), right["toetsen"][0]]}).message


def test_a_check_of_an_unknown_exercise_or_task_says_which_is_near():
    assert "halvering" in check("halvring", "a", 1).message
    assert check("halvering", "z", 1).state == NOT_YET
    assert check(None, [], 1).state == check("halvering", 1, 1).state == NOT_YET
    with pytest.raises(ValueError, match="halvering"):
        exercise("halvring")


def test_feedback_is_readable_text_in_a_notebook_and_escapes_what_a_student_typed():
    shown = check("verdeelsleutel", "c", "<script>alert(1)</script>")._repr_html_()
    assert "<script>" not in shown and "Nog niet goed." in shown


def test_the_pages_show_code_and_hints_and_lead_to_each_other(site):
    links = {
        link["href"]
        for link in BeautifulSoup((site / "opdrachten/index.html").read_text(encoding="utf-8"), "html.parser").select("a[href]")
    }
    for one in exercises():
        name = file_name(one).replace(".ipynb", ".html")
        assert name in links
        page = BeautifulSoup((site / "opdrachten" / name).read_text(encoding="utf-8"), "html.parser")
        hints = page.select("article details:not(.hide)")
        assert len(hints) == len(questions(one.name))
        assert all(hint.summary.get_text() == "Hint" and len(hint.get_text()) > 25 and not hint.has_attr("open") for hint in hints)
        shown = [cell for cell in page.select("div.cell") if "check(" in cell.get_text() and not cell.select("details.hide")]
        assert len(shown) == len(questions(one.name))
        assert all(
            table.find_parent(tabindex="0") and not [head for head in table.select("th") if not head.get_text()]
            for table in page.select("table")
        )
        assert page.select_one(f'article a[href$="{one.chapter.rpartition(".")[0]}.html"]')
    assert not (site / "uitwerkingen").exists()
