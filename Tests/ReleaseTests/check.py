"""Tries a release in a bare Debian: `debootstrap --variant=minbase`, nothing else installed, and no network.

  check.py FOLDER

FOLDER is what `script/release` made. Needs root, and once a mirror of Debian; the bare system is kept beside FOLDER. The
package is installed over a former one, serves, makes the first office account, keeps settings and data through an upgrade
and a removal, and is purged; the tarball serves from wherever it is unpacked; with systemd running, which is then the one
thing more, the service starts, starts anew and stops. The former one is the same under a lower number. Ends with "N
passed, N failed". Python's standard library.
"""

import argparse
import fcntl
import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

held, broke = 0, 0


def check(holds, words):
    global held, broke
    held, broke = held + bool(holds), broke + (not holds)
    print(("holds  " if holds else "BROKEN ") + words, flush=True)


def debian(keep, name, *including):
    """A tar file of Debian as small as it gets, of this machine's release."""
    suite = re.search(r"VERSION_CODENAME=(\w+)", open("/etc/os-release").read()).group(1)
    kept = keep / f"debian-{suite}-{name}.tar"
    if not kept.exists():
        with tempfile.TemporaryDirectory(dir=keep) as folder:
            root = os.path.join(folder, "root")
            include = [f"--include={','.join(including)}"] if including else []
            subprocess.run(
                ["debootstrap", "--variant=minbase", *include, suite, root], check=True, stdout=subprocess.DEVNULL)
            subprocess.run(["tar", "--create", f"--file={folder}/tar", f"--directory={root}", "."], check=True)
            os.rename(f"{folder}/tar", kept)
    return kept


