"""A school joins, a teacher tries an idea: with the keys alone, and on a phone whose browser runs no scripts.

Each journey is written once. `Keys` reaches everything with Tab and never touches the mouse; `Finger` has a narrow screen
and no JavaScript. Both count what they do, and `-s` prints it.
"""
import datetime
import re
import secrets

import pytest

from conftest import BASE
from letters import code_for, link_for


class Hands:
    """What a person does to a page. `label` is what the person reads: a label, a button's or a link's words."""

    def __init__(self, page):
        self.page, self.steps = page, 0

    def go(self, path):
        self.page.goto(BASE + path)

    def sees(self, words):
        problems = [each.strip() for each in self.page.locator(".problem, .problems").all_inner_texts()]
        assert words in self.page.inner_text("main"), f"{self.page.url} does not say “{words}”, but {problems}"


class Keys(Hands):
    view = {"viewport": {"width": 1440, "height": 900}}

    def reach(self, label, kind, group=""):
        """Tabs forward until the focus stands on it, at most once around the page."""
        for _ in range(250):
            self.page.keyboard.press("Tab")
            here = self.page.evaluate(NAME_OF_FOCUSED)
            if here and here["kind"] == kind and label in here["name"] and group in here["group"]:
                return
        raise AssertionError(f"no {kind} “{label}” is reached by Tab on {self.page.url}")

    def press(self, label, kind="button"):
        self.steps += 1
        self.reach(label, kind)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def follow(self, label):
        self.press(label, kind="link")

    def write(self, label, text, group=""):
        self.steps += 1
        self.reach(label, "field", group)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def date(self, label, day):
        self.write(label, day.strftime("%m%d%Y"))

    def choose(self, group, label):
        """Tab comes to a group of radio buttons once; the arrows move within it."""
        self.steps += 1
        self.reach(group, "choice")
        for _ in range(8):
            if label in self.page.evaluate(NAME_OF_FOCUSED)["label"] and self.page.evaluate("document.activeElement.checked"):
                return
            self.page.keyboard.press("ArrowDown")
            if label in self.page.evaluate(NAME_OF_FOCUSED)["label"]:
                return
        raise AssertionError(f"“{label}” is not among {group}")

    def tick(self, label):
        self.steps += 1
        self.reach(label, "tick")
        self.page.keyboard.press("Space")


class Finger(Hands):
    view = {"viewport": {"width": 390, "height": 844}, "java_script_enabled": False, "has_touch": True, "is_mobile": True}

    def press(self, label):
        self.steps += 1
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=label).first.tap()

    def follow(self, label):
        self.steps += 1
        with self.page.expect_navigation():
            self.page.locator("main").get_by_role("link", name=label).first.tap()

    def write(self, label, text, group=""):
        self.steps += 1
        place = self.page.get_by_role("group", name=group) if group else self.page.locator("main")
        field = place.first.get_by_label(label).first
        field.tap()
        field.fill(text)

    def date(self, label, day):
        self.steps += 1
        self.page.get_by_label(label).fill(day.isoformat())

    def choose(self, group, label):
        self.steps += 1
        self.page.get_by_role("group", name=group).get_by_label(label).tap()

    def tick(self, label):
        self.steps += 1
        self.page.get_by_label(label).first.tap()


NAME_OF_FOCUSED = """() => {
  const here = document.activeElement
  if (!here || here === document.body) return null
  const words = each => (each?.innerText ?? '').trim()
  const label = words(here.labels?.[0]) || here.getAttribute('aria-label') || ''
  const group = words(here.closest('fieldset')?.querySelector('legend'))
  if (here.matches('a')) return { kind: 'link', name: here.getAttribute('aria-label') ?? words(here), label, group }
  if (here.matches('button, summary')) return { kind: 'button', name: here.getAttribute('aria-label') ?? words(here), label, group }
  if (here.type === 'checkbox') return { kind: 'tick', name: label, label, group }
  if (here.type === 'radio') return { kind: 'choice', name: group, label, group }
  return { kind: 'field', name: label, label, group }
}"""


@pytest.fixture(params=[Keys, Finger], ids=["keys", "finger"])
def hands(request, browser):
    with browser.new_context(reduced_motion="reduce", **request.param.view) as context:
        context.set_default_timeout(10_000)
        yield request.param(context.new_page())


def sign_in(hands, address):
    hands.write("Email", address)
    hands.press("Send me a code")
    hands.write("Code", code_for(address))
    hands.press("Continue")


def test_a_school_joins(hands, browser):
    school = {Keys: "Nash Stream Union High School", Finger: "Whetstone Hollow High School"}[type(hands)]
    address = f"ada.{secrets.token_hex(4)}@school.example"
    hands.go("/")
    hands.follow("Find your school")
    hands.write("Name of your school", school.split()[0])
    hands.press("Find it")
    hands.follow(school)
    hands.sees("Yes.")
    hands.follow("Sign in and begin")
    sign_in(hands, address)
    hands.write("Name", "Ada Pruitt")
    hands.press("Save and go on")
    hands.sees("May it join?")
    hands.write("What are you at the school?", "Principal")
    hands.tick("Our school means these three commitments")
    hands.press("Begin")
    hands.write("Name", "Ada Pruitt")
    hands.write("Email", address)
    hands.press("Write to the signer")
    hands.go(link_for(address))
    hands.press("Sign as")
    hands.sees("has signed for")
    confirm(browser, school)
    hands.go("/")
    hands.sees(school)
    print(f"\njoined in {hands.steps} steps, by {type(hands).__name__.lower()}")


