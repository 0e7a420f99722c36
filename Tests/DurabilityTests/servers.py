"""Three League servers on one PostgreSQL behind nginx: what one knows all know, and one of them is killed under load.

  servers.py [--rounds 1] [--writers 6] [--readers 6] PROGRAM

PROGRAM is a built `league`; nginx runs Packaging/nginx.conf. PostgreSQL needs TEST_POSTGRES_URL and TEST_POSTGRES_CONTROL
of `script/postgres` with TEST_POSTGRES_DURABLE=yes. Ends with "N passed, N failed". Python's standard library, psql.
"""

import argparse
import email
import hashlib
import http.client
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from collections import Counter

import soak

CONFIGURATION = pathlib.Path(__file__).resolve().parents[2] / "Packaging/nginx.conf"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def free_port():
    with socket.socket() as open_socket:
        open_socket.bind(("127.0.0.1", 0))
        return open_socket.getsockname()[1]


class Nginx:
    """Packaging/nginx.conf with other ports, run as an ordinary program in a folder of its own."""

    def __init__(self, folder, ports):
        self.port = free_port()
        text = CONFIGURATION.read_text().replace("listen 80;", f"listen 127.0.0.1:{self.port};")
        lines = iter(ports)
        text = re.sub(
            r"  server 127\.0\.0\.1:\d+(.*);\n",
            lambda line: f"  server 127.0.0.1:{port}{line.group(1)};\n" if (port := next(lines, None)) else "", text)
        path = os.path.join(folder, "nginx.conf")
        with open(path, "w") as file:
            file.write(
                f"daemon off;\npid {folder}/nginx.pid;\nerror_log {folder}/nginx.log;\nworker_processes auto;\n"
                "worker_rlimit_nofile 8192;\nevents { worker_connections 4096; }\nhttp {\naccess_log off;\n"
                + "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in (
                    "client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
                + text + "}\n")
        program = shutil.which("nginx") or "/usr/sbin/nginx"
        self.process = subprocess.Popen([program, "-c", path, "-p", folder, "-e", f"{folder}/nginx.log"])
        until(lambda: answers(self.port))

    def stop(self):
        self.process.terminate()
        self.process.wait(10)


