"""What others learn of a page: tags for shared links, pictures, sitemaps, and what language models are given."""

import logging
import re
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as SitePage
from PIL import Image, ImageChops, ImageFont

from doccheck.faces.site_state import SITE
from figures import registry as figures
from tests.support.context import set_context
from tests.support.site_facts import COURSE, LANGUAGES, PAGES, REFERENCE, ROOT
from website.sharing import cards
from website.sharing import tags as sharing
from website.sharing.wrap import break_points, wrap
from website.words.labels import all_labels, labels

EVERY = [(lang, page) for lang in LANGUAGES for page in PAGES]
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
CARD = cards.Card("ja", "つくって学ぶ", "ステップ3 関数の連結", "第1ステージ 微分を自動で求める", 3, 60)


@dataclass
class Head(HTMLParser):
    """A page's <title>, and its <meta> by name or property."""

    html: str
    title: str = ""
    meta: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.html.partition("</head>")[0])
        self.title = self.title.strip()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attributes}
        name = given.get("property") or given.get("name")
        if tag == "meta" and name and name != "og:locale:alternate":
            assert name not in self.meta, name
            self.meta[name] = given["content"]

    def handle_data(self, data: str) -> None:
        if self.lasttag == "title":
            self.title += data


def _address(lang: str, page: Path) -> str:
    name = page.with_suffix("").as_posix().removesuffix("index").removesuffix("/")
    return f"{lang}/{name}/" if name else f"{lang}/"


def _head(site: Path, address: str) -> Head:
    return Head((site / address / "index.html").read_text(encoding="utf-8"))


def _said(lang: str, page: Path) -> tuple[str, str]:
    """The title and the description as the page's source gives them."""
    text = (ROOT / "docs" / lang / page).read_text(encoding="utf-8")
    title = re.search(r"^# (.*?) \{#", text, re.MULTILINE)
    description = re.match(r"---\ndescription: (.*)", text)
    assert title and description, (lang, page)
    return title[1].replace("`", ""), description[1]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_says_what_it_is(site: Path, address: str, lang: str) -> None:
    for page in PAGES:
        here = _address(lang, page)
        head = _head(site, here)
        title, description = _said(lang, page)
        assert head.title == f"{title} - {labels(lang)['site_name']}"
        assert head.meta["og:title"] == title
        assert head.meta["og:site_name"] == labels(lang)["site_name"]
        assert head.meta["description"] == head.meta["og:description"] == description
        assert head.meta["og:type"] == ("website" if page.stem == "index" else "article")
        assert head.meta["og:url"] == f"{address}{here}"
        assert f'<link rel="canonical" href="{address}{here}">' in head.html
        assert head.meta["og:locale"] == {"ja": "ja_JP", "ko": "ko_KR", "en": "en_US"}[lang]
        assert len(re.findall('property="og:locale:alternate"', head.html)) == len(LANGUAGES) - 1
        assert head.meta["og:image:alt"] == head.meta["twitter:image:alt"]
        assert title in head.meta["og:image:alt"]
        assert head.meta["twitter:card"] == "summary_large_image"


def test_no_two_pages_say_the_same(site: Path) -> None:
    heads = [_head(site, _address(lang, page)) for lang in LANGUAGES for page in [*PAGES, *REFERENCE]]
    assert len({head.title for head in heads}) == len({head.meta["description"] for head in heads}) == len(heads)


def test_the_landing_page_speaks_all_languages(site: Path, address: str) -> None:
    head = _head(site, "")
    assert head.title == head.meta["og:title"] == "dezero_lite"
    assert head.meta["og:url"] == address
    assert all(said in head.meta["og:description"] for said in all_labels()["site_description"].values())
    assert all(said in head.meta["og:image:alt"] for said in all_labels()["site_description"].values())


def test_a_missing_page_is_not_for_search_engines(site: Path) -> None:
    for folder in (site, *(site / lang for lang in LANGUAGES)):
        head = Head((folder / "404.html").read_text(encoding="utf-8"))
        assert head.meta["robots"] == "noindex"
        assert "og:title" not in head.meta


