"""What the measures of the table of 2018 were meant to do, and what later documents say of them, in our words.

Purposes come from the sections of the letter of 2018 before the table; the rest from the letters of 2019 and 2021 and the answers of
2025. Whether a document speaks of the measure itself or only of its subject stands in `data.measures`.
"""

from __future__ import annotations

from data.facts import fact
from data.language import gettext


def purposes() -> dict[str, str]:
    """Return what each measure of the table was meant to do, by the id of the measure."""
    return {
        "gesprek_perspectief_bijstand": gettext("Give people on social assistance a better chance of work."),
        "versterken_werkgeversdienstverlening": gettext(
            "Give employers a fixed place to turn to in their region, so that more people find work."
        ),
        "lastenverlaging_arbeid": gettext("Make work pay."),
        "verkleinen_marginale_druk": gettext("Let people who work more hours keep more of it."),
        "verhoging_kinderopvangtoeslag": gettext("Give families with children more to spend, also those with a low income."),
        "verhoging_kinderbijslag": gettext("Give families with children more to spend, also those with a low income."),
        "brede_schuldenaanpak": gettext("Fewer people with problematic debts."),
        "extra_middelen_2018_2020": gettext("Prevent debts and fight poverty, especially among children."),
        "programma_sociaal_domein": gettext("Make local help fit together, and take away what stands in the way of a solution."),
        "ondersteuning_lokale_regiefunctie": gettext(
            "Help municipalities to lead local policy, and to reach children whom they do not know."
        ),
        "subsidie_vier_armoedepartijen": gettext("Soften the consequences of poverty, with a low threshold for families."),
        "kansen_voor_alle_kinderen": gettext("Provisions in kind for children in poverty, through organisations."),
        "handreiking_scholen_gemeenten": gettext("Help schools to deal with signs of poverty."),
        "gelijke_kansen_alliantie": gettext(
            "Equal opportunity in education, with local plans of schools, municipalities and organisations."
        ),
        "vakkundig_aan_het_werk": gettext("New knowledge, so that municipalities can help people better."),
        "schouders_eronder": gettext("Better help with debts, through training, research and sharing knowledge."),
        "gemeenten_85_miljoen": gettext("Provisions in kind for children who cannot take part because of poverty."),
        "verkenning_scp_cpb_cbs": gettext("Find out whether poverty can be measured in one clear way, for a possible target."),
        "tweejaarlijks_inzicht_cbs_scp": gettext("Keep in view how many households are at risk of poverty."),
        "monitoring_bestuurlijke_afspraken": gettext(
            "Find out how many children were reached, and what policy municipalities made with the money."
        ),
        "gesprekken_op_basis_van_inzichten": gettext("Discuss whether more measures are needed."),
        "wijzer_in_geldzaken_werkgevers": gettext("Help employers to notice money trouble of employees, and to refer them to help."),
    }


def later_words() -> dict[str, str]:
    """Return what later documents say of a measure of the table or of its subject; measures of which they say nothing are not in it."""
    return {
        "lastenverlaging_arbeid": gettext("2025: the cabinet keeps trying to make work pay more. Taxes on labour are not named."),
        "verkleinen_marginale_druk": gettext("2025: the cabinet keeps trying to make working more pay more. How is not said."),
        "verhoging_kinderopvangtoeslag": gettext(
            "2025: according to the cabinet poverty fell through cheaper childcare, among other things. Whether it is this "
            "rise is not said."
        ),
        "verhoging_kinderbijslag": gettext(
            "2025: according to the cabinet poverty fell through higher child benefit, among other things. Whether it is this "
            "rise is not said."
        ),
        "brede_schuldenaanpak": gettext(
            "2021: there is extra money for poverty and debts, and preventing money worries needs more attention. 2025: there "
            "is a national programme on poverty and debts. This approach is not named."
        ),
        "extra_middelen_2018_2020": gettext(
            "2021: there is other extra money, {amount} for poverty and debts in 2021 and 2022 together. The earlier money is not named.",
            amount=fact("intensification_total").text,
        ),
        "ondersteuning_lokale_regiefunctie": gettext(
            "2021: Divosa, with VNG, supports municipalities in reaching and helping children. Whether it is this support is not said."
        ),
        "subsidie_vier_armoedepartijen": gettext(
            "2021: according to the evaluation, the organisations play an important part in reaching children. The subsidy "
            "ends in 2021; the minister wants to give it for a year more. 2025: money goes to national funds; which ones is "
            "not said."
        ),
        "kansen_voor_alle_kinderen": gettext(
            "2019: since 2017 there is extra money for municipalities and organisations. This scheme is not named."
        ),
        "handreiking_scholen_gemeenten": gettext(
            "2021: the guide for schools is there and is being put into practice. An action agenda builds on it."
        ),
        "gelijke_kansen_alliantie": gettext(
            "2021: the alliance works with municipalities, schools and organisations since 2016, and will start an action "
            "agenda on poverty at schools."
        ),
        "gemeenten_85_miljoen": gettext(
            "2019: more and more children are reached, according to an evaluation. 2021: nearly all municipalities have "
            "policy; by estimate they reached {share} of the children in the target group in 2020. 2025: money goes to "
            "municipalities; no amount is named.",
            share=fact("reach_share_2020").text,
        ),
        "tweejaarlijks_inzicht_cbs_scp": gettext(
            "2021: CBS is expected to publish figures on 2020, and has a dashboard on children. 2025: the cabinet makes a yearly monitor."
        ),
        "monitoring_bestuurlijke_afspraken": gettext(
            "2019: a motion asks for an extra evaluation. 2021: after evaluations in 2018 and 2020 there is another one. By "
            "estimate reach has risen; policy is still hardly specific and measurable."
        ),
        "gesprekken_op_basis_van_inzichten": gettext(
            "2019: the insight is a reason for State and municipalities to set to work. 2021: the minister wants to talk with "
            "VNG about what follows after the agreements."
        ),
    }
