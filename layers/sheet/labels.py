"""Which names a map bears, the most important first: zones with their clauses, places, countries, points and lines."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import shapely

from geodata.crs import to_metres
from geodata.ground import Ground
from geodata.model import Record
from layers.catalogue import style_of
from layers.sheet.countries import name_countries
from layers.sheet.lettering import Choice, Lettering, Style
from layers.sheet.projection import MapExtent
from layers.sheet.scene import Scene
from layers.sheet.spots import middle
from layers.wording import Wording

RANK_SCALE = ((4, 350_000), (3, 900_000), (2, 2_500_000), (1, 1e9))
"""Places of a rank are named on sheets up to this scale."""
CHIEF_SCALE = 3_500_000
"""Up to this scale towns are named after which a zone of a clause or a unit of the former oblast is named."""
BACKGROUND = {"nkao", "captured-2020", "peacekeeping-zone", "districts"}
"""Wide zones behind others, named after them."""
ZONE_SIZES = (8.0, 7.3, 6.7)
"""Sizes in points in which zones are named; those behind others a point less."""
LED_ZONES = 2
"""Most zones whose names may stand outside, at the end of leaders."""
LED_MM = 20
"""Longest leader of a zone."""
WORST = {1: math.inf, 2: 5.0}
"""Places of these ranks get a leader where there is no room beside them; how badly their names may stand (lettering.py)."""
WORST_SMALL = {1: math.inf, 2: 7.5}
"""The same on maps of a small scale."""
OWN = 2.0
"""A name that stands less badly is on the ground of its place's holder."""
DOTS = (0.46, 0.62)
"""Radius in mm of the dots of places, and of those of the first rank."""
TOWN_SIZES = {1: (7.6, 6.6), 2: (6.6,)}
SMALLEST = 6.0
"""Sizes in points of the names of places of the first rank and of others; the smallest of the first and on small scales."""
FIRST = {"shusha"}
"""Towns named as if they were of the first rank, in the type of their own: who held them was the question."""
LEADER_MM = 12
"""Longest leader of a place."""
LEADER_FIRST_MM = 28
"""The same of a place of the first rank that has no room nearer."""
REGION_M = 8000
"""A place known no better than this is a region: it gets a name, but no dot."""


def lettering_of(scene: Scene, frame: MapExtent) -> Lettering:
    """A map without names yet, which knows its lines and whose ground is where."""
    grounds = [_coarse(holding.geometry, frame, frame.metres / 10) for holding in scene.holdings]
    fences = [frame.paper(_coarse(fence, frame, frame.metres / 10)) for fence in scene.fences]
    return Lettering(frame, obstacles(scene, frame), [frame.paper(ground) for ground in grounds], fences=fences)


def reserve_first(lettering: Lettering, record: Record) -> None:
    """Keep names off the dots of the places that every map names."""
    for place in record.places:
        if place.lat is not None and place.lon is not None and (place.rank == 1 or place.id in FIRST):
            lettering.reserve_dot(*_position(place, lettering.frame))


def obstacles(scene: Scene, frame: MapExtent) -> list[Any]:
    """All lines that a name must not lie on, in mm."""
    lines = [shape for _, shape in scene.edges] + list(scene.borders)
    lines += [row["geometry"].boundary for row in scene.zones] + [row["geometry"] for row in scene.lines]
    return [line for line in frame.paper(_coarse(lines, frame, frame.metres / 20)) if not line.is_empty]


def _coarse(shapes: Any, frame: MapExtent, metres: float) -> Any:
    """Shapes as far as a map shows them, without detail finer than some metres."""
    return shapely.simplify(shapely.clip_by_rect(shapes, *frame.area.bounds), metres, preserve_topology=False)


