"""The blocks beside the map: legend of what is shown, clauses with their deadlines, events, changes."""

from __future__ import annotations

from functools import partial
from typing import Any

from geodata.changes import changes
from geodata.dates import baku_day, parse_day
from geodata.ground import Ground
from geodata.model import Record
from layers.catalogue import edge_class, style_of, styles
from layers.sheet.flow import Item, dated, entry, heading, paragraph, sample
from layers.sheet.mapping import DOUBT, HATCHES, MARKERS, POINTS_PER_PIXEL, zone_hatch
from layers.sheet.page import GREY, Page, height_of, shorten, width_mm, wrap
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
        items.append(sample(page, speech.holder(name), width, partial(_swatch, page, name)))
    if any(scene.uncertain for scene in scenes):
        items.append(
            sample(
                page,
                say("hatched: held by one or the other, or the day is uncertain"),
                width,
                partial(_doubt, page),
            )
        )
    classes = {edge_class(edge["accuracy_m"]) for scene in scenes for edge, _ in scene.edges}
    for style in styles()["edges"]:
        if style["id"] in classes:
            text = f"{say('line between them')}, {say(ACCURACY[style['id']])}"
            items.append(
                sample(
                    page,
                    text,
                    width,
                    partial(_stroke, page, "#26242b", style["width"] * 0.85, style["dash"]),
                )
            )
    items += _layer_samples(page, scenes, record, speech, width)
    return items if len(items) > 1 else []


def _layer_samples(page: Page, scenes: list[Scene], record: Record, speech: Speech, width: float) -> list[Item]:
    names = {zone.id: zone for zone in record.zones}
    groups: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for scene in scenes:
        for kind, shown in (("zone", scene.zones), ("line", scene.lines), ("point", scene.points)):
            for row in shown:
                style = style_of(row["layer"])
                hatch = zone_hatch(style, row["status"]) if kind == "zone" else None
                key = (kind, style["hue"], style["width"], style["dash"], style["symbol"], hatch)
                group = groups.setdefault(key, [])
                if row["layer"] not in {item["layer"] for item in group}:
                    group.append(row)
    items = []
    for (kind, hue, width_px, dash, symbol, hatch), rows in groups.items():
        titles = [speech.name(names[row["layer"]].names) for row in rows]
        text = ", ".join(titles)
        if any(names[row["layer"]].schematic for row in rows):
            text += f" ({speech.say('schematic')})"
        if kind == "zone" and hatch:
            text += f" ({', '.join(dict.fromkeys(speech.status(row['status']) for row in rows))})"
        if kind == "zone":
            items.append(sample(page, text, width, partial(_outline, page, hue, width_px, dash, hatch)))
        elif kind == "line":
            items.append(sample(page, text, width, partial(_stroke, page, hue, width_px, dash)))
        else:
            items.append(sample(page, text, width, partial(_symbol, page, hue, symbol)))
    return items


def _swatch(page: Page, controller: str, box: Box) -> None:
    style = styles()["controllers"][controller]
    patch = page.rectangle(
        box, facecolor=style["fill"], edgecolor=style["line"], linewidth=0.5, hatch=HATCHES[style["pattern"]]
    )
    patch.set_hatchcolor(style["ink"])
    patch.set_hatch_linewidth(0.45)


def _doubt(page: Page, box: Box) -> None:
    styled = styles()["controllers"]
    patch = page.rectangle(
        box,
        facecolor=styled["armenian-forces"]["fill"],
        edgecolor=styled["azerbaijan"]["line"],
        linewidth=0.5,
        hatch=DOUBT,
    )
    patch.set_hatchcolor(styled["azerbaijan"]["line"])
    patch.set_hatch_linewidth(0.9)


def _outline(page: Page, hue: str, width_px: float, dash: str, hatch: str | None, box: Box) -> None:
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


