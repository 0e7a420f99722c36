"""Puts a running League into trouble and takes it out again: nothing lost, clear answers, no restart.

  troubles.py [--engine sqlite|postgres] [--seconds 3] [--connections 500] PROGRAM

The disk is full or has become read-only, the clock jumps, the database is away for `--seconds`, the mail server hangs or
has no name, clients are slow or many. PROGRAM is a built `league` that finds its C library when it starts, as `swift build`
makes it: trouble.c stands before that, compiled by `cc`. PostgreSQL needs TEST_POSTGRES_URL and TEST_POSTGRES_CONTROL as soak.py does. Ends with
"N passed, N failed". Python's standard library, and psql for PostgreSQL.
"""

import argparse
import http.client
import os
import resource
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
import urllib.parse

import servers
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


class Machine:
    """Lets a program think that its disk is read-only, or that its clock jumps (trouble.c)."""

    SOURCE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "trouble.c")

    def __init__(self, folder, disk):
        self.state = os.path.join(folder, "trouble.state")
        library = os.path.join(folder, "trouble.so")
        compiler = shutil.which("cc") or shutil.which("clang")
        subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, self.SOURCE, "-ldl"], check=True)
        self.be()
        self.environment = dict(os.environ, LD_PRELOAD=library, TROUBLE_STATE=self.state, TROUBLE_FOLDER=disk)

    def be(self, read_only=False, ahead=0):
        """From now on; `ahead` in seconds."""
        # Written in place: the program sees the file's memory.
        with open(self.state, "r+b" if os.path.exists(self.state) else "w+b") as file:
            file.write(struct.pack("=qq", read_only, ahead))


def read_only_disk(program, engine, folder, tally):
    """The disk becomes read-only while the program runs, as ext4 does to itself after an error; then it can be written."""
    machine = Machine(folder, engine.settings[0].split("=", 1)[1])
    league = soak.League(program, settings(engine), machine.environment)
    client = Client(league, "still")
    for _ in range(20):
        client.post()
    machine.be(read_only=True)
    refused = [client.post() for _ in range(20)]
    tally.expect("a read-only disk refuses posts with 503, a sentence and Retry-After", [
        status for status, text, answer in refused
        if status != 503 or "send it again" not in text or not answer.getheader("Retry-After")])
    tally.expect("pages are read meanwhile", [s for s in (client.send("GET", "/schools")[0],) if s != 200])
    tally.expect("/readyz says no", [s for s in (client.send("GET", "/readyz")[0],) if s != 503])
    machine.be()
    tally.expect("posts are taken again without a restart", [] if until(lambda: client.post()[0] == 303) else ["none"])
    tally.expect("/readyz says yes", [] if until(lambda: client.send("GET", "/readyz")[0] == 200) else ["it does not"])
    tally.expect("exactly the acknowledged posts are there", client.lost(engine))
    league.kill()
    tally.expect("the database is whole", engine.damage())
    # Started on such a disk it says why it does not, and starts once it can.
    machine.be(read_only=True)
    command = [program, "serve"] + [part for setting in settings(engine) for part in ("--set", setting)]
    said = subprocess.run(command, env=machine.environment, capture_output=True, text=True, timeout=60)
    tally.expect("on a read-only disk it does not start, and says why", [] if said.returncode == 73 and "cannot be used" in (
        said.stderr) and "What was there is as it was" in said.stderr else [said.returncode, said.stderr[-400:]])
    machine.be()
    soak.League(program, settings(engine), machine.environment).kill()
    print(f"{engine.name}, disk read-only: {len(client.kept)} posts acknowledged, {len(refused)} met it", flush=True)


