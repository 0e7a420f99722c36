"""script/check-demo accepts the data as it is and refuses it with one thing spoilt. Run: python3 -m unittest discover Tests/DemoDataTests"""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]


def spoilt(path, value):
    """A change that puts `value` at `path` (keys and indices) of a file's content."""

    def change(content):
        for step in path[:-1]:
            content = content[step]
        content[path[-1]] = value

    return change


CASES = [
    ("more than there are", "demo/trials.json", spoilt([0, "outcome", "after", "x"], 999), "999 of 112"),
    ("a typed verdict", "demo/trials.json", lambda all: all[0].update(verdict="worked"), "unknown ['verdict']"),
    ("an idea that is not there", "demo/trials.json", spoilt([0, "idea"], "nowhere"), "no such idea"),
    ("due before it began", "demo/trials.json", spoilt([0, "due"], "2020-01-01"), "out of order"),
    ("reported in the future", "demo/trials.json", spoilt([0, "reported"], "2027-01-01"), "out of order"),
    ("a certainty", "demo/trials.json", spoilt([0, "prediction", "probability"], 1), "prediction"),
    ("somebody of another school", "demo/trials.json", spoilt([3, "people"], ["ruth-ouellette"]), "had no role there"),
    ("no spread", "demo/trials.json", spoilt([3, "outcome", "before", "sd"], 0), "before: "),
    ("membership without history", "demo/schools.json", spoilt([0, "membership", "history"], []), "history"),
    ("a text of later", "demo/schools.json", spoilt([0, "membership", "agreement"], "2026-1"), "after it was issued"),
    ("four of one", "demo/schools.json", spoilt([0, "membership", "history", 3, "why"], "Three of four."), "received, but"),
    ("a day that is not of today", "demo/waiting.json", spoilt(["trials", 0, "due"], "soon"), "day soon"),
    ("somebody who is not there", "demo/waiting.json", spoilt(["threads", 0, "posts", 0, "person"], "nobody"), "is nobody"),
    ("a mail domain that is real", "demo/schools.json", spoilt([0, "domain"], "school.org"), "could be real"),
    ("a mention of nobody", "demo/threads.json", spoilt([0, "posts", 1, "text"], "@[nobody]"), "mentions nobody"),
    ("an answer before the question", "demo/threads.json", spoilt([0, "posts", 1, "at"], "2020-01-01T00:00"), "moments"),
    ("a project of somebody elsewhere", "demo/projects.json", spoilt([0, "lead"], "dana-whitcomb"), "had no role there"),
    ("a routine that nobody keeps", "demo/projects.json", spoilt([0, "routine"], "nothing"), "no measure nothing"),
    ("more than were counted", "demo/measures.json", spoilt([0, "series", 0, "counts", 0], 9999), "more than there are"),
    ("a count of the future", "demo/measures.json", spoilt([0, "series", 0, "from"], "2026-11-09"), "weeks from"),
    ("a topic that is not ours", "demo/ideas.json", spoilt([0, "topics"], ["synergy"]), "topics"),
    ("a day that does not exist", "demo/ideas.json", spoilt([0, "created"], "2024-02-30"), "not a date"),
    ("one person twice", "demo/people.json", lambda all: all.append(all[0]), "key used twice"),
    ("two commitments", "commitments.json", lambda all: all.pop(), "three"),
]


def check(data):
    return subprocess.run([sys.executable, ROOT / "script/check-demo", "--data", data], capture_output=True, text=True)


class CheckDemo(unittest.TestCase):
    def test_accepts_the_data_as_it_is(self):
        result = check(ROOT / "Data")
        self.assertEqual((result.returncode, result.stderr), (0, ""))

    def test_refuses_and_names_what_is_spoilt(self):
        for name, file, change, words in CASES:
            with self.subTest(name), tempfile.TemporaryDirectory() as folder:
                data = shutil.copytree(ROOT / "Data", pathlib.Path(folder) / "Data")
                content = json.loads((data / file).read_text("utf-8"))
                change(content)
                (data / file).write_text(json.dumps(content), "utf-8")
                result = check(data)
                self.assertEqual(result.returncode, 1)
                self.assertIn(words, result.stderr)


if __name__ == "__main__":
    unittest.main()
