"""What every map and sheet carries: scale bar, north, degrees, inset, head, foot, permalink."""

from __future__ import annotations

import math
from typing import Any
from urllib.parse import urlencode

import segno
import shapely
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch, Polygon
from matplotlib.path import Path
from matplotlib_scalebar.scalebar import ScaleBar

from geodata.crs import to_metres
from geodata.ground import Ground
from geodata.integrity import data_version
from geodata.model import Record
from layers.catalogue import styles
from layers.sheet.mapping import Canvas, draw_base, draw_holding, patch, set_up, stroke
from layers.sheet.page import GREY, INK, Page, shorten, width_mm, wrap
from layers.sheet.paper import Box, Paper
from layers.sheet.projection import MapExtent, frame_around, graticule, north_angle
from layers.sheet.scene import Scene
from layers.view_state import State, limits, query
from layers.wording import Wording

QR_MM = 16.5


def scale_bar(axes: Axes) -> None:
    """A scale bar of about a fifth of the map's width, by matplotlib-scalebar."""
    bar = ScaleBar(
        1, units="m", rotation="horizontal-only", location="lower left", length_fraction=0.22, width_fraction=0.006, box_alpha=0.8, box_color="white",
        font_properties={"size": 7.5}, border_pad=0.6, pad=0.4, sep=2,
    )  # fmt: skip
    bar.set_zorder(15)
    axes.add_artist(bar)


