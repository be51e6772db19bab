"""Models: what is written wrongly is refused with a message that helps; what is right is computed and printed the same everywhere."""

from __future__ import annotations

from xml.etree import ElementTree

import numpy as np
import pytest
import sympy
from hypothesis import given, settings, strategies

from tests.small_scenario import COLUMNS, EQUATIONS, INPUTS, small_model, small_values
from widgets.expressions import symbol_of
from widgets.formulas import number_text
from widgets.model import Model, ModelError, Quantity
from widgets.units import UNITS, parse_unit, unit_words


def model(*equations: str, unit: str = "1") -> Model:
    """Return the small model with other equations, named r0, r1 and so on."""
    return Model("proef", INPUTS, COLUMNS, [(Quantity(f"r{n}", f"uitkomst {n}", unit), text) for n, text in enumerate(equations)])


def result_of(expression: str, **changes: object) -> object:
    return model(expression).compute(small_values(**changes), undefined=True)["r0"]


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("budgt_eur", "'budgt_eur', which is not known there. Did you mean: budget_eur"),
        ("shore(reach_pct)", "'shore', which is not known there. Did you mean: share"),
        ("qqqq", "not known there. These exist: budget_eur"),
        ("r0 + 1", "computed only there or later"),
        ("r1", "computed only there or later"),
        ("budget_eur(2)", "budget_eur is a quantity and no function"),
        ("budget_eur +", "cannot be read"),
        ("(budget_eur", "cannot be read"),
        ("2budget_eur", "cannot be read"),
        ("", "cannot be read"),
        ("extra_flag == 1", "has '=='"),
        ("extra_flag ^ 2", "has '\\^'"),
        ("extra_flag.real", "has '.'"),
        ("__import__('os')", "cannot be read"),
        ("0 < extra_flag < 1", "cannot be read"),
        ("share", "does not give a number"),
        ("extra_flag > 1", "does not give a number"),
        ("extra_flag, extra_flag", "does not give a number"),
        ("extra_flag/0", "no finite result, whatever"),
        ("share(reach_pct, 2)", "share\\(\\) takes 1 value, not 2"),
        ("where(extra_flag > 0, 1)", "where\\(\\) takes 3 values, not 2"),
        ("minimum(extra_flag)", "minimum\\(\\) takes 2 or more values, not 1"),
        ("total()", "total\\(\\) takes 1 value, not 0"),
        ("where(extra_flag > extra_flag, 1, 2)", "always false"),
        ("minimum(extra_flag > 1, 2)", "only be the condition of where"),
    ],
)
@pytest.mark.usefixtures("english")
def test_what_cannot_be_read_is_refused_by_name(expression, message):
    with pytest.raises(ModelError, match=f"Equation 'r0'.*{message}"):
        model(expression, "1")


@pytest.mark.usefixtures("english")
def test_adding_euros_to_children_is_refused():
    with pytest.raises(ModelError, match=r"Equation 'r0' adds budget_eur \(eur/year\) and children_total_count \(child\)"):
        model("budget_eur + children_total_count")


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("budget_eur*reach_pct", "gives eur\\*percent/year, but r0 is in eur/year"),
        ("budget_eur", None),
        ("budget_eur*share(reach_pct)", None),
        ("budget_eur*share(extra_flag)", "share\\(\\) takes a percentage, but extra_flag is a bare number"),
        ("budget_eur*(1 + reach_pct)", "adds 1 \\(a bare number\\) and reach_pct \\(percent\\)"),
        ("budget_eur**2", "gives eur\\*\\*2/year\\*\\*2"),
        ("2*budget_eur", None),
        ("budget_eur + 1", "adds 1 \\(a bare number\\) and budget_eur"),
        ("sqrt(budget_eur**2)", None),
        ("absolute(-budget_eur)", None),
        ("minimum(budget_eur, reach_pct)", "compares budget_eur \\(eur/year\\) and reach_pct"),
        ("where(budget_eur > reach_pct, budget_eur, 0)", "compares"),
        ("where(extra_flag > 0, budget_eur, reach_pct)", "chooses between"),
        ("exp(budget_eur)", "argument of exp\\(\\) must be a bare number"),
        ("years_until(budget_eur, reach_pct, 2)", "compares budget_eur"),
        ("years_until(budget_eur, 2*budget_eur, reach_pct)", "yearly factor of years_until\\(\\) must be a bare number"),
        ("years_until(budget_eur, 2*budget_eur, 1.02)", "gives year"),
        ("budget_eur**extra_flag", "cannot be raised to extra_flag"),
        ("budget_eur*2**budget_eur", "cannot be raised to budget_eur"),
        ("budget_eur*2**(extra_flag + 1)", None),
    ],
)
@pytest.mark.usefixtures("english")
def test_units_are_checked(expression, message):
    if message is None:
        assert model(expression, unit="eur/year").parsed
        return
    with pytest.raises(ModelError, match=f"Equation 'r0'.*{message}"):
        model(expression, unit="eur/year")


