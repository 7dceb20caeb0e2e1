"""The version of the data: the same files, the same twelve digits."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from geodata.ground import SHAPES
from geodata.loading import RECORD


@lru_cache(maxsize=4)
def data_version(folders: tuple[Path, ...] = (RECORD, SHAPES)) -> str:
    """First twelve digits of a SHA-256 over the names and bytes of all data files of record and shapes."""
    digest = sha256()
    for folder in folders:
        for path in sorted(folder.iterdir()):
            if path.suffix in {".yaml", ".geojson", ".webp"}:
                content = path.read_bytes()
                digest.update(f"{path.name} {len(content)}\n".encode() + content)
    return digest.hexdigest()[:12]
