"""Install Chromium for the tests when this machine has none: with apt-get when root, else Playwright's own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from tests.browser import find_browser


def main() -> int:
    """Make sure that there is a browser; return the exit code."""
    browser = find_browser()
    root = hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get")
    if not browser and root:
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], check=False)
        browser = find_browser()
    if not browser:
        libraries = ["--with-deps"] if root else []
        subprocess.run([sys.executable, "-m", "playwright", "install", *libraries, "chromium"], check=False)
        browser = find_browser()
    if not browser:
        print("No Chromium was found and none could be installed; install one and run the tests again.", file=sys.stderr)
        return 1
    print(f"Browser for the tests: {browser}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
