"""Follow the dotted names of a sentence in the state of the program at its place."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import CodeType
from typing import Any

from doccheck.run.child.harmless import MayChangeSomethingError

Look = Callable[[Any, str], Any]


def find_missing(names: Iterable[str], namespace: Mapping[str, Any], look: Look = getattr) -> Iterator[tuple[str, str]]:
    """Yield each name that leads nowhere, with what lacks its next part; with "" where its first part is unknown.

    look: how to look an attribute up; what it refuses to do counts as there.
    """
    for name in names:
        first, *rest = name.split(".")
        if first in namespace:
            thing = namespace[first]
        elif isinstance(getattr(builtins, first, None), type):
            thing = getattr(builtins, first)
        else:
            yield name, ""
            continue
        lacking = _lacking(thing, rest, look)
        if lacking is not None:
            yield name, lacking


def _lacking(thing: Any, rest: list[str], look: Look) -> str | None:
    """Return the type that lacks a part of a name, None where all is there."""
    for part in rest:
        try:
            thing = look(thing, part)
        except AttributeError:
            if isinstance(thing, type):
                return None if _sets(thing, part) else f"class {thing.__name__}"
            return type(thing).__name__
        except (Exception, MayChangeSomethingError):
            return None  # it is there, and cannot be had
    return None


def _sets(kind: type, name: str) -> bool:
    """Say whether objects of a class have an attribute: one that its methods name, or an annotation."""
    for one in kind.__mro__:
        if name in getattr(one, "__annotations__", ()):
            return True
        for method in vars(one).values():
            function = getattr(method, "fget", method)
            code = getattr(function, "__code__", None)
            if isinstance(code, CodeType) and name in code.co_names:
                return True
    return False
