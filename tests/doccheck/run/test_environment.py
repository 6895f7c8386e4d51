"""A person's own environment does not reach a page: what one machine prints, all print."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from doccheck import check_text

# What somebody may have set; each of these would change what some page prints, or whether it runs.
PERSONAL = {
    "CI": "true",
    "CLICOLOR_FORCE": "1",
    "COLUMNS": "33",
    "CONDA_PREFIX": "/opt/conda",
    "DOCCHECK_PAGE": "/tmp",
    "FORCE_COLOR": "3",
    "IPYTHONDIR": "{home}",
    "IPY_TEST_SIMPLE_PROMPT": "1",
    "LANG": "de_DE.UTF-8",
    "LANGUAGE": "de",
    "LC_ALL": "tr_TR.ISO-8859-9",
    "LC_NUMERIC": "de_DE.UTF-8",
    "LINES": "7",
    "MATPLOTLIBRC": "{home}/matplotlibrc",
    "MPLBACKEND": "svg",
    "MPLCONFIGDIR": "{home}",
    "OMP_NUM_THREADS": "7",
    "PIP_INDEX_URL": "https://nowhere.example",
    "PYTEST_ADDOPTS": "--durations=5 -v",
    "PYTEST_PLUGINS": "nothing_of_this_name",
    "PYTHONASYNCIODEBUG": "1",
    "PYTHONBREAKPOINT": "0",
    "PYTHONCOERCECLOCALE": "0",
    "PYTHONDEVMODE": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONFAULTHANDLER": "1",
    "PYTHONHASHSEED": "77",
    "PYTHONINSPECT": "1",
    "PYTHONINTMAXSTRDIGITS": "640",
    "PYTHONIOENCODING": "latin-1",
    "PYTHONNODEBUGRANGES": "1",
    "PYTHONOPTIMIZE": "2",
    "PYTHONPROFILEIMPORTTIME": "1",
    "PYTHONSAFEPATH": "1",
    "PYTHONSTARTUP": "{home}/startup.py",
    "PYTHONTRACEMALLOC": "5",
    "PYTHONUNBUFFERED": "1",
    "PYTHONUTF8": "0",
    "PYTHONVERBOSE": "1",
    "PYTHONWARNINGS": "error",
    "PYTHON_COLORS": "1",
    "PY_COLORS": "1",
    "TERM": "xterm-256color",
    "TZ": "Asia/Tokyo",
    "VIRTUAL_ENV": "/opt/another",
    "XDG_CONFIG_HOME": "{home}",
}

PAGE = """```python
import datetime
import locale
import os
import shutil
import sys
import time
import traceback
from pathlib import Path

print(sorted({"aa", "bb", "cc", "dd"}), {"aa", "bb", "cc", "dd"})
print(shutil.get_terminal_size(), os.environ.get("TERM"))
print(locale.getpreferredencoding(), f"{1234.5:n}", sys.stdout.encoding, time.tzname[0])
print(sys.flags.optimize, sys.flags.dev_mode, sys.flags.safe_path, sys.flags.utf8_mode, sys.warnoptions)
print(datetime.datetime.fromtimestamp(0), "\\u00e9".encode(sys.getfilesystemencoding()))
print([name for name in os.environ if name.startswith(("LC_", "XDG", "MPL", "PIP", "CONDA", "VIRTUAL", "IPY"))])
print([name for name in os.environ if name.startswith(("PYTHON", "PYTEST"))])
print(len(os.listdir(Path.home())), Path.home() == Path("~").expanduser(), len(str(10**4000)))
os.open("new", os.O_CREAT | os.O_WRONLY, 0o666)
print(oct(os.stat("new").st_mode), "dir" + str(os.umask(0)))
try:
    assert False, "an assert counts"
except AssertionError as error:
    print(error)


def f():
    \"\"\"This docstring is there.\"\"\"


print(f.__doc__)
```

```python
import matplotlib as mpl

print(mpl.get_backend(), mpl.rcParams["lines.linewidth"], mpl.rcParams["figure.dpi"])
```

```console
$ python -c "import os, sys; print(sys.flags.optimize, sys.warnoptions, sorted({'aa', 'bb', 'cc'}, key=hash))"
$ python -m pytest --version
$ python -c "import sys; print(sys.path[0] == '', sys.prefix)"
```
"""

TELL = """
import json, os, sys
from pathlib import Path

from doccheck.run.pool import run_program
from doccheck.page.model import parse_page
from doccheck.run.program import make_program
from doccheck.base.settings import Settings

os.umask(int(sys.argv[1]))
page = parse_page(sys.argv[2], Path("page.md").absolute(), "page.md")
outcomes = run_program(make_program(page, []), Settings(Path(), Path()))
print(json.dumps([outcome.text + str(outcome.error) + outcome.warned for outcome in outcomes.values()]))
"""


def _ran(environment: dict[str, str], umask: int = 0o022) -> list[str]:
    """What the page prints where a person has this environment."""
    command = [sys.executable, "-c", TELL, str(umask), PAGE]
    done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()[:2000]
    found: list[str] = json.loads(done.stdout)
    return found


@pytest.mark.thorough
def test_a_person_s_environment_does_not_reach_a_page(tmp_path: Path) -> None:
    bare = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT", "TEMP") if name in os.environ}
    home = tmp_path / "home"
    home.mkdir()
    (home / "matplotlibrc").write_text("lines.linewidth: 9\nfigure.dpi: 33\n")
    (home / "startup.py").write_text("raise SystemExit\n")
    (home / "pytest.ini").write_text("[pytest]\naddopts = --nonsense\n")
    personal = {name: value.format(home=home) for name, value in PERSONAL.items()}
    expected = _ran(bare)
    assert "an assert counts\nThis docstring is there.\n" in expected[0]
    assert [text.endswith("None") for text in expected] == [True, True, True]
    got = _ran({**bare, **personal, "HOME": str(home), "USERPROFILE": str(home)}, umask=0o077)
    assert got == expected


def test_an_assert_counts_where_asserts_are_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONOPTIMIZE", "1")
    assert check_text("```python\nassert 1 == 2\n```\n") == [
        "page.md:1: the example raises AssertionError; fix it, or show it in a ```text { .error } fence"
    ]


def test_another_activated_environment_is_not_that_of_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its python stands first on the path of whoever has activated it."""
    other = tmp_path / ("python.bat" if os.name == "nt" else "python")
    other.write_text("#!/bin/sh\necho another\n")
    other.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path) + os.pathsep + os.environ["PATH"])
    page = "```python\nimport subprocess\n\nprint(subprocess.run(['python', '-c', 'print(1)'], capture_output=True, text=True).stdout)\n```\n"
    page += '\n```text { .output }\n1\n\n```\n\n```console\n$ python -c "print(2)"\n2\n```\n'
    assert check_text(page) == []


def test_packages_for_one_user_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page has another home; what its Python has is nevertheless the same."""
    monkeypatch.setattr("site.ENABLE_USER_SITE", True)
    monkeypatch.setattr("site.USER_BASE", str(tmp_path))
    page = f"```python\nimport os\n\nprint(os.environ['PYTHONUSERBASE'] == {str(tmp_path)!r})\n```\n\n```text {{ .output }}\nTrue\n```\n"
    assert check_text(page) == []
