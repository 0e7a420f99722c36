"""A reply that somebody posts is told to whoever reads the discussion, while it is read and moving nothing."""
import re
import secrets

from conftest import BASE


def stepped_into(browser, person):
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(BASE + "/demo")
    page.locator(f"form[action='/demo/{person}'] button").click()
    return context, page


def begun(page):
    """A discussion of the reader's own; its address."""
    page.goto(BASE + "/discussions/new")
    page.get_by_label("Title").fill(f"Who tells whom? {secrets.token_hex(4)}")
    page.locator("textarea[name=text]").fill("First words.")
    page.get_by_role("button", name="Start the discussion").click()
    return page.url


def reply(page, address, text):
    page.goto(address)
    page.locator("textarea[name=text]").fill(text)
    page.get_by_role("button", name="Post the reply").click()


def test_a_reply_is_told_and_shown_on_demand(browser):
    (one, reader), (two, writer) = stepped_into(browser, "ruth-ouellette"), stepped_into(browser, "kofi-mensah")
    address = begun(reader)
    box = reader.locator("textarea[name=text]")
    box.fill("Half a sent")
    line, before = reader.locator(".news"), box.bounding_box()
    assert line.get_attribute("role") == "status" and line.inner_text() == ""

    reply(writer, address, "A first reply.")
    reader.wait_for_function("document.querySelector('.news').textContent === '1 new reply – show'")
    reply(writer, address, "A second reply.")
    reader.wait_for_function("document.querySelector('.news').textContent === '2 new replies – show'")
    assert box.bounding_box() == before, "nothing that is read or written has moved"
    assert box.evaluate("box => box === document.activeElement"), "nor the focus"

    line.get_by_role("link").click()
    reader.wait_for_url(re.compile("#post-"))
    assert "A first reply." in reader.inner_text("main") and "A second reply." in reader.inner_text("main")
    reader.wait_for_function("document.querySelector('textarea[name=text]').value === 'Half a sent'")
    assert reader.locator(".news").inner_text() == ""
    one.close()
    two.close()


def test_a_page_behind_another_listens_again_in_front(browser):
    context, page = stepped_into(browser, "ruth-ouellette")
    asked = []
    context.on("request", lambda request: asked.append(request.url) if "/events" in request.url else None)
    begun(page)
    hide = """hidden => {
      Object.defineProperty(document, 'hidden', { value: hidden, configurable: true })
      document.dispatchEvent(new Event('visibilitychange'))
    }"""
    for hidden in (True, False):
        page.evaluate(hide, hidden)
    page.wait_for_timeout(300)
    assert len(asked) == 2, asked
    context.close()
