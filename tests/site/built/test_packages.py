"""The site gives its own package and sources away, and the commands on its home pages install it."""

import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from html import unescape
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from doccheck import SITE
from tests.support.context import set_context
from tests.support.site_facts import LANGUAGES, ROOT
from website.build import offline, packages
from website.pages import start
from website.words.labels import labels

WHEEL = packages.wheel_name(ROOT) or ""
BOX = re.compile(r"<section><p><strong>(.*?)</strong></p>.*?<code>(.*?)</code>", re.DOTALL)


def _commands(html: str) -> dict[str, list[str]]:
    """The lines of each box, by its title."""
    return {unescape(title): unescape(code).split("\n")[:-1] for title, code in BOX.findall(html)}


def _home(site: Path, lang: str) -> str:
    return (site / lang / "index.html").read_text(encoding="utf-8")


def test_the_wheel_is_the_library_and_the_same_each_time(site: Path) -> None:
    written = (site / "download" / WHEEL).read_bytes()
    assert written == packages.wheel(ROOT)
    with zipfile.ZipFile(site / "download" / WHEEL) as archive:
        assert "dezero_lite/stage1/core.py" in archive.namelist()


def test_the_sources_are_what_git_knows(site: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(site / "download" / "dezero-lite.zip") as archive:
        names = archive.namelist()
        archive.extractall(tmp_path)
    assert {name.split("/")[0] for name in names} == {"dezero-lite"}
    for name in ("docs/ja/index.md", "doccheck/README.md", "figures/pencil.py", "website/hook.py", "tests/conftest.py"):
        assert f"dezero-lite/{name}" in names
    assert names == sorted(names, key=lambda name: name.split("/"))
    unpacked = tmp_path / "dezero-lite"
    files = [path.relative_to(unpacked) for path in packages.source_files(unpacked)]  # git knows nothing of it
    assert len(files) == len(names)
    assert packages.sources(unpacked) == (site / "download" / "dezero-lite.zip").read_bytes()


def test_boxes_say_the_same_in_all_languages_with_the_sites_own_address(site: Path, address: str) -> None:
    found = [list(_commands(_home(site, lang)).values()) for lang in LANGUAGES]
    assert found[0] == found[1] == found[2]
    windows, macos, linux, jupyter = found[0]
    assert macos == linux
    assert [
        line.replace("dezero\\Scripts\\", "dezero/bin/").replace("py -m venv", "python3 -m venv") for line in windows
    ] == macos
    for lines in (windows, macos, jupyter):
        assert f"{address}download/{WHEEL}" in "\n".join(lines)
    for lang in LANGUAGES:
        assert f'href="../download/{WHEEL}"' in _home(site, lang)
        assert 'href="../download/dezero-lite.zip"' in _home(site, lang)


@pytest.mark.thorough
@pytest.mark.skipif(os.name != "posix", reason="the lines of the other systems are those of its box")
@pytest.mark.usefixtures("served")
def test_the_lines_for_linux_install_a_library_that_works(site: Path, tmp_path: Path) -> None:
    lines = _commands(_home(site, "en"))["Linux"]
    numpy = str(Path(np.__file__).parents[1])  # nothing else is fetched
    env = os.environ | {"PIP_NO_DEPS": "1", "PYTHONPATH": numpy, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    program = "import dezero_lite; print(dezero_lite.__file__)"
    for line in lines[:-1]:
        line = line.replace("python3 ", f"{sys.executable} ", 1)
        subprocess.run(line, shell=True, cwd=tmp_path, env=env, check=True)
    done = subprocess.run(lines[-1], shell=True, cwd=tmp_path, env=env, input=program, capture_output=True, text=True)
    assert done.stdout.startswith(str(tmp_path / "dezero")), done.stderr


@pytest.mark.usefixtures("served")
def test_the_line_for_a_notebook_installs_it(site: Path, tmp_path: Path) -> None:
    install, _ = _commands(_home(site, "ko"))[labels("ko")["start_jupyter"]]
    env = os.environ | {"PIP_NO_DEPS": "1", "PIP_TARGET": str(tmp_path / "there"), "IPYTHONDIR": str(tmp_path)}
    subprocess.run([sys.executable, "-m", "IPython", "-c", install], cwd=tmp_path, env=env, check=True)
    assert (tmp_path / "there" / "dezero_lite" / "__init__.py").is_file()


def test_a_site_without_an_address_names_the_file_that_is_to_be_downloaded() -> None:
    config = MkDocsConfig()
    config.load_dict({"docs_dir": "docs", "site_dir": "site", "site_name": "", "extra": {}})
    config.config_file_path = str(ROOT / "mkdocs.yml")
    set_context(config, "en").root_url = start.UNPUBLISHED
    page = Page(None, File("index.md", "docs", "site", True), config)
    html = start.on_page_content(start.MARKER, page, config, Files([]))
    assert f"dezero/bin/python -m pip install {WHEEL}" in _commands(html)["Linux"]
    assert "://" not in html
    assert html.count(f"First download {WHEEL}") == 4
    assert f"{WHEEL}[labs]" in html


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_home_page_leads_to_the_pdf_and_to_the_zip_if_there_are_any(lang: str) -> None:
    config = MkDocsConfig()
    config.load_dict({"docs_dir": "docs", "site_dir": "site", "site_name": "", "extra": {}})
    config.config_file_path = str(ROOT / "mkdocs.yml")
    site = set_context(config, lang)
    page = Page(None, File("index.md", "docs", "site", True), config)
    for there in (False, True):
        site.printer, site.offline = "chromium" if there else None, there
        html = start.on_page_content(start.MARKER, page, config, Files([]))
        assert (f'<a href="dezero_lite-{lang}.pdf" download>' in html) is there
        assert ('<a href="../download/dezero_lite-offline.zip" download>' in html) is there
        assert html.count('<p class="for-online">') == 2 * there


def _write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")


def test_the_zip_holds_what_is_read_without_a_server_and_is_the_same_each_time(tmp_path: Path) -> None:
    read = {
        "index.html": "<p>a</p>",
        "en/index.html": 'a<p class="for-online">\n<a href="x.pdf">PDF</a></p>b',
        "en/search/search_index.js": "x",
        "en/stage1/step01/step01.ipynb": "{}",
        "download/dezero_lite-1.whl": "x",
    }
    for_online = {
        "runtime/1/pyodide.wasm": "x",
        "en/social/index.png": "x",
        "en/stage1/step01.md": "x",
        "en/stage1/step01/cells.json": "x",
        "en/search/search_index.json": "x",
        "en/sitemap.xml.gz": "x",
        "en/llms.txt": "x",
        "en/dezero_lite-en.pdf": "x",
        "robots.txt": "x",
        f"download/{offline.NAME}": "x",
    }
    _write(tmp_path / "one", read | for_online)
    _write(tmp_path / "two", dict(reversed((read | for_online).items())))
    assert offline.packed(tmp_path / "one") == offline.packed(tmp_path / "two")
    with zipfile.ZipFile(BytesIO(offline.packed(tmp_path / "one"))) as archive:
        assert archive.namelist() == sorted(f"dezero_lite/{name}" for name in read)
        assert archive.read("dezero_lite/en/index.html") == b"ab"
        assert {info.date_time for info in archive.infolist()} == {packages.WHEN}


@pytest.mark.parametrize(("asked", "serving", "made"), [("", False, False), ("1", False, True), ("1", True, False)])
def test_the_zip_is_made_where_somebody_asks_for_it(
    asked: str, serving: bool, made: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OFFLINE", asked)
    monkeypatch.setattr(SITE, "serving", serving)
    config = MkDocsConfig()
    config.load_dict({"docs_dir": "docs", "site_dir": str(tmp_path), "site_name": "", "extra": {}})
    set_context(config)
    offline.on_config(config)
    offline.on_post_build(config)
    assert (tmp_path / "download" / offline.NAME).is_file() is made
