"""Writes the pages of the glossary and of the symptoms, as Markdown made of the language's other pages.

Both are entries of course.toml. What they say of a lesson (its title, a pitfall's title, the message of an error) is
read from it, so it cannot be wrong; the sentences are in docs/glossary.toml and docs/symptoms.toml.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from website.lookup.lessons import Pitfall, Place, pitfalls
from website.lookup.tables import read_rows
from website.lookup.terms import Term

GLOSSARY = "glossary.md"
SYMPTOMS = "symptoms.md"
LAST = "other"


def glossary_page(terms: Sequence[Term], lang: str, words: Mapping[str, str], explained: Mapping[str, Place]) -> str:
    """Return the page of the glossary. words: the site's labels. explained: where, by a term's address."""
    parts = _head(words, "glossary")
    letter = ""
    for term in terms:
        if term.letter != letter:
            letter = term.letter
            shown = letter.replace("#", r"\#")  # or Markdown takes it for the end of the heading
            parts.append(f"## {shown} {{#letter-{_letter_id(letter)} data-search-exclude='' }}")
        parts.append(f"### {term.word} {{#{term.address}}}")
        parts.append(f"{_called(term, lang)}\n{{: .term-called }}")
        parts.append(term.sentence)
        if place := explained.get(term.address):
            parts.append(f"{words['glossary_explained'].format(_link(place))}\n{{: .term-called }}")
    return "\n\n".join(parts) + "\n"


def symptoms_page(table: Path, lang: str, words: Mapping[str, str], pages: Mapping[str, str]) -> str:
    """Return the page of the symptoms. table: docs/symptoms.toml. pages: the lessons by uri, in reading order."""
    found = {f"{pitfall.place.uri.rpartition('.')[0]}#{pitfall.place.section}": pitfall for pitfall in pitfalls(pages)}
    parts = _head(words, "symptoms")
    listed: set[str] = set()
    for seen in read_symptoms(table):
        parts.append(f"## {seen[lang]} {{#{seen['id']}}}")
        parts.append(seen[f"{lang}_first"])
        parts.append("\n".join(_item(found[name]) for name in seen["pitfalls"] if name in found))
        listed.update(seen["pitfalls"])
    parts.append(f"## {words['symptoms_messages']} {{#messages}}")
    parts.append(words["symptoms_messages_how"])
    parts.append("\n".join(_messages(found.values())))
    if others := [pitfall for name, pitfall in found.items() if name not in listed and not pitfall.errors]:
        parts.append(f"## {words['symptoms_other']} {{#{LAST}}}")
        parts.append("\n".join(map(_item, others)))
    return "\n\n".join(parts) + "\n"


def read_symptoms(table: Path) -> list[dict[str, Any]]:
    """Return what readers may see, as docs/symptoms.toml has it."""
    return read_rows(table, "seen")


def _head(words: Mapping[str, str], key: str) -> list[str]:
    about = words[f"{key}_about"]
    return [
        f"---\ndescription: {json.dumps(about, ensure_ascii=False)}\n---",
        f"# {words[f'{key}_title']} {{#{key}}}",
        about,
    ]


def _called(term: Term, lang: str) -> str:
    """How a term is read, and what it is called elsewhere."""
    said = [term.reading] if term.reading else []
    said += [f'<span lang="{code}">{word}</span>' for code, word in term.words.items() if code != lang]
    if term.torch:
        said.append(f"PyTorch: `{term.torch}`")
    return " · ".join(said)


def _letter_id(letter: str) -> str:
    return letter.lower() if letter.isascii() and letter.isalpha() else f"{ord(letter):x}"


def _link(place: Place) -> str:
    return f"[{place.page}]({place.uri}#{place.section})"


def _item(pitfall: Pitfall) -> str:
    place = pitfall.place
    return f"- [{place.title}]({place.uri}#{place.section}) · {place.page}"


def _messages(found: Iterable[Pitfall]) -> Iterator[str]:
    """Each message once, in alphabetical order, with the pitfalls that show it."""
    by_message: dict[str, list[Place]] = {}
    for pitfall in found:
        for error in pitfall.errors:
            by_message.setdefault(" ".join(error.split()), []).append(pitfall.place)
    for message, places in sorted(by_message.items()):
        links = " · ".join(f"[{place.title}]({place.uri}#{place.section})" for place in places)
        yield f"- `{message}`<br>{links}" if "`" not in message else f"- `` {message} ``<br>{links}"
