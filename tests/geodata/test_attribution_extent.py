"""Rows as sure as their list: a disc and a span of days are certain only where every point is, on every day."""

from datetime import date

import numpy as np
import pytest
import shapely

from geodata.attribution.attribute import attribute
from geodata.attribution.segment_quadtree import REACH
from geodata.attribution.time_slices import time_slices
from geodata.control import METRES_PER_DEGREE
from geodata.ground import load_ground
from tests.geodata.attribution_extent import by_polygons, chance_rows, differing
from tests.geodata.attribution_ground import chance_ground


@pytest.mark.parametrize("seed", range(3))
def test_discs_and_spans_agree_with_many_points_asked_on_every_day(seed):
    assert differing(load_ground(), chance_rows(load_ground(), seed, 60)) == []


@pytest.mark.parametrize("seed", range(3))
def test_grounds_made_by_chance_agree(seed):
    ground = chance_ground(seed)
    assert differing(ground, chance_rows(ground, seed, 40)) == []


def test_shares_are_good_to_a_hundredth_by_areas_of_polygons():
    ground = load_ground()
    lat, lon, _, last, radius = chance_rows(ground, 1000, 300)
    lat, lon, last, radius = (values[radius > 0] for values in (lat, lon, last, radius))
    found = attribute(ground, lat, lon, last, last, radius)
    table = time_slices(ground)
    off = 0.0
    for row, (place, share) in enumerate(zip(zip(lat, lon, radius, strict=True), found.extents.share, strict=True)):
        want = np.zeros(len(share))
        np.add.at(want, table.controller[:, table.at(last[row])], by_polygons(ground, *place))
        off = max(off, np.abs(share - want).max())
    assert off < 0.01


def test_the_same_row_twice_has_the_same_answer():
    ground = load_ground()
    lat, lon, first, last, radius = (np.repeat(values, 2) for values in chance_rows(ground, 7, 30))
    found = attribute(ground, lat, lon, first, last, radius)
    assert (found.possible[::2] == found.possible[1::2]).all()
    assert (found.certain[::2] == found.certain[1::2]).all()


@pytest.mark.parametrize(
    "place", [(39.53, 51.6), (42.4, 48.9), (38.2, 43.2)], ids=["at sea", "in the north", "in the south"]
)
def test_a_disc_from_far_outside_reaches_what_is_there_to_the_metre(place):
    """However thin the part of the disc is that lies on mapped ground."""
    ground = load_ground()
    lat, lon = place
    plane = np.cos(np.radians(lat))
    shores = [shapely.transform(piece.geometry, lambda xy: xy * [plane, 1]) for piece in ground.pieces]
    metres = min(shapely.distance(shore, shapely.Point(lon * plane, lat)) for shore in shores) * METRES_PER_DEGREE
    assert metres > REACH
    day = np.full(2, (date(2021, 1, 30) - date(1970, 1, 1)).days, np.int32)
    found = attribute(ground, np.full(2, lat), np.full(2, lon), day, day, np.array([metres - 1, metres + 1]))
    assert (found.possible != 0).tolist() == [False, True]
    assert found.known.tolist() == [False, True]
    assert not found.certain[1]
