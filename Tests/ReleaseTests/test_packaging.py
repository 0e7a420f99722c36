"""What of a release can be looked at without making one; `script/release --check` tries a whole one.

Standard library; LEAGUE names a built program, .build/debug/league unless said.
"""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "Packaging"
LEAGUE = os.environ.get("LEAGUE", ROOT / ".build/debug/league")


class PackagingTests(unittest.TestCase):
    def test_maintainer_scripts_are_of_the_plain_shell(self):
        for name in ("postinst", "prerm", "postrm"):
            script = PACKAGING / "debian" / name
            self.assertTrue(os.access(script, os.X_OK), name)
            done = subprocess.run(["dash", "-n", script], capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("\nset -e\n", script.read_text(), name)

    def test_maintainer_scripts_pass_over_what_they_are_not_called_for(self):
        for name in ("postinst", "prerm", "postrm"):
            done = subprocess.run([PACKAGING / "debian" / name, "abort-upgrade", "1"], capture_output=True, text=True)
            self.assertEqual((done.returncode, done.stdout + done.stderr), (0, ""), name)

    def test_the_package_says_what_debian_asks(self):
        control = (PACKAGING / "debian/control").read_text()
        fields = dict(re.findall(r"^([A-Z][\w-]+): (.+)$", control, re.M))
        for name in ("Package", "Version", "Architecture", "Maintainer", "Depends", "Description", "Section", "Priority"):
            self.assertTrue(fields.get(name), name)
        release = (ROOT / "script/release").read_text()
        for word in re.findall(r"@[A-Z]+@", control):
            self.assertIn(word, release)

    @unittest.skipUnless(shutil.which("systemd-analyze"), "systemd is not here")
    def test_systemd_understands_the_units(self):
        with tempfile.TemporaryDirectory() as folder:
            for name in ("league.service", "league.socket"):
                text = (PACKAGING / name).read_text().replace("/usr/bin/league", "/bin/true")
                pathlib.Path(folder, name).write_text(text)
            done = subprocess.run(
                ["systemd-analyze", "verify", "--man=no", f"{folder}/league.service", f"{folder}/league.socket"],
                capture_output=True, text=True)
            self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_every_setting_of_the_package_is_known(self):
        with tempfile.TemporaryDirectory() as folder:
            text = (PACKAGING / "league.conf").read_text()
            shown = re.findall(r"^# (\w+ = .+)$", text, re.M)
            self.assertGreater(len(shown), 3)
            conf = pathlib.Path(folder, "league.conf")
            conf.write_text(text + "\n".join(shown))
            done = subprocess.run(
                [LEAGUE, "config"], capture_output=True, text=True, cwd=folder, env=os.environ | {"LEAGUE_CONF": str(conf)})
            self.assertEqual(done.returncode, 0, done.stderr)
            for line in shown:
                self.assertIn(f"{line}   # file", done.stdout)

    def test_the_manual_knows_every_command(self):
        done = subprocess.run(
            ["python3", PACKAGING / "manual.py", LEAGUE], capture_output=True, text=True,
            env=os.environ | {"SOURCE_DATE_EPOCH": "0"})
        self.assertEqual(done.returncode, 0, done.stderr)
        for command in ("serve", "migrate", "backup", "restore", "doctor", "statistics pool"):
            self.assertIn(f".SS league {command}\n", done.stdout)


if __name__ == "__main__":
    unittest.main()
