"""Streamlit's own frontend, copied once with gzipped siblings, so that nginx serves it without Python and without work."""

from __future__ import annotations

import gzip
import os
import shutil
import zlib
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from layers.cli.files import write_whole

COMPRESSED = {".js", ".css", ".json", ".svg", ".wasm", ".html"}


def frontend(cache: Path) -> Path:
    """The folder with the frontend of the installed Streamlit; made on first use, in a few seconds.

    Parameters
    ----------
    cache
        Where to keep it; a folder per release, so that an update never mixes two.
    """
    made = cache / f"streamlit-{version('streamlit')}"
    if made.is_dir():
        return made
    installed = find_spec("streamlit")
    if installed is None or installed.origin is None:
        raise FileNotFoundError("Streamlit is not installed here: run `make run` once, it sets it up.")
    source = Path(installed.origin).parent / "static"
    beside = cache / f".{made.name}.{os.getpid()}"
    try:
        for path in (source / "static").rglob("*"):
            if path.is_file() and path.suffix != ".map":
                _copy(path, beside / path.relative_to(source))
        beside.rename(made)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return made


def compress(folder: Path) -> None:
    """Give every text file of a folder a gzipped sibling; one that is there and holds something else is replaced."""
    for path in folder.rglob("*"):
        sibling = path.with_name(path.name + ".gz")
        if path.suffix in {*COMPRESSED, ".geojson", ".txt"} and not _holds(sibling, content := path.read_bytes()):
            write_whole(sibling, gzip.compress(content, 9, mtime=0))


def _holds(sibling: Path, content: bytes) -> bool:
    try:
        return gzip.decompress(sibling.read_bytes()) == content
    except (OSError, EOFError, zlib.error):  # not there, not gzip, or cut
        return False


def _copy(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    content = path.read_bytes()
    target.write_bytes(content)
    if path.suffix in COMPRESSED:
        target.with_name(target.name + ".gz").write_bytes(gzip.compress(content, 6, mtime=0))
