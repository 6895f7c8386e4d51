"""Reads the tables that people write for the site: the glossary, the symptoms, what readers ask for."""

from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError

from doccheck import SettingsError, read_table


def read_rows(file: Path, table: str) -> list[dict[str, Any]]:
    """Return the rows of a table in a TOML file. Raises PluginError, with the place, where the file is none."""
    try:
        rows: list[dict[str, Any]] = read_table(file)[table]
    except SettingsError as error:
        raise PluginError(str(error)) from error
    return rows
