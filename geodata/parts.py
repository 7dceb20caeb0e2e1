"""What the ground is made of: pieces with their history, their edges, lines, symbols and anchors.

All geometry is WGS84, longitude before latitude; days are calendar days of the record's time zone.
:mod:`geodata.ground` reads them from GeoJSON.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, Protocol

import shapely
from shapely.geometry.base import BaseGeometry

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Divides = Literal["outside", "republics", "inner"]
"""What an edge divides whatever the day: the mapped area from the rest, two republics as recognised, or neither."""
Ring = Literal["town", "beyond"]
"""Where a piece lies in a sector that takes its date from a town: within the circle around the town, or beyond it."""


class Dated(Protocol):
    """Something that holds in ``[since, until)``; None: it has no beginning or no end."""

    @property
    def since(self) -> date | None:
        """First day."""

    @property
    def until(self) -> date | None:
        """First day no more."""


def valid_on(item: Dated, day: date) -> bool:
    """Whether a day lies in the time for which something is valid: from its first instant up to, not including, its last."""
    return (item.since is None or item.since <= day) and (item.until is None or day < item.until)


def share_a_day(one: Dated, other: Dated) -> bool:
    """Whether two dated things hold on a common day."""
    return (one.since is None or other.until is None or one.since < other.until) and (
        other.since is None or one.until is None or other.since < one.until
    )


def iso(day: date | None) -> str | None:
    """A day as ISO text, for files and other programs."""
    return day.isoformat() if day else None


KEYS = {"other": "or", "from_": "from"}
"""Names in JSON that Python keeps for itself."""


def plain_json(value: object) -> object:
    """A field of an answer as JSON has it."""
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def as_json(answer: DataclassInstance) -> dict[str, Any]:
    """An answer as commands print it: under the names of :data:`KEYS`, days as ISO text."""
    return {KEYS.get(field.name, field.name): plain_json(getattr(answer, field.name)) for field in fields(answer)}


@dataclass(frozen=True, slots=True)
class Span:
    """Who held a piece from ``since`` up to, not including, ``until``, and how that came about.

    Attributes
    ----------
    certain, other
        Whether the record is in no doubt, and who else may have held it.
    event, clause, cause
        The hand-over with which the span began: its event, the clause that required it, and clause, force or other.
    disputed
        Whether accounts of that hand-over differ.
    """

    since: date | None
    until: date | None
    controller: str
    certain: bool = True
    other: str | None = None
    event: str | None = None
    clause: int | None = None
    cause: str | None = None
    disputed: bool = False

    def as_json(self) -> dict[str, Any]:
        """The span as pieces.geojson has it."""
        return {
            "since": iso(self.since),
            "until": iso(self.until),
            "controller": self.controller,
            "certain": self.certain,
            "or": self.other,
            "event": self.event,
            "clause": self.clause,
            "cause": self.cause,
            "disputed": self.disputed,
        }


@dataclass(frozen=True, slots=True)
class ZoneMembership:
    """A zone that a piece belongs to for a time, and the clauses that govern it."""

    zone: str
    since: date | None
    until: date | None
    clauses: tuple[int, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The membership as pieces.geojson has it."""
        return {
            "zone": self.zone,
            "since": iso(self.since),
            "until": iso(self.until),
            "clauses": list(self.clauses),
        }


@dataclass(frozen=True, eq=False)
class Piece:
    """Ground that never changes hands in part: an atom of the coverage."""

    id: str
    unit: str
    sovereign: str
    geometry: BaseGeometry
    spans: tuple[Span, ...]
    zones: tuple[ZoneMembership, ...]
    accuracy_m: int
    basis: str
    km2: float
    source: str
    licence: str
    ring: Ring | None = None
    district: str | None = None
    oblast: bool = False


def span_on(piece: Piece, day: date) -> Span:
    """The span of a piece that holds on a day."""
    return next(span for span in piece.spans if valid_on(span, day))


def zones_on(piece: Piece, day: date) -> list[ZoneMembership]:
    """The zones that a piece lies in on a day."""
    return [zone for zone in piece.zones if valid_on(zone, day)]


@dataclass(frozen=True, eq=False)
class Edge:
    """A side shared by two pieces, or by one and the outside (None), with the accuracy of the line that it follows."""

    left: str | None
    right: str | None
    divides: Divides
    geometry: BaseGeometry
    accuracy_m: int
    basis: str = ""
    follows: str = ""
    between: tuple[str, ...] = ()
    disputed: bool = False
    source: str = ""
    licence: str = ""

    @property
    def is_border(self) -> bool:
        """Whether it is an international border, of a republic or of the mapped area; true on all days."""
        return self.divides != "inner"


@dataclass(frozen=True, eq=False)
class Line:
    """A line of a zone: a line of contact, a district's outline, a road or a scheme."""

    id: str
    zone: str
    geometry: BaseGeometry
    names: Mapping[str, str]
    since: date | None
    until: date | None
    clauses: tuple[int, ...]
    accuracy_m: int
    basis: str
    source: str
    licence: str
    km: float | None = None
    note: str | None = None
    guards: str | None = None
    follows: str | None = None
    between: tuple[str, ...] = ()
    uncertain: bool = False
    district: str | None = None
    published_km: float | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Ground of ``unit`` within the accuracy of a symbol may have been held by ``other``."""

    unit: str
    other: str


@dataclass(frozen=True, eq=False)
class Symbol:
    """A point of a zone; with ``doubt`` it casts doubt on who holds the ground around it."""

    id: str
    zone: str
    geometry: shapely.Point
    names: Mapping[str, str]
    since: date | None
    until: date | None
    clauses: tuple[int, ...]
    accuracy_m: int
    source: str
    licence: str
    basis: str | None = None
    text: str | None = None
    sources: tuple[str, ...] = ()
    doubt: Doubt | None = None
    km2: float | None = None


@dataclass(frozen=True, eq=False)
class BaseShape:
    """Context that says nothing of control: neighbours, lakes."""

    kind: str
    geometry: BaseGeometry
    source: str
    licence: str
    name: str | None = None


@dataclass(frozen=True, eq=False)
class Anchor:
    """A settlement known to be its holder's, from ``since`` up to, not including, ``until``."""

    place: str
    holder: str
    geometry: shapely.Point
    since: date | None
    until: date | None
    accuracy_m: int
    source: str = ""
    licence: str = ""
