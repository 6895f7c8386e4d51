"""Japanese headings and labels of the navigation say where a line may break."""

import pytest

from website.pages.phrases import with_phrases


@pytest.mark.parametrize(
    ("html", "marked"),
    [
        ('<h1 id="a">演算子のオーバーロード(3)</h1>', '<h1 id="a">演算子の|オーバーロード|(3)</h1>'),
        ("<h2>最初の<code>backward()</code>を忘れる</h2>", "<h2>最初の|<code>backward()</code>を|忘れる</h2>"),
        (
            '<span class="md-ellipsis">\n  線形回帰の &lt;式&gt;\n</span>',
            '<span class="md-ellipsis">\n  線形回帰の &lt;式&gt;\n</span>',
        ),
        ("<h1>箱としての変数をさかのぼる</h1>", "<h1>箱としての|変数を|さかのぼる</h1>"),
        ('<div class="md-ellipsis">関数の連結</div>', '<div class="md-ellipsis">関数の|連結</div>'),
        ("<h3>300年の記録：線形回帰、（答え）</h3>", "<h3>300年の|記録：線形回帰、|（答え）</h3>"),
        (
            "<h4>微分を自動で求める</h4><p>微分を自動で求める</p>",
            "<h4>微分を自動で求める</h4><p>微分を自動で求める</p>",
        ),
    ],
)
def test_a_line_breaks_between_phrases_only(html: str, marked: str) -> None:
    assert with_phrases(html) == marked.replace("|", "<wbr>")
