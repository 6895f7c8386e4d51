"""Messages about what nobody sees name the character."""

from __future__ import annotations

import pytest

from doccheck import check_text
from doccheck.base.text import counted, times, unseen

EXAMPLE = "```python\nprint({})\n```\n\n```text {{ .output }}\n{}\n```\n"
# name: what the code prints, what the page says, and what the message adds
ALIKE = {
    "no-break space": ("'a b'", "a\u00a0b", "U+00A0 NO-BREAK SPACE in the one, U+0020 SPACE in the other"),
    "zero-width space": ("'ab'", "a\u200bb", "U+200B ZERO WIDTH SPACE in the one, U+0062 LATIN SMALL LETTER B in the other"),
    "two characters for a letter": ("'\u00e9'", "e\u0301", "U+0065 LATIN SMALL LETTER E in the one, U+00E9 LATIN SMALL LETTER E WITH ACUTE"),
    "Korean in parts": ("'\uac00'", "\u1100\u1161", "U+1100 HANGUL CHOSEONG KIYEOK in the one, U+AC00 HANGUL SYLLABLE GA"),
    "a tab": ("'a b'", "a\tb", "U+0009 TAB in the one, U+0020 SPACE in the other"),
    "full-width": ("'(a)'", "\uff08a)", "U+FF08 FULLWIDTH LEFT PARENTHESIS in the one, U+0028 LEFT PARENTHESIS"),
}  # fmt: skip


@pytest.mark.parametrize("name", ALIKE)
def test_an_output_that_looks_the_same(name: str) -> None:
    code, says, message = ALIKE[name]
    found = check_text(EXAMPLE.format(code, says), "a.md")
    assert found[0].startswith("a.md:6: the page says ")
    assert f"({message}" in found[0]


def test_a_value_that_looks_the_same() -> None:
    page = '```python\nx = "a b"\n```\n\nIt is `a\u00a0b`{ data-expr="x" }.\n'
    assert "(U+00A0 NO-BREAK SPACE in the one, U+0020 SPACE in the other)" in check_text(page)[0]


@pytest.mark.parametrize(
    ("character", "message"),
    [
        ("\u200b", "nobody sees the character U+200B ZERO WIDTH SPACE behind 'It is'; delete it"),
        ("\u00ad", "nobody sees the character U+00AD SOFT HYPHEN behind 'It is'; delete it"),
        ("\ud800", "nobody sees the character U+D800 half of a character behind 'It is'; delete it"),
        ("\x08", "nobody sees the character U+0008 BACKSPACE behind 'It is'; delete it"),
        (
            "e\u0301",
            "'\u00e9' is written as U+0065 LATIN SMALL LETTER E and U+0301 COMBINING ACUTE ACCENT; write U+00E9",
        ),
        (
            "\u1112\u1161\u11ab",
            "'\ud55c' is written as U+1112 HANGUL CHOSEONG HIEUH and U+1161 HANGUL JUNGSEONG A; write U+D55C",
        ),
    ],
)
def test_a_sentence_with_what_nobody_sees(character: str, message: str) -> None:
    found = check_text(f"# A\n\nIt is{character} so.\n", "a.md")
    assert [text[: len(message) + 8] for text in found] == [f"a.md:3: {message}"]


def test_emoji_and_scripts_are_left_alone() -> None:
    assert check_text("It is \U0001f469\u200d\U0001f4bb, 勾配\u3000と 기울기, a\u00a0b.\n") == []


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("-\u00a0two", "U+00A0 NO-BREAK SPACE"),
        ("2.\u3000two", "U+3000 IDEOGRAPHIC SPACE"),
        ("\u3000- two", "U+3000 IDEOGRAPHIC SPACE"),
        ("\u2003> two", "U+2003 EM SPACE"),
        ("\u00a0| two |", "U+00A0 NO-BREAK SPACE"),
    ],
)
def test_a_space_that_is_none_to_markdown(line: str, name: str) -> None:
    assert check_text(f"# A\n\n- one\n{line}\n", "a.md") == [
        f"a.md:4: {name} is no space to Markdown, so no item, quote or row begins here; "
        "write a space, or nothing where the line begins"
    ]


@pytest.mark.parametrize(
    "text", ["\u3000段落。", "5\u00a0kg", "|\u3000| a |\n|--|--|\n|\u3000| b |", "**太字**\u3000と"]
)
def test_other_spaces_between_words_are_left_alone(text: str) -> None:
    assert check_text(f"# 題 {{#a}}\n\n{text}\n", "a.md") == []


@pytest.mark.parametrize("next_line", ["次の行。", "  次の行。", "`x`の値。", "**太字**の語。"])
def test_a_line_break_that_shows_as_a_gap(next_line: str) -> None:
    assert check_text(f"# 題 {{#a}}\n\n前の行。\n{next_line}\n", "a.md") == [
        "a.md:4: the line break behind '前の行。' shows as a gap between the words; join the two lines"
    ]


@pytest.mark.parametrize(
    "text", ["前の行。\n\n次の行。", "- 前の行。\n- 次の行。", "앞의 줄.\n다음 줄.", "| 前の行。 |\n|--|\n| 次の行。 |"]
)
def test_line_breaks_that_nobody_sees(text: str) -> None:
    assert check_text(f"# 題 {{#a}}\n\n{text}\n", "a.md") == []


def test_what_differs_to_the_eye_is_not_explained() -> None:
    assert unseen("a", "b") == unseen("a", None) == unseen("a", "a") == ""
    assert unseen("a\u200b", "a") == " (U+200B ZERO WIDTH SPACE in the one, its end in the other)"


def test_one_page_and_two_pages() -> None:
    assert [counted(n, "page") for n in (0, 1, 2)] == ["0 pages", "1 page", "2 pages"]
    assert [times(n) for n in (0, 1, 2, 3)] == ["not at all", "once", "twice", "3 times"]
