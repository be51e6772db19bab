"""The facts of the book: tables, the ledger of cited figures, municipalities, geography.

Examples
--------
>>> import data
>>> print(data.fact("reduction_target_base_share").text)
9,2 procent
>>> data.profile("Zwolle").province_name
'Overijssel'
"""

from data.facts import fact, find_facts
from data.geography import geometry, provinces
from data.harmonise import harmonise
from data.indicators import indicator, indicator_names
from data.names import municipality_code
from data.package import describe, table, table_names
from data.profiles import profile
from data.session import help_here
from data.suggestions import missing_attribute

__all__ = [
    "describe", "fact", "find_facts", "geometry", "harmonise", "indicator", "indicator_names", "municipality_code", "profile", "provinces",
    "table", "table_names",
]  # fmt: skip

help_here()


def __getattr__(name: str) -> object:
    raise missing_attribute(__name__, name, __all__)


def __dir__() -> list[str]:
    return __all__
