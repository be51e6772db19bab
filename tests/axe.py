"""Look for faults in the accessibility of a page with axe."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

MORE_RULES = ("target-size", "label-content-name-mismatch", "focus-order-semantics")
OPTIONS = {"rules": {name: {"enabled": True} for name in MORE_RULES}, "resultTypes": ["violations"]}  # else axe describes all that is right
OPEN_ALL = "all => all.forEach(one => { one.open = true; })"
KEEP_A_FEW = """() => {
  const lists = ["tbody > tr", ".ka-areas > path", ".ka-document", ".ka-fact", ".ka-event", "select > option", ".highlight pre > span"];
  for (const list of lists) {
    const parents = new Set([...document.querySelectorAll(list)].map(one => one.parentElement));
    for (const parent of parents) [...parent.children].slice(8).forEach(extra => extra.remove());
  }
}"""


def faults(page: Page) -> list[str]:
    """Return what axe finds on a page, of which long lists of one kind are cut short to save time."""
    page.locator("details").evaluate_all(OPEN_ALL)
    page.evaluate(KEEP_A_FEW)
    page.evaluate("document.getAnimations().forEach(animation => animation.cancel())")  # what opens fades in, and is pale until then
    page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")  # or the fixed head of the page may lie half over a button
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [f"{rule['id']}: {node['target']} {node['failureSummary']}" for rule in found for node in rule["nodes"]]
