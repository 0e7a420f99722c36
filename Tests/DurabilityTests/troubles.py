"""Puts a running League into trouble and takes it out again: nothing lost, clear answers, no restart.

  troubles.py [--engine sqlite|postgres] [--seconds 3] [--connections 500] PROGRAM

The disk is full, the database is away for `--seconds`, the mail server hangs or has no name, clients are slow or many.
PROGRAM is a built `league`. PostgreSQL needs TEST_POSTGRES_URL and TEST_POSTGRES_CONTROL as soak.py does. Ends with
"N passed, N failed". Python's standard library, and psql for PostgreSQL.
"""

import argparse
import http.client
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse

import soak

# What a full disk gives besides an error; the program must not die of it.
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)


def settings(engine, *more):
    return engine.settings + [
        "port=0", "requests_per_minute=0", "trusted_proxies=127.0.0.1", "log_level=error", "second_factor=no", *more]


class Client:
    """Posts forms and reads pages, each from an address of its own."""

    def __init__(self, league, name):
        self.league, self.name, self.count, self.kept = league, name, 0, []

    def send(self, method, path, fields=None, timeout=20):
        connection = http.client.HTTPConnection("127.0.0.1", self.league.port, timeout=timeout)
        self.count += 1
        address = f"10.{len(self.name)}.{self.count // 250 % 250}.{self.count % 250}"
        connection.request(
            method, path, urllib.parse.urlencode(fields) if fields else None,
            {"Content-Type": "application/x-www-form-urlencoded", "X-Forwarded-For": address})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text, answer

    def post(self):
        """One transaction of two rows. Remembers those that were acknowledged."""
        email = f"{self.name}-{self.count}@trouble.example"
        status, text, answer = self.send("POST", "/sign-in", {"email": email})
        if status == 303:
            self.kept.append(email)
        return status, text, answer

    def lost(self, engine):
        kept = set(engine.column(f"SELECT address FROM mail WHERE address LIKE '{self.name}-%'"))
        codes = set(engine.column(f"SELECT email FROM sign_in_code WHERE email LIKE '{self.name}-%'"))
        return sorted(set(self.kept) ^ kept) + sorted(kept ^ codes)


