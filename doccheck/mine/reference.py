"""The pages' own last listings, typed as a reader types them: what they show differently is not asked of hers.

Above a listing that changes what was there before, a page shows what the old code did, but not everywhere: where the
new code shows the same, hers has to as well. So the page runs once more, with its own code in the place of hers.
"""

from __future__ import annotations

import ast
import tempfile
from pathlib import Path

from doccheck.base.settings import Settings
from doccheck.check.outputs import compare
from doccheck.mine.answers import in_package
from doccheck.mine.plan import ANSWERED, BEFORE, LOADING, OURS, Plan, of_examples, statements
from doccheck.mine.reading import read_own_code
from doccheck.page.listings import fold_pages, fold_source
from doccheck.run.pool import run_program


def leave_out(plan: Plan, settings: Settings) -> str | None:
    """Add to what a plan leaves out all that its page's own code, in the place of hers, shows differently.

    Returns why that code does not run, where it doesn't; else all would be left out without a word.
    """
    page, own = plan.page, plan.own
    answers = list(in_package(plan))
    prepares = own.is_package or bool(own.calls & preparing(plan))
    if not (plan.cut or answers or prepares or OURS in plan.left_out.values()):
        return None  # the page shows what its own code does: it is built so
    with tempfile.TemporaryDirectory() as around:
        folder = Path(around, own.path.stem)
        folder.mkdir()
        text = typed(plan)
        for answer in answers:
            text += f"\n\n{answer}\n"
        calls = "".join(f"{name}()\n" for name in sorted(preparing(plan))) if prepares else ""
        if own.is_package:
            (folder / "listings.py").write_text(text, "utf-8")
            (folder / "__init__.py").write_text(f"from {folder.name}.listings import *\n{calls}", "utf-8")
        else:
            (folder / "listings.py").write_text(f"{text}\n\n{calls}", "utf-8")
        twin = Plan(page, plan.earlier, read_own_code(folder, own.foreign))
        outcomes = run_program(twin.runs(), settings)
    for outcome in outcomes.values():
        if outcome.lost or (outcome.error and LOADING in outcome.error):
            return f"the page's own listings do not run: {outcome.lost or outcome.error}"
    ours = min((start for start, reason in plan.left_out.items() if reason == OURS), default=len(page.text))
    for problem in compare(page, outcomes, exact=False):
        if problem.item is not None and problem.item not in plan.left_out:
            below = plan.cut <= problem.item
            reason = OURS if below and ours < problem.item else ANSWERED if below and answers else BEFORE
            plan.left_out[problem.item] = reason
    return None


def typed(plan: Plan) -> str:
    """Return all that a reader has typed at the end of a page: what the pages import, and each name's last listing."""
    program = fold_pages([*plan.earlier, plan.page])
    definitions = fold_source(program)
    imports = [text for text in dict.fromkeys(plan.imports().values()) if text not in definitions]
    return "\n".join([*imports, "", "", definitions])


def preparing(plan: Plan) -> set[str]:
    """Return the functions that the pages call with nothing, to prepare what comes after it."""
    found: set[str] = set()
    for page in [*plan.earlier, plan.page]:
        for fence in of_examples(page):
            for node in statements(fence.source):
                call = node.value if isinstance(node, ast.Expr) else None
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and not call.args + call.keywords:
                    found.add(call.func.id)
    return found & plan.program.keys()
