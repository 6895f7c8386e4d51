"""Small references, built here: what is a link, and the faults that a build must tell."""

import logging
import re
import shutil
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from doccheck.base.settings import Settings
from doccheck.checker import Book, Verdict
from doccheck.faces.site_state import SITE
from tests.support.context import set_context
from tests.support.site_facts import ROOT
from website.reference import links as reference
from website.reference.docstrings import docstring_html
from website.words.labels import labels

CORE = '''"""The heart."""


class Box:
    """A box that holds x.

    x: (N, C) numbers. y: None until open() has run. Returns nothing.
    Raises ValueError for half_a_box, or for * and <b>.
    """

    def __init__(self, x):
        self.x = x

    def unpack(self) -> "Box":
        """Return the inside."""
        return self.x

    def size(self):
        """Return the size."""
        return 1

    @property
    def shape(self):
        """The shape."""
        return ()


class Chest(Box):
    """A larger box."""

    def size(self):
        """Return the size."""
        return 2


def wrap(x) -> Box:
    """Return a Box.

    >>> wrap(2 * one).x
    2
    """
    return Box(x)
'''
BOX = """class Box:
    def __init__(self, x):
        self.x = x

    def unpack(self):
        return self.x

    def size(self):
        return 1

    @property
    def shape(self):
        return ()
"""
LISTING = f"""# Boxes {{#boxes}}

A `Box`, a `Box`, `Box.unpack()`, `unpack`, `size`, `shape`, `Box.shape`, `Chest`, `wrap`, `wrap(2)`, `nothing`.

## `wrap` and [`Chest`](#boxes) {{#code}}

```python title="dezero_lite/stage1/core.py"
{BOX}```
"""
LATER = f"""# Chests {{#chests}}

A `Box` again, and a `Chest`; `help_box` comes from elsewhere.

```python title="dezero_lite/stage1/core.py"
{BOX.replace("self.x = x", "self.x = x  # this class is what it was")}

class Chest(Box):
    def size(self):
        return 2


def wrap(x):
    return Box(x)
```

```python
import dezero_lite.stage1 as S
from dezero_lite.stage1 import Box as MyBox
from dezero_lite.extra import help_box

S.wrap(S.Box(1))
```

So `MyBox` is a `Box`, and `S.wrap` wraps; there is no `S.Chest`.
"""
PLUGINS = re.findall(r"^plugins:\n.*?\n\n", (ROOT / "mkdocs.yml").read_text("utf-8"), re.DOTALL | re.MULTILINE)[0]
CONFIG = """
site_name: small
theme: {name: material, font: false}
nav: [index.md, s/a.md, s/b.md, reference/index.md, reference/stage1.md, reference/extra.md]
markdown_extensions: [attr_list, md_in_html, pymdownx.superfences]
validation: {links: {anchors: warn}}
"""
FILES = {
    "dezero_lite/__init__.py": '"""All."""\n\nfrom dezero_lite.stage1 import Box\n\n__all__ = ["Box"]\n',
    "dezero_lite/stage1/__init__.py": '"""One."""\n\nfrom dezero_lite.stage1.core import Box, wrap\n\n__all__ = ["Box", "wrap"]\n',
    "dezero_lite/stage1/core.py": CORE,
    "dezero_lite/extra.py": '"""More."""\n\n\ndef help_box():\n    """Return help."""\n',
    "docs/index.md": "# Home {#home}\n\nNo `Box` is known here.\n",
    "docs/s/a.md": LISTING,
    "docs/s/b.md": LATER,
    "mkdocs.yml": CONFIG
    + PLUGINS.replace("website/reference/templates", str(ROOT / "website" / "reference" / "templates")),
}


