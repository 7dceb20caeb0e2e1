"""What the rows of an export say: deadlines, history, holders, doubt, places, sources; nothing later than asked."""

import json
from itertools import pairwise

import numpy as np
import pyogrio
import pytest
import shapely

from geodata.columns import GOVERNED
from geodata.dates import parse_day
from geodata.derived_features import whole_rows
from geodata.features import history_rows, rows_on
from geodata.lookup import NO_DATE
from geodata.translations import in_language
from layers.export import export
from layers.export.geometry_types import GEOMETRY_TYPES
from layers.export.tables import tables
from layers.wording.vocabulary import STATUS
from tests.layers.exports import DAYS, GEOD, by_holder, geodesic_km2, state, written
from tests.layers.sheets import world


@pytest.fixture(params=DAYS)
def day(request):
    return request.param


LATER = "2020-11-25"


def test_every_feature_says_its_clause_deadline_source_accuracy_and_licence(day):
    for kind, group in state(day).items():
        for row in group:
            assert row["licence"]
            assert row["sources"]
            assert row["accuracy_m"] > 0
            assert row["basis"]
            assert row["since"] == "1994-05-12" or not row["open_start"]
            if kind in GOVERNED:
                assert row["clauses"] is not None
                assert row["deadline_current"] or row["deadline_note"], row["feature_id"]
            if row["deadline_met"]:
                assert row["status"] in {"met", "met-late"}


def test_deadlines_of_the_zones():
    rows = {row["feature_id"]: row for row in state("2020-11-20")["zones"]}
    assert rows["agdam"]["deadline_met"] == "2020-11-20"
    kalbajar = rows["kalbajar"]
    assert (kalbajar["deadline_first"], kalbajar["deadline_current"]) == ("2020-11-15", "2020-11-25")
    assert kalbajar["deadline_met"] is None
    links = [row for row in state("2020-11-20")["lines"] if row["layer"] == "nakhchivan-link"]
    assert {row["deadline_note"] for row in links} == {NO_DATE}


def test_a_deadline_is_told_as_it_was_known():
    record, ground = world()
    rows = rows_on(ground, record, parse_day("2020-11-14"), known=parse_day("2020-11-14"))
    kalbajar = next(row for row in rows["zones"] if row["feature_id"] == "kalbajar")
    assert kalbajar["deadline_current"] == "2020-11-15"


def test_history_holds_every_span_once():
    record, ground = world()
    rows = history_rows(ground, record)["control"]
    recorded = [s for piece in ground.pieces for s in piece.spans if s.until is None or s.until > ground.coverage_start]
    assert len(rows) == len(recorded)
    assert len({row["feature_id"] for row in rows}) == len(rows)


def test_history_of_a_zone_has_no_gap_and_ends_where_its_members_do():
    record, ground = world()
    for group in whole_rows(ground, record).values():
        assert len({row["feature_id"] for row in group}) == len(group)
        assert all(row["until"] is None or row["since"] < row["until"] for row in group)
    rows = history_rows(ground, record)["zones"]
    for zone in {row["layer"] for row in rows}:
        periods = sorted((row["since"] or "", row["until"] or "9999") for row in rows if row["layer"] == zone)
        for earlier, later in pairwise(periods):
            assert earlier[1] <= later[0]


def test_a_later_day_gets_the_last_state_and_says_so():
    record, ground = world()
    content = json.loads(export("2030-01-01", record, ground, "geojson"))
    assert {feature["properties"]["as_of"] for feature in content["features"]} == {ground.coverage_end.isoformat()}


@pytest.mark.parametrize("fmt", ["geojson", "gpkg", "csv"])
def test_a_hand_over_carries_the_words_of_its_source(tmp_path, fmt):
    record, _ = world()
    event = next(event for event in record.events if event.id == "agdam-handed-over")
    layer = {"layer": "control"} if fmt == "gpkg" else {}
    found = pyogrio.read_dataframe(written(tmp_path, "2020-11-20", fmt), **layer)
    words = " ".join(map(str, np.ravel(found[found.feature_id.str.startswith("agdam")].evidence.iloc[0])))
    for evidence in event.transfers[0].evidence:
        assert evidence.quote in words
        assert evidence.source in words


