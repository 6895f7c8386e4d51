"""An enemy changes what pages say around their code: links, names, markup, constants and formulas.

Each kind says how many of ten changes must be found, in one language and in all at once, without running a program.
ATTACKS=400 pytest --thorough tests/thorough/test_attack_on_sentences.py -s tries more and shows the table.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from doccheck.base.settings import find_settings
from doccheck.check.checks import Examination, Phase
from doccheck.check.names import EVERYWHERE, names, source_names
from doccheck.checker import Book
from doccheck.page.links import find_links
from doccheck.page.model import Page, parse_page

SETTINGS = find_settings(Path(__file__).parent)
COUNT = int(os.environ.get("ATTACKS", "40"))
PHASES = (Phase.FILE, Phase.BLOCKS, Phase.PROSE, Phase.CODE, Phase.PROGRAM, Phase.HTML)
PAGES = sorted(SETTINGS.docs.rglob("*.md"))
Change = Callable[[str], str]  # of a page's text; the same text where it has nothing to change
LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\((?P<target>[^)\s/]+\.md)(?:#[^)\s]*)?\)")
NUMBER = re.compile(r"\[[^\]\n]*\d[^\]\n]*\]\((?P<target>[^)\s]+\.md)\)")


@cache
def _known() -> frozenset[str]:
    """All names that code on the pages has; read when a test asks, for whoever collects tests reads no page."""
    code = "\n".join(fence.source for path in PAGES for fence in Book(SETTINGS).page(path).fences)
    return Book(SETTINGS).names() | source_names(code)


def another_page(page: Page, rng: random.Random) -> Change | None:
    """A link leads to another page of the folder."""
    found = list(LINK.finditer(page.text))
    others = [path.name for path in page.path.parent.glob("*.md")]
    if not found or len(others) < 2:
        return None
    link = rng.choice(found)
    target = link["target"]
    new = rng.choice([name for name in others if name != target])
    address = link[0].rpartition("(")[2]  # the same in all languages, as its text is not
    return lambda text: text.replace(f"]({address}", f"]({address.replace(target, new)}", 1)


def another_number(page: Page, rng: random.Random) -> Change | None:
    """A link names another number."""
    found = list(NUMBER.finditer(page.text))
    if not found:
        return None
    target, by = rng.choice(found)["target"], rng.randint(1, 5)
    shift = lambda m: m[1] + str(int(m[2]) + by) + m[3]  # noqa: E731
    return lambda text: re.sub(rf"(\[[^\]\d\n]*)(\d+)([^\]\n]*\]\({re.escape(target)}\))", shift, text, count=1)


def no_such_place(page: Page, rng: random.Random) -> Change | None:
    """A link leads to an id or a page that is not there."""
    found = [link for link in find_links(page) if link.id or link.file]
    if not found:
        return None
    link = rng.choice(found)
    old = f"#{link.id})" if link.id else f"({link.file})"
    new = f"#{link.id}x)" if link.id else f"({link.file.replace('.md', '0.md')})"
    return lambda text: text.replace(old, new, 1)


def _misspelt(page: Page, rng: random.Random) -> tuple[str, str] | None:
    """Return a name in inline code, and it with two letters in each other's place, or with one less."""
    found = [v.text for v in page.values if not v.marked and re.fullmatch(r"[A-Za-z_.]{5,}(\(\))?", v.text)]
    found = [text for text in found if not re.search(r"\.(py|md|toml)$|^\.", text)]
    if not found:
        return None
    old = rng.choice(found)
    at = rng.choice([i for i in range(len(old) - 1) if old[i : i + 2].isalpha()] or [0])
    new = rng.choice([old[:at] + old[at + 1] + old[at] + old[at + 2 :], old[: at + 1] + old[at + 2 :]])
    return None if new == old else (old, new)


def misspelt_name(page: Page, rng: random.Random) -> Change | None:
    """A name is misspelt."""
    pair = _misspelt(page, rng)
    if pair is None or _is_name(pair[1]):
        return None
    return lambda text: text.replace(f"`{pair[0]}`", f"`{pair[1]}`", 1)


def another_name(page: Page, rng: random.Random) -> Change | None:
    """A name becomes another one that there is, by a letter: output for outputs. Other languages alone can tell."""
    pair = _misspelt(page, rng)
    if pair is None or not _is_name(pair[1]):
        return None
    return lambda text: text.replace(f"`{pair[0]}`", f"`{pair[1]}`", 1)


def _is_name(text: str) -> bool:
    """Say whether some code of the project, a page's or Python's own, has each of the names in a text."""
    return all(name in _known() or name in EVERYWHERE for name in names(text))


