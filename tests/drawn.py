"""Places and days drawn by rule, the same for every way of asking: at, attribute and the browser."""

import random
from datetime import date, timedelta

import shapely

from geodata.breakpoints import breakpoints
from geodata.ground import Ground
from geodata.model import Record

NEAR_LINE = 2000 / 111_195
"""Two kilometres, in degrees of latitude."""
DAY = timedelta(days=1)


def days(record: Record, ground: Ground) -> list[date]:
    """Every day on which something changes, with the day before and the day after."""
    found = {day + step * DAY for day in breakpoints(record, ground) for step in (-1, 0, 1)}
    return sorted(day for day in found if record.coverage_start <= day <= record.coverage_end)


def places(ground: Ground, count: int):
    """Half of them within 2 km of an edge, the rest anywhere in or around the mapped area: latitude and longitude."""
    draw = random.Random(20201110)
    west, south, east, north = shapely.total_bounds([piece.geometry for piece in ground.pieces])
    edges = [edge.geometry for edge in ground.edges]
    for number in range(count):
        if number % 2:
            point = draw.choice(edges).interpolate(draw.random(), normalized=True)
            lat, lon = point.y + draw.uniform(-NEAR_LINE, NEAR_LINE), point.x + draw.uniform(-NEAR_LINE, NEAR_LINE)
        else:
            lat, lon = draw.uniform(south - 0.1, north + 0.1), draw.uniform(west - 0.1, east + 0.1)
        yield round(lat, 6), round(lon, 6)


def cases(record: Record, ground: Ground, count: int = 2000) -> list[tuple[float, float, date]]:
    """Latitude, longitude and day of each case; the same list in every run."""
    draw, all_days = random.Random(1994), days(record, ground)
    return [(lat, lon, draw.choice(all_days)) for lat, lon in places(ground, count)]
