"""The blocks beside the map: legend of what is shown, clauses with their deadlines, events, changes."""

from __future__ import annotations

from typing import Any

from geodata.changes import changes
from geodata.dates import parse_day
from geodata.ground import Ground
from geodata.model import Record
from layers.catalogue import edge_class, style_of, styles
from layers.sheet.flow import Item, dated, entry, heading, paragraph, sample
from layers.sheet.mapping import DOUBT, HATCHES, MARKERS, POINTS_PER_PIXEL, zone_hatch
from layers.sheet.page import GREY, Page, width_mm
from layers.sheet.paper import Box
from layers.sheet.scene import Scene
from layers.sheet.speech import CAUSES, Speech

ACCURACY = {"near": "known to 300 m", "middle": "known to 1.5 km", "far": "known less exactly"}


def legend(page: Page, scenes: list[Scene], record: Record, speech: Speech, width: float) -> list[Item]:
    """What is shown, and nothing else."""
    say = speech.say
    items = [heading(page, say("Who held the ground"))]
    holders = [name for name in styles()["controllers"] if any(name in scene.controllers for scene in scenes)]
    for name in holders:
        items.append(sample(page, speech.holder(name), width, lambda box, name=name: _swatch(page, box, name)))
    if any(scene.uncertain for scene in scenes):
        items.append(sample(page, say("hatched: held by one or the other, or the day is uncertain"), width, lambda box: _doubt(page, box)))
    classes = {edge_class(edge["accuracy_m"]) for scene in scenes for edge, _ in scene.edges}
    for style in styles()["edges"]:
        if style["id"] in classes:
            text = f"{say('line between them')}, {say(ACCURACY[style['id']])}"
            items.append(sample(page, text, width, lambda box, style=style: _stroke(page, box, "#26242b", style["width"] * 0.85, style["dash"])))
    items += _layer_samples(page, scenes, record, speech, width)
    return items if len(items) > 1 else []


def _layer_samples(page: Page, scenes: list[Scene], record: Record, speech: Speech, width: float) -> list[Item]:
    names = {zone.id: zone for zone in record.zones}
    groups: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for scene in scenes:
        for kind, rows in (("zone", scene.zones), ("line", scene.lines), ("point", scene.points)):
            for row in rows:
                style = style_of(row["layer"])
                hatch = zone_hatch(style, row["status"]) if kind == "zone" else None
                key = (kind, style["hue"], style["width"], style["dash"], style["symbol"], hatch)
                group = groups.setdefault(key, [])
                if row["layer"] not in {item["layer"] for item in group}:
                    group.append(row)
    items = []
    for (kind, hue, width_px, dash, symbol, hatch), rows in groups.items():
        titles = [speech.layer(names[row["layer"]].names) for row in rows]
        text = ", ".join(titles)
        if any(names[row["layer"]].schematic for row in rows):
            text += f" ({speech.say('schematic')})"
        if kind == "zone" and hatch:
            text += f" ({', '.join(dict.fromkeys(speech.status(row['status']) for row in rows))})"
        if kind == "zone":
            items.append(sample(page, text, width, lambda box, h=hue, w=width_px, d=dash, k=hatch: _outline(page, box, h, w, d, k)))
        elif kind == "line":
            items.append(sample(page, text, width, lambda box, h=hue, w=width_px, d=dash: _stroke(page, box, h, w, d)))
        else:
            items.append(sample(page, text, width, lambda box, h=hue, s=symbol: _symbol(page, box, h, s)))
    return items


def _swatch(page: Page, box: Box, controller: str) -> None:
    style = styles()["controllers"][controller]
    patch = page.rectangle(box, facecolor=style["fill"], edgecolor=style["line"], linewidth=0.5, hatch=HATCHES[style["pattern"]])
    patch.set_hatchcolor(style["ink"])
    patch.set_hatch_linewidth(0.45)


def _doubt(page: Page, box: Box) -> None:
    styled = styles()["controllers"]
    patch = page.rectangle(box, facecolor=styled["armenian-forces"]["fill"], edgecolor=styled["azerbaijan"]["line"], linewidth=0.5, hatch=DOUBT)
    patch.set_hatchcolor(styled["azerbaijan"]["line"])
    patch.set_hatch_linewidth(0.9)


def _outline(page: Page, box: Box, hue: str, width_px: float, dash: str, hatch: str | None) -> None:
    steps = tuple(float(part) * POINTS_PER_PIXEL for part in str(dash).split())
    patch = page.rectangle(
        box, facecolor="white", edgecolor=hue, linewidth=width_px * POINTS_PER_PIXEL, linestyle=(0, steps) if steps else "-", hatch=hatch
    )
    patch.set_hatchcolor(hue)
    patch.set_hatch_linewidth(0.5)


def _stroke(page: Page, box: Box, hue: str, width_px: float, dash: str) -> None:
    steps = tuple(float(part) * POINTS_PER_PIXEL for part in str(dash).split())
    middle = box.y + box.h / 2
    cap: Any = "round" if steps and steps[0] < 2 else "butt"
    page.axes.plot(
        [box.x, box.right], [middle, middle], color=hue, linewidth=width_px * POINTS_PER_PIXEL,
        linestyle=(0, steps) if steps else "-", solid_capstyle="butt", dash_capstyle=cap,
    )  # fmt: skip


