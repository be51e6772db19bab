"""`data` and `widgets` by hand, in a session: what is there, what a thing says it is, and what a mistake is answered with."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from bs4 import BeautifulSoup
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell

import data
import widgets
from book.python_names import docstring, find, shown_name, signature
from data.completion import names_for, offer_names
from data.geography import geometry
from data.pandas_errors import add_hints
from data.suggestions import near_names, suggestion
from data.summary import Summary
from tests.conftest import PROJECT
from widgets.model import Model, ModelError, Quantity

PAGE = PROJECT / "chapters" / "python.md"


def names_on_page() -> list[str]:
    return re.findall(r"^```\{python-name\} (\S+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)


# What is there


@pytest.mark.parametrize("package", [data, widgets], ids=lambda package: package.__name__)
def test_only_what_is_meant_for_use_is_offered_and_all_of_it_is_there(package):
    assert dir(package) == sorted(package.__all__)
    assert all(callable(getattr(package, name)) for name in package.__all__)


@pytest.fixture
def session():
    shell = InteractiveShell()
    offer_names(shell)
    shell.user_ns.update(data=data, widgets=widgets)

    def complete(typed: str) -> list[str]:
        with provisionalcompleter():
            return [typed[: one.start] + one.text for one in shell.Completer.completions(typed, len(typed))]

    return complete


def test_the_tab_key_gives_names_of_the_modules_and_within_quotes_names_of_things(session):
    assert session("data.ta") == ["data.table", "data.table_names"]
    assert set(session("widgets.")) == {f"widgets.{name}" for name in widgets.__all__}
    assert session('data.table("me') == ['data.table("measures']
    assert session('data.profile("Bergen (') == ['data.profile("Bergen (L.)', 'data.profile("Bergen (NH.)']
    assert session("data.profile(\"'s-G") == ["data.profile(\"'s-Gravenhage"]
    assert session("data.indicator('funding_s") == ["data.indicator('funding_share_pct"]
    assert 'data.fact("reduction_target_share' in session('data.fact("reduction')


def test_names_are_offered_within_the_quotes_of_a_call_only():
    assert names_for('data.table("ledger")') == ("", [])
    assert names_for('"Zwo') == ("", [])
    assert names_for("data.profile(zwo") == ("", [])


def test_importing_widgets_waits_with_what_is_heavy_until_it_is_used():
    code = (
        "import sys, widgets; heavy = {'plotly', 'sympy', 'ipywidgets', 'geopandas'}; print(sorted(heavy & set(sys.modules)));"
        "widgets.sentence; print(sorted(heavy & set(sys.modules))); widgets.line_chart; print('plotly' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said == "[]\n[]\nTrue\n"


# What a thing says it is


class Tricky(Summary):
    def summary(self):
        return "<b>title", {"a & b": "1 < 2", "empty": "", "long": "word " * 40, "two": "first\nsecond", "more": "x"}


def test_a_thing_is_one_line_in_a_list_a_column_in_print_and_a_table_in_a_notebook():
    assert repr(Tricky()) == f"<<b>title: 1 < 2; {' '.join(['word'] * 40)}; first second>"
    printed = str(Tricky()).splitlines()
    assert printed[:2] == ["<b>title", "  a & b  1 < 2"]
    assert max(map(len, printed)) <= 80 and "  two    first" in printed and "         second" in printed
    html = BeautifulSoup(Tricky()._repr_html_(), "html.parser")
    assert html.caption.get_text() == "<b>title" and html.find("b") is None
    assert [cell.get_text() for cell in html.select("th[scope=row]")] == ["a & b", "long", "two", "more"]


@pytest.mark.parametrize(
    ("thing", "said"),
    [
        (lambda: data.fact("children_low_income_count_2016"), ["292.000 kinderen", "2016", "Kabinetsreactie"]),
        (lambda: data.indicator("poverty_risk_120_pct"), ["Kinderen met kans op armoede", "procent van de kinderen"]),
        (lambda: data.profile("Zwolle"), ["Zwolle (GM0193)", "Overijssel", "procent van de kinderen"]),
        (lambda: data.profile("Zwolle").key_figure("poverty_risk_120_pct"), ["8,6 procent van de kinderen", "2021"]),
        (lambda: data.describe("ledger"), ["tabel ledger", "documenten"]),
        (lambda: widgets.halving_explorer(), ["verken-halvering", "low_income"]),
        (lambda: widgets.funding_explorer().model, ["rekenmodel funding", "7 gegeven, 12 berekend"]),
        (lambda: widgets.TableFigure("a", "Titel", "Onder", data.table("ledger"), {"value": "p"}, ["ledger"], "x"), ["figuur a", "Onder"]),
    ],
    ids=["fact", "indicator", "municipality", "key figure", "table", "explorer", "model", "figure"],
)  # fmt: skip
def test_each_thing_says_in_one_line_what_it_is(thing, said):
    text = repr(thing())
    assert "\n" not in text and len(text) < 600, text
    assert not [part for part in said if part not in text], text


def test_a_fact_shows_value_unit_and_source_in_a_notebook():
    one = data.fact("children_low_income_count_2016")
    rows = [[cell.get_text() for cell in row(["th", "td"])] for row in BeautifulSoup(one._repr_html_(), "html.parser")("tr")]
    assert ["Waarde", "292.000 kinderen"] in rows and ["Bron", one.document] in rows and ["Adres", one.source_address] in rows


def test_a_table_shows_each_column_with_its_unit_and_can_still_be_read_as_a_dictionary():
    described = data.describe("provincial_low_income")
    assert re.search(r"low_income_children_pct +Aandeel kinderen in een huishouden met een laag inkomen\n +\(procent\)", str(described))
    assert set(data.table("provincial_low_income").columns) == {field["name"] for field in described["schema"]["fields"]}


def test_a_model_shows_each_quantity_with_its_unit_and_equation():
    given = Quantity("weight", "gewicht", "eur*child")
    model = Model("proef", [given], {}, [(Quantity("double", "dubbel", "eur*child"), "2*weight")])
    assert str(model).splitlines()[2:] == [
        "  weight      gewicht (eur*child)",
        "  double      dubbel (eur*child)",
        "              = 2*weight",
    ]
    assert "`double = 2*weight`" in model._repr_markdown_() and model._repr_html_ is None


def test_the_settings_of_an_explorer_are_a_table():
    table = widgets.halving_explorer().set(target_year=2035).settings_table()
    assert table.loc["target_year", ["value", "default", "possible"]].tolist() == [2035, 2030, "2025 tot en met 2040"]
    assert table.loc["series", "possible"].startswith("'low_income': ")
    assert data.fact(table.loc["target_year", "source"]).value == 2030


# What a mistake is answered with


@pytest.mark.parametrize(
    ("mistake", "error", "answer"),
    [
        (lambda: data.table("ledgr"), KeyError, "Er is geen tabel ‘ledgr’. Bedoelt u: ledger?"),
        (lambda: data.describe("x"), KeyError, "Er is geen tabel ‘x’. Deze bestaan: documents, "),
        (lambda: data.fact("reduction_target_shar"), KeyError, "geen feit ‘reduction_target_shar’. Bedoelt u: reduction_target_share"),
        (lambda: data.fact("qqqq"), KeyError, "Er is geen feit ‘qqqq’. Er zijn er "),
        (lambda: data.profile("Groningn"), KeyError, "Er is in 2025 geen gemeente ‘Groningn’. Bedoelt u: Groningen"),
        (lambda: data.profile("Bergen"), KeyError, "Bedoelt u: Bergen (L.), Bergen (NH.), Bergen op Zoom"),
        (lambda: data.profile("Den Hag"), KeyError, "Bedoelt u: Den Haag"),
        (lambda: data.profile("gm9999"), KeyError, "Er is in 2025 geen gemeente ‘gm9999’."),
        (lambda: data.profile("GM019"), KeyError, "Er is in 2025 geen gemeente ‘GM019’. Bedoelt u: GM0193"),
        (lambda: data.profile("GM0457"), KeyError, "bestond de gemeente Weesp niet meer. De inwoners horen nu bij: Amsterdam."),
        (lambda: data.profile("Haaren"), KeyError, "De inwoners horen nu bij: Oisterwijk, Vught, Boxtel, Tilburg."),
        (lambda: data.profile("Zwolle").key_figure("low_incom"), KeyError, "Bedoelt u: low_income_pct, low_income_count?"),
        (lambda: data.indicator("armoede"), KeyError, "Er is geen indicator ‘armoede’. Deze bestaan: poverty_risk_120_pct"),
        (lambda: data.indicator("poverty_risk_120_pct").of_year(1999), KeyError, "geen cijfers van 1999 voor de indicator"),
        (lambda: geometry(2011), ValueError, "Er zijn grenzen van gemeenten voor 2017-2025, niet voor 2011."),
        (lambda: data.harmonise(data.table("ledger")), KeyError, "De tabel heeft geen kolom ‘municipality_code’."),
        (lambda: data.proflie, AttributeError, "data heeft geen ‘proflie’. Bedoelt u: profile, provinces?"),
        (lambda: widgets.line_chrt, AttributeError, "widgets heeft geen ‘line_chrt’. Bedoelt u: line_chart?"),
        (
            lambda: widgets.municipal_map(
                data.table("municipal_child_poverty"), "poverty_risk_pct", unit="u", breaks=(), name="a", title="a", subtitle="a",
                sources=["ledger"], alternative="a",
            ),
            KeyError, "De tabel heeft geen kolom ‘poverty_risk_pct’. Bedoelt u: poverty_risk_120_pct",
        ),
        (
            lambda: widgets.line_chart(
                data.table("provincial_low_income"), "low_income_pct", series="region", unit="u", name="a", title="a", subtitle="a",
                columns={}, sources=["ledger"], alternative="a",
            ),
            KeyError, "De tabel heeft geen kolom ‘low_income_pct’. Bedoelt u: low_income_",
        ),
        (
            lambda: widgets.share_bars(
                data.table("provincial_low_income"), "low_income_children_pct", label="regio_name", unit="u", name="a", title="a",
                subtitle="a", columns={}, sources=["ledger"], alternative="a",
            ),
            KeyError, "De tabel heeft geen kolom ‘regio_name’. Bedoelt u: region_name",
        ),
        (lambda: widgets.sentence("{shar} procent", share=3), KeyError, "veld ‘shar’ zonder waarde. Bedoelt u: share?"),
        (lambda: widgets.halving_explorer().set(target=2030), ValueError, "heeft geen instelling ‘target’. Bedoelt u: target_year?"),
        (lambda: widgets.halving_explorer().set(target_year=2100), ValueError, "‘target_year’ loopt van 2025 tot en met 2040. 2100 valt"),
        (lambda: widgets.halving_explorer().set(series="laag"), ValueError, "‘series’ is een van 'low_income', "),
    ],
)  # fmt: skip
def test_a_mistake_is_answered_in_plain_dutch_with_the_near_name(mistake, error, answer):
    with pytest.raises(error) as caught:
        mistake()
    assert answer in str(caught.value)
    assert caught.value.__cause__ is None and (caught.value.__context__ is None or caught.value.__suppress_context__)


def test_a_wrong_name_after_a_good_one_leaves_everything_as_it_was():
    explorer = widgets.halving_explorer().set(pace_pct=5)
    with pytest.raises(ValueError, match="instelling"):
        explorer.set(pace_pct=6, pac=1)
    assert explorer.values["pace_pct"] == 5
    assert data.profile("zwolle").code == data.profile(193).code == data.profile("GM0193").code == "GM0193"


def test_near_names_are_what_begins_so_then_what_looks_so_then_what_has_it_in_it():
    assert near_names("berg", ["Tubbergen", "Bergen", "Borg", "Assen"]) == ["Bergen", "Borg", "Tubbergen"]
    assert near_names("ZWOLLE", ["Zwolle"]) == ["Zwolle"]
    assert suggestion("zzz", [f"naam {number}" for number in range(2000)]) == "Er zijn er 2.000, van naam 0 tot en met naam 1999."


# The page


def test_every_name_for_readers_is_on_the_page_once_and_no_name_that_does_not_exist():
    names = names_on_page()
    public = {f"{package.__name__}.{name}" for package in (data, widgets) for name in package.__all__}
    assert public <= set(names) and len(set(names)) == len(names)
    for name in names:
        assert callable(find(name)), name


def test_a_name_that_does_not_exist_is_refused_with_the_near_one():
    with pytest.raises(KeyError, match=r"data heeft geen ‘facct’\. Bedoelt u: fact"):
        find("data.facct")
    with pytest.raises(KeyError, match="geen module ‘os’"):
        find("os.system")
    with pytest.raises(ValueError, match="no example"):
        docstring("data.package.Description.summary")


def test_the_page_shows_how_each_name_is_called_and_what_its_example_gives(site):
    page = BeautifulSoup((site / "python.html").read_text(encoding="utf-8"), "html.parser")
    for name in names_on_page():
        section = page.find("section", id=shown_name(name).lower().replace(".", "-").replace("_", "-"))
        shown = [block.get_text().strip() for block in section.select(".highlight pre")]
        explanation, example = docstring(name)
        assert shown == [signature(name), example], name
        assert section.select_one(".ka-docstring pre[lang=en]").get_text().strip() == explanation
        assert section.select("section > p"), f"{name} is not explained"


def test_a_model_error_can_be_caught_by_the_name_on_the_page():
    assert widgets.ModelError is ModelError


# Mistakes with tables


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        ('places["municipality_cod"]', "geen kolom ‘municipality_cod’. Bedoelt u: municipality_code?"),
        ('places[["municipality_code", "provinc_name"]]', "geen kolom ‘provinc_name’. Bedoelt u: province_name"),
        ('places.loc[:, "inhabitants"]', "geen kolom ‘inhabitants’. Bedoelt u: inhabitants_count?"),
        ('places.sort_values("inhabitant_count")', "geen kolom ‘inhabitant_count’. Bedoelt u: inhabitants_count?"),
        ('places.groupby("provinc_name")', "geen kolom ‘provinc_name’. Bedoelt u: province_name"),
        ('places.loc["Zwole"]', "geen rij ‘Zwole’. Bedoelt u: Zwolle, Zeewolde?"),
        ('places["province_name"]["Zwole"]', "geen rij ‘Zwole’. Bedoelt u: Zwolle, Zeewolde?"),
        ('{"a": 1}["b"]', ""),
        ('obj = places; {"a": 1}["b"]', ""),
        ('data.table("ledgr")', "Er is geen tabel ‘ledgr’. Bedoelt u: ledger?"),
    ],
)
def test_below_an_error_of_pandas_a_session_says_which_name_was_perhaps_meant(code, answer, capsys):
    shell = InteractiveShell()
    add_hints(shell)
    shell.user_ns.update(data=data, places=data.table("municipalities").set_index("municipality_name"))
    failed = shell.run_cell(code).error_in_exec
    assert isinstance(failed, KeyError)
    *above, last = capsys.readouterr().out.strip().splitlines()
    assert bool(above) == (type(failed) is KeyError), "what the book itself says needs no list of steps"
    assert answer in last if answer else last.endswith("'b'")
    assert shell.run_cell("len(places)").result == 342
