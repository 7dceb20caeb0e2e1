"""The chart of the changes: who held how many km² of the ground that ever changed hands, stop by stop of the time bar."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from geodata.parts import Span, span_on
from layers.atlas import atlas_data
from layers.wording import Wording, wording
from panels.chart_spec import Spec, chart, kinds, rule
from panels.timescale import Timescale, by_stops

SERIES = (
    ("armenian-forces", None, "#b6a3d5"),
    ("armenia", None, "#e3e0f1"),
    ("peacekeepers", None, "#5f938f"),
    ("azerbaijan", "clause", "#dcc88f"),
    ("azerbaijan", "force", "#a88f4a"),
    ("azerbaijan", "other", "#f3e8c8"),
    ("azerbaijan", None, "#f7f2e2"),
)
"""Holder, cause and colour, from the bottom of the stack up; the colours are the map's, darker where it was by force."""


@lru_cache(maxsize=1)
def held_rows() -> tuple[tuple[date, int, int], ...]:
    """Day, number in :data:`SERIES` and km², on every day on which control changes, of the ground that ever changes hands."""
    ground = atlas_data().ground
    moving = [piece for piece in ground.pieces if len({span.controller for span in piece.spans}) > 1]
    changed = {span.since for piece in moving for span in piece.spans if span.since}
    record = atlas_data().record
    rows = []
    for day in sorted({record.coverage_start, *changed, record.coverage_end}):
        spans = [(span_on(piece, day), piece.km2) for piece in moving]
        for number, (holder, cause, _colour) in enumerate(SERIES):
            km2 = sum(km2 for span, km2 in spans if span.controller == holder and _cause(span) == cause)
            rows.append((day, number, round(km2)))
    return tuple(rows)


def timescale() -> Timescale:
    """The line of the chart: each day on which ground changed hands has the same space."""
    return by_stops(sorted({day for day, _series, _km2 in held_rows()}))


@lru_cache(maxsize=64)
def held_chart(on: str, lang: str) -> Spec:
    """Who held how many km², with the day shown marked."""
    w, scale = wording(lang), timescale()
    names = [_series_name(holder, cause, w) for holder, cause, _colour in SERIES]
    used = sorted({series for _day, series, km2 in held_rows() if km2})
    ticks = _ticks(scale, w)
    values = [
        {
            "x": scale.place(day),
            "s": series,
            "km2": km2,
            "who": names[series],
            "from": w.tr("from {day}", day=w.day(day)),
        }
        for day, series, km2 in held_rows()
        if series in used
    ]
    areas = {
        "data": {"values": values},
        "mark": {"type": "area", "interpolate": "step-after"},
        "encoding": {
            "x": scale.axis(ticks),
            "y": {"field": "km2", "type": "quantitative", "stack": "zero", "title": w.tr("km²")},
            "color": kinds("who", [names[one] for one in used], [SERIES[one][2] for one in used], columns=2),
            "order": {"field": "s", "type": "quantitative"},
            "tooltip": [
                {"field": "who", "title": w.tr("Held by")},
                {"field": "km2", "type": "quantitative", "format": ",.0f", "title": w.tr("km²")},
                {"field": "from", "title": w.tr("Day")},
            ],
        },
    }
    title = w.tr("Who held the ground that changed hands, km²")
    marked = rule(scale.place(on), w.day(on)) if scale.holds(on) else []
    return {**chart([areas, *marked], lang, title=title, **scale.words(ticks)), "height": 280}


def _ticks(scale: Timescale, w: Wording) -> list[tuple[date, str]]:
    """Every third stop and the last."""
    chosen = [day for number, day in enumerate(scale.days[:-1]) if number % 3 == 0]
    return [(day, w.short(day)) for day in [*chosen, scale.days[-1]]]


def _cause(span: Span) -> str | None:
    return span.cause if span.controller == "azerbaijan" else None


def _series_name(holder: str, cause: str | None, w: Wording) -> str:
    return f"{w.holder(holder)}, {w.cause(cause)}" if cause else w.holder(holder)
