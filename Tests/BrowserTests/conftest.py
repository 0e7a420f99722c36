"""The browser, and the pages that it walks: every link of /gallery."""
import html.parser
import os
import pathlib
import urllib.request

import pytest
from playwright.sync_api import sync_playwright

BASE = os.environ.get("LEAGUE_BASE_URL", "")
SHOTS = pathlib.Path(__file__).parent / "shots"


class Links(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.paths = []

    def handle_starttag(self, tag, attributes):
        path = dict(attributes).get("href", "")
        if tag == "a" and path.startswith("/gallery/"):
            self.paths.append(path)


def gallery():
    with urllib.request.urlopen(BASE + "/gallery") as answer:
        links = Links()
        links.feed(answer.read().decode())
    return ["/gallery", *links.paths]


def pytest_generate_tests(metafunc):
    if "path" in metafunc.fixturenames:
        metafunc.parametrize("path", gallery() if BASE else [])


def pytest_collection_modifyitems(items):
    # Last what fills the world with hostile words, which the other checks would meet on their way.
    items.sort(key=lambda item: item.path.name == "test_hostility.py")
    if not BASE:
        for item in items:
            item.add_marker(pytest.mark.skip(reason="no address given: run.py BASE_URL"))


def launch(playwright, *arguments):
    return playwright.chromium.launch(
        executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox", *arguments]
    )


@pytest.fixture(scope="session")
def playwright():
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright):
    with launch(playwright) as browser:
        yield browser


@pytest.fixture(scope="session")
def large_text_browser(playwright):
    """The reader's own setting for text at 200 %: 32 px in place of 16, in media queries too."""
    with launch(playwright, "--blink-settings=defaultFontSize=32,defaultFixedFontSize=26") as browser:
        yield browser


@pytest.fixture(scope="session")
def windows():
    """Windows that are open already, by how they look at pages: opening one costs more than loading a page."""
    kept = {}
    yield kept
    for page in kept.values():
        page.context.close()


@pytest.fixture
def opened(browser, windows):
    """Loads a path in a window of this kind; what the page complains of is kept in `complaints`."""

    def load(path, width=1440, height=900, browser=browser, **options):
        kind = (browser, width, height, *sorted(options.items()))
        if kind not in windows:
            view = {"width": width, "height": height}
            windows[kind] = browser.new_context(viewport=view, reduced_motion="reduce", **options).new_page()
            listen(windows[kind])
        page = windows[kind]
        page.complaints.clear()
        page.goto(BASE + path)
        return page

    return load


def listen(page):
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))


def without_refused_statuses(complaints):
    """A sample of an error page may be served with its own status, which Chromium reports as an error of the console."""
    return [each for each in complaints if "the server responded with a status of" not in each]
