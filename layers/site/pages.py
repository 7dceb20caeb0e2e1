"""The pages of the site: what each is called, and its template filled with the record and what follows from it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from geodata.changes import changes
from geodata.ground import Ground
from geodata.integrity import data_version
from geodata.model import Record
from geodata.status import statuses
from layers.map.escape import script_json
from layers.map.files import icon
from layers.wording import SOVEREIGNTY, wording


class Page(NamedTuple):
    """How the navigation and the page itself are headed."""

    label: str
    title: str | None = None
    """None: the headline of the record."""


PAGES = {
    "index": Page("Map"),
    "story": Page("Story", "The story, step by step"),
    "clauses": Page("Clauses", "The nine clauses"),
    "deadlines": Page("Deadlines", "Fifteen obligations and their deadlines"),
    "events": Page("Events", "What happened"),
    "ground": Page("Ground", "Layers, and the ground they are made of"),
    "places": Page("Places", "Places and their names"),
    "changes": Page("What changed", "What changed hands"),
    "claims": Page("Claims checked", "Claims of the press, checked"),
    "sources": Page("Sources", "The register of sources"),
    "downloads": Page("Downloads", "Downloads"),
    "contest": Page("Something wrong?", "Contest a fact"),
    "about": Page("About", "About the atlas"),
}
"""Pages in the order of the navigation; the key is the name of template and file."""
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-src 'self'; base-uri 'none'; form-action 'none'"
)
SCRIPTS = ("contest", "edition")
"""The scripts of these pages, each in one page and allowed by its hash: the form to contest a fact, and ``?v=``."""


@dataclass(frozen=True)
class Site:
    """What the pages are made of; ``downloads`` holds what the page of downloads lists."""

    record: Record
    ground: Ground
    downloads: Mapping[str, Any]

    def page(self, name: str) -> bytes:
        """One page, by its key in :data:`PAGES`."""
        return _environment().get_template(f"{name}.html").render(self._values(), name=name).encode()

    def _values(self) -> dict[str, Any]:
        record, end = self.record, self.record.coverage_end
        return {
            **self.downloads,
            "record": record,
            "ground": self.ground,
            "w": wording(),
            "pages": PAGES,
            "policy": POLICY,
            "script": {name: Markup(_script(name)) for name in SCRIPTS},  # noqa: S704 files of this package
            "scripted": {name: f"{POLICY}; script-src 'sha256-{_digest(_script(name))}'" for name in SCRIPTS},
            "json_ld": Markup(script_json(self.downloads["dataset"])),  # noqa: S704 escaped for a script element
            "icon": icon(),
            "sovereignty": SOVEREIGNTY,
            "version": data_version(),
            "start": record.coverage_start,
            "end": end,
            "effect": record.effect_day,
            "witnesses": {witness.id: witness for witness in record.statement.witnesses},
            "register": {source.id: source for source in record.sources},
            "units": {unit.id: unit for unit in record.units},
            "places": {place.id: place for place in record.places},
            "events": {event.id: event for event in record.events},
            "rows": {row.id: row for row in statuses(record, end)},
            "changes": changes(self.ground, record.coverage_start, self.ground.coverage_end),
        }


def _script(name: str) -> str:
    return Path(__file__).with_name(f"{name}.js").read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@lru_cache(maxsize=1)
def _environment() -> Environment:
    """Jinja with escaping on: text of the record can never become markup; a misspelt name is an error."""
    return Environment(
        loader=PackageLoader("layers.site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
