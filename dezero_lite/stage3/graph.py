"""Graphs as text in the DOT language, and as pictures that Graphviz draws from it."""

from __future__ import annotations

from os import PathLike

import numpy as np

from dezero_lite.stage3.core import Variable, visiting_order

Place = str | PathLike[str]


def get_dot_graph(output: Variable, verbose: bool = True) -> str:
    """Return the graph of output in the DOT language: variables, functions, and arrows.

    verbose: whether variables show the shape and type of their data next to their names. Nodes are
    numbered in the order in which backward() visits them, so the text is the same in every run.
    Source: Saitoh, Deep Learning from Scratch 3 (2020), step 26.

    >>> x = Variable(np.array(2.0), "x")
    >>> print(get_dot_graph(F.square(x), verbose=False))
    digraph g {
    v0 [label="", color=orange, style=filled]
    f0 [label="Square", color=lightblue, style=filled, shape=box]
    v1 [label="x", color=orange, style=filled]
    v1 -> f0
    f0 -> v0
    }
    """
    names: dict[Variable, str] = {}
    lines: list[str] = []

    def name_of(x: Variable) -> str:
        if x not in names:
            names[x] = f"v{len(names)}"
            look = f"label={dot_label(x, verbose)}, color=orange, style=filled"
            lines.append(f"{names[x]} [{look}]")
        return names[x]

    name_of(output)
    for i, f in enumerate(visiting_order(output)):
        name = type(f).__name__
        look = f'label="{name}", color=lightblue, style=filled, shape=box'
        lines.append(f"f{i} [{look}]")
        lines += [f"{name_of(x)} -> f{i}" for x in f.inputs]
        lines += [f"f{i} -> {name_of(y())}" for y in f.outputs if y() is not None]
    return "\n".join(["digraph g {", *lines, "}"])


def dot_label(x: Variable, verbose: bool) -> str:
    """Return what a drawing says of x, in DOT's quotes: its name; shape and type if verbose."""
    words = [x.name] if x.name else []
    if verbose:
        words.append(f"{np.shape(x.data)} {np.result_type(x.data)}")
    text = ": ".join(words)
    text = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{text}"'


class Drawing:
    """The picture of a graph: a notebook shows it, str() is its DOT text, save() writes a file.

    >>> drawing = Drawing("digraph g { x -> f }")
    >>> drawing.save("graph.dot")
    >>> with open("graph.dot") as file:
    ...     print(file.read())
    digraph g { x -> f }
    """

    def __init__(self, dot: str) -> None:
        self.dot = dot

    def __str__(self) -> str:
        return self.dot

    def save(self, path: Place) -> None:
        """Draw into a file, in the format that its name ends with: svg, png or pdf; dot for the text.

        Raises FileNotFoundError where Graphviz is missing, with what to do about it.
        """
        # here, for most programs draw nothing, and imports take time
        from pathlib import Path

        kind = Path(path).suffix.removeprefix(".") or "a file without an ending"
        dot = self.dot
        picture = dot.encode() if kind == "dot" else render_dot(dot, kind)
        Path(path).write_bytes(picture)

    def _repr_html_(self) -> str:
        import html

        try:
            svg = render_dot(self.dot, "svg").decode()
        except FileNotFoundError as error:
            dot, why = html.escape(self.dot), html.escape(str(error))
            return f"<pre>{dot}</pre><p>{why}</p>"
        return svg[svg.index("<svg") :]


def plot_dot_graph(
    output: Variable, verbose: bool = True, to_file: Place | None = None
) -> Drawing:
    """Return the drawing of the graph of output, and write it into a file where one is named.

    verbose: as in get_dot_graph. to_file: it ends with the format: svg, png, pdf; dot for the text.
    Raises FileNotFoundError where a picture is to be written and Graphviz is missing.
    Source: Saitoh, Deep Learning from Scratch 3 (2020), step 26.

    >>> drawing = plot_dot_graph(F.exp(Variable(np.array(2.0), "x")))
    >>> 'label="Exp"' in str(drawing)
    True
    """
    drawing = Drawing(get_dot_graph(output, verbose))
    if to_file is not None:
        drawing.save(to_file)
    return drawing


def render_dot(dot: str, kind: str) -> bytes:
    """Return the picture that Graphviz draws: its program dot if there is one, else pygraphviz.

    dot: the text. kind: svg, png, pdf, ... Raises FileNotFoundError where Graphviz is missing, with
    what to do about it, and ValueError where it does not know the text or the kind.
    """
    import shutil
    import subprocess

    program = shutil.which("dot")
    if program is not None:
        command = [program, f"-T{kind}"]
        done = subprocess.run(command, input=dot.encode(), capture_output=True)
        if done.returncode != 0:
            said = done.stderr.decode(errors="replace")
            raise ValueError(f"dot cannot draw {kind!r}: {said}")
        return done.stdout
    try:
        import pygraphviz
    except ImportError:
        raise FileNotFoundError(
            "Graphviz is needed to draw a graph; `pip install pygraphviz` "
            "brings it along. Or install the program dot: `apt install "
            "graphviz` on Debian and Ubuntu, `brew install graphviz` on macOS, "
            "`winget install graphviz` on Windows; then open a new terminal"
        ) from None
    try:
        return pygraphviz.AGraph(string=dot).draw(format=kind, prog="dot")
    except (TypeError, ValueError):
        advice = "take svg, png or pdf"
        raise ValueError(f"Graphviz cannot draw {kind!r}; {advice}") from None
