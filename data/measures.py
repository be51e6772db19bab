"""The measures of the five source documents, as the reader meets them: in order of time, with words and later mentions.

The rows come from the table ``measures``. Three things were added by hand, from the same documents: which measures stand in the
table with which the letter of 2018 ends (`LETTER_TABLE`, in its order), which later documents come back to a measure, and what sort
of actor a name is (`ACTORS`). A later document comes back to the measure itself, by its name or so that it cannot be another
(`SAME_MEASURE`), or only to what it was about (`SAME_SUBJECT`): another sum, another rise, another programme, or too little said to know.
"""

from __future__ import annotations

import re

import pandas as pd

from data.facts import UNIT_WORDS, format_amount, period_text
from data.language import gettext, language, ngettext
from data.measure_words import later_words, purposes
from data.package import table

LETTER = "letter_2018"
LETTER_TABLE = (
    "gesprek_perspectief_bijstand",
    "versterken_werkgeversdienstverlening",
    "lastenverlaging_arbeid",
    "verkleinen_marginale_druk",
    "verhoging_kinderopvangtoeslag",
    "verhoging_kinderbijslag",
    "brede_schuldenaanpak",
    "extra_middelen_2018_2020",
    "programma_sociaal_domein",
    "ondersteuning_lokale_regiefunctie",
    "subsidie_vier_armoedepartijen",
    "kansen_voor_alle_kinderen",
    "handreiking_scholen_gemeenten",
    "gelijke_kansen_alliantie",
    "vakkundig_aan_het_werk",
    "schouders_eronder",
    "gemeenten_85_miljoen",
    "verkenning_scp_cpb_cbs",
    "tweejaarlijks_inzicht_cbs_scp",
    "monitoring_bestuurlijke_afspraken",
    "gesprekken_op_basis_van_inzichten",
    "wijzer_in_geldzaken_werkgevers",
)
SAME_MEASURE = {
    "subsidie_vier_armoedepartijen": ("subsidie_alle_kinderen_doen_mee", "verlenging_subsidie_sam"),
    "handreiking_scholen_gemeenten": ("handreiking_armoede_op_scholen", "divosa_drie_handreikingen", "gka_actieagenda"),
    "gelijke_kansen_alliantie": ("gka_sinds_2016", "gka_actieagenda"),
    "gemeenten_85_miljoen": ("extra_middelen_sinds_2017", "gemeenten_85_miljoen_2021"),
    "tweejaarlijks_inzicht_cbs_scp": ("rapportage_ambitie_2_en_4",),
    "monitoring_bestuurlijke_afspraken": (
        "bartels_eerste_evaluatie_2018",
        "motie_bruins_extra_tussenevaluatie",
        "eerste_evaluatie_2018",
        "extra_tussenevaluatie_2020",
        "vervolgevaluatie_io_research",
    ),
    "bestuurlijke_afspraken_szw_vng": (
        "bartels_eerste_evaluatie_2018",
        "motie_bruins_extra_tussenevaluatie",
        "gemeenten_85_miljoen_2021",
        "eerste_evaluatie_2018",
        "extra_tussenevaluatie_2020",
        "vervolgevaluatie_io_research",
        "vervolg_bestuurlijke_afspraken",
    ),
    "eerste_evaluatie_afspraken": ("bartels_eerste_evaluatie_2018", "eerste_evaluatie_2018"),
    "bartels_eerste_evaluatie_2018": ("eerste_evaluatie_2018",),
    "kinderombudsman_alle_kinderen_kansrijk": ("ko_notitie_kindgericht_armoedebeleid",),
    "motie_bruins_extra_tussenevaluatie": ("extra_tussenevaluatie_2020",),
    "motie_segers_extra_ondersteuning": ("leergeld_actieplan_toolkit",),
    "extra_middelen_sinds_2017": ("gemeenten_85_miljoen_2021", "subsidie_alle_kinderen_doen_mee"),
    "brief_ambities_1_april_2019": ("eerste_rapportage_ambities",),
    "ambitie_1_meedoen": (
        "doel_bereik_bijstand_100",
        "doel_bereik_werkend_70",
        "eerste_rapportage_ambities",
        "vervolgevaluatie_io_research",
    ),
    "ambitie_2_dalende_trend": ("reductiedoel_9_2_naar_4_6", "rapportage_ambitie_2_en_4"),
    "ambitie_3_kwalitatief_inzicht": ("onderzoek_kansrijk_armoedebeleid", "eerste_rapportage_ambities"),
    "ambitie_4_goede_voorbeelden": ("rapportage_ambitie_2_en_4",),
    "gesprek_reductiedoelstelling_cn": ("cn_indicatieve_streefwaarde", "cn_voortgangsrapportage_2021"),
}
SAME_SUBJECT = {
    "lastenverlaging_arbeid": ("werken_meer_lonen",),
    "verhoging_arbeidskorting": ("werken_meer_lonen",),
    "verkleinen_marginale_druk": ("werken_meer_lonen",),
    "afspraken_armoedeval": ("werken_meer_lonen",),
    "schrappen_inkomensgrens_huurtoeslag": ("hogere_huurtoeslag",),
    "verhoging_kinderopvangtoeslag": ("goedkopere_kinderopvang",),
    "verhoging_kinderbijslag": ("hogere_kinderbijslag",),
    "niet_gebruik_kindgebonden_budget": ("campagnes_werkenden_met_kinderen", "ouder_kindportaal"),
    "brede_schuldenaanpak": ("intensivering_146_miljoen", "preventie_geldzorgen", "npas"),
    "extra_middelen_2018_2020": ("intensivering_146_miljoen",),
    "ondersteuning_lokale_regiefunctie": ("divosa_ondersteuningstraject",),
    "subsidie_vier_armoedepartijen": ("extra_middelen_sinds_2017", "geld_gemeenten_fondsen_scholen"),
    "kansen_voor_alle_kinderen": ("extra_middelen_sinds_2017",),
    "gemeenten_85_miljoen": ("geld_gemeenten_fondsen_scholen",),
    "tweejaarlijks_inzicht_cbs_scp": ("cbs_dashboard_kinderen", "jaarlijkse_monitor"),
    "gesprekken_op_basis_van_inzichten": ("breed_beeld_2021", "vervolg_bestuurlijke_afspraken"),
    "eindevaluatie_2021": ("vervolgevaluatie_io_research",),
    "scp_onderzoek_werkenden_laag_inkomen": ("scp_als_werk_weinig_opbrengt",),
    "motie_peters": ("ambitie_2_dalende_trend", "reductiedoel_9_2_naar_4_6"),
    "motie_gijs_van_dijk": ("ambitie_2_dalende_trend", "reductiedoel_9_2_naar_4_6"),
    "motie_kox": ("ambitie_2_dalende_trend", "reductiedoel_9_2_naar_4_6"),
    "verkenning_scholen_armoede": ("handreiking_armoede_op_scholen", "gka_actieagenda", "brugfunctionaris"),
    "onderzoek_financiele_geletterdheid": ("financiele_educatie",),
    "subsidie_financiele_vaardigheden": ("financiele_educatie",),
    "week_van_het_geld": ("financiele_educatie",),
    "ko_minimumaanbod_kindvoorzieningen": ("ko_oproep_kindvoorzieningen_2019", "modelbeleidskader"),
    "ko_oproep_integraal_beleid_2019": (
        "onderzoek_kansrijk_armoedebeleid",
        "aanpak_gezinnen_kwetsbare_positie",
        "oproep_kinderombudsman_2025",
    ),
    "ko_oproep_handreiking_2019": ("divosa_drie_handreikingen", "handreiking_sociaal_domein"),
    "ko_oproep_bestaanszekerheid_2019": (
        "debat_bestaanszekerheid_nieuw_kabinet",
        "hogere_kinderbijslag",
        "meer_kindgebonden_budget",
    ),
    "ko_oproep_kindvoorzieningen_2019": ("vervolgevaluatie_io_research",),
    "ko_oproep_doelgroep_in_beeld": ("vervolgevaluatie_io_research", "cbs_dashboard_kinderen", "ouder_kindportaal"),
    "ko_oproep_kinderen_betrekken": ("vervolgevaluatie_io_research", "kinderen_bevraagd"),
    "ko_oproep_effecten_evalueren": ("vervolgevaluatie_io_research",),
    "ko_oproep_onderzoek_effectiviteit": ("npas_effectiviteit_nibud",),
    "ko_oproep_brede_reductiedoelstelling": (
        "ambitie_2_dalende_trend",
        "ambitie_3_kwalitatief_inzicht",
        "reductiedoel_9_2_naar_4_6",
        "onderzoek_kansrijk_armoedebeleid",
    ),
    "ambitie_2_dalende_trend": ("cpb_verwachting_daling",),
    "reductiedoel_9_2_naar_4_6": ("cpb_verwachting_daling",),
    "breed_beeld_2021": ("eerste_rapportage_ambities", "rapportage_ambitie_2_en_4"),
    "voortgangsrapportage_cn_2019": ("cn_voortgangsrapportage_2021",),
    "extra_middelen_sinds_2017": ("geld_gemeenten_fondsen_scholen",),
    "gemeenten_85_miljoen_2021": ("geld_gemeenten_fondsen_scholen",),
    "subsidie_alle_kinderen_doen_mee": ("geld_gemeenten_fondsen_scholen",),
    "verlenging_subsidie_sam": ("geld_gemeenten_fondsen_scholen",),
    "preventie_geldzorgen": ("npas",),
    "leergeld_actieplan_toolkit": ("versterken_vindplaatsen",),
    "campagnemateriaal_gezondheidscentra": ("versterken_vindplaatsen",),
}
ACTORS = {
    "state": r"Kabinet|kabinet|Rijk|ministeries|SZW|OCW|VWS|BZK|Financiën|Belastingdienst|UWV",
    "municipalities": r"[Gg]emeente|VNG|Divosa|openbare lichamen",
    "parliament": r"Kamer",
    "ombudsman": r"Kinderombudsman",
    "research": r"\bSER\b|SCP|CBS|CPB|Bartels|Beleidsonderzoekers|I&O|Nibud|GAK|KWIZ|HvA|Platform 31",
    "organisations": (
        r"Alliantie|GKA|Sam&|Leergeld|Jeugd|Missing|Save|Diversion|Geldfit|Wijzer|NVVK|Sterk uit|Raad|Stadsbank|Cliëntenraad|partijen"
    ),
}
COMMITTEE = r"Vaste Commissie SZW|, commissie SZW"
AMOUNT_UNITS = {"per_year": "eur_per_year", "per_year_structural": "eur_per_year", "total": "eur"}


