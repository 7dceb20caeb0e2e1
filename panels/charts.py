"""Charts as Vega-Lite specifications, written as plain data.

Altair would check each against its schema for 50 ms, and costs half a second and 30 MB to import: the tests let it check
them instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from babel import Locale

from geodata.control import span_on
from geodata.dates import parse_day
from geodata.ground import Ground
from geodata.parts import Span
from geodata.status import deadlines_known, status_of
from layers.data import atlas_data
from layers.wording import Wording, wording

Spec = dict[str, Any]
"""A Vega-Lite specification, or a part of one."""
INK, MUTED, MARK = "#1f2426", "#8a9396", "#b3541e"
KINDS = ("announced", "first due", "revised due", "done", "term ends", "notice by", "ended")
SHAPES = ("triangle-up", "circle", "triangle-right", "diamond", "square", "triangle-down", "cross")
COLOURS = ("#6b7478", "#1d5a7a", "#b3541e", "#111111", "#7a5195", "#7a5195", "#8c2d2d")
SERIES = (
    ("armenian-forces", None, "#ab9ac6"),
    ("armenia", None, "#dfdaea"),
    ("peacekeepers", None, "#5f938f"),
    ("azerbaijan", "clause", "#dcc88f"),
    ("azerbaijan", "force", "#a88f4a"),
    ("azerbaijan", "other", "#efe6cd"),
    ("azerbaijan", None, "#f7f2e2"),
)
"""Holder, cause and colour, from the bottom of the stack up; the colours are the map's, darker where it was by force."""


@lru_cache(maxsize=64)
def deadlines(on: str, known: str, scale: str, lang: str) -> Spec:
    """Every obligation against time, with the day shown marked.

    Parameters
    ----------
    scale
        ``autumn`` (November 2020 to January 2021) or ``all``.
    """
    w = wording(lang)
    tr = w.tr
    rows, bars = deadline_marks(known)
    first, last = ("2020-11-06", "2021-02-03") if scale == "autumn" else ("2020-09-01", atlas_data().limits.end)
    names = [f"{item.clause} · {item.title}" for item in atlas_data().record.obligations]
    kinds = [tr(kind) for kind in KINDS]
    across = {
        "field": "o",
        "type": "ordinal",
        "title": None,
        "scale": {"domain": list(range(len(names)))},
        "axis": {
            "labelExpr": "names[datum.value]",
            "labelLimit": _by_width(130, 230),
            "labelOverlap": False,
            "domain": False,
            "ticks": False,
            "grid": True,
        },
    }
    stretches: Spec = {
        "data": {"values": bars},
        "mark": {"type": "rule", "color": MUTED, "clip": True},
        "encoding": {"x": {"field": "d", "type": "temporal"}, "x2": {"field": "u"}, "y": across},
    }
    marks: Spec = {
        "data": {"values": rows},
        "transform": [_look_up("names", "o", "name"), _look_up("kinds", "k", "kind")],
        "mark": {"type": "point", "size": 75, "filled": True, "opacity": 1, "clip": True},
        "encoding": {
            "x": _time(first, last, "%-d %b %Y" if scale == "autumn" else "%b %Y"),
            "y": across,
            "shape": _kinds("kind", kinds, SHAPES),
            "color": _kinds("kind", kinds, COLOURS),
            "tooltip": [
                {"field": "name", "type": "nominal", "title": tr("Obligation")},
                {"field": "kind", "type": "nominal", "title": tr("What")},
                {"field": "d", "type": "temporal", "format": "%Y-%m-%d", "title": tr("Day")},
            ],
        },
    }
    layers: list[Spec] = [stretches, marks, *_today(on, first, last)]
    return _spec(layers, height=24 * len(names), columns=1, lang=lang, names=names, kinds=kinds)


