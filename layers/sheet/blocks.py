"""The blocks beside the map: legend of what is shown, clauses with their deadlines, events."""

from __future__ import annotations

from functools import partial
from typing import Any

from geodata.dates import parse_day
from geodata.model import Record
from layers.catalogue import edge_class, style_of, styles
from layers.sheet.columns import Item, dated, entry, heading, paragraph, sample
from layers.sheet.mapping import DOUBT, HATCHES, MARKERS, POINTS_PER_PIXEL, TINT, line_dash, tinted, zone_hatch
from layers.sheet.page import GREY, Page, width_mm
from layers.sheet.paper import Box
from layers.sheet.scene import Scene
from layers.wording import Wording
from layers.wording.vocabulary import ACCURACY

EDGE_INK = "#26242b"
"""Ink of the lines between holders."""


def legend(page: Page, scenes: list[Scene], record: Record, wording: Wording, width: float, room: float) -> list[Item]:
    """What is shown, and nothing else; set closer where there is little room."""
    roomy = _legend(page, scenes, record, wording, width, close=False)
    return (
        roomy
        if sum(item.height for item in roomy) <= room
        else _legend(page, scenes, record, wording, width, close=True)
    )


def _legend(
    page: Page, scenes: list[Scene], record: Record, wording: Wording, width: float, *, close: bool
) -> list[Item]:
    tr, size = wording.tr, 6.7 if close else 7.6
    items = []
    for name in styles()["controllers"]:
        if any(name in scene.controllers for scene in scenes):
            items.append(sample(page, wording.holder(name), width, partial(_swatch, page, name), size=size))
    if any(scene.uncertain for scene in scenes):
        text = tr("hatched: held by one or the other, or the day is uncertain")
        items.append(sample(page, text, width, partial(_doubt, page), size=size))
    known = {edge_class(edge.accuracy_m) for scene in scenes for edge, _ in scene.edges}
    used = [style for style in styles()["edges"] if style["id"] in known]
    if close and len(used) > 1:
        text = tr("line between them, {accuracy}", accuracy=", ".join(tr(ACCURACY[style["id"]]) for style in used))
        items.append(sample(page, text, width, partial(_strokes, page, used), size=size))
    else:
        for style in used:
            text = tr("line between them, {accuracy}", accuracy=tr(ACCURACY[style["id"]]))
            stroke = partial(_stroke, page, EDGE_INK, style["width"] * 0.85, style["dash"])
            items.append(sample(page, text, width, stroke, size=size))
    items += _layer_samples(page, scenes, record, wording, width, size)
    return (
        [heading(page, tr("Who held the ground" if scenes[0].holdings else "What is shown")), *items] if items else []
    )


def _strokes(page: Page, used: list[dict[str, Any]], box: Box) -> None:
    """The kinds of line below each other, in the order in which the text names them."""
    for number, style in enumerate(used):
        row = Box(box.x, box.y + number * 1.9, box.w, 1.9)
        _stroke(page, EDGE_INK, style["width"] * 0.85, style["dash"], row)


def _layer_samples(
    page: Page, scenes: list[Scene], record: Record, wording: Wording, width: float, size: float
) -> list[Item]:
    names = {zone.id: zone for zone in record.zones}
    groups: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for scene in scenes:
        for kind, shown in (("zone", scene.zones), ("line", scene.lines), ("point", scene.points)):
            for row in shown:
                style = style_of(row["layer"])
                hatch = zone_hatch(style, row["status"]) if kind == "zone" else None
                dash = style["dash"] if kind == "zone" else line_dash(row) if kind == "line" else ""
                key = (kind, style["hue"], style["width"], dash, style["symbol"], hatch)
                group = groups.setdefault(key, [])
                if row["layer"] not in {item["layer"] for item in group}:
                    group.append(row)
    items = []
    for (kind, hue, width_px, dash, symbol, hatch), rows in groups.items():
        titles = [wording.name(names[row["layer"]].names) for row in rows]
        text = ", ".join(titles)
        if any(names[row["layer"]].schematic for row in rows):
            text += f" ({wording.tr('schematic')})"
        classes = dict.fromkeys(edge_class(row["accuracy_m"]) for row in rows)
        if kind == "line" and dash and not style_of(rows[0]["layer"])["dash"]:
            text += f" ({', '.join(wording.tr(ACCURACY[name]) for name in classes)})"
        if kind == "zone" and hatch:
            text += f" ({', '.join(dict.fromkeys(wording.status(row['status']) for row in rows))})"
        if kind == "zone":
            items.append(
                sample(
                    page, text, width, partial(_outline, page, hue, width_px, dash, hatch, tinted(rows[0])), size=size
                )
            )
        elif kind == "line":
            items.append(sample(page, text, width, partial(_stroke, page, hue, width_px, dash), size=size))
        else:
            items.append(sample(page, text, width, partial(_symbol, page, hue, symbol), size=size))
    return items


