"""Bytes that a reader downloads, gzipped at level 9 as a server would keep them."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator

from benchmarks.figures import Figure, at_most, told


def measure() -> Iterator[Figure]:
    """Sizes of the map's parts and of the self-contained file."""
    from geodata.ground import load_ground
    from geodata.loading import load_record
    from geodata.translations import TRANSLATED
    from layers.map.files import built, parts
    from layers.map.standalone import html

    record, ground = load_record(), load_ground()
    size = {name: len(gzip.compress(content, 9)) / 1000 for name, content in parts(record, ground).items()}
    yield at_most("shapes with history, gzipped", size["ground.js"], 65, "kB")
    page = {name: len(gzip.compress(built(name).encode(), 9)) / 1000 for name in ("page.js", "page.css", "atlas.js")}
    first = page["page.js"] + page["page.css"] + size["atlas.css"]
    yield at_most("script and style of the page before the first paint, gzipped", first, 27, "kB")
    yield told("script and style after it, gzipped", size["late.js"] + size["late.css"], "kB")
    yield told("script of the self-contained file, gzipped", page["atlas.js"], "kB")
    yield at_most("one language of text, gzipped", size["text.json"], 45, "kB")
    yield told("Leaflet, gzipped", size["leaflet.js"] + size["leaflet.css"], "kB")
    yield told("relief, a file of its own, loaded after the first paint", size["relief.webp"], "kB")
    document = html(record, ground, with_relief=False)
    yield told("self-contained file, in four languages, without relief", len(document.encode()) / 1000, "kB")
    one = re.sub(r'<script type="application/json" id="atlas-cards-..">.*?</script>', "", document)
    yield at_most("self-contained file, in one language, without relief", len(one.encode()) / 1000, 800, "kB")
    for language in TRANSLATED:
        texts = sum(size[f"{name}-{language}.json"] for name in ("words", "cards"))
        yield at_most(f"words and texts in {language}, gzipped", texts, 60, "kB")
        yield told(
            f"texts of events in {language}, with the first card of one, gzipped", size[f"events-{language}.json"], "kB"
        )