def deadline_marks(known: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Dated marks of all obligations as known on a day, and the stretch of each from the first mark to the last.

    Rows are short because they travel with every step of the day: ``o`` number of the obligation, ``k`` number of the
    kind, ``d`` day, ``u`` last day.
    """
    record, day = atlas_data().record, parse_day(known)
    rows: list[dict[str, Any]] = []
    bars: list[dict[str, Any]] = []
    for number, item in enumerate(record.obligations):
        found = status_of(record, item, day, day)
        marks: list[tuple[str, date | None]] = []
        for stage, deadline in enumerate(deadlines_known(item, day)):
            marks += [("announced", deadline.announced), ("revised due" if stage else "first due", deadline.due)]
        marks += [("done", found.done), ("ended", found.ended)]
        marks += [("term ends", found.term_end), ("notice by", found.notice_by)]
        dated = [(day.isoformat(), kind) for kind, day in marks if day]
        rows += [{"o": number, "k": KINDS.index(kind), "d": text} for text, kind in dated]
        if dated:
            bars.append({"o": number, "d": min(dated)[0], "u": max(dated)[0]})
    return rows, bars


@lru_cache(maxsize=64)
def held(on: str, start: str, lang: str) -> Spec:
    """Who held how many km2 of the ground that changed hands, over time, stacked by holder and cause."""
    w = wording(lang)
    tr = w.tr
    names = [_series_name(holder, cause, w) for holder, cause, _colour in SERIES]
    used = sorted({row["s"] for row in held_rows() if row["a"]})
    first, last = min(start, on), atlas_data().limits.end
    steps = {
        "data": {"values": [row for row in held_rows() if row["s"] in used]},
        "transform": [_look_up("names", "s", "who")],
        "mark": {"type": "area", "interpolate": "step-after", "clip": True},
        "encoding": {
            "x": _time(first, last, "%b %Y"),
            "y": {"field": "a", "type": "quantitative", "stack": "zero", "title": "km²"},
            "color": _kinds("who", [names[one] for one in used], [SERIES[one][2] for one in used]),
            "order": {"field": "s", "type": "quantitative"},
            "tooltip": [
                {"field": "who", "type": "nominal", "title": tr("Held by")},
                {"field": "a", "type": "quantitative", "format": ",.0f", "title": "km²"},
                {"field": "d", "type": "temporal", "format": "%Y-%m-%d", "title": tr("From")},
            ],
        },
    }
    return _spec([steps, *_today(on, first, last)], height=260, columns=_by_width(1, 2), lang=lang, names=names)


@lru_cache(maxsize=1)
def held_rows() -> tuple[dict[str, Any], ...]:
    """Area per holder and cause on every day on which control changes, of the pieces that ever change hands.

    Rows are short because they travel: ``d`` day, ``s`` number in :data:`SERIES`, ``a`` km2.
    """
    ground: Ground = atlas_data().ground
    moving = [piece for piece in ground.pieces if len({span.controller for span in piece.spans}) > 1]
    days = sorted({span.since for piece in moving for span in piece.spans if span.since})
    rows = []
    for day in [ground.coverage_start, *days, ground.coverage_end]:
        spans = [(span_on(piece, day), piece.km2) for piece in moving]
        for number, (holder, cause, _colour) in enumerate(SERIES):
            km2 = sum(km2 for span, km2 in spans if span.controller == holder and _cause(span) == cause)
            rows.append({"d": day.isoformat(), "s": number, "a": round(km2)})
    return tuple(rows)


def _cause(span: Span) -> str | None:
    return span.cause if span.controller == "azerbaijan" else None


def _series_name(holder: str, cause: str | None, w: Wording) -> str:
    return f"{w.holder(holder)}, {w.cause(cause)}" if cause else w.holder(holder)


def _today(on: str, first: str, last: str) -> list[Spec]:
    """The mark of the day shown, if it lies within the chart."""
    if not first <= on <= last:
        return []
    rule = {"type": "rule", "color": MARK, "strokeWidth": 2, "clip": True}
    return [{"data": {"values": [{"on": on}]}, "mark": rule, "encoding": {"x": {"field": "on", "type": "temporal"}}}]


def _time(first: str, last: str, form: str) -> Spec:
    """The time axis, from a first to a last day; the days stand in the field ``d``."""
    return {
        "field": "d",
        "type": "temporal",
        "title": None,
        "scale": {"domain": [first, last]},
        "axis": {"format": form, "tickCount": 5, "labelAngle": 0, "labelFlush": True},
    }


def _kinds(field: str, kinds: Sequence[str], looks: Sequence[str]) -> Spec:
    """A legend of kinds, each with its own look."""
    scale = {"domain": list(kinds), "range": list(looks)}
    return {"field": field, "type": "nominal", "title": None, "scale": scale}


def _look_up(words: str, number: str, name: str) -> Spec:
    """Words for the number in a row: they travel once, not with each row."""
    return {"calculate": f"{words}[datum.{number}]", "as": name}


def _spec(layers: list[Spec], *, height: int, columns: int | Spec, lang: str, **lists: list[str]) -> Spec:
    """The whole chart, with the page's quiet look and the lists of words that its expressions use."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "height": height,
        "params": [{"name": name, "value": values} for name, values in lists.items()],
        "layer": layers,
        "config": {
            "view": {"stroke": None},
            "axis": {"gridColor": "#e6e9e8"},
            "legend": {"orient": "bottom", "columns": columns, "labelLimit": 260},
            "locale": locale(lang),
        },
    }


def _by_width(narrow: int, wide: int) -> Spec:
    """A number for a telephone, and another where there is room."""
    return {"expr": f"containerSize()[0] < 480 ? {narrow} : {wide}"}


@lru_cache(maxsize=4)
def locale(lang: str) -> Spec:
    """How a language writes numbers and dates on an axis, from the CLDR data in Babel."""
    found = Locale.parse("en_GB" if lang == "en" else lang)
    signs = found.number_symbols["latn"]
    months, days = found.months["format"], found.days["format"]
    sunday_first = (6, 0, 1, 2, 3, 4, 5)
    return {
        "number": {"decimal": signs["decimal"], "thousands": signs["group"], "grouping": [3], "currency": ["", ""]},
        "time": {
            "dateTime": "%Y-%m-%d %H:%M",
            "date": "%Y-%m-%d",
            "time": "%H:%M",
            "periods": ["AM", "PM"],
            "days": [days["wide"][day] for day in sunday_first],
            "shortDays": [days["abbreviated"][day] for day in sunday_first],
            "months": list(months["wide"].values()),
            "shortMonths": list(months["abbreviated"].values()),
        },
    }
