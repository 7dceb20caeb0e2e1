"""Exports made at the same time are the same bytes as those made one after the other."""

from concurrent.futures import ThreadPoolExecutor

from layers.export import export
from tests.layers.sheets import world


def test_packages_made_at_the_same_time_are_equal():
    record, ground = world()
    with ThreadPoolExecutor(6) as pool:
        made = set(pool.map(lambda _: export("2020-11-25", record, ground, "gpkg"), range(12)))
    assert made == {export("2020-11-25", record, ground, "gpkg")}
