"""What an explorer needs on its page: its drawings, the words of its script, and the models' equations as a script.

Every model of `widgets.scenarios` goes into one file, `MODELS_SCRIPT`, which only pages with an explorer load. The page
compares fingerprints, so that equations never run with the data of another version.
"""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util import logging

from book.maps import map_context
from data.language import gettext
from widgets.explorer import BASELINE, fingerprint
from widgets.model import Model, value_text
from widgets.scenarios import models

MODELS_SCRIPT = "kinderarmoede-modellen.js"
OUTCOME_COLUMNS = ("baseline", "scenario", "difference")

logger = logging.getLogger(__name__)


def explorer_words() -> dict[str, str]:
    """Return what the script of an explorer says to the reader."""
    return {
        "undefined": gettext("cannot be computed"),
        "percent": gettext("percent"),
        "range": gettext("Choose a number from {minimum} to {maximum}."),
        "number": gettext("This is not a number. Choose a number from {minimum} to {maximum}."),
        "clamped": gettext("The link asked for {value} at “{label}”. That goes from {minimum} to {maximum}, so it is now {used}."),
        "filled": gettext("Each formula is followed by the same formula with your settings filled in."),
        "filled_place": gettext("Each formula is followed by the same formula with your settings and the figures of {name} filled in."),
        "reset": gettext("All settings are back at the starting point."),
    }


def modelled_words() -> dict:
    """Return the words of a map of results, where they differ from those of a map of figures."""
    return {
        "value": gettext("{name}: {value} {unit}"),
        "absent": gettext("{name}: no figure ({reason})"),
        "absence": {"missing": gettext("cannot be computed")},
        "quality": {"modelled": gettext("computed with these settings")},
    }


def explorer_context(payload: dict) -> dict:
    """Return what ``templates/explorer.html`` shows of an explorer, and the data for its script.

    Parameters
    ----------
    payload : dict
        As `widgets.figure.Figure.payload` returns it for an explorer.
    """
    drawing = payload["drawing"]
    known = {model.name: fingerprint(model) for model in models()}
    if known.get(drawing["model"]) != drawing["fingerprint"]:
        logger.warning(
            "explorer %s has other equations than model %s of widgets.scenarios; execute the chapter again",
            payload["name"], drawing["model"], type="kinderarmoede", subtype="model",
        )  # fmt: skip
    views, for_script = [], []
    for number, view in enumerate(drawing["views"]):
        context = map_context(view) if view["kind"] == "map" else {"script_data": view}
        if view["kind"] == "map":
            context["script_data"]["words"] = context["script_data"]["words"] | modelled_words()
        for_script.append(context.pop("script_data"))
        own = {"name": f"{payload['name']}-{number}", "alternative": view.get("alternative") or payload["alternative"]}
        views.append({"figure": payload | own, "drawing": view, **context})
    unused = ("formulas", "sentences")
    return {
        "parts": views,
        "outcomes": drawing["outcomes"],
        "script_data": {key: value for key, value in drawing.items() if key not in unused}
        | {"views": for_script, "words": explorer_words()},
    }


def explorer_cells(payload: dict, cells: list[list[dict]]) -> list[list[dict]]:
    """Return the cells of an explorer's table as its script shows them: each result with its own decimals, a year as a year.

    Parameters
    ----------
    payload : dict
        As `widgets.figure.Figure.payload` returns it for an explorer.
    cells : list of list of dict
        As `book.figures.table_cells` returns them.
    """
    drawing, table = payload["drawing"], payload["table"]
    outcomes = [outcome["name"] for outcome in drawing["outcomes"]] if "unit" in table["columns"] else []
    shown_cells = []
    for number, (row, values) in enumerate(zip(cells, table["rows"], strict=True)):
        names = [outcomes[number] if outcomes and column in OUTCOME_COLUMNS else column for column in table["columns"]]
        shown_cells.append(
            [_shown(cell, value, drawing["shown"].get(_result(name))) for cell, value, name in zip(row, values, names, strict=True)]
        )
    return shown_cells


def _result(column: str) -> str:
    return column.removesuffix(BASELINE)


def _shown(cell: dict, value: object, shown: dict | None) -> dict:
    if shown is None or value is None:
        return cell
    exact = value if round(value, shown["decimals"]) != value else None
    return cell | {"text": value_text(value, shown["decimals"], shown["grouping"]), "value": exact}


def models_script(every: list[Model]) -> str:
    """Return the script with the equations of models, each under its name with its fingerprint."""
    entries = ",\n".join(f'"{model.name}": {{ fingerprint: "{fingerprint(model)}", compute: {model.javascript()} }}' for model in every)
    return f'"use strict";\nwindow.kinderarmoedeModels = {{\n{entries}\n}};\n'


def write_models(app: Sphinx, error: Exception | None) -> None:
    """Write the script of models into the built site."""
    if error is None and app.builder.format == "html":
        (Path(app.outdir) / "_static" / MODELS_SCRIPT).write_text(models_script(models()), encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("build-finished", write_models)
