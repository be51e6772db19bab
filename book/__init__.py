"""How executed chapters become the website: a Sphinx extension.

Listed in ``_config.yml``. It says when chapters must be executed anew (`book.execution`), turns figures into components (`book.figures`,
`book.explorers`), citations into links to the page of sources (`book.citations`) and terms into links to the glossary
(`book.glossary`), and gives the theme its Dutch words, templates, styles and script (`book.theme`, `book.styles`, `book.library`);
`book.municipalities` and `book.comparison` make the pages of municipalities, `book.open_data` the files to
download, `book.embedding` a page per figure for other sites, `book.launch` the address that opens a chapter in JupyterLab,
`book.python_names` the page on `data` and `widgets`; `book.coverage` and `book.provenance` say what the
book uses and what it was made with; `book.publishing` adds what search engines, browsers and web servers ask for, `book.previews`
a picture for who shares a page.
"""

from __future__ import annotations

from sphinx.application import Sphinx

from book import (
    citations,
    comparison,
    coverage,
    embedding,
    execution,
    explorers,
    figures,
    glossary,
    launch,
    library,
    municipalities,
    open_data,
    previews,
    provenance,
    publishing,
    python_names,
    theme,
)

VERSION = "0.1.0"


def setup(app: Sphinx) -> dict:
    """Register the extension with Sphinx."""
    execution.setup(app)
    citations.setup(app)
    coverage.setup(app)
    provenance.setup(app)
    glossary.setup(app)
    figures.setup(app)
    explorers.setup(app)
    embedding.setup(app)
    municipalities.setup(app)
    comparison.setup(app)
    open_data.setup(app)
    python_names.setup(app)
    launch.setup(app)
    theme.setup(app)
    library.setup(app)
    publishing.setup(app)
    previews.setup(app)
    return {"version": VERSION, "parallel_read_safe": True, "parallel_write_safe": True}