@pytest.mark.parametrize("zero", ["0", "0.0", "0*budget_eur", "where(extra_flag > 0, budget_eur, 0.0)", "maximum(0, budget_eur)"])
def test_zero_fits_every_unit(zero):
    assert model(zero, unit="eur/year").parsed


@pytest.mark.usefixtures("english")
def test_a_factor_may_be_raised_to_years_only():
    assert model("(1 + share(fall_pct))**elapsed_years").axis("r0") == "year"
    with pytest.raises(ModelError, match="cannot be raised to children_count"):
        model("(1 + share(fall_pct))**children_count")


@pytest.mark.parametrize("text", ["euro", "eur/", "eur//year", "11", "1eur", "eur1", "", "eur+child", "eur**2"])
def test_an_unknown_unit_is_refused(text):
    with pytest.raises(ModelError, match="is not a unit"):
        parse_unit(text)


def test_units_have_words_for_the_reader():
    assert parse_unit("eur/child/year") == UNITS["eur"] / UNITS["child"] / UNITS["year"]
    assert unit_words("eur/child/year") == "euro per kind per jaar"
    with pytest.raises(ModelError, match="no words for the unit 'child/eur'"):
        unit_words("child/eur")


@pytest.mark.parametrize(("name", "label"), [("Budget", "x"), ("2_eur", "x"), ("share", "x"), ("budget eur", "x"), ("budget_eur", " ")])
def test_a_quantity_needs_a_name_and_a_label(name, label):
    with pytest.raises(ModelError, match=name):
        Quantity(name, label, "eur")


def test_a_quantity_writes_its_value_for_the_reader():
    assert Quantity("a", "a", "eur", decimals=1).text(-1234.56) == "-1.234,6"
    assert Quantity("a", "a", "year").text(2030.4) == "2030"
    assert Quantity("a", "a", "eur").text(np.nan) == Quantity("a", "a", "eur").text(None) == "niet te berekenen"
    assert [Quantity("a", "a", "eur").text(value) for value in (-0.4, -0.0, 0.4, -0.5)] == ["0", "0", "0", "-1"]


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("weight + share(fall_pct)*elapsed_years/elapsed_years*weight", None),
        ("total(weight)", None),
        ("total(weight)/total(elapsed_years/elapsed_years*weight)", None),
        ("children_count*elapsed_years", "mixes municipality \\+ year"),
        ("total(budget_eur)", "total\\(\\) must add up values per place, but budget_eur is a single value"),
        ("total(weight*elapsed_years)", "must add up one axis, not municipality \\+ year"),
        ("weight/total(weight)", "beside values per municipality; make the total an equation of its own"),
        ("elapsed_years*total(weight)", "beside values per year"),
    ],
)
@pytest.mark.usefixtures("english")
def test_axes_do_not_mix(expression, message):
    if message is None:
        assert model(expression).parsed
        return
    with pytest.raises(ModelError, match=f"Equation 'r0'.*{message}"):
        model(expression)


def test_a_name_is_used_once_and_an_axis_is_a_word():
    with pytest.raises(ModelError, match="more than one quantity with the name budget_eur"):
        Model("proef", INPUTS, {}, [(INPUTS[0], "reach_pct")])
    for axis in ("v", "total", "per year"):
        with pytest.raises(ModelError, match="cannot be the name of an axis"):
            Model("proef", INPUTS, {axis: COLUMNS["year"]}, [])


