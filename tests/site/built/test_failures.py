"""A fault in one language must fail the whole build, and only the build: planted in a small site of its own."""

from pathlib import Path

import pytest

from tests.support.small_site import HOME, build_small_site, make_small_site


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A project with one page in each language; doccheck has tests of its own."""
    make_small_site(tmp_path, checked=False)
    return tmp_path


@pytest.mark.thorough
def test_a_warning_in_one_language_fails_the_strict_build(small: Path) -> None:
    (small / "docs" / "ko" / "index.md").write_text(HOME + "\n[gone](gone.md)\n", encoding="utf-8")
    strict = build_small_site(small, "--strict")
    assert strict.returncode == 1
    assert "gone.md" in strict.stderr
    assert (small / "site" / "en" / "index.html").is_file()  # the languages after it were still built
    assert build_small_site(small).returncode == 0


def test_an_error_in_one_language_fails_every_build_and_names_the_page(small: Path) -> None:
    (small / "docs" / "ja" / "index.md").write_text(HOME + "\n$\\nosuch{x}$\n", encoding="utf-8")
    build = build_small_site(small)
    assert build.returncode == 1
    assert r"index.md: cannot convert the formula \nosuch{x}: latex2mathml does not know \nosuch" in build.stderr
    assert "could not build: ja" in build.stderr
