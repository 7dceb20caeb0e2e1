"""The smooth displacement that moves Natural Earth's lines onto the OpenStreetMap country borders.

Natural Earth's district lines lie 1.5 to 4 km from where they should.  The offset changes slowly from place to place,
so it can be estimated along the country borders, where the right position is known, and carried inland.  The
estimate is a kernel ridge regression inside an iterated closest-point search: boundary points of the source are
matched to the nearest point of the target boundary, a smooth field is fitted to the matches, and the scale of the
field is narrowed from 45 to 15 km over fourteen rounds.  It is fitted once, with these settings, to country borders
only; no area and no place enters it.

:func:`fit` runs in ``make sources``; its result is sampled on a 5 km grid rounded to 1 m, and :class:`Displacement`
reads that grid, so the build does not depend on a solver.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

Points = npt.NDArray[np.float64]
Field = Callable[[Points], Points]
STEP = 5000
"""Spacing of the grid in metres."""
WINDOW = (460_000, 4_265_000, 800_000, 4_620_000)
"""West, south, east, north of the grid in EPSG:32638 metres."""


def fit(pairs: dict[str, tuple[Any, Any]], rounds: int = 14, spacing: float = 1500.0, reach: float = 9000.0) -> Field:
    """Fit the field that carries each source polygon's boundary onto its target's.

    Parameters
    ----------
    pairs
        Source and target polygon by name, in metres.
    rounds, spacing, reach
        Rounds of the search, spacing of the matched points (m) and first reach of a match (m).
    """
    points, owner = _boundary_points({name: source for name, (source, _) in pairs.items()}, spacing)
    targets = {name: target.boundary for name, (_, target) in pairs.items()}
    field = _first_guess(pairs)
    for turn in range(rounds):
        moved = points + field(points)
        offset = np.zeros_like(points)
        near = np.zeros(len(points), bool)
        for name, line in targets.items():
            mine = np.where(owner == name)[0]
            along = shapely.line_locate_point(line, shapely.points(moved[mine]))
            match = shapely.get_coordinates(shapely.line_interpolate_point(line, along))
            offset[mine] = match - points[mine]
            near[mine] = np.hypot(*(match - moved[mine]).T) < reach * 0.9**turn + 1500
        field = _smooth(points[near], offset[near], max(15_000, 45_000 * 0.85**turn), 1.0)
    return field


def _first_guess(pairs: dict[str, tuple[Any, Any]]) -> Field:
    start = np.array([source.centroid.coords[0] for source, _ in pairs.values()])
    end = np.array([target.centroid.coords[0] for _, target in pairs.values()])
    return _smooth(start, np.clip(end - start, -5000, 5000), 60_000.0, 0.5)


def _boundary_points(polygons: dict[str, Any], spacing: float) -> tuple[Points, npt.NDArray[np.str_]]:
    points, owner = [], []
    for name, polygon in polygons.items():
        line = polygon.boundary
        for index in range(int(line.length // spacing)):
            points.append(line.interpolate(index * spacing).coords[0])
            owner.append(name)
    return np.array(points), np.array(owner)


def _smooth(at: Points, offset: Points, scale: float, ridge: float, most: int = 900) -> Field:
    """Kernel ridge regression with a Gaussian kernel on at most ``most`` points, chosen with a fixed seed."""
    chosen = np.random.RandomState(0).permutation(len(at))[:most]
    at, offset = at[chosen], offset[chosen]
    mean = offset.mean(0)

    def kernel(points: Points) -> Points:
        squared = ((points[:, None] - at[None]) ** 2).sum(-1)
        return np.asarray(np.exp(-squared / (2 * scale**2)))

    weights = np.linalg.solve(kernel(at) + ridge * np.eye(len(at)), offset - mean)
    return lambda points: mean + kernel(np.asarray(points)) @ weights


def write_grid(field: Field, path: Path) -> None:
    """Sample the field on the grid and write x, y, dx, dy in whole metres."""
    west, south, east, north = WINDOW
    with path.open("w", encoding="utf-8", newline="") as handle:
        rows = csv.writer(handle, lineterminator="\n")
        rows.writerow(["x", "y", "dx", "dy"])
        for y in range(south, north + 1, STEP):
            line = np.array([[x, y] for x in range(west, east + 1, STEP)], float)
            for (x, _), (dx, dy) in zip(line, field(line), strict=True):
                rows.writerow([int(x), y, round(dx), round(dy)])


class Displacement:
    """The sampled field; between the grid's points it is bilinear."""

    def __init__(self, path: Path) -> None:
        west, south, east, north = WINDOW
        shape = ((north - south) // STEP + 1, (east - west) // STEP + 1, 2)
        table = np.loadtxt(path, delimiter=",", skiprows=1)
        self._grid = table[:, 2:].reshape(shape)

    def __call__(self, points: Points) -> Points:
        """Displacement in metres at points in EPSG:32638 metres."""
        west, south, *_ = WINDOW
        rows, columns, _ = self._grid.shape
        u = np.clip((points[:, 0] - west) / STEP, 0, columns - 1.000001)
        v = np.clip((points[:, 1] - south) / STEP, 0, rows - 1.000001)
        i, j = v.astype(int), u.astype(int)
        a, b = (u - j)[:, None], (v - i)[:, None]
        g = self._grid
        low = g[i, j] * (1 - a) + g[i, j + 1] * a
        high = g[i + 1, j] * (1 - a) + g[i + 1, j + 1] * a
        return np.asarray(low * (1 - b) + high * b)

    def move(self, geometry: Any, spacing: float = 1500.0) -> Any:
        """Move a geometry in metres; long segments are first divided so that they can bend."""
        return shapely.transform(shapely.segmentize(geometry, spacing), lambda xy: xy + self(xy))
