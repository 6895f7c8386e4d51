"""Tells whether anything that a language's site is made from has changed since it was built."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from doccheck import SITE
from website.build.editor import EDITOR
from website.build.maths_font import WHOLE
from website.context import context_of

MADE_WITH = ("website", "dezero_lite", "doccheck", "figures", "course.toml", "mkdocs.yml", "pyproject.toml")


def tool_digest(root: MkDocsConfig) -> str:
    """A digest of what makes all pages: the programs, their settings, the package that the pages show."""
    house = Path(root.config_file_path).parent
    return _digest([house / name for name in MADE_WITH])


def language_digest(root: MkDocsConfig, lang: str) -> str:
    """A digest of all that a language's site is made from: tools, files, address, and what is wrong with its pages."""
    docs = Path(root.docs_dir)
    # an edit in one language may make the page wrong in the others
    wrong = [str(p) for path, verdict in SITE.verdicts.items() if docs / lang in path.parents for p in verdict.problems]
    made = [Path(root.config_file_path).parent / path for path in (EDITOR, WHOLE)]
    files = _digest([docs / "assets", docs / "glossary.toml", docs / "symptoms.toml", docs / lang, *made])
    runtime = context_of(root).runtime
    made_from = [root.site_url, lang, tool_digest(root), files, wrong, runtime.key if runtime else ""]
    return hashlib.sha256(repr(made_from).encode()).hexdigest()


def _digest(places: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in _files(places):
        digest.update(f"\0{path}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _files(places: list[Path]) -> Iterator[Path]:
    for place in places:
        inside = sorted(place.rglob("*")) if place.is_dir() else [place]
        yield from (path for path in inside if path.is_file() and "__pycache__" not in path.parts)
