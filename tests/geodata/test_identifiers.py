"""Ids of other registers are those that the sources in the tree have."""

import csv

from pyproj import Geod

from geodata.data_folder import data_folder
from geodata.ground import load_ground
from geodata.loading import load_record
from layers.export import heading_of

NEAR_M = 300


def register():
    with (data_folder() / "sources" / "places-geonames.csv").open(encoding="utf-8") as stream:
        return {int(row["geonameid"]): row for row in csv.DictReader(stream)}


def test_every_geonames_number_is_that_of_the_place_where_the_record_puts_it():
    record, known, geod = load_record(), register(), Geod(ellps="WGS84")
    places = {place.id: place for place in record.places}
    for item in record.identifiers.places:
        place, found = places[item.place], known[item.geonames]
        assert "geonames" in place.sources
        _, _, metres = geod.inv(place.lon, place.lat, float(found["longitude"]), float(found["latitude"]))
        assert metres < NEAR_M, item
        assert found["country"] == record.identifiers.iso_3166(place.country)


def test_an_id_stands_once():
    record = load_record()
    for values in (
        [item.place for item in record.identifiers.places],
        [item.geonames for item in record.identifiers.places],
        [item.republic for item in record.identifiers.republics],
    ):
        assert len(values) == len(set(values))


def test_each_republic_and_the_statement_are_identified():
    record = load_record()
    assert {item.republic for item in record.identifiers.republics} == set(record.statement.republics)
    (entry,) = record.identifiers.statement
    assert f"agreement {entry.id}" in record.statement.identity
    assert (entry.address or "").endswith(f"/{entry.id}")


def test_the_conflicts_number_stands_in_every_heading():
    record = load_record()
    (entry,) = record.identifiers.conflict
    head = heading_of(record, load_ground())
    assert f"{entry.name} {entry.id}" in head["identifiers"]
