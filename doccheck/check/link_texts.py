"""What a page says of another one: its number, in the text of a link or in a sentence, and that it is the next.

A page is numbered where its title begins with a number and a noun, as in "Step 4: …", "ステップ4 …" or "4단계 …".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from doccheck.base.problem import Problem
from doccheck.page.model import Page
from doccheck.page.prose import IMAGE

LINK = re.compile(r"(?<![!\\])\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\])*)\]\((?P<target>[^()\s]+)[^()]*\)")
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:", re.I)
NUMBERED = re.compile(r"(?P<before>[^\W\d_]+ ?)?(?P<number>\d+)(?P<after>[^\W\d_]+)?")
NUMBER = re.compile(r"\d+")


@dataclass(frozen=True)
class Numbered:
    """The number of a page and the noun around it."""

    before: str
    number: int
    after: str


@dataclass(frozen=True)
class Target:
    """Where a link leads; follows: that page comes right after the one with the link."""

    page: Page
    follows: bool


def links(page: Page) -> Iterator[tuple[int, str, str]]:
    """Yield offset, text and target of every link to another place of the project; code in the text is left out."""
    for match in LINK.finditer(page.plain):
        if not ELSEWHERE.match(match["target"]):
            yield match.start(), match["text"], match["target"]


def title(page: Page) -> str:
    """Return the title of a page, without its number of a part such as (1) at the end."""
    return next((heading.title for heading in page.headings if heading.level == 1), "")


def numbered(page: Page) -> Numbered | None:
    """Return the number with which the title of a page begins."""
    match = NUMBERED.match(title(page))
    if match is None or not (match["before"] or match["after"]):
        return None
    return Numbered((match["before"] or "").strip(), int(match["number"]), match["after"] or "")


def check_link_texts(page: Page, targets: Sequence[tuple[str, Target]], next_page: str) -> Iterator[Problem]:
    """Yield the links that lead to another page than their text names.

    targets: the pages, by what stands in a link before #. next_page: how links name the next page, as a regular
    expression; "" where nobody says it.
    """
    own, leads = numbered(page), dict(targets)
    for at, text, address in links(page):
        file, _, anchor = address.partition("#")
        target = leads.get(file)
        if target is None:
            continue  # no page
        there = numbered(target.page)
        wrong = _wrong_number(text, target.page, anchor, there)
        if wrong is not None:
            says = f"the link [{text}]({address}) names {wrong}, and leads to {title(target.page)!r}"
            yield page.problem_at(at, says, "fix the number or the address")
        elif next_page and not NUMBER.search(text) and re.fullmatch(next_page, text.strip(), re.I):
            follows = there.number == own.number + 1 if own and there else target.follows
            if not follows or anchor:
                says = f"the link [{text}]({address}) leads to {title(target.page)!r}, which is not the next page"
                yield page.problem_at(at, says, "fix its address")


def _wrong_number(text: str, target: Page, anchor: str, there: Numbered | None) -> str | None:
    """Return the number in a link's text that is not in the title of where it leads."""
    said = NUMBER.findall(IMAGE.sub(" ", text))
    if not said:
        return None
    if there is not None:
        return None if str(there.number) in said else said[0]
    allowed = set(NUMBER.findall(title(target)))
    for heading in target.headings:
        if anchor and heading.id == anchor:
            allowed |= set(NUMBER.findall(heading.title))
    return next((number for number in said if number not in allowed), None)


def check_numbered(page: Page, siblings: Sequence[Numbered], planned: Sequence[int]) -> Iterator[Problem]:
    """Yield the pages that a sentence names by number and that do not exist.

    siblings: those of the language; one alone is no series. planned: the numbers of pages that are still to come.
    """
    series = Counter((other.before, other.after) for other in siblings)
    for before, after in sorted(noun for noun, count in series.items() if count > 1):
        numbers = {other.number for other in siblings if (other.before, other.after) == (before, after)}
        numbers |= set(planned)
        for match in _named(before, after).finditer(page.prose):
            if int(match["number"]) not in numbers:
                says = f"no page is named {match[0]!r}; there are {min(numbers)} to {max(numbers)}"
                yield page.problem_at(match.start(), says, "fix the number")


def _named(before: str, after: str) -> re.Pattern[str]:
    """Return the pattern of a page that is named by noun and number."""
    left = rf"(?<![^\W\d_]){re.escape(before)}s?[ \n]?" if before.isascii() and before else re.escape(before)
    return re.compile(rf"{left}(?<!\d)(?P<number>\d+)(?![\d.,]\d){re.escape(after)}", re.I)
