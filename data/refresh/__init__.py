"""Fetch official tables of CBS and replace their snapshots: ``python -m data refresh [TABLE ...]``.

The tables come from CBS Open Data, the boundaries from PDOK; licence CC BY 4.0, credit "Bron: CBS". A snapshot is replaced
only after everything was checked; whatever goes wrong, it stays as it was.

`service` asks with patience, `client` reads a table of CBS, `checks` says what must hold, `tables` declares each table,
`snapshot` prepares and replaces it, `boundaries` does so for the map, `stopping` handles requests to stop.

Environment variables
---------------------
CBS_ODATA_URL
    Address of another OData service, for example ``http://127.0.0.1:8000``; by default the client's own.
CBS_BOUNDARIES_URL
    Address of another service of boundaries; by default that of PDOK.
"""

from __future__ import annotations

import signal
import sys
from functools import partial
from pathlib import Path
from textwrap import shorten

from data.package import DATA_FOLDER
from data.refresh.boundaries import prepare_boundaries
from data.refresh.client import cbs_service
from data.refresh.service import RefreshError
from data.refresh.snapshot import prepare_table, replace_files
from data.refresh.stopping import stoppable, undisturbed
from data.refresh.tables import TABLES

PREPARATIONS = {table.name: partial(prepare_table, table) for table in TABLES} | {"boundaries": prepare_boundaries}


def refresh_tables(names: list[str], folder: Path = DATA_FOLDER) -> int:
    """Refresh tables from CBS and print a summary; a table that fails keeps its snapshot as it was.

    Parameters
    ----------
    names : list of str
        Tables to refresh; all that can be refreshed when empty.
    folder : pathlib.Path
        Folder with ``datapackage.json``, ``tables/`` and ``geometry/``.

    Returns
    -------
    int
        Exit code: 0, 1 when a table failed, 2 for an unknown name or address, 128 plus the signal when stopped.
    """
    if unknown := [name for name in names if name not in PREPARATIONS]:
        print(f"There is no table {', '.join(unknown)} to refresh. These can be refreshed: {', '.join(PREPARATIONS)}.", file=sys.stderr)
        return 2
    outcomes, failed = {}, False
    try:
        with stoppable(), cbs_service():
            for name in dict.fromkeys(names or PREPARATIONS):
                try:
                    files, outcome = PREPARATIONS[name](folder)
                    with undisturbed():
                        replace_files(files, folder)
                        outcomes[name] = outcome
                except Exception as error:
                    outcomes[name], failed = "failed, snapshot not changed", True
                    print(f"{name} was not refreshed. {_reason(error)} Its snapshot has not been changed.", file=sys.stderr)
    except RefreshError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt as stop:
        done = ", ".join(name for name, outcome in outcomes.items() if outcome.startswith("replaced")) or "none"
        print(f"Stopped before the end. Tables replaced until then: {done}; the other snapshots have not been changed.", file=sys.stderr)
        return 128 + (stop.args[0] if stop.args else signal.SIGINT)
    print("\n".join(f"{name}: {outcome}" for name, outcome in outcomes.items()))
    return int(failed)


def _reason(error: Exception) -> str:
    if isinstance(error, RefreshError):
        return str(error)
    if isinstance(error, OSError):
        return f"A file could not be read or written: {error}."
    return f"Something unexpected happened: {type(error).__name__}: {shorten(str(error), 500)}."
