"""What a page runs: its examples, the code so far and its values, in order."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from doccheck.blocks import Outcome
from doccheck.console import commands
from doccheck.fences import Fence
from doccheck.listings import Definition, Piece, fold, pieces
from doccheck.page import Page
from doccheck.prose import ends_quietly
from doccheck.scripts import growing
from doccheck.syntax import syntax_tree
from doccheck.values import Value

Outcomes = dict[int, Outcome]


@dataclass
class Program:
    """A page's steps, ready to run. key is equal for pages whose examples and values are the same.

    sources holds the text of the pages that the steps come from, under the names that tracebacks use.
    """

    page: Page
    steps: list[dict[str, Any]]
    key: str
    aliases: dict[int, str]
    sources: dict[str, str]

    def by_alias(self, outcomes: Outcomes) -> dict[str, Outcome]:
        """Return outcomes under names that are the same on every page that shares this program."""
        return {self.aliases[start]: outcome for start, outcome in outcomes.items() if start in self.aliases}


def make_program(page: Page, earlier: Sequence[Page], *, imported: Mapping[str, str] | None = None) -> Program:
    """Return what a page runs; earlier are the pages before it, for the code so far.

    imported: take what listings define from the files of their titles, not from the pages; of the names that it has,
    from the file that it says.
    """
    sources = {name: text for p in [*earlier, page] for name, text in p.sources().items()}
    program = Program(page, [], "", {}, sources)
    keys, gap = [], 0
    for place in page.places():
        if isinstance(place, Value):
            step: dict[str, Any] = {"source": place.expr}
            key = f"{gap} {place.expr}"
        elif place.kind == "console":
            gap += 1
            lines = [line for _, line in commands(place.source)]
            step = {"commands": lines, "file": f"{page.path.stem}.py", "script": _script_above(page, earlier, place)}
            key = f"{gap} {lines} {step['file']}"
        elif place.kind in ("python", "marker"):
            gap += 1
            step = {"parts": _parts(page, place, earlier, imported=imported)}
            if place.title is not None and imported is None:
                step["defines"] = [p.name for p in pieces(page, place) if isinstance(p.node, Definition)]
            trees = [syntax_tree(part["source"]) for part in step["parts"]]
            key = f"{gap} {trees} {place.title} {page.each_shows_its_own and ends_quietly(place.source)}"
        else:
            continue
        keys.append(key)
        program.aliases[place.start] = key
        program.steps.append({"start": place.start, "end": place.end, "kind": place.kind, **step})
    program.key = json.dumps([page.path.suffix, *sorted(keys)])
    return program


def _script_above(page: Page, earlier: Sequence[Page], console: Fence) -> str:
    """Return the page's script up to a console fence, which runs it by the page's name."""
    above = [text for fence, text in growing(page, earlier) if fence.start < console.start]
    return above[-1] if above else ""


def _parts(
    page: Page, place: Fence, earlier: Sequence[Page], *, imported: Mapping[str, str] | None
) -> list[dict[str, Any]]:
    """Return the pieces of source that a fence or marker runs, each with the page and line it comes from."""
    found = fold(earlier, page, place) if place.kind == "marker" else pieces(page, place) if place.title else []
    if imported is not None and found:
        source = "".join(_import(piece, imported) for piece in found)
        return [{"path": page.name, "line": place.line, "source": source}]
    if place.kind == "marker":
        return [{"path": p.page.name, "line": p.line - 1, "source": p.source} for p in found]
    name, line = page.code_place(place)
    return [{"path": name, "line": line, "source": place.source}]


def _import(piece: Piece, homes: Mapping[str, str]) -> str:
    if not isinstance(piece.node, Definition):
        return piece.source + "\n"
    file = homes.get(piece.name, piece.file)
    return f"from {file.removesuffix('.py').replace('/', '.')} import {piece.name}\n"
