"""Exercise "Propose the next indicator": how old the figures are, and an indicator that can be computed."""

from __future__ import annotations

from data import monitoring
from data.language import gettext
from data.names import search_text
from data.package import describe, table, table_names
from widgets.exercises.questions import Form, Mistake, Name, Number, Question, Rule, Unreadable, kind_of, known_name, number_of

UNITS = ("procent", "procentpunt", "kinderen", "gezinnen", "huishoudens", "mensen", "gemeenten", "euro", "jaar", "verhouding")


def questions() -> dict[str, Question]:
    """Return the question of each task."""
    newest = monitoring.newest_figures()
    ages, years = newest["age_years"].astype(float), newest["last_year"].astype(float)
    youngest = newest.loc[ages.idxmin(), "subject"]
    oldest = newest.loc[ages.idxmax(), "subject"]
    return {
        "a": Number(
            ages.mean(),
            [
                Mistake(gettext("This is the middle age (median). Asked is the mean."), ages.median()),
                Mistake(gettext("This is a calendar year. Asked is how many years ago."), years.mean()),
                Mistake(gettext("This is the sum. Divide by the number of figures."), ages.sum()),
                Mistake(gettext("This is the oldest figure. Asked is the mean."), ages.max()),
            ],
        ),
        "b": Name(
            youngest,
            [
                Mistake(gettext("This is one of the oldest figures. Asked is the newest."), oldest),
                Mistake(
                    gettext("This figure is new, but there is a newer one."),
                    newest.loc[ages == ages.nsmallest(2).iloc[-1], "subject"].iloc[0],
                ),
            ],
            known=tuple(newest["subject"]),
        ),
        "c": indicator_form(),
    }


def _share_of_families() -> float:
    families = table("household_low_income")
    chosen = families[(families["year"] == 2023) & (families["household_type"] == "single_parent_all_children_under_18")]
    return float(chosen[(chosen["threshold"] == "low_income") & (chosen["duration"] == "at_least_1_year")]["households_pct"].iloc[0])


def indicator_form() -> Form:
    """Return the form in which a student proposes an indicator."""
    example = {
        "naam": "Eenoudergezinnen met een laag inkomen",
        "definitie": "Het deel van de eenoudergezinnen met alleen minderjarige kinderen dat een inkomen onder de lage-inkomensgrens heeft.",
        "eenheid": "procent",
        "tabel": "household_low_income",
        "kolom": "households_pct",
        "jaar": 2023,
        "berekening": _share_of_families,
        "laat_zien": "Of de gezinnen met het grootste risico erop vooruitgaan, los van wat er met andere gezinnen gebeurt.",
        "laat_niet_zien": "Hoeveel kinderen het zijn, hoe ver zij onder de grens leven, en waardoor het aandeel verandert.",
    }

    def kinds(form: dict) -> dict[str, str]:
        fields = describe(known_name(form["tabel"], table_names()))["schema"]["fields"]
        return {field["name"]: field["type"] for field in fields}

    def in_the_table(form: dict) -> bool:
        frame = table(known_name(form["tabel"], table_names()))
        return "year" not in frame or int(form["jaar"]) in set(frame["year"].dropna().astype(int))

    def value(form: dict) -> float:
        if not callable(form["berekening"]):
            raise Unreadable(
                gettext(
                    "‘berekening’ is a {kind}. Give a function without arguments: its name, without ().", kind=kind_of(form["berekening"])
                )
            )
        try:
            return number_of(form["berekening"]())
        except Unreadable:
            raise
        except Exception as error:
            problem = f"{type(error).__name__}: {error}"
            raise Unreadable(gettext("‘berekening’ stops: {problem}", problem=problem)) from error

    def fits(form: dict) -> bool:
        unit, found = search_text(form["eenheid"]), value(form)
        if unit == "procent":
            return 1 <= found <= 100
        return found == round(found) if unit in ("kinderen", "gezinnen", "huishoudens", "mensen", "gemeenten") else True

    return Form(
        example,
        [
            Rule(
                gettext("The unit is one of: {names}.", names=", ".join(UNITS)),
                example | {"eenheid": "veel"},
                lambda form: search_text(form["eenheid"]) in UNITS,
            ),
            Rule(
                gettext("This column holds no numbers. From which figures is the indicator computed?"),
                example | {"kolom": "household_type"},
                lambda form: kinds(form)[known_name(form["kolom"], list(kinds(form)))] in ("integer", "number"),
            ),
            Rule(
                gettext("The table has no figures of this year."),
                example | {"jaar": 1990},
                in_the_table,
            ),
            Rule(
                gettext("The outcome of ‘berekening’ does not fit the unit: a percentage lies between 1 and 100, a number is whole."),
                example | {"berekening": lambda: 0.29},
                fits,
            ),
            Rule(
                gettext("The definition is the name in other order. Say who is counted, with which limit, and of whom it is a part."),
                example | {"definitie": example["naam"] + " " + example["naam"] + " " + example["naam"]},
                lambda form: len(set(search_text(form["definitie"]).split()) - set(search_text(form["naam"]).split())) >= 5,
            ),
            Rule(
                gettext("What the indicator shows and what it does not show are the same text."),
                example | {"laat_niet_zien": example["laat_zien"]},
                lambda form: search_text(form["laat_zien"]) != search_text(form["laat_niet_zien"]),
            ),
        ],
        remember=gettext("The form is complete and the indicator can be computed. Whether it is a good one, you discuss with others."),
        texts=("definitie", "laat_zien", "laat_niet_zien"),
    )
