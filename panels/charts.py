"""Charts as Vega-Lite specifications, built once with Altair per state and kept."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import altair as alt

from geodata.control import span_on
from geodata.dates import parse_day
from geodata.ground import Ground
from geodata.status import deadlines_known, status_of
from panels.speech import Speak, speaker
from panels.words import CONTROLLER
from panels.world import world

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
def deadlines(on: str, known: str, scale: str, lang: str) -> dict[str, Any]:
    """Every obligation against time, with the day shown marked.

    Parameters
    ----------
    scale
        ``autumn`` (November 2020 to January 2021) or ``all``.
    """
    _ = speaker(lang)
    rows, bars = deadline_marks(known)
    first, last = ("2020-11-06", "2021-02-03") if scale == "autumn" else ("2020-09-01", world().limits.end)
    names = [f"{item.clause} · {item.title}" for item in world().record.obligations]
    kinds = [_(kind) for kind in KINDS]
    across = alt.Y(
        "o:O",
        title=None,
        scale=alt.Scale(domain=list(range(len(names)))),
        axis=alt.Axis(labelExpr="names[datum.value]", labelLimit=230, domain=False, ticks=False, grid=True),
    )
    stretch = alt.Chart(alt.InlineData(values=bars)).mark_rule(color=MUTED, clip=True)
    marks = (
        alt.Chart(alt.InlineData(values=rows))
        .transform_calculate(name="names[datum.o]", kind="kinds[datum.k]")
        .mark_point(size=75, filled=True, opacity=1, clip=True)
    )
    tips = [
        alt.Tooltip("name:N", title=_("Obligation")),
        alt.Tooltip("kind:N", title=_("What")),
        alt.Tooltip("d:T", format="%Y-%m-%d", title=_("Day")),
    ]
    chart = alt.layer(
        stretch.encode(x="d:T", x2="u:T", y=across),
        marks.encode(
            x=_time("d:T", first, last, "%-d %b %Y" if scale == "autumn" else "%b %Y"),
            y=across,
            shape=alt.Shape("kind:N", scale=alt.Scale(domain=kinds, range=SHAPES), title=None),
            color=alt.Color("kind:N", scale=alt.Scale(domain=kinds, range=COLOURS), title=None),
            tooltip=tips,
        ),
        *_today(on, first, last),
    )
    return _finish(chart, height=24 * len(names), columns=4, names=names, kinds=kinds)


def deadline_marks(known: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Dated marks of all obligations as known on a day, and the stretch of each from the first mark to the last.

    Rows are short because they travel with every step of the day: ``o`` number of the obligation, ``k`` number of the
    kind, ``d`` day, ``u`` last day.
    """
    record, day = world().record, parse_day(known)
    rows: list[dict[str, Any]] = []
    bars: list[dict[str, Any]] = []
    for number, item in enumerate(record.obligations):
        found = status_of(record, item, day, day)
        marks: list[tuple[str, str | None]] = []
        for stage, deadline in enumerate(deadlines_known(item, day)):
            marks += [("announced", deadline.announced), ("revised due" if stage else "first due", deadline.due)]
        marks += [("done", found.done), ("ended", found.ended)]
        marks += [("term ends", found.term_end), ("notice by", found.notice_by)]
        dated = [(text, kind) for kind, text in marks if text]
        rows += [{"o": number, "k": KINDS.index(kind), "d": text} for text, kind in dated]
        if dated:
            bars.append({"o": number, "d": min(dated)[0], "u": max(dated)[0]})
    return rows, bars


@lru_cache(maxsize=64)
def held(on: str, start: str, lang: str) -> dict[str, Any]:
    """Who held how many km2 of the ground that changed hands, over time, stacked by holder and cause."""
    _ = speaker(lang)
    names = [_series_name(holder, cause, _) for holder, cause, _colour in SERIES]
    used = sorted({row["s"] for row in held_rows() if row["a"]})
    first, last = min(start, on), world().limits.end
    steps = alt.Chart(alt.InlineData(values=[row for row in held_rows() if row["s"] in used]))
    tips = [
        alt.Tooltip("who:N", title=_("Held by")),
        alt.Tooltip("a:Q", format=",.0f", title="km²"),
        alt.Tooltip("d:T", format="%Y-%m-%d", title=_("From")),
    ]
    scale = alt.Scale(domain=[names[one] for one in used], range=[SERIES[one][2] for one in used])
    chart = alt.layer(
        steps.transform_calculate(who="names[datum.s]")
        .mark_area(interpolate="step-after", clip=True)
        .encode(
            x=_time("d:T", first, last, "%b %Y"),
            y=alt.Y("a:Q", stack="zero", title="km²"),
            color=alt.Color("who:N", scale=scale, title=None),
            order="s:Q",
            tooltip=tips,
        ),
        *_today(on, first, last),
    )
    return _finish(chart, height=260, columns=2, names=names)


@lru_cache(maxsize=1)
def held_rows() -> tuple[dict[str, Any], ...]:
    """Area per holder and cause on every day on which control changes, of the pieces that ever change hands.

    Rows are short because they travel: ``d`` day, ``s`` number in :data:`SERIES`, ``a`` km2.
    """
    ground: Ground = world().ground
    moving = [piece for piece in ground.pieces if len({span["controller"] for span in piece["spans"]}) > 1]
    days = sorted({span["since"] for piece in moving for span in piece["spans"] if span["since"]})
    rows = []
    for day in [world().limits.start, *days, world().limits.end]:
        spans = [(span_on(piece, day), piece["km2"]) for piece in moving]
        for number, (holder, cause, _colour) in enumerate(SERIES):
            km2 = sum(km2 for span, km2 in spans if span["controller"] == holder and _cause(span) == cause)
            rows.append({"d": day, "s": number, "a": round(km2)})
    return tuple(rows)


def _cause(span: dict[str, Any]) -> str | None:
    return span["cause"] if span["controller"] == "azerbaijan" else None


def _series_name(holder: str, cause: str | None, _: Speak) -> str:
    by = {"clause": _("under a clause"), "force": _("by force"), "other": _("otherwise")}
    return _(CONTROLLER[holder]) + (f", {by[cause]}" if cause else "")


def _today(on: str, first: str, last: str) -> list[Any]:
    """The mark of the day shown, if it lies within the chart."""
    if not first <= on <= last:
        return []
    mark = alt.Chart(alt.InlineData(values=[{"on": on}]))
    return [mark.mark_rule(color=MARK, strokeWidth=2, clip=True).encode(x="on:T")]


def _time(field: str, first: str, last: str, form: str) -> Any:
    """The time axis, from a first to a last day."""
    return alt.X(
        field,
        title=None,
        scale=alt.Scale(domain=[first, last]),
        axis=alt.Axis(format=form, tickCount=5, labelAngle=0, labelFlush=True),
    )


def _finish(chart: Any, *, height: int, columns: int, **lists: list[str]) -> dict[str, Any]:
    """The specification as plain JSON values, with the page's quiet look and lists that its expressions use."""
    for name, values in lists.items():
        chart = chart.add_params(alt.param(name=name, value=values))
    spec: dict[str, Any] = (
        chart.properties(height=height)
        .configure_legend(orient="bottom", columns=columns, labelLimit=260)
        .configure_view(stroke=None)
        .configure_axis(gridColor="#e6e9e8")
        .to_dict()
    )
    return spec
