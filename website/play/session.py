"""The Python that runs in the reader's browser: a page's code in page order, in one namespace, as doccheck has it.

It is told in JSON what to do and tells in JSON what happened; worker.mjs passes both on. The digits of what a page
shows and of what is printed here are compared by doccheck's own rule.
"""

from __future__ import annotations
import __future__

import ast
import builtins
import gc
import json
import sys
import time
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

from doccheck import SUGGESTION, MayChangeSomethingError, evaluate_here
from website.play.comparing import compare, compared_lines
from website.play.plots import drawn, prepare_plots
from website.play.printing import Printing
from website.play.reading import imported, innermost, is_shown, last_line, note_source, own, traceback_of
from website.play.state import Before, with_copies

Message = dict[str, Any]
Block = dict[str, Any]
Tell = Callable[[str], object]

FILE = "example"  # what tracebacks call an example: this and its number
CHECK = "check"
ANSWER = "answer"


class NoInputError(RuntimeError):
    """The program asks the reader something, and a worker cannot wait for an answer."""

    __module__ = "builtins"  # to the reader it is Python's, and tracebacks name no module


class Session:
    """One page and its state; tell is given each answer as JSON."""

    def __init__(self, tell: Tell, words: dict[str, str] | None = None) -> None:
        self._tell_text = tell
        self._words = words or {}
        self._id: object = None
        self._blocks: list[Block] = []
        self._before = Before()
        self._fresh()

    def handle(self, text: str) -> None:
        """Do what a message asks for."""
        message: Message = json.loads(text)
        self._id = message.get("id")
        getattr(self, f"_do_{message['type']}")(message)

    def imports(self, text: str) -> str:
        """Return, as JSON, the modules that a message's code imports: they have to be loaded before it runs."""
        message: Message = json.loads(text)
        codes = [message.get("code") or message.get("answer") or ""]
        if upto := message.get("block") or message.get("exercise"):
            codes += [code for _, code in self._wanted(upto, message.get("edits") or {})]
        return json.dumps(sorted(set().union(*map(imported, codes))))

    def _tell(self, kind: str, **what: Any) -> None:
        self._tell_text(json.dumps({"type": kind, "id": self._id, **what}))

    def _do_open(self, message: Message) -> None:
        self._blocks = message["page"]["blocks"]
        self._fresh()
        self._tell("opened")

    def _do_run(self, message: Message) -> None:
        wanted = self._wanted(message["block"], message.get("edits") or {})
        goes_on = len(self._ran) < len(wanted) and wanted[: len(self._ran)] == self._ran
        stopped = self._run(wanted, goes_on=goes_on)
        self._tell("done", ok=stopped is None, stopped=stopped)

    def _do_check(self, message: Message) -> None:
        exercise = self._block(message["exercise"])
        wanted = self._wanted(exercise["id"], message.get("edits") or {})
        goes_on = len(self._ran) <= len(wanted) and wanted[: len(self._ran)] == self._ran
        stopped = self._run(wanted, goes_on=goes_on)
        if stopped is not None:
            self._tell("done", ok=False, stopped=stopped)
            return
        self._stale = True  # what the answer has changed must not be there for what runs next
        start = time.monotonic()
        with self._printing(exercise["id"]) as printed:
            error, at = self._execute(message["answer"], ANSWER)
            if error is None:
                error, at = self._execute(self._block(exercise["check"])["source"], CHECK)
        refused = isinstance(error, AssertionError) and at == CHECK
        self._tell(
            "checked",
            passed=error is None,
            message=str(error) if refused else None,
            error=None if error is None or refused else last_line(error),
            traceback="" if error is None or refused else traceback_of(error),
            text=printed.text,
            ms=_ms(start),
        )

    def _do_scratch(self, message: Message) -> None:
        self._fresh()
        self._stale = True
        failed = self._cell({"id": "scratch", "kind": "code", "shows": True}, message["code"], f"{FILE} 1") is not None
        self._tell("done", ok=not failed, stopped="scratch" if failed else None)

    def _block(self, name: str) -> Block:
        return next(block for block in self._blocks if block["id"] == name)

    def _wanted(self, upto: str, edits: dict[str, str]) -> list[tuple[str, str]]:
        """Return what runs up to a block: the names of blocks, each with its code as it is now."""
        wanted: list[tuple[str, str]] = []
        for block in self._blocks:
            here = block["id"] == upto
            if block["kind"] == "code" and block["runs"]:
                wanted.append((str(block["id"]), str(edits.get(block["id"], block["source"]))))
            if here:
                break
        return wanted

    def _run(self, wanted: list[tuple[str, str]], *, goes_on: bool) -> str | None:
        """Run code in page order, telling what the page shows between; return the block that stopped it, or None."""
        if not goes_on or self._stale:
            self._fresh()
        done, codes = {name for name, _ in self._ran}, dict(wanted)
        last = wanted[-1][0] if wanted else None
        self._register(wanted)
        number, behind = 0, last is None
        for block in self._blocks:
            if block["kind"] == "code":
                number += 1
                if behind:
                    break
                behind = block["id"] == last
                if not block["runs"]:
                    self._gap = True
                if block["id"] in codes and block["id"] not in done:
                    self._ran.append((str(block["id"]), codes[block["id"]]))
                    failed = self._cell(block, codes[block["id"]], f"{FILE} {number}") is not None
                    if failed and not self._expects(block):
                        self._stale = True
                        self._show_behind(block)
                        return str(block["id"])
            elif not self._shown_before(block):
                self._show(block)
        return None

    def _show_behind(self, block: Block) -> None:
        """Show what an example has printed before it failed."""
        for other in self._blocks:
            if other["kind"] == "output" and other["of"][-1] == block["id"]:
                self._show(other)

    def _shown_before(self, block: Block) -> bool:
        if block["kind"] not in ("output", "error", "value") or block["id"] in self._shown:
            return True
        self._shown.add(block["id"])
        return False

    def _expects(self, block: Block) -> bool:
        """Say whether the page shows the error that an example raises."""
        return any(other["kind"] == "error" and other["of"] == [block["id"]] for other in self._blocks)

    def _show(self, block: Block) -> None:
        if block["kind"] == "value":
            text, error = self._value(block["expr"])
            if error is not None and self._gap:
                return  # it speaks of what did not run here
            verdict = "different" if error else compare(block["text"], text, block.get("tol"))
            self._tell("value", block=block["id"], text=text, error=error, verdict=verdict)
            return
        if any(name not in self._said for name in block["of"]):
            return  # one of its examples cannot run here
        if block["kind"] == "error":
            text = self._said[block["of"][0]][1] or ""
            wanted, text = SUGGESTION.sub("", block["text"]), SUGGESTION.sub("", text)
        else:
            text, wanted = "".join(self._said[name][0] for name in block["of"]), block["text"]
        verdict = compare(wanted, text, block.get("tol"))
        rows = compared_lines(wanted, text, block.get("tol"))
        self._tell("shown", block=block["id"], text=text, verdict=verdict, lines=rows)

    def _cell(self, block: Block, code: str, name: str) -> str | None:
        """Run an example, tell what it did, and return the last line of its error."""
        self._tell("begun", block=block["id"])
        start = time.monotonic()
        self._outputs: list[Message] = []
        prepare_plots(code, self._draw)
        with self._printing(block["id"]) as printed:
            self._stdout = printed
            self._told = 0
            failure, _ = self._execute(code, name, shows_last="cell" in block or "shows" in block)
            if "matplotlib.pyplot" in sys.modules:
                self._draw()
            self._take_text()
        error = None if failure is None else last_line(failure, as_jupyter="cell" in block)
        trace = "" if failure is None else traceback_of(failure)
        del failure  # it would keep alive what the example has
        text = _shown_text(self._outputs)
        self._said[block["id"]] = text, error
        told = {"text": text, "error": error, "traceback": trace, "outputs": self._outputs, "ms": _ms(start)}
        self._tell("cell", block=block["id"], **told)
        return error

    def _printing(self, block: str) -> Printing:
        return Printing(lambda name, text: self._tell("stream", block=block, name=name, text=text))

    def _take_text(self) -> None:
        text = self._stdout.text[self._told :]
        self._told = len(self._stdout.text)
        if text:
            self._outputs.append({"kind": "text", "text": text})

    def _draw(self) -> None:
        """Let the figures that are open be shown at this place."""
        self._take_text()
        self._outputs += [{"kind": "image", "svg": svg} for svg in drawn()]

    def _execute(self, code: str, name: str, *, shows_last: bool = False) -> tuple[BaseException | None, str]:
        """Run statements in the page's namespace; return the error that they raise, and the file that it comes from."""
        note_source(name, code)
        try:
            tree = ast.parse(code, name)
            last = tree.body.pop() if shows_last and is_shown(tree, code) else None
            self._read_future(tree)
            exec(compile(tree, name, "exec", self._flags, dont_inherit=True), self._names)
            if isinstance(last, ast.Expr):
                value = eval(compile(ast.Expression(last.value), name, "eval", self._flags), self._names)
                self._show_value(value)
        except BaseException as error:  # a page may raise anything, SystemExit too
            error.__traceback__ = own(error)
            return error, innermost(error)
        return None, name

    def _show_value(self, value: object) -> None:
        if value is None:
            return
        self._take_text()
        shown = _shown_text(self._outputs)
        before = "\n" if shown and not shown.endswith("\n") else ""
        self._outputs.append({"kind": "text", "text": f"{before}{value!r}\n"})

    def _read_future(self, tree: ast.Module) -> None:
        """Let an import from __future__ hold for the rest of the page, as in one script."""
        for statement in tree.body:
            if isinstance(statement, ast.ImportFrom) and statement.module == "__future__":
                for alias in statement.names:
                    self._flags |= getattr(__future__, alias.name).compiler_flag

    def _value(self, source: str) -> tuple[str, str | None]:
        """Return the str of an expression's value, or its error."""
        try:
            try:
                return evaluate_here(source, self._names), None
            except MayChangeSomethingError:
                names, copied = with_copies(source, self._names)
                self._stale = self._stale or not copied  # what runs next then begins from the top
            return str(eval(compile(source, "<value>", "eval"), names)), None
        except BaseException as error:
            return "", last_line(error)

    def _register(self, wanted: list[tuple[str, str]]) -> None:
        """Let inspect find the source of a class: it reads the script's file, which has all of the page's code."""
        note_source(str(sys.modules["__main__"].__file__), "\n".join(code for _, code in wanted))

    def _fresh(self) -> None:
        """Begin anew, with nothing that code before has made or changed."""
        self._ran: list[tuple[str, str]] = []
        self._said: dict[str, tuple[str, str | None]] = {}
        self._shown: set[str] = set()
        self._stale = False
        self._gap = False  # whether an example was passed over that cannot run here
        self._flags = 0
        self._before.restore()
        main = types.ModuleType("__main__")
        main.__file__ = str(Path.cwd() / "page.py")
        sys.modules["__main__"] = main
        self._names = main.__dict__
        builtins.input = self._no_input
        gc.collect()

    def _no_input(self, prompt: object = "") -> str:
        sys.stdout.write(str(prompt))
        raise NoInputError(self._words.get("input", "input() cannot ask anything here; write the answer into the code"))


def _shown_text(outputs: list[Message]) -> str:
    return "".join(output["text"] for output in outputs if output["kind"] == "text")


def _ms(start: float) -> int:
    return round((time.monotonic() - start) * 1000)
