"""What a page runs: its examples, the code so far and its values, in order."""

from __future__ import annotations

import ast
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from doccheck.blocks import Outcome
from doccheck.listings import Definition, Piece, fold, pieces
from doccheck.page import Page
from doccheck.values import Value

Outcomes = dict[int, Outcome]


@dataclass
class Program:
    """A page's steps, ready to run. key is equal for pages whose examples and values are the same."""

    page: Page
    steps: list[dict[str, Any]]
    key: str
    aliases: dict[int, str]

    def by_alias(self, outcomes: Outcomes) -> dict[str, Outcome]:
        """Return outcomes under names that are the same on every page that shares this program."""
        return {self.aliases[start]: outcome for start, outcome in outcomes.items() if start in self.aliases}


def make_program(page: Page, earlier: Sequence[Page]) -> Program:
    """Return what a page runs; earlier are the pages before it in its folder, for the code so far."""
    steps: list[dict[str, Any]] = []
    aliases: dict[int, str] = {}
    keys, gap = [], 0
    for place in page.places():
        step: dict[str, Any] = {"start": place.start, "end": place.end, "kind": place.kind}
        if isinstance(place, Value):
            step["source"] = place.expr
            key = f"{gap} {place.expr}"
        elif place.kind == "python":
            gap += 1
            step["parts"] = [{"path": page.name, "line": place.line, "source": place.source}]
            if place.title is not None:
                step["defines"] = [p.name for p in pieces(page, place) if isinstance(p.node, Definition)]
            key = f"{gap} {syntax_tree(place.source)} {place.title}"
        elif place.kind == "marker":
            gap += 1
            program = fold(earlier, page, place)
            step["parts"] = [_part(piece) for piece in program]
            key = f"{gap} {[syntax_tree(piece.source) for piece in program]}"
        else:
            continue
        keys.append(key)
        aliases[place.start] = key
        steps.append(step)
    return Program(page, steps, json.dumps(sorted(keys)), aliases)


def _part(piece: Piece) -> dict[str, Any]:
    return {"path": piece.page.name, "line": piece.line - 1, "source": piece.source}


def syntax_tree(source: str) -> str:
    """Return what makes two programs the same: the syntax tree without comments; else the text itself."""
    try:
        return ast.dump(ast.parse(source))
    except SyntaxError:
        return source
