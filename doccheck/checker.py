"""One verdict for all ways of asking: pytest, mkdocs and Python call this."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

from doccheck.base.memo import MEMO
from doccheck.base.problem import Problem
from doccheck.base.settings import Settings
from doccheck.check.checks import Examination, Phase, Subject, compare_page, find_slip
from doccheck.check.docstrings import check_docstrings, package_files
from doccheck.check.links import DeadEnd
from doccheck.check.listing_diffs import check_changes
from doccheck.fix.edits_to_files import write_page
from doccheck.page.links import find_links, ids
from doccheck.page.model import ENDINGS, NOTEBOOK, Page, parse_page
from doccheck.record.records import Records
from doccheck.run.environment import exact_digits
from doccheck.run.outcome_cache import Ran
from doccheck.run.pool import run_program, run_programs
from doccheck.run.program import Outcomes, make_program
from doccheck.store import Pages

# what one repair changes (a listing) may show what another has to (its output, then the next page's diff)
FIX_ROUNDS = 4
BEFORE_RUNNING = (Phase.FILE, Phase.BLOCKS, Phase.PROSE, Phase.CODE, Phase.PROGRAM)


@dataclass
class Verdict:
    """What was found on one page: its problems, what was repaired, and what has changed since somebody read it."""

    page: Page
    problems: list[Problem]
    repaired: list[Problem] = field(default_factory=list)
    unread: list[Problem] = field(default_factory=list)

    @property
    def checked(self) -> int:
        """The number of outputs, errors, console fences and values that were compared."""
        return sum(place.compared for place in self.page.items())


class Book(Pages):
    """The pages of a project, and the verdict on them."""

    @property
    def records(self) -> Records:
        """What people have read of them."""
        return self._once("records", lambda: Records(self.settings, self.page))

    def check(
        self, paths: Iterable[Path], *, fix: bool = False, ran: Ran | None = None, rendered: bool = True
    ) -> dict[Path, Verdict]:
        """Return the verdict on each page; with fix, write what can be repaired and judge the result.

        ran: what programs did that need not run again. rendered: look at the page's HTML too; a build has its own
        HTML to look at.
        """
        MEMO.begin_check()
        ran = ran or Ran()
        paths = list(paths)
        repaired: dict[Path, list[Problem]] = {path: [] for path in paths}
        if fix:
            self._repair_all(paths, ran, repaired)
        last = [p for p in paths if self.finishes_listings(p) and not self.package_problems(p)]
        programs = [*self.programs(paths), *self.programs(last, imported=True)]
        with ThreadPoolExecutor(2) as beside:
            running = beside.submit(run_programs, programs, self.settings, ran)
            beside.submit(exact_digits)  # its answer is kept until it is asked for
            # what needs no outcome is looked at while the programs run
            examinations = {}
            for path in paths:
                examinations[path] = examination = Examination(self.subject(path))
                examination.look(*BEFORE_RUNNING)
                if rendered and not examination.problems:
                    examination.subject.html  # noqa: B018  (rendered now, while there is time)
            outcomes = running.result()
        wrong: set[Page] = set()
        for (path, examination), found in zip(examinations.items(), outcomes, strict=False):
            examination.subject.outcomes, examination.subject.exact = found, exact_digits()
            examination.look(Phase.RUN)
            if examination.found(Phase.RUN):
                wrong.add(self.page(path))
        verdicts = {}
        for path, examination in examinations.items():
            # a page that says something wrong is no measure for the other languages
            if examination.subject.others is not None:
                examination.subject.others = tuple(p for p in examination.subject.others if p not in wrong)
            examination.look(Phase.TEXTS)
            if rendered:
                examination.look(Phase.HTML)
            verdicts[path] = Verdict(self.page(path), examination.problems, repaired[path])
            verdicts[path].unread = self.records.unread_on(path)
        for path, found in zip(last, outcomes[len(paths) :], strict=True):
            if not verdicts[path].problems:
                verdicts[path].problems = self._check_imported(path, found)
        return verdicts

    def subject(self, path: Path) -> Subject:
        """Return a page with all that checks need besides it."""
        page, language, settings = self.page(path), self.settings.language(path), self.settings
        earlier = tuple(self.earlier(path))
        subject = Subject(page, earlier, slip=_first_slip(earlier), language=language)
        if twin := _twin(path):
            subject.twin = settings.name(twin)
        subject.classes, subject.optional = settings.classes, settings.optional
        subject.targets = tuple(self.targets(page).items())
        if language is None:
            return subject
        if settings.names:
            subject.names, subject.listed, subject.attributes = self.names(), self.listed(), self.attributes()
        subject.next_page = dict(settings.next_page).get(language, "")
        subject.statement = dict(settings.statements).get(language, "")
        subject.siblings, subject.planned = tuple(self.numbered(language)), settings.planned
        others = self.others(page)
        there = [other for other in others if other.exists()]
        subject.others = tuple(other for other in map(self.page, there) if _ends_where_it_should(other))
        subject.missing = tuple(settings.name(other) for other in others if other not in there)
        subject.dead_ends = tuple(self.dead_ends(page))
        subject.terms = tuple(self.terms(language))
        subject.glossary = settings.name(settings.glossary) if settings.glossary else None
        subject.scripts = settings.scripts
        if _first_slip(self.program_pages(path)) is None:
            subject.package = tuple(self._package_problems(page))
        return subject

    def check_docstrings(self) -> list[Problem]:
        """Return what is wrong with the docstrings that readers see."""
        settings = self.settings
        inputs = (package_files(settings.docstrings), exact_digits(), settings.examples_begin)
        return MEMO.get("docstrings", inputs, lambda: check_docstrings(settings, exact=inputs[1]))

    def dead_ends(self, page: Page) -> Iterator[DeadEnd]:
        """Yield the links of a page that lead to no page, or to no place on it."""
        for link in find_links(page):
            path = Path(os.path.normpath(page.path.parent / link.file)) if link.file else page.path
            if self.settings.is_generated(path):
                continue  # a build makes it, and looks at the links to it
            if not path.is_file():
                yield DeadEnd(link.at, self.settings.name(path))
            elif link.id and link.id not in ids(self.page(path)):
                yield DeadEnd(link.at, self.settings.name(path), link.id)

    def _package_problems(self, page: Page) -> list[Problem]:
        return [problem for problem in self.package_problems(page.path) if problem.source == page]

    def _repair_all(self, paths: Sequence[Path], ran: Ran, repaired: dict[Path, list[Problem]]) -> None:
        for _ in range(FIX_ROUNDS):
            if not self._repair(paths, self.run(paths, ran), repaired):
                break

    def _repair(
        self, paths: Sequence[Path], outcomes: dict[Path, Outcomes], repaired: dict[Path, list[Problem]]
    ) -> bool:
        """Write what can be repaired, note it in repaired, and say whether that was anything."""
        mended: dict[Page, list[Problem]] = {}
        for path in paths:
            page, earlier = self.page(path), tuple(self.earlier(path))
            if not page.fixable or _first_slip((*earlier, page)) is not None:
                continue  # offsets and outcomes may mean something else than the author thinks
            found = [*compare_page(page, outcomes[path], exact_digits()), *check_changes(page, earlier)]
            found += self._package_problems(page)
            if repairs := [problem for problem in found if problem.edits]:
                mended[page] = repairs
        for page, repairs in mended.items():
            write_page(page, [edit for problem in repairs for edit in problem.edits])
            repaired[page.path] += repairs
        self.forget()
        return bool(mended)

    def _check_imported(self, path: Path, outcomes: Outcomes) -> list[Problem]:
        """Return where the last page of a folder that uses listings does otherwise with the package in their place."""
        found = []
        for problem in compare_page(self.page(path), outcomes, exact_digits()):
            says = f"with the package in place of the listings, {problem.says}"
            found.append(replace(problem, says=says, remedy="make the package do what the pages do", edits=()))
        return found


def _twin(path: Path) -> Path | None:
    """Return another page that would have this one's address where A and a are one; the later of two has a twin."""
    beside = path.parent.iterdir() if path.parent.is_dir() else ()
    like = [other for other in beside if other.suffix in ENDINGS and other.stem.casefold() == path.stem.casefold()]
    first = min(like, key=_rank, default=path)
    return first if _rank(first) < _rank(path) else None


def _rank(path: Path) -> tuple[bool, str]:
    return path.suffix == NOTEBOOK, path.name


def _first_slip(pages: Iterable[Page]) -> Problem | None:
    for page in pages:
        slip = MEMO.get("slip", page, lambda page=page: find_slip(page))  # type: ignore[misc]
        if slip is not None:
            return slip
    return None


def _ends_where_it_should(page: Page) -> bool:
    """Say whether a page's blocks are what they seem, so that it can be compared with another."""
    examination = Examination(Subject(page))
    examination.look(Phase.FILE, Phase.BLOCKS)
    return not examination.problems


def check_text(text: str, name: str = "page.md") -> list[str]:
    """Run a page that is given as text, and return a message for each wrong place; none where all is true."""
    path = Path(name).absolute()
    settings = Settings(root=path.parent, docs=path.parent)
    page = parse_page(text, path, name)
    outcomes = run_program(make_program(page, []), settings)
    examination = Examination(Subject(page, outcomes=outcomes, exact=exact_digits()))
    examination.look(*Phase)
    return [problem.headline for problem in examination.problems]
