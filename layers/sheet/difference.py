"""What changed between two days, on one map: ground coloured by the reason for which it changed hands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import shapely

from geodata.changes import handovers
from geodata.dates import parse_day
from geodata.ground import Ground
from geodata.model import Record
from geodata.parts import Piece
from layers.sheet.drawing import Drawing
from layers.sheet.labels import middle
from layers.sheet.legend import FIELD, Entry, entry
from layers.sheet.legend import legend as base_legend
from layers.sheet.lettering import Lettering, Style
from layers.sheet.parts import cause_hue
from layers.sheet.projection import metric
from layers.sheet.scene import Scene
from layers.wording import Wording
from layers.wording.vocabulary import N

REASONS = {
    "clause": (N("Handed over under a clause"), ()),
    "force": (N("Changed hands by force"), (135,)),
    "other": (N("Changed hands otherwise"), (45, 135)),
}
"""Words of each reason, and the angles of its hatch; the hue of a clause is the clause's."""


@dataclass(frozen=True)
class Part:
    """One unit that changed hands: the last hand-over between the days, its ground in metres, its area in km2."""

    unit: str
    cause: str
    clause: int | None
    since: date
    km2: float
    geometry: Any

    @property
    def hue(self) -> str:
        """Colour: that of the clause, or one for all that no clause required."""
        return cause_hue(self.cause, self.clause)


def parts(ground: Ground, before: str, after: str) -> list[Part]:
    """The ground that changed hands after one day and up to another, by unit and last hand-over."""
    start, end = parse_day(before), parse_day(after)
    found: dict[tuple[str, str, int | None, date], list[Piece]] = {}
    for piece in ground.pieces:
        steps = [new for _, new in handovers(piece) if new.since and start < new.since <= end]
        if steps and (last := steps[-1]).since and last.cause:
            found.setdefault((piece.unit, last.cause, last.clause, last.since), []).append(piece)
    return [
        Part(unit, cause, clause, since, sum(piece.km2 for piece in pieces), _together(pieces))
        for (unit, cause, clause, since), pieces in found.items()
    ]


def _together(pieces: list[Piece]) -> Any:
    return shapely.coverage_union_all([metric(piece.geometry) for piece in pieces])


def put(drawing: Drawing, lettering: Lettering, *, areas: list[Part], record: Record, wording: Wording) -> None:
    """Fill, hatch, outline and name each part, the largest first; day and area where there is room: the table has them."""
    names = {unit.id: unit.names for unit in record.units}
    frame = lettering.frame
    for part in areas:
        drawing.fill(part.geometry, "#fff", 0.5)
        _paint(drawing, part.geometry, part.hue, part.cause)
        drawing.stroke(part.geometry.boundary, "#fff", 2.6, opacity=0.8)
        drawing.stroke(part.geometry.boundary, part.hue, 1.4)
    lettering.block(frame.paper(part.geometry.boundary) for part in areas)
    for part in sorted(areas, key=lambda part: (-part.km2, part.unit)):
        name = wording.name(names[part.unit]).split(" (")[0].partition(" / ")[0]
        told = f"{wording.short(part.since)} · {wording.area(part.km2)}"
        visible = frame.paper(shapely.intersection(part.geometry, frame.area))
        badge = str(part.clause) if part.clause else ""
        choices = [([name, told], Style(size, part.hue, bold=True, badge=badge)) for size in (7, 6.2)]
        choices += [([name], Style(6.2, part.hue, bold=True, badge=badge))]
        if not visible.is_empty and not lettering.within(visible, choices, near=middle(visible)):
            lettering.led(*middle(visible), choices[-1:])


def legend(areas: list[Part], scene: Scene, record: Record, wording: Wording) -> list[Entry]:
    """The reasons and what else the map shows."""
    groups: dict[tuple[str, str], list[int]] = {}
    for part in sorted(areas, key=lambda part: (part.cause, part.clause or 0)):
        numbers = groups.setdefault((part.cause, part.hue), [])
        if part.clause and part.clause not in numbers:
            numbers.append(part.clause)
    found = []
    for (cause, hue), numbers in groups.items():
        reason = wording.tr(REASONS[cause][0])
        text = wording.listed(reason, numbers) if numbers else reason
        found.append(entry(text, partial(_sample, hue=hue, cause=cause)))
    return [*found, *base_legend([scene], record, wording)]


def _paint(drawing: Drawing, shape: Any, hue: str, cause: str) -> None:
    drawing.fill(shape, hue, 0.26)
    for angle in REASONS[cause][1]:
        drawing.hatch(shape, hue, angle, 8, 0.6)


def _sample(drawing: Drawing, hue: str, cause: str) -> None:
    _paint(drawing, FIELD, hue, cause)
    drawing.stroke(FIELD.exterior, hue, 1.2)
