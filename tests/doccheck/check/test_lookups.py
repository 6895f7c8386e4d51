"""A dotted name in a sentence leads somewhere at its place of the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from doccheck.base.settings import Settings
from doccheck.check.lookups import check_lookups
from doccheck.check.mentioned import check_mentioned
from doccheck.page.model import Page, parse_page
from doccheck.run.child.harmless import look_here
from doccheck.run.child.lookup import find_missing
from doccheck.run.pool import run_program
from doccheck.run.program import Outcomes, make_program
from tests.support.sample_project import Project

KNOWN = frozenset(
    [
        "gard",
        "shpae",
        "enable_backprob",
        "ones_lke",
        "func",
        "enable",
        "sqr",
        "torch",
        "optim",
        "SDG",
        "lowre",
        "y",
        "generation",
        "self",
        "SGD",
        "imag",
    ]
)
PAGE = """# T {#t}

See FIRST.

```python
import numpy as np


class Config:
    enable_backprop = True


class Variable:
    def __init__(self, data):
        self.data = data
        self.grad = None

    @property
    def shape(self):
        return self.data.shape


def f(func):
    return func.generation


x = Variable(np.ones(2))
```

See THEN.

```python
Variable.__neg__ = lambda self: self
x.name = "x"
```

See LAST.
"""


def _lookups(first: str = "", then: str = "", last: str = "", code: str = "") -> list[str]:
    page = _page(first, then, last)
    outcomes = run_program(make_program(page, []), Settings(Path(), Path(), timeout=20.0))
    return _problems(page, outcomes, code)


def _page(first: str = "", then: str = "", last: str = "") -> Page:
    text = PAGE.replace("FIRST", first).replace("THEN", then).replace("LAST", last)
    return parse_page(text, Path("page.md").absolute(), "page.md")


def _problems(page: Page, outcomes: Outcomes, code: str = "") -> list[str]:
    found = check_lookups(page, [], KNOWN, frozenset({"torch.optim.SGD"}), frozenset(code.split()), outcomes)
    return [problem.says for problem in found]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("x.gard", "Variable has no such attribute"),
        ("x.data.shpae", "ndarray has no such attribute"),
        ("Config.enable_backprob", "class Config has no such attribute"),
        ("Variable.enable_backprop", "class Variable has no such attribute"),
        ("np.ones_lke(x)", "module has no such attribute"),
        ("x.enable_backprop = y", "Variable has no such attribute"),
        ("func.enable", "func.enable stands in no code"),
        ("math.sqr", "the module math has no such name"),
        ("torch.optim.SDG", "torch.optim stands in no code"),
        ("str.lowre", "class str has no such attribute"),
    ],
)
def test_a_name_that_leads_nowhere_is_found(name: str, says: str) -> None:
    [found] = _lookups(then=f"`{name}`")
    assert found.endswith(says) and "leads nowhere here: " in found


@pytest.mark.parametrize(
    "name",
    [
        "x.grad",
        "Variable.grad",
        "x.shape",
        "np.ones_like(x)",
        "Config.enable_backprop",
        "x.data.shape",
        "x.name",  # what comes on this page
        "Variable.__neg__",
        "func.generation",  # an argument's
        "self.data",
        "math.sqrt",
        "os.path.join",
        "torch.optim.SGD",
        "core.py",
    ],
)
def test_a_name_that_leads_somewhere_passes(name: str) -> None:
    assert _lookups(first=f"`{name}`" if name == "func.generation" else "", then=f"`{name}`", last=f"`{name}`") == []


def test_what_is_gone_is_found_although_it_was_there() -> None:
    page = parse_page(
        "# T {#t}\n\n```python\nx = 1 + 2j\n```\n\n```python\nx = []\n```\n\n`x.imag`", Path("p.md"), "p.md"
    )
    outcomes = run_program(make_program(page, []), Settings(Path(), Path(), timeout=20.0))
    assert _problems(page, outcomes) == ["x.imag leads nowhere here: list has no such attribute"]


def test_what_would_run_to_be_looked_up_counts_as_there() -> None:
    """Where a process cannot copy itself, looking must not change what the page has."""
    seen: list[object] = []

    class Thing:
        other = 2

        @property
        def gard(self) -> None:
            seen.append(self)

    found = dict(find_missing(["x.gard", "x.other", "x.grad", "y.grad"], {"x": Thing()}, look_here))
    assert found == {"x.grad": "Thing", "y.grad": ""} and not seen
    assert dict(find_missing(["x.gard"], {"x": Thing()})) == {} and len(seen) == 1


def test_languages_that_mention_other_names_share_one_run() -> None:
    pages = [_page(then="`x.grad`"), _page(then="`x.data`"), _page(last="`x.shape`")]
    programs = [make_program(page, [], others=[other for other in pages if other is not page]) for page in pages]
    assert len({program.key for program in programs}) == 1
    assert make_program(pages[0], []).key != programs[0].key


PAIR = "# T {{#t}}\n\n## A {{#a}}\n\n```python\nx = 1 + 2j\n```\n\nSee `x.real`, `x.{}` and `x.{}`.\n"


@pytest.mark.parametrize(
    ("own", "found"), [(("real", "imag"), True), (("imag", "imag"), False), (("imag", "real"), True)]
)
def test_a_name_in_place_of_that_of_the_other_languages_is_found(
    project: Project, own: tuple[str, str], found: bool
) -> None:
    project.write("a.md", PAIR.format("imag", "imag"))
    project.write("a.md", PAIR.format(*own), "aa")
    problems = project.problems("aa/a.md")
    assert bool(problems) is found
    assert all("x.real stands under #a where all other languages say x.imag" in problem for problem in problems)


@pytest.mark.parametrize(
    ("own", "others", "found"),
    [("output", "outputs", True), ("ouptut", "output", True), ("x0", "x1", False), ("input", "output", False)],
)
def test_a_name_that_differs_in_a_letter_from_that_of_the_other_languages_is_found(
    own: str, others: str, found: bool
) -> None:
    text = "# T {{#t}}\n\n## A {{#a}}\n\nSee `{}`.\n"
    page, other = (parse_page(text.format(name), Path("p.md"), "p.md") for name in (own, others))
    assert bool(list(check_mentioned(page, [other, other]))) is found