def goal_words() -> dict[str, str]:
    """Return in words the goals of measures: the four headings of the table in the letter of 2018."""
    return {
        "prevent": gettext("Prevent poverty"),
        "counter_consequences": gettext("Counter the consequences of poverty"),
        "monitor": gettext("Follow what policy does"),
        "employers": gettext("Employers and employees"),
    }


def kind_words() -> dict[str, str]:
    """Return in words the kinds of measures."""
    return {
        "agreement": gettext("Agreement or talks"),
        "campaign": gettext("Campaign or information"),
        "evaluation": gettext("Evaluation or report"),
        "funding": gettext("Money"),
        "income_support": gettext("Income and taxes"),
        "law": gettext("Law or rule"),
        "parliament": gettext("Motion, request or debate"),
        "programme": gettext("Programme or project"),
        "research": gettext("Research or advice"),
        "subsidy": gettext("Subsidy"),
        "target": gettext("Target or recommendation"),
    }


def actor_words() -> dict[str, str]:
    """Return in words the sorts of actors."""
    return {
        "state": gettext("State: government and ministries"),
        "municipalities": gettext("Municipalities, with VNG and Divosa"),
        "parliament": gettext("Parliament"),
        "ombudsman": gettext("Ombudsman for Children"),
        "research": gettext("Research and advice"),
        "organisations": gettext("Organisations and alliances"),
    }


