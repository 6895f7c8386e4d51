"""course.toml is the one table of pages: what it says wrongly is refused, and all that follows from it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from doccheck.base.settings import find_settings
from tests.support.site_facts import COURSE, LANGUAGES, ROOT
from website.course import CourseError, check_titles, read_course

FILES = {path.relative_to(ROOT / "docs" / "en").as_posix() for path in (ROOT / "docs" / "en").rglob("*.[mi][dp]*")}
ENTRY = """
[[part]]
pages = [{ file = "index.md" }]

[[part]]
folder = "s1"
title = { ja = "一", ko = "일", en = "One" }
pages = [
  { step = 1, ja = "箱", ko = "상자", en = "Boxes" },
  { step = 2, ja = "鎖", ko = "사슬", en = "Chains" },
  { file = "end.md" },
]

[[part]]
folder = "s2"
title = { ja = "二", ko = "이", en = "Two" }
pages = [{ step = 3, ja = "木", ko = "나무", en = "Trees" }]
"""


def test_all_sixty_steps_and_every_page_have_their_entry() -> None:
    assert [step.step for step in COURSE.steps] == list(range(1, 61))
    check_titles(COURSE, LANGUAGES)
    entries = set(COURSE.files(ROOT / "docs" / "en"))
    made = {file for file in entries if find_settings(ROOT).is_generated(ROOT / "docs" / "en" / file)}
    assert entries - made == FILES


def test_stages_3_to_5_are_one_program_that_begins_where_stage_2_ends() -> None:
    settings = find_settings(ROOT)
    folders = [path.name for path in settings.program(ROOT / "docs" / "en" / "stage4")]
    assert folders == ["stage2", "stage3", "stage4", "stage5"]
    assert [path.name for path in settings.program(ROOT / "docs" / "ko" / "stage1")] == ["stage1"]


def test_a_folder_is_unfinished_while_steps_are_still_to_come() -> None:
    """Steps of its own, or of a folder that continues its program: these may list its definitions anew."""
    to_come: set[str | None] = set()
    for part in reversed(COURSE.parts):
        written = [step.file in FILES for step in part.steps]
        if any(written) and not all(written):
            assert part.unfinished is not None, part.folder
        if not all(written) or part.folder in to_come:
            to_come |= {part.folder, part.after}
        assert part.unfinished is None or part.folder in to_come, part.folder


def test_the_navigation_names_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "course.toml").write_text(ENTRY, "utf-8")
    course = read_course(tmp_path)
    docs = tmp_path / "docs" / "ko"
    (docs / "s1").mkdir(parents=True)
    assert course.nav(docs, "ko") == ["index.md", {"일": ["s1/end.md"]}]  # a step is to come, another page is missing
    (docs / "s1" / "step02.md").touch()
    assert course.nav(docs, "ko") == ["index.md", {"일": ["s1/step02.md", "s1/end.md"]}]
    assert course.lesson_folders == ["s1", "s2"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("step = 2,", "step = 1,", "course.toml has s1/step01.md twice; a page has one place"),
        (
            "file = ",
            "flie = ",
            r"part without a folder: a page is a step or has a file; \{'flie': 'index.md'\} does not",
        ),
        ('"end.md"', '"end.md", en = "The end"', "part s1: end.md has its title in itself; take en out"),
        (
            "folder = ",
            "fodler = ",
            "part without a folder has 'fodler'; it may have after, folder, lookup, pages, title",
        ),
        ('ko = "나무", ', "", "step 3 has titles in ja, en, not in ja, ko, en"),
        ("[[part]]", "[[part", "course.toml: "),
    ],
)
def test_what_is_wrong_in_the_table_is_told(tmp_path: Path, old: str, new: str, says: str) -> None:
    (tmp_path / "course.toml").write_text(ENTRY.replace(old, new), "utf-8")
    with pytest.raises(CourseError, match=says):
        check_titles(read_course(tmp_path), LANGUAGES)


def test_pytest_knows_every_step(pytestconfig: pytest.Config) -> None:
    known = pytestconfig.getini("markers")
    for step in COURSE.steps:
        assert f"step{step.step:02}: {step.titles['en']}" in known
