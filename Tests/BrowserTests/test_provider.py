"""Signing in through a real OpenID Connect provider: a process of its own, started by script/browser."""
import secrets

from conftest import BASE, listen, without_refused_statuses
from letters import code_for


def test_a_code_once_then_the_provider_alone(browser):
    who = f"{secrets.token_hex(4)}@north.example"
    first = leave(browser)
    authorize(first, who)
    first.wait_for_url(f"{BASE}/sign-in/offer/**")
    assert who in first.inner_text("main")
    first.get_by_role("button", name="Send me the code").click()
    first.get_by_label("Code").fill(code_for(who))
    first.get_by_role("button", name="Continue").click()
    first.wait_for_url(f"{BASE}/account**")
    first.goto(f"{BASE}/account/ways-in")
    assert "Example" in first.inner_text("main .rows")
    assert without_refused_statuses(first.complaints) == []
    first.context.close()

    second = leave(browser)
    authorize(second, who)
    second.wait_for_url(f"{BASE}/today")
    assert second.get_by_role("link", name="Sign in").count() == 0
    second.context.close()


def test_denied_leads_back_with_a_sentence(browser):
    page = leave(browser)
    page.get_by_role("button", name="Deny").click()
    page.wait_for_url(f"{BASE}/sign-in/provider**")
    assert "did not let you in" in page.inner_text("main")
    page.context.close()


def test_without_scripts_too(browser):
    page = leave(browser, java_script_enabled=False)
    assert page.get_by_role("button", name="Authorize").count() == 1
    page.context.close()


def leave(browser, **options):
    """A window that has gone from the sign-in page to the provider."""
    page = browser.new_context(**options).new_page()
    # The provider's own page asks for a style sheet elsewhere.
    page.route("https://**", lambda route: route.abort())
    page.goto(f"{BASE}/sign-in")
    listen(page)
    page.get_by_role("button", name="Continue with Example").click()
    page.wait_for_url("**/oauth2/authorize**")
    page.complaints.clear()
    return page


def authorize(page, who):
    page.locator("input[name=sub]").fill(who)
    page.get_by_role("button", name="Authorize").click()
