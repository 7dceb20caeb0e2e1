"""How sure it is who held a place, in one sentence; the map's cards say the same (card_certainty.ts)."""

from __future__ import annotations

from geodata.control import ControlAnswer
from layers.wording import Wording

_BORDERS = frozenset({"republic-border", "outside"})


def certainty(found: ControlAnswer, w: Wording) -> str:
    """One sentence about a place within the mapped area: the distance and accuracy (metres) of what makes it unsure."""
    tr, why = w.tr, set(found.uncertain_by)

    def far(metres: int | None) -> str:
        return w.length(metres or 0)

    line = {"distance": far(found.edge_m), "accuracy": f"± {far(found.accuracy_m)}"}
    border = {"distance": far(found.border_m), "accuracy": f"± {far(found.border_accuracy_m)}"}
    if "symbol" in why:
        return tr("Who holds this ground is in doubt; see the symbol nearby.")
    if "record" in why:
        return tr("The day on which this ground changed hands is not certain.")
    if "line-of-control" in why:
        return tr(
            "The nearest line of control is {distance} away and known to {accuracy}: this place may lie on the other side.",
            **line,
        )
    if why & _BORDERS:
        return tr(
            "The nearest border of a republic is {distance} away and known to {accuracy}: this place may lie on the other side.",
            **border,
        )
    if why:
        return tr("Ground of another holder lies nearer than its outline is known.")
    if found.anchor is not None:
        return tr("A source says who held this settlement; the lines of control nearby were drawn from such places.")
    if found.edge_m is None:
        return tr("No line of control is near.")
    return tr(
        "The nearest line of control is {distance} away and known to {accuracy}: this place is clear of it.", **line
    )
