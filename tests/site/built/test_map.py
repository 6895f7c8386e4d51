"""The map of the sixty steps: what is there is linked, what is to come is named, and it cannot be wrong."""

import re
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from mkdocs.exceptions import PluginError

from tests.support.context import set_context
from tests.support.site_facts import LANGUAGES, PAGES
from website.pages import roadmap
from website.pages.numbers import NO_BREAK
from website.words.labels import labels

LISTS = re.compile(r'<p class="map-state">([^<]*)</p><ol class="map">(.*?)</ol>', re.DOTALL)
STEP = re.compile(r'<li value="(\d+)">(?:<a href="([^"]*)">)?([^<]*)')


def _lists(site: Path, lang: str) -> list[tuple[str, str]]:
    return LISTS.findall((site / lang / "index.html").read_text(encoding="utf-8"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_sixty_steps_are_on_the_map_and_those_with_a_page_are_linked(site: Path, lang: str) -> None:
    steps = [STEP.findall(items) for _, items in _lists(site, lang)]
    assert [int(number) for found in steps for number, _, _ in found] == list(range(1, 61))
    linked = {link.rstrip("/") for found in steps for _, link, _ in found if link}
    pages = {path.with_suffix("").as_posix() for path in PAGES if re.fullmatch(r"step\d\d", path.stem)}
    assert linked == pages
    assert all(title.strip() for found in steps for _, _, title in found)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_linked_step_leads_to_the_page_of_that_title(site: Path, lang: str) -> None:
    for number, link, title in STEP.findall("".join(items for _, items in _lists(site, lang))):
        if link:
            html = (site / lang / link / "index.html").read_text(encoding="utf-8")
            (shown,) = re.findall(r"<h1[^>]*>(.*?)<a class=\"headerlink", html)
            shown = re.sub(r"</?span[^>]*>|<wbr>", "", shown).replace(NO_BREAK, " ")  # which say where a line may end
            assert unescape(shown) == labels(lang)["map_step"].format(number=number, title=unescape(title))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_stage_says_how_much_of_it_is_there(site: Path, lang: str) -> None:
    for state, items in _lists(site, lang):
        every, there = len(STEP.findall(items)), len(re.findall(r'<li value="\d+"><a', items))
        key = "map_all" if there == every else "map_some" if there else "map_none"
        assert unescape(state) == labels(lang)[key].format(all=every, there=there)


def test_other_pages_of_a_folder_follow_its_steps(site: Path) -> None:
    html = (site / "en" / "index.html").read_text(encoding="utf-8")
    assert '<li class="other"><a href="stage2/what-we-built/">What stage 2 has built</a></li></ol>' in html


class File:
    def __init__(self, uri: str) -> None:
        self.src_uri = uri
        self.name = Path(uri).stem
        self.generated_by = None

    def url_relative_to(self, other: object) -> str:
        return f"{Path(self.src_uri).with_suffix('').as_posix()}/"


def _home(content: str, *pages: tuple[str, str]) -> str:
    """The home page's HTML, in a site with these pages."""
    home: Any = SimpleNamespace(is_homepage=True, content=content, file=File("index.md"), title="Home")
    others = [SimpleNamespace(file=File(uri), title=title) for uri, title in pages]
    config: Any = SimpleNamespace(extra={}, site_url="")
    set_context(config, "en")
    nav: Any = SimpleNamespace(pages=[home, *others])
    roadmap.on_page_context({}, page=home, config=config, nav=nav)
    return str(home.content)


def test_a_stage_that_is_partly_there() -> None:
    html = _home("<!-- map: stage5 -->", ("stage5/step53.md", "Step 53: Saving and loading models"))
    assert "1 of 9 steps are here, the others are still to come" in html
    assert (
        '<li value="52">GPU support</li><li value="53"><a href="stage5/step53/">Saving and loading models</a>' in html
    )


def test_a_title_with_a_sign_of_html() -> None:
    html = _home("<!-- map: stage5 -->", ("stage5/end.md", "Loss &lt; 1, <code>W</code> &amp; b"))
    assert '<li class="other"><a href="stage5/end/">Loss &lt; 1, W &amp; b</a></li></ol>' in html


def test_a_page_that_is_named_otherwise_than_on_the_map_is_refused() -> None:
    with pytest.raises(PluginError, match=r"stage5/step53\.md has the title 'Step 53: Saving', course\.toml"):
        _home("<!-- map: stage5 -->", ("stage5/step53.md", "Step 53: Saving"))


def test_a_page_to_which_the_map_does_not_lead_is_refused() -> None:
    lab = ("labs/plot.ipynb", "Drawing a line")
    with pytest.raises(PluginError, match=r"index\.md does not lead to labs/plot\.ipynb"):
        _home("<!-- map: stage5 -->", lab)
    assert _home('<!-- map: stage5 --> <a href="labs/plot/">Drawing a line</a>', lab)
