"""No line of a page begins with what belongs to the end of the line before, as a browser breaks lines on a phone."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.support.site_facts import LANGUAGES, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.thorough]
Visit = Callable[..., Page]
ARTICLE = re.compile(r"(?<=<article).*?>(.*)(?=</article>)", re.DOTALL)
NO_LINES = re.compile(r"<(pre|svg)\b.*?</\1>|<img[^>]*>", re.DOTALL)
# Goes through the article's text, sign by sign, and measures where one stands that may begin no line.
FIND = r"""(html) => {
  const closing = /[,.;:!?)\]}»’”%·・、。，．：；！？）」』】〉》…]/, opening = /[(\[{«“‘（「『【〈《]/, syllable = /[가-힣]/;
  const skipped = "button, script, template, .headerlink, math";
  const article = document.querySelector("article"), range = document.createRange(), found = [];
  article.innerHTML = html;
  for (const box of article.querySelectorAll("details")) box.open = true;
  const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  const rect = ({ node, at }) => {
    if (at === undefined) return node.getBoundingClientRect();
    range.setStart(node, at); range.setEnd(node, at + 1);
    return range.getBoundingClientRect();
  };
  let before = null, last = "";
  const look = (sign, place, all) => {
    const torn = before && (closing.test(sign) || opening.test(last) || (all && syllable.test(sign) && !syllable.test(last)));
    if (torn) {
      const [from, to] = [rect(before), rect(place)];
      if (to.width && to.top >= from.bottom - 4) found.push(`${last} / ${(place.node.data ?? "…").slice(place.at, place.at + 9)}`);
    }
    [before, last] = [place, sign];
  };
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.localName === "math") look("x", { node }, false);
    else if (node.localName) {
      if (!node.closest("math") && (node.localName === "br" || getComputedStyle(node).display !== "inline")) before = null;
    } else if (!node.parentElement.closest(skipped)) {
      [...node.data].forEach((sign, at) => {
        if (/\s/.test(sign)) before = null;
        else if (sign !== "\u2060" && sign !== "-") look(sign, { node, at }, document.documentElement.lang === "ko");
        if (sign === "-") before = null; // a line may end with it
      });
    }
  }
  return [...found, walker.root.textContent.length > 50 ? [] : ["nothing was read"]].flat();
}"""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_line_begins_with_what_ends_the_line_before(visit: Visit, site: Path, lang: str) -> None:
    page = visit(f"{lang}/stage1/step01/", **PHONE)
    page.evaluate("document.fonts.ready")
    torn = {}
    for path in sorted((site / lang).rglob("index.html")):
        article = ARTICLE.search(path.read_text("utf-8"))
        if article and path.parent.name != "paper" and "reference" not in path.parts:
            torn[path.parent.relative_to(site).as_posix()] = page.evaluate(FIND, NO_LINES.sub("", article[1]))
    assert len(torn) > 80
    assert not {path: found for path, found in torn.items() if found}
