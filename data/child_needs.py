"""What the Kinderombudsman asked for, what municipalities did, and what later documents say about it.

The shares of municipalities come from the note of the Kinderombudsman of January 2019. Its endnotes refer to the first evaluation by
Bureau Bartels (2018) for most of them; those of measuring effects and of provisions in kind only have no endnote. The answers are
summaries of the source documents of 2018 to 2025.
"""

from __future__ import annotations

import pandas as pd

from data.facts import fact
from data.language import gettext, language
from data.measure_lists import document_name
from data.package import table


def municipal_practice() -> pd.DataFrame:
    """Return what part of the municipalities did what in 2018.

    Returns
    -------
    pandas.DataFrame
        ``practice`` (for the reader) and ``municipalities_pct``, from high to low; as published, in whole percents or tens.
    """
    practices = {
        "municipalities_with_child_policy_share": gettext("has poverty policy for children"),
        "municipalities_only_in_kind_share": gettext("offers only provisions in kind"),
        "municipalities_plan_evaluation_share": gettext("plans to measure the effect"),
        "municipalities_involved_children_share": gettext("involved children"),
        "municipalities_target_group_in_view_share": gettext("knows its whole target group"),
        "municipalities_intergenerational_ambition_share": gettext("wants to stop poverty passing to children"),
        "municipalities_measured_impact_share": gettext("measured the effect"),
        "municipalities_without_child_provisions_share": gettext("has no provisions for children"),
    }
    frame = pd.DataFrame(
        {"practice": list(practices.values()), "municipalities_pct": [float(fact(fact_id).value) for fact_id in practices]}
    )
    return frame.sort_values("municipalities_pct", ascending=False, kind="stable", ignore_index=True)


def answers() -> dict[str, tuple[str, str]]:
    """Return for each recommendation, by its measure, the latest document that speaks of it and what the documents say."""
    return {
        "ko_inkomensgrens_120_140": (
            "letter_2018",
            gettext("The cabinet finds that fixed limits do not fit the law. A municipality may use a sliding scale."),
        ),
        "ko_minimumaanbod_kindvoorzieningen": (
            "answers_2025",
            gettext("There may be a model for municipal policy, also for children. It does not yet exist."),
        ),
        "ko_oproep_integraal_beleid_2019": (
            "answers_2025",
            gettext("In 2021 the connection between parts of life was not always central. In 2025 a national approach is being made."),
        ),
        "ko_oproep_handreiking_2019": (
            "letter_2021",
            gettext("There are guides for schools and for social workers. The letter does not say that they answer this call."),
        ),
        "ko_oproep_bestaanszekerheid_2019": (
            "answers_2025",
            gettext("In 2021 the debate was left to a new cabinet. In 2025 the cabinet names higher child benefit and other support."),
        ),
        "ko_oproep_kindvoorzieningen_2019": (
            "letter_2021",
            gettext("Nearly all municipalities have policy for children in poverty. Whether all have provisions is not stated."),
        ),
        "ko_oproep_doelgroep_in_beeld": (
            "answers_2025",
            gettext(
                "In 2021 many municipalities found it hard to know and reach working parents. "
                "In 2025 a central point is studied that could show which children need support."
            ),
        ),
        "ko_oproep_kinderen_betrekken": (
            "answers_2025",
            gettext(
                "In 2021 it still happened little. The answers of 2025 say that children were asked for a national plan; "
                "about municipalities they say nothing."
            ),
        ),
        "ko_oproep_effecten_evalueren": (
            "letter_2021",
            gettext("Policy is still hardly specific and measurable. How many municipalities measured is not stated."),
        ),
        "ko_oproep_onderzoek_effectiviteit": (
            "answers_2025",
            gettext("Nibud and others are analysing how effective poverty policy is. The results are not there yet."),
        ),
        "ko_oproep_brede_reductiedoelstelling": (
            "letter_2021",
            gettext("The target value is about income. About what poverty means to children there is research, without a target."),
        ),
    }


def recommendations() -> pd.DataFrame:
    """Return the recommendations of the Kinderombudsman of 2017 and 2019 beside what later source documents say.

    Returns
    -------
    pandas.DataFrame
        ``year`` of the recommendation, ``recommendation``, ``later`` (what later documents say of it) and ``document`` (the latest).
    """
    known = answers()
    measures = table("measures").set_index("measure_id").loc[list(known)]
    titles = measures[f"title_{language()}"].str.split(": ", n=1).str[-1]
    frame = pd.DataFrame(
        {
            "year": measures["start"].str[:4].astype(int),
            "recommendation": titles.str[0].str.upper() + titles.str[1:],
            "later": [later for _, later in known.values()],
            "document": [document_name(document_id) for document_id, _ in known.values()],
        }
    )
    return frame.reset_index(drop=True)
