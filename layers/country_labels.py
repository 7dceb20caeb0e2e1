"""The lettering of countries and waters, read from ``country_labels.yaml`` (places come from the record)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml


@lru_cache(maxsize=1)
def labels() -> list[dict[str, Any]]:
    """Lettering as it stands in the file; do not change the result."""
    content: list[dict[str, Any]] = yaml.safe_load(
        Path(__file__).with_name("country_labels.yaml").read_text(encoding="utf-8")
    )
    return content
