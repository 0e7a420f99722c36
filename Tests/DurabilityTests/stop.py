"""Stops and starts League again and again while many ask, and looks for every request that found no answer.

  stop.py [--rounds 3] [--askers 12] PROGRAM

The socket is held by this program and passed on, as systemd does it (LISTEN_FDS), and how League is is heard on a
datagram socket (NOTIFY_SOCKET). Half of the askers open a connection for each request, half keep theirs; a kept
connection that the server says it closes is opened anew. Ends with "N passed, N failed". Python's standard library.
"""

import argparse
import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse


class League:
    """A `league serve` to which a listening socket is passed as descriptor 3."""

    def __init__(self, program, folder, listener, notices):
        # The variable must name the process itself, so the shell fills it in and becomes the program.
        command = 'LISTEN_PID=$$ exec "$0" serve "$@"'
        settings = [f"data={folder}", "requests_per_minute=0", "log_level=error", "trusted_proxies=127.0.0.1"]
        arguments = [part for setting in settings for part in ("--set", setting)]

        def pass_on():
            os.dup2(listener.fileno(), 3)
            os.set_inheritable(3, True)

        environment = dict(os.environ, LISTEN_FDS="1", NOTIFY_SOCKET=notices.path, WATCHDOG_USEC="400000")
        self.process = subprocess.Popen(
            ["sh", "-c", command, program, *arguments], env=environment, preexec_fn=pass_on, close_fds=False,
            stdout=subprocess.DEVNULL)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=60)


class Notices:
    """What the program tells systemd."""

    def __init__(self, folder):
        self.path = os.path.join(folder, "notify")
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(self.path)
        self.heard = []
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        while True:
            self.heard.append(self.socket.recv(4096).decode())

    def wait_for(self, state, seconds=60):
        end = time.monotonic() + seconds
        while state not in self.heard:
            if time.monotonic() > end:
                raise RuntimeError(f"{state} was not heard: {self.heard}")
            time.sleep(0.01)
        return True


class Asker(threading.Thread):
    """Asks for a page, and posts a form that writes, until told to stop."""

    def __init__(self, number, port, keeps):
        super().__init__(daemon=True)
        self.number, self.port, self.keeps = number, port, keeps
        self.answered, self.lost, self.stopping = 0, [], False

    def run(self):
        connection, count = None, 0
        while not self.stopping:
            count += 1
            try:
                if connection is None:
                    connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
                answer = self.ask(connection, count)
                closes = (answer.getheader("Connection") or "").lower() == "close"
                if answer.status in (200, 303):
                    self.answered += 1
                else:
                    self.lost.append(f"status {answer.status}")
                if closes or not self.keeps:
                    connection.close()
                    connection = None
            except (OSError, http.client.HTTPException) as error:
                self.lost.append(repr(error))
                connection = None

    def ask(self, connection, count):
        # The limits count by address, so each request comes from one of its own.
        own = {"X-Forwarded-For": f"10.{self.number}.{count // 250 % 250}.{count % 250}"}
        if not self.keeps:
            own["Connection"] = "close"
        if count % 3 == 0:
            form = urllib.parse.urlencode({"email": f"a{self.number}-{count}@stop.example"})
            connection.request(
                "POST", "/sign-in", form, {"Content-Type": "application/x-www-form-urlencoded", **own})
        else:
            connection.request("GET", "/healthz" if count % 2 else "/sign-in", headers=own)
        answer = connection.getresponse()
        answer.read()
        return answer


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--askers", type=int, default=12)
    options = parser.parse_args()
    program = os.path.abspath(options.program)
    held, broke = 0, 0

    def check(holds, words):
        nonlocal held, broke
        held, broke = held + bool(holds), broke + (not holds)
        print(("holds  " if holds else "BROKEN ") + words, flush=True)

    with tempfile.TemporaryDirectory() as folder:
        listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
        port = listener.getsockname()[1]
        notices = Notices(folder)
        league = League(program, folder, listener, notices)
        check(notices.wait_for("READY=1"), "says READY=1 once it answers")
        askers = [Asker(number, port, keeps=number % 2 == 0) for number in range(options.askers)]
        for asker in askers:
            asker.start()
        for number in range(options.rounds):
            notices.heard.clear()
            time.sleep(2)
            status = league.stop()
            check(status == 0, f"round {number + 1}: ends by itself (status {status})")
            check("STOPPING=1" in notices.heard, f"round {number + 1}: says that it stops")
            check("WATCHDOG=1" in notices.heard, f"round {number + 1}: says that it lives")
            league = League(program, folder, listener, notices)
            notices.wait_for("READY=1")
        time.sleep(2)
        for asker in askers:
            asker.stopping = True
        for asker in askers:
            asker.join(60)
        lost = [words for asker in askers for words in asker.lost]
        answered = sum(asker.answered for asker in askers)
        check(not lost, f"{answered} requests answered over {options.rounds} restarts, {len(lost)} lost {lost[:5]}")
        check(all(asker.answered for asker in askers), "everybody was answered")
        league.stop()
    print(f"{held} passed, {broke} failed")
    return 1 if broke else 0


if __name__ == "__main__":
    sys.exit(main())
