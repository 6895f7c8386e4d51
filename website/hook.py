"""The one hook of the site: for each event of MkDocs the passes, in the order in which they run.

README.md says why they stand in this order. doccheck's own hook comes before all of them.
"""

from mkdocs.plugins import CombinedEvent

from website.build import (
    bundle,
    editor,
    file_protocol,
    languages,
    maths_font,
    near,
    offline,
    packages,
    policy,
    templates,
)
from website.lookup import mentions
from website.pages import (
    checked_line,
    downloads,
    drawings,
    extension,
    inline_code,
    maths,
    numbers,
    particles,
    phrases,
    plots,
    roadmap,
    start,
)
from website.paper import pdf, stages
from website.play import publish
from website.reference import links
from website.search import index
from website.serve import render_cache, restart
from website.sharing import tags

on_config = CombinedEvent(
    languages.on_config,  # first: the others ask what it notes
    restart.on_config,
    links.on_config,
    extension.on_config,
    tags.on_config,
    maths_font.on_config,
    bundle.on_config,
    publish.on_config,
    pdf.on_config,
    offline.on_config,
)
on_files = CombinedEvent(
    links.on_files,
    mentions.on_files,
    plots.on_files,
    drawings.on_files,
    languages.on_files,
    editor.on_files,
    bundle.on_files,
)
on_nav = index.on_nav
on_pre_page = render_cache.on_pre_page
on_page_markdown = CombinedEvent(
    extension.on_page_markdown,
    drawings.on_page_markdown,
    tags.on_page_markdown,
)
on_page_content = CombinedEvent(
    links.on_page_content,
    mentions.on_page_content,
    maths.on_page_content,
    checked_line.on_page_content,
    start.on_page_content,
    plots.on_page_content,
    inline_code.on_page_content,
    numbers.on_page_content,
    particles.on_page_content,
)
on_env = CombinedEvent(
    templates.on_env,
    languages.on_env,
    render_cache.on_env,
    tags.on_env,
    stages.on_env,
)
on_page_context = CombinedEvent(
    index.before_the_theme,
    index.after_the_theme,
    drawings.on_page_context,
    roadmap.on_page_context,
    downloads.on_page_context,
    publish.on_page_context,
    tags.on_page_context,
    stages.on_page_context,
)
on_post_page = CombinedEvent(
    phrases.on_post_page,
    downloads.on_post_page,
    publish.on_post_page,
    tags.on_post_page,
    maths_font.on_post_page,
    policy.on_post_page,
)
on_post_template = policy.on_post_template
on_post_build = CombinedEvent(
    links.on_post_build,
    index.on_post_build,
    file_protocol.on_post_build,
    near.on_post_build,
    stages.on_post_build,
    maths_font.on_post_build,
    pdf.on_post_build,
    tags.on_post_build,
    packages.on_post_build,
    publish.on_post_build,
    languages.on_post_build,
    offline.on_post_build,
)
on_serve = restart.on_serve
