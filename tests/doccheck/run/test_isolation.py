"""Whatever an example does, it is reported as that page's failure in bounded time, and touches no other page."""

from __future__ import annotations

from pathlib import Path

import pytest

from doccheck.base.settings import Settings
from doccheck.check.outputs import compare
from doccheck.page.model import parse_page
from doccheck.run.pool import run_program
from doccheck.run.program import make_program
from tests.support.sample_project import Project


def _run(text: str, timeout: float = 20.0) -> list[str]:
    page = parse_page(text, Path("/nowhere/page.md"), "page.md")
    outcomes = run_program(make_program(page, []), Settings(Path(), Path(), timeout=timeout))
    return [str(problem).split("\n")[0] for problem in compare(page, outcomes)]


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("import sys\nsys.exit()", "page.md:1: the example raises SystemExit"),
        (
            "import os\nos._exit(3)",
            "page.md:1: the example ends Python itself (exit code 3); a page must run to its end",
        ),
        ("input()", "page.md:1: the example raises EOFError: EOF when reading a line"),
        ("raise KeyboardInterrupt", "page.md:1: the example raises KeyboardInterrupt"),
        ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "page.md:1: the example ends Python itself"),
        ("while True:\n    print('y' * 100000)", "page.md:1: the example raises OSError"),
    ],
)
def test_an_example_that_will_not_behave(code: str, message: str) -> None:
    assert _run(f"```python\n{code}\n```\n")[0].startswith(message)


def test_an_endless_loop_ends() -> None:
    page = '```python\nx = 1\n```\n```python\nwhile True: pass\n```\n`1`{ data-expr="x" }\n'
    assert _run(page, timeout=2.0) == [
        "page.md:4: the example is still running after 2 seconds; a page must come to its end",
        "page.md:7: not run: an example above ended the page's process",
    ]


def test_a_thread_or_child_left_behind_does_not_keep_us() -> None:
    code = "import subprocess, sys, threading, time\n"
    code += "threading.Thread(target=time.sleep, args=[100]).start()\n"
    code += "p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(100)'])\n"
    assert _run(f"```python\n{code}```\n") == []


RUDE = """
import builtins, os, random, sys, warnings
import numpy as np
np.seterr(all="raise")
np.set_printoptions(precision=2)
np.random.seed(1)
random.seed(1)
os.chdir("/")
os.environ["RUDE"] = "1"
sys.path.clear()
warnings.simplefilter("error")
builtins.print = None
"""
POLITE = """# Polite {#a}

```python
import os
import sys

import numpy as np

print(np.array([1 / 3]), "RUDE" in os.environ, len(sys.path) > 0, len(os.listdir()))
```

```text { .output }
[0.33333333] False True 0
```
"""


def test_global_state_does_not_leak_between_pages(project: Project) -> None:
    project.write("a.md", f"# Rude {{#a}}\n\n```python{RUDE}```\n")
    project.write("b.md", POLITE)
    assert project.problems() == []
