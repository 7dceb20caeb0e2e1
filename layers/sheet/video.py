"""ffmpeg as a place to put frames: whole films only, and one sentence where it fails."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from geodata.atomic_write import OutputError

QUALITY = ("-crf", "20", "-preset", "veryfast", "-tune", "stillimage")
"""Constant quality; slides that stand still cost little."""
LEAN = ("-threads", "1", "-x264-params", "rc-lookahead=0:sync-lookahead=0:ref=1:bframes=0")
"""Few frames held at a time.  One thread: their number decides about the bytes."""
COLOURS = (
    "-vf", "scale=out_color_matrix=bt709:out_range=tv",
    "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv",
)  # fmt: skip
"""Those of high-definition video, and said so in the file: players guess otherwise, and guess differently."""


@contextmanager
def encoder(path: Path, size: tuple[int, int], rate: int) -> Iterator[Callable[[Any], object]]:
    """Open a film (H.264 in MP4) and give a function that takes a frame of RGB bytes.

    ffmpeg stands in a session of its own, so that a Ctrl-C reaches us alone and we end it.

    Raises
    ------
    OutputError
        With ffmpeg's own reason, where it could not write the film, or with what to install where it is missing.
    """
    width, height = size
    command = [
        _ffmpeg(), "-y", "-v", "error", "-filter_threads", "1",
        "-threads", "1", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{width}x{height}", "-r", str(rate), "-i", "-",
        "-an", "-c:v", "libx264", "-pix_fmt", "yuv420p", *COLOURS, *QUALITY, *LEAN, "-movflags", "+faststart", "-fflags", "+bitexact", str(path),
    ]  # fmt: skip
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=said, start_new_session=True)
        assert process.stdin is not None
        try:
            with suppress(BrokenPipeError):
                yield process.stdin.write
                process.stdin.close()
            code = process.wait()
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
            with suppress(BrokenPipeError):
                process.stdin.close()
        if code:
            raise OutputError(f"The film can't be written: {_reason(said)}.")


def _ffmpeg() -> str:
    """Path of ffmpeg, which comes with a package of its own: its build is under the GPL, the atlas is not."""
    try:
        from imageio_ffmpeg import get_ffmpeg_exe
    except ImportError:
        raise OutputError(
            "A film needs ffmpeg, which is not installed: `pip install --require-hashes -r requirements-film.txt`. A GIF needs nothing."
        ) from None
    return str(get_ffmpeg_exe())


def _reason(said: IO[bytes]) -> str:
    """The last thing that ffmpeg said, without the address in memory that stands before it."""
    said.seek(0)
    lines = said.read().decode("utf-8", "replace").strip().splitlines()
    return lines[-1].rpartition("] ")[2].strip().rstrip(".") if lines else "ffmpeg gave no reason"
