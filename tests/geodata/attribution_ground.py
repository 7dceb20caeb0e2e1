"""Small grounds made by chance, in the form of the real one, and the slow obvious answer for rows that stand in a list."""

from __future__ import annotations

import datetime as dt

import numpy as np
import shapely

from geodata.attribution.time_slices import EPOCH, time_slices
from geodata.control import Near, at
from geodata.ground import Feature, Ground

SIDES = {"armenia": "armenia", "armenian-forces": "armenia", "azerbaijan": "azerbaijan", "peacekeepers": None}
HOLDERS = ("armenia", "armenian-forces", "azerbaijan", "peacekeepers")
END = "2026-06-08"
METRES = ("edge_m", "accuracy_m", "border_m", "border_accuracy_m")


def day_text(number: int) -> str:
    return (EPOCH + dt.timedelta(days=int(number))).isoformat()


def chance_ground(seed: int, *, pieces: int = 14, doubts: int = 3) -> Ground:
    """Voronoi cells over a corner of the area, each with spans and zones by chance, and their shared edges."""
    chance = np.random.default_rng(seed)
    seats = shapely.multipoints(np.column_stack([chance.uniform(45, 47, pieces), chance.uniform(39, 40.5, pieces)]))
    frame = shapely.box(44.9, 38.9, 47.1, 40.6)
    cells = [cell.intersection(frame) for cell in shapely.get_parts(shapely.voronoi_polygons(seats, extend_to=frame))]
    features = tuple(
        Feature(cell, {
            "piece": f"p{number}", "unit": "armenia" if number % 3 == 0 else f"u{number}", "sovereign": HOLDERS[number % 3 * 2 % 4],
            "ring": None, "accuracy_m": int(chance.integers(1, 9)) * 500, "basis": "chance", "km2": 1.0, "source": "x",
            "zones": _dated(chance, [{"zone": f"z{number % 4}", "clauses": [2, 6][: number % 3]}, {"zone": "all", "clauses": [4]}]),
            "spans": _spans(chance),
        })
        for number, cell in enumerate(cells)
    )  # fmt: skip
    edges = []
    for i, a in enumerate(cells):
        for j in range(i):
            shared = a.intersection(cells[j])
            if shared.length:
                edges.append(_edge(shared, features[i], features[j], chance))
        outer = a.intersection(frame.boundary)
        if outer.length:
            edges.append(_edge(outer, features[i], None, chance))
    points = tuple(
        Feature(shapely.Point(chance.uniform(45, 47), chance.uniform(39, 40.5)), {
            "zone": "positions", "point": f"d{number}", "accuracy_m": 9000, "doubt_control": {"unit": "armenia", "or": "azerbaijan"},
            **_dated(chance, [{}])[0],
        })
        for number in range(doubts)
    )  # fmt: skip
    anchors = tuple(
        Feature(shapely.Point(chance.uniform(45, 47), chance.uniform(39, 40.5)), {
            "place": f"a{number}", "accuracy_m": 6000, "holder": str(chance.choice(HOLDERS)), **_dated(chance, [{}])[0],
        })
        for number in range(doubts)
    )  # fmt: skip
    return Ground(features, tuple(edges), (), points, (), anchors, END, "", SIDES)


def _edge(line, left, right, chance):
    lines = shapely.line_merge(shapely.multilinestrings([part for part in shapely.get_parts(line) if part.length]))
    return Feature(
        shapely.segmentize(lines, 0.05),
        {
            "left": left["piece"],
            "right": right and right["piece"],
            "divides": "outside"
            if right is None
            else "inner"
            if left["sovereign"] == right["sovereign"]
            else "republics",
            "accuracy_m": int(chance.choice([100, 1500, 2000, 8000])),
        },
    )


def _dated(chance, items):
    for item in items:
        since, until = sorted(str(day) for day in np.datetime64("1995-01-01") + chance.integers(0, 11_000, 2))
        item |= {"since": None if chance.random() < 0.3 else since, "until": None if chance.random() < 0.3 else until}
    return items


def _spans(chance):
    days = sorted({str(np.datetime64("1995-01-01") + n) for n in chance.integers(0, 11_000, chance.integers(0, 4))})
    result = []
    for since, until in zip([None, *days], [*days, None], strict=True):
        certain = bool(chance.random() < 0.8)
        result.append({
            "since": since, "until": until, "controller": str(chance.choice(HOLDERS)), "certain": certain,
            "or": None if certain else str(chance.choice(HOLDERS)), "event": None, "clause": None, "cause": None, "disputed": False,
        })  # fmt: skip
    return result


def slow(ground: Ground, lat: float, lon: float, first: int, last: int) -> dict:
    """The obvious answer: ``at`` on the last day; not certain unless it is so, and the same, in every state in between."""
    answer = at(ground, lat, lon, day_text(last))
    wanted = {
        name: answer[name] for name in ("controller", "sovereign", "certain", "or", "unit", "as_of", "near_border")
    }
    wanted["zones"], wanted["clauses"] = "; ".join(answer["zones"]), "; ".join(map(str, answer["clauses"]))
    wanted |= dict.fromkeys(METRES)
    if not answer["outside"]:
        near = Near(ground, lat, lon, answer["as_of"])
        wanted["edge_m"], accuracy = near.line_of_control
        wanted["accuracy_m"] = accuracy if np.isfinite(wanted["edge_m"]) else answer["accuracy_m"]
        wanted["border_m"], wanted["border_accuracy_m"] = near.border
        if first < time_slices(ground).start:
            wanted["certain"] = False
        begin = day_text(max(first, time_slices(ground).start))
        for day in sorted({begin, *(day for day in time_slices(ground).days if begin < day < day_text(last))}):
            then = at(ground, lat, lon, day)
            same = all(then[name] == answer[name] for name in ("controller", "zones", "clauses"))
            wanted["certain"] = wanted["certain"] and then["certain"] and same
            if wanted["or"] is None and then["controller"] != answer["controller"]:
                wanted["or"] = then["controller"]
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
        "certain": bool(found.certain[number]) if inside else None, "near_border": bool(found.near_border[number]), "or": word("controller", found.other), "unit": word("unit", found.unit),
        "as_of": day_text(found.as_of[number]), "zones": word("zones", found.zones, ""), "clauses": word("clauses", found.clauses, ""),
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
            wrong.append((lat[number], lon[number], day_text(first[number]), day_text(last[number]), want, have))
    return wrong
