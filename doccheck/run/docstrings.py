"""Run the examples of docstrings, all in one process of the kind in which pages run."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from doccheck.run.environment import page_environment

Docstrings = Sequence[tuple[int, str]]


class DocstringError(Exception):
    """The process did not come to its end; the message is the last that it said."""


def run_docstrings(
    modules: Sequence[tuple[str, Docstrings]], root: Path, timeout: float, begin: str = ""
) -> list[dict[tuple[int, int], str]]:
    """Return for each module what its examples give, by the offset of the docstring and the line in it.

    begin: what has run before each docstring.
    """
    with tempfile.TemporaryDirectory(prefix="doccheck-", ignore_cleanup_errors=True) as name:
        around = Path(name).resolve()
        for folder in ("page", "home"):
            (around / folder).mkdir()
        (around / "job.json").write_text(json.dumps([begin, modules]), "utf-8")
        command = [sys.executable, "-m", "doccheck.run.child.docstrings"]
        command += [str(around / file) for file in ("job.json", "report.json")]
        environment = page_environment(root, around)
        try:
            done = subprocess.run(
                command,
                cwd=around / "page",
                env=environment,
                capture_output=True,
                text=True,
                timeout=timeout,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise DocstringError(f"they still run after {timeout:g} seconds") from None
        if done.returncode:
            raise DocstringError((done.stderr.strip().splitlines() or ["they end Python itself"])[-1])
        found = json.loads((around / "report.json").read_text("utf-8"))
    return [{(at, line): got for at, line, got in examples} for examples in found]
