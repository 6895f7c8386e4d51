"""An enemy changes what only people judge: words, signs, pictures, docstrings. None of it passes for read.

Each kind of change is made in one language, and in all languages at once; every one has to be seen, in each language
that it was made in. ATTACKS=40 pytest tests/thorough/test_attack_on_reading.py -s makes forty of each kind, and shows
how many that were. ATTACK_SEED=… makes others.
"""

from __future__ import annotations

import json
import os
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from doccheck.base.memo import MEMO
from doccheck.base.settings import find_settings
from doccheck.base.text import Edit
from doccheck.checker import Book
from doccheck.page.model import NOTEBOOK, Page, pages_below, parse_page
from doccheck.page.notebook.model import NotebookPage, parse_notebook
from doccheck.record.entries import DOCSTRING, docstring_entries, gone, page_entries, unread
from doccheck.record.pictures import find_programs, picture_source

SETTINGS = find_settings(Path(__file__).parent)
COUNT = int(os.environ.get("ATTACKS", "12"))
SEED = os.environ.get("ATTACK_SEED", "reading")
BOOK = Book(SETTINGS)
PROGRAMS = find_programs(SETTINGS.pictures)
LANGUAGES = SETTINGS.languages
NAMES = [page.relative_to(SETTINGS.docs / "en").as_posix() for page in pages_below(SETTINGS.docs / "en")]
Kind = Callable[[Page, str, random.Random], Edit | str | None]  # an edit of the text, or the whole new file

WORD = {"en": r"[a-z]{3,}", "ja": r"[\u30a0-\u30ff]{3,}|[\u4e00-\u9fff]{2,}", "ko": r"[\uac00-\ud7a3]{2,}"}
SENTENCE = {"en": r"[A-Z][^.?!\n]{20,}[.?!](?=[ \n])", "ja": r"[^。\n]{8,}。", "ko": r"[^.\n]{10,}다\.(?=[ \n])"}
NOT = {
    "en": [
        (r"\bis\b(?! not)", "is not"),
        (r"\bare\b(?! not)", "are not"),
        (r"\bcan\b(?!not)", "cannot"),
        (r" not\b", ""),
    ],
    "ja": [(r"ます。", "ません。"), (r"です。", "ではありません。"), (r"ません", "ます"), (r"できる", "できない")],
    "ko": [
        (r"합니다\.", "하지 않습니다."),
        (r"입니다\.", "이 아닙니다."),
        (r"않습니다", "있습니다"),
        (r"같은", "다른"),
    ],
}
COUNTED = {
    "en": ["one", "two", "three", "four", "first", "second", "third", "all", "some", "always", "never", "only"],
    "ja": ["1つ", "2つ", "3つ", "4つ", "すべて", "一部", "必ず", "最初", "最後", "左", "右", "上", "下"],
    "ko": ["하나", "둘", "셋", "한", "두", "세", "네", "첫", "모든", "항상", "처음", "마지막", "왼쪽", "오른쪽"],
}


def one_of(
    page: Page, rng: random.Random, pattern: str, where: str = "prose", flags: int = re.M
) -> re.Match[str] | None:
    """Return some place of a pattern in what is read of a page: its prose, its text, or what has no code in it."""
    found = [m for m in re.finditer(pattern, getattr(page, where), flags) if m[0] and _may_change(page, m)]
    return rng.choice(found) if found else None


def _may_change(page: Page, match: re.Match[str]) -> bool:
    """Say whether a place lies outside of fences, and in a notebook in a Markdown cell."""
    if any(fence.start <= match.start() < fence.end for fence in page.fences):
        return False
    if not isinstance(page, NotebookPage):
        return True
    pieces = page.woven.pieces
    piece = page.woven.piece(match.start())
    end = page.woven.piece(max(match.start(), match.end() - 1))
    return bool(pieces) and piece is end and piece.cell.kind == "markdown"


def replaced(match: re.Match[str] | None, new: Callable[[str], str | None], group: int | str = 0) -> Edit | None:
    """Return the edit that puts something else in the place of a match."""
    if match is None:
        return None
    text = new(match[group])
    return None if text is None or text == match[group] else Edit(match.start(group), match.end(group), text)


def other(pool: list[str], old: str, rng: random.Random) -> str | None:
    """Return one that is not the old one."""
    left = sorted({one for one in pool if one != old})
    return rng.choice(left) if left else None


