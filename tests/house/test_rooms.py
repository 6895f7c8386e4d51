"""The law of imports of doccheck: each room builds on those before it, and others meet the face alone."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import doccheck

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "doccheck"
# a room may import those above it in this list, and its own modules; faces meet all
ROOMS = ("base", "page", "run.child", "run", "check", "fix", "takeaway", "mine", "record", "store", "checker", "faces")
BESIDE = {("takeaway", "fix"), ("mine", "fix"), ("mine", "takeaway")}
BESIDE |= {("record", "fix"), ("record", "takeaway"), ("record", "mine"), ("record", "check")}  # none needs the other
CHILD = {"doccheck.run.protocol"}  # what the process of a page may import besides base and itself


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def _modules() -> dict[str, Path]:
    found = {}
    for path in sorted(HOUSE.rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        found[name.removesuffix(".__init__")] = path
    return found


MODULES = _modules()


def _module(imported: str) -> str | None:
    """Return the module of doccheck that a dotted name lies in."""
    while imported.startswith("doccheck."):
        if imported in MODULES:
            return imported
        imported = imported.rpartition(".")[0]
    return None


def _room(module: str) -> str:
    """Return the room of a module: the longest of ROOMS that it lies in."""
    inner = module.removeprefix("doccheck.")
    return max((room for room in ROOMS if f"{inner}.".startswith(f"{room}.")), key=len)


@cache
def _graph() -> dict[str, list[str]]:
    """What each module imports of doccheck; read when a test asks, for whoever collects tests parses nothing."""
    return {
        name: sorted({module for imported in _imported(path) if (module := _module(imported)) and module != name})
        for name, path in MODULES.items()
        if name != "doccheck"
    }


@pytest.mark.parametrize("name", [name for name in MODULES if name != "doccheck"])
def test_a_room_builds_on_those_before_it(name: str) -> None:
    room = _room(name)
    for module in _graph()[name]:
        other = _room(module)
        if room == "run.child":
            assert other in ("base", "run.child") or module in CHILD, module
        else:
            assert ROOMS.index(other) <= ROOMS.index(room), module
            assert (room, other) not in BESIDE, module


def test_no_module_needs_itself() -> None:
    def reach(name: str, seen: set[str]) -> set[str]:
        for module in _graph()[name]:
            if module not in seen:
                seen.add(module)
                reach(module, seen)
        return seen

    assert [name for name in _graph() if name in reach(name, set())] == []


@pytest.mark.parametrize("folder", ["website", "figures", "docs", "benchmarks", "dezero_lite"])
def test_others_meet_the_face_alone(folder: str) -> None:
    for path in (ROOT / folder).rglob("*.py"):
        for imported in _imported(path):
            if imported.split(".")[0] == "doccheck":
                assert imported.removeprefix("doccheck.") in doccheck.__all__, f"{path}: {imported}"


def test_the_face_has_what_it_names() -> None:
    homes = [name for names in doccheck.HOMES.values() for name in names]
    assert sorted(homes) == sorted(doccheck.__all__)
    for name in doccheck.__all__:
        assert getattr(doccheck, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        doccheck.nothing  # type: ignore[attr-defined]  # noqa: B018


def test_the_architecture_names_what_is_there() -> None:
    text = (HOUSE / "ARCHITECTURE.md").read_text("utf-8")
    named = re.findall(r"`([\w/]+\.py|[\w/]+/)`", text)
    assert len(named) > 20
    # a file without its folder stands behind one of the same folder
    known = {path.relative_to(folder).as_posix() for folder in (HOUSE, ROOT) for path in folder.rglob("*.py")}
    known |= {path.name for path in HOUSE.rglob("*.py")}
    missing = [
        name for name in named if name not in known and not (HOUSE / name).is_dir() and not (ROOT / name).is_dir()
    ]
    assert missing == []
