"""Reads the built shapes: pieces with their spans, shared edges, lines and points.

Only the standard library and shapely are imported, so that ``python -m geodata at`` starts as fast as shapely does.
All geometry is WGS84, longitude before latitude.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geodata.dates import parse_day

SHAPES = Path(__file__).parent / "shapes"
COVERAGE_START = "1994-05-12"


class ShapeError(ValueError):
    """A built shape file can't be used; the message names file and field."""


@dataclass(frozen=True, eq=False)
class Feature:
    """One feature of a shape file: its properties as they stand there, and its geometry."""

    geometry: BaseGeometry
    properties: dict[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.properties[name]


@dataclass(frozen=True, eq=False)
class Ground:
    """All that is built: ``pieces`` tile the mapped area; ``edges`` are their shared sides with an accuracy each.

    ``anchors`` are settlements whose holder is known; ``sides`` names the side of each controller (None: a third party).
    """

    pieces: tuple[Feature, ...]
    edges: tuple[Feature, ...]
    lines: tuple[Feature, ...]
    points: tuple[Feature, ...]
    base: tuple[Feature, ...]
    anchors: tuple[Feature, ...]
    coverage_end: str
    credits: str
    sides: dict[str, str | None]

    @property
    def tree(self) -> shapely.STRtree:
        """Spatial index of the pieces, in their order."""
        return _tree(self)

    def piece(self, piece_id: str) -> Feature:
        """The piece of that id."""
        return next(piece for piece in self.pieces if piece["piece"] == piece_id)


@lru_cache(maxsize=2)
def _tree(ground: Ground) -> shapely.STRtree:
    return shapely.STRtree([piece.geometry for piece in ground.pieces])


REQUIRED = {
    "pieces": (
        "piece",
        "unit",
        "sovereign",
        "zones",
        "accuracy_m",
        "basis",
        "km2",
        "spans",
        "ring",
        "source",
        "licence",
    ),
    "edges": ("left", "right", "divides", "follows", "accuracy_m", "basis"),
    "lines": ("zone", "line", "since", "until", "clauses", "accuracy_m", "basis", "source", "licence"),
    "points": ("zone", "point", "since", "until", "clauses", "accuracy_m", "source", "licence"),
    "base": ("kind", "source", "licence"),
    "anchors": ("place", "holder", "since", "until", "accuracy_m", "source", "licence"),
}
"""Fields that every feature of each file must carry."""


@lru_cache(maxsize=4)
def load_ground(folder: Path = SHAPES, files: tuple[str, ...] = tuple(REQUIRED)) -> Ground:
    """Read the shapes.

    Parameters
    ----------
    folder
        Where ``pieces.geojson`` and its siblings lie.
    files
        Which of them to read; the others stay empty.

    Raises
    ------
    ShapeError
        When a file is missing or damaged, naming the file, the feature and the field.
    """
    parts = {name: _features(folder / f"{name}.geojson", name) if name in files else ((), {}) for name in REQUIRED}
    head = parts["pieces"][1]
    return Ground(
        **{name: features for name, (features, _) in parts.items()},
        coverage_end=head.get("coverage_end", ""),
        credits=head.get("credits", ""),
        sides=head.get("sides", {}),
    )


def holds(item: dict[str, Any], day: str) -> bool:
    """Whether something dated ``[since, until)`` holds on a day (ISO text)."""
    return (item["since"] or "") <= day < (item["until"] or "9999")


def _features(path: Path, name: str) -> tuple[tuple[Feature, ...], dict[str, Any]]:
    collection = _read_json(path)
    found = collection.get("features")
    if not isinstance(found, list) or not found:
        raise ShapeError(f"{path.name}: features: the list is missing or empty; rebuild it with `make data`.")
    checks: dict[str, Callable[[Any], Any]] = {
        "spans": _check_spans,
        "zones": _check_dated,
        "since": _day,
        "until": _day,
    }
    features = []
    for number, item in enumerate(found):
        properties = item.get("properties") or {}
        for field in REQUIRED[name]:
            if field not in properties:
                raise ShapeError(
                    f"{path.name}: features.{number}.{field}: the field is missing; rebuild it with `make data`."
                )
            try:
                checks.get(field, lambda value: value)(properties[field])
            except (KeyError, TypeError, ValueError) as error:
                raise ShapeError(
                    f"{path.name}: features.{number}.{field}: {error}; rebuild it with `make data`."
                ) from error
        features.append(Feature(_geometry(path, number, item), properties))
    return tuple(features), collection


def _read_json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ShapeError(f"{path.name}: file: it is missing; build it with `make data`.") from error
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ShapeError(f"{path.name}: file: it is damaged ({error}); rebuild it with `make data`.") from error
    if not isinstance(content, dict):
        raise ShapeError(f"{path.name}: file: it is no FeatureCollection; rebuild it with `make data`.")
    return content


def _geometry(path: Path, number: int, item: dict[str, Any]) -> BaseGeometry:
    try:
        geometry = shape(item["geometry"])
    except (KeyError, TypeError, ValueError, AttributeError, shapely.errors.ShapelyError) as error:
        raise ShapeError(f"{path.name}: features.{number}.geometry: {error}; rebuild it with `make data`.") from error
    if geometry.is_empty:
        raise ShapeError(f"{path.name}: features.{number}.geometry: it is empty; rebuild it with `make data`.")
    return geometry


def _day(value: str | None) -> None:
    if value is not None:
        parse_day(value)


def _check_dated(items: list[dict[str, Any]]) -> None:
    for item in items:
        _day(item["since"])
        _day(item["until"])


def _check_spans(spans: list[dict[str, Any]]) -> None:
    _check_dated(spans)
    if not spans or spans[0]["since"] is not None or spans[-1]["until"] is not None:
        raise ValueError("the spans must run from the beginning to the end of time")
    for earlier, later in pairwise(spans):
        if earlier["until"] != later["since"]:
            raise ValueError(f"a span ends on {earlier['until']} and the next begins on {later['since']}")
