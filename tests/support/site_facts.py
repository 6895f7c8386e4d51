"""Where things are: what the tests of the site share."""

import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
LANGUAGES = ("ja", "ko", "en")
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
PAGES = sorted(path.relative_to(ROOT / "docs" / "ja") for path in (ROOT / "docs" / "ja").rglob("*.md"))
LABS = sorted(path.relative_to(ROOT / "docs" / "ja") for path in (ROOT / "docs" / "ja").rglob("*.ipynb"))
# Pages of the API reference, which the build makes; the navigation names them.
REFERENCE = [
    Path(name) for name in re.findall(r"\breference/\S+\.md", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
]

# Every kind of page: the files of a language that are of this kind, and the one that stands for them in tests.
KINDS = {
    "index.html": "",
    "stage?/step??/index.html": "stage2/step24/",
    "stage2/what-we-built/index.html": "stage2/what-we-built/",
    "tracks/*/index.html": "tracks/layers/",
    "labs/*/index.html": "labs/landscapes/",
    "checked/index.html": "checked/",
    "reference/index.html": "reference/",
    "reference/*/index.html": "reference/stage2/",
    "404.html": "404.html",
}
# The language chooser, and the page for an address that is in no language.
AT_ROOT = ("", "404.html")


def kinds(lang: str) -> list[str]:
    """A page of each kind in a language."""
    return [f"{lang}/{page}" for page in KINDS.values()]
