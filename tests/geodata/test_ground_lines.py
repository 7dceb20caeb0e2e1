"""Lines and points: dated, schematic where the text names no route, on the right side of the border."""

from datetime import date

import pytest
import shapely

from geodata.control import piece_at
from geodata.crs import to_metres
from geodata.ground import load_ground
from geodata.loading import load_record
from geodata.measures import km

GROUND, RECORD = load_ground(), load_record()
LINES = {line.id: line for line in GROUND.lines}


def test_the_link_is_a_scheme_inside_armenia_of_the_published_length():
    link = LINES["meghri-section"]
    assert link.basis == "schematic"
    assert link.clauses == (9,)
    assert 40 <= link.km <= 46
    armenia = next(piece for piece in GROUND.pieces if piece.id == "armenia").geometry
    assert link.geometry.intersection(armenia).length >= 0.99 * link.geometry.length


def test_the_railway_to_aghband_lies_in_azerbaijan_and_has_about_the_published_length():
    line = LINES["horadiz-aghband"]
    assert line.km == pytest.approx(line.published_km[0], rel=0.15)
    inside = shapely.union_all([piece.geometry for piece in GROUND.pieces if piece.sovereign == "azerbaijan"])
    assert line.geometry.intersection(inside).length >= 0.99 * line.geometry.length


def test_the_roads_follow_each_other_in_time():
    roads = [line for line in GROUND.lines if line.zone == "corridor-routes"]
    assert [road.since for road in roads] == [date(2020, 11, 10), date(2022, 8, 30), date(2023, 3, 30)]
    assert [road.until for road in roads] == [date(2022, 8, 30), date(2023, 3, 30), date(2024, 6, 12)]
    assert all(road.basis == "schematic" and road.guards and road.note for road in roads)


def test_each_front_is_one_side_of_the_pieces_it_divides():
    for zone, day in (("line-of-contact-1994", date(1994, 5, 12)), ("line-2020-11-10", date(2020, 11, 10))):
        parts = [line for line in GROUND.lines if line.zone == zone]
        assert all(line.since == day for line in parts)
        whole = shapely.union_all([line.geometry for line in parts])
        edges = shapely.union_all([edge.geometry for edge in GROUND.edges])
        assert whole.difference(edges).length < 1e-9


def test_lengths_are_those_of_the_geometry_and_zones_those_of_the_record():
    zones = {zone.id: zone for zone in RECORD.zones}
    for line in GROUND.lines:
        assert line.km == pytest.approx(km(line.geometry), abs=0.06)
        assert line.clauses == tuple(zones[line.zone].clauses)
        assert line.names["neutral"] == zones[line.zone].names.neutral


def test_points_stand_at_their_places_with_a_radius_of_doubt():
    points = {point.id: point for point in GROUND.points}
    assert points["monitoring-centre"].accuracy_m == 10_000
    assert "Giyameddinli" in points["monitoring-centre"].text
    assert "Marzili" in points["monitoring-centre"].text
    checkpoint = points["checkpoint"]
    assert piece_at(GROUND, checkpoint.geometry.y, checkpoint.geometry.x).sovereign == "azerbaijan"
    villages = [
        place
        for place in RECORD.places
        if place.id in {"baghanis-ayrim", "ashagi-askipara", "kheyrimli", "gizilhajili"}
    ]
    symbol = to_metres(points["gazakh-villages"].geometry)
    assert all(
        symbol.distance(to_metres(shapely.Point(v.lon, v.lat))) <= points["gazakh-villages"].accuracy_m
        for v in villages
    )
    doubts = [point for point in GROUND.points if point.doubt]
    assert doubts
    for doubt in doubts:
        rule = doubt.doubt
        ground = shapely.union_all([piece.geometry for piece in GROUND.pieces if piece.unit == rule.unit])
        assert ground.distance(doubt.geometry) < 2e-5
        assert rule.unit != rule.other


def test_the_base_leaves_no_gap_beside_the_frame():
    frame = shapely.coverage_union_all([piece.geometry for piece in GROUND.pieces])
    neighbours = shapely.union_all([base.geometry for base in GROUND.base if base.kind == "neighbour"])
    gaps = [shapely.Polygon(ring) for part in shapely.get_parts(frame.union(neighbours)) for ring in part.interiors]
    assert sum(gap.area for gap in gaps) < 1e-4
