"""No line of a page begins with what belongs to the end of the line before, as a browser breaks lines on a phone."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.support.site_facts import LANGUAGES, PHONE, SHORT_LESSON, kinds

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

# Puts a page's text and navigation into the open page, and says what is wrong on this screen.
LOOK = r"""(html) => {
  document.querySelector(".md-container").innerHTML = html;
  for (const box of document.querySelectorAll("article details")) box.open = true;
  const range = document.createRange(), found = [], spaced = text => text.replace(/\s+/g, " ").trim();
  const seen = list => [...document.querySelectorAll(list)].filter(one => one.offsetParent !== null || one.getClientRects().length);
  const texts = root => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT), nodes = [];
    while (walker.nextNode()) if (!walker.currentNode.parentElement.closest(".headerlink, math, script, svg")) nodes.push(walker.currentNode);
    return nodes;
  };
  const box = (node, from, to) => (range.setStart(node, from), range.setEnd(node, to), range);
  const lines = block => {
    const all = []; let last = null;
    for (const node of texts(block))
      for (let at = 0; at < node.length; at++) {
        const rect = box(node, at, at + 1).getBoundingClientRect();
        if (!rect.width || /\s/.test(node.data[at])) continue;
        if (!last || rect.top >= last.bottom - 4) all.push("");
        all[all.length - 1] += node.data[at];
        last = rect;
      }
    return all;
  };
  if (document.documentElement.scrollWidth > innerWidth) found.push(`wide: ${document.documentElement.scrollWidth}`);
  for (const title of seen(".md-nav__title"))
    if (title.scrollWidth > title.clientWidth) found.push(`cut: ${spaced(title.textContent)}`);
  const labels = seen("h1, h2, h3, h4, .md-ellipsis, .md-nav__title, .doc-signature code");
  const alone = /^(?:[\p{P}\p{S}]+|(?:[はがをにのともへで]|から|まで|より|[은는이가을를의에로과와도만])\p{P}*)$/u;
  for (const label of labels) {
    const all = lines(label);
    for (const line of all.length > 1 ? all : []) if (alone.test(line)) found.push(`alone: ${line} of ${spaced(label.textContent)}`);
  }
  const code = seen("article :not(pre) > code");
  for (const one of code)
    if (one.textContent.length <= 20 && one.getClientRects().length > 1) found.push(`code: ${one.textContent}`);
  const number = /\d\s×\s\d|(?:^|\s)[=≈±+−]\s\d|\d\s(?:[%‰]|[kKMG]B\b|ms\b)|(?:[約第]|(?:약|[Ss]teps?|NumPy)\s)\d|\d[一-鿿つ]|\b[A-Za-z]+-\d/g;
  let numbers = 0;
  for (const node of texts(document.querySelector("article")).filter(({ parentElement }) => !parentElement.closest("pre, code")))
    for (const { 0: text, index } of node.data.matchAll(number)) {
      const rects = [...box(node, index + text.search(/\S/), index + text.length).getClientRects()].filter(({ width }) => width);
      numbers += rects.length > 0;
      if (rects.some(({ top }) => top >= rects[0].bottom - 4)) found.push(`number: ${spaced(text)}`);
    }
  return { found, looked: [labels.length, code.length, numbers] };
}"""
CONTAINER = re.compile(r'<div class="md-container"[^>]*>(.*)</div>\s*<div class="md-dialog"', re.DOTALL)
# So that the page does not load what it shows, and not all code of the steps before.
NOT_LOOKED_AT = re.compile(
    r'<(script|template|svg)\b.*?</\1>|<details class="so-far".*?</details>|<img[^>]*>', re.DOTALL
)
WITH_NUMBERS = ("stage5/step57/", "reference/stage5/", SHORT_LESSON)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_torn_or_stands_alone_on_a_phone(visit: Visit, site: Path, lang: str) -> None:
    page = visit(f"{lang}/stage1/step01/", **PHONE)
    page.evaluate("document.fonts.ready")
    cut = "all => all.filter(one => one.scrollWidth > one.clientWidth).map(one => one.textContent)"
    assert page.locator(".md-footer__title .md-ellipsis").evaluate_all(cut) == []
    page.locator(".drawer-button").click()
    wrong, looked = {}, [0, 0, 0]
    for path in [*kinds(lang), *(f"{lang}/{path}" for path in WITH_NUMBERS)]:
        file = site / path / "index.html" if path.endswith("/") else site / path
        inside = CONTAINER.search(file.read_text("utf-8"))
        assert inside, path
        seen = page.evaluate(LOOK, NOT_LOOKED_AT.sub("", inside[1]))
        looked = [before + now for before, now in zip(looked, seen["looked"], strict=True)]
        if seen["found"]:
            wrong[path] = seen["found"]
    assert not wrong
    assert min(looked) > 30, looked  # labels, pieces of code, numbers


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
