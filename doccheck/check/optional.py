"""Programs that need a library which is not there for everybody: each is marked, and its library is one of the list."""

from __future__ import annotations

from collections.abc import Iterator

from doccheck.base.problem import Problem
from doccheck.check.names import modules
from doccheck.page.kinds import KINDS
from doccheck.page.model import Page
from doccheck.page.optional import needs, written


def check_optional(page: Page, optional: tuple[str, ...]) -> Iterator[Problem]:
    """Yield the fences that need a library nobody has named, and those that use one without saying so.

    optional: the libraries that pages may need.
    """
    for fence in page.fences:
        for name in needs(fence):
            if name not in optional:
                says = f"nothing tells where {name} is to come from"
                remedy = "name it in optional of [tool.doccheck], and install it where optional programs run"
                yield page.problem(fence, says, remedy)
        if not fence.kind.meant.is_example:
            continue
        used = {module.partition(".")[0] for module in modules(fence.source)}
        for name in sorted(used.intersection(optional).difference(needs(fence))):
            remedy = f"write {written(KINDS['optional'], name)}"
            yield page.problem(fence, f"{page.spelling.this_example} needs {name}, and does not say so", remedy)
