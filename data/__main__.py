"""Command line of the data package: ``python -m data import`` and ``python -m data refresh``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m data", description="Make or refresh the tables of the book.")
    commands = parser.add_subparsers(dest="command", required=True)
    importing = commands.add_parser("import", help="make every table from the folder of source files")
    importing.add_argument("--from", dest="folder", type=Path, required=True, help="folder of source files")
    refresh = commands.add_parser("refresh", help="fetch official tables of CBS and replace their snapshots")
    refresh.add_argument("tables", nargs="*", metavar="TABLE", help="which tables; all when none is named")
    options = parser.parse_args(arguments)
    if options.command == "import":
        from data.importing import write_tables
        from data.importing.geometry import write_geometry
        from data.package import DATA_FOLDER

        if not options.folder.is_dir():
            parser.error(f"There is no folder {options.folder}.")
        print("\n".join([*write_tables(options.folder), *write_geometry(options.folder, DATA_FOLDER)]))
        return 0
    from data.refresh import refresh_tables

    return refresh_tables(options.tables)


if __name__ == "__main__":
    sys.exit(main())