def actor_sorts(name: str) -> list[str]:
    """Return which sorts of actors a name of the table holds: ``SZW en VNG`` is state and municipalities.

    Parameters
    ----------
    name : str
        As in the column ``actor``.

    Raises
    ------
    ValueError
        When the name is of no known sort: then `ACTORS` lacks it.
    """
    plain = re.sub(COMMITTEE, " Kamer", name)
    found = [sort for sort, pattern in ACTORS.items() if re.search(pattern, plain)]
    if not found:
        raise ValueError(f"Nobody said what sort of actor {name!r} is.")
    return found


def span_text(start: str, end: str) -> str:
    """Return the period of a measure for the reader; empty strings are dates that the document does not give."""
    if not start and not end:
        return gettext("no date")
    if not start:
        return gettext("up to {end}", end=period_text(end))
    if not end or start == end:
        return period_text(start)
    return gettext("{start} to {end}", start=period_text(start), end=period_text(end))


def amount_text(amount: float, basis: str) -> str:
    """Return the amount of a measure for the reader, in euros (per year); empty when the document names none."""
    if pd.isna(amount):
        return ""
    return ngettext(*UNIT_WORDS[AMOUNT_UNITS[basis]], amount, amount=format_amount(int(amount)))


def measures() -> pd.DataFrame:
    """Return every measure in order of time, in words.

    A measure without a first date stands after those that begin in the year of its document, in a group of its own.

    Returns
    -------
    pandas.DataFrame
        One row per measure; `measure_id`, `group` (heading of its year), `period`, `title`, `actor`, `kind`, `goal`, `amount` and
        `document` in words; `goal_id`, `kind_id`, `actor_ids`, `document_id` and `in_letter_table` (yes or no) for choosing;
        `amount_eur` in euros; `locator` and `quotation` of the document; `purpose` in words, empty when
        `data.measure_words` has none; `later_same` and `later_subject`: ids of the entries of later documents, see the module.
    """
    known = table("measures").astype({"kind": "string", "goal": "string", "amount_basis": "string"})
    known = known.fillna({"start": "", "end": "", "amount_basis": ""})
    documents = table("documents").set_index("document_id")
    years = documents["period"].str[:4].astype(int)
    titles = {
        key: gettext("{title} ({date})", title=row[f"title_{language()}"], date=period_text(row["period"]))
        for key, row in documents.iterrows()
    }
    meant = purposes()
    dated = known["start"] != ""
    year = known["start"].str[:4].where(dated, known["document_id"].map(years).astype(str)).astype(int)
    group = [
        str(number) if has_date else gettext("No first date, named in {year}", year=number)
        for number, has_date in zip(year, dated, strict=True)
    ]
    result = pd.DataFrame(
        {
            "measure_id": known["measure_id"],
            "group": group,
            "period": [span_text(*dates) for dates in zip(known["start"], known["end"], strict=True)],
            "title": known[f"title_{language()}"],
            "actor": known["actor"],
            "kind": known["kind"].map(kind_words()),
            "goal": known["goal"].map(goal_words()),
            "amount": [amount_text(*amount) or None for amount in zip(known["amount_eur"], known["amount_basis"], strict=True)],
            "amount_eur": known["amount_eur"],
            "document": known["document_id"].map(titles),
            "locator": known["locator_nl"],
            "quotation": known["quotation"].str.replace("*", "", regex=False),
            "goal_id": known["goal"],
            "kind_id": known["kind"],
            "actor_ids": known["actor"].map(actor_sorts),
            "document_id": known["document_id"],
            "document_year": known["document_id"].map(years),
            "in_letter_table": known["measure_id"].isin(LETTER_TABLE),
            "purpose": [meant.get(measure_id) for measure_id in known["measure_id"]],
            "later_same": [list(SAME_MEASURE.get(measure_id, ())) for measure_id in known["measure_id"]],
            "later_subject": [list(SAME_SUBJECT.get(measure_id, ())) for measure_id in known["measure_id"]],
        }
    )
    order = (
        pd.DataFrame({"year": year, "undated": ~dated, "start": known["start"]})
        .sort_values(["year", "undated", "start"], kind="stable")
        .index
    )
    return result.loc[order].reset_index(drop=True)


