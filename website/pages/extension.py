"""What this site makes of Markdown beyond its extensions, while a page is still a tree: outputs, formulas, tables,
links to other sites, and titles of boxes that state none. doccheck writes the values.
"""

import re
from functools import partial
from html import escape, unescape
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, STX
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from pymdownx.superfences import highlight_validator

from website.context import SiteContext, context_of
from website.pages.maths import FormulaError, formula_html

LATEX = re.compile(r"\\[(\[](.*?)\\[)\]]", re.DOTALL)  # as arithmatex leaves it
AFTER_TITLES = 0.5  # below MkDocs' own processors, which read titles of the tree and want no formula in them
PLACEHOLDER = f"{STX}formula:{{}}{ETX}"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Add this extension, and the formats of fences, to those of mkdocs.yml."""
    site = context_of(config)
    config.markdown_extensions.append(SiteExtension(site))
    if not site.is_landing:
        fences = config.mdx_configs.setdefault("pymdownx.superfences", {}).setdefault("custom_fences", [])
        for name in ("text", "console"):
            written = partial(_fence, words=site.words)
            fences.append({"name": name, "class": "", "format": written, "validator": highlight_validator})
    return config


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Note which page is rendered, for messages."""
    context_of(config).page = page.file.src_uri
    return markdown


def _fence(
    source: str, language: str, css_class: str, options: Any, md: Markdown, *, words: dict[str, str], **kwargs: Any
) -> str:
    """Format what is printed as usual, without a copy button: a reader copies code. A screen reader says what it is."""
    highlight = md.preprocessors["fenced_code_block"].highlight
    html: str = highlight(src=source, language=language, options=options, md=md, **kwargs)
    kind = next((name for name in kwargs["classes"] or [] if name in ("output", "error")), None)
    if kind is None and language != "console":
        return html
    role = f' role="group" aria-label="{words[kind]}"' if kind else commands(source)
    return html.replace(' highlight">', f' highlight no-copy"{role}>', 1)


def commands(source: str, prompt: str = "$ ") -> str:
    """Return an attribute with the commands of a console, for the button that copies them; "" where there are none."""
    typed = [line.removeprefix(prompt) for line in source.splitlines() if line.startswith(prompt)]
    text = escape("\n".join(typed)).replace("\n", "&#10;")
    return f' data-commands="{text}"' if typed else ""


class SiteExtension(Extension):  # type: ignore[misc]  # Markdown has no types
    """The extension of one build; Markdown asks it to register anew for each page."""

    def __init__(self, site: SiteContext) -> None:
        super().__init__()
        self._site = site

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # Markdown's name
        """Register what works on the tree, and what puts formulas in at the end."""
        formulas = _Formulas(md)
        md.treeprocessors.register(_SiteTree(md, self._site, formulas), "site", AFTER_TITLES)
        md.postprocessors.register(formulas, "site_formulas", 0)


class _Formulas(Postprocessor):  # type: ignore[misc]  # Markdown has no types
    """Holds the place of each formula in the tree until its MathML stands in the text; MathML is no Markdown."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self._written: list[str] = []

    def keep(self, html: str) -> str:
        """Return what stands for a formula's HTML."""
        self._written.append(html)
        return PLACEHOLDER.format(len(self._written) - 1)

    def run(self, text: str) -> str:
        """Put the formulas into the text."""
        for number, html in enumerate(self._written):
            text = text.replace(PLACEHOLDER.format(number), html)
        return text


class _SiteTree(Treeprocessor):  # type: ignore[misc]  # Markdown has no types
    def __init__(self, md: Markdown, site: SiteContext, formulas: _Formulas) -> None:
        super().__init__(md)
        self._site = site
        self._formulas = formulas
        self._faults: list[str] = []

    def run(self, root: Element) -> None:
        """Change the tree. Raises PluginError for what cannot be written, all of a page at once."""
        pairs = [(parent, child) for parent in root.iter() for child in parent]
        for parent, child in pairs:
            classes = (child.get("class") or "").split()
            if "arithmatex" in classes:
                self._set_formula(parent, child)
            elif child.tag == "table" and not child.attrib:
                _give_box(parent, child)
            elif child.tag == "a" and re.match("https?://", child.get("href", "")):
                _mark_outside(child)
            elif child.tag == "div" and len(classes) == 2 and classes[0] == "admonition":
                self._translate_title(child, classes[1])
        if self._faults:
            raise PluginError("\n".join(f"{self._site.page}: {fault}" for fault in self._faults))

    def _set_formula(self, parent: Element, child: Element) -> None:
        found = LATEX.fullmatch(child.text or "")
        try:
            latex = unescape(found[1]).strip() if found else ""  # escaped, as arithmatex leaves it in some places
            html = formula_html(latex, display=child.tag == "div")
        except FormulaError as error:
            self._faults.append(str(error))
            return
        text = self._formulas.keep(html) + (child.tail or "")
        index = list(parent).index(child)
        if index:
            parent[index - 1].tail = (parent[index - 1].tail or "") + text
        else:
            parent.text = (parent.text or "") + text
        parent.remove(child)

    def _translate_title(self, box: Element, kind: str) -> None:
        """Put a title that Markdown made from the box's kind into the page's language; a title of its own stays."""
        title = box.find("p")
        if title is None or title.get("class") != "admonition-title" or title.text != kind.capitalize():
            return
        if f"admonition_{kind}" in self._site.words:
            title.text = self._site.words[f"admonition_{kind}"]
        else:
            self._faults.append(f"website/words/labels.yml has no admonition_{kind}")


def _give_box(parent: Element, table: Element) -> None:
    """Let a wide table scroll in a box of its own."""
    box = Element("div", {"class": "table"})
    box.tail, table.tail = table.tail, None
    parent[list(parent).index(table)] = box
    table.set("class", "data")
    box.append(table)


def _mark_outside(link: Element) -> None:
    """Tell a link to another site apart here, for the theme makes all addresses complete."""
    classes = ["outside", link.attrib.pop("class", "")]
    given = dict(link.attrib)
    link.attrib.clear()
    link.attrib.update({"class": " ".join(classes).strip()} | given)
