"""Whatever is typed into any text field of the site stays text: on every page, in every file and letter that shows it.

Each role of the demonstration walks about, finds every form that has a text field, and sends it with payloads in all of
them; what a field refuses is sent in again with plain words in that field. Then everything is read again.
"""
import collections
import csv
import email
import email.policy
import io
import itertools
import json
import os
import pathlib
import re
import urllib.error
import urllib.parse
import urllib.request

import html5lib
import pytest

from conftest import BASE
from hostile import LONG, MARK, PAYLOADS, faults

OUTBOX = pathlib.Path(os.environ.get("LEAGUE_DATA", "")) / "outbox"
CAST = ["", "kofi-mensah", "ruth-ouellette", "abigail-stinson", "jo-batchelor", "marguerite-thibodeau"]
PAGES, OF_A_KIND, TURNS = 70, 2, 6

# What would end the walk: signing out, other roles, accounts and schools of those who walk, deciding what cannot be undone.
LEFT_ALONE = re.compile(
    r"^/(demo|sign-in|sign-out|gallery|theme|acting|setup)|/account/(erasure|sessions|second-step)|/sessions/|/acting"
    r"|/erasure|/hold|/suspension|/second-step|/office/people/merger|/handover|/merger|/membership/end|/role-?[^/]*/end"
    r"|/roster/[^/]+/end|/team/[^/]+/end|/letters/stop|/office/schools"
)
STARTS = [
    "/", "/account/profile", "/discussions", "/discussions/new", "/ideas", "/ideas/new", "/projects", "/projects/new",
    "/ideas/unfinished-not-zero/trials/new", "/measures", "/measures/new", "/people", "/schools/kettle-cove", "/schools/kettle-cove/words",
    "/schools/kettle-cove/roster", "/schools/kettle-cove/membership", "/join", "/notices", "/today", "/office",
    "/office/people/educator-200", "/office/membership",
]
SEARCHES = [f"/search?q={MARK}", f"/people?q={MARK}", f"/schools?q={MARK}", "/office/audit", "/office/mail", "/notices"] + [
    "/search?" + urllib.parse.urlencode({"q": each}) for each in PAYLOADS[:12]
]

# The fields in which payloads must have been taken, so that nothing here passes by sending nothing.
TAKEN = [
    ("/ideas?", "title summary problem practice core adaptable conditions effort_words cost_words"),
    ("/ideas/_/trials?", "participants measure definition unit comparison_words predicted_words"),
    ("/discussions?", "title text"),
    ("/discussions/_/posts?", "text"),
    ("/account/profile?", "name title about ask_me looking_for"),
    ("/schools/_/words?", "about working_on visitors"),
    ("/projects?", "title"),
    ("/measures?", "name"),
    ("/office/people/_/suspension?", "suspension"),
    ("/office/people/_/hold?", "hold"),
    ("/office/people/_/erasure?", "erasure"),
    ("/office/people/merger?", "why"),
]
OFFICE = "marguerite-thibodeau"

NOT_PAGES = re.compile(r"^/(gallery|demo|assets)(/|$)|\.(csv|atom|ics|svg|json)$")
FILES = re.compile(r"\.(csv|json|svg)$")


NOUNS = "ideas trials discussions posts schools people projects measures cycles signers requests roster sign".split()
NO_IDS = "new attention network mentions invitations domain import imports merger requests posts".split()


def kind(address):
    """The address without what tells one thing from another: ids, and the values of a query."""
    parts = urllib.parse.urlsplit(address)
    steps = parts.path.split("/")
    steps = ["_" if before in NOUNS and step not in NO_IDS else step for before, step in zip(["", *steps], steps)]
    return "/".join(steps) + "?" + "&".join(sorted(key for key, _ in urllib.parse.parse_qsl(parts.query)))


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


class Visitor:
    """A browser without scripts."""

    def __init__(self, role):
        self.role = role
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(), Stay())
        if role:
            self.send(f"/demo/{role}", [])

    def send(self, path, fields=None):
        body = None if fields is None else urllib.parse.urlencode(fields).encode()
        request = urllib.request.Request(urllib.parse.urljoin(BASE, path), body)
        try:
            answer = self.opener.open(request)
        except urllib.error.HTTPError as refused:
            answer = refused
        with answer:
            return answer.status, answer.headers, answer.read()

    def page(self, path):
        """The text of a page, through at most five redirects; empty where there is none."""
        for _ in range(5):
            status, headers, body = self.send(path)
            if status not in (301, 302, 303):
                break
            path = headers["location"]
        return body.decode() if headers.get_content_type() == "text/html" else ""


