"""Pages over time: small multiples, and all lines of control on one map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np
import shapely

from geodata.changes import changes
from geodata.dates import parse_day
from geodata.edges import edges_on
from geodata.ground import Ground
from geodata.model import Record
from layers.sheet import furniture, parts
from layers.sheet.charts import Chart, frame_for, framed, plates
from layers.sheet.countries import GREY
from layers.sheet.drawing import Drawing
from layers.sheet.labels import letter
from layers.sheet.legend import WIDE, Entry, dot_sample, entry, legend
from layers.sheet.lettering import INK, Choice, Lettering, Style
from layers.sheet.mapping import draw_base, draw_borders, draw_map, draw_water, without_blots
from layers.sheet.paper import Paper
from layers.sheet.projection import disputed_bounds, metric
from layers.sheet.scene import scene_of
from layers.view_state import State
from layers.wording import Wording

Data = dict[str, Any]
COUNTS = {4: (2, 2), 6: (3, 2), 9: (3, 3), 12: (4, 3)}
"""Columns and rows of the small multiples on a page across; upright they are turned."""
GAP, CAPTION = 4.0, 9.0
"""Space between small maps, and below each for its caption, in mm."""
RAMP = ("#6f8ba0", "#e8962a", "#633c00", "#9b3579", "#b9d3a4", "#1d1b20")
"""Hues of lines by date, the earliest first: greys apart too, and each narrower, so that all show where they coincide."""
STOPS = (GREY, 1.3, "4 3")
"""Hue, width and dashes of the edge of a third party's ground, at which the line between the sides stops."""
LOOP_MM = 14.0
"""A line shorter than this on paper that closes or meets no other would be a blot: it is left out."""
ALONE_MM = 1.2
"""Lines so near to each other run together."""
STEP_MM, LEAST = 2.0, 4
"""Along a line its day may stand at points so far apart, where so many of them are in the same company."""
APART_MM, LED_MM = 5.0, 12.0
"""How far the day of a line stands from the names of places, and its longest leader."""
ROOMS = ((APART_MM, 0.0), (APART_MM, LED_MM), (APART_MM / 2, LED_MM))
"""The same, the best first: where there is little room, days stand half as far."""
USUAL = 6
"""How many days are shown where none are named."""
LINES = 6
"""Most dates whose lines share one map."""


def most_on(paper: Paper, kind: str) -> int:
    """How many days a kind may have on some paper: of small maps, four on a picture for a post, in one row."""
    return LINES if kind == "lines" else min(COUNTS) if paper.brief else max(COUNTS)


def meaningful(record: Record, ground: Ground, kind: str, most: int = USUAL) -> list[str]:
    """The first day, that on which the statement took effect, those of its hand-overs, and of the others the largest; in order.

    The end of the record is among them if a day is left.  Of ``lines`` the last day is that on which the last line between
    the sides goes, if one does.
    """
    first, last = ground.coverage_start.isoformat(), ground.coverage_end.isoformat()
    effect = record.effect_day.isoformat()
    areas: dict[str, float] = {}
    handed = set()
    for row in changes(ground, ground.coverage_start, ground.coverage_end):
        handed |= {row.date.isoformat()} if row.clause else set()
        areas[row.date.isoformat()] = areas.get(row.date.isoformat(), 0.0) + row.km2
    if kind == "lines":
        around = shapely.box(*disputed_bounds(ground, record))
        last = next((day for day in sorted(areas) if day > effect and not line_on(ground, day, around)), last)
    areas = {day: km2 for day, km2 in areas.items() if day < last}
    ranked = sorted(areas, key=lambda day: (day not in handed, -areas[day], day))
    ends = [first, last] if kind == "lines" else [first]
    return sorted(list(dict.fromkeys([*ends, effect, *ranked, last]))[: min(most, USUAL)])


def checked_days(days: Sequence[str], ground: Ground, kind: str, most: int) -> list[str]:
    """Days in order, within the record.

    Raises
    ------
    ValueError
        For a text that is no day, a day before the record, or a number of days for which there is no page.
    """
    found = sorted({ground.day_covered(parse_day(day)).isoformat() for day in days})
    counted = [count for count in COUNTS if count <= most]
    if kind == "multiples" and len(found) not in counted:
        counts = ", ".join(map(str, counted))
        raise ValueError(f"Small maps stand in {counts} on a page: {len(found)} different days were given.")
    if kind == "lines" and not 2 <= len(found) <= LINES:
        raise ValueError(f"Lines of 2 to {LINES} days can be told apart on one map: {len(found)} were given.")
    return found