def another_word(page: Page, lang: str, rng: random.Random) -> Edit | None:
    words = re.findall(WORD[lang], page.prose)
    return replaced(one_of(page, rng, WORD[lang]), lambda old: other(words, old, rng))


def no_word(page: Page, lang: str, rng: random.Random) -> Edit | None:
    return replaced(one_of(page, rng, WORD[lang]), lambda old: "")


def a_word_more(page: Page, lang: str, rng: random.Random) -> Edit | None:
    more = rng.choice(re.findall(WORD[lang], page.prose) or ["x"])
    return replaced(one_of(page, rng, WORD[lang]), lambda old: f"{old} {more}" if lang != "ja" else f"{old}{more}")


def a_letter(page: Page, lang: str, rng: random.Random) -> Edit | None:
    pool = {"en": "abcdefghilmnoprstu", "ja": "アイウエオカキクケコ", "ko": "가나다라마바사"}[lang]

    def slip(old: str) -> str:
        at = rng.randrange(len(old))
        return old[:at] + rng.choice(pool) + old[at + 1 :]

    return replaced(one_of(page, rng, WORD[lang]), slip)


def a_negation(page: Page, lang: str, rng: random.Random) -> Edit | None:
    pattern, new = rng.choice(NOT[lang])
    return replaced(one_of(page, rng, pattern), lambda old: new)


def a_count_in_words(page: Page, lang: str, rng: random.Random) -> Edit | None:
    words = COUNTED[lang]
    pattern = "|".join(rf"\b{word}\b" if lang == "en" else word for word in words)
    return replaced(one_of(page, rng, pattern), lambda old: other(words, old, rng))


def a_digit_in_a_sentence(page: Page, lang: str, rng: random.Random) -> Edit | None:
    return replaced(one_of(page, rng, r"(?<![\d.])\d(?![\d.])"), lambda old: str((int(old) + rng.randint(1, 8)) % 10))


def a_mark(page: Page, lang: str, rng: random.Random) -> Edit | None:
    pool = {"en": ",.?;:", "ja": "、。？：", "ko": ",.?:"}[lang]
    return replaced(one_of(page, rng, f"[{pool}]"), lambda old: other([*pool, ""], old, rng))


def no_sentence(page: Page, lang: str, rng: random.Random) -> Edit | None:
    return replaced(one_of(page, rng, SENTENCE[lang], "body"), lambda old: "")


def sentences_in_other_order(page: Page, lang: str, rng: random.Random) -> Edit | None:
    pair = rf"(?:{SENTENCE[lang]})[ \n]?(?:{SENTENCE[lang]})"

    def turned(old: str) -> str | None:
        parts = re.findall(SENTENCE[lang], f"{old} ")
        return f"{parts[1]} {parts[0]}" if len(parts) == 2 else None

    return replaced(one_of(page, rng, pair, "text"), turned)


def no_paragraph(page: Page, lang: str, rng: random.Random) -> Edit | None:
    return replaced(one_of(page, rng, r"(?<=\n\n)[^\W\d_`#<>|$][^\n]{30,}(?=\n\n)", "text"), lambda old: "")


def a_paragraph_again(page: Page, lang: str, rng: random.Random) -> Edit | None:
    return replaced(
        one_of(page, rng, r"(?<=\n\n)[^\W\d_`#<>|$][^\n]{30,}(?=\n\n)", "text"), lambda old: f"{old}\n\n{old}"
    )


def two_paragraphs(page: Page, lang: str, rng: random.Random) -> Edit | None:
    return replaced(one_of(page, rng, SENTENCE[lang] + r"(?P<at> ?)(?=\S)", "body"), lambda old: f"{old.rstrip()}\n\n")


FORMULA = r"(?<![\\$])\$(?!\$)[^$\n]+(?<![\\\s])\$|\$\$[^$]+\$\$"


def in_a_formula(page: Page, rng: random.Random, pattern: str, new: Callable[[str], str | None]) -> Edit | None:
    formula = one_of(page, rng, FORMULA, "plain")
    places = [] if formula is None else list(re.finditer(pattern, formula[0]))
    if formula is None or not places:
        return None
    place = rng.choice(places)
    text, at = new(place[0]), formula.start()
    if text is None or text == place[0]:
        return None
    return Edit(at + place.start(), at + place.end(), text)


