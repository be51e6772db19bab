"""Find a Chromium that works, for tests that look at pages as a reader does."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from playwright.sync_api import sync_playwright

SYSTEM_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-component-update",
    "--disable-sync", "--disable-quic",
]  # fmt: skip


def works(path: str) -> bool:
    """Return whether the program at `path` is a browser that starts (a snap stub is not)."""
    try:
        result = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return result.returncode == 0 and "Chrom" in result.stdout


def find_browser() -> str | None:
    """Return the path of a working Chromium, or None: first the system's, then Playwright's own."""
    for name in SYSTEM_BROWSERS:
        path = shutil.which(name)
        if path and works(path):
            return path
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() and works(own) else None
