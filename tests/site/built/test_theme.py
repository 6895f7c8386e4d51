"""What depends on the insides of the theme and of MkDocs stands in website/README.md, and is true of those installed."""

import re
from pathlib import Path
from types import FunctionType

import material
import mkdocs
import pytest
from mkdocs.plugins import CombinedEvent

from tests.support.site_facts import ROOT
from website import hook

README = (ROOT / "website" / "README.md").read_text(encoding="utf-8")
TEMPLATES = Path(material.__file__).parent / "templates"
MKDOCS = Path(mkdocs.__file__).parent


def _rows(heading: str) -> list[tuple[str, str]]:
    """The first two columns of the table below a heading."""
    section = README.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return re.findall(r"^\| `(.+?)` \| `(.+?)` \|", section, re.MULTILINE)


ROWS = _rows("What depends on the theme's insides")


@pytest.mark.parametrize(("text", "file"), ROWS)
def test_the_theme_has_what_we_rely_on(text: str, file: str) -> None:
    (path,) = [path for path in TEMPLATES.glob(file) if path.suffix != ".map"]
    found = text in path.read_text(encoding="utf-8")
    assert found, f"the theme's {file} no longer has {text}; mend what website/README.md says is for it"


@pytest.mark.parametrize(("text", "file"), _rows("What depends on MkDocs' insides"))
def test_mkdocs_has_what_we_rely_on(text: str, file: str) -> None:
    found = text in (MKDOCS / file).read_text(encoding="utf-8")
    assert found, f"MkDocs' {file} no longer has {text}; mend what website/README.md says is for it"


def test_the_table_of_passes_is_the_hook() -> None:
    passes = []
    for event in [name for name in vars(hook) if name.startswith("on_")]:
        found = getattr(hook, event)
        for one in found.methods if isinstance(found, CombinedEvent) else [found]:
            assert isinstance(one, FunctionType)
            module = one.__module__.rpartition(".")[2]
            passes.append((event, module if one.__name__ == event else f"{module}.{one.__name__}"))
    assert passes == _rows("One build, pass by pass")


def test_the_list_names_each_template_of_ours() -> None:
    listed = (ROOT / "website" / "README.md").read_text(encoding="utf-8")
    theme = ROOT / "website" / "theme"
    own = {"landing.html", "paper.html", "partials/sharing.html"}  # nothing of the theme in them
    for path in theme.rglob("*.html"):
        name = path.relative_to(theme).as_posix()
        assert (f"theme/{name}" in listed) != (name in own), name
    assert ROWS
