"""Reads the tables that people write for the site: the glossary, the symptoms, what readers ask for."""

from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError

from doccheck import SettingsError, read_table


def read_rows(file: Path, table: str) -> list[dict[str, Any]]:
    """Return the rows of a table in a TOML file. Raises PluginError, with the place, where the file is none."""
    rows: list[dict[str, Any]] = read_whole(file)[table]
    return rows


def read_whole(file: Path) -> dict[str, Any]:
    """Return what a TOML file has. Raises PluginError, with the place, where it is none."""
    try:
        return read_table(file)
    except SettingsError as error:
        raise PluginError(str(error)) from error
