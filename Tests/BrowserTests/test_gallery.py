"""What holds for every page of the gallery."""
import pytest
from axe_playwright_python.sync_playwright import Axe

from conftest import BASE, SHOTS, without_refused_statuses

KB = 1024
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_is_accessible_and_quiet(opened, path, width, scheme):
    page = opened(path, width, color_scheme=scheme)
    shot = SHOTS / f"{path.strip('/').replace('/', '-')}-{width}-{scheme}.png"
    page.screenshot(path=shot, full_page=True)
    found = Axe().run(page, options=WCAG)
    assert found.violations_count == 0, found.generate_report()
    assert without_refused_statuses(page.complaints) == []


def test_fits_320_pixels(opened, path):
    assert opened(path, 320).evaluate(SIDEWAYS) <= 0


@pytest.mark.parametrize("width", [390, 1280])
def test_fits_with_text_at_200_percent(opened, large_text_browser, path, width):
    page = opened(path, width, browser=large_text_browser)
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    assert page.evaluate(SIDEWAYS) <= 0


def test_is_light(browser, path):
    """Cold: at most 14 KB of HTML, 15 KB of style, 15 KB of script, all compressed, in six requests to this site alone."""
    with browser.new_context() as context:
        page = context.new_page()
        asked = []
        page.on("requestfinished", lambda request: asked.append(request))
        page.goto(BASE + path)
        weight = {}
        for request in asked:
            kind = request.resource_type
            weight[kind] = weight.get(kind, 0) + request.sizes()["responseBodySize"]
    assert weight.get("document", 0) <= 14 * KB, weight
    assert weight.get("stylesheet", 0) <= 15 * KB, weight
    assert weight.get("script", 0) <= 15 * KB, weight
    assert len(asked) <= 6, [request.url for request in asked]
    assert all(request.url.startswith(BASE + "/") for request in asked)


def test_works_without_script(opened, path):
    page = opened(path, 390, java_script_enabled=False)
    menu = page.locator("#menu")
    assert not menu.is_visible()
    page.get_by_role("button", name="Menu").click()
    assert menu.is_visible()
    page.keyboard.press("Escape")
    assert not menu.is_visible()
    for form in page.locator("form").all():
        has_button = form.locator("button:not([type=button]), input[type=submit]").count() > 0
        assert has_button or form.get_attribute("role") == "search" or form_owner_has_button(page, form)


def form_owner_has_button(page, form):
    name = form.get_attribute("id")
    return bool(name) and page.locator(f"button[form='{name}']").count() > 0


MARK_CONTROLS = """() => {
  const groups = new Set()
  return [...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')].filter(each => {
      if (each.disabled || !each.checkVisibility({ visibilityProperty: true })) return false
      if (each.type === 'radio') {
        const group = each.name + (each.form ? [...document.forms].indexOf(each.form) : '')
        if (groups.has(group)) return false
        groups.add(group)
        each.form?.querySelectorAll(`input[name="${CSS.escape(each.name)}"]`).forEach(one => { one.dataset.group = group })
      }
      each.dataset.expected = ''
      return true
    }).length
}"""

FOCUSED = """() => {
  const here = document.activeElement
  if (!here || here === document.body) return null
  const style = getComputedStyle(here)
  const box = here.getBoundingClientRect()
  const isRinged = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
  delete here.dataset.expected
  if (here.dataset.group !== undefined) {
    document.querySelectorAll(`[data-group="${here.dataset.group}"]`).forEach(one => { delete one.dataset.expected })
  }
  return { name: here.outerHTML.slice(0, 90), isRinged, isSeen: box.width > 0 && box.height > 0 && box.bottom > 0 }
}"""


def test_every_control_is_reached_by_tab_and_shows_it(opened, path):
    page = opened(path, 1440)
    count = page.evaluate(MARK_CONTROLS)
    page.evaluate("document.body.tabIndex = -1; document.body.focus()")
    # A date has three parts, so there may be more steps than controls.
    for _ in range(4 * count + 10):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None:
            break
        assert focused["isRinged"] and focused["isSeen"], focused["name"]
    left = page.evaluate("[...document.querySelectorAll('[data-expected]')].map(each => each.outerHTML.slice(0, 90))")
    assert left == []


SMALL_TARGETS = """() => [...document.querySelectorAll('a[href], button, summary, select, input:not([type=hidden]), label')]
  .filter(each => each.checkVisibility({ visibilityProperty: true }) && !each.matches('.skip'))
  .filter(each => !each.closest('p:not(.person p, .school), dd, figcaption, .written, svg, .key, .strip, .problems, .rests'))
  .filter(each => !each.matches('label') || each.querySelector('input'))
  .filter(each => !(each.matches('input') && each.closest('label')))
  .map(each => ({ height: Math.round(each.getBoundingClientRect().height), name: each.outerHTML.slice(0, 90) }))
  .filter(({ height }) => height < 44)"""


def test_targets_are_large_under_a_finger(opened, path):
    page = opened(path, 390, has_touch=True, is_mobile=True)
    assert page.evaluate("matchMedia('(pointer: coarse)').matches")
    assert page.evaluate(SMALL_TARGETS) == []
