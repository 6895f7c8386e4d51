"""What `mkdocs serve` shows after an edit is what a clean build makes: file by file, after edits of every kind."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from html import escape
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.support.site_facts import LANGUAGES, REFERENCE, ROOT
from tests.support.small_site import forget_what_is_asked
from website.build.policy import META
from website.tools.server import build, free_address
from website.words.labels import labels

pytestmark = pytest.mark.thorough
REFERENCE_PAGES = ", ".join(f'{{ file = "{page.name}" }}' for page in [*REFERENCE, Path("twice.md")])
COURSE = f"""
[[part]]
pages = [{{ file = "index.md" }}]

[[part]]
folder = "stage1"
title = {{ ja = "一", ko = "일", en = "One" }}
pages = [
  {{ step = 1, ja = "一", ko = "일", en = "Twice" }},
  {{ step = 2, ja = "二", ko = "이", en = "Four times" }},
]

[[part]]
folder = "reference"
title = {{ ja = "三", ko = "삼", en = "Reference" }}
pages = [{REFERENCE_PAGES}]
"""
SETTINGS = """
[tool.doccheck]
languages = ["ja", "ko", "en"]
code = ["dezero_lite", "doccheck"]
generated = "reference"
"""
HOME = "---\ndescription: Home.\n---\n# Home {#home}\n\n[Step 1](stage1/step01.md#run)\n\n| a | b |\n| - | - |\n| c | d |\n"
STEP1 = """---
description: The first step.
---
# Step 1: Twice {#step01}

A formula: $x^2$.

```python title="dezero_lite/twice/core.py"
def twice(x):
    return 2 * x
```

## Run it {#run}

![A box](../figures/step01_box.svg)

```python
print(twice(3))
```

```text { .output }
6
```

So we get `6`{ data-expr="twice(3)" }.
"""
STEP2 = """---
description: The second step.
---
# Step 2: Four times {#step02}

<!-- code so far -->

```python
print(twice(twice(3)))
```

```text { .output }
12
```

