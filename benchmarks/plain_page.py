"""A plain Jupyter Book page of the same map, written the usual way: `px.choropleth` with `animation_frame`.

Built in a temporary folder from this project's own table and boundaries, with Jupyter Book's ordinary
settings and Plotly's ``notebook`` renderer, which puts the chart library in the page and so needs no other host.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import nbformat

CONFIG = """
title: The same map
only_build_toc_files: true
execute:
  execute_notebooks: force
  timeout: 300
"""
CODE = """
import plotly.express as px
import plotly.io as pio
import data
from data.geography import web_geometry

pio.renderers.default = "notebook"
frame = data.harmonise(data.table("municipal_child_poverty"))
figure = px.choropleth(
    frame, geojson=web_geometry(), locations="municipality_code",
    color="poverty_risk_120_pct", animation_frame="year", hover_name="municipality_name",
)
figure.update_geos(fitbounds="locations", visible=False)
figure.show()
"""


def build(folder: Path, project: Path) -> Path:
    """Build the page in a folder and return the folder of the site."""
    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_markdown_cell("# The same map\n\nChildren by municipality and year."),
            nbformat.v4.new_code_cell(CODE.strip()),
        ],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    )
    nbformat.write(notebook, folder / "index.ipynb")
    (folder / "_config.yml").write_text(CONFIG, encoding="utf-8")
    (folder / "_toc.yml").write_text("format: jb-book\nroot: index\n", encoding="utf-8")
    program = Path(sys.executable).parent / "jupyter-book"
    environment = os.environ | {"PYTHONPATH": str(project)}
    subprocess.run([program, "build", str(folder), "--quiet"], check=True, capture_output=True, env=environment)
    return folder / "_build" / "html"
