"""Where the static site lies, for what leads to its form and to its earlier editions."""

from __future__ import annotations

import os


def site_address() -> str | None:
    """The address, ending in a slash, from ``ATLAS_SITE_URL``; None where no site is served."""
    told = os.environ.get("ATLAS_SITE_URL", "").strip()
    return f"{told.rstrip('/')}/" if told else None
