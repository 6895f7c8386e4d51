"""What links, search engines and language models learn of a page: description, picture, Markdown source, llms.txt.

The tags are in website/theme/partials/sharing.html; sitemap.xml, llms.txt and robots.txt are templates beside it.
"""

import json
import logging
import re
from collections.abc import Iterator
from functools import partial
from html import escape
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from doccheck import NOTEBOOK, SITE
from figures import registry as figures
from website.context import SiteContext, context_of
from website.pages.titles import plain_title
from website.words.labels import all_labels

LOCALES = {"ja": "ja_JP", "ko": "ko_KR", "en": "en_US"}
FIGURE = re.compile(r"!\[([^\]]*)\]\([^)\s]*figures/(\w+)\.svg")
NOTEBOOK_LINK = re.compile(r"(\]\([^)\s:]*)\.ipynb(?=[)#])")
LOOKUP_LINK = re.compile(r"(\]\((?:\.\./)*(?:glossary|symptoms))\.md(?=[)#])")
REFERENCE_LINK = re.compile(r"(\]\([^)\s:]*\breference/)(?:index|(\w+))\.md(?=[)#])")

log = logging.getLogger("mkdocs.website.sharing")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Ask for more files than MkDocs makes by itself; say so if every page will claim to be on this machine."""
    config.theme.static_templates.add("llms.txt")
    if context_of(config).is_landing:
        address = urlsplit(config.site_url)
        if address.path == "/":
            config.theme.static_templates.add("robots.txt")  # nobody reads it in a folder of a host
        if address.hostname in ("127.0.0.1", "localhost") and not SITE.serving:
            log.info("The pages give %s as their address; before you publish them, set SITE_URL", config.site_url)
    return config


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Warn of a page without a description: a search engine would make one up, and a shared link would have none."""
    path = Path(page.file.abs_src_path or "")
    where = "front matter: description: …"
    if path.suffix == NOTEBOOK:  # front matter would show in Jupyter
        where = 'metadata, as "description"'
        verdict = SITE.verdict(page.file.abs_src_path)
        if not (verdict and verdict.page.unreadable):
            page.meta["description"] = json.loads(path.read_text("utf-8"))["metadata"].get("description")
    if not context_of(config).is_landing and not page.meta.get("description"):
        log.warning("%s has no description; say in one sentence what it is about, in its %s", page.file.src_uri, where)
    return markdown


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Let templates ask for a page's address in each language; draw the pictures, now that every title is known.

    `mkdocs serve` leaves the pictures out, for nobody shares its links.
    """
    env.globals["addresses"] = partial(_addresses, context_of(config))
    if not SITE.serving:
        for uri, picture in _pictures(config, files):
            files.append(File.generated(config, uri, content=picture))
    return env


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> dict[str, Any]:
    """Tell the template what a shared link shows."""
    site = context_of(config)
    lang = site.lang
    said = (page.meta.get("description") or "") if lang else " / ".join(all_labels()["site_description"].values())
    page.meta["description"] = escape(said)  # the theme writes it into an attribute as it is
    figure = FIGURE.search(page.markdown or "")
    locales = [LOCALES[code] for code in sorted(site.languages, key=lambda code: code != (lang or "en"))]
    context["sharing"] = {
        "title": plain_title(page),
        "picture": f"{config.site_url}{_picture(page)}",
        "alt": f"{plain_title(page)} – {figure[1] if figure else config.site_name if lang else said}",
        "locales": locales,
    }
    return context


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Write the page's Markdown to where its relative links lead to that of the other pages."""
    verdict = SITE.verdict(page.file.abs_src_path)
    if verdict and not context_of(config).is_landing:
        target = Path(config.site_dir, page.file.src_uri).with_suffix(".md")
        target.parent.mkdir(parents=True, exist_ok=True)
        text = NOTEBOOK_LINK.sub(r"\1.md", verdict.page.text)  # a notebook's Markdown has another name than its file
        text = REFERENCE_LINK.sub(lambda link: link[1] + (f"{link[2]}/" if link[2] else ""), text)  # made as HTML only
        text = LOOKUP_LINK.sub(r"\1/", text)
        target.write_text(text, encoding="utf-8", newline="\n")
    return output


def on_post_build(config: MkDocsConfig) -> None:
    """Draw the figures before the languages are built, for they do not differ in them."""
    if not SITE.serving and context_of(config).is_landing:
        from website.sharing import cards

        found = [FIGURE.search(verdict.page.text) for verdict in SITE.verdicts.values()]
        shown = {match[2] for match in found if match}
        for name in figures.names():
            drawn = figures.svg(name)
            if name in shown:
                cards.figure(drawn)


def _addresses(site: SiteContext, page: Page) -> dict[str, str]:
    """The page in each language: for search engines, and for the switcher of languages."""
    path = page.url if page.url != "./" else ""
    addresses = {lang: f"{site.root_url}{lang}/{path}" for lang in site.languages}
    # Whoever reads none of the three is led to the landing page, or to the English page where there is no choice.
    return addresses | {"x-default": addresses["en"] if path else site.root_url}


def _pictures(config: MkDocsConfig, files: Files) -> Iterator[tuple[str, bytes]]:
    from website.sharing import cards  # late: it loads fonts and the like, and serving needs none of it

    site = context_of(config)
    steps = {step.file: step.step for step in site.course.steps}
    for page in (file.page for file in files.documentation_pages() if file.page):
        if site.is_landing:
            yield _picture(page), cards.landing_png(plain_title(page), all_labels()["landing_line"])
            continue
        drawn = FIGURE.search(page.markdown or "")
        card = cards.Card(
            lang=site.lang,
            site=config.site_name,
            title=plain_title(page),
            stage=page.parent.title if page.parent else "",
            step=steps.get(page.file.src_uri) or 0,
            steps=len(steps),
            figure=figures.svg(drawn[2]) if drawn else "",
        )
        yield _picture(page), cards.png(card)


def _picture(page: Page) -> str:
    return "social/" + str(PurePosixPath(page.file.src_uri).with_suffix(".png"))