def letter(
    lettering: Lettering,
    scene: Scene,
    record: Record,
    ground: Ground,
    wording: Wording,
    *,
    said: Collection[str] = (),
    elsewhere: Collection[str] = (),
    then: Callable[[Lettering], None] | None = None,
) -> list[dict[str, Any]]:
    """Set all names of a map; returns the dots of the places that are named.

    A map of a small scale bears the clauses as badges only, behind the towns.  Places of the names ``said`` and lines
    that are named ``elsewhere`` are left out; what ``then`` sets comes after the first places.
    """
    frame = lettering.frame
    dots: list[dict[str, Any]] = []
    places = [place for place in _places_of(record, frame) if wording.name(place.names) not in said]
    places = [place for place in places if wording.writes(place.names)]
    _keep_off_points(lettering, scene)
    ranks = {
        rank: [place for place in places if rank == (1 if place.id in FIRST else place.rank)] for rank in (1, 2, 3, 4)
    }
    small = frame.scale > RANK_SCALE[2][1]
    for rank in (1,) if small else WORST:
        for place in ranks[rank]:
            lettering.reserve_dot(*_position(place, frame))
    zones = [row for row in scene.zones if row["layer"] not in BACKGROUND]
    if small:
        _towns_and_badges(lettering, zones, [*ranks.pop(1), *ranks.pop(2)], wording, dots)
        zones = []
    names = {zone.id: wording.layer(zone.names) for zone in record.zones}
    _zones(lettering, zones, names)
    _places(lettering, ranks.pop(1, ()), wording, dots)
    if then:
        then(lettering)
    _zones(lettering, [row for row in scene.zones if row["layer"] in BACKGROUND], names)
    name_countries(lettering, scene, ground, wording)
    _points(lettering, scene, wording)
    _lines(lettering, [row for row in scene.lines if row["layer"] not in elsewhere], record, wording)
    for places in ranks.values():
        _places(lettering, places, wording, dots)
    return dots


def letter_badges(scene: Scene, frame: MapExtent, record: Record) -> Lettering:
    """A small map with the clauses of its zones as badges, off the dots of the places that it will name."""
    lettering = Lettering(frame, obstacles(scene, frame))
    _keep_off_points(lettering, scene)
    for place in _firsts(record, frame):
        lettering.reserve_dot(*_position(place, frame))
    _zones(lettering, [row for row in scene.zones if row["layer"] not in BACKGROUND], {})
    return lettering


def letter_small(
    lettering: Lettering, scene: Scene, record: Record, ground: Ground, wording: Wording
) -> list[dict[str, Any]]:
    """Name on a small map the two republics and the first places, these where there is room off the ground of others.

    Returns the dots of the first places, named or not.
    """
    frame = lettering.frame
    places = _firsts(record, frame)
    for place in places:
        choices = _choices(place, frame, wording)
        lettering.beside(*_position(place, frame), choices, led=LEADER_MM, worst=lettering.strange)
    name_countries(lettering, scene, ground, wording, own=True)
    return [_dot(place, frame) for place in places]


def _firsts(record: Record, frame: MapExtent) -> list[Any]:
    return [place for place in _places_of(record, frame) if place.rank == 1]


def _zones(lettering: Lettering, rows: list[Any], names: dict[str, str]) -> None:
    """Clause and name of each zone, in it where there is room, else at the end of a leader.

    All are of one size and one form: those at which the fewest need leaders; the clauses alone where many names would.
    """
    frame = lettering.frame
    found = [(row, frame.paper(shapely.intersection(row["geometry"], frame.area))) for row in rows]
    shown = [(row, visible, middle(visible)) for row, visible in found if not visible.is_empty]
    best: tuple[Lettering, list[Any]] | None = None
    for size, named in (*((size, names) for size in ZONE_SIZES), (ZONE_SIZES[-1], {})):
        tried, outside = lettering.attempt(), []
        for row, visible, spot in shown:
            choices = _said(row, named.get(row["layer"], ""), size)
            if choices and not tried.within(visible, choices, near=spot):
                outside.append((visible, spot, choices))
        if best is None or (len(outside) < len(best[1]) if named else len(best[1]) > LED_ZONES):
            best = tried, outside
        if not best[1]:
            break
    if best:
        lettering.adopt(best[0])
        for visible, (x, y), choices in best[1]:
            style = choices[-1][1]
            if not lettering.led(x, y, choices, most=LED_MM) and style.badge:
                lettering.within(visible, [([], style)], near=(x, y))


