"""When chapters are executed anew.

The cache of MyST-NB knows a notebook by its code cells only; a changed table or function would leave old
figures on the page. So the cache lies in a folder named after a fingerprint of everything a chapter can
use: `data/`, `widgets/` and the pinned packages. The same fingerprint, with `book/` added, is a
configuration value of Sphinx, so that a change also makes Sphinx read every page again.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config

from data.language import language

PROJECT_FOLDER = Path(__file__).resolve().parent.parent
USED_BY_CHAPTERS = ("data", "widgets", "requirements-book.txt")
USED_BY_PAGES = (*USED_BY_CHAPTERS, "book")


def fingerprint(names: tuple[str, ...], folder: Path = PROJECT_FOLDER) -> str:
    """Return a hash of the language of the edition and the content of files and folders, compiled Python aside.

    Parameters
    ----------
    names : tuple of str
        Files and folders in `folder`.
    folder : Path
        The project.

    Returns
    -------
    str
        Sixteen hexadecimal digits.
    """
    digest = hashlib.sha256(language().encode())
    for name in names:
        path = folder / name
        files = [path] if path.is_file() else sorted(file for file in path.rglob("*") if file.is_file())
        for file in files:
            if "__pycache__" not in file.parts:
                digest.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def use_cache_of_this_state(app: Sphinx, config: Config) -> None:
    """Point MyST-NB to the execution cache of the present data and code, and drop caches of other states."""
    caches = Path(app.outdir).parent / ".execution"
    current = caches / fingerprint(USED_BY_CHAPTERS)
    for other in caches.glob("*"):
        if other != current:
            shutil.rmtree(other)
    config.nb_execution_cache_path = str(current)
    config.kinderarmoede_fingerprint = fingerprint(USED_BY_PAGES)


def setup(app: Sphinx) -> None:
    """Register with Sphinx; kernels started from here show the site's face of figures."""
    os.environ["KINDERARMOEDE_FACE"] = "site"
    app.add_config_value("kinderarmoede_fingerprint", "", "env")
    app.connect("config-inited", use_cache_of_this_state)
