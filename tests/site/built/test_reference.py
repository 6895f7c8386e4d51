"""The API reference: every public name has an entry in each language, and lessons and entries lead to each other."""

import importlib
import inspect
import json
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path, PurePosixPath
from types import FunctionType, ModuleType

import pytest

import dezero_lite
from doccheck.base.settings import find_settings
from tests.support.site_facts import LABS, LANGUAGES, PAGES, REFERENCE, ROOT
from website.pages.numbers import NO_BREAK
from website.words.labels import labels

LESSONS = [*PAGES, *LABS]
ENTRY = re.compile(r'<h[2-4] id="(dezero_lite[\w.]+)" class="doc doc-heading">(.*?)(?=<h[2-4] |</article>)', re.DOTALL)
TAUGHT = re.compile(r'<a href="([^"#]+/)#([\w-]+)">(.*?)</a>')
MENTION = re.compile(r'<a class="name" href="([^"#]+/)#([\w.]+)"><code>([^<]+)</code></a>')


def _modules() -> Iterator[ModuleType]:
    yield dezero_lite
    for found in pkgutil.walk_packages(dezero_lite.__path__, "dezero_lite."):
        yield importlib.import_module(found.name)


def _from(module: ModuleType, member: object) -> bool:
    """Whether a class's member was defined with it; others are functions that a later stage makes methods of."""
    function = member.fget if isinstance(member, property) else member
    return getattr(function, "__module__", module.__name__) == module.__name__


@cache
def _public() -> dict[str, str]:
    """The first paragraph about every public class, function and method, by its address. Python is asked, not griffe."""
    found: dict[str, str] = {}
    for module in _modules():
        own = {n: it for n, it in vars(module).items() if getattr(it, "__module__", "") == module.__name__}
        # the one object of a class stands under the name of its class, and is documented as that
        own = {n: type(it) if type(it).__name__ == n else it for n, it in own.items()}
        classes = {n: cls for n, cls in own.items() if inspect.isclass(cls)}
        members = {f"{n}.{m}": it for n, cls in classes.items() for m, it in vars(cls).items() if _from(module, it)}
        for name, it in (own | members).items():
            if not re.search(r"(^|\.)_", name) and isinstance(it, type | FunctionType | property | staticmethod):
                found[f"{module.__name__}.{name}"] = " ".join((inspect.getdoc(it) or "").split("\n\n")[0].split())
    return found


def _html(site: Path, lang: str, page: Path) -> str:
    folder = page.parent if page.stem == "index" else page.with_suffix("")
    html = (site / lang / folder / "index.html").read_text("utf-8")
    return html.replace(NO_BREAK, " ").replace("<wbr>", "").replace('<code class="long">', "<code>")


def _entries(site: Path, lang: str) -> list[tuple[Path, str, str]]:
    """Page, address and HTML of each entry."""
    return [(page, *found) for page in REFERENCE for found in ENTRY.findall(_html(site, lang, page))]


def _text(html: str) -> str:
    return unescape(re.sub("<[^>]*>", "", html))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_links_search_and_language_models_know_the_reference(site: Path, address: str, lang: str) -> None:
    listed = (site / lang / "llms.txt").read_text("utf-8")
    for page in REFERENCE[1:]:
        here = page.with_suffix("").as_posix()
        name = here.replace("reference/", "dezero_lite.")
        described = labels(lang)["reference_module"].format(name)
        assert _html(site, lang, page).count(f'content="{described}"') == 2
        assert f"- [{name}]({address}{lang}/{here}/): {described}\n" in listed
    found = {entry["location"] for entry in json.loads((site / lang / "search/search_index.json").read_text())["docs"]}
    assert {f"{page.with_suffix('').as_posix()}/#{at}" for page, at, _ in _entries(site, lang)} <= found


def _target(page: Path, href: str) -> Path:
    """The page that a link of a page leads to."""
    parts: list[str] = []
    for part in (PurePosixPath(page.with_suffix("")) / href).parts:
        parts = parts[:-1] if part == ".." else [*parts, part]
    return Path(*parts).with_suffix(".md")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_public_name_has_one_entry_that_says_what_its_docstring_says(site: Path, lang: str) -> None:
    entries = _entries(site, lang)
    assert sorted(address for _, address, _ in entries) == sorted(_public())
    for _, address, html in entries:
        assert _public()[address] in _text(html), address


