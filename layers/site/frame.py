"""The frame of every page of the site: head, navigation, foot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from geodata.ground import Ground
from geodata.integrity import data_version
from geodata.model import Record
from layers.map.files import icon
from layers.site.html import Html, el
from layers.wording import SOVEREIGNTY

PAGES = {
    "index": "Map",
    "clauses": "Clauses",
    "deadlines": "Deadlines",
    "changes": "What changed",
    "claims": "Claims checked",
    "sources": "Sources",
    "downloads": "Downloads",
    "about": "About",
}
"""Pages in the order of the navigation."""
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-src 'self'; base-uri 'none'; form-action 'none'"
)


@dataclass(frozen=True)
class World:
    """What the pages are made of."""

    record: Record
    ground: Ground

    def sources(self, ids: list[str]) -> Html:
        """Links to the entries of the register."""
        links: list[Any] = []
        for number, source in enumerate(dict.fromkeys(ids)):
            links += [", " if number else "Sources: ", el("a", source, href=f"sources.html#{source}")]
        return el("p", links, ".", class_="sources")


def page(name: str, title: str, world: World, *body: Any) -> bytes:
    """A whole page.

    Parameters
    ----------
    name
        Its key in :data:`PAGES`, and its file name without the ending.
    """
    links = [
        el("li", el("a", label, href=f"{key}.html", aria_current="page" if key == name else None))
        for key, label in PAGES.items()
    ]
    end = world.record.statement.coverage_end
    document = el(
        "html",
        el(
            "head",
            el("meta", charset="utf-8"),
            el("meta", name="viewport", content="width=device-width, initial-scale=1"),
            el("meta", http_equiv="Content-Security-Policy", content=POLICY),
            el("meta", name="referrer", content="no-referrer"),
            el("title", f"{title} – Ceasefire Atlas"),
            el("link", rel="stylesheet", href="site.css"),
            el("link", rel="icon", href=icon()),
        ),
        el(
            "body",
            el("a", "Skip to the content", class_="skip", href="#content"),
            el("header", el("p", "Ceasefire Atlas"), el("nav", el("ul", links), aria_label="Pages")),
            el("main", el("h1", title), *body, id="content"),
            el(
                "footer",
                el("p", SOVEREIGNTY),
                el("p", "Boundaries and names imply no endorsement. ", world.ground.credits),
                el("p", f"Record to {end}. Data version {data_version()}."),
            ),
        ),
        lang="en",
    )
    return f"<!DOCTYPE html>\n{document}\n".encode()
