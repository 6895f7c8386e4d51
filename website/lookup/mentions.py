"""Puts the pages of the glossary and of the symptoms into a language's site, and links the lessons' words with them."""

import re
from collections.abc import Iterable
from html import escape
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from doccheck import SITE
from website.context import context_of
from website.lookup.lessons import Place, explained_in
from website.lookup.pages import GLOSSARY, SYMPTOMS, glossary_page, symptoms_page
from website.lookup.terms import Term, read_terms

# What must stay as it is: what has an address or a look of its own, and whatever is between < and >.
KEEP = (
    r"<(a|h[1-6]|pre|code|summary|figure|template|math|strong|svg)\b.*?</\1>"
    r'|<p class="checked-line".*?</p>|<!--.*?-->|<[^>]*>'
)
# With these may begin what follows a Korean word.
PARTICLES = "은|는|이|가|을|를|의|에|로|와|과|도|만|으로|라|란|입|마다|부터|까지|보다|처럼|하|해|한|할|됩|된|되|들"
# Between two letters of the same script a Japanese word goes on.
APART = "".join(f"(?!(?<=[{script}])[{script}])" for script in ("一-龯々", "ァ-ヺー"))
# What must stand before a term and behind it, by language.
AROUND = {
    "ja": (APART, APART),
    "ko": ("(?<![가-힣A-Za-z])", f"(?:(?![가-힣])|(?={PARTICLES}))"),
    "en": (r"(?<![\w-])", r"(?:e?s)?(?![\w-])"),
}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Write the two pages, if course.toml lists them."""
    site = context_of(config)
    wanted = {page.file for part in site.course.parts for page in part.pages} & {GLOSSARY, SYMPTOMS}
    if site.is_landing or SITE.book is None or not wanted:
        return files
    docs = Path(config.docs_dir)
    uris = [uri for uri in site.course.files(docs) if docs / uri in SITE.verdicts]
    lessons = {uri: SITE.book.page(docs / uri).text for uri in uris}
    site.terms = read_terms(site.docs / "glossary.toml", site.lang, site.languages)
    site.explained = {term.address: place for term in site.terms if (place := _explained(term, lessons))}
    if GLOSSARY in wanted:
        text = glossary_page(site.terms, site.lang, site.words, site.explained)
        files.append(File.generated(config, GLOSSARY, content=text))
    if SYMPTOMS in wanted:
        text = symptoms_page(site.docs / "symptoms.toml", site.lang, site.words, lessons)
        files.append(File.generated(config, SYMPTOMS, content=text))
    return files


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Link the first mention of each term, but on the page that explains it, and where there are only names."""
    site = context_of(config)
    glossary = files.get_file_from_path(GLOSSARY)
    if glossary is None or page.file.generated_by:
        return html
    terms = [term for term in site.terms if term.linked and not _is_here(site.explained.get(term.address), page)]
    return with_terms(html, terms, site.lang, glossary.url_relative_to(page.file))


def with_terms(html: str, terms: list[Term], lang: str, address: str) -> str:
    """Return HTML in which the first mention of each term leads to it, on the page of the glossary at address."""
    by_word = {term.word.lower(): term for term in terms}
    if not by_word:
        return html
    words = _pattern(sorted(by_word, key=len, reverse=True), lang)
    linked: set[str] = set()

    def link(found: re.Match[str]) -> str:
        said = found["term"]
        if said is None:
            return found[0]
        term = by_word[_known(said, by_word)]
        if term.address in linked:
            return found[0]
        linked.add(term.address)
        return f'<a class="term" href="{address}#{term.address}" data-says="{escape(term.sentence)}">{found[0]}</a>'

    return re.sub(f"{KEEP}|(?P<term>{words})", link, html, flags=re.DOTALL | re.IGNORECASE)


def _explained(term: Term, lessons: dict[str, str]) -> Place | None:
    """Where a term is explained: on the page that must introduce it, or else on the first that has it in bold."""
    first = [uri for uri in lessons if uri.rpartition(".")[0] in term.must[:1]]
    return explained_in(term.word, {uri: lessons[uri] for uri in [*first, *lessons]})


def _is_here(place: Place | None, page: Page) -> bool:
    return place is not None and place.uri == page.file.src_uri


def _pattern(words: Iterable[str], lang: str) -> str:
    """A regular expression for the first of some terms that is no part of another word.

    What must stand around a term is written once, not with each of them: for a range of ten thousand letters `re`
    takes milliseconds, and there would be hundreds on every page.
    """
    flowing = "|".join(r"\s+".join(map(re.escape, word.split())) for word in words)
    before, behind = AROUND.get(lang, AROUND["en"])
    return f"{before}(?:{flowing}){behind}"


def _known(said: str, by_word: dict[str, Term]) -> str:
    """The term that was said, perhaps as a plural or over two lines."""
    plain = " ".join(said.lower().split())
    return next(form for form in (plain, plain.removesuffix("s"), plain.removesuffix("es")) if form in by_word)
