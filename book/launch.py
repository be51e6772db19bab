"""Opening a chapter in JupyterLab: the address where mybinder.org starts the notebook of a page."""

from __future__ import annotations

import re
from urllib.parse import quote

from sphinx.application import Sphinx

BRANCH = "main"
NOTEBOOK = ".ipynb"


def binder_address(source_code: str, notebook: str) -> str | None:
    """Return where mybinder.org opens a notebook of the book in JupyterLab.

    Parameters
    ----------
    source_code : str
        Address of the source code, as the scheme ``broncode`` in ``_config.yml`` has it.
    notebook : str
        File in ``chapters/``.

    Returns
    -------
    str or None
        None when the source code does not stand on GitHub.
    """
    found = re.match(r"https://github\.com/([\w.-]+)/([\w.-]+)/", source_code)
    return found and f"https://mybinder.org/v2/gh/{found[1]}/{found[2]}/{BRANCH}?urlpath={quote(f'lab/tree/chapters/{notebook}')}"


def add_address(app: Sphinx, pagename: str, templatename: str, context: dict, doctree: object) -> None:
    """Give the template of a page that is a notebook the address that opens it."""
    notebook = context.get("sourcename") or ""
    source_code = app.config.myst_url_schemes["broncode"]["url"]
    context["binder_address"] = binder_address(source_code, notebook) if notebook.endswith(NOTEBOOK) else None


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("html-page-context", add_address)
