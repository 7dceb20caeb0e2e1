"""What changed between two days, on one map: ground coloured by the reason for which it changed hands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

import numpy as np
import shapely

from geodata.changes import handovers
from geodata.dates import parse_day
from geodata.ground import Ground
from geodata.model import Record
from geodata.parts import Piece
from geodata.record_ground import Zone
from layers.catalogue import style_of
from layers.sheet.drawing import Drawing
from layers.sheet.labels import forms
from layers.sheet.legend import FIELD, HIGH, LEVEL_INK, ROUND, Entry, entry, roundness
from layers.sheet.legend import legend as base_legend
from layers.sheet.lettering import Lettering, Style
from layers.sheet.mapping import draw_holding
from layers.sheet.parts import cause_hue
from layers.sheet.projection import metric
from layers.sheet.scene import Holding, Scene
from layers.sheet.spots import middle, prepared
from layers.wording import Wording
from layers.wording.vocabulary import N

REASONS = {"force": N("Changed hands by force"), "other": N("Changed hands otherwise")}
"""Words of the reasons but for the clauses, whose number they have."""
HATCH = {"clause": (), "force": (135,), "other": (45, 135)}
"""Angles of the hatch of each reason; the hue of a clause is the clause's."""
LED_MM = 14.0
"""Longest leader of a letter."""
SEAM_M = 5.0
"""Half of the widest gap, in metres, between areas that adjoin."""
SIZES = (7, 6.2)
"""Sizes in points of the names of areas; letters have the first."""


@dataclass(frozen=True)
class Part:
    """One unit that changed hands: the last hand-over between the days, from whom to whom, its ground in metres, its km2."""

    unit: str
    held: tuple[str, str]
    cause: str
    clause: int | None
    since: date
    km2: float
    geometry: Any
    zone: Zone | None = None

    @property
    def hue(self) -> str:
        """Colour: that of the unit's zone, else of the clause, or one for all that no clause required."""
        return str(style_of(self.zone.id)["hue"]) if self.zone else cause_hue(self.cause, self.clause)

    @property
    def badge(self) -> str:
        """The clauses of the unit's zone, or the clause under which it was handed over."""
        return "/".join(map(str, self.zone.clauses if self.zone else filter(None, [self.clause])))

    def style(self, size: float) -> Style:
        """How its name is set."""
        return Style(size, self.hue, bold=True, badge=self.badge)

    @property
    def round(self) -> bool:
        """Whether it is several villages of unknown extent, drawn as circles: the legend explains them."""
        discs = shapely.get_parts(self.geometry)
        return len(discs) > 1 and bool(np.median(roundness(discs)) > ROUND)


def parts(ground: Ground, record: Record, before: str, after: str) -> list[Part]:
    """The ground that changed hands after one day and up to another, by unit and last hand-over, in the order of the table."""
    start, end = parse_day(before), parse_day(after)
    zones = {zone.id: zone for zone in record.zones if zone.clauses}
    found: dict[tuple[str, tuple[str, str], str, int | None, date], list[Piece]] = {}
    for piece in ground.pieces:
        steps = [step for step in handovers(piece) if step[1].since and start < step[1].since <= end]
        if steps and (last := steps[-1][1]).since and last.cause:
            held = (steps[-1][0].controller, last.controller)
            found.setdefault((piece.unit, held, last.cause, last.clause, last.since), []).append(piece)
    areas = [
        Part(*key, sum(piece.km2 for piece in pieces), _together(pieces), zones.get(key[0]))
        for key, pieces in found.items()
    ]
    return sorted(areas, key=lambda part: (part.held, part.since, part.unit))


def _together(pieces: list[Piece]) -> Any:
    return shapely.coverage_union_all([metric(piece.geometry) for piece in pieces])


