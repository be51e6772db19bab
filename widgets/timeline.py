"""Timelines: events by year, with a search box and choices. On the page they are a list before any script runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from data import measures as known_measures
from data.language import gettext
from widgets.figure import Figure, plain_value

PARTS = ("period", "title", "actor", "kind", "goal", "amount", "purpose", "document", "locator", "quotation")


@dataclass(frozen=True)
class Choice:
    """One way to choose among the events.

    Parameters
    ----------
    key : str
        Name in the address of the page.
    label : str
        Name for the reader.
    column : str
        Column of the table of events with the value of each, or with a list of values.
    options : mapping of str to str
        Value to its words, in the order in which the reader meets them.
    everything : str
        Words for no choice.
    """

    key: str
    label: str
    column: str
    options: Mapping[str, str]
    everything: str


@dataclass(frozen=True, repr=False)
class Timeline(Figure):
    """A figure that lists events in order of time; see `widgets.figure.Figure` for the other parameters.

    Parameters
    ----------
    table : pandas.DataFrame
        As `data.measures.measures` returns it.
    choices : sequence of Choice
        Ways to choose among the events.
    """

    choices: Sequence[Choice] = ()

    def drawing(self) -> dict:
        """Return the choices, and the events by the heading under which they stand."""
        titles = self.table.set_index("measure_id")["title"]
        later = {"later_same": gettext("In later documents:"), "later_subject": gettext("The same subject in later documents:")}
        groups: dict[str, list[dict]] = {}
        for row in self.table.to_dict("records"):
            event = {part: plain_value(row[part]) for part in PARTS} | {
                "id": event_anchor(row["measure_id"]),
                "values": {choice.key: _values(row[choice.column]) for choice in self.choices},
                "in_letter_table": row["in_letter_table"],
                "later": [
                    {"words": words, "events": [{"id": event_anchor(other), "title": titles[other]} for other in row[column]]}
                    for column, words in later.items()
                    if row[column]
                ],
            }
            groups.setdefault(row["group"], []).append(event)
        return {
            "kind": "timeline",
            "choices": [
                {"key": choice.key, "label": choice.label, "everything": choice.everything, "options": dict(choice.options)}
                for choice in self.choices
            ],
            "groups": [{"title": title, "events": events} for title, events in groups.items()],
        }

    def live(self) -> pd.DataFrame:
        """Return the events as a table with the headings of the reader."""
        return self.table[list(self.columns)].rename(columns=dict(self.columns))


def event_anchor(measure_id: str) -> str:
    """Return where a measure stands on its page."""
    return f"maatregel-{measure_id}"


def _values(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]


def measures_timeline(*, name: str, title: str) -> Timeline:
    """Return the timeline of every measure in the five source documents.

    Parameters
    ----------
    name, title : str
        See `widgets.figure.Figure`.

    Examples
    --------
    >>> from widgets import measures_timeline
    >>> timeline = measures_timeline(name="tijdlijn", title="Alle maatregelen")
    >>> [choice.label for choice in timeline.choices]
    ['Doel', 'Soort', 'Wie', 'Document']
    """
    measures = known_measures.measures()
    documents = measures.sort_values("document_year", kind="stable").drop_duplicates("document_id").set_index("document_id")["document"]
    return Timeline(
        name=name,
        title=title,
        subtitle=gettext(
            "Measures, agreements, studies and events that the five source documents name, by the year in which they begin; "
            "what has no first date stands after the year of its document"
        ),
        table=measures,
        columns={
            "period": gettext("When"),
            "title": gettext("Measure"),
            "actor": gettext("Who"),
            "kind": gettext("Kind"),
            "goal": gettext("Goal"),
            "amount_eur": gettext("Amount (euro)"),
            "amount": gettext("Amount, for what time"),
            "purpose": gettext("Meant to do, in our words"),
            "document": gettext("Document"),
            "locator": gettext("Place"),
            "quotation": gettext("Quotation"),
        },
        sources=["measures", "documents"],
        alternative=gettext(
            "A list by year. Each entry has its period, title, who acts, kind, goal, amount when the document names one, "
            "and the words of the document."
        ),
        notes=[
            gettext(
                "A year says when something begins according to the document, not whether it was carried out. "
                "For some plans without a date it is the year of the document."
            ),
            gettext(
                "The same measure can stand in two documents, and is then listed twice. Kind, goal and sort of actor were assigned by us; "
                "so were the links to later documents, to the same measure or only to the same subject."
            ),
        ],
        choices=[
            Choice("doel", gettext("Goal"), "goal_id", known_measures.goal_words(), gettext("All goals")),
            Choice("soort", gettext("Kind"), "kind_id", known_measures.kind_words(), gettext("All kinds")),
            Choice("wie", gettext("Who"), "actor_ids", known_measures.actor_words(), gettext("Everybody")),
            Choice("document", gettext("Document"), "document_id", dict(documents), gettext("All documents")),
        ],
    )