def a_sign_of_a_formula(page: Page, lang: str, rng: random.Random) -> Edit | None:
    return in_a_formula(
        page, rng, r"[-+=]|\\cdot|\\times|\\leq|\\sum|\\prod", lambda old: other(["+", "-", "="], old, rng)
    )


def a_letter_of_a_formula(page: Page, lang: str, rng: random.Random) -> Edit | None:
    return in_a_formula(page, rng, r"(?<![a-zA-Z\\])[a-zA-Z](?![a-zA-Z])", lambda old: other([*"abxyzW"], old, rng))


def a_digit_of_a_formula(page: Page, lang: str, rng: random.Random) -> Edit | None:
    return in_a_formula(page, rng, r"\d", lambda old: other([*"123456789"], old, rng))


def another_formula(page: Page, lang: str, rng: random.Random) -> Edit | None:
    pool = re.findall(FORMULA, page.plain)
    return replaced(one_of(page, rng, FORMULA, "plain"), lambda old: other(pool, old, rng))


ALT = r"!\[(?P<alt>[^\]\n]+)\]\((?P<src>[^)\s]+)\)"


def a_word_of_an_alt_text(page: Page, lang: str, rng: random.Random) -> Edit | None:
    image = one_of(page, rng, ALT, "text")
    places = [] if image is None else list(re.finditer(WORD[lang], image["alt"]))
    if image is None or not places:
        return None
    place, at = rng.choice(places), image.start("alt")
    new = other(re.findall(WORD[lang], page.prose), place[0], rng)
    return None if new is None else Edit(at + place.start(), at + place.end(), new)


def another_alt_text(page: Page, lang: str, rng: random.Random) -> Edit | None:
    pool = [alt for name in NAMES for _, _, alt in BOOK.page(SETTINGS.docs / lang / name).images]
    return replaced(one_of(page, rng, ALT, "text"), lambda old: other(pool, old, rng), "alt")


def another_picture(page: Page, lang: str, rng: random.Random) -> Edit | None:
    pool = [f"../figures/{name}.svg" for name in PROGRAMS]
    return replaced(one_of(page, rng, ALT, "text"), lambda old: other(pool, old, rng), "src")


LINK = r"(?<!!)\[(?P<words>[^\]\n]+)\]\((?P<file>[^)#\s]*)(?P<id>#[^)\s]*)?\)"


def the_words_of_a_link(page: Page, lang: str, rng: random.Random) -> Edit | None:
    pool = [match["words"] for match in re.finditer(LINK, page.plain)] + ["x"]
    return replaced(one_of(page, rng, LINK, "plain"), lambda old: other(pool, old, rng), "words")


def where_a_link_leads(page: Page, lang: str, rng: random.Random) -> Edit | None:
    pool = [path.name for path in page.path.parent.iterdir()]
    return replaced(one_of(page, rng, LINK, "plain"), lambda old: other(pool, old, rng), "file")


def the_place_where_a_link_leads(page: Page, lang: str, rng: random.Random) -> Edit | None:
    pool = [f"#{heading.id}" for heading in page.headings]
    return replaced(one_of(page, rng, LINK.replace(")?\\)", ")\\)"), "plain"), lambda old: other(pool, old, rng), "id")


def a_title(page: Page, lang: str, rng: random.Random) -> Edit | None:
    return replaced(one_of(page, rng, r"^# (?P<title>[^\n{]+)", "body"), lambda old: f"{old.strip()}x ", "title")


def a_heading(page: Page, lang: str, rng: random.Random) -> Edit | None:
    pool = [heading.title for heading in page.headings]
    pattern = r"^##+ (?P<title>[^\n{]*[^\n{ ])"
    return replaced(one_of(page, rng, pattern, "body"), lambda old: other(pool, old, rng), "title")


def the_level_of_a_heading(page: Page, lang: str, rng: random.Random) -> Edit | None:
    return replaced(one_of(page, rng, r"^##+(?= )", "body"), lambda old: "##" if old == "###" else "###")


def a_heading_less(page: Page, lang: str, rng: random.Random) -> Edit | None:
    return replaced(one_of(page, rng, r"^##+ [^\n]+\n", "body"), lambda old: "")


