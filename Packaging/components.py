"""Prints what a release is made of, as a CycloneDX 1.5 list, and gathers the licences of all of it.

  components.py --version V --scratch FOLDER --carried LIST --static FOLDER --licences FOLDER

Three kinds of components: Swift's own libraries, the Swift packages whose modules were built in SCRATCH, and Debian's
packages of the shared libraries named in the file LIST and of the static ones in the folder --static. Names on standard
error what Debian has newer, since a release that carries an old library carries its holes. Standard library only.
"""
import argparse
import datetime
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import uuid

KNOWN = [("Apache License", "Apache-2.0"), ("MIT License", "MIT"), ("Permission is hereby granted, free of charge", "MIT")]


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def licence_of(text):
    return next(({"license": {"id": name}} for words, name in KNOWN if words in text), None)


def swift(licences):
    """The toolchain's runtime and Foundation, which --static-swift-stdlib puts into the program."""
    program = pathlib.Path(shutil.which("swiftc")).resolve()
    text = program.parents[1] / "share/swift/LICENSE.txt"
    shutil.copy(text, licences / "swift.txt")
    version = re.search(r"Swift version (\S+)", output("swiftc", "--version")).group(1)
    return [{
        "type": "library", "name": "swift", "version": version, "purl": f"pkg:github/swiftlang/swift@{version}",
        "licenses": [licence_of(text.read_text())]}]


def swift_packages(scratch, licences):
    built = {folder.name.removesuffix(".build") for folder in (scratch / "release").glob("*.build")}
    found = []
    for package in json.load(open(scratch / "workspace-state.json"))["object"]["dependencies"]:
        checkout = scratch / "checkouts" / package["subpath"]
        modules = {folder.name for parent in (checkout, checkout / "Sources") if parent.is_dir()
                   for folder in parent.iterdir() if folder.is_dir()}
        if not modules & built:
            continue
        name, texts = package["subpath"], sorted(
            file for pattern in ("LICENSE*", "NOTICE*") for file in checkout.glob(pattern) if file.is_file())
        (licences / f"{name}.txt").write_text("\n\n".join(file.read_text() for file in texts))
        place = package["packageRef"]["location"].removeprefix("https://").removesuffix(".git")
        version = package["state"]["checkoutState"]["version"]
        licence = licence_of(texts[0].read_text())
        found.append({
            "type": "library", "name": name, "version": version, "purl": f"pkg:swift/{place}@{version}",
            **({"licenses": [licence]} if licence else {})})
    return found


def debian_packages(files, licences):
    """`files`: path → how the library is in the release."""
    release = dict(re.findall(r'^(ID|VERSION_ID)="?([^"\n]*)"?$', open("/etc/os-release").read(), re.M))
    packages = {}
    for path, way in files.items():
        # A machine whose /lib is a link to /usr/lib knows some files by the other name.
        names = {path, os.path.realpath(path), path.removeprefix("/usr"), "/usr" + path.removeprefix("/usr")}
        owner = subprocess.run(["dpkg-query", "-S", *names], capture_output=True, text=True).stdout.split(":")[0]
        if not owner:
            sys.exit(f"{path} belongs to no package")
        packages.setdefault(owner, set()).add(way)
    found = []
    for name, ways in sorted(packages.items()):
        version, architecture, source, source_version = output(
            "dpkg-query", "-W", "-f=${Version}\t${Architecture}\t${source:Package}\t${source:Version}\n", name
        ).splitlines()[0].split("\t")
        text = pathlib.Path(f"/usr/share/doc/{name}/copyright").read_text()
        (licences / f"{name}.txt").write_text(text)
        # Debian's machine-readable form names the licence in each paragraph about files.
        short = sorted({
            match.group(1).strip() for paragraph in text.split("\n\n") if re.search(r"^Files:", paragraph, re.M)
            for match in [re.search(r"^License:(.*)$", paragraph, re.M)] if match and match.group(1).strip()})
        purl = f"pkg:deb/debian/{name}@{version}?arch={architecture}&distro={release['ID']}-{release['VERSION_ID']}"
        found.append({
            "type": "library", "name": name, "version": version, "purl": purl.replace("+", "%2B"),
            **({"licenses": [{"license": {"name": licence}} for licence in short]} if short else {}),
            "properties": [
                {"name": "league:way", "value": way} for way in sorted(ways)] + [
                {"name": "league:source", "value": f"{source} {source_version}"}]})
    return found


def tell_newer(names):
    for name in names:
        words = dict(re.findall(r"^  (Installed|Candidate): (\S+)$", output("apt-cache", "policy", name), re.M))
        if words.get("Candidate", "(none)") not in ("(none)", words.get("Installed")):
            print(f"Older than Debian's: {name} {words['Installed']}, there is {words['Candidate']}", file=sys.stderr)


def main():
    parser = argparse.ArgumentParser()
    for name in ("version", "scratch", "carried", "static", "licences"):
        parser.add_argument(f"--{name}", required=True)
    asked = parser.parse_args()
    licences = pathlib.Path(asked.licences)
    licences.mkdir(parents=True)
    files = {str(path.resolve()): "static" for path in sorted(pathlib.Path(asked.static).iterdir())}
    files |= {line.strip(): "shared" for line in open(asked.carried)}
    debian = debian_packages(files, licences)
    components = swift(licences) + swift_packages(pathlib.Path(asked.scratch), licences) + debian
    for component in components:
        component["bom-ref"] = component["purl"]
    moment = datetime.datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), datetime.timezone.utc)
    json.dump({
        "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(['league', asked.version, components]))}",
        "metadata": {
            "timestamp": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {"type": "application", "name": "league", "version": asked.version, "bom-ref": "league"}},
        "components": components,
        "dependencies": [{"ref": "league", "dependsOn": [component["bom-ref"] for component in components]}],
    }, sys.stdout, indent=2, ensure_ascii=False)
    print()
    tell_newer([component["name"] for component in debian])


main()
