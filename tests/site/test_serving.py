"""While serving, only a page that changed is rendered again, and a warning is given each time."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from website.hooks import serving


class Hook(BasePlugin):
    def on_pre_page(self, page: Page, *, config: MkDocsConfig, files: Files) -> Page:
        return serving.on_pre_page(page, config, files)


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The pages that MkDocs has rendered, while the hook serves."""
    names: list[str] = []
    original = Page.render

    def render(self: Page, config: object, files: object) -> None:
        names.append(self.file.src_uri)
        original(self, config, files)

    monkeypatch.setattr(Page, "render", render)
    serving.on_startup("serve", False)
    yield names
    serving.on_startup("build", False)
    serving._known.clear()


def _serve(folder: Path, a: str, b: str) -> str:
    """Build two pages as the server does, and return what the reader of the first gets."""
    (folder / "docs").mkdir(exist_ok=True)
    (folder / "docs" / "a.md").write_text(a, encoding="utf-8")
    (folder / "docs" / "b.md").write_text(b, encoding="utf-8")
    (folder / "mkdocs.yml").write_text("site_name: x\nvalidation: {links: {anchors: warn}}\n", encoding="utf-8")
    config = load_config(str(folder / "mkdocs.yml"))
    config.plugins["serving"] = Hook()
    build(config)
    return (folder / "site" / "a" / "index.html").read_text("utf-8")


def test_only_what_changed_is_rendered(tmp_path: Path, rendered: list[str]) -> None:
    first = _serve(tmp_path, "# A\n\nold\n", "# B\n")
    assert _serve(tmp_path, "# A\n\nold\n", "# B\n") == first
    assert rendered == ["a.md", "b.md"]
    assert "new" in _serve(tmp_path, "# A\n\nnew\n", "# B\n")
    assert rendered == ["a.md", "b.md", "a.md"]


def test_a_new_title_reaches_the_pages_that_were_kept(tmp_path: Path, rendered: list[str]) -> None:
    _serve(tmp_path, "# A\n", "# Before\n")
    page = _serve(tmp_path, "# A\n", "# After\n")
    assert rendered == ["a.md", "b.md", "b.md"]
    assert "After" in page
    assert "Before" not in page


def test_a_warning_is_given_each_time(tmp_path: Path, rendered: list[str], caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(2):
        with caplog.at_level(logging.WARNING, "mkdocs"):
            _serve(tmp_path, "# A\n\n[gone](gone.md)\n", "# B\n")
        assert any("gone.md" in text for text in caplog.messages)
        caplog.clear()
    assert rendered.count("a.md") == 2
