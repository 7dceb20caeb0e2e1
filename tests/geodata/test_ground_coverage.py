"""The ground as a coverage: it tiles on every day, adds up, and holds every known place where it belongs."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.breakpoints import breakpoints
from geodata.control import piece_at
from geodata.crs import to_metres
from geodata.ground import load_ground
from geodata.loading import load_record
from geodata.measures import km2
from geodata.parts import span_on

GROUND, RECORD = load_ground(), load_record()
SHAPES = [piece.geometry for piece in GROUND.pieces]
WHOLE = shapely.coverage_union_all(SHAPES)
DAYS = breakpoints(RECORD, GROUND)
DISTRICTS = {
    f"{name.title()} district": name
    for name in ("agdam", "kalbajar", "lachin", "fuzuli", "jabrayil", "zangilan", "gubadli")
}
ON_A_BORDER = {"sotk-pass"}


def test_the_pieces_are_valid_and_tile_without_gap_or_overlap():
    assert all(shapely.is_valid(shape) for shape in SHAPES)
    assert shapely.coverage_is_valid(SHAPES)


def test_the_areas_sum_to_the_whole_within_one_square_metre_a_square_kilometre():
    total = sum(piece.km2 for piece in GROUND.pieces)
    whole = sum(km2(part) for part in shapely.get_parts(WHOLE))
    assert abs(total - whole) * 1e6 <= whole
    assert abs(total - sum(map(km2, SHAPES))) < 0.1


def test_there_is_no_hole_in_the_whole():
    assert [ring for part in shapely.get_parts(WHOLE) for ring in part.interiors] == []


@pytest.mark.parametrize("day", DAYS)
def test_on_every_day_of_change_the_holders_tile_the_same_ground(day):
    by_holder = {}
    for piece in GROUND.pieces:
        by_holder.setdefault(span_on(piece, day).controller, []).append(piece.geometry)
    united = [shapely.coverage_union_all(shapes) for shapes in by_holder.values()]
    assert shapely.coverage_is_valid(united)
    assert shapely.equals(shapely.coverage_union_all(united), WHOLE)


@given(st.floats(44.5, 48.5), st.floats(38.5, 41.5))
@settings(max_examples=200)
def test_a_point_lies_in_one_piece_or_outside_both_countries(lon, lat):
    point = shapely.Point(lon, lat)
    holders = [piece for piece in GROUND.pieces if piece.geometry.contains(point)]
    assert len(holders) <= 1
    assert bool(holders) == WHOLE.contains(point) or WHOLE.boundary.distance(point) < 1e-9


def test_pieces_have_one_id_each_and_units_and_zones_of_the_record():
    ids = [piece.id for piece in GROUND.pieces]
    assert len(ids) == len(set(ids)) == len(set(map(str.lower, ids)))
    assert {piece.unit for piece in GROUND.pieces} == {unit.id for unit in RECORD.units}
    assert {zone.zone for piece in GROUND.pieces for zone in piece.zones} <= {zone.id for zone in RECORD.zones}


def test_the_spans_of_a_piece_cover_all_time_in_order():
    for piece in GROUND.pieces:
        spans = piece.spans
        assert spans[0].since is None
        assert spans[-1].until is None
        for earlier, later in pairwise(spans):
            assert earlier.until == later.since


def test_edges_are_the_sides_of_the_pieces_each_once():
    for piece in GROUND.pieces:
        mine = [edge.geometry for edge in GROUND.edges if piece.id in (edge.left, edge.right)]
        assert shapely.union_all(mine).length == pytest.approx(piece.geometry.boundary.length, rel=1e-9)
    total = sum(edge.geometry.length for edge in GROUND.edges)
    assert total == pytest.approx(shapely.union_all([edge.geometry for edge in GROUND.edges]).length, rel=1e-9)


@pytest.mark.parametrize("place", [p for p in RECORD.places if p.lat is not None], ids=lambda place: place.id)
def test_every_place_lies_in_its_own_country_district_and_on_its_own_side(place):
    if place.id in ON_A_BORDER:
        return
    piece = piece_at(GROUND, place.lat, place.lon)
    assert piece is not None
    assert piece.sovereign == place.country
    if place.district == "inside the former oblast":
        assert piece.oblast
    if place.district in DISTRICTS:
        assert piece.district == DISTRICTS[place.district]
        assert not piece.oblast
    side = place.known_side
    if side is not None:
        assert span_on(piece, date(2020, 11, 10)).controller == side.holder


@pytest.mark.parametrize(
    ("lat", "lon", "oblast"),
    [
        (40.34201, 46.93161, False),
        (40.0194, 46.8011, True),
        (39.8177, 46.7528, True),
        (39.99096, 46.92736, False),
        (39.6009, 47.1453, False),
    ],
)
def test_towns_near_the_oblast_lie_on_the_right_side_of_it(lat, lon, oblast):
    assert piece_at(GROUND, lat, lon).oblast is oblast


def test_lachin_and_the_checkpoint_lie_in_the_corridor_and_shusha_outside():
    assert piece_at(GROUND, 39.63742, 46.54977).unit == "lachin-corridor"
    assert piece_at(GROUND, 39.76006, 46.74989).unit == "shusha"
    checkpoint = next(point for point in GROUND.points if point.zone == "checkpoint")
    assert piece_at(GROUND, checkpoint.geometry.y, checkpoint.geometry.x).sovereign == "azerbaijan"


def test_the_corridor_is_five_kilometres_wide_and_never_wider():
    places = {place.id: place for place in RECORD.places}
    chain = [(46.5237, 39.5799)] + [
        (places[p].lon, places[p].lat) for p in ("aghavno", "lachin", "lisagor", "shusha", "khankendi")
    ]
    road = to_metres(shapely.LineString(chain))
    corridor = next(piece for piece in GROUND.pieces if piece.id == "lachin-corridor")
    edge = to_metres(corridor.geometry.segmentize(0.0005).boundary)
    reach = [road.distance(point) for point in shapely.points(shapely.get_coordinates(edge))]
    assert max(reach) <= 2550
    assert max(reach) >= 2490
    assert not corridor.oblast


def test_circles_are_within_twenty_metres_of_five_kilometres():
    places = {place.id: place for place in RECORD.places}
    towns = {unit.id: places[unit.town] for unit in RECORD.units if unit.town}
    pieces = {piece.id: piece for piece in GROUND.pieces}
    for edge in GROUND.edges:
        if edge.follows == "circle" and {pieces[side].ring for side in (edge.left, edge.right)} == {"town", "beyond"}:
            unit = pieces[edge.left].unit
            town = to_metres(shapely.Point(towns[unit].lon, towns[unit].lat))
            line = to_metres(edge.geometry)
            assert town.distance(line) >= 4980
            assert town.hausdorff_distance(line) <= 5020


def test_handover_zones_lie_inside_their_districts_and_were_held():
    for piece in GROUND.pieces:
        for zone in {"agdam", "kalbajar", "lachin"} & {item.zone for item in piece.zones}:
            assert piece.district == zone
            assert not piece.oblast
            assert span_on(piece, date(1994, 5, 12)).controller == "armenian-forces"


def test_the_line_of_2020_is_listed_by_stretch_with_half_the_distance_of_two_settlements():
    places = {place.id: place for place in RECORD.places}
    stretches = [line for line in GROUND.lines if line.zone == "line-2020-11-10" and line.between]
    assert len(stretches) > 20
    for line in stretches:
        here, there = (places[name] for name in line.between)
        assert here.known_side.holder != there.known_side.holder
        gap = to_metres(shapely.Point(here.lon, here.lat)).distance(to_metres(shapely.Point(there.lon, there.lat)))
        assert line.accuracy_m == pytest.approx(gap / 2, abs=1)
        assert line.uncertain == (here.known_side.disputed or there.known_side.disputed)


def test_every_shape_carries_provenance():
    for features in (GROUND.pieces, GROUND.edges, GROUND.lines, GROUND.points, GROUND.base):
        for feature in features:
            assert feature.source
            assert feature.licence


def test_ground_far_from_a_dated_town_is_uncertain_through_the_fighting():
    war, southwest = date(2020, 9, 27), date(2020, 10, 20)
    reached = dict.fromkeys(
        ("jabrayil", "hadrut", "fuzuli", "shusha", "talish", "sugovushan", "villages-9-november"), war
    ) | dict.fromkeys(("zangilan", "aghband", "gubadli"), southwest)
    for piece in GROUND.pieces:
        if piece.unit in reached:
            since = reached[piece.unit]
            assert span_on(piece, since - timedelta(1)).certain
            assert span_on(piece, date(2020, 9, 28)).certain is (piece.ring == "town" or since == southwest)
            assert span_on(piece, date(2020, 11, 10)).certain
            if piece.ring != "town":
                assert not span_on(piece, since).certain
                assert not span_on(piece, date(2020, 11, 9)).certain


def test_no_span_ends_before_the_record_begins():
    ends = [(piece.id, span.until) for piece in GROUND.pieces for span in piece.spans if span.until]
    assert [end for end in ends if end[1] <= GROUND.coverage_start] == []
