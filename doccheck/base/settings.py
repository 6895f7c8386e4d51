"""Where a project keeps its pages: the [tool.doccheck] table of its pyproject.toml."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# what each setting is; one of another kind would switch off what it is for, without a word
KNOWN = {
    "checkout": "a string",
    "classes": "a list of strings",
    "code": "a list of strings",
    "docs": "a string",
    "docstrings": "a list of strings",
    "examples-begin": "a list of strings",
    "extra-pages": "a list of strings",
    "folders": "a string",
    "generated": "a string or a list of strings",
    "glossary": "a string",
    "languages": "a list of strings",
    "names": "a string",
    "next-page": "a table of strings",
    "optional": "a list of strings",
    "pictures": "a string",
    "records": "a string",
    "scripts": "a table of strings",
    "statements": "a table of strings",
    "tables": "a list of strings",
    "timeout": "a number above 0",
}
THERE = ("docs", "code", "docstrings", "extra-pages", "pictures", "tables")  # what these name must be there


class SettingsError(Exception):
    """The [tool.doccheck] table is missing or says something that doccheck does not know."""


@dataclass(frozen=True)
class Settings:
    """root holds pyproject.toml; docs holds one folder for each language; extra_pages stand elsewhere.

    code names the folders of Python files that pages import, so that their changes are noticed;
    glossary names a TOML file of terms or is None, and tables other files of texts in every language;
    timeout is the number of seconds that a page may run;
    checkout is the name under which a console fence finds the project to install it, or None; generated
    are folders and pages, in the folder of each language, that a site's build makes; scripts gives the
    letters of languages that are not written in Latin ones, as a regular expression has them in brackets;
    after says of a folder of pages, by its name in each language, whose code so far it continues; planned are the
    numbers of pages that the same file names, written or not; unfinished says of a folder some of whose pages are still
    to come which definitions of the package these will list anew; next_page says for each language, as a regular
    expression, how a link names the next page, and statements how a sentence says what a name is; classes are those
    of boxes, none for any; names is a TOML file of names that pages may mention though no code has them, or None;
    docstrings are the packages whose docstrings readers see, and examples_begin what has run before each of their
    examples; records is the folder in which stands what people have
    read, and pictures that of the programs which draw pictures, or None; optional names the libraries that only some
    programs need, and libraries those of them that this run lets programs use.
    """

    root: Path
    docs: Path
    languages: tuple[str, ...] = ()
    extra_pages: tuple[Path, ...] = ()
    code: tuple[Path, ...] = ()
    glossary: Path | None = None
    tables: tuple[Path, ...] = ()
    timeout: float = 60.0
    checkout: str | None = None
    generated: tuple[str, ...] = ()
    scripts: tuple[tuple[str, str], ...] = ()
    after: tuple[tuple[str, str], ...] = ()
    planned: tuple[int, ...] = ()
    unfinished: tuple[tuple[str, tuple[str, ...]], ...] = ()
    next_page: tuple[tuple[str, str], ...] = ()
    statements: tuple[tuple[str, str], ...] = ()
    classes: tuple[str, ...] = ()
    names: Path | None = None
    docstrings: tuple[Path, ...] = ()
    examples_begin: str = ""
    records: Path | None = None
    pictures: Path | None = None
    optional: tuple[str, ...] = ()
    libraries: frozenset[str] = frozenset()

    @property
    def file(self) -> Path:
        """The file that says all this."""
        return self.root / "pyproject.toml"

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
        """Say whether a path is a page that a site's build makes, or lies in a folder for such pages."""
        language = self.language(path) or "."
        return any(path.is_relative_to(self.docs / language / name) for name in self.generated)

    def siblings(self, path: Path) -> dict[str, Path]:
        """Return the same page in every language, by language; empty for a page outside of all."""
        language = self.language(path)
        if language is None:
            return {}
        inner = path.relative_to(self.docs / language)
        return {name: self.docs / name / inner for name in self.languages}

    def listed_anew(self, folder: Path) -> tuple[str, ...] | None:
        """Return what pages still to come of a folder of pages will list anew; None where all its pages are there."""
        language = self.language(folder) or "."
        found = {self.docs / language / name: names for name, names in self.unfinished}
        return found.get(folder)

    def program(self, folder: Path) -> list[Path]:
        """Return the folders that build one program together, in the order in which one continues the other."""
        language = self.language(folder)
        if language is None:
            return [folder]
        top = self.docs / language
        before = dict(self.after)
        behind = {earlier: later for later, earlier in self.after}
        chain = [folder.relative_to(top).as_posix()]
        while chain[0] in before:
            chain.insert(0, before[chain[0]])
        while chain[-1] in behind:
            chain.append(behind[chain[-1]])
        return [top / name for name in chain]