def north(page: Page, frame: MapExtent) -> None:
    """An arrow to true north, lower left above the scale bar."""
    x, y, angle = frame.box.x + 6.5, frame.box.bottom - 14.5, math.radians(north_angle(frame))

    def turned(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
        return [
            (x + dx * math.cos(angle) + dy * math.sin(angle), y - dy * math.cos(angle) + dx * math.sin(angle))
            for dx, dy in points
        ]

    page.axes.add_artist(
        Polygon(
            turned([(0, 4.2), (1.7, -2.2), (0, -0.9), (-1.7, -2.2)]),
            closed=True,
            facecolor=INK,
            edgecolor="white",
            linewidth=0.6,
        )
    )
    page.line(x, y + 5.2, "N", 7.5, weight="bold", align="center")


def degrees(page: Page, frame: MapExtent, left: float) -> None:
    """Degrees along the upper edge, from ``left`` mm on, and along the left edge, inside the frame."""
    box = frame.box
    for kind, value, line in graticule(frame):
        ends = shapely.get_coordinates(line)
        if len(ends) < 2:
            continue
        text = f"{value:g}°{'E' if kind == 'lon' else 'N'}"
        if kind == "lon":
            x, y = frame.mm(*ends[-1])
            if y < box.y + 1 and box.x + left < x < box.right - 8:
                page.line(x, box.y + 2.9, text, 6, color=GREY, align="center")
        else:
            x, y = frame.mm(*ends[0])
            if x < box.x + 1 and box.y + 9 < y < box.bottom - 26:
                page.line(box.x + 0.9, y - 0.5, text, 6, color=GREY)


def inset(page: Page, scene: Scene, ground: Ground, frame: MapExtent, box: Box) -> None:
    """The whole mapped area with the frame of the map on it."""
    west, south, east, top = map(float, shapely.total_bounds([to_metres(piece.geometry) for piece in ground.pieces]))
    whole = frame_around((west, south, east, top), box, margin=0.08)
    canvas = Canvas(page.map_axes(box, zorder=6), whole)
    set_up(canvas)
    draw_base(canvas, ground)
    for holding in scene.holdings:
        draw_holding(canvas, holding)
    for border in scene.borders:
        stroke(canvas, border, styles()["base"]["border"], 0.6, "", zorder=6)
    patch(canvas, frame.area, facecolor="none", edgecolor="#8a2d6b", linewidth=1.2, zorder=9)


def head(
    page: Page,
    paper: Paper,
    scene: Scene,
    record: Record,
    wording: Wording,
    before: Scene | None = None,
    says: str = "",
) -> None:
    """The date or dates, large; above it what this is, beside it what happened that day, or what is compared."""
    box, tr = paper.head, wording.tr
    title = f"Ceasefire Atlas · {tr(record.statement.headline)}"
    text = tr(says) if says else _today(scene, record, wording)
    if says:
        longer = f"{title} · {text}"
        title, text = longer if width_mm(longer, 9) <= box.w else f"Ceasefire Atlas · {text}", ""
    page.line(box.x, box.y + 3, shorten(wrap(title, 9, box.w), 1)[0], 9, color=GREY)
    date = wording.day(scene.day) if before is None else f"{wording.day(before.day)}  →  {wording.day(scene.day)}"
    size = min(paper.date_pt, paper.date_pt * box.w * 0.98 / width_mm(date, paper.date_pt, "bold"))
    page.line(box.x, box.y + box.h - 3.4, date, size, weight="bold")
    left = box.x + width_mm(date, size, "bold") + 8
    if box.right - left > 30 and text:
        lines = shorten(wrap(text, 9.5, box.right - left), 3)
        page.block(left, box.y + box.h - 2.6 - len(lines) * 4.43, lines, 9.5)


def _today(scene: Scene, record: Record, wording: Wording) -> str:
    today = [event.title for event in record.events if event.date == scene.day]
    if scene.day >= record.coverage_end.isoformat():
        return wording.tr("The record ends on this day.")
    return ". ".join(title.rstrip(".") for title in today[:2]) + ("." if today else "")


def foot(
    page: Page, paper: Paper, state: State, record: Record, ground: Ground, wording: Wording, address: str | None
) -> None:
    """Control and sovereignty, boundaries, credits, data version, permalink as text and as QR code.

    Where the atlas has no address there is nothing to scan; the text then says the state alone.
    """
    box, tr = paper.foot, wording.tr
    link = permalink(state, record, address)
    width = box.w
    if address:
        qr_code(page, link, Box(box.right - QR_MM, box.y, QR_MM, QR_MM))
        width -= QR_MM + 5
    y = page.block(box.x, box.y - 0.4, [tr("Control is not sovereignty.")], 8.5, weight="bold")
    head_width = width_mm(tr("Control is not sovereignty."), 8.5, "bold") + 2.5
    note = tr(
        "The map says who held the ground on a day, never whose it is. Boundaries and names imply no endorsement."
    )
    if width_mm(note, 7.2) <= width - head_width:
        page.block(box.x + head_width, box.y - 0.1, [note], 7.2)
    else:
        y = page.block(box.x, y - 0.2, shorten(wrap(note, 6.6, width), 2), 6.6)
    small = wrap(_credits(record, ground, wording), 5.6, width)
    y = page.block(box.x, y - 0.1, shorten(small, 3), 5.6, color=GREY)
    page.block(box.x, y + 0.1, shorten(wrap(link, 5.8, width), 1), 5.8, color=INK)


def _credits(record: Record, ground: Ground, wording: Wording) -> str:
    tr = wording.tr
    sentences = [
        f"{ground.credits.rstrip('. ')}.",
        tr(
            "Data to {day}, version {version}.",
            day=wording.short(record.statement.coverage_end),
            version=data_version(),
        ),
        tr("Projection: UTM 38N (EPSG:32638)."),
    ]
    return " ".join(sentences if wording.lang == "en" else [*sentences, tr("Texts of the record are in English.")])


def permalink(state: State, record: Record, address: str | None) -> str:
    """The address that shows the same state on a screen; without one of the atlas, its query alone."""
    values = query(state, limits(record))
    base = (address or "").split("?", maxsplit=1)[0]
    return f"{base}?{urlencode({'on': state.on, **values}, safe=',')}"


def qr_code(page: Page, text: str, box: Box) -> None:
    """The text as a QR code, as one path, so that it stays sharp."""
    matrix = [list(row) for row in segno.make(text, error="l", boost_error=False, micro=False).matrix]
    step = box.w / len(matrix)
    vertices: list[tuple[float, float]] = []
    codes: list[Any] = []
    for row, cells in enumerate(matrix):
        for column, dark in enumerate(cells):
            if dark:
                x, y = box.x + column * step, box.y + row * step
                vertices += [(x, y), (x + step, y), (x + step, y + step), (x, y + step), (x, y)]
                codes += [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY]
    page.axes.add_artist(PathPatch(Path(vertices, codes), facecolor=INK, edgecolor="none", antialiased=False))
