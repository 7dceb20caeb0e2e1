"""The parts of the sheet: setting text, placing names, the projection, relief, and the command."""

import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from geodata.crs import backward, forward
from layers.__main__ import main
from layers.sheet.encode import new_figure, styled
from layers.sheet.labels import Lettering
from layers.sheet.mapping import path_of
from layers.sheet.marginalia import permalink
from layers.sheet.page import Page, shorten, width_mm, wrap
from layers.sheet.paper import SIZES, Box
from layers.sheet.projection import frame_around, frame_of_view, graticule, north_angle
from layers.sheet.relief import shade
from layers.view_state import State, default, limits, parse
from layers.wording import Wording
from tests.layers.sheets import world

BOX = Box(10, 10, 180, 120)
KARABAKH = (600_000.0, 4_300_000.0, 700_000.0, 4_450_000.0)


@given(st.text(alphabet="abc əԱшğ ", min_size=1, max_size=200), st.floats(20, 90))
@settings(deadline=None)
def test_wrapped_lines_fit_and_lose_nothing(text, width):
    lines = wrap(text, 8, width)
    assert all(width_mm(line, 8) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_text_is_measured_alike_whatever_was_drawn_before():
    before = width_mm("Kalbajar, not yet measured", 9, "bold")
    with styled():
        page = Page(new_figure(100, 100), 100, 100)
        page.line(1, 5, "another size", 31, weight="bold")
        page.figure.canvas.draw()
    from layers.sheet import page as module

    module._width.cache_clear()
    assert width_mm("Kalbajar, not yet measured", 9, "bold") == before


def test_a_longer_text_says_that_it_was_cut():
    assert shorten(["one,", "two", "three"], 2) == ["one,", "two …"]


@given(
    st.lists(
        st.tuples(st.floats(0, 1), st.floats(0, 1), st.text(alphabet="abcdef ", min_size=1, max_size=20)), max_size=25
    )
)
@settings(deadline=None, max_examples=40)
def test_names_never_cover_each_other_nor_leave_the_map(points):
    with styled():
        page = Page(new_figure(200, 150), 200, 150)
        lettering = Lettering(page, frame_around(KARABAKH, BOX))
        for x, y, text in points:
            lettering.beside(BOX.x + x * BOX.w, BOX.y + y * BOX.h, text, 8)
    for number, (left, top, right, bottom) in enumerate(lettering.taken):
        assert BOX.x <= left < right <= BOX.right
        assert BOX.y <= top < bottom <= BOX.bottom
        for other in lettering.taken[:number]:
            assert right <= other[0] or left >= other[2] or bottom <= other[1] or top >= other[3]


@pytest.mark.parametrize("way", ["beside", "over"])
def test_names_keep_off_what_is_reserved(way):
    """A scale bar and a dot are rectangles that no name may cover, wherever the name would like to stand."""
    bar = (BOX.x + 5, BOX.bottom - 15, BOX.x + 45, BOX.bottom - 5)
    with styled():
        page = Page(new_figure(200, 150), 200, 150)
        lettering = Lettering(page, frame_around(KARABAKH, BOX))
        lettering.reserve(bar[0], bar[1], bar[2] - bar[0], bar[3] - bar[1])
        for step in range(9):
            getattr(lettering, way)(bar[0] + 5 * step, bar[1] + 1.2 * step, "Kalbajar", 8)
    names = [box for box in lettering.taken if box != bar]
    assert names
    for left, top, right, bottom in names:
        assert right <= bar[0] or left >= bar[2] or bottom <= bar[1] or top >= bar[3]


def test_the_projection_goes_there_and_back():
    points = np.array([[46.75, 39.76], [44.5, 40.2], [50.0, 40.4]])
    assert backward(forward(points)) == pytest.approx(points, abs=1e-9)


def test_a_frame_keeps_the_shape_of_its_box_and_holds_the_bounds():
    frame = frame_around(KARABAKH, BOX)
    assert (frame.east - frame.west) / (frame.north - frame.south) == pytest.approx(BOX.w / BOX.h)
    assert frame.area.contains(shapely.box(*KARABAKH))
    assert frame.mm(frame.west, frame.north) == pytest.approx((BOX.x, BOX.y))
    assert frame.mm(frame.east, frame.south) == pytest.approx((BOX.right, BOX.bottom))


def test_a_view_is_centred_and_halves_with_each_zoom():
    far, near = (frame_of_view((39.7, 46.5, zoom), BOX) for zoom in (8, 9))
    middle = backward(np.array([[(near.west + near.east) / 2, (near.south + near.north) / 2]]))[0]
    assert middle == pytest.approx((46.5, 39.7), abs=1e-6)
    assert far.scale / near.scale == pytest.approx(2)


def test_degrees_run_where_they_say():
    frame = frame_around(KARABAKH, BOX)
    lines = list(graticule(frame))
    assert {kind for kind, _, _ in lines} == {"lon", "lat"}
    for kind, degrees, line in lines:
        if not line.is_empty:
            found = backward(shapely.get_coordinates(line))[:, 0 if kind == "lon" else 1]
            assert found == pytest.approx(degrees, abs=0.004)


def test_north_is_straight_up_on_the_middle_meridian_only():
    x = forward(np.array([[45.0, 40.0]]))[0][0]
    middle = frame_around((x - 1000, 4_400_000, x + 1000, 4_401_000), BOX)
    assert north_angle(middle) == pytest.approx(0, abs=1e-6)
    east = frame_around((x + 150_000, 4_400_000, x + 151_000, 4_401_000), BOX)
    assert math.degrees(math.atan(1)) > abs(north_angle(east)) > 0.5


def test_holes_stay_holes_in_a_path():
    shape = shapely.box(0, 0, 4, 4).difference(shapely.box(1, 1, 2, 2))
    path = path_of(shapely.MultiPolygon([shape, shapely.box(6, 6, 7, 7)]))
    assert path is not None
    assert len(path.to_polygons(closed_only=False)) == 3
    assert path_of(shapely.Polygon()) is None
    assert path_of(shapely.GeometryCollection([shapely.Point(1, 1)])) is None


def test_relief_is_darker_on_slopes_and_clear_outside():
    frame = frame_around(KARABAKH, BOX)
    picture = shade(frame)
    assert picture.shape[2] == 4
    assert picture[:, :, 3].max() > 40
    away = shade(frame_around((2_000_000.0, 4_300_000.0, 2_100_000.0, 4_400_000.0), BOX))
    assert away[:, :, 3].max() == 0


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2020-11-25", "25 Nov 2020"),
        ("2020-10-09/2020-10-15", "9–15 Oct 2020"),
        ("2023-09-20/2023-10-01", "20 Sept – 1 Oct 2023"),
        ("2020-12-30/2021-01-02", "30 Dec 2020 – 2 Jan 2021"),
    ],
)
def test_dates_are_told_as_exactly_as_they_are_known(text, shown):
    assert Wording("en", "neutral").edtf(text, short=True) == shown


