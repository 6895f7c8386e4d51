"""Prints all stages of a language as one PDF, where PDF=1 asks for it and there is a Chromium.

Chromium cannot write into a page on which sheet something stands. So it prints twice: from the first print comes the
number of each sheet, for the second.
"""

import logging
import os
import re
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from mkdocs.config.defaults import MkDocsConfig

from doccheck import SITE
from website.build.browser import BROWSERS, find_browser
from website.context import context_of
from website.paper.stages import booklet, parts_with_steps, put_together

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
)
PRINTED = "print.html"  # while Chromium reads it, beside what it loads
NUMBER = re.compile(r'(<span class="paper-page" data-of="([^"]*)">)(</span>)')
UNKNOWN = "000"  # as wide as most, or the lines would break elsewhere in the second print
SECONDS = 900

log = logging.getLogger("mkdocs.website.paper")


class PrintError(Exception):
    """Chromium has printed nothing."""


def pdf_name(lang: str) -> str:
    """Return the name of a language's PDF, which lies beside its home page."""
    return f"dezero_lite-{lang}.pdf"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Look once, before any language is built, whether there will be PDFs, for pages lead to them."""
    site = context_of(config)
    if site.is_landing and os.environ.get("PDF") == "1" and not SITE.serving:
        site.printer = find_browser()
        if site.printer is None:
            log.info("No PDF: Chromium prints it, and none of %s is on PATH", ", ".join(BROWSERS))
    return config


def on_post_build(config: MkDocsConfig) -> None:
    """Print the language."""
    site = context_of(config)
    if site.is_landing or site.printer is None:
        return
    made = [put_together(site, part, whole=config.site_url) for part in parts_with_steps(site)]
    if bound := [stage for stage in made if stage]:
        html = booklet(config, config.site_name, bound, ".", f"{config.site_url}")
        data = printed(html, Path(config.site_dir), site.printer)
        Path(config.site_dir, pdf_name(site.lang)).write_bytes(data)


def printed(html: str, folder: Path, browser: str) -> bytes:
    """Return a booklet as a PDF, with the numbers of its sheets. folder: where it would lie. Raises PrintError."""
    first = _print(NUMBER.sub(rf"\g<1>{UNKNOWN}\g<3>", html), folder, browser)
    sheets = sheets_of({place for _, place, _ in NUMBER.findall(html)}, first)
    return _print(NUMBER.sub(lambda span: f"{span[1]}{sheets.get(span[2], '')}{span[3]}", html), folder, browser)


def sheets_of(places: set[str], pdf: bytes) -> dict[str, int]:
    """Return on which sheet of a PDF each place is, counted from 1; one to which no link leads is left out."""
    import pypdfium2  # late: few builds print, and it is a library of its own that would be loaded
    from pypdfium2 import raw

    document = pypdfium2.PdfDocument(pdf)
    found = {}
    for place in places:
        if target := raw.FPDF_GetNamedDestByName(document, place.encode()):
            found[place] = raw.FPDFDest_GetDestPageIndex(document, target) + 1
    document.close()
    return found


def _print(html: str, folder: Path, browser: str) -> bytes:
    page = folder / PRINTED
    with TemporaryDirectory() as own:
        target = Path(own, "printed.pdf")
        page.write_text(html, encoding="utf-8")
        command = [browser, *FLAGS, f"--user-data-dir={own}", f"--print-to-pdf={target}", page.resolve().as_uri()]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
        finally:
            page.unlink()
        if done.returncode or not target.is_file():
            raise PrintError(f"{browser} has printed nothing of {folder}: {done.stderr[-500:]}")
        return target.read_bytes()
