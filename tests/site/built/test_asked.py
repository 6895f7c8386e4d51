"""What readers ask: tables that say something wrong are refused with the place; each section that they name is there."""

import json
import re
from pathlib import Path

import pytest
from mkdocs.exceptions import PluginError

from tests.support.site_facts import LANGUAGES, ROOT
from website.search.asked import ASKED, check_sections, read_asked
from website.search.index import bold_terms

LOOKED_UP = ("glossary/", "symptoms/", "reference/")  # made of the pages


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('"a/" = "answers"', "en.toml:2: 'a/' has 'answers'; it must be a list of the phrases"),
        ('"a/" = []', "en.toml:2: 'a/' has []; it must be a list"),
        ('"a/" = ["answers", 3]', "en.toml:2: 'a/' lists 3; it must be a list"),
        ('"a/" = ["answers", " "]', "en.toml:2: 'a/' lists ' '; it must be a list"),
        ('"a/" = ["answers"]\n"b/" = ["Answers "]', "en.toml:3: 'Answers ' leads to 'b/' and to 'a/'; keep it for"),
        ('"a/" = ["answers"]\n"a/" = ["solutions"]', "en.toml cannot be read: "),
        ('"a/" = ["answers"', "en.toml cannot be read: "),
    ],
)
def test_a_table_that_says_something_wrong_is_refused(tmp_path: Path, line: str, message: str) -> None:
    table = tmp_path / "en.toml"
    table.write_text(f"# What readers ask\n{line}\n", "utf-8")
    with pytest.raises(PluginError, match=re.escape(message)):
        read_asked(table)


def test_a_section_that_its_page_lacks_is_refused(tmp_path: Path) -> None:
    table = tmp_path / "en.toml"
    table.write_text('"a/#idea" = ["answers"]\n"of-a-larger-site/" = ["more"]\n"a/#none" = ["solutions"]\n', "utf-8")
    with pytest.raises(PluginError, match=r"en\.toml:3: no page has the section 'a/#none'; see its heading's id"):
        check_sections(read_asked(table), table, ["a/", "a/#idea"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_section_is_in_the_source_of_its_page(lang: str) -> None:
    """As the build says too, but at once."""
    docs = ROOT / "docs" / lang
    missing = []
    for section in read_asked(ASKED / f"{lang}.toml"):
        page, _, name = section.partition("#")
        if page in LOOKED_UP:
            continue
        place = docs / (page.rstrip("/") or "index")
        files = [file for file in (place.with_suffix(".md"), place.with_suffix(".ipynb")) if file.is_file()]
        text = files[0].read_text("utf-8").replace('\\"', '"') if files else ""
        if not text or (name and not re.search(rf'#{name}\b|id="{name}"', text)):
            missing.append(section)
    assert missing == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_readers_ask_leads_to_sections_that_are_there(site: Path, lang: str) -> None:
    index = json.loads((site / lang / "search" / "search_index.json").read_text("utf-8"))
    asked = {section["location"]: section["asked"] for section in index["docs"] if "asked" in section}
    for section, phrases in read_asked(ASKED / f"{lang}.toml").items():
        assert asked.get(section, [])[: len(phrases)] == phrases, section
    lessons = {address.partition("#")[0] for address in asked if re.match(r"stage\d/step\d\d/", address)}
    assert len(lessons) == 60


def test_words_in_bold_are_terms_but_what_opens_an_item_is_none() -> None:
    html = "<li><strong>연습 문제.</strong> 단계마다</li><li><strong>学習する。</strong></li><p><strong>기울기</strong>(gradient)</p>"
    assert bold_terms(html) == ["기울기"]
