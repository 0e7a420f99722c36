"""What the server wrote to people, read from its outbox folder."""
import email
import email.policy
import os
import pathlib
import re
import time

OUTBOX = pathlib.Path(os.environ.get("LEAGUE_DATA", "")) / "outbox"


def code_for(address):
    """The six characters of the newest letter to the address."""
    for _ in range(100):
        for file in sorted(OUTBOX.glob("*.eml"), reverse=True):
            letter = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
            found = re.match(r"[A-Z0-9]{6}\b", letter["Subject"])
            if address in letter["To"] and found:
                return found[0]
        time.sleep(0.1)
    raise AssertionError(f"no letter with a code reached {address}")


def link_for(address):
    for _ in range(100):
        for file in sorted(OUTBOX.glob("*.eml"), reverse=True):
            letter = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
            found = re.search(r"/sign/\S+", letter.get_body(("plain",)).get_content())
            if address in letter["To"] and found:
                return found[0]
        time.sleep(0.1)
    raise AssertionError(f"no letter with a link to sign reached {address}")
