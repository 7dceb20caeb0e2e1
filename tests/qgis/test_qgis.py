"""What QGIS (Debian's) shows of our GeoPackages, asked of QGIS itself; `make test-qgis` runs these."""

import json
import os
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest

from geodata.parts import span_on
from layers.catalogue import styles
from layers.export import export
from layers.export.qgis_project import GROUPS
from layers.site.api import ROOT, api
from tests.layers.files_served import served
from tests.layers.sheets import world

PYTHON = os.environ.get("QGIS_PYTHON", "/usr/bin/python3")
HERE = Path(__file__).parent


def days():
    """Each day of change with the day before and after, the day before the record, and one after its end."""
    _, ground = world()
    changed = {span.since for piece in ground.pieces for span in piece.spans if span.since}
    near = {day + timedelta(days=shift) for day in changed for shift in (-1, 0, 1)}
    return sorted({*near, ground.coverage_start, ground.coverage_start - timedelta(days=1), date(2030, 1, 1)})


def asked(path, when, zone):
    words = ",".join(day.isoformat() for day in when)
    done = subprocess.run(
        [PYTHON, str(HERE / "play.py"), str(path), words],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/usr/bin:/bin", "HOME": str(path.parent), "QT_QPA_PLATFORM": "offscreen", "TZ": zone},
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    record, ground = world()
    path = tmp_path_factory.mktemp("qgis") / "the history.gpkg"
    path.write_bytes(export("2020-11-25", record, ground, "gpkg", history=True, name=path.stem))
    return path


@pytest.mark.parametrize("zone", ["UTC", "Asia/Baku", "America/Los_Angeles"])
def test_each_piece_has_one_holder_on_every_day(whole, zone):
    _, ground = world()
    told = asked(whole, days(), zone)
    for day in days():
        found = told["holders"][day.isoformat()]
        if day < ground.coverage_start:
            assert found == {}
        else:
            assert found == {piece.id: [span_on(piece, day).controller] for piece in ground.pieces}, day


def test_the_project_has_its_layers_legend_and_range(whole):
    told = asked(whole, [date(2020, 11, 19), date(2020, 11, 20)], "UTC")
    assert told["read"]
    assert told["invalid"] == []
    assert told["order"] == [layer for group in GROUPS.values() for layer in group]
    assert told["groups"] == list(GROUPS)
    assert "history" in told["shown"]
    assert "control" not in told["shown"]
    assert (told["first"], told["last"]) == ("1994-05-12", "2026-06-08")
    assert "Armenian forces" in told["legend"]
    assert told["aliases"]["controller"] == "Controller"
    assert told["colours"]["2020-11-19"] != told["colours"]["2020-11-20"]


def test_a_day_opens_with_control_and_the_history_off(tmp_path):
    record, ground = world()
    path = tmp_path / "day.gpkg"
    path.write_bytes(export("2020-11-25", record, ground, "gpkg", name="day"))
    told = asked(path, [date(2020, 11, 25)], "UTC")
    assert told["read"]
    assert told["invalid"] == []
    assert "control" in told["shown"]
    assert "history" not in told["shown"]


PENDING = {
    date(2020, 11, 19): ["agdam", "kalbajar", "lachin"],
    date(2020, 11, 20): ["kalbajar", "lachin"],
    date(2020, 11, 24): ["kalbajar", "lachin"],
    date(2020, 11, 25): ["lachin"],
    date(2020, 12, 1): [],
}
"""Districts whose hand-over was outstanding, as the sheet tints them."""


def status_in(legend):
    """The layers by the status in which the legend shows them."""
    found = {}
    for words, zones in legend.items():
        found.setdefault(words.rpartition("(")[2].rstrip(")"), set()).update(zones)
    return {status: sorted(zones) for status, zones in found.items() if zones}


def expected(day):
    districts = {"pending": PENDING[day], "met": sorted({"agdam", "kalbajar", "lachin"} - set(PENDING[day]))}
    return {status: zones for status, zones in districts.items() if zones} | {"continuing": ["lachin-corridor"]}


def test_the_history_tints_each_zone_by_its_status_on_the_day(whole):
    told = asked(whole, list(PENDING), "UTC")
    for day in PENDING:
        assert status_in(told["zones"][day.isoformat()]) == expected(day), day


@pytest.mark.parametrize("day", list(PENDING), ids=str)
def test_a_day_tints_what_is_outstanding_and_shows_what_the_map_shows_first(tmp_path, day):
    record, ground = world()
    path = tmp_path / "day.gpkg"
    path.write_bytes(export(day.isoformat(), record, ground, "gpkg", name="day"))
    assert status_in(asked(path, [day], "UTC")["zones"][day.isoformat()]) == expected(day)


@pytest.mark.parametrize("history", [False, True], ids=["day", "history"])
def test_uncertain_ground_is_striped_in_the_other_holders_colour(tmp_path, whole, history):
    record, ground = world()
    path = whole if history else tmp_path / "day.gpkg"
    if not history:
        path.write_bytes(export("2020-11-19", record, ground, "gpkg", name="day"))
    told = asked(path, [date(2020, 11, 19)], "UTC")
    likelier, other = (styles()["controllers"][name] for name in ("armenian-forces", "azerbaijan"))
    share = told["striped"]
    assert 0.2 < share[other["fill"]] < share[likelier["fill"]] < 0.6
    assert told["bands"] == pytest.approx(styles()["band"]["opacity"], abs=0.01)


def test_a_state_of_the_interface_opens_from_its_address(tmp_path):
    """The example of docs/api.md: QGIS reads the file from a web server, one without ranges too."""
    files = dict(api(*world()))
    name = f"{ROOT}/states/2020-11-25.geojson"
    (tmp_path / name).parent.mkdir(parents=True)
    (tmp_path / name).write_bytes(files[name]())
    with served(tmp_path) as address:
        done = subprocess.run(
            [PYTHON, str(HERE / "open_address.py"), f"{address}/{name}"],
            capture_output=True,
            text=True,
            check=False,
            env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"},
        )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told == {
        "valid": True,
        "crs": "EPSG:4326",
        "holders": ["armenia", "armenian-forces", "azerbaijan"],
        "empty": 0,
    }


@pytest.mark.parametrize("history", [False, True])
def test_gdals_own_validator_has_no_complaint(tmp_path, history):
    record, ground = world()
    path = tmp_path / "x.gpkg"
    path.write_bytes(export("2020-11-25", record, ground, "gpkg", history=history))
    done = subprocess.run(
        [PYTHON, "-m", "osgeo_utils.samples.validate_gpkg", str(path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr + done.stdout
    opened = subprocess.run(
        ["/usr/bin/ogrinfo", "-ro", "-so", "-al", str(path)], capture_output=True, text=True, check=False
    )
    assert opened.returncode == 0
    assert "warning" not in opened.stderr.lower(), opened.stderr


@pytest.mark.parametrize(
    ("lang", "history", "groups", "control", "holder"),
    [
        (
            "ru",
            False,
            ["События и места", "Точки и линии", "Зоны", "Кто контролировал территорию", "История"],
            "Контроль",
            "Азербайджан",
        ),
        (
            "hy",
            True,
            [
                "Իրադարձություններ և վայրեր",
                "Նշաններ և գծեր",
                "Գոտիներ",
                "Ում վերահսկողության տակ էր տարածքը",
                "Պատմություն",
            ],
            "Վերահսկողություն",
            "Ադրբեջան",
        ),
    ],
    ids=["day", "history"],
)
def test_groups_layers_and_the_legend_are_in_the_readers_language(tmp_path, lang, history, groups, control, holder):
    record, ground = world()
    path = tmp_path / "file.gpkg"
    path.write_bytes(export("2020-11-25", record, ground, "gpkg", history=history, name="file", lang=lang))
    told = asked(path, [date(2020, 11, 25)], "UTC")
    assert told["invalid"] == []
    assert told["groups"] == groups
    assert told["names"]["control"] == [control, control]
    assert len({name for names in told["names"].values() for name in names}) == len(told["order"])
    english = {name for names in told["names"].values() for name in names if name.isascii()}
    assert english == set()
    assert holder in told["legend"]
