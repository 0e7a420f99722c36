"""What the site costs: CPU of the server per request on the benchmark world, each page beside hello world.

  site.py [--engine sqlite|postgres] [--posts 1000000] [--compare 10000] [--requests 100] [--runs 5] [--keep FOLDER] PROGRAM

PROGRAM is a release build of `league`. Server CPU is the time on a processor of the server's threads (and, for
PostgreSQL, of the database server's processes, shown apart), in nanoseconds from /proc, so that other work on the
machine does not count but for the caches it takes. Hello world is /healthz: the same server and gate, no database, three
bytes. Each figure is the median of the runs; every run measures hello world again. With --compare a second world with
fewer posts is measured too. Pages named "any of …" ask for another address each time, so that nothing is kept ready.
Python's standard library; wrk for the 64 connections.
"""

import argparse
import http.client
import itertools
import os
import re
import select
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time

# What each page must cost at most, in hello worlds.
SIGNED_IN, VISITOR = 6.0, 1.5

PAGES = [
    ("front", "/"), ("today", "/today"), ("schools, list", "/schools"), ("a school", "/schools/school-00007"), ("ideas, list", "/ideas"),
    ("an idea", "/ideas/idea-00007"), ("an idea with 50 trials", "/ideas/idea-00000"),
    ("any of 1,000 ideas", "/ideas/idea-{:05}"), ("a trial", "/trials/trial-000007"),
    ("discussions, list", "/discussions"), ("a thread", "/discussions/discussion-0000107"),
    ("a thread of 5,000, last page", "/discussions/discussion-0000000?page=200"),
    ("search, a town's name", "/search?q=ravenstead"), ("search, common words", "/search?q=ninth+grade"),
    ("people, list", "/people"), ("a person", "/people/person-000100"), ("notices", "/notices"),
]


COUNT = itertools.count()


class Server:
    """A running `league serve`, asked over one connection that stays open."""

    def __init__(self, program, settings):
        command = [program, "serve"]
        for setting in settings:
            command += ["--set", setting]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.port = self.wait_for_port()
        threading.Thread(target=self.drain, daemon=True).start()
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)

    def wait_for_port(self):
        end, lines = time.monotonic() + 120, []
        while time.monotonic() < end:
            ready, _, _ = select.select([self.process.stdout], [], [], 0.5)
            line = self.process.stdout.readline() if ready else ""
            lines.append(line)
            found = re.search(r"League is at http://[^:]+:(\d+)", line)
            if found:
                return int(found.group(1))
            if ready and not line:
                break
        raise RuntimeError("league serve did not start:\n" + "".join(lines))

    def drain(self):
        for _ in self.process.stdout:
            pass

    def get(self, path, cookie=""):
        headers = {"Accept-Encoding": "gzip", "Accept": "text/html"}
        if cookie:
            headers["Cookie"] = cookie
        self.connection.request("GET", path, headers=headers)
        answer = self.connection.getresponse()
        body = answer.read()
        return answer, body

    def step_into(self, person):
        """The session cookie of a role of the demonstration."""
        self.connection.request("POST", f"/demo/{person}", "", {"Content-Type": "application/x-www-form-urlencoded"})
        answer = self.connection.getresponse()
        answer.read()
        if answer.status != 303:
            raise RuntimeError(f"/demo/{person} answered {answer.status}")
        return answer.getheader("Set-Cookie").split(";")[0]

    def cpu(self):
        """Seconds of user and system time."""
        return process_cpu(self.process.pid)

    def memory(self):
        """Resident megabytes, now."""
        with open(f"/proc/{self.process.pid}/status") as status:
            return int(re.search(r"VmRSS:\s+(\d+)", status.read()).group(1)) / 1024

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def process_cpu(pid):
    """Seconds on a processor, by the kernel's clock of that process (clock_getcpuclockid)."""
    return time.clock_gettime((~pid << 3) | 2)


