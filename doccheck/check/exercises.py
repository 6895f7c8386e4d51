"""Exercises: a check must refuse the start and every wrong answer, each with its own words, and accept the solution."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from doccheck.base.assertions import find_assertions
from doccheck.base.problem import REPAIR, Problem
from doccheck.base.text import SUGGESTION, Edit, shown
from doccheck.page.exercises import Exercise, find_exercises, functions, holes
from doccheck.page.fences import Fence
from doccheck.page.kinds import WRONG_ANSWERS, Runs, Shows
from doccheck.page.model import Page
from doccheck.run.protocol import Outcome

COMMENT = f"a comment that begins with the line {WRONG_ANSWERS.strip()}"


def check_exercises(page: Page) -> Iterator[Problem]:
    """Yield where an exercise lacks a part, or has one in the wrong place."""
    exercises = find_exercises(page)
    checks = [exercise.check for exercise in exercises]
    errors = [error for exercise in exercises for error in exercise.errors.values()]
    answers = [answer for exercise in exercises for answer in exercise.wrong]
    for fence in page.fences:
        runs = fence.kind.runs
        if runs is Runs.CHECK and fence not in checks:
            remedy = "write it once, between a ```python { .exercise } fence and its solution"
            yield page.problem(fence, "this check belongs to no exercise", remedy)
        elif runs is Runs.WRONG and not fence.hidden:
            yield page.problem(fence, "readers would take this wrong answer for advice", f"put it into {COMMENT}")
        elif runs is Runs.WRONG and fence not in answers:
            yield page.problem(fence, "this wrong answer belongs to no exercise", "put it after a check")
        elif fence.hidden and fence.kind.shows is Shows.RAISED and fence not in errors:
            yield page.problem(fence, "this error belongs to no answer", "put it under the wrong answer that gets it")
        if fence.kind.is_of_exercise and fence.prefix:
            yield page.problem(fence, "the parts of an exercise are not indented", "write it at the margin")
    for exercise in exercises:
        yield from _check_parts(page, exercise)


def _check_parts(page: Page, exercise: Exercise) -> Iterator[Problem]:
    start, check = exercise.start, exercise.check
    if check is None:
        yield page.problem(start, "no check follows this exercise", "write it into a ```python { .check } fence")
        return
    if check.start > exercise.end > 0:
        yield page.problem(check, "this check comes after the solution", "put it right after the exercise")
    if not exercise.solution:
        remedy = 'put the code that passes the check into <details class="solution" markdown="1">'
        yield page.problem(start, "this exercise has no solution", remedy)
    elif not exercise.hinted:
        remedy = 'put one before the solution, into <details class="hint" markdown="1">'
        yield page.problem(start, "this exercise has no hint", remedy)
    if not exercise.wrong:
        yield page.problem(
            check, "this check has never been seen to refuse an answer", f"put wrong answers into {COMMENT}"
        )
    assertions = find_assertions(check.source)
    if not assertions:
        yield page.problem(check, "this check asserts nothing", 'write assert …, "what to look at"')
    for assertion in assertions:
        if assertion.is_missing or assertion.message is None:
            says = "this assertion has no message" if assertion.is_missing else "this message is no plain string"
            remedy = "say what to look at, in a string or an f-string right there"
            yield page.problem(check, says, remedy, line=check.line + assertion.line)


def compare_exercises(page: Page, outcomes: Mapping[int, Outcome]) -> Iterator[Problem]:
    """Yield where a check accepts what it should refuse, refuses what it should accept, or says something else."""
    for exercise in find_exercises(page):
        check = exercise.check
        if check is None or not exercise.is_whole:
            continue  # said already
        answers = [exercise.start, *exercise.wrong]
        if any(outcomes.get(fence.start, Outcome(lost="")).lost is not None for fence in [check, *answers]):
            continue  # said where it was lost
        yield from _compare_start(page, exercise, outcomes[exercise.start.start])
        yield from _compare_solution(page, exercise, check, outcomes[check.start])
        for answer in exercise.wrong:
            yield from _compare_wrong(page, exercise, answer, outcomes[answer.start])
        stopped = {outcomes[answer.start].stopped for answer in answers}
        for number, assertion in enumerate(find_assertions(check.source)):
            if number not in stopped:
                remedy = "add a wrong answer that it stops, or delete it"
                says = "neither the start nor a wrong answer fails at this assertion"
                yield page.problem(check, says, remedy, line=check.line + assertion.line)


def _compare_start(page: Page, exercise: Exercise, outcome: Outcome) -> Iterator[Problem]:
    start, check = exercise.start, exercise.check
    assert check is not None  # the exercise is whole
    if outcome.error is None:
        yield page.problem(start, "the check accepts this start", "let the check ask for what is to be done")
    elif outcome.stopped is None:
        says = f"the start ends with {outcome.error}, which tells a beginner nothing"
        yield page.problem(start, says, "let an assertion of the check come first", detail=outcome.traceback)
    else:
        comment = next((one for one in page.comments if one.holds_answers and one.start > check.start), None)
        place = comment.start + len(WRONG_ANSWERS) - 1 if comment else None
        yield from _compare_error(page, check, exercise.errors.get(start.start), start, outcome, place)


def _compare_solution(page: Page, exercise: Exercise, check: Fence, outcome: Outcome) -> Iterator[Problem]:
    solution = exercise.solution[0]
    if outcome.stopped is not None:
        line = check.line + find_assertions(check.source)[outcome.stopped].line
        says = f"the check refuses the solution of {page.where(solution.start)}: {_message(check, outcome)}"
        yield page.problem(check, says, "fix one of the two", line=line)
    elif outcome.error is not None:
        says = f"with the solution of {page.where(solution.start)}, the check raises {outcome.error}"
        yield page.problem(check, says, "fix one of the two", detail=outcome.traceback)
    else:
        solved = functions([fence.source for fence in exercise.solution if not fence.problems])
        for name in holes(exercise.start.source):
            if name in solved and name not in outcome.called:
                says = f"the check never runs {name}, where the start has a hole"
                yield page.problem(check, says, "call it, and ask for what it does")


def _compare_wrong(page: Page, exercise: Exercise, answer: Fence, outcome: Outcome) -> Iterator[Problem]:
    check = exercise.check
    assert check is not None  # the exercise is whole
    if outcome.error is None:
        yield page.problem(answer, "the check accepts this wrong answer", "let the check ask for more, or delete it")
    else:
        yield from _compare_error(page, check, exercise.errors.get(answer.start), answer, outcome, answer.end)


def _compare_error(
    page: Page, check: Fence, says: Fence | None, answer: Fence, outcome: Outcome, place: int | None
) -> Iterator[Problem]:
    """Yield where what the page says of an answer is not what the check says to it; place is where it belongs."""
    error = str(outcome.error) if outcome.stopped is None else f"AssertionError: {_message(check, outcome)}"
    what = "the start" if answer.kind.runs is Runs.START else "this wrong answer"
    if "\n" in error or "`" * 3 in error:
        lines = [assertion.line for assertion in find_assertions(check.source)]
        line = check.line + (lines[outcome.stopped] if outcome.stopped is not None else 0)
        yield page.problem(check, "a message of a check is one line without fences", "shorten it", line=line)
    elif says is None:
        if place is not None:
            edit = Edit(place, place, f"\n\n```text {{ .error }}\n{error}\n```")
            missing = f"no error fence says what the check says to {what}: {error}"
            yield page.problem(answer, missing, "`pytest docs --fix` adds it", edit=edit)
    elif SUGGESTION.sub("", says.source) != SUGGESTION.sub("", error + "\n"):
        first = says.source.partition("\n")[0]
        edit = Edit(says.body_start, says.body_end, error + "\n")
        yield page.problem(
            says, f"the page says {shown(first)}, {what} gets {error}", REPAIR, line=says.line + 1, edit=edit
        )


def _message(check: Fence, outcome: Outcome) -> str:
    """Return the message of the assertion that stopped an attempt, in the words of this page."""
    assert outcome.stopped is not None
    return find_assertions(check.source)[outcome.stopped].text(dict(outcome.said))