def _swatch(page: Page, controller: str, box: Box) -> None:
    style = styles()["controllers"][controller]
    patch = page.rectangle(
        box, facecolor=style["fill"], edgecolor=style["line"], linewidth=0.5, hatch=HATCHES[style["pattern"]]
    )
    patch.set_hatchcolor(style["ink"])
    patch.set_hatch_linewidth(0.45)


def _doubt(page: Page, box: Box) -> None:
    one, *_, other = list(styles()["controllers"].values())[:3]
    patch = page.rectangle(
        box,
        facecolor=other["fill"],
        edgecolor=one["line"],
        linewidth=0.5,
        hatch=DOUBT,
    )
    patch.set_hatchcolor(one["line"])
    patch.set_hatch_linewidth(0.9)


def _outline(page: Page, hue: str, width_px: float, dash: str, hatch: str | None, tint: bool, box: Box) -> None:
    steps = tuple(float(part) * POINTS_PER_PIXEL for part in str(dash).split())
    patch = page.rectangle(
        box,
        facecolor="white",
        edgecolor=hue,
        linewidth=width_px * POINTS_PER_PIXEL,
        linestyle=(0, steps) if steps else "-",
        hatch=hatch,
    )
    patch.set_hatchcolor(hue)
    patch.set_hatch_linewidth(0.5)
    if tint:
        page.rectangle(box, facecolor=hue, edgecolor="none", alpha=TINT)


def _stroke(page: Page, hue: str, width_px: float, dash: str, box: Box) -> None:
    steps = tuple(float(part) * POINTS_PER_PIXEL for part in str(dash).split())
    middle = box.y + box.h / 2
    cap: Any = "round" if steps and steps[0] < 2 else "butt"
    page.axes.plot(
        [box.x, box.right], [middle, middle], color=hue, linewidth=width_px * POINTS_PER_PIXEL,
        linestyle=(0, steps) if steps else "-", solid_capstyle="butt", dash_capstyle=cap,
    )  # fmt: skip


def _symbol(page: Page, hue: str, symbol: str, box: Box) -> None:
    page.axes.plot(
        [box.x + box.w / 2], [box.y + box.h / 2], marker=MARKERS[symbol], markersize=6.5, markerfacecolor="white", markeredgecolor=hue,
        markeredgewidth=1.8, linestyle="none",
    )  # fmt: skip


def clauses(page: Page, scene: Scene, record: Record, wording: Wording, width: float, room: float) -> list[Item]:
    """The obligations of what is shown, with their dates: first due, due, met, or “no date in the text”.

    Where there is no room for all, the one that speaks for each layer comes first.
    """
    tr = wording.tr
    head = heading(page, tr("Clauses and deadlines"))
    if scene.day < record.effect_day.isoformat():
        return [head, paragraph(page, tr("The statement was not yet in force on this day."), width)]
    if not scene.obligations:
        return [head, paragraph(page, tr("No clause of the statement governs what is shown."), width)]
    items = [head]
    if scene.state.known:
        items.append(
            paragraph(page, tr("As announced by {day}", day=wording.day(scene.state.known)), width, color=GREY)
        )
    height = sum(item.height for item in items)
    leads = {row["obligation"] for row in (*scene.zones, *scene.lines, *scene.points)}
    chosen: dict[str, Item] = {}
    for row in sorted(scene.obligations, key=lambda row: row.id not in leads):
        item = entry(page, str(row.clause), styles()["clauses"][row.clause], row.title, wording.deadline(row), width)
        if height + item.height > room and chosen:
            continue
        height += item.height
        chosen[row.id] = item
    items += [chosen[row.id] for row in scene.obligations if row.id in chosen]
    hidden = len(scene.obligations) - len(chosen)
    if hidden:
        items.append(
            paragraph(
                page,
                wording.plural("{n} more in these clauses", "{n} more in these clauses", hidden),
                width,
                color=GREY,
            )
        )
    return items


def events(page: Page, scene: Scene, wording: Wording, width: float, room: float) -> list[Item]:
    """The nearest events, in order of time, as many as there is room for."""
    middle = parse_day(scene.day)
    head = heading(page, wording.tr("Around this day"))
    column = 3 + max(
        (width_mm(wording.edtf(event.date, short=True), 7.2, "bold") for event in scene.events[:8]), default=20
    )
    column = min(column, 27)
    chosen: list[tuple[Any, Item]] = []
    height = head.height
    for event in scene.events:
        strong = event.first_day <= middle <= event.counts_from
        item = dated(page, wording.edtf(event.date, short=True), event.title, width, strong=strong, room=column)
        if height + item.height > room:
            continue
        height += item.height
        chosen.append((event, item))
    chosen.sort(key=lambda pair: (pair[0].counts_from, pair[0].first_day))
    return [head, *(item for _, item in chosen)] if chosen else []
