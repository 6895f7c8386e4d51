"""JSON with places: every value of a text with the offsets at which it stands, so that it can be rewritten alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

SPACE = re.compile(r"[ \t\r\n]*")
# one character of a string: two escapes for those beyond 16 bits, an escape, or itself
CHARACTER = re.compile(
    r"\\u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|\\u[\da-fA-F]{4}|\\.|[^\\]", re.ASCII | re.DOTALL
)
DECODER = json.JSONDecoder()


@dataclass(frozen=True)
class Place:
    """A value of a JSON text, from start to end; inside of objects and lists are places again."""

    inside: Any
    start: int
    end: int

    def at(self, *path: str | int) -> Place:
        """Return the place that keys and indexes lead to; the last one there is, where they lead too far."""
        for step in path:
            try:
                self = self.inside[step]
            except (KeyError, IndexError, TypeError):
                break
        return self

    def plain(self) -> Any:
        """Return the value without places."""
        if isinstance(self.inside, dict):
            return {key: place.plain() for key, place in self.inside.items()}
        if isinstance(self.inside, list):
            return [place.plain() for place in self.inside]
        return self.inside


def read_places(text: str) -> Place:
    """Return the value of a JSON text. Raises json.JSONDecodeError where it is none."""
    json.loads(text)  # says what is wrong far better than a walk could
    return _walk(text, 0)


def _walk(text: str, at: int) -> Place:
    start = _skip(text, at)
    if text[start] not in "{[":
        return Place(*_scalar(text, start))
    inside: Any = {} if text[start] == "{" else []
    at = _skip(text, start + 1)
    while text[at] not in "}]":
        if isinstance(inside, dict):
            key, _, at = _scalar(text, at)
            child = inside[key] = _walk(text, _skip(text, at) + 1)
        else:
            child = _walk(text, at)
            inside.append(child)
        at = _skip(text, child.end)
        if text[at] == ",":
            at = _skip(text, at + 1)
    return Place(inside, start, at + 1)


def _scalar(text: str, start: int) -> tuple[Any, int, int]:
    value, end = DECODER.raw_decode(text, start)
    return value, start, end


def _skip(text: str, at: int) -> int:
    match = SPACE.match(text, at)
    assert match is not None  # it may be empty
    return match.end()


def characters(text: str, place: Place) -> Iterator[tuple[str, int]]:
    """Yield the characters of a string, or of a list of strings, and where each stands in the JSON text."""
    for part in place.inside if isinstance(place.inside, list) else [place]:
        matches = CHARACTER.finditer(text, part.start + 1, part.end - 1)
        yield from zip(part.inside, (match.start() for match in matches), strict=True)
