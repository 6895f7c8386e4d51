"""The Python that runs in the reader's browser, run here: it is told in JSON what to do, and tells what happened."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from doccheck import Book, cells, find_settings
from tests.support.site_facts import ROOT
from website.play.publish import SESSION, session_zip

Message = dict[str, Any]
DRIVER = """
import json, sys
from website.play.session import Session
session = Session(print_ := lambda text: told.append(json.loads(text)), {"input": "nobody answers"})
told = []
for message in json.load(sys.stdin):
    session.handle(json.dumps(message))
    told.append({"type": "imports", "modules": json.loads(session.imports(json.dumps(message)))})
json.dump(told, sys.__stdout__)
"""
PAGE: list[Message] = [
    {"id": "b0", "kind": "code", "source": "x = 1\nprint(x)\n", "editable": True, "runs": True},
    {"id": "b1", "kind": "output", "text": "1\n", "of": ["b0"]},
    {"id": "v0", "kind": "value", "expr": "x", "text": "1"},
    {"id": "b2", "kind": "code", "source": "x += 1\nprint(x)\nx / 0\n", "editable": True, "runs": True},
    {"id": "b3", "kind": "output", "text": "2\n", "of": ["b2"]},
    {"id": "b4", "kind": "error", "text": "ZeroDivisionError: division by zero\n", "of": ["b2"]},
    {"id": "b5", "kind": "exercise", "source": "def twice(x):\n    return ...\n", "check": "b6", "name": "a-exercise"},
    {"id": "b6", "kind": "check", "source": 'assert twice(x) == 4, "two times two"\n'},
    {"id": "b7", "kind": "code", "source": "x += 1\n", "editable": True, "runs": True},
    {"id": "v1", "kind": "value", "expr": "x", "text": "3"},
]


def talk(*messages: Message, blocks: list[Message] | None = None) -> list[Message]:
    """Send messages about a page, and return all answers but what opening it and printing give."""
    sent = [{"type": "open", "id": 0, "page": {"blocks": PAGE if blocks is None else blocks}}, *messages]
    env = os.environ | {"PYTHONHASHSEED": "0", "MPLBACKEND": "agg", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", DRIVER]
    done = subprocess.run(command, input=json.dumps(sent), env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    told: list[Message] = json.loads(done.stdout)
    return [one for one in told if one["type"] not in ("opened", "stream", "imports", "begun")]


def run(block: str, **edits: str) -> Message:
    return {"type": "run", "id": 1, "block": block, "edits": edits}


def of(told: list[Message], kind: str) -> list[Message]:
    return [one for one in told if one["type"] == kind]


def test_what_stands_above_runs_first_and_all_is_compared() -> None:
    told = talk(run("b7"))
    assert [one["block"] for one in of(told, "cell")] == ["b0", "b2", "b7"]
    shown = {one["block"]: one["verdict"] for one in told if one["type"] in ("shown", "value")}
    assert shown == dict.fromkeys(["b1", "v0", "b3", "b4", "v1"], "same")
    assert told[-1] == {"type": "done", "id": 1, "ok": True, "stopped": None}


def test_what_has_run_does_not_run_again_but_below_it_all_begins_anew() -> None:
    told = talk(run("b0"), run("b7"), run("b2"), run("b2"))
    assert [one["block"] for one in of(told, "cell")] == ["b0", "b2", "b7", "b0", "b2", "b0", "b2"]
    assert {one["verdict"] for one in of(told, "shown")} == {"same"}


def test_an_edit_above_counts_and_what_differs_is_shown_line_by_line() -> None:
    told = talk(run("b0"), run("b7", b0="x = 5\nprint('five')\nprint(x)\n"))
    assert of(told, "cell")[1]["text"] == "five\n5\n"
    (first, second) = [one for one in of(told, "shown") if one["block"] == "b1"]
    assert (first["verdict"], second["verdict"]) == ("same", "different")
    assert second["lines"] == [{"page": "1", "here": "five", "same": False}, {"page": None, "here": "5", "same": False}]
    assert [one["text"] for one in of(told, "value")[1:]] == ["5", "7"]


def test_an_error_that_the_page_does_not_show_stops_and_is_told_from_her_own_line_on() -> None:
    told = talk(run("b7", b0="y = 1\nprint(x)\n"), run("b0"))
    cell = of(told, "cell")[0]
    assert cell["error"] == "NameError: name 'x' is not defined"
    assert cell["traceback"].startswith('Traceback (most recent call last):\n  File "example 1", line 2, in <module>\n')
    assert "session" not in cell["traceback"]
    assert of(told, "done")[0] == {"type": "done", "id": 1, "ok": False, "stopped": "b0"}
    assert of(told, "done")[1]["ok"]


def test_an_example_that_cannot_run_there_is_passed_over() -> None:
    blocks = [dict(PAGE[0]), *PAGE[1:]]
    blocks[3] = PAGE[3] | {"runs": False}
    told = talk(run("b7"), blocks=blocks)
    assert [one["block"] for one in of(told, "cell")] == ["b0", "b7"]
    assert [one["block"] for one in of(told, "shown")] == ["b1"]
    assert [one["block"] for one in of(told, "value")] == ["v0", "v1"]
    blocks[-1] = PAGE[-1] | {"expr": "made_there"}
    assert [one["block"] for one in of(talk(run("b7"), blocks=blocks), "value")] == ["v0"]


@pytest.mark.parametrize(
    ("answer", "says", "error"),
    [
        ("def twice(x):\n    return ...\n", "two times two", None),
        ("def twice(x):\n    return x * 2\n", None, None),
        ("def twice(x):\n    assert False, 'hers'\n", None, "AssertionError: hers"),
        ("def twice(x:\n", None, "SyntaxError: '(' was never closed"),
    ],
)
def test_a_check_answers_in_its_own_words_and_tells_them_from_her_errors(
    answer: str, says: str | None, error: str | None
) -> None:
    told = talk({"type": "check", "id": 2, "exercise": "b5", "answer": answer, "edits": {}}, run("b7"))
    (checked,) = of(told, "checked")
    assert (checked["message"], checked["error"]) == (says, error)
    assert checked["passed"] is (says is None and error is None)
    assert of(told, "value")[-1]["verdict"] == "same"  # nothing of the answer is left


def test_a_check_waits_for_what_stands_above() -> None:
    wrong = {"b0": "raise ValueError('no')\n"}
    told = talk({"type": "check", "id": 2, "exercise": "b5", "answer": "", "edits": wrong})
    assert told[-1] == {"type": "done", "id": 2, "ok": False, "stopped": "b0"}


def test_a_scratch_page_shows_its_last_value_and_begins_afresh_each_time() -> None:
    told = talk({"type": "scratch", "id": 3, "code": "a = 2\na * 21"}, {"type": "scratch", "id": 4, "code": "a"})
    first, second = of(told, "cell")
    assert first["text"] == "42\n"
    assert second["error"] == "NameError: name 'a' is not defined"


def test_nothing_of_a_run_is_there_in_the_next() -> None:
    code = """
