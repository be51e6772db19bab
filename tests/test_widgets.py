"""Figures and sentences: nothing appears without source, unit and words, and numbers are written as Dutch readers write them."""

from __future__ import annotations

import json
from dataclasses import replace

import pandas as pd
import plotly.graph_objects as go
import pytest

import data
from book.figures import figure_html
from widgets import TableFigure, line_chart, municipal_map, sentence
from widgets.chart import Chart
from widgets.figure import FIGURE_MEDIA_TYPE

FRAME = pd.DataFrame({"year": [2011, 2012, 2013], "value": [1.5, None, 2.5], "series": ["een", "een", "een"]})
WORDS = {
    "name": "proef", "title": "Het stijgt", "subtitle": "Iets, in procenten", "columns": {"year": "Jaar", "value": "Procent"},
    "sources": ["municipalities"], "alternative": "Een stijgende lijn.",
}  # fmt: skip


def chart(**changes: object) -> Chart:
    return line_chart(FRAME, "value", series="series", unit="procent", **(WORDS | changes))


@pytest.fixture(scope="module")
def municipal() -> pd.DataFrame:
    return data.harmonise(data.table("municipal_child_poverty"))


def a_map(frame: pd.DataFrame, **changes: object):
    words = {key: value for key, value in WORDS.items() if key != "columns"}
    options = {"unit": "procent", "breaks": (4, 6, 8, 11, 15)} | words | changes
    return municipal_map(frame, "poverty_risk_120_pct", **options)


@pytest.mark.parametrize("lacking", ["name", "title", "subtitle", "alternative"])
def test_a_figure_without_its_words_is_refused(lacking):
    with pytest.raises(ValueError, match=lacking):
        chart(**{lacking: " "})


def test_a_figure_without_source_or_with_an_unknown_source_is_refused():
    with pytest.raises(ValueError, match="noemt geen bron"):
        chart(sources=[])
    with pytest.raises(KeyError, match="municipalities"):
        chart(sources=["municipalitie"])


def test_a_figure_that_shows_a_column_it_lacks_is_refused():
    with pytest.raises(KeyError, match=r"geen kolom ‘yaer’\. Bedoelt u: year"):
        chart(columns={"yaer": "Jaar"})


def test_an_absent_value_leaves_a_gap_and_is_said_in_the_table():
    payload = chart().payload()
    assert payload["drawing"]["data"][0]["x"] == [2011, 2013]
    assert payload["table"]["rows"] == [[2011, 1.5], [2012, None], [2013, 2.5]]
    assert "geen cijfer" in figure_html(payload)
    assert ">1,5<" in figure_html(payload)
    assert ">2011<" in figure_html(payload)


def test_points_of_different_publications_are_not_joined():
    frame = FRAME.assign(joined=False)
    plot = line_chart(frame, "value", series="series", unit="procent", **WORDS).plot
    assert plot.data[0].mode == "markers"
    assert chart().plot.data[0].mode == "lines+markers"


def test_a_bar_chart_has_a_legend_too():
    plot = go.Figure([go.Bar(x=[1], y=[2], name="een"), go.Bar(x=[1], y=[3], name="twee")])
    assert replace(chart(), plot=plot).drawing()["legend"] == [
        {"label": name, "symbol": "circle", "joined": False} for name in ("een", "twee")
    ]


def test_text_in_a_figure_cannot_become_html_or_end_a_script():
    html = figure_html(chart(title="<script>alert(1)</script>", alternative="</script><b>").payload())
    assert "<script>alert" not in html
    assert html.count("</script>") == 2


def test_a_map_keeps_its_classes_over_the_years_and_has_every_municipality(municipal):
    payload = a_map(municipal).payload()
    drawing = payload["drawing"]
    assert len(drawing["codes"]) == len(drawing["names"]) == len(payload["table"]["rows"]) == 342
    assert drawing["labels"] == ["minder dan 4", "4 tot 6", "6 tot 8", "8 tot 11", "11 tot 15", "15 of meer"]
    assert list(drawing["years"]) == list(range(2011, 2022))
    assert all(len(values) == 342 for shown in drawing["years"].values() for values in shown.values())
    json.dumps(payload, allow_nan=False)


