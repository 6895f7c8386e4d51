"""Reads labels.yml: every word that the site itself says, in every language."""

from functools import cache
from pathlib import Path

from mkdocs.exceptions import ConfigurationError, PluginError
from mkdocs.utils.yaml import yaml_load

LABELS = Path(__file__).with_name("labels.yml")


@cache
def _read(modified: int) -> dict[str, dict[str, str]]:
    """Keyed by the file's time, so that `mkdocs serve` sees an edit without a restart."""
    try:
        labels: dict[str, dict[str, str]] = yaml_load(LABELS.read_text(encoding="utf-8"))
    except ConfigurationError as error:  # as if it were MkDocs' own file
        place = str(error.__context__ or error).replace('in "<unicode string>", ', "in ")
        raise PluginError(f"{LABELS.name} cannot be read: {place}") from error
    return labels


def all_labels() -> dict[str, dict[str, str]]:
    """Every label: its key, then its words by language."""
    return _read(LABELS.stat().st_mtime_ns)


def labels(lang: str) -> dict[str, str]:
    """The labels of one language. Raises KeyError naming the label that lacks a translation."""
    found = {}
    for key, words in all_labels().items():
        if lang not in words:
            raise KeyError(f"website/words/labels.yml: {key} has no words for {lang}")
        found[key] = words[lang]
    return found