@pytest.mark.parametrize("lang", ["", *LANGUAGES])
def test_the_picture_is_there_and_whole(site: Path, address: str, lang: str) -> None:
    for here in [_address(lang, page) for page in [*PAGES, *REFERENCE]] if lang else [""]:
        meta = _head(site, here).meta
        assert meta["og:image"].startswith(address)
        path = site / meta["og:image"].removeprefix(address)
        assert path.stat().st_size < 60_000
        with Image.open(path) as picture:
            assert picture.format == "PNG"
            assert picture.size == (int(meta["og:image:width"]), int(meta["og:image:height"])) == (1200, 630)
            drawn = picture.convert("RGB")
        left, top, right, bottom = _inked(drawn)
        # much of it is used, with a margin all around: nothing runs out of the picture
        assert 60 <= left <= 80 and 40 <= top <= 140 and 900 <= right <= 1135 and 400 <= bottom <= 590, path


def _inked(picture: Image.Image) -> tuple[int, int, int, int]:
    paper = Image.new("RGB", picture.size, picture.getpixel((0, 0)))
    box = ImageChops.difference(picture, paper).getbbox()
    assert box, "an empty picture"
    return box


def test_the_fonts_have_every_letter() -> None:
    for lang, page in EVERY:
        font = cards._font(lang, 20, 400)
        assert not _missing(_said(lang, page)[0], [font]), (lang, page)
    fonts = [cards._font("en", 20, 400), *(ImageFont.truetype(name, 20) for name in cards.FIGURE_FONTS)]
    for name in figures.names():
        assert not _missing("".join(re.findall(r"<text[^>]*>([^<]*)</text>", figures.svg(name))), fonts), name


def _missing(text: str, fonts: list[ImageFont.FreeTypeFont]) -> set[str]:
    """The letters for which every font has only its sign for "no such letter"."""
    return {
        letter
        for letter in set(text) - {" "}
        if all(bytes(font.getmask(letter)) == bytes(font.getmask("\U0010fffd")) for font in fonts)
    }


def test_lines_end_where_a_reader_expects() -> None:
    font = cards._font("ja", 60, 700)
    assert wrap("複雑な計算グラフ（理論編）", "ja", font, 600) == ["複雑な", "計算グラフ（理論編）"]
    assert wrap("다섯 가지 계산 그래프", "ko", font, 400) == ["다섯 가지", "계산 그래프"]
    assert wrap("What stage 2 has built", "en", font, 400) == ["What stage 2", "has built"]
    assert wrap("バックプロパゲーション", "ja", font, 600) is None


def test_no_line_begins_or_ends_with_the_wrong_sign() -> None:
    for title in (
        "畳み込み層（CNN）・プーリング",
        "ニューラルネットワークの学習（その1）",
        "「微分」、そして「勾配」。",
    ):
        parts = break_points(title, "ja")
        assert "".join(parts) == title
        assert len(parts) > 1
        assert not [part for part in parts if part[0] in "、。・）」" or part[-1] in "（「"]


def test_a_picture_shows_how_far_the_reader_is() -> None:
    first, last = (Image.open(BytesIO(cards.png(replace(CARD, step=step)))) for step in (1, 60))
    done = [
        sum(picture.crop((60, 560, 480, 576)).histogram()[cards._colour("forward") :][:1]) for picture in (first, last)
    ]
    assert done[1] == 60 * done[0] > 0


def test_a_title_without_room_is_refused() -> None:
    with pytest.raises(ValueError, match=r"関数の連結.*: too long for the picture"):
        cards.png(replace(CARD, title="関数の連結" * 12))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sitemap_lists_every_page_in_every_language(site: Path, address: str, lang: str) -> None:
    listed = {
        entry.findtext("s:loc", None, SITEMAP): {
            link.attrib["hreflang"]: link.attrib["href"] for link in entry.iterfind("x:link", SITEMAP)
        }
        for entry in ElementTree.parse(site / lang / "sitemap.xml").getroot()
    }
    for page in [*PAGES, *REFERENCE]:
        expected = {other: f"{address}{_address(other, page)}" for other in LANGUAGES}
        default = address if page == Path("index.md") else expected["en"]
        assert listed[expected[lang]] == expected | {"x-default": default}


