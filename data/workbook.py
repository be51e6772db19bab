"""The figures of every municipality as one Excel file: figures, explanation, sources."""

from __future__ import annotations

import datetime
import io

import pandas as pd
import xlsxwriter

from data.file_fields import fields, qualities
from data.indicators import indicators
from data.language import gettext, language
from data.package import describe

NO_DATE = datetime.datetime(1980, 1, 1)
WIDTHS = {"label": 38, "municipality_name": 24, "indicator_id": 32, "unit": 24, "quality_text": 44, "absence_reason": 44, "source": 60}
USUAL_WIDTH = 12


def workbook(rows: pd.DataFrame, about: dict) -> bytes:
    """Return an Excel file with three sheets: figures, explanation and sources.

    Parameters
    ----------
    rows : pandas.DataFrame
        As `data.downloads.download_rows`.
    about : dict
        ``title``, ``publication``, ``version``, ``licence`` and ``credit`` as in `data.open_data.about`.

    Returns
    -------
    bytes
        The same for the same figures: the file has no time of making.
    """
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "nan_inf_to_errors": False}) as book:
        book.set_properties({"title": about["title"], "subject": about["publication"], "comments": about["version"], "created": NO_DATE})
        styles = {"strong": book.add_format({"bold": True}), "name": book.add_format({"italic": True, "font_color": "#595959"})}
        styles["text"] = book.add_format({"text_wrap": True, "valign": "top"})
        _write_figures(book.add_worksheet(gettext("figures")), rows, styles)
        _write_explanation(book.add_worksheet(gettext("explanation")), about, styles)
        _write_sources(book.add_worksheet(gettext("sources")), styles)
    return target.getvalue()


def _write_figures(sheet: xlsxwriter.worksheet.Worksheet, rows: pd.DataFrame, styles: dict) -> None:
    """Write headings in words, under them the technical names, then a row per figure; what is empty stays empty."""
    for column, field in enumerate(fields()):
        sheet.set_column(column, column, WIDTHS.get(field["name"], USUAL_WIDTH))
        sheet.write_string(0, column, field["title"], styles["strong"])
        sheet.write_string(1, column, field["name"], styles["name"])
        write = sheet.write_string if field["type"] == "string" else sheet.write_number
        values = rows[field["name"]]
        for row, value in zip(range(2, len(rows) + 2), values.astype(object), strict=True):
            if value != "" and value == value:
                write(row, column, value)
    sheet.freeze_panes(2, 2)
    sheet.autofilter(1, 0, len(rows) + 1, len(fields()) - 1)


def _write_explanation(sheet: xlsxwriter.worksheet.Worksheet, about: dict, styles: dict) -> None:
    lines: list[tuple[str, ...]] = [
        (about["title"],),
        (gettext("From"), about["publication"]),
        (gettext("Version"), about["version"]),
        (gettext("Licence"), f"{about['licence']['title']}, {about['licence']['address']}"),
        (gettext("Credit"), about["credit"]),
        (),
        (gettext("Column"), gettext("Name"), gettext("Meaning")),
        *((field["title"], field["name"], field["description"]) for field in fields()),
        (),
        (gettext("Indicator"), gettext("Name"), gettext("Meaning"), gettext("Unit")),
        *((each.label, each.indicator_id, each.definition, each.unit) for each in indicators().values()),
        (),
        (gettext("Quality"), gettext("Meaning")),
        *qualities(),
    ]
    headings = {0, *(number + 1 for number, line in enumerate(lines) if not line)}
    _write_lines(sheet, lines, (34, 40, 80, 28), headings, styles)


def _write_sources(sheet: xlsxwriter.worksheet.Worksheet, styles: dict) -> None:
    """Write the sources of every table that figures come from, each once per table."""
    names = dict.fromkeys(name for each in indicators().values() for name in each.tables)
    lines = [(gettext("Table"), gettext("Source"), gettext("Address"), gettext("Date"), gettext("Licence"))]
    for name in names:
        described = describe(name)
        for source in described["sources"]:
            title = source.get(f"title_{language()}", source["title"])
            date = gettext("date not recorded") if source["date"] == "not recorded" else source["date"]
            lines.append((described[f"title_{language()}"], title, source["path"], date, described["licenses"][0]["title"]))
    _write_lines(sheet, lines, (44, 60, 70, 20, 40), {0}, styles)
    sheet.freeze_panes(1, 0)


def _write_lines(
    sheet: xlsxwriter.worksheet.Worksheet, lines: list[tuple[str, ...]], widths: tuple[int, ...], headings: set[int], styles: dict
) -> None:
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for row, line in enumerate(lines):
        for column, text in enumerate(line):
            sheet.write_string(row, column, text, styles["strong" if row in headings else "text"])
