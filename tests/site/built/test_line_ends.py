"""Numbers keep their signs and units, and code is one piece: what the passes write for the browser."""

import pytest

from website.pages.inline_code import with_long_code
from website.pages.numbers import NO_BREAK, with_numbers_whole
from website.pages.particles import JOINER
from website.reference.links import broken_names

SIGNS = {ord("["): '<span class="whole">', ord("]"): "</span>", ord("~"): NO_BREAK, ord("|"): JOINER}


@pytest.mark.parametrize(
    ("lang", "html"),
    [
        (
            "en",
            "<p>8~×~8 pixels, 28~×~28~×~3; <code>a</code>~×~<code>3 x</code>, y =~3 &lt;~0.5, b, <math>x = 3</math></p>",
        ),
        (
            "en",
            "<p>in step~7 and lines~3 to 5, NumPy~2.4.6 of [SHA-256] or [2-D], [1–24], 10~MB, 100~%, (N,~C,~...), 3 men~· 1~May</p>",
        ),
        ("en", "<p><code>8</code>~ms in Step~<code>3</code>, 5 minutes, mini-batch, a footstep 3</p>"),
        ("en", '<pre><code>8 × 8 = 3</code></pre><svg><text>8 × 8</text></svg><a title="8 × 8">well-known</a>'),
        ("ja", "<p>8~×~[8ピクセル]、[1つ目]、[ステップ10]では[第3章]の[10個]、[1000回目]、2なら、0から9まで</p>"),
        ("ja", "<p>[約1.5倍]、[10分の1]、[1か所]、[2次]微分、[5以上]、<code>38</code>|個、約|<code>2.5</code></p>"),
        ("ko", "<p>8~×~8~픽셀, 약~0.1, [SHA-256]을 3 커널</p>"),
    ],
)
def test_a_number_keeps_what_belongs_to_it(lang: str, html: str) -> None:
    """Between [ and ] stands what is whole, ~ is a space and | a place where no line ends."""
    plain = html.translate({ord("["): None, ord("]"): None, ord("~"): " ", ord("|"): None})
    assert with_numbers_whole(plain, lang) == html.translate(SIGNS)


@pytest.mark.parametrize(
    ("html", "marked"),
    [
        (f"<code>{'a ' * 10}</code>", f"<code>{'a ' * 10}</code>"),
        (f"<code>{'&lt; ' * 10}</code>", f"<code>{'&lt; ' * 10}</code>"),
        (f"<code>{'a ' * 10}a</code>", f'<code class="long">{"a " * 10}a</code>'),
        ("<code>global_average_pooling</code>", "<code>global_average_pooling</code>"),
        ("<code>torch.nn_a.b(0.5, f(x)) or</code>", '<code class="long">torch.|nn_|a.|b(0.5, f(x)) or</code>'),
        ("<code>pytest -x a-b.md --fix-all</code>", '<code class="long">pytest [-x] a-b.|md [--fix-all]</code>'),
        ("<code>of(x) - y &lt;-1, --n a-&gt;b</code>", '<code class="long">of(x) - y &lt;-1, [--n] a-&gt;b</code>'),
        ("<code>bin/pytest docs/ab/a_b.md</code>", '<code class="long">bin/|pytest docs/|ab/|a_|b.md</code>'),
        ("<pre><code>torch.nn_a.b(0.5, f(x))</code></pre>", "<pre><code>torch.nn_a.b(0.5, f(x))</code></pre>"),
        (
            '<code tabindex="0" data-expr="x">[0.1 0.2 0.3 0.4 0.5]</code>',
            '<code tabindex="0" data-expr="x" class="long">(0.1 0.2 0.3 0.4 0.5)</code>',
        ),
    ],
)
def test_only_long_code_breaks_and_never_within_an_option(html: str, marked: str) -> None:
    whole = marked.replace("|", "<wbr>").replace("[", '<span class="whole">').replace("]", "</span>")
    if "data-expr" in html:  # its text stays as it is
        whole = marked.replace("(", "[").replace(")", "]")
    assert with_long_code(html) == whole


def test_a_name_in_a_signature_breaks_behind_its_dots() -> None:
    signature = '<div class="doc-signature highlight"><a title="a.b">a.b_c.D</a>, ... = 0.5</div><p>a.b</p>'
    assert broken_names(signature) == signature.replace("a.b_c.D", "a.<wbr>b_c.<wbr>D")
