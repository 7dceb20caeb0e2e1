"""What changed between two days, on one map: ground coloured by the reason for which it changed hands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import shapely

from geodata.changes import handovers
from geodata.crs import to_metres
from geodata.dates import parse_day
from geodata.ground import Ground
from geodata.model import Record
from geodata.parts import Piece
from layers.catalogue import styles
from layers.sheet.columns import Item, heading, sample
from layers.sheet.labels import Lettering
from layers.sheet.mapping import HATCHES, Canvas, patch, stroke
from layers.sheet.page import Page
from layers.sheet.paper import Box
from layers.sheet.scene import Scene
from layers.wording import Wording
from layers.wording.vocabulary import N

REASONS = {
    "clause": (N("Handed over under a clause"), None),
    "force": (N("Changed hands by force"), "\\\\\\"),
    "other": (N("Changed hands otherwise"), "xxx"),
}
"""Words and hatch of each reason; the hue of a clause is the clause's."""
FORCE_HUE = "#7a5c00"


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
        return str(styles()["clauses"][self.clause]) if self.clause else FORCE_HUE


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
    return shapely.coverage_union_all([to_metres(piece.geometry) for piece in pieces])


def draw(canvas: Canvas, changed: list[Part]) -> None:
    """Fill and outline each part."""
    for part in changed:
        hatch = REASONS[part.cause][1]
        patch(canvas, part.geometry, facecolor="white", edgecolor="none", alpha=0.55, zorder=6.5)
        patch(canvas, part.geometry, facecolor=part.hue, edgecolor="none", alpha=0.3, zorder=7)
        if hatch:
            patch(
                canvas,
                part.geometry,
                facecolor="none",
                edgecolor="none",
                hatch=hatch,
                hatchcolor=part.hue,
                hatch_linewidth=0.4,
                zorder=7.5,
            )
        stroke(canvas, part.geometry.boundary, "white", 2.6, "", zorder=8, opacity=0.8)
        stroke(canvas, part.geometry.boundary, part.hue, 1.4, "", zorder=8.5)


def letter(lettering: Lettering, changed: list[Part], record: Record, wording: Wording) -> None:
    """Name, day and area of each part, the largest first."""
    names = {unit.id: unit.names for unit in record.units}
    for part in sorted(changed, key=lambda part: (-part.km2, part.unit)):
        name = wording.name(names[part.unit]).split(" (")[0]
        lines = [name.partition(" / ")[0], f"{wording.short(part.since)} · {wording.area(part.km2)}"]
        lettering.fit(part.geometry, [lines, lines[:1]], 7.2, part.hue)


def legend(page: Page, changed: list[Part], scene: Scene, wording: Wording, width: float) -> list[Item]:
    """The reasons and holders that are shown."""
    items = []
    groups: dict[tuple[str, str], list[int]] = {}
    for part in sorted(changed, key=lambda part: (part.cause, part.clause or 0)):
        numbers = groups.setdefault((part.cause, part.hue), [])
        if part.clause and part.clause not in numbers:
            numbers.append(part.clause)
    for (cause, hue), numbers in groups.items():
        text = wording.tr(REASONS[cause][0]) + (f": {', '.join(map(str, numbers))}" if numbers else "")
        items.append(sample(page, text, width, partial(_swatch, page, hue, REASONS[cause][1])))
    for name in scene.controllers:
        style = styles()["controllers"][name]
        text = f"{wording.holder(name)}, {wording.short(scene.day)}"
        items.append(sample(page, text, width, partial(_holder, page, style)))
    return [heading(page, wording.tr("What is shown")), *items]


def _swatch(page: Page, hue: str, hatch: str | None, box: Box) -> None:
    page.rectangle(box, facecolor=hue, edgecolor="none", alpha=0.3)
    frame = page.rectangle(box, facecolor="none", edgecolor=hue, linewidth=1, hatch=hatch)
    frame.set_hatchcolor(hue)
    frame.set_hatch_linewidth(0.4)


def _holder(page: Page, style: dict[str, Any], box: Box) -> None:
    frame = page.rectangle(
        box, facecolor=style["fill"], edgecolor=style["line"], linewidth=0.5, hatch=HATCHES[style["pattern"]]
    )
    frame.set_hatchcolor(style["ink"])
    frame.set_hatch_linewidth(0.45)