def the_description(page: Page, lang: str, rng: random.Random) -> Edit | str | None:
    def changed(old: str) -> str | None:
        places = list(re.finditer(WORD[lang], old))
        place = rng.choice(places) if places else None
        new = None if place is None else other(re.findall(WORD[lang], page.prose), place[0], rng)
        return None if place is None or new is None else old[: place.start()] + new + old[place.end() :]

    if not isinstance(page, NotebookPage):
        return replaced(re.match(r"---\ndescription: (?P<words>[^\n]+)", page.text), changed, "words")
    raw = json.loads(page.raw)
    new = changed(raw["metadata"]["description"])
    raw["metadata"]["description"] = new or ""
    return json.dumps(raw, ensure_ascii=False)


ROW = r"^\|[^\n]+\|$"


def a_cell_of_a_table(page: Page, lang: str, rng: random.Random) -> Edit | None:
    row = one_of(page, rng, r"^\|[^\n-]{4,}\|$", "text")
    cells = [] if row is None else list(re.finditer(r"(?<=\|) ([^|\n]*[^|\s]) (?=\|)", row[0]))
    if row is None or len(cells) < 2:
        return None
    one, two = rng.sample(cells, 2)
    return None if one[1] == two[1] else Edit(row.start() + one.start(1), row.start() + one.end(1), two[1])


def rows_in_other_order(page: Page, lang: str, rng: random.Random) -> Edit | None:
    pair = one_of(page, rng, r"^(?P<one>\|[^\n-]+\|)\n(?P<two>\|[^\n-]+\|)$", "text")
    if pair is None or pair["one"] == pair["two"]:
        return None
    return Edit(pair.start(), pair.end(), f"{pair['two']}\n{pair['one']}")


def items_in_other_order(page: Page, lang: str, rng: random.Random) -> Edit | None:
    pair = one_of(page, rng, r"^(?:[-*]|\d\.) +(?P<one>[^\n]+)\n(?:[-*]|\d\.) +(?P<two>[^\n]+)$", "text")
    if pair is None or pair["one"] == pair["two"]:
        return None
    new = pair[0].replace(pair["one"], "\0", 1).replace(pair["two"], pair["one"], 1).replace("\0", pair["two"], 1)
    return Edit(pair.start(), pair.end(), new)


def no_item(page: Page, lang: str, rng: random.Random) -> Edit | None:
    return replaced(one_of(page, rng, r"^(?:[-*]|\d\.) [^\n]+\n", "text"), lambda old: "")


def the_kind_of_a_box(page: Page, lang: str, rng: random.Random) -> Edit | None:
    pattern = r'<(?:div|details) class="(?P<kind>\w+)"'
    return replaced(one_of(page, rng, pattern, "text"), lambda old: other([*SETTINGS.classes], old, rng), "kind")


def the_title_of_a_box(page: Page, lang: str, rng: random.Random) -> Edit | None:
    pattern = r"<summary>(?P<words>[^<\n]+)</summary>"
    return replaced(one_of(page, rng, pattern, "text"), lambda old: f"{old}x", "words")


def a_box_that_ends_elsewhere(page: Page, lang: str, rng: random.Random) -> Edit | None:
    pattern = r"(?P<words>^[^\n<`|]+)\n\n(?P<end></(?:div|details)>)$"
    return replaced(one_of(page, rng, pattern, "text"), lambda old: "\n\n".join(reversed(old.split("\n\n"))))


def a_word_of_a_hint(page: Page, lang: str, rng: random.Random) -> Edit | None:
    box = one_of(page, rng, r'<details class="hint".*?</details>', "text", re.S)
    places = [] if box is None else list(re.finditer(WORD[lang], box[0].partition("</summary>")[2]))
    if box is None or not places:
        return None
    place, at = rng.choice(places), box.start() + len(box[0]) - len(box[0].partition("</summary>")[2])
    new = other(re.findall(WORD[lang], page.prose), place[0], rng)
    return None if new is None else Edit(at + place.start(), at + place.end(), new)


