"""Measure a page in a real browser: bytes, first text, drawn map, slider move to painted."""

from __future__ import annotations

import functools
import gzip
import statistics
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser

from widgets.live_plot import EMPTY_WORLD

LOADS = 5
MOVES = 60
AREAS = 342
COMPRESSED = (".html", ".css", ".js", ".svg", ".json")

WATCH = """(() => {
  const look = () => {
    const found = document.querySelectorAll("SELECTOR");
    if (found.length < COUNT || ![...found].every(one => one.getAttribute("d"))) return requestAnimationFrame(look);
    const channel = new MessageChannel();
    channel.port1.onmessage = () => { window.mapDrawn = performance.now(); };
    channel.port2.postMessage(0);
  };
  requestAnimationFrame(look);
})()"""

MOVE = """async ([moves]) => {
  const act = ACT;
  const times = [];
  for (let index = 0; index < moves; index += 1) {
    await new Promise(resolve => setTimeout(resolve, 30));
    times.push(await new Promise(resolve => requestAnimationFrame(async () => {
      const start = performance.now();
      await act(index);
      const channel = new MessageChannel();
      channel.port1.onmessage = () => resolve(performance.now() - start);
      channel.port2.postMessage(0);
    })));
  }
  return times;
}"""

OWN_ACT = """(() => {
  const slider = document.querySelector(".ka-kind-map .ka-year");
  slider.scrollIntoView();
  const first = Number(slider.min), last = Number(slider.max);
  return index => {
    slider.value = first + index % (last - first + 1);
    slider.dispatchEvent(new Event("input", { bubbles: true }));
  };
})()"""

PLAIN_ACT = """(() => {
  const plot = document.querySelector(".js-plotly-plot");
  plot.scrollIntoView();
  const steps = plot.layout.sliders[0].steps;
  return index => Plotly.animate(plot, ...steps[index % steps.length].args);
})()"""


EXPLORER_ACT = """(() => {
  const figure = document.querySelector("#FIGURE");
  const slider = figure.querySelector("[data-control=CONTROL] input[type=range]");
  figure.querySelector(".ka-areas, .ka-plot").scrollIntoView();
  const steps = Math.round((slider.max - slider.min) / slider.step);
  return index => {
    slider.value = Number(slider.min) + (7 * (index + 1) % steps) * slider.step;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
  };
})()"""


@dataclass(frozen=True)
class Page:
    """A page to measure: its site, its file, where its areas are and what a move of its slider does."""

    site: Path
    file: str
    areas: str
    act: str


@dataclass(frozen=True)
class Measured:
    """What was measured of a page: bytes (gzip) and milliseconds."""

    bytes_gzip: int
    first_text: float
    map_drawn: float
    move_median: float
    move_95: float


@functools.lru_cache
def _compressed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), 6, mtime=0)


class CompressingHandler(SimpleHTTPRequestHandler):
    """Serve files as a web server does: compressed, without a line per request."""

    def do_GET(self) -> None:
        """Answer with the compressed file."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        packed = path.suffix in COMPRESSED
        body = _compressed(path) if packed else path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(body)))
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine for as long as the context lasts."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(CompressingHandler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def _load(browser: Browser, address: str, page: Page, slowdown: int, *, moves: int) -> tuple[int, float, float, list[float]]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
    tab = context.new_page()
    tab.route("**/*topojson*", lambda route: route.fulfill(body=EMPTY_WORLD, content_type="application/json"))
    tab.route("**/*world_110m*", lambda route: route.fulfill(body=EMPTY_WORLD, content_type="application/json"))
    tab.add_init_script(WATCH.replace("SELECTOR", page.areas).replace("COUNT", str(AREAS)))
    tab.context.new_cdp_session(tab).send("Emulation.setCPUThrottlingRate", {"rate": slowdown})
    tab.goto(address + page.file, wait_until="load", timeout=120000)
    tab.wait_for_function("window.mapDrawn > 0", timeout=120000)
    tab.wait_for_timeout(500)
    first_text = tab.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    sizes = tab.evaluate(
        "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]"
        ".reduce((sum, entry) => sum + (entry.encodedBodySize || 0), 0)"
    )
    drawn = tab.evaluate("window.mapDrawn")
    times = tab.evaluate(MOVE.replace("ACT;", page.act + ";"), [moves]) if moves else []
    context.close()
    return sizes, first_text, max(drawn, first_text), times


def measure(browser: Browser, page: Page, slowdown: int) -> Measured:
    """Measure a page: medians of several loads, and many moves of its slider.

    Parameters
    ----------
    browser : Browser
        A browser that runs.
    page : Page
        What to measure.
    slowdown : int
        How many times slower the processor is made to seem; 1 is full speed.
    """
    with served(page.site) as address:
        loads = [_load(browser, address, page, slowdown, moves=MOVES if number == 0 else 0) for number in range(LOADS)]
    return Measured(
        loads[0][0],
        statistics.median(load[1] for load in loads),
        statistics.median(load[2] for load in loads),
        *median_and_95(loads[0][3]),
    )


def median_and_95(times: list[float]) -> tuple[float, float]:
    """Return the median and the 95th percentile."""
    return statistics.median(times), sorted(times)[round(0.95 * (len(times) - 1))]


def measure_explorer(browser: Browser, site: Path, file: str, figure: str, control: str, slowdown: int) -> tuple[float, float]:
    """Return the median and the 95th percentile of the milliseconds from a move of an explorer's slider to what it paints.

    Parameters
    ----------
    browser : Browser
        A browser that runs.
    site : Path
        Folder of the built site.
    file, figure, control : str
        The page, the name of the explorer and the input of the model that is moved.
    slowdown : int
        How many times slower the processor is made to seem.
    """
    with served(site) as address:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
        tab = context.new_page()
        context.new_cdp_session(tab).send("Emulation.setCPUThrottlingRate", {"rate": slowdown})
        tab.goto(address + file, wait_until="load", timeout=120000)
        tab.locator(f"#{figure} :is(.ka-areas, .ka-plot)").first.scroll_into_view_if_needed()
        tab.wait_for_function(f"document.getElementById('{figure}').dataset.drawn === 'true'", timeout=120000)
        tab.wait_for_timeout(1000)
        act = EXPLORER_ACT.replace("FIGURE", figure).replace("CONTROL", control)
        times = tab.evaluate(MOVE.replace("ACT;", act + ";"), [MOVES])
        context.close()
    return median_and_95(times)