import sys, pathlib
import numpy as np
import dezero_lite.stage1
print(np.get_printoptions()["precision"], hasattr(dezero_lite.stage1, "mark"), pathlib.Path("left").exists())
np.set_printoptions(precision=2)
dezero_lite.stage1.mark = True
pathlib.Path("left").write_text("")
pathlib.Path("left_module.py").write_text("n = 1")
import left_module
print("left_module" in sys.modules)
"""
    told = talk(*[{"type": "scratch", "id": number, "code": code} for number in range(2)])
    assert [one["text"] for one in of(told, "cell")] == ["8 False False\nTrue\n"] * 2


def test_a_program_that_asks_is_told_that_nobody_answers() -> None:
    told = talk({"type": "scratch", "id": 3, "code": "input('Name? ')"})
    assert of(told, "cell")[0]["error"] == "NoInputError: nobody answers"
    assert of(told, "cell")[0]["text"] == "Name? "


def test_plots_appear_where_they_are_shown_and_those_that_are_left_open_at_the_end() -> None:
    code = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()\nprint('between')\nplt.plot([2, 1]);"
    told = talk({"type": "scratch", "id": 3, "code": code})
    (cell,) = of(told, "cell")
    assert [one["kind"] for one in cell["outputs"]] == ["image", "text", "image"]
    assert all("<svg" in one["svg"] for one in cell["outputs"] if one["kind"] == "image")


def test_a_value_that_changes_something_changes_nothing_for_what_runs_next() -> None:
    blocks: list[Message] = [
        {"id": "b0", "kind": "code", "source": "a = [1, 2]\n", "runs": True},
        {"id": "v0", "kind": "value", "expr": "a.pop()", "text": "2"},
        {"id": "b1", "kind": "code", "source": "print(a)\n", "runs": True},
        {"id": "b2", "kind": "output", "text": "[1, 2]\n", "of": ["b1"]},
    ]
    told = talk(run("b1"), blocks=blocks)
    assert [one["verdict"] for one in told if one["type"] in ("shown", "value")] == ["same", "same"]


def test_integers_of_32_bits_are_told_from_other_differences() -> None:
    blocks: list[Message] = [
        {"id": "b0", "kind": "code", "source": "print('int32', 0.30000000000000004)\n", "runs": True},
        {"id": "b1", "kind": "output", "text": "int64 0.3\n", "of": ["b0"]},
        {"id": "b2", "kind": "code", "source": "print('int32', 1)\n", "runs": True},
        {"id": "b3", "kind": "output", "text": "int64 2\n", "of": ["b2"]},
        {"id": "b4", "kind": "code", "source": "print(0.30000000000000004, 0.2)\n", "runs": True},
        {"id": "b5", "kind": "output", "text": "0.3 0.2\n", "of": ["b4"]},
        {"id": "b6", "kind": "code", "source": "print(0.31)\n", "runs": True},
        {"id": "b7", "kind": "output", "text": "0.3\n", "of": ["b6"], "tol": "5%"},
    ]
    assert [one["verdict"] for one in of(talk(run("b6"), blocks=blocks), "shown")] == [
        "types",
        "different",
        "digits",
        "digits",
    ]


@pytest.mark.parametrize("page", ["stage1/step04.md", "stage2/step23.md", "stage3/step33.md", "tracks/variables.md"])
def test_a_page_does_what_doccheck_has_checked(page: str) -> None:
    book = Book(find_settings(ROOT))
    path = ROOT / "docs" / "en" / page
    blocks = cells(book.page(path), book.earlier(path))
    last = [block["id"] for block in blocks if block["kind"] == "code"][-1]
    told = talk(run(last), blocks=blocks)
    shown = {one["block"]: one["verdict"] for one in told if one["type"] in ("shown", "value")}
    assert shown == {b["id"]: "same" for b in blocks if b["kind"] in ("output", "error", "value")}
    assert told[-1]["ok"]


def test_the_zip_holds_all_that_is_needed_there(tmp_path: Path) -> None:
    with zipfile.ZipFile(BytesIO(session_zip(ROOT))) as archive:
        assert sorted(archive.namelist()) == sorted(SESSION)
        archive.extractall(tmp_path)
    other = "{'markdown', 'sybil', 'mkdocs', 'nbformat', 'pytest', 'playwright'}"
    code = (
        f"import sys; sys.path[:0] = [{str(tmp_path)!r}]; sys.modules.update(dict.fromkeys({other}));"
        "import website.play.session, website.play.state, website.play.numpy_here as n; n.mend(); print(n.__file__)"
    )
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(str(tmp_path))
    assert session_zip(ROOT) == session_zip(ROOT)


LEAVES = {
    "logging": "import logging, sys\nlogging.basicConfig(stream=sys.stdout)\nlogging.warning('here')\n",
    "a built-in name": "import builtins\nprint(hasattr(builtins, 'mine'))\nbuiltins.mine = 1\n",
    "a changed built-in": "import builtins\nprint(abs(-1))\nbuiltins.abs = lambda x: x\n",
    "the environment": "import os\nprint('MINE' in os.environ, 'PATH' in os.environ)\nos.environ['MINE'] = '1'\ndel os.environ['PATH']\n",
}


def test_what_a_program_leaves_is_gone_when_another_runs() -> None:
    codes = [code for code in LEAVES.values() for _ in range(2)]
    told = of(talk(*[{"type": "scratch", "id": number, "code": code} for number, code in enumerate(codes)]), "cell")
    for name, first, second in zip(LEAVES, told[::2], told[1::2], strict=True):
        assert first["error"] is None
        assert second["text"] == first["text"] != "", name