def clock_jumps(program, engine, folder, tally):
    """Three days ahead, back, a day behind, and right again, while people are signed in and write."""
    machine = Machine(folder, "/nowhere")
    own = settings(engine, "demo=yes")
    command = [part for setting in own for part in ("--set", setting)]
    subprocess.run([program, "demo", *command], check=True, stdout=subprocess.DEVNULL)
    league = soak.League(program, own, machine.environment)
    client, person = Client(league, "clock"), servers.Browser.of("kofi-mensah", league.port)
    discussion = engine.column("SELECT id FROM discussion WHERE hidden = 0 ORDER BY created_at LIMIT 1")[0]
    first = int(engine.column(f"SELECT post_count FROM discussion WHERE id = '{discussion}'")[0])
    day, said, wrong = 86_400, 0, []
    for ahead in (0, 3 * day, 0, -day, 0):
        machine.be(ahead=ahead)
        time.sleep(0.5)
        statuses = [person.get(league.port, "/today")[0], client.post()[0]]
        # Five codes in fifteen minutes: what was counted while the clock was elsewhere locks nobody out.
        statuses += [client.send("POST", "/sign-in", {"email": "often@trouble.example"})[0]]
        for _ in range(5):
            said += 1
            statuses.append(person.post(
                league.port, f"/discussions/{discussion}/posts", text=f"Clock {said}.", submission=f"clock-{said}")[0])
        if statuses != [200, 303, 303] + [303] * 5:
            wrong.append((ahead, statuses))
    tally.expect("sessions, posts and codes work whatever the clock says", wrong)
    texts = engine.column(f"SELECT submission FROM post WHERE discussion_id = '{discussion}' AND number > {first} ORDER BY number")
    tally.expect("replies stand in the order in which they were written", [] if texts == [
        f"clock-{n}" for n in range(1, said + 1)] else texts)
    tally.expect("exactly the acknowledged posts are there", client.lost(engine))
    tally.expect("no letter waits for a time that was never meant", [] if until(lambda: not [
        due for due in engine.column("SELECT due_at FROM mail WHERE sent_at IS NULL AND failed_at IS NULL")
        if int(due) > (time.time() + 3600) * 1000], 90) else ["one does"])
    tally.expect("/readyz says yes", [] if until(lambda: client.send("GET", "/readyz")[0] == 200) else ["it does not"])
    league.kill()
    print(f"{engine.name}, the clock jumps: {said} replies written over five clocks", flush=True)


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


def resident(league):
    """Megabytes of memory that the program holds."""
    with open(f"/proc/{league.process.pid}/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmRSS")) / 1024


def kept_and_too_many(program, engine, connections, tally):
    """Many connections that asked and stay, as browsers keep theirs, with work beside them; then more than the program may
    have open: those wait, and are served once others have gone."""
    league = soak.League(program, settings(engine))
    client = Client(league, "kept")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, connections + 1000), hard))
    _, most = resource.prlimit(league.process.pid, resource.RLIMIT_NOFILE)
    resource.prlimit(league.process.pid, resource.RLIMIT_NOFILE, (min(most, connections + 1000), most))
    question = b"GET /healthz HTTP/1.1\r\nHost: league\r\n\r\n"

    def asked(connection):
        connection.sendall(question)
        return connection.recv(4096).startswith(b"HTTP/1.1 200")

    def opened():
        return socket.create_connection(("127.0.0.1", league.port), timeout=20)

    for _ in range(20):
        client.post()
    before = resident(league)
    kept = [opened() for _ in range(connections)]
    tally.expect("every one of many connections is answered", [n for n, each in enumerate(kept) if not asked(each)])
    statuses = [client.post()[0] for _ in range(20)]
    tally.expect("posts are taken beside them", [status for status in statuses if status != 303])
    grown = resident(league) - before
    # Sixty kilobytes for a connection, and what a server needs for its work anyway.
    tally.expect("memory stays bounded", [f"{grown:.0f} MB"] if grown > 64 + connections * 0.06 else [])
    tally.expect("they are answered again", [n for n, each in enumerate(kept) if n % 10 == 0 and not asked(each)])

    resource.prlimit(league.process.pid, resource.RLIMIT_NOFILE, (
        len(os.listdir(f"/proc/{league.process.pid}/fd")) + 10, most))
    more = [opened() for _ in range(40)]
    for each in more:
        each.sendall(question)
    time.sleep(1)
    tally.expect("who is there already is served while no more may come", [
        n for n, each in enumerate(kept[:20]) if not asked(each)])
    for each in kept[: connections // 2]:
        each.close()
    tally.expect("who waited is served once others have gone", [
        n for n, each in enumerate(more) if not each.recv(4096).startswith(b"HTTP/1.1 200")])
    tally.expect("and posts are taken, without a restart", [] if until(lambda: client.post()[0] == 303) else ["none"])
    tally.expect("exactly the acknowledged posts are there", client.lost(engine))
    for each in kept + more:
        each.close()
    league.kill()
    print(f"{engine.name}, {connections} kept connections: {len(client.kept)} posts acknowledged beside; memory grew by {grown:.0f} MB", flush=True)


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
            read_only_disk(program, engine, folder, tally)
            slow_and_many(program, engine, chosen.connections, tally)
            kept_and_too_many(program, engine, chosen.connections, tally)
        else:
            engine = soak.Postgres(folder)
            database_away(program, engine, chosen.seconds, tally)
        mail_in_trouble(program, engine, tally)
        own = os.path.join(folder, "clock")
        os.mkdir(own)
        clock_jumps(program, type(engine)(own), own, tally)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main())
