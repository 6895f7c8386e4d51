"""The glossary and the pitfalls by what one sees: made of the pages, in three languages, and linked from them."""

import re
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from mkdocs.exceptions import PluginError

from tests.support.site_facts import COURSE, LANGUAGES, ROOT
from website.lookup.lessons import explained_in, pitfalls
from website.lookup.mentions import with_terms
from website.lookup.pages import read_symptoms, symptoms_page
from website.lookup.terms import Term, read_terms
from website.words.labels import labels

DOCS = ROOT / "docs"
GLOSSARY = DOCS / "glossary.toml"
SYMPTOMS = DOCS / "symptoms.toml"
TABLE: list[dict[str, Any]] = tomllib.loads(GLOSSARY.read_text("utf-8"))["term"]
PAGE = """# Step 7: Walls {#step07}

A **wall** is
flat.

## More {#more}

Many **round walls** stand.

<div class="pitfall" markdown="1">

### Through the wall {#pitfall}

```text { .error }
TypeError: a wall
  is no door
```

</div>

<div class="pitfall" markdown="1">

### The wall in the way {#pitfall-way}

Nothing says so.

</div>
"""


def _lessons(lang: str) -> dict[str, str]:
    files = [file for file in COURSE.files(DOCS / lang) if (DOCS / lang / file).is_file() and file.endswith(".md")]
    return {file: (DOCS / lang / file).read_text("utf-8") for file in files}


def _terms(lang: str) -> list[Term]:
    return read_terms(GLOSSARY, lang, list(LANGUAGES))


def test_a_term_is_explained_in_all_languages_or_in_none() -> None:
    for term in TABLE:
        said = [lang for lang in LANGUAGES if f"{lang}_is" in term]
        assert said in ([], list(LANGUAGES)), term
    assert len(_terms("en")) > 120


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sentences_use_the_words_of_the_glossary(lang: str) -> None:
    instead = [(word, term[lang]) for term in TABLE for word in term.get(f"{lang}_not", ())]
    for term in _terms(lang):
        for word, own in instead:
            assert not re.search(rf"\b{re.escape(word)}\b", term.sentence, re.I), f"{term.word}: {word}, not {own}"


def test_terms_stand_where_their_readers_look_for_them() -> None:
    letters = {lang: {term.address: term.letter for term in _terms(lang)} for lang in LANGUAGES}
    assert {lang: letters[lang]["gradient"] for lang in LANGUAGES} == {"ja": "か", "ko": "ㄱ", "en": "G"}
    assert (letters["ja"]["data-type"], letters["ja"]["vanishing-gradient"]) == ("た", "か")
    assert letters["ja"]["second-derivative"] == "な"  # にかいびぶん
    assert "#" not in [letter for lang in ("ja", "en") for letter in letters[lang].values()]
    order = [term.word for term in _terms("ja")]
    assert order.index("ベクトル") < order.index("ヘッセ行列") < order.index("変数") < order.index("ミニバッチ")


def test_every_kanji_has_its_reading() -> None:
    assert [term.word for term in _terms("ja") if re.search("[一-龯]", term.word) and not term.reading] == []


@pytest.mark.parametrize(
    ("lang", "html", "linked"),
    [
        ("en", "<p>Two losses, a loss and gradient\ndescent.</p>", ["losses", "gradient\ndescent"]),
        ("en", '<h2>Loss</h2><p><code>loss</code> <img alt="loss"> glossy <a href="#">loss</a></p>', []),
        ("ja", "<p>確率的勾配降下法の勾配と、標準偏差、クラス分類器、分類。</p>", ["確率的勾配降下法", "勾配", "分類"]),
        ("ko", "<p>텐서플로의 텐서가 기울기를, 분류기, 분류한다.</p>", ["텐서", "기울기", "분류"]),
    ],
)
def test_the_first_mention_of_a_term_is_a_link(lang: str, html: str, linked: list[str]) -> None:
    found = with_terms(html, _terms(lang), lang, "../glossary/")
    assert re.findall(r'<a class="term"[^>]*>([^<]*)</a>', found) == linked
    assert re.sub(r'<a class="term"[^>]*>([^<]*)</a>', r"\1", found) == html


@pytest.mark.parametrize("lang", LANGUAGES)
def test_another_choice_of_terms_costs_a_page_next_to_nothing(lang: str) -> None:
    re.purge()
    began = time.process_time()
    with_terms("<p>x</p>", _terms(lang)[1:], lang, "../glossary/")
    assert time.process_time() - began < 0.1  # a quarter and half of a second, where each term had its own surroundings


def test_what_a_page_explains_is_read_from_it() -> None:
    place = explained_in("wall", {"a.md": "# A {#a}\n", "s/step07.md": PAGE})
    assert place is not None
    assert (place.uri, place.page, place.section) == ("s/step07.md", "Step 7: Walls", "step07")
    place = explained_in("round wall", {"s/step07.md": PAGE})
    assert place is not None and place.section == "more"
    assert explained_in("flat", {"s/step07.md": PAGE}) is None
    found = [(pitfall.place.title, pitfall.errors) for pitfall in pitfalls({"s/step07.md": PAGE})]
    assert found == [("Through the wall", ("TypeError: a wall\n  is no door",)), ("The wall in the way", ())]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_of_symptoms_names_every_pitfall(lang: str) -> None:
    lessons = _lessons(lang)
    text = symptoms_page(SYMPTOMS, lang, labels(lang), lessons)
    there = {f"{pitfall.place.uri}#{pitfall.place.section}" for pitfall in pitfalls(lessons)}
    boxes = sum(page.count('<div class="pitfall"') for page in lessons.values())
    assert len(there) == boxes > 70
    assert set(re.findall(r"\]\(([^)]+\.md#[^)]+)\)", text)) == there
    listed = {name.replace("#", ".md#") for seen in read_symptoms(SYMPTOMS) for name in seen["pitfalls"]}
    assert listed <= there


def test_a_table_of_the_site_that_cannot_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "symptoms.toml"
    table.write_text('[[seen]]\nid = "a\n')
    with pytest.raises(PluginError, match=r"symptoms\.toml cannot be read: .*\(at line 2, column 8\)"):
        read_symptoms(table)
    words = tmp_path / "labels.yml"
    words.write_text('copy: {en: "Copy}\n')
    monkeypatch.setattr("website.words.labels.LABELS", words)
    with pytest.raises(PluginError, match=r"(?s)labels\.yml cannot be read: .*line 1, column 12"):
        labels("en")


def _built(site: Path) -> Iterator[tuple[str, str]]:
    for lang in LANGUAGES:
        yield lang, (site / lang / "glossary" / "index.html").read_text("utf-8")


def test_the_glossary_is_built_with_the_same_addresses_in_every_language(site: Path) -> None:
    addresses = {lang: set(re.findall(r'<h3 id="([^"]+)"', html)) for lang, html in _built(site)}
    assert all(
        not re.search(r'<h2[^>]*><a class="headerlink"', html) for _, html in _built(site)
    )  # each letter is seen
    assert addresses["ja"] == addresses["ko"] == addresses["en"] == {term.address for term in _terms("en")}
    for lang in LANGUAGES:
        step = (site / lang / "stage4" / "step46" / "index.html").read_text("utf-8")
        led = set(re.findall(r'<a class="term" href="../../glossary/#([^"]+)"', step))
        assert "loss" in led
        assert led <= addresses[lang]
        assert "optimizer" not in led  # it is explained on this very page
