"""How exports are made: at the same time as one after the other, and each error told as what it is."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pyogrio
import pytest
import shapely

from layers.export import export
from tests.layers.sheets import world


def test_packages_made_at_the_same_time_are_equal():
    record, ground = world()
    with ThreadPoolExecutor(6) as pool:
        made = set(pool.map(lambda _: export("2020-11-25", record, ground, "gpkg"), range(12)))
    assert made == {export("2020-11-25", record, ground, "gpkg")}


def test_a_fault_of_the_geometry_is_not_told_as_a_full_disk():
    """A point where the layer has lines: GDAL refuses it."""
    record, ground = world()
    lines = tuple(replace(line, geometry=shapely.Point(46, 40)) for line in ground.lines)
    with pytest.raises(pyogrio.errors.DataLayerError, match="geometry"):
        export("2020-11-25", record, replace(ground, lines=lines), "zip")
