"""Where things are: what the tests of the site share."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
LANGUAGES = ("ja", "ko", "en")
PAGES = sorted(path.relative_to(ROOT / "docs" / "ja") for path in (ROOT / "docs" / "ja").rglob("*.md"))