def answers(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
        return True
    except OSError:
        return False


def until(condition, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False


class Browser:
    """Keeps its cookies and sends the token with its forms, to whichever port it is told."""

    def __init__(self):
        self.cookies, self.address = {}, f"10.1.{os.getpid() % 250}.1"

    def send(self, port, method, path, fields=None, timeout=20):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
        try:
            connection.request(method, path, self.form(fields) if method == "POST" else None, self.headers(method))
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, value = line.split(";")[0].split("=", 1)
            self.cookies[name] = value
        return answer.status, text, answer

    def get(self, port, path):
        return self.send(port, "GET", path)

    def post(self, port, path, **fields):
        return self.send(port, "POST", path, fields)

    def form(self, fields):
        token = self.cookies.get("league", "")
        own = {"token": hashlib.sha256(f"form:{token}".encode()).hexdigest()[:32]} if token else {}
        return urllib.parse.urlencode({**own, **(fields or {})})

    def headers(self, method):
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"X-Forwarded-For": self.address, **({"Cookie": cookies} if cookies else {}),
                **(FORM if method == "POST" else {})}

    @staticmethod
    def of(person, port):
        browser = Browser()
        status, _, _ = browser.post(port, f"/demo/{person}")
        if status != 303:
            raise RuntimeError(f"/demo/{person} answered {status}")
        return browser


class Stream(threading.Thread):
    """An open event stream, and what it has told."""

    def __init__(self, browser, port, path):
        super().__init__(daemon=True)
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.connection.request("GET", path, headers=browser.headers("GET"))
        self.answer = self.connection.getresponse()
        self.lines, self.has_ended = [], False
        self.start()

    def run(self):
        try:
            for line in self.answer:
                self.lines.append(line.decode().rstrip("\n"))
        except (OSError, ValueError, http.client.HTTPException):
            pass
        self.has_ended = True

    def counts(self):
        return [json.loads(line[6:])["count"] for line in self.lines if line.startswith("data: {")]


class Writer(threading.Thread):
    """Replies to a discussion through nginx. What was not acknowledged is sent again until it is, as the same form."""

    def __init__(self, number, port, browser, discussion):
        super().__init__(daemon=True)
        self.number, self.port, self.browser, self.discussion = number, port, browser, discussion
        self.acknowledged, self.again, self.stopping = [], Counter(), False

    def run(self):
        count = 0
        while not self.stopping:
            count += 1
            submission = f"w{self.number}-{count}-{os.getpid()}"
            while True:
                try:
                    status, _, _ = self.browser.post(
                        self.port, f"/discussions/{self.discussion}/posts", text=f"Reply {submission}.",
                        submission=submission)
                except (OSError, http.client.HTTPException):
                    status = 0
                if status == 303:
                    self.acknowledged.append(submission)
                    break
                self.again[status] += 1
                time.sleep(0.1)


class Reader(threading.Thread):
    """Reads pages through nginx, as a visitor or signed in."""

    PATHS = ["/ideas", "/schools/kettle-cove", "/schools", "/about", "/discussions"]

    def __init__(self, number, port, browser):
        super().__init__(daemon=True)
        self.number, self.port, self.browser = number, port, browser
        self.read, self.lost, self.stopping = 0, [], False

    def run(self):
        paths = self.PATHS if self.browser.cookies else self.PATHS[:-1]
        while not self.stopping:
            path = paths[(self.read + self.number) % len(paths)]
            try:
                status, _, _ = self.browser.get(self.port, path)
            except (OSError, http.client.HTTPException) as error:
                status = repr(error)
            self.read += 1
            if status != 200:
                self.lost.append(f"{path}: {status}")
            time.sleep(0.01)


class Fleet:
    """Three servers, each with a data folder of its own, on one database that holds the demonstration."""

    def __init__(self, program, folder, engine):
        self.program, self.engine, self.folder = program, engine, folder
        self.shared = [setting for setting in engine.settings if not setting.startswith("data=")] + [
            "demo=yes", "second_factor=no", "requests_per_minute=0", "trusted_proxies=127.0.0.1", "log_level=error"]
        command = [program, "demo"]
        for setting in [*self.shared, f"data={folder}/demo"]:
            command += ["--set", setting]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        # Who takes a job is written down by the database itself.
        engine.column(
            """CREATE TABLE job_taken (name TEXT, at BIGINT);
            CREATE FUNCTION note_job() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
              INSERT INTO job_taken VALUES (NEW.name, NEW.began_at); RETURN NEW; END $$;
            CREATE TRIGGER note_job AFTER UPDATE OF began_at ON job FOR EACH ROW EXECUTE FUNCTION note_job()""")
        self.ports = [free_port() for _ in range(3)]
        self.servers = [None] * 3
        starters = [threading.Thread(target=self.start, args=(number,)) for number in range(3)]
        for each in starters:
            each.start()
        for each in starters:
            each.join()

    def start(self, number):
        self.servers[number] = soak.League(
            self.program, [*self.shared, f"data={self.folder}/{number}", f"port={self.ports[number]}"])

    def letters(self):
        """Whom each letter went to and its Message-ID: those that tell of one discussion share theirs."""
        found = []
        for path in pathlib.Path(self.folder).glob("*/outbox/*.eml"):
            letter = email.message_from_bytes(path.read_bytes())
            found.append((letter["To"], letter["Message-ID"]))
        return found

    def stop(self):
        for server in self.servers:
            if server:
                server.kill()


def what_one_knows_all_know(fleet, nginx, tally):
    a, b, c = fleet.ports
    # Sessions.
    browser = Browser.of("kofi-mensah", a)
    statuses = [browser.get(port, "/today")[0] for port in (a, b, c, nginx.port)]
    tally.expect("a session is good on every server", [s for s in statuses if s != 200])
    browser.post(b, "/sign-out")
    browser_statuses = [browser.get(port, "/account/sessions")[0] for port in (a, b, c)]
    tally.expect("and ends on every server", [s for s in browser_statuses if s != 303])

    # Codes.
    asker = Browser()
    asker.address = "10.2.0.1"
    asker.post(a, "/sign-in", email="new.teacher@kettle-cove.example")
    code = fleet.engine.column(
        "SELECT substr(subject, 1, 6) FROM mail WHERE address = 'new.teacher@kettle-cove.example'")[0]
    spent = []

    def spend(port):
        twin = Browser()
        twin.cookies, twin.address = dict(asker.cookies), asker.address
        spent.append(twin.post(port, "/sign-in/code", email="new.teacher@kettle-cove.example", code=code)[0])

    spenders = [threading.Thread(target=spend, args=(port,)) for port in (b, c, b, c)]
    for each in spenders:
        each.start()
    for each in spenders:
        each.join()
    tally.expect("a code of one server is good on another", [] if 303 in spent else [spent])
    tally.expect("and only once", [] if sorted(spent) == [303, 422, 422, 422] else [spent])

    # Limits.
    asker.address = "10.2.0.2"
    statuses = [asker.post(port, "/sign-in", email="often@kettle-cove.example")[0] for port in (a, b, c, a, b, c)]
    tally.expect("limits hold across servers", [] if statuses == [303] * 5 + [429] else [statuses])

    # Pages that are kept.
    visitor, lead = Browser(), Browser.of("abigail-stinson", b)
    for number in range(5):
        words = f"We are working on change number {number}."
        kept = visitor.get(a, "/schools/kettle-cove")
        again = visitor.get(a, "/schools/kettle-cove")
        if number == 0:
            same = kept[2].headers["ETag"] and kept[2].headers["ETag"] == again[2].headers["ETag"]
            tally.expect("a visitor's page is kept", [] if same else ["it has no validator"])
        status = lead.post(b, "/schools/kettle-cove/words", about="", working_on=words, visitors="")[0]
        changed = until(lambda: words in visitor.get(a, "/schools/kettle-cove")[1], seconds=5)
        tally.expect(f"what one server changes another shows, {number}", [] if changed and status == 303 else [status])


def news_is_told(fleet, nginx, tally, discussion):
    a, b, c = fleet.ports
    reader, writer = Browser.of("ruth-ouellette", a), Browser.of("kofi-mensah", b)
    last = int(fleet.engine.column(f"SELECT post_count FROM discussion WHERE id = '{discussion}'")[0])
    path = f"/discussions/{discussion}/events?after={last}"
    streams = [Stream(reader, port, path) for port in (a, c, nginx.port)]
    tally.expect("a stream begins with what is", [] if until(
        lambda: all(stream.counts() == [0] for stream in streams)) else [stream.lines for stream in streams])
    writer.post(b, f"/discussions/{discussion}/posts", text="Told at once.", submission=f"news-{os.getpid()}")
    tally.expect("a reply on one server is told on the others, and through nginx", [] if until(
        lambda: all(stream.counts() == [0, 1] for stream in streams), 10) else [stream.lines for stream in streams])
    reader.post(b, "/sign-out")
    tally.expect("who signs out on one server is told no more on any", [] if until(
        lambda: all(stream.has_ended and "event: end" in stream.lines for stream in streams), 10) else ["still open"])
    visitor = Browser()
    tally.expect("visitors are told nothing", [] if visitor.get(a, path)[0] == 303 else ["it answered"])


def one_dies_under_load(fleet, nginx, tally, chosen, discussion, number):
    people = ["kofi-mensah", "ruth-ouellette", "abigail-stinson", "jo-batchelor", "marguerite-thibodeau"]
    writers = [
        Writer(f"{number}-{n}", nginx.port, Browser.of(people[n % len(people)], nginx.port), discussion)
        for n in range(chosen.writers)]
    readers = [
        Reader(n, nginx.port, Browser.of(people[n % len(people)], nginx.port) if n % 2 else Browser())
        for n in range(chosen.readers)]
    # The stream counts from here and not from when it opens, which is a while after the first posts.
    last = int(fleet.engine.column(f"SELECT post_count FROM discussion WHERE id = '{discussion}'")[0])
    for each in writers + readers:
        each.start()
    dying = number % 3
    listener = Browser.of("kofi-mensah", fleet.ports[(dying + 1) % 3])
    stream = Stream(listener, fleet.ports[(dying + 1) % 3], f"/discussions/{discussion}/events?after={last}")
    time.sleep(2)
    fleet.servers[dying].kill()
    before = sum(len(writer.acknowledged) for writer in writers)
    taken = until(lambda: sum(len(writer.acknowledged) for writer in writers) > before + 10)
    tally.expect("posts are taken while one server is dead", [] if taken else ["none"])
    time.sleep(1)
    fleet.start(dying)
    straight = Browser.of("kofi-mensah", fleet.ports[dying])
    tally.expect("it comes back and answers", [s for s in [straight.get(fleet.ports[dying], "/today")[0]] if s != 200])
    time.sleep(2)
    for each in writers + readers:
        each.stopping = True
    for each in writers + readers:
        each.join(60)
    acknowledged = [submission for writer in writers for submission in writer.acknowledged]
    kept = fleet.engine.column(f"SELECT submission FROM post WHERE submission LIKE 'w{number}-%'")
    numbers = fleet.engine.column(f"SELECT number FROM post WHERE discussion_id = '{discussion}'")
    counted = fleet.engine.column(f"SELECT post_count FROM discussion WHERE id = '{discussion}'")
    lost = [words for reader in readers for words in reader.lost]
    told = fleet.engine.column(
        f"SELECT count(*) FROM post WHERE discussion_id = '{discussion}' AND number > {last} "
        "AND deleted_at IS NULL AND author_id <> 'kofi-mensah'")
    tally.expect("every acknowledged post is there", sorted(set(acknowledged) - set(kept)))
    tally.expect("no post is there twice", [s for s, count in Counter(kept).items() if count > 1])
    tally.expect("posts are numbered without a gap", [] if sorted(map(int, numbers)) == list(
        range(1, int(counted[0]) + 1)) else [counted])
    tally.expect("no reader lost a page", lost)
    tally.expect("the stream of a living server told of all", [] if until(
        lambda: stream.counts() and stream.counts()[-1] == min(100, int(told[0]))) else [stream.counts()[-3:], told])
    print(
        f"round {number + 1}: {len(acknowledged)} posts acknowledged, {dict(sum((w.again for w in writers), Counter()))} sent again, "
        f"{sum(r.read for r in readers)} pages read, {len(lost)} lost; killed server {dying + 1} of 3", flush=True)


def exchanged(port, request):
    """All that comes back on one connection."""
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(request)
        heard = b""
        try:
            while piece := connection.recv(65536):
                heard += piece
        except TimeoutError:
            pass
        except ConnectionError:
            pass
    return heard


def smuggling_is_refused(fleet, nginx, tally):
    """Requests whose end two parsers may see in different places (CWE-444): none may bring a second answer."""
    hidden = b"GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n"
    head = b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    length = b"Content-Length: %d\r\n"
    chunked = b"0\r\n\r\n"
    probes = {
        "CL.TE": head + length % len(chunked + hidden) + b"Transfer-Encoding: chunked\r\n\r\n" + chunked + hidden,
        "TE.CL": head + b"Transfer-Encoding: chunked\r\n" + length % 4 + b"\r\n%x\r\n" % len(hidden) + hidden + b"\r\n"
        + chunked,
        "two lengths": head + length % 0 + length % len(hidden) + b"\r\n" + hidden,
        "lengths in a list": head + b"Content-Length: 0, %d\r\n\r\n" % len(hidden) + hidden,
        "signed length": head + b"Content-Length: +%d\r\n\r\n" % len(hidden) + hidden,
        "no number": head + b"Content-Length: 1x\r\n\r\n" + hidden,
        "TE twice": head + length % 4 + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n" + chunked
        + hidden,
        "TE unknown": head + length % 5 + b"Transfer-Encoding: xchunked\r\n\r\n" + chunked + hidden,
        "TE behind a space": head + length % 5 + b"Transfer-Encoding : chunked\r\n\r\n" + chunked + hidden,
        "TE folded": head + length % 5 + b"Transfer-Encoding:\r\n chunked\r\n\r\n" + chunked + hidden,
        "TE behind a bare CR": head + length % 5 + b"X: y\rTransfer-Encoding: chunked\r\n\r\n" + chunked + hidden,
        "chunk size no number": head + b"Transfer-Encoding: chunked\r\n\r\n0x0\r\n\r\n" + hidden,
        "chunk size too large": head + b"Transfer-Encoding: chunked\r\n\r\n10000000000000000\r\n\r\n" + hidden,
    }
    for where, port in (("directly", fleet.ports[0]), ("through nginx", nginx.port)):
        wrong = []
        for name, probe in probes.items():
            heard = exchanged(port, probe)
            statuses = re.findall(rb"HTTP/1\.1 (\d+)", heard)
            # One "no", and the connection is closed; what is hidden is answered by nobody.
            if len(statuses) != 1 or statuses[0] not in (b"400", b"501"):
                wrong.append((name, statuses))
        tally.expect(f"no request hides in another, {where}", wrong)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--writers", type=int, default=6)
    parser.add_argument("--readers", type=int, default=6)
    chosen = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="league-servers.")
    # nginx's workers belong to nobody when it is started by root.
    os.chmod(folder, 0o777)
    tally, fleet, nginx = soak.Tally(), None, None
    try:
        engine = soak.Postgres(folder)
        fleet = Fleet(os.path.abspath(chosen.program), folder, engine)
        nginx = Nginx(folder, fleet.ports)
        discussion = engine.column("SELECT id FROM discussion WHERE hidden = 0 ORDER BY created_at LIMIT 1")[0]
        what_one_knows_all_know(fleet, nginx, tally)
        news_is_told(fleet, nginx, tally, discussion)
        smuggling_is_refused(fleet, nginx, tally)
        for number in range(chosen.rounds):
            one_dies_under_load(fleet, nginx, tally, chosen, discussion, number)
        jobs = Counter(engine.column("SELECT name FROM job_taken"))
        # The shortest way from one turn of a job to its next is ten minutes.
        twice = engine.column(
            """SELECT DISTINCT name FROM (SELECT name, at - lag(at) OVER (PARTITION BY name ORDER BY at) AS gap FROM job_taken)
            AS taken WHERE gap < 300000""")
        tally.expect("every job was done by one server", twice)
        tally.expect("jobs were done", [] if len(jobs) >= 5 else [jobs])
        until(lambda: engine.column("SELECT count(*) FROM mail WHERE sent_at IS NULL") == ["0"])
        letters = Counter(fleet.letters())
        tally.expect("letters were carried", [] if letters else ["none"])
        # A server that is killed between handing a letter over and saying so leaves it to be carried again.
        tally.expect("no letter was carried twice", [m for m, count in letters.items() if count > 1][chosen.rounds:])
    finally:
        if nginx:
            nginx.stop()
        if fleet:
            fleet.stop()
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main())
