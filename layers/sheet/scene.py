"""What a sheet shows on one day: data only, ready to be drawn and explained.  Geometry is in the sheet's projection."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import shapely

from geodata.dates import parse_day
from geodata.edges import edges_on
from geodata.features import Row, rows_on
from geodata.ground import Ground
from geodata.lookup import Lookup
from geodata.model import Record
from geodata.parts import Edge
from geodata.record_events import Event
from geodata.status import Status
from layers.catalogue import catalogue, styles
from layers.sheet.projection import metric
from layers.view_state import State, default, limits


@dataclass(frozen=True)
class Holding:
    """Ground of one holder; ``other`` names the next or alternative holder where that is uncertain."""

    controller: str
    other: str | None
    certain: bool
    geometry: Any


@dataclass(frozen=True)
class Scene:
    """All that one map shows, and what its legend and boxes say.

    ``fences``: the borders between the republics, over which no name is led.  ``area``: the frame as a polygon in metres.  ``relief``: whether it lies under the colours, by default and wherever
    it is switched on.
    """

    day: str
    state: State
    holdings: tuple[Holding, ...]
    edges: tuple[tuple[Edge, Any], ...]
    borders: tuple[Any, ...]
    fences: tuple[Any, ...]
    zones: tuple[Row, ...]
    lines: tuple[Row, ...]
    points: tuple[Row, ...]
    obligations: tuple[Status, ...]
    events: tuple[Event, ...]
    area: Any
    relief: bool = False

    @property
    def controllers(self) -> list[str]:
        """Who holds ground in the picture, in a fixed order."""
        found = {holding.controller for holding in self.holdings}
        return [name for name in styles()["controllers"] if name in found]


def scene_of(state: State, day: str, record: Record, ground: Ground, area: Any, *, relief: bool = False) -> Scene:
    """The scene of a day.

    Parameters
    ----------
    state
        What is switched on.
    day
        ISO day; ``state.on``, or ``state.from_`` for the earlier half of a comparison.
    area
        The frame as a polygon in metres: only what it meets is shown and named.
    relief
        Whether the relief is shown where the layers don't say so.
    """
    known = state.known if state.known and day == state.on else None
    on, known_on = parse_day(day), parse_day(known) if known else None
    rows = rows_on(ground, record, on, known=known_on)
    order = {layer.id: number for number, layer in enumerate(catalogue())}
    wanted = set(state.layers)
    pieces = _metric(rows["control"], area)
    zones = sorted(
        (row for row in _metric(rows["zones"], area) if row["layer"] in wanted), key=lambda row: order[row["layer"]]
    )
    lines = [row for row in _metric(rows["lines"], area) if row["layer"] in wanted]
    points = [row for row in _metric(rows["points"], area) if row["layer"] in wanted]
    if "events" in wanted:
        points += [row for row in _metric(rows["events"], area) if row["since"] <= day < row["until"]]
    shown = list(dict.fromkeys(row["layer"] for row in [*zones, *lines, *points]))
    look = Lookup(record, on, known_on)
    edges, borders, fences = _edges(ground, on, area)
    return Scene(
        day=day,
        state=state,
        holdings=_holdings(pieces) if "control" in wanted else (),
        edges=edges if "control" in wanted else (),
        borders=borders,
        fences=fences,
        zones=tuple(zones),
        lines=tuple(lines),
        points=tuple(points),
        obligations=_obligations(look, shown, state),
        events=_events_near(record, day, known),
        area=area,
        relief=relief or "relief" in wanted or wanted == set(default(limits(record)).layers),
    )


def _metric(rows: list[Row], area: Any) -> list[Row]:
    """Rows in the sheet's projection, without those outside the frame."""
    moved = [{**row, "geometry": metric(row["geometry"])} for row in rows]
    return [row for row in moved if row["geometry"].intersects(area)]


def _holdings(pieces: list[Row]) -> tuple[Holding, ...]:
    groups: dict[tuple[str, str | None, bool], list[Any]] = {}
    for row in pieces:
        groups.setdefault((row["controller"], row["or_controller"], row["record_certain"]), []).append(row["geometry"])
    return tuple(
        Holding(controller, other, certain, shapely.coverage_union_all(shapes))
        for (controller, other, certain), shapes in sorted(
            groups.items(), key=lambda item: (not item[0][2], str(item[0]))
        )
    )


def _edges(
    ground: Ground, day: date, area: Any
) -> tuple[tuple[tuple[Edge, Any], ...], tuple[Any, ...], tuple[Any, ...]]:
    """Lines of control and the edges of a third party's ground; the borders of the republics; those between them."""
    drawn = [
        (edge, metric(edge.geometry))
        for edge, kind, _ in edges_on(ground, day)
        if kind in {"line-of-control", "third-party"}
    ]
    borders = {edge: metric(edge.geometry) for edge in ground.edges if edge.is_border}
    fences = tuple(line for edge, line in borders.items() if edge.divides == "republics" and line.intersects(area))
    return tuple(pair for pair in drawn if pair[1].intersects(area)), tuple(borders.values()), fences


def _obligations(look: Lookup, shown: list[str], state: State) -> tuple[Status, ...]:
    """Obligations of what is shown; of the chosen clause all, and no others."""
    if state.clause is not None:
        return tuple(row for row in look.statuses.values() if row.clause == state.clause)
    return tuple(sorted(look.obligations(shown), key=lambda row: (row.clause, row.due is None)))


def _events_near(record: Record, day: str, known: str | None, span: int = 60) -> tuple[Event, ...]:
    """Events around a day, the nearest first; those of the day or before it come before those still to come.

    With a day of knowledge, nothing that became known after it.
    """
    middle = parse_day(day)
    near = [event for event in record.events if abs(event.counts_from - middle) <= timedelta(days=span)]
    if known:
        near = [event for event in near if max(event.counts_from, event.known_from) <= parse_day(known)]
    return tuple(sorted(near, key=lambda event: _distance(event, middle)))


def _distance(event: Event, middle: Any) -> tuple[int, str]:
    days = (event.counts_from - middle).days
    if event.first_day <= middle <= event.counts_from:
        days = 0
    return (abs(days) if days <= 0 else 2 * days, event.id)
