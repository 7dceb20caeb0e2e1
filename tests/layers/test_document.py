"""The map's files: the same input gives the same bytes, nothing points elsewhere, sizes stay within their budgets."""

import gzip
import json
import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import date

import folium
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.dates import parse_day
from geodata.ground import load_ground
from geodata.loading import load_record
from geodata.parts import valid_on
from geodata.status import statuses
from geodata.translations import TRANSLATED
from layers.catalogue import catalogue
from layers.map import document
from layers.map import files as bundle
from layers.map.escape import script_json
from layers.map.flat_arcs import GRID, topology
from layers.map.payload import details, texts
from layers.map.standalone import html
from layers.view_state import limits

HOSTILE = (
    "{{7*7}}",
    "{% raw %}",
    "</script><script>alert(1)</script>",
    "`${alert(1)}`",
    "<img src=x onerror=alert(1)>",
    "\u2028'\"\\{#",
)
SIZES = {"ground.js": 65, "text.json": 45}


@pytest.fixture(scope="module")
def record():
    return load_record()


@pytest.fixture(scope="module")
def ground():
    return load_ground()


@pytest.fixture(scope="module")
def files(record, ground):
    return bundle.parts(record, ground)


def test_the_document_is_one_folium_map_with_every_layer_of_the_catalogue(ground):
    folium_map = document.build(ground)
    assert isinstance(folium_map, folium.Map)
    names = {child.layer_name for child in folium_map._children.values() if isinstance(child, folium.map.Layer)}
    assert names == {layer.id for layer in catalogue() if layer.draw != "raster"}


def test_every_layer_of_the_record_is_drawn(record):
    assert {layer.id for layer in catalogue()} >= set(limits(record).layers)


