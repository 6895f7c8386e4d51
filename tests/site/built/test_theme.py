"""What depends on the insides of the theme stands in one place, website/README.md, and is true of the installed one."""

import re
from pathlib import Path

import material
import pytest

from tests.support.site_facts import ROOT

TEMPLATES = Path(material.__file__).parent / "templates"
ROWS = re.findall(
    r"^\| `(.+?)` \| `(.+?)` \|", (ROOT / "website" / "README.md").read_text(encoding="utf-8"), re.MULTILINE
)


@pytest.mark.parametrize(("text", "file"), ROWS)
def test_the_theme_has_what_we_rely_on(text: str, file: str) -> None:
    (path,) = [path for path in TEMPLATES.glob(file) if path.suffix != ".map"]
    found = text in path.read_text(encoding="utf-8")
    assert found, f"the theme's {file} no longer has {text}; mend what website/README.md says is for it"


def test_the_list_names_each_template_of_ours() -> None:
    listed = (ROOT / "website" / "README.md").read_text(encoding="utf-8")
    theme = ROOT / "website" / "theme"
    own = {"landing.html", "partials/sharing.html"}  # nothing of the theme in them
    for path in theme.rglob("*.html"):
        name = path.relative_to(theme).as_posix()
        assert (f"theme/{name}" in listed) != (name in own), name
    assert ROWS