def test_the_permalink_restores_the_state():
    record, _ = world()
    allowed = limits(record)
    state = State(
        on="2021-03-04",
        from_="2020-11-10",
        layers=("agdam", "control"),
        clause=6,
        lang="hy",
        names="az",
        view=(39.7, 46.5, 9.0),
    )
    link = permalink(state, record, "https://atlas.example/?on=1")
    from urllib.parse import parse_qsl, urlsplit

    assert link.startswith("https://atlas.example/?on=2021-03-04&")
    restored, notices = parse(dict(parse_qsl(urlsplit(link).query)), allowed)
    assert notices == []
    assert set(restored.layers) == set(state.layers)
    assert restored.with_(layers=()) == state.with_(layers=())
    assert "on=2020-11-10" in permalink(default(allowed), record, None)


def test_the_boxes_of_every_paper_lie_on_it_and_apart():
    for name, paper in SIZES.items():
        single = (paper.head, paper.map, *paper.columns, paper.foot)
        for layout in (single, (paper.head, *paper.pair, *paper.pair_columns, paper.foot)):
            for number, box in enumerate(layout):
                assert box.x >= 5, name
                assert box.right <= paper.w - 5, name
                assert box.bottom <= paper.h - 4, name
                for other in layout[:number]:
                    apart = (
                        box.x >= other.right or other.x >= box.right or box.y >= other.bottom or other.y >= box.bottom
                    )
                    assert apart, (name, box, other)


def test_the_command_writes_a_sheet(tmp_path, capsys):
    path = tmp_path / "sheet.png"
    arguments = ["snapshot", "--on", "2030-01-01", "--size", "square", "--dpi", "60", "--out", str(path)]
    assert main(arguments) == 0
    assert "The record ends on" in capsys.readouterr().err
    with Image.open(path) as image:
        assert image.format == "PNG"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--on", "2020-02-31"], "is not a date"),
        (["--on", "2020-11-10", "--layers", "x"], "There is no layer “x”"),
        (["--on", "2020-11-10", "--size", "b5"], "There is no sheet size"),
    ],
)
def test_the_command_refuses_in_one_sentence(tmp_path, capsys, arguments, sentence):
    assert main(["snapshot", *arguments, "--out", str(tmp_path / "x.png")]) == 2
    told = capsys.readouterr()
    assert sentence in told.err
    assert told.err.count("\n") == 1
    assert told.out == ""
    assert list(tmp_path.iterdir()) == []


def test_the_command_names_an_unknown_ending(tmp_path, capsys):
    assert main(["snapshot", "--on", "2020-11-10", "--out", str(tmp_path / "x.gif")]) == 2
    assert "must end in .png, .svg or .pdf" in capsys.readouterr().err
