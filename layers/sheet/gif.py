"""The timeline as a GIF: a picture for each day, each shown for as long as in the film, without blending."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from PIL import Image

WIDTH = 960
"""Pixels across: half of the film's, for the format packs badly."""
COLOURS = 256
"""All that the format has; an octree keeps rare strong colours, which a median cut gives up for shades of grey."""


def gif(pictures: Iterable[tuple[Any, float]]) -> bytes:
    """A GIF that repeats, from arrays of RGB pixels and how many seconds each stands."""
    frames, times = [], []
    for pixels, seconds in pictures:
        whole = Image.fromarray(pixels)
        small = whole.resize((WIDTH, round(whole.height * WIDTH / whole.width)), Image.Resampling.LANCZOS)
        frames.append(small.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE))
        times.append(round(seconds * 100) * 10)
    stream = io.BytesIO()
    frames[0].save(stream, "GIF", save_all=True, append_images=frames[1:], duration=times, loop=0, disposal=1)
    return stream.getvalue()