def until(condition, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False


def full_disk(program, engine, tally):
    """No file may grow: what a full disk does to SQLite. Then there is room again."""
    league = soak.League(program, settings(engine))
    client = Client(league, "full")
    for _ in range(20):
        client.post()
    folder = os.path.dirname(engine.path)
    largest = max(os.path.getsize(os.path.join(folder, name)) for name in os.listdir(folder))
    _, hard = resource.prlimit(league.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(league.process.pid, resource.RLIMIT_FSIZE, (largest, hard))
    refused = []
    for _ in range(400):
        status, text, answer = client.post()
        if status != 303:
            refused.append((status, "send it again" in text, answer.getheader("Retry-After")))
            if len(refused) == 10:
                break
    tally.expect("a full disk refuses posts", [] if refused else ["none was refused"])
    tally.expect("with 503, a sentence and Retry-After", [each for each in refused if each[:2] != (503, True) or not each[2]])
    tally.expect("pages are read meanwhile", [s for s in (client.send("GET", "/schools")[0],) if s != 200])
    resource.prlimit(league.process.pid, resource.RLIMIT_FSIZE, (hard, hard))
    tally.expect("posts are taken again without a restart", [] if until(lambda: client.post()[0] == 303) else ["none"])
    tally.expect("exactly the acknowledged posts are there", client.lost(engine))
    league.kill()
    tally.expect("the database is whole", engine.damage())
    print(f"{engine.name}, disk full: {len(client.kept)} posts acknowledged, {len(refused)} refused", flush=True)


def database_away(program, engine, seconds, tally):
    league = soak.League(program, settings(engine))
    client = Client(league, "away")
    for _ in range(20):
        client.post()
    subprocess.run([engine.control, "stop"], check=True)
    end, answers = time.monotonic() + seconds, []
    while time.monotonic() < end:
        status, text, answer = client.post()
        answers.append((status, answer.getheader("Retry-After")))
        time.sleep(0.1)
    tally.expect("while the database is away posts get 503", [each for each in answers if each[0] != 503 or not each[1]])
    tally.expect("the program lives", [s for s in (client.send("GET", "/healthz")[0],) if s != 200])
    subprocess.run([engine.control, "start"], check=True)
    tally.expect("posts are taken again without a restart", [] if until(lambda: client.post()[0] == 303) else ["none"])
    tally.expect("exactly the acknowledged posts are there", client.lost(engine))
    league.kill()
    print(f"{engine.name}, database away {seconds} s: {len(answers)} posts met it", flush=True)


def mail_in_trouble(program, engine, tally):
    """A mail server that takes the connection and says nothing; one whose name nobody knows."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        servers = {"hangs": f"smtp://127.0.0.1:{silent.getsockname()[1]}", "has no name": "smtp://mail.invalid:25"}
        for what, server in servers.items():
            league = soak.League(program, settings(engine, f"mail_server={server}", "mail_tls=no"))
            client = Client(league, "mail" + what.split()[0])
            statuses = [client.post()[0] for _ in range(20)]
            time.sleep(1)
            statuses += [client.post()[0] for _ in range(20)]
            tally.expect(f"posts are taken while the mail server {what}", [s for s in statuses if s != 303])
            tally.expect("their letters wait", client.lost(engine))
            sent = engine.column(f"SELECT address FROM mail WHERE address LIKE '{client.name}-%' AND sent_at IS NOT NULL")
            tally.expect("none is marked as sent", sent)
            began = time.monotonic()
            league.process.terminate()
            stopped = until(lambda: league.process.poll() is not None, 60)
            tally.expect("the program ends when asked", [] if stopped else ["it did not within a minute"])
            if not stopped:
                league.kill()
            print(f"{engine.name}, the mail server {what}: 40 posts taken; ended in {time.monotonic() - began:.1f} s", flush=True)


def slow_and_many(program, engine, connections, tally):
    """Clients that begin a request and go on a letter at a time, and many that say nothing at all."""
    league = soak.League(program, settings(engine, "request_seconds=3"))
    client = Client(league, "slow")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, connections + 500), hard))
    idle = [socket.create_connection(("127.0.0.1", league.port), timeout=20) for _ in range(connections)]
    slow = [socket.create_connection(("127.0.0.1", league.port), timeout=20) for _ in range(20)]
    for each in slow:
        each.sendall(
            b"POST /sign-in HTTP/1.1\r\nHost: league\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            b"Content-Length: 100000\r\n\r\nemail=")
    statuses, closed, end = [], set(), time.monotonic() + 20
    while time.monotonic() < end and len(closed) < len(slow):
        for number, each in enumerate(slow):
            if number in closed:
                continue
            try:
                each.sendall(b"a")
                each.settimeout(0.001)
                if each.recv(1) == b"":
                    closed.add(number)
            except TimeoutError:
                pass
            except OSError:
                closed.add(number)
        statuses.append(client.post()[0])
        time.sleep(0.1)
    tally.expect("others are served meanwhile", [s for s in statuses if s != 303])
    tally.expect("slow requests are ended", [] if len(closed) == len(slow) else [f"only {len(closed)} of {len(slow)}"])
    tally.expect("exactly the acknowledged posts are there", client.lost(engine))
    for each in idle + slow:
        each.close()
    tally.expect("and later too", [s for s in (client.post()[0],) if s != 303])
    league.kill()
    print(f"{engine.name}, {connections} silent and {len(slow)} slow clients: {len(statuses)} posts taken beside", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--engine", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--connections", type=int, default=500)
    chosen = parser.parse_args()
    program = os.path.abspath(chosen.program)
    folder = tempfile.mkdtemp(prefix="league-troubles.")
    tally = soak.Tally()
    try:
        if chosen.engine == "sqlite":
            engine = soak.SQLite(folder)
            full_disk(program, engine, tally)
            slow_and_many(program, engine, chosen.connections, tally)
        else:
            engine = soak.Postgres(folder)
            database_away(program, engine, chosen.seconds, tally)
        mail_in_trouble(program, engine, tally)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main())
