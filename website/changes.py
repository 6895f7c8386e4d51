"""Tells whether anything that a language's site is made from has changed since it was built."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

SHARED = ("docs/assets", "website", "dezero_lite", "doccheck", "mkdocs.yml", "pyproject.toml")


def signature(root: MkDocsConfig, lang: str) -> str:
    """A digest of the language's files, of the files all languages share, and of the site's address."""
    house = Path(root.config_file_path).parent
    digest = hashlib.sha256(f"{root.site_url} {lang}".encode())
    for path in _files([house / name for name in SHARED] + [Path(root.docs_dir, lang)]):
        digest.update(f"\0{path}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _files(places: list[Path]) -> Iterator[Path]:
    for place in places:
        inside = sorted(place.rglob("*")) if place.is_dir() else [place]
        yield from (path for path in inside if path.is_file() and "__pycache__" not in path.parts)
