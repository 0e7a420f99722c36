"""A mail server for tests: prints its port, keeps every letter that it takes as N.json in a folder, ends with its input.

smtp_server.py FOLDER [--hang] [--rcpt REPLY] [--data REPLY] [--tls CERTIFICATE KEY] [--user NAME PASSWORD]
"""
import argparse, base64, email, email.policy, json, pathlib, os, socketserver, ssl, sys, threading, time

arguments = argparse.ArgumentParser()
arguments.add_argument("folder", type=pathlib.Path)
arguments.add_argument("--hang", action="store_true")
arguments.add_argument("--rcpt", default="250 OK")
arguments.add_argument("--data", default="250 OK")
arguments.add_argument("--tls", nargs=2)
arguments.add_argument("--user", nargs=2)
options = arguments.parse_args()
taking = threading.Lock()


def take(sender, recipients, raw, signed_in, encrypted):
    letter = email.message_from_bytes(raw, policy=email.policy.default)
    with taking:
        number = len(list(options.folder.glob("*.json")))
        (options.folder / f"{number}.part").write_text(json.dumps({
            "sender": sender, "recipients": recipients, "signedIn": signed_in, "encrypted": encrypted,
            "headers": [[name, str(value)] for name, value in letter.items()],
            "defects": [str(d) for d in letter.defects] + [str(d) for v in letter.values() for d in v.defects],
            "longestLine": max(len(line) for line in raw.split(b"\r\n")),
            "bareLineEnds": raw.replace(b"\r\n", b"").count(b"\n") + raw.replace(b"\r\n", b"").count(b"\r"),
            "body": letter.get_content().replace("\r\n", "\n"),
        }))
        (options.folder / f"{number}.part").rename(options.folder / f"{number}.json")


class Talk(socketserver.StreamRequestHandler):
    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self):
        if options.hang:
            time.sleep(600)
        encrypted, signed_in, sender, recipients = False, False, "", []
        self.say("220 test")
        while line := self.rfile.readline():
            words = line.decode().strip()
            verb = words.upper()
            if verb.startswith("EHLO"):
                self.say("250-test")
                if options.tls and not encrypted:
                    self.say("250-STARTTLS")
                if options.user:
                    self.say("250-AUTH PLAIN")
                self.say("250 8BITMIME")
            elif verb == "STARTTLS" and options.tls:
                self.say("220 go")
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.load_cert_chain(*options.tls)
                try:
                    self.connection = context.wrap_socket(self.connection, server_side=True)
                except OSError:
                    return
                self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)
                encrypted = True
            elif verb.startswith("AUTH PLAIN"):
                if len(words.split()) == 2:
                    self.say("334 ")
                    words += " " + self.rfile.readline().decode().strip()
                given = base64.b64decode(words.split()[2]).decode().split("\0")[1:]
                signed_in = given == options.user
                self.say("235 OK" if signed_in else "535 5.7.8 Wrong")
            elif verb.startswith("MAIL"):
                sender, recipients = words[10:].split()[0], []
                self.say("250 OK" if signed_in or not options.user else "530 5.7.0 Sign in first")
            elif verb.startswith("RCPT"):
                recipients.append(words[8:])
                self.say(options.rcpt)
            elif verb == "DATA":
                self.say("354 go")
                lines = []
                while (line := self.rfile.readline()) not in (b".\r\n", b""):
                    lines.append(line[1:] if line.startswith(b".") else line)
                if options.data.startswith("250"):
                    take(sender, recipients, b"".join(lines), signed_in, encrypted)
                self.say(options.data)
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 OK")


socketserver.ThreadingTCPServer.daemon_threads = True
server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk)
print(server.server_address[1], flush=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
sys.stdin.buffer.read()
os._exit(0)
