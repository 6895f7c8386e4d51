"""Lines that nobody has translated yet."""

from __future__ import annotations

import pytest

from tests.support.sample_project import Project

SENTENCE = {
    "aa": "A line of this page may name `x` or Python, and it has many words.",
    "bb": "この行には x や Python という名前があってもよい。",
    "cc": "이 줄에는 x 와 Python 이라는 이름이 있어도 됩니다.",
}


@pytest.fixture
def scripted(project: Project) -> Project:
    file = project.root / "pyproject.toml"
    file.write_text(file.read_text() + 'scripts = { bb = "ぁ-ヿ", cc = "가-힣" }\n')
    return project


def _page(sentence: str) -> str:
    return f"# 1 {{#a}}\n\n{sentence}\n\n- `x`, NumPy, PyTorch\n"


@pytest.mark.parametrize("language", SENTENCE)
@pytest.mark.parametrize("written", SENTENCE)
def test_a_line_is_in_the_script_of_its_page(scripted: Project, language: str, written: str) -> None:
    scripted.write("a.md", _page(SENTENCE[written]), language)
    found = [text for text in scripted.problems(f"{language}/a.md") if "script" in text]
    if written == language:
        assert found == []
    else:
        assert len(found) == 1
        assert found[0].startswith(f"pages/{language}/a.md:3: ")
        assert found[0].endswith(f" is not in the script of {language}; translate the line")


def test_without_the_setting_no_script_is_asked_for(project: Project) -> None:
    project.write("a.md", _page(SENTENCE["bb"]))
    assert project.problems() == []