def _towns_and_badges(
    lettering: Lettering, zones: list[Any], towns: list[Any], wording: Wording, dots: list[dict[str, Any]]
) -> None:
    """The clauses of small zones, towns, then the other clauses; these before the towns where one would find no room."""
    governed = [row for row in zones if row["clauses"]]
    _zones(lettering, [row for row in governed if len(row["clauses"]) > 1], {})
    rest = [row for row in governed if len(row["clauses"]) == 1]
    tried, found = lettering.attempt(), list[dict[str, Any]]()
    _places(tried, towns, wording, found)
    _zones(tried, rest, {})
    if sum(bool(name.badge) for name in tried.names) < len(governed):
        tried, found = lettering.attempt(), []
        _zones(tried, rest, {})
        _places(tried, towns, wording, found)
    lettering.adopt(tried)
    dots += found


def _said(row: dict[str, Any], name: str, size: float) -> list[Choice]:
    """In which forms a zone's clause and name may stand; none where it has neither."""
    background = row["layer"] in BACKGROUND
    badge = "/".join(map(str, row["clauses"] or []))
    style = Style(max(size - background, SMALLEST), style_of(row["layer"])["hue"], bold=not background, badge=badge)
    return [(form, style) for form in forms(name)] if name else [([], style)] if badge else []


def forms(name: str) -> list[list[str]]:
    """The lines in which a name may stand: in one, broken between its two names, in short ones."""
    head, slash, tail = name.partition(" / ")
    halves = [f"{head} /", tail] if slash else [head]
    short = max(len(word) for word in name.split()) + 4
    return [[name], halves, [row for half in halves for row in _broken(half.replace(" /", "\u00a0/"), short)]]


def _places_of(record: Record, frame: MapExtent) -> list[Any]:
    rank = next(rank for rank, scale in RANK_SCALE if frame.scale <= scale)
    inner = {member.unit for zone in record.zones if zone.id == "nkao" for member in zone.members}
    chief = inner | {zone.id for zone in record.zones if zone.clauses} if frame.scale <= CHIEF_SCALE else set()
    found = []
    for place in sorted(record.places, key=lambda place: (place.rank, place.id)):
        if place.lat is None or place.lon is None or (place.rank > rank and (place.rank > 2 or place.id not in chief)):
            continue
        if frame.holds(*_metres(place.lon, place.lat)):
            found.append(place)
    return found


@lru_cache(maxsize=1024)
def _metres(lon: float, lat: float) -> tuple[float, float]:
    point = to_metres(shapely.Point(lon, lat))
    return float(point.x), float(point.y)


def _position(place: Any, frame: MapExtent) -> tuple[float, float]:
    return frame.mm(*_metres(place.lon, place.lat))


def _places(lettering: Lettering, places: Iterable[Any], wording: Wording, dots: list[dict[str, Any]]) -> None:
    """Dots with names, those first whose names have room on the ground of their holder.

    A place whose name finds no room gets no dot either.  Where one of the first places finds none, they are set the other
    way round.
    """
    limits = WORST_SMALL if lettering.frame.scale > RANK_SCALE[2][1] else WORST
    left = list(places)
    urgent = [place for place in left if place.rank == 1 or place.id in FIRST]
    tries = []
    for first in (urgent, urgent[::-1]):
        tried, found = lettering.attempt(), list[dict[str, Any]]()
        tries.append((_set_in_turn(tried, first, limits, wording, found, led=True), tried, found))
        if not tries[-1][0]:
            break
    _, tried, found = min(tries, key=lambda one: len(one[0]))
    lettering.adopt(tried)
    dots += found
    _set_in_turn(lettering, [place for place in left if place not in urgent], limits, wording, dots)


