"""The cells of a notebook page run in IPython, the very one inside Jupyter's kernel, but without a kernel.

So display(), a figure that is left open, the value of a last line and a semicolon behind it mean here what they
mean to whoever opens the notebook. What a cell shows is kept as the outputs that Jupyter would store.
"""

from __future__ import annotations

import asyncio
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

    def publish(  # type: ignore[override]
        self,
        data: dict[str, Any],
        metadata: dict[str, Any] | None = None,
        *,
        transient: dict[str, Any] | None = None,
        update: bool = False,
        **_: Any,
    ) -> None:
        name = (transient or {}).get("display_id")
        if update:
            self.shell.change(name, data, metadata or {})
        else:
            self.shell.add("display_data", data, metadata or {}, name)

    def clear_output(self, wait: bool = False) -> None:
        self.shell.clear(wait)


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
        self._named: dict[str | None, list[Output]] = {}
        self._to_clear = False
        self._count = 0
        os.environ["IPYTHONDIR"] = str(folder)  # nobody's own settings
        os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"  # as Jupyter's kernel sets it
        super().__init__(user_module=main, config=Config(InlineBackend=PLOTS))  # type: ignore[no-untyped-call]
        assert self.history_manager is not None
        self.history_manager.enabled = False

    def run(self, source: str, name: str) -> tuple[list[Output], BaseException | None]:
        """Run the next cell, whose lines tracebacks find under name; return what it shows and the error it raises."""
        self._shown, self._named, self._to_clear = [], {}, False
        self._count += 1
        self.compile.get_code_name = lambda *_: name  # type: ignore[method-assign]
        loop = asyncio.new_event_loop()
        try:
            result = loop.run_until_complete(self._run_in_loop(source))
        finally:
            loop.close()
        self._add_printed()
        error = result.error_before_exec or result.error_in_exec
        if error is not None:
            self._shown.append(_error(error))
        return self._shown, error

    async def _run_in_loop(self, source: str) -> Any:
        """Run a cell as Jupyter's kernel does, in whose loop asyncio.run() is an error."""
        return self.run_cell(source, store_history=True)  # type: ignore[no-untyped-call]

    def add(self, kind: str, data: dict[str, Any], metadata: dict[str, Any], name: str | None = None) -> None:
        """Keep something that is not printed, behind all that was printed before it; name: by which it may change."""
        self._add_printed()
        self._clear_now()
        output: Output = {"output_type": kind, "data": {mime: _text(value) for mime, value in data.items()}}
        output["metadata"] = metadata
        if kind == "execute_result":
            output["execution_count"] = self._count
        self._shown.append(output)
        self._named.setdefault(name, []).append(output)

    def change(self, name: str | None, data: dict[str, Any], metadata: dict[str, Any]) -> None:
        """Show something else in the place of what the cell has displayed under a name."""
        if name not in self._named:
            raise RuntimeError("only the cell that displays something can change it here; display it anew")
        for output in self._named[name]:
            output["data"], output["metadata"] = {mime: _text(value) for mime, value in data.items()}, metadata

    def clear(self, wait: bool) -> None:
        """Forget what the cell has shown, or do so where it shows something else."""
        self._add_printed()
        self._to_clear = True
        if not wait:
            self._clear_now()

    def _clear_now(self) -> None:
        if self._to_clear:
            self._shown, self._to_clear = [], False

    def ask_exit(self) -> None:
        """End the notebook: what exit() asks for."""
        raise SystemExit

    def _add_printed(self) -> None:
        if text := self._printed():
            self._clear_now()
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
