"""Numbers as people enter and mend them in the demonstration: on a phone, by keyboard, without script."""
import random

import pytest

from conftest import BASE

MEASURE = "/measures/late-mondays.measure"


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def phone(browser, request):
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, reduced_motion="reduce",
        java_script_enabled=request.param)
    page = context.new_page()
    page.goto(BASE + "/demo")
    page.click("form[action='/demo/ruth-ouellette'] button")
    yield page
    context.close()


def test_a_number_is_three_actions_on_today_and_one_to_take_it_back(phone):
    phone.goto(BASE + "/today")
    form = phone.locator("form.spot").first
    path = form.get_attribute("action").removesuffix("/values")
    form.locator("input[name=value]").fill("101/113")
    form.locator("button").click()
    assert phone.url.startswith(BASE + "/today") and "Saved: 101 of 113" in phone.inner_text("[role=status]")
    phone.click("[role=status] button")
    assert path in phone.url and "Taken back. It stays in the record." in phone.inner_text("[role=status]")
    phone.goto(BASE + "/today")
    assert phone.locator(f"form.spot[action='{path}/values']").count() == 1


def test_a_bare_number_below_one_is_asked_about_before_it_is_saved(phone):
    phone.goto(BASE + "/measures/kettle-cove.attendance")
    phone.fill("input[name=value]", "0.25")
    phone.press("input[name=value]", "Enter")
    assert "0.25 may be meant in two ways." in phone.inner_text("[role=alert]")
    # Enter once more is no answer.
    phone.press("input[name=value]", "Enter")
    assert "Nothing is saved yet." in phone.inner_text("[role=alert]")
    phone.click("[role=alert] button:has-text('25 %') >> nth=0")
    assert "Saved: 25 % for" in phone.inner_text("[role=status]")
    phone.click("[role=status] button")
    assert "Taken back" in phone.inner_text("[role=status]")


def test_a_value_is_withdrawn_by_keyboard_alone(browser):
    context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(BASE + "/demo")
    page.click("form[action='/demo/ruth-ouellette'] button")
    page.goto(BASE + MEASURE)

    def reach(words):
        for _ in range(200):
            page.keyboard.press("Tab")
            if (page.evaluate("document.activeElement.innerText || document.activeElement.name") or "").startswith(words):
                return
        raise AssertionError(f"{words} is not reached")

    before = page.locator("#values del").count()
    reach(page.locator("summary", has_text="who entered them").inner_text())
    page.keyboard.press("Enter")
    reach("Change")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    reach("It should not count at all")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    reach("why")
    page.keyboard.type("Only half of the classes were counted")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("#values del").count() > before
    assert "Only half of the classes were counted" in page.inner_text("#values")
    context.close()


def test_two_values_for_a_week_are_settled_in_one_form(phone):
    phone.goto(BASE + MEASURE)
    if not phone.locator("#conflicts").count():
        phone.fill("input[name=value]", f"{random.randint(20, 90)}/111")
        phone.fill("input[name=period]", "2026-11-09")
        phone.click("text=Save")
    assert "All are kept" in phone.inner_text("#conflicts")
    phone.locator("#conflicts input[type=radio]").nth(1).check()
    phone.fill("#conflicts input[name=why]", "The office's log says so")
    phone.click("text=Keep what I chose")
    assert "Settled." in phone.inner_text("[role=status]")
