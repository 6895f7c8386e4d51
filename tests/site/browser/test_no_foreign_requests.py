"""Nothing is asked of another host, on no kind of page. The fixture `visit` fails for whatever a page asks for, and
for whatever goes against its policy; here a proxy also sees what a page could not know of, such as a preconnection."""

import re
import socketserver
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from itertools import cycle
from pathlib import Path
from threading import Thread

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from playwright.sync_api import Browser, Page, ProxySettings, expect

from doccheck.faces.site_state import SITE
from tests.support.site_facts import AT_ROOT, KINDS, LANGUAGES, LESSONS, PAPER, kinds
from website.build import policy

Visit = Callable[..., Page]
ELSEWHERE = "https://elsewhere.example/"
REFUSED = """([tag, properties]) => new Promise(done => {
  addEventListener("securitypolicyviolation", event => done(event.effectiveDirective));
  document.body.append(Object.assign(document.createElement(tag), properties));
})"""


class Recorder(socketserver.ThreadingTCPServer):
    """A proxy that leads nowhere and remembers what it was asked for."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Refusal)
        self.asked: list[str] = []

    @property
    def proxy(self) -> ProxySettings:
        return ProxySettings(server=f"http://127.0.0.1:{self.server_address[1]}", bypass="127.0.0.1")


class _Refusal(socketserver.StreamRequestHandler):
    server: Recorder

    def handle(self) -> None:
        self.server.asked.append(self.rfile.readline().decode("latin-1").strip())
        self.wfile.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    with Recorder() as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_is_of_a_kind_that_is_visited(site: Path, lang: str) -> None:
    pages = [path.relative_to(site / lang).as_posix() for path in (site / lang).rglob("*.html")]
    strange = [page for page in pages if not any(fnmatchcase(page, kind) for kind in [*KINDS, PAPER])]
    assert strange == [], "tests/site/places.py needs a line for this kind of page"


@pytest.mark.browser
@pytest.mark.parametrize(
    "pages",
    [
        pytest.param(kinds("en", lessons=False)[:5], id="en"),
        pytest.param(kinds("en", lessons=False)[5:], id="en-others", marks=pytest.mark.thorough),
        pytest.param([f"en/{page}" for page in LESSONS], id="en-lessons", marks=pytest.mark.thorough),
        pytest.param(kinds("ja"), id="ja", marks=pytest.mark.thorough),
        pytest.param(kinds("ko"), id="ko", marks=pytest.mark.thorough),
    ],
)
def test_nothing_is_asked_of_another_host(visit: Visit, recorder: Recorder, pages: list[str]) -> None:
    lang = pages[0].partition("/")[0]
    # a page is quiet after half a second without a request, in which the next ones are opened
    tabs = [visit(f"{lang}/404.html", proxy=recorder.proxy) for _ in range(4)]
    for path, tab in zip(pages, cycle(tabs), strict=False):
        tab.wait_for_load_state("networkidle")
        tab.goto(path)
    for tab in tabs:
        tab.wait_for_load_state("networkidle")
    tab.goto(f"{lang}/")
    tab.wait_for_load_state("networkidle")
    use(tab)
    assert recorder.asked == []


@pytest.mark.browser
@pytest.mark.parametrize("path", AT_ROOT)
def test_the_pages_at_the_root_ask_nothing_of_another_host(visit: Visit, recorder: Recorder, path: str) -> None:
    tab = visit(path, proxy=recorder.proxy)
    tab.wait_for_load_state("networkidle")
    assert recorder.asked == []


def use(tab: Page) -> None:
    """What makes scripts ask for more, on the home page: searching, pointing at a link, following one, going back."""
    tab.locator(".md-search__input").fill("Variable")
    expect(tab.locator(".md-search-result__item").first).to_be_visible()
    tab.keyboard.press("Escape")
    link = tab.locator("article a[href*=step01]").first
    link.hover()
    link.click()
    expect(tab.locator("article h1[id]")).to_have_id("step01")
    tab.locator(".md-footer__link--next").click()
    expect(tab.locator("article h1[id]")).to_have_id("step02")
    tab.go_back()
    expect(tab.locator("article h1[id]")).to_have_id("step01")
    tab.wait_for_load_state("networkidle")


@pytest.mark.browser
def test_the_recorder_sees_what_no_page_reports(browser: Browser, served: str, recorder: Recorder) -> None:
    """The policy has no say in where a reader goes, but nobody gets there without the recorder."""
    tab = browser.new_context(proxy=recorder.proxy).new_page()
    tab.goto(f"{served}en/")
    tab.evaluate("address => { location.href = address }", ELSEWHERE)
    for _ in range(100):
        if recorder.asked:
            break
        tab.wait_for_timeout(100)
    assert recorder.asked[0] == "CONNECT elsewhere.example:443 HTTP/1.1"
    tab.context.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("tag", "properties", "directive"),
    [
        ("script", {"textContent": "window.ran = true"}, "script-src-elem"),
        ("script", {"src": ELSEWHERE}, "script-src-elem"),
        ("img", {"src": ELSEWHERE}, "img-src"),
        ("style", {"textContent": "p { color: red }"}, "style-src-elem"),
        ("iframe", {"src": "/en/"}, "frame-src"),
        ("object", {"data": "/en/"}, "object-src"),
        ("video", {"src": "/en/"}, "media-src"),
    ],
)
def test_the_policy_is_in_force(
    browser: Browser, served: str, recorder: Recorder, tag: str, properties: dict[str, str], directive: str
) -> None:
    tab = browser.new_context(proxy=recorder.proxy).new_page()
    for path in ("ko/stage1/step01/", "404.html"):
        tab.goto(f"{served}{path}")
        assert tab.evaluate(REFUSED, [tag, properties]) == directive
        assert not tab.evaluate("window.ran")
    assert recorder.asked == []
    tab.context.close()


def test_every_page_has_the_policy_and_no_script_of_its_own_but_what_the_theme_needs(site: Path) -> None:
    known = re.compile(r"__md_scope=|var palette=|var target=|document\.fonts\.load\(\"1em Maths\"\)$")
    for path in site.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert html.count('<meta http-equiv="Content-Security-Policy"') == 1, path
        if "<script" in html:
            assert html.index("Content-Security-Policy") < html.index("<script"), path
        assert all(known.match(script) for script in policy.INLINE.findall(html)), path
        assert not re.search(r"<[^>]* (?:style|on\w+)=", html), path
        assert not re.search(r"<link[^>]* rel=\W*(?:dns-prefetch|preconnect|prefetch|preload)\b", html), path


def test_firefox_may_fetch_the_next_page_ahead(site: Path) -> None:
    """It does so for rel="next", by default-src, and says on each page where it may not; Chromium does nothing."""
    html = (site / "en" / "stage1" / "step01" / "index.html").read_text(encoding="utf-8")
    assert '<link rel="next" href="../step02/"' in html
    assert "default-src 'self';" in html


def test_while_serving_there_is_no_policy(monkeypatch: pytest.MonkeyPatch) -> None:
    html = policy.FIRST + "<script>x()</script>"
    with monkeypatch.context() as serving:
        serving.setattr(SITE, "serving", True)
        assert policy.on_post_template(html, "404.html", MkDocsConfig()) == html
    assert "script-src 'self' 'sha256-" in policy.on_post_template(html, "404.html", MkDocsConfig())
    assert policy.on_post_template("<urlset>", "sitemap.xml", MkDocsConfig()) == "<urlset>"


def test_a_page_on_which_the_policy_has_no_place_is_refused() -> None:
    with pytest.raises(PluginError, match=r"a\.md: the policy belongs right behind <meta"):
        policy.with_policy("<title>x</title>", "a.md")
