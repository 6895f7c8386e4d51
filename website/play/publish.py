"""Puts onto the site what the browser needs to run pages, and beside each page its code as the browser runs it.

All of it is there only where `make runtime` was able to get it; a build says in one line if it was not. The folder's
address changes with what is in it, so a browser may keep it for ever. README.md tells what is sent to and fro.
"""

import ast
import hashlib
import json
import logging
import os
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape, unescape
from io import BytesIO
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from doccheck import SITE, Fence, Value, cells
from doccheck import Page as Source
from website.build.packages import WHEN, wheel, wheel_name
from website.context import context_of
from website.play.store import FOLDER, LOCK, Store, StoreError, needed_files, on_the_way

PLACE = "runtime"  # beside the landing page
CELLS = "cells.json"  # beside each page
REQUIRED = "REQUIRE_RUNTIME"
OURS = "dezero-lite"
# what session.py imports, for there is no more of doccheck in the browser
SESSION = (
    "doccheck/__init__.py",
    "doccheck/base/__init__.py",
    "doccheck/base/decimals.py",
    "doccheck/base/text.py",
    "doccheck/check/__init__.py",
    "doccheck/check/tolerance.py",
    "doccheck/run/__init__.py",
    "doccheck/run/child/__init__.py",
    "doccheck/run/child/harmless.py",
    "website/__init__.py",
    "website/play/__init__.py",
    *(
        f"website/play/{name}.py"
        for name in ("comparing", "numpy_here", "plot_colours", "plots", "printing", "reading", "session", "state")
    ),
)
BLOCK = re.compile(r'<div (?=(?:data-[\w-]+(?:="[^"]*")? )*class="language-(?P<language>[\w-]+)[^"]*\bhighlight\b)')
VALUE = re.compile(r'<code (?=tabindex="0" data-expr="(?P<expr>[^"]*)"(?: class="long")?>(?P<text>.*?)</code>)', re.S)

log = logging.getLogger("mkdocs.website.play")


@dataclass(frozen=True)
class Runtime:
    """What the browser loads: files by name; key names their folder; modules: which package a module comes from."""

    key: str
    files: dict[str, bytes] = field(repr=False)  # megabytes, and MkDocs asks for the text of all that it knows
    first: tuple[str, ...]
    modules: dict[str, str]
    lock: dict[str, Any]

    @property
    def folder(self) -> str:
        """The address of the folder, from the landing page's."""
        return f"{PLACE}/{self.key}/"

    @property
    def bytes(self) -> int:
        """How much a page that needs no more than NumPy and our package loads."""
        return self.weight(())

    @property
    def megabytes(self) -> str:
        """The same, to be read."""
        return f"{self.bytes / 1e6:.1f}"

    def weight(self, sources: Iterable[str]) -> int:
        """Return how many bytes are sent for a page with this code."""
        names = set(self.first)
        for module in set().union(*map(_imported, sources)):
            if module in self.modules:
                names.update(needed_files(self.lock, self.modules[module]))
        return sum(_sent(name, self.files[name]) for name in names)


def find_runtime(root: Path, say: Callable[[str], None]) -> Runtime | None:
    """Return what lies in the cache with ours; None, and a word why, where it is not there or has been changed.

    Raises PluginError for that if REQUIRE_RUNTIME is 1.
    """
    if wheel_name(root) is None:
        return None  # a project that is no package has nothing to run
    try:
        found = _runtime(root, Store(root / FOLDER))
        say(f"Run buttons: {found.megabytes} MB for most pages, in {found.folder}")
        return found
    except StoreError as error:
        if os.environ.get(REQUIRED) == "1":
            raise PluginError(f"{REQUIRED} is 1, and there is no runtime: {error}") from error
        say(f"No Run buttons: {error}")
        return None


def _runtime(root: Path, store: Store) -> Runtime:
    files = store.files()
    lock = json.loads(json.dumps(store.lock))
    name, data = str(wheel_name(root)), wheel(root)
    lock["packages"][OURS] = {
        "name": OURS,
        "version": name.split("-")[1],
        "file_name": name,
        "install_dir": "site",
        "sha256": hashlib.sha256(data).hexdigest(),
        "package_type": "package",
        "depends": ["numpy"],
        "imports": ["dezero_lite"],
        "unvendored_tests": False,
    }
    files |= {name: data, "session.zip": session_zip(root), LOCK: json.dumps(lock).encode()}
    first = (*[one for one in files if one not in dict(store.wheels())], *needed_files(lock, "numpy"))
    modules = {module: name for name, entry in lock["packages"].items() for module in entry["imports"]}
    needs = {name: needed_files(lock, name) for name in lock["packages"]}
    told = {
        "sizes": {one: len(data) for one, data in files.items()},
        "first": first,
        "modules": modules,
        "needs": needs,
    }
    files["files.json"] = json.dumps(told).encode()
    files["worker.mjs"] = (root / "website" / "play" / "worker.mjs").read_bytes()
    digest = hashlib.sha256()
    for one in sorted(files):
        digest.update(f"{one} {hashlib.sha256(files[one]).hexdigest()}\n".encode())
    return Runtime(digest.hexdigest()[:12], files, (*first, "files.json", "worker.mjs"), modules, lock)


