"""The map before the framework: the served page paints the map from its own small files, then starts Streamlit.

Streamlit's scripts and styles wait in a ``<template>``.  ``page.js`` (layers/map/frontend/src/early.ts) makes the map in
``#atlas-early`` and calls ``atlasStart``: first for the links, so that the files arrive while the map is drawn, then for
the rest.  Whatever goes wrong before that starts Streamlit at once, and its component makes the map.
"""

from __future__ import annotations

import re

from server.hashed_files import where

STYLES = ("leaflet.css", "atlas.css", "page.css")
SCRIPTS = ("leaflet.js", "ground.js")
ROOT = '<div id="root"></div>'
_TAG = re.compile(
    r'<script type="module"[^>]*></script>|<link\s+rel="(?:modulepreload|stylesheet|preload)"[^>]*>', flags=re.DOTALL
)
START = """
{
  // Streamlit's page stays blank with a stored theme that can't be read.
  try {
    for (const key of Object.keys(localStorage).filter((one) => one.startsWith("stActiveTheme"))) {
      try {
        JSON.parse(localStorage[key]);
      } catch {
        localStorage.removeItem(key);
      }
    }
  } catch {}
  const waiting = document.getElementById("streamlit").content;
  const put = (name, values) => {
    const tag = document.createElement(name);
    for (const [key, value] of values) tag.setAttribute(key, value);
    document.head.append(tag);
  };
  window.atlasStart = (links) => {
    for (const old of [...waiting.children]) {
      const values = [...old.attributes].map(({ name, value }) => [name, value]);
      if (links && old.localName === "script") {
        put("link", [["rel", "modulepreload"], ["href", old.getAttribute("src")], ["crossorigin", ""]]);
        continue;
      }
      old.remove();
      // Streamlit's own type is not used (.streamlit/config.toml).
      if (old.as !== "font") put(old.localName, values);
    }
  };
  addEventListener("error", () => window.atlasStart(), true);
}
"""
"""Starts Streamlit; called without an argument it starts all, also when any file or script of ours fails."""


def with_map(page: str, title: str, waiting: str) -> str | None:
    """Streamlit's page with the map before it; None where the page has not the shape that this needs.

    ``title`` stands in the bar, and ``waiting`` where the map will be; both are HTML.
    """
    tags = _TAG.findall(page)
    modules = [tag for tag in tags if tag.startswith("<script")]
    if len(modules) != 1 or page.count(ROOT) != 1 or page.count("</head>") != 1:
        return None
    for tag in tags:
        page = page.replace(tag, "")
    files = where()
    head = (
        *(f'<link rel="stylesheet" href="{files[name]}">' for name in STYLES),
        *(f'<script defer src="{files[name]}"></script>' for name in SCRIPTS),
        f'<script type="module" src="{files["page.js"]}"></script>',
        f'<template id="streamlit">{"".join(tags)}</template>',
        f"<script>{START}</script>",
    )
    early = f'<div id="atlas-early"><div class="atlas-early-bar">{title}</div>{waiting}</div>'
    page = re.sub(r"\n\s*\n", "\n", page)
    return page.replace("</head>", f"{''.join(head)}</head>").replace(ROOT, f"{early}{ROOT}")