def database_cpu(control):
    """Seconds of the private PostgreSQL server's processes; 0 for SQLite."""
    if not control:
        return 0.0
    folder = os.path.dirname(control)
    with open(os.path.join(folder, "data", "postmaster.pid")) as file:
        parent = int(file.readline())
    total = 0.0
    for pid in os.listdir("/proc"):
        if pid.isdigit():
            try:
                with open(f"/proc/{pid}/stat") as stat:
                    owner = int(stat.read().rsplit(")", 1)[1].split()[1])
                if owner == parent or int(pid) == parent:
                    total += process_cpu(int(pid))
            except OSError:
                pass
    return total


def measure(server, control, path, cookie, requests):
    """Milliseconds of the server and of the database for one request, and what came back."""
    address = (path.format(1 + number % 1000) if "{" in path else path for number in COUNT)
    for _ in range(6):
        answer, body = server.get(next(address), cookie)
    before, base = server.cpu(), database_cpu(control)
    for _ in range(requests):
        server.get(next(address), cookie)
    spent, database = server.cpu() - before, database_cpu(control) - base
    return spent * 1000 / requests, database * 1000 / requests, answer.status, len(body)


class Figures:
    """Medians of every page's cost over the runs."""

    def __init__(self):
        self.runs = {}

    def add(self, key, figure):
        self.runs.setdefault(key, []).append(figure)

    def median(self, key):
        return tuple(statistics.median(column) for column in zip(*self.runs[key]))


def survey(server, control, chosen):
    figures, missing = Figures(), set()
    cookie = server.step_into("kofi-mensah")
    asset = re.search(rb'(/assets/[^"]+\.css)', plain(server, "/"))
    static = asset.group(1).decode() if asset else "/robots.txt"
    for _ in range(chosen.runs):
        for name, path, who in [("hello world", "/healthz", ""), ("a static file", static, "")]:
            figures.add((name, "visitor"), measure(server, control, path, who, chosen.requests * 3))
        for name, path in PAGES:
            for reader, token in [("signed in", cookie), ("visitor", "")]:
                if (name, reader) in missing:
                    continue
                status = server.get(path.format(1), token)[0].status
                if status != 200:
                    missing.add((name, reader))
                    if reader == "signed in":
                        print(f"  {name}: {path} answers {status}: not measured")
                    continue
                figures.add((name, reader), measure(server, control, path, token, chosen.requests))
    return figures, cookie


def plain(server, path):
    server.connection.request("GET", path)
    return server.connection.getresponse().read()


def show(figures, title):
    hello = figures.median(("hello world", "visitor"))[0]
    print(f"\n{title}; hello world {hello:.3f} ms of server CPU a request")
    print(f"{'page':<32}{'reader':<11}{'ms':>8}{'x hello':>9}{'db ms':>8}{'bytes':>8}  goal")
    above = 0
    for (name, reader), _ in figures.runs.items():
        ms, database, _, size = figures.median((name, reader))
        ratio = ms / hello
        goal = SIGNED_IN if reader == "signed in" else VISITOR
        is_page = name not in ("hello world", "a static file")
        verdict = "" if not is_page else f"{goal:.1f} x " + ("met" if ratio <= goal else "MISSED")
        above += is_page and ratio > goal
        print(f"{name:<32}{reader:<11}{ms:>8.3f}{ratio:>9.2f}{database:>8.3f}{size:>8.0f}  {verdict}")
    print(f"{above} above their goal")


def compare(small, large, chosen):
    """In hello worlds of each survey, so that a moment in which the machine was slower counts in neither."""
    print(f"\nFrom {chosen.compare:,} to {chosen.posts:,} posts, server and database together, in hello worlds; goal 1.5 x")
    units = [figures.median(("hello world", "visitor"))[0] for figures in (small, large)]
    for key in large.runs:
        if key not in small.runs or key[0] in ("hello world", "a static file"):
            continue
        few, many = (sum(figures.median(key)[:2]) / unit for figures, unit in zip((small, large), units))
        ratio = many / few if few else 1
        print(f"{key[0]:<32}{key[1]:<11}{few:>8.2f} ->{many:>8.2f}{ratio:>7.2f} x  {'met' if ratio <= 1.5 else 'MISSED'}")


