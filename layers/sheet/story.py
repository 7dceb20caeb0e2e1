"""The guided story to hand out: two steps to a page, each with the map of its day around the ground that it tells of."""

from __future__ import annotations

from geodata.ground import Ground
from geodata.model import Record, Step
from geodata.story import ground_of, members
from layers.catalogue import styles
from layers.sheet import parts
from layers.sheet.documents import Data, map_of, sources
from layers.sheet.paper import Paper, Size
from layers.sheet.projection import MapExtent, bounds_of, frame_around
from layers.view_state import State, default, limits
from layers.wording import Wording

CLOSER = 0.6
"""How much closer than on a screen a view of the record looks on the story's maps, which are small."""
LEAST = 45_000
"""Metres that a map of the story shows at least from west to east."""

AROUND, HEAD = 27.5, 18.0
"""Of a page of the story: what stands above and below its maps, each, and what heads the first page; in mm."""


def story(state: State, record: Record, ground: Ground, paper: Paper, address: str | None) -> Data:
    """The guided story, two steps to a page, and its sources."""
    wording = Wording(state.lang, state.names)
    wide, room = 104.0, paper.h - 2 * AROUND
    steps = []
    for number, step in enumerate(record.story, start=1):
        size = wide, (room - HEAD if number <= 2 else room) / 2
        view = (step.view[0], step.view[1], step.view[2] + CLOSER) if step.view else None
        shown = default(limits(record)).with_(
            on=step.on.isoformat(),
            layers=tuple(step.layers),
            clause=step.clause,
            view=view,
            lang=state.lang,
            names=state.names,
        )
        shown = parts.settled(shown, record)
        steps.append(
            {
                "number": str(number),
                "title": step.title,
                "date": wording.day(step.on),
                "text": " ".join(step.text.split()),
                "badge": str(step.clause) if step.clause else "",
                "color": styles()["clauses"][step.clause] if step.clause else "#1d1b20",
                "map": map_of(
                    shown, record, ground, size, wording, insets=False, frame=_frame(step, record, ground, size)
                ),
            }
        )
    cited = [name for step in record.story for name in step.sources]
    return {
        **parts.page_of(
            "story", wording.tr("The story"), paper, state.with_(from_=None), record, ground, wording, address
        ),
        "running": wording.tr("The story"),
        "heading": wording.tr("The story"),
        "says": wording.tr("From the line of 1994 to today, step by step"),
        "steps": steps,
        "sources": sources(cited, record, wording),
    }


def _frame(step: Step, record: Record, ground: Ground, size: Size) -> MapExtent | None:
    """Around the ground that a step tells of; None where it has a view, or no ground."""
    told = members(ground_of(step, record), step.on, ground)
    return None if step.view or not told else frame_around(bounds_of(told), size, margin=0.1, least=LEAST)
