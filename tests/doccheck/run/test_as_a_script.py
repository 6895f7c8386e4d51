"""A page runs as its script does, and alike in every run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from doccheck import check_text
from doccheck.base.settings import Settings
from doccheck.page.model import parse_page
from doccheck.page.programs import script
from doccheck.run.pool import run_program
from doccheck.run.program import make_program
from doccheck.run.protocol import Outcome
from doccheck.run.steadiness import check_steadiness

EXAMPLES = {
    "future": [
        "from __future__ import annotations",
        "def f(x: nothing_of_this_name):\n    return 1\n\n\nprint(f.__annotations__)",
    ],
    "file": [
        "from pathlib import Path\n\nprint(Path(__file__).name, Path(__file__).parent == Path.cwd())",
        "import sys\n\nprint(sys.argv)",
    ],
    "source": [
        "import inspect\n\n\nclass A:\n    def f(self):\n        return 1  # one\n\n\ndef g():\n    return 2  # two",
        "print(inspect.getsource(A), inspect.getsource(A.f), inspect.getsource(g))",
        "print(inspect.getsource(inspect.getmodule(A)).count('return 1  # one'))",
    ],
    "name": ["print(__name__, __doc__)", "import sys\n\nprint(sys.modules[__name__].__dict__ is globals())"],
    "pickle": ["import pickle\n\n\nclass A:\n    x = 1", "print(pickle.loads(pickle.dumps(A())).x)"],
    "threads": ["import threading\n\nt = threading.Thread(target=print, args=['in a thread'])\nt.start()\nt.join()"],
}


def _page(*examples: str, beside: str = "") -> str:
    return "# T {#t}\n\n" + "".join(f"{beside}\n\n```python\n{example}\n```\n\n" for example in examples)


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_page_prints_what_its_script_prints(name: str, tmp_path: Path) -> None:
    page = parse_page(_page(*EXAMPLES[name]), tmp_path / "step.md", "step.md")
    outcomes = run_program(make_program(page, []), Settings(tmp_path, tmp_path)).values()
    assert [(o.error, o.warned, o.left, o.lost) for o in outcomes] == [(None, "", (), None)] * len(EXAMPLES[name])
    (tmp_path / "step.py").write_text(script(page, []))
    done = subprocess.run([sys.executable, "step.py"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "".join(o.text for o in outcomes) == done.stdout != ""


def test_a_late_import_from_the_future_fails_as_in_the_script() -> None:
    assert check_text(_page("x = 1", "from __future__ import annotations")) == [
        "page.md:11: the example raises SyntaxError: from __future__ imports must occur at the beginning of the file; "
        "fix it, or show it in a ```text { .error } fence"
    ]


def test_a_class_of_an_earlier_page_has_a_source(tmp_path: Path) -> None:
    listed = '\n```python title="m.py"\nclass B:\n    def f(self):\n        return 1  # of B\n```\n'
    listing = parse_page(listed, tmp_path / "1.md", "1.md")
    text = "<!-- code so far -->\n" + _page("import inspect\n\nprint(inspect.getsource(B.f), inspect.getsource(B))")
    page = parse_page(text, tmp_path / "2.md", "2.md")
    outcomes = list(run_program(make_program(page, [listing]), Settings(tmp_path, tmp_path)).values())
    method = "    def f(self):\n        return 1  # of B\n"
    assert outcomes[-1] == Outcome(text=f"{method} class B:\n{method}\n")


def test_what_depends_on_the_order_of_a_set_is_found(tmp_path: Path) -> None:
    """In an ordinary run it passes or fails every time; --fix is not offered."""
    text = _page("words = set('abcdefgh')\nprint(sorted(words))", "print(words)", "1 / len(words - words)")
    text += 'It is `x`{ data-expr="min(words, key=hash)" } of `8`{ data-expr="len(words)" }.\n'
    page = parse_page(text, tmp_path / "a.md", "a.md")
    found = list(check_steadiness([make_program(page, [])], Settings(tmp_path, tmp_path)))
    assert [(page.line(problem.at), problem.edits) for problem in found] == [(12, ()), (22, ())]
    for problem in found:
        assert problem.says.startswith("this gives ") and " in one run and " in problem.says
        assert problem.remedy.startswith("sort it; the order of a set changes from run to run")
        assert "--fix" not in problem.message


def test_an_ordinary_run_has_one_order(tmp_path: Path) -> None:
    page = parse_page(_page("print(set('abcdefgh'))"), tmp_path / "a.md", "a.md")
    outcomes = [run_program(make_program(page, []), Settings(tmp_path, tmp_path)) for _ in range(2)]
    assert outcomes[0] == outcomes[1]