class Form:
    def __init__(self, element, page):
        self.page, self.action = page, element.get("action", "")
        self.controls = [each for each in element.iter() if each.tag in ("input", "textarea", "select", "button")]
        self.kind = kind(BASE + self.action) + " " + ",".join(sorted({each.get("name", "") for each in self.controls}))

    @property
    def texts(self):
        return [each for each in self.controls if is_text(each)]

    def filled(self, typed, plain):
        """The fields as somebody would send them; those that `plain` counts once hold harmless words, more often nothing."""
        fields, chosen = [], set()
        for each in self.controls:
            name, sort = each.get("name"), each.get("type", "text")
            if not name or each.tag == "button" or sort in ("submit", "file") or name == "draft":
                continue
            if sort == "radio":
                if name not in chosen:
                    fields.append((name, each.get("value", "on")))
                chosen.add(name)
            elif sort == "checkbox":
                if each.get("required") is not None or name not in chosen:
                    fields.append((name, each.get("value", "on")))
                chosen.add(name)
            elif each.tag == "select":
                values = [option.get("value", "") for option in each.iter("option")]
                fields.append((name, next((value for value in values if value), "")))
            else:
                fields.append((name, self.value(each, name, sort, typed, plain[name])))
        return fields

    def value(self, each, name, sort, typed, is_plain):
        given = each.get("value") or "".join(each.itertext())
        if sort == "hidden":
            return each.get("value", "")
        if sort == "date":
            return given or "2027-03-01"
        if sort == "email" or "email" in name:
            return f"{MARK}-{abs(hash((self.kind, name))) % 10**6}@evil.example"
        if each.get("inputmode") in ("numeric", "decimal"):
            return given or ("5" if each.get("inputmode") == "numeric" else "2.5")
        if is_plain == 1:
            return given or "A plain sentence of nine or ten harmless words here."
        return given if is_plain else typed(each)


def is_text(each):
    sort = each.get("type", "text")
    return bool(each.get("name")) and (
        each.tag == "textarea"
        or (each.tag == "input" and sort in ("text", "search", "url", "tel") and not each.get("inputmode"))
    )


def all_forms(text, page):
    tree = html5lib.parse(text, treebuilder="etree", namespaceHTMLElements=False)
    return [Form(each, page) for each in tree.iter("form") if each.get("method") == "post"]


def forms(text, page):
    return [each for each in all_forms(text, page) if each.texts and not LEFT_ALONE.search(each.action)]


def links(text):
    tree = html5lib.parse(text, treebuilder="etree", namespaceHTMLElements=False)
    for each in tree.iter("a"):
        address = each.get("href", "")
        if address.startswith("/") and not address.startswith("//"):
            yield address.split("#")[0]


def walk(visitor, starts, of_a_kind=OF_A_KIND, pages=PAGES):
    """Pages by their path, and the paths of files that they lead to."""
    seen, files, kinds, waiting = {}, {}, collections.Counter(), collections.deque(starts)
    while waiting and len(seen) < pages:
        path = waiting.popleft()
        name = kind(BASE + path)
        if FILES.search(urllib.parse.urlsplit(path).path):
            files.setdefault(name, path)
        if path in seen or kinds[name] >= of_a_kind or NOT_PAGES.search(urllib.parse.urlsplit(path).path):
            continue
        kinds[name] += 1
        text = visitor.page(path)
        if not text:
            continue
        seen[path] = text
        waiting.extend(links(text))
    return seen, files


def typed(turn):
    """What a field gets at this turn: all that fits, beginning at another payload each time."""
    places = itertools.count(turn * 6)

    def words(each):
        limit = int(each.get("data-limit", 2000 if each.tag == "textarea" else 100))
        start, is_long = next(places) % len(PAYLOADS), each.tag == "textarea"
        between, several = "\n\n" if is_long else " ", PAYLOADS[start:] + PAYLOADS[:start]
        if is_long and not each.get("data-limit"):
            # A list, an item a line.
            return "\n".join(payload.splitlines()[0] for payload in several[:5])
        if is_long and limit > 1500:
            several = LONG[turn % len(LONG):] + several
        text = several[0][:limit]
        for payload in several[1:]:
            if len(text) + len(between) + len(payload) > min(limit, 3000):
                break
            text += between + payload
        return text

    return words


