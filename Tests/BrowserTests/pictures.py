#!/usr/bin/env python3
"""pictures.py BASE_URL FOLDER: the README's pictures, taken from a running demonstration."""
import os
import pathlib
import sys

from playwright.sync_api import sync_playwright

SHOTS = [
    ("front", None, "/"),
    ("idea", "ruth-ouellette", "/ideas/ten-minute-conferences"),
    ("today", "ruth-ouellette", "/today"),
    ("schools", None, "/schools"),
]


def main(base, folder):
    pathlib.Path(folder).mkdir(exist_ok=True)
    with sync_playwright() as engine:
        chromium = engine.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"])
        for name, person, path in SHOTS:
            page = chromium.new_context(viewport={"width": 1200, "height": 900}, color_scheme="light").new_page()
            if person:
                page.goto(base + "/demo")
                page.locator(f'form[action="/demo/{person}"] button').click()
            page.goto(base + path)
            page.screenshot(path=f"{folder}/{name}.png")
            print(f"{folder}/{name}.png")
        chromium.close()


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1].rstrip("/"), sys.argv[2])
