"""Colours: told apart under common colour blindness, strong enough against every ground, none from a flag."""

from itertools import combinations

import pytest
from coloraide import Color

from layers.catalogue import catalogue, edge_class, style_of, styles

FLAGS = ["#0092bc", "#00b9e4", "#e4002b", "#ed2939", "#00af66", "#509e2f", "#d90012", "#0033a0", "#f2a800"]
CONTROLLERS = styles()["controllers"]


@pytest.mark.parametrize("sight", [None, "protan", "deutan", "tritan"])
def test_holders_are_told_apart(sight):
    for one, other in combinations(CONTROLLERS.values(), 2):
        a, b = (Color(style["fill"]) if sight is None else Color(style["fill"]).filter(sight) for style in (one, other))
        assert a.delta_e(b, method="2000") >= 5
        if a.delta_e(b, method="2000") < 7:
            assert one["pattern"] != other["pattern"], "close hues need a pattern"


@pytest.mark.parametrize("layer", [layer.id for layer in catalogue() if layer.draw not in {"control", "raster"}])
def test_lines_stand_out_from_every_ground(layer):
    hue = Color(style_of(layer)["hue"])
    assert all(hue.contrast(Color(style["fill"]), method="wcag21") >= 3 for style in CONTROLLERS.values())


def test_no_ground_has_a_flag_colour():
    for style in CONTROLLERS.values():
        assert all(Color(style["fill"]).delta_e(Color(flag), method="2000") > 20 for flag in FLAGS)


def test_held_ground_is_told_from_sovereign_ground_at_a_glance():
    """Ground that somebody else holds is darker than either republic's own by more than they differ."""
    fill = {name: Color(style["fill"]).convert("lab")["l"] for name, style in CONTROLLERS.items()}
    pale = min(fill["armenia"], fill["azerbaijan"])
    assert pale - fill["armenian-forces"] > 3 * abs(fill["armenia"] - fill["azerbaijan"])


def test_hatching_is_kept_for_what_is_not_certain():
    assert {style["pattern"] for style in CONTROLLERS.values()} <= {"plain", "dots"}


def test_the_parties_have_equal_weight():
    lightness = [Color(CONTROLLERS[side]["fill"]).convert("lab")["l"] for side in ("armenia", "azerbaijan")]
    assert abs(lightness[0] - lightness[1]) < 5


def test_every_accuracy_has_an_edge_style():
    assert [edge_class(metres) for metres in (0, 300, 301, 1500, 10_000)] == ["near", "near", "middle", "middle", "far"]


def test_every_status_has_a_tint():
    from typing import get_args

    from geodata.status import Word

    assert set(styles()["statuses"]) == set(get_args(Word))
