"""Finishes the search index of a language, which the theme has made of the sections of the pages.

It leaves out what is no text of a page (the code of earlier pages, the line at the foot) and all markup, and writes
formulas in one line. It adds what docs/assets/js/search-worker.js ranks and understands queries by: each page's
description, what each section introduces, and the words for it. These are the words of docs/glossary.toml, the English
that pages give in brackets, what readers may see (docs/symptoms.toml), and what they ask (asked/LANG.toml, beside this
file).
"""

import json
import re
from collections.abc import Iterator
from html import escape, unescape
from pathlib import Path
from typing import Any
from unicodedata import normalize

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from website.context import context_of
from website.lookup.pages import read_symptoms
from website.lookup.tables import read_rows
from website.pages.mathml_text import mathml_text
from website.pages.particles import JOINER
from website.search.asked import ASKED, Asked, check_sections, read_asked
from website.search.notes import SearchNotes

NO_TEXT = re.compile(r'<details class="(?:so-far|check)".*?</details>|<p class="checked-line".*?</p>', re.DOTALL)
FORMULA = re.compile(r"<math.*?</math>", re.DOTALL)
HEADING = re.compile(r'<h[1-6] id="([^"]+)"')
TERM = re.compile(r"<strong>(.*?)</strong>", re.DOTALL)  # pages say a new term in bold where they explain it
DEFINED = r'<span class="(?:nc|nf|fm|nn)">(\w+)</span>'  # behind class, def or import
SET = r'<span class="bp">self</span><span class="o">\.</span><span class="n">(\w+)</span> <span class="o">=</span>'
NAME = re.compile(f"{DEFINED}|{SET}")
BLOCK = re.compile(r"</?(?:p|pre|li|ol|ul)>")
TAG = re.compile(r"<[^>]*>")
ENGLISH = r"\s?[（(]([A-Za-z][^）)、,，]*)[）)、,，]"  # behind a term of another script
OTHER_SCRIPT = re.compile(r"[\u3040-\u9fff\uac00-\ud7af]")
A_FUNCTION = re.compile(r"\s?(?:関数|함수)$")  # readers leave it out: softmax


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Note the order in which the pages of this build are read."""
    context_of(config).search.pages = nav.pages
    return nav


@event_priority(50)
def before_the_theme(context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation) -> None:
    """Note what each section introduces; show the theme, which now reads the page for its index, the text alone."""
    notes = context_of(config).search
    notes.shown[page.url] = page.content or ""
    html = NO_TEXT.sub("", notes.shown[page.url])
    _, *parts = HEADING.split(html)
    addresses = [page.url, *(f"{page.url}#{name}" for name in parts[2::2])]  # the first heading is the page's
    for address, text in zip(addresses, parts[1::2], strict=False):
        notes.introduced[address] = (bold_terms(text), [found[1] or found[2] for found in NAME.finditer(text)])
    page.content = FORMULA.sub(lambda match: escape(mathml_text(match[0])), html)


def after_the_theme(context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation) -> None:
    """Show the page again, to the passes that come after this one and to the reader."""
    page.content = context_of(config).search.shown.pop(page.url)


def on_post_build(config: MkDocsConfig) -> None:
    """Write the index anew, with the pages in the order in which they are read."""
    site = context_of(config)
    if site.is_landing:
        return
    path = Path(config.site_dir, "search", "search_index.json")
    index = json.loads(path.read_text("utf-8"))
    steps = {step.file for step in site.course.steps}
    sections: dict[str, list[dict[str, str]]] = {}
    for section in index["docs"]:
        sections.setdefault(section["location"].partition("#")[0], []).append(section)
    index["config"]["terms"] = list(_words(site.lang, site.docs, sections, site.search))
    index["docs"] = list(_finished(sections, site.search))
    add_asked(index["docs"], ASKED / f"{site.lang}.toml", _seen(site.lang, site.docs))
    index["config"]["steps"] = [page.url for page in site.search.pages if page.file.src_uri in steps]
    path.write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def _finished(sections: dict[str, list[dict[str, str]]], notes: SearchNotes) -> Iterator[dict[str, Any]]:
    known: set[str] = set()
    for page in notes.pages:
        for section in sections.get(page.url, []):
            address = section["location"]
            terms, names = notes.introduced.get(address, ([], []))
            yield {
                "location": address,
                "title": _plain(section["title"]),
                "text": _plain(section["text"]),
                "about": _plain(page.meta.get("description", "")) if address == page.url else "",  # it is escaped
                "terms": list(dict.fromkeys(terms)),
                "names": [name for name in dict.fromkeys(names) if name not in known],  # what follows repeats it
            }
            known.update(names)


def bold_terms(html: str) -> list[str]:
    """The terms that a section says in bold; a sentence, or words that open an item of a list, end with a stop."""
    return [term for term in map(_plain, TERM.findall(html)) if not term.endswith((".", "。"))]


def _plain(html: str) -> str:
    """The text that a reader sees."""
    text = unescape(TAG.sub("", BLOCK.sub(" ", html))).replace(JOINER, "")
    return " ".join(normalize("NFC", text).split())


Words = list[list[str]]  # what something may be called: in this language, the page's own word first; in the others


def _words(lang: str, docs: Path, sections: dict[str, list[dict[str, str]]], notes: SearchNotes) -> Iterator[Words]:
    """All words for what sections introduce; a symptom is noted as introduced, too."""
    yield from _glossary(lang, docs / "glossary.toml")
    for seen in read_symptoms(docs / "symptoms.toml"):
        notes.introduced[f"symptoms/#{seen['id']}"] = ([seen[lang]], [])
        yield [[seen[lang], *seen[f"{lang}_also"]], []]
    for section in _each(sections):
        yield from _in_brackets(notes.introduced.get(section["location"], ([], []))[0], _plain(section["text"]))


def add_asked(docs: list[dict[str, Any]], file: Path, also: Asked) -> None:
    """Add what readers ask to each section that answers it; no page shows it. also: what is said elsewhere."""
    asked = read_asked(file)
    check_sections(asked, file, [section["location"] for section in docs])
    for section in docs:
        if phrases := [*asked.get(section["location"], []), *also.get(section["location"], [])]:
            section["asked"] = phrases


def _seen(lang: str, docs: Path) -> Asked:
    """How else readers may say what they see, by the symptom's section."""
    return {f"symptoms/#{seen['id']}": seen[f"{lang}_also"] for seen in read_symptoms(docs / "symptoms.toml")}


def _each(sections: dict[str, list[dict[str, str]]]) -> Iterator[dict[str, str]]:
    for page in sections.values():
        yield from page


def _in_brackets(terms: list[str], text: str) -> Iterator[Words]:
    """The English of each term of a section that gives it behind the term."""
    for term in filter(OTHER_SCRIPT.search, terms):
        if english := re.search(re.escape(term) + ENGLISH, text):
            yield [[term], [english[1]]]
            if name := A_FUNCTION.search(term) and A_FUNCTION.sub("", term):
                yield [[name], [english[1].removesuffix(" function")]]


def _glossary(lang: str, path: Path) -> Iterator[Words]:
    """For each term of the glossary its words; in Japanese also how it is read."""
    for term in read_rows(path, "term"):
        own: list[str] = []
        others: list[str] = []
        for key, words in term.items():
            if not re.fullmatch("[a-z]{2}(?:_not|_also|_reading)?", key):
                continue  # pages, sentences and the like, no words of a language
            named = own if key.partition("_")[0] == lang and not key.endswith("_reading") else others
            named.extend([words] if isinstance(words, str) else words)
        yield [own, others]
