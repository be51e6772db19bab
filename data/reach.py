"""Who is in the target group of provisions for children, and how fast the services of Sam& grew.

The letter of 2021 gives one reach for all children. Municipalities could not say how it divides over children with parents on
social assistance and children of working parents, so the size of the two groups is computed here from CBS figures.
"""

from __future__ import annotations

from data.facts import fact
from data.trends import Change, national_series

GROUP_YEAR = 2021
ONE_SERVICE = 0.5


def target_group_count() -> int:
    """Return the children in a household with an income up to 120% of the social minimum in 2021 (CBS, rounded to hundreds)."""
    series = national_series("poverty_risk_120").set_index("year")
    return int(series.loc[GROUP_YEAR, "children_count"])


def assistance_share_pct() -> float:
    """Return an estimate of the part of the target group whose parents are on social assistance, in percent, for 2021.

    Returns
    -------
    float
        Children with at least one parent on social assistance on 31 December, divided by `target_group_count`. The two come from
        different CBS tables; it supposes that every child of the first is among the second, and is at most 100.
    """
    return 100 * fact(f"children_social_assistance_nl_{GROUP_YEAR}").value / target_group_count()


def services_growth() -> Change:
    """Return the growth of the services of Sam& between 2016 and 2019, the only two years that the letter of 2021 gives."""
    start, end = fact("sam_services_2016"), fact("sam_services_2019")
    return Change(int(start.period), int(end.period), start.value, end.value, ONE_SERVICE)


def planned_services_count() -> int:
    """Return the level that Sam& would have reached with the extra services it planned: those of 2016 and the planned rise together.

    Notes
    -----
    The source speaks of "ruim" (over) 300,000 extra services in 2017-2020 and does not say whether that is per year or in all. It is
    read here as per year at the end of the period; in all would be a lower level.
    """
    return fact("sam_services_2016").value + fact("sam_extra_services_aim").value