class Bare:
    """The bare Debian, unpacked anew; nothing runs in it but what is asked."""

    def __init__(self, tar, folder):
        self.root = pathlib.Path(folder)
        subprocess.run(["tar", "--extract", f"--file={tar}", f"--directory={folder}"], check=True)

    def end(self):
        subprocess.run(["umount", self.root / "proc"], stderr=subprocess.DEVNULL)

    def command(self, user, arguments):
        if not os.path.ismount(self.root / "proc"):
            subprocess.run(["mount", "-t", "proc", "proc", self.root / "proc"], check=True)
        who = [f"--userspec={user}:"] if user else []
        return ["chroot", *who, self.root, "/usr/bin/env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", *arguments]

    def run(self, *arguments, user=None):
        return subprocess.run(
            self.command(user, arguments), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def install(self, package):
        shutil.copy(package, self.root / "league.deb")
        return self.run("dpkg", "-i", "/league.deb")

    def path(self, name):
        return self.root / name.lstrip("/")

    def mode(self, name):
        seen = self.path(name).stat()
        return (oct(seen.st_mode & 0o777), self.name_of(seen.st_uid), self.name_of(seen.st_gid, "group"))

    def name_of(self, number, table="passwd"):
        for line in self.path(f"/etc/{table}").read_text().splitlines():
            fields = line.split(":")
            if fields[2] == str(number):
                return fields[0]


class League:
    """A running `league serve`, what it said, and how it is asked."""

    def __init__(self, bare, program, user, settings=()):
        sets = [part for setting in settings for part in ("--set", setting)]
        self.process = subprocess.Popen(
            bare.command(user, [program, "serve", *sets]), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.said, self.news = "", threading.Condition()
        self.hearer = threading.Thread(target=self.hear, daemon=True)
        self.hearer.start()

    def hear(self):
        for line in self.process.stdout:
            with self.news:
                self.said += line
                self.news.notify_all()
        with self.news:
            self.process.wait()
            self.news.notify_all()

    def wait_for(self, pattern):
        with self.news:
            self.news.wait_for(lambda: re.search(pattern, self.said) or self.process.returncode is not None)
        found = re.search(pattern, self.said)
        if not found:
            raise RuntimeError(f"{pattern} was never said:\n{self.said}")
        return found.group(1)

    def ask(self, path, form=None, cookie=""):
        connection = http.client.HTTPConnection("127.0.0.1", 8080, timeout=60)
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        body = urllib.parse.urlencode(form) if form else None
        try:
            connection.request("POST" if form else "GET", path, body, headers)
            answer = connection.getresponse()
        except OSError as error:
            raise RuntimeError(f"{path}: {error}\n{self.said}") from error
        answer.text = answer.read().decode(errors="replace")
        return answer

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.hearer.join()
        return self.process.returncode


def first_office(league, words):
    """Opens the link for the first office account, and becomes it."""
    path = urllib.parse.urlsplit(league.wait_for(r"Make the first one at (\S+)")).path
    form = league.ask(path)
    check(form.status == 200 and "becomes it" in form.text, f"{words}: the link of the first office account opens")
    made = league.ask(path, {"name": "Ada Office", "email": "ada@office.example"})
    cookie = (made.getheader("Set-Cookie") or "").split(";")[0]
    check(made.status == 303 and cookie, f"{words}: the form makes the account ({made.status})")
    page = league.ask(made.getheader("Location", "/"), cookie=cookie)
    check(page.status == 200 and "second" in page.text.lower(), f"{words}: it is signed in and asked for a second factor")


def pages(league, words):
    front = league.ask("/")
    check(front.status == 200 and "</html>" in front.text, f"{words}: the front page comes")
    sheet = re.search(r'href="(/[^"]+\.css)"', front.text)
    check(sheet and league.ask(sheet.group(1)).status == 200, f"{words}: so does its style sheet")


def libraries(bare, program):
    """What the loader finds, by library."""
    return dict(re.findall(r"^\s*(\S+) => (.+?)(?: \(0x.*)?$", bare.run("ldd", program).stdout, re.M))


def former(package, folder):
    """The same package under a lower number."""
    place = os.path.join(folder, "former")
    subprocess.run(["dpkg-deb", "-R", package, place], check=True)
    control = pathlib.Path(place, "DEBIAN/control")
    control.write_text(re.sub(r"^Version: .*$", "Version: 0~former", control.read_text(), flags=re.M))
    subprocess.run(["dpkg-deb", "--root-owner-group", "-Znone", "--build", place, f"{place}.deb"],
                   check=True, stdout=subprocess.DEVNULL)
    return f"{place}.deb"


def try_package(package, version, bare, folder):
    words = "package"
    before = bare.run("dpkg-query", "-W").stdout.splitlines()
    done = bare.install(former(package, folder))
    check(done.returncode == 0, f"{words}: dpkg -i installs it and needs nothing else {done.stdout[-400:] if done.returncode else ''}")
    after = bare.run("dpkg-query", "-W").stdout.splitlines()
    check(len(after) == len(before) + 1, f"{words}: nothing else is installed beside the {len(before)} packages")
    check(bare.mode("/var/lib/league") == ("0o700", "league", "league"), f"{words}: only League may enter its data folder")
    check(bare.mode("/var/backups/league") == ("0o700", "league", "league"), f"{words}: nor its backups")
    check(bare.mode("/etc/league/league.conf") == ("0o640", "root", "league"), f"{words}: it may read its settings, not write")
    found = libraries(bare, "/usr/bin/league")
    strange = {name: path for name, path in found.items() if not bare.path(path).exists()}
    check(found and not strange, f"{words}: each of {len(found)} libraries is there {strange or ''}")
    check(bare.run("league", "--version").stdout.strip() == version, f"{words}: league --version says {version}")

    done = bare.run("league", "doctor")
    check(done.returncode != 0 and "belongs to league" in done.stdout, f"{words}: root is told to run it as its user")
    done = bare.run("league", "doctor", user="nobody")
    check(done.returncode != 0 and "cannot be read" in done.stdout, f"{words}: others are told that the settings are not theirs")
    done = bare.run("league", "migrate", user="league")
    check(done.returncode == 0 and "Applied" in done.stdout, f"{words}: league migrate makes the schema")
    league = League(bare, "/usr/bin/league", "league")
    first_office(league, words)
    pages(league, words)
    check(league.stop() == 0, f"{words}: it ends by itself")
    done = bare.run("league", "backup", user="league")
    check(done.returncode == 0 and list(bare.path("/var/backups/league").iterdir()), f"{words}: league backup fills its folder")
    done = bare.run("league", "doctor", "--json", user="league")
    bad = [finding for finding in json.loads(done.stdout) if finding["grade"] == "bad"]
    check(not bad, f"{words}: league doctor finds nothing bad {bad or ''}")
    done = bare.run("league", "doctor", "--set", "mail_server=smtps://127.0.0.1:9", user="league")
    check("apt-get install ca-certificates" in done.stdout, f"{words}: it says that certificates of authorities are missing")

    with open(bare.path("/etc/league/league.conf"), "a") as settings:
        settings.write("league_name = Our Schools\n")
    os.chmod(bare.path("/var/lib/league"), 0o750)
    done = bare.install(package)
    check(done.returncode == 0, f"upgrade: dpkg -i goes over the former one {done.stdout[-400:] if done.returncode else ''}")
    check("Our Schools" in bare.path("/etc/league/league.conf").read_text(), "upgrade: changed settings stay")
    check(bare.mode("/etc/league/league.conf") == ("0o640", "root", "league"), "upgrade: so do their owner and mode")
    check(bare.mode("/var/lib/league")[0] == "0o750", "upgrade: a folder's mode that was changed stays")
    done = bare.run("league", "migrate", "--check", user="league")
    check(done.returncode == 0, "upgrade: the schema is up to date")
    league = League(bare, "/usr/bin/league", "league")
    league.wait_for("League is at (.*)")
    check("Our Schools" in league.ask("/").text, "upgrade: it serves with the changed settings")
    league.stop()
    check("Make the first one" not in league.said, "upgrade: the account is still there")

    done = bare.run("dpkg", "--remove", "league")
    check(done.returncode == 0 and not bare.path("/usr/bin/league").exists(), "remove: the program goes")
    check(bare.path("/etc/league/league.conf").exists(), "remove: the settings stay")
    done = bare.run("dpkg", "--purge", "league")
    check(done.returncode == 0 and not bare.path("/etc/league").exists(), "purge: the settings go")
    check(bare.path("/var/lib/league/league.sqlite").exists() and "delete it by hand" in done.stdout,
          "purge: the data stays, and it says so")
    check(bare.mode("/var/lib/league")[1] == "league", "purge: so does the user to whom it belongs")
    for name in ("lib", "backups"):
        shutil.rmtree(bare.path(f"/var/{name}/league"))
    bare.install(package)
    done = bare.run("dpkg", "--purge", "league")
    left = [name for name in ("/var/lib/league", "/var/backups/league", "/usr/lib/league", "/usr/share/league")
            if bare.path(name).exists()]
    check(done.returncode == 0 and not left, f"purge: without data nothing is left {left or ''}")
    check("league" not in bare.path("/etc/passwd").read_text(), "purge: nor the user")


def try_tarball(tarball, version, bare):
    words = "tarball"
    subprocess.run(["tar", "--extract", f"--file={tarball}", f"--directory={bare.path('/opt')}"], check=True)
    place = f"/opt/{tarball.name.removesuffix('.tar.gz')}"
    os.symlink(f"{place}/bin/league", bare.path("/usr/local/bin/league"))
    os.makedirs(bare.path("/srv/league"))
    os.chown(bare.path("/srv/league"), 65534, 65534)
    check(bare.run("/usr/local/bin/league", "--version").stdout.strip() == version, f"{words}: league --version says {version}")
    strange = {name: path for name, path in libraries(bare, f"{place}/bin/league").items() if not bare.path(path).exists()}
    check(not strange, f"{words}: each library is there {strange or ''}")
    league = League(bare, "/usr/local/bin/league", "nobody", ["data=/srv/league"])
    first_office(league, words)
    pages(league, words)
    check(league.stop() == 0, f"{words}: it ends by itself")
    done = bare.run("/usr/local/bin/league", "doctor", "--json", "--set", "data=/srv/league", user="nobody")
    grades = {finding["check"]: finding["grade"] for finding in json.loads(done.stdout)}
    check(grades["files"] == grades["database.integrity"] == "good", f"{words}: league doctor finds its files and its database")


class Booted(Bare):
    """A Debian whose systemd runs, in namespaces of its own but with this program's network."""

    def __init__(self, tar, folder):
        super().__init__(tar, folder)
        self.machine = subprocess.Popen(
            ["systemd-nspawn", "--quiet", f"--directory={folder}", "--boot", "--register=no", "--keep-unit"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.wait_until(lambda: self.run("systemctl", "is-system-running").stdout.strip() in ("running", "degraded"))

    def init(self):
        """The number of the process that is 1 inside."""
        below = [str(self.machine.pid)]
        for number in below:
            below += pathlib.Path(f"/proc/{number}/task/{number}/children").read_text().split()
            inside = re.search(r"^NSpid:.*\t1$", pathlib.Path(f"/proc/{number}/status").read_text(), re.M)
            if inside:
                return number
        return "0"

    def command(self, user, arguments):
        who = ["runuser", "-u", user, "--"] if user else []
        return ["nsenter", "--all", f"--target={self.init()}", "/usr/bin/env", "-i",
                "PATH=/usr/sbin:/usr/bin:/sbin:/bin", *who, *arguments]

    def wait_until(self, holds):
        while not holds():
            if self.machine.poll() is not None:
                raise RuntimeError("the system ended")
            time.sleep(0.5)

    def shows(self, what, unit="league.service"):
        return self.run("systemctl", "show", "--value", "-p", what, unit).stdout.strip()

    def end(self):
        self.machine.send_signal(signal.SIGTERM)
        self.machine.wait()


def try_systemd(package, bare, folder):
    words = "systemd"
    done = bare.install(former(package, folder))
    check(done.returncode == 0, f"{words}: the package is installed {done.stdout[-400:] if done.returncode else ''}")
    for unit in ("league.socket", "league.service"):
        check(bare.shows("ActiveState", unit) == "active", f"{words}: {unit} is active")
        check(bare.shows("UnitFileState", unit) == "enabled", f"{words}: {unit} is enabled")
    if bare.shows("ActiveState") != "active":
        print(bare.run("journalctl", "--no-pager", "-u", "league").stdout)
        return
    check("Make the first one at" in bare.run("journalctl", "-u", "league").stdout, f"{words}: the journal has what it says")
    check(answers(), f"{words}: it answers")

    def starts_anew(sign, why):
        before = bare.shows("MainPID")
        bare.run("systemctl", "kill", "-s", sign, "--kill-whom=main", "league.service")
        bare.wait_until(lambda: bare.shows("MainPID") not in (before, "0") and bare.shows("ActiveState") == "active")
        check(answers(), f"{words}: {why}")

    starts_anew("KILL", "killed, it is started anew")
    starts_anew("STOP", "hanging, it is started anew by the watchdog")
    before = bare.shows("MainPID")
    done = bare.install(package)
    check(done.returncode == 0 and bare.shows("MainPID") != before and answers(), f"{words}: an upgrade starts it anew")
    check("up to date" in bare.run("journalctl", "-u", "league").stdout, f"{words}: and looks for steps of the schema first")
    bare.run("systemctl", "stop", "league.service", "league.socket")
    check(bare.shows("Result") == "success", f"{words}: stopped, it ends by itself ({bare.shows('Result')})")
    bare.run("systemctl", "start", "league.socket")
    check(answers(), f"{words}: who comes to the socket wakes it")
    done = bare.run("dpkg", "--purge", "league")
    gone = [bare.shows("LoadState", unit) for unit in ("league.socket", "league.service")]
    check(done.returncode == 0 and gone == ["not-found"] * 2, f"{words}: purged, its units are gone {gone}")


def answers():
    connection = http.client.HTTPConnection("127.0.0.1", 8080, timeout=120)
    connection.request("GET", "/readyz")
    return connection.getresponse().status == 200


def loopback_up():
    """The new network has 127.0.0.1 once its interface is up (netdevice(7): SIOCSIFFLAGS, IFF_UP)."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, 0x8914, struct.pack("16sh22x", b"lo", 1))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--inside", nargs=2, help="Used by itself, in a network of its own: the tar files of Debian.")
    options = parser.parse_args()
    folder = options.folder.resolve()
    if not options.inside:
        tars = [debian(folder.parent, "bare"), debian(folder.parent, "systemd", "systemd", "systemd-sysv")]
        os.execvp("unshare", ["unshare", "--net", "--mount", sys.executable, __file__, str(folder), "--inside",
                              *map(str, tars)])
    loopback_up()
    sums = subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=folder)
    check(sums.returncode == 0, "the files are what SHA256SUMS says")
    package, tarball = next(folder.glob("*.deb")), next(folder.glob("*.tar.gz"))
    version = package.name.split("_")[1]

    def in_new(kind, tar, work):
        with tempfile.TemporaryDirectory(dir=folder.parent) as place:
            root = os.path.join(place, "root")
            os.mkdir(root)
            bare = kind(tar, root)
            try:
                work(bare, place)
            finally:
                bare.end()

    in_new(Bare, options.inside[0], lambda bare, place: try_package(package, version, bare, place))
    in_new(Bare, options.inside[0], lambda bare, _: try_tarball(tarball, version, bare))
    in_new(Booted, options.inside[1], lambda bare, place: try_systemd(package, bare, place))
    print(f"{held} passed, {broke} failed")
    return 1 if broke else 0


if __name__ == "__main__":
    sys.exit(main())
