"""Streamlit's own frontend, copied once with gzipped siblings, so that nginx serves it without Python and without work."""

from __future__ import annotations

import gzip
import os
import shutil
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

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
    """Give every text file of a folder a gzipped sibling, where there is none that is newer."""
    for path in folder.rglob("*"):
        sibling = path.with_name(path.name + ".gz")
        if path.suffix in {*COMPRESSED, ".geojson", ".txt"} and not (
            sibling.exists() and sibling.stat().st_mtime >= path.stat().st_mtime
        ):
            sibling.write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))


def _copy(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    content = path.read_bytes()
    target.write_bytes(content)
    if path.suffix in COMPRESSED:
        target.with_name(target.name + ".gz").write_bytes(gzip.compress(content, 6, mtime=0))
