"""The film and the batch of sheets."""

import io
import zipfile

import imageio_ffmpeg
import numpy as np
import pytest
from PIL import Image

from geodata.atomic_write import OutputError
from geodata.breakpoints import breakpoints
from layers.__main__ import main
from layers.sheet import KINDS, batch
from layers.sheet.animation import FADE, LEAST, RATE, SIZE, Stop, animate, frames, stops
from layers.sheet.video import encoder
from layers.view_state import default, limits
from tests.layers.sheets import pdf_text, world


def test_eventful_days_stand_longer_and_the_length_is_kept():
    record, ground = world()
    chosen = stops(record, ground, "2020-09-27", "2020-12-01", 20)
    assert sum(stop.frames for stop in chosen) == 20 * RATE
    assert [stop.day for stop in chosen] == sorted(stop.day for stop in chosen)
    frames = {stop.day: stop.frames for stop in chosen}
    assert min(frames.values()) >= LEAST
    assert frames["2020-11-20"] > min(frames.values())


def test_a_short_film_leaves_out_the_quiet_days_but_not_the_ends():
    record, ground = world()
    chosen = stops(record, ground, "1994-05-12", ground.coverage_end.isoformat(), 3)
    assert len(chosen) <= 3 * RATE / LEAST
    assert chosen[0].day == "1994-05-12"
    assert chosen[-1].day == ground.coverage_end.isoformat()


def test_the_film_plays_as_long_as_asked(tmp_path):
    record, ground = world()
    path = tmp_path / "film.mp4"
    shown = animate(path, record, ground, start="2020-11-20", end="2020-11-25", seconds=1)
    reader = imageio_ffmpeg.read_frames(str(path))
    about = next(reader)
    pictures = list(reader)
    assert about["codec"] == "h264"
    assert about["size"] == SIZE
    assert about["fps"] == RATE
    assert about["duration"] == pytest.approx(1, abs=0.02)
    assert about["pix_fmt"].startswith("yuv420p")
    assert len(pictures) == RATE
    assert pictures[0] != pictures[-1]
    assert len(shown) >= 2
    assert [item.name for item in tmp_path.iterdir()] == ["film.mp4"]


def test_a_slide_fades_into_the_next():
    dark, light = (np.full((2, 2, 3), value, np.uint8) for value in (0, 240))
    seen = [
        int(frame.mean()) for frame in frames([(Stop("2020-11-09", LEAST), dark), (Stop("2020-11-10", LEAST), light)])
    ]
    assert seen[:LEAST] == [0] * LEAST
    assert seen[LEAST : LEAST + FADE] == [round(240 * step / (FADE + 1)) for step in range(1, FADE + 1)]
    assert seen[LEAST + FADE :] == [240] * (LEAST - FADE)


def test_a_gif_shows_the_same_days_for_the_same_time(tmp_path):
    record, ground = world()
    path = tmp_path / "film.gif"
    shown = animate(path, record, ground, start="2020-11-20", end="2020-12-01", seconds=3)
    read = imageio_ffmpeg.read_frames(str(path))
    about = next(read)
    assert about["size"] == (960, 540)
    assert about["duration"] == pytest.approx(3, abs=0.1)
    with Image.open(path) as image:
        assert image.n_frames == len(shown)
        assert image.info["loop"] == 0
        times = []
        for number in range(image.n_frames):
            image.seek(number)
            times.append(image.info["duration"] / 1000)
    assert times == pytest.approx([stop.frames / RATE for stop in shown], abs=0.01)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--from", "2020-11-10", "--to", "2020-11-10"], "does not lie after"),
        (["--seconds", "0"], "can't be made"),
        (["--to", "soon"], "is not a date"),
        (["--layers", "nowhere"], "There is no layer"),
    ],
)
def test_a_film_that_can_not_be_made(tmp_path, capsys, arguments, sentence):
    assert main(["animation", *arguments, "--out", str(tmp_path / "x.mp4")]) == 2
    assert sentence in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_every_breakpoint_gets_its_sheet(tmp_path, monkeypatch):
    record, ground = world()
    days = breakpoints(record, ground)[:3]
    monkeypatch.setattr(batch, "breakpoints", lambda *_: days)
    written = batch.write_all(tmp_path / "new", record, ground, default(limits(record)), "png", dpi=50, size="square")
    assert [path.name for path in written] == [f"sheet-{day}.png" for day in days]


def test_all_pages_of_a_kind_are_written_in_the_languages_asked_for(tmp_path):
    out = tmp_path / "clauses"
    assert main(["sheets", "--kind", "clause", "--langs", "en,hy", "--out", str(out)]) == 0
    numbers = [clause.number for clause in world()[0].clauses]
    assert {path.name for path in out.iterdir()} == {f"clause-{n}-{lang}.pdf" for n in numbers for lang in ("en", "hy")}
    assert "կետ" in pdf_text((out / "clause-6-hy.pdf").read_bytes())


def test_every_kind_has_its_pages():
    found = {kind: [end for end, _ in batch.pages(kind, world()[0], breakpoints(*world()))] for kind in KINDS}
    assert len(found["one"]) == len(breakpoints(*world()))
    assert found["clause"] == [f"-{n}" for n in range(1, 10)]
    assert all(found[kind] == [""] for kind in KINDS if kind not in {"one", "clause"})


def test_sheets_chosen_by_kind_day_and_language_have_names_of_their_own():
    kinds, days = list(KINDS), ["2020-12-01", "2020-11-10"]
    wanted = batch.orders(kinds, days, ["en", "hy"], {"clause": 6, "class": None})
    names = [order.name for order in wanted]
    assert len(set(names)) == len(names) == 2 * (2 * 2 + 7)
    assert {"one-2020-11-10-en.pdf", "two-2020-11-10-2020-12-01-hy.pdf", "clause-6-en.pdf", "class-hy.pdf"} <= set(
        names
    )
    assert [order.name for order in batch.orders(["two", "changes"], days[:1], ["en"], {})] == []


def test_an_archive_says_how_far_it_is_and_is_left_where_its_reader_has_left():
    record, ground = world()
    wanted = batch.orders(["one"], ["2020-11-10", "2020-12-01"], ["hy"], {})
    told = []
    content = batch.packed(wanted, default(limits(record)), record, ground, address=None, told=told.append)
    assert told == [0, 1, 2]
    with zipfile.ZipFile(io.BytesIO(content)) as files:
        assert [name for name in files.namelist() if "10 նոյեմբերի" in pdf_text(files.read(name))] == [
            "one-2020-11-10-hy.pdf"
        ]

    def leave(made):
        if made == 1:
            raise ConnectionError

    with pytest.raises(ConnectionError):
        batch.packed(wanted, default(limits(record)), record, ground, address=None, told=leave)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--kind", "poster"], "There is no kind of sheet “poster”"),
        (["--kind", "story", "--langs", "hy,tlh"], "There is no language “tlh”"),
        (["--kind", "story", "--format", "png"], "is written as PDF, not as PNG"),
    ],
)
def test_a_batch_that_can_not_be_made(tmp_path, capsys, arguments, sentence):
    assert main(["sheets", *arguments, "--out", str(tmp_path / "out")]) == 2
    assert sentence in capsys.readouterr().err


def test_what_ffmpeg_can_not_write_is_one_sentence(tmp_path):
    def write():
        with encoder(tmp_path / "no" / "film.mp4", (16, 16), 24) as film:
            for _ in range(200):
                film(bytes(16 * 16 * 3))

    with pytest.raises(OutputError, match=r"can't be written: .*No such file or directory") as found:
        write()
    assert "\n" not in str(found.value)
