"""Every bad input gets one sentence or a counted row; never a crash, never a silent drop."""

import gzip
import re

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.atomic_write import OutputError
from geodata.attribution.columns import choose
from geodata.attribution.local import run
from geodata.attribution.reading import InputError, Limits, open_source
from geodata.attribution.writing import for_spreadsheets
from geodata.ground import load_ground
from geodata.spreadsheet_safety import cell
from tests.geodata.attribution_files import BLOCKS, GOOD, HEAD, command, frame, place, refused, write


def test_a_row_is_placed(tmp_path):
    (row,), summary = place(write(tmp_path, HEAD + GOOD))
    assert (row["controller"], row["sovereign"], row["zones"], row["clauses"]) == (
        "azerbaijan",
        "azerbaijan",
        "agdam",
        "2",
    )
    assert row["certain"] is True
    assert row["edge_m"] > row["accuracy_m"]
    assert row["problem"] is None
    assert (summary.placed, summary.controllers) == (1, {"azerbaijan": 1})


def test_dates_in_five_forms_are_one_day(tmp_path):
    forms = ["2020-11-20", "20.11.2020", "2020-11-19T21:00Z", "20 November 2020", "20/11/2020"]
    rows, _ = place(write(tmp_path, HEAD + "".join(f"x,39.991,46.9274,{form}\n" for form in forms)))
    assert {str(row["as_of"]) for row in rows} == {"2020-11-20"}
    assert {row["controller"] for row in rows} == {"azerbaijan"}


def test_a_date_that_straddles_a_change_is_not_certain(tmp_path):
    (day, month), _ = place(write(tmp_path, HEAD + GOOD + GOOD.replace("2020-11-20", "2020-11")))
    assert (day["certain"], month["certain"]) == (True, False)
    assert (month["controller"], month["or"]) == ("azerbaijan", "armenian-forces")


def test_missing_columns_are_named_with_what_there_is(tmp_path):
    assert "latitude" in (said := refused(write(tmp_path, "name,lon,date\nx,46,2020-11-20\n")))
    assert "--lat" in said
    assert "“name”" in said
    assert "“when”" in refused(write(tmp_path, HEAD + GOOD), date="when")
    assert "“date”, “event_date”" in refused(write(tmp_path, "lat,lon,date,event_date\n40,46,2020,2020\n"))


def test_swapped_columns_are_named(tmp_path):
    said = refused(write(tmp_path, HEAD + "x,46.9274,39.991,2020-11-20\n" * 3))
    assert "swapped" in said
    assert "“lat”, “lon”" in said


def test_one_swapped_row_among_unreadable_ones_stops_nothing(tmp_path):
    rows, _ = place(write(tmp_path, HEAD + "x,46.9274,39.991,2020-11-20\n" + "x,?,?,2020-11-20\n" * 3))
    assert "swapped" in rows[0]["problem"]


def test_a_few_swapped_rows_are_told_and_counted(tmp_path):
    rows, summary = place(write(tmp_path, HEAD + GOOD * 3 + "x,46.9274,39.991,2020-11-20\n"))
    assert "swapped" in rows[3]["problem"]
    assert rows[3]["outside"] is True
    assert summary.swapped == 1


@pytest.mark.parametrize(
    ("lat", "lon", "said"),
    [
        ("4426000", "8493000", "metres"),
        ("46.9E", "39.9N", "“46.9E”"),
        ("120", "40", "swapped"),
        ("91", "181", "not a place on earth"),
        ("0", "0", "missing position"),
        ("", "46", "no latitude"),
        ("nan", "46", "“nan”"),
        ("inf", "46", "“inf”"),
        ("1e999", "46", "not a place on earth"),
        ("<script>", "46", "“<script>”"),
    ],
)
def test_positions_that_are_none_come_out_with_their_reason(tmp_path, lat, lon, said):
    rows, summary = place(write(tmp_path, HEAD + GOOD + f"x,{lat},{lon},2020-11-20\n"))
    assert said in rows[1]["problem"]
    assert rows[1]["controller"] is None
    assert rows[1]["outside"] is None
    assert (summary.unreadable, sum(summary.reasons.values())) == (1, 1)


