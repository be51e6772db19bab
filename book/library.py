"""The chart library that pages load: Plotly's basic bundle, in the version of the Python package.

The Python package carries the whole library (1.5 MB gzip). The charts of this book need only the *basic*
bundle (0.4 MB gzip), which is published on npm; `npm pack` fetches it and checks its fingerprint. It is kept in
a folder beside the built site, so the network is used once. Without npm or network the whole library is
served, with a note. Charts may use the trace types of the basic bundle only, whichever file is served.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tarfile
from importlib.resources import files
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util import logging

BUNDLE = "plotly.js-basic-dist-min"
CHART_LIBRARY = "plotly.min.js"
TRACE_TYPES = ("bar", "pie", "scatter")

logger = logging.getLogger(__name__)


def version_in(text: str) -> str:
    """Return the version of plotly.js that the head of its file names."""
    found = re.search(r"plotly\.js (?:\(basic - minified\) )?v(\d+\.\d+\.\d+)", text[:400])
    if not found:
        raise ValueError("The head of the chart library names no version of plotly.js")
    return found[1]


def whole_library() -> bytes:
    """Return the library that the Plotly package carries."""
    return (files("plotly") / "package_data" / CHART_LIBRARY).read_bytes()


def fetch_bundle(version: str, folder: Path) -> Path | None:
    """Fetch the basic bundle from npm, once.

    Parameters
    ----------
    version : str
        Version of plotly.js.
    folder : Path
        Where fetched bundles are kept.

    Returns
    -------
    Path or None
        The file; None when npm is absent or fails.
    """
    target = folder / f"{BUNDLE}-{version}.min.js"
    if target.exists():
        return target
    if not shutil.which("npm"):
        return None
    folder.mkdir(parents=True, exist_ok=True)
    command = ["npm", "pack", f"{BUNDLE}@{version}", "--loglevel=error", "--pack-destination", str(folder)]
    try:
        subprocess.run(command, capture_output=True, check=True, timeout=120)
        with tarfile.open(folder / f"{BUNDLE}-{version}.tgz") as archive:
            content = archive.extractfile("package/plotly-basic.min.js").read()
    except (OSError, subprocess.SubprocessError, tarfile.TarError, KeyError):
        return None
    partial = target.with_suffix(".partial")
    partial.write_bytes(content)
    partial.replace(target)
    return target


def library(folder: Path) -> bytes:
    """Return the library to serve: the basic bundle, or the whole file when npm does not give it.

    Raises
    ------
    ValueError
        When the bundle is of another version than the Python package's.
    """
    whole = whole_library()
    version = version_in(whole[:400].decode())
    bundle = fetch_bundle(version, folder)
    if bundle is None:
        print(f"Note: npm did not give {BUNDLE} {version}; pages load the whole chart library instead.", file=sys.stderr)
        return whole
    content = bundle.read_bytes()
    if version_in(content[:400].decode()) != version:
        raise ValueError(f"{bundle} is not of version {version}, the version of the Plotly package; remove it and build again")
    return content


def check_traces(name: str, traces: list[dict]) -> None:
    """Warn, and so fail the build, when a chart uses a trace type that the bundle lacks."""
    for trace in traces:
        if trace["type"] not in TRACE_TYPES:
            message = "figure %s uses trace type %s; the chart library on the site has %s"
            logger.warning(message, name, trace["type"], ", ".join(TRACE_TYPES), type="kinderarmoede", subtype="trace")


def add_chart_library(app: Sphinx, error: Exception | None) -> None:
    """Serve the chart library from this site."""
    if error is None and app.builder.format == "html":
        target = Path(app.outdir) / "_static" / CHART_LIBRARY
        target.write_bytes(library(Path(app.outdir).parent / ".npm"))


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("build-finished", add_chart_library)
