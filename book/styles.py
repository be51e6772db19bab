"""The styles of a page, in one small file: the theme's rules that some page needs, then the book's own.

The theme brings 80 KB (gzip) of styles, nearly all for parts that this book does not have. A rule stays only
when every class, identifier and element that its selector names occurs in a page or in a script. Whatever a
selector says otherwise (states, attributes, `:not(...)`, `:is(...)`) counts as used. Custom properties that nothing reads go too,
and so do fonts: the book uses those of the reader's system. What stays lies in a cascade layer, so that any rule of the book
goes before it, however short its selector; `!important` is taken away, for in a layer it would go before the book's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import tinycss2
from tinycss2.ast import Node

THEME_STYLES = ("basic.css", "styles/pydata-sphinx-theme.css", "styles/sphinx-book-theme.css", "mystnb.*.css")
NESTING = ("media", "supports", "layer", "container")
DROPPED = ("charset", "import", "font-face")
PROPERTY = re.compile(r"""(?<=[{;\s])(--[\w-]+)\s*:(?:[^;{}"']|"[^"]*"|'[^']*')*(?:;|(?=\}))""")


def words_of_page(html: str) -> set[str]:
    """Return the elements, classes and identifiers of a page."""
    attributes = " ".join(re.findall(r'\b(?:class|id)="([^"]*)"', html))
    return set(attributes.split()) | set(re.findall(r"<([a-z][a-z0-9-]*)", html))


def words_of_script(script: str) -> set[str]:
    """Return everything in a script that could be an element, a class or an identifier."""
    return set(re.findall(r"[A-Za-z][\w-]*", script))


def _split(tokens: Iterable[Node], separator: str) -> list[list[Node]]:
    parts = [[]]
    for token in tokens:
        if token.type == "literal" and token.value == separator:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _is_used(selector: list[Node], words: set[str]) -> bool:
    before = None
    for token in selector:
        if token.type == "hash" and token.value not in words:
            return False
        if token.type == "ident" and before != ":" and token.value not in words:
            return False
        before = token.value if token.type == "literal" else None
    return True


def _kept_rules(rules: Iterable[Node], words: set[str]) -> Iterable[str]:
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = [selector for selector in _split(rule.prelude, ",") if _is_used(selector, words)]
            if selectors:
                prelude = ",".join(tinycss2.serialize(selector).strip() for selector in selectors)
                yield f"{prelude}{{{_declarations(rule.content)}}}\n"
        elif rule.type == "at-rule" and rule.lower_at_keyword in NESTING and rule.content is not None:
            inner = "".join(_kept_rules(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True), words))
            if inner:
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inner}}}\n"
        elif rule.type == "at-rule" and rule.lower_at_keyword not in DROPPED:
            yield rule.serialize() + "\n"


def _declarations(content: list[Node]) -> str:
    text = tinycss2.serialize([token for token in content if token.type != "comment"])
    return re.sub(r"\s*!\s*important", "", text).strip()


def _without_unread_properties(css: str, readers: str) -> str:
    while True:
        read = set(re.findall(r"var\(\s*(--[\w-]+)", css)) | set(re.findall(r"--[\w-]+", readers))
        shorter = PROPERTY.sub(lambda match, read=read: match[0] if match[1] in read else "", css)
        if shorter == css:
            return re.sub(r"[^{}]*\{\s*\}\n?", "", css)
        css = shorter


def pruned(css: str, pages: Iterable[str], scripts: str) -> str:
    """Return the rules of a style sheet that some page or script can need.

    Parameters
    ----------
    css : str
        The style sheet.
    pages : iterable of str
        The HTML of every page.
    scripts : str
        The scripts of the pages, together.
    """
    words = words_of_script(scripts)
    for page in pages:
        words |= words_of_page(page)
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    return "".join(_kept_rules(rules, words))


def page_styles(static: Path, pages: list[Path], scripts: str, own: str) -> str | None:
    """Return the style sheet of the site, or None when the theme's styles are not there because nothing changed.

    Parameters
    ----------
    static : Path
        Folder of static files of the built site.
    pages : list of Path
        Every page of the site.
    scripts, own : str
        The book's script and styles.
    """
    found = [path for name in THEME_STYLES for path in sorted(static.glob(name))]
    if len(found) < len(THEME_STYLES):
        return None
    theme = "\n".join(path.read_text(encoding="utf-8") for path in found)
    kept = pruned(theme, (page.read_text(encoding="utf-8") for page in pages), scripts)
    return _without_unread_properties(f"@layer theme {{\n{kept}}}\n{own}", scripts)
