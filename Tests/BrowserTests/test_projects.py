"""The pages of a project as they really are, in the demonstration: with a phase taken back, a remark, a value corrected."""
import pytest
from axe_playwright_python.sync_playwright import Axe

from conftest import BASE, SHOTS, without_refused_statuses
from test_gallery import FOCUSED, MARK_CONTROLS, SIDEWAYS, WCAG

PROJECT, MEASURE = "/projects/late-mondays", "/measures/late-mondays.measure"
CYCLE = f"{PROJECT}/cycles/late-mondays.cycle"
PAGES = {
    "project": PROJECT,
    "print": f"{PROJECT}/print",
    "drivers": f"{PROJECT}/drivers",
    "measure": MEASURE,
    "share": "/measures/kettle-cove.attendance",
    "amendment": f"{MEASURE}/amendment",
    "column": f"{MEASURE}/column",
    "cycle": CYCLE,
    "plan": f"{PROJECT}/cycles/new",
    "proposal": f"{CYCLE}/trial",
    "refused-comparison": f"{CYCLE}/comparison",
    "comparison": "/projects/plan-time/cycles/plan-time.cycle/comparison",
    "trial": "/trials/double-block-trial",
    "attention": "/projects/attention",
    "projects": "/projects",
    "measures": "/measures",
    "network": "/measures/network?name=ninth-graders%20on%20track",
}


def signed_in(browser, **options):
    page = browser.new_context(reduced_motion="reduce", **options).new_page()
    page.goto(BASE + "/demo")
    page.click("form[action='/demo/ruth-ouellette'] button")
    return page


@pytest.fixture(scope="module")
def noted(browser):
    """A phase set by mistake and taken back, another one, a remark and a correction."""
    page = signed_in(browser)

    def mark(kind, day, words):
        page.goto(BASE + MEASURE)
        page.locator("summary", has_text="Note a change or a new phase").click()
        page.check(f"input[name=kind][value={kind}]")
        page.fill("#mark-period", day)
        page.fill("textarea[name=words]", words)
        page.click("text=Note it")

    mark("phase", "2026-01-12", "The bell rings five minutes later")
    page.locator("a[href$='/withdrawal']").first.click()
    page.fill("input[name=why]", "It was moved a year earlier")
    page.click("text=Take it back")
    assert "taken back by Ruth Ouellette" in page.inner_text("main")
    mark("phase", "2026-02-02", "The conferences begin")
    page.locator("summary", has_text="Say something at a point").click()
    page.fill("textarea[name=remark]", "Snow on the Monday: two buses came an hour late")
    page.click("text=Say it")
    page.locator("summary", has_text="who entered them").click()
    page.locator("a[href$='/correction']").first.click()
    page.fill("input[name=value]", "19/110")
    page.fill("input[name=why]", "Two had a note from the nurse")
    page.click("text=Correct it")
    page.context.close()


@pytest.fixture(scope="module")
def windows_of(browser, noted):
    kept = {}

    def window(width, scheme):
        if (width, scheme) not in kept:
            kept[width, scheme] = signed_in(
                browser, viewport={"width": width, "height": 900}, color_scheme=scheme, has_touch=width < 500, is_mobile=width < 500)
        return kept[width, scheme]

    yield window
    for page in kept.values():
        page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("name", PAGES)
def test_is_accessible_as_it_really_is(windows_of, name, width, scheme):
    page = windows_of(width, scheme)
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    assert page.goto(BASE + PAGES[name]).status == 200
    page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true })")
    page.screenshot(path=SHOTS / f"real-{name}-{width}-{scheme}.png", full_page=True)
    assert page.evaluate(SIDEWAYS) <= 0
    found = Axe().run(page, options=WCAG)
    assert found.violations_count == 0, found.generate_report()
    assert without_refused_statuses(complaints) == []


@pytest.mark.parametrize("name", PAGES)
def test_every_control_of_a_real_page_is_reached_by_tab(windows_of, name):
    page = windows_of(1440, "light")
    page.goto(BASE + PAGES[name])
    page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true })")
    count = page.evaluate(MARK_CONTROLS)
    page.evaluate("document.body.tabIndex = -1; document.body.focus()")
    for _ in range(4 * count + 10):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None:
            break
        assert focused["isRinged"] and focused["isSeen"], focused["name"]
    assert page.evaluate("[...document.querySelectorAll('[data-expected]')].map(each => each.outerHTML.slice(0, 90))") == []


def test_hostile_posts_stay_accessible(browser):
    """What people write in Markdown is named, reached and large enough, whatever they write."""
    page = signed_in(browser, viewport={"width": 390, "height": 900})
    page.goto(BASE + "/discussions/new")
    page.fill("input[name=title]", "Lists, tables and links without words")
    page.fill("textarea[name=text]", "\n\n".join([
        "- [ ] copy the roster form\n- [x] staple it",
        "| a | b | c | d | e | f | g | h |\n|---|---|---|---|---|---|---|---|\n"
        "| long words stand here | and here | and here again | one more | and another | still more | the last | end |",
        "[](https://a.example/without-words) and ![](https://a.example/picture.png) and [\u200b](https://a.example/z)",
        "```\n" + "a line of code that is much longer than any phone is wide, and goes on and on without an end " * 2 + "\n```",
        "# A heading\n\n###### Another, far below",
        "> > > quoted deeply", "[![](https://a.example/y.png)](https://a.example/x)", "***", "1. one\n1. two",
    ]))
    page.locator("form:has(textarea[name=text]) button[type=submit], form:has(textarea[name=text]) button.button").last.click()
    assert "/discussions/" in page.url and "/new" not in page.url, page.inner_text("main")[:500]
    assert page.evaluate(SIDEWAYS) <= 0
    found = Axe().run(page, options=WCAG)
    assert found.violations_count == 0, found.generate_report()
    assert page.locator(".written input").count() == 0
    assert page.locator(".written a").evaluate_all("all => all.every(each => each.innerText.trim())")
    assert page.locator(".written .scrolled").evaluate("each => each.tabIndex") == 0
    small = page.locator(".post header time").evaluate_all(
        "all => all.map(each => each.closest('a')).filter(Boolean).map(each => each.getBoundingClientRect().height)")
    assert small and all(height >= 24 for height in small), small
    page.context.close()


def test_an_outline_is_moved_by_keys_and_nobody_is_held_in_it(browser):
    page = signed_in(browser, viewport={"width": 390, "height": 844})
    page.goto(f"{BASE}{PROJECT}/drivers")
    area = page.locator("textarea[name=outline]")
    area.fill("The first bell\nBuses\nA later bus\nHomeroom")
    area.focus()
    page.keyboard.press("Control+Home")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    assert "Now a secondary driver" in page.locator(".unseen[role=status]").all_inner_texts()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert area.input_value() == "The first bell\n  Buses\n    A later bus\nHomeroom"
    page.keyboard.press("Shift+Tab")
    assert area.input_value() == "The first bell\n  Buses\n  A later bus\nHomeroom"
    page.keyboard.press("Control+z")
    assert area.input_value() == "The first bell\n  Buses\n    A later bus\nHomeroom"
    page.keyboard.press("Control+a")
    page.keyboard.press("Tab")
    assert area.input_value() == "  The first bell\n    Buses\n    A later bus\n  Homeroom"
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Keep the diagram"
    page.context.close()
