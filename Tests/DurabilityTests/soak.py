"""Kills League with SIGKILL while 32 writers post forms, starts it again, and looks for every acknowledged post.

  soak.py [--engine sqlite|postgres] [--rounds 3] [--writers 32] [--seed 1] PROGRAM

PROGRAM is a built `league`. PostgreSQL needs TEST_POSTGRES_URL and TEST_POSTGRES_CONTROL of `script/postgres` with
TEST_POSTGRES_DURABLE=yes; there the database server is killed too. Ends with "N passed, N failed". A post counts as
acknowledged once its whole answer has arrived. Python's standard library, and psql for PostgreSQL.
"""

import argparse
import http.client
import os
import random
import re
import select
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from collections import Counter


class League:
    """A running `league serve` on a free port."""

    def __init__(self, program, settings, environment=None):
        command = [program, "serve"]
        for setting in settings:
            command += ["--set", setting]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment)
        self.port = self.wait_for_port()
        # What it logs is thrown away, so that the pipe never fills.
        threading.Thread(target=self.drain, daemon=True).start()

    def wait_for_port(self, seconds=60):
        end, lines = time.monotonic() + seconds, []
        while time.monotonic() < end:
            ready, _, _ = select.select([self.process.stdout], [], [], 0.5)
            line = self.process.stdout.readline() if ready else ""
            lines.append(line)
            found = re.search(r"League is at http://[^:]+:(\d+)", line)
            if found:
                return int(found.group(1))
            if ready and not line:
                break
        self.kill()
        raise RuntimeError("league serve did not start:\n" + "".join(lines))

    def drain(self):
        for _ in self.process.stdout:
            pass

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


