"""The cells of a notebook page run in IPython, the very one inside Jupyter's kernel, but without a kernel.

So display(), a figure that is left open, the value of a last line and a semicolon behind it mean here what they
mean to whoever opens the notebook. What a cell shows is kept as the outputs that Jupyter would store.
"""

from __future__ import annotations

import base64
import os
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

Output = dict[str, Any]

# Plots are SVG: sharp at any size, the same bytes each time, and without a ground of their own, so that they can be
# shown on a dark page; without dates and versions, which are no part of what a plot shows.
NOTHING = dict.fromkeys(("Date", "Creator", "Format", "Type"))
PLOTS = {
    "figure_formats": {"svg"},
    "print_figure_kwargs": {"bbox_inches": "tight", "metadata": NOTHING},
    "rc": {"figure.facecolor": "none", "axes.facecolor": "none", "svg.hashsalt": "plot"},
}


class _Publisher(DisplayPublisher):
    """Keeps what display() and matplotlib show."""

    def publish(self, data: dict[str, Any], metadata: dict[str, Any] | None = None, **_: Any) -> None:  # type: ignore[override]
        self.shell.add("display_data", data, metadata or {})

    def clear_output(self, wait: bool = False) -> None:
        self.shell.clear()


class _Hook(DisplayHook):
    """Keeps the value of a cell's last line."""

    def write_output_prompt(self) -> None:
        """Write none."""

    def write_format_data(self, format_dict: dict[str, Any], md_dict: dict[str, Any] | None = None) -> None:
        assert self.shell is not None
        self.shell.add("execute_result", format_dict, md_dict or {})


class Shell(InteractiveShell):
    """IPython in a given namespace; printed returns what was written to stdout since its last call."""

    display_pub_class = _Publisher
    displayhook_class = _Hook

    def __init__(self, main: types.ModuleType, printed: Callable[[], str], folder: Path) -> None:
        self._printed = printed
        self._shown: list[Output] = []
        self._count = 0
        os.environ["IPYTHONDIR"] = str(folder)  # nobody's own settings
        os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"  # as Jupyter's kernel sets it
        super().__init__(user_module=main, config=Config(InlineBackend=PLOTS))  # type: ignore[no-untyped-call]
        assert self.history_manager is not None
        self.history_manager.enabled = False

    def run(self, source: str, name: str) -> tuple[list[Output], BaseException | None]:
        """Run the next cell, whose lines tracebacks find under name; return what it shows and the error it raises."""
        self._shown = []
        self._count += 1
        self.compile.get_code_name = lambda *_: name  # type: ignore[method-assign]
        result = self.run_cell(source, store_history=True)  # type: ignore[no-untyped-call]
        self._add_printed()
        error = result.error_before_exec or result.error_in_exec
        if error is not None:
            self._shown.append(_error(error))
        return self._shown, error

    def add(self, kind: str, data: dict[str, Any], metadata: dict[str, Any]) -> None:
        """Keep something that is not printed, behind all that was printed before it."""
        self._add_printed()
        output: Output = {"output_type": kind, "data": {mime: _text(value) for mime, value in data.items()}}
        output["metadata"] = metadata
        if kind == "execute_result":
            output["execution_count"] = self._count
        self._shown.append(output)

    def clear(self) -> None:
        """Forget what the cell has shown."""
        self._printed()
        self._shown = []

    def _add_printed(self) -> None:
        if text := self._printed():
            self._shown.append({"output_type": "stream", "name": "stdout", "text": text})

    def showtraceback(self, *_: Any, **__: Any) -> None:
        """Show none: run returns the error."""

    showsyntaxerror = showtraceback


def _text(value: Any) -> Any:
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def _error(error: BaseException) -> Output:
    name, text = type(error).__name__, str(error)
    line = f"{name}: {text}" if text else name
    return {"output_type": "error", "ename": name, "evalue": text, "traceback": [line]}