def test_results_are_those_of_a_calculation_by_hand():
    results = small_model().compute(small_values())
    assert results["weight_total"] == 15
    assert results["reached_count"] == 250
    assert results["per_reached_eur"] == 4
    assert results["amount_eur"] == pytest.approx([1000 / 15 * weight for weight in range(1, 6)])
    assert results["per_child_eur"][0] == pytest.approx(1000 / 15 / 120)
    assert results["capped_eur"] == pytest.approx([min(1000 / 15 * w, 250, max(0, 1000 / 15 * w - 10)) for w in range(1, 6)])
    assert results["path_pct"] == pytest.approx([9, 8.1, 7.29, 6.561])
    assert all(isinstance(value, float | np.ndarray) for value in results.values())


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("1e3*extra_flag", 3000),
        ("minimum(5, extra_flag, 1, 2)", 1),
        ("maximum(1, 2, extra_flag)", 3),
        ("where(extra_flag >= 3, 10, 20)", 10),
        ("where(extra_flag, 10, 20)", 10),
        ("sqrt(extra_flag + 6)", 3),
        ("absolute(-extra_flag)", 3),
        ("log(exp(extra_flag))", 3),
        ("extra_flag**(1/3)", 3 ** (1 / 3)),
        ("total(weight)**2", 225),
        ("total(weight/weight*weight)", 15),
    ],
)
def test_functions(expression, expected):
    assert result_of(expression, extra_flag=3) == pytest.approx(expected, rel=1e-12)


def test_years_until_is_where_a_path_meets_its_end():
    years = model("years_until(budget_eur, 0.5*budget_eur, 1 - share(fall_pct))", unit="year").compute(small_values())["r0"]
    assert 0.9**years == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"budget_eur": None}, "Equation 'per_reached_eur' has no finite result with these values: budget_eur = nan, reached_count = 250"),
        ({"budget_eur": "veel"}, "'budget_eur' must be a number, not 'veel'"),
        ({"budget_eur": [1.0]}, "'budget_eur' must be a single number"),
        ({"weight": 1.0}, "'weight' must be one number per municipality"),
        ({"weight": [1.0, 2]}, "Column 'weight' has 2 values; others over municipality have 5"),
        ({"reach_pct": 0}, "Equation 'per_reached_eur' has no finite result with these values: budget_eur = 1000, reached_count = 0"),
        ({"children_count": [0.0, 1, 2, 3, 4]}, "Equation 'per_child_eur' has no finite result"),
    ],
)
def test_values_that_cannot_be_used_are_refused(changes, message):
    with pytest.raises(ModelError, match=message):
        small_model().compute(small_values(**changes))


@pytest.mark.parametrize(
    ("lacking", "message"),
    [("reach_pct", "no input 'reach_pct'; equation 'reached_count' needs it"), ("weight", "no column 'weight'; equation 'weight_total'")],
)
def test_a_lacking_value_is_named_with_what_needs_it(lacking, message):
    values = small_values()
    del values[lacking]
    with pytest.raises(ModelError, match=message):
        small_model().compute(values)


def test_what_cannot_be_computed_is_unknown_for_what_follows_too():
    results = small_model().compute(small_values(reach_pct=0), undefined=True)
    assert np.isnan(results["per_reached_eur"])
    assert np.isnan(results["saved_count"]), "an unknown value meets no condition, and its other case does not apply either"
    assert results["amount_eur"] == pytest.approx([1000 / 15 * weight for weight in range(1, 6)])
    followed = model("extra_flag/share(reach_pct)", "1/r0", "minimum(r0, 5)").compute(
        small_values(extra_flag=1, reach_pct=0), undefined=True
    )
    assert all(np.isnan(value) for value in followed.values())


def test_a_gap_stays_a_gap_at_its_place():
    results = small_model().compute(small_values(children_count=[1.0, np.nan, 0, 4, 5]), undefined=True)
    assert np.isnan(results["per_child_eur"]).tolist() == [False, True, True, False, False]
    chosen = model("where(weight > 1, 1, 2)").compute(small_values(weight=[1.0, np.nan, 3, 4, 5]), undefined=True)
    assert np.isnan(chosen["r0"]).tolist() == [False, True, False, False, False]


def test_one_to_an_unknown_power_is_unknown():
    results = model("extra_flag**weight").compute(small_values(extra_flag=1, weight=[np.nan, 1, 2, 3, 4]), undefined=True)
    assert np.isnan(results["r0"]).tolist() == [True, False, False, False, False]


