"""What an edge divides on a day: the two sides, two holders of one side, two republics, or the mapped area from the rest.

``divides`` of an edge says what never changes; :func:`kind_between` adds who holds the ground on both sides of it.  Which
side a controller belongs to comes from statement.yaml (``controllers``), by way of the built shapes; a controller without
a side (peacekeepers) is a third party, so the edge of its ground is not a line of control.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal

from geodata.ground import Ground
from geodata.parts import Divides, Edge, span_on

Kind = Literal["line-of-control", "republic-border", "holders-of-one-side", "third-party", "outside", "none"]
"""What an edge is on a day.

- ``line-of-control``: the holders belong to different sides (also where it runs along the republics' border);
- ``republic-border``: the border of the two republics, where the sides do not differ;
- ``holders-of-one-side``: two holders of the same side;
- ``third-party``: one of the holders is of neither side;
- ``outside``: nothing is mapped beyond it;
- ``none``: the same holder on both sides.
"""


def kind_between(divides: Divides, left: str | None, right: str | None, sides: Mapping[str, str | None]) -> Kind:
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


def edges_on(ground: Ground, day: date) -> Iterator[tuple[Edge, Kind, bool]]:
    """Every edge with its kind on a day, and whether the holder changes across it."""
    holder: dict[str | None, str] = {piece.id: span_on(piece, day).controller for piece in ground.pieces}
    for edge in ground.edges:
        left, right = holder.get(edge.left), holder.get(edge.right)
        yield edge, kind_between(edge.divides, left, right, ground.sides), left != right