class Writer(threading.Thread):
    """Asks for sign-in codes until the server is gone: each writes a code and a letter in one transaction."""

    def __init__(self, number, round_number, port):
        super().__init__(daemon=True)
        self.number, self.round, self.port = number, round_number, port
        self.acknowledged, self.refused, self.stopping = [], [], False
        self.latest = 0.0

    def run(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        count = 0
        while not self.stopping:
            email = f"r{self.round}-w{self.number}-{count}@soak.example"
            # The limits count by address, so each post comes from one of its own.
            address = f"10.{self.round % 250}.{self.number}.{count % 250}"
            try:
                connection.request(
                    "POST", "/sign-in", urllib.parse.urlencode({"email": email}),
                    {"Content-Type": "application/x-www-form-urlencoded", "X-Forwarded-For": address})
                answer = connection.getresponse()
                answer.read()
            except (OSError, http.client.HTTPException):
                return
            count += 1
            if answer.status == 303:
                self.acknowledged.append((email, answer.status))
                self.latest = time.monotonic()
            else:
                self.refused.append((email, answer.status))
                time.sleep(0.05)


class SQLite:
    """A file in a temporary folder."""

    name = "SQLite"

    def __init__(self, folder):
        self.path = os.path.join(folder, "league.sqlite")
        self.settings = [f"data={folder}"]

    def may_kill(self, _):
        return False

    def column(self, sql):
        with sqlite3.connect(self.path, timeout=20) as connection:
            return [row[0] for row in connection.execute(sql)]

    def damage(self):
        found = self.column("PRAGMA integrity_check") + self.column("PRAGMA foreign_key_check")
        return [line for line in found if line != "ok"]


class Postgres:
    """A database of its own on the private server that `script/postgres` started."""

    name = "PostgreSQL"

    def __init__(self, folder):
        self.server = os.environ["TEST_POSTGRES_URL"]
        self.control = os.environ["TEST_POSTGRES_CONTROL"]
        name = f"soak_{os.getpid()}_{os.path.basename(folder).replace('.', '_').replace('-', '_').lower()}"
        self.psql(self.server, f"CREATE DATABASE {name}")
        self.url = self.server.rsplit("/", 1)[0] + "/" + name
        self.settings = [f"data={folder}", f"database={self.url}"]
        off = [s for s in ("fsync", "synchronous_commit", "full_page_writes") if self.column(f"SHOW {s}") != ["on"]]
        if off:
            raise RuntimeError("the server does not wait for the disk: start it with TEST_POSTGRES_DURABLE=yes")

    def psql(self, url, sql):
        done = subprocess.run(
            ["psql", "--no-psqlrc", "-qAt", "-v", "ON_ERROR_STOP=1", "-c", sql, url], capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
        return done.stdout.splitlines()

    def may_kill(self, round_number):
        """Two of three rounds kill the database server."""
        return round_number % 3 != 0

    def kill_and_start(self):
        subprocess.run([self.control, "kill"], check=True)
        subprocess.run([self.control, "start"], check=True)

    def column(self, sql):
        return self.psql(self.url, sql)

    def damage(self):
        """Every B-tree agrees with its table (amcheck belongs to Debian's PostgreSQL)."""
        try:
            self.psql(self.url, "CREATE EXTENSION IF NOT EXISTS amcheck")
            self.psql(
                self.url,
                "SELECT bt_index_check(i.indexrelid, true) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
                "JOIN pg_am a ON a.oid = c.relam WHERE a.amname = 'btree' AND c.relnamespace = 'public'::regnamespace")
        except RuntimeError as error:
            return [str(error)]
        return []


class Tally:
    def __init__(self):
        self.passed = self.failed = 0

    def expect(self, what, troubles):
        if troubles:
            self.failed += 1
            print(f"  FAILED {what}: {len(troubles)}, such as {troubles[:3]}", flush=True)
        else:
            self.passed += 1


def wait_for_post(crew, after, seconds=60):
    """Whether a post was acknowledged after the moment `after`, waiting for it."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if any(writer.latest > after for writer in crew):
            return True
        time.sleep(0.01)
    return False


def run_round(program, engine, number, writers, chance, tally):
    """One life of the server: started, written to, killed, started again, examined."""
    settings = engine.settings + [
        "port=0", "requests_per_minute=0", "trusted_proxies=127.0.0.1", "log_level=error", "second_factor=no"]
    league = League(program, settings)
    crew = [Writer(i, number, league.port) for i in range(writers)]
    for writer in crew:
        writer.start()
    wait_for_post(crew, after=0)
    time.sleep(chance.uniform(0.05, 2.5))
    kills_database = engine.may_kill(number)
    if kills_database:
        engine.kill_and_start()
        # The same League finds the new server by itself: some posts fail, and later ones are taken again.
        tally.expect("posts are taken again", [] if wait_for_post(crew, after=time.monotonic()) else ["none"])
        time.sleep(chance.uniform(0.05, 1.0))
    league.kill()
    for writer in crew:
        writer.stopping = True
        writer.join(25)

    acknowledged = {email for writer in crew for email, _ in writer.acknowledged}
    refused = [status for writer in crew for _, status in writer.refused]
    began = time.monotonic()
    again = League(program, settings)
    took = time.monotonic() - began
    try:
        letters = engine.column(f"SELECT address FROM mail WHERE address LIKE 'r{number}-%'")
        codes = engine.column(f"SELECT email FROM sign_in_code WHERE email LIKE 'r{number}-%'")
        tally.expect("the server acknowledged posts", [] if acknowledged else ["none"])
        tally.expect("every acknowledged post is there", sorted(acknowledged - set(letters)))
        tally.expect("no transaction was kept by half", sorted(set(letters) ^ set(codes)))
        tally.expect("no post was kept twice", [a for a, count in Counter(letters).items() if count > 1])
        tally.expect("the database is whole", engine.damage())
        tally.expect(
            "only a dead database makes posts fail", [] if kills_database else [str(status) for status in refused])
    finally:
        again.kill()
    what = "League and the database server" if kills_database else "League"
    print(
        f"{engine.name} round {number}: {len(acknowledged)} posts acknowledged, {len(letters)} kept, {len(refused)} "
        f"refused; killed {what}; up again in {took:.2f} s", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--engine", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--writers", type=int, default=32)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="league-soak.")
    tally, chance = Tally(), random.Random(chosen.seed)
    try:
        engine = (SQLite if chosen.engine == "sqlite" else Postgres)(folder)
        for number in range(1, chosen.rounds + 1):
            run_round(os.path.abspath(chosen.program), engine, number, chosen.writers, chance, tally)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main())
