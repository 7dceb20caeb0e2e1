"""How the pages of ``docs/`` become a site (``make docs``): Sphinx reads the same Markdown that the repository shows."""

from __future__ import annotations

import base64
import hashlib
import html
import re
import tomllib
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

ROOT = Path(__file__).parents[2]
PAGES = {
    "Reading it": ["readers", "library", "api", "exports", "sheets", "data-dictionary", "neutrality", "thin"],
    "Correcting it": ["corrections", "editing", "translating", "method", "method-ground"],
    "Running it, building on it": ["developers", "glossary", "decisions", "points", "serving", "reliability", "speed"],
}
"""The side bar. A page of ``docs/`` that stands nowhere in it fails the build."""

project = "Ceasefire Atlas"
release = str(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])
language = "en"
extensions = ["myst_parser"]
exclude_patterns = ["web"]
myst_heading_anchors = 3
nitpicky = True
highlight_language = "none"
smartquotes = False

html_theme = "furo"
html_title = project
html_favicon = "../../layers/map/frontend/icon.svg"
html_css_files = ["atlas.css"]
html_static_path = ["static"]
html_copy_source = False
html_show_sourcelink = False
html_show_copyright = False
html_use_index = False
html_permalinks_icon = "#"
# The lines of text that a search shows would be fetched, which a browser refuses to a page opened from disk.
html_show_search_summary = False
_LIGHT = {
    "color-background-primary": "#fffefb",
    "color-background-secondary": "#f6f4ee",
    "color-background-hover": "#eceae3",
    "color-background-border": "#d8d4c9",
    "color-foreground-primary": "#23211d",
    "color-foreground-secondary": "#5b574e",
    "color-foreground-muted": "#5b574e",
    "color-foreground-border": "#77726a",
    "color-brand-primary": "#6d2354",
    "color-brand-content": "#1b4f85",
    "color-brand-visited": "#6d2354",
    "color-inline-code-background": "#f6f4ee",
}
"""The colours of ``layers/map/frontend/css/atlas.css``, under furo's names."""
_DARK = {
    "color-background-primary": "#191815",
    "color-background-secondary": "#211f1b",
    "color-background-hover": "#2d2a25",
    "color-background-border": "#3d3932",
    "color-foreground-primary": "#e9e6de",
    "color-foreground-secondary": "#b9b4a8",
    "color-foreground-muted": "#b9b4a8",
    "color-brand-primary": "#dba3c6",
    "color-brand-content": "#93bfe8",
    "color-brand-visited": "#dba3c6",
    "color-inline-code-background": "#211f1b",
}
html_theme_options = {
    "light_css_variables": _LIGHT,
    "dark_css_variables": _DARK,
    "footer_icons": [],
    "top_of_page_buttons": [],
}

FIXES = {
    '<p class="caption" role="heading">': '<p class="caption" role="heading" aria-level="2">',
    '<aside class="sidebar-drawer">': '<aside class="sidebar-drawer" aria-label="All pages">',
    '<div class="table-wrapper': '<div tabindex="0" role="group" aria-label="Table" class="table-wrapper',
}
"""A heading needs a level, two side bars need names, and a table that scrolls sideways must take the focus."""


def setup(app: Sphinx) -> None:
    """Add what Sphinx has no setting for."""
    app.connect("source-read", add_contents)
    app.connect("html-page-context", describe)
    app.connect("build-finished", finish)


def add_contents(_app: Sphinx, name: str, source: list[str]) -> None:
    """Give the start page its table of contents, which would be clutter where the repository shows that page."""
    if name == "index":
        for caption, pages in PAGES.items():
            source[0] += "\n".join(["", "```{toctree}", ":hidden:", f":caption: {caption}", "", *pages, "```", ""])


def describe(_app: Sphinx, name: str, _template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Describe each page to a search engine by its own first paragraph."""
    paragraphs = doctree.findall(nodes.paragraph) if doctree else []
    first = next((text for text in paragraphs if isinstance(text.parent, nodes.section)), None)
    text = " ".join(first.astext().split()) if first else f"{name.capitalize()}: {project}"
    context["metatags"] = context.get("metatags", "") + f'<meta name="description" content="{html.escape(text)}">'


def finish(app: Sphinx, failure: Exception | None) -> None:
    """Fix and lock each page as it was written."""
    for page in [] if failure else Path(app.outdir).rglob("*.html"):
        page.write_text(locked(reachable(page.read_text(encoding="utf-8"))), encoding="utf-8")


def reachable(text: str) -> str:
    """Add what assistive technology and the keyboard need and furo leaves out."""
    for written, fixed in FIXES.items():
        text = text.replace(written, fixed)
    return text


def locked(text: str) -> str:
    """Allow a page its own files and the scripts within it, by their hashes, and nothing from elsewhere."""
    inline = re.findall(r"<script>(.*?)</script>", text, flags=re.DOTALL)
    digests = {base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in inline}
    scripts = " ".join(["'self'", *(f"'sha256-{digest}'" for digest in sorted(digests))])
    policy = (
        f"default-src 'none'; script-src {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'self'"
    )
    meta = f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">'
    return text.replace('<meta charset="utf-8">', meta, 1)
