"""The rows of a table of texts as readers meet them, such as a glossary's terms: what is said in each language."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from doccheck.record.sections import squeezed

ENDINGS_YAML = (".yml", ".yaml")
BEGINS = re.compile(r"^\[\[\w+\]\]\s*$", re.M)  # a row of a TOML file
FOR_WRITERS = ("must", "not")  # which pages have a term, and words that none may use


@dataclass(frozen=True)
class Row:
    """One row: its key, the line where it begins, and for each language what a reader is told."""

    key: str
    line: int
    reads: dict[str, str]


def table_rows(text: str, ending: str, languages: Sequence[str], named_in: str) -> Iterator[Row]:
    """Yield the rows of a table from its text.

    ending: that of the file's name. A TOML file has tables such as [[term]], each with the texts of a language under
    its name, or under one that begins with it (`en`, `en_is`); what belongs to none is told in each. The key is `id`,
    or else the text of the language named_in. A YAML file has a mapping of languages to texts for each key.
    """
    try:
        found = _yaml_rows(text) if ending in ENDINGS_YAML else _toml_rows(text, named_in)
    except (tomllib.TOMLDecodeError, yaml.YAMLError):
        return  # said where the table is used
    for key, line, row in found:
        reads = {language: "\n".join(_told(row, language, languages)) for language in languages}
        yield Row("-".join(key.split()), line, reads)


def _toml_rows(text: str, named_in: str) -> list[tuple[str, int, dict[str, Any]]]:
    tables = [table for table in tomllib.loads(text).values() if isinstance(table, list)]
    rows = [row for table in tables for row in table if isinstance(row, dict)]
    lines = [text.count("\n", 0, match.start()) + 1 for match in BEGINS.finditer(text)]
    return [(str(row.get("id", row.get(named_in, line))), line, row) for line, row in zip(lines, rows, strict=False)]


def _yaml_rows(text: str) -> list[tuple[str, int, dict[str, Any]]]:
    rows = yaml.safe_load(text)
    lines = {line.partition(":")[0]: number for number, line in enumerate(text.split("\n"), 1)}
    found = rows.items() if isinstance(rows, dict) else ()
    return [(str(key), lines.get(str(key), 1), row) for key, row in found if isinstance(row, dict)]


def _told(row: dict[str, Any], language: str, languages: Sequence[str]) -> Iterator[str]:
    for key in sorted(row):
        name, _, what = key.partition("_")
        is_shared = name not in languages
        if (is_shared or name == language) and not {key, what} & set(FOR_WRITERS):
            said = row[key]
            title = key if is_shared else what or "word"
            yield f"{title}: {squeezed(list(map(str, said)) if isinstance(said, list) else [str(said)])}"