def test_degrees_in_other_forms(tmp_path):
    rows, _ = place(
        write(tmp_path, "name;lat;lon;date\na;39,991;46,9274;2020-11-20\nb;39°59'28\"N;46.9274°E;2020-11-20\n")
    )
    assert [row["zones"] for row in rows] == ["agdam", "agdam"]


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff", HEAD, HEAD + "\n\n"])
def test_an_empty_file_is_said_to_be_empty(tmp_path, content):
    assert "empty" in refused(write(tmp_path, content))


def test_a_very_long_line_is_one_counted_row(tmp_path):
    rows, summary = place(
        write(tmp_path, HEAD + GOOD + "x" * 9_000_000 + "\n" + GOOD + "y" * 200_000 + ",1,2,3\n" + GOOD)
    )
    assert [row["problem"] and row["problem"].partition(":")[0] for row in rows] == [
        None, "line 3 is longer than 131,072 bytes", None, "line 5 is longer than 131,072 bytes", None,
    ]  # fmt: skip
    assert summary.unreadable == 2


def test_a_quote_without_its_pair_costs_its_own_line(tmp_path):
    path = write(tmp_path, HEAD + '"Agdam,39.991,46.9274,2020-11-20\n' + GOOD * 60_000)
    rows, _ = place(path, limits=BLOCKS)
    assert len(rows) > 59_000
    assert rows[-1]["controller"] == "azerbaijan"


def test_wrong_numbers_of_cells_are_counted_and_kept(tmp_path):
    rows, summary = place(write(tmp_path, HEAD + GOOD + "short,39\n" + "long,39,46,2020-11-20,more,still\n" + GOOD))
    assert ["line 3 has 2 cells" in (rows[1]["problem"]), "line 4 has 6 cells" in (rows[2]["problem"])] == [True, True]
    assert rows[2]["date"] == "2020-11-20,more,still"
    assert {str(kind): count for kind, count in summary.reasons.items()} == {
        "line … has 2 cells where the header has 4": 1,
        "line … has 6 cells where the header has 4": 1,
    }


def test_mixed_encodings_are_kept_and_told(tmp_path):
    rows, _ = place(
        write(tmp_path, (HEAD + "Ağdam" + GOOD[5:]).encode() + "Ağdam".encode("cp1254") + GOOD[5:].encode())
    )
    assert rows[0]["name"] == "Ağdam"
    assert rows[1]["name"] == "A\\xf0dam"
    assert rows[1]["controller"] == "azerbaijan"
    assert "UTF-8" in rows[1]["problem"]


def test_duplicate_columns_are_renamed_or_refused(tmp_path):
    path = write(tmp_path, "name,name,lat,lon,date\na,b,39.991,46.9274,2020-11-20\n")
    source = open_source(path)
    assert "more than one column “name”" in str(source.messages[0])
    rows, _ = place(path)
    assert (rows[0]["name"], rows[0]["name.2"]) == ("a", "b")
    (tmp_path / "out.parquet").unlink()
    assert "more than one column “lat”" in refused(write(tmp_path, "lat,lat,lon,date\n1,39.9,46.9,2020\n"))


def test_a_column_that_is_there_already_is_not_overwritten(tmp_path):
    rows, _ = place(write(tmp_path, "controller,lat,lon,date\nmine,39.991,46.9274,2020-11-20\n"))
    assert (rows[0]["controller"], rows[0]["atlas_controller"]) == ("mine", "azerbaijan")


def test_a_gzip_bomb_is_refused_and_a_gzip_is_read(tmp_path):
    with gzip.open(tmp_path / "bomb.csv.gz", "wb", compresslevel=9) as stream:
        stream.write(HEAD.encode())
        for _ in range(60):
            stream.write(b"0" * 1_000_000)
    assert "200 times its size" in refused(tmp_path / "bomb.csv.gz")
    (tmp_path / "good.csv.gz").write_bytes(gzip.compress((HEAD + GOOD).encode()))
    assert place(tmp_path / "good.csv.gz")[1].placed == 1
    (tmp_path / "out.parquet").unlink()
    assert "damaged" in refused(write(tmp_path, b"\x1f\x8bnonsense", "bad.csv.gz"))


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"<OGRVRTDataSource></OGRVRTDataSource>", "points.csv", "XML"),
        (b"<OGRVRTDataSource></OGRVRTDataSource>", "points.geojson", "XML"),
        (b"<OGRVRTDataSource></OGRVRTDataSource>", "points.gpkg", "not a GeoPackage"),
        (b"<OGRVRTDataSource></OGRVRTDataSource>", "points.parquet", "not a Parquet"),
        (b"PK\x03\x04....", "points.csv", "spreadsheet"),
        (b"PAR1garbage.....", "points.parquet", "damaged"),
        (b"SQLite format 3\0garbage", "points.gpkg", "damaged"),
        (b"x", "points.vrt", "must end in"),
        (b"x", "points", "must end in"),
    ],
)
def test_a_file_in_disguise_is_named(tmp_path, content, name, said):
    assert said in refused(write(tmp_path, content, name))


