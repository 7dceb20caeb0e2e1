"""Pages of text with maps: one clause, a pack for a class, a briefing."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import groupby
from typing import Any

import shapely

from geodata.dates import bounds, parse_day
from geodata.edges import edges_on
from geodata.ground import Ground
from geodata.model import Clause, Reading, Record
from geodata.parts import Line, Symbol, ZoneMembership, span_on, valid_on
from geodata.status import Status, statuses
from layers.catalogue import edge_class, styles
from layers.sheet import fonts, parts
from layers.sheet.charts import chart, frame_for
from layers.sheet.legend import legend
from layers.sheet.paper import Paper
from layers.sheet.projection import MapExtent, disputed_bounds, metric
from layers.sheet.scene import scene_of
from layers.sheet.series import blank
from layers.view_state import State
from layers.wording import Wording, as_read
from layers.wording.vocabulary import ACCURACY

Data = dict[str, Any]
BELOW, ROW, SAID = 101.0, 4.3, 58.0
"""Of a briefing's second page: what stands round its map, a row on uncertain ground, the statements in force; in mm."""


def _chosen(state: State, record: Record) -> int:
    """The chosen clause, or the first of which readings are on record."""
    return state.clause or next(iter(read_clauses(record)), record.clauses[0].number)


def read_clauses(record: Record) -> list[int]:
    """The clauses of which the sides' readings are on record."""
    return sorted({row.clause for row in record.readings if row.clause})


def clause(state: State, record: Record, ground: Ground, paper: Paper, address: str | None) -> Data:
    """One clause: its words in the versions, its map, its deadlines' history, how it is read, what happened."""
    wording = Wording(state.lang, state.names)
    number = _chosen(state, record)
    item = next(row for row in record.clauses if row.number == number)
    areas = [zone.id for zone in record.zones if number in zone.clauses and zone.kind != "group"]
    day = _first_shown(state.on, areas, ground)
    shown = state.with_(on=day, clause=number, from_=None, layers=tuple(dict.fromkeys(["control", *areas])))
    tr = wording.tr
    return {
        **parts.page_of("clause", f"{number}", paper, shown, record, ground, wording, address),
        "running": f"{number} {item.title}",
        "badge": str(number),
        "color": styles()["clauses"][number],
        "heading": item.title,
        "lead": item.paraphrase,
        "map": map_of(shown, record, ground, (paper.w - 2 * paper.margin - 3, 96.0), wording),
        "facts": [
            {"head": tr("Who"), "text": item.who},
            {"head": tr("Where"), "text": item.where},
            {"head": tr("By when"), "text": item.deadline_note},
        ],
        "phrases": {"head": tr("Its operative words"), "rows": _phrases(item.phrases, record)},
        "deadlines": {"head": tr("History of its deadlines"), "rows": _deadlines(number, state, record, wording)},
        "variants": {"head": tr("Texts compared"), "map": tr("What it changes on the map"), "rows": _variants(item, record)},
        "readings": {"head": tr("How each side reads it"), "rows": _readings(number, record, wording), "unheard": [{"side": wording.side(row.side), "text": row.note} for row in item.unheard]},
        "happened": {"head": tr("What happened"), "text": item.what_happened},
        "open": {"head": tr("Left open by the text"), "text": item.ambiguity or ""},
        "sources": sources(_sources_of(item, number, record), record, wording),
    }  # fmt: skip


def _first_shown(day: str, layers: Collection[str], ground: Ground) -> str:
    """The day, or the first after it on which one of some layers is on the map; the day itself where none is."""
    on = parse_day(day)
    zones = [zone for piece in ground.pieces for zone in piece.zones]
    drawn: list[ZoneMembership | Line | Symbol] = [*zones, *ground.lines, *ground.points]
    shapes = [shape for shape in drawn if shape.zone in layers]
    if any(valid_on(shape, on) for shape in shapes):
        return day
    return min((shape.since.isoformat() for shape in shapes if shape.since and shape.since > on), default=day)


def map_of(
    state: State,
    record: Record,
    ground: Ground,
    size: tuple[float, float],
    wording: Wording,
    *,
    insets: bool = True,
    frame: MapExtent | None = None,
) -> Data:
    """A map in a page of text: of a frame, or of what the state looks at."""
    frame = frame or frame_for(state, record, ground, size)
    scene = scene_of(state, state.on, record, ground, frame.area, relief=True)
    drawn = chart(scene, frame, record, ground, wording, insets=insets)
    return {**drawn, "key": legend([scene], record, wording, metres=frame.metres), "caption": wording.day(scene.day)}


def _phrases(items: Iterable[Any], record: Record) -> list[Data]:
    """What each version says, in the order of the record."""
    versions = {version.id: version for version in record.statement.witnesses}
    said: dict[str, list[str]] = {}
    for item in items:
        said.setdefault(item.witness, []).append(Wording.quoted(item.phrase, versions[item.witness].language))
    return [
        {"version": versions[name].title, "language": versions[name].language, "words": "\n".join(words)}
        for name, words in said.items()
    ]


