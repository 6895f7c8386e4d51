"""The worker that runs pages, asked as a page's script asks it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

Message = dict[str, Any]

START = """(address) => {
  const told = [], ends = new Map();
  const worker = new Worker(address, { type: "module" });
  worker.onmessage = ({ data }) => {
    if (data.type !== "progress" && data.type !== "stream") told.push(data);
    if (["ready", "opened", "done", "checked", "failed"].includes(data.type)) ends.get(data.id)();
  };
  worker.onerror = (event) => { told.push({ type: "failed", error: event.message }); ends.forEach((end) => end()); };
  let next = 0;
  window.askWorker = (message) => new Promise((end) => {
    told.length = 0;
    const id = next++;
    ends.set(id, () => end([...told]));
    worker.postMessage({ ...message, id });
  });
}"""
OPEN = """async (path) => {
  const answer = await fetch(`/${path}cells.json`);
  if (!answer.ok) return null;
  const page = await answer.json();
  await window.askWorker({ type: "open", page });
  return page.blocks;
}"""


class Python:
    """A worker in a tab of the site; runtime is the folder that it lies in."""

    def __init__(self, tab: Page, site: Path, runtime: Path) -> None:
        self._tab = tab
        tab.evaluate(START, f"/{runtime.relative_to(site).as_posix()}/worker.mjs")
        self.started = self.ask(type="start", words={})[-1]

    def ask(self, **message: Any) -> list[Message]:
        """Send a message and return all that is told until it is done."""
        told: list[Message] = self._tab.evaluate("(message) => window.askWorker(message)", message)
        return told

    def open(self, path: str) -> list[Message] | None:
        """Open a page and return its blocks; None if it has no code."""
        blocks: list[Message] | None = self._tab.evaluate(OPEN, path)
        return blocks