def test_a_missing_file_and_a_folder_are_named(tmp_path):
    assert "no such file" in refused(tmp_path / "none.csv")
    (tmp_path / "folder.csv").mkdir()
    assert "directory" in refused(tmp_path / "folder.csv")


def test_a_column_that_can_be_no_position_is_named(tmp_path):
    pq.write_table(pa.table({"lat": [[1.0]], "lon": [1.0], "date": ["2020"]}), tmp_path / "p.parquet")
    assert "“lat” holds list" in refused(tmp_path / "p.parquet")
    pq.write_table(pa.table({"lat": [1.0], "lon": [1.0], "date": [b"2020"]}), tmp_path / "p.parquet")
    assert "“date” holds binary" in refused(tmp_path / "p.parquet")


def test_columns_of_any_type_pass_through_to_csv(tmp_path):
    table = pa.table({
        "lat": pa.array(["39.991"], pa.large_string()), "lon": pa.array([46.9274], pa.float32()), "date": pa.array([20201120]),
        "list": [["=1"]], "bytes": [b"\xff"], "flag": [True], "large": pa.array(["=1"], pa.large_string()),
        "word": pa.array(["=1"]).dictionary_encode(), "nothing": pa.nulls(1), "struct": [{"a": 1}],
    })  # fmt: skip
    pq.write_table(table, tmp_path / "p.parquet")
    source = open_source(tmp_path / "p.parquet")
    run(load_ground(), source, choose(source), tmp_path / "out.csv", None, lambda *_: None)
    row = pyarrow.csv.read_csv(tmp_path / "out.csv").to_pylist()[0]
    assert (row["large"], row["word"], row["bytes"], row["list"]) == ("'=1", "'=1", "ff", "['=1']")
    assert row["controller"] == "azerbaijan"


