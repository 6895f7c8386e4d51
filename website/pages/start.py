"""Writes how to begin into the home page: a box for each system, with the address of this very site in its commands.

The home page says `<!-- start -->` where the boxes belong. Where the site has no address of its own yet, the commands
name the wheel's file, which the reader downloads first.
"""

import tomllib
from html import escape
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from website.build.offline import NAME
from website.build.packages import FOLDER, sources_name, wheel_name
from website.context import SiteContext, context_of
from website.paper.pdf import pdf_name

MARKER = "<!-- start -->"
UNPUBLISHED = "http://127.0.0.1:8000/"  # what mkdocs.yml says where SITE_URL is not set
POSIX = ("python3 -m venv dezero", "dezero/bin/python -m pip install {wheel}", "dezero/bin/python")
BOXES = {
    "windows": ("py -m venv dezero", r"dezero\Scripts\python -m pip install {wheel}", r"dezero\Scripts\python"),
    "macos": POSIX,
    "linux": POSIX,
    "jupyter": ("%pip install {wheel}", "import dezero_lite"),
}


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Put the boxes in, before the search reads the page: readers look for how to install."""
    root = Path(config.config_file_path).parent
    wheel = wheel_name(root)
    if MARKER not in html or wheel is None:
        return html
    site = context_of(config)
    python = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["requires-python"].strip(">= ")
    boxes = "".join(_box(name, lines, site, wheel, python) for name, lines in BOXES.items())
    return html.replace(MARKER, f'<div class="start">{boxes}</div>{_below(site, wheel, sources_name(root))}')


def _box(name: str, lines: tuple[str, ...], site: SiteContext, wheel: str, python: str) -> str:
    words = site.words
    how = words[f"start_{name}_how"].format(python=python)
    first = "" if _address(site) else words[f"start_{'upload' if name == 'jupyter' else 'download'}"].format(file=wheel)
    code = escape("\n".join(lines).format(wheel=f"{_address(site)}{wheel}"))
    commands = code.replace("\n", "&#10;")
    said = "</p><p>".join(escape(text) for text in (how, first) if text)
    return (
        f"<section><p><strong>{escape(words[f'start_{name}'])}</strong></p><p>{said}</p>"
        f'<div class="language-console highlight no-copy" data-commands="{commands}">'
        f"<pre><code>{code}\n</code></pre></div></section>"
    )


def _below(site: SiteContext, wheel: str, sources: str) -> str:
    """What is to be downloaded, and how the labs get what they need."""
    labs = f'"dezero-lite[labs] @ {_address(site)}{wheel}"' if _address(site) else f'"{wheel}[labs]"'
    links = {
        "wheel": f'<a href="../{FOLDER}/{wheel}" download>{wheel}</a>',
        "sources": f'<a href="../{FOLDER}/{sources}" download>{escape(site.words["start_sources_link"])}</a>',
        "labs": f"<code>{escape(labs)}</code>",
    }
    shown, online = ["wheel", "labs", "sources"], []
    if site.printer:
        name = pdf_name(site.lang)
        links["pdf"] = f'<a href="{name}" download>{escape(site.words["start_pdf_link"])}</a>'
        online.append("pdf")
    if site.offline:
        links["offline"] = f'<a href="../{FOLDER}/{NAME}" download>{escape(site.words["start_offline_link"])}</a>'
        online.append("offline")
    told = [f"<p>{site.words[f'start_{key}'].format(**links)}</p>" for key in shown]
    told += [f'<p class="for-online">{site.words[f"start_{key}"].format(**links)}</p>' for key in online]
    return "".join(told)


def _address(site: SiteContext) -> str:
    """Where the wheel is, for commands; empty where the site has no address of its own."""
    return "" if site.root_url == UNPUBLISHED else f"{site.root_url}{FOLDER}/"
