"""Programs run where they are read: stopped and begun again, on pages that are left, with what is missing or changed."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.support.site_facts import LANGUAGES
from website.words.labels import labels

pytestmark = [pytest.mark.browser, pytest.mark.thorough, pytest.mark.usefixtures("runtime")]
Visit = Callable[..., Page]
SLOW = 180_000  # milliseconds: Python has to be loaded, on a busy machine
ENDLESS = "print('on')\nwhile True:\n    pass"


def page_of(tab: Page) -> list[dict[str, Any]]:
    """The blocks of the page that is open; after a switch of language it may still be on its way."""
    tab.locator("#play").wait_for(state="attached", timeout=SLOW)
    blocks: list[dict[str, Any]] = tab.evaluate(
        "async () => (await (await fetch(document.getElementById('play').dataset.cells)).json()).blocks"
    )
    return blocks


def block(tab: Page, name: str) -> Locator:
    return tab.locator(f".highlight[data-play={name}]")


def press(place: Locator, kind: str) -> None:
    place.locator(f"[data-press={kind}]").click()


def write(place: Locator, code: str) -> None:
    """Put code into the editor of a block, which an exercise has had open since its first check."""
    edit = place.locator(":is([data-press=edit], [data-press=answer])")
    if edit.count():
        edit.click()
    field = place.locator(".cm-content, textarea")
    expect(field).to_be_visible(timeout=SLOW)
    field.click()
    expect(field).to_be_focused()  # until then, keys are the theme's
    field.press("Control+A")
    field.page.keyboard.insert_text(code)


def result(tab: Page, name: str) -> Locator:
    """What stands behind a block, and behind the boxes that the page shows for it."""
    return tab.locator(f".highlight[data-play={name}] ~ .ran").first


def examples(tab: Page) -> list[str]:
    return [one["id"] for one in page_of(tab) if one["kind"] == "code" and one["runs"] and one["editable"]]


def pythons(tab: Page) -> list[str]:
    """The workers of the page that run Python; the search has one, too."""
    return [worker.url for worker in tab.workers if "/runtime/" in worker.url]


def wait_until_no_python(tab: Page) -> None:
    ends = time.monotonic() + 20
    while pythons(tab) and time.monotonic() < ends:
        tab.wait_for_timeout(50)
    assert pythons(tab) == []


@pytest.mark.parametrize(("lang", "page"), [("ja", "stage1/step07/"), ("ko", "stage2/step21/")])
def test_a_page_agrees_with_itself_from_its_last_button_up(visit: Visit, lang: str, page: str) -> None:
    tab = visit(f"{lang}/{page}")
    last = [one for one in page_of(tab) if one["kind"] == "output"][-1]["of"][-1]
    tab.evaluate("document.querySelectorAll('details').forEach(box => { box.open = true })")
    press(block(tab, last), "run")
    expect(result(tab, last)).to_have_attribute("data-state", "same", timeout=SLOW)
    expect(tab.locator(".ran")).to_have_count(1)  # nothing above differs
    expect(tab.locator(".value-now")).to_have_count(0)


def test_an_endless_loop_is_stopped_and_then_all_runs_again(visit: Visit) -> None:
    tab, words = visit("en/stage1/step04/"), labels("en")
    first, second = examples(tab)[:2]
    press(block(tab, second), "run")
    expect(result(tab, second)).not_to_have_attribute("data-state", "busy", timeout=SLOW)
    state = result(tab, second).get_attribute("data-state")
    write(block(tab, first), ENDLESS)
    press(block(tab, second), "run")
    expect(result(tab, second)).to_have_attribute("data-state", "busy")
    press(block(tab, second), "stop")
    expect(result(tab, second)).to_have_attribute("data-state", "stopped")
    expect(result(tab, second).locator(".ran-line")).to_have_text(words["run_stopped"])
    wait_until_no_python(tab)
    press(block(tab, first), "reset")
    press(block(tab, second), "run")
    expect(result(tab, second)).to_have_attribute("data-state", state or "", timeout=SLOW)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_exercise_is_refused_in_the_reader_s_language_and_then_passed(visit: Visit, lang: str) -> None:
    tab, words = visit(f"{lang}/stage1/step01/"), labels(lang)
    blocks = page_of(tab)
    exercise = next(one for one in blocks if one["kind"] == "exercise")
    place = block(tab, exercise["id"])
    press(place, "check")
    expect(result(tab, exercise["id"])).to_have_attribute("data-state", "different", timeout=SLOW)
    said = result(tab, exercise["id"]).locator(".ran-line").inner_text()
    check = next(one for one in blocks if one["id"] == exercise["check"])
    assert said[:10] in check["source"]
    solution = next(one for one in blocks[blocks.index(exercise) :] if one.get("solution"))
    write(place, solution["source"])
    press(place, "check")
    expect(result(tab, exercise["id"])).to_have_attribute("data-state", "same", timeout=SLOW)
    expect(result(tab, exercise["id"]).locator(".ran-line")).to_have_text(words["exercise_passed"])
    passed = tab.evaluate("JSON.parse(localStorage.getItem('dezero_lite.passed'))")
    assert passed["stage1/step01/"]["done"] == [exercise["name"]]


@pytest.mark.parametrize("how", ["next page", "language"])
def test_a_page_that_is_left_takes_its_program_with_it(visit: Visit, how: str) -> None:
    tab = visit("en/stage1/step04/")
    first = examples(tab)[0]
    write(block(tab, first), ENDLESS)
    press(block(tab, first), "run")
    expect(result(tab, first).locator(".ran-live")).to_have_text("on\n", timeout=SLOW)
    assert len(pythons(tab)) == 1
    if how == "language":
        tab.locator(".md-header [aria-haspopup], .md-select").first.hover()
        tab.locator("a[hreflang=ko]").first.click()
        expect(tab.locator("html")).to_have_attribute("lang", "ko", timeout=SLOW)
    else:
        tab.locator(".md-footer__link--next").click()
        expect(tab.locator("article h1")).to_have_id("step05", timeout=SLOW)
    wait_until_no_python(tab)
    expect(tab.locator(".ran")).to_have_count(0)
    if how == "language":
        first = examples(tab)[0]
        press(block(tab, first), "run")
        expect(result(tab, first)).to_have_attribute("data-state", "plain", timeout=SLOW)


def _changed(route: Route) -> None:
    body = bytearray(route.fetch().body())
    body[len(body) // 2] ^= 1
    route.fulfill(body=bytes(body))


def _half(route: Route) -> None:
    body = route.fetch().body()
    route.fulfill(body=body[: len(body) // 2])


@pytest.mark.parametrize(
    ("file", "fault"),
    [
        ("numpy-*.whl", _changed),
        ("numpy-*.whl", lambda route: route.fulfill(status=404)),
        ("python_stdlib.zip", _half),
        ("pyodide.asm.wasm", _half),
        ("pyodide.asm.wasm", lambda route: route.abort()),
        ("worker.mjs", lambda route: route.fulfill(status=404)),
        ("files.json", lambda route: route.fulfill(status=404)),
    ],
    ids=[
        "wheel changed",
        "wheel missing",
        "library cut off",
        "core cut off",
        "core missing",
        "worker missing",
        "list missing",
    ],
)
def test_what_is_missing_or_changed_is_told_and_nothing_runs(
    visit: Visit, file: str, fault: Callable[[Route], None]
) -> None:
    tab, words = visit("en/stage1/step04/", missing=True), labels("en")  # the browser itself reports what it refuses
    tab.context.route(f"**/runtime/*/{file}", fault)
    first = examples(tab)[0]
    press(block(tab, first), "run")
    expect(result(tab, first)).to_have_attribute("data-state", "error", timeout=SLOW)
    expect(result(tab, first).locator(".ran-line")).to_have_text(words["run_failed"])
    wait_until_no_python(tab)
    tab.context.unroute(f"**/runtime/*/{file}")
    press(block(tab, first), "run")
    expect(result(tab, first)).to_have_attribute("data-state", "plain", timeout=SLOW)


def test_what_is_loaded_once_runs_without_a_network(visit: Visit) -> None:
    tab = visit("en/stage1/step04/")
    first, second = examples(tab)[:2]
    press(block(tab, second), "run")
    expect(result(tab, second)).not_to_have_attribute("data-state", "busy", timeout=SLOW)
    state = result(tab, second).get_attribute("data-state")
    write(block(tab, first), ENDLESS)  # the editor is loaded now, too
    tab.context.set_offline(True)
    press(block(tab, first), "run")
    expect(result(tab, first).locator(".ran-live")).to_have_text("on\n", timeout=SLOW)
    press(block(tab, first), "stop")  # Python begins anew, out of the browser's cache
    wait_until_no_python(tab)
    press(block(tab, first), "reset")
    press(block(tab, second), "run")
    expect(result(tab, second)).to_have_attribute("data-state", state or "", timeout=SLOW)


def test_a_lab_s_plots_and_packages_come_along(visit: Visit, site: Path) -> None:
    tab = visit("en/labs/landscapes/")
    asked: list[str] = []
    tab.context.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    first = examples(tab)[0]
    press(block(tab, first), "run")
    expect(result(tab, first)).not_to_have_attribute("data-state", "busy", timeout=SLOW)
    assert any(name.startswith("matplotlib-") for name in asked)
    assert not any(name.startswith("scipy-") for name in asked)  # no code of this page needs it