def read_table(file: Path) -> dict[str, Any]:
    """Return what a TOML file has. Raises SettingsError for one that is none, with the place."""
    try:
        return tomllib.loads(file.read_text("utf-8-sig"))
    except (OSError, ValueError) as error:
        raise SettingsError(f"{file.name} cannot be read: {error}; fix it there") from error


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
    if unknown := sorted(set(table) - set(KNOWN)):
        raise SettingsError(f"[tool.doccheck] has {unknown[0]!r}; it knows {', '.join(sorted(KNOWN))}")
    _look_at(root, table)
    parts = _read_parts(root / table["folders"]) if "folders" in table else []
    return Settings(
        root=root,
        docs=root / table.get("docs", "docs"),
        languages=tuple(table.get("languages", ())),
        extra_pages=tuple(root / name for name in table.get("extra-pages", ())),
        code=tuple(root / name for name in table.get("code", ())),
        glossary=root / table["glossary"] if "glossary" in table else None,
        tables=tuple(root / name for name in table.get("tables", ())),
        timeout=float(table.get("timeout", 60.0)),
        checkout=_plain_name("checkout", table.get("checkout")),
        generated=_plain_names("generated", table.get("generated", ())),
        scripts=tuple(table.get("scripts", {}).items()),
        after=_continued(parts, table.get("folders", "")),
        planned=tuple(page["step"] for part in parts for page in part.get("pages", []) if "step" in page),
        unfinished=tuple((part["folder"], tuple(part["unfinished"])) for part in parts if "unfinished" in part),
        names=root / table["names"] if "names" in table else None,
        records=root / table["records"] if "records" in table else None,
        pictures=root / table["pictures"] if "pictures" in table else None,
        classes=tuple(table.get("classes", ())),
        docstrings=tuple(root / name for name in table.get("docstrings", ())),
        examples_begin="\n".join(table.get("examples-begin", ())),
        optional=tuple(table.get("optional", ())),
        next_page=tuple(table.get("next-page", {}).items()),
        statements=tuple(table.get("statements", {}).items()),
    )


def _look_at(root: Path, table: dict[str, Any]) -> None:
    """Raise SettingsError for a setting of another kind, a pattern that is none, or a path that leads nowhere."""
    for key, value in table.items():
        if not _is(KNOWN[key], value):
            raise SettingsError(f"[tool.doccheck] has {key} = {value!r}; it is {KNOWN[key]}")
        if isinstance(value, dict):
            _look_at_patterns(key, value)
        for name in [value] if isinstance(value, str) else value if key in THERE else ():
            if key in THERE and not (root / name).exists():
                raise SettingsError(f"[tool.doccheck] has {name!r} in {key}, and there is no such file or folder")
    languages = table.get("languages", [])
    if languages and not any((root / table.get("docs", "docs") / name).is_dir() for name in languages):
        raise SettingsError(f"[tool.doccheck] has languages = {languages}, and docs has no folder of such a name")


def _look_at_patterns(key: str, patterns: dict[str, str]) -> None:
    for pattern in patterns.values():
        try:
            re.compile(f"[{pattern}]" if key == "scripts" else pattern)
        except re.error as error:
            says = f"[tool.doccheck] has {pattern!r} in {key}, which is no regular expression: {error}"
            raise SettingsError(says) from error


def _is(kind: str, value: Any) -> bool:
    """Say whether a setting is of a kind of KNOWN."""
    if kind.startswith("a number"):
        return isinstance(value, int | float) and not isinstance(value, bool) and value > 0
    if isinstance(value, str):
        return kind.startswith("a string")
    if kind.startswith("a table"):
        return isinstance(value, dict) and all(isinstance(part, str) for part in value.values())
    return kind.endswith("a list of strings") and isinstance(value, list) and all(isinstance(x, str) for x in value)


def _read_parts(file: Path) -> list[dict[str, Any]]:
    """Return the tables [[part]] of a file; what else it says is not doccheck's."""
    try:
        parts: list[dict[str, Any]] = tomllib.loads(file.read_text("utf-8")).get("part", [])
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"[tool.doccheck] has folders = {file.name!r}, which cannot be read: {error}") from error
    return parts


def _continued(parts: list[dict[str, Any]], file: str) -> tuple[tuple[str, str], ...]:
    """Return each folder that continues another, and that other."""
    folders: list[Any] = []
    after: dict[Any, str] = {}
    for part in parts:
        folder, earlier = part.get("folder"), part.get("after")
        if earlier is not None:
            if earlier not in folders:
                raise SettingsError(f"{file}: {folder} comes after {earlier!r}; name a folder that stands above it")
            if earlier in after.values():
                raise SettingsError(f"{file}: two folders come after {earlier!r}; its code can go on in one only")
            after[folder] = earlier
        folders.append(folder)
    return tuple(after.items())


def _plain_names(key: str, names: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """One name or several; each is that of a folder or a page."""
    several = [names] if isinstance(names, str) else names
    return tuple(name for name in several if _plain_name(key, name))


def _plain_name(key: str, name: str | None) -> str | None:
    if name is not None and not re.fullmatch(r"\w[\w.-]*", name):
        raise SettingsError(f"[tool.doccheck] has {key} = {name!r}; it is the name of a folder, such as 'project'")
    return name
