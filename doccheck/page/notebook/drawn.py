"""Which program has drawn a stored picture.

The digest "drawn" in a cell's metadata is of its pictures and of all code up to the cell. So a picture of another
program, or of another cell, is found, although no two machines need draw the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import tokenize
from collections.abc import Iterable, Sequence

from doccheck.base.memo import remembered
from doccheck.page.notebook.outputs import Output, picture

DRAWN = "drawn"
DIGITS = 16  # of a digest; more than chance needs


def drawn_digest(sources: Iterable[str], outputs: Sequence[Output]) -> str:
    """Return the digest for the pictures of a cell; sources is all code up to it, in order."""
    digest = hashlib.sha256()
    for source in sources:
        digest.update(f"{bare(source)}\0".encode())
    for output in outputs:
        if mime := picture(output):
            digest.update(f"{mime}\0{output['data'][mime]}\0".encode())
    return digest.hexdigest()[:DIGITS]


@remembered
def bare(source: str) -> str:
    """Return code without comments and empty lines, which draw nothing; the same on every version of Python."""
    lines = source.split("\n")
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type == tokenize.COMMENT:
                row, column = token.start
                lines[row - 1] = lines[row - 1][:column]
    except (tokenize.TokenError, SyntaxError):
        return source
    return "\n".join(line.rstrip() for line in lines if line.strip())
