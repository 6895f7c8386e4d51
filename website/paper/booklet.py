"""Puts the finished pages of a stage together into one, for paper.

Nothing is rendered again. Each id begins with the name of its page, so that it is there once; a link to a page of the
same booklet leads to its place in it. A solution leaves a number where it stood, and comes after the last page. What
can only be clicked is left out, and so is the code of earlier pages, for these are bound in front.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from posixpath import join, normpath
from urllib.parse import urljoin

from mkdocs.exceptions import PluginError

PLACE = "paper"  # the folder of a stage's booklet, beside those of its pages
CLICKED = re.compile(
    r'<a class="headerlink".*?</a>|<p class="(?:take-away|checked-line)">.*?</p>|<div class="frames-turn">.*?</div>'
    r'|<template\b.*?</template>|<div id="play"[^>]*></div>',
    re.DOTALL,
)
FOR_SCRIPTS = re.compile(
    r' (?:data-(?:play|upto|play-not)="[^"]*"|data-long|tabindex="0"|loading="lazy"|aria-current="step")'
)
SO_FAR = re.compile(r'<details class="so-far">.*?</details>', re.DOTALL)
SOLUTION = re.compile(r'<details class="solution">\s*<summary>.*?</summary>(.*?)</details>', re.DOTALL)
CLOSED = re.compile(r"<details(?! open)")
CODE = re.compile(r'(<div [^>]*class="[^"]*\bhighlight\b)([^>]*>)(?=(.*?)</pre>)', re.DOTALL)
LONG = 14  # lines that would leave a third of a sheet empty, if they were kept together
TAG = re.compile(r"<\w[^<>]*>")
NAMING = re.compile(r' (id|href|src|for|aria-labelledby|aria-describedby)="([^"]*)"|url\(#([^)]*)\)')
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|/")


@dataclass(frozen=True)
class Solution:
    """The solution of an exercise. number: what it is called by. place, exercise: the ids of both."""

    number: str
    place: str
    exercise: str
    html: str


@dataclass
class Chapter:
    """A page in a booklet. name begins all its ids; title is HTML."""

    name: str
    title: str
    html: str
    solutions: list[Solution] = field(default_factory=list)


@dataclass(frozen=True)
class Binding:
    """What a page is bound into. names: of all pages that are, by their way from the folder of the page. files: the
    way from the booklet to what its pages load, links: the address of that folder; "" where the booklet lies in it.
    """

    names: Mapping[str, str]
    files: str = ""
    links: str = ""


def chapter(name: str, title: str, html: str, number: str, into: Binding, words: dict[str, str]) -> Chapter:
    """Return a page of a booklet. html: its finished article. number: what its solutions are called by. Raises
    PluginError for boxes in one another, which would be torn apart.
    """
    html = FOR_SCRIPTS.sub("", CLICKED.sub("", html))
    html = SO_FAR.sub(f'<p class="paper-so-far">{words["paper_so_far"]}</p>', html)
    html = CODE.sub(_marked, html)
    html = TAG.sub(partial(_renamed, name, into), html)
    made = Chapter(name, title, "")
    count = len(SOLUTION.findall(html))

    def moved(found: re.Match[str]) -> str:
        if "<details" in found[1]:
            raise PluginError(f"{name}: a box stands in a solution; put it before or behind the solution")
        nth = f"-{len(made.solutions) + 1}" if count > 1 else ""
        solution = Solution(f"{number}{nth}", f"solution-{name}{nth}", f"{name}-to-solution{nth}", _opened(found[1]))
        made.solutions.append(solution)
        said = words["paper_solution_there"].format(number=solution.number)
        link = f'<a id="{solution.exercise}" href="#{solution.place}">{said}</a>'
        return f'<p class="paper-to-solution">{link}{page_number(solution.place)}</p>'

    made.html = _opened(SOLUTION.sub(moved, html))
    return made


def numbers(steps: Sequence[int | None]) -> list[str]:
    """Return what the solutions of each page are called by: a step's number, and A, B and so on of other pages."""
    letters = iter("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return [next(letters) if step is None else str(step) for step in steps]


def page_number(place: str) -> str:
    """Return where the number of the sheet on which an id stands can be written; empty until somebody knows it."""
    return f'<span class="paper-page" data-of="{place}"></span>'


def _opened(html: str) -> str:
    """Open all boxes: where there are no scripts, nothing opens them for paper."""
    return CLOSED.sub("<details open", html)


def _marked(code: re.Match[str]) -> str:
    """A block of code, which says that it is long."""
    return f"{code[1]} paper-long{code[2]}" if code[3].count("\n") > LONG else code[0]


def _renamed(name: str, into: Binding, tag: re.Match[str]) -> str:
    return NAMING.sub(partial(_renamed_attribute, name, into), tag[0])


def _renamed_attribute(name: str, into: Binding, found: re.Match[str]) -> str:
    attribute, value, drawn = found.groups()
    if drawn is not None:
        return f"url(#{name}-{drawn})"
    if attribute in ("href", "src"):
        return f' {attribute}="{_address(name, into, value, attribute)}"'
    return f' {attribute}="{" ".join(f"{name}-{part}" for part in value.split())}"'


def _address(name: str, into: Binding, address: str, attribute: str) -> str:
    """What a page in the folder of its name leads to or loads, as its booklet says it."""
    if SCHEME.match(address):
        return address
    path, sharp, place = address.partition("#")
    lies_in = normpath(f"{name}/{path}")
    if bound := into.names.get(lies_in):
        return f"#{bound}-{place}" if sharp else f"#{bound}"
    if not address.startswith("../"):
        address = f"../{name}/{address}"
    if attribute == "href":
        return urljoin(into.links, address) if into.links else address
    return normpath(join(into.files, address)) if into.files else address
