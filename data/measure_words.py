"""What measures were meant to do, and what later documents say of those in the table of 2018, in our words.

A purpose comes from the document that names the measure, from the lines around its quotation; for the table of 2018 from the sections
before it. A measure has none here when its document gives none, or when its title says it already. Whether a later document
speaks of the measure itself or only of its subject stands in `data.measures`.
"""

from __future__ import annotations

from data.facts import fact
from data.language import gettext


def purposes() -> dict[str, str]:
    """Return what measures were meant to do, by the id of the measure: all of the table of 2018, and others."""
    return _purposes_of_the_table() | _other_purposes()


def _purposes_of_the_table() -> dict[str, str]:
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


def _other_purposes() -> dict[str, str]:
    return {
        "programma_matchen_op_werk": gettext(
            "Strengthen cooperation in each region, so that employers have a fixed place to turn to and more people find work."
        ),
        "interbestuurlijk_programma_bijstand": gettext(
            "Guide people who find it hard to get work more closely, with fewer people for each adviser."
        ),
        "verhoging_arbeidskorting": gettext("Make working more pay."),
        "schrappen_inkomensgrens_huurtoeslag": gettext("Tenants who earn a little more do not lose all their rent benefit at once."),
        "afspraken_armoedeval": gettext("People who go from social assistance to work must be better off."),
        "participatiewet_individueel_maatwerk": gettext("Support people with a low income who find it hard to make ends meet."),
        "niet_gebruik_kindgebonden_budget": gettext("See who may have a right to a benefit and does not use it."),
        "platform31_dubbeltje_kwartje": gettext("Break poverty that passes from parents to children."),
        "voorschoolse_educatie_170": gettext("Help toddlers who may fall behind with language, through play."),
        "city_deal_inclusieve_stad": gettext("Help the most vulnerable people better and at lower cost."),
        "wonenplus_enschede": gettext("See to it that fixed costs are paid in time each month."),
        "ser_advies_armoederegisseur": gettext("Reach the target group better, follow the effect and encourage new ways."),
        "benchmark_armoede_schulden": gettext("Let municipalities compare themselves with each other."),
        "bestuurlijke_afspraken_szw_vng": gettext(
            "Agree how municipalities use the extra money, with whom they work together and that they involve children."
        ),
        "eerste_evaluatie_afspraken": gettext("Give a national picture of what became of the agreements."),
        "raad_van_kinderen": gettext("Let children advise on the money for children in poverty."),
        "subsidieregeling_aanpak_armoede_schulden": gettext("Ask children what they need and what they think helps against poverty."),
        "gedragscode_ouderbijdrage": gettext("Prevent that schools leave out pupils whose parents do not pay the voluntary contribution."),
        "onderzoek_financiele_geletterdheid": gettext("Help certain groups of pupils to handle money better."),
        "week_van_het_geld": gettext("Teach children and young people to handle money."),
        "financieelgezondewerknemers": gettext("Show employers which signs there are and how to talk about them."),
        "extra_middelen_sinds_2017": gettext("Fight child poverty."),
        "ambitie_1_meedoen": gettext("No child is left out because of the money of the parents."),
        "ambitie_2_dalende_trend": gettext("Fight poverty of children through the financial position of their parents."),
        "ambitie_3_kwalitatief_inzicht": gettext("Know how children experience poverty, to find good ways to act."),
        "ambitie_4_goede_voorbeelden": gettext("Inspire others to fight poverty among children as a whole."),
        "breed_beeld_2021": gettext("Know how poverty among children develops, in figures and in what it means to them."),
        "subsidie_alle_kinderen_doen_mee": gettext(
            "Reach more children with provisions for school, sports, culture, birthdays and leisure."
        ),
        "sterk_uit_armoede": gettext("Let people who knew poverty themselves take part in making policy against child poverty."),
        "alliantie_werkagenda": gettext("Break and prevent child poverty."),
        "divosa_ondersteuningstraject": gettext("Help municipalities to reach children in poverty and to support them as a whole."),
        "intensivering_146_miljoen": gettext("Help people whom the corona crisis brings into money trouble early, fast and well."),
        "cbs_dashboard_kinderen": gettext("Help municipalities to know and reach the target group better."),
        "campagnemateriaal_gezondheidscentra": gettext("Refer patients to help with debts in their municipality."),
        "campagne_eerste_stap": gettext("Let people and entrepreneurs with money worries come to the right help."),
        "gka_sinds_2016": gettext("Further equal opportunity, locally, regionally and nationally."),
        "gka_actieagenda": gettext("Describe joint action and shared knowledge on poverty at schools."),
        "cn_best4kids": gettext("Good, safe and affordable childcare and provisions after school."),
        "aanpak_gezinnen_kwetsbare_positie": gettext("Give families help in time that fits together."),
        "npas_verkenning_divosa_vng": gettext(
            "Make the services of municipalities easier to reach, more effective and ready for the future."
        ),
        "npas_landelijke_regelingen": gettext("Simpler schemes that work better, with less inequality between people."),
        "modelbeleidskader": gettext("Make municipal policy on poverty fairer, simpler, more effective and better connected."),
        "campagnes_werkenden_met_kinderen": gettext("Point working parents to schemes to which they may have a right."),
        "versterken_vindplaatsen": gettext("Reach people with money worries and first debts as early as possible."),
        "ouder_kindportaal": gettext("Give parents and children an overview, and see which children need support."),
        "jaarlijkse_monitor": gettext("Keep an eye on how policy on poverty gets on."),
        "geld_gemeenten_fondsen_scholen": gettext("Let children take part at school, in sports and culture, and eat enough and healthily."),
        "werken_meer_lonen": gettext("Give parents a better financial position."),
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
