"""A small project with this one's real machinery around a few pages, to be built or served on its own."""

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.support.site_facts import LANGUAGES, ROOT

HOME = "---\ndescription: A small site.\n---\n\n# Home {#home}\n"
COURSE = '[[part]]\npages = [{ file = "index.md" }]\n'
HOUSE = ("website", "figures", "doccheck")  # what builds a site


def make_small_site(root: Path, course: str = COURSE, *, checked: bool = True) -> None:
    """Put a home page in each language, and all that is needed to build it, into a folder.

    checked: with doccheck, which takes a while.
    """
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    if not checked:
        config = "\n".join(line for line in config.splitlines() if "doccheck/" not in line) + "\n"
    (root / "mkdocs.yml").write_text(config, encoding="utf-8")
    (root / "course.toml").write_text(course, encoding="utf-8")
    languages = ", ".join(f'"{lang}"' for lang in LANGUAGES)
    settings = f'[tool.doccheck]\nlanguages = [{languages}]\ngenerated = "reference"\n'
    (root / "pyproject.toml").write_text(settings, encoding="utf-8")
    for folder in HOUSE:  # with what Python has compiled, or each build would compile it
        if (ROOT / folder).is_dir():
            shutil.copytree(ROOT / folder, root / folder)
    for drawing in (root / "figures").glob("*/[a-z]*.py"):
        drawing.unlink()  # no page here shows it, and a build would draw it
    forget_what_is_asked(root)
    (root / "dezero_lite").mkdir()
    shutil.copytree(ROOT / "docs" / "assets", root / "docs" / "assets")
    for name in ("index.md", "glossary.toml", "symptoms.toml"):
        shutil.copy(ROOT / "docs" / name, root / "docs")
    write_pages(root, {"index.md": HOME})


def forget_what_is_asked(root: Path) -> None:
    """Empty the tables of what readers ask of the sections of this course, which a project of a test does not have."""
    for table in (root / "website" / "search" / "asked").glob("*.toml"):
        table.write_text("", encoding="utf-8")


def write_pages(root: Path, pages: Mapping[str, str]) -> None:
    """Write pages into the folder of each language; LANG in a text stands for the language."""
    for lang in LANGUAGES:
        for name, text in pages.items():
            path = root / "docs" / lang / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.replace("LANG", lang), encoding="utf-8")


def build_small_site(root: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    """Build it as on the command line."""
    command = [sys.executable, "-m", "mkdocs", "build", *options]
    return subprocess.run(command, cwd=root, capture_output=True, text=True)
