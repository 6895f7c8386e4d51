"""The build's face, on a foreign project: a wrong page fails the build with pytest's own message."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from html import unescape

import numpy as np
import pytest
from mkdocs.config import load_config
from mkdocs.exceptions import PluginError

import doccheck.faces.mkdocs_hook as hook
from doccheck.faces.site_state import SITE
from tests.support.notebook_builder import code, notebook, prose, value
from tests.support.sample_project import Project

GOOD = """# T {#t}

```python title="m.py"
def f():
    return 2.0
```

It is `2.0`{ data-expr="[f.__call__()][0]" }.
"""
SECOND = """# U {#u}

<!-- code so far -->

```python
print(f())
```

```text { .output }
2.0
```
"""
CONFIG = f"""
site_name: foreign
docs_dir: pages
theme: {{name: mkdocs}}
use_directory_urls: false
markdown_extensions:
  - attr_list
  - md_in_html
  - pymdownx.superfences
hooks: [{hook.__file__}]
"""


@pytest.fixture
def site(project: Project) -> Project:
    (project.root / "mkdocs.yml").write_text(CONFIG)
    (project.root / "m.py").write_text("def f():\n    return 2.0\n")
    project.write("a.md", GOOD)
    project.write("b.md", SECOND)
    return project


def build(site: Project) -> tuple[int, str]:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=site.root, env=env, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_a_sound_site_says_how_much_was_verified_and_when(site: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767311999")  # the last second of a day in UTC
    code, text = build(site)
    assert code == 0, text
    assert "Verified 6 outputs and values on 6 pages" in text
    html = (site.root / "site" / "aa" / "b.html").read_text()
    assert '<details class="so-far">' in html
    assert "The code so far" in html
    line = "The one output or value of this page was compared with what the code prints (NumPy {}, 2026-01-01)."
    assert line.format(np.__version__) in html
    assert 'data-expr="[f.__call__()][0]"' in html_of(site, "a.html")


def html_of(site: Project, name: str) -> str:
    """A page's HTML with character references resolved."""
    return unescape((site.root / "site" / "aa" / name).read_text())


def test_a_wrong_value_fails_the_build_with_the_same_message(site: Project) -> None:
    site.write("a.md", GOOD.replace("`2.0`", "`3.0`"), "bb")
    code, text = build(site)
    assert code != 0
    assert "pages/bb/a.md:8: the page says 3.0, [f.__call__()][0] is 2.0; `pytest docs --fix` writes it" in text


def test_the_server_shows_the_failure_in_the_page(site: Project) -> None:
    site.write("a.md", GOOD.replace("`2.0`", "`3.0`"), "bb")
    config = load_config(str(site.root / "mkdocs.yml"))
    hook.on_startup("serve", False)
    try:
        hook.on_pre_build(config)
        verdict = SITE.verdicts[site.path("bb/a.md")]
        assert [problem.headline.split(": ")[0] for problem in verdict.problems] == ["pages/bb/a.md:8"]
        hook.on_pre_build(config)  # again, now from the cache
        assert SITE.verdicts[site.path("bb/a.md")].problems == verdict.problems
        page = type("P", (), {"file": type("F", (), {"abs_src_path": str(site.path("bb/a.md")), "src_uri": "bb/a.md"})})
        html = hook.on_page_content("<p>body</p>", page, config, None)  # type: ignore[arg-type]
    finally:
        hook.on_startup("build", False)
    assert '<div class="admonition failure">' in html
    assert "pages/bb/a.md:8: the page says 3.0" in html
    assert html.endswith("<p>body</p>")


def test_a_wrong_setting_ends_a_build_without_a_traceback(site: Project) -> None:
    config = load_config(str(site.root / "mkdocs.yml"))
    settings = site.root / "pyproject.toml"
    settings.write_text(settings.read_text() + 'langauges = ["aa"]\n')
    with pytest.raises(PluginError, match="has 'langauges'; it knows checkout"):
        hook.on_pre_build(config)


SLIPS = {
    "front matter": (
        "---\ntitle: One: two\n---\n\n" + GOOD,
        "pages/bb/a.md:2: the front matter is not valid YAML: mapping values",
    ),
    "link": (
        GOOD + "\n[there](gone.md)\n",
        "pages/bb/a.md:10: this link leads to pages/bb/gone.md, which does not exist",
    ),
}


@pytest.mark.parametrize("name", SLIPS)
def test_the_server_shows_a_slip_in_its_page_and_all_other_pages(site: Project, name: str) -> None:
    text, message = SLIPS[name]
    site.write("a.md", text, "bb")
    code, said = build(site)
    assert code != 0
    assert message in said
    config = load_config(str(site.root / "mkdocs.yml"))
    hook.on_startup("serve", False)
    try:
        hook.on_pre_build(config)
        wrong = {path.name: verdict.problems for path, verdict in SITE.verdicts.items() if "bb" in path.parts}
        assert [problem.headline.startswith(message) for problem in wrong["a.md"]] == [True]
        assert wrong["b.md"] == []
    finally:
        hook.on_startup("build", False)