def confirm(browser, school):
    """The office confirms, as it does with a mouse."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(BASE + "/demo")
        page.click("form[action='/demo/marguerite-thibodeau'] button")
        page.goto(BASE + "/office/membership")
        page.get_by_role("link", name=school).first.click()
        page.get_by_role("button", name="Confirm").first.click()


def test_a_teacher_tries_an_idea(hands):
    today = datetime.date.today()
    hands.go("/demo")
    hands.press("Be Kofi Mensah")
    hands.go("/ideas/one-hallway")
    hands.follow("We will try this")
    hands.write("Who takes part", "Two ninth-grade teams, 96 students")
    hands.date("Starts on", today)
    hands.date("We report by", today + datetime.timedelta(days=90))
    hands.write("What is measured", f"Late to first class ({type(hands).__name__})")
    hands.write("How exactly it is counted", "Students marked late at the bell, of all who came, in one week.")
    hands.choose("Which way is better?", "Less of it is better")
    hands.write("The smallest change worth the work", "5")
    hands.choose("Compared with what?", "Other students")
    hands.write("Who or what that is", "The two teams that keep the old bell")
    hands.choose("What do you expect?", "It gets better")
    hands.write("How sure are you?", "70")
    hands.press("Register")
    hands.sees("registered")
    hands.follow("Report")
    for group, got, of in [("Before", 30, 96), ("After", 18, 94), ("Comparison group, before", 29, 90), ("Comparison group, after", 27, 91)]:
        hands.write("How many have it", str(got), group)
        hands.write("Of how many students", str(of), group)
    hands.write("What happened", "Four teachers stood at one door. It cost each of them a preparation period.")
    hands.press("Report")
    claim = re.search(r"worked|did not work|mixed|too early to say", hands.page.inner_text("main"), re.IGNORECASE)
    assert claim, "the page of a reported trial bears no claim"
    print(f"\nregistered and reported in {hands.steps} steps, by {type(hands).__name__.lower()}: {claim[0]}")


class NarrowKeys(Keys):
    """The keys alone, on a screen as narrow as a phone's."""

    view = {"viewport": {"width": 390, "height": 844}}


def test_a_project_has_its_chart(browser):
    """From "Start a project" to the chart of twelve pasted points, as somebody does who was never here before."""
    with browser.new_context(reduced_motion="reduce", **NarrowKeys.view) as context:
        context.set_default_timeout(10_000)
        hands = NarrowKeys(context.new_page())
        hands.go("/demo")
        hands.press("Be Kofi Mensah")
        hands.go("/projects")
        hands.steps = 0
        hands.follow("Start a project")
        hands.write("Title", "Fewer tardies after lunch")
        hands.write("Aim", "Halve the tardies to fifth period by the end of May.")
        hands.press("Start")
        hands.follow("Start a measure")
        hands.write("What is measured", "Tardies to fifth period")
        hands.choose("What kind of number", "A count")
        hands.choose("Which way is better", "Less is better")
        hands.write("Who counts", "All ninth-graders")
        hands.write("What counts", "Not in the room at the second bell")
        hands.write("When and how", "Fridays, from the office's log")
        hands.press("Go on to the values")
        hands.write("The values", "\n".join(["14", "12", "15", "11", "13", "16", "12", "14", "13", "12", "15", "13"]))
        hands.press("Look at them first")
        hands.sees("12 lines can be kept, 0 lines cannot.")
        hands.press("Keep 12 values")
        hands.sees("these 12 weeks")
        chart = hands.page.locator("figure.chart .narrow svg")
        assert chart.is_visible() and chart.locator("circle.dot").count() == 12
        assert hands.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
        print(f"\na chart of twelve points in {hands.steps} steps, by keys on 390 px")
        assert hands.steps <= 20


def test_a_value_is_entered_by_its_link(browser):
    """A colleague without an account, on a phone without scripts: opened, written, sent."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(BASE + "/demo")
        page.click("form[action='/demo/kofi-mensah'] button")
        page.goto(BASE + "/measures/kettle-cove.attendance")
        page.locator("summary", has_text="Make a link").click()
        page.get_by_label("Who it is for").fill("Ms Roy")
        page.get_by_role("button", name="Make the link").click()
        address = page.locator("code", has_text="/enter/").inner_text()
    with browser.new_context(**Finger.view) as context:
        context.set_default_timeout(10_000)
        hands = Finger(context.new_page())
        hands.go(address.removeprefix(BASE) if address.startswith(BASE) else "/enter/" + address.rpartition("/")[2])
        hands.steps += 1
        hands.write("Value", "2025")
        hands.press("Save")
        hands.sees("2025 cannot be a share: it looks like a year")
        for typed, words in [("92%", "Saved: 92 %"), ("0,92", "Saved: 92 %"), ("23/25", "Saved: 23 of 25 (92 %)")]:
            hands.go("/enter/" + address.rpartition("/")[2])
            hands.steps = 1
            hands.write("Value", typed)
            hands.press("Save")
            hands.sees(words)
            assert hands.steps <= 3
        assert "Sign in" in hands.page.content(), "nobody is signed in"
