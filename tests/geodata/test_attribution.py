"""Many points at once give what ``at`` gives for each: on the real ground, on grounds made by chance, and at their edges."""

import os
from concurrent.futures import ProcessPoolExecutor
from datetime import date

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata import control
from geodata.attribution.attribute import attribute
from geodata.attribution.time_slices import day_number, time_slices
from geodata.ground import Ground, load_ground
from tests.geodata.attribution_ground import chance_ground, differing

FIRST, LAST = day_number(date(1994, 5, 12)), day_number(date(2027, 1, 1))
ROWS = 100_000
PARTS = 20
DAYS_AT_A_PLACE = 50


def chance_rows(ground: Ground, seed: int, rows: int):
    """A third anywhere, a third near lines, a third near corners; days anywhere, at changes, and split dates."""
    chance = np.random.default_rng(seed)
    west, south, east, north = shapely.total_bounds([piece.geometry for piece in ground.pieces])
    lat, lon = chance.uniform(south - 0.05, north + 0.05, rows), chance.uniform(west - 0.05, east + 0.05, rows)
    corners = shapely.get_coordinates([edge.geometry for edge in ground.edges])
    near = np.arange(rows) % 3 > 0
    spread = np.where(np.arange(rows) % 3 == 1, 0.05, 0.002)[near, None]
    places = corners[chance.integers(0, len(corners), near.sum())] + chance.normal(0, 1, (near.sum(), 2)) * spread
    lon[near], lat[near] = places.T
    last = chance.integers(FIRST, LAST, rows)
    changes = np.array([day_number(day) for day in time_slices(ground).days])
    at_change = chance.random(rows) < 0.5
    last[at_change] = np.maximum(
        FIRST, chance.choice(changes, at_change.sum()) + chance.integers(-2, 3, at_change.sum())
    )
    first = last - np.where(chance.random(rows) < 0.1, chance.integers(0, 400, rows), 0)
    return lat, lon, first, last


def _part(seed: int):
    """A part of the rows, fifty days at each place, so that distances to a place are measured once."""
    places = chance_rows(load_ground(), seed, ROWS // PARTS // DAYS_AT_A_PLACE)[:2]
    days = chance_rows(load_ground(), seed, ROWS // PARTS)[2:]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(control, "metres_to", remembered(control.metres_to))
        return differing(load_ground(), (*(np.repeat(axis, DAYS_AT_A_PLACE) for axis in places), *days))


def remembered(metres_to):
    """`metres_to` that measures the same shapes from the same place once."""
    last = {}

    def asked(geometries, lat, lon):
        key = (lat, lon, *map(id, geometries))
        if (lat, lon) != last.get("place"):
            last.clear()
            last["place"] = (lat, lon)
        if key not in last:
            last[key] = metres_to(geometries, lat, lon)
        return last[key]

    return asked


def test_a_hundred_thousand_rows_agree_with_the_slow_obvious_answer():
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        wrong = [row for part in pool.map(_part, range(PARTS)) for row in part]
    assert wrong == []


@pytest.mark.parametrize("seed", range(6))
def test_grounds_made_by_chance_agree(seed):
    ground = chance_ground(seed)
    assert differing(ground, chance_rows(ground, seed, 400)) == []


@settings(max_examples=150)
@given(
    st.floats(38.0, 42.5), st.floats(43.0, 51.0), st.integers(FIRST, LAST), st.integers(0, 12_000),
)  # fmt: skip
def test_any_place_and_date_agrees(lat, lon, last, width):
    assert differing(load_ground(), ([lat], [lon], [last - width], [last])) == []


def test_a_point_on_a_shared_edge_belongs_to_the_first_piece():
    ground = load_ground()
    corners = shapely.get_coordinates([edge.geometry for edge in ground.edges])[::40]
    days = np.full(len(corners), day_number(date(2020, 11, 20)))
    assert differing(ground, (corners[:, 1], corners[:, 0], days, days)) == []


def test_no_rows_give_no_answer():
    none = np.zeros(0)
    assert len(attribute(load_ground(), none, none, none.astype(np.int32), none.astype(np.int32)).piece) == 0


def test_a_ground_without_lines_has_no_distance():
    ground = chance_ground(3)
    bare = Ground(
        ground.pieces, (), (), ground.points, (), (), ground.coverage_start, ground.coverage_end, "", ground.sides
    )
    assert differing(bare, chance_rows_without_edges(bare)) == []


def chance_rows_without_edges(ground):
    chance = np.random.default_rng(1)
    days = chance.integers(FIRST, LAST, 50)
    return chance.uniform(38.8, 40.7, 50), chance.uniform(44.8, 47.2, 50), days, days
