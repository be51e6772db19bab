"""`make benchmark`: this site beside a plain Jupyter Book page of the same map, in one run, on this machine.

``python -m benchmarks builds`` measures only how long the book takes to build, ``python -m benchmarks session`` only a session with the
notebooks as Binder gives it.
"""

from __future__ import annotations

import datetime
import os
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks import plain_page
from benchmarks.builds import build_times
from benchmarks.pages import OWN_ACT, PLAIN_ACT, Measured, Page, measure, measure_explorer
from benchmarks.session import measure_session
from tests.browser import ARGUMENTS, find_browser

PROJECT = Path(__file__).resolve().parent.parent
LABELS = {
    "bytes_gzip": "bytes, gzip (KB)",
    "first_text": "first text (ms)",
    "map_drawn": "map drawn (ms)",
    "move_median": "slider move to painted, median (ms)",
    "move_95": "slider move to painted, 95th percentile (ms)",
}

EXPLORERS = {
    "map of 342 municipalities": ("verkenner-85-miljoen.html", "verken-verdeling", "risk_key_pct"),
    "chart": ("verkenner-halvering.html", "verken-halvering", "pace_pct"),
}


def table(own: Measured, plain: Measured, speed: str) -> list[str]:
    """Return the lines of one speed: own, plain and how many times less own takes."""
    lines = []
    for name, label in LABELS.items():
        scale = 1000 if name == "bytes_gzip" else 1
        mine, other = getattr(own, name) / scale, getattr(plain, name) / scale
        lines.append(f"| {speed} | {label} | {mine:,.1f} | {other:,.1f} | {other / mine:,.1f} |")
    return lines


def main() -> None:
    """Measure and print three tables."""
    site = PROJECT / "_build" / "html"
    explorer_lines = ["| processor | explorer with a | median (ms) | 95th percentile (ms) |", "|---|---|---:|---:|"]
    lines = ["| processor | what | this site | plain page | ratio |", "|---|---|---:|---:|---:|"]
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        plain = Page(plain_page.build(Path(name), PROJECT), "index.html", ".choroplethlayer path", PLAIN_ACT)
        own = Page(site, "halvering.html", ".ka-kind-map .ka-areas path", OWN_ACT)
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        for slowdown, speed in ((1, "full speed"), (4, "4 times slower")):
            lines += table(measure(browser, own, slowdown), measure(browser, plain, slowdown), speed)
            for what, (file, figure, control) in EXPLORERS.items():
                median, late = measure_explorer(browser, site, file, figure, control, slowdown)
                explorer_lines.append(f"| {speed} | {what} | {median:,.1f} | {late:,.1f} |")
        browser.close()
    print("This site: a whole chapter with its map and charts. Plain page: the same map alone. Medians of 5 loads; 60 moves.\n")
    print("\n".join(lines))
    print("\nA move of an explorer's slider to what it paints: computed anew, sentences, table of outcomes and drawing.\n")
    print("\n".join(explorer_lines))
    print()
    builds()


def builds() -> None:
    """Measure how long the book takes to build; print when, on how many processors and how busy they were with that and other work."""
    start = os.getloadavg()[0]
    print(f"{datetime.date.today():%d %B %Y}, {os.cpu_count()} processors, load {start:.1f} at the start", end="", flush=True)
    with tempfile.TemporaryDirectory() as name:
        times = build_times(PROJECT, Path(name))
    print(f" and {os.getloadavg()[0]:.1f} at the end.\n\n| build | seconds | processor seconds |\n|---|---:|---:|")
    for what, measured in times.items():
        print(f"| {what} | {measured.elapsed:.1f} | {measured.processor:.1f} |")


def session() -> None:
    """Measure a session with the notebooks and print it."""
    with sync_playwright() as playwright:
        measured = measure_session(playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS))
    print(f"{datetime.date.today():%d %B %Y}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}, Python {measured.python}\n")
    print("| session | |\n|---|---:|")
    print(f"| installed packages (MB) | {measured.packages_mb:.0f} |")
    print(f"| JupyterLab answers (s) | {measured.start_seconds:.1f} |")
    print(f"| chapter open, kernel ready (s) | {measured.open_seconds:.1f} |")
    print(f"| run all cells to first figure drawn (s) | {measured.first_figure_seconds:.1f} |")
    print(f"| memory before a chapter is open (MB) | {measured.empty_memory_mb:.0f} |")
    print(f"| memory of server and kernel, chapter run (MB) | {measured.chapter_memory_mb:.0f} |")


if __name__ == "__main__":
    {"builds": builds, "session": session}.get("".join(sys.argv[1:]), main)()
