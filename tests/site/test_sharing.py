"""What others learn of a page: tags for shared links, pictures, sitemaps, and what language models are given."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.site.places import LANGUAGES, PAGES

SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def _address(lang: str, page: Path) -> str:
    name = page.with_suffix("").as_posix()
    return f"{lang}/" if name == "index" else f"{lang}/{name}/"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sitemap_lists_every_page_in_every_language(site: Path, address: str, lang: str) -> None:
    listed = {
        entry.findtext("s:loc", None, SITEMAP): {
            link.attrib["hreflang"]: link.attrib["href"] for link in entry.iterfind("x:link", SITEMAP)
        }
        for entry in ElementTree.parse(site / lang / "sitemap.xml").getroot()
    }
    assert set(listed) == {f"{address}{_address(lang, page)}" for page in PAGES}
    for page in PAGES:
        expected = {other: f"{address}{_address(other, page)}" for other in LANGUAGES}
        default = address if page.stem == "index" else expected["en"]
        assert listed[expected[lang]] == expected | {"x-default": default}
