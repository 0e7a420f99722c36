"""A walk through the demonstration in each role: every link leads somewhere, and what it leads to is as good as the gallery."""
import re
import urllib.parse

import pytest
from axe_playwright_python.sync_playwright import Axe

from conftest import BASE, without_refused_statuses
from test_gallery import SIDEWAYS, WCAG

# At most so many pages a role, and so many of a kind: two schools tell what a thousand would.
PAGES, OF_A_KIND = 60, 2
# Downloads, feeds and files; pages of development; ways out.
LEFT_OUT = re.compile(r"^/(gallery|demo|assets)(/|$)|\.(csv|atom|ics|svg|json)$")

LINKS = """() => [...document.querySelectorAll('a[href]')].filter(each => !each.hasAttribute('download'))
  .map(each => new URL(each.getAttribute('href'), location).href.split('#')[0])"""


def doors(page):
    page.goto(BASE + "/demo")
    return page.eval_on_selector_all("form[action^='/demo/']", "all => all.map(each => each.getAttribute('action'))")


def kind(url):
    """The address without what tells one thing from another: ids, and the values of a query."""
    parts = urllib.parse.urlsplit(url)
    steps = [step if re.fullmatch(r"[a-z][a-z-]*", step) and len(step) < 20 else "_" for step in parts.path.split("/")]
    return "/".join(steps) + "?" + "&".join(sorted(key for key, _ in urllib.parse.parse_qsl(parts.query)))


def walk(page, problems):
    seen, kinds, waiting = set(), {}, [(BASE + "/", "the start")]
    while waiting and len(seen) < PAGES:
        url, source = waiting.pop(0)
        name = kind(url)
        if url in seen or kinds.get(name, 0) >= OF_A_KIND:
            continue
        seen.add(url)
        kinds[name] = kinds.get(name, 0) + 1
        page.complaints.clear()
        answer = page.goto(url)
        where = url.removeprefix(BASE)
        if answer.status != 200:
            problems.append(f"{where} answers {answer.status}; linked from {source}")
            continue
        look(page, where, problems)
        for link in page.evaluate(LINKS):
            if link.startswith(BASE + "/") and not LEFT_OUT.search(urllib.parse.urlsplit(link).path):
                waiting.append((link, where))
    return seen


def look(page, where, problems):
    problems += [f"{where} says {each}" for each in without_refused_statuses(page.complaints)]
    if page.evaluate(SIDEWAYS) > 0:
        problems.append(f"{where} scrolls sideways at 320 px")
    for found in Axe().run(page, options=WCAG).response["violations"]:
        problems.append(f"{where} breaks {found['id']}: {found['nodes'][0]['html'][:120]}")


@pytest.mark.parametrize("door", range(-1, 8))
def test_every_link_leads_to_a_good_page(browser, door):
    from conftest import listen

    with browser.new_context(viewport={"width": 320, "height": 900}, reduced_motion="reduce") as context:
        page = context.new_page()
        listen(page)
        found = doors(page)
        if not found or door >= len(found):
            pytest.skip("the demonstration has no such door")
        if door >= 0:
            page.click(f"form[action='{found[door]}'] button")
        problems = []
        seen = walk(page, problems)
        assert problems == [], "\n" + "\n".join(problems)
        assert len(seen) > 3
