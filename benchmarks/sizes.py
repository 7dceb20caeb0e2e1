"""Bytes that a reader downloads, gzipped at level 9."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

from benchmarks.figures import Figure, at_most, told


def measure() -> Iterator[Figure]:
    """Sizes of the map's parts and of the self-contained file."""
    from geodata.ground import load_ground
    from geodata.loading import load_record
    from layers.document import assets
    from layers.html import html

    record, ground = load_record(), load_ground()
    for name, content in assets(record, ground).items():
        yield told(f"{name}, gzipped", len(gzip.compress(content, 9)) / 1000, "kB")
    yield at_most("self-contained file, without relief", len(html(record, ground)) / 1000, 700, "kB")
