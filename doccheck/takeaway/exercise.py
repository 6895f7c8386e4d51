"""An exercise to take away: one Python file with the code so far, the start and the check, which answers when it runs.

It needs what the page imports, and nothing of the site.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence

from doccheck.base.names import bound_names, free_names
from doccheck.base.same_program import parses
from doccheck.page.exercises import Exercise
from doccheck.page.listings import fold_pages, fold_source, own_lines
from doccheck.page.model import Page
from doccheck.page.programs import header

PASSED = "Passed."
WORDS = {
    "exercise_how": "Write your own code in the place of each ... and run this file: it says whether the check passes.",
    "code_so_far": "The code so far",
    "exercise_start": "Your code",
    "check_asks": "What the check asks",
    "exercise_hole": "Line {line}: there is still a hole (...).",
    "exercise_slow": "Still running after {seconds} seconds. Is there a loop that never ends?",
    "exercise_passed": PASSED,
}
SECONDS = 60  # a check takes one at most; but her computer may be slow
# What makes the file answer. It looks for holes before anything of the reader's runs, for a hole may be anything: the
# condition of a loop, an operand. Its names begin with an underscore, as those of the exercise never do.
ANSWERS = """\
def _answer_in_words():
    import ast
    import os
    import sys
    import threading

    def say(kind, error, trace):
        if not issubclass(kind, AssertionError):
            return sys.__excepthook__(kind, error, trace)
        cause = error.__cause__
        print(error)
        if cause is not None:
            print(f"({{type(cause).__name__}}: {{cause}})")

    def stop():
        print({slow!r}, flush=True)
        os._exit(1)

    sys.excepthook = say
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    timer = threading.Timer({seconds}, stop)
    timer.daemon = True
    timer.start()
    with open(__file__, encoding="utf-8") as file:
        source = file.read()
    first = sys._getframe(1).f_lineno
    last = source[: source.rindex({check!r})].count("\\n")
    tree = ast.parse(source)
    indices = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript):
            indices.update(map(id, ast.walk(node.slice)))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node.value is ... and first < node.lineno <= last:
            if id(node) not in indices:
                print({hole!r}.format(line=node.lineno))
                sys.exit(1)


_answer_in_words()
"""


def exercise_script(page: Page, earlier: Sequence[Page], exercise: Exercise, words: Mapping[str, str] = WORDS) -> str:
    """Return an exercise as one script; earlier are the pages before this one in its program."""
    assert exercise.check is not None  # a page with an exercise that has none was never given away
    check = f"# --- {words['check_asks']} ---"
    answers = ANSWERS.format(
        check=check,
        hole=words["exercise_hole"],
        seconds=SECONDS,
        slow=words["exercise_slow"].format(seconds=SECONDS),
    )
    parts = [
        f"{header(page)}#\n# {words['exercise_how']}\n",
        f"# --- {words['code_so_far']} ---\n\n{_so_far(page, earlier, exercise)}",
        answers,
        f"# --- {words['exercise_start']} ---\n\n{exercise.start.source}",
        f"{check}\n\n{exercise.check.source}\nprint({words['exercise_passed']!r})\n",
    ]
    return "\n\n".join(part.rstrip("\n") + "\n" for part in parts)


def _so_far(page: Page, earlier: Sequence[Page], exercise: Exercise) -> str:
    """Return the listings up to an exercise, and of the page's examples what these and the exercise speak of."""
    starts = exercise.start.start
    uses = any(fence.kind.is_code_so_far for fence in page.fences if fence.start < starts)
    program = fold_pages([*(earlier if uses else ()), page], upto=starts)
    source = fold_source(program) if program else ""
    listed = {piece.name for piece in program}
    assert exercise.check is not None
    # what the answer itself defines is not brought along, though the check reads it
    answered = [exercise.start, *exercise.solution, exercise.check]
    wanted = free_names(source, "\n".join(fence.source for fence in answered if parses(fence.source)))
    statements = list(_statements(page, starts))
    kept: dict[int, str] = {}
    while True:
        for index, (statement, text) in reversed(list(enumerate(statements))):
            bound = bound_names(statement) - listed
            if index not in kept and (_sets_up(statement, listed) or bound & wanted):
                kept[index] = text
                wanted = (wanted - bound) | free_names(text)
                break
        else:
            break
    texts = [(statements[index][0], text) for index, text in sorted(kept.items())]
    imports = [text for node, text in texts if isinstance(node, ast.Import | ast.ImportFrom) and text not in source]
    others = [text for node, text in texts if not isinstance(node, ast.Import | ast.ImportFrom)]
    return "\n\n\n".join(filter(None, ["\n".join(imports), source.rstrip("\n"), *others])) + "\n"


def _statements(page: Page, upto: int) -> Iterator[tuple[ast.stmt, str]]:
    for fence in page.fences:
        if fence.start < upto and fence.kind.is_example and fence.title is None and parses(fence.source):
            for statement in ast.parse(fence.source).body:
                yield statement, own_lines(fence.source, statement)


def _sets_up(statement: ast.stmt, listed: set[str]) -> bool:
    """Say whether a statement only calls what a listing defines, with nothing: it prepares what comes after it."""
    if not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)):
        return False
    call = statement.value
    return isinstance(call.func, ast.Name) and call.func.id in listed and not call.args and not call.keywords
