"""Where a project keeps its pages: the [tool.doccheck] table of its pyproject.toml."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class SettingsError(Exception):
    """The [tool.doccheck] table is missing or says something that doccheck does not know."""


@dataclass(frozen=True)
class Settings:
    """root holds pyproject.toml; docs holds one folder for each language; extra_pages stand elsewhere.

    code names the folders of Python files that pages import, so that their changes are noticed;
    glossary names a TOML file of terms or is None; timeout is the number of seconds that a page may run;
    checkout is the name under which a console fence finds the project to install it, or None; generated
    is the folder, in that of each language, whose pages a site's build makes, or None; scripts gives the
    letters of languages that are not written in Latin ones, as a regular expression has them in brackets.
    """

    root: Path
    docs: Path
    languages: tuple[str, ...] = ()
    extra_pages: tuple[Path, ...] = ()
    code: tuple[Path, ...] = ()
    glossary: Path | None = None
    timeout: float = 60.0
    checkout: str | None = None
    generated: str | None = None
    scripts: tuple[tuple[str, str], ...] = ()

    def name(self, path: Path) -> str:
        """Return how messages name a file: relative to the root, with forward slashes."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)

    def language(self, path: Path) -> str | None:
        """Return the language folder that a page lies in, or None for a page outside of all."""
        for language in self.languages:
            if path.is_relative_to(self.docs / language):
                return language
        return None

    def is_generated(self, path: Path) -> bool:
        """Say whether a path lies in the folder for pages that a site's build makes."""
        language = self.language(path) or "."
        return self.generated is not None and path.is_relative_to(self.docs / language / self.generated)

    def siblings(self, path: Path) -> dict[str, Path]:
        """Return the same page in every language, by language; empty for a page outside of all."""
        language = self.language(path)
        if language is None:
            return {}
        inner = path.relative_to(self.docs / language)
        return {name: self.docs / name / inner for name in self.languages}


def find_settings(start: Path) -> Settings:
    """Return the settings of the nearest folder at or above start whose pyproject.toml has the table."""
    for folder in [start, *start.parents]:
        file = folder / "pyproject.toml"
        if file.is_file():
            table = tomllib.loads(file.read_text("utf-8")).get("tool", {}).get("doccheck")
            if table is not None:
                return _settings(folder, table)
    raise SettingsError(f"no pyproject.toml with a [tool.doccheck] table at or above {start}")


def _settings(root: Path, table: dict[str, Any]) -> Settings:
    known = {"checkout", "code", "docs", "languages", "extra-pages", "generated", "glossary", "scripts", "timeout"}
    if unknown := sorted(set(table) - known):
        raise SettingsError(f"[tool.doccheck] has {unknown[0]!r}; it knows {', '.join(sorted(known))}")
    return Settings(
        root=root,
        docs=root / table.get("docs", "docs"),
        languages=tuple(table.get("languages", ())),
        extra_pages=tuple(root / name for name in table.get("extra-pages", ())),
        code=tuple(root / name for name in table.get("code", ())),
        glossary=root / table["glossary"] if "glossary" in table else None,
        timeout=float(table.get("timeout", 60.0)),
        checkout=_plain_name("checkout", table.get("checkout")),
        generated=_plain_name("generated", table.get("generated")),
        scripts=tuple(table.get("scripts", {}).items()),
    )


def _plain_name(key: str, name: str | None) -> str | None:
    if name is not None and not re.fullmatch(r"\w[\w.-]*", name):
        raise SettingsError(f"[tool.doccheck] has {key} = {name!r}; it is the name of a folder, such as 'project'")
    return name