def multiples(
    state: State, record: Record, ground: Ground, paper: Paper, address: str | None, days: Sequence[str]
) -> Data:
    """Small maps of 4, 6, 9 or 12 days on one page."""
    wording = Wording(state.lang, state.names)
    size, columns = _cell(paper, len(days))
    frame = frame_for(state, record, ground, size)
    scenes = [scene_of(state.with_(on=day, from_=None, known=None), day, record, ground, frame.area) for day in days]
    maps = plates(scenes, frame, record, ground, wording)
    page = parts.page_of("multiples", ", ".join(days), paper, _between(state, days), record, ground, wording, address)
    return {
        **page,
        "dates": [wording.day(days[0]), wording.day(days[-1])],
        "heading": wording.tr("Who held the ground"),
        "says": wording.tr("The numbers are clauses."),
        "columns": columns,
        "maps": [
            {
                "date": wording.short(scene.day),
                "says": _happened(scene.day, record, most=1) or parts.today(scene, record, wording),
                "map": small,
            }
            for scene, small in zip(scenes, maps, strict=True)
        ],
        "legend": {
            "head": "",
            "rows": [*legend(scenes, record, wording, brief=paper.brief), *_unnamed(maps, record, wording)],
        },
    }


def _unnamed(maps: list[Chart], record: Record, wording: Wording) -> list[Entry]:
    """The places of which a small map has the dot alone."""
    names = {place.id: wording.name(place.names) for place in record.places}
    left = [
        dot for chart in maps for dot in chart["dots"] if dot["spot"] not in [name["spot"] for name in chart["names"]]
    ]
    return [entry(names[name], dot_sample) for name in dict.fromkeys(dot["id"] for dot in left)]


def _between(state: State, days: Sequence[str]) -> State:
    """The state that the permalink restores: the first day beside the last."""
    return state.with_(on=days[-1], from_=days[0])


def _cell(paper: Paper, count: int) -> tuple[tuple[float, float], int]:
    """Size of a small map, and how many stand in a row."""
    across, down = (count, 1) if paper.brief else COUNTS[count] if paper.w >= paper.h else COUNTS[count][::-1]
    wide = (paper.w - 2 * paper.margin - GAP * (across - 1)) / across
    head, low = 17.0, 42.0 if paper.h > paper.w else 37.0
    high = (paper.h - 2 * paper.margin - head - low) / down - CAPTION
    return (round(wide, 2), round(high, 2)), across


def lines(state: State, record: Record, ground: Ground, paper: Paper, address: str | None, days: Sequence[str]) -> Data:
    """The line between the sides on several days, all on one map; today's ground is not coloured."""
    wording = Wording(state.lang, state.names)
    frame = frame_for(state, record, ground, paper.map)
    bare = scene_of(state.with_(layers=(), clause=None, from_=None), days[-1], record, ground, frame.area, relief=True)
    drawing = draw_map(bare, ground, frame)
    least = LOOP_MM * frame.metres
    seen = {day: found for day in days if (found := line_on(ground, day, frame.area))}
    shown = {day: shapely.union_all(without_blots([line], least)) for day, line in seen.items()}
    last = len(shown) - 1
    hues = [*RAMP[:last], RAMP[-1]]
    styles = {day: (hues[number], 1.8 + 1.4 * (last - number)) for number, day in enumerate(shown)}
    for day, (_, width) in styles.items():
        drawing.stroke(shown[day], "#fff", width + 1.7)
    for day, (hue, width) in styles.items():
        drawing.stroke(shown[day], hue, width)
    found = [edge for day in shown for edge, kind, _ in edges_on(ground, parse_day(day)) if kind == "third-party"]
    third = shapely.union_all([metric(edge.geometry) for edge in found])
    stops = third.intersects(frame.area)
    drawing.stroke(third, *STOPS)
    alt = wording.tr("Map: the line between the sides on several days.")
    on_paper = {day: frame.paper(shapely.intersection(line, frame.area)) for day, line in shown.items()}
    obstacles = [*on_paper.values(), *(frame.paper(border) for border in bare.borders)]
    lettering = Lettering(frame, obstacles, fences=[frame.paper(fence) for fence in bare.fences])
    tints = {day: hue for day, (hue, _) in styles.items()}
    then = partial(_name_lines, lines=on_paper, hues=tints, wording=wording)
    return {
        **parts.page_of("lines", ", ".join(days), paper, _between(state, days), record, ground, wording, address),
        "heading": wording.tr("The line between the sides"),
        "dates": [wording.day(days[0]), wording.day(days[-1])],
        "map": _finished(drawing, lettering, bare, record, ground, wording, alt, then),
        "legend": {"head": wording.tr("The line on"), "rows": _keys(styles, wording, stops=stops)},
        "notes": [{"day": wording.short(day), "text": _told(day, record, wording, left=day in shown)} for day in days],
        "head": wording.tr("What moved it"),
    }


def line_on(ground: Ground, day: str, area: Any) -> Any:
    """All stretches of the line between the sides within an area on a day, in metres; None where there is none."""
    found = [
        metric(edge.geometry)
        for edge, kind, _ in edges_on(ground, parse_day(day))
        if kind == "line-of-control" and not edge.is_border
    ]
    found = [line for line in found if line.intersects(area)]
    return shapely.line_merge(shapely.union_all(found)) if found else None