HIDDEN = (
    "<div hidden>\n\n```python\nhidden = 1\n```\n\n</div>",
    '<div style="display: none" markdown="1">\n\n```python\nhidden = 1\n```\n\n</div>',
    '<details class="gone" markdown="1">\n<summary>S</summary>\n\n```python\nhidden = 1\n```\n\n</details>',
    "<template>\n\n```python\nhidden = 1\n```\n\n</template>",
    "<!--\n```python\nhidden = 1\n```\n-->",
    '<span aria-label="7">a</span>',
    '<img src="data:image/png;base64,AAAA" alt="A">',
    "<pre>hidden = 1</pre>",
    '## A {#a-hidden-one style="display: none" }',
    "<script>x = 1</script>",
    "<style>.highlight { display: none }</style>",
    '<details class="hint" hidden>\n<summary>S</summary>\n\nA word.\n\n</details>',
    '<div class="note" markdown="0">\n\n```python\nhidden = 1\n```\n\n</div>',
    "```python { .hide }\nhidden = 1\n```",
    "A.\n\n    hidden = 1\n",
    "```py3\nhidden = 1\n```",
    "It is &#55;&#46;&#53;.",
    "Text that is gone.\n{: hidden }",
    "*word*{ hidden }",
    '[a](https://example.org "log is 7.5")',
    "[//]: # (hidden = 1)",
    "[a](javascript:alert(1))",
    "<?php x = 1 ?>",
    "It is 7\u200b.\u200b5.",
    "$\\color{white}{x = 1}$",
    '<details class="hint" markdown="1">\n<summary>S</summary>\n\nA.',
    '<a href="#" title="7.5">x</a>',
)
RAW = (
    "==x==", ":smile:", "~~x~~", '--8<-- "a.md"', "- [ ] x", "H~2~O", "!!! note\nx", "| a | b |\n| 1 | 2 |", "^^x^^",
    "++x++", "[TOC]", "*[HTML]: x", "1) x", "x\n: y", "**x", "$x", "{{ x }}", ":::note\nx", "10^6^", "\\alpha", "[^x]",
    "![x](", "??? note\nx", "{++x++} y", "[[x]]", "[x][y]", "{: .x } y",
    "[^1]: note", '=== "Tab"\n\n    a', "__x", "&alpha x", "{% raw %}", "Term { #id", "#Heading", "***x**", "\\(x\\)",
    "||spoiler||", ":math:`x`", "^[inline note]", "(text)[step01.md]", "![]", "%%x%%", "> [!NOTE]\n> x", "~x~", "`x",
    "[x]{.y}", "/// note\nx\n///", "a ** x", "${x}", "<%= x %>", "\\begin{align}x\\end{align}", "</div>", "- [] x",
)  # fmt: skip


def hidden_code(page: Page, rng: random.Random) -> Change | None:
    """Something that nobody sees, or that nobody checks."""
    new = rng.choice(HIDDEN)
    return lambda text: f"{text}\n{new}\n"


def raw_markup(page: Page, rng: random.Random) -> Change | None:
    """Markup that the site does not know."""
    new = rng.choice(RAW)
    return lambda text: f"{text}\n{new}\n"


def constant(page: Page, rng: random.Random) -> Change | None:
    """A value of constants alone, or an example that prints what it has not computed."""
    values = [v for v in page.values if v.compared and v.expr and '"' not in v.expr]
    digit = rng.randint(1, 9)
    if values and rng.random() < 0.5:
        old = rng.choice(values).expr
        new = rng.choice([f"{digit * 2}.5 / 2", f"float('{digit}.25')", f"[{digit}.5, 0][0]", f"{digit} + {digit}"])
        return lambda text: text.replace(f'data-expr="{old}"', f'data-expr="{new}"', 1)
    shown = rng.choice([f'"log is {digit}.5"', f"{digit}.5", f"[{digit}, 0]", f'f"it is {{{digit}}}"'])
    said = str(eval(shown))
    return lambda text: f"{text}\n```python\nprint({shown})\n```\n\n```text {{ .output }}\n{said}\n```\n"


def slip_in_a_formula(page: Page, rng: random.Random) -> Change | None:
    """A sign, a digit or a letter of a formula is another one."""
    found = [formula for _, formula in page.formulas if re.search(r"[-+\d]|\b[a-z]\b", formula)]
    if not found:
        return None
    old = rng.choice(found)
    place = rng.choice(list(re.finditer(r"[-+]|\d|(?<![a-zA-Z\\])[a-z](?![a-zA-Z])", old)) or [None])
    if place is None:
        return None
    pool = "+-" if place[0] in "+-" else "123456789" if place[0].isdigit() else "abcxyz"
    new = old[: place.start()] + rng.choice([c for c in pool if c != place[0]]) + old[place.end() :]
    return lambda text: text.replace(f"${old}$", f"${new}$", 1)


def another_attribute(page: Page, rng: random.Random) -> Change | None:
    """A dotted name in inline code is another one of the page: x.data for x.grad."""
    found = [v.text for v in page.values if not v.marked and re.fullmatch(r"[a-z]\w*\.(?!svg|py|dot)[a-z]\w*", v.text)]
    if not found:
        return None
    old = rng.choice(found)
    first = old.partition(".")[0]
    names = set(re.findall(rf"(?<![\w.]){first}\.[a-z]\w*", "\n".join(f.source for f in page.fences), re.A)) - {old}
    new = rng.choice(sorted(names)) if names else ""
    return (lambda text: text.replace(f"`{old}`", f"`{new}`", 1)) if new else None


