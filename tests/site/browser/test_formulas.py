"""Formulas as a browser draws them."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.support.site_facts import LANGUAGES, PHONE
from website.build.maths_font import PLACE

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
LEAF = re.compile(r"<(m[ino]|mtext)\b[^>]*>[^<]+</\1>")
LETTERS = re.compile(r"[\u2e80-\uffff]")  # of a language, which have fonts of their own
LIMITS = r"<math display='block'><munderover><mo>∑</mo><mi>i</mi><mi>N</mi></munderover></math>"


@pytest.fixture
def font(site: Path) -> None:
    if not (site / "en" / PLACE).is_file():
        missing = "no font for formulas in .cache/font: `make font` says why"
        pytest.fail(missing) if os.environ.get("REQUIRE_RUNTIME") == "1" else pytest.skip(missing)


@pytest.mark.usefixtures("font")
def test_every_sign_of_the_formulas_is_drawn_in_their_font(visit: Visit, site: Path) -> None:
    for lang in LANGUAGES:
        leaves: set[str] = set()
        for path in (site / lang).rglob("*.html"):
            leaves.update(found[0] for found in LEAF.finditer(path.read_text("utf-8")))
        assert len(leaves) > 150
        own = [leaf for leaf in sorted(leaves) if not LETTERS.search(leaf) and "monospace" not in leaf]
        page = visit(f"{lang}/stage1/step04/")
        page.evaluate("html => { document.querySelector('article').innerHTML = html }", f"<math>{''.join(own)}</math>")
        page.evaluate("document.fonts.ready")
        devtools = page.context.new_cdp_session(page)
        for domain in ("DOM", "CSS"):
            devtools.send(f"{domain}.enable")
        root = devtools.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
        found = devtools.send("DOM.querySelectorAll", {"nodeId": root, "selector": "math > *"})["nodeIds"]
        assert len(found) == len(own)
        for leaf, node in zip(own, found, strict=True):
            fonts = devtools.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
            assert [used["isCustomFont"] for used in fonts] == [True], (lang, leaf, fonts)


@pytest.mark.usefixtures("font")
def test_the_limits_of_a_sum_stand_clear_of_it(visit: Visit) -> None:
    page = visit("en/stage1/step04/", **PHONE)
    page.evaluate("html => { document.querySelector('article').innerHTML = html }", LIMITS)
    page.evaluate("document.fonts.ready")
    boxes = page.locator("munderover > *").evaluate_all(
        "parts => parts.map(part => part.getBoundingClientRect().toJSON())"
    )
    total, below, above = boxes
    assert total["height"] > 1.5 * (below["bottom"] - below["top"])  # the large sign
    assert above["bottom"] < total["top"] + 1 and below["top"] > total["bottom"] - 1
