"""What the page of a municipality shows: its profile, its charts, its surroundings, in one HTML template."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from book.comparison import compare_address
from book.embedding import embed_name, with_code
from book.figures import figure_html, template_environment
from book.maps import absence_words
from book.municipality_search import addresses, page_names
from book.neighbourhoods import neighbourhood
from book.publishing import shorten
from data.geography import CREDIT
from data.indicators import indicator
from data.key_figures import KeyFigure, figures_of
from data.language import gettext
from data.names import search_text
from data.open_data import FOLDER, path_of
from data.profiles import Profile, likeness_note, neighbours_note, places, profiles
from widgets.maps import class_labels
from widgets.municipal_charts import LOW_INCOME_CHART, RISK_CHART, low_income_chart, risk_chart
from widgets.municipal_money import reach_sentences
from widgets.poverty_risk import BREAKS, VALUE

POVERTY = ("poverty_risk_120", "low_income", "poverty_line_2024")
MONEY = ("funding",)
CONTEXT = ("median_standardised_income", "social_assistance", "debt_restructuring")


@dataclass(frozen=True)
class Neighbour:
    """A municipality beside another: its name, the address of its page, and its share of children at risk of poverty in words."""

    name: str
    address: str
    text: str


def grouped(figures: Sequence[KeyFigure]) -> list[tuple[str, list[KeyFigure]]]:
    """Return the key figures under headings; what belongs to no other heading is about the inhabitants."""
    subjects = [
        (gettext("Child poverty"), POVERTY),
        (gettext("Money for children in poverty"), MONEY),
        (gettext("Income, social assistance and debts"), CONTEXT),
    ]
    groups = [(heading, [figure for figure in figures if figure.figure_id.startswith(prefixes)]) for heading, prefixes in subjects]
    placed = {figure.figure_id for _, part in groups for figure in part}
    groups.append((gettext("Inhabitants"), [figure for figure in figures if figure.figure_id not in placed]))
    return [(heading, part) for heading, part in groups if part]


@lru_cache
def _risks() -> dict[str, KeyFigure]:
    return figures_of(indicator(VALUE))


@lru_cache
def _map_classes() -> dict[str, str]:
    risks = _risks().items()
    return {
        code: f"class-{bisect_right(BREAKS, round(risk.value, 1))}" if risk.value is not None else f"absent-{risk.absence}"
        for code, risk in risks
    }


def surroundings(profile: Profile) -> dict:
    """Return what ``templates/neighbourhood.html`` shows of the municipalities around one."""
    names = {place.code: place.name for place in profile.neighbours} | {profile.code: profile.name}
    risks = _risks()
    around = neighbourhood(profile.code, [place.code for place in profile.neighbours], names)
    listed = [
        Neighbour(place.name, addresses()[place.code], percent_text(risks[place.code]))
        for place in sorted(profile.neighbours, key=lambda place: search_text(place.name))
    ]
    return {
        "around": around,
        "neighbours": listed,
        "neighbours_note": neighbours_note(),
        "classes": _map_classes(),
        "absences": sorted({_map_classes()[code].removeprefix("absent-") for code, _ in around.areas} & set(absence_words())),
        "absence_words": absence_words(),
        "names": {code: place.name for code, place in places().items()},
        "addresses": addresses(),
        "legend": class_labels(BREAKS),
        "legend_unit": gettext("percent of children"),
        "risk_year": risks[profile.code].year,
        "credit": gettext("Source: {credit}", credit=f"CBS; {CREDIT}"),
    }


def percent_text(figure: KeyFigure) -> str:
    """Return a percentage with its unit; why there is none when there is none."""
    return figure.value_text if figure.value is None else gettext("{value} percent", value=figure.value_text)


PLACED = ("poverty", "trend", "low_income", "funding", "context", "boundaries", "neighbours")


def story(profile: Profile) -> dict[str, list[str]]:
    """Return the sentences of the profile by the place where the page shows them; what has no place of its own comes first.

    The first sentence on neighbours names them; the page has a list of them instead.
    """
    told = {paragraph.paragraph_id: list(paragraph.sentences) for paragraph in profile.paragraphs}
    first = told["poverty"]
    others = [sentence for name, sentences in told.items() if name not in PLACED for sentence in sentences]
    return told | {"lead": first[:1], "further": [*first[1:], *others], "neighbours": told.get("neighbours", [])[1:]}


@lru_cache
def frame_names() -> frozenset[str]:
    """Return the addresses of the pages for frames of all charts of municipalities, see `book.embedding`."""
    charts = {one.code: [RISK_CHART, *([] if one.low_income.empty else [LOW_INCOME_CHART])] for one in profiles()}
    return frozenset(embed_name(page_names()[code], name) for code, names in charts.items() for name in names)


def page_context(profile: Profile, before: Profile | None, after: Profile | None, base: str) -> dict:
    """Return what Sphinx needs of the page of a municipality, and its charts.

    Name, title, description, body, contents, pages before and after; ``figures``: the components of its charts, for frames.
    """
    page = page_names()[profile.code]
    charts = [risk_chart(profile)] if profile.low_income.empty else [risk_chart(profile), low_income_chart(profile)]
    figures = {chart.name: figure_html(chart.payload()) for chart in charts}
    offered = {name: with_code(html, page, base) for name, html in figures.items()}
    title = gettext("Child poverty in {name}", name=profile.name)
    told = story(profile)
    context = {
        "title": title,
        "profile": profile,
        "told": told,
        "groups": grouped(profile.key_figures),
        "trend": offered[RISK_CHART],
        "low_income": offered.get(LOW_INCOME_CHART, ""),
        "reach": reach_sentences(profile),
        "few_children": any(figure.no_place_reason for figure in profile.key_figures),
        "compare": compare_address(profile.code, profile.province_code),
        "likeness_note": likeness_note(),
        "headings": dict(sections()),
        "files": {kind: f"../{FOLDER}/{path_of(profile.code, kind)}" for kind in ("csv", "json")},
        "open_data": f"../{FOLDER}/index.html",
        "sources": list(dict.fromkeys(source for figure in profile.key_figures for source in figure.sources)),
        **surroundings(profile),
    }
    body = template_environment().get_template("municipality.html").render(**context)
    return {
        "name": page,
        "figures": list(figures.values()),
        "title": title,
        "body": body,
        "description": shorten(" ".join([*told["lead"], *told["further"]])),
        "sections": sections(),
        "prev": before and {"link": addresses()[before.code], "title": before.name},
        "next": after and {"link": addresses()[after.code], "title": after.name},
    }


@lru_cache
def sections() -> list[tuple[str, str]]:
    """Return anchor and heading of each section of a page, in order."""
    return [
        ("kerncijfers", gettext("Key figures")),
        ("kans-op-armoede", gettext("Risk of poverty by year")),
        ("laag-inkomen", gettext("Low income by year")),
        ("geld", gettext("Money for children in poverty")),
        ("inkomen", gettext("Income, social assistance and debts")),
        ("omgeving", gettext("The municipalities around it")),
        ("vergelijkbaar", gettext("Municipalities that are most alike")),
        ("grenzen", gettext("Boundaries")),
        ("download", gettext("Download")),
        ("bronnen", gettext("Sources")),
    ]


def page_contexts(base: str = "") -> Iterator[dict]:
    """Return `page_context` of each municipality, in alphabetical order of their names; `base` is the address of the site if known."""
    every = sorted(profiles(), key=lambda profile: search_text(profile.name))
    for place, profile in enumerate(every):
        yield page_context(profile, every[place - 1] if place else None, every[place + 1] if place + 1 < len(every) else None, base)
