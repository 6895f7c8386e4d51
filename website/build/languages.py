"""Builds the languages: after the landing page, one complete site for each into a folder of the same output.

A language's site is a build of its own (docs_dir, theme language, address, search index), so that search stays in
the language and every plugin sees an ordinary site. `mkdocs build` builds all of them afresh. `mkdocs serve` keeps
each in .cache/site and builds again only those whose files changed.
"""

import logging
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from html import escape
from importlib import import_module
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import BuildError
from mkdocs.structure.files import File, Files
from mkdocs.utils.yaml import yaml_load

from doccheck import NOTEBOOK, SITE, pages_below
from website.build.parallel import CapturedLog, build_parallel
from website.context import KEY, SiteContext, context_of
from website.course import check_titles, read_course
from website.paper.articles import Articles
from website.search.notes import SearchNotes
from website.serve.digests import language_digest, tool_digest
from website.serve.memory import Memory
from website.words.labels import all_labels, labels

THEME_UNUSED = ("assets/javascripts/lunr/", "assets/javascripts/workers/")  # our search has a worker of its own
THEME_ASSETS = ("assets/javascripts/", "assets/stylesheets/", "assets/images/")

FAILURE = """<!doctype html>
<html lang="{lang}">
<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>{title}</title>
<body style="font-family: system-ui; margin: 2rem auto; max-width: 60rem; padding: 0 1rem">
<h1>{title}</h1><p>{advice}</p><pre lang="en" style="white-space: pre-wrap">{text}</pre>
</body></html>
"""

log = logging.getLogger("mkdocs.website.languages")

Maker = Callable[[MkDocsConfig, str, CapturedLog], None]


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Give a language its navigation and its words; leave the landing build nothing but the landing page."""
    if KEY not in config.extra:
        config.extra[KEY] = SiteContext(
            languages=config.extra["languages"],
            root_url=config.site_url or "",
            docs=Path(config.docs_dir),
            course=read_course(Path(config.config_file_path).parent),
        )
        check_titles(context_of(config).course, config.extra["languages"])
        config.nav = ["index.md"]
        return config
    site = context_of(config)
    config.nav = site.course.nav(Path(config.docs_dir), site.lang)
    config.mdx_configs.setdefault("toc", {})["permalink_title"] = site.words["permalink"]
    config.mdx_configs.setdefault("footnotes", {})["BACKLINK_TITLE"] = site.words["footnote_back"]
    return config


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Let the templates ask what the build knows, and for every language's words."""
    env.globals["site"] = context_of(config)
    env.globals["all_words"] = all_labels()
    return env


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Put the shared assets, which lie outside the language's folder, into its site; leave out what none loads."""
    site = context_of(config)
    unused = THEME_ASSETS if site.is_landing else THEME_UNUSED  # the landing page loads only our own
    for file in list(files):
        if file.src_uri.startswith(unused) or file.src_uri.endswith(".map") or _is_template(file, config):
            files.remove(file)
    for path in [] if site.is_landing else sorted((site.docs / "assets").rglob("*")):
        if path.is_file() and path.suffix in {".css", ".js", ".svg"}:
            name = path.relative_to(site.docs).as_posix()
            files.append(File(name, str(site.docs), config.site_dir, config.use_directory_urls))
    return files


def _is_template(file: File, config: MkDocsConfig) -> bool:
    """Say whether a file is one of our templates: MkDocs publishes those as they are written that it does not fill."""
    source = file.abs_src_path
    return source is not None and Path(source).is_relative_to(config.theme.dirs[0])


def on_post_build(config: MkDocsConfig) -> None:
    """After the landing page, build every language; report all that fail, not only the first."""
    site = context_of(config)
    if not site.is_landing:
        return
    languages = site.languages
    if SITE.serving:
        for lang in languages:
            _fails(_serve_language, config, lang)  # raising would end the server
        return
    if sys.platform == "linux" and hasattr(os, "fork"):
        if _has_notebooks(site.docs):
            import_module("mkdocs_jupyter.plugin")  # a second's work, once: before each language has a process
        failed = build_parallel(partial(_fails, _build_language, config), languages)
    else:
        failed = [lang for lang in languages if _fails(_build_language, config, lang)]
    if failed:
        raise BuildError(f"could not build: {', '.join(failed)}")


