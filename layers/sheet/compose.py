"""Puts a sheet together: one map, or two beside each other with what changed between them."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from geodata.ground import Ground
from geodata.model import Record
from layers.sheet import blocks, difference
from layers.sheet.columns import GAP, SPACE, flow, height
from layers.sheet.encode import new_figure
from layers.sheet.labels import Lettering, letter
from layers.sheet.mapping import Canvas, draw_map
from layers.sheet.marginalia import degrees, foot, head, inset, north, scale_bar
from layers.sheet.page import INK, Page, width_mm
from layers.sheet.paper import Box, Paper
from layers.sheet.projection import MapExtent, disputed_bounds, frame_around, frame_of_view
from layers.sheet.scene import Scene, scene_of
from layers.sheet.table import changed
from layers.view_state import State
from layers.wording import Wording
from layers.wording.vocabulary import N

EVENTS_ROOM = 34.0
"""Height in mm that the clauses leave for the events."""
EVENTS_LEAST = 22.0
"""Height in mm that a legend beside the clauses leaves to the events below it."""
PAIR = N("Who held the ground on the first day and on the second")
DIFFERENCE = N("Ground that changed hands between the two days")
INSET = (40.0, 31.0)
"""Width and height of the inset in mm."""


def compose(
    state: State, record: Record, ground: Ground, paper: Paper, address: str | None, compare: str
) -> tuple[Figure, str]:
    """The figure of a sheet and its title; see :func:`layers.sheet.render`."""
    figure = new_figure(paper.w, paper.h)
    page = Page(figure, paper.w, paper.h)
    wording = Wording(state.lang, state.names)
    if state.from_ is None:
        scene = _single(page, paper, state, record, ground, wording)
        title = f"Ceasefire Atlas, {scene.day}"
    else:
        draw = _pair if compare == "beside" else _difference
        draw(page, paper, state, record, ground, wording)
        title = f"Ceasefire Atlas, {state.from_} and {state.on}"
    foot(page, paper, state, record, ground, wording, address)
    return figure, title


def _frame(state: State, record: Record, ground: Ground, box: Box) -> MapExtent:
    return frame_of_view(state.view, box) if state.view else frame_around(disputed_bounds(ground, record), box)


def _single(page: Page, paper: Paper, state: State, record: Record, ground: Ground, wording: Wording) -> Scene:
    frame = _frame(state, record, ground, paper.map)
    scene = scene_of(state, state.on, record, ground, frame.area)
    head(page, paper, scene, record, wording)
    corner = Box(paper.map.right - INSET[0], paper.map.bottom - INSET[1], *INSET)
    _map(page, scene, record, ground, frame, wording, corner)
    inset(page, scene, ground, frame, corner)
    _explain(page, paper, scene, record, wording)
    return scene


def _explain(page: Page, paper: Paper, scene: Scene, record: Record, wording: Wording) -> None:
    """Legend, clauses and events in the columns; with one column the clauses leave room for some events."""
    width, columns = paper.columns[0].w, paper.columns
    room = {1: columns[0].h * 0.45, 2: columns[0].h - EVENTS_LEAST}.get(len(columns), columns[0].h)
    legend = blocks.legend(page, [scene], record, wording, width, room)
    used = height(legend)
    if len(columns) == 1:
        room = columns[0].h - used - 2 * GAP
        clauses = blocks.clauses(page, scene, record, wording, width, max(room - EVENTS_ROOM, room * 0.7))
        left = columns[0].h - used - height(clauses) - 2 * GAP
        flow(columns, [legend, clauses, blocks.events(page, scene, wording, width, left)])
        return
    rest = columns[1:]
    clauses = blocks.clauses(page, scene, record, wording, width, rest[0].h * (1 if len(rest) == 1 else 1.55))
    left = columns[0].h - used - GAP
    below = sum(column.h for column in rest) - height(clauses) - GAP * len(rest)
    if left > below:
        events = blocks.events(page, scene, wording, width, left)
        flow(columns[:1], [legend, events])
        flow(rest, [clauses])
    else:
        flow(columns, [legend, clauses, blocks.events(page, scene, wording, width, below)])


def _pair(page: Page, paper: Paper, state: State, record: Record, ground: Ground, wording: Wording) -> None:
    assert state.from_ is not None
    scenes = []
    for day, box in zip((state.from_, state.on), paper.pair, strict=True):
        frame = _frame(state, record, ground, box)
        scene = scene_of(state, day, record, ground, frame.area)
        _map(page, scene, record, ground, frame, wording, None)
        _day_on_map(page, box, wording.day(day))
        scenes.append(scene)
    head(page, paper, scenes[1], record, wording, before=scenes[0], says=PAIR)
    columns = paper.pair_columns
    width = columns[0].w
    flow(columns[:1], [blocks.legend(page, scenes, record, wording, width, columns[0].h)])
    room = sum(column.h for column in columns[1:])
    table = changed(page, state.from_, state.on, record, ground, wording, width, room - 3 * (len(columns) - 1))
    clauses = blocks.clauses(page, scenes[1], record, wording, width, columns[-1].h)
    fits = height(table) <= columns[1].h
    flow(columns[1:], [table, clauses] if fits else [table])


def _difference(page: Page, paper: Paper, state: State, record: Record, ground: Ground, wording: Wording) -> None:
    """One map of the later day; ground that changed hands since the earlier one is coloured by reason and named."""
    assert state.from_ is not None
    frame = _frame(state, record, ground, paper.map)
    shown = state.with_(layers=tuple(layer for layer in state.layers if layer in {"control", "relief"}))
    scene = scene_of(shown, state.on, record, ground, frame.area)
    before = scene_of(shown, state.from_, record, ground, frame.area)
    head(page, paper, scene, record, wording, before=before, says=DIFFERENCE)
    corner = Box(paper.map.right - INSET[0], paper.map.bottom - INSET[1], *INSET)
    areas = difference.parts(ground, state.from_, state.on)
    axes = page.map_axes(frame.box)
    canvas = Canvas(axes, frame)
    draw_map(canvas, scene, ground)
    difference.draw(canvas, areas)
    lettering = _furnish(page, axes, frame, corner)
    difference.letter(lettering, areas, record, wording)
    letter(lettering, scene, record, ground, wording)
    inset(page, scene, ground, frame, corner)
    columns = paper.columns
    width = columns[0].w
    legend = difference.legend(page, areas, scene, wording, width)
    room = sum(column.h for column in columns) - height(legend) - GAP - 7 * (len(columns) - 1)
    table = changed(page, state.from_, state.on, record, ground, wording, width, room)
    flow(columns, [[*legend, SPACE, *table]])


def _map(
    page: Page, scene: Scene, record: Record, ground: Ground, frame: MapExtent, wording: Wording, corner: Box | None
) -> None:
    axes = page.map_axes(frame.box)
    draw_map(Canvas(axes, frame), scene, ground)
    letter(_furnish(page, axes, frame, corner), scene, record, ground, wording)


def _furnish(page: Page, axes: Axes, frame: MapExtent, corner: Box | None) -> Lettering:
    """Scale bar, north and degrees; returns the lettering, which keeps off them."""
    scale_bar(axes)
    north(page, frame)
    degrees(page, frame, 12 if corner else 62)
    lettering = Lettering(page, frame)
    lettering.reserve(frame.box.x, frame.box.bottom - 21, 14, 21)
    lettering.reserve(frame.box.x, frame.box.bottom - 10, frame.box.w * 0.27, 10)
    lettering.reserve(frame.box.x, frame.box.y, frame.box.w, 3.6)
    if corner is not None:
        lettering.reserve(corner.x, corner.y, corner.w, corner.h)
    else:
        lettering.reserve(frame.box.x, frame.box.y, 60, 9)
    return lettering


def _day_on_map(page: Page, box: Box, text: str) -> None:
    width = width_mm(text, 11, "bold") + 4
    page.rectangle(Box(box.x, box.y, width, 7), facecolor="white", edgecolor="#6d675c", linewidth=0.7, zorder=18)
    page.axes.text(
        box.x + 2,
        box.y + 5,
        text,
        fontsize=11,
        fontweight="bold",
        color=INK,
        va="baseline",
        parse_math=False,
        zorder=21,
    )