def clauses(page: Page, scene: Scene, record: Record, speech: Speech, width: float, room: float) -> list[Item]:
    """The obligations of what is shown, with their dates: first due, due, met, or “no date in the text”.

    Where there is no room for all, the one that speaks for each layer comes first.
    """
    say = speech.say
    head = heading(page, say("Clauses and deadlines"))
    if scene.day < baku_day(record.takes_effect).isoformat():
        return [
            head,
            paragraph(page, say("The statement of 9/10 November 2020 was not yet in force on this day."), width),
        ]
    if not scene.obligations:
        return [head, paragraph(page, say("No clause of the statement governs what is shown."), width)]
    items = [head]
    if scene.state.known:
        items.append(paragraph(page, f"{say('As announced by')} {speech.full(scene.state.known)}", width, color=GREY))
    height = sum(item.height for item in items)
    leads = {row["obligation"] for row in (*scene.zones, *scene.lines, *scene.points)}
    chosen: dict[str, Item] = {}
    for row in sorted(scene.obligations, key=lambda row: row.id not in leads):
        item = entry(page, str(row.clause), styles()["clauses"][row.clause], row.title, speech.deadline(row), width)
        if height + item.height > room and chosen:
            continue
        height += item.height
        chosen[row.id] = item
    items += [chosen[row.id] for row in scene.obligations if row.id in chosen]
    hidden = len(scene.obligations) - len(chosen)
    if hidden:
        items.append(paragraph(page, f"+ {hidden} {say('more in these clauses')}", width, color=GREY))
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


def changed(
    page: Page, before: str, after: str, record: Record, ground: Ground, speech: Speech, width: float, room: float
) -> list[Item]:
    """What changed hands between two days: a table with areas in km2, by holders."""
    say = speech.say
    rows = changes(ground, before, after)
    items = [heading(page, say("What changed"))]
    if not rows:
        return [*items, paragraph(page, say("No ground changed hands between these days."), width)]
    names = {unit.id: unit.names for unit in record.units}
    total = _line(
        page, (say("All hand-overs"), "", "", _area(sum(row["km2"] for row in rows), speech)), width, strong=True
    )
    height = items[0].height + total.height
    last: tuple[str, str] | None = None
    for number, row in enumerate(sorted(rows, key=lambda row: (row["from"], row["to"], row["date"]))):
        pair = row["from"], row["to"]
        opening = (
            []
            if pair == last
            else [
                paragraph(
                    page, f"{speech.holder(pair[0])} → {speech.holder(pair[1])}", width, size=7.2, color=GREY, after=0.2
                )
            ]
        )
        last = pair
        mark = "*" if row["disputed"] or not row["certain"] else ""
        reason = f"{say('clause')} {row['clause']}" if row["clause"] else say(CAUSES.get(row["cause"], "otherwise"))
        line = _line(
            page,
            (speech.name(names[row["zone"]]), speech.short(row["date"]), reason + mark, _area(row["km2"], speech)),
            width,
        )
        height += line.height + sum(item.height for item in opening)
        if height > room:
            items.append(paragraph(page, f"… {len(rows) - number} {say('more')}", width, color=GREY))
            break
        items += [*opening, line]
    items.append(total)
    if any(row["disputed"] or not row["certain"] for row in rows):
        items.append(paragraph(page, f"* {say('disputed, or day or extent uncertain')}", width, size=6.6, color=GREY))
    return items


def _area(km2: float, speech: Speech) -> str:
    return f"{speech.number(km2, '#,##0.0' if km2 < 10 else '#,##0')} km²"


def _line(page: Page, cells: tuple[str, str, str, str], width: float, *, strong: bool = False) -> Item:
    """A row of the table of changes: name, day, reason, area."""
    size, weight = 6.9, "bold" if strong else "normal"
    ends = (width * 0.47, width * 0.5, width * 0.74, width)
    heads = shorten(wrap(cells[0], size, width * 0.8 if strong else ends[0] - 1, "bold"), 2)
    height = height_of(heads, size) + 0.35

    def draw(x: float, y: float, _: float) -> None:
        if strong:
            page.rule(x, y, width)
        page.block(x, y, heads, size, weight="bold")
        page.block(x + ends[1], y, [cells[1]], size, weight=weight)
        page.block(x + ends[2], y, [cells[2]], size, weight=weight)
        page.block(x + ends[3], y, [cells[3]], size, weight=weight, align="right")

    return Item(height, draw)
