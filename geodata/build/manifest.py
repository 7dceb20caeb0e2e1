"""The manifest of ``geodata/sources/``: licence, credit and SHA-256 of every extract."""

from __future__ import annotations

import json
from pathlib import Path

from geodata.build.packages import sha256

SOURCES = Path(__file__).parent.parent / "sources"


class SourceError(Exception):
    """An extract that is missing, altered or truncated; the message names it."""


def write(folder: Path, licences: dict[str, tuple[str, str]]) -> None:
    """Write manifest.json for the extracts of a folder."""
    entries = {
        name: {
            "licence": licence,
            "credit": credit,
            "sha256": sha256(folder / name),
            "bytes": (folder / name).stat().st_size,
        }
        for name, (licence, credit) in sorted(licences.items())
    }
    (folder / "manifest.json").write_text(json.dumps(entries, indent=1, ensure_ascii=False) + "\n", "utf-8")


def verify(folder: Path = SOURCES) -> dict[str, dict[str, str]]:
    """Check every extract against the manifest and return the manifest.

    Raises
    ------
    SourceError
        Naming the first extract that is missing or whose bytes differ.
    """
    path = folder / "manifest.json"
    if not path.exists():
        raise SourceError(f"{path} is missing: run make sources, or check out geodata/sources/ again.")
    entries: dict[str, dict[str, str]] = json.loads(path.read_text("utf-8"))
    for name, entry in entries.items():
        if not (folder / name).exists():
            raise SourceError(f"The source {name} is missing: check out geodata/sources/ again, or run make sources.")
        if sha256(folder / name) != entry["sha256"]:
            raise SourceError(
                f"The source {name} differs from its manifest (altered or truncated): "
                "check out geodata/sources/ again, or run make sources."
            )
    return entries
