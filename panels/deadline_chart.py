"""The chart of the dates: each dated obligation from due to revised to done, with its days late in words."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from geodata.dates import parse_day
from geodata.model import Obligation
from geodata.status import Status, deadlines_known, status_of
from layers.atlas import atlas_data
from layers.wording import Wording, wording
from layers.wording.vocabulary import N
from panels.chart_spec import INK, MARK, MUTED, PAPER, Spec, chart, kinds, rule
from panels.timescale import Timescale, broken

LOOKS = {
    "due": (N("due"), "circle", "#ffffff", INK),
    "revised due": (N("revised due"), "circle", MARK, MARK),
    "done": (N("done"), "diamond", INK, INK),
    "lapsed": (N("lapsed"), "cross", MUTED, MUTED),
    "term ends": (N("term ends"), "square", "#ffffff", MUTED),
}
"""Each kind of mark: its word, its shape, its fill and its outline."""
AUTUMN_ENDS = date(2021, 2, 5)
"""Where the axis breaks: by then every dated hand-over is done."""
LETTERS = {"hy": 32}
"""How many letters stand in a line, where it is not 42: a line fits on a phone of 320 pixels. Armenian letters are wide."""
LINE = 15
"""Height of a line in pixels."""
AROUND = 180
"""Height of what the chart has above and below its rows, in pixels: title, day, axis, legend."""


@dataclass(frozen=True)
class Mark:
    """One dated mark of an obligation."""

    kind: str
    day: date


def marks_of(obligation: Obligation, row: Status, known: date) -> list[Mark]:
    """The dated marks of an obligation as known on a day, oldest first."""
    stages = [deadline.due for deadline in deadlines_known(obligation, known)] if row.status != "not-in-force" else []
    found = [Mark("revised due" if number else "due", day) for number, day in enumerate(stages)]
    ends = {"done": row.done, "lapsed": row.ended, "term ends": row.term_end}
    found += [Mark(kind, day) for kind, day in ends.items() if day]
    return sorted(found, key=lambda mark: mark.day)


def dated(on: str, known: str) -> dict[str, list[Mark]]:
    """The obligations that have a date at all on a day, with their marks, in the order of the record."""
    day = min(parse_day(on), parse_day(known))
    rows = {}
    for obligation in atlas_data().record.obligations:
        marks = marks_of(obligation, status_of(atlas_data().record, obligation, parse_day(on), parse_day(known)), day)
        if marks:
            rows[obligation.id] = marks
    return rows


def timescale() -> Timescale:
    """The line of the chart: the autumn of 2020 with much space, a break, the years since."""
    effect = atlas_data().record.effect_day
    return broken(effect.replace(day=effect.day - 4), AUTUMN_ENDS, atlas_data().record.coverage_end)


@lru_cache(maxsize=64)
def deadline_chart(on: str, known: str, lang: str, text_lang: str) -> Spec:
    """The chart of a day, as known on a day."""
    w, scale = wording(lang), timescale()
    rows = dated(on, known)
    ticks = _ticks(w)
    items = atlas_data(text_lang).obligations
    titles = {name: items[name].title for name in rows}
    names = [_lines(f"{items[name].clause} · {title}", lang) for name, title in titles.items()]
    said = [_said(name, w, on, known) for name in rows]
    tops, middles, height = _places(names, said)
    x = scale.axis(ticks)
    y: Spec = {"field": "y", "type": "quantitative", "scale": {"domain": [height, 0]}, "axis": None}
    layers = [_stretches(rows, middles, scale, x, y), _break(scale)]
    if scale.holds(on):
        layers += rule(scale.place(on), w.day(on))
    below = [middle + 10 for middle in middles]
    layers += [_marks(rows, middles, titles, scale, w, x, y), *_texts(names, tops, y, 600), *_texts(said, below, y)]
    title = w.tr("As of {day}", day=w.day(min(on, known)))
    return {**chart(layers, lang, title=title, **scale.words(ticks)), "height": height}


def _places(names: list[list[str]], said: list[list[str]]) -> tuple[list[int], list[int], int]:
    """Where the name and the marks of each row stand, and the height of all rows: pixels from the top.

    A row holds its name, the marks below it, and below these the sentence.
    """
    tops, middles, end = [], [], 12
    for name, sentence in zip(names, said, strict=True):
        tops.append(end)
        middles.append(end + LINE * len(name) + 12)
        end = middles[-1] + LINE * len(sentence) + 32
    return tops, middles, max(end, LINE)


def _lines(text: str, lang: str) -> list[str]:
    return textwrap.wrap(text, LETTERS.get(lang, 42))


def _ticks(w: Wording) -> list[tuple[date, str]]:
    effect, end = atlas_data().record.effect_day, atlas_data().record.coverage_end
    days = [effect, date(2020, 12, 1), date(2021, 1, 1)]
    years = [(date(year, 1, 1), str(year)) for year in range(2022, end.year + 1, 2)]
    return [*((day, w.short(day)) for day in days), *years]


def _stretches(rows: dict[str, list[Mark]], middles: list[int], scale: Timescale, x: Spec, y: Spec) -> Spec:
    """From the first mark of an obligation to its last."""
    values = [
        {"y": y_at, "x": scale.place(marks[0].day), "x2": scale.place(marks[-1].day)}
        for y_at, marks in zip(middles, rows.values(), strict=True)
    ]
    mark = {"type": "rule", "color": "#b9bfc1", "strokeWidth": 3}
    return {"data": {"values": values}, "mark": mark, "encoding": {"x": x, "x2": {"field": "x2"}, "y": y}}


def _marks(
    rows: dict[str, list[Mark]],
    middles: list[int],
    titles: dict[str, str],
    scale: Timescale,
    w: Wording,
    x: Spec,
    y: Spec,
) -> Spec:
    """The marks; two of one day lie beside each other, the later kind to the right."""
    values: list[dict[str, Any]] = []
    for middle, (name, marks) in zip(middles, rows.items(), strict=True):
        for place, mark in enumerate(marks):
            same = sum(other.day == mark.day for other in marks[:place])
            said = f"{w.tr(LOOKS[mark.kind][0])}: {w.day(mark.day)}"
            at = scale.place(mark.day) + 0.014 * same
            values.append(
                {"y": middle, "x": at, "kind": w.tr(LOOKS[mark.kind][0]), "name": titles[name], "words": said}
            )
    words = [w.tr(look[0]) for look in LOOKS.values()]

    def channel(place: int) -> Spec:
        looks = [str(look[place]) for look in LOOKS.values()]
        return kinds("kind", words, looks, symbolSize=110, columns=1 if w.lang in LETTERS else 2)

    tooltip = [{"field": "name", "title": w.tr("Obligation")}, {"field": "words", "title": w.tr("Day")}]
    return {
        "data": {"values": values},
        "mark": {"type": "point", "size": 130, "opacity": 1, "strokeWidth": 2},
        "encoding": {"x": x, "y": y, "shape": channel(1), "fill": channel(2), "stroke": channel(3), "tooltip": tooltip},
    }


def _said(name: str, w: Wording, on: str, known: str) -> list[str]:
    """What an obligation comes to, in lines: due, what came of it, days late."""
    row = status_of(atlas_data().record, atlas_data().obligations[name], parse_day(on), parse_day(known))
    parts = [part for part in (w.deadline(row), w.lateness(row)) if part]
    return [line for part in parts for line in _lines(part, w.lang)]


def _texts(lines: list[list[str]], places: list[int], y: Spec, weight: int = 400) -> list[Spec]:
    """Words of each row from the left end of the line, so that nothing is cut.

    They stand on a band of the page's colour, which keeps the lines of the day and of the break off them.
    """
    values = [{"y": place, "text": text} for place, text in zip(places, lines, strict=True)]
    mark = {"type": "text", "align": "left", "baseline": "top", "lineHeight": LINE, "fontWeight": weight}
    band = {"stroke": PAPER, "strokeWidth": 5, "strokeJoin": "round", "tooltip": None}
    encoding = {"x": {"value": 0}, "y": y, "text": {"field": "text"}}
    return [{"data": {"values": values}, "mark": {**mark, **more}, "encoding": encoding} for more in (band, {})]


def _break(scale: Timescale) -> Spec:
    """Where the axis leaves out time."""
    middle = (scale.places[1] + scale.places[2]) / 2
    mark = {"type": "rule", "color": MUTED, "strokeDash": [2, 4]}
    at = {"x": {"field": "x", "type": "quantitative"}}
    return {"data": {"values": [{"x": middle}]}, "mark": mark, "encoding": at}
