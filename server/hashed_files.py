"""The map's hashed files: made once per process, kept in memory, and written to ``static/`` for other servers.

A file's name carries the hash of its content, so it never changes under its name and may be cached without end.
"""

from __future__ import annotations

import gzip
import json
import logging
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from geodata.atomic_write import OutputError, write_whole
from geodata.data_folder import tree
from layers.atlas import atlas_data
from layers.map.files import addresses, built, hashed, plain_name
from layers.map.files import assets as build
from layers.map.points_kit import page_files
from layers.site_address import site_address

STATIC = tree("app.py").with_name("static")
BASE = "app/static"
"""Where the files are served, relative to the page."""
TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".csv": "text/csv; charset=utf-8",
    ".webp": "image/webp",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".html": "text/html; charset=utf-8",
}
_COMPRESSED_ALREADY = {".webp", ".png", ".woff2"}
log = logging.getLogger("atlas")


@dataclass(frozen=True)
class Asset:
    """One file of the map, and the same bytes gzipped where that is smaller."""

    name: str
    content: bytes
    gzipped: bytes | None
    media_type: str


@lru_cache(maxsize=1)
def assets() -> dict[str, Asset]:
    """All files of the map by their hashed names."""
    files = dict(build(atlas_data().record, atlas_data().ground))
    for name in ("page.css", "panel.css"):
        style = built(name).encode()
        files[hashed(name, style)] = style
    script = _page_script(addresses(files, BASE))
    files[hashed("page.js", script)] = script
    for name, content in page_files(atlas_data().ground).items():
        files[hashed(name, content)] = content
    return {name: _asset(name, content) for name, content in files.items()}


@lru_cache(maxsize=1)
def where() -> dict[str, str]:
    """Address of each file, relative to the page, by its plain name."""
    return addresses({name: asset.content for name, asset in assets().items()}, BASE)


def _page_script(files: dict[str, str]) -> bytes:
    """The page's own script, which knows the addresses of all other files, and of the static site."""
    known = f"const FILES = {json.dumps(files, sort_keys=True)}, SITE = {json.dumps(site_address())};"
    return f"{known}\n{built('page.js')}".encode()


def _asset(name: str, content: bytes) -> Asset:
    ending = Path(name).suffix
    small = None if ending in _COMPRESSED_ALREADY else gzip.compress(content, 9, mtime=0)
    return Asset(name, content, small, TYPES.get(ending, "application/octet-stream"))


def published(name: str) -> Asset | None:
    """A file of an earlier version, for a page that was open when this one started; None where the name or its hash is wrong."""
    if "/" in name or "\\" in name or Path(name).suffix not in TYPES:
        return None
    try:
        content = (STATIC / name).read_bytes()
    except (OSError, ValueError):
        return None
    if hashed(plain_name(name), content) != name:
        return None
    return Asset(name, content, None, TYPES[Path(name).suffix])


@lru_cache(maxsize=1)
def publish() -> Path | None:
    """Write the files to ``static/`` for other servers; returns the folder, or None where that can't be written.

    The page itself serves them from memory, and anybody who finds a file missing there asks the page.
    """
    try:
        STATIC.mkdir(exist_ok=True)
        _write(STATIC)
    except (OSError, OutputError) as error:
        log.warning("The map's files are served from memory only: %s", error)
        return None
    return STATIC


def _write(folder: Path) -> None:
    for asset in assets().values():
        for name, content in ((asset.name, asset.content), (f"{asset.name}.gz", asset.gzipped)):
            if content is not None and not _holds(folder / name, content):
                write_whole(folder / name, content)


def _holds(path: Path, content: bytes) -> bool:
    """Whether a file has exactly this content: one that was cut or changed would be kept by browsers for a year."""
    try:
        return path.read_bytes() == content
    except FileNotFoundError:
        return False
