"""A strict reader of HTML: what a browser would mend in silence is a fault here."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
DRAWN = {"path", "rect", "circle", "use"}
NOT_IN_A_PARAGRAPH = {
    "address", "article", "aside", "blockquote", "div", "dl", "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "header",
    "main", "nav", "ol", "p", "pre", "section", "table", "ul",
}  # fmt: skip
ONLY_IN = {
    "li": {"ul", "ol"}, "tr": {"thead", "tbody", "tfoot"}, "td": {"tr"}, "th": {"tr"}, "tbody": {"table"}, "thead": {"table"},
    "figcaption": {"figure"}, "summary": {"details"}, "option": {"select", "optgroup"}, "dt": {"dl"}, "dd": {"dl"},
}  # fmt: skip
LIST_PARTS = {"ul": {"li", "script"}, "ol": {"li", "script"}, "tr": {"td", "th"}, "table": {"thead", "tbody", "tfoot", "caption"}}
MUST_SAY = {"td", "th", "p", "li", "h1", "h2", "h3", "dd", "dt", "figcaption", "title", "option"}
NOT_IN_ITSELF = {"a", "button", "form", "label"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: Counter[str] = Counter()
        self.faults: list[str] = []
        self.empty: list[str] = []
        self.said: list[bool] = []

    def fault(self, text: str) -> None:
        self.faults.append(f"line {self.getpos()[0]}: {text}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = Counter(name for name, _ in attrs)
        for name, number in names.items():
            if number > 1:
                self.fault(f"<{tag}> has {name} twice")
        self.ids.update(value for name, value in attrs if name == "id")
        parent = self.open[-1] if self.open else ""
        if tag in NOT_IN_A_PARAGRAPH and "p" in self.open and self.open[::-1].index("p") < len(self.open):
            self.fault(f"<{tag}> in a paragraph")
        if tag in ONLY_IN and parent not in ONLY_IN[tag]:
            self.fault(f"<{tag}> in <{parent}>")
        if parent in LIST_PARTS and tag not in LIST_PARTS[parent]:
            self.fault(f"<{tag}> in <{parent}>")
        if tag in NOT_IN_ITSELF and tag in self.open:
            self.fault(f"<{tag}> in <{tag}>")
        if tag not in VOID:
            self.open.append(tag)
            self.said.append(tag == "p" and "role" in names)

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.said = [True] * len(self.said)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            if tag not in DRAWN:
                self.fault(f"<{tag} /> closes nothing")
            self.open.pop()
            self.said.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.fault(f"</{tag}> where <{self.open[-1] if self.open else 'nothing'}> is open")
            return
        self.open.pop()
        if not self.said.pop() and tag in MUST_SAY:
            self.empty.append(f"line {self.getpos()[0]}: <{tag}> is empty")


def html_faults(html: str) -> list[str]:
    """Return what is not well-formed HTML: tags that do not match, elements where they may not stand, identifiers that occur twice."""
    return faults_and_empty(html)[0]


def faults_and_empty(html: str) -> tuple[list[str], list[str]]:
    """Return what is not well-formed HTML, and which cells, paragraphs and headings say nothing (one with a role waits for words)."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    left = [f"<{tag}> is never closed" for tag in reader.open]
    twice = [f"id {name} occurs {number} times" for name, number in reader.ids.items() if number > 1]
    return reader.faults + left + twice, reader.empty
