"""A small scenario for the tests: two axes, a choice that selects columns and constants, a toggle, a chart and a map."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

import data
from widgets.controls import Choice, Range, Readout, Toggle
from widgets.explorer import ChartView, Explorer, Feed, MapView, explorer
from widgets.model import Model, Quantity

PLACES = 6
COUNTS = {2013: [120.0, 80, 40, 0, 200, 60], 2021: [100.0, 90, 30, 10, 150, np.nan]}

INPUTS = [
    Quantity("budget_eur", "budget", "eur/year"),
    Quantity("reach_pct", "bereik", "percent"),
    Quantity("fall_pct", "daling per jaar", "percent", decimals=1),
    Quantity("base_pct", "aandeel in het beginjaar", "percent", decimals=1),
    Quantity("extra_flag", "met toeslag", "1"),
    Quantity("children_total_count", "kinderen in Nederland", "child"),
]
COLUMNS = {
    "municipality": [Quantity("children_count", "kinderen met kans op armoede", "child"), Quantity("weight", "gewicht", "1")],
    "year": [Quantity("elapsed_years", "jaren na het beginjaar", "year")],
}
EQUATIONS = [
    (Quantity("weight_total", "gewicht van alle gemeenten", "1"), "total(weight)"),
    (Quantity("reached_count", "bereikte kinderen", "child"), "children_total_count*share(reach_pct)"),
    (Quantity("per_reached_eur", "euro per bereikt kind", "eur/child/year"), "budget_eur/reached_count"),
    (Quantity("saved_count", "kinderen bij 100 euro minder", "child"), "where(per_reached_eur > 0, reached_count, 0)"),
    (Quantity("growth", "groei", "1"), "(1 - share(fall_pct))**(extra_flag + 1)"),
    (Quantity("amount_eur", "bedrag", "eur/year"), "budget_eur*weight/weight_total"),
    (Quantity("per_child_eur", "bedrag per kind", "eur/child/year", decimals=1), "amount_eur/children_count"),
    (Quantity("capped_eur", "bedrag met grens", "eur/year"), "minimum(amount_eur, budget_eur/4, maximum(0, amount_eur - budget_eur/100))"),
    (Quantity("path_pct", "pad", "percent", decimals=1), "base_pct*(1 - share(fall_pct))**elapsed_years"),
    (Quantity("later_pct", "pad na het eerste jaar", "percent"), "where(elapsed_years > 0, path_pct, base_pct)"),
]  # fmt: skip


def small_model() -> Model:
    return Model("klein", INPUTS, COLUMNS, EQUATIONS, {"municipality": "gemeenten", "year": "jaren"})


def small_values(**changes: object) -> dict[str, object]:
    """Return values for every input and column of the small model, without a gap."""
    values = {
        "budget_eur": 1000.0, "reach_pct": 50.0, "fall_pct": 10.0, "base_pct": 9.0, "extra_flag": 0.0, "children_total_count": 500.0,
        "children_count": np.array([120.0, 80, 40, 60, 200]), "weight": np.array([1.0, 2, 3, 4, 5]), "elapsed_years": np.arange(4.0),
    }  # fmt: skip
    return values | changes


def municipal_frame() -> pd.DataFrame:
    """Return the first municipalities, for each year of the choice; one has no children in 2013 and one no figure in 2021."""
    names = data.table("municipalities")[["municipality_code", "municipality_name"]].sort_values("municipality_code").head(PLACES)
    frames = [names.assign(key_year=year, children_count=counts, weight=np.arange(1.0, PLACES + 1)) for year, counts in COUNTS.items()]
    return pd.concat(frames).sort_values(["municipality_code", "key_year"]).reset_index(drop=True)


def small_explorer(**changes: object) -> Explorer:
    plot = go.Figure([go.Scatter(name="pad", mode="lines")])
    options = {
        "model": small_model(),
        "controls": [
            Range("budget_eur", "budget", 1000, minimum=0, maximum=2000, step=10),
            Range("reach_pct", "bereik", 50, minimum=0, maximum=100, step=1),
            Range("fall_pct", "daling", 10, minimum=0, maximum=50, step=0.5),
            Choice("key_year", "jaar", 2013, label="jaar van de sleutel", options={2013: "2013", 2021: "2021"}),
            Toggle("extra_flag", "toeslag", 0),
        ],
        "constants": {"base_pct": 9.0, "children_total_count": {"by": "key_year", "values": {2013: 500, 2021: 380.0}}},
        "data": {
            "municipality": municipal_frame(),
            "year": pd.DataFrame({"elapsed": range(4), "elapsed_years": np.arange(4.0)}),
        },
        "title": "Een proef",
        "subtitle": "Niets dan een proef, in euro",
        "alternative": "Een kaart en een lijn.",
        "sources": ["municipalities"],
        "views": [
            ChartView(plot, [Feed(0, {"x": "elapsed_years", "y": "path_pct"})]),
            MapView("per_child_eur", (1, 2, 3, 4, 5)),
        ],
        "outcomes": ["reached_count", "per_reached_eur"],
        "readouts": [
            Readout(
                "per_reached_eur",
                more="Dan {value} euro, {difference} meer dan de {baseline} nu.",
                less="Dan {value} euro, {difference} minder dan de {baseline} nu.",
                same="Dan {value} euro.",
                undefined="Niemand is bereikt.",
            )
        ],
        "assumptions": ["Alles."],
        "limits": ["Niets."],
        "place_columns": {"municipality_name": "Gemeente"},
        "table_results": ["amount_eur", "per_child_eur"],
    }
    return explorer("proef", **(options | changes))