def _variants(item: Clause, record: Record) -> list[Data]:
    return [
        {
            "point": variant.point,
            "rows": _phrases(variant.wordings, record),
            "consequence": variant.consequence,
        }
        for variant in item.variants
    ]


def _deadlines(number: int, state: State, record: Record, wording: Wording) -> list[Data]:
    """Each obligation of a clause: what became of it, and every deadline as it was announced, to the end of the record.

    With a day of knowledge, as known then.
    """
    known = parse_day(state.known) if state.known else record.coverage_end
    rows = {row.id: row for row in statuses(record, record.coverage_end, known)}
    return [
        {
            "title": item.title,
            "duty": item.duty,
            "status": wording.deadline(rows[item.id]),
            "steps": [
                {
                    "day": wording.short(step.announced),
                    "text": wording.tr("due {due}", due=wording.short(step.due)),
                    "note": step.note,
                }
                for step in item.deadlines
                if step.announced <= known
            ],
        }
        for item in record.obligations
        if item.clause == number
    ]


def _readings(number: int, record: Record, wording: Wording) -> list[list[Data]]:
    """What the sides take a clause to mean, topic by topic."""
    order = record.statement.sides
    found = sorted(
        (row for row in record.readings if row.clause == number), key=lambda row: (row.topic, order.index(row.side))
    )
    return [[_reading(row, wording) for row in group] for _, group in groupby(found, key=lambda row: row.topic)]


def _reading(row: Reading, wording: Wording) -> Data:
    return {
        "side": wording.side(row.side),
        "title": row.title,
        "text": row.text,
        "by": (said := wording.voice(row))[:1].upper() + said[1:],
    }


def _sources_of(item: Clause, number: int, record: Record) -> list[str]:
    found = [*item.sources]
    for row in record.readings:
        found += row.sources if row.clause == number else []
    for duty in record.obligations:
        found += duty.sources if duty.clause == number else []
    return found


def sources(ids: Iterable[str], record: Record, wording: Wording) -> Data:
    """Sources in the order of their names, each once, as a list to print."""
    known = {source.id: source for source in record.sources}
    rows = [
        {
            "text": f"{as_read(source, wording.tr)}: {source.title}",
            "day": wording.edtf(source.date, short=True) if source.date else "",
            "address": fonts.readable(source.address or ""),
        }
        for source in sorted(
            (known[name] for name in dict.fromkeys(ids)), key=lambda one: (one.publisher.casefold(), one.id)
        )
    ]
    return {"head": wording.tr("Sources"), "rows": rows}


def class_pack(state: State, record: Record, ground: Ground, paper: Paper, address: str | None) -> Data:
    """For a class: a blank map to draw on, a worksheet of two readings, and a sheet of all dates."""
    wording = Wording(state.lang, state.names)
    tr = wording.tr
    number = _chosen(state, record)
    item = next(row for row in record.clauses if row.number == number)
    if (there := read_clauses(record)) and number not in there:
        raise ValueError(
            f"Nobody's reading of clause {number} is on record: choose one of {', '.join(map(str, there))}."
        )
    pairs = [group for group in _readings(number, record, wording) if len(group) > 1]
    size = (paper.w - 2 * paper.margin - 3, paper.h - 92)
    return {
        **parts.page_of("class", tr("For a class"), paper, state.with_(from_=None), record, ground, wording, address),
        "running": tr("For a class"),
        "blank": {
            "head": tr("Draw the map"),
            "map": blank(state, record, ground, size, wording),
            "tasks": [
                tr("Draw the line that you think the sides held on {day}.", day=wording.day(record.effect_day)),
                tr("Shade what the statement hands over, and write the date and the clause into each area."),
                tr("Compare with the atlas. Where are you unsure, and where does the atlas say that it is?"),
            ],
        },
        "worksheet": {
            "head": tr("Two readings of clause {n}", n=number),
            "clause": item.paraphrase,
            "phrases": sorted(_phrases(item.phrases, record), key=lambda row: row["language"] != wording.lang)[:4],
            "readings": pairs[0][:2] if pairs else [],
            "tasks": [
                tr("Underline the words of the text on which each reading rests."),
                tr("What would each reading mean on the map?"),
                tr("What would you have to know to decide, and who could know it?"),
                tr("Write a wording of the clause that allows one reading only."),
            ],
        },
        "facts": {
            "head": tr("All dates"),
            "days": tr("From {first} to {last}", first=wording.day(ground.coverage_start), last=wording.day(ground.coverage_end)),
            "duties": _duties(state.with_(on=ground.coverage_end.isoformat(), known=None), record, wording),
            "handovers": parts.changed(ground.coverage_start.isoformat(), ground.coverage_end.isoformat(), record, ground, wording),
        },
        "sources": sources(_sources_of(item, number, record), record, wording),
    }  # fmt: skip


