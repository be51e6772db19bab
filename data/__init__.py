"""The facts of the book: tables, the ledger of cited figures, geography.

>>> import data
>>> data.table("documents").shape[0]
5
"""

from data.facts import fact
from data.geography import geometry, provinces
from data.harmonise import harmonise
from data.package import describe, table, table_names

__all__ = ["describe", "fact", "geometry", "harmonise", "provinces", "table", "table_names"]
