"""The timeline as a film: a slide for every day on which something changes, longer where more happened."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw

from geodata.atomic_write import write_whole, written_beside
from geodata.breakpoints import breakpoints
from geodata.dates import parse_day
from geodata.ground import Ground
from geodata.model import Record
from layers.cli.files import check_target
from layers.cli.progress import watched
from layers.sheet import render
from layers.sheet.gif import gif
from layers.sheet.video import encoder
from layers.view_state import State, default, limits

SIZE = (1920, 1080)
RATE = 24
LEAST = 12
"""Frames for which every slide stands at least, its fade included."""
FADE = 6
"""Frames in which a slide takes the place of the one before."""
SECONDS = 60
"""Usual length: half a second for a quiet day, longer for an eventful one."""
BAR = 10
"""Height in pixels of the bar of time at the lower edge."""


@dataclass(frozen=True)
class Stop:
    """A day of the film and for how many frames it stands."""

    day: str
    frames: int


def stops(record: Record, ground: Ground, start: str, end: str, seconds: float) -> list[Stop]:
    """The days between two days on which anything changes, with their share of the time by how much happened.

    Parameters
    ----------
    seconds
        Length of the film; days are left out, the least eventful first, where each would stand too short.
    """
    days = [day.isoformat() for day in breakpoints(record, ground)]
    weights = {day: _weight(record, day) for day in days if start <= day <= end}
    weights |= {day: weights.get(day, 1.0) + 1.0 for day in (start, end)}
    frames = round(seconds * RATE)
    most = max(2, frames // LEAST)
    kept = sorted(sorted(weights, key=lambda day: (day not in (start, end), -weights[day], day))[:most])
    spare = max(0, frames - LEAST * len(kept))
    total = sum(weights[day] for day in kept)
    counts = [LEAST + int(spare * weights[day] / total) for day in kept]
    counts[-1] += frames - sum(counts) if frames > sum(counts) else 0
    return [Stop(day, count) for day, count in zip(kept, counts, strict=True)]


def _weight(record: Record, day: str) -> float:
    """One for a quiet day, more for each event and each hand-over on it."""
    events = [event for event in record.events if event.counts_from.isoformat() == day]
    return 1.0 + sum(1.0 + len(event.transfers) for event in events if event.stop)


def animate(
    path: Path | str,
    record: Record,
    ground: Ground,
    *,
    start: str | None = None,
    end: str | None = None,
    seconds: float = SECONDS,
    state: State | None = None,
) -> list[Stop]:
    """Write the film as MP4 (H.264, 1920 by 1080), or as GIF (960 by 540) where the name ends in ``.gif``.

    Parameters
    ----------
    path
        Where to; the film is made beside it and renamed when it is whole.
    start, end
        First and last day; default: the whole record.
    state
        Layers, clause, language and view of every slide; its day is ignored.

    Returns
    -------
    list of Stop
        The days shown.

    Raises
    ------
    ValueError
        For days in the wrong order or a film shorter than one second.
    OutputError
        Where the film can't be written.
    """
    if not 1 <= seconds <= 600:
        raise ValueError(f"A film of {seconds:g} seconds can't be made: choose between 1 and 600.")
    begin, finish = ground.coverage_start.isoformat(), ground.coverage_end.isoformat()
    first, last = max(start or begin, begin), min(end or finish, finish)
    if last <= first:
        raise ValueError(f"{last} does not lie after {first}: give the earlier day as --from.")
    check_target(path)
    chosen = stops(record, ground, first, last, seconds)
    look = state or default(limits(record))
    slides = _slides(chosen, look, record, ground, first, last)
    if Path(path).suffix.lower() == ".gif":
        write_whole(path, gif((slide, stop.frames / RATE) for stop, slide in slides))
    else:
        _film(Path(path), slides)
    return chosen


def _film(path: Path, slides: Iterable[tuple[Stop, Any]]) -> None:
    with written_beside(path) as beside, encoder(beside, SIZE, RATE) as write:
        for frame in frames(slides):
            write(frame)


def _slides(
    chosen: list[Stop], state: State, record: Record, ground: Ground, first: str, last: str
) -> Iterator[tuple[Stop, Any]]:
    for stop in watched(chosen, "Film"):
        yield stop, _slide(state.with_(on=stop.day, from_=None), record, ground, first, last)


def frames(slides: Iterable[tuple[Stop, Any]]) -> Iterator[Any]:
    """Every slide (an array of bytes) for its time; in its first frames the one before fades into it."""
    before = None
    for stop, slide in slides:
        for number in range(stop.frames):
            if before is None or number >= FADE:
                yield slide
            else:
                share = (number + 1) / (FADE + 1)
                yield np.rint(before + (slide.astype(np.float32) - before) * share).astype(np.uint8)
        before = slide


def _slide(state: State, record: Record, ground: Ground, first: str, last: str) -> Any:
    """One slide as an array of pixels, with the bar of time at its lower edge."""
    content = render(state, record, ground, "png", dpi=144, size="wide")
    with Image.open(io.BytesIO(content)) as image:
        picture = image.convert("RGB").resize(SIZE) if image.size != SIZE else image.convert("RGB")
    whole = (parse_day(last) - parse_day(first)).days
    share = (parse_day(state.on) - parse_day(first)).days / whole
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, SIZE[1] - BAR, SIZE[0], SIZE[1]), fill="#e4e2dc")
    draw.rectangle((0, SIZE[1] - BAR, round(SIZE[0] * share), SIZE[1]), fill="#8a2d6b")
    return np.asarray(picture)
