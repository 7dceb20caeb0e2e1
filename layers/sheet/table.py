"""The table of what changed hands between two days, with areas in km2."""

from __future__ import annotations

from dataclasses import dataclass

from geodata.changes import Change, changes
from geodata.dates import parse_day
from geodata.ground import Ground
from geodata.model import Record
from layers.sheet.columns import Item, heading, paragraph
from layers.sheet.page import GREY, Page, height_of, shorten, width_mm, wrap
from layers.wording import Wording

SIZE = 6.9
NAME_ROOM = 26.0
"""Least width in mm for a name beside day, reason and area; with less, day and reason go below it."""


@dataclass(frozen=True)
class Line:
    """One row in words."""

    holders: str
    name: str
    day: str
    reason: str
    area: str


def changed(
    page: Page, before: str, after: str, record: Record, ground: Ground, wording: Wording, width: float, room: float
) -> list[Item]:
    """The table, by holders and then by day, as far as ``room`` mm reach; the total counts every row, shown or not."""
    tr = wording.tr
    found = sorted(
        changes(ground, parse_day(before), parse_day(after)),
        key=lambda row: (row.from_, row.to, row.date, row.zone),
    )
    head = heading(page, tr("What changed"))
    if not found:
        return [head, paragraph(page, tr("No ground changed hands between these days."), width)]
    rows = _in_words(found, record, wording)
    columns = _columns(rows, width)
    end = [_total(page, tr("All hand-overs"), wording.area(sum(row.km2 for row in found)), width)]
    if any(row.disputed or not row.certain for row in found):
        note = f"* {tr('disputed, or day or extent uncertain')}"
        end.append(paragraph(page, note, width, size=6.4, color=GREY))
    items = [head]
    height = sum(item.height for item in [head, *end])
    holders = ""
    for number, row in enumerate(rows):
        new = [] if row.holders == holders else [paragraph(page, row.holders, width, size=7, color=GREY, after=0.2)]
        new.append(_line(page, row, columns, width))
        holders = row.holders
        needed = sum(item.height for item in new)
        last = number == len(rows) - 1
        if height + needed + (0 if last else 4) > room:
            items.append(
                paragraph(
                    page, wording.plural("… {n} more", "… {n} more", len(rows) - number), width, size=7, color=GREY
                )
            )
            break
        height += needed
        items += new
    return [*items, *end]


def _in_words(found: list[Change], record: Record, wording: Wording) -> list[Line]:
    names = {unit.id: unit.names for unit in record.units}
    rows = []
    for row in found:
        reason = wording.cause(row.cause, row.clause)
        mark = "*" if row.disputed or not row.certain else ""
        rows.append(
            Line(
                wording.handover(row.from_, row.to),
                wording.name(names[row.zone]).split(" (")[0],
                wording.short(row.date),
                reason + mark,
                wording.area(row.km2),
            )
        )
    return rows


def _columns(rows: list[Line], width: float) -> tuple[float, float] | None:
    """Where day and reason begin, in mm; None where they must go below the name."""
    day, reason, area = (
        max(width_mm(text, SIZE) for text in column)
        for column in zip(*((row.day, row.reason, row.area) for row in rows), strict=True)
    )
    left = width - area - reason - day - 6
    return (left + 2, left + day + 4) if left >= NAME_ROOM else None


def _line(page: Page, row: Line, columns: tuple[float, float] | None, width: float) -> Item:
    size = SIZE if columns else 6.6
    room = columns[0] - 2 if columns else width - width_mm(row.area, size) - 2
    heads = shorten(wrap(row.name, size, room, "bold"), 2 if columns else 1)
    below = f"{row.day} · {row.reason}"
    height = height_of(heads, size) + (0 if columns else height_of([below], size)) + 0.3

    def draw(x: float, y: float, _: float) -> None:
        lower = page.block(x, y, heads, size, weight="bold")
        page.block(x + width, y, [row.area], size, align="right")
        if columns is None:
            page.block(x, lower, [below], size, color=GREY)
        else:
            page.block(x + columns[0], y, [row.day], size)
            page.block(x + columns[1], y, [row.reason], size)

    return Item(height, draw)


def _total(page: Page, text: str, area: str, width: float) -> Item:
    def draw(x: float, y: float, _: float) -> None:
        page.rule(x, y + 0.3, width)
        page.block(x, y + 0.6, [text], SIZE, weight="bold")
        page.block(x + width, y + 0.6, [area], SIZE, weight="bold", align="right")

    return Item(height_of([text], SIZE) + 1, draw)
