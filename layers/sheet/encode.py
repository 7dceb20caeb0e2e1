"""From a figure to bytes: the same figure gives the same bytes, and text stays text in SVG and PDF."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image
from PIL.PngImagePlugin import PngInfo

SETTINGS: Any = {
    "font.family": ["DejaVu Sans"],
    "svg.hashsalt": "ceasefire-atlas",
    "text.hinting": "no_hinting",  # or small letters grow wider than they were measured, at low resolutions
    "svg.fonttype": "none",
    "pdf.fonttype": 42,
    "text.parse_math": False,
    "axes.unicode_minus": False,
    "hatch.linewidth": 0.5,
    "path.simplify": True,
    "path.simplify_threshold": 0.1,
    "axes.linewidth": 0.6,
}
"""DejaVu Sans ships with matplotlib and has every letter of the four languages; texts are never read as mathematics."""
_ONE_AT_A_TIME = threading.Lock()


@contextmanager
def styled() -> Iterator[None]:
    """Draw under our settings; matplotlib's are global, so one sheet is drawn at a time."""
    with _ONE_AT_A_TIME, mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(SETTINGS)
        yield


def new_figure(width_mm: float, height_mm: float) -> Figure:
    """A figure without pyplot, whose canvas does not redraw itself on every change."""
    figure = Figure(figsize=(width_mm / 25.4, height_mm / 25.4), facecolor="white")
    canvas = FigureCanvasAgg(figure)
    canvas.draw_idle = lambda *_args, **_kwargs: None  # type: ignore[method-assign]
    return figure


def encode(figure: Figure, fmt: str, dpi: int, title: str) -> bytes:
    """The figure as a file without dates and versions of programs."""
    if fmt == "png":
        return _png(figure, dpi, title)
    metadata: dict[str, dict[str, Any]] = {
        "svg": {"Date": None, "Creator": "Ceasefire Atlas", "Title": title},
        "pdf": {"CreationDate": None, "Producer": None, "Creator": "Ceasefire Atlas", "Title": title},
    }
    stream = io.BytesIO()
    figure.savefig(stream, format=fmt, dpi=150, metadata=metadata[fmt])
    return stream.getvalue()


def _png(figure: Figure, dpi: int, title: str) -> bytes:
    """Pixels without opacity, which take a third less time to pack than matplotlib's own."""
    figure.set_dpi(dpi)
    canvas: Any = FigureCanvasAgg(figure)  # its methods carry no types
    canvas.draw()
    picture = Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")
    about = PngInfo()
    about.add_itxt("Title", title)
    stream = io.BytesIO()
    picture.save(stream, "png", compress_level=3, dpi=(dpi, dpi), pnginfo=about)
    return stream.getvalue()
