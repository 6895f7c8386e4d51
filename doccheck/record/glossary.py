"""The terms of a glossary as readers meet them: the words of each language, and what is said of them there."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from doccheck.record.sections import squeezed


@dataclass(frozen=True)
class GlossaryTerm:
    """One term: its key, the line where it begins, and for each language what a reader is told."""

    key: str
    line: int
    reads: dict[str, str]


def glossary_terms(text: str, languages: Sequence[str], named_in: str) -> Iterator[GlossaryTerm]:
    """Yield the terms of a glossary from its text; named_in is the language whose word is the key.

    Words that must not be used are for writers, and nobody else reads them.
    """
    try:
        terms = tomllib.loads(text).get("term", [])
    except tomllib.TOMLDecodeError:
        return  # said where the glossary is read
    starts = [number for number, line in enumerate(text.split("\n"), 1) if line.strip() == "[[term]]"]
    for line, term in zip(starts, terms, strict=False):
        reads = {language: "\n".join(_told(term, language)) for language in languages}
        yield GlossaryTerm("-".join(str(term.get(named_in, line)).split()), line, reads)


def _told(term: dict[str, object], language: str) -> Iterator[str]:
    for key in sorted(term):
        name, _, what = key.partition("_")
        if name == language and what != "not":
            said = term[key]
            yield f"{what or 'word'}: {squeezed(list(map(str, said)) if isinstance(said, list) else [str(said)])}"
