"""One League server and three, behind nginx on PostgreSQL: reads a second, how long the slow ones take, and errors.

  servers.py [--posts 10000] [--seconds 8] [--connections 64] [--runs 3] PROGRAM

PROGRAM is a release build of `league`; nginx runs Packaging/nginx.conf. Needs TEST_POSTGRES_URL and TEST_POSTGRES_CONTROL of
`script/postgres`, and wrk. Load, proxy, database and servers share the machine, so more servers help only as far as there
are cores for them; a second comparison gives each server one core of its own to run on. Each figure is the median of the
runs, in which one and three servers take turns. Python's standard library.
"""

import argparse
import importlib.util
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "Tests/DurabilityTests"))
import servers as fleet  # noqa: E402


def neighbour(name):
    """Benchmarks/NAME.py, whose name may be that of a module of Python's."""
    found = importlib.util.spec_from_file_location(f"bench_{name}", HERE / f"{name}.py")
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


site = neighbour("site")

PAGES = [
    ("ideas, list", "/ideas", "visitor"), ("ideas, list", "/ideas", "signed in"), ("today", "/today", "signed in"),
    ("a thread", "/discussions/discussion-0000107", "signed in"), ("people, list", "/people", "signed in"),
]


def milliseconds(text):
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s|m)", text).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000, "m": 60_000}[unit]


def load(port, path, cookie, chosen):
    """Requests a second, p50 and p99 in milliseconds, and failures, as wrk counts them."""
    command = [
        "wrk", "-t2", f"-c{chosen.connections}", f"-d{chosen.seconds}s", "--timeout", "30s", "--latency", "-H",
        "Accept-Encoding: gzip"]
    if cookie:
        command += ["-H", f"Cookie: {cookie}"]
    said = subprocess.run([*command, f"http://127.0.0.1:{port}{path}"], capture_output=True, text=True, check=True).stdout
    sockets = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", said)
    answers = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    failures = sum(map(int, sockets.groups())) if sockets else 0
    failures += int(answers.group(1)) if answers else 0
    return (
        float(re.search(r"Requests/sec:\s+([\d.]+)", said).group(1)),
        milliseconds(re.search(r"50%\s+(\S+)", said).group(1)), milliseconds(re.search(r"99%\s+(\S+)", said).group(1)),
        failures)


class Line:
    """So many servers behind nginx, each held to one core where it is to have one of its own."""

    def __init__(self, program, settings, folder, count, pinned):
        self.servers = []
        for number in range(count):
            own = os.path.join(folder, f"{count}-{number}-{pinned}")
            os.makedirs(own, exist_ok=True)
            shared = [each for each in settings if not each.startswith("data=")]
            server = site.Server(program, [*shared, f"data={own}", "trusted_proxies=127.0.0.1"])
            if pinned:
                for task in os.listdir(f"/proc/{server.process.pid}/task"):
                    os.sched_setaffinity(int(task), {number % os.cpu_count()})
            self.servers.append(server)
        front = os.path.join(folder, f"nginx-{count}-{pinned}")
        os.makedirs(front, exist_ok=True)
        os.chmod(front, 0o777)
        self.nginx = fleet.Nginx(front, [server.port for server in self.servers])

    def stop(self):
        self.nginx.stop()
        for server in self.servers:
            server.stop()


def compare(chosen, settings, folder, pinned):
    lines = {count: Line(chosen.program, settings, folder, count, pinned) for count in (1, 3)}
    try:
        cookie = lines[1].servers[0].step_into("kofi-mensah")
        print(f"\n{'page':<14}{'reader':<11}{'servers':>8}{'reads/s':>9}{'p50 ms':>8}{'p99 ms':>8}{'errors':>8}{'reads x':>9}")
        total = 0
        for name, path, reader in PAGES:
            runs = {1: [], 3: []}
            for _ in range(chosen.runs):
                for count in (1, 3):
                    runs[count].append(load(lines[count].nginx.port, path, cookie if reader == "signed in" else "", chosen))
            base = statistics.median(run[0] for run in runs[1])
            for count in (1, 3):
                reads, half, slow = (statistics.median(column) for column in list(zip(*runs[count]))[:3])
                failures = sum(run[3] for run in runs[count])
                total += failures
                print(
                    f"{name:<14}{reader:<11}{count:>8}{reads:>9.0f}{half:>8.1f}{slow:>8.1f}{failures:>8}{reads / base:>9.2f}",
                    flush=True)
        print(f"{total} errors: {'met' if total == 0 else 'MISSED'}")
    finally:
        for line in lines.values():
            line.stop()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--posts", type=int, default=10_000)
    parser.add_argument("--seconds", type=int, default=8)
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--runs", type=int, default=3)
    chosen = parser.parse_args()
    chosen.program, chosen.engine = os.path.abspath(chosen.program), "postgres"
    folder = tempfile.mkdtemp(prefix="league-bench.")
    os.chmod(folder, 0o755)
    try:
        settings = site.settings_for(chosen, folder, chosen.posts)
        site.fill(chosen.program, settings, chosen.posts)
        print(f"\n{os.cpu_count()} cores for load, nginx, PostgreSQL and servers; {chosen.connections} connections")
        compare(chosen, settings, folder, pinned=False)
        print("\nEach server on one core of its own:")
        compare(chosen, settings, folder, pinned=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
