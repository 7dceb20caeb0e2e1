"""What an edge divides: for good (two republics, the mapped area from what lies beyond it), and on a day (two sides).

An edge is a side that two pieces share, or a piece and the outside.  ``divides`` in edges.geojson says what never
changes; :func:`kind_on` adds who holds the ground on both sides of it.  Which side a controller belongs to comes from
statement.yaml (``controllers``), by way of the built shapes; a controller without a side (peacekeepers) is a third party,
so the edge of its ground is no line of control.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from geodata.ground import Feature, Ground, holds

Divides = Literal["outside", "republics", "inner"]
"""What an edge divides whatever the day: the mapped area from the rest, two republics as recognised, or neither."""
Kind = Literal["line-of-control", "republic-border", "holders-of-one-side", "third-party", "outside", "none"]
"""What an edge is on a day.

- ``line-of-control``: the holders belong to different sides (also where it runs along the republics' border);
- ``republic-border``: the border of the two republics, where the sides do not differ;
- ``holders-of-one-side``: two holders of the same side;
- ``third-party``: one of the holders is of neither side;
- ``outside``: nothing is mapped beyond it;
- ``none``: the same holder on both sides.
"""


def kind_between(divides: Divides, left: str | None, right: str | None, sides: dict[str, str | None]) -> Kind:
    """Kind of an edge that ``divides`` so, between two controllers; ``sides`` names the side of each controller."""
    if left is None or right is None:
        return "outside"
    one, other = sides[left], sides[right]
    if one is not None and other is not None and one != other:
        return "line-of-control"
    if divides == "republics":
        return "republic-border"
    if left == right:
        return "none"
    return "third-party" if one is None or other is None else "holders-of-one-side"


def edges_on(ground: Ground, day: str) -> Iterator[tuple[Feature, Kind, bool]]:
    """Every edge with its kind on a day (ISO text), and whether the holder changes across it."""
    holder: dict[Any, str] = {
        piece["piece"]: next(span["controller"] for span in piece["spans"] if holds(span, day))
        for piece in ground.pieces
    }
    for edge in ground.edges:
        left, right = holder.get(edge["left"]), holder.get(edge["right"])
        yield edge, kind_between(edge["divides"], left, right, ground.sides), left != right


def is_border(edge: Feature) -> bool:
    """Whether an edge is an international border, of a republic or of the mapped area; true on all days."""
    return bool(edge["divides"] != "inner")
