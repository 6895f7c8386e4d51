"""Where things are: what the tests of the site share."""

import re
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from website.course import read_course

ROOT = Path(__file__).parents[2]
# the environment variable that stands for CI during the tests: see tests/conftest.py
IN_CI = "TESTS_IN_CI"
# how the reason begins why a test in a browser is skipped
NO_BROWSER = "no browser to test in"
# the same for the folder in which `pytest docs` has left what programs did; what a test starts knows nothing of it
OUTCOMES = "TESTS_OUTCOMES"
LANGUAGES = ("ja", "ko", "en")
# For tests that take long, of what a language changes little: the others are looked at in the thorough lane.
IN_TURN = ("en", *(pytest.param(lang, marks=pytest.mark.thorough) for lang in ("ja", "ko")))
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
PAGES = sorted(path.relative_to(ROOT / "docs" / "ja") for path in (ROOT / "docs" / "ja").rglob("*.md"))
LABS = sorted(path.relative_to(ROOT / "docs" / "ja") for path in (ROOT / "docs" / "ja").rglob("*.ipynb"))
COURSE = read_course(ROOT)
WRITTEN = [PurePosixPath(file) for file in COURSE.files(ROOT / "docs" / "ja")]
# Pages of the API reference, which the build makes.
REFERENCE = [Path(page) for page in WRITTEN if page.parts[0] == "reference"]


def _kind(page: PurePosixPath) -> str:
    """The files that are of a page's kind: a stage's pages differ in their numbers alone, others in their names."""
    if page.stem == "index":
        return f"{page.with_suffix('')}.html"
    folder, stem = page.parent.as_posix(), page.stem
    if not folder.startswith("stage"):
        stem = "*" if folder != "." else stem
    return re.sub(r"\d", "?", f"{folder}/{stem}/index.html").removeprefix("./")


def _address(page: PurePosixPath) -> str:
    return f"{page.parent if page.stem == 'index' else page.with_suffix('')}/".removeprefix("./")


# Every kind of page: the files of a language that are of this kind, and the last of them, which stands for them in tests.
KINDS = {_kind(page): _address(page) for page in WRITTEN} | {"404.html": "404.html"}
# Of these, what is made of sentences, formulas and code, and a short page that stands for them: the code so far of a
# last step has 20,000 words.
LESSONS = [page for page in KINDS.values() if page.startswith(("stage", "write-"))]
SHORT_LESSON = "stage1/step04/"
# The stages as one page for paper: no page of MkDocs, without a script, and as long as a stage.
PAPER = "stage?/paper/index.html"
# The language chooser, and the page for an address that is in no language.
AT_ROOT = ("", "404.html")


def kinds(lang: str, *, lessons: bool = True) -> list[str]:
    """A page of each kind in a language; without lessons, of these but a short one."""
    pages = KINDS.values() if lessons else [SHORT_LESSON, *(page for page in KINDS.values() if page not in LESSONS)]
    return [f"{lang}/{page}" for page in pages]