def in_fences(page: Page, rng: random.Random, names: tuple[str, ...], pattern: str, new: Callable[[str], str | None], *,
              listing: bool | None = None) -> Edit | str | None:  # fmt: skip
    """Return a change in some fence; in a notebook, in the cell that it stands for."""
    places = []
    for fence in page.fences:
        if fence.kind.name in names and listing in (None, fence.title is not None):
            places += [
                (fence, match) for match in re.finditer(pattern, page.text[fence.body_start : fence.body_end], re.M)
            ]
    if not places:
        return None
    fence, match = rng.choice(places)
    text = new(match[0])
    if text is None or text == match[0]:
        return None
    if not isinstance(page, NotebookPage):
        return Edit(fence.body_start + match.start(), fence.body_start + match.end(), text)
    cell = page.woven.fences.get(fence.start)
    if cell is None:  # a wrong answer, which stands in a Markdown cell
        return None
    raw = json.loads(page.raw)
    source = cell.source[: match.start()] + text + cell.source[match.end() :]
    raw["cells"][cell.number - 1]["source"] = source.splitlines(keepends=True)
    return json.dumps(raw, ensure_ascii=False)


def a_message_of_a_check(page: Page, lang: str, rng: random.Random) -> Edit | str | None:
    words = re.findall(WORD[lang], page.prose)
    pattern = rf'(?<=["\w ])(?:{WORD[lang]})(?=[^"\n]*"[)\n,])' if lang == "en" else WORD[lang]
    return in_fences(page, rng, ("check",), pattern, lambda old: other(words, old, rng))


def a_comment(page: Page, lang: str, rng: random.Random) -> Edit | str | None:
    return in_fences(page, rng, ("python",), r"(?<=# )[^\n]+", lambda old: f"{old}x", listing=False)


def no_comment(page: Page, lang: str, rng: random.Random) -> Edit | str | None:
    return in_fences(page, rng, ("python", "exercise"), r"  # [^\n]+", lambda old: "")


def a_comment_of_a_listing(page: Page, lang: str, rng: random.Random) -> Edit | str | None:
    return in_fences(page, rng, ("python",), r"(?<=# )[^\n]+", lambda old: f"{old}x", listing=True)


def a_line_of_an_example(page: Page, lang: str, rng: random.Random) -> Edit | str | None:
    return in_fences(page, rng, ("python", "exercise"), r"^(?=\w)", lambda old: "None\n", listing=False)


def a_number_of_an_example(page: Page, lang: str, rng: random.Random) -> Edit | str | None:
    return in_fences(page, rng, ("python", "check"), r"\b\d\b", lambda old: str(int(old) + 1), listing=False)


def a_wrong_answer(page: Page, lang: str, rng: random.Random) -> Edit | str | None:
    return in_fences(page, rng, ("wrong",), r"(?<=    )return ", lambda old: "return 2 * ")


def a_command(page: Page, lang: str, rng: random.Random) -> Edit | str | None:
    return in_fences(page, rng, ("console",), r"(?<=\$ )\w+", lambda old: f"{old}3")


EXPRESSION = r'data-expr="(?P<expr>[^"\n]+)"'


def an_expression(page: Page, lang: str, rng: random.Random) -> Edit | None:
    pool = [*re.findall(EXPRESSION, page.text), "x"]
    return replaced(one_of(page, rng, EXPRESSION, "text"), lambda old: other(pool, old, rng), "expr")


def a_value_that_is_only_quoted(page: Page, lang: str, rng: random.Random) -> Edit | None:
    return replaced(one_of(page, rng, r'\{ ?data-expr="[^"\n]+" ?\}', "text"), lambda old: "{ .quoted }")


def a_quoted_number(page: Page, lang: str, rng: random.Random) -> Edit | None:
    pattern = r"`(?P<number>[^`\n]+)`\{ ?\.quoted ?\}"
    return replaced(one_of(page, rng, pattern, "text"), lambda old: f"{old}1", "number")


def a_name(page: Page, lang: str, rng: random.Random) -> Edit | None:
    pool = re.findall(r"(?<!`)`([A-Za-z_.()]{2,})`(?![`{])", page.text)
    pattern = r"(?<!`)`(?P<name>[A-Za-z_.()]{2,})`(?![`{])"
    return replaced(one_of(page, rng, pattern, "text"), lambda old: other(pool, old, rng), "name")


def a_term_that_is_bold_no_more(page: Page, lang: str, rng: random.Random) -> Edit | None:
    return replaced(one_of(page, rng, r"\*\*[^*\n]+\*\*", "plain"), lambda old: old.strip("*"))


def a_tolerance(page: Page, lang: str, rng: random.Random) -> Edit | None:
    return replaced(one_of(page, rng, r'tol="(?P<tol>[^"]+)"', "text"), lambda old: f"1{old}", "tol")