def _symbol(page: Page, box: Box, hue: str, symbol: str) -> None:
    page.axes.plot(
        [box.x + box.w / 2], [box.y + box.h / 2], marker=MARKERS[symbol], markersize=6.5, markerfacecolor="white", markeredgecolor=hue,
        markeredgewidth=1.8, linestyle="none",
    )  # fmt: skip


def clauses(page: Page, scene: Scene, record: Record, speech: Speech, width: float) -> list[Item]:
    """The obligations of what is shown, with their dates: first due, due, met, or “no date in the text”."""
    say = speech.say
    head = heading(page, say("Clauses and deadlines"))
    if scene.obligations and all(row.status == "not-in-force" for row in scene.obligations) or scene.day < record.takes_effect.date().isoformat():
        return [head, paragraph(page, say("The statement of 9/10 November 2020 was not yet in force on this day."), width)]
    if not scene.obligations:
        return [head, paragraph(page, say("No clause of the statement governs what is shown."), width)]
    hues = styles()["clauses"]
    items = [head]
    if scene.state.known:
        items.append(paragraph(page, f"{say('As announced by')} {speech.date(scene.state.known)}", width, color=GREY))
    for row in scene.obligations:
        items.append(entry(page, str(row.clause), hues[row.clause], row.title, speech.deadline(row), width))
    return items


def events(page: Page, scene: Scene, speech: Speech, width: float, room: float) -> list[Item]:
    """The nearest events, in order of time, as many as there is room for."""
    middle = parse_day(scene.day)
    head = heading(page, speech.say("Around this day"))
    column = 3 + max((width_mm(speech.edtf(event.date), 7.2, "bold") for event in scene.events[:8]), default=20)
    column = min(column, 27)
    chosen: list[tuple[Any, Item]] = []
    height = head.height
    for event in scene.events:
        strong = event.first_day <= middle <= event.counts_from
        item = dated(page, speech.edtf(event.date), event.title, width, strong=strong, room=column)
        if height + item.height > room:
            break
        height += item.height
        chosen.append((event, item))
    chosen.sort(key=lambda pair: (pair[0].counts_from, pair[0].first_day, pair[0].id))
    return [head, *(item for _, item in chosen)] if chosen else []


def changed(page: Page, before: Scene, after: Scene, record: Record, ground: Ground, speech: Speech, width: float, room: float) -> list[Item]:
    """What changed hands between two days: a table with areas in km2."""
    say = speech.say
    rows = changes(ground, before.day, after.day, net=False)
    head = heading(page, say("What changed"))
    if not rows:
        return [head, paragraph(page, say("No ground changed hands between these days."), width)]
    names = {unit.id: unit.names for unit in record.units}
    total = sum(row["km2"] for row in rows)
    items = [head]
    height = head.height + 6
    for number, row in enumerate(rows):
        item = _change(page, row, speech.name(names[row["zone"]]), speech, width)
        if height + item.height > room:
            items.append(paragraph(page, f"… {len(rows) - number} {say('more')}", width, color=GREY))
            break
        height += item.height
        items.append(item)
    items.append(_total(page, say("All hand-overs"), f"{speech.number(total)} km²", width))
    return items


def _change(page: Page, row: dict[str, Any], name: str, speech: Speech, width: float) -> Item:
    """One hand-over in two lines: place and area, then day, holders and reason."""
    reason = f"{speech.say('clause')} {row['clause']}" if row["clause"] else speech.say(CAUSES.get(row["cause"], "otherwise"))
    doubt = f" · {speech.say('disputed')}" if row["disputed"] else ""
    detail = f"{speech.short(row['date'])} · {speech.holder(row['from'])} → {speech.holder(row['to'])} · {reason}{doubt}"
    area = f"{speech.number(row['km2'], '#,##0.0' if row['km2'] < 10 else '#,##0')} km²"
    from layers.sheet.flow import shorten, wrap
    from layers.sheet.page import height_of

    heads = shorten(wrap(name, 7.6, width - 18, "bold"), 1)
    lines = shorten(wrap(detail, 6.9, width), 2)
    height = height_of(heads, 7.6) + height_of(lines, 6.9) + 0.9

    def draw(x: float, y: float, _: float) -> None:
        below = page.block(x, y, heads, 7.6, weight="bold")
        page.block(x + width, y, [area], 7.6, align="right")
        page.block(x, below, lines, 6.9, color=GREY)

    return Item(height, draw)


def _total(page: Page, text: str, area: str, width: float) -> Item:
    def draw(x: float, y: float, _: float) -> None:
        page.rule(x, y + 0.3, width)
        page.block(x, y + 0.8, [text], 7.6, weight="bold")
        page.block(x + width, y + 0.8, [area], 7.6, weight="bold", align="right")

    return Item(5.4, draw)
