"""Every figure in the prose is cited and right, or comes from code."""

from __future__ import annotations

import ast
import re

import pytest

from data.facts import Fact, accepted_texts, fact, states
from tests.chapters import Passage, all_passages, code_cells, is_solution, notebooks, output_passages, passages_of

MONTHS = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
ALLOWED = re.compile(
    rf"\b\d{{1,2}} (?:{MONTHS})(?: (?:19|20)\d\d)?\b"  # dates
    r"|\b(?:19|20)\d\d(?:[-–](?:19|20)\d\d)?\b(?! (?:kinderen|gezinnen|huishoudens|mensen|euro|procent|gemeenten))"  # years
    r"|\bhoofdstuk \d+\b"  # chapters
    r"|\b\d{1,3} minuten\b|\bweek \d\b"  # time of a lesson
    r"|\bPython 3\.\d+\b|\bUTF-8\b"  # names with a number in them
    r"|\b[a-z]\w*_\w+\b|\bGM\d{4}\b"  # names of columns and codes of municipalities
    r"|\w*\.\w+\([^()]*\)"  # calls in code
    r"|\b(?:honderd|duizend|vijftig)tallen\b|\bin (?:duizenden|miljoenen) euro’s",  # to what something is rounded, and in what it is given
    flags=re.IGNORECASE,
)
NUMBER_WORDS = (
    r"twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|vijftien|zestien|zeventien|achttien|negentien|twintig"
    r"|\w*(?:twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig|honderd|duizend|miljoen|miljard)\w*"
    r"|kwart|driekwart|derde deel|een derde|helft|anderhalf|anderhalve"
)
NUMBER = re.compile(rf"\d|\b(?:{NUMBER_WORDS})\b", flags=re.IGNORECASE)


def typed_numbers(passages: list[Passage]) -> list[str]:
    """Return a line for each number that is neither cited nor a date, year or chapter."""
    return [
        f"{passage.place}: {passage.text.strip()!r}"
        for passage in passages
        if not (passage.target or "").startswith("bron:") and NUMBER.search(ALLOWED.sub("", passage.text))
    ]


def without_value(cited: Fact, text: str) -> str:
    """Return the text of a citation without the words that state its value."""
    forms = sorted(accepted_texts(cited), key=len, reverse=True)
    return re.sub("|".join(map(re.escape, forms)), "", text.lower(), count=1)


def wrong_citations(passages: list[Passage]) -> list[str]:
    """Return a line for each citation of an unknown fact, or whose text does not state the fact's value."""
    problems = []
    for passage in passages:
        if not (passage.target or "").startswith("bron:"):
            continue
        fact_id = passage.target.removeprefix("bron:")
        try:
            cited = fact(fact_id)
        except KeyError as error:
            problems.append(f"{passage.place}: {error.args[0]}")
            continue
        if not states(cited, passage.text):
            problems.append(f"{passage.place}: {passage.text!r} does not state {cited.text!r} ({fact_id})")
            continue
        for word in NUMBER.findall(ALLOWED.sub("", without_value(cited, passage.text))):
            if word not in cited.definition.lower():
                problems.append(f"{passage.place}: {passage.text!r} also says {word!r}, which is not in {fact_id}")
    return problems


def test_every_number_in_the_prose_is_cited_or_computed():
    assert typed_numbers(all_passages()) == []


def test_every_citation_states_the_value_of_its_fact():
    passages = [*all_passages(), *output_passages()]
    assert any((passage.target or "").startswith("bron:") for passage in passages)
    assert wrong_citations(passages) == []


@pytest.mark.parametrize(
    "text",
    [
        "Dat zijn 292.000 kinderen.",
        "Vier op de tien kinderen.",
        "Een kwart van hen.",
        "85 miljoen",
        "Vijfentwintig procent",
        "Tweehonderdduizend kinderen",
        "De helft van hen",
        "<p>51 procent</p>",
        "`51` procent",
        "Er zijn 2000 kinderen",
        "[400.000 kinderen](https://example.org)",
        "```{admonition} Let op\nEr zijn 400.000 kinderen arm.\n```\n",
        ":::{admonition} 51 procent minder\nTekst\n:::\n",
        "```{note}\nTekst\n```\n\nEr zijn 400.000 kinderen arm.",
        "```bash\nmake site\n```\n\nEr zijn 400.000 kinderen arm.",
        "```text\nEr zijn 400.000 kinderen arm.\n```",
        "In week 12 waren er 85 kinderen.",
    ],
)
def test_a_number_typed_in_prose_is_found(text):
    assert typed_numbers(passages_of("here", text)) != []


@pytest.mark.parametrize(
    "text",
    [
        "Op 2 oktober 2019 schreef het kabinet.",
        "Tussen 2015 en 2030.",
        "Zie hoofdstuk 3.",
        "In 2017-2025.",
        "De kolom `poverty_risk_120_pct` van `GM0392`.",
        "Rond af op duizendtallen, met `.round(3)`.",
        "```python\n400 * deel\n```\n",
    ],
)
def test_dates_years_chapter_numbers_and_names_in_code_may_be_typed(text):
    assert typed_numbers(passages_of("here", text)) == []


@pytest.mark.parametrize("text", ["| 45 minuten | week 2 |", "Neem Python 3.12.", "```bash\npython3 -m venv omgeving\n```\n"])
def test_times_of_a_lesson_versions_and_commands_may_be_typed(text):
    assert typed_numbers(passages_of("here", text)) == []


def test_a_citation_with_another_number_is_found():
    good = passages_of("here", "[9,2 procent](bron:reduction_target_base_share)")
    bad = passages_of("here", "[9,3 procent](bron:reduction_target_base_share)")
    second = passages_of("here", "[9,2 procent, dus 400.000](bron:reduction_target_base_share)")
    unknown = passages_of("here", "[9,2 procent](bron:reduction_target_base_shore)")
    assert wrong_citations(good) == []
    assert len(wrong_citations(bad)) == 1
    assert wrong_citations(second) != []
    assert "reduction_target_base_share" in wrong_citations(unknown)[0]


@pytest.mark.parametrize("path", [path for path in notebooks() if not is_solution(path)], ids=lambda path: path.stem)
def test_code_of_a_chapter_holds_no_typed_figure(path):
    """A figure with decimals, or above a hundred, belongs in data; years, counts of years and class bounds may stand in code."""
    for cell in code_cells(path):
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "sentence":
                assert not any(isinstance(keyword.value, ast.Constant) for keyword in node.keywords), cell.source
            if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool):
                number = node.value
                assert isinstance(number, int) and (abs(number) <= 100 or 1900 <= number <= 2100), f"{path.name}: {number}"