def undated_count() -> int:
    """Return of how many measures the document gives no first date."""
    return int(table("measures")["start"].isna().sum())


def letter_table() -> pd.DataFrame:
    """Return the measures of the table of the letter of 2018: what each was meant to do, and what later documents say.

    Returns
    -------
    pandas.DataFrame
        In the order of the letter; `goal`, `title`, `purpose`, `found` (``same``, ``subject`` or ``none``), `last_year` (year of the last
        document that speaks of the measure itself: 2018 when no later one does) and `later` (what those say, in words).
    """
    known = measures().set_index("measure_id")
    said = later_words()
    rows = []
    for measure_id in LETTER_TABLE:
        measure = known.loc[measure_id]
        rows.append(
            {
                "goal": measure["goal"],
                "title": measure["title"],
                "purpose": measure["purpose"],
                "found": "same" if measure["later_same"] else "subject" if measure["later_subject"] else "none",
                "last_year": max([measure["document_year"], *known.loc[measure["later_same"], "document_year"]]),
                "later": said.get(measure_id, gettext("not found in the later documents")),
            }
        )
    return pd.DataFrame(rows)


def measures_per_document() -> pd.DataFrame:
    """Return how many entries each document has, in order of time: `document`, a column per goal (by its id) and `total`."""
    known = measures()
    counts = known.groupby("document_id")["goal_id"].value_counts().unstack(fill_value=0)[list(goal_words())]
    titles = known.drop_duplicates("document_id").set_index("document_id")["document"]
    order = table("documents").sort_values("period")["document_id"]
    return counts.assign(total=counts.sum(axis=1), document=titles).loc[order].reset_index(drop=True)
