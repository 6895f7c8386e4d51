"""Whatever an example does, it is reported as that page's failure in bounded time, and touches no other page."""

from __future__ import annotations

import contextlib
import time
from functools import partial
from pathlib import Path

import psutil
import pytest

from doccheck.base.settings import Settings
from doccheck.check.outputs import compare
from doccheck.page.model import parse_page
from doccheck.run import process
from doccheck.run.leftovers import end_left_behind
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


SLEEP = "[sys.executable, '-c', 'import time; time.sleep(300)']"
OUTLIVING = {
    "a child": f"child = subprocess.Popen({SLEEP})\ntell(child.pid)\n",
    "a session of its own": f"child = subprocess.Popen({SLEEP}, start_new_session=True)\ntell(child.pid)\n",
    "nothing of the environment": f"child = subprocess.Popen({SLEEP}, env={{}})\ntell(child.pid)\n",
    "a daemon": """
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        tell(os.getpid())
        time.sleep(300)
    os._exit(0)
os.wait()
""",
    "all descriptors": """
if os.fork() == 0:
    os.setsid()
    tell(os.getpid())
    time.sleep(300)
    os._exit(0)
""",
}


def _outliving(name: str, pids: Path) -> str:
    """An example that leaves a process behind, whose number it writes into a file."""
    tell = f"def tell(pid):\n    with open({str(pids)!r}, 'a') as file:\n        print(pid, file=file)\n"
    start = "import os, subprocess, sys, time, warnings\nwarnings.simplefilter('ignore')\n"
    return f"```python\n{start}{tell}{OUTLIVING[name]}```\n"


def _alive(pids: Path) -> list[int]:
    numbers = [int(line) for line in pids.read_text().split()]
    assert numbers
    found = []
    for number in numbers:
        with contextlib.suppress(psutil.NoSuchProcess):
            if psutil.Process(number).status() != psutil.STATUS_ZOMBIE:
                found.append(number)
    return found


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What outlives a page is given half a second to end by itself; what sleeps for minutes never does."""
    monkeypatch.setattr(process, "end_left_behind", partial(end_left_behind, patience=0.5))


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("name", OUTLIVING)
def test_what_outlives_a_page_ends_and_is_reported(name: str, tmp_path: Path) -> None:
    """Such a process may hold what the page writes to; nobody waits for that."""
    begun = time.monotonic()
    (found,) = _run(_outliving(name, tmp_path / "pids"))
    assert found.startswith("page.md:1: the page leaves a process running: ")
    assert found.endswith("; let an example wait for it or end it")
    assert time.monotonic() - begun < 19
    assert _alive(tmp_path / "pids") == []


@pytest.mark.thorough
@pytest.mark.usefixtures("impatient")
def test_what_outlives_a_page_that_must_be_ended_ends_too(tmp_path: Path) -> None:
    found = _run(_outliving("a daemon", tmp_path / "pids") + "```python\nwhile True: pass\n```\n", timeout=3.0)
    assert [message.split(":")[2][:35] for message in found] == [
        " the page leaves a process running",
        " the example is still running after",
    ]
    assert _alive(tmp_path / "pids") == []


def test_a_child_that_is_about_to_end_is_waited_for() -> None:
    code = "import subprocess, sys, warnings\nwarnings.simplefilter('ignore')\nchild = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(0.3)'])\n"
    assert _run(f"```python\n{code}```\n") == []


@pytest.mark.thorough
@pytest.mark.usefixtures("impatient")
def test_a_command_that_leaves_a_process_behind() -> None:
    """It may keep the output of the command open."""
    code = f"import subprocess, warnings\nwarnings.simplefilter('ignore')\nsubprocess.Popen({SLEEP})\n"
    page = f"```python\nimport sys\nif '-c' not in sys.orig_argv and len(sys.orig_argv) == 2:\n    exec({code!r})\n```\n```console\n$ python page.py\n```\n"
    (found,) = _run(page)
    assert found.startswith("page.md:6: the page leaves a process running: ")


@pytest.mark.thorough  # the page's process waits for ten seconds
def test_a_thread_that_does_not_end() -> None:
    code = "import threading, time\nthreading.Thread(target=time.sleep, args=[100]).start()\n"
    assert _run(f"```python\n{code}```\n") == [
        "page.md:1: a thread still runs after the page's last example; let an example wait for its end"
    ]


LATE = {
    "thread": "import threading, time\n\ndef f():\n    time.sleep(0.5)\n    print('later')\n\nthreading.Thread(target=f).start()\n",
    "exit handler": "import atexit\natexit.register(print, 'later')\n",
    "finalizer": "class A:\n    def __del__(self):\n        print('later')\n\na = A()\n",
    "child": "import subprocess, sys, warnings\nwarnings.simplefilter('ignore')\nchild = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(0.5); print(\"later\")'])\n",
}


@pytest.mark.parametrize("name", LATE)
def test_what_is_printed_as_python_ends_is_seen(name: str) -> None:
    assert _run(f"```python\n{LATE[name]}```\n") == [
        "page.md:1: after its last example the page prints 'later'; let an example wait for it"
    ]


def test_what_is_written_to_stderr_as_python_ends_is_seen() -> None:
    code = "import atexit, sys\natexit.register(sys.stderr.write, 'oh')\n"
    assert _run(f"```python\n{code}```\n") == [
        "page.md:1: after its last example the page writes to stderr: oh; fix it"
    ]


@pytest.mark.parametrize(("call", "status"), [("os._exit, 3", 3), ("os.abort", -6)])
def test_an_end_that_is_none_is_told_though_all_examples_have_run(call: str, status: int) -> None:
    assert _run(f"```python\nimport atexit, os\natexit.register({call})\n```\n") == [
        f"page.md:1: after its last example the page ends Python with exit code {status}; let it end by itself"
    ]


@pytest.mark.thorough  # the page runs until its time is up
def test_an_exit_handler_that_outlives_the_pages_time() -> None:
    code = "import atexit, time\natexit.register(time.sleep, 100)\n"
    assert _run(f"```python\n{code}```\n", timeout=6.0) == [
        "page.md:1: a thread still runs after the page's last example; let an example wait for its end"
    ]


def test_what_a_thread_prints_while_a_value_is_computed_is_seen() -> None:
    """The next example shows it; what the value itself prints is nobody's output."""
    code = "import threading, time\n\ndef f():\n    time.sleep(0.3)\n    print('of the thread')\n\nt = threading.Thread(target=f)\nt.start()\n"
    value = "`None None`{ data-expr=\"str(time.sleep(0.8)) + ' ' + str(print('of the value'))\" }"
    page = f"```python\n{code}```\n\n{value}\n\n```python\nt.join()\n```\n\n```text {{ .output }}\nof the thread\n```\n"
    assert _run(page) == []


