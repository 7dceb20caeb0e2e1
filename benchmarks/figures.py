"""A figure beside its target, and the statistics that all figures share."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Figure:
    """One measured figure; ``holds`` is None where the design sets no target."""

    name: str
    value: float
    unit: str
    target: str
    holds: bool | None
    note: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON values."""
        return asdict(self)


def at_most(name: str, value: float, limit: float, unit: str, note: str = "") -> Figure:
    """A figure that must not exceed its target."""
    return Figure(name, round(value, 3), unit, f"<= {limit:g}", value <= limit, note)


def at_least(name: str, value: float, limit: float, unit: str, note: str = "") -> Figure:
    """A figure that must reach its target."""
    return Figure(name, round(value, 3), unit, f">= {limit:g}", value >= limit, note)


def told(name: str, value: float, unit: str, note: str = "") -> Figure:
    """A figure without a target."""
    return Figure(name, round(value, 3), unit, "", None, note)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that ``share`` (0 to 1) of the sorted values do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -int(-share * len(ordered) // 1) - 1))]


def spread(values: Sequence[float], unit: str = "ms") -> str:
    """Median with lowest and highest, and the count."""
    return f"median {statistics.median(values):.1f} [{min(values):.1f}–{max(values):.1f}] {unit}, n = {len(values)}"
