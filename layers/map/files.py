"""The files of the map: our script and style, Leaflet's, the ground, the texts and the interface words.

Each is made from the record and the shapes alone, so every copy of the application makes the same bytes; in the page
each file carries a hash of its content in its name.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from xstatic.pkg import leaflet

from geodata.ground import SHAPES, Ground
from geodata.model import Record
from geodata.translations import TRANSLATED, is_draft
from layers.map import document
from layers.map.language import map_language
from layers.map.payload import details, sentences, texts
from layers.map.translated import translated_cards, translated_titles

FRONTEND = Path(__file__).parent / "frontend"
"""Sources of our script and style; ``dist/`` holds what esbuild makes of them (``make frontend``)."""
ICON = FRONTEND / "icon.svg"
"""Languages whose words and texts are files of their own."""
_URL = re.compile(r"url\([^)]*\)")
_FONT = re.compile(r"url\(([\w-]+\.woff2)\)")
_SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)


@lru_cache(maxsize=8)
def built(name: str) -> str:
    """A file that esbuild made.

    ``atlas.js`` is the whole script, for the self-contained document; ``page.js`` is the script of the page, which
    fetches ``late.js`` and ``late.css`` after the first paint; ``points.js`` draws the reader's own points.
    """
    return (FRONTEND / "dist" / name).read_text(encoding="utf-8")


def leaflet_script() -> str:
    """Leaflet's own script, without the pointer to its source map."""
    return _SOURCE_MAP.sub("", _leaflet("leaflet.js"))


def leaflet_style() -> str:
    """Leaflet's own style, without the pictures of controls that the map does not use."""
    return _URL.sub("none", _leaflet("leaflet.css"))


def _leaflet(name: str) -> str:
    return (Path(leaflet.BASE_DIR) / name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def fonts() -> dict[str, bytes]:
    """The type, cut to the letters that readers see (frontend/fonts.mjs): one file for each script, by its plain name."""
    return {name: (FRONTEND / "dist" / name).read_bytes() for name in _FONT.findall(built("type.css"))}


def type_style(address: Callable[[str, bytes], str]) -> str:
    """The style that names the type, with the address that each font (name, content) is found under."""
    return _FONT.sub(lambda found: f"url({address(found[1], fonts()[found[1]])})", built("type.css"))


@lru_cache(maxsize=1)
def relief() -> bytes | None:
    """The relief picture, if it has been built."""
    path = SHAPES / "relief.webp"
    return path.read_bytes() if path.exists() else None


@lru_cache(maxsize=1)
def relief_bounds() -> list[list[float]] | None:
    """South-west and north-east corner of the relief picture."""
    path = SHAPES / "relief.json"
    if not path.exists():
        return None
    bounds: list[list[float]] = json.loads(path.read_text(encoding="utf-8"))["bounds"]
    return bounds


def parts(record: Record, ground: Ground) -> dict[str, bytes]:
    """All files by their plain names.

    Returns
    -------
    dict
        ``leaflet.js``, ``leaflet.css``, ``atlas.css``, ``late.js``, ``late.css``, ``ground.js`` (what Folium renders),
        ``text.json``, ``details.json``, ``latin.woff2`` and its siblings, ``relief.webp`` when it has been built, and for each other language what differs:
        ``words-az.json`` (interface words, titles), ``cards-az.json`` and ``events-az.json`` (what cards tell).
    """
    content = texts(record, ground)
    told, said = _json(details(record, ground)), sentences(record)
    content |= {
        "details_file": hashed("details.json", told.encode("utf-8")),
        "relief_bounds": relief_bounds(),
        "language": {**map_language("en"), "deadlines": said["en"]},
    }
    files = {
        "leaflet.js": leaflet_script(),
        "leaflet.css": leaflet_style(),
        "atlas.css": type_style(hashed) + built("atlas.css"),
        **{name: built(name) for name in ("late.js", "late.css")},
        "ground.js": document.script(ground),
        "text.json": _json(content),
        "details.json": told,
    }
    for language in TRANSLATED:
        files[f"words-{language}.json"] = _json(
            {
                **map_language(language, ground.credits),
                "deadlines": said[language],
                "draft": is_draft(language),
                "titles": translated_titles(record, language),
            }
        )
        for name, differs in translated_cards(record, ground, language).items():
            files[f"{name}-{language}.json"] = _json(differs)
    found = {**{name: text.encode("utf-8") for name, text in files.items()}, **fonts()}
    picture = relief()
    return found if picture is None else {**found, "relief.webp": picture}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def icon() -> str:
    """The icon of a window, as an address that needs no file."""
    return "data:image/svg+xml," + quote(ICON.read_text(encoding="utf-8").strip())


def assets(record: Record, ground: Ground) -> dict[str, bytes]:
    """The same files under names that carry a hash of their content: ``atlas-1a2b3c4d5e6f.js``."""
    return {hashed(name, content): content for name, content in parts(record, ground).items()}


def hashed(name: str, content: bytes) -> str:
    """A file name with the first twelve digits of the content's SHA-256 before its ending."""
    stem, _, ending = name.rpartition(".")
    return f"{stem}-{hashlib.sha256(content).hexdigest()[:12]}.{ending}"


def plain_name(name: str) -> str:
    """The plain name of a file of :func:`assets`."""
    return re.sub(r"-[0-9a-f]{12}\.", ".", name)


def addresses(files: dict[str, bytes], base: str) -> dict[str, str]:
    """Plain name -> address of each file of :func:`assets`, under a base such as ``app/static/atlas``."""
    return {plain_name(name): f"{base.rstrip('/')}/{name}" for name in files}
