"""Help in an IPython session, such as that of a notebook: names behind the Tab key, and near names below an error of pandas."""

from __future__ import annotations

import sys

from data.completion import offer_names
from data.pandas_errors import add_hints


def help_here() -> None:
    """Give the present session that help; outside IPython nothing happens."""
    shell = "IPython" in sys.modules and sys.modules["IPython"].get_ipython()
    if shell:
        offer_names(shell)
        add_hints(shell)