def test_code_that_only_the_renderer_sees_fails_the_build(site: Project) -> None:
    """The last line of defence: what Markdown shows as code must be what was checked, block for block."""
    config = site.root / "mkdocs.yml"
    config.write_text(config.read_text().replace("  - pymdownx.superfences\n", ""))
    code, text = build(site)
    assert code != 0
    assert "pages/aa/a.md:3: in this fence's place the reader sees no code block; look at its indent" in text


def test_a_page_with_another_ending_fails_the_build(site: Project) -> None:
    site.write("c.markdown", "It is 7.5.\n")
    code, text = build(site)
    assert code != 0
    assert "aa/c.markdown was not checked; a page's name ends in .md or .ipynb, in the folder of pages" in text


def test_pages_from_another_folder_fail_the_build(site: Project) -> None:
    shutil.copytree(site.root / "pages", site.root / "others")
    config = site.root / "mkdocs.yml"
    config.write_text(config.read_text().replace("docs_dir: pages", "docs_dir: others"))
    code, text = build(site)
    assert code != 0
    assert "but [tool.doccheck] checks the pages in" in text


GENERATOR = """
from mkdocs.structure.files import File

def on_files(files, config):
    files.append(File.generated(config, "aa/made/names.md", content=CONTENT))
"""
OUTPUT = "# Names\n\n```text { .output }\n7.5\n```\n"


@pytest.mark.parametrize(
    ("setting", "content", "message"),
    [
        ('generated = "made"', "# Names\n\n`f` takes 7.5.\n", None),
        ("", "# Names\n", "aa/made/names.md was not checked"),
        ('generated = "others"', "# Names\n", "aa/made/names.md was not checked"),
        ('generated = "made"', OUTPUT, "aa/made/names.md: nothing checks a generated page, so it may show no results"),
        ('generated = "made"', '# Names\n\n<code data-expr="x">7.5</code>\n', "so it may show no results: <code"),
    ],
)
def test_a_generated_page_lies_in_its_folder_and_shows_no_results(
    site: Project, setting: str, content: str, message: str | None
) -> None:
    (site.root / "hooks").mkdir()
    (site.root / "hooks" / "made.py").write_text(GENERATOR.replace("CONTENT", repr(content)))
    config = site.root / "mkdocs.yml"
    config.write_text(config.read_text().replace(f"hooks: [{hook.__file__}", f"hooks: [hooks/made.py, {hook.__file__}"))
    settings = site.root / "pyproject.toml"
    settings.write_text(f"{settings.read_text()}{setting}\n")
    status, text = build(site)
    assert (status == 0) is (message is None), text
    assert (message or "") in text


def test_a_written_page_in_the_folder_of_generated_ones_is_checked(site: Project) -> None:
    settings = site.root / "pyproject.toml"
    settings.write_text(f'{settings.read_text()}generated = "made"\n')
    site.write("made/c.md", GOOD.replace("`2.0`", "`3.0`"))
    status, text = build(site)
    assert status != 0
    assert "pages/aa/made/c.md:8: the page says 3.0" in text


SVG = '<svg xmlns="http://www.w3.org/2000/svg"/>'
LAB = notebook(
    prose('# Lab <a id="lab"></a>'),
    code("from IPython.display import SVG\n\nx = 2.0\nx", value("2.0")),
    prose('It is <span data-expr="x">`2.0`</span>; [see](a.md).'),
    code(f"SVG('{SVG}')", value("<IPython.core.display.SVG object>", svg=SVG), alt="A [void]"),
)


@pytest.fixture
def lone(site: Project) -> Project:
    """A site in one language, with a notebook."""
    settings = site.root / "pyproject.toml"
    settings.write_text(settings.read_text().replace('languages = ["aa", "bb", "cc"]', ""))
    for name in ("aa", "bb", "cc"):
        shutil.rmtree(site.path(name))
    (site.root / "pages" / "a.md").write_text(GOOD)
    (site.root / "pages" / "lab.ipynb").write_text(LAB)
    config = site.root / "mkdocs.yml"
    config.write_text(config.read_text() + 'plugins: [{mkdocs-jupyter: {ignore: ["*.md", "*.py"], cache: false}}]\n')
    return site


@pytest.mark.thorough
def test_a_notebook_of_a_site_in_one_language_is_a_page_of_it(lone: Project) -> None:
    status, text = build(lone)
    assert status == 0, text
    assert "Verified 3 outputs and values on 2 pages" in text
    html = unescape((lone.root / "site" / "lab.html").read_text())
    assert '<h1 id="lab">Lab' in html
    assert '<code tabindex="0" data-expr="x">2.0</code>; <a href="a.html">see</a>' in html
    assert '<img alt="A [void]" src="lab-2.svg" />' in html
    assert (lone.root / "site" / "lab-2.svg").read_text() == SVG
    assert "2 outputs and values of this page were compared" in html


def test_a_notebook_that_would_be_no_page_fails_the_build(lone: Project) -> None:
    config = lone.root / "mkdocs.yml"
    config.write_text(config.read_text().partition("plugins:")[0])
    status, text = build(lone)
    assert status != 0
    assert "lab.ipynb is not a page of this site; add mkdocs-jupyter to the plugins" in text
