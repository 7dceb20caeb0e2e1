"""No row is lost, whatever happens to a file on its way: what comes out and what is reported is what went in."""

import re

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from geodata.attribution.budget import InputError
from geodata.attribution.reading import Limits
from tests.geodata.attribution_files import place, write

HEAD = "id,lat,lon,date,note\n"
SMALL = Limits(member=100)
"""A block is 32 times as much: 3,200 bytes stand for the four megabytes of a real one."""
BLOCK = 32 * SMALL.member


def row(number, note="n"):
    return f"{number},39.991,46.9274,2020-11-20,{note}\n"


def lines_of(rows):
    """Lines of the file that each row stands for, by what its problem says."""
    for one in rows:
        spans = re.search(r"lines (\d+) to (\d+) of the file", one["problem"] or "")
        yield int(spans[2]) - int(spans[1]) + 1 if spans else 1


def test_a_quote_without_its_pair_costs_its_own_line_in_a_small_file(tmp_path):
    lines = [row(number) for number in range(1, 5001)]
    lines[9] = row(10, '"open')
    rows, summary = place(write(tmp_path, HEAD + "".join(lines)))
    assert [one["id"] for one in rows] == [str(number) for number in range(1, 5001)]
    assert summary.placed == 4999
    assert "line 11 opens a quote that is not closed" in rows[9]["problem"]
    assert rows[9]["note"].startswith("open")


def test_rows_between_two_stray_quotes_are_not_swallowed(tmp_path):
    """The second quote looks like the pair of the first; the row between them would be longer than is allowed."""
    lines = [row(number) for number in range(1, 5001)]
    lines[9], lines[3999] = row(10, '"open'), row(4000, '"closed"')
    rows, summary = place(write(tmp_path, HEAD + "".join(lines)), limits=Limits(member=32 * 1024))
    assert (len(rows), summary.placed, rows[3999]["note"]) == (5000, 4999, "closed")


@pytest.mark.parametrize("bad", [1, 30, 31, 32, 33, 99, 100])
def test_a_stray_quote_before_in_and_after_the_end_of_a_block(tmp_path, bad):
    lines = [row(number, "n" * 60) for number in range(1, 101)]
    lines[bad - 1] = row(bad, '"open')
    assert sum(map(len, lines)) > 2 * BLOCK
    rows, summary = place(write(tmp_path, HEAD + "".join(lines)), limits=SMALL)
    assert (len(rows), summary.placed, summary.unreadable) == (100, 99, 1)
    assert f"line {bad + 1} opens a quote" in rows[bad - 1]["problem"]


def test_a_stray_quote_in_the_second_block_of_a_file_of_usual_size(tmp_path):
    lines = [row(number, "n" * 60) for number in range(1, 50_001)]
    lines[45_000] = row(45_001, '"open')
    content = HEAD + "".join(lines)
    assert len(content) > 32 * Limits().member
    _, summary = place(write(tmp_path, content))
    assert (summary.rows, summary.placed, summary.unreadable) == (50_000, 49_999, 1)


@pytest.mark.parametrize("beyond", range(-6, 7))
def test_a_quoted_line_break_at_the_end_of_a_block(tmp_path, beyond):
    """The block ends before, in and behind the quote, the line break and the row."""
    lead = row(1) * ((BLOCK - 100) // len(row(1)))
    start = row(3, '"a')[:-1]
    fill = BLOCK + beyond - len(lead) - len(row(2, "")) - len(start)  # the header is not part of the block
    content = HEAD + lead + row(2, "y" * fill) + start + '\nb"\n' + row(4)
    rows, summary = place(write(tmp_path, content), limits=SMALL)
    assert summary.unreadable == 0
    assert [one["id"] for one in rows[-3:]] == ["2", "3", "4"]
    assert rows[-2]["note"] == "a\nb"
    assert "it spans lines" in rows[-2]["problem"]
    assert sum(lines_of(rows)) == content.count("\n") - 1


def test_a_row_of_many_lines_that_is_too_long_is_reported(tmp_path):
    content = HEAD + row(1) + row(2, '"' + "text\n" * 40_000 + '"') + row(3)
    rows, summary = place(write(tmp_path, content))
    assert "line 3 opens a quote that is not closed within 131,072 bytes" in rows[1]["problem"]
    assert (rows[0]["id"], rows[-1]["id"], summary.placed) == ("1", "3", 2)
    assert sum(lines_of(rows)) == content.count("\n") - 1


def test_lines_are_numbered_as_an_editor_numbers_them(tmp_path):
    rows, _ = place(write(tmp_path, "\r\n\n" + '"a\nb",lat,lon,date,note\n' + row(1) + "\n" + "short,1\n"))
    assert "line 7 has 2 cells" in rows[1]["problem"]


CELLS = st.sampled_from(
    ["39.991", "46.9274", "2020-11-20", "", "x", '"a b"', '"a, b"', '"a\nb"', '"say ""no"""', "39°59'28\"N", "ə"]
)
LINES = st.lists(st.lists(CELLS, min_size=1, max_size=6).map(",".join), max_size=150)
DAMAGE = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.sampled_from([b'"', b"\n", b"\r\n", b"\r", b",", b'""', b'"\n', b"\xff", b"x" * 120, b"\n" * 3, b""]),
    ),
    max_size=6,
)


@example(["39.991,46.9274,39.991,2020-11-20,39.991"], [(0.0, b'"')], "\n", False)
@given(LINES, DAMAGE, st.sampled_from(["\n", "\r\n"]), st.booleans())
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_rows_out_and_lines_reported_are_lines_in(tmp_path, lines, damages, ending, whole):
    """Every line that is not empty is a row, a part of a row that says so, or a row with a reason, or all are refused."""
    body = ending.join([row(1).rstrip(), *lines]).encode() + ending.encode() * whole
    for place_, damage in damages:
        at = round(place_ * len(body))
        body = body[:at] + damage + body[at + (not damage) :]
    try:
        rows, summary = (
            place(write(tmp_path, HEAD.encode() + body), limits=SMALL) if body.strip(b"\r\n") else ([], None)
        )
    except InputError as refusal:  # cells that moved by one can look like latitude and longitude exchanged
        if "are swapped" not in str(refusal):
            raise
        return
    inside = body.split(b"\n")
    assert len([line for line in inside if line.strip(b"\r")]) <= sum(lines_of(rows)) <= len(inside)
    assert summary is None or len(rows) == summary.placed + summary.outside + summary.unreadable
    if not any("is longer than" in (one["problem"] or "") for one in rows):
        kept = "".join(one[name] or "" for one in rows for name in ("id", "lat", "lon", "date", "note"))
        assert kept.count("y") == body.count(b"y"), "no cell is lost either"