def test_the_same_input_gives_the_same_bytes_in_another_process(files):
    code = (
        "import hashlib; from geodata.ground import load_ground; from geodata.loading import load_record;"
        "from layers.map.files import assets; print(sorted(assets(load_record(), load_ground())))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert found.strip() == str(sorted(bundle.hashed(name, content) for name, content in files.items()))


def test_hashed_names_lead_back_to_plain_ones(files):
    named = {bundle.hashed(name, content): content for name, content in files.items()}
    assert set(bundle.addresses(named, "app/static/")) == set(files)
    assert all(address.startswith("app/static/") for address in bundle.addresses(named, "app/static/").values())


def test_sizes_stay_within_their_budgets(files):
    zipped = {name: len(gzip.compress(content, 9)) / 1000 for name, content in files.items()}
    for name, limit in SIZES.items():
        assert zipped[name] <= limit, name
    page = sum(len(gzip.compress(bundle.built(name).encode(), 9)) / 1000 for name in ("page.js", "page.css"))
    assert round(page + zipped["atlas.css"], 1) <= 27, "script and style before the first paint"


@pytest.mark.parametrize("lang", TRANSLATED)
def test_one_language_of_text_is_small_until_an_event_is_opened(files, lang):
    """Interface words, titles and cards; what events tell comes with the first card of an event."""
    zipped = {name: len(gzip.compress(files[f"{name}-{lang}.json"], 9)) for name in ("words", "cards", "events")}
    assert zipped["words"] + zipped["cards"] <= 60_000
    assert zipped["events"] <= 82_000


def test_the_self_contained_file_is_small_and_asks_nobody(record, ground):
    text = html(record, ground)
    made = html(record, ground, with_relief=False)
    # What reads XLSX, KML and GPX costs 20 kB of these, the sentences about bad files in three languages 7 kB: a reader's list
    # stays on the device only if nothing has to be fetched for it.
    assert len(made.encode()) <= 1_580_000
    packed = r'<script type="application/json" id="atlas-(?:cards-..|points)">.*?</script>'
    assert len(re.sub(packed, "", made).encode()) <= 1_015_000
    assert len(re.search(r'id="atlas-points">(.*?)</script>', made)[1]) <= 92_000
    assert len(text.encode()) <= 1_660_000
    assert not re.search(r"<(script|link|img|iframe)[^>]+(src|href)=(?!.data:)", text)
    assert "@import" not in text
    assert not re.search(r"url\((?!#|none|data:)", text)
    assert "connect-src" not in text
    assert "default-src &#x27;none&#x27;" in text


@given(
    st.recursive(
        st.text() | st.integers() | st.none() | st.sampled_from(HOSTILE),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_escaped_json_means_the_same_and_holds_nothing_dangerous(value):
    text = script_json(value)
    assert json.loads(text) == value
    for sign in ("{{", "{%", "{#", "<", ">", "&", "`", "$", "\u2028", "\u2029"):
        assert sign not in text


def test_hostile_names_go_through_folium_as_they_are(ground):
    name = " ".join(HOSTILE)
    point = ground.points[0]
    hostile = replace(
        ground,
        points=(
            replace(point, names={"neutral": name}, text=name),
            *ground.points[1:],
        ),
    )
    script = document.script(hostile)
    assert "</script" not in script
    assert script_json(name) in script


def test_shared_borders_are_one_arc(ground):
    built = topology(ground)
    sides = Counter(
        max(number, ~number)
        for _, parts, _ in built["objects"]["pieces"]
        for part in parts
        for ring in part
        for number in ring
    )
    assert set(sides.values()) == {1, 2}, "an arc borders one piece or two: pieces do not overlap"
    assert sum(count == 2 for count in sides.values()) > 100


def test_the_grid_is_finer_than_any_accuracy(ground):
    finest = min(edge.accuracy_m for edge in ground.edges)
    assert 111_195 / topology(ground)["grid"] < finest / 10
    assert topology(ground)["grid"] == GRID


def test_zone_areas_cover_their_pieces_on_every_day(ground):
    shapes = topology(ground)["objects"]["zones"]
    for layer in catalogue():
        if layer.draw != "area":
            continue
        stretches = [properties for _, _, properties in shapes if properties["zone"] == layer.id]
        for day in ("1994-05-12", "2020-11-10", "2020-11-20", "2020-12-13", "2022-09-01", "2024-06-12", "2026-01-01"):
            expected = {
                piece.id
                for piece in ground.pieces
                for zone in piece.zones
                if zone.zone == layer.id and valid_on(zone, parse_day(day))
            }
            found = [set(one["pieces"]) for one in stretches if one.get("since", "") <= day < one.get("until", "9999")]
            assert found == ([expected] if expected else []), (layer.id, day)


DAYS = st.dates(date(1994, 5, 12), date(2026, 6, 8))


@given(on=DAYS, known=st.none() | DAYS)
def test_the_timelines_say_what_the_engine_says(record, ground, on, known):
    if "content" not in CACHE:
        CACHE["content"] = texts(record, ground)
    for obligation, expected in zip(CACHE["content"]["obligations"], statuses(record, on, known), strict=True):
        row = look_up(obligation, on.isoformat(), (known or on).isoformat())
        for field in ("status", "due", "first_due", "done", "days_late", "days_late_first", "ended"):
            assert row.get(field) == expected.as_dict()[field], (obligation["id"], field)


CACHE = {}


def look_up(obligation, on, known):
    """As layers/map/frontend/src/answers.ts does it."""
    day = min(on, known)
    line = [one for one in obligation["timelines"] if one["known"] <= known][-1]
    return [row for since, row in line["rows"] if since <= day][-1]


def test_kalbajar_was_due_on_the_15th_until_it_was_known_otherwise(record, ground):
    kalbajar = next(one for one in texts(record, ground)["obligations"] if one["id"] == "6-kalbajar")
    assert look_up(kalbajar, "2020-11-14", "2020-11-14")["due"] == "2020-11-15"
    assert look_up(kalbajar, "2020-11-14", "2020-11-16")["due"] == "2020-11-25"
    row = look_up(kalbajar, "2020-12-01", "2020-12-01")
    assert (row["due"], row["first_due"], row["done"], row["status"]) == (
        "2020-11-25",
        "2020-11-15",
        "2020-11-25",
        "met",
    )


def test_every_source_that_a_text_names_is_in_the_bundle(record, ground):
    told = details(record, ground)
    named = {source for event in told["events"].values() for source in event["sources"]}
    quoted = {words["source"] for event in told["events"].values() for words in event.get("evidence", [])}
    assert named | quoted <= set(told["sources"])


def test_the_command_writes_the_document_and_refuses_other_endings(tmp_path):
    command = [sys.executable, "-m", "layers", "html", "--out"]
    done = subprocess.run([*command, str(tmp_path / "map.html")], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
    assert (tmp_path / "map.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    refused = subprocess.run([*command, str(tmp_path / "map.pdf")], capture_output=True, text=True, check=False)
    assert refused.returncode == 2
    assert "must end in" in refused.stderr
