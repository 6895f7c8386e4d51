"""What a text was when it was read: the record has a digest alone, and git has the text."""

from __future__ import annotations

import difflib
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

VERSIONS = 200  # of a file that are looked at
PIECES = re.compile(r"[^\W\d_\u3001-\u9fff]+|\d+|\s+|.", re.S)  # words where spaces part them, else characters


def versions(path: Path) -> Iterator[str]:
    """Yield the texts that a file has had in git, the newest first; none where git does not know it."""
    commits = _git(path, "log", f"--max-count={VERSIONS}", "--format=%H", "--", path.name)
    for commit in (commits or "").split():
        text = _git(path, "show", f"{commit}:./{path.name}")
        if text is not None:
            yield text


def _git(path: Path, *arguments: str) -> str | None:
    try:
        done = subprocess.run(["git", *arguments], cwd=path.parent, capture_output=True, check=False, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None


def as_it_was(path: Path, is_it: Callable[[str], str | None]) -> str | None:
    """Return what is_it makes of the newest version of a file that it is not None for."""
    for text in versions(path):
        found = is_it(text)
        if found is not None:
            return found
    return None


def changes(before: str, after: str) -> str:
    """Return the paragraphs in which two texts differ, with [-what went-] and {+what came+}."""
    old, new = before.split("\n"), after.split("\n")
    shown: list[str] = []
    for kind, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            shown.append(_marked("\n".join(old[i:j]), "\n".join(new[k:m])))
    return "\n".join(shown)


def _marked(before: str, after: str) -> str:
    old, new = PIECES.findall(before), PIECES.findall(after)
    parts = []
    for kind, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        went, came = "".join(old[i:j]), "".join(new[k:m])
        if kind == "equal":
            parts.append(went)
            continue
        parts += [f"[-{went}-]"] * bool(went) + [f"{{+{came}+}}"] * bool(came)
    return "".join(parts)