def test_the_overview_leads_to_all_that_can_be_imported(site: Path) -> None:
    where = {address: page for page, address, _ in _entries(site, "ko")}
    found = re.findall(r'<a href="([^"#]*)#([\w.]+)"><code>', _html(site, "ko", Path("reference/index.md")))
    for href, address in found:
        assert _target(Path("reference.md"), href) == where[address]
    assert {address for _, address in found} == {a for a in where if a.rpartition(".")[2] not in _members(a)}
    alone = re.findall(r'(?<!">)<code>(\w+)</code>', _html(site, "ko", Path("reference/index.md")))
    assert set(alone).isdisjoint(address.rpartition(".")[2] for address in _public())
    for name in set(dezero_lite.__all__) - {"__version__"}:
        assert any(address.endswith(f".{name}") for _, address in found), name


def _members(address: str) -> set[str]:
    """The last part of an address that is a method's."""
    around, _, name = address.rpartition(".")
    return {name} if around in _public() else set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_names_in_lessons_lead_to_their_entries(site: Path, lang: str) -> None:
    where = {address: page for page, address, _ in _entries(site, lang)}
    count = 0
    for page in LESSONS:
        found = MENTION.findall(_html(site, lang, page))
        count += len(found)
        assert len({address for _, address, _ in found}) == len(found), f"{page}: only the first mention is a link"
        for href, address, name in found:
            assert f".{address}".endswith(f".{name.removesuffix('()').removeprefix('F.')}"), page
            assert _target(page, href) == where[address], page
            if page.parent.name.startswith("stage"):
                own, where_to = page.parent.name, address.split(".")[1]
                if where_to not in (own, "testing"):  # an earlier stage's, which this one continues and lacks
                    short = address.split(".", 3)[3]
                    assert "stage2" <= where_to < own, page
                    assert not [at for at in where if at.startswith(f"dezero_lite.{own}.") and at.endswith(f".{short}")]
    assert count > 100


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_name_is_a_link_where_the_lesson_speaks_of_it(site: Path, lang: str) -> None:
    for page, name in [
        ("stage1/step04", "numerical_diff"),
        ("stage2/step14", "cleargrad"),
        ("stage2/step18", "no_grad"),
        ("stage3/step25", "Exp"),  # listed in stage 2, which stage 3 continues
        ("stage3/step32", "no_grad"),
        ("stage3/step36", "operands"),  # of stage 2, for stage 3 has it no longer
        ("stage4/step37", "tanh"),
        ("tracks/layers", "MulLayer"),
        ("labs/linear-regression", "F.mean_squared_error"),
    ]:
        assert name in [found[2] for found in MENTION.findall(_html(site, lang, Path(f"{page}.md")))], page
    html = "".join(_html(site, lang, page) for page in LESSONS)
    kept = re.findall(r'<(h[1-6]|pre|summary|a(?! class="name"))\b(.*?)</\1>', html, re.DOTALL)
    assert not [text for _, text in kept if 'class="name"' in text]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_entries_lead_to_the_lessons_that_teach_them(site: Path, lang: str) -> None:
    taught = _lessons(site, lang)
    unfinished = {folder for folder, _ in find_settings(ROOT).unfinished}
    for address in _public():
        around = address.rpartition(".")[0]
        folder = address.split(".")[1]
        if Path(ROOT, "docs", lang, folder).is_dir() and folder not in unfinished:
            assert taught[address] or taught[around], address  # a method's lessons may be those of its class
    assert taught["dezero_lite.stage4.matrices.matmul"] == ["step41"]
    for page, _, html in _entries(site, lang):
        for href, section, title in TAUGHT.findall(html):
            lesson = _html(site, lang, _target(page, href))
            assert f'id="{section}"' in lesson
            assert _text(re.findall(r"<h1[^>]*>(.*?)<a ", lesson)[0]) == _text(title)


def _lessons(site: Path, lang: str) -> dict[str, list[str]]:
    return {
        address: [_target(page, href).stem for href, _, _ in TAUGHT.findall(html)]
        for page, address, html in _entries(site, lang)
    }


def test_the_lessons_of_an_entry_are_those_that_the_authors_name(site: Path) -> None:
    """The page that looks back on stage 2 has a table of its own: each name, and the steps that made it."""
    taught = _lessons(site, "en")
    table = (ROOT / "docs" / "en" / "stage2" / "what-we-built.md").read_text("utf-8")
    compared = 0
    for names, steps in re.findall(r"^\| (`.*?) \| (\[step.*) \|$", table, re.MULTILINE):
        for name in re.findall(r"`(\w+(?:\.\w+)?)`", names):
            for address in (a for a in taught if a.startswith("dezero_lite.stage2") and a.endswith(f".{name}")):
                both = {*taught[address], *(step for a in taught if a.startswith(f"{address}.") for step in taught[a])}
                assert set(re.findall(r"\((step\d\d)\.md\)", steps.split(" from ")[0])) <= both, address
                compared += 1
    assert compared > 15
