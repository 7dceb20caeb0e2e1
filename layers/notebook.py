"""A map and a sheet as things that a notebook shows and that can be saved."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from geodata.atomic_write import write_whole
from layers.map.embed import title
from layers.map.escape import markup
from layers.map.standalone import html
from layers.view_state import State

if TYPE_CHECKING:
    from layers.atlas import Atlas

HEIGHT = 640
"""Of the map in a notebook, in CSS pixels."""


@dataclass(frozen=True)
class MapFile:
    """The one-file map, opened at a state.  It holds all days, works offline and asks nobody for anything."""

    atlas: Atlas
    state: State

    @cached_property
    def html(self) -> str:
        """The document."""
        return html(self.atlas.record, self.atlas.ground, begin=self.state)

    def save(self, path: Path | str) -> Path:
        """Write the document whole; returns its path."""
        return write_whole(Path(path), self.html.encode())

    def _repr_html_(self) -> str:
        """A frame that holds the document itself, so that the notebook needs no server and no file beside it."""
        return (
            f'<iframe srcdoc="{markup(self.html)}" title="{markup(title(self.state))}" width="100%" height="{HEIGHT}" '
            'style="border: 0"></iframe>'
        )


@dataclass(frozen=True)
class SheetFile:
    """A print sheet: its bytes and their format."""

    content: bytes
    format: str

    def save(self, path: Path | str) -> Path:
        """Write the sheet whole; returns its path."""
        return write_whole(Path(path), self.content)

    def _repr_png_(self) -> bytes | None:
        return self.content if self.format == "png" else None

    def _repr_svg_(self) -> str | None:
        return self.content.decode() if self.format == "svg" else None
