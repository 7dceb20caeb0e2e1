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
    ("armenian-forces", None, "#c9a14a"),
    ("armenia", None, "#d8c69a"),
    ("peacekeepers", None, "#7a8fa6"),
    ("azerbaijan", "clause", "#4d7f8f"),
    ("azerbaijan", "force", "#2f4b5c"),
    ("azerbaijan", "other", "#a9b8b5"),
    ("azerbaijan", None, "#dfe5e4"),
)


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
    order = [f"{item.clause} · {item.title}" for item in world().record.obligations]
    kinds = [_(kind) for kind in KINDS]
    rows = [{**row, "kind": _(row["kind"])} for row in rows]
    across = alt.Y(
        "obligation:N",
        title=None,
        scale=alt.Scale(domain=order),
        axis=alt.Axis(labelLimit=230, domain=False, ticks=False, grid=True),
    )
    stretch = alt.Chart(alt.InlineData(values=bars)).mark_rule(color=MUTED, clip=True)
    marks = alt.Chart(alt.InlineData(values=rows)).mark_point(size=75, filled=True, opacity=1, clip=True)
    tips = [
        alt.Tooltip("obligation:N", title=_("Obligation")),
        alt.Tooltip("kind:N", title=_("What")),
        alt.Tooltip("day:T", format="%Y-%m-%d", title=_("Day")),
    ]
    chart = alt.layer(
        stretch.encode(x="since:T", x2="until:T", y=across),
        marks.encode(
            x=_time("day:T", first, last, "%-d %b %Y" if scale == "autumn" else "%b %Y"),
            y=across,
            shape=alt.Shape("kind:N", scale=alt.Scale(domain=kinds, range=SHAPES), title=None),
            color=alt.Color("kind:N", scale=alt.Scale(domain=kinds, range=COLOURS), title=None),
            tooltip=tips,
        ),
        *_today(on, first, last),
    )
    return _finish(chart, height=24 * len(order), columns=4)


def deadline_marks(known: str) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Dated marks of all obligations as known on a day, and the stretch of each from the first mark to the last."""
    record, day = world().record, parse_day(known)
    rows: list[dict[str, str]] = []
    bars: list[dict[str, str]] = []
    for item in record.obligations:
        name = f"{item.clause} · {item.title}"
        found = status_of(record, item, day, day)
        marks: list[tuple[str, str | None]] = []
        for number, deadline in enumerate(deadlines_known(item, day)):
            marks += [("announced", deadline.announced), ("revised due" if number else "first due", deadline.due)]
        marks += [
            ("done", found.done),
            ("ended", found.ended),
            ("term ends", found.term_end),
            ("notice by", found.notice_by),
        ]
        days = [{"obligation": name, "kind": kind, "day": text} for kind, text in marks if text]
        rows += days
        if days:
            bars.append(
                {"obligation": name, "since": min(row["day"] for row in days), "until": max(row["day"] for row in days)}
            )
    return rows, bars


@lru_cache(maxsize=64)
def held(on: str, start: str, lang: str) -> dict[str, Any]:
    """Who held how many km2 of the ground that changed hands, over time, stacked by holder and cause."""
    _ = speaker(lang)
    rows = [{**row, "who": _series_name(row["holder"], row["cause"], _)} for row in held_rows()]
    names = [_series_name(holder, cause, _) for holder, cause, _colour in SERIES]
    used = [name for name in names if any(row["who"] == name and row["km2"] for row in rows)]
    colours = [colour for name, (_h, _c, colour) in zip(names, SERIES, strict=True) if name in used]
    first, last = min(start, on), world().limits.end
    steps = alt.Chart(alt.InlineData(values=[row for row in rows if row["who"] in used]))
    tips = [
        alt.Tooltip("who:N", title=_("Held by")),
        alt.Tooltip("km2:Q", format=",.0f", title="km²"),
        alt.Tooltip("day:T", format="%Y-%m-%d", title=_("From")),
    ]
    chart = alt.layer(
        steps.mark_area(interpolate="step-after", clip=True).encode(
            x=_time("day:T", first, last, "%b %Y"),
            y=alt.Y("km2:Q", stack="zero", title="km²"),
            color=alt.Color("who:N", scale=alt.Scale(domain=used, range=colours), title=None),
            order="rank:Q",
            tooltip=tips,
        ),
        *_today(on, first, last),
    )
    return _finish(chart, height=260, columns=2)


@lru_cache(maxsize=1)
def held_rows() -> tuple[dict[str, Any], ...]:
    """km2 per holder and cause on every day on which control changes, of the pieces that ever change hands."""
    ground: Ground = world().ground
    moving = [piece for piece in ground.pieces if len({span["controller"] for span in piece["spans"]}) > 1]
    days = sorted({span["since"] for piece in moving for span in piece["spans"] if span["since"]})
    rows = []
    for day in [world().limits.start, *days, world().limits.end]:
        spans = [(span_on(piece, day), piece["km2"]) for piece in moving]
        for rank, (holder, cause, _colour) in enumerate(SERIES):
            km2 = sum(km2 for span, km2 in spans if span["controller"] == holder and _cause(span) == cause)
            rows.append({"day": day, "holder": holder, "cause": cause, "rank": rank, "km2": round(km2, 1)})
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


def _finish(chart: Any, *, height: int, columns: int) -> dict[str, Any]:
    """The specification as plain JSON values, with the page's quiet look."""
    spec: dict[str, Any] = (
        chart.properties(height=height)
        .configure_legend(orient="bottom", columns=columns, labelLimit=260)
        .configure_view(stroke=None)
        .configure_axis(gridColor="#e6e9e8")
        .to_dict()
    )
    return spec
