"""Long forms keep what is written: in the browser, on the server, and never over another window's words."""
import pytest

from conftest import BASE

FIRST = "A quiet room for the first ten minutes"


@pytest.fixture
def context(browser):
    with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        page = context.new_page()
        # Steps into the first role of the demonstration that may share ideas.
        for door in doors(page):
            page.goto(BASE + "/demo")
            page.click(f"form[action='{door}'] button")
            if page.goto(BASE + "/ideas/new").status == 200:
                break
        page.close()
        yield context


def doors(page):
    page.goto(BASE + "/demo")
    return page.eval_on_selector_all("form[action^='/demo/']", "all => all.map(each => each.getAttribute('action'))")


def opened(context, path="/ideas/new?draft=no"):
    page = context.new_page()
    page.goto(BASE + path)
    return page


def write(page, title, topic="advisory"):
    page.fill("#field-title", title)
    page.fill("#field-problem", "They arrive *out of breath*.")
    page.select_option("#field-grade_low", "9")
    box = page.locator(f"input[name=topic][value={topic}]")
    box.evaluate("each => { each.closest('details').open = true }")
    box.check()


def test_a_half_written_idea_comes_back_with_and_without_scripts(browser, context):
    page = opened(context)
    write(page, FIRST)
    page.wait_for_selector(".kept >> text=Saved")
    page.close()
    with browser.new_context(storage_state=context.storage_state(), java_script_enabled=False) as plain:
        seen = opened(plain, "/ideas/new")
        assert seen.is_visible("text=What you wrote here and did not send is back")
        assert seen.input_value("#field-title") == FIRST
        assert seen.input_value("#field-problem") == "They arrive *out of breath*."
        assert seen.input_value("#field-grade_low") == "9"
        assert seen.is_checked("input[name=topic][value=advisory]")
        seen.click("text=Begin anew")
        assert seen.input_value("#field-title") == ""


def test_two_windows_with_one_form_never_overwrite_each_other(context):
    first, second = opened(context), opened(context)
    write(first, FIRST)
    first.wait_for_selector(".kept >> text=Saved")
    write(second, "A loud room instead")
    second.wait_for_selector("text=Another window has a different draft")
    assert second.input_value("#field-title") == "A loud room instead"
    assert first.input_value("#field-title") == FIRST
    second.click("text=Take the other")
    assert second.input_value("#field-title") == FIRST
    second.fill("#field-title", "A quiet room for all")
    second.wait_for_selector(".kept >> text=Saved")
    assert first.input_value("#field-title") == FIRST


def test_a_closed_lid_loses_nothing_while_the_server_is_away(context):
    context.route("**/drafts", lambda route: route.abort())
    page = opened(context)
    write(page, "Written on the bus")
    page.wait_for_selector("text=Kept in this browser")
    page.close()
    page = opened(context)
    page.wait_for_selector("text=Restored what you wrote")
    assert page.input_value("#field-title") == "Written on the bus"
    assert page.is_checked("input[name=topic][value=advisory]")
    page.click("text=Throw it away")
    assert page.input_value("#field-title") == ""


def test_a_profile_that_is_sent_leaves_no_draft(context):
    page = opened(context, "/account/profile?draft=no")
    page.fill("#field-about", "I keep bees on the roof.")
    page.wait_for_selector(".kept >> text=Saved")
    page.click("main button[type=submit]")
    page.wait_for_selector("text=Saved.")
    page.goto(BASE + "/account/profile")
    assert page.input_value("#field-about") == "I keep bees on the roof."
    assert not page.is_visible("text=did not send")
    page.wait_for_timeout(200)
    assert not page.is_visible("text=still kept here")
