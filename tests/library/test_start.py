"""python -m dezero_lite.start makes the first file of a reader's own framework, and overwrites nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from dezero_lite.start import _begin, _main
from doccheck import find_settings
from doccheck.mine.reading import read_own_code

ROOT = Path(__file__).resolve().parents[2]


def test_it_makes_a_first_file_and_says_what_to_do_next(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "dezero_lite.start", "my_dezero"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "my_dezero/core.py is the first file of your framework." in done.stdout
    assert f"pytest docs/en/stage1/step01.md --mine {tmp_path / 'my_dezero'}" in done.stdout
    assert [path.name for path in (tmp_path / "my_dezero").iterdir()] == ["core.py"]
    assert read_own_code(tmp_path / "my_dezero", ["dezero_lite"]).faults == []
    again = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (again.returncode, again.stdout) == (1, "")
    assert (
        again.stderr
        == "my_dezero exists already, and nothing in it was changed; name a folder that doesn't exist yet\n"
    )


def test_a_checkout_has_the_pages_and_the_package_alone_has_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert find_settings(ROOT).docs.is_dir()
    page = tmp_path / "docs" / "en" / "stage1" / "step01.md"
    monkeypatch.chdir(tmp_path)
    alone = _begin(Path("one"), tmp_path)
    assert "are in the sources of this package, a folder with docs/ in it" in alone
    assert f"pytest docs/en/stage1/step01.md --mine {tmp_path / 'one'}" in alone
    page.parent.mkdir(parents=True)
    page.touch()
    there = _begin(Path("two"), tmp_path)
    assert "Let the page judge your code:  pytest docs/en/stage1/step01.md --mine two\n" in there


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
        _main([str(tmp_path / name)])
    assert not (tmp_path / name).exists()
