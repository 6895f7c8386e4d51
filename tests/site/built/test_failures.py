"""A fault in one language must fail the whole build, and only the build: planted in a small site of its own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.site_facts import LANGUAGES, ROOT

COURSE = '[[part]]\npages = [{ file = "index.md" }]\n'
HOME = "---\ndescription: A small site.\n---\n\n# Home {#home}\n"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A project with one page in each language and the real machinery around it."""
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    hooks = "\n".join(line for line in config.splitlines() if "doccheck" not in line)  # it has tests of its own
    (tmp_path / "mkdocs.yml").write_text(hooks, encoding="utf-8")
    (tmp_path / "course.toml").write_text(COURSE, encoding="utf-8")
    shutil.copytree(ROOT / "website", tmp_path / "website", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "docs" / "assets", tmp_path / "docs" / "assets")
    for name in ("index.md", "glossary.toml"):
        shutil.copy(ROOT / "docs" / name, tmp_path / "docs")
    for folder in ("dezero_lite", "doccheck"):
        (tmp_path / folder).mkdir()
    for lang in LANGUAGES:
        (tmp_path / "docs" / lang).mkdir()
        (tmp_path / "docs" / lang / "index.md").write_text(HOME, encoding="utf-8")
    return tmp_path


def _build(project: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mkdocs", "build", *options]
    env = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    return subprocess.run(command, cwd=project, env=env, capture_output=True, text=True)


def test_a_warning_in_one_language_fails_the_strict_build(small: Path) -> None:
    (small / "docs" / "ko" / "index.md").write_text(HOME + "\n[gone](gone.md)\n", encoding="utf-8")
    strict = _build(small, "--strict")
    assert strict.returncode == 1
    assert "gone.md" in strict.stderr
    assert (small / "site" / "en" / "index.html").is_file()  # the languages after it were still built
    assert _build(small).returncode == 0


def test_an_error_in_one_language_fails_every_build_and_names_the_page(small: Path) -> None:
    (small / "docs" / "ja" / "index.md").write_text(HOME + "\n$\\nosuch{x}$\n", encoding="utf-8")
    build = _build(small)
    assert build.returncode == 1
    assert r"index.md: cannot convert the formula \nosuch{x}: latex2mathml does not know \nosuch" in build.stderr
    assert "could not build: ja" in build.stderr