def another_constant(page: Page, rng: random.Random) -> Change | None:
    """A sentence says True, False, None or a type, another one than the code gives, and without an expression."""
    found = [v for v in page.values if v.compared and re.fullmatch(r"True|False|None|u?int\d+|float\d+", v.text)]
    if not found:
        return None
    old = rng.choice(found)
    pool = ["True", "False", "None"] if old.text in ("True", "False", "None") else ["int64", "float32", "float64"]
    new = rng.choice([text for text in pool if text != old.text])
    mark = f'`{old.text}`{{ data-expr="{old.expr}" }}'
    return lambda text: text.replace(mark, f"`{new}`", 1)


def figure_in_words(page: Page, rng: random.Random) -> Change | None:
    """A sentence or an alternative text says a shape or a point that nothing has."""
    new = f"({rng.randint(5, 9)}, {rng.randint(50, 99)})"
    if page.images and rng.random() < 0.5:
        alt = rng.choice(page.images)[2]
        return lambda text: text.replace(f"![{alt}]", f"![{alt} {new}]", 1) if alt in text else f"{text}\n{new}\n"
    return lambda text: f"{text}\n{rng.choice(['', 'A'])} {new}.\n"


KINDS: dict[str, tuple[list[Callable[[Page, random.Random], Change | None]], float, tuple[bool, ...]]] = {
    "links": ([another_page, another_number, no_such_place], 0.9, (False, True)),
    "names": ([misspelt_name], 1.0, (False, True)),
    "names that become others": ([another_name], 0.7, (False,)),
    "hidden code": ([hidden_code], 1.0, (False, True)),
    "raw markup": ([raw_markup], 1.0, (False, True)),
    "constants": ([constant], 1.0, (False, True)),
    "attributes in one language": ([another_attribute], 0.7, (False,)),
    "constants in sentences": ([another_constant], 0.5, (False, True)),
    "shapes in words": ([figure_in_words], 1.0, (False, True)),
    "formulas in one language": ([slip_in_a_formula], 0.4, (False,)),
}


@pytest.mark.thorough
def test_a_sound_change_is_not_found() -> None:
    book = Book(SETTINGS)
    for language in SETTINGS.languages:
        for path in sorted((SETTINGS.docs / language).rglob("*.md")):
            book.replace(parse_page(f"{book.page(path).text}\n`print`\n", path, SETTINGS.name(path)))
            assert not _problems(book, path)


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("kind", "all_languages"), [(kind, lot) for kind, (_, _, lots) in KINDS.items() for lot in lots]
)
def test_changes_to_sentences_are_found(kind: str, all_languages: bool) -> None:
    makers, share, _ = KINDS[kind]
    rng = random.Random(f"{kind} {all_languages}")
    book = Book(SETTINGS)
    paths = [path for language in SETTINGS.languages for path in sorted((SETTINGS.docs / language).rglob("*.md"))]
    tried, survivors = 0, {}
    while tried < COUNT:
        path = rng.choice(paths)
        change = rng.choice(makers)(book.page(path), rng)
        if change is None:
            continue
        lot = [path, *(book.others(book.page(path)) if all_languages else ())]
        texts = {one: change(book.page(one).text) for one in lot}
        if texts[path] == book.page(path).text:
            continue
        tried += 1
        for one, text in texts.items():
            book.replace(parse_page(text, one, SETTINGS.name(one)))
        before = book.page(path)
        if not any(_problems(book, one) for one in lot):
            survivors[f"{before.name}: {_difference(path.read_text('utf-8'), texts[path])}"] = texts
        book.forget()
    if (
        tried - len(survivors) < share * tried
    ):  # what only a run of the page finds, such as x.ma(), for there is an np.ma
        survivors = {said: texts for said, texts in survivors.items() if not _found_by_running(book, texts)}
    found = tried - len(survivors)
    print(f"\n{kind}, {'all languages' if all_languages else 'one language'}: {found} of {tried}")
    assert found >= share * tried, "\n".join(survivors)


def _problems(book: Book, path: Path) -> bool:
    examination = Examination(book.subject(path))
    examination.look(*PHASES)
    return bool(examination.problems)


def _found_by_running(book: Book, texts: dict[Path, str]) -> bool:
    for one, text in texts.items():
        book.replace(parse_page(text, one, SETTINGS.name(one)))
    found = any(verdict.problems for verdict in book.check(list(texts)).values())
    book.forget()
    return found


def _difference(before: str, after: str) -> str:
    at = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), len(before))
    return f"{before[max(0, at - 30) : at + 30]!r} is {after[max(0, at - 30) : at + 30]!r}"
