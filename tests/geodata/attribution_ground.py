"""Small grounds made by chance, in the form of the real one, and the slow obvious answer for rows that stand in a list."""

from __future__ import annotations

import datetime as dt

import numpy as np
import shapely

from geodata.attribution.time_slices import time_slices
from geodata.attribution.written_day import EPOCH
from geodata.control import Near, control_at
from geodata.ground import Ground
from geodata.parts import Anchor, Doubt, Edge, Piece, Span, Symbol, ZoneMembership

SIDES = {"armenia": "armenia", "armenian-forces": "armenia", "azerbaijan": "azerbaijan", "peacekeepers": None}
HOLDERS = ("armenia", "armenian-forces", "azerbaijan", "peacekeepers")
START = dt.date(1994, 5, 12)
END = dt.date(2026, 6, 8)
SAME = ("controller", "sovereign", "certain", "unit", "as_of", "near_border")
METRES = ("edge_m", "accuracy_m", "border_m", "border_accuracy_m")


def day_of(number: int) -> dt.date:
    return EPOCH + dt.timedelta(days=int(number))


def chance_ground(seed: int, *, pieces: int = 14, doubts: int = 3) -> Ground:
    """Voronoi cells over a corner of the area, each with spans and zones by chance, and their shared edges."""
    chance = np.random.default_rng(seed)
    seats = shapely.multipoints(np.column_stack([chance.uniform(45, 47, pieces), chance.uniform(39, 40.5, pieces)]))
    frame = shapely.box(44.9, 38.9, 47.1, 40.6)
    cells = [cell.intersection(frame) for cell in shapely.get_parts(shapely.voronoi_polygons(seats, extend_to=frame))]
    made = tuple(_piece(chance, number, cell) for number, cell in enumerate(cells))
    edges = []
    for i, a in enumerate(cells):
        for j in range(i):
            shared = a.intersection(cells[j])
            if shared.length:
                edges.append(_edge(shared, made[i], made[j], chance))
        outer = a.intersection(frame.boundary)
        if outer.length:
            edges.append(_edge(outer, made[i], None, chance))
    symbols = tuple(
        Symbol(
            f"d{number}", "positions", _point(chance), {}, *_dates(chance), (), 9000, "x", "x",
            doubt=Doubt("armenia", "azerbaijan"),
        )
        for number in range(doubts)
    )  # fmt: skip
    anchors = tuple(
        Anchor(f"a{number}", str(chance.choice(HOLDERS)), _point(chance), *_dates(chance), 6000)
        for number in range(doubts)
    )
    return Ground(made, tuple(edges), (), symbols, (), anchors, START, END, "", SIDES)


def _point(chance):
    return shapely.Point(chance.uniform(45, 47), chance.uniform(39, 40.5))


def _piece(chance, number, cell):
    unit = "armenia" if number % 3 == 0 else f"u{number}"
    accuracy = int(chance.integers(1, 9)) * 500
    zones = (
        ZoneMembership(f"z{number % 4}", *_dates(chance), (2, 6)[: number % 3]),
        ZoneMembership("all", *_dates(chance), (4,)),
    )
    sovereign = HOLDERS[number % 3 * 2 % 4]
    return Piece(f"p{number}", unit, sovereign, cell, _spans(chance), zones, accuracy, "chance", 1.0, "x", "x")


def _edge(line, left, right, chance):
    lines = shapely.line_merge(shapely.multilinestrings([part for part in shapely.get_parts(line) if part.length]))
    divides = "outside" if right is None else "inner" if left.sovereign == right.sovereign else "republics"
    accuracy = int(chance.choice([100, 1500, 2000, 8000]))
    return Edge(left.id, right and right.id, divides, shapely.segmentize(lines, 0.05), accuracy)


def _dates(chance):
    since, until = sorted(dt.date(1995, 1, 1) + dt.timedelta(days=int(day)) for day in chance.integers(0, 11_000, 2))
    return None if chance.random() < 0.3 else since, None if chance.random() < 0.3 else until