def test_the_root_leads_search_engines_and_language_models_on(site: Path, address: str) -> None:
    index = ElementTree.parse(site / "sitemap.xml").getroot()
    assert [loc.text for loc in index.iterfind("s:sitemap/s:loc", SITEMAP)] == [
        f"{address}{lang}/sitemap.xml" for lang in LANGUAGES
    ]
    assert f"Sitemap: {address}sitemap.xml\n" in (site / "robots.txt").read_text(encoding="utf-8")
    text = (site / "llms.txt").read_text(encoding="utf-8")
    assert text.startswith("# dezero_lite\n\n> ")
    assert re.findall(r"\]\((.*?)\)", text) == [f"{address}{lang}/llms.txt" for lang in LANGUAGES]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_language_models_get_every_page_as_markdown(site: Path, address: str, lang: str) -> None:
    text = (site / lang / "llms.txt").read_text(encoding="utf-8")
    words = labels(lang)
    assert text.startswith(f"# {words['site_name']}\n\n> {words['site_description']}\n\n")
    sections = re.findall("^## (.*)", text, re.MULTILINE)
    assert sections and set(sections) <= {part.titles.get(lang) for part in COURSE.parts}
    entries = re.findall(r"^- \[(.*)\]\((.*?)\): (.*)$", text, re.MULTILINE)
    expected = {
        (title, f"{address}{lang}/{page.as_posix()}", said) for page in PAGES for title, said in [_said(lang, page)]
    }
    assert len(entries) == len(set(entries)) and set(entries) >= expected


def test_the_markdown_is_the_source_and_its_links_lead_on(site: Path, address: str) -> None:
    for lang, page in EVERY:
        text = (site / lang / page).read_text(encoding="utf-8")
        source = (ROOT / "docs" / lang / page).read_text(encoding="utf-8")
        for made in ("reference/index", "glossary", "symptoms"):  # as HTML only
            shown = f"({made.removesuffix('index').rstrip('/')}/"
            source = re.sub(rf"\({made}\.md(?=[)#])", shown, source)
        assert text == re.sub(r"\.ipynb(?=[)#])", ".md", source)
        for link in re.findall(r"\]\(([^)\s#:]+)[)#]", re.sub(r"```.*?```", "", text, flags=re.DOTALL)):
            target = site / lang / page.parent / link
            assert (target / "index.html" if link.endswith("/") else target).is_file(), (lang, page, link)


def test_nothing_names_another_host(site: Path, address: str) -> None:
    known = (address, *SITEMAP.values())
    for name in ("sitemap.xml", "llms.txt", "robots.txt"):
        for path in site.rglob(name):
            assert all(url.startswith(known) for url in re.findall(r"https?://[^\s\"<)]+", path.read_text("utf-8"))), (
                path
            )
    for lang, page in EVERY:
        meta = _head(site, _address(lang, page)).meta
        assert not [value for value in meta.values() if "://" in value and not value.startswith(address)], (lang, page)


def test_robots_txt_is_made_only_where_it_is_read() -> None:
    for address, made in (("https://example.org/", True), ("https://example.org/book/", False)):
        config = _config(address)
        sharing.on_config(config)
        assert ("robots.txt" in config.theme.static_templates) == made
        assert "llms.txt" in config.theme.static_templates


def test_who_builds_for_this_machine_only_is_told(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "mkdocs"):
        sharing.on_config(_config("https://example.org/"))
        assert not caplog.messages
        sharing.on_config(_config("http://127.0.0.1:8000/"))
    assert caplog.messages == [
        "The pages give http://127.0.0.1:8000/ as their address; before you publish them, set SITE_URL"
    ]


@pytest.mark.parametrize(
    ("name", "source", "where"),
    [
        ("a.md", "# A\n", "front matter: description: …"),
        ("a.ipynb", '{"metadata": {}}', 'metadata, as "description"'),
    ],
)
def test_a_page_without_description_is_warned_of(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, name: str, source: str, where: str
) -> None:
    (tmp_path / name).write_text(source, encoding="utf-8")
    config = _config("http://127.0.0.1:8000/")
    set_context(config, "ko")
    page = SitePage(None, File(name, str(tmp_path), "site", True), config)
    page.meta = {}
    with caplog.at_level(logging.WARNING, "mkdocs"):  # which fails a strict build
        sharing.on_page_markdown("# A", page, config, Files([]))
    assert caplog.messages == [f"{name} has no description; say in one sentence what it is about, in its {where}"]


def test_serving_draws_no_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "_pictures", lambda *_: [("a.png", b"")])
    config = _config("http://127.0.0.1:8000/")
    config.plugins._current_plugin = "sharing"
    for serving, expected in ((True, []), (False, ["a.png"])):
        monkeypatch.setattr(SITE, "serving", serving)
        files = Files([])
        sharing.on_env(Environment(), config, files)
        assert [file.src_uri for file in files] == expected


def _config(address: str) -> MkDocsConfig:
    config = MkDocsConfig()
    config.load_dict({"docs_dir": "docs", "site_dir": "site", "site_name": "", "site_url": address, "extra": {}})
    assert config.validate() == ([], [])
    set_context(config)
    return config