[Back](step01.md#run)
"""
TWICE = 'def twice(x):\n    """Return twice x."""\n    return 2 * x\n'
POLICY = re.compile(META.format('[^"]*').encode())


class Server:
    """A small project with the real machinery around it, and `mkdocs serve` on it."""

    def __init__(self, around: Path, address: str) -> None:
        self.root = around / "project"
        self.address = address
        self._temporary = around / "temporary"
        self._temporary.mkdir()
        _make_project(self.root)
        command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", address.removeprefix("http://").strip("/")]
        env = os.environ | {"TMPDIR": str(self._temporary)}
        with (around / "log").open("w") as log:
            self._process = subprocess.Popen(command, cwd=self.root, env=env, stdout=log, stderr=log)
        self.version = self._settled(None)

    def close(self) -> None:
        self._process.terminate()
        self._process.wait()

    @property
    def site(self) -> Path:
        """The folder that is served."""
        (folder,) = self._temporary.glob("mkdocs_*")
        return folder

    def page(self, name: str) -> str:
        return (self.site / name / "index.html").read_text("utf-8")

    def edit(self, name: str, change: Callable[[str], str], languages: Sequence[str] = LANGUAGES) -> None:
        """Change a file, LANG in its name standing for each of some languages, and wait until that is shown."""
        for path in dict.fromkeys(self.root / name.replace("LANG", lang) for lang in languages):
            before = path.read_text("utf-8") if path.is_file() else ""
            assert change(before) != before
            path.write_text(change(before), "utf-8")
        self.wait()

    def wait(self) -> None:
        """Wait until a build after the last one is shown, and no other follows it."""
        self.version = self._settled(self.version)

    def _settled(self, before: str | None) -> str:
        end, now = time.monotonic() + 180, before
        while time.monotonic() < end:
            last, now = now, self._version()
            if now and now == last != before:
                return now
            time.sleep(1)
        raise TimeoutError("the server shows no other build")

    def _version(self) -> str | None:
        """The number of the build that is shown, after a build that is going on; None while the server starts."""
        assert self._process.poll() is None, "the server has ended"
        try:
            html = urlopen(f"{self.address}ja/", timeout=120).read().decode()
        except OSError:
            return None
        found = re.search(r"livereload\((\d+),", html)
        assert found
        return found[1]


def _make_project(root: Path) -> None:
    for folder in ("dezero_lite", "doccheck", "figures", "website", "docs/assets"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    forget_what_is_asked(root)
    for name in ("index.md", "glossary.toml", "symptoms.toml"):
        shutil.copy(ROOT / "docs" / name, root / "docs")
    shutil.copy(ROOT / "mkdocs.yml", root)
    (root / "course.toml").write_text(COURSE, "utf-8")
    (root / "pyproject.toml").write_text(SETTINGS, "utf-8")
    (root / "dezero_lite" / "twice").mkdir()
    (root / "dezero_lite" / "twice" / "__init__.py").touch()
    (root / "dezero_lite" / "twice" / "core.py").write_text(TWICE, "utf-8")
    for lang in LANGUAGES:
        (root / "docs" / lang / "stage1").mkdir(parents=True)
        for name, text in {"index": HOME, "stage1/step01": STEP1, "stage1/step02": STEP2}.items():
            (root / "docs" / lang / f"{name}.md").write_text(text, "utf-8")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("edits"), free_address())
    yield server
    server.close()


def _files(folder: Path) -> dict[str, bytes]:
    """All files, but without what the server leaves out: pictures for links that nobody shares, and the policy."""
    files = [path for path in folder.rglob("*") if path.is_file() and "social" not in path.relative_to(folder).parts]
    return {path.relative_to(folder).as_posix(): POLICY.sub(b"", path.read_bytes()) for path in files}


def _assert_as_built(server: Server, folder: Path) -> None:
    """Build a copy that has no memory of anything, and compare."""
    copy, site = folder / "copy", folder / "site"
    shutil.copytree(server.root, copy, ignore=shutil.ignore_patterns(".cache", "__pycache__"))
    done = build(copy, site, server.address)
    assert done.returncode == 0, done.stderr
    served, built = _files(server.site), _files(site)
    assert sorted(served) == sorted(built)
    assert [name for name in built if served[name] != built[name]] == []


def _replacing(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new)


STEP = "docs/LANG/stage1/step01.md"


def words(server: Server) -> None:
    """The third language is not built again."""
    server.edit(STEP, _replacing("A formula:", "Another formula:"), ["ja"])
    server.edit(STEP, _replacing(": Twice", ": Double"), ["ko"])


def programs(server: Server) -> None:
    """A listing stands in the code so far of the page after it, too."""
    server.edit("docs/LANG/stage1/step02.md", lambda t: t.replace("twice(3)", "twice(4)").replace("12", "16"))
    server.edit("dezero_lite/twice/core.py", _replacing("return 2 * x", "return x + x"))
    server.edit(
        STEP, lambda t: t.replace("return 2 * x", "return x + x").replace("So we", "## Result {#result}\n\nSo we")
    )


def a_wrong_value_and_the_right_one(server: Server) -> None:
    """The page says so, and only where it is wrong."""
    server.edit(STEP, _replacing("get `6`", "get `7`"), ["ja"])
    for lang in LANGUAGES:
        assert ("docs/ja/stage1/step01.md:" in server.page(f"{lang}/stage1/step01")) is (lang == "ja"), lang
    server.edit(STEP, _replacing("get `7`", "get `6`"), ["ja"])


def another_program_in_one_language(server: Server) -> None:
    """The page says so in the other languages too, and is mended there with it."""
    server.edit(STEP, _replacing("print(twice(3))", "print(twice(3) + 0)"), ["ja"])
    for lang in LANGUAGES:
        assert "docs/ja/stage1/step01.md:" in server.page(f"{lang}/stage1/step01"), lang
        assert escape(labels(lang)["page_wrong_advice"]) in server.page(f"{lang}/stage1/step01")
        assert "docs/ja/stage1/step01.md:" not in server.page(f"{lang}/stage1/step02"), lang
    server.edit(STEP, _replacing("print(twice(3) + 0)", "print(twice(3))"), ["ja"])


def a_figure_and_a_style(server: Server) -> None:
    drawing = (server.root / "figures/stage1/step01_box.py").read_text("utf-8")
    server.edit("figures/stage1/new.py", lambda _: drawing)
    server.edit(STEP, _replacing("So we get", "![New](../figures/new.svg)\n\nSo we get"))
    server.edit("docs/assets/css/type.css", lambda text: text + "\n/* new */\n")


def a_template_and_a_hook(server: Server) -> None:
    """Python loaded the hook long ago; one that it could not load does not end the server."""
    server.edit("website/theme/main.html", lambda text: text + "{% block announce %}new{% endblock %}\n")
    server.edit("website/pages/extension.py", lambda text: text + "this is no Python")
    server.edit(
        "website/pages/extension.py",
        lambda t: t.replace("this is no Python", "").replace('"class": "table"', '"class": "table new"'),
    )
    assert 'class="table new"' in server.page("ja")


def a_formula_that_cannot_be_made(server: Server) -> None:
    """A language that cannot be built says so in its own words; the others go on."""
    server.edit(STEP, _replacing("$x^2$", r"$\nosuch$"), ["ko"])
    html = server.page("ko/stage1/step02")
    assert '<html lang="ko">' in html and "does not know \\nosuch" in html
    assert labels("ko")["build_failed"] in html and labels("ko")["build_failed_advice"] in html
    assert "nosuch" not in server.page("ja/stage1/step01")
    server.edit(STEP, _replacing(r"$\nosuch$", "$x^2$"), ["ko"])


def a_page_less(server: Server) -> None:
    for lang in LANGUAGES:
        (server.root / "docs" / lang / "stage1" / "step02.md").unlink()
    server.edit("course.toml", _replacing('  { step = 2, ja = "二", ko = "이", en = "Four times" },\n', ""))


def a_docstring(server: Server) -> None:
    """The reference says it, and goes on leading to the lesson; the lesson, to it."""
    server.edit("dezero_lite/twice/core.py", _replacing("Return twice x", "Return x two times"))
    for lang in LANGUAGES:
        assert "Return x two times" in server.page(f"{lang}/reference/twice")
        assert 'href="../../stage1/step01/#step01"' in server.page(f"{lang}/reference/twice")
    server.edit(STEP, _replacing("So we get", "Call `twice(x)`, or `twice`. So we get"))
    assert 'href="../../reference/twice/#dezero_lite.twice.core.twice"' in server.page("ja/stage1/step01")


EDITS = [
    words,
    programs,
    a_docstring,
    a_wrong_value_and_the_right_one,
    another_program_in_one_language,
    a_formula_that_cannot_be_made,
    a_figure_and_a_style,
    a_template_and_a_hook,
    a_page_less,
]


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_what_is_served_after_an_edit_is_what_a_build_makes(
    server: Server, tmp_path: Path, edit: Callable[[Server], None]
) -> None:
    edit(server)
    _assert_as_built(server, tmp_path)