def _keys(styles: dict[str, tuple[str, float]], wording: Wording, *, stops: bool) -> list[Entry]:
    stroke = shapely.LineString([(0.4, 2.1), (WIDE - 0.4, 2.1)])
    found = [
        entry(wording.day(day), partial(Drawing.stroke, geometry=stroke, color=hue, width=width))
        for day, (hue, width) in styles.items()
    ]
    if stops:
        text = wording.tr("where it stops: ground of the Russian peacekeepers")
        found.append(entry(text, lambda drawing: drawing.stroke(stroke, *STOPS)))
    return found


def _name_lines(lettering: Lettering, *, lines: dict[str, Any], hues: dict[str, str], wording: Wording) -> None:
    """The day of each line in its hue, the latest first, where it runs with the fewest others; in ink those that run together.

    Days keep away from names of places, which would read on into them, and so do the names that come after them.  A day
    without such room stands near them only if it stands nowhere else.
    """
    before, told, left = len(lettering.names), set[str](), []
    for days, spots, off in _stretches(lines):
        color = hues[days[0]] if len(days) == 1 else INK
        choices = [([wording.short(day) for day in days], Style(size, color=color, bold=True)) for size in (7, 6)]
        if any(_name_line(lettering, spots, choices, off, *room) for room in ROOMS):
            told |= set(days)
        else:
            left.append((days, spots, choices, off))
    for days, spots, choices, off in left:
        if not told.issuperset(days):
            _name_line(lettering, spots, choices, off, 0.0, 0.0)
    for name in lettering.names[before:]:
        lettering.keep_off(name, APART_MM)


def _name_line(lettering: Lettering, spots: Any, choices: Sequence[Choice], off: Any, apart: float, led: float) -> bool:
    """Set days at one of some spots, so far from names; returns whether there was room."""
    tried = lettering.attempt()
    for name in lettering.names:
        tried.keep_off(name, apart)
    found = any(tried.beside(spot.x, spot.y, choices, gap=1.6, led=led, off=off) for spot in spots)
    if found:
        lettering.add(tried.names[-1])
    return found


def _stretches(lines: dict[str, Any]) -> Iterator[tuple[list[str], Any, Any]]:
    """Of each line, the latest first, the days with which it runs where they are fewest, points there, and the other lines."""
    shapes, told = np.array(list(lines.values())), set[tuple[bool, ...]]()
    for line in reversed(lines.values()):
        parts = shapely.get_parts(line)
        points = np.concatenate(
            [shapely.line_interpolate_point(part, np.arange(1, part.length, STEP_MM)) for part in parts]
        )
        company = [tuple(near) for near in (shapely.distance(points[:, None], shapes) < ALONE_MM).tolist()]
        long = [group for group, count in Counter(company).items() if count >= LEAST] or company
        fewest = min(long, key=lambda group: (sum(group), -company.count(group)))
        if fewest not in told:
            told.add(fewest)
            off = shapely.union_all(shapes[~np.array(fewest)])
            there = points[[group == fewest for group in company]]
            days = [day for day, here in zip(lines, fewest, strict=True) if here]
            yield days, there[np.argsort(-shapely.distance(there, off), kind="stable")], off


def _told(day: str, record: Record, wording: Wording, *, left: bool) -> str:
    """What happened on a day; that no line is left, where none is."""
    gone = "" if left else wording.tr("no line between the sides is left on this map")
    return "\u00a0· ".join(filter(None, [_happened(day, record), gone])) or wording.tr("as on the days before")


def _happened(day: str, record: Record, most: int = 2) -> str:
    """The first events that count from a day."""
    titles = [event.title.rstrip(".") for event in record.events if event.counts_from.isoformat() == day and event.stop]
    return "\u00a0· ".join(titles[:most])


def _finished(
    drawing: Drawing,
    lettering: Lettering,
    scene: Any,
    record: Record,
    ground: Ground,
    wording: Wording,
    alt: str,
    then: Callable[[Lettering], None] | None = None,
) -> Chart:
    bar = furniture.scale_bar(lettering, wording)
    dots = letter(lettering, scene, record, ground, wording, then=then)
    return framed(drawing, lettering, dots, bar, alt, wording)


def blank(state: State, record: Record, ground: Ground, size: tuple[float, float], wording: Wording) -> Chart:
    """A map to draw on: borders, waters, places; nothing that says who held what."""
    frame = frame_for(state, record, ground, size)
    scene = scene_of(state.with_(layers=(), clause=None), state.on, record, ground, frame.area)
    drawing = Drawing(frame)
    draw_base(drawing, ground, relief=False)
    draw_water(drawing, ground)
    draw_borders(drawing, scene)
    fences = [frame.paper(fence) for fence in scene.fences]
    lettering = Lettering(frame, [frame.paper(border) for border in scene.borders], fences=fences)
    alt = wording.tr("Map to draw on: borders, waters and places.")
    return _finished(drawing, lettering, scene, record, ground, wording, alt)
