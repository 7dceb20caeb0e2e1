"""The built ground, read from GeoJSON; a damaged file is named with feature and field.

Only the standard library and shapely are imported, so that ``python -m geodata at`` starts as fast as shapely does.
All geometry is WGS84, longitude before latitude.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geodata.data_folder import data_folder
from geodata.dates import parse_day
from geodata.parts import Anchor, BaseShape, Doubt, Edge, Line, Piece, Span, Symbol, ZoneMembership

SHAPES = Path(__file__).parent / "shapes"
REBUILD = "rebuild it with `make data`."


class ShapeError(ValueError):
    """A built shape file can't be used; the message names file and field."""


@dataclass(frozen=True, slots=True)
class Printed:
    """Areas (km2) printed for a unit's ground, and why the map's differs."""

    km2: tuple[float, ...]
    note: str | None


@dataclass(frozen=True, eq=False)
class Ground:
    """All that is built: ``pieces`` tile the mapped area; ``edges`` are their shared sides with an accuracy each.

    ``anchors`` are settlements whose holder is known; ``sides`` names the side of each controller (None: a third party).
    ``published`` has, by unit, what was printed for the ground that changes hands there.  ``time_zone`` (IANA name) is the
    one whose calendar days count.
    """

    pieces: tuple[Piece, ...]
    edges: tuple[Edge, ...]
    lines: tuple[Line, ...]
    points: tuple[Symbol, ...]
    base: tuple[BaseShape, ...]
    anchors: tuple[Anchor, ...]
    coverage_start: date
    coverage_end: date
    credits: str
    sides: Mapping[str, str | None]
    published: Mapping[str, Printed] = dataclasses.field(default_factory=dict)
    time_zone: str = "UTC"

    @cached_property
    def tree(self) -> shapely.STRtree:
        """Spatial index of the pieces, in their order."""
        return shapely.STRtree([piece.geometry for piece in self.pieces])

    @cached_property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east and north of the mapped area, in degrees."""
        west, south, east, north = shapely.total_bounds([piece.geometry for piece in self.pieces])
        return float(west), float(south), float(east), float(north)

    def piece(self, piece_id: str) -> Piece:
        """The piece of that id."""
        return next(piece for piece in self.pieces if piece.id == piece_id)

    def day_covered(self, day: date) -> date:
        """The day whose state is given for a day: itself, or the end of coverage for a later one.

        Raises
        ------
        ValueError
            For a day before the record begins.
        """
        if day < self.coverage_start:
            raise ValueError(f"The record begins on {self.coverage_start}: ask about that day or a later one.")
        return min(day, self.coverage_end)


KINDS: dict[str, type[Any]] = {
    "pieces": Piece,
    "edges": Edge,
    "lines": Line,
    "points": Symbol,
    "base": BaseShape,
    "anchors": Anchor,
}
"""The files, and what one feature of each is; every field of that class without a default must be there."""
POINT = ("pieces", "edges", "points", "anchors")
"""The files that a question about a point needs; without the anchors a settlement near a line would be in doubt."""
MEMBERS = {
    ("pieces", "id"): "piece",
    ("lines", "id"): "line",
    ("points", "id"): "point",
    ("points", "doubt"): "doubt_control",
}
"""Fields whose name in the file differs."""


def load_ground(folder: Path | None = None, files: tuple[str, ...] = tuple(KINDS)) -> Ground:
    """Read the shapes.

    Parameters
    ----------
    folder
        Where ``pieces.geojson`` and its siblings lie; default: see :mod:`geodata.data_folder`.
    files
        Which of them to read; the others stay empty.

    Raises
    ------
    ShapeError
        When a file is missing or damaged, naming the file, the feature and the field.
    """
    return _load(folder or data_folder() / "shapes", files)


@lru_cache(maxsize=4)
def _load(folder: Path, files: tuple[str, ...]) -> Ground:
    parts: dict[str, Any] = {name: _features(folder / f"{name}.geojson", name) for name in KINDS if name in files}
    head = parts["pieces"][1]
    try:
        start, end, zone = parse_day(head["coverage_start"]), parse_day(head["coverage_end"]), str(head["time_zone"])
        credits_, sides = str(head["credits"]), dict(head["sides"])
        printed = {unit: Printed(tuple(item["km2"]), item["note"]) for unit, item in head.get("published", {}).items()}
    except (KeyError, TypeError, ValueError) as error:
        raise ShapeError(f"pieces.geojson: its head is damaged ({error}); {REBUILD}") from error
    features = {name: parts[name][0] if name in parts else () for name in KINDS}
    return Ground(
        **features,
        coverage_start=start,
        coverage_end=end,
        credits=credits_,
        sides=sides,
        published=printed,
        time_zone=zone,
    )


def _features(path: Path, name: str) -> tuple[tuple[Any, ...], dict[str, Any]]:
    collection = _read_json(path)
    found = collection.get("features")
    if not isinstance(found, list) or not found:
        raise ShapeError(f"{path.name}: features: the list is missing or empty; {REBUILD}")
    return tuple(_feature(path, name, number, item) for number, item in enumerate(found)), collection


def _feature(path: Path, name: str, number: int, item: dict[str, Any]) -> Any:
    properties = item.get("properties") or {}
    values: dict[str, Any] = {"geometry": _geometry(path, number, item)}
    for field in fields(KINDS[name]):
        if field.name == "geometry":
            continue
        member = MEMBERS.get((name, field.name), field.name)
        where = f"{path.name}: features.{number}.{member}"
        if member not in properties:
            if field.default is MISSING:
                raise ShapeError(f"{where}: the field is missing; {REBUILD}")
            continue
        try:
            values[field.name] = READERS.get(field.name, _as_it_is)(properties[member])
        except (KeyError, TypeError, ValueError) as error:
            raise ShapeError(f"{where}: {error}; {REBUILD}") from error
    return KINDS[name](**values)


def _read_json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ShapeError(f"{path.name}: file: it is missing; build it with `make data`.") from error
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ShapeError(f"{path.name}: file: it is damaged ({error}); {REBUILD}") from error
    if not isinstance(content, dict):
        raise ShapeError(f"{path.name}: file: it is not a FeatureCollection; {REBUILD}")
    return content


def _geometry(path: Path, number: int, item: dict[str, Any]) -> BaseGeometry:
    try:
        geometry = shape(item["geometry"])
    except (KeyError, TypeError, ValueError, AttributeError, shapely.errors.ShapelyError) as error:
        raise ShapeError(f"{path.name}: features.{number}.geometry: {error}; {REBUILD}") from error
    if geometry.is_empty:
        raise ShapeError(f"{path.name}: features.{number}.geometry: it is empty; {REBUILD}")
    return geometry


def _as_it_is(value: Any) -> Any:
    return value


def _day(value: str | None) -> date | None:
    return None if value is None else parse_day(value)


def _span(item: Mapping[str, Any]) -> Span:
    return Span(
        since=_day(item["since"]),
        until=_day(item["until"]),
        controller=item["controller"],
        certain=item["certain"],
        other=item["or"],
        event=item["event"],
        clause=item["clause"],
        cause=item["cause"],
        disputed=item["disputed"],
    )


def _spans(items: list[dict[str, Any]]) -> tuple[Span, ...]:
    spans = tuple(map(_span, items))
    if not spans or spans[0].since is not None or spans[-1].until is not None:
        raise ValueError("the spans must run from the beginning to the end of time")
    for earlier, later in pairwise(spans):
        if earlier.until is None or earlier.until != later.since:
            raise ValueError(f"a span ends on {earlier.until} and the next begins on {later.since}")
    return spans


def _zones(items: list[dict[str, Any]]) -> tuple[ZoneMembership, ...]:
    return tuple(
        ZoneMembership(item["zone"], _day(item["since"]), _day(item["until"]), tuple(item["clauses"])) for item in items
    )


def _doubt(item: dict[str, str] | None) -> Doubt | None:
    return None if item is None else Doubt(item["unit"], item["or"])


READERS: dict[str, Callable[[Any], Any]] = {
    "spans": _spans,
    "zones": _zones,
    "since": _day,
    "until": _day,
    "doubt": _doubt,
    "clauses": tuple,
    "between": tuple,
    "sources": tuple,
}
"""How a field is read that is not taken as it stands in the file."""