def session_zip(root: Path) -> bytes:
    """Return the Python that runs pages, the same each time."""
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in SESSION:
            archive.writestr(zipfile.ZipInfo(name, WHEN), (root / name).read_bytes(), zipfile.ZIP_DEFLATED)
    return data.getvalue()


@lru_cache(maxsize=64)
def _sent(name: str, data: bytes) -> int:
    return on_the_way(name, data)


def _imported(source: str) -> set[str]:
    """Return the first parts of what a source imports; nothing where it is not valid Python."""
    try:
        nodes = list(ast.walk(ast.parse(source)))
    except (SyntaxError, ValueError):
        return set()
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom) and not node.level]
    return {name.split(".")[0] for name in names}


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Look once, before any language is built, whether the runtime is there."""
    site = context_of(config)
    if site.is_landing:
        site.runtime = find_runtime(Path(config.config_file_path).parent, log.info)
    return config


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> dict[str, Any]:
    """Name the page's blocks and values, and say behind its title where the runtime and its code are.

    Behind its title, for that is how the style sheet knows that code needs room for buttons: said at the end, it would
    come after the first paint where a page arrives slowly, and all would move.
    """
    site, source = context_of(config), _source(page, config)
    if source is None or site.runtime is None:
        return context
    words = site.words
    html = with_names(page.content or "", source, page.file.src_uri, words["play_native"])
    up = posixpath.relpath(".", page.url or ".") + "/../"
    weight = site.runtime.weight(fence.source for fence in source.fences if fence.kind.is_example)
    where = f'data-cells="{CELLS}" data-runtime="{up}{site.runtime.folder}" data-bytes="{weight}"'
    told = f'<div id="play" hidden {where}></div>'
    page.content = html.replace("</h1>", f"</h1>\n{told}", 1) if "</h1>" in html else f"{told}\n{html}"
    return context


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Write the page's code beside it."""
    site, source = context_of(config), _source(page, config)
    if source is not None and site.runtime is not None and SITE.book is not None:
        folder = Path(page.file.abs_dest_path).parent
        folder.mkdir(parents=True, exist_ok=True)
        told = {"page": source.name, "lang": site.lang, "blocks": cells(source, SITE.book.earlier(source.path))}
        (folder / CELLS).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    return output


def on_post_build(config: MkDocsConfig) -> None:
    """Write the runtime beside the landing page."""
    site = context_of(config)
    if not site.is_landing or site.runtime is None:
        return
    folder = Path(config.site_dir, site.runtime.folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in site.runtime.files.items():
        (folder / name).write_bytes(data)


def _source(page: Page, config: MkDocsConfig) -> Source | None:
    """The page as doccheck read it; None without examples, or if the page is wrong."""
    verdict = SITE.verdict(page.file.abs_src_path)
    if SITE.book is None or verdict is None or verdict.problems or context_of(config).is_landing:
        return None
    return verdict.page if any(fence.kind.is_example for fence in verdict.page.fences) else None


def with_names(html: str, source: Source, name: str, cannot: str) -> str:
    """The page's HTML; each block and value says which of cells.json it is, and a block if it cannot run."""
    left = [fence for fence in source.fences if not fence.hidden]
    count = 0

    def block(found: re.Match[str]) -> str:
        nonlocal count
        if not left or found["language"] != _language(left[0]):
            return found[0]  # a block that the build has made
        fence, count = left.pop(0), count + 1
        why = f'data-play-not="{escape(cannot)}" ' if fence.kind.language == "python" and not fence.in_browser else ""
        return f'{found[0]}data-play="b{count - 1}" {why}'

    html = BLOCK.sub(block, html)
    if left:
        raise PluginError(f"{name}: no block of the page is the fence in line {left[0].line}")
    return _with_values(html, source, name)


def _language(fence: Fence) -> str:
    return "python" if fence.kind.is_code_so_far else fence.kind.language


def _with_values(html: str, source: Source, name: str) -> str:
    values = [place for place in source.items() if isinstance(place, Value)]
    left = [(place.expr, place.text, f"v{number}") for number, place in enumerate(values)]

    def value(found: re.Match[str]) -> str:
        shown = (unescape(found["expr"]), unescape(found["text"]))
        place = next((one for one in left if one[:2] == shown), None)
        if place is None:
            raise PluginError(f"{name}: the page has no value {shown[1]} of {shown[0]}")
        left.remove(place)
        return f'{found[0]}data-play="{place[2]}" '

    return VALUE.sub(value, html)