def test_a_full_disk_is_said_in_one_sentence_and_leaves_nothing(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    path = write(tmp_path, HEAD + GOOD)
    for name, broken in (("out.csv", "attribution.writing._csv_rows"), ("out.parquet", "atomic_write.os.fsync")):
        monkeypatch.setattr(f"geodata.{broken}", full)
        source = open_source(path)
        with pytest.raises(OutputError, match="no space left on device"):
            run(load_ground(), source, choose(source), tmp_path / name, None, lambda *_: None)
    assert sorted(tmp_path.iterdir()) == [path]


def test_limits_are_told(tmp_path):
    path = write(tmp_path, HEAD + GOOD)
    assert "bytes" in refused(path, limits=Limits(size=10))
    assert "columns" in refused(path, limits=Limits(columns=3))


def test_csv_out_is_safe_for_spreadsheets_and_survives_reading(tmp_path):
    path = write(tmp_path, '"=HYPERLINK(1)",lat,lon,date\n' + '"=cmd|x",39.991,46.9274,2020-11-20\n"-5",39.991,46.9274,2020-11-20\n+7 10,39.991,46.9274,2020-11-20\n"\tx",39.991,46.9274,2020-11-20\n')  # fmt: skip
    source = open_source(path)
    run(load_ground(), source, choose(source), tmp_path / "out.csv", None, lambda *_: None)
    text = (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    assert text.startswith('"\'=HYPERLINK(1)"')
    table = pyarrow.csv.read_csv(tmp_path / "out.csv")
    assert table.column(0).to_pylist() == ["'=cmd|x", "-5", "'+7 10", "'\tx"]
    assert table["controller"].to_pylist() == ["azerbaijan"] * 4


STARTS_OF_FORMULAS = st.text("\0\t\r\n \u00a0\u200b\ufeff\u2060=+-@＝＋－＠5.x", max_size=6)


@given(st.lists(STARTS_OF_FORMULAS, min_size=1, max_size=50))
def test_tables_and_lists_are_guarded_alike_against_formulas(texts):
    """In text, in a dictionary of text; what only spaces and invisible characters separate from its “=” is a formula too."""
    plain = pa.array(texts)
    table = for_spreadsheets(pa.table({"plain": plain, "dictionary": plain.dictionary_encode()}))
    assert table.column(0).to_pylist() == table.column(1).to_pylist() == [cell(text) for text in texts]
    for text, shown in zip(texts, table.column(0).to_pylist(), strict=True):
        bare = text.strip("\0\t\r\n \u00a0\u200b\ufeff\u2060")
        number = re.fullmatch(r" *[+-]?(\d+(\.\d*)?|\.\d+)", text)
        assert (shown == f"'{text}") == (
            not number and (bare[:1] in tuple("=+-@＝＋－＠") or text[:1] in tuple("\0\t\r\n"))
        )


def test_bytes_in_a_dictionary_are_written_as_hexadecimals(tmp_path):
    name = pa.array([b"=1+1"]).dictionary_encode()
    table = pa.table({"lat": [39.991], "lon": [46.9274], "date": ["2020-11-20"], "name": name})
    pq.write_table(table, tmp_path / "p.parquet")
    assert command(tmp_path / "p.parquet", "--out", tmp_path / "out.csv").returncode == 0
    assert pyarrow.csv.read_csv(tmp_path / "out.csv")["name"].to_pylist() == ["3d312b31"]


def test_the_command_says_what_it_did(tmp_path):
    path = write(tmp_path, HEAD + GOOD * 3 + "x,1,2\n")
    done = command(path, "--out", tmp_path / "out.csv")
    assert (done.returncode, done.stdout) == (0, "")
    assert "4 rows: 3 placed" in done.stderr
    assert "1 x line … has 3 cells" in done.stderr
    assert len((tmp_path / "out.csv").read_text().splitlines()) == 5


@pytest.mark.parametrize("out", ["out.xlsx", "none/out.csv", "points.csv", "."])
def test_a_place_that_can_not_be_written_is_named_beforehand(tmp_path, out):
    path = write(tmp_path, HEAD + GOOD)
    done = command(path, "--out", tmp_path / out)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert path.read_text() == HEAD + GOOD


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=400), st.sampled_from(["p.csv", "p.geojson", "p.csv.gz", "p.gpkg", "p.parquet"]), st.booleans()
)
def test_any_bytes_give_rows_or_a_sentence(tmp_path, content, name, headed):
    start = {"p.csv": HEAD.encode(), "p.gpkg": b"SQLite format 3\0", "p.parquet": b"PAR1", "p.csv.gz": b"\x1f\x8b"}.get(
        name, b'{"features": ['
    )
    path = write(tmp_path, (start if headed else b"") + content, name)
    said = ""
    try:
        rows, summary = place(path)
    except InputError as error:
        said = str(error)
    assert said.isprintable()
    if not said:
        assert len(rows) == summary.rows == summary.placed + summary.outside + summary.unreadable


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sound")
    frame().to_file(folder / "p.gpkg")
    frame().to_parquet(folder / "p.parquet")
    return folder


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["p.gpkg", "p.parquet"]),
    st.lists(st.tuples(st.floats(0, 0.999), st.binary(min_size=1, max_size=4)), min_size=1, max_size=4),
)
def test_a_damaged_file_gives_rows_or_a_sentence(tmp_path, sound, name, damages):
    content = bytearray((sound / name).read_bytes())
    for place_, new in damages:
        start = int(place_ * len(content))
        content[start : start + len(new)] = new
    path = write(tmp_path, bytes(content), name)
    try:
        rows, summary = place(path, date="date")
    except InputError as error:
        rows, summary = [], None
        assert str(error).isprintable()  # noqa: PT017 either is right
    if summary:
        assert len(rows) == summary.placed + summary.outside + summary.unreadable
