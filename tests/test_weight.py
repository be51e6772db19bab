"""The site is light: what a page loads is counted, compressed as a web server sends it."""

from __future__ import annotations

import gzip
import json
import re
from unittest.mock import Mock

import pytest

from book.library import TRACE_TYPES, check_traces, fetch_bundle, library, version_in, whole_library
from book.styles import page_styles, pruned
from data.geography import web_paths
from tests.conftest import PROJECT
from tests.test_site import draw_all, open_page, pages

KILOBYTE = 1024
LIBRARY = "_static/plotly.min.js"


def weight(content: bytes | str) -> int:
    return len(gzip.compress(content.encode() if isinstance(content, str) else content, 6, mtime=0))


def files_of(html: str) -> list[str]:
    return [
        name.partition("?")[0]
        for name in re.findall(r'<(?:script|link)[^>]*?(?:src|href)="(?:\.\./)*(_static/[^"]+\.(?:js|css)[^"]*)"', html)
    ]


@pytest.mark.parametrize("name", [name for name in pages() if name != "search.html"])
def test_page_with_its_styles_and_scripts_weighs_at_most_150_kilobytes(name, site):
    html = (site / name).read_text(encoding="utf-8")
    files = files_of(html)
    assert sorted(files) == ["_static/kinderarmoede.css", "_static/kinderarmoede.js"]
    assert weight(html) + sum(weight((site / file).read_bytes()) for file in files) <= 150 * KILOBYTE


def test_own_scripts_map_and_chart_data_stay_within_their_limits(site):
    assert weight((site / "_static/kinderarmoede.js").read_bytes()) <= 25 * KILOBYTE
    paths = web_paths()
    assert weight("".join(paths.municipalities.values()) + paths.province_borders) <= 25 * KILOBYTE
    for name in pages():
        for text in re.findall(
            r'<script type="application/json" class="ka-data">(.*?)</script>', (site / name).read_text(encoding="utf-8"), re.S
        ):
            if json.loads(text).get("kind") == "chart":
                assert weight(text) <= 30 * KILOBYTE


def test_library_is_the_basic_bundle_in_the_version_of_the_package_when_npm_gave_it(site):
    served = (site / LIBRARY).read_bytes()
    version = version_in(whole_library()[:400].decode())
    assert version_in(served[:400].decode()) == version
    if fetch_bundle(version, PROJECT / "_build" / ".npm"):
        assert weight(served) <= 420 * KILOBYTE
        found = set(re.findall(rb'moduleType:"trace",name:"(\w+)"', served))
        assert {name.encode() for name in TRACE_TYPES} <= found, found


def test_without_npm_the_whole_library_is_served_with_a_note(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert library(tmp_path / "cache") == whole_library()
    assert "Note: npm did not give plotly.js-basic-dist-min" in capsys.readouterr().err


def test_a_bundle_of_another_version_is_refused(tmp_path):
    version = version_in(whole_library()[:400].decode())
    (tmp_path / f"plotly.js-basic-dist-min-{version}.min.js").write_text("/** plotly.js (basic - minified) v1.2.3 */")
    with pytest.raises(ValueError, match="not of version"):
        library(tmp_path)


def test_a_trace_type_that_the_library_lacks_is_a_warning_that_fails_the_build(monkeypatch):
    logger = Mock()
    monkeypatch.setattr("book.library.logger", logger)
    check_traces("lijn", [{"type": "scatter"}, {"type": "bar"}])
    logger.warning.assert_not_called()
    check_traces("wolk", [{"type": "heatmap"}])
    logger.warning.assert_called_once()
    message, *values = logger.warning.call_args.args
    assert "figure wolk uses trace type heatmap" in message % tuple(values)
    assert "-W" in (PROJECT / "Makefile").read_text(encoding="utf-8")


def test_library_is_loaded_once_and_only_when_a_chart_comes_near(address, browser):
    page, requests, _ = open_page(browser, address + "bronnen.html")
    page.mouse.wheel(0, 100000)
    page.wait_for_timeout(300)
    assert [request for request in requests if LIBRARY in request] == []
    page.context.close()
    page, requests, _ = open_page(browser, address + "halvering.html")
    draw_all(page)
    assert len([request for request in requests if LIBRARY in request]) == 1
    page.context.close()


def test_pruning_keeps_what_a_page_or_script_names_and_drops_the_rest():
    css = (
        "a.used:hover{color:red} .unused,p{margin:0} #gone{top:0} @media print{.made{left:0} .no{left:1px}} "
        "@font-face{src:url(x)} :root{--a:1}"
    )
    kept = pruned(css, ['<p class="used other"><a href="#">x</a></p>'], 'element.className = "made";')
    assert kept.split() == ["a.used:hover{color:red}", "p{margin:0}", "@media", "print{.made{left:0}", "}", ":root{--a:1}"]


def test_properties_that_nothing_reads_are_dropped(tmp_path):
    for name in ("basic.css", "styles/pydata-sphinx-theme.css", "styles/sphinx-book-theme.css", "mystnb.1.css"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    (tmp_path / "basic.css").write_text("p{--a:1;--b:2;color:var(--a);--c:3}")
    page = tmp_path / "page.html"
    page.write_text("<p>")
    styles = page_styles(tmp_path, [page], 'getPropertyValue("--c")', ".own{top:0}")
    assert "--a:1" in styles
    assert "--b" not in styles
    assert "--c:3" in styles
    assert styles.endswith(".own{top:0}")
