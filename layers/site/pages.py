"""The pages of the site: what each is called, and its template filled with the record and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from geodata.changes import changes
from geodata.ground import Ground
from geodata.integrity import data_version
from geodata.model import Record
from geodata.status import statuses
from geodata.translations import in_language, is_draft
from layers.map.escape import script_hash, script_json
from layers.map.files import icon
from layers.wording import LANGUAGES, SOVEREIGNTY, Wording, publisher, vocabulary, wording
from layers.wording.vocabulary import N
from layers.wording.writer import YEAR_ENDS


class Page(NamedTuple):
    """How the navigation and the page itself are headed."""

    label: str
    title: str | None = None
    """None: the headline of the record."""


PAGES = {
    "index": Page(N("Map")),
    "story": Page(N("Story"), N("The story, step by step")),
    "clauses": Page(N("Clauses"), N("The nine clauses")),
    "deadlines": Page(N("Deadlines"), N("Fifteen obligations and their deadlines")),
    "events": Page(N("Events"), N("What happened")),
    "ground": Page(N("Ground"), N("Layers, and the ground they are made of")),
    "places": Page(N("Places"), N("Places and their names")),
    "changes": Page(N("What changed hands"), N("What changed hands")),
    "claims": Page(N("Claims checked"), N("Claims of the press, checked")),
    "sources": Page(N("Sources"), N("The register of sources")),
    "downloads": Page(N("Downloads"), N("Downloads")),
    "contest": Page(N("Something wrong?"), N("Contest a fact")),
    "about": Page(N("About"), N("About the atlas")),
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

    def page(self, name: str, lang: str = "en") -> bytes:
        """One page, by its key in :data:`PAGES`, in a language: in a folder of its own for others than English."""
        return _environment().get_template(f"{name}.html").render(self._values(lang) | self._head(name, lang)).encode()

    def _head(self, name: str, lang: str) -> dict[str, Any]:
        """What the frame of one page says: its title, and where it stands in which language."""
        tr, root = wording(lang).tr, _root(lang)
        return {
            "name": name,
            "lang": lang,
            "root": root,
            "title": tr(PAGES[name].title or self.record.statement.headline),
            "versions": {code: root + address(name, code) for code in LANGUAGES},
            "own_names": vocabulary.OWN_NAMES,
            "draft": is_draft(lang),
            "map_lang": "" if lang == "en" else f"lang={lang}&",
        }

    def _values(self, lang: str) -> dict[str, Any]:
        record, end = in_language(self.record, lang), self.record.coverage_end
        w = wording(lang)
        return {
            **self.downloads,
            "record": record,
            "ground": self.ground,
            "w": w,
            "tr": partial(_phrase, w),
            "publisher": partial(publisher, tr=w.tr),
            "unrecorded": vocabulary.UNRECORDED,
            "basis": lambda basis: w.tr(vocabulary.BASIS[basis]),
            "pages": PAGES,
            "policy": POLICY,
            "script": {name: Markup(_script(name)) for name in SCRIPTS},  # noqa: S704 files of this package
            "scripted": {name: f"{POLICY}; script-src {script_hash(_script(name))}" for name in SCRIPTS},
            "json_ld": Markup(script_json(self.downloads["dataset"])),  # noqa: S704 escaped for a script element
            "icon": icon(),
            "sovereignty": w.tr(SOVEREIGNTY),
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


def _phrase(w: Wording, text: str, **values: object) -> Markup:
    """A phrase as markup: it and its values are escaped, but for values that are markup, such as a link of a template."""
    said = escape(w.tr(text))
    if not values:
        return said
    return said.format_map({key: escape(value) for key, value in values.items()}).replace(*YEAR_ENDS)


def address(name: str, lang: str) -> str:
    """Where a page stands in the site, in a language."""
    return f"{name}.html" if lang == "en" else f"{lang}/{name}.html"


def _root(lang: str) -> str:
    """The way from a page to the site's own folder."""
    return "" if lang == "en" else "../"


def _script(name: str) -> str:
    return Path(__file__).with_name(f"{name}.js").read_text(encoding="utf-8")


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
