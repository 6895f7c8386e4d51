"""Several builds at once, each in a process of its own, and what they log.

The processes are forks: copies of this one, which know the verdicts on all pages.
"""

import logging
import multiprocessing
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess


def build_parallel(fails: Callable[[str], bool], languages: Sequence[str]) -> list[str]:
    """Let fails build each language in a process of its own; log then what they logged, and return those that fail."""
    context = multiprocessing.get_context("fork")
    started = []
    for lang in languages:
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=_build_apart, args=(fails, lang, theirs))
        process.start()
        theirs.close()
        started.append((lang, process, ours))
    return [lang for lang, process, told in started if _hear(lang, process, told)]


def _build_apart(fails: Callable[[str], bool], lang: str, told: Connection) -> None:
    with CapturedLog(logging.INFO, alone=True) as messages:
        failed = fails(lang)
    told.send((failed, [(record.name, record.levelno, record.getMessage()) for record in messages.records]))


def _hear(lang: str, process: BaseProcess, told: Connection) -> bool:
    try:
        failed, records = told.recv()
    except EOFError:
        process.join()
        text = f"{lang}: its build ended with code {process.exitcode}"
        failed, records = True, [("mkdocs.website.languages", logging.ERROR, text)]
    process.join()
    for name, level, text in records:
        logging.getLogger(name).log(level, text)  # no arguments: a filter of MkDocs drops what has the same message
    return bool(failed)


class CapturedLog(logging.Handler):
    """Collects what is logged while it is open, from a level on; alone: nothing else takes it."""

    def __init__(self, level: int = logging.WARNING, *, alone: bool = False) -> None:
        super().__init__(level)
        self.records: list[logging.LogRecord] = []
        self._others = logging.getLogger("mkdocs").handlers[:] if alone else []

    @property
    def texts(self) -> list[str]:
        """What was logged."""
        return [record.getMessage() for record in self.records]

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record."""
        self.records.append(record)

    def __enter__(self) -> "CapturedLog":
        for handler in self._others:
            logging.getLogger("mkdocs").removeHandler(handler)
        logging.getLogger("mkdocs").addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        logging.getLogger("mkdocs").removeHandler(self)
        for handler in self._others:
            logging.getLogger("mkdocs").addHandler(handler)
