"""What changed hands between two days."""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import Any

from geodata.control import span_on
from geodata.ground import COVERAGE_START, Ground


def changes(ground: Ground, start: str, end: str, *, net: bool = False) -> list[dict[str, Any]]:
    """Every hand-over dated after ``start`` and up to ``end``, in order.

    Parameters
    ----------
    start, end
        ISO days, Asia/Baku.
    net
        Compare the two days only: ground that went and came back is left out, and each row names the last hand-over.

    Returns
    -------
    list of dict
        ``zone`` (unit), ``from``, ``to``, ``event``, ``clause`` (that required the change, or null), ``cause``,
        ``date``, ``km2`` (geodesic), ``disputed``, ``certain``.

    Raises
    ------
    ValueError
        When ``end`` lies before ``start``, or ``start`` before the record.
    """
    if end < start:
        raise ValueError(f"{end} lies before {start}: give the earlier day first.")
    if start < COVERAGE_START:
        raise ValueError(f"The record begins on {COVERAGE_START}: ask about that day or a later one.")
    steps = _net_steps(ground, start, end) if net else _all_steps(ground, start, end)
    steps.sort(key=lambda step: (step["date"], step["zone"], step["from"], step["event"]))
    rows = []
    for _, group in groupby(steps, key=lambda step: (step["date"], step["zone"], step["from"], step["event"])):
        members = list(group)
        row = dict(members[0])
        row["km2"] = round(sum(member["km2"] for member in members), 3)
        row["certain"] = all(member["certain"] for member in members)
        rows.append(row)
    return rows


def _all_steps(ground: Ground, start: str, end: str) -> list[dict[str, Any]]:
    return [
        _step(piece, before["controller"], after, certain=before["certain"] and after["certain"])
        for piece in ground.pieces
        for before, after in _handovers(piece)
        if start < after["since"] <= end
    ]


def _net_steps(ground: Ground, start: str, end: str) -> list[dict[str, Any]]:
    steps = []
    for piece in ground.pieces:
        before, after = span_on(piece, start), span_on(piece, end)
        if before["controller"] != after["controller"]:
            last = [span for _, span in _handovers(piece) if span["since"] <= end][-1]
            steps.append(_step(piece, before["controller"], last, certain=before["certain"] and after["certain"]))
    return steps


def _handovers(piece: Any) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """The pairs of spans between which the controller of a piece changed."""
    return [
        (before, after) for before, after in pairwise(piece["spans"]) if before["controller"] != after["controller"]
    ]


def _step(piece: Any, former: str, span: dict[str, Any], *, certain: bool) -> dict[str, Any]:
    return {
        "zone": piece["unit"],
        "from": former,
        "to": span["controller"],
        "event": span["event"],
        "clause": span["clause"],
        "cause": span["cause"],
        "date": span["since"],
        "km2": piece["km2"],
        "disputed": span["disputed"],
        "certain": certain,
    }