def _spans(chance):
    days = sorted(
        {dt.date(1995, 1, 1) + dt.timedelta(days=int(n)) for n in chance.integers(0, 11_000, chance.integers(0, 4))}
    )
    result = []
    for since, until in zip([None, *days], [*days, None], strict=True):
        certain = bool(chance.random() < 0.8)
        other = None if certain else str(chance.choice(HOLDERS))
        result.append(Span(since, until, str(chance.choice(HOLDERS)), certain=certain, other=other))
    return tuple(result)


def slow(ground: Ground, lat: float, lon: float, first: int, last: int) -> dict:
    """The obvious answer: ``at`` on the last day; not certain unless it is so, and the same, in every state in between."""
    answer = control_at(ground, lat, lon, day_of(last))
    wanted = {name: getattr(answer, name) for name in SAME}
    wanted["zones"], wanted["clauses"] = "; ".join(answer.zones), "; ".join(map(str, answer.clauses))
    wanted |= dict.fromkeys(METRES)
    wanted["possible"] = {answer.controller, answer.other} - {None}
    if not answer.outside:
        near = Near(ground, lat, lon, answer.as_of)
        wanted["edge_m"], accuracy = near.line_of_control
        wanted["accuracy_m"] = accuracy if np.isfinite(wanted["edge_m"]) else answer.accuracy_m
        wanted["border_m"], wanted["border_accuracy_m"] = near.border
        if first < time_slices(ground).start:
            wanted["certain"] = False
        begin = day_of(max(first, time_slices(ground).start))
        for day in sorted({begin, *(day for day in time_slices(ground).days if begin < day < day_of(last))}):
            then = control_at(ground, lat, lon, day)
            same = all(getattr(then, name) == getattr(answer, name) for name in ("controller", "zones", "clauses"))
            wanted["certain"] = wanted["certain"] and then.certain and same
            wanted["possible"] |= {then.controller, then.other} - {None}
    return wanted


def fast(ground: Ground, lat, lon, first, last) -> list[dict]:
    """The vectorised answer, row by row in the same words."""
    from geodata.attribution.attribute import attribute

    found = attribute(
        ground, np.asarray(lat, float), np.asarray(lon, float), np.asarray(first, np.int32), np.asarray(last, np.int32)
    )
    return [_row(found, number) for number in range(len(lat))]


def _row(found, number):
    def word(table, codes, empty=None):
        return found.names[table][codes[number]] if codes[number] >= 0 else empty

    inside = found.piece[number] >= 0
    return {
        "controller": word("controller", found.controller), "sovereign": word("sovereign", found.sovereign),
        "certain": bool(found.certain[number]) if inside else None, "near_border": bool(found.near_border[number]), "possible": {name for bit, name in enumerate(found.names["controller"]) if found.possible[number] >> bit & 1}, "unit": word("unit", found.unit),
        "as_of": day_of(found.as_of[number]), "zones": word("zones", found.zones, ""), "clauses": word("clauses", found.clauses, ""),
        "edge_m": float(found.edge_m[number]) if inside else None, "accuracy_m": int(found.accuracy_m[number]) if inside else None,
        "border_m": float(found.border_m[number]) if inside else None,
        "border_accuracy_m": int(found.border_accuracy_m[number]) if inside else None,
    }  # fmt: skip


def _near(want, have):
    return want == have or (None not in (want, have) and abs(want - have) < 1e-7 * max(1, want))


def differing(ground: Ground, rows) -> list[tuple]:
    """Rows on which the two answers differ; the distance may differ by a ten-thousandth of a millimetre."""
    lat, lon, first, last = rows
    wrong = []
    for number, have in enumerate(fast(ground, lat, lon, first, last)):
        want = slow(ground, float(lat[number]), float(lon[number]), int(first[number]), int(last[number]))
        if not all(_near(want[name], have[name]) for name in ("edge_m", "border_m")) or {
            **want, "edge_m": 0, "border_m": 0
        } != {**have, "edge_m": 0, "border_m": 0}:  # fmt: skip
            wrong.append((lat[number], lon[number], day_of(first[number]), day_of(last[number]), want, have))
    return wrong
