"""Areas and lengths on the WGS84 ellipsoid, and what is computed beside what was published.

The error of an area follows from the error of its edges: an edge of length *L* that may be off by *a* may add or take
*L·a*.  Summed over the whole outline that is what could be wrong if every edge were off the same way, so it is an upper
bound.  Published figures are listed with their spread; no line is moved to meet one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from pyproj import Geod

from geodata.changes import changes
from geodata.ground import Ground, load_ground
from geodata.model import Record
from geodata.parts import Piece, span_on
from geodata.record_ground import Unit, Zone
from geodata.record_published import MeasuredArea, Published

GEOD = Geod(ellps="WGS84")


@dataclass(frozen=True)
class Comparison:
    """One area beside what was printed for it.

    Attributes
    ----------
    id, what
        Id of the row and what it measures.
    km2
        Computed geodesic area.
    error_km2
        Upper bound of the error that the edges' accuracy implies.
    published
        Figures (km2) with their sources, the one compared with first.
    difference_percent
        Of the computed area from the first figure; None where no figure was found.
    bound_percent
        How far it may be off; None: no bound.
    explained
        Why it differs, where it does by more than five percent.
    """

    id: str
    what: str
    km2: float
    error_km2: float
    published: tuple[tuple[float, tuple[str, ...]], ...]
    difference_percent: float | None
    bound_percent: float | None = None
    explained: str | None = None


def km2(geometry: Any) -> float:
    """Geodesic area on WGS84 of a geometry in degrees, in km2; holes count as holes whatever their direction."""
    if geometry.is_empty:
        return 0.0
    return abs(float(GEOD.geometry_area_perimeter(shapely.orient_polygons(geometry))[0])) / 1e6


def km(geometry: Any) -> float:
    """Geodesic length of a line in degrees, in km."""
    return float(GEOD.geometry_length(geometry)) / 1e3


def implied_error(ground: Ground, pieces: Iterable[str]) -> float:
    """Upper bound of the error of the joint area of some pieces, in km2: length of each outer edge times its accuracy."""
    names = set(pieces)
    outer = [edge for edge in ground.edges if (edge.left in names) != (edge.right in names)]
    return sum(km(edge.geometry) * edge.accuracy_m / 1e3 for edge in outer)


def computed_beside_published(ground: Ground, record: Record) -> list[Comparison]:
    """Every area for which a figure was printed, beside it: the rows of published.yaml."""
    return [_row(ground, entry) for entry in record.published.areas]


def others_beside_published(
    ground: Ground, record: Record, name: Callable[[Unit | Zone], str] = lambda item: item.names.neutral
) -> list[Comparison]:
    """Units and zones with printed figures of their own that no row of published.yaml measures.

    ``name`` says what a unit or a zone is called.
    """
    measured = {unit for entry in record.published.areas for unit in entry.units}
    units = [unit for unit in record.units if unit.id not in measured]
    return [row for items in (units, record.zones) for item in items for row in _recorded(ground, item, name(item))]


def published_beside(published: Published) -> dict[str, dict[str, Any]]:
    """Figures (km2) and the reason for a difference, by the unit whose hand-over shows them."""
    return {
        unit: {"km2": [figure.km2 for figure in entry.figures], "note": entry.explained}
        for entry in published.areas
        for unit in entry.beside
    }


def _row(ground: Ground, entry: MeasuredArea) -> Comparison:
    belongs = _chooser(ground, entry)
    pieces = [piece for piece in ground.pieces if belongs(piece)]
    published = tuple((figure.km2, tuple(figure.sources)) for figure in entry.figures)
    return _comparison(ground, pieces, entry.id, entry.what, published, entry.bound_percent, entry.explained)


def _chooser(ground: Ground, entry: MeasuredArea) -> Callable[[Piece], bool]:
    """Which pieces a row of published.yaml measures."""

    def held(piece: Piece) -> bool:
        return span_on(piece, ground.coverage_start).controller in entry.held_by

    if entry.zone:
        return lambda piece: entry.zone in {item.zone for item in piece.zones}
    if entry.units:
        return lambda piece: piece.unit in entry.units and piece.basis != "residual"
    if entry.residual:
        return lambda piece: piece.basis == "residual"
    if entry.oblast is not None:
        return lambda piece: held(piece) and piece.oblast == entry.oblast
    return held


def _recorded(ground: Ground, item: Unit | Zone, name: str) -> Iterable[Comparison]:
    kind = "unit" if isinstance(item, Unit) else "zone"

    def belongs(piece: Piece) -> bool:
        return piece.unit == item.id if kind == "unit" else item.id in {zone.zone for zone in piece.zones}

    pieces = [piece for piece in ground.pieces if belongs(piece)]
    if pieces and item.published_areas:
        published = tuple((area.km2, tuple(area.sources)) for area in item.published_areas)
        what = f"{name}: {'; '.join(dict.fromkeys(area.what for area in item.published_areas))}"
        yield _comparison(ground, pieces, f"{kind}-{item.id}", what, published, None, None)


def _comparison(
    ground: Ground,
    pieces: list[Piece],
    row: str,
    what: str,
    published: tuple[tuple[float, tuple[str, ...]], ...],
    bound: float | None,
    explained: str | None,
) -> Comparison:
    total = sum(piece.km2 for piece in pieces)
    error = implied_error(ground, (piece.id for piece in pieces))
    difference = 100 * (total / published[0][0] - 1) if published else None
    return Comparison(row, what, round(total, 1), round(error, 1), published, difference, bound, explained)


@dataclass(frozen=True)
class Share:
    """What became of the ground held before the war: the map's part of it beside the one that was printed.

    Attributes
    ----------
    id, what
        Id of the row and what it counts.
    km2, percent
        Computed area, and its share of all ground held on the first day.
    published_percent, published_km2
        The printed share, and what it makes of the printed total.
    explained
        Why the two differ.
    """

    id: str
    what: str
    km2: float
    percent: float
    published_percent: float
    published_km2: float
    explained: str


def shares(ground: Ground, record: Record) -> list[Share]:
    """The shares of published.yaml, computed from the hand-overs between its two days."""
    printed = record.published.shares
    if printed is None:
        return []
    start, holders = printed.since, set(printed.held_by)
    whole = sum(piece.km2 for piece in ground.pieces if span_on(piece, start).controller in holders)
    causes: dict[str, float] = {}
    for step in changes(ground, start, printed.until):
        if step.from_ in holders and step.to == printed.handed_to:
            causes[step.cause] = causes.get(step.cause, 0.0) + step.km2
    found = []
    for row in printed.rows:
        total = sum(causes.get(cause, 0.0) for cause in row.causes) if row.causes else whole - sum(causes.values())
        found.append(
            Share(
                row.id,
                row.what,
                round(total, 1),
                round(100 * total / whole, 1),
                row.percent,
                round(printed.whole_km2 * row.percent / 100),
                row.explained,
            )
        )
    return found


def report(shapes: Path, record: Path) -> str:
    """Table for the terminal: the held parts and totals beside what was published."""
    from geodata.loading import load_record

    ground, known = load_ground(shapes), load_record(record)
    lines = [f"{'area':<52.52} {'km²':>9} {'± (bound)':>9} {'published':>14} {'differs':>8}"]
    for row in (*computed_beside_published(ground, known), *others_beside_published(ground, known)):
        figures = " ".join(f"{km2:g}" for km2, _ in row.published) or "-"
        differs = "-" if row.difference_percent is None else f"{row.difference_percent:+.1f} %"
        lines.append(f"{row.what:<52.52} {row.km2:>9,.1f} {row.error_km2:>9,.1f} {figures:>14} {differs:>8}")
    if printed := known.published.shares:
        lines += ["", f"{f'of the ground held on {printed.since}':<60} {'km²':>9} {'share':>7} {'published':>16}"]
    for share in shares(ground, known):
        published = f"{share.published_km2:,.0f}, {share.published_percent:g} %"
        lines.append(f"{share.what:<60} {share.km2:>9,.1f} {share.percent:>5.1f} % {published:>16}")
        lines.append(f"  {share.explained}")
    return "\n".join(lines)
