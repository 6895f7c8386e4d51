"""Every program of the pages, run in a browser: what it prints there, and what its values are, is what the page says.

One language is enough, for doccheck has seen that the programs of the others are the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from textwrap import indent

import pytest
from playwright.sync_api import Browser

from tests.support.play import Message, Python
from tests.support.site_facts import LABS, PAGES

pytestmark = [pytest.mark.browser, pytest.mark.thorough]
# the same; the same but for last digits; the same but for integers that have 32 bits there
AGREES = {"same", "digits", "types"}
QUICK = 500  # milliseconds that a page takes whose exercises are tried, too


def _address(page: Path) -> str:
    folder = page.parent if page.stem == "index" else page.with_suffix("")
    return f"en/{folder.as_posix()}/".replace("/./", "/")


@pytest.fixture(scope="module")
def python(browser: Browser, served: str, site: Path, runtime: Path) -> Iterator[Python]:
    """One worker for all pages: each begins afresh. Nothing it does asks another host for anything."""
    context = browser.new_context(base_url=served)
    foreign: list[str] = []
    context.on("request", lambda request: None if request.url.startswith(served) else foreign.append(request.url))
    tab = context.new_page()
    tab.goto("en/")
    worker = Python(tab, site, runtime)
    assert worker.started["type"] == "ready", worker.started
    yield worker
    context.close()
    assert foreign == []


def _differences(told: list[Message]) -> list[Message]:
    shown = [one for one in told if one["type"] in ("shown", "value")]
    return [one for one in shown if one["verdict"] not in AGREES]


@pytest.mark.parametrize("page", sorted([*PAGES, *LABS]), ids=str)
def test_a_page_says_what_its_program_does_in_the_browser(python: Python, page: Path) -> None:
    blocks = python.open(_address(page))
    if blocks is None:
        text = (Path(__file__).parents[3] / "docs" / "en" / page).read_text("utf-8")
        assert "```python" not in text.replace("````python", "```python")
        return
    code = [block["id"] for block in blocks if block["kind"] == "code" and block["runs"]]
    told = python.ask(type="run", block=code[-1], edits={})
    assert told[-1] == {"type": "done", "id": told[-1]["id"], "ok": True, "stopped": None}, told[-2:]
    assert _differences(told) == []
    assert [one["block"] for one in told if one["type"] == "cell"] == code
    assert _names(told) >= _computable(blocks)
    if sum(one["ms"] for one in told if one["type"] == "cell") < QUICK:
        _try_exercises(python, blocks)


def _names(told: list[Message]) -> set[str]:
    return {one["block"] for one in told if one["type"] in ("shown", "value")}


def _computable(blocks: list[Message]) -> set[str]:
    """Return the names of all outputs, errors and values but those that an example is needed for which cannot run."""
    found, cannot = set(), set()
    for block in blocks:
        if block["kind"] == "code" and not block["runs"]:
            cannot.add(block["id"])
        elif (block["kind"] in ("output", "error") and not cannot & set(block["of"])) or (
            block["kind"] == "value" and not cannot
        ):
            found.add(block["id"])
    return found


def _passing(source: str) -> str:
    """Return a solution that shows how its own error is raised, so that it goes on behind that."""
    return f"try:\n{indent(source, '    ')}\nexcept Exception:\n    pass\n"


def _try_exercises(python: Python, blocks: list[Message]) -> None:
    """The start of each exercise is refused in the words of its check, and the solution passes."""
    raising = {block["of"][0] for block in blocks if block["kind"] == "error"}
    for number, block in enumerate(blocks):
        if block["kind"] != "exercise":
            continue
        refused = python.ask(type="check", exercise=block["id"], answer=block["source"], edits={})[-1]
        assert refused["message"], refused
        solution = []
        for other in blocks[number + 1 :]:
            if other["kind"] == "exercise":
                break
            if other.get("solution"):
                solution.append(_passing(other["source"]) if other["id"] in raising else other["source"])
        passed = python.ask(type="check", exercise=block["id"], answer="\n".join(solution), edits={})[-1]
        assert passed["passed"], str(passed)