class Hooks(BasePlugin):
    """The hooks of the site that matter here."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        return reference.on_config(config)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        return reference.on_files(files, config)

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        return reference.on_page_content(html, page, config, files)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def built(small: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """Builds the site, and gives the article of a page."""

    def html(page: str) -> str:
        book = Book(Settings(root=small, docs=small / "docs", examples_begin="one = 1"))
        pages = [small / "docs" / name for name in ("index.md", "s/a.md", "s/b.md")]
        monkeypatch.setattr(SITE, "book", book)
        monkeypatch.setattr(SITE, "verdicts", {path: Verdict(book.page(path), []) for path in pages})
        config = load_config(str(small / "mkdocs.yml"))
        set_context(config, "en", small / "docs")
        config.plugins["small"] = Hooks()
        build(config)
        return (small / "site" / page / "index.html").read_text("utf-8").partition("<article")[2]

    return html


def _links(html: str) -> dict[str, str]:
    return {text: href for href, text in re.findall(r'<a class="name" href="([^"]+)"><code>([^<]+)</code>', html)}


def test_the_first_mention_of_a_name_that_is_known_by_then_is_a_link(built: Callable[[str], str]) -> None:
    html = built("s/a")
    core = "../../reference/stage1/#dezero_lite.stage1.core"
    expected = {"Box": f"{core}.Box", "Box.unpack()": f"{core}.Box.unpack", "Box.shape": f"{core}.Box.shape"}
    # not `unpack`, which is the same again; not `size`, which two classes have; not `shape`, which arrays have too
    assert _links(html) == expected
    assert html.count('class="name"') == 3


def test_a_name_is_known_to_the_end_of_its_folder(built: Callable[[str], str]) -> None:
    links = _links(built("s/b"))
    assert set(links) == {"Box", "Chest", "help_box", "S.wrap"}  # MyBox is a Box
    assert links["S.wrap"] == "../../reference/stage1/#dezero_lite.stage1.core.wrap"
    assert links["help_box"] == "../../reference/extra/#dezero_lite.extra.help_box"
    assert not _links(built(""))


def test_an_entry_says_where_it_is_taught(built: Callable[[str], str]) -> None:
    html = built("reference/stage1")
    entry = dict(
        re.findall(r'id="dezero_lite\.stage1\.core\.([\w.]+)" class="doc(.*?)(?=<h\d|</article)', html, re.DOTALL)
    )
    assert 'Taught in <a href="../../s/a/#code">Boxes</a></p>' in entry["Box"]
    assert "Taught in" not in entry["Box.unpack"]  # its class says it
    assert 'Inherits from <a href="./#dezero_lite.stage1.core.Box"><code>Box</code></a>' in entry["Chest"]
    assert 'Taught in <a href="../../s/b/#chests">Chests</a></p>' in entry["wrap"]
    assert 'Taught in <a href="../../s/b/#chests">Chests</a>' in built("reference/extra")


def test_a_page_with_an_example_says_what_has_run_before(built: Callable[[str], str]) -> None:
    begin = "<code>one = 1"
    html = re.sub("</?span[^>]*>", "", built("reference/stage1"))
    said = html.index(labels("en")["reference_examples"])
    assert said < html.index(begin, said) < html.index('data-commands="wrap(2 * one).x"')
    assert begin not in re.sub("</?span[^>]*>", "", built("reference/extra"))


def test_a_signature_links_its_types_and_offers_no_copy(built: Callable[[str], str]) -> None:
    html = built("reference/stage1")
    signature = re.findall(r'<div class="[^"]*doc-signature highlight no-copy">(.*?)</div>', html, re.DOTALL)
    assert any(re.search(r'<a [^>]*href="#dezero_lite\.stage1\.core\.Box">Box</a>', text) for text in signature)
    assert "_mkdocstrings.css" not in html


def test_a_link_that_leads_to_no_entry_is_told(
    small: Path, built: Callable[[str], str], caplog: pytest.LogCaptureFixture
) -> None:
    templates = shutil.copytree(ROOT / "website" / "reference" / "templates", small / "templates")
    entry = templates / "python" / "material" / "entry.html.jinja"
    entry.write_text(entry.read_text("utf-8").replace("id=obj.path", "id=obj.name"), encoding="utf-8")
    (small / "mkdocs.yml").write_text(
        FILES["mkdocs.yml"].replace(str(ROOT / "website" / "reference" / "templates"), str(templates))
    )
    with caplog.at_level(logging.WARNING, "mkdocs"):
        built("s/a")
    assert any("does not contain an anchor '#dezero_lite.stage1.core.Box'" in text for text in caplog.messages)


def test_a_module_without_a_page_is_told(
    small: Path, built: Callable[[str], str], caplog: pytest.LogCaptureFixture
) -> None:
    (small / "mkdocs.yml").write_text(FILES["mkdocs.yml"].replace(", reference/extra.md", ""))
    with caplog.at_level(logging.WARNING, "mkdocs"):
        built("")
    told = "dezero_lite.extra is not in the API reference; add reference/extra.md to course.toml"
    assert [record.getMessage() for record in caplog.records if "reference" in record.name] == [told]


def test_a_page_about_nothing_is_told(
    small: Path, built: Callable[[str], str], caplog: pytest.LogCaptureFixture
) -> None:
    (small / "mkdocs.yml").write_text(FILES["mkdocs.yml"].replace("extra.md", "extra.md, reference/none.md"))
    with caplog.at_level(logging.WARNING, "mkdocs"):
        built("")
    assert "reference/none.md: there is no module dezero_lite.none that could be read" in caplog.messages


def test_a_module_that_only_passes_names_on_is_in_the_overview(small: Path, built: Callable[[str], str]) -> None:
    (small / "dezero_lite" / "topic.py").write_text(FILES["dezero_lite/__init__.py"].replace("All", "A topic"))
    html = built("reference").partition('id="dezero_lite.topic"')[2]
    assert "A topic." in html
    assert 'href="stage1/#dezero_lite.stage1.core.Box"' in html.partition("<h2")[0]


def test_a_file_that_cannot_be_read_is_left_out(small: Path, built: Callable[[str], str]) -> None:
    """While serving: doccheck says what is wrong with it."""
    (small / "dezero_lite" / "extra.py").write_text("def help_box(:\n")
    assert "help_box" not in _links(built("s/b"))
    (small / "dezero_lite" / "stage1" / "core.py").write_text("class Box(:\n")
    assert not _links(built("s/a"))


@pytest.mark.parametrize(
    ("docstring", "html"),
    [
        ("One\nsentence.\n\nMore.", "<p>One sentence.</p><p>More.</p>"),
        (
            "A.\n\nx: one. y, z: two.",
            "<p>A.</p><dl><dt><code>x</code></dt><dd>one.</dd><dt><code>y, z</code></dt><dd>two.</dd></dl>",
        ),
        (
            "A.\n\nx: one. Raises ValueError.",
            "<p>A.</p><dl><dt><code>x</code></dt><dd>one.</dd></dl><p>Raises <code>ValueError</code>.</p>",
        ),
        ("See f() and a_b; x ** 2 < y * 3.", "<p>See <code>f()</code> and <code>a_b</code>; x ** 2 &lt; y * 3.</p>"),
        ("All of a_b.cd in one.", "<p>All of <code>a_b.cd</code> in one.</p>"),
        ("For both: a sentence.", "<p>For both: a sentence.</p>"),
        ("A.\n\nSource: a book.", "<p>A.</p><p>Source: a book.</p>"),
    ],
)
def test_a_docstring_reads_as_prose(docstring: str, html: str) -> None:
    assert docstring_html(docstring) == html


def test_an_example_in_a_docstring_is_a_block_whose_button_copies_what_is_typed() -> None:
    html = docstring_html(
        "Add a_b.\n\nSource: a book.\n\n>>> for i in (1, 2):\n...     print(i < 2)\nTrue\nFalse\n>>> 1 + 1\n2"
    )
    prose, _, block = html.partition('<div class="language-pycon highlight no-copy" data-commands="')
    assert prose == "<p>Add <code>a_b</code>.</p><p>Source: a book.</p>"
    typed, _, code = block.partition('"><pre><span></span><code>')
    assert unescape(typed) == "for i in (1, 2):\n    print(i < 2)\n1 + 1"
    shown = unescape(re.sub("<[^>]*>", "", code))
    assert shown == ">>> for i in (1, 2):\n...     print(i < 2)\nTrue\nFalse\n>>> 1 + 1\n2\n"
    assert 'class="kn"' not in prose and '<span class="k">for</span>' in code


def test_an_example_inside_of_a_paragraph_is_refused() -> None:
    with pytest.raises(ValueError, match="an example begins a paragraph of its own, unlike that in 'Add:"):
        docstring_html("Add:\n>>> 1 + 1\n3")
