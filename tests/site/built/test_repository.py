"""Where the sources have an address, pages lead to it; where they have none, nothing does."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.site_facts import LANGUAGES
from tests.support.small_site import make_small_site
from website.words.labels import labels

HOUSE = "https://example.org/who/what"


def _build(root: Path, repository: str) -> dict[str, str]:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    done = subprocess.run(command, cwd=root, env=os.environ | {"REPO_URL": repository}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return {lang: (root / "site" / lang / "index.html").read_text("utf-8") for lang in LANGUAGES}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("small")
    make_small_site(root, checked=False)
    return root


def test_each_page_leads_to_its_source_and_to_a_report(small: Path) -> None:
    for lang, html in _build(small, HOUSE).items():
        assert f'<a href="{HOUSE}" title=' in html
        assert f'href="{HOUSE}/edit/main/docs/{lang}/index.md"' in html
        title = f"Home%20%28{lang}/index.md%29"
        link = f'<a class="outside" href="{HOUSE}/issues/new?title={title}">{labels(lang)["report"]}</a>'
        assert link in html
        assert 'data-md-component="source"' not in html  # it would ask another host for its stars


def test_without_an_address_no_page_leads_anywhere(small: Path) -> None:
    for html in _build(small, "").values():
        assert "/edit/" not in html and "issues/new" not in html and "md-source" not in html
