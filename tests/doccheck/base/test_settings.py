"""Settings that say nothing to doccheck are refused: they would switch off what they are for, without a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from doccheck.base.settings import KNOWN, SettingsError, find_settings, read_table


def _table(root: Path, text: str) -> None:
    (root / "docs" / "en").mkdir(parents=True)
    (root / "pyproject.toml").write_text(f"[tool.doccheck]\n{text}\n")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('languages = "en"', "languages = 'en'; it is a list of strings"),
        ('languages = ["EN"]', "languages = ['EN'], and docs has no folder of such a name"),
        ('docs = "dcos"', "'dcos' in docs, and there is no such file or folder"),
        ('extra-pages = ["REDAME.md"]', "'REDAME.md' in extra-pages, and there is no such file or folder"),
        ('docstrings = ["pakcage"]', "'pakcage' in docstrings, and there is no such file or folder"),
        ('code = ["pakcage"]', "'pakcage' in code, and there is no such file or folder"),
        ("extra-pages = [1]", "extra-pages = [1]; it is a list of strings"),
        ("glossary = []", "glossary = []; it is a string"),
        ("generated = 3", "generated = 3; it is a string or a list of strings"),
        ('timeout = "20"', "timeout = '20'; it is a number above 0"),
        ("timeout = nan", "timeout = nan; it is a number above 0"),
        ("timeout = true", "timeout = True; it is a number above 0"),
        ('scripts = ["en"]', "scripts = ['en']; it is a table of strings"),
        ('scripts = { en = "z-a" }', "'z-a' in scripts, which is no regular expression: bad character range z-a"),
        ('next-page = { en = "(" }', "'(' in next-page, which is no regular expression: missing )"),
    ],
)
def test_a_setting_that_would_check_nothing_is_refused(tmp_path: Path, text: str, message: str) -> None:
    _table(tmp_path, text)
    with pytest.raises(SettingsError) as caught:
        find_settings(tmp_path)
    assert str(caught.value).startswith(f"[tool.doccheck] has {message}")


def test_settings_of_their_kinds_are_taken(tmp_path: Path) -> None:
    _table(tmp_path, 'languages = ["en", "xx"]\ntimeout = 2\ngenerated = "api"\nscripts = { ja = "ぁ-ヿ" }')
    settings = find_settings(tmp_path)
    assert (settings.languages, settings.timeout, settings.generated) == (("en", "xx"), 2.0, ("api",))


def test_each_setting_is_told_in_the_readme() -> None:
    text = (Path(__file__).parents[3] / "doccheck" / "README.md").read_text("utf-8")
    assert [key for key in KNOWN if f"| `{key}` |" not in text] == []


def test_a_table_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    """Some editors on Windows write one."""
    (tmp_path / "names.toml").write_bytes(b"\xef\xbb\xbfa = 1\n")
    assert read_table(tmp_path / "names.toml") == {"a": 1}
