"""Exercise "A municipality that deviates": child poverty beside the median income, and what an explanation needs."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.language import gettext
from data.names import search_text
from data.package import describe, table, table_names
from widgets.exercises.questions import Form, Mistake, Name, Number, Question, Rule, Unreadable, known_name

YEAR = 2021
LARGE_DEVIATION = 3.0


def municipalities() -> pd.DataFrame:
    """Return per municipality of 2021 the children at risk (percent) and the standardised income (thousands of euros)."""
    poverty = table("municipal_child_poverty").loc[lambda rows: rows["year"] == YEAR]
    income = table("municipal_household_income").loc[lambda rows: rows["year"] == YEAR]
    columns = ["municipality_code", "median_standardised_income_eur", "mean_standardised_income_eur"]
    frame = poverty[["municipality_code", "municipality_name", "poverty_risk_120_pct"]].merge(income[columns], on="municipality_code")
    frame = frame.dropna().set_index("municipality_name")
    return pd.DataFrame(
        {
            "risk_pct": frame["poverty_risk_120_pct"].astype(float),
            "median": frame["median_standardised_income_eur"].astype(float) / 1000,
            "mean": frame["mean_standardised_income_eur"].astype(float) / 1000,
        }
    )


def questions() -> dict[str, Question]:
    """Return the question of each task."""
    frame = municipalities()
    slope, start = np.polyfit(frame["median"], frame["risk_pct"], 1)
    rest = frame["risk_pct"] - (start + slope * frame["median"])
    names = tuple(sorted(frame.index))
    return {
        "a": Number(
            slope,
            [
                Mistake(
                    gettext("You exchanged the axes: the income goes first, the share of children second."),
                    np.polyfit(frame["risk_pct"], frame["median"], 1)[0],
                ),
                Mistake(
                    gettext("You used the mean income. The question is about the median."),
                    np.polyfit(frame["mean"], frame["risk_pct"], 1)[0],
                ),
                Mistake(gettext("This is the correlation. Asked is the slope of the line."), frame["risk_pct"].corr(frame["median"])),
                Mistake(gettext("This is where the line begins. The slope is the first number that polyfit gives."), start),
            ],
            remember=gettext("The line says what goes together. It does not say what causes what."),
            decimals=2,
        ),
        "b": Name(
            rest.idxmin(),
            [
                Mistake(gettext("This one lies farthest above the line. Asked is the farthest below it."), rest.idxmax()),
                Mistake(
                    gettext("Here the fewest children are at risk. But is that less than its income lets you expect?"),
                    frame["risk_pct"].idxmin(),
                ),
                Mistake(gettext("This one has the lowest income. Compare with the line."), frame["median"].idxmin()),
            ],
            remember=gettext("A large residual asks for an explanation. It is not an explanation."),
            known=names,
        ),
        "c": explanation_form(rest, names),
    }


def explanation_form(rest: pd.Series, names: tuple[str, ...]) -> Form:
    """Return the form in which a student explains a deviation."""
    small = rest.abs().idxmin()
    example = {
        "gemeente": "Wageningen",
        "afwijking_procentpunt": round(rest["Wageningen"], 1),
        "verklaring": "In een studentenstad wonen veel mensen met weinig geld zonder kinderen. Het middelste inkomen zegt daar minder.",
        "tabel": "municipal_context",
        "kolom": "children_0_14_pct",
        "weerlegging": "Als andere studentensteden niet afwijken van de lijn, dan klopt deze verklaring waarschijnlijk niet.",
    }

    def name(form: dict) -> str:
        return known_name(form["gemeente"], names)

    def has_column(form: dict) -> bool:
        fields = describe(known_name(form["tabel"], table_names()))["schema"]["fields"]
        kinds = {field["name"]: field["type"] for field in fields}
        return kinds[known_name(form["kolom"], list(kinds))] in ("integer", "number")

    def right_size(form: dict) -> bool:
        if isinstance(form["afwijking_procentpunt"], str):
            raise Unreadable(gettext("‘{name}’ is text. Give a number, with a decimal point.", name="afwijking_procentpunt"))
        return abs(float(form["afwijking_procentpunt"]) - rest[name(form)]) < 0.06

    return Form(
        example,
        [
            Rule(
                gettext(
                    "This municipality lies close to the line. Choose one that deviates more than {points} points.", points=LARGE_DEVIATION
                ),
                example | {"gemeente": small, "afwijking_procentpunt": round(rest[small], 1)},
                lambda form: abs(rest[name(form)]) >= LARGE_DEVIATION,
            ),
            Rule(
                gettext("The deviation of this municipality is another number. Above the line it is positive, below it negative."),
                example | {"afwijking_procentpunt": -round(rest["Wageningen"], 1)},
                right_size,
            ),
            Rule(
                gettext("This column holds no numbers. Which figure could test your explanation?"),
                example | {"kolom": "municipality_name"},
                has_column,
            ),
            Rule(
                gettext("The explanation and the refutation are the same text. What figures would show that you are wrong?"),
                example | {"weerlegging": example["verklaring"]},
                lambda form: search_text(form["verklaring"]) != search_text(form["weerlegging"]),
            ),
        ],
        remember=gettext("An explanation that no figure could refute explains nothing. Can you do the test with the table that you chose?"),
        texts=("verklaring", "weerlegging"),
    )
