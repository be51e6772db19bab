"""Every fact and every measure has its place in the book, and the report on the site says so truly."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup

from book import coverage, provenance
from data import approximations
from data.facts import Fact, fact, facts
from data.harmonise import harmonise
from data.language import format_number
from data.package import PACKAGE_FILE, table, table_names
from data.regions import regional_means
from tests.built import parsed
from tests.chapters import on_the_site
from tests.conftest import PROJECT
from tests.small_book import build_small_book, built_page
from tests.test_site import pages

CORE_TOPICS = ("funding", "reach", "poverty", "target", "debt", "threshold", "municipal_policy", "caribbean")
ABOUT = {f"{page}.html" for page in coverage.ABOUT_PAGES}
NO_CHAPTER = ABOUT | {"index.html", "toegankelijkheid.html", "search.html", "404.html"}
REPORT = "verantwoording.html"


@cache
def cited_on(name: str) -> set[str]:
    return {link["href"].partition("#")[2] for link in parsed(name).select("a.ka-citation")}


def chapters() -> list[str]:
    return [name for name in pages() if name not in NO_CHAPTER]


def uncited(known: list[Fact], cited: set[str]) -> list[str]:
    """Return topic and id of each fact of the core topics that no chapter cites."""
    return [f"{one.topic}: {one.fact_id}" for one in known if one.topic in CORE_TOPICS and one.fact_id not in cited]


def absent(html: BeautifulSoup, anchors: list[str]) -> list[str]:
    """Return the anchors that a page lacks."""
    present = {element["id"] for element in html.select("[id]")}
    return [anchor for anchor in anchors if anchor not in present]


def measure_anchors() -> list[str]:
    return [f"maatregel-{measure_id}" for measure_id in table("measures")["measure_id"]]


def test_every_fact_of_the_core_topics_is_cited_in_a_chapter(site):
    lost = uncited(facts(), set().union(*map(cited_on, chapters())))
    assert not lost, "no chapter cites " + ", ".join(lost)


def test_a_lost_citation_is_named():
    everything = {one.fact_id for one in facts()}
    for topic in CORE_TOPICS:
        lost = next(one.fact_id for one in facts() if one.topic == topic)
        assert uncited(facts(), everything - {lost}) == [f"{topic}: {lost}"]


def test_every_measure_stands_on_the_timeline(site):
    lost = absent(parsed("maatregelen.html"), measure_anchors())
    assert not lost, "not on the timeline: " + ", ".join(lost)


def test_every_fact_stands_on_the_page_of_sources(site):
    lost = absent(parsed("bronnen.html"), [one.fact_id for one in facts()])
    assert not lost, "not on the page of sources: " + ", ".join(lost)


def test_what_a_page_lost_is_named():
    page = BeautifulSoup("<p id='een'></p>", "html.parser")
    assert absent(page, ["een", "twee"]) == ["twee"]


# The report on the site


def report_tables() -> list[list[list[str]]]:
    tables = parsed(REPORT).select(".ka-coverage table")
    return [[[cell.get_text() for cell in row.select("th, td")] for row in one.select("tbody tr")] for one in tables]


def test_the_report_says_of_each_fact_where_the_pages_cite_it(site):
    entries = parsed(REPORT).select("[data-fact]")
    assert {entry["data-fact"] for entry in entries} == {one.fact_id for one in facts() if one.topic}
    reported = {name: cited_on(name) for name in pages() if name not in ABOUT}
    for entry in entries:
        links = {link["href"].partition("#")[0] for link in entry.select("a") if "#bron-" in link["href"]}
        assert links == {name for name, cited in reported.items() if entry["data-fact"] in cited}, entry["data-fact"]


def test_the_counts_of_the_report_are_those_of_the_pages(site):
    by_topic, by_page = report_tables()
    cited = set().union(*(cited_on(name) for name in pages() if name not in ABOUT))
    numbers = [[int(cell.replace(".", "")) for cell in row[1:]] for row in by_topic]
    assert all(row[0] == sum(row[1:]) for row in numbers)
    assert [sum(column) for column in zip(*numbers[:-1], strict=True)] == numbers[-1]
    assert numbers[-1][:2] == [len(facts()), len(cited)]
    assert sum(row[0] for row in numbers[:-2]) == len(table("ledger"))
    addresses = [row.a["href"] for row in parsed(REPORT).select(".ka-coverage table")[1].select("tbody tr")]
    for address, row in zip(addresses, by_page, strict=True):
        assert int(row[1]) == len(cited_on(address)), address
    text = parsed(REPORT).select_one(".ka-coverage > p").get_text()
    count = format_number(len(table("measures")))
    assert text.startswith(f"Van de {count} maatregelen staan er {count} op de tijdlijn")


def test_every_executed_chapter_has_its_time(site):
    rows = parsed(REPORT).select("#rekentijd tbody tr")
    notebooks = {f"{path.stem}.html" for path in (PROJECT / "chapters").glob("*.ipynb") if on_the_site(path)}
    links = [row.a["href"] for row in rows if row.a]
    assert {link.partition("#")[0] or REPORT for link in links} == notebooks
    seconds = [float(row.select_one("td").get_text().replace(".", "").replace(",", ".")) for row in rows]
    assert all(value > 0 for value in seconds)
    assert seconds[-1] == pytest.approx(sum(seconds[:-1]), abs=0.05 * len(seconds))


def test_the_page_names_every_table_and_links_only_to_addresses_of_sources(site):
    entries = parsed(REPORT).select(".ka-tables details")
    assert len(entries) == len(table_names()) + 1
    for entry, known in zip(entries, provenance.tables(), strict=False):
        text = entry.get_text()
        assert entry.summary.get_text().startswith(known["title"])
        assert format_number(known["rows"]) in entry.summary.get_text()
        assert known["trust"] in text
        assert known["licence"] in text
        allowed = {origin["address"] for origin in known["origins"]} | {known["licence_address"]}
        assert {link["href"] for link in entry.select("a")} <= allowed
        assert all(origin["title"] in text for origin in known["origins"])


def test_the_fingerprint_of_the_data_follows_every_figure(monkeypatch, tmp_path):
    before = provenance.versions()["data"]
    resources = json.loads(PACKAGE_FILE.read_text(encoding="utf-8"))["resources"]
    assert all(resource["hash"] for resource in resources)
    changed = tmp_path / "datapackage.json"
    changed.write_text(PACKAGE_FILE.read_text(encoding="utf-8").replace(resources[0]["hash"], "sha256:0"))
    monkeypatch.setattr(provenance, "PACKAGE_FILE", changed)
    assert provenance.versions()["data"] != before


def test_every_chosen_package_has_a_pinned_version():
    versions = provenance.versions()
    assert set(versions["chosen"]) >= {"pandas", "plotly", "jupyter-book"}
    assert all(re.match(r"\d", version) for version in versions["chosen"].values())
    assert versions["others"] > 0


# What counts as used


def notebook(folder: Path, code: str) -> Path:
    path = folder / "chapter.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)]), path)
    return path


def test_code_uses_a_fact_only_when_it_names_it(tmp_path):
    path = notebook(tmp_path, 'data.fact("ambitions_count"); print("four ambitions_count")')
    assert coverage.facts_in_code(path) == {"ambitions_count"}
    assert coverage.facts_in_code(tmp_path / "page.md") == set()


def test_a_figure_uses_a_fact_only_when_its_table_is_a_source_and_the_value_is_shown():
    row = table("reach").dropna(subset=["fact_id"]).iloc[0]
    cells = [str(fact(row["fact_id"]).value)]
    assert row["fact_id"] in coverage.facts_shown(["reach"], cells)
    assert coverage.facts_shown(["reach"], ["no number"]) == set()
    assert coverage.facts_shown(["municipalities"], cells) == set()
    assert coverage.facts_shown(["ledger", "context"], cells) == set()


def build(folder: Path) -> tuple[BeautifulSoup, list[str]]:
    """Build a small book as it stands; return its report and the pages that were written."""
    written = build_small_book(folder, ["book.citations", "book.coverage"], myst_url_schemes=["https", "bron"])
    return built_page(folder, REPORT.removesuffix(".html")), written


def test_the_report_is_written_again_when_a_chapter_changes_and_only_then(tmp_path):
    known = "reduction_target_share"
    (tmp_path / "index.md").write_text("# Boek\n\n```{toctree}\na\nb\nverantwoording\nbronnen\n```\n")
    (tmp_path / "a.md").write_text(f"# Alfa\n\n[4,6 procent](bron:{known})\n")
    (tmp_path / "b.md").write_text("# Bravo\n")
    (tmp_path / "verantwoording.md").write_text("# Verantwoording\n\n```{coverage}\n```\n")
    (tmp_path / "bronnen.md").write_text((PROJECT / "chapters" / "bronnen.md").read_text(encoding="utf-8"))
    report, _ = build(tmp_path)
    assert [link["href"] for link in report.select(f"[data-fact={known}] a")] == [f"bronnen.html#{known}", f"a.html#bron-{known}"]
    assert build(tmp_path)[1] == []

    (tmp_path / "a.md").write_text("# Alfa\n")
    (tmp_path / "b.md").write_text(f"# Bravo\n\n[4,6 procent](bron:{known})\n")
    report, written = build(tmp_path)
    assert {"verantwoording", "bronnen"} <= set(written)
    assert [link["href"] for link in report.select(f"[data-fact={known}] a")] == [f"bronnen.html#{known}", f"b.html#bron-{known}"]

    (tmp_path / "b.md").write_text("# Bravo\n")
    assert "Alleen op Bronnen en cijfers" in build(tmp_path)[0].select_one(f"[data-fact={known}]").get_text()


# Measured errors


def test_errors_are_those_that_the_data_give():
    errors = approximations.error_table()
    check = table("poverty_risk_check")
    municipal = check[check["region_kind"] == "municipality"]
    difference = (municipal["poverty_risk_120_approximated_pct"] - municipal["poverty_risk_120_pct"]).astype(float)
    expected = [len(difference), round(difference.mean(), 2), round(difference.abs().max(), 2)]
    assert errors.iloc[0][["count", "mean", "largest"]].tolist() == expected
    exact = table("municipal_child_poverty").query("year == 2021").set_index("municipality_code")["poverty_risk_120_pct"]
    pd.testing.assert_series_equal(
        municipal.set_index("region_code")["poverty_risk_120_pct"], exact.loc[municipal["region_code"]], check_names=False
    )
    stated = table("municipal_child_poverty").query("quality == 'approximated'")["error_max_pct"].unique()
    assert stated.tolist() == [errors.iloc[0]["largest"]]


def test_estimated_children_of_large_municipalities_stand_beside_the_count_of_cbs():
    excess = approximations.large_municipality_excess()
    row = approximations.error_table().query("compared.str.contains('2.000')").iloc[0]
    assert (row["count"], row["mean"], row["largest"], row["unit"]) == (33, 6.8, 21.5, "procent")
    assert (excess.idxmin(), excess.idxmax()) == ("Haarlemmermeer", "Maastricht")
    assert excess.min() > 0


def test_means_of_regions_differ_no_more_from_cbs_than_the_map_says():
    means = approximations.region_means()
    said = regional_means(harmonise(table("municipal_child_poverty").query("year == 2021")), "poverty_risk_120_pct")
    bound = said.replace({"region_code": {"NL": approximations.COUNTRY}}).set_index("region_code")["error_max_pct"] + 0.05
    assert len(means) == 13
    assert ((means["mean_pct"] - means["published_pct"]).abs() <= bound).all()


def test_boundary_changes_are_all_there():
    counts = approximations.boundary_change_counts()
    changes = approximations.boundary_changes()
    assert changes["count"].sum() == counts["all"] == len(table("boundary_changes"))
    assert changes["year"].is_monotonic_increasing
    divided = table("boundary_changes").query("inhabitant_share < 1")["old_name"].unique()
    for name in divided:
        assert changes["old"].str.contains(f"{name} (deel)", regex=False).any()
