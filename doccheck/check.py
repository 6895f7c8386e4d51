"""One verdict for all ways of asking: pytest, mkdocs and Python call this."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from doccheck.blocks import compare
from doccheck.cache import Cache
from doccheck.changes import check_changes
from doccheck.execute import exact_digits, run_program, run_programs
from doccheck.glossary import check_terms, read_glossary
from doccheck.listings import check_against_package, has_listing
from doccheck.page import Page, parse_page, read_page
from doccheck.parity import check_parity
from doccheck.problems import REPAIR, Problem
from doccheck.program import Outcomes, make_program
from doccheck.rendered import check_rendered, render
from doccheck.rewrite import write_page
from doccheck.rules import check_rules
from doccheck.settings import Settings

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
        return sum(place.kind in ("output", "error", "console", "value") for place in self.page.places())


class Book:
    """The pages of a project, read once each."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._pages: dict[Path, Page] = {}
        self._folders: dict[Path, list[Page]] = {}
        self._package: dict[Path, list[Problem]] = {}

    def page(self, path: Path) -> Page:
        """Return the page at an absolute path."""
        if path not in self._pages:
            self._pages[path] = read_page(path, self.settings.name(path))
        return self._pages[path]

    def folder(self, path: Path) -> list[Page]:
        """Return the pages of a page's folder in reading order; outside the languages, the page alone."""
        if self.settings.language(path) is None:
            return [self.page(path)]
        if path.parent not in self._folders:
            files = sorted(p for p in path.parent.glob("*.md") if p.is_file())
            self._folders[path.parent] = [self.page(p) for p in files]
        return self._folders[path.parent]

    def earlier(self, path: Path) -> list[Page]:
        """Return the pages before a page in its folder."""
        folder = self.folder(path)
        return folder[: folder.index(self.page(path))]

    def check(
        self, paths: Iterable[Path], *, fix: bool = False, cache: Cache | None = None, rendered: bool = True
    ) -> dict[Path, Verdict]:
        """Return the verdict on each page; with fix, write what can be repaired and judge the result.

        rendered: look at the page's HTML too; a build has its own HTML to look at.
        """
        paths = list(paths)
        outcomes = self._run(paths, cache)
        repaired: dict[Path, list[Problem]] = {path: [] for path in paths}
        for _ in range(FIX_ROUNDS if fix else 0):
            if not self._repair(paths, outcomes, repaired):
                break
            outcomes = self._run(paths, cache)
        verdicts = {p: Verdict(self.page(p), self._problems(p, outcomes[p]), repaired[p]) for p in paths}
        for path, verdict in verdicts.items():
            if rendered and not verdict.problems:
                page, earlier = verdict.page, self.earlier(path)
                verdict.problems += check_rendered(render(page, earlier), page, earlier)
        for problem in self._check_imported([p for p in paths if not verdicts[p].problems], cache):
            verdicts[self.settings.root / problem.page].problems.append(problem)
        return verdicts

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
                write_page(self.page(path), [edit for problem in problems for edit in problem.edits])
                repaired[path] += problems
        for known in (self._pages, self._folders, self._package):
            known.clear()
        return any(mended.values())

    def _run(self, paths: Sequence[Path], cache: Cache | None, *, imported: bool = False) -> dict[Path, Outcomes]:
        programs = [make_program(self.page(p), self.earlier(p), imported=imported) for p in paths]
        return dict(zip(paths, run_programs(programs, self.settings, cache), strict=True))

    def _check_imported(self, paths: Sequence[Path], cache: Cache | None) -> Iterator[Problem]:
        """Run the last page of each folder once more, on the package in place of what the pages listed."""
        last = [p for p in paths if self.folder(p)[-1].path == p and self._listed_right(p)]
        for path, outcomes in self._run(last, cache, imported=True).items():
            for problem in self._compare(path, outcomes):
                what = problem.message.removesuffix(REPAIR)
                message = f"with the package in place of the listings, {what}make the package do what the pages do"
                yield replace(problem, message=message, edits=())

    def _listed_right(self, path: Path) -> bool:
        return any(map(has_listing, self.folder(path))) and not self._package_problems(path)

    def _package_problems(self, path: Path) -> list[Problem]:
        if path.parent not in self._package:
            folder = self.folder(path) if self.settings.language(path) else []
            self._package[path.parent] = list(check_against_package(folder, self.settings.root))
        return self._package[path.parent]

    def _compare(self, path: Path, outcomes: Outcomes) -> Iterator[Problem]:
        return compare(self.page(path), outcomes, exact=exact_digits())

    def _check_changes(self, path: Path) -> Iterator[Problem]:
        return check_changes(self.page(path), self.earlier(path))

    def _check_package(self, path: Path) -> list[Problem]:
        return [p for p in self._package_problems(path) if p.page == self.page(path).name]

    def _problems(self, path: Path, outcomes: Outcomes) -> list[Problem]:
        page, settings = self.page(path), self.settings
        language = settings.language(path)
        wrong = list(self._compare(path, outcomes))
        found = [*wrong, *check_rules(page, needs_ids=language is not None), *self._check_changes(path)]
        if language is not None:
            others = [p for p in settings.siblings(path).values() if p != path]
            found += self._check_missing(page, others)
            found += check_parity(page, [self.page(p) for p in others if p.exists()], texts=not wrong)
            found += self._check_package(path)
            if settings.glossary is not None:
                terms = read_glossary(settings.glossary, language)
                found += check_terms(page, terms, settings.name(settings.glossary))
        return sorted(set(found))

    def _check_missing(self, page: Page, others: Sequence[Path]) -> Iterable[Problem]:
        for other in others:
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
