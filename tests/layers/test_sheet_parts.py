"""The parts of the sheet: lettering, the projection, relief, the drawing, and the command."""

import io
import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from geodata.crs import backward, forward
from layers.__main__ import main
from layers.sheet import fonts, sheet
from layers.sheet.drawing import Drawing, path
from layers.sheet.lettering import Lettering, Style
from layers.sheet.mapping import without_blots
from layers.sheet.paper import SIZES
from layers.sheet.parts import permalink
from layers.sheet.projection import frame_around, frame_of_view, graticule, north_angle
from layers.sheet.relief import shade
from layers.view_state import State, default, limits, parse
from layers.wording import Wording
from tests.layers.sheets import pdf_text, rasterised, world

SIZE = (180.0, 120.0)
KARABAKH = (600_000.0, 4_300_000.0, 700_000.0, 4_450_000.0)
NAME = Style(8)


def apart(one, other):
    return one[2] <= other[0] or one[0] >= other[2] or one[3] <= other[1] or one[1] >= other[3]


@given(
    st.lists(
        st.tuples(st.floats(0, 1), st.floats(0, 1), st.text(alphabet="abcdef ", min_size=1, max_size=20)), max_size=25
    )
)
@settings(max_examples=40)
def test_names_cover_neither_each_other_nor_lines_nor_leave_the_map(points):
    line = shapely.LineString([(0, 0), SIZE])
    lettering = Lettering(frame_around(KARABAKH, SIZE), [line])
    for x, y, text in points:
        spot = (x * SIZE[0], y * SIZE[1])
        if not lettering.beside(*spot, [([text], NAME)]):
            lettering.led(*spot, [([text], NAME)])
    for number, name in enumerate(lettering.names):
        left, top, right, low = name.box
        assert left >= 0
        assert top >= 0
        assert right <= SIZE[0]
        assert low <= SIZE[1]
        assert not line.intersects(shapely.box(*name.box))
        assert all(apart(name.box, other.box) for other in lettering.names[:number])


def test_names_keep_off_what_is_reserved():
    """A scale bar and a dot are rectangles that no name may cover, wherever the name would like to stand."""
    bar = (5.0, SIZE[1] - 15, 45.0, SIZE[1] - 5)
    lettering = Lettering(frame_around(KARABAKH, SIZE))
    lettering.reserve(bar[0], bar[1], bar[2] - bar[0], bar[3] - bar[1])
    for step in range(9):
        lettering.beside(bar[0] + 5 * step, bar[1] + 1.2 * step, [(["Kalbajar"], NAME)])
    assert lettering.names
    assert all(apart(name.box, bar) for name in lettering.names)


def test_a_name_with_no_room_inside_stands_aside_with_a_leader():
    lettering = Lettering(frame_around(KARABAKH, SIZE))
    area = shapely.box(80, 50, 84, 54)
    assert not lettering.within(area, [(["Lachin corridor"], NAME)], near=(82, 52))
    assert lettering.led(82, 52, [(["Lachin corridor"], NAME)])
    (name,) = lettering.names
    assert name.leader[2:] == (82, 52)
    assert not shapely.box(*name.box).intersects(shapely.Point(82, 52))


@given(st.text(alphabet="abc əԱшğ→№", min_size=1, max_size=60), st.floats(5, 30))
def test_a_text_is_as_wide_as_its_letters_together(text, size):
    apart = sum(fonts.width_mm(letter, size) for letter in text)
    assert fonts.width_mm(text, size) == pytest.approx(apart)
    assert fonts.printable(text) == text


@pytest.mark.parametrize("letter", ["\x07", "\u202e", "\ud800", "\U0001f600", "\ufeff"])
def test_what_can_not_be_set_is_marked(letter):
    assert fonts.printable(f"a{letter}b") == "a\ufffdb"


def test_the_projection_goes_there_and_back():
    points = np.array([[46.75, 39.76], [44.5, 40.2], [50.0, 40.4]])
    assert backward(forward(points)) == pytest.approx(points, abs=1e-9)


def test_a_frame_keeps_the_shape_of_its_map_and_holds_the_bounds():
    frame = frame_around(KARABAKH, SIZE)
    assert (frame.east - frame.west) / (frame.north - frame.south) == pytest.approx(SIZE[0] / SIZE[1])
    assert frame.area.contains(shapely.box(*KARABAKH))
    assert frame.mm(frame.west, frame.north) == pytest.approx((0, 0))
    assert frame.mm(frame.east, frame.south) == pytest.approx(SIZE)
    assert frame.paper(frame.area).bounds == pytest.approx((0, 0, *SIZE))


