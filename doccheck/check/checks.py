"""The list of checks: each with a name, the phase it belongs to, what it needs, and a function.

A rule for pages is an entry here and a function. The function is called with what it needs, in this order; a check
that needs something which a page does not have (None: no language, no glossary) does not concern that page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import cached_property

from doccheck.base.memo import MEMO
from doccheck.base.problem import Problem, in_order
from doccheck.check.cell_outputs import check_stored
from doccheck.check.characters import check_characters
from doccheck.check.commands import check_commands
from doccheck.check.constants import check_constants, check_printed
from doccheck.check.crowds import check_crowds
from doccheck.check.exercises import check_exercises, compare_exercises
from doccheck.check.formulas import check_formulas
from doccheck.check.headings import check_headings, check_ids
from doccheck.check.html import check_rendered, render
from doccheck.check.indents import check_indents
from doccheck.check.link_texts import Numbered, Target, check_link_texts, check_numbered
from doccheck.check.links import DeadEnd, check_links
from doccheck.check.listing_diffs import check_changes
from doccheck.check.literals import check_literals
from doccheck.check.lookups import check_lookups
from doccheck.check.marks import check_comments, check_markup, check_tags, check_values
from doccheck.check.mentioned import check_mentioned
from doccheck.check.names import check_names
from doccheck.check.numbers import check_numbers, check_sentences
from doccheck.check.optional import check_optional
from doccheck.check.outputs import check_order, compare
from doccheck.check.package import check_listings
from doccheck.check.parity import check_structure, check_texts
from doccheck.check.silent import check_silent
from doccheck.check.slips import check_blocks, check_file, check_front_matter, check_syntax
from doccheck.check.statements import check_statements, check_tuples
from doccheck.check.terms import Term, check_musts, check_terms
from doccheck.check.unseen_by_readers import check_unseen
from doccheck.check.untranslated import check_writing
from doccheck.page.listings import uses_listings
from doccheck.page.model import NOTEBOOK, Page
from doccheck.page.notebook.model import NotebookPage
from doccheck.run.program import Outcomes


class Phase(Enum):
    """When a check is asked: later phases may wait until earlier ones find nothing."""

    FILE = auto()  # the file can be read
    BLOCKS = auto()  # fences, comments and front matter end where they should
    PROSE = auto()  # what is written, whatever the code does
    CODE = auto()  # examples are Python
    PROGRAM = auto()  # what the code says, without running it
    RUN = auto()  # what it does when it runs
    TEXTS = auto()  # what it prints, in the other languages
    HTML = auto()  # what the reader sees


# A slip makes what follows look wrong: a phase is left out where one of these has found something. RUN is asked in
# spite of a slip in the code, for the examples before it.
WAITS_FOR = {
    Phase.FILE: (),
    Phase.BLOCKS: (Phase.FILE,),
    Phase.PROSE: (Phase.FILE, Phase.BLOCKS),
    Phase.CODE: (Phase.FILE, Phase.BLOCKS),
    Phase.PROGRAM: (Phase.FILE, Phase.BLOCKS, Phase.CODE),
    Phase.RUN: (Phase.FILE, Phase.BLOCKS),
    Phase.TEXTS: (Phase.FILE, Phase.BLOCKS, Phase.CODE, Phase.PROGRAM, Phase.RUN),
    Phase.HTML: tuple(phase for phase in Phase if phase is not Phase.HTML),
}
SLIPS = (Phase.FILE, Phase.BLOCKS, Phase.CODE)


@dataclass
class Subject:
    """A page and what checks need besides it; None: it has no such thing.

    earlier: the pages before it, for the code so far. slip: what makes one of them unreadable. others: the same page
    in other languages, where these can be read. missing: the names of those that do not exist. package: where
    listings are not the package. twin: another page that would have the same address. dead_ends: its links that
    lead nowhere. targets: the pages that its other links lead to, by what stands there before #. next_page: how a
    link names the next page, as a regular expression. statement: how a sentence says what a name is, likewise.
    siblings: the numbered pages of the language. planned: the numbers of those that are still to come. classes:
    those of boxes, none for any. optional: the libraries that only some
    programs need. names: those that pages may mention besides their own code's; listed: those of
    them that no code has, whole. attributes: what the project's code looks up, each with the name before it.
    """

    page: Page
    earlier: tuple[Page, ...] = ()
    slip: Problem | None = None
    language: str | None = None
    others: tuple[Page, ...] | None = None
    missing: tuple[str, ...] | None = None
    terms: tuple[Term, ...] | None = None
    glossary: str | None = None
    scripts: tuple[tuple[str, str], ...] | None = None
    package: tuple[Problem, ...] | None = None
    twin: str | None = None
    dead_ends: tuple[DeadEnd, ...] | None = None
    targets: tuple[tuple[str, Target], ...] | None = None
    next_page: str = ""
    statement: str = ""
    siblings: tuple[Numbered, ...] | None = None
    planned: tuple[int, ...] = ()
    classes: tuple[str, ...] = ()
    optional: tuple[str, ...] | None = None
    names: frozenset[str] | None = None
    listed: frozenset[str] | None = None
    attributes: frozenset[str] | None = None
    outcomes: Outcomes | None = None
    exact: bool = True

    @cached_property
    def html(self) -> str:
        """What the reader gets; a site may put its own here."""
        return render(self.page, self.earlier)


@dataclass(frozen=True)
class Check:
    """One rule; needs are attributes of Subject."""

    name: str
    phase: Phase
    needs: tuple[str, ...]
    function: Callable[..., Iterable[Problem]]

    def concerns(self, subject: Subject) -> bool:
        """Say whether the page has what this check needs."""
        needs = set(self.needs) - {"html"}  # every page has it, but it takes time to make
        return all(getattr(subject, need) is not None for need in needs)

    def find(self, subject: Subject) -> tuple[Problem, ...]:
        """Return what is wrong; what depends on texts alone is remembered."""
        inputs = tuple(getattr(subject, need) for need in self.needs)
        if "outcomes" in self.needs:
            return tuple(self.function(*inputs))
        return MEMO.get(self.name, inputs, lambda: tuple(self.function(*inputs)))


def _faults(page: Page) -> Iterable[Problem]:
    return () if page.unreadable else page.faults


def _missing(page: Page, missing: tuple[str, ...]) -> Iterator[Problem]:
    for name in missing:
        yield page.problem_of_file(f"this page has no {name}", "write it, or delete this one in every language")


def _twin(page: Page, twin: str) -> Iterator[Problem]:
    what = "notebook" if page.path.suffix == NOTEBOOK else "page"
    yield page.problem_of_file(f"this {what} and {twin} would have the same address", "rename one of them")


def _package(problems: tuple[Problem, ...]) -> Iterable[Problem]:
    return problems


def compare_page(page: Page, outcomes: Outcomes, exact: bool) -> Iterable[Problem]:
    """Return where a page and what its code does are not the same."""
    found = [*compare(page, outcomes, exact=exact), *compare_exercises(page, outcomes)]
    return check_stored(page, found, outcomes, exact=exact) if isinstance(page, NotebookPage) else found


CHECKS = (
    Check("file", Phase.FILE, ("page",), check_file),
    Check("fences", Phase.BLOCKS, ("page",), check_blocks),
    Check("front matter", Phase.BLOCKS, ("page",), check_front_matter),
    Check("cells", Phase.PROSE, ("page",), _faults),
    Check("values", Phase.PROSE, ("page",), check_values),
    Check("comments", Phase.PROSE, ("page",), check_comments),
    Check("markup", Phase.PROSE, ("page",), check_markup),
    Check("characters", Phase.PROSE, ("page",), check_characters),
    Check("links", Phase.PROSE, ("page", "dead_ends"), check_links),
    Check("tags", Phase.PROSE, ("page", "classes"), check_tags),
    Check("unseen", Phase.PROSE, ("page",), check_unseen),
    Check("indents", Phase.PROSE, ("page",), check_indents),
    Check("crowds", Phase.PROSE, ("page",), check_crowds),
    Check("sentences", Phase.PROSE, ("page",), check_sentences),
    Check("headings", Phase.PROSE, ("page",), check_headings),
    Check("ids", Phase.PROSE, ("page", "language"), check_ids),
    Check("texts of links", Phase.PROSE, ("page", "targets", "next_page"), check_link_texts),
    Check("numbered pages", Phase.PROSE, ("page", "siblings", "planned"), check_numbered),
    Check("missing pages", Phase.PROSE, ("page", "missing"), _missing),
    Check("same address", Phase.PROSE, ("page", "twin"), _twin),
    Check("commands", Phase.PROSE, ("page",), check_commands),
    Check("terms", Phase.PROSE, ("page", "terms", "glossary"), check_terms),
    Check("terms that must be there", Phase.PROSE, ("page", "terms", "glossary"), check_musts),
    Check("script", Phase.PROSE, ("page", "language", "scripts"), check_writing),
    Check("syntax", Phase.CODE, ("page",), check_syntax),
    Check("optional programs", Phase.PROGRAM, ("page", "optional"), check_optional),
    Check("order of outputs", Phase.PROGRAM, ("page",), check_order),
    Check("exercises", Phase.PROGRAM, ("page",), check_exercises),
    Check("numbers", Phase.PROGRAM, ("page",), check_numbers),
    Check("shapes in sentences", Phase.PROGRAM, ("page",), check_tuples),
    Check("statements", Phase.PROGRAM, ("page", "statement"), check_statements),
    Check("names", Phase.PROGRAM, ("page", "earlier", "names"), check_names),
    Check("constants", Phase.PROGRAM, ("page", "earlier"), check_constants),
    Check("listings", Phase.PROGRAM, ("page",), check_listings),
    Check("changes", Phase.PROGRAM, ("page", "earlier"), check_changes),
    Check("package", Phase.PROGRAM, ("package",), _package),
    Check("structure in all languages", Phase.PROGRAM, ("page", "others"), check_structure),
    Check("formulas in all languages", Phase.PROGRAM, ("page", "others"), check_formulas),
    Check("literals in all languages", Phase.PROGRAM, ("page", "others"), check_literals),
    Check("names in all languages", Phase.PROGRAM, ("page", "others"), check_mentioned),
    Check("results", Phase.RUN, ("page", "outcomes", "exact"), compare_page),
    Check("printed constants", Phase.RUN, ("page", "outcomes"), check_printed),
    Check("silent examples", Phase.RUN, ("page", "outcomes"), check_silent),
    Check("lookups", Phase.RUN, ("page", "earlier", "names", "listed", "attributes", "outcomes"), check_lookups),
    Check("texts in all languages", Phase.TEXTS, ("page", "others"), check_texts),
    Check("html", Phase.HTML, ("html", "page", "earlier"), check_rendered),
)


class Examination:
    """What the checks find on one page, phase by phase."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self._found: dict[Phase, list[Problem]] = {}
        self._waiting = 0  # checks that were left out
        self._follows: list[Problem] = []  # what only follows from a slip

    def look(self, *phases: Phase) -> None:
        """Ask the checks of some phases."""
        for phase in phases:
            checks = [check for check in CHECKS if check.phase is phase and check.concerns(self.subject)]
            if any(self._found.get(earlier) for earlier in WAITS_FOR[phase]):
                self._waiting += len(checks)
                continue
            found: list[Problem] = []
            for check in checks:
                found += self._ask(check)
            self._found[phase] = self._without_what_follows(phase, found)

    def _ask(self, check: Check) -> tuple[Problem, ...]:
        """Return what a check finds. Boxes in boxes may be too many for whoever reads them, such as the renderer."""
        try:
            return check.find(self.subject)
        except RecursionError:
            says = f"what this page has in one another is too deep to be read for the check {check.name!r}"
            return (self.subject.page.problem_of_file(says, "nest tags, boxes and brackets less deeply"),)

    def _without_what_follows(self, phase: Phase, found: list[Problem]) -> list[Problem]:
        """Leave out what a slip in the code brings about: here, or on a page that this one builds on."""
        if phase not in (Phase.PROGRAM, Phase.RUN):
            return found
        if self.subject.slip is not None and uses_listings(self.subject.page):
            self._follows += found
            return []
        slips = self._found.get(Phase.CODE)
        if not slips:
            return found
        first = min(slip.item or 0 for slip in slips)
        kept: list[Problem] = []
        for problem in found:
            behind = (problem.at if problem.item is None else problem.item) >= first
            (self._follows if behind else kept).append(problem)
        return kept

    def found(self, phase: Phase) -> list[Problem]:
        """Return what one phase has found."""
        return self._found.get(phase, [])

    @property
    def problems(self) -> list[Problem]:
        """All that is wrong, slips first; what waits for a slip is counted there."""
        slips: list[Problem] = []
        rest: set[Problem] = set()
        for phase, found in self._found.items():
            if phase in SLIPS:
                slips += in_order(set(found))
            else:
                rest |= set(found)
        if slips:
            slips[0] = replace(slips[0], waiting=self._waiting + len(self._follows))
        elif self._follows:
            slips.append(self._waits_for_another_page())
        return [*slips, *in_order(rest)]

    def _waits_for_another_page(self) -> Problem:
        slip, page = self.subject.slip, self.subject.page
        assert slip is not None
        where = slip.source.where(slip.at)
        found = page.problem_of_file(f"this page builds on {where}, which cannot be read", "fix it there")
        return replace(found, waiting=len(self._follows))


def find_slip(page: Page) -> Problem | None:
    """Return the first slip that makes a page or its code unreadable."""
    examination = Examination(Subject(page))
    examination.look(*SLIPS)
    return next(iter(examination.problems), None)