def _fails(make: Maker, root: MkDocsConfig, lang: str) -> bool:
    with CapturedLog() as messages:
        try:
            make(root, lang, messages)
        except (Exception, SystemExit) as error:  # MkDocs' Abort is a SystemExit
            log.error("%s: %s", lang, error)
            _write_failure(root, lang, messages)
            return True
    return False


def _build_language(root: MkDocsConfig, lang: str, messages: CapturedLog) -> None:
    log.info("Building %s", lang)
    build(_language_config(root, lang, Path(root.site_dir, lang)))


def _serve_language(root: MkDocsConfig, lang: str, messages: CapturedLog) -> None:
    """Copy the language's site from the cache, building it first if any of its files changed."""
    cached = Path(root.config_file_path).parent / ".cache" / "site" / lang
    stamp = cached.with_suffix(".signature")
    now = language_digest(root, lang)
    if not (stamp.is_file() and stamp.read_text() == now):
        stamp.unlink(missing_ok=True)  # an interrupted build must not pass for a good one
        log.info("Building %s", lang)
        memory = Memory(cached.with_suffix(".memory"), tool_digest(root))
        config = _language_config(root, lang, cached)
        context_of(config).memory = memory
        build(config)
        memory.save()
        if not messages.texts:  # a site with warnings is shown but not kept: they should be seen again
            stamp.write_text(now)
    shutil.copytree(cached, Path(root.site_dir, lang), dirs_exist_ok=True)


def _language_config(root: MkDocsConfig, lang: str, site_dir: Path) -> MkDocsConfig:
    """The configuration file once more, with what differs in this language."""
    written: dict[str, Any] = _written(root)
    words = labels(lang)
    theme = written["theme"] | {"language": lang}
    plugins = written["plugins"]
    if _has_notebooks(Path(root.docs_dir, lang)):
        plugins.append({"mkdocs-jupyter": written["extra"]["notebooks"]})  # only here: loading it takes a second
    for option in theme["palette"]:
        option["toggle"]["name"] = words[option["toggle"]["name"]]
    context = replace(
        context_of(root), lang=lang, words=words, bundled={}, signs=set(), search=SearchNotes(), articles=Articles()
    )
    return load_config(
        root.config_file_path,
        docs_dir=str(Path(root.docs_dir, lang)),
        site_dir=str(site_dir),
        site_url=f"{root.site_url}{lang}/",
        edit_uri=f"edit/main/docs/{lang}/" if root.repo_url else None,
        site_name=words["site_name"],
        site_description=words["site_description"],
        theme=theme,
        plugins=plugins,
        extra=written["extra"] | {"labels": words, KEY: context},
        strict=False,  # the root build counts the warnings of all languages and fails once, after the last
    )


def _has_notebooks(folder: Path) -> bool:
    return any(page.suffix == NOTEBOOK for page in pages_below(folder))


def _written(root: MkDocsConfig) -> dict[str, Any]:
    """The configuration file as it is written, before MkDocs makes plugins and the like of it."""
    with Path(root.config_file_path).open("rb") as file:
        return yaml_load(file)


def _write_failure(root: MkDocsConfig, lang: str, messages: CapturedLog) -> None:
    """Show the failure in the place of each page, so that whoever serves sees it where she is, and it reloads."""
    words = labels(lang)
    html = FAILURE.format(
        lang=lang,
        title=escape(words["build_failed"]),
        advice=escape(words["build_failed_advice"]),
        text=escape("\n\n".join(messages.texts)),
    )
    for source in pages_below(Path(root.docs_dir, lang)):
        name = source.relative_to(Path(root.docs_dir, lang)).with_suffix("")
        folder = Path(root.site_dir, lang, name.parent if name.stem == "index" else name)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "index.html").write_text(html, encoding="utf-8")
