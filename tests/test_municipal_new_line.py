"""The new poverty line per municipality is used as soon as a refresh has brought it, and only then."""

from __future__ import annotations

import pandas as pd
import pytest

import data
from data import municipal
from widgets import municipal_map


@pytest.fixture
def fetched(monkeypatch):
    """Make believe that a refresh brought the table: two years, Amsterdam withheld, Urk not listed; all other values are made up."""
    codes = data.table("municipalities")["municipality_code"]
    rows = [(code, year) for code in codes if code != "GM0184" for year in (2023, 2024)]
    frame = pd.DataFrame(rows, columns=["municipality_code", "year"])
    frame["municipality_name"] = "naam"
    frame["status"] = "provisional"
    frame["poverty_line_2024_pct"] = pd.Series(range(len(frame)), dtype="Float64") % 9
    frame["poverty_line_2024_count"] = pd.Series(100, index=frame.index, dtype="Int64")
    frame["absence"] = pd.Series(pd.NA, index=frame.index, dtype="string")
    withheld = frame["municipality_code"].eq("GM0363")
    frame.loc[withheld, ["poverty_line_2024_pct", "poverty_line_2024_count"]] = pd.NA
    frame.loc[withheld, "absence"] = "suppressed"
    monkeypatch.setattr(municipal, "table_names", lambda: [municipal.POVERTY_LINE_TABLE])
    monkeypatch.setattr(municipal, "table", lambda name: frame.copy() if name == municipal.POVERTY_LINE_TABLE else data.table(name))
    return frame


def test_without_the_table_there_is_nothing_to_map():
    assert municipal.POVERTY_LINE_TABLE not in data.table_names()
    assert municipal.poverty_line_by_municipality() is None


def test_with_the_table_every_municipality_of_2025_is_on_the_map(fetched):
    frame = municipal.poverty_line_by_municipality()
    assert frame.groupby("year").size().to_dict() == {2023: 342, 2024: 342}
    absent = frame[frame["absence"].notna()].set_index("municipality_code")["absence"]
    assert absent.to_dict() == {"GM0363": "suppressed", "GM0184": "missing"}
    assert frame.loc[frame["absence"].isna(), "poverty_line_2024_pct"].notna().all()


def test_the_map_of_the_new_line_can_be_drawn(fetched):
    drawn = municipal_map(
        municipal.poverty_line_by_municipality(), "poverty_line_2024_pct", unit="procent", breaks=(1, 2, 3, 5, 7),
        name="nieuwe-grens", title="Titel", subtitle="Onder", sources=["municipalities"], alternative="Kaart.",
    )  # fmt: skip
    assert len(drawn.payload()["table"]["rows"]) == 342