def wrong(text):
    """Names of the fields beside which a page says that something is wrong."""
    tree = html5lib.parse(text, treebuilder="etree", namespaceHTMLElements=False)
    marked = {each.get("name", "") for each in tree.iter() if each.get("aria-invalid") == "true"}
    told = {each.get("href", "")[len("#field-"):] for each in tree.iter("a") if each.get("href", "").startswith("#field-")}
    return marked | told


def attack(visitor, form, problems):
    """Sends a form some times over. Gives the names of fields in which payloads were taken, and where that led."""
    taken, places = set(), set()
    for turn in range(TURNS):
        fresh = next((each for each in forms(visitor.page(form.page), form.page) if each.kind == form.kind), None)
        if not fresh:
            break
        plain = collections.Counter()
        for _ in range(5):
            fields = fresh.filled(typed(turn), plain)
            status, headers, body = visitor.send(fresh.action, fields)
            text = body.decode(errors="replace") if headers.get_content_type() == "text/html" else ""
            if text:
                problems += faults(text, f"POST {fresh.action} ({status})")
            if status in (301, 302, 303):
                taken |= {name for name, value in fields if MARK in value and not plain[name]}
                places.add(headers["location"])
            if status >= 500:
                problems.append(f"POST {fresh.action} answers {status}")
            if status != 422 or not wrong(text):
                break
            plain.update(wrong(text))
    return taken, places


def reasons(limit=300):
    """Every payload once, in as few texts as fit into a field that asks why."""
    text = ""
    for payload in PAYLOADS:
        if text and len(text) + 1 + len(payload) > limit:
            yield text
            text = ""
        text = f"{text} {payload}".strip()
    yield text


def give_reasons(problems, taken, places):
    """What the walk leaves alone since it ends accounts, done to people who do not walk: suspended, held, erased, merged."""
    office = Visitor(OFFICE)

    def send(form, fields):
        status, headers, body = office.send(form.action, fields)
        if headers.get_content_type() == "text/html":
            problems.extend(faults(body.decode(errors="replace"), f"POST {form.action} ({status})"))
        if status in (301, 302, 303):
            taken[kind(BASE + form.action)] |= {name for name, value in fields if MARK in value}
            places[OFFICE].add(headers["location"])

    def find(page, action):
        return next(each for each in all_forms(office.page(page), page) if each.action == action and each.texts)

    for number, words in enumerate(reasons(), 210):
        page = f"/office/people/educator-{number}"
        for act in ("hold", "suspension", "erasure"):
            form = find(page, f"{page}/{act}")
            send(form, form.filled(lambda _: words, collections.Counter()))
        places[OFFICE].add(page)
        two = (number + 40, number + 60)
        gone, kept = (re.search(rf"educator-{each}@[\w.-]+", office.page(f"/office/people/educator-{each}"))[0] for each in two)
        form = find("/office/people", "/office/people/merger")
        given = {"from": gone, "into": kept, "why": words}
        send(form, [(name, given.get(name, value)) for name, value in form.filled(lambda _: words, collections.Counter())])


def told(problems):
    """Each fault once, with the first place where it was found."""
    first = {}
    for each in problems:
        first.setdefault(each[max(0, each.find(" holds ")):], each)
    return "\n".join(sorted(first.values())[:60])


@pytest.fixture(scope="module")
def attacked():
    """Everything is sent; what was wrong with the answers, which fields took payloads, and where that led each role."""
    problems, taken, places = [], collections.defaultdict(set), collections.defaultdict(set)
    for role in CAST:
        visitor, known = Visitor(role), set()
        waiting = collections.deque()

        def look(starts, of_a_kind, pages):
            found, _ = walk(visitor, starts, of_a_kind, pages)
            for path, text in found.items():
                problems.extend(faults(text, f"{path} as {role or 'a visitor'}"))
                for form in forms(text, path):
                    if form.kind not in known:
                        known.add(form.kind)
                        waiting.append(form)

        look(STARTS, OF_A_KIND, PAGES)
        while waiting:
            form = waiting.popleft()
            names, led = attack(visitor, form, problems)
            taken[kind(BASE + form.action)] |= names
            places[role] |= led
            # What was made has forms of its own: a trial is reported, a post is changed.
            look(sorted(led)[:2], 1, 8)
    give_reasons(problems, taken, places)
    return problems, taken, places


