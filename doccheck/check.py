"""One verdict for all ways of asking: pytest, mkdocs and Python call this."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

from doccheck.blocks import compare
from doccheck.cache import Ran
from doccheck.changes import check_changes
from doccheck.execute import exact_digits, run_program, run_programs
from doccheck.glossary import check_terms
from doccheck.memo import MEMO
from doccheck.notebook_page import NotebookPage
from doccheck.page import NOTEBOOK, Page, parse_page
from doccheck.pages import Pages
from doccheck.parity import check_parity
from doccheck.problems import REPAIR, Problem
from doccheck.program import Outcomes, make_program
from doccheck.rendered import check_rendered, render
from doccheck.rewrite import write_page
from doccheck.rules import check_rules
from doccheck.settings import Settings
from doccheck.stored import check_stored
from doccheck.writing import check_writing

# what one repair changes (a listing) may show what another has to (its output, then the next page's diff)
FIX_ROUNDS = 4


@dataclass
class Verdict:
    """What was found on one page: its problems, how much of it was checked, and what was repaired."""

    page: Page
    problems: list[Problem]
    repaired: list[Problem] = field(default_factory=list)

    @property
    def checked(self) -> int:
        """The number of outputs, errors, console fences and values that were compared."""
        return sum(place.compared for place in self.page.places())


class Book(Pages):
    """The pages of a project, and the verdict on them."""

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
            early = {path: self._early_problems(path, rendered=rendered) for path in paths}
            outcomes = running.result()
        verdicts = {}
        for path, found in zip(paths, outcomes, strict=False):
            standing, shown = early[path]
            problems = sorted({*standing, *self._late_problems(path, found)})
            verdicts[path] = Verdict(self.page(path), problems or shown, repaired[path])
        for path, found in zip(last, outcomes[len(paths) :], strict=True):
            verdicts[path].problems = verdicts[path].problems or list(self._check_imported(path, found))
        return verdicts

    def _repair_all(self, paths: Sequence[Path], ran: Ran, repaired: dict[Path, list[Problem]]) -> None:
        for _ in range(FIX_ROUNDS):
            if not self._repair(paths, self.run(paths, ran), repaired):
                break

    def _repair(
        self, paths: Sequence[Path], outcomes: dict[Path, Outcomes], repaired: dict[Path, list[Problem]]
    ) -> bool:
        """Write what can be repaired, note it in repaired, and say whether that was anything."""
        found = {
            path: [*self._compare(path, outcomes[path]), *self._check_changes(path), *self._check_package(path)]
            for path in paths
        }
        # where fences or marks are wrong, offsets may mean something else than the author thinks
        sound = {path: problems for path, problems in found.items() if self.page(path).sound}
        mended = {path: [p for p in problems if p.edits] for path, problems in sound.items()}
        for path, problems in mended.items():
            if problems:
                page = self.page(path)
                write_page(page, [edit for problem in problems for edit in problem.edits])
                repaired[path] += map(page.located, problems)
        self.forget()
        return any(mended.values())

    def _check_imported(self, path: Path, outcomes: Outcomes) -> Iterator[Problem]:
        """Yield where the last page of a folder that uses listings does otherwise with the package in their place."""
        for problem in self._compare(path, outcomes):
            what = problem.message.removesuffix(REPAIR)
            message = f"with the package in place of the listings, {what}make the package do what the pages do"
            yield replace(problem, message=message, edits=())

    def _compare(self, path: Path, outcomes: Outcomes) -> Iterator[Problem]:
        page = self.page(path)
        found = compare(page, outcomes, exact=exact_digits())
        return check_stored(page, found, outcomes) if isinstance(page, NotebookPage) else found

    def _check_changes(self, path: Path) -> list[Problem]:
        page, earlier = self.page(path), self.earlier(path)
        return MEMO.get("changes", (page, *earlier), lambda: list(check_changes(page, earlier)))

    def _check_package(self, path: Path) -> list[Problem]:
        return [p for p in self.package_problems(path) if p.page == self.page(path).name]

    def _early_problems(self, path: Path, *, rendered: bool) -> tuple[list[Problem], list[Problem]]:
        """Return what is wrong whatever the code does, and if nothing is, what is wrong with the page's HTML."""
        page, language = self.page(path), self.settings.language(path)
        found = [*self._check_rules(page), *self._check_changes(path)]
        if language is not None:
            found += [*self._check_missing(page), *self._check_package(path), *self._check_terms(page, language)]
            found += self._check_writing(page, language)
        standing = [*page.faults, *self._check_twin(page), *map(page.located, found)]
        if standing or not rendered:
            return standing, []
        earlier = self.earlier(path)
        return [], list(map(page.located, check_rendered(render(page, earlier), page, earlier)))

    def _check_rules(self, page: Page) -> list[Problem]:
        needs_ids = self.settings.language(page.path) is not None
        return MEMO.get("rules", (page, needs_ids), lambda: list(check_rules(page, needs_ids=needs_ids)))

    def _late_problems(self, path: Path, outcomes: Outcomes) -> list[Problem]:
        """Return where the page and what its code does are not the same, and where the languages are not."""
        page = self.page(path)
        wrong = list(self._compare(path, outcomes))
        others = [] if page.broken else [other for other in self.others(page) if other.exists()]
        readable = [other for other in map(self.page, others) if not other.broken]
        return [*map(page.located, [*wrong, *self._check_parity(page, readable, texts=not wrong)])]

    def _check_parity(self, page: Page, others: Sequence[Page], *, texts: bool) -> list[Problem]:
        languages = (page, *others, texts)
        return MEMO.get("parity", languages, lambda: list(check_parity(page, others, texts=texts)))

    def _check_terms(self, page: Page, language: str) -> Iterator[Problem]:
        glossary = self.settings.glossary
        return check_terms(page, self.terms(language), self.settings.name(glossary) if glossary else "")

    def _check_writing(self, page: Page, language: str) -> list[Problem]:
        scripts = dict(self.settings.scripts)
        inputs = (page, language, self.settings.scripts)
        return MEMO.get("writing", inputs, lambda: list(check_writing(page, language, scripts)))

    def _check_twin(self, page: Page) -> Iterator[Problem]:
        twin = page.path.with_suffix(".md")
        if page.path.suffix == NOTEBOOK and twin.exists():
            message = f"this notebook and {self.settings.name(twin)} would have the same address; rename one of them"
            yield Problem(page.name, 1, message)

    def _check_missing(self, page: Page) -> Iterable[Problem]:
        for other in self.others(page):
            if not other.exists():
                name = self.settings.name(other)
                yield Problem(page.name, 1, f"this page has no {name}; write it, or delete this one in every language")


def check_text(text: str, name: str = "page.md") -> list[str]:
    """Run a page that is given as text, and return a message for each wrong place; none where all is true."""
    path = Path(name).absolute()
    settings = Settings(root=path.parent, docs=path.parent)
    page = parse_page(text, path, name)
    outcomes = run_program(make_program(page, []), settings)
    problems = [*check_rules(page, needs_ids=False), *check_changes(page, [])]
    problems += compare(page, outcomes, exact=exact_digits())
    problems += [] if problems else check_rendered(render(page, []), page, [])
    return [f"{p.page}:{p.line}: {p.message}" for p in sorted(set(problems))]
