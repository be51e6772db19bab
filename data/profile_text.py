"""The figures of a municipality in sentences: whole messages of the catalogue, chosen by what the figures and their errors allow.

No sentence is put together from words: each stands whole in the catalogue, with fields for names and figures. Two figures are only called
different when they differ more than both errors together, see `data.comparison.relation`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd
from babel.lists import format_list

from data.boundary_history import boundary_history, received_others_since
from data.comparison import EQUAL, HIGHER, LOWER, UNKNOWN, relation
from data.context_indicators import ADULT_AGE, DIGITS_OF_MONEY, budget_text
from data.facts import fact, format_amount
from data.few_children import few_children
from data.funding import against_reported, agreement, documented_year
from data.indicator import significant, value_text
from data.key_figures import KeyFigure
from data.language import format_number, gettext, language, ngettext
from data.local_funding import ReportedAmount
from data.package import table
from data.regions import COUNTRY

RISK, RISK_COUNT = "poverty_risk_120_pct", "poverty_risk_120_count"
LOW_INCOME, LOW_INCOME_COUNT = "low_income_pct", "low_income_count"
NEW_LINE = "poverty_line_2024_pct"
APPROXIMATED = "approximated"
RECENT_YEAR = 2017
DIGITS = 3
ROUNDING = 1e-6
TEN = 10


@dataclass(frozen=True)
class Paragraph:
    """A few sentences on one subject.

    Parameters
    ----------
    paragraph_id : str
        For example ``poverty``.
    title : str
        Subject, for a heading.
    sentences : tuple of str
        Whole sentences.
    """

    paragraph_id: str
    title: str
    sentences: tuple[str, ...]

    @property
    def text(self) -> str:
        """The sentences after each other."""
        return " ".join(self.sentences)


@dataclass(frozen=True, eq=False)
class Story:
    """What the sentences are made of.

    Parameters
    ----------
    code, name, province : str
        The municipality and the name of its province.
    figures : dict of str to KeyFigure
        Its key figures by id.
    trend, low_income : pandas.DataFrame
        As in `data.profiles.Profile`.
    reported : tuple of ReportedAmount
        What it reported of the 85 million euros.
    alike : tuple of (str, KeyFigure)
        Names of the most alike municipalities with their share of children with a chance of poverty.
    neighbours : tuple of str
        Names of the neighbours.
    """

    code: str
    name: str
    province: str
    figures: dict[str, KeyFigure]
    trend: pd.DataFrame
    low_income: pd.DataFrame
    reported: tuple[ReportedAmount, ...]
    alike: tuple[tuple[str, KeyFigure], ...]
    neighbours: tuple[str, ...]

    @property
    def few_children(self) -> bool:
        """Whether so few children live here that a share of them jumps from year to year."""
        return self.code in few_children()


def paragraphs(story: Story) -> tuple[Paragraph, ...]:
    """Return the figures of a municipality in sentences, a paragraph for each subject."""
    subjects = [
        ("inhabitants", gettext("Inhabitants and children"), _inhabitants(story)),
        ("poverty", gettext("Risk of poverty"), _poverty(story)),
        ("trend", gettext("How the share changed"), _trend(story)),
        ("low_income", gettext("Other measures of poverty"), [*_low_income(story), *_new_line(story)]),
        ("funding", gettext("Money for children in poverty"), _funding(story)),
        ("context", gettext("Income, social assistance and debts"), _context(story)),
        ("boundaries", gettext("Boundaries"), boundary_history(story.code, story.name)),
        ("neighbours", gettext("Neighbours and alike municipalities"), [*_neighbours(story), *_alike(story)]),
    ]
    return tuple(Paragraph(name, title, tuple(sentences)) for name, title, sentences in subjects)


def _error(value: float | None) -> float:
    return math.nan if value is None else value


def about(value: float, smallest_step: int) -> str:
    """Write an estimate with three digits that count, and never finer than a step.

    >>> about(152_334, 10), about(6_487, 10), about(84_163, 100)
    ('152.000', '6.490', '84.200')
    """
    digits = len(str(int(abs(value))))
    return format_number(round(value, -max(digits - DIGITS, round(math.log10(smallest_step)))), 0)


def about_euros(value: float) -> str:
    """Write an estimated amount of money with the digits that count.

    >>> about_euros(7_719_100), about_euros(736_214), about_euros(75_480)
    ('7,7 miljoen', '740.000', '75.000')
    """
    return format_amount(significant(round(value), DIGITS_OF_MONEY))


def _inhabitants(story: Story) -> list[str]:
    inhabitants, children = story.figures["inhabitants_count"], story.figures["children_estimated_count"]
    return [
        ngettext(
            "On 1 January {year} {number} person lived in the municipality of {name}, in the province of {province}.",
            "On 1 January {year} {number} people lived in the municipality of {name}, in the province of {province}.",
            inhabitants.value, year=str(inhabitants.year), name=story.name, province=story.province,
        ),
        gettext(
            "By our estimate about {count} minor children lived there in {year}.",
            count=about(children.value, TEN), year=str(children.year),
        ),
    ]  # fmt: skip


def compared_with_regions(figure: KeyFigure, province: str) -> list[str]:
    """Say how a share stands to that of the province and of the Netherlands, as far as the errors allow.

    Parameters
    ----------
    figure : KeyFigure
        A percentage.
    province : str
        Name of the province.
    """
    own = (_error(figure.value), _error(figure.error_max))
    to_province = relation(*own, _error(figure.province_value), _error(figure.province_error))
    to_country = relation(*own, _error(figure.national_value), _error(figure.national_error))
    fields = {"province": province, "in_province": figure.province_text, "in_country": figure.national_text}
    both = {
        (HIGHER, HIGHER): gettext(
            "That share is higher than in the province of {province} ({in_province} percent) and higher than in the whole of the "
            "Netherlands ({in_country} percent)."
        ),
        (HIGHER, EQUAL): gettext(
            "That share is higher than in the province of {province} ({in_province} percent) and about equal to that of the whole of the "
            "Netherlands ({in_country} percent)."
        ),
        (HIGHER, LOWER): gettext(
            "That share is higher than in the province of {province} ({in_province} percent), but lower than in the whole of the "
            "Netherlands ({in_country} percent)."
        ),
        (EQUAL, HIGHER): gettext(
            "That share is about equal to that of the province of {province} ({in_province} percent) and higher than in the whole of the "
            "Netherlands ({in_country} percent)."
        ),
        (EQUAL, EQUAL): gettext(
            "That share is about equal to that of the province of {province} ({in_province} percent) and to that of the whole of the "
            "Netherlands ({in_country} percent)."
        ),
        (EQUAL, LOWER): gettext(
            "That share is about equal to that of the province of {province} ({in_province} percent) and lower than in the whole of the "
            "Netherlands ({in_country} percent)."
        ),
        (LOWER, HIGHER): gettext(
            "That share is lower than in the province of {province} ({in_province} percent), but higher than in the whole of the "
            "Netherlands ({in_country} percent)."
        ),
        (LOWER, EQUAL): gettext(
            "That share is lower than in the province of {province} ({in_province} percent) and about equal to that of the whole of the "
            "Netherlands ({in_country} percent)."
        ),
        (LOWER, LOWER): gettext(
            "That share is lower than in the province of {province} ({in_province} percent) and lower than in the whole of the "
            "Netherlands ({in_country} percent)."
        ),
    }
    one = {
        HIGHER: gettext("That share is higher than in the province of {province} ({in_province} percent)."),
        EQUAL: gettext("That share is about equal to that of the province of {province} ({in_province} percent)."),
        LOWER: gettext("That share is lower than in the province of {province} ({in_province} percent)."),
    }
    message = both.get((to_province, to_country)) or one.get(to_province)
    return [message.format(**fields)] if message else []


def _number_of_children(figure: KeyFigure) -> list[str]:
    if figure.value is None:
        return []
    if figure.value == 0:
        return [gettext("Those are {count} children.", count=figure.value_text)]
    return [ngettext("That is about {number} child.", "Those are about {number} children.", figure.value)]


def _place(figure: KeyFigure, name: str) -> list[str]:
    """Tell the place of a share in the row of municipalities, with who shares it and what the errors leave open."""
    if figure.rank is None:
        return []
    fields = {"name": name, "rank": format_number(figure.rank), "count": format_number(figure.rank_count)}
    everywhere = figure.rank_count == _all_municipalities()
    if figure.rank == 1:
        place = (
            gettext("None of the {count} municipalities has a higher share than {name}.", **fields)
            if everywhere
            else gettext("None of the {count} municipalities with a figure has a higher share than {name}.", **fields)
        )
    elif figure.rank == figure.rank_count - figure.shared_count + 1:
        place = (
            gettext("None of the {count} municipalities has a lower share than {name}.", **fields)
            if everywhere
            else gettext("None of the {count} municipalities with a figure has a lower share than {name}.", **fields)
        )
    else:
        place = (
            gettext("From high to low {name} is in place {rank} of the {count} municipalities.", **fields)
            if everywhere
            else gettext("From high to low {name} is in place {rank} of the {count} municipalities with a figure.", **fields)
        )
    sentences = [place]
    if figure.shared_count > 1:
        others = ngettext(
            "{number} other municipality has the same share.", "{number} other municipalities have the same share.", figure.shared_count - 1
        )
        sentences.append(others)
    if figure.rank_first is not None and (figure.rank_first, figure.rank_last) != (figure.rank, figure.rank + figure.shared_count - 1):
        sentences.append(
            gettext(
                "Because the figure is not exact, any place from {first} up to and including {last} is possible.",
                first=format_number(figure.rank_first),
                last=format_number(figure.rank_last),
            )
        )
    return sentences


def _poverty(story: Story) -> list[str]:
    share = story.figures[RISK]
    if share.value is None:
        return [
            gettext(
                "For {name} there is no figure on the risk of poverty: {reason}.", name=story.name, reason=share.absence_reason
            )
        ]  # fmt: skip
    sentences = [
        gettext(
            "In {year} {share} percent of the children in {name} lived in a household with an income up to {limit} percent of the social "
            "minimum.",
            year=str(share.year), share=share.value_text, name=story.name, limit=format_number(fact("du_key_income_limit").value),
        ),
        *_number_of_children(story.figures[RISK_COUNT]),
    ]  # fmt: skip
    if story.few_children:
        few = gettext(
            "Few children live here: a few families more or less already change the share a lot. That is why we do not compare it with "
            "other municipalities."
        )
        return [*sentences, few]
    return [*sentences, *compared_with_regions(share, story.province), *_place(share, story.name)]


@dataclass(frozen=True)
class _Point:
    year: int
    value: float
    error: float
    quality: str

    @property
    def text(self) -> str:
        return value_text(self.value, 1)


def _points(frame: pd.DataFrame, column: str) -> dict[str, dict[int, _Point]]:
    """Return the figures of a trend by region and year."""
    result: dict[str, dict[int, _Point]] = {}
    columns = (frame[name].to_list() for name in ("region_code", "year", column, "error_max_pct", "quality"))
    for code, year, value, error, quality in zip(*columns, strict=True):
        result.setdefault(code, {})[int(year)] = _Point(int(year), float(value), float(error), quality)
    return result


def direction(start_value: float, start_error: float, end_value: float, end_error: float) -> str:
    """Say how a figure changed: ``higher``, ``lower``, ``equal`` when the errors leave it open, ``unknown`` when an error is unknown."""
    return relation(end_value, end_error, start_value, start_error)


def _change(start: _Point, end: _Point) -> str:
    return direction(start.value, start.error, end.value, end.error)


def _trend(story: Story) -> list[str]:
    points = _points(story.trend, RISK)
    own, country = points[story.code], points[COUNTRY]
    if story.few_children:
        return _range(own)
    first, last = own[min(own)], own[max(own)]
    change = _change(first, last)
    fields = {"first": str(first.year), "last": str(last.year), "start": first.text, "end": last.text}
    whole = {
        HIGHER: gettext("Between {first} and {last} the share rose from about {start} to {end} percent."),
        LOWER: gettext("Between {first} and {last} the share fell from about {start} to {end} percent."),
        EQUAL: gettext(
            "In {first} the share was about {start} percent, in {last} {end} percent; given the error of the figures we cannot say whether "
            "it fell or rose."
        ),
        UNKNOWN: gettext(
            "For {first} we only have a doubtful figure ({start} percent), because CBS withholds a part; so we cannot say whether the "
            "share fell or rose up to {last}, when it was {end} percent."
        ),
    }[change].format(**fields)
    sentences = [whole, *_recent(own[RECENT_YEAR], last, change, story.name)]
    if _change(country[first.year], country[last.year]) == LOWER:
        beside = {
            LOWER: gettext("In the whole of the Netherlands the share fell between {first} and {last} as well."),
            HIGHER: gettext("In the whole of the Netherlands the share fell between {first} and {last}, unlike here."),
        }
        others = gettext("In the whole of the Netherlands the share fell between {first} and {last}.")
        sentences.append(beside.get(change, others).format(**fields))
        sentences += _two_national_figures(country[last.year], story.figures[RISK])
    return [*sentences, *_quality(first)]


def _two_national_figures(computed: _Point, published: KeyFigure) -> list[str]:
    """Say that the trend of the Netherlands ends at another figure than the one that CBS published, when it does."""
    if computed.year != published.year or computed.text == published.national_text:
        return []
    return [
        gettext(
            "We computed that ourselves, in one way for all years. So in {year} we arrive at {computed} percent, and CBS at {published} "
            "percent.",
            year=str(computed.year), computed=computed.text, published=published.national_text,
        )
    ]  # fmt: skip


def _range(points: dict[int, _Point]) -> list[str]:
    """Tell between which figures the share of few children was, without a direction."""
    first, last = points[min(points)], points[max(points)]
    lowest, highest = (select(points.values(), key=lambda point: point.value) for select in (min, max))
    sentence = gettext(
        "Between {first} and {last} the share was between {lowest} percent (in {lowest_year}) and {highest} percent (in {highest_year}). "
        "With so few children it makes large jumps. That is why we do not say whether it fell or rose.",
        first=str(first.year),
        last=str(last.year),
        lowest=lowest.text,
        lowest_year=str(lowest.year),
        highest=highest.text,
        highest_year=str(highest.year),
    )
    return [sentence, *_quality_of_range(points)]


def _quality_of_range(points: dict[int, _Point]) -> list[str]:
    """Say how good the figures before the last year are, as far as they are not published ones."""
    last = max(points)
    earlier = [point for year, point in points.items() if year != last]
    approximated = [point.error for point in earlier if point.quality == APPROXIMATED]
    error = format_number(math.ceil(10 * max(approximated, default=0) - ROUNDING) / 10, 1)
    words = {
        APPROXIMATED: gettext("Figures before {year} are approximations with a margin of error of {error} percentage points."),
        "total_only": gettext("Figures before {year} we derived. We suppose that CBS only gave a total here."),
        "doubtful": gettext("Figures before {year} are doubtful, because CBS withholds a part."),
    }
    found = {point.quality for point in earlier}
    return [message.format(year=str(last), error=error) for quality, message in words.items() if quality in found]


def _recent(start: _Point, end: _Point, whole: str, name: str) -> list[str]:
    fields = {"first": str(start.year), "start": start.text, "end": end.text, "name": name}
    change = _change(start, end)
    words = {
        HIGHER: gettext("From {first} on it rose, from about {start} to {end} percent."),
        LOWER: gettext("From {first} on it fell, from about {start} to {end} percent."),
        EQUAL: gettext("Whether it fell or rose from {first} on we cannot say: it was about {start} percent then."),
    }
    if change == UNKNOWN or (change == EQUAL and whole in (EQUAL, UNKNOWN)):
        return []
    return [words[change].format(**fields)]


@lru_cache
def _usual_error() -> float:
    """Return the error of an approximated percentage of a municipality that was not merged or divided, in percentage points."""
    frame = table("municipal_child_poverty")
    return float(frame.loc[frame["quality"] == APPROXIMATED, "error_max_pct"].max())


@lru_cache
def _all_municipalities() -> int:
    return len(table("municipalities"))


def _quality(point: _Point) -> list[str]:
    """Say how good the first figure of a trend is."""
    if point.quality == "total_only":
        return [gettext("The figure of {year} we derived from a total that CBS gave.", year=str(point.year))]
    if point.quality != APPROXIMATED:
        return []
    fields = {"year": str(point.year), "error": format_number(math.ceil(10 * point.error - ROUNDING) / 10, 1)}
    if point.error <= _usual_error() + ROUNDING:
        return [
            gettext(
                "The figure of {year} is an approximation. In 2021 no such approximation was more than {error} percentage points off; "
                "for other years we do not know.",
                **fields,
            )
        ]
    return [
        gettext(
            "The figure of {year} is an approximation, made from the municipalities of that time; we allow for an error up to {error} "
            "percentage points.",
            **fields,
        )
    ]


def _low_income(story: Story) -> list[str]:
    share = story.figures[LOW_INCOME]
    if share.value is None:
        return [
            gettext(
                "On children below the low-income threshold, another measure of poverty, we have no figures for {name}: {reason}.",
                name=story.name, reason=share.absence_reason,
            )
        ]  # fmt: skip
    own = _points(story.low_income, LOW_INCOME)[story.code]
    first, last = own[min(own)], own[max(own)]
    fields = {"first": str(first.year), "start": first.text, "last": str(last.year)}
    change = {
        HIGHER: gettext("In {first} the share was {start} percent here, so it rose."),
        LOWER: gettext("In {first} the share was {start} percent here, so it fell."),
        EQUAL: gettext("In {first} the share was {start} percent here; whether it fell or rose cannot be seen in rounded figures."),
        UNKNOWN: gettext("In {first} the share was {start} percent here."),
    }
    if share.quality == "provisional":
        change |= {
            HIGHER: gettext(
                "In {first} the share was {start} percent here. So it rose, if the provisional figure of {last} stays as it is."
            ),
            LOWER: gettext(
                "In {first} the share was {start} percent here. So it fell, if the provisional figure of {last} stays as it is."
            ),
        }
    words = {"year": str(share.year), "share": share.value_text, "name": story.name}
    if share.quality == "provisional":
        known = gettext(
            "Another measure is the low-income threshold of CBS: {share} percent of the children in {name} lived below it in {year} "
            "(provisional figure).",
            **words,
        )
    else:
        known = gettext(
            "Another measure is the low-income threshold of CBS: {share} percent of the children in {name} lived below it in {year}.",
            **words,
        )
    compared = [
        *compared_with_regions(share, story.province),
        change[_change(first, last)].format(**fields),
        *_place(share, story.name),
    ]
    return [
        known,
        *_number_of_children(story.figures[LOW_INCOME_COUNT]),
        *([] if story.few_children else compared),
        gettext("The two measures draw another line, so their figures cannot be compared."),
    ]


def _new_line(story: Story) -> list[str]:
    share = story.figures.get(NEW_LINE)
    if share is None:
        return []
    fields = {"name": story.name, "year": str(share.year)}
    if share.value is None:
        return [
            gettext(
                "Below the new poverty line of CBS, SCP and Nibud there is no figure for {name} in {year}: {reason}.",
                reason=share.absence_reason, **fields,
            )
        ]  # fmt: skip
    return [
        gettext(
            "Below the new poverty line of CBS, SCP and Nibud lived {share} percent of the children in {name} in {year}.",
            share=share.value_text, **fields,
        )
    ]  # fmt: skip


def _funding(story: Story) -> list[str]:
    share, euros = story.figures["funding_share_pct"], story.figures["funding_eur"]
    sentences = [
        gettext(
            "Of the {budget} that municipalities received for children in poverty for {year}, {name} by our estimate got {share} percent: "
            "about {amount} euros.",
            budget=budget_text(), year=str(share.year), name=story.name, share=share.value_text, amount=about_euros(euros.value),
        )
    ]  # fmt: skip
    if received_others_since(story.code, documented_year()):
        sentences.append(gettext("The money of municipalities that later came to {name}, wholly or partly, is counted.", name=story.name))
    sentences.append(_known_errors())
    for amount in story.reported:
        sentences += _reported(amount, euros.value)
    return sentences


@lru_cache
def _known_errors_of(edition: str) -> str:
    found = agreement(against_reported())
    return gettext(
        "With {count} municipalities of which an amount for {year} is known, our estimate was {mean} percent off on average, and at most "
        "{largest} percent. With {lower} of them it was lower than the known amount.",
        year=str(documented_year()),
        count=found["count"],
        mean=format_number(found["mean_pct"], 0),
        largest=format_number(found["largest_pct"], 0),
        lower=found["lower"],
    )


def _known_errors() -> str:
    """Return how far our estimates lie from the amounts that municipalities reported."""
    return _known_errors_of(language())


def _euros(value: float) -> str:
    return format_number(value, 0)


def _reported(amount: ReportedAmount, estimate_now: float) -> list[str]:
    fields = {"name": amount.municipality_name, "year": str(amount.year)}
    if amount.received_eur is None:
        return [
            gettext("For {year} a public source only names what {name} spent: {spent} euros.", spent=_euros(amount.spent_eur), **fields)
        ]
    message = (
        gettext("For {year} a public source names an amount of about {received} euros for {name}.")
        if amount.received_rounded
        else gettext("For {year} a public source names an amount of {received} euros for {name}.")
    )
    sentences = [message.format(received=_euros(amount.received_eur), **fields)]
    if amount.comparable:
        sentences.append(_estimate_beside(amount, estimate_now))
    if amount.spent_eur == 0:
        sentences.append(gettext("According to the source nothing of it was spent in that year."))
    elif amount.spent_eur is not None:
        sentences.append(gettext("As spent the source names {spent} euros.", spent=_euros(amount.spent_eur)))
    return sentences


def _estimate_beside(amount: ReportedAmount, estimate_now: float) -> str:
    """Say how our estimate for the municipality that reported, as it was then, stands to the reported amount.

    Estimates are shown with the digits that count; with as many, two amounts that are the same are about as high.
    """
    fields = {"estimate": about_euros(amount.estimated_eur), "percent": format_number(abs(amount.difference_pct), 0)}
    same = about_euros(amount.estimated_eur) == about_euros(amount.received_eur)
    sign = 0 if same else round(amount.difference_pct)
    if abs(amount.estimated_eur - estimate_now) < 1:
        if sign == 0:
            return gettext("Our estimate is about as high.")
        return (
            gettext("Our estimate is {percent} percent higher.", **fields)
            if sign > 0
            else gettext("Our estimate is {percent} percent lower.", **fields)
        )
    if sign == 0:
        return gettext("For the municipality of that time our estimate is about as high: {estimate} euros.", **fields)
    if sign > 0:
        return gettext("For the municipality of that time our estimate is {estimate} euros, {percent} percent higher.", **fields)
    return gettext("For the municipality of that time our estimate is {estimate} euros, {percent} percent lower.", **fields)


def _context(story: Story) -> list[str]:
    return [*_income(story), *_social_assistance(story), *_debts(story)]


def _income(story: Story) -> list[str]:
    income = story.figures["median_standardised_income_eur"]
    fields = {"name": story.name, "year": str(income.year)}
    if income.value is None:
        return [gettext("For the median income in {name} there is no figure: {reason}.", reason=income.absence_reason, name=story.name)]
    return [
        gettext(
            "The median income of households in {name} was {income} euros in {year}: half had more, half had less.",
            income=income.value_text, **fields,
        )
    ]  # fmt: skip


def _social_assistance(story: Story) -> list[str]:
    share, persons = story.figures["social_assistance_pct"], story.figures["social_assistance_recipients_count"]
    if share.value is None or persons.value is None:
        return [
            gettext(
                "How many people in {name} were on social assistance, we do not know: {reason}.",
                name=story.name,
                reason=share.absence_reason,
            )
        ]
    return [
        ngettext(
            "In {year} about {count} person was on social assistance, {share} percent of the inhabitants of {age} years and older.",
            "In {year} about {count} people were on social assistance, {share} percent of the inhabitants of {age} years and older.",
            round(persons.value), count=persons.value_text, year=str(share.year), share=share.value_text, age=ADULT_AGE,
        ),
        *compared_with_regions(share, story.province),
    ]  # fmt: skip


def _debts(story: Story) -> list[str]:
    persons = story.figures["debt_restructuring_persons_count"]
    if persons.value is None:
        return [
            gettext(
                "How many people were in statutory debt restructuring in {year}, we do not know: {reason}.",
                year=str(persons.year), reason=persons.absence_reason,
            )
        ]  # fmt: skip
    return [
        ngettext(
            "In {year} about {count} person was in statutory debt restructuring.",
            "In {year} about {count} people were in statutory debt restructuring.",
            round(persons.value), count=persons.value_text, year=str(persons.year),
        )
    ]  # fmt: skip


def _neighbours(story: Story) -> list[str]:
    if not story.neighbours:
        return [gettext("On land {name} borders on no other municipality.", name=story.name)]
    names = format_list(list(story.neighbours), locale=language())
    return [
        ngettext(
            "The only neighbour of {name} is {names}.",
            "The neighbours of {name} are {names}.",
            len(story.neighbours),
            name=story.name,
            names=names,
        )
    ]


def _alike(story: Story) -> list[str]:
    own = story.figures[RISK]
    names = format_list([name for name, _ in story.alike], locale=language())
    relations = [
        relation(_error(other.value), _error(other.error_max), _error(own.value), _error(own.error_max)) for _, other in story.alike
    ]
    words = (
        gettext("In inhabitants, share of children and social assistance {names} are most like {name}.")
        if story.figures["median_standardised_income_eur"].value is None
        else gettext("In inhabitants, share of children, income and social assistance {names} are most like {name}.")
    )
    sentences = [words.format(names=names, name=story.name)]
    jumping = story.few_children or any(figure.no_place_reason for _, figure in story.alike)
    return sentences if jumping or UNKNOWN in relations else [*sentences, _alike_shares(relations)]


def _alike_shares(relations: list[str]) -> str:
    """Count the alike municipalities with a higher, lower and about equal share of children at risk of poverty."""
    higher, lower, equal = (relations.count(each) for each in (HIGHER, LOWER, EQUAL))
    messages = {
        (True, False, False): gettext("In all of these municipalities the share of children at risk of poverty is higher than here."),
        (False, True, False): gettext("In all of these municipalities the share of children at risk of poverty is lower than here."),
        (False, False, True): gettext(
            "In all of these municipalities the share of children at risk of poverty is about equal to that here."
        ),
        (True, True, False): gettext(
            "The share of children at risk of poverty is higher than here in {higher} of these {all} municipalities and lower in {lower}."
        ),
        (True, False, True): gettext(
            "The share of children at risk of poverty is higher than here in {higher} of these {all} "
            "municipalities and about equal in {equal}."
        ),
        (False, True, True): gettext(
            "The share of children at risk of poverty is lower than here in {lower} of these {all} "
            "municipalities and about equal in {equal}."
        ),
        (True, True, True): gettext(
            "The share of children at risk of poverty is higher than here in {higher} of these {all} "
            "municipalities, lower in {lower}, and about equal in {equal}."
        ),
    }
    message = messages[(higher > 0, lower > 0, equal > 0)]
    return message.format(all=len(relations), higher=higher, lower=lower, equal=equal)
