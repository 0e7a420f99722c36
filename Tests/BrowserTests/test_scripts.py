"""What the scripts add, tried on the sample form; the server's part is played here."""
import json
import urllib.parse

import pytest

from conftest import BASE

FORM = "/gallery/components/form"
AREA = "#field-happened"


class Desk:
    """The server's side of drafts, as `DraftHook` describes it, and of preview and names."""

    def __init__(self, context):
        self.generation, self.text, self.posts = 2, "", []
        context.route("**/drafts", self.keep)
        context.route("**/preview", self.preview)
        context.route("**/people/mentions*", self.mentions)
        context.route("**/ideas", self.post)

    def keep(self, route):
        sent = {key: values[0] for key, values in urllib.parse.parse_qs(route.request.post_data, True).items()}
        if int(sent["generation"]) != self.generation:
            answer = {"generation": self.generation, "text": self.text}
            return route.fulfill(status=409, content_type="application/json", body=json.dumps(answer))
        self.generation, self.text = self.generation + 1, sent["text"]
        route.fulfill(content_type="application/json", body=json.dumps({"generation": self.generation}))

    def preview(self, route):
        route.fulfill(content_type="text/html", body="<p>As it <strong>will</strong> stand</p>")

    def mentions(self, route):
        people = [
            {"handle": "ruth", "name": "Ruth Ouellette", "school": "Kettle Cove Regional"},
            {"handle": "rutger", "name": "Rutger Hale", "school": "Quaboag Technical"},
        ]
        route.fulfill(content_type="application/json", body=json.dumps(people))

    def post(self, route):
        self.posts.append(route.request.post_data)


@pytest.fixture
def context(browser):
    with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        context.desk = Desk(context)
        yield context


def opened_in(context, path=FORM):
    page = context.new_page()
    page.goto(BASE + path)
    return page


def fill_what_is_needed(page):
    page.fill("#field-title", "Meet every week")
    page.fill("#field-mail", "dana@ashuelot.example")
    page.select_option("#field-state", "ME")
    page.fill("#field-start", "2026-12-01")
    page.fill("#field-code", "ABC123")


def test_words_survive_a_closed_window(context):
    page = opened_in(context)
    page.fill(AREA, "Half a thought")
    page.wait_for_timeout(100)
    page.close()
    page = opened_in(context)
    page.wait_for_selector("text=Restored what you wrote")
    assert page.input_value(AREA) == "Half a thought"
    page.click("text=Throw it away")
    assert page.input_value(AREA) == ""


def test_words_are_saved_on_the_server(context):
    page = opened_in(context)
    page.fill(AREA, "A whole thought")
    page.wait_for_selector("text=Saved")
    assert context.desk.text == "A whole thought"


def test_two_windows_never_overwrite_each_other(context):
    first, second = opened_in(context), opened_in(context)
    first.fill(AREA, "From the first")
    first.wait_for_selector("text=Saved")
    second.fill(AREA, "From the second")
    second.wait_for_selector("text=Another window has a different draft")
    assert context.desk.text == "From the first"
    assert second.input_value(AREA) == "From the second"
    second.click("text=Keep mine")
    second.wait_for_selector("text=Saved")
    assert context.desk.text == "From the second"
    assert first.input_value(AREA) == "From the first"


def test_words_are_kept_in_the_browser_when_the_server_is_away(context):
    context.route("**/drafts", lambda route: route.abort())
    page = opened_in(context)
    page.fill(AREA, "Offline")
    page.wait_for_selector("text=Kept in this browser")


def test_a_form_is_sent_once_and_by_keyboard(context):
    page = opened_in(context)
    fill_what_is_needed(page)
    page.fill(AREA, "We met")
    page.focus(AREA)
    page.keyboard.press("Control+Enter")
    page.keyboard.press("Control+Enter")
    page.wait_for_timeout(300)
    assert len(context.desk.posts) == 1
    assert "draft=idea%3Anew" in context.desk.posts[0]


def test_too_many_characters_are_counted_not_cut(context):
    page = opened_in(context)
    page.fill("#field-title", "x" * 125)
    assert page.is_visible("text=5 characters too many")
    assert page.evaluate("document.querySelector('#field-title').checkValidity()") is False
    assert len(page.input_value("#field-title")) == 125


def test_preview_shows_the_words_as_they_will_stand(context):
    page = opened_in(context)
    page.fill(AREA, "As it **will** stand")
    page.click("text=Preview")
    page.wait_for_selector(".preview strong")
    assert not page.is_visible(AREA)
    page.click("text=Write on")
    assert page.input_value(AREA) == "As it **will** stand"


def test_marks_wrap_what_is_chosen(context):
    page = opened_in(context)
    page.fill(AREA, "bold")
    page.focus(AREA)
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+b")
    assert page.input_value(AREA) == "**bold**"


def test_a_name_is_completed_by_keyboard(context):
    page = opened_in(context)
    page.focus(AREA)
    page.keyboard.type("Ask @ru")
    page.wait_for_selector(".mentions [aria-selected=true]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.input_value(AREA) == "Ask @rutger "


def test_keys_move_search_help_and_go(context):
    page = opened_in(context, "/gallery/components/reading")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent").startswith("Advisory conferences")
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.textContent").startswith("Homework clubs")
    page.keyboard.press("?")
    assert page.is_visible("dialog.keys")
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("jk?")
    assert page.input_value(".find input") == "jk?"
    page.evaluate("document.activeElement.blur()")
    with page.expect_navigation(url="**/schools"):
        page.keyboard.press("g")
        page.keyboard.press("s")


def test_keys_can_be_switched_off(context):
    page = opened_in(context, "/gallery/components/reading")
    page.keyboard.press("?")
    page.click("text=Single keys move about")
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement === document.body")


def test_dark_is_chosen_at_once(context):
    context.route("**/theme", lambda route: route.fulfill(status=204))
    page = opened_in(context)
    page.click(".who")
    page.click("#account button[value=dark]")
    assert page.get_attribute("html", "data-theme") == "dark"
    assert page.get_attribute("#account button[value=dark]", "aria-pressed") == "true"