def crowd(server, cookie):
    """64 connections at once for some seconds, on the list of ideas or, before there is one, the front page."""
    if not shutil.which("wrk"):
        print("64 connections: wrk is missing (apt-get install wrk)")
        return
    path = "/ideas" if server.get("/ideas", cookie)[0].status == 200 else "/"
    done = subprocess.run(
        ["wrk", "-t2", "-c64", "-d8s", "--timeout", "30s", "-H", f"Cookie: {cookie}", "-H", "Accept-Encoding: gzip",
         f"http://127.0.0.1:{server.port}{path}"], capture_output=True, text=True)
    errors = re.findall(r"(Socket errors.*|Non-2xx.*)", done.stdout)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)
    print(f"\n64 connections on {path}: {rate.group(1) if rate else '?'} requests/s, {'; '.join(errors) or 'no error'}: "
          f"{'MISSED' if errors else 'met'}")


def settings_for(chosen, folder, posts):
    settings = [
        f"data={folder}", "port=0", "demo=yes", "second_factor=no", "requests_per_minute=0", "log_level=error"]
    if chosen.engine == "postgres":
        server = os.environ["TEST_POSTGRES_URL"]
        settings.append("database=" + server.rsplit("/", 1)[0] + f"/bench_{posts}")
    return settings


def clear(chosen, folder, posts):
    """Removes what is left of an earlier world, and makes an empty database for the next one."""
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    if chosen.engine == "postgres":
        for command in [f"DROP DATABASE IF EXISTS bench_{posts}", f"CREATE DATABASE bench_{posts}"]:
            subprocess.run(["psql", "-qAt", "-c", command, os.environ["TEST_POSTGRES_URL"]], check=True)


def fill(program, settings, posts):
    command = [program, "demo", "--size", "large", "--posts", str(posts)]
    for setting in settings:
        command += ["--set", setting]
    began = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as making:
        for line in making.stdout:
            print("  " + line.rstrip(), flush=True)
    if making.returncode:
        raise RuntimeError("league demo failed")
    print(f"  world with {posts:,} posts made in {time.monotonic() - began:.0f} s")


def world(chosen, folder, posts):
    """Makes the world, unless a kept one is there; gives its figures."""
    control = os.environ.get("TEST_POSTGRES_CONTROL", "") if chosen.engine == "postgres" else ""
    own = os.path.join(folder, f"{chosen.engine}-{posts}")
    # Says which database holds the whole world; a kept one of PostgreSQL lives as long as its server.
    made = os.path.join(own, "made")
    settings = settings_for(chosen, own, posts)
    if not os.path.exists(made) or open(made).read().splitlines() != settings:
        clear(chosen, own, posts)
        fill(chosen.program, settings, posts)
        with open(made, "w") as file:
            file.write("\n".join(settings))
    server = Server(chosen.program, settings)
    try:
        started = server.memory()
        figures, cookie = survey(server, control, chosen)
        show(figures, f"{chosen.engine}, {posts:,} posts")
        crowd(server, cookie)
        memory = server.memory()
        print(f"RSS {started:.0f} MB at start, {memory:.0f} MB after all this; goal 150: "
              f"{'met' if memory <= 150 else 'MISSED'}")
    finally:
        server.stop()
    return figures


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--engine", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--posts", type=int, default=1_000_000)
    parser.add_argument("--compare", type=int, default=0)
    parser.add_argument("--requests", type=int, default=100)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--keep", help="a folder for the worlds, to measure them again; for PostgreSQL with a server of one's own")
    chosen = parser.parse_args()
    chosen.program = os.path.abspath(chosen.program)
    folder = chosen.keep or tempfile.mkdtemp(prefix="league-bench.")
    try:
        small = world(chosen, folder, chosen.compare) if chosen.compare else None
        large = world(chosen, folder, chosen.posts)
        if small:
            compare(small, large, chosen)
    finally:
        if not chosen.keep:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