def test_compute_leaves_its_values_as_they_were():
    values = small_values()
    before = {name: np.copy(value) for name, value in values.items()}
    small_model().compute(values)
    assert all(np.array_equal(values[name], before[name]) for name in values)


def test_with_equation_gives_another_model_and_leaves_the_old_one():
    old = small_model()
    new = old.with_equation("reached_count", "children_total_count*share(reach_pct)/2")
    assert new.compute(small_values())["reached_count"] == 125
    assert old.compute(small_values())["reached_count"] == 250
    assert new.axis_labels == old.axis_labels
    assert old.with_equation("growth", symbol_of("extra_flag") + 1).compute(small_values())["growth"] == 1
    assert old.with_equation("growth", sympy.Symbol("extra_flag") + 1).compute(small_values())["growth"] == 1


@pytest.mark.parametrize(
    ("name", "expression", "message"),
    [
        ("reached", "1", "no equation 'reached'. Did you mean: reached_count"),
        ("zzz", "1", "no equation 'zzz'. These exist: weight_total"),
        ("reached_count", "budget_eur", "Equation 'reached_count' gives eur/year"),
        ("reached_count", "per_reached_eur*1", "computed only there or later"),
        ("reached_count", "children_count*elapsed_years", "Equation 'reached_count' mixes municipality \\+ year"),
    ],
)
@pytest.mark.usefixtures("english")
def test_with_equation_refuses_what_a_model_refuses(name, expression, message):
    with pytest.raises(ModelError, match=message):
        small_model().with_equation(name, expression)


@pytest.mark.usefixtures("english")
def test_a_sympy_expression_with_an_unknown_name_is_refused():
    with pytest.raises(ModelError, match=r"'budgt_eur', which is not known there\. Did you mean: budget_eur"):
        small_model().with_equation("reached_count", sympy.Symbol("budgt_eur"))


@pytest.mark.parametrize("name", [quantity.name for quantity, _ in EQUATIONS])
def test_mathml_is_well_formed_and_names_every_quantity(name):
    small = small_model()
    root = ElementTree.fromstring(small.mathml(name))
    shown = {element.get("data-name"): element.text for element in root.iter("mi") if element.get("data-name")}
    used = {symbol.name for symbol in small.parsed[name].expression.free_symbols}
    assert shown == {other: small.quantities[other].label for other in used | {name}}
    assert not [element for element in root.iter("mo") if "-" in element.text]


def text_of(expression: str) -> str:
    return "".join(ElementTree.fromstring(model(expression).mathml("r0")).itertext()).split("=", 1)[1]


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("extra_flag - 1 - weight", "met toeslag−gewicht−1"),
        ("weight - extra_flag", "gewicht−met toeslag"),
        ("-0.0125*weight", "−0,0125×gewicht"),
        ("1e6*weight", "1.000.000×gewicht"),
        ("where(weight <= 2, 1, 3)", "{1als\u00a0gewicht≤23anders"),
        ("where(weight >= 2, 1, 3)", "{1als\u00a0gewicht≥23anders"),
        ("where(weight < 2, 1, 3)", "{1als\u00a0gewicht<23anders"),
        ("total(weight)**2", "(∑municipalitygewicht)2"),
        ("total(weight*weight - weight)", "∑municipality(gewicht2−gewicht)"),
        ("share(reach_pct)*(1 - share(fall_pct))", "(1−daling per jaar)×bereik"),
        ("share(reach_pct + fall_pct)*2", "2×(daling per jaar+bereik)"),
        ("minimum(1, weight)", "kleinste van(1;gewicht)"),
        ("maximum(1, weight)", "grootste van(1;gewicht)"),
        ("absolute(weight)", "|gewicht|"),
    ],
)
def test_mathml_reads_as_a_dutch_formula(expression, text):
    assert text_of(expression) == text


def test_labels_with_signs_of_their_own_stay_text():
    odd = Model("proef", [Quantity("a", "A & B < C (%)_#", "1")], {}, [(Quantity("b", "x > y", "1"), "2*a")])
    assert [mi.text for mi in ElementTree.fromstring(odd.mathml("b")).iter("mi")] == ["x > y", "A & B < C (%)_#"]
    assert odd.latex("b") == r"\text{x > y} = 2 \times \text{A \& B < C (\%)\_\#}"


