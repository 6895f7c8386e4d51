"""python -m dezero_lite.start makes the first file of a reader's own framework, and overwrites nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from string import Formatter

import pytest

from dezero_lite import start
from dezero_lite.start import _begin, _main
from doccheck import find_settings
from doccheck.mine.reading import read_own_code

ROOT = Path(__file__).resolve().parents[2]


def test_it_makes_a_first_file_and_says_what_to_do_next(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "dezero_lite.start", "my_dezero", "--language", "en"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "my_dezero/core.py is the first file of your framework." in done.stdout
    assert f"pytest docs/en/stage1/step01.md --mine {tmp_path / 'my_dezero'}" in done.stdout
    assert [path.name for path in (tmp_path / "my_dezero").iterdir()] == ["core.py"]
    assert read_own_code(tmp_path / "my_dezero", ["dezero_lite"]).faults == []
    again = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (again.returncode, again.stdout) == (1, "")
    assert (
        again.stderr
        == "my_dezero exists already, and nothing in it was changed; choose a folder that doesn't exist yet\n"
    )


def test_a_checkout_has_the_pages_and_the_package_alone_has_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert find_settings(ROOT).docs.is_dir()
    page = tmp_path / "docs" / "en" / "stage1" / "step01.md"
    monkeypatch.chdir(tmp_path)
    alone = _begin(Path("one"), tmp_path, "en")
    assert "come with the sources of this package, a folder with docs/ in it" in alone
    assert f"pytest docs/en/stage1/step01.md --mine {tmp_path / 'one'}" in alone
    page.parent.mkdir(parents=True)
    page.touch()
    there = _begin(Path("two"), tmp_path, "en")
    assert "Let the page check your code:  pytest docs/en/stage1/step01.md --mine two\n" in there


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("my-dezero", "'my-dezero' cannot be the name of a package"),
        ("class", "'class' cannot be the name of a package"),
        ("dezero_lite", "'dezero_lite' is the name of another package"),
        ("random", "'random' is the name of another package"),
    ],
)
def test_a_name_that_will_not_do_is_refused(tmp_path: Path, name: str, says: str) -> None:
    with pytest.raises(SystemExit, match=says):
        _main([str(tmp_path / name), "--language", "en"])
    assert not (tmp_path / name).exists()


LINES = {
    "en": "my_dezero/core.py is the first file of your framework. Now:",
    "ja": "my_dezero/core.pyが、あなたのフレームワークの最初のファイルです。次のように進めます。",
    "ko": "내 프레임워크의 첫 파일을 만들었습니다: my_dezero/core.py",
}
LOCALES = {"ja_JP.UTF-8": "ja", "ko_KR.UTF-8": "ko", "en_GB.UTF-8": "en", "fr_FR.UTF-8": "en", "C": "en", "": "en"}


@pytest.mark.parametrize(("setting", "language"), LOCALES.items())
def test_it_speaks_the_language_of_the_computer(tmp_path: Path, setting: str, language: str) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
    environment |= {"LANG": setting, "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "dezero_lite.start", "my_dezero"]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert done.stdout.splitlines()[0] == LINES[language]
    assert f"pytest docs/{language}/stage1/step01.md --mine {tmp_path / 'my_dezero'}" in done.stdout
    assert read_own_code(tmp_path / "my_dezero", ["dezero_lite"]).faults == []
    variables = dict.fromkeys(("LC_ALL", "LC_MESSAGES"), setting)
    other = subprocess.run(
        [*command, "--language", "ko"],
        cwd=tmp_path,
        env=environment | variables,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert other.stderr.startswith("my_dezero: 이미 있는 폴더이며")


def test_it_says_the_same_in_every_language() -> None:
    for words in [start.FIRST, start.NEXT, start.CHECK, start.DOWNLOAD, start.NO_NAME, start.TAKEN, start.EXISTS]:
        assert words.keys() == LINES.keys()
        fields = [sorted({field for _, field, _, _ in Formatter().parse(text) if field}) for text in words.values()]
        assert fields[0] == fields[1] == fields[2]


def test_a_console_that_lacks_letters_is_no_reason_to_stop(tmp_path: Path) -> None:
    """On Windows a console may write cp932 or cp1252."""
    for encoding in ["cp932", "cp1252"]:
        command = [sys.executable, "-m", "dezero_lite.start", f"my_{encoding}", "--language", "ko"]
        environment = os.environ | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=True)
        assert f"my_{encoding}/core.py".encode() in done.stdout
        assert read_own_code(tmp_path / f"my_{encoding}", ["dezero_lite"]).faults == []
