"""Lists of measures for a chapter: what the source documents announce about one subject, in the words of the reader.

The measures come from the table ``measures``; a subject is a choice of ids made here, so that a chapter names none of them.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from data.facts import period_text
from data.language import gettext, language
from data.package import table
from data.suggestions import unknown_name

DEBT_MEASURES = (
    "evaluatie_wgs",
    "schouders_eronder",
    "brede_schuldenaanpak",
    "extra_middelen_2018_2020",
    "wonenplus_enschede",
    "platform31_dubbeltje_kwartje",
    "benchmark_armoede_schulden",
    "vakkundig_aan_het_werk",
    "subsidieregeling_aanpak_armoede_schulden",
    "onderzoek_financiele_geletterdheid",
    "subsidie_financiele_vaardigheden",
    "week_van_het_geld",
    "financieelgezondewerknemers",
    "wijzer_in_geldzaken_werkgevers",
    "intensivering_146_miljoen",
    "leergeld_actieplan_toolkit",
    "campagne_eerste_stap",
    "campagnemateriaal_gezondheidscentra",
    "preventie_geldzorgen",
    "aanpak_gezinnen_kwetsbare_positie",
    "npas",
    "npas_voortgangsrapportage_2026",
    "cbs_onderzoek_schulden_armoede",
    "financiele_educatie",
    "campagnes_werkenden_met_kinderen",
    "versterken_vindplaatsen",
    "kansrijke_start",
    "samen_erop_vooruit_170",
    "ouder_kindportaal",
    "brugfunctionaris",
    "jaarlijkse_monitor",
)
CARIBBEAN_MEASURES = (
    "voortgangsrapportage_cn_2019",
    "gesprek_reductiedoelstelling_cn",
    "cn_statistieken_sociaal_minimum",
    "cn_indicatieve_streefwaarde",
    "cn_minimumloon_uitkeringen_kinderbijslag",
    "cn_best4kids",
    "cn_voortgangsrapportage_2021",
)


def document_name(document_id: str) -> str:
    """Return the short name of a source document, for example ``Brief van 2018``."""
    names = {
        "letter_2018": gettext("Letter of 2018"),
        "note_ombudsman_2019": gettext("Note of the Kinderombudsman of 2019"),
        "letter_2019": gettext("Letter of 2019"),
        "letter_2021": gettext("Letter of 2021"),
        "answers_2025": gettext("Answers of 2025"),
    }
    if document_id not in names:
        raise unknown_name(gettext("There is no document ‘{name}’.", name=document_id), document_id, names)
    return names[document_id]


def when(start: str, end: str) -> str:
    """Return the period of a measure for the reader; `start` and `end` are as in the table, empty when the document gives none."""
    if start and end and start != end:
        return gettext("{first} to {last}", first=period_text(start), last=period_text(end))
    if start and end:
        return period_text(start)
    if start:
        return gettext("from {first} on", first=period_text(start))
    return gettext("until {last}", last=period_text(end)) if end else gettext("not stated")


def measure_list(measure_ids: Sequence[str]) -> pd.DataFrame:
    """Return measures as a table for the reader.

    Parameters
    ----------
    measure_ids : sequence of str
        Ids in table ``measures``.

    Returns
    -------
    pandas.DataFrame
        In the order of the documents: ``year`` (of the document), ``document``, ``title``, ``actor`` (as the document says), ``period``.

    Raises
    ------
    KeyError
        When there is no such measure.
    """
    frame = table("measures").fillna({"start": "", "end": ""})
    known = frame["measure_id"].tolist()
    for measure_id in measure_ids:
        if measure_id not in known:
            raise unknown_name(gettext("There is no policy measure ‘{name}’.", name=measure_id), measure_id, known)
    frame = frame[frame["measure_id"].isin(measure_ids)]
    years = table("documents").set_index("document_id")["period"].str[:4].astype(int)
    rows = pd.DataFrame(
        {
            "year": frame["document_id"].map(years).astype(int),
            "document": frame["document_id"].map(document_name),
            "title": frame[f"title_{language()}"],
            "actor": frame["actor"],
            "period": [when(start, end) for start, end in zip(frame["start"], frame["end"], strict=True)],
        }
    )
    return rows.sort_values("year", kind="stable", ignore_index=True)


def measures_count() -> int:
    """Return the number of measures, agreements, evaluations and events in all documents together."""
    return len(table("measures"))
