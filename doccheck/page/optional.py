"""Programs that need a library which is not there for everybody: in a lane of their own they run like any other.

Where their libraries are not asked for or cannot be imported, they are text, and each run says which they are.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Collection, Iterable, Iterator

from doccheck.base.problem import Fault
from doccheck.page.fences import Fence
from doccheck.page.kinds import KINDS, Kind


def importable(names: Iterable[str]) -> frozenset[str]:
    """Return those of the names whose libraries can be imported here."""
    return frozenset(name for name in names if importlib.util.find_spec(name) is not None)


def needs(fence: Fence) -> tuple[str, ...]:
    """Return the libraries that a fence says it needs."""
    return tuple(fence.options.get("needs", "").split())


def written(kind: Kind, name: str) -> str:
    """Return how a fence begins that needs a library."""
    return f'{kind.written.removesuffix(" }")} needs="{name}" }}'


def settle(fences: Iterable[Fence], libraries: Collection[str]) -> None:
    """Give each optional fence the kind that it stands for, where the libraries it needs are among these.

    An optional output belongs to the program above it, and is what that is.
    """
    of: tuple[str, ...] = ()  # what the last program or commands need
    for fence in fences:
        kind = fence.kind
        if kind.meant.runs is not None:
            of = needs(fence)
            if kind.stands_for and not of:
                remedy = f"name them, such as {written(kind, 'torch')}"
                fence.problems.append(Fault("this fence does not say which libraries it needs", remedy))
        elif kind.stands_for and not of:
            remedy = f"write {kind.meant.written}, or delete it"
            fence.problems.append(Fault("no optional program stands before this optional output", remedy))
        elif kind.language == "text" and of and not kind.stands_for:
            remedy = f"write {KINDS['optional output'].written}"
            fence.problems.append(Fault("the program above is optional, and this is not", remedy))
        if kind.stands_for and of and set(of) <= set(libraries):
            fence.kind = kind.meant


def left_out(fences: Iterable[Fence]) -> Iterator[tuple[Fence, tuple[str, ...]]]:
    """Yield the optional programs and commands that do not run here, each with the libraries it needs."""
    for fence in fences:
        if fence.kind.stands_for and fence.kind.meant.runs is not None:
            yield fence, needs(fence)