def a_comment_of_the_page(page: Page, lang: str, rng: random.Random) -> Edit | None:
    return replaced(
        one_of(page, rng, r"<!-- (?P<words>map: \w+|start|code so far) -->", "text"), lambda old: f"{old}x", "words"
    )


def the_alt_text_of_a_plot(page: Page, lang: str, rng: random.Random) -> str | None:
    if not isinstance(page, NotebookPage):
        return None
    raw = json.loads(page.raw)
    cells = [cell for cell in raw["cells"] if "alt" in cell["metadata"]]
    if not cells:
        return None
    cell = rng.choice(cells)
    alt = cell["metadata"]["alt"]
    cell["metadata"]["alt"] = f"{alt}x" if isinstance(alt, str) else [f"{alt[0]}x", *alt[1:]]
    return json.dumps(raw, ensure_ascii=False)


def the_program_of_a_plot(page: Page, lang: str, rng: random.Random) -> Edit | str | None:
    if not isinstance(page, NotebookPage):
        return None
    return in_fences(page, rng, ("python",), r"\b\d\b", lambda old: str(int(old) + 1))


def items_in_one_line(page: Page, lang: str, rng: random.Random) -> Edit | None:
    return replaced(one_of(page, rng, r"(?<=[^\s|>])\n(?=(?:[-*]|\d\.) +\S)", "body"), lambda old: " ")


KINDS: tuple[Kind, ...] = (
    another_word, no_word, a_word_more, a_letter, a_negation, a_count_in_words, a_digit_in_a_sentence, a_mark, no_sentence,
    sentences_in_other_order, no_paragraph, a_paragraph_again, two_paragraphs, a_sign_of_a_formula, a_letter_of_a_formula,
    a_digit_of_a_formula, another_formula, a_word_of_an_alt_text, another_alt_text, another_picture, the_words_of_a_link,
    where_a_link_leads, the_place_where_a_link_leads, a_title, a_heading, the_level_of_a_heading, a_heading_less,
    the_description, a_cell_of_a_table, rows_in_other_order, items_in_other_order, no_item, the_kind_of_a_box,
    the_title_of_a_box, a_box_that_ends_elsewhere, a_word_of_a_hint, a_message_of_a_check, a_comment, no_comment,
    a_comment_of_a_listing, a_line_of_an_example, a_number_of_an_example, a_wrong_answer, a_command, an_expression,
    a_value_that_is_only_quoted, a_quoted_number, a_name, a_term_that_is_bold_no_more, a_tolerance, a_comment_of_the_page,
    the_alt_text_of_a_plot, the_program_of_a_plot, items_in_one_line,
)  # fmt: skip


def changed(page: Page, kind: Kind, lang: str, rng: random.Random) -> Page | None:
    """Return a page with one change of a kind; None where it has nothing to change."""
    change = kind(page, lang, rng)
    if change is None:
        return None
    raw = page.edited([change]) if isinstance(change, Edit) else change
    parse = parse_notebook if page.path.suffix == NOTEBOOK else parse_page
    new = parse(raw, page.path, page.name)
    same = new.text == page.text and kind is not the_description
    return None if new.unreadable or same else new


def seen(name: str, changes: dict[str, Page]) -> bool:
    """Say whether a record of the page as it is tells every change that was made in it."""
    pages = {lang: BOOK.page(SETTINGS.docs / lang / name) for lang in LANGUAGES}
    recorded = {entry.key: entry.digests for entry in page_entries(name, pages, PROGRAMS)}
    entries = list(page_entries(name, pages | changes, PROGRAMS))
    for lang in changes:
        told = [problem for entry in entries for problem in unread(entry, recorded.get(entry.key), lang, "")]
        if not told and not gone(entries, recorded, lang):
            return False
    return True


def attempts(kind: Kind, everywhere: bool) -> Iterator[tuple[str, dict[str, Page]]]:
    """Yield as many pages with changes as are asked for, fewer where there are not so many to be had."""
    rng = random.Random(f"{SEED} {kind.__name__} {everywhere}")
    found = 0
    for _ in range(COUNT * 60):
        name = rng.choice(NAMES)
        made: dict[str, Page] = {}
        for lang in LANGUAGES if everywhere else [rng.choice(LANGUAGES)]:
            page = changed(BOOK.page(SETTINGS.docs / lang / name), kind, lang, rng)
            if page is not None:
                made[lang] = page
        if made and (len(made) == len(LANGUAGES) or not everywhere):
            found += 1
            yield name, made
        if found == COUNT:
            return


