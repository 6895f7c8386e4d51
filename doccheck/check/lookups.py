"""The dotted names in sentences, such as x.grad: each leads somewhere in the state of the program at its place.

What the code of the page makes only later counts, too: sentences announce it. A name whose first part the page never
has, such as that of an argument, is looked for in the code as it stands; that of a module is followed there.
"""

from __future__ import annotations

import contextlib
import importlib
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from doccheck.base.memo import remembered
from doccheck.base.problem import Problem
from doccheck.check.names import check_names, installed_module
from doccheck.page.mentions import dotted_names, place_of
from doccheck.page.model import Page
from doccheck.run.program import Outcomes

ATTRIBUTE = re.compile(r"\b\d*+([A-Za-z_]\w*+)(?=(?:\(\))?\.([A-Za-z_]\w*))", re.A)


def check_lookups(
    page: Page,
    earlier: Sequence[Page],
    known: frozenset[str],
    listed: frozenset[str],
    attributes: frozenset[str],
    outcomes: Outcomes,
) -> Iterator[Problem]:
    """Yield the dotted names in inline code that lead nowhere, although all of their parts are names.

    known: those of the project's code and of other projects. listed: whole names that pages may mention
    although nothing has them. attributes: those that the project's code looks up, each with what stands before
    it, such as x.grad.
    """
    starts = [fence.start for fence in page.fences]
    in_code: set[str] = set(attributes)
    for one in [*earlier, page]:
        for fence in one.fences:
            in_code |= attributes_in(fence.source)
    said = {problem.item for problem in check_names(page, earlier, known)}
    for value in page.values:
        if value.marked or value.problems or value.start in said:
            continue
        gap = bisect_right(starts, value.start)
        for name in dotted_names(value.text):
            if name in listed:
                continue
            here, end = (_missing(page, at, outcomes) for at in (gap, len(starts)))
            lacks = _lacks(name, here, end, in_code)
            if lacks:
                remedy = "mend it, or list it whole among the names that pages may mention"
                yield page.problem(value, f"{name} leads nowhere here: {lacks}", remedy)


def _missing(page: Page, gap: int, outcomes: Outcomes) -> dict[str, str] | None:
    """Return what was missing behind a fence; None where nothing was looked up, or the page did not come so far."""
    outcome = outcomes.get(place_of(page.fences[gap - 1])) if gap else None
    return None if outcome is None or outcome.lost or outcome.error else dict(outcome.missing)


def _lacks(name: str, here: dict[str, str] | None, end: dict[str, str] | None, in_code: set[str]) -> str:
    """Say what a name lacks; nothing where it leads somewhere.

    here, end: the names that lead nowhere, each with the type that lacks its next part, at its place and behind the
    last fence of the page.
    """
    if (here is not None and name not in here) or (end is not None and name not in end):
        return ""
    if here is not None and here[name]:
        return f"{here[name]} has no such attribute"
    parts = name.split(".")
    module = installed_module(parts[0])
    if module is not None:
        return "" if _leads_on(module, parts) else f"the module {parts[0]} has no such name"
    unknown = [f"{a}.{b}" for a, b in pairwise(parts) if f"{a}.{b}" not in in_code]
    return f"{unknown[0]} stands in no code" if unknown else ""


def _leads_on(thing: object, parts: Sequence[str]) -> bool:
    """Say whether a name leads somewhere from its module on; a part may be a module that is not loaded yet."""
    for count, part in enumerate(parts[1:], 2):
        if not hasattr(thing, part):
            with contextlib.suppress(ImportError):
                importlib.import_module(".".join(parts[:count]))
        if not hasattr(thing, part):
            return False
        thing = getattr(thing, part)
    return True


@remembered
def attributes_in(source: str) -> frozenset[str]:
    """Return what a program looks up, each with the name before it."""
    return frozenset(f"{a}.{b}" for a, b in ATTRIBUTE.findall(source))
