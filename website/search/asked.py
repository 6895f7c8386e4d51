"""What readers ask for, section by section: the tables asked/LANG.toml, which people write."""

from collections.abc import Iterable
from pathlib import Path
from unicodedata import normalize

from mkdocs.exceptions import PluginError

from website.lookup.tables import read_whole

ASKED = Path(__file__).with_name("asked")
TO_DO = "it must be a list of the phrases that readers would type"

Asked = dict[str, list[str]]  # by the address of a section within its language


def read_asked(file: Path) -> Asked:
    """Return the phrases by section. Raises PluginError, with file and line, where the table says them wrongly."""
    found: Asked = {}
    places: dict[str, str] = {}
    for section, phrases in read_whole(file).items():
        if not isinstance(phrases, list) or not phrases:
            raise PluginError(f"{_place(file, section)}: {section!r} has {phrases!r}; {TO_DO}")
        for phrase in phrases:
            if not isinstance(phrase, str) or not _same(phrase):
                raise PluginError(f"{_place(file, section)}: {section!r} lists {phrase!r}; {TO_DO}")
            other = places.setdefault(_same(phrase), section)
            if other != section:
                where = f"{_place(file, section)}: {phrase!r} leads to {section!r} and to {other!r}"
                raise PluginError(f"{where}; keep it for the section to read first")
        found[section] = list(dict.fromkeys(phrases))
    return found


def check_sections(asked: Asked, file: Path, sections: Iterable[str]) -> None:
    """Raise PluginError, with file and line, for a section that its page does not have. sections: those of all pages.

    A page that is not there at all is one of a larger site.
    """
    known = set(sections)
    pages = {section.partition("#")[0] for section in known}
    for section in asked:
        if section not in known and section.partition("#")[0] in pages:
            raise PluginError(f"{_place(file, section)}: no page has the section {section!r}; see its heading's id")


def _same(phrase: str) -> str:
    """A phrase as the search compares it, nearly: without case, width and spaces."""
    return "".join(normalize("NFKC", phrase).lower().split())


def _place(file: Path, section: str) -> str:
    lines = file.read_text("utf-8").splitlines()
    at = [number for number, line in enumerate(lines, 1) if line.lstrip().startswith((f'"{section}"', f"'{section}'"))]
    return f"{file.name}:{at[0]}" if at else file.name