# The project is not a page's to change


@pytest.mark.parametrize(
    "code",
    [
        "open({file!r}, 'w')",
        "from pathlib import Path\nPath({file!r}).unlink()",
        "import os\nos.rename({file!r}, 'mine')",
        "import os\nos.open({file!r}, os.O_WRONLY)",
        "import shutil\nshutil.rmtree({folder!r})",
        "import os\nos.mkdir({folder!r} + '/new')",
        "import os\nos.chdir({folder!r})\nopen('new.py', 'w')",
    ],
)
def test_an_example_cannot_change_the_project(project: Project, code: str) -> None:
    (project.root / "box").mkdir()
    file = project.root / "box" / "a.py"
    file.write_text("x = 1\n")
    code = code.format(file=str(file), folder=str(file.parent))
    project.write("a.md", f"# T {{#t}}\n\n```python\n{code}\n```\n")
    (found,) = project.problems("aa/a.md")
    assert found.startswith(
        "pages/aa/a.md:3: the example raises PermissionError: a page must not write into the project: box"
    )
    assert [path.name for path in file.parent.iterdir()] == ["a.py"]
    assert file.read_text() == "x = 1\n"


def test_a_page_may_read_the_project_and_write_where_it_runs(project: Project) -> None:
    (project.root / "box.py").write_text("x = 1\n")
    code = f"import os\nimport box\nopen({str(project.root / 'box.py')!r}).close()\nopen('mine', 'w').close()\nos.mkdir('m')\n"
    project.write("a.md", f"# T {{#t}}\n\n```python\n{code}```\n")
    assert project.problems() == []


@pytest.mark.parametrize("name", ["box/a.py", "box/new.py", "pages/aa/a.md", "pyproject.toml"])
def test_a_change_of_the_project_by_other_ways_is_reported(project: Project, name: str) -> None:
    """By a process that the page starts, for instance."""
    (project.root / "box").mkdir()
    (project.root / "box" / "a.py").write_text("x = 1\n")
    settings = project.root / "pyproject.toml"
    settings.write_text(settings.read_text() + 'code = ["box"]\n')
    script = f"open({str(project.root / name)!r}, 'a').write(' ')"
    project.write(
        "a.md",
        f"# T {{#t}}\n\n```python\nimport subprocess, sys\n\nsubprocess.run([sys.executable, '-c', {script!r}])\n```\n",
    )
    found = project.problems("aa/a.md")
    assert found == [
        f"pages/aa/a.md:3: {name} changed while this page ran; let the page write into its own folder, or run again"
    ]


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


@pytest.mark.thorough
def test_global_state_does_not_leak_between_pages(project: Project) -> None:
    project.write("a.md", f"# Rude {{#a}}\n\n```python{RUDE}```\n")
    project.write("b.md", POLITE)
    assert project.problems() == []
