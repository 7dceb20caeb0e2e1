"""Rows as sure as their list: a disc and a span of days are certain only where every point is, on every day."""

import numpy as np
import pytest

from geodata.ground import load_ground
from tests.geodata.attribution_extent import chance_rows, differing
from tests.geodata.attribution_ground import chance_ground


@pytest.mark.parametrize("seed", range(3))
def test_discs_and_spans_agree_with_many_points_asked_on_every_day(seed):
    assert differing(load_ground(), chance_rows(load_ground(), seed, 60)) == []


@pytest.mark.parametrize("seed", range(3))
def test_grounds_made_by_chance_agree(seed):
    ground = chance_ground(seed)
    assert differing(ground, chance_rows(ground, seed, 40)) == []


def test_the_same_row_twice_has_the_same_answer():
    ground = load_ground()
    lat, lon, first, last, radius = (np.repeat(values, 2) for values in chance_rows(ground, 7, 30))
    from geodata.attribution.attribute import attribute

    found = attribute(ground, lat, lon, first, last, radius)
    assert (found.possible[::2] == found.possible[1::2]).all()
    assert (found.certain[::2] == found.certain[1::2]).all()
