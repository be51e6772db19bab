"""Explorers in Python: settings, results, sentences, equations of one's own, the payload for the page, and a live kernel."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import replace

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from jupyter_client.manager import KernelManager, start_new_kernel

from book.explorers import explorer_cells
from book.figures import table_cells
from tests.conftest import PROJECT
from tests.small_scenario import municipal_frame, small_explorer, small_model
from widgets.controls import Choice, Range, Readout, Toggle
from widgets.explorer import ChartView, Explorer, Feed, MapView
from widgets.figure import FIGURE_MEDIA_TYPE
from widgets.model import Model, ModelError
from widgets.scenarios.explorers import halving_explorer, services_explorer

WIDGET_MEDIA_TYPE = "application/vnd.jupyter.widget-view+json"
KERNEL_TIMEOUT = 120


@pytest.fixture
def explorer() -> Explorer:
    return small_explorer()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Range("a", "a", 5, minimum=10, maximum=0), "cannot go from 10 to 0"),
        (lambda: Range("a", "a", 5, step=0), "in steps of 0"),
        (lambda: Range("a", "a", 101), "‘a’ loopt van 0 tot en met 100. 101 valt daarbuiten"),
        (lambda: Range("a", "a", 0.25, step=0.1), "has more decimals than its step"),
        (lambda: Range("a", "a", "veel"), "‘a’ moet een getal zijn, niet 'veel'"),
        (lambda: Range("a", "a", float("nan")), "valt daarbuiten"),
        (lambda: Choice("a", "a", 3, options={1: "een", 2: "twee"}), "‘a’ is een van 1, 2, niet 3"),
        (lambda: Choice("a", "a", 3), "‘a’ is een van"),
        (lambda: Toggle("a", "a", 2), "‘a’ is aan \\(1\\) of uit \\(0\\), niet 2"),
        (lambda: Readout("a", "{valu}", "x", "x", "x"), "cannot say '{valu}'"),
        (lambda: Readout("a", "x", "x", " ", "x"), "cannot say ' '"),
    ],
)
def test_a_control_that_cannot_be_is_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()


def test_the_source_of_a_default_must_exist():
    assert Range("a", "a", 5, "reduction_target_share").source == "reduction_target_share"
    with pytest.raises(LookupError):
        Range("a", "a", 5, "no_such_fact")


@pytest.mark.parametrize(("step", "decimals"), [(1, 0), (10, 0), (1e6, 0), (0.5, 1), (0.25, 2), (0.1, 1), (1e-7, 7)])
def test_a_range_shows_the_decimals_of_its_step(step, decimals):
    assert Range("a", "a", 0, maximum=1e7, step=step).decimals == decimals


def test_declarations_are_what_javascript_has():
    choice = Choice("a", "a", "2013", options={np.int64(2013): "x", 1.0: "y", 0.5: "z", "tekst": "t"}).declaration()
    assert json.dumps(choice["options"]) == '[[2013, "x"], [1, "y"], [0.5, "z"], ["tekst", "t"]]'
    assert choice["default"] == 2013
    assert json.dumps(Toggle("a", "a", True).declaration()["default"]) == "1"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"controls": [Range("amount_eur", "a", 1)]}, "Control 'amount_eur' sets no input of model 'klein' and selects no data"),
        ({"controls": [Range("weight", "a", 1)], "data": {}}, "Control 'weight' sets no input"),
        ({"constants": {"budget_eur": 1}}, "'budget_eur' is a control and a constant"),
        ({"constants": {"base_pc": 1}}, "Constant 'base_pc' is no input of model 'klein'. Did you mean: base_pct"),
        ({"constants": {"base_pct": {"by": "key_yer", "values": {}}}}, "no setting ‘key_yer’. Did you mean: key_year"),
        ({"constants": {"base_pct": {"by": "key_year", "values": {2013: 1}}}}, "Constant 'base_pct' has no value for 2021 of 'key_year'"),
        ({"constants": {"base_pct": {"by": "extra_flag", "values": {1: 1}}}}, "Constant 'base_pct' has no value for 0 of 'extra_flag'"),
        ({"constants": {"base_pct": 9}}, "no input 'children_total_count'; equation 'reached_count'"),
        ({"outcomes": ["amount_eur"]}, "'amount_eur' is not a single result"),
        ({"outcomes": ["budget_eur"]}, "'budget_eur' is not a single result"),
        ({"views": [MapView("path_pct", (1, 2, 3, 4, 5))]}, "shows 'path_pct', which is no result per municipality"),
        ({"views": 2 * [MapView("amount_eur", (1, 2, 3, 4, 5))]}, "more than one map"),
        ({"views": [ChartView(go.Figure([go.Bar()]), [Feed(1, {"y": "path_pct"})])]}, "cannot feed trace 1"),
        ({"views": [ChartView(go.Figure([go.Bar()]), [Feed(0, {"y": "pad"})])]}, "cannot feed trace 0 with \\['pad'\\]"),
        ({"table_results": ["path_pct"]}, "shows 'path_pct', which is no result over the first axis"),
        ({"data": {"municipality": municipal_frame()}}, "no data for the places of year"),
        ({"data": {"municipality": municipal_frame().drop(columns="weight")}}, "have no column 'weight'"),
        ({"data": {"municipality": municipal_frame().iloc[::-1]}}, "in the order of their codes"),
        ({"data": {"municipality": municipal_frame().drop(index=3)}}, "must have each place of municipality once"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("english")
def test_an_explorer_that_does_not_fit_is_refused(changes, message):
    with pytest.raises(ValueError, match=message):
        small_explorer(**changes)


def test_two_controls_cannot_share_a_name_in_the_address(explorer):
    with pytest.raises(ValueError, match="two controls with the same key"):
        small_explorer(controls=[*explorer.controls[:-1], Toggle("extra_flag", "jaar", 0)])


def test_places_in_another_order_for_another_option_are_refused():
    frame = municipal_frame()
    mixed = pd.concat([frame[frame["key_year"] == 2013], frame[frame["key_year"] == 2021].iloc[::-1]])
    with pytest.raises(ModelError, match="for 2021 must have each place of municipality once, in one order"):
        small_explorer(data=small_explorer().data | {"municipality": mixed})


def test_a_baseline_that_cannot_be_computed_is_refused(explorer):
    controls = [Range("reach_pct", "bereik", 0), *(control for control in explorer.controls if control.name != "reach_pct")]
    with pytest.raises(ModelError, match="Equation 'per_reached_eur' has no finite result with the default settings"):
        small_explorer(controls=controls)


def test_settings_begin_at_the_defaults_and_are_checked(explorer):
    assert explorer.values == {"budget_eur": 1000, "reach_pct": 50, "fall_pct": 10, "key_year": 2013, "extra_flag": 0}
    assert explorer.set(budget_eur=2000, key_year="2021", extra_flag=True).values["key_year"] == 2021
    before = dict(explorer.values)
    for wrong, message in (
        ({"budget": 1}, "geen instelling ‘budget’. Bedoelt u: budget_eur"),
        ({"zzz": 1}, "geen instelling ‘zzz’. Deze bestaan: budget_eur, reach_pct"),
        ({"reach_pct": 30, "budget_eur": 2001}, "‘budget_eur’ loopt van 0 tot en met 2000. 2001 valt daarbuiten"),
        ({"reach_pct": "x"}, "‘reach_pct’ moet een getal zijn"),
        ({"key_year": 2014}, "‘key_year’ is een van 2013, 2021, niet 2014"),
        ({"extra_flag": 0.5}, "‘extra_flag’ is aan"),
    ):
        with pytest.raises(ValueError, match=message):
            explorer.set(**wrong)
        assert explorer.values == before
    with pytest.raises(ValueError, match="geen instelling ‘reach’"):
        explorer.compute({"reach": 5})
    with pytest.raises(ValueError, match="valt daarbuiten"):
        small_explorer_with(values={"reach_pct": 101})


def small_explorer_with(**changes: object) -> Explorer:
    return replace(small_explorer(), **changes)


def test_explorers_do_not_share_their_settings(explorer):
    other = replace(explorer, title="Een andere proef")
    other.set(reach_pct=1)
    assert explorer.values["reach_pct"] == 50


def test_a_choice_selects_columns_and_constants(explorer):
    first, second = explorer.inputs(), explorer.inputs({"key_year": 2021})
    assert first["children_count"].tolist()[:3] == [120, 80, 40]
    assert second["children_count"].tolist()[:3] == [100, 90, 30]
    assert (first["children_total_count"], second["children_total_count"]) == (500, 380)
    assert first["weight"] is second["weight"]


@pytest.mark.usefixtures("english")
def test_results_stand_beside_their_places_and_the_baseline(explorer):
    frame = explorer.set(budget_eur=2000, key_year=2021).results()
    assert list(frame.columns[:2]) == ["municipality_code", "municipality_name"]
    assert not {"key_year", "children_count", "weight"} & set(frame.columns)
    assert frame["amount_eur"].to_numpy() == pytest.approx(2 * frame["amount_eur_baseline"].to_numpy())
    assert frame["per_child_eur"].isna().tolist() == [False, False, False, False, False, True], "no figure in 2021"
    assert frame["per_child_eur_baseline"].isna().tolist() == [False, False, False, True, False, False], "no children in 2013"
    assert explorer.results("year")["path_pct"].tolist() == pytest.approx([9, 8.1, 7.29, 6.561])
    with pytest.raises(ValueError, match=r"no data per 'years'\. Did you mean: year"):
        explorer.results("years")


def test_outcomes_have_a_difference(explorer):
    table = explorer.set(reach_pct=25).outcomes_table()
    assert table.loc["reached_count", ["baseline", "scenario", "difference"]].tolist() == [250, 125, -125]
    assert table.loc["per_reached_eur", ["label", "unit"]].tolist() == ["euro per bereikt kind", "euro per kind per jaar"]


@pytest.fixture
def apart() -> Explorer:
    """Return an explorer of which the options of the choice may not be compared."""
    controls = [replace(control, compared=False) if isinstance(control, Choice) else control for control in small_explorer().controls]
    return small_explorer(controls=controls)


def test_a_baseline_takes_over_an_option_that_may_not_be_compared(explorer, apart):
    for one, reached, weight in ((explorer, 250, 1000 / 21 / 120), (apart, 190, 1000 / 21 / 100)):
        one.set(key_year=2021, budget_eur=2000)
        assert one.outcomes_table().loc["reached_count", ["baseline", "scenario"]].tolist() == [reached, 190]
        assert one.results()["per_child_eur_baseline"][0] == pytest.approx(weight)
        assert one.payload()["drawing"] == small_explorer(controls=one.controls).payload()["drawing"], "the page begins at the defaults"


@pytest.mark.usefixtures("english")
def test_an_option_without_a_baseline_does_not_stand_in_the_way_of_an_equation(apart):
    constants = apart.constants | {"children_total_count": {"by": "key_year", "values": {2013: 500, 2021: 0}}}
    empty = small_explorer(controls=apart.controls, constants=constants).set(key_year=2021)
    other = empty.with_equation("amount_eur", "budget_eur*weight/weight_total/2")
    assert other.sentences() == ["Niemand is bereikt."]
    with pytest.raises(ModelError, match="equation 'amount_eur' has no finite result for 1 of 6 places"):
        empty.with_equation("amount_eur", "budget_eur/(weight - 1)")


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, "Dan 4 euro."),
        ({"reach_pct": 25}, "Dan 8 euro, 4 meer dan de 4 nu."),
        ({"reach_pct": 100}, "Dan 2 euro, 2 minder dan de 4 nu."),
        ({"budget_eur": 1010}, "Dan 4 euro."),
        ({"reach_pct": 0}, "Niemand is bereikt."),
        ({"budget_eur": 0, "reach_pct": 50}, "Dan 0 euro, 4 minder dan de 4 nu."),
    ],
)
def test_sentences_say_what_changes(explorer, settings, said):
    assert explorer.set(**settings).sentences() == [said]


def test_an_equation_of_ones_own_keeps_the_settings_and_the_old_explorer(explorer):
    explorer.set(reach_pct=25)
    other = explorer.with_equation("reached_count", "children_total_count*share(reach_pct)/2")
    assert other.values == explorer.values
    assert other.compute()["reached_count"] == 62.5
    other.set(reach_pct=100)
    assert explorer.values["reach_pct"] == 25
    assert explorer.compute()["reached_count"] == 125
    assert explorer.outcomes_table().loc["reached_count", "scenario"] == 125


def test_the_table_follows_an_equation_of_ones_own(explorer):
    other = explorer.with_equation("amount_eur", "2*budget_eur*weight/weight_total")
    assert other.table["amount_eur"].tolist() == pytest.approx(2 * explorer.baseline["amount_eur"], abs=0.5)
    outcomes = small_explorer(table_results=(), place_columns=None)
    assert outcomes.table["baseline"].tolist() == outcomes.table["scenario"].tolist() == [250, 4]
    other = outcomes.with_equation("reached_count", "children_total_count*share(reach_pct)/2")
    assert other.table["baseline"].tolist() == [125, 8]


@pytest.mark.parametrize(
    ("name", "expression", "message"),
    [
        ("reachd_count", "1", "no equation 'reachd_count'. Did you mean: reached_count"),
        ("reached_count", "children_total_count/extra_flag", "With this 'reached_count', equation 'reached_count' has no finite result"),
        ("weight_total", "0*extra_flag", "equation 'amount_eur' has no finite result for 6 of 6 places with the default settings"),
        ("per_child_eur", "amount_eur*children_count", "Equation 'per_child_eur' gives"),
        ("amount_eur", "budget_eur/(weight - 1)", "equation 'amount_eur' has no finite result for 1 of 6 places"),
        ("reached_count", "children_total_count + children_count", "'reached_count' must give a single value"),
        ("amount_eur", "budget_eur", "must give a value per municipality"),
    ],
)
@pytest.mark.usefixtures("english")
def test_an_equation_that_cannot_be_used_is_refused(explorer, name, expression, message):
    with pytest.raises(ModelError, match=message):
        explorer.with_equation(name, expression)
    assert explorer.sentences() == ["Dan 4 euro."]


def test_a_gap_in_the_data_does_not_stand_in_the_way_of_an_equation(explorer):
    other = explorer.with_equation("amount_eur", "budget_eur*weight/weight_total/2")
    assert np.isnan(other.baseline["per_child_eur"]).tolist() == np.isnan(explorer.baseline["per_child_eur"]).tolist()


def test_the_payload_is_plain_json(explorer):
    explorer.set(reach_pct=0)
    payload = explorer.payload()
    text = json.dumps(payload, allow_nan=False)
    drawing = payload["drawing"]
    assert drawing["sentences"] == ["Dan 4 euro."], "the page begins at the baseline"
    assert drawing["constants"]["children_total_count"] == {"by": "key_year", "values": {"2013": 500, "2021": 380}}
    assert drawing["columns"]["children_count"]["values"]["2021"] == [100, 90, 30, 10, 150, None]
    assert drawing["columns"]["weight"] == [1, 2, 3, 4, 5, 6]
    assert [view["kind"] for view in drawing["views"]] == ["chart", "map"]
    assert drawing["views"][0]["data"][0]["y"] == [9, 8.1, 7.29, 6.561]
    assert "widget" not in text and "model_id" not in text


def test_the_table_holds_the_baseline_twice(explorer):
    table = explorer.payload()["table"]
    assert [heading.split(",")[0] for heading in table["headings"][1:3]] == ["bedrag (euro per jaar)"] * 2
    assert table["columns"] == ["municipality_name", "amount_eur_baseline", "amount_eur", "per_child_eur_baseline", "per_child_eur"]
    assert [row[1] for row in table["rows"]] == [row[2] for row in table["rows"]] == [48, 95, 143, 190, 238, 286]
    assert explorer.payload()["drawing"]["followed"] == {"2": "amount_eur", "4": "per_child_eur"}


def test_the_payload_is_the_same_in_every_process():
    code = "import json; from tests.small_scenario import small_explorer; print(json.dumps(small_explorer().payload()))"
    written = {
        subprocess.run(
            [sys.executable, "-c", code], env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(PROJECT)},
            cwd=PROJECT, capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(written) == 1


def test_live_controls_change_outcomes_chart_and_map(explorer):
    box = explorer.live()
    sliders = {child.description.split(" (")[0]: child for child in box.children[:5]}
    outcomes, chart, municipal = box.children[5:8]
    sliders["bereik"].value = 25
    assert explorer.values["reach_pct"] == 25
    assert "Dan 8 euro, 4 meer dan de 4 nu." in outcomes.value
    sliders["daling per jaar"].value = 50
    assert list(chart.data[0].y) == pytest.approx([9, 4.5, 2.25, 1.125])
    before = np.array(municipal.data[0].z, dtype=float)
    sliders["budget"].value = 2000
    assert np.array(municipal.data[0].z, dtype=float) == pytest.approx(2 * before, nan_ok=True)
    sliders["jaar van de sleutel"].value = 2021
    assert np.isnan(np.array(municipal.data[0].z, dtype=float)).tolist() == [False] * 5 + [True]
    assert explorer.values["key_year"] == 2021
    sliders["bereik"].value = 0
    assert "niet te berekenen" in outcomes.value


SETUP = """
from ipywidgets.widgets import widget
from plotly.graph_objects import FigureWidget
from tests.small_scenario import small_explorer
proef = small_explorer()
"""
TRACES = """[
    list(map(float, shown.data[0].y)) for shown in widget._instances.values()
    if isinstance(shown, FigureWidget) and shown.data[0].type == "scatter"
]"""


@pytest.fixture
def kernel(monkeypatch):
    """Return a function that starts a real kernel with some face."""
    started: list[tuple[KernelManager, object]] = []

    def start(face: str | None) -> object:
        if face is None:
            monkeypatch.delenv("KINDERARMOEDE_FACE", raising=False)
        else:
            monkeypatch.setenv("KINDERARMOEDE_FACE", face)
        monkeypatch.setenv("PYTHONPATH", str(PROJECT))
        manager, client = start_new_kernel(kernel_name="python3", cwd=str(PROJECT), startup_timeout=KERNEL_TIMEOUT)
        started.append((manager, client))
        return client

    yield start
    for manager, client in started:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def messages_of(client: object, request: str) -> list[dict]:
    """Return what a kernel says in answer to a request, until it is idle again."""
    end, found = time.monotonic() + KERNEL_TIMEOUT, []
    while time.monotonic() < end:
        message = client.get_iopub_msg(timeout=KERNEL_TIMEOUT)
        if message["parent_header"].get("msg_id") != request:
            continue
        assert message["msg_type"] != "error", "\n".join(message["content"].get("traceback", []))
        if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
            return found
        found.append(message)
    raise AssertionError("the kernel does not answer")


def run(client: object, code: str) -> list[dict]:
    return messages_of(client, client.execute(code))


def printed(client: object, code: str) -> object:
    texts = [
        message["content"]["text"] for message in run(client, f"import json; print(json.dumps({code}))") if message["msg_type"] == "stream"
    ]
    return json.loads("".join(texts))


def test_a_live_kernel_follows_the_slider_of_a_front_end(kernel):
    client = kernel(None)
    run(client, SETUP)
    shown = run(client, "proef")
    outputs = [message["content"]["data"] for message in shown if message["msg_type"] == "display_data"]
    above, widget, below = outputs
    assert "<h3>Een proef</h3>" in above["text/html"]
    assert WIDGET_MEDIA_TYPE in widget
    assert "Bron: CBS" in below["text/html"]
    assert not any(FIGURE_MEDIA_TYPE in output for output in outputs)
    opened = {message["content"]["comm_id"]: message["content"]["data"]["state"] for message in shown if message["msg_type"] == "comm_open"}
    slider = next(
        comm for comm, state in opened.items() if state.get("_view_name") == "FloatSliderView" and "bereik" in state["description"]
    )
    fall = next(comm for comm, state in opened.items() if state.get("_view_name") == "FloatSliderView" and "daling" in state["description"])

    def move(comm: str, value: float) -> list[dict]:
        """Send what a front end sends when its reader moves a slider."""
        content = {"comm_id": comm, "data": {"method": "update", "state": {"value": value}, "buffer_paths": []}}
        message = client.session.msg("comm_msg", content)
        client.shell_channel.send(message)
        return messages_of(client, message["header"]["msg_id"])

    def said(messages: list[dict]) -> str:
        return json.dumps([message["content"]["data"].get("state", {}) for message in messages if message["msg_type"] == "comm_msg"])

    assert printed(client, "proef.compute()['reached_count']") == 250
    answer = move(slider, 25.0)
    assert "Dan 8 euro, 4 meer dan de 4 nu." in said(answer)
    assert printed(client, "[proef.values['reach_pct'], proef.compute()['reached_count']]") == [25, 125]
    answer = move(fall, 50.0)
    figures = [comm for comm, state in opened.items() if "LivePlot" in state.get("_anywidget_id", "")]
    # Complete when announced (a busy browser draws it before a later message), and coasts are fetched from no other host.
    assert all(opened[comm]["_widget_data"] and opened[comm]["_config"]["topojsonURL"].startswith("data:") for comm in figures)
    updated = [message["content"]["comm_id"] for message in answer if message["msg_type"] == "comm_msg"]
    assert len(figures) == 2
    assert set(figures) & set(updated)
    assert printed(client, "proef.results('year')['path_pct'].tolist()") == pytest.approx([9, 4.5, 2.25, 1.125])
    assert printed(client, TRACES) == [pytest.approx([9, 4.5, 2.25, 1.125])]


def test_a_kernel_for_the_site_gives_data_and_no_widget(kernel):
    client = kernel("site")
    run(client, SETUP)
    messages = run(client, "proef")
    outputs = [message["content"]["data"] for message in messages if message["msg_type"] == "display_data"]
    assert [set(output) for output in outputs] == [{FIGURE_MEDIA_TYPE, "text/plain"}]
    assert outputs[0][FIGURE_MEDIA_TYPE]["drawing"]["kind"] == "explorer"
    assert not [message for message in messages if message["msg_type"].startswith("comm")]


@pytest.mark.usefixtures("english")
def test_a_model_with_single_values_only_has_outcomes_but_no_places():
    small = small_model()
    equations = [(quantity, text) for quantity, text in small.equations if quantity.name in ("reached_count", "per_reached_eur")]
    plain = small_explorer(
        model=Model("plat", small.inputs, {}, equations), data={"year": pd.DataFrame({"key_year": [2013]})}, views=[], table_results=(),
        place_columns=None,
    )  # fmt: skip
    assert plain.set(reach_pct=25).outcomes_table()["scenario"].tolist() == [125, 8]
    with pytest.raises(ValueError, match="no data per 'place'"):
        plain.results()


def test_the_table_of_an_explorer_writes_each_result_with_its_decimals_and_a_year_as_a_year():
    halving, services = halving_explorer().payload(), services_explorer().payload()
    assert [cell["text"] for cell in explorer_cells(halving, table_cells(halving["table"]))[0]][:4] == ["2015", "2015", "9,2", "9,2"]
    first = explorer_cells(services, table_cells(services["table"]))[0]
    assert [cell["text"] for cell in first][1:] == ["jaar", "2022", "2022"]
    assert first[2]["value"] == pytest.approx(2021.5386)
