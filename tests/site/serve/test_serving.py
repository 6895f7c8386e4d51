"""While serving, only a page that changed is rendered again and read again for the search; warnings stay."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jinja2
import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from tests.support.context import set_context
from website.serve import render_cache as serving
from website.serve.memory import Memory

# the search plugin of the site, without its theme, which takes a second each time
CONFIG = """site_name: x
plugins:
  - material/search: {lang: en, separator: " ", pipeline: []}
validation: {links: {anchors: warn}}
"""


class Hook(BasePlugin):
    def on_pre_page(self, page: Page, *, config: MkDocsConfig, files: Files) -> Page:
        return serving.on_pre_page(page, config, files)

    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        return serving.on_env(env, config, files)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The pages that MkDocs has rendered, and those of which the search plugin has made entries."""
    from material.plugins.search.plugin import SearchIndex

    names: list[str] = []
    render, index = Page.render, SearchIndex.add_entry_from_context

    def rendering(self: Page, config: MkDocsConfig, files: Files) -> None:
        names.append(f"HTML of {self.file.src_uri}")
        render(self, config, files)

    def indexing(self: Any, page: Page) -> None:
        names.append(f"entries of {page.file.src_uri}")
        index(self, page)

    monkeypatch.setattr(Page, "render", rendering)
    monkeypatch.setattr(SearchIndex, "add_entry_from_context", indexing)
    yield names


def _serve(folder: Path, a: str, b: str, salt: str = "") -> str:
    """Build two pages as the server does, and return what the reader of the first gets."""
    (folder / "docs").mkdir(exist_ok=True)
    (folder / "docs" / "a.md").write_text(a, encoding="utf-8")
    (folder / "docs" / "b.md").write_text(b, encoding="utf-8")
    (folder / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    config = load_config(str(folder / "mkdocs.yml"))
    config.plugins["serving"] = Hook()
    set_context(config, "en").memory = memory = Memory(folder / "memory", salt)
    build(config)
    memory.save()
    return (folder / "site" / "a" / "index.html").read_text("utf-8")


def _entries(folder: Path) -> list[dict[str, str]]:
    entries: list[dict[str, str]] = json.loads((folder / "site/search/search_index.json").read_text("utf-8"))["docs"]
    return entries


def test_only_what_changed_is_made_again(tmp_path: Path, made: list[str]) -> None:
    first = _serve(tmp_path, "# A\n\nold\n", "# B\n"), _entries(tmp_path)
    assert made == ["HTML of a.md", "HTML of b.md", "entries of a.md", "entries of b.md"]
    made.clear()
    assert (_serve(tmp_path, "# A\n\nold\n", "# B\n"), _entries(tmp_path)) == first
    assert made == []
    assert "new" in _serve(tmp_path, "# A\n\nnew\n", "# B\n")
    assert [entry["text"] for entry in _entries(tmp_path) if entry["location"] == "a/"] == ["<p>new</p>"]
    assert made == ["HTML of a.md", "entries of a.md"]


def test_everything_is_made_again_by_other_tools(tmp_path: Path, made: list[str]) -> None:
    _serve(tmp_path, "# A\n", "# B\n")
    made.clear()
    _serve(tmp_path, "# A\n", "# B\n", salt="another version")
    assert made == ["HTML of a.md", "HTML of b.md", "entries of a.md", "entries of b.md"]


def test_what_no_page_needs_any_more_is_forgotten(tmp_path: Path, made: list[str]) -> None:
    sizes = []
    for text in ("long " * 1000, "short"):
        _serve(tmp_path, f"# A\n\n{text}\n", "# B\n")
        sizes.append((tmp_path / "memory").stat().st_size)
    assert sizes[1] < sizes[0] / 2


def test_a_new_title_reaches_the_pages_that_were_kept(tmp_path: Path, made: list[str]) -> None:
    _serve(tmp_path, "# A\n", "# Before\n")
    page = _serve(tmp_path, "# A\n", "# After\n")
    assert made.count("HTML of a.md") == 1
    assert "After" in page
    assert "Before" not in page


def test_a_link_to_a_heading_that_is_gone_is_noticed_on_a_page_that_was_kept(
    tmp_path: Path, made: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    _serve(tmp_path, "# A\n\n[there](b.md#part)\n", "# B\n\n## Part\n")
    assert not caplog.messages
    with caplog.at_level(logging.WARNING, "mkdocs"):
        _serve(tmp_path, "# A\n\n[there](b.md#part)\n", "# B\n")
    assert made.count("HTML of a.md") == 1
    assert any("does not contain an anchor '#part'" in text for text in caplog.messages)


def test_a_warning_is_given_each_time(tmp_path: Path, made: list[str], caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(2):
        with caplog.at_level(logging.WARNING, "mkdocs"):
            _serve(tmp_path, "# A\n\n[gone](gone.md)\n", "# B\n")
        assert any("gone.md" in text for text in caplog.messages)
        caplog.clear()
    assert made.count("HTML of a.md") == 2
