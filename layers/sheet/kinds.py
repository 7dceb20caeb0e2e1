"""The kinds of page with maps of one or two days, as data for the templates."""

from __future__ import annotations

from functools import partial
from itertools import repeat
from typing import Any

from geodata.ground import Ground
from geodata.model import Record
from layers.sheet import difference, parts
from layers.sheet.charts import chart, frame_for, pair
from layers.sheet.legend import legend
from layers.sheet.paper import Paper
from layers.sheet.scene import scene_of
from layers.view_state import State
from layers.wording import Wording

Data = dict[str, Any]
LETTERS = "abcdefghjkmnpqrstuvwxyz"
"""What stands for names without room, but for those that look like figures or each other."""


def one(state: State, record: Record, ground: Ground, paper: Paper, address: str | None) -> Data:
    """One date: the map, its legend, the clauses that govern it, the events around it."""
    # It compares nothing, so its link doesn't either.
    state = state.with_(from_=None)
    wording = Wording(state.lang, state.names)
    frame = frame_for(state, record, ground, paper.map)
    scene = scene_of(state, state.on, record, ground, frame.area)
    numbers = (
        wording.tr("The numbers are clauses.") if paper.brief and any(row["clauses"] for row in scene.zones) else ""
    )
    told = parts.today(scene, record, wording) or parts.last_told(scene, record, wording, 1 if paper.brief else 2)
    page = parts.page_of("one", state.on, paper, state, record, ground, wording, address)
    return {
        **page,
        "date": wording.day(scene.day),
        "says": " ".join(filter(None, [told, numbers])),
        "map": chart(scene, frame, record, ground, wording),
        "legend": {
            "head": _legend_head(scene, wording),
            "rows": legend([scene], record, wording, brief=paper.brief, metres=frame.metres),
        },
        "clauses": parts.clauses(scene, record, wording),
        "events": parts.events(scene, wording),
    }


def two(state: State, record: Record, ground: Ground, paper: Paper, address: str | None) -> Data:
    """Two dates: both maps, what changed between them, and the legend of both."""
    assert state.from_ is not None
    wording = Wording(state.lang, state.names)
    frame = frame_for(state, record, ground, paper.pair)
    scenes = [scene_of(state, day, record, ground, frame.area) for day in (state.from_, state.on)]
    title = f"{state.from_}, {state.on}"
    return {
        **parts.page_of("two", title, paper, state, record, ground, wording, address),
        "dates": [wording.day(state.from_), wording.day(state.on)],
        "says": wording.tr("Who held the ground on the first day and on the second"),
        "maps": pair(scenes, frame, record, ground, wording),
        "legend": {
            "head": _legend_head(scenes[0], wording),
            "rows": legend(scenes, record, wording, brief=paper.brief, metres=frame.metres),
        },
        "clauses": parts.clauses(scenes[1], record, wording),
        "changed": parts.changed(state.from_, state.on, record, ground, wording),
    }


def changes(state: State, record: Record, ground: Ground, paper: Paper, address: str | None) -> Data:
    """What changed between two dates: one map, coloured by the reason, with areas by clause and by force."""
    assert state.from_ is not None
    wording = Wording(state.lang, state.names)
    frame = frame_for(state, record, ground, paper.map)
    kept = tuple(layer for layer in state.layers if layer in {"control", "relief"})
    plain = scene_of(state.with_(layers=kept), state.on, record, ground, frame.area, relief=True)
    areas = difference.parts(ground, record, state.from_, state.on)
    letters = repeat("") if paper.brief else LETTERS
    more = partial(difference.put, areas=areas, record=record, wording=wording, letters=letters)
    drawn = chart(plain, frame, record, ground, wording, more=more)
    title = f"{state.from_}, {state.on}"
    return {
        **parts.page_of("changes", title, paper, state, record, ground, wording, address),
        "dates": [wording.day(state.from_), wording.day(state.on)],
        "says": wording.tr("Ground that changed hands between the two days"),
        "map": drawn,
        "legend": {
            "head": wording.tr("What is shown"),
            "rows": difference.legend(areas, plain, record, wording),
        },
        "changed": parts.changed(state.from_, state.on, record, ground, wording, drawn["letters"]),
    }


def _legend_head(scene: Any, wording: Wording) -> str:
    return wording.tr("Who held the ground" if scene.holdings else "What is shown")
