"""What the site makes of Markdown while a page is a tree: alone, without a build."""

import re

import pytest
from markdown import Markdown
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from tests.support.context import set_context
from website.pages import extension
from website.pages.extension import commands
from website.pages.particles import JOINER, joined

EXTENSIONS = ["admonition", "attr_list", "tables", "toc", "pymdownx.arithmatex", "pymdownx.highlight"]
EXTENSIONS += ["pymdownx.superfences"]


def _converted(text: str, lang: str = "en") -> str:
    config = MkDocsConfig()
    config.load_dict(
        {"docs_dir": "docs", "site_dir": "site", "site_name": "", "markdown_extensions": EXTENSIONS, "extra": {}}
    )
    config["mdx_configs"] = {
        "pymdownx.arithmatex": {"generic": True},
        "pymdownx.highlight": {"pygments_lang_class": True},
    }
    set_context(config, lang).page = "a.md"
    extension.on_config(config)
    md = Markdown(extensions=config["markdown_extensions"], extension_configs=config["mdx_configs"])
    html: str = md.convert(text)
    return html


def test_an_output_says_what_it_is_and_offers_no_copy() -> None:
    html = _converted("```text { .output }\n1\n```\n\n```text { .error }\nE\n```\n", "ja")
    assert '<div class="language-text output highlight no-copy" role="group" aria-label="出力">' in html
    assert '<div class="language-text error highlight no-copy" role="group" aria-label="エラー">' in html


def test_a_command_offers_no_copy_but_a_program_and_plain_text_do() -> None:
    assert '<div class="language-console highlight no-copy" data-commands="ls">' in _converted(
        "```console\n$ ls\n```\n"
    )
    assert "no-copy" not in _converted("```python\nx\n```\n\n```text\nx\n```\n")


def test_a_formula_is_mathml_wherever_it_stands() -> None:
    html = _converted("$x$\n\nA $y$, *$z$* and $w$.\n\n| $a$ |\n| - |\n| b |\n\n$$c^2$$\n")
    assert re.fullmatch(
        r"<p><math.*?</math></p>\n<p>A <math.*?</math>, <em><math.*</em> and <math.*</p>\n.*", html, re.S
    )
    assert html.count("<math") == 6
    assert '<div class="formula"><math' in html
    assert "arithmatex" not in html and "\x02" not in html


def test_markdown_does_not_read_a_formula() -> None:
    html = _converted("$a_1*b*c_2 < d$")
    assert "<em>" not in html
    assert "<mo>&lt;</mo>" in html


def test_all_formulas_that_cannot_be_converted_are_told_at_once() -> None:
    with pytest.raises(PluginError) as raised:
        _converted("$\\nosuch$ and $\\frac{a$")
    assert str(raised.value) == (
        "a.md: cannot convert the formula \\nosuch: latex2mathml does not know \\nosuch\n"
        "a.md: cannot convert the formula \\frac{a: its braces do not match"
    )


def test_links_elsewhere_are_told_apart() -> None:
    html = _converted("[a](https://a/) [b](../b/) [c](https://c/){ .k }")
    assert html == (
        '<p><a class="outside" href="https://a/">a</a> <a href="../b/">b</a> '
        '<a class="outside k" href="https://c/">c</a></p>'
    )


def test_a_table_has_a_box_to_scroll_in() -> None:
    html = _converted("| a |\n| - |\n| b |\n\nText.\n")
    assert html.startswith('<div class="table"><table class="data">')
    assert html.endswith("</table></div>\n<p>Text.</p>")


def test_a_box_without_a_title_of_its_own_has_that_of_the_language() -> None:
    assert '<p class="admonition-title">注意</p>' in _converted("!!! warning\n    x\n", "ja")
    assert '<p class="admonition-title">Warning!</p>' in _converted('!!! warning "Warning!"\n    x\n', "ja")
    with pytest.raises(PluginError, match=r"a\.md: website/words/labels\.yml has no admonition_bug"):
        _converted("!!! bug\n    x\n")


def test_a_console_gives_its_commands_away_and_not_what_it_printed() -> None:
    assert (
        commands("$ a -c 'x < \"y\"'\n1 $ 2\n$ b\n") == ' data-commands="a -c &#x27;x &lt; &quot;y&quot;&#x27;&#10;b"'
    )
    assert commands("printed\n") == ""


@pytest.mark.parametrize(
    ("lang", "html"),
    [
        ("ko", "<p><code>x</code>⁠를 <em>z</em>, <code>w</code> 를</p>"),
        ("ko", "<p>[<math><mi>y</mi></math>로]</p>"),
        ("ko", "<p><b>노드(node[)를]</b> ‘창[’을] 2[1단]계, 10[%가] 3 개, 언[어·]NumPy</p>"),
        (
            "ko",
            '<p data-says="(node)를"><code>f(x)를</code><a href="#8단계">[8단]계</a>⁠로</p><pre><code>8단계</code></pre>',
        ),
        ("en", "<p>so [<math><mi>y</mi></math>,] and [(<math><mi>y</mi></math>-axis),] step 3.</p>"),
        ("en", "<p>from <math><mi>y</mi></math> to <code>x</code>, 21단계</p>"),
        ("ja", "<p>値は[（<math><mi>y</mi></math>）、]つまり[<math><mi>y</mi></math>。]</p>"),
        ("ja", "<p>値は<math><mi>y</mi></math>です。</p>"),
    ],
)
def test_what_belongs_together_stays_on_a_line(lang: str, html: str) -> None:
    """Between [ and ] stands what must be whole."""
    written = html.translate({ord(sign): None for sign in f"[]{JOINER}"})
    assert joined(written, lang) == html.replace("[", '<span class="whole">').replace("]", "</span>")