def test_a_view_is_centred_and_halves_with_each_zoom():
    far, near = (frame_of_view((39.7, 46.5, zoom), SIZE) for zoom in (8, 9))
    middle = backward(np.array([[(near.west + near.east) / 2, (near.south + near.north) / 2]]))[0]
    assert middle == pytest.approx((46.5, 39.7), abs=1e-6)
    assert far.scale / near.scale == pytest.approx(2)


def test_degrees_run_where_they_say():
    frame = frame_around(KARABAKH, SIZE)
    lines = list(graticule(frame))
    assert {kind for kind, _, _ in lines} == {"lon", "lat"}
    for kind, degrees, line in lines:
        if not line.is_empty:
            found = backward(shapely.get_coordinates(line))[:, 0 if kind == "lon" else 1]
            assert found == pytest.approx(degrees, abs=0.004)


def test_north_is_straight_up_on_the_middle_meridian_only():
    x = forward(np.array([[45.0, 40.0]]))[0][0]
    middle = frame_around((x - 1000, 4_400_000, x + 1000, 4_401_000), SIZE)
    assert north_angle(middle) == pytest.approx(0, abs=1e-6)
    east = frame_around((x + 150_000, 4_400_000, x + 151_000, 4_401_000), SIZE)
    assert math.degrees(math.atan(1)) > abs(north_angle(east)) > 0.5


def test_holes_stay_holes_in_a_path():
    shape = shapely.box(0, 0, 4, 4).difference(shapely.box(1, 1, 2, 2))
    assert path(shapely.MultiPolygon([shape, shapely.box(6, 6, 7, 7)])).count("z") == 3
    assert path(shapely.Polygon()) == ""
    assert path(shapely.GeometryCollection([shapely.Point(1, 1)])) == ""


@pytest.mark.parametrize("angle", [0, 45, 90, 135])
def test_a_hatch_stays_in_its_area_and_covers_its_share(angle):
    frame = frame_around((0.0, 0.0, 100.0, 100.0), (100.0, 100.0), margin=0)
    area = shapely.Point(50, 50).buffer(30)
    drawing = Drawing(frame)
    drawing.hatch(area, "#000", angle, 20, 5)
    (mark,) = drawing.marks
    dark = rasterised(drawing.svg(), 100, 100, 100).mean(axis=2) < 128
    rows, columns = np.nonzero(dark)
    assert mark.startswith("<path")
    assert np.hypot(columns / dark.shape[1] * 100 - 50, rows / dark.shape[0] * 100 - 50).max() < 30.5
    assert dark.mean() == pytest.approx(area.area / 100**2 * 5 / 20, rel=0.08)


def test_a_short_piece_of_a_line_is_left_out_unless_another_goes_on_from_it():
    """Alone or closed it would look like a fault of the press."""
    long, alone = shapely.LineString([(0, 0), (50, 0)]), shapely.LineString([(60, 0), (62, 0)])
    spur, ring = shapely.LineString([(50, 0), (52, 0)]), shapely.Point(70, 0).buffer(0.5).exterior
    assert shapely.union_all(without_blots([long, alone, ring], 8)).equals(long)
    assert shapely.union_all(without_blots([spur, alone], 8, [long])).equals(spur)


def test_relief_is_darker_on_slopes_and_level_outside():
    with Image.open(io.BytesIO(shade(frame_around(KARABAKH, SIZE)))) as image:
        grey = np.asarray(image)
    assert grey.min() < 150 < grey.max()
    with Image.open(
        io.BytesIO(shade(frame_around((640_000.0, 4_380_000.0, 652_000.0, 4_390_000.0), (52.0, 44.0))))
    ) as image:
        near = np.asarray(image, dtype=float)
    assert max(np.abs(np.diff(near, axis=axis)).max() for axis in (0, 1)) < 15
    with Image.open(
        io.BytesIO(shade(frame_around((2_000_000.0, 4_300_000.0, 2_100_000.0, 4_400_000.0), SIZE)))
    ) as away:
        assert np.ptp(np.asarray(away)) == 0


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


def test_the_maps_of_every_paper_fit_on_it():
    for name, paper in SIZES.items():
        for (wide, high), beside in ((paper.map, 1), (paper.pair, 2)):
            assert (wide + 3) * beside <= paper.w - 2 * paper.margin, name
            assert high + 3 <= paper.h - 2 * paper.margin, name


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


def test_a_printed_reading_says_who_said_it_as_the_page_does():
    """Also why nobody is named."""
    record, ground = world()
    number, reading = next((n, one) for n, one in enumerate(record.readings) if one.clause == 9)
    unnamed = reading.model_copy(update={"speaker": None, "office": None, "speaker_gap": "an unsigned note"})
    changed = record.model_copy(
        update={"readings": [*record.readings[:number], unnamed, *record.readings[number + 1 :]]}
    )
    page = sheet("clause", {"on": "2023-05-01", "clause": "9"}, changed, ground, "pdf")
    assert "No speaker named: an unsigned note" in pdf_text(page)
