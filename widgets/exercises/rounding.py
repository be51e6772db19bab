"""Exercise "Rounded, withheld, or zero?": what rounded figures of the Caribbean Netherlands and withheld figures can mean."""

from __future__ import annotations

from data.caribbean import ROUNDED_FIFTY
from data.context_indicators import HALF_PERCENT
from data.facts import fact
from data.language import gettext
from data.package import table
from widgets.exercises.questions import Mistake, Name, Number, Question

YEAR = 2021
LEAST_PUBLISHED = 10
ANSWERS = ("ja", "nee", "niet te zeggen")


def questions() -> dict[str, Question]:
    """Return the question of each task."""
    share, count = (fact(f"benchmark_households_{what}_bonaire_2022").value for what in ("share", "count"))
    wider = fact("benchmark_125_households_share_bonaire_2022").value
    other = 100 * fact("benchmark_households_count_st_eustatius_2022").value / fact("benchmark_households_share_st_eustatius_2022").value
    lowest = 100 * (count - ROUNDED_FIFTY) / (share + HALF_PERCENT)
    highest = 100 * (count + ROUNDED_FIFTY) / (share - HALF_PERCENT)
    context = table("municipal_context")
    absence = context.loc[context["year"] == YEAR, "debt_restructuring_absence"].astype("string")
    before = context.loc[context["year"] == YEAR - 1, "debt_restructuring_absence"].astype("string")
    withheld = int((absence == "suppressed").sum())
    return {
        "a": Number(
            100 * count / share,
            [
                Mistake(gettext("You multiplied. If a part is known in percent, the whole is larger than the part."), count * share / 100),
                Mistake(
                    gettext("You used the share up to 125 percent of the benchmark, with the number up to the benchmark."),
                    100 * count / wider,
                ),
                Mistake(gettext("This is Sint Eustatius. The question is about Bonaire."), other),
                Mistake(gettext("These are the households below the benchmark. Asked are all households."), float(count)),
            ],
            decimals=0,
        ),
        "b": Number(
            lowest,
            [
                Mistake(gettext("This is the highest number. Which end of each figure gives the lowest?"), highest),
                Mistake(
                    gettext("You took the lowest of both figures. A larger share gives a smaller whole."),
                    100 * (count - ROUNDED_FIFTY) / (share - HALF_PERCENT),
                ),
                Mistake(gettext("You left the number as it is. It is rounded too: to fifties."), 100 * count / (share + HALF_PERCENT)),
                Mistake(
                    gettext("You left the share as it is. It is rounded too: to whole percents."), 100 * (count - ROUNDED_FIFTY) / share
                ),
                Mistake(
                    gettext("Rounded to fifties means at most 25 off, not 50."), 100 * (count - 2 * ROUNDED_FIFTY) / (share + HALF_PERCENT)
                ),
            ],
            remember=gettext("Without any mistake by CBS the number can be this much lower, by rounding alone."),
            decimals=0,
        ),
        "c": Name(
            "niet te zeggen",
            [
                Mistake(gettext("The published shares are equal. Are the shares themselves equal, before rounding?"), "ja"),
                Mistake(gettext("Could both shares not be the same before rounding?"), "nee"),
            ],
            remember=gettext("Equal after rounding does not mean equal, and a small difference does not mean different."),
            known=ANSWERS,
        ),
        "d": Number(
            float(withheld),
            [
                Mistake(gettext("You counted every empty cell. One of them is empty for another reason."), float(absence.notna().sum())),
                Mistake(
                    gettext("These are the municipalities with a figure. Asked are those where it is withheld."),
                    float(absence.isna().sum()),
                ),
                Mistake(
                    gettext("You used {year}. The question is about {asked}.", year=str(YEAR - 1), asked=str(YEAR)),
                    float((before == "suppressed").sum()),
                ),
                Mistake(gettext("Nobody has a zero here: an empty cell is not zero. Use the column with the reason."), 0.0),
            ],
            decimals=0,
        ),
        "e": Number(
            float(withheld * (LEAST_PUBLISHED - 1)),
            [
                Mistake(gettext("Fewer than ten: then ten itself is not among them."), float(withheld * LEAST_PUBLISHED)),
                Mistake(
                    gettext("You counted the cell that is empty for another reason too."),
                    float(int(absence.notna().sum()) * (LEAST_PUBLISHED - 1)),
                ),
                Mistake(gettext("This is the number of municipalities. How many people can each of them hide?"), float(withheld)),
                Mistake(gettext("A withheld cell is not zero. How many people can there be at most?"), 0.0),
            ],
            remember=gettext("Who fills in zero counts these people away; who leaves the cell out says nothing about them."),
            decimals=0,
        ),
    }
