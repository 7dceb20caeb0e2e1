"""Basemaps of others that a reader may switch on: address, attribution and host, from xyzservices.

They are off at the start, never part of an address, and nothing is asked of their hosts before the reader chooses one.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from xyzservices import providers  # type: ignore[import-untyped]

CHOICE = ("OpenStreetMap.Mapnik", "OpenTopoMap")
"""Providers that need no key."""


@lru_cache(maxsize=1)
def tiles() -> list[dict[str, Any]]:
    """The basemaps on offer: ``name``, ``url`` (with z, x and y in braces), ``attribution``, ``host``, ``max_zoom``."""
    return [_entry(providers.query_name(name)) for name in CHOICE]


def _entry(provider: Any) -> dict[str, Any]:
    url = provider.build_url()
    return {
        "name": provider.name.partition(".")[0],
        "url": url,
        "attribution": provider.attribution.replace("(C)", "©"),
        "host": urlsplit(url).hostname,
        "max_zoom": provider.max_zoom,
    }


def hosts() -> list[str]:
    """Hosts of the basemaps, for a content security policy."""
    return [entry["host"] for entry in tiles()]
