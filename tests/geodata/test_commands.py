"""Bad input on the command line: one clear sentence on standard error, exit 2, nothing on standard output."""

import json
import subprocess
import sys
from dataclasses import replace

import pytest

from geodata import checking
from geodata.ground import load_ground


def geodata(*arguments):
    return subprocess.run([sys.executable, "-m", "geodata", *arguments], capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["status", "--on", "2020-11-31"], "2020-11-31"),
        (["status", "--on", "yesterday"], "yesterday"),
        (["status", "--on", "2020-11-10T00:00"], "2020-11-10T00:00"),
        (["status"], "--on"),
        (["at", "91", "46", "--on", "2020-11-10"], "91"),
        (["at", "39.8", "1e9", "--on", "2020-11-10"], "1e+09"),
        (["at", "nan", "46", "--on", "2020-11-10"], "nan"),
        (["at", "x", "46", "--on", "2020-11-10"], "x"),
        (["at", "39.8", "46.7", "--on", "1994-05-11"], "1994-05-12"),
        (["changes", "--from", "2021-01-01", "--to", "2020-01-01"], "2020-01-01 lies before 2021-01-01"),
        (["changes", "--from", "1990-01-01", "--to", "2020-01-01"], "1994-05-12"),
        (["nonsense"], "nonsense"),
    ],
)
def test_bad_input_is_named_in_one_sentence(arguments, named):
    done = geodata(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert named in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_the_record_and_the_shapes_are_in_order():
    done = geodata("check")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


def test_a_line_of_no_zone_is_named(monkeypatch):
    ground = load_ground()
    stray = replace(ground.lines[0], zone="nowhere")
    monkeypatch.setattr(checking, "load_ground", lambda: replace(ground, lines=(stray, *ground.lines[1:])))
    monkeypatch.setattr(checking, "broken", lambda *_: ())
    assert list(checking.faults()) == ["lines.geojson: features.0.zone: there is no zone “nowhere” in zones.yaml."]


@pytest.mark.parametrize(
    ("lat", "lon", "on", "controller"),
    [
        (39.9910, 46.9274, "2020-11-19", "armenian-forces"),  # Agdam
        (39.9910, 46.9274, "2020-11-20", "azerbaijan"),
        (40.1098, 46.0445, "2020-11-24", "armenian-forces"),  # Kalbajar
        (40.1098, 46.0445, "2020-11-25", "azerbaijan"),
        (39.6374, 46.5498, "2020-11-30", "armenian-forces"),  # Lachin town, in the corridor
        (39.6374, 46.5498, "2020-12-01", "peacekeepers"),
        (39.6374, 46.5498, "2022-08-25", "peacekeepers"),
        (39.6374, 46.5498, "2022-08-26", "azerbaijan"),
        (39.3992, 47.0284, "2020-10-03", "armenian-forces"),  # Jabrayil
        (39.3992, 47.0284, "2020-10-04", "azerbaijan"),
        (39.7601, 46.7499, "2020-11-07", "armenian-forces"),  # Shusha
        (39.7601, 46.7499, "2020-11-08", "armenian-forces"),
        (39.7601, 46.7499, "2020-11-09", "azerbaijan"),
        (39.8177, 46.7528, "2023-09-19", "armenian-forces"),  # Stepanakert / Khankendi
        (39.8177, 46.7528, "2023-09-30", "armenian-forces"),
        (39.8177, 46.7528, "2023-10-01", "azerbaijan"),
        (40.1772, 44.5126, "2022-01-01", "armenia"),  # Yerevan
        (39.2089, 45.4122, "1994-05-12", "azerbaijan"),  # Nakhchivan
        (40.6402, 45.5255, "2010-01-01", "azerbaijan"),  # Artsvashen
        (41.0641, 45.0263, "2025-01-01", "armenia"),  # Yukhari Askipara
        (39.7866, 44.9467, "2025-01-01", "armenia"),  # Karki
    ],
)
def test_who_held_a_place(lat, lon, on, controller):
    done = geodata("at", str(lat), str(lon), "--on", on, "--json")
    answer = json.loads(done.stdout)
    assert answer["controller"] == controller
    assert {"controller", "sovereign", "certain", "or", "zones", "clauses", "accuracy_m", "as_of"} <= set(answer)


def test_inside_a_split_date_the_former_controller_stands_and_the_other_is_named():
    answer = json.loads(geodata("at", "39.8177", "46.7528", "--on", "2023-09-25", "--json").stdout)
    assert (answer["controller"], answer["certain"], answer["or"]) == ("armenian-forces", False, "azerbaijan")


def test_zones_and_clauses_at_agdam_and_lachin():
    agdam = json.loads(geodata("at", "39.9910", "46.9274", "--on", "2020-11-15", "--json").stdout)
    assert "agdam" in agdam["zones"]
    assert 2 in agdam["clauses"]
    lachin = json.loads(geodata("at", "39.6374", "46.5498", "--on", "2021-06-01", "--json").stdout)
    assert "lachin-corridor" in lachin["zones"]
    assert 6 in lachin["clauses"]
    assert lachin["sovereign"] == "azerbaijan"


def test_beyond_the_coverage_the_last_state_stands_with_its_day():
    answer = json.loads(geodata("at", "39.8177", "46.7528", "--on", "2030-01-01", "--json").stdout)
    assert answer["as_of"] == "2026-06-08"
    assert answer["controller"] == "azerbaijan"


def test_a_point_outside_is_no_fault():
    done = geodata("at", "41.7151", "44.8271", "--on", "2020-11-10", "--json")
    answer = json.loads(done.stdout)
    assert done.returncode == 0
    assert answer["controller"] is None
    assert answer["outside"] is True


def test_changes_of_november_2020_name_the_clauses():
    rows = json.loads(geodata("changes", "--from", "2020-11-10", "--to", "2020-12-01", "--json").stdout)
    found = {row["zone"]: (row["date"], row["clause"], row["cause"], row["from"], row["to"]) for row in rows}
    assert found["agdam"] == ("2020-11-20", 2, "clause", "armenian-forces", "azerbaijan")
    assert found["kalbajar"] == ("2020-11-25", 6, "clause", "armenian-forces", "azerbaijan")
    assert found["lachin"] == ("2020-12-01", 6, "clause", "armenian-forces", "azerbaijan")
    assert found["lachin-corridor"] == ("2020-12-01", 6, "clause", "armenian-forces", "peacekeepers")
    assert [row["date"] for row in rows] == sorted(row["date"] for row in rows)
    assert all(row["km2"] > 0 for row in rows)


def test_net_changes_compare_the_two_days_only():
    rows = json.loads(geodata("changes", "--from", "2020-11-10", "--to", "2026-01-01", "--net", "--json").stdout)
    corridor = [row for row in rows if row["zone"] == "lachin-corridor"]
    assert [(row["from"], row["to"], row["date"]) for row in corridor] == [
        ("armenian-forces", "azerbaijan", "2022-08-26")
    ]


def test_changes_leave_out_the_first_day_and_count_the_last():
    zones = [
        row["zone"]
        for row in json.loads(geodata("changes", "--from", "2020-11-20", "--to", "2020-11-25", "--json").stdout)
    ]
    assert "agdam" not in zones
    assert "kalbajar" in zones


@pytest.mark.parametrize(
    ("place", "on"),
    [
        (["39.991, 46.9274"], "20 November 2020"),
        (["39.991,", "46.9274"], "20.11.2020"),
        (["39°59.46'N 46°55.644'E"], "2020-11-20"),
        (["39°59'27.6\"N", "46°55'38.6\"E"], "20 ноября 2020"),
        (["POINT (46.9274 39.991)"], "2020-11-19T21:00Z"),
        (["39,991", "46,9274"], "20 noyabr 2020"),
    ],
    ids=["pair", "comma", "minutes", "seconds", "WKT", "decimal commas"],
)
def test_at_reads_what_attribute_reads(place, on):
    done = geodata("at", *place, "--on", on, "--json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert (answer["controller"], answer["as_of"]) == ("azerbaijan", "2020-11-20")


@pytest.mark.parametrize(
    ("place", "on", "said"),
    [
        (["Agdam"], "2020-11-20", "give latitude, then longitude"),
        (["39.991"], "2020-11-20", "give latitude, then longitude"),
        (["39.991, 46.9274"], "2020-11", "2020-11-01 to 2020-11-30: give one day"),
        (["39.991, 46.9274"], "03/04/2021", "two days"),
        (["39.991, 46.9274"], "soon", "write YYYY-MM-DD"),
    ],
    ids=["name", "one number", "month", "two readings", "no date"],
)
def test_at_says_in_a_sentence_what_it_takes(place, on, said):
    done = geodata("at", *place, "--on", on)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