def test_a_day_tells_nothing_later(tmp_path):
    path = written(tmp_path, LATER, "gpkg")
    for layer in GEOMETRY_TYPES:
        found = pyogrio.read_dataframe(path, layer=layer)
        for name in ("since", "deadline_met", "as_of"):
            if name in found:
                assert (found[name].dropna().astype(str) <= LATER).all(), (layer, name)
        assert (found.until.dropna().astype(str) <= "2020-11-26").all(), layer
    assert (pyogrio.read_dataframe(path, layer="event_list").last_day.astype(str) <= LATER).all()
    assert (pyogrio.read_dataframe(path, layer="changes").changed_on.astype(str) <= LATER).all()
    assert pyogrio.read_dataframe(path, layer="obligations").what_happened.isna().all()
    told = pyogrio.read_dataframe(written(tmp_path, LATER, "gpkg", later=True), layer="control")
    assert (told.until.dropna().astype(str) > LATER).any()


def test_history_tells_the_status_of_the_last_day_of_each_row():
    record, ground = world()
    rows = {row["feature_id"]: row for row in history_rows(ground, record)["control"]}
    assert (rows["agdam.1"]["as_of"], rows["agdam.1"]["status"]) == ("2020-11-19", "pending")
    assert rows["agdam.1"]["open_start"]
    assert rows["agdam.2"]["status"] == "met"


def test_held_is_one_polygon_for_each_holder():
    for day in DAYS:
        rows = state(day)
        km2 = by_holder(rows["control"])
        assert {row["controller"]: row["km2"] for row in rows["held"]} == pytest.approx(km2)
        for row in rows["held"]:
            assert geodesic_km2(row["geometry"]) == pytest.approx(km2[row["controller"]], rel=1e-3)


def test_doubt_is_the_ground_within_the_error_of_each_line():
    rows = state("2020-11-25")
    assert len(rows["doubt"]) == len(rows["edges"]) > 50
    for area, edge in zip(rows["doubt"], rows["edges"], strict=True):
        assert area["geometry"].buffer(1e-4).covers(edge["geometry"])
        longest = max(GEOD.inv(*line[0], *line[1])[2] for line in [rim(area["geometry"], edge["geometry"])])
        assert longest == pytest.approx(edge["accuracy_m"], rel=0.1, abs=3)


def rim(area, line):
    """A point of the line and the point of the area's edge that is nearest to it."""
    middle = line.interpolate(0.5, normalized=True)
    nearest = shapely.shortest_line(area.boundary, line)
    del middle
    return nearest.coords[0], nearest.coords[-1]


def test_places_say_who_held_them():
    places = {row["feature_id"]: row for row in state("2020-11-25")["places"]}
    assert places["stepanakert" if "stepanakert" in places else "khankendi"]["controller"] == "armenian-forces"
    assert places["agdam"]["controller"] == "azerbaijan"
    assert places["agdam"]["sovereign_iso"] == "AZ"


def test_every_source_of_a_row_is_in_the_table_or_names_a_data_set(day):
    record, _ = world()
    ids = {source.id for source in record.sources}
    for group in state(day).values():
        for row in group:
            for source in row["sources"]:
                assert source in ids or " " in source or "(" in source, source


def texts_of(lang):
    """The features of a day in a language: what is read, and the rest without it."""
    content = json.loads(export("2020-11-25", *world(), "geojson", lang=lang))
    rows = [
        dict(found["properties"]) for found in content["features"] if found["properties"]["kind"] in {"zones", "events"}
    ]
    read = {key: [row.pop(key) for row in rows] for key in ("title", "note", "views", "deadline_note")}
    return read, rows


@pytest.mark.parametrize("lang", ["az", "hy", "ru"])
def test_what_is_read_follows_the_language_and_what_programs_read_does_not(lang):
    english, fixed = texts_of("en")
    told, same = texts_of(lang)
    assert same == fixed
    for key, texts in told.items():
        pairs = [(said, before) for said, before in zip(texts, english[key], strict=True) if before]
        assert pairs
        assert [before for said, before in pairs if said == before] == [], key
    table = tables(in_language(world()[0], lang), world()[1], "2020-11-25")["obligations"]
    assert {row["status"] for row in table} <= set(STATUS)
    assert all(row["title"] != duty.title for row, duty in zip(table, world()[0].obligations, strict=True))
