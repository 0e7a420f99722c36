"""Prints the manual page of a built `league`, from what the program says of its own commands: manual.py PROGRAM"""
import datetime
import json
import os
import subprocess
import sys


def plain(text):
    """Text in which roff finds no orders of its own."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("`", "")
    return "\n".join("\\&" + line if line[:1] in ".'" else line for line in text.splitlines())


def sign(name):
    return plain(("-" if name["kind"] == "short" else "--") + name["name"])


def argument(given):
    value = f" \\fI{plain(given['valueName'])}\\fR" if given["kind"] == "option" else ""
    names = ", ".join(f"\\fB{sign(name)}\\fR" for name in given.get("names", []))
    print(".TP")
    print(f"{names}{value}" if names else f"\\fI{plain(given['valueName'])}\\fR")
    print(plain(given.get("abstract", "")))


def command(given, path):
    if given["commandName"] == "help":
        return
    name = f"{path} {given['commandName']}".strip()
    if path:
        print(f".SS {plain(name)}")
        print(plain(given.get("abstract", "")))
        if given.get("discussion"):
            print(f".PP\n{plain(given['discussion'])}")
    for one in given.get("arguments", []):
        if one.get("shouldDisplay", True) and not (path and one["valueName"] in ("help", "version")):
            argument(one)
    for one in given.get("subcommands", []):
        command(one, name)


def main():
    program = sys.argv[1]
    said = json.loads(subprocess.run([program, "--experimental-dump-help"], check=True, capture_output=True).stdout)
    version = subprocess.run([program, "--version"], check=True, capture_output=True, text=True).stdout.strip()
    moment = datetime.datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), datetime.timezone.utc)
    top = said["command"]
    print(f'.TH LEAGUE 1 "{moment:%Y-%m-%d}" "League {version}"')
    print(f".SH NAME\nleague \\- {plain(top['abstract'][0].lower() + top['abstract'][1:].rstrip('.'))}")
    print(".SH SYNOPSIS\n.B league\n[\\fIcommand\\fR] [\\fIoption\\fR ...]")
    print(".SH COMMANDS")
    command(top, "")
    print(".SH FILES")
    for path, meaning in [
        ("/etc/league/league.conf", "Settings, when there is no league.conf in the current folder and LEAGUE_CONF names none."),
        ("/etc/league/environment", "Variables for the service, such as LEAGUE_MAIL_PASSWORD_FILE."),
        ("/var/lib/league", "The database and what else League writes. Commands on it are for its owner: "
                            "runuser -u league -- league doctor"),
        ("/var/backups/league", "A backup of every night."),
    ]:
        print(f".TP\n.I {plain(path)}\n{plain(meaning)}")
    print(".SH ENVIRONMENT\n.TP\n.B LEAGUE_CONF\nThe settings file.\n.TP\n.B LEAGUE_\\fINAME\\fR, \\fBLEAGUE_\\fINAME\\fB_FILE\\fR")
    print("A setting's value, or a file that holds it; they win over the settings file.")


main()