def _set_in_turn(
    lettering: Lettering,
    places: Sequence[Any],
    limits: Mapping[int, float],
    wording: Wording,
    dots: list[dict[str, Any]],
    *,
    led: bool = False,
) -> list[Any]:
    """Places one after the other, first those that stand well; returns those without room.  ``led``: a long leader is allowed."""
    left = list(places)
    for place, final in [(place, final) for final in (False, True) for place in places]:
        worst = limits.get(place.rank, 4.0) if final else OWN
        x, y = _position(place, lettering.frame)
        if place not in left or (
            place.rank not in WORST
            and any(
                box[0] < x + 0.7 and x - 0.7 < box[2] and box[1] < y + 0.7 and y - 0.7 < box[3]
                for box in lettering.taken
            )
        ):
            continue
        choices = _choices(place, lettering.frame, wording)
        if (x, y) not in lettering.dots and lettering.misleads(x, y):
            continue
        if not lettering.beside(x, y, choices, led=LEADER_MM * (place.rank in WORST), worst=worst) and not (
            final and led and lettering.led(x, y, choices, most=LEADER_FIRST_MM)
        ):
            continue
        left.remove(place)
        lettering.reserve_dot(x, y)
        if place.accuracy_m < REGION_M:
            dots.append(_dot(place, lettering.frame))
    return left


def _choices(place: Any, frame: MapExtent, wording: Wording) -> list[Choice]:
    """In which sizes and forms the name of a place may stand."""
    first = place.rank == 1
    sizes = (*TOWN_SIZES[min(place.rank, 2)], *([SMALLEST] if first or frame.scale > RANK_SCALE[2][1] else []))
    return [(form, Style(size, bold=first)) for size in sizes for form in forms(wording.name(place.names))]


def _dot(place: Any, frame: MapExtent) -> dict[str, Any]:
    x, y = _position(place, frame)
    return {"x": round(x, 2), "y": round(y, 2), "r": DOTS[place.rank == 1], "id": place.id, "spot": (x, y)}


def _keep_off_points(lettering: Lettering, scene: Scene) -> None:
    for row in scene.points:
        x, y = lettering.frame.mm(row["geometry"].centroid.x, row["geometry"].centroid.y)
        lettering.reserve(x - 1.3, y - 1.3, 2.6, 2.6)


def _points(lettering: Lettering, scene: Scene, wording: Wording) -> None:
    """A name beside each symbol; a long one in lines of few words, so that it does not reach over other ground."""
    for row in scene.points:
        if row["layer"] == "events":
            continue
        x, y = lettering.frame.mm(row["geometry"].centroid.x, row["geometry"].centroid.y)
        names = {"neutral": row["name"], "az": row["name_az"], "hy": row["name_hy"], "ru": row["name_ru"]}
        style = Style(6.6, style_of(row["layer"])["hue"])
        lettering.beside(x, y, [(_broken(wording.layer(names)), style)], gap=1.9)


def _broken(text: str, most: int = 22) -> list[str]:
    """A text in lines of some letters."""
    rows = [""]
    for word in text.split(" "):
        if rows[-1] and len(rows[-1]) + len(word) >= most:
            rows.append(word)
        else:
            rows[-1] = f"{rows[-1]} {word}".strip()
    return rows


def _lines(lettering: Lettering, rows: Iterable[dict[str, Any]], record: Record, wording: Wording) -> None:
    """A name for each line layer that a clause governs, beside its longest part."""
    zones = {zone.id: zone for zone in record.zones}
    named = set()
    for row in rows:
        if row["layer"] in named or not row["clauses"]:
            continue
        visible = lettering.frame.paper(shapely.intersection(row["geometry"], lettering.frame.area))
        if visible.is_empty:
            continue
        named.add(row["layer"])
        longest = max(shapely.get_parts(visible), key=lambda part: part.length)
        style = Style(7, style_of(row["layer"])["hue"], bold=True, badge="/".join(map(str, row["clauses"])))
        choices = [(_broken(wording.layer(zones[row["layer"]].names), most), style) for most in (24, 14)]
        spots = [longest.interpolate(share, normalized=True) for share in (0.5, 0.35, 0.65, 0.2, 0.8)]
        if not any(lettering.beside(spot.x, spot.y, choices, gap=1.6, led=far) for far in (0, 20) for spot in spots):
            any(lettering.beside(spot.x, spot.y, [([], style)], gap=1.6, led=60) for spot in spots)
