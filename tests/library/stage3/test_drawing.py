"""Graphs as DOT text, the same in every run, and as pictures; and what is said where Graphviz is missing."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from dezero_lite.stage3 import Variable, exp, get_dot_graph, plot_dot_graph, sin, square
from dezero_lite.stage3.graph import Drawing, render_dot

from .graphs import SumAndProduct

pytestmark = [pytest.mark.step25, pytest.mark.step26]

PLAIN = """digraph g {
v0 [label="y", color=orange, style=filled]
f0 [label="Exp", color=lightblue, style=filled, shape=box]
v1 [label="x", color=orange, style=filled]
v1 -> f0
f0 -> v0
}"""


def named(shape: tuple[int, ...] = ()) -> tuple[Variable, Variable]:
    x = Variable(np.full(shape, 0.5), "x")
    y = exp(x)
    y.name = "y"
    return x, y


def test_the_text_of_a_graph() -> None:
    x, y = named()
    assert get_dot_graph(y, verbose=False) == PLAIN
    verbose = PLAIN.replace('"y"', '"y: () float64"').replace('"x"', '"x: () float64"')
    assert get_dot_graph(y) == verbose
    assert x.name == "x"


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ('say "x"', r"say \"x\""),
        ("\\n", r"\\n"),
        ("a\nb", r"a\nb"),
        ("{<x>|&}", "{<x>|&}"),
        ("勾配", "勾配"),
        ("기울기", "기울기"),
        (None, ""),
    ],
)
def test_names_of_any_signs(name: str | None, label: str) -> None:
    text = get_dot_graph(Variable(np.ones(2), name), verbose=False)
    assert text == f'digraph g {{\nv0 [label="{label}", color=orange, style=filled]\n}}'
    ((pictured, _),) = [(line, None) for line in get_dot_graph(Variable(np.ones(2), name)).splitlines() if "v0" in line]
    assert f'"{label}: (2,) float64"' in pictured if name else '"(2,) float64"' in pictured
    assert "<svg" in render_dot(text, "svg").decode()


def test_a_variable_used_again_is_one_node_with_two_arrows() -> None:
    x = Variable(np.array(2.0), "x")
    text = get_dot_graph(x * x + x)
    assert (text.count("shape=box"), text.count("color=orange")) == (2, 3)
    assert text.count("v2 -> f1") == 2
    y = x
    for _ in range(20):
        y = y + y
    assert get_dot_graph(y).count("shape=box") == 20


def test_constants_are_nodes_and_goldstein_price_is_counted() -> None:
    x, y = Variable(np.array(1.0), "x"), Variable(np.array(1.0), "y")
    z = (1 + (x + y + 1) ** 2 * (19 - 14 * x + 3 * x**2 - 14 * y + 6 * x * y + 3 * y**2)) * (
        30 + (2 * x - 3 * y) ** 2 * (18 - 32 * x + 12 * x**2 + 48 * y - 36 * x * y + 27 * y**2)
    )
    text = get_dot_graph(z)
    assert (text.count("shape=box"), text.count("color=orange")) == (38, 57)
    assert '"() int64"' in text
    assert '"x: () float64"' in text
    assert len(text.splitlines()) == len(set(text.splitlines())), "a line twice"


def test_several_outputs_a_dropped_one_and_gradients() -> None:
    x = Variable(np.array(2.0), "x")
    plus, times = SumAndProduct()(x, x)
    assert get_dot_graph(plus).count("f0 -> ") == 2
    del times
    assert get_dot_graph(plus).count("f0 -> ") == 1
    sin(x).backward(create_graph=True)
    assert x.grad is not None
    text = get_dot_graph(x.grad)
    assert [text.count(f'label="{name}"') for name in ("Mul", "Cos", "Sin")] == [1, 1, 0]


def test_the_text_is_the_same_in_every_run() -> None:
    code = (
        "import numpy as np; from dezero_lite.stage3 import *;"
        "x = Variable(np.array(1.0), 'x'); y = tanh(x) * sin(x) + x; y.backward(create_graph=True);"
        "print(get_dot_graph(x.grad))"
    )
    texts = set()
    for seed in ("0", "1"):
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}
        )
        texts.add(done.stdout)
    assert len(texts) == 1
    assert "digraph" in texts.pop()


def test_a_drawing_is_text_a_file_and_what_a_notebook_shows(tmp_path: Path) -> None:
    _, y = named()
    drawing = plot_dot_graph(y, verbose=False)
    assert str(drawing) == PLAIN
    assert str(plot_dot_graph(y)) == get_dot_graph(y) == get_dot_graph(y, verbose=True) != PLAIN
    assert drawing._repr_html_().startswith("<svg")
    assert "</svg>" in drawing._repr_html_()
    for name, start in (("g.svg", b"<?xml"), ("g.png", b"\x89PNG"), ("g.pdf", b"%PDF"), ("g.dot", b"digraph")):
        plot_dot_graph(y, to_file=tmp_path / name)
        assert (tmp_path / name).read_bytes().startswith(start)
        drawing.save(str(tmp_path / name))
        assert (tmp_path / name).read_bytes().startswith(start)


def test_dot_is_used_where_it_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "dot"
    program.write_text('#!/bin/sh\necho "drawn $1"; cat\n', "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    assert render_dot("digraph g {}", "svg").decode() == "drawn -Tsvg\ndigraph g {}"
    program.write_text('#!/bin/sh\necho "syntax error" >&2; exit 1\n', "utf-8")
    with pytest.raises(ValueError, match="dot cannot draw 'svg': syntax error"):
        render_dot("nonsense", "svg")
    program.write_text("#!/bin/sh\nprintf 'no \\377' >&2; exit 1\n", "utf-8")  # no UTF-8
    with pytest.raises(ValueError, match="dot cannot draw 'svg': no \N{REPLACEMENT CHARACTER}"):
        render_dot("nonsense", "svg")


def test_an_unknown_kind_of_picture_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    _, y = named()
    for name, kind in (("g.nonsense", "nonsense"), ("g", "a file without an ending")):
        with pytest.raises(ValueError) as caught:
            plot_dot_graph(y, to_file=tmp_path / name)
        assert str(caught.value) == f"Graphviz cannot draw '{kind}'; take svg, png or pdf"
        assert not (tmp_path / name).exists()


@pytest.fixture
def no_graphviz(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setitem(sys.modules, "pygraphviz", None)


@pytest.mark.usefixtures("no_graphviz")
def test_where_graphviz_is_missing_it_says_what_to_do(tmp_path: Path) -> None:
    _, y = named()
    drawing = plot_dot_graph(y)  # the text is there all the same
    with pytest.raises(FileNotFoundError) as caught:
        drawing.save(tmp_path / "g.svg")
    assert str(caught.value).startswith("Graphviz is needed to draw a graph; ")
    for advice in ("pip install pygraphviz", "apt install graphviz", "brew install", "winget install", "terminal"):
        assert advice in str(caught.value)
    assert not (tmp_path / "g.svg").exists()
    drawing.save(tmp_path / "g.dot")
    shown = Drawing('digraph g {\nv0 [label="<x>"]\n}')._repr_html_()
    dot, advice = shown.split("</pre><p>")
    assert dot == "<pre>digraph g {\nv0 [label=&quot;&lt;x&gt;&quot;]\n}"
    assert "pip install pygraphviz" in advice
    assert advice.endswith("</p>")


def test_drawing_changes_nothing() -> None:
    x = Variable(np.array(2.0), "x")
    y = square(x)
    get_dot_graph(y)
    y.backward()
    assert x.grad is not None
    assert x.grad.data == 4.0
