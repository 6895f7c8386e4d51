"""What the server has made of a language's pages, so that an edit costs no more than what it changes.

It lies beside the language's site in .cache, so that the first edit after a start is as quick as the others.
`mkdocs build` remembers nothing.
"""

import hashlib
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from website.build.parallel import CapturedLog

T = TypeVar("T")


class Memory:
    """Results in a file, by digests of what they depend on; salt is what all of them depend on."""

    def __init__(self, file: Path, salt: str) -> None:
        self._file = file
        self._salt = salt
        self._before: dict[str, bytes] = pickle.loads(file.read_bytes()) if file.is_file() else {}
        self._now: dict[str, bytes] = {}

    def recall(self, depends_on: object, make: Callable[[], T]) -> T:
        """Return what make returned when something of the same repr was given; a result with a warning is not kept.

        Bytes are kept, so that whoever changes the result does not change what is remembered.
        """
        key = hashlib.sha256(f"{self._salt} {depends_on!r}".encode()).hexdigest()
        if key not in self._before:
            with CapturedLog() as messages:
                made = make()
            if messages.records:
                return made
            self._before[key] = pickle.dumps(made)
        self._now[key] = self._before[key]
        result: T = pickle.loads(self._before[key])
        return result

    def save(self) -> None:
        """Keep what has been asked for since the file was read, and nothing else."""
        partial = self._file.with_suffix(".partial")
        partial.write_bytes(pickle.dumps(self._now))
        partial.replace(self._file)
