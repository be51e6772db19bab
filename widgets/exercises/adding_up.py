"""Exercise "What may you add up?": amounts of the measures of 2017-2025."""

from __future__ import annotations

from data.language import gettext
from data.package import table
from widgets.exercises.questions import Column, Form, Mistake, Number, Question, Rule, known_name

REPEATED = "gemeenten_85_miljoen_2021"
YEARLY = ("per_year", "per_year_structural")


def questions() -> dict[str, Question]:
    """Return the question of each task."""
    measures = table("measures")
    amounts = measures.set_index("measure_id")["amount_eur"].dropna().astype(float) / 1e6
    basis = measures.set_index("measure_id")["amount_basis"].astype("string")[amounts.index]
    yearly = amounts[basis.isin(YEARLY)]
    without = measures["amount_eur"].isna()
    per_document = measures["document_id"].value_counts().astype(float)
    with_amount = measures.loc[~without, "document_id"].value_counts().reindex(per_document.index).fillna(0).astype(float)
    return {
        "a": Column(
            per_document,
            [
                Mistake(gettext("You counted only the measures with an amount. Count every row."), with_amount),
                Mistake(gettext("These are shares. Asked are numbers."), per_document / per_document.sum()),
                Mistake(gettext("These are percentages. Asked are numbers."), 100 * per_document / per_document.sum()),
            ],
            index="document_id",
        ),
        "b": Number(
            100 * without.mean(),
            [
                Mistake(gettext("These are the measures with an amount. The question is about those without."), 100 * (~without).mean()),
                Mistake(gettext("This is a number of measures. Asked is a percentage."), float(without.sum())),
                Mistake(
                    gettext("You divided by the measures with an amount. Divide by all measures."), 100 * without.sum() / (~without).sum()
                ),
            ],
            remember=gettext("Of most measures the documents say no amount. A sum can only be about the rest."),
        ),
        "c": Number(
            yearly.drop(REPEATED).sum(),
            [
                Mistake(gettext("One amount is in it twice: two letters name the same money. Count it once."), yearly.sum()),
                Mistake(gettext("You added amounts for several years to amounts per year. First choose the rows."), amounts.sum()),
                Mistake(
                    gettext("You added amounts for several years to amounts per year. First choose the rows."), amounts.drop(REPEATED).sum()
                ),
                Mistake(gettext("You left out the structural amounts: they are yearly too."), amounts[basis == "per_year"].sum()),
                Mistake(
                    gettext("You took only the structural amounts. Other amounts are per year too."),
                    amounts[basis == "per_year_structural"].drop(REPEATED).sum(),
                ),
                Mistake(
                    gettext("You took only the structural amounts, and one of them is in it twice."),
                    amounts[basis == "per_year_structural"].sum(),
                ),
            ],
        ),
        "d": comparison_form(),
    }


def comparison_form() -> Form:
    """Return the form on two amounts that may not be added up."""
    basis = table("measures").dropna(subset=["amount_eur"]).set_index("measure_id")["amount_basis"].astype(str)
    example = {
        "maatregel_per_jaar": "gemeenten_85_miljoen",
        "maatregel_totaal": "intensivering_146_miljoen",
        "waarom_niet_optellen": "Het ene bedrag komt elk jaar terug, het andere is eenmalig en gaat over een paar jaren samen.",
        "wat_wel_kan": "U kunt beide bedragen omrekenen naar hetzelfde jaar, als u weet hoe het totaal over de jaren is verdeeld.",
    }

    def basis_of(form: dict, field: str) -> str:
        return basis[known_name(form[field], list(basis.index))]

    return Form(
        example,
        [
            Rule(
                gettext("The amount of ‘maatregel_per_jaar’ is not per year. Look at the column amount_basis."),
                example | {"maatregel_per_jaar": "gelijke_kansen_alliantie"},
                lambda form: basis_of(form, "maatregel_per_jaar") in YEARLY,
            ),
            Rule(
                gettext("The amount of ‘maatregel_totaal’ is not a total. Look at the column amount_basis."),
                example | {"maatregel_totaal": "kansen_voor_alle_kinderen"},
                lambda form: basis_of(form, "maatregel_totaal") == "total",
            ),
        ],
        remember=gettext("Amounts can be added up when they are about the same period and do not overlap."),
        texts=("waarom_niet_optellen", "wat_wel_kan"),
    )
