"""What an edge divides, and what that means for the answer at a point: one definition of “line of control”."""

from datetime import date

import numpy as np
import pytest
import shapely
import shapely.ops

from geodata.attribution.attribute import attribute
from geodata.attribution.time_slices import day_number
from geodata.control import control_at
from geodata.edges import edges_on, kind_between
from geodata.ground import load_ground
from geodata.parts import valid_on

GROUND = load_ground()
SIDES = {"one": "a", "other": "b", "ally": "a", "guest": None}


@pytest.mark.parametrize(
    ("divides", "left", "right", "kind"),
    [
        ("inner", "one", "other", "line-of-control"),
        ("republics", "ally", "other", "line-of-control"),
        ("republics", "one", "ally", "republic-border"),
        ("republics", "one", "one", "republic-border"),
        ("republics", "one", "guest", "republic-border"),
        ("inner", "one", "ally", "holders-of-one-side"),
        ("inner", "one", "guest", "third-party"),
        ("inner", "one", "one", "none"),
        ("outside", "one", None, "outside"),
        ("outside", None, "one", "outside"),
    ],
)
def test_the_kind_of_an_edge_follows_from_what_it_divides_and_who_holds_both_sides(divides, left, right, kind):
    assert kind_between(divides, left, right, SIDES) == kind


@pytest.mark.parametrize("day", [date(1994, 5, 12), date(2020, 11, 20), date(2021, 6, 1), date(2025, 1, 1)])
def test_a_line_of_control_has_the_two_sides_on_its_two_sides(day):
    holders = {
        piece.id: control_at(GROUND, *reversed(piece.geometry.representative_point().coords[0]), day).controller
        for piece in GROUND.pieces
    }
    lines = [edge for edge, kind, _ in edges_on(GROUND, day) if kind == "line-of-control"]
    assert lines
    for edge in lines:
        sides = {GROUND.sides[holders[getattr(edge, name)]] for name in ("left", "right")}
        assert sides == {"armenia", "azerbaijan"}


def test_no_point_is_told_the_distance_to_a_neighbour_as_that_to_a_line_of_control():
    answer = control_at(GROUND, 39.78892, 44.69654, date(2019, 1, 1))  # 16 m from the border with Turkey
    assert answer.edge_m > 5_000
    assert (answer.border_m, answer.border_accuracy_m) == (16, 100)
    assert answer.near_border
    assert answer.uncertain_by == ("outside",)
    assert answer.certain is False


def test_the_border_with_ground_of_the_same_side_is_a_border_and_no_line_of_control():
    kinds = {
        kind
        for edge, kind, _ in edges_on(GROUND, date(2019, 1, 1))
        if {edge.left, edge.right} == {"armenia", "kalbajar"}
    }
    assert kinds == {"republic-border"}


def test_a_border_between_the_republics_that_is_also_the_line_is_both():
    edge = next(edge for edge in GROUND.edges if {edge.left, edge.right} == {"armenia", "nakhchivan"})
    point = edge.geometry.interpolate(0.4, normalized=True)
    answer = control_at(GROUND, point.y + 0.02, point.x + 0.02, date(2021, 6, 1))
    assert answer.edge_m == answer.border_m
    assert answer.accuracy_m == answer.border_accuracy_m == 100


def test_the_edge_of_the_peacekeepers_ground_is_no_line_of_control_but_leaves_doubt_near_it():
    corridor = next(piece for piece in GROUND.pieces if piece.unit == "lachin-corridor")
    edge = next(e for e in GROUND.edges if "lachin-corridor" in (e.left, e.right) and e.follows == "corridor")
    point = edge.geometry.interpolate(0.5, normalized=True)
    inside = shapely.ops.nearest_points(corridor.geometry.buffer(-0.002), point)[0]
    answer = control_at(GROUND, inside.y, inside.x, date(2021, 6, 1))
    assert answer.controller == "peacekeepers"
    assert answer.edge_m > answer.accuracy_m
    assert answer.uncertain_by == ("third-party",)


@pytest.mark.parametrize(
    ("lat", "lon", "place", "controller"),
    [
        (39.76006, 46.74989, "shusha", "azerbaijan"),
        (39.8153, 46.7519, "khankendi", "armenian-forces"),
        (39.519, 47.0316, "hadrut", "azerbaijan"),
    ],
)
def test_a_settlement_whose_holder_is_known_lies_on_that_side_however_near_the_line(lat, lon, place, controller):
    answer = control_at(GROUND, lat, lon, date(2020, 11, 10))
    assert (answer.controller, answer.anchor, answer.certain) == (controller, place, True)


def test_away_from_the_settlement_the_line_counts_again():
    answer = control_at(GROUND, 39.775, 46.76, date(2020, 11, 10))
    assert answer.anchor is None
    assert answer.uncertain_by == ("line-of-control",)


def test_every_anchor_lies_on_ground_of_its_holder_for_as_long_as_it_counts():
    assert len(GROUND.anchors) > 50
    for anchor in GROUND.anchors:
        for day in (date(1994, 5, 12), date(2020, 11, 10), date(2023, 11, 1), date(2026, 6, 8)):
            if valid_on(anchor, day):
                answer = control_at(GROUND, anchor.geometry.y, anchor.geometry.x, day)
                assert answer.controller == anchor.holder
                assert answer.anchor is not None


def test_outside_nothing_is_certain_and_a_point_just_beyond_the_border_says_so():
    edge = max((e for e in GROUND.edges if e.divides == "outside"), key=lambda e: e.geometry.length)
    whole = shapely.coverage_union_all([piece.geometry for piece in GROUND.pieces])
    point = shapely.ops.nearest_points(edge.geometry, whole.buffer(0.0005).boundary)[1]
    near = control_at(GROUND, point.y, point.x, date(2021, 6, 1))
    assert (near.outside, near.near_border, near.certain) == (True, True, None)
    far = control_at(GROUND, 42.5, 44.0, date(2021, 6, 1))
    assert (far.outside, far.near_border, far.certain) == (True, False, None)
    rows = attribute(GROUND, *_rows([(point.y, point.x), (42.5, 44.0), (-80.0, 170.0)], date(2021, 6, 1)))
    assert rows.near_border.tolist() == [True, False, False]


def _rows(points, day):
    lat, lon = np.array(points).T
    days = np.full(len(points), day_number(day), np.int32)
    return lat, lon, days, days