def test_a_map_with_wrong_class_bounds_is_refused(municipal):
    with pytest.raises(ValueError, match="klassengrenzen"):
        a_map(municipal, breaks=(4, 6))
    with pytest.raises(ValueError, match="klassengrenzen"):
        a_map(municipal, breaks=(4, 8, 6, 11, 15))


def test_an_absent_municipality_gets_a_pattern_and_never_a_colour(municipal):
    frame = municipal.copy()
    rows = frame["municipality_code"].eq("GM0363") & frame["year"].eq(2021)
    frame.loc[rows, "poverty_risk_120_pct"] = None
    frame.loc[rows, "absence"] = "suppressed"
    html = figure_html(a_map(frame).payload())
    path = next(line for line in html.splitlines() if 'data-code="GM0363"' in line)
    assert 'class="absent-suppressed"' in path
    assert "url(#proef-suppressed)" in path
    assert "weggelaten: te weinig kinderen" in html


def test_the_site_gets_data_and_a_live_notebook_gets_a_drawing(monkeypatch):
    shown = []
    monkeypatch.setattr("widgets.figure.display", lambda value, **options: shown.append((value, options)))
    monkeypatch.setenv("KINDERARMOEDE_FACE", "site")
    chart()._ipython_display_()
    monkeypatch.setenv("KINDERARMOEDE_FACE", "live")
    chart(subtitle="Procent <per> jaar", notes=["Let op."])._ipython_display_()
    (site, options), *parts = shown
    above, live, below = (part for part, _ in parts)
    assert options == {"raw": True}
    assert site[FIGURE_MEDIA_TYPE]["title"] == "Het stijgt"
    assert site["text/plain"].startswith("Het stijgt")
    assert isinstance(live, go.Figure)
    assert above.data == "<h3>Het stijgt</h3><p>Procent &lt;per&gt; jaar</p>"
    assert below.data.startswith("<p>Let op.</p><p>Bron: ")


def test_a_live_map_follows_its_slider(municipal):
    box = a_map(municipal).live()
    slider, plot = box.children
    values = municipal.pivot(index="municipality_code", columns="year", values="poverty_risk_120_pct")
    for year in (2011, 2021):
        slider.value = year
        assert list(plot.data[0].z) == pytest.approx(values[year].tolist())


def test_a_table_figure_shows_the_headings_of_the_reader(municipal):
    figure = TableFigure("tabel", "Titel", "Onder", FRAME, {"year": "Jaar"}, ["municipalities"], "Tabel.")
    assert list(figure.live().columns) == ["Jaar"]
    assert figure_html(figure.payload()).count("<table>") == 1


def test_a_sentence_writes_numbers_as_its_reader_does():
    text = str(sentence("{count} kinderen, {share:1} procent, in {start_year}", count=292000, share=9.0, start_year=2016))
    assert text == "292.000 kinderen, 9,0 procent, in 2016"


def test_a_sentence_with_an_absent_value_is_not_written():
    with pytest.raises(ValueError, match="geen waarde voor ‘share’"):
        sentence("{share} procent", share=pd.NA)
    with pytest.raises(KeyError, match=r"veld ‘shar’ zonder waarde\. Bedoelt u: share"):
        sentence("{shar} procent", share=3)


def test_the_text_alternative_of_a_chart_carries_its_values():
    frame = pd.DataFrame({"year": [2011, 2013, 2023], "pct": [22.3, 29.4, 6.5], "group": "Eenoudergezinnen"})
    chart = line_chart(
        frame, "pct", series="group", unit="procent", name="a", title="Titel", subtitle="Onder", columns={"year": "Jaar", "pct": "Procent"},
        sources=["household_low_income"], alternative="Een lijn.",
    )  # fmt: skip
    assert chart.alternative.endswith("Eenoudergezinnen: in 2011 22,3; in 2013 29,4; in 2023 6,5.")
