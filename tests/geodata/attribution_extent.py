"""The slow obvious answer for a row that stands for a disc and a span of days: many points of the disc, asked on every day."""

from functools import lru_cache

import numpy as np
import shapely

from geodata.attribution.attribute import attribute
from geodata.attribution.time_slices import time_slices
from geodata.control import METRES_PER_DEGREE
from geodata.edges import edges_on
from tests.geodata.attribution_ground import day_of

RINGS, TURNS = 24, 96
"""Points of a disc: so many rings and one on the rim, and so many points on each."""
TOLERANCE = 0.015
"""How far shares may differ: the answer is good to 0.01 of a disc, this sample to 0.005 (both held against polygons)."""


def disc_points(lat, lon, radius):
    """Points of a disc with the share of its area that each stands for."""
    edge = np.linspace(0, 1, RINGS + 1)
    out = np.append((edge[1:] + edge[:-1]) / 2, 0.99999)
    weight = np.append(np.diff(edge**2), 0) / TURNS
    turn = np.arange(TURNS) * 2 * np.pi / TURNS
    up = radius / METRES_PER_DEGREE * out[:, None] * np.sin(turn)
    aside = radius / METRES_PER_DEGREE * out[:, None] * np.cos(turn) / np.cos(np.radians(lat))
    return (lat + up).ravel(), (lon + aside).ravel(), np.repeat(weight, TURNS)


@lru_cache(maxsize=4)
def islands(ground):
    """A point in each polygon of the ground: an island smaller than the steps of a sample counts too."""
    return shapely.get_coordinates(
        shapely.point_on_surface(shapely.get_parts([piece.geometry for piece in ground.pieces]))
    ).T


def by_polygons(ground, lat, lon, radius, corners=1024):
    """Share of a disc that lies in each piece, from areas of polygons on the plane of the disc; the last is outside."""
    turn = np.arange(corners) * 2 * np.pi / corners
    up = (
        radius / METRES_PER_DEGREE * np.sqrt(2 * np.pi / corners / np.sin(2 * np.pi / corners))
    )  # as large as the circle
    disc = shapely.polygons(
        np.column_stack([lon + up / np.cos(np.radians(lat)) * np.cos(turn), lat + up * np.sin(turn)])
    )
    shares = shapely.area(shapely.intersection([piece.geometry for piece in ground.pieces], disc)) / shapely.area(disc)
    return np.append(shares, 1 - shares.sum())


def sampled(ground, lat, lon, radius, first, last):
    """Whether every point is certain and all have one answer, who may have held them, and the share of each holder.

    Each point is asked as a point (which the other tests hold to ``at``); a day on which nothing changes is as the one before.
    """
    table = time_slices(ground)
    y, x, weight = disc_points(lat, lon, radius) if radius else (np.array([lat]), np.array([lon]), np.ones(1))
    east, north = islands(ground)
    metres = np.hypot((east - lon) * np.cos(np.radians(lat)), north - lat) * METRES_PER_DEGREE
    y, x = np.append(y, north[metres < radius]), np.append(x, east[metres < radius])
    weight = np.append(weight, np.zeros(len(y) - len(weight)))
    begin, end = np.clip([first, last], table.start, table.end)  # a day past the record gets the last state
    days = np.arange(begin, end + 1)
    states, counts = np.unique(table.at(days), return_counts=True)
    sure, may, share, answers = first >= table.start, 0, {}, set()
    for state, count in zip(states.tolist(), counts.tolist(), strict=True):
        day = np.full(len(y), (table.days[state] - day_of(0)).days, np.int32)
        found = attribute(ground, y, x, day, day)
        inside = found.piece >= 0
        sure = sure and bool(found.certain.all()) and bool(inside.all())
        answers |= set(zip(found.controller.tolist(), found.zones.tolist(), found.clauses.tolist(), strict=True))
        may |= int(np.bitwise_or.reduce(found.possible))
        for code in np.unique(found.controller).tolist():
            share[code] = share.get(code, 0) + weight[found.controller == code].sum() * count / len(days)
    return sure and len(answers) == 1, may, share


def rim_m(ground, lat, lon, radius, first, last):
    """How far the rim is from where the answer would change: the sample can't see what is thinner than its steps."""
    table, plane = time_slices(ground), np.cos(np.radians(lat))
    centre = shapely.Point(lon * plane, lat)
    near = np.inf
    for state in sorted({*table.at(np.arange(first, last + 1)).tolist()}):
        for edge, _, changes in edges_on(ground, table.days[state]):
            metres = shapely.distance(shapely.transform(edge.geometry, lambda xy: xy * [plane, 1]), centre)
            for error in (0, edge.accuracy_m) if changes else (0,):
                near = min(near, abs(metres * METRES_PER_DEGREE - error - radius))
    points = [*((point, point.accuracy_m) for point in ground.anchors)]
    points += [(point, point.accuracy_m) for point in ground.points if point.doubt]
    for point, error in points:
        metres = np.hypot((point.geometry.x - lon) * plane, point.geometry.y - lat) * METRES_PER_DEGREE
        near = min(near, abs(metres - error - radius), abs(metres + radius - error))
    return near


def differing(ground, rows):
    """Rows whose answer is not the sample's, but for what is too thin for a sample."""
    lat, lon, first, last, radius = rows
    found = attribute(ground, lat, lon, first, last, radius)
    wrong = []
    names = len(found.names["controller"])
    share = dict(zip(found.extents.rows.tolist(), found.extents.share, strict=True))
    for row in range(len(lat)):
        sure, may, part = sampled(ground, lat[row], lon[row], radius[row], int(first[row]), int(last[row]))
        have = share.get(row)
        far = have is not None and all(
            abs(have[code] - part.get(code if code < names else -1, 0)) < TOLERANCE for code in range(names + 1)
        )
        inside = found.piece[row] >= 0 or found.possible[row] != 0
        same = far or have is None
        same &= not inside or sure == bool(found.certain[row])
        same &= may == found.possible[row]
        step = radius[row] * 2 * np.pi / TURNS
        if not same and rim_m(ground, lat[row], lon[row], radius[row], int(first[row]), int(last[row])) > step:
            wrong.append((lat[row], lon[row], radius[row], str(day_of(first[row])), str(day_of(last[row])), sure, may, part,
                          bool(found.certain[row]), int(found.possible[row]), have))  # fmt: skip
    return wrong


def chance_rows(ground, seed, rows):
    """Places anywhere and near edges, radii from metres to a country, spans from a day to a year, around days of change."""
    chance = np.random.default_rng(seed)
    table = time_slices(ground)
    west, south, east, north = ground.bounds
    lat, lon = chance.uniform(south - 0.3, north + 0.3, rows), chance.uniform(west - 0.3, east + 0.3, rows)
    corners = shapely.get_coordinates([edge.geometry for edge in ground.edges])
    near = chance.random(rows) < 0.6
    places = corners[chance.integers(0, len(corners), near.sum())] + chance.normal(0, 0.2, (near.sum(), 2))
    lon[near], lat[near] = places.T
    radius = np.where(chance.random(rows) < 0.15, 0, 10 ** chance.uniform(1, 5, rows))
    last = chance.integers(table.start, table.end + 100, rows)
    change = chance.random(rows) < 0.6
    starts = np.array([(day - day_of(0)).days for day in table.days])
    last[change] = np.maximum(table.start, chance.choice(starts, change.sum()) + chance.integers(-3, 9, change.sum()))
    width = np.where(chance.random(rows) < 0.4, 0, chance.integers(0, 40, rows) ** 2 // 4)
    return lat, lon, (last - width).astype(np.int32), last.astype(np.int32), radius
