"""Where things are: what the tests of the site share."""

import socket
from pathlib import Path

ROOT = Path(__file__).parents[2]
LANGUAGES = ("ja", "ko", "en")
PAGES = sorted(path.relative_to(ROOT / "docs" / "ja") for path in (ROOT / "docs" / "ja").rglob("*.md"))


def free_address() -> str:
    """An address on this machine at which nothing is served."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}/"