def _duties(state: State, record: Record, wording: Wording) -> Data:
    """All obligations as a table, and what its last column counts."""
    tr = wording.tr
    rows = [
        {
            "badge": str(row.clause),
            "color": styles()["clauses"][row.clause],
            "mark": styles()["statuses"][row.status].get("mark", ""),
            "cells": [
                row.title,
                _due(row, wording),
                wording.done_in_table(row),
                wording.status(row.status),
                wording.lateness_figures(row),
            ],
        }
        for row in _statuses(state, record)
    ]
    return {
        "columns": [tr("Clause"), tr("Obligation"), tr("Due"), tr("Done or lapsed"), tr("Status"), tr("Days late")],
        "rows": rows,
        "note": tr("Days late: against the due day then in force; in brackets against the first. Negative: early."),
    }


def _statuses(state: State, record: Record) -> list[Status]:
    """All obligations on the day of a state, as known on it or on its day of knowledge."""
    return statuses(record, parse_day(state.on), parse_day(state.known or state.on))


def _due(row: Status, wording: Wording) -> str:
    """The due day in force; where it was moved, below it the first."""
    told = wording.due_in_table(row)
    if row.first_due in (None, row.due):
        return told
    return f"{told}\n{wording.tr('first {day}', day=wording.cell(row.first_due))}"


def briefing(state: State, record: Record, ground: Ground, paper: Paper, address: str | None) -> Data:
    """Two pages for a mediator: obligations with their status and what is disputed; the ground and where it is uncertain.

    The map takes the height that the lists below it leave.
    """
    wording = Wording(state.lang, state.names)
    tr = wording.tr
    shown = state.with_(from_=None)
    uncertain = _uncertain(shown, record, ground, wording)
    force = sorted(
        (row for row in record.statement.in_force if bounds(row.date)[1] <= parse_day(state.on)),
        key=lambda row: record.statement.sides.index(row.side),
    )
    high = paper.h - BELOW - ROW * len(uncertain) - SAID * bool(force)
    return {
        **parts.page_of("briefing", state.on, paper, shown, record, ground, wording, address),
        "heading": tr("Briefing"),
        "date": wording.day(state.on),
        "duties": _duties(shown, record, wording),
        "ground": tr("Who held the ground"),
        "map": map_of(shown, record, ground, (paper.w - 2 * paper.margin - 3, high), wording),
        "events": parts.events(scene_of(shown, state.on, record, ground, shapely.box(*disputed_bounds(ground, record))), wording),
        "disputed": {"head": tr("What is disputed"), "none": "" if (disputed := _disputed(shown, record, wording)) else tr("Nothing on this day."), "rows": disputed},
        "uncertain": {"head": tr("Where the ground is uncertain"), "rows": uncertain},
        "force": {
            "head": tr("Does it still hold?"),
            "rows": [{"side": wording.side(row.side), "title": row.title, "text": row.text} for row in force],
        },
    }  # fmt: skip


def _disputed(state: State, record: Record, wording: Wording) -> list[Data]:
    """The obligations whose status is disputed on the day, each with the latest two readings that conflict.

    The sides stand in the order of the record, whoever spoke first.
    """
    day = parse_day(min(state.on, state.known or state.on))
    rows = {row.id: row for row in _statuses(state, record) if row.status == "disputed"}
    return [
        {
            "badge": str(item.clause),
            "color": styles()["clauses"][item.clause],
            "title": item.title,
            "since": wording.outcome(rows[item.id]),
            "sides": [
                {"side": wording.side(side), "text": text}
                for side, text in sorted(
                    ((row.claim_side, row.claim), (row.counter_side, row.counterclaim)),
                    key=lambda said: record.statement.sides.index(said[0]),
                )
            ],
        }
        for item in record.obligations
        if item.id in rows
        for row in [dispute for dispute in item.disputes if dispute.since <= day][-1:]
    ]


def _uncertain(state: State, record: Record, ground: Ground, wording: Wording) -> list[str]:
    """Areas whose holder is not certain, and how exactly the lines between the sides are known, in km."""
    day = parse_day(state.on)
    names = {unit.id: unit.names for unit in record.units}
    areas: dict[tuple[str, str, str], float] = {}
    for piece in ground.pieces:
        span = span_on(piece, day)
        if not span.certain:
            key = (wording.name(names[piece.unit]), span.controller, span.other or span.controller)
            areas[key] = areas.get(key, 0.0) + piece.km2
    told = [
        wording.tr("{name}: {holder} or {other}, {area}", name=name, holder=wording.holder(holder), other=wording.holder(other), area=wording.area(km2))
        for (name, holder, other), km2 in sorted(areas.items(), key=lambda row: (-row[1], row[0]))
    ]  # fmt: skip
    lengths: dict[str, float] = {}
    for edge, kind, _ in edges_on(ground, day):
        if kind == "line-of-control":
            name = edge_class(edge.accuracy_m)
            lengths[name] = lengths.get(name, 0.0) + metric(edge.geometry).length / 1000
    for style in styles()["edges"]:
        if style["id"] in lengths:
            km, known = wording.number(lengths[style["id"]]), wording.tr(ACCURACY[style["id"]])
            told.append(wording.tr("{km} km of the lines between the sides: {accuracy}", km=km, accuracy=known))
    return told