@pytest.mark.parametrize("everywhere", [False, True], ids=["one language", "all languages"])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__.replace("_", " "))
def test_no_change_passes_for_read(kind: Kind, everywhere: bool) -> None:
    MEMO.begin_check()
    made, passed = 0, []
    for name, pages in attempts(kind, everywhere):
        made += 1
        if not seen(name, pages):
            before = {lang: BOOK.page(page.path).text for lang, page in pages.items()}
            passed.append((name, {lang: _difference(before[lang], page.text) for lang, page in pages.items()}))
    print(f"{kind.__name__.replace('_', ' ')}, {'all' if everywhere else 'one'}: {made - len(passed)} of {made}")
    assert made, "nothing to change anywhere; the attack looks for something that pages no longer have"
    assert passed == []


def _difference(one: str, two: str) -> tuple[str, str]:
    """Return where two texts differ, for whom a change has passed."""
    start = next((at for at, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), 0)
    return one[max(0, start - 20) : start + 100], two[max(0, start - 20) : start + 100]


def test_no_change_of_a_figure_passes_for_read(tmp_path: Path) -> None:
    rng = random.Random(f"{SEED} figures")
    assert SETTINGS.pictures is not None
    shown = {Path(src).stem for name in NAMES for _, src, _ in BOOK.page(SETTINGS.docs / "en" / name).images} & set(
        PROGRAMS
    )
    slips = [(r"\b\d+(?:\.\d+)?\b", "77"), (r'"[^"\n]{1,12}"', '"zz"'), (r" [-+*] ", " / "), (r"\bTrue\b", "False")]
    made = 0
    for _ in range(COUNT * 20):
        name = rng.choice(sorted(shown))
        path = PROGRAMS[name]
        if rng.random() < 0.3 and (beside := sorted(path.parent.glob("_[a-z]*.py"))):
            path = rng.choice(beside)
        before = picture_source(name, PROGRAMS)
        source = path.read_text("utf-8")
        if path != PROGRAMS[name] and path.stem not in PROGRAMS[name].read_text("utf-8"):
            continue
        places = [
            (m, new) for old, new in slips for m in re.finditer(old, source) if "#" not in _line(source, m.start())
        ]
        match, new = rng.choice(places)
        copy = tmp_path / path.parent.name
        copy.mkdir(exist_ok=True)
        for file in path.parent.glob("*.py"):
            (copy / file.name).write_text(file.read_text("utf-8"), "utf-8")
        (copy / path.name).write_text(source[: match.start()] + new + source[match.end() :], "utf-8")
        after = picture_source(name, {name: copy / PROGRAMS[name].name})
        assert after != before or new == match[0], (name, match[0], new)
        made += 1
        if made == COUNT:
            break
    print(f"figures: {made} of {made}")
    assert made == COUNT


def _line(source: str, at: int) -> str:
    return source[source.rfind("\n", 0, at) + 1 : at]


def test_no_change_of_a_docstring_passes_for_read() -> None:
    rng = random.Random(f"{SEED} docstrings")
    files = [
        path for path in BOOK.records.package_files() if list(docstring_entries(path.read_text("utf-8"), path, ""))
    ]
    made = 0
    for _ in range(COUNT * 20):
        path = rng.choice(files)
        source = path.read_text("utf-8")
        entries = list(docstring_entries(source, path, path.name))
        docstring = rng.choice(entries).parts[0].shown
        places = list(re.finditer(r"[A-Za-z]{3,}|\d|[.,()]", re.sub(r"\n[^\n]*$", "", docstring.partition(">>>")[0])))
        if not places or docstring not in source:
            continue  # it is indented, so that its lines stand there otherwise
        place = rng.choice(places)
        new = docstring[: place.start()] + "7" + docstring[place.end() :]
        if new == docstring:
            continue
        recorded = {entry.key: entry.digests for entry in entries}
        again = list(docstring_entries(source.replace(docstring, new), path, path.name))
        found = [entry for entry in again if list(unread(entry, recorded.get(entry.key), DOCSTRING, ""))]
        assert found, (path, docstring, new)
        made += 1
        if made == COUNT:
            break
    print(f"docstrings: {made} of {made}")
    assert made == COUNT