@pytest.fixture(scope="module")
def read_back(attacked):
    """Role → path → text of the pages that show what was typed."""
    _, _, places = attacked
    shown = {}
    for role in CAST:
        pages, files = walk(Visitor(role), [*sorted(places[role]), *STARTS, *SEARCHES], 4, 160)
        shown[role] = ({path: text for path, text in pages.items() if MARK in text}, files)
    return shown


def test_no_answer_on_the_way_holds_more_than_text(attacked):
    problems, _, _ = attacked
    assert not problems, told(problems)


@pytest.mark.parametrize("form, fields", TAKEN)
def test_the_payloads_did_arrive(attacked, form, fields):
    _, taken, _ = attacked
    assert set(fields.split()) <= taken.get(form, set()), f"{form} took payloads in {taken.get(form)}; of {sorted(taken)}"


def test_what_was_typed_is_text_on_every_page(read_back):
    problems = [
        each
        for role, (pages, _) in read_back.items()
        for path, text in pages.items()
        for each in faults(text, f"{path} as {role or 'a visitor'}")
    ]
    assert not problems, told(problems)
    kinds = {kind(BASE + path) for pages, _ in read_back.values() for path in pages}
    assert len(kinds) >= 25, sorted(kinds)
    assert any(pages for pages, _ in [read_back[""]]), "visitors read what was shared"


def test_files_hold_it_as_data(read_back):
    seen = set()
    for role, (_, files) in read_back.items():
        for path in [*files.values(), "/schools.csv", "/account/data.json", "/office/audit.csv"]:
            status, headers, body = Visitor(role).send(path)
            if status != 200:
                continue
            sort = headers.get_content_type()
            seen.add(sort)
            assert headers["x-content-type-options"] == "nosniff" and sort != "text/html", path
            if sort == "text/csv":
                assert "attachment" in headers["content-disposition"], path
                for row in csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")):
                    for cell in row:
                        assert not re.match(r"[=@\t\r]|[+-](?![\d.])", cell), f"{path}: a formula, {cell!r}"
            elif sort == "application/json":
                json.loads(body)
            elif sort == "image/svg+xml":
                assert not faults(body.decode(), path), path
    assert {"text/csv", "application/json"} <= seen


def test_letters_hold_it_as_text(attacked):
    letters = [email.message_from_bytes(each.read_bytes(), policy=email.policy.default) for each in OUTBOX.glob("*.eml")]
    marked = [each for each in letters if MARK in str(each["subject"]) or MARK in each.get_body().get_content()]
    assert marked, f"none of {len(letters)} letters shows what was typed"
    for letter in letters:
        assert letter["bcc"] is None and letter["cc"] is None, letter["subject"]
        assert len(letter.get_all("to")) == 1 and "," not in str(letter["to"]), letter["to"]
        assert [part.get_content_type() for part in letter.walk()] == ["text/plain"], letter["subject"]


def test_no_script_runs_even_without_the_policy(browser, read_back):
    """The Content-Security-Policy would stop what slips through; here it is switched off."""
    for role, (pages, _) in read_back.items():
        with browser.new_context(bypass_csp=True, viewport={"width": 1000, "height": 800}) as context:
            context.add_init_script("window.evil = () => { window.wasEvil = true }")
            context.route(lambda address: not address.startswith(BASE), lambda route: (strangers.append(route.request.url), route.abort()))
            strangers, dialogs = [], []
            page = context.new_page()
            page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
            if role:
                page.goto(BASE + "/demo")
                page.click(f"form[action='/demo/{role}'] button")
            kinds = collections.Counter()
            for path in pages:
                kinds[kind(BASE + path)] += 1
                if kinds[kind(BASE + path)] > 2:
                    continue
                page.goto(BASE + path)
                assert not page.evaluate("window.wasEvil"), f"a script ran on {path}"
            assert not dialogs and not strangers, (dialogs, strangers)