@pytest.mark.parametrize(
    ("expression", "latex"),
    [
        ("0.5*weight", r"0{,}5 \times \text{gewicht}"),
        ("extra_flag/weight", r"\frac{\text{met toeslag}}{\text{gewicht}}"),
        ("share(reach_pct)*weight", r"\text{gewicht} \times \text{bereik}"),
        ("where(weight <= 2, 1, 3)", r"\begin{cases} 1 & \text{gewicht} \leq 2 \\ 3 & \text{anders} \end{cases}"),
        ("sqrt(weight)", r"\sqrt{\text{gewicht}}"),
        ("total(weight)**2", r"\left(\sum \text{gewicht}\right)^{2}"),
        ("minimum(1, weight)", r"\min\left(1; \text{gewicht}\right)"),
    ],
)
def test_latex(expression, latex):
    assert model(expression).latex("r0") == rf"\text{{uitkomst 0}} = {latex}"


def test_a_notebook_shows_every_equation():
    assert small_model()._repr_markdown_().count("$$") == 2 * len(EQUATIONS)


@pytest.mark.parametrize(
    ("written", "text"), [("0.1", "0,1"), ("1e-7", "0,0000001"), ("12345.678", "12.345,678"), ("100", "100"), ("-3", "−3")]
)
def test_numbers_in_formulas_keep_their_digits(written, text):
    assert number_text(sympy.parse_expr(written)) == text


def test_javascript_is_the_same_every_time_and_has_every_result():
    script = small_model().javascript()
    assert script == small_model().javascript()
    assert all(f"r.{quantity.name} = " in script for quantity, _ in EQUATIONS)
    assert "eval" not in script


AMOUNTS = strategies.floats(0.1, 1e6)
PLACES = strategies.lists(strategies.tuples(AMOUNTS, AMOUNTS), min_size=1, max_size=30)
SMALL = small_model()


def computed(places: list[tuple[float, float]], **changes: object) -> dict[str, object]:
    children, weight = np.array(places).T
    return SMALL.compute(small_values(children_count=children, weight=weight, **changes))


@settings(max_examples=60, deadline=None)
@given(places=PLACES, seed=strategies.randoms(use_true_random=False))
def test_the_order_of_places_does_not_matter(places, seed):
    order = list(range(len(places)))
    seed.shuffle(order)
    first, second = computed(places), computed([places[position] for position in order])
    for name, value in first.items():
        there = np.asarray(value)[order] if SMALL.axis(name) == "municipality" else value
        assert second[name] == pytest.approx(there, rel=1e-9)


@settings(max_examples=60, deadline=None)
@given(places=PLACES, budget=strategies.floats(0, 1e9))
def test_amounts_of_a_key_add_up_to_the_budget(places, budget):
    amounts = computed(places, budget_eur=budget)["amount_eur"]
    assert amounts.sum() == pytest.approx(budget, rel=1e-9)
    assert (amounts >= 0).all()


@settings(max_examples=60, deadline=None)
@given(places=PLACES, factor=strategies.floats(0.01, 100))
def test_euros_grow_with_the_budget_and_children_do_not(places, factor):
    one, more = computed(places), computed(places, budget_eur=1000 * factor)
    for name, value in one.items():
        unit = SMALL.quantities[name].unit
        assert more[name] == pytest.approx(np.asarray(value) * (factor if unit.startswith("eur") else 1), rel=1e-9)


@settings(max_examples=60, deadline=None)
@given(places=PLACES, gap=strategies.integers(0, 29))
def test_a_gap_in_one_place_leaves_the_others_as_they_were(places, gap):
    gap %= len(places)
    children, weight = np.array(places).T
    holed = children.copy()
    holed[gap] = np.nan
    before = SMALL.compute(small_values(children_count=children, weight=weight))["per_child_eur"]
    after = SMALL.compute(small_values(children_count=holed, weight=weight), undefined=True)["per_child_eur"]
    assert np.isnan(after[gap])
    assert np.array_equal(np.delete(before, gap), np.delete(after, gap))


@settings(max_examples=60, deadline=None)
@given(fall=strategies.floats(0.1, 50), base=strategies.floats(1, 100))
def test_a_path_falls_by_its_rate_each_year(fall, base):
    path = SMALL.compute(small_values(fall_pct=fall, base_pct=base))["path_pct"]
    assert path[0] == base
    assert path[1:] / path[:-1] == pytest.approx(np.full(3, 1 - fall / 100))