def put(
    drawing: Drawing,
    lettering: Lettering,
    *,
    areas: list[Part],
    record: Record,
    wording: Wording,
    letters: Iterable[str],
) -> dict[str, str]:
    """Fill, hatch, outline and name each part; one without room for its name bears one of the ``letters``, as its row in the table.

    So do all where a district that a clause hands over has no room, for these are told alike.

    Returns the letter of every name on the map; empty where the name itself stands, so that no town bears it again.
    """
    names = {unit.id: wording.name(unit.names).split(" (")[0] for unit in record.units}
    frame = lettering.frame
    for part in areas:
        drawing.fill(part.geometry, "#fff", 0.5)
        _paint(drawing, part.geometry, part.hue, part.cause)
        drawing.stroke(part.geometry.boundary, "#fff", 2.6, opacity=0.8)
        drawing.stroke(part.geometry.boundary, part.hue, 1.4)
    lettering.block(frame.paper(part.geometry.boundary) for part in areas)
    shown = [(part, frame.paper(shapely.intersection(part.geometry, frame.area))) for part in areas]
    shown = [(part, visible) for part, visible in shown if not visible.is_empty]
    tried = lettering.attempt(grounds=prepared([visible for _, visible in shown]))
    bare, said = tried.attempt(), dict[str, str]()
    for part, visible in sorted(shown, key=lambda item: (-item[0].km2, item[0].unit)):
        choices = [(form, part.style(size)) for size in SIZES for form in forms(names[part.unit])]
        if tried.within(visible, choices, near=middle(visible)):
            said[names[part.unit]] = ""
    if {names[part.unit] for part, _ in shown if len(part.badge) == 1} - said.keys():
        tried, said = bare, {}
    left = [(part, visible) for part, visible in shown if names[part.unit] not in said]
    for letter, (part, visible) in zip(letters, left, strict=False):
        spot, choices = middle(visible), [([letter] if letter else [], part.style(SIZES[0]))]
        if (letter or part.badge) and not tried.within(visible, choices, near=spot):
            tried.led(*spot, choices, most=LED_MM)
        said |= {names[part.unit]: letter} if letter else {}
    lettering.adopt(tried)
    return said


def legend(areas: list[Part], scene: Scene, record: Record, wording: Wording) -> list[Entry]:
    """The reasons, the zone of several clauses and the circles, and what else the map shows."""
    groups: dict[tuple[str, str, bool], list[Part]] = {}
    for part in sorted(areas, key=lambda part: (part.round, "/" in part.badge, part.cause, part.clause or 0)):
        groups.setdefault((part.cause, part.hue, part.round), []).append(part)
    found = []
    for (cause, hue, round_), same in groups.items():
        shape = FIELD.centroid.buffer(HIGH * 0.36) if round_ else FIELD
        found.append(entry(_meaning(same, wording), partial(_sample, shape=shape, hue=hue, cause=cause)))
    return [*found, *_circles(areas, scene, wording), *base_legend([scene], record, wording)]


def _circles(areas: list[Part], scene: Scene, wording: Wording) -> list[Entry]:
    """What the circles left out of the ground that changed hands are: places that were their holder's on the earlier day."""
    whole = shapely.union_all([part.geometry.buffer(SEAM_M) for part in areas])
    holes = [shapely.Polygon(hole) for shape in shapely.get_parts(whole) for hole in shape.interiors]
    circles = [hole for hole in holes if roundness(hole) > ROUND and hole.intersects(scene.area)]
    if not circles:
        return []
    first = min(areas, key=lambda part: part.geometry.distance(circles[0]))
    held = [row for row in scene.holdings if row.certain and row.geometry.intersects(circles[0].centroid)]
    draw = partial(_disc, first=first, holdings=held)
    return [entry(wording.tr("circle: around a town or village, extent unknown"), draw)]


def _disc(drawing: Drawing, first: Part, holdings: list[Holding]) -> None:
    """A circle left out of ground that changed hands."""
    disc = FIELD.centroid.buffer(HIGH * 0.3)
    _sample(drawing, FIELD, first.hue, first.cause)
    drawing.fill(disc, LEVEL_INK)
    for holding in holdings:
        draw_holding(drawing, replace(holding, geometry=disc))
    drawing.stroke(disc.exterior, first.hue, 1.2)


def _meaning(same: list[Part], wording: Wording) -> str:
    """What the legend says of parts that look alike."""
    first = same[0]
    if first.round:
        days = ", ".join(dict.fromkeys(wording.short(part.since) for part in same))
        return wording.tr("circle: a village announced on {day}, extent unknown", day=days)
    if first.zone and "/" in first.badge:
        return f"{wording.name(first.zone.names)} ({wording.cause(first.cause, first.clause)})"
    if first.cause in REASONS:
        return wording.tr(REASONS[first.cause])
    clauses = list(dict.fromkeys(str(part.clause) for part in same))
    return wording.plural(
        "Handed over under clause {clauses}",
        "Handed over under clauses {clauses}",
        len(clauses),
        clauses=", ".join(clauses),
    )


def _paint(drawing: Drawing, shape: Any, hue: str, cause: str) -> None:
    drawing.fill(shape, hue, 0.26)
    for angle in HATCH[cause]:
        drawing.hatch(shape, hue, angle, 8, 0.6)


def _sample(drawing: Drawing, shape: Any, hue: str, cause: str) -> None:
    _paint(drawing, shape, hue, cause)
    drawing.stroke(shape.exterior, hue, 1.2)
