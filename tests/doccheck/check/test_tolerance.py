"""When two printed numbers are the same: to the last digit on the reference arithmetic, nearly elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from doccheck import check_text
from doccheck.base.decimals import Share
from doccheck.check.outputs import compare
from doccheck.check.tolerance import same_text
from doccheck.page.model import parse_page
from doccheck.run.arithmetic import fingerprint, pinned
from doccheck.run.protocol import Outcome


@pytest.mark.parametrize(
    ("page", "got", "tolerance", "same"),
    [
        ("3.297442541400256", "3.297442541400256", None, True),
        ("3.297442541400256", "3.2974425414002564", None, True),  # the neighbour
        ("3.297442541400256", "3.297442541400266", None, False),
        ("3.2974426293330694", "3.2974426293341", None, False),
        ("3.2974426293330694", "3.2974426293341", 1e-10, True),
        ("3.2974426293330694", "3.2974427", 1e-10, False),
        ("8.5e-02", "8.6e-02", None, False),  # rounded in print: the page says how far it may be off
        ("8.5e-02", "8.6e-02", 1e-3, True),
        ("8.5e-02", "8.7e-02", 1e-3, False),
        ("8.5e-02 2.7e-09", "8.6e-02 2.8e-09", Share(0.05), True),
        ("8.5e-02 2.7e-09", "8.5e-02 2.9e-09", Share(0.05), False),
        ("0.0", "1e-300", Share(0.05), False),
        ("9.1", "9.0", None, False),
        ("1e400", "2e400", None, False),
        ("12", "13", None, False),  # whole numbers are counted, not rounded
        ("12", "13", 0.5, False),
        ("x 1.0 y", "x 1.0 z", None, False),
        ("[1.0, 2.0]", "[1.0, 2.0, 3.0]", None, False),
        ("[1.0 2.0]", "[1.0 2.0000000000000004]", None, True),
        ("[1.0, 2.0]", "[np.float64(1.0), np.float64(2.0)]", None, False),  # every NumPy that is supported says it
        ("-1.5", "1.5", None, False),
        ("nan", "1.0", None, False),
        ("1.0e-05", "1.0e-04", None, False),
    ],
)
def test_same_text_elsewhere(page: str, got: str, tolerance: float | None, same: bool) -> None:
    assert same_text(page, got, exact=False, tolerance=tolerance) is same


def test_on_the_reference_every_digit_counts() -> None:
    assert not same_text("3.297442541400256", "3.2974425414002564", exact=True, tolerance=0.1)
    assert same_text("1.0", "1.0", exact=True, tolerance=None)


def test_the_tolerance_of_a_fence_and_of_a_value_is_used() -> None:
    text = '```python\nx = 1\n```\n```text { .output tol="1e-3" }\n0.5\n```\n`0.5`{ data-expr="x" tol="1e-3" }\n'
    page = parse_page(text, Path("/nowhere/a.md"), "a.md")
    code, _, value = page.items()
    ran = {code.start: Outcome(text="0.5004\n"), value.start: Outcome(text="0.5004")}
    assert list(compare(page, ran, exact=False)) == []
    assert [page.line(problem.at) for problem in compare(page, ran, exact=True)] == [4 + 1, 7]
    ran = {code.start: Outcome(text="0.52\n"), value.start: Outcome(text="0.52")}
    assert [page.line(problem.at) for problem in compare(page, ran, exact=False)] == [5, 7]


@pytest.mark.parametrize("tol", ["1.5", "0", "-1", "small", ""])
def test_a_tolerance_must_be_one(tol: str) -> None:
    page = f'```python\nprint(1)\n```\n```text {{ .output tol="{tol}" }}\n1\n```\n'
    message = f'demo.md:4: tol="{tol}" is not a tolerance; write a number between 0 and 1, such as tol="1e-10"'
    assert check_text(page, "demo.md")[0].startswith(message)


def test_the_fingerprint_is_the_same_twice() -> None:
    assert fingerprint() == fingerprint()


def test_what_the_caller_switched_off_stays_off() -> None:
    chosen = pinned({"NPY_DISABLE_CPU_FEATURES": "X86_V3", "OPENBLAS_CORETYPE": "Prescott"})
    if chosen:  # nothing is pinned on other machines than x86-64
        assert "X86_V3" in chosen["NPY_DISABLE_CPU_FEATURES"].split()
        assert chosen["OPENBLAS_CORETYPE"] == "Prescott"
