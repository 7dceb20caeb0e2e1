"""Names on maps: that none lies on another or on a line, that each stands on the right ground, and that equals look alike."""

from functools import cache

import numpy as np
import pytest
import shapely

from geodata.breakpoints import breakpoints
from geodata.translations import in_language
from layers.catalogue import style_of
from layers.sheet import checked_state, difference, kinds, series
from layers.sheet.charts import frame_for
from layers.sheet.labels import letter, lettering_of, obstacles
from layers.sheet.lettering import INK
from layers.sheet.paper import SIZES
from layers.sheet.projection import metric
from layers.sheet.scene import scene_of
from layers.wording import LANGUAGES, Wording
from tests.layers.sheets import letters, world


@cache
def shown_on(day, size, which="map"):
    """What a map shows on a day: the same in every language."""
    record, ground = world()
    state = checked_state({"on": day}, record)
    frame = frame_for(state, record, ground, getattr(SIZES[size], which))
    scene = scene_of(state, day, record, ground, frame.area)
    return frame, scene, lettering_of(scene, frame)


def laid_out(day, lang, size):
    """Names, lines and zones of a map as it is laid out; nothing is set or rendered."""
    _, scene, bare = shown_on(day, size)
    lettering, lines = bare.attempt(), obstacles(scene, bare.frame)
    dots = letter(lettering, scene, *world(), Wording(lang))
    return lettering.names, lines, scene, dots


def misleading(names, dots, lang, frame):
    """Names that a reader takes for that of another town: nearer to another's dot than to their own, or led past one or too far."""
    spots = {(dot["x"], dot["y"]): shapely.Point(dot["x"], dot["y"]) for dot in dots}
    towns = {}
    for place in world()[0].places:
        if place.lat:
            point = frame.paper(metric(shapely.Point(place.lon, place.lat)))
            towns[letters(Wording(lang).name(place.names))] = place, spots.get((round(point.x, 2), round(point.y, 2)))
    found = []
    for name in names:
        place, own = towns.get(letters("".join(row.text for row in name.rows)), (None, None))
        if own is None:
            continue
        box = shapely.box(*name.box)
        away = min((box.distance(other) for other in spots.values() if other is not own), default=99)
        if name.leader is None:
            right = own.distance(box) < away
        else:
            leader = shapely.LineString([name.leader[:2], name.leader[2:]])
            passed = min((leader.distance(other) for other in spots.values() if other is not own), default=99)
            most = 30 if place.rank == 1 or place.id == "shusha" else 13
            right = away > 1 and passed > 0.4 and leader.distance(own) < 0.1 and leader.length < most
        found += [] if right else [place.id]
    return found


def collisions(boxes, lines):
    """Pairs of boxes of which one lies on the other, and boxes that lie on a line."""
    tree = shapely.STRtree(boxes)
    pairs = [pair for pair in tree.query(boxes, predicate="intersects").T.tolist() if pair[0] < pair[1]]
    return pairs + tree.query(shapely.get_parts(lines), predicate="intersects")[1].tolist()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_name_lies_on_a_line_or_on_another_on_any_day(lang):
    """Boxes against boxes and lines, on every day on which something changes: none; every zone shown is named, and the chief town.

    And every name of a town is read as that of its own dot.
    """
    chief = next(place for place in world()[0].places if place.id == "khankendi")
    first = {Wording(lang).name(chief.names)}
    for day in breakpoints(*world()):
        names, lines, scene, dots = laid_out(day.isoformat(), lang, "a4")
        assert collisions([shapely.box(*name.box) for name in names], lines) == [], day
        frame = shown_on(day.isoformat(), "a4")[0]
        assert misleading(names, dots, lang, frame) == [], day
        assert first <= {" ".join(row.text for row in name.rows) for name in names}, day
        badges = {name.badge for name in names}
        assert {"/".join(map(str, row["clauses"])) for row in scene.zones if row["clauses"]} <= badges


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
def test_no_name_lies_on_a_line_or_on_another_on_any_paper(size, lang):
    """On the days on which most is shown; one map on the page, or one of two.  And none is led into another republic."""
    borders = metric(shapely.union_all([edge.geometry for edge in world()[1].edges if edge.divides == "republics"]))
    for day, which in (("2020-11-10", "map"), ("2020-12-02", "pair"), ("2020-12-18", "pair")):
        frame, scene, bare = shown_on(day, size, which)
        lettering = bare.attempt()
        letter(lettering, scene, *world(), Wording(lang))
        assert collisions([shapely.box(*name.box) for name in lettering.names], obstacles(scene, frame)) == [], day
        leaders = [shapely.LineString([one.leader[:2], one.leader[2:]]) for one in lettering.names if one.leader]
        assert not shapely.intersects(leaders, frame.paper(borders)).any(), day


TOLD_DAYS = ["2020-09-26", "2020-11-10", "2020-12-01", "2021-06-01", "2023-09-20"]


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("day", TOLD_DAYS)
def test_a_town_is_named_on_the_ground_of_its_holder(day, lang):
    record, ground = world()
    frame, scene, bare = shown_on(day, "a4")
    lettering = bare.attempt()
    letter(lettering, scene, record, ground, Wording(lang))
    boxes = {letters("".join(row.text for row in name.rows)): shapely.box(*name.box) for name in lettering.names}
    held = [frame.paper(holding.geometry) for holding in scene.holdings]
    towns = {place.id: place for place in record.places if place.rank <= 2}
    named = {name: letters(Wording(lang).name(place.names)) for name, place in towns.items()}
    assert named["shusha"] in boxes
    strange = []
    for name, said in named.items():
        if said in boxes and towns[name].lat:
            spot = frame.paper(metric(shapely.Point(towns[name].lon, towns[name].lat)))
            others = sorted(held, key=spot.distance)[1:]
            strange += [name] if shapely.intersects(others, boxes[said]).any() else []
    assert strange == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("size", "which"), [("a4", "map"), ("a4", "pair"), ("square", "pair")])
@pytest.mark.parametrize("day", ["2020-11-10", "2021-06-01"])
def test_the_districts_of_a_map_are_named_alike(day, size, which, lang):
    """All with both names, in one size, or all by their clause alone; and the chief town is named."""
    record, ground = world()
    _, scene, bare = shown_on(day, size, which)
    lettering = bare.attempt()
    letter(lettering, scene, record, ground, Wording(lang))
    full = [
        letters(Wording(lang).name(zone.names)) for zone in record.zones if zone.id in {"agdam", "kalbajar", "lachin"}
    ]
    told = [name for name in lettering.names if name.badge in {"2", "6"}]
    assert len(told) == 3
    assert len({name.size for name in told}) == 1
    said = sorted(letters("".join(row.text for row in name.rows)) for name in told)
    assert said in (sorted(full), [""] * 3)
    chief = next(place for place in record.places if place.id == "khankendi")
    assert letters(Wording(lang).name(chief.names)) in [
        letters("".join(row.text for row in name.rows)) for name in lettering.names
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_changed_is_named_once_and_near(lang):
    """A place that bears the name of its area is not named again; the corridor has the badge and the hue of every other map."""
    record, ground = world()
    state = checked_state({"from": "2020-09-26", "on": "2023-10-01", "lang": lang}, record)
    page = kinds.changes(state, in_language(record, lang), ground, SIZES["a4"], None)
    names = page["map"]["names"]
    said = [letters(name["rows"][0]["text"]) for name in names if name["rows"]]
    hadrut = next(place for place in record.places if place.id == "hadrut")
    assert said.count(letters(Wording(lang).name(hadrut.names))) <= 1
    chief = next(place for place in record.places if place.id == "khankendi")
    assert letters(Wording(lang).name(chief.names)) in {
        letters("".join(row["text"] for row in name["rows"])) for name in names
    }
    corridor = [name["color"] for name in names if name["badge"] == "3/6"]
    assert corridor == [style_of("lachin-corridor")["hue"]]
    led = [name["leader"] for name in names if name["leader"] and name["color"] != INK]
    assert led
    assert all(np.hypot(a - c, b - d) < 16 for a, b, c, d in led)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("size", ["a4", "square", "card"])
def test_every_area_that_changed_hands_is_named_or_has_the_letter_of_its_row(lang, size):
    """The table has its day and its area; a page without a table has no letters."""
    record, ground = world()
    state = checked_state({"from": "2020-09-26", "on": "2023-10-01", "lang": lang}, record)
    page = kinds.changes(state, in_language(record, lang), ground, SIZES[size], None)
    letters_of = page["map"]["letters"]
    rows = {row["name"] for group in page["changed"]["groups"] for row in group["rows"]}
    frame = frame_for(state, record, ground, SIZES[size].map)
    parts = difference.parts(ground, record, "2020-09-26", "2023-10-01")
    units = {unit.id: Wording(lang).name(unit.names).split(" (")[0] for unit in record.units}
    shown = {units[part.unit] for part in parts if part.geometry.intersects(frame.area)}
    assert set(letters_of) <= rows
    if size == "card":
        assert not any(letters_of.values())
    else:
        assert set(letters_of) == shown
        short = [row["text"] for name in page["map"]["names"] for row in name["rows"] if len(row["text"]) == 1]
        assert sorted(short) == sorted(filter(None, letters_of.values()))
        assert len(short) == len(set(short)) > 5
    assert not [name for name in page["map"]["names"] if any("²" in row["text"] for row in name["rows"])]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("which", ["map", "pair"])
def test_the_picture_for_a_post_bears_every_clause_and_the_chief_towns(lang, which):
    """One of two maps is small: Kalbajar's name would stand in Armenia there, and the legend has its district."""
    record, ground = world()
    for day in ("2020-11-09", "2020-11-10", "2020-12-02"):
        _, scene, bare = shown_on(day, "card", which)
        lettering = bare.attempt()
        letter(lettering, scene, record, ground, Wording(lang))
        badges = sorted(name.badge for name in lettering.names if name.badge not in {"", "9"})
        assert badges == sorted("/".join(map(str, row["clauses"])) for row in scene.zones if row["clauses"])
        said = {letters("".join(row.text for row in name.rows)) for name in lettering.names}
        towns = [place for place in record.places if place.id in {"khankendi", "agdam", "kalbajar", "shusha"}]
        assert len({letters(Wording(lang).name(place.names)) for place in towns} & said) >= {"map": 3, "pair": 2}[which]
        assert letters(Wording(lang).name(towns[0].names)) in said


@pytest.mark.parametrize("size", ["a4", "a4-portrait", "wide"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_small_map_names_the_chief_town_on_the_ground_of_its_holder_or_in_the_key(lang, size):
    """Its dot is on each of them, every clause has one place, and no name lies on a line or on another."""
    record, ground = world()
    state = checked_state({"lang": lang}, record)
    days = series.meaningful(record, ground, "multiples")
    page = series.multiples(state, record, ground, SIZES[size], None, days)
    charts = [panel["map"] for panel in page["maps"]]
    frame = frame_for(state, record, ground, (charts[0]["w"], charts[0]["h"]))
    chief = next(place for place in record.places if place.id == "khankendi")
    name = Wording(lang).name(chief.names)
    spot = frame.paper(metric(shapely.Point(chief.lon, chief.lat)))
    places, named = {}, []
    for day, chart in zip(days, charts, strict=True):
        scene = scene_of(state.with_(on=day), day, record, ground, frame.area)
        boxes = [shapely.box(*name["box"]) for name in chart["names"]]
        assert collisions(boxes, obstacles(scene, frame)) == [], day
        badges = {name["badge"]: name["box"] for name in chart["names"] if name["badge"]}
        assert {"/".join(map(str, row["clauses"])) for row in scene.zones if row["clauses"]} == set(badges)
        shown = frozenset(row["layer"] for row in scene.zones)
        assert places.setdefault(shown, badges) == badges
        assert "khankendi" in {dot["id"] for dot in chart["dots"]}
        said = [letters("".join(row["text"] for row in name["rows"])) for name in chart["names"]]
        named += [day] if letters(name) in said else []
        if letters(name) in said:
            others = sorted((frame.paper(holding.geometry) for holding in scene.holdings), key=spot.distance)[1:]
            assert not shapely.intersects(others, boxes[said.index(letters(name))]).any(), day
    assert {days[0], days[-1]} <= set(named)
    assert (name in [row["text"] for row in page["legend"]["rows"]]) == (named != days)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("size", ["a4", "wide", "letter-portrait", "square"])
def test_the_day_of_a_line_stands_at_that_line_and_the_chief_town_keeps_its_dot(lang, size):
    """Every day stands at its line, nearer to it than to any other, or with those of the lines that run along; none on a dot."""
    record, ground = world()
    state, wording = checked_state({"lang": lang}, record), Wording(lang)
    days = series.meaningful(record, ground, "lines")
    page = series.lines(state, record, ground, SIZES[size], None, days)
    chart = page["map"]
    frame = frame_for(state, record, ground, (chart["w"], chart["h"]))
    lines = {wording.short(day): found for day in days if (found := series.line_on(ground, day, frame.area))}
    lines = {day: frame.paper(line) for day, line in lines.items()}
    told = [name for name in chart["names"] if name["rows"] and name["rows"][0]["text"] in lines]
    assert {row["text"] for name in told for row in name["rows"]} == set(lines)
    alone = [name["color"] for name in told if len(name["rows"]) == 1]
    assert len(alone) == len(set(alone)) >= 2
    for name in told:
        days = {row["text"] for row in name["rows"]}
        away = {day: line.distance(shapely.box(*name["box"])) for day, line in lines.items()}
        assert max(away[day] for day in days) < min((away[day] for day in lines if day not in days), default=99)
    boxes = [shapely.box(*name["box"]) for name in chart["names"]]
    assert not shapely.intersects(boxes, shapely.multipoints([[dot["x"], dot["y"]] for dot in chart["dots"]])).any()
    chief = next(place for place in record.places if place.id == "khankendi")
    point = frame.paper(metric(shapely.Point(chief.lon, chief.lat)))
    assert (round(point.x, 2), round(point.y, 2)) in {(dot["x"], dot["y"]) for dot in chart["dots"]}


def test_lines_of_different_days_differ_in_grey():
    greys = sorted(
        int(hue[1:3], 16) * 0.299 + int(hue[3:5], 16) * 0.587 + int(hue[5:], 16) * 0.114 for hue in series.RAMP
    )
    assert min(np.diff(greys)) > 20


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("size", ["a4", "a4-portrait", "wide", "square"])
def test_both_maps_of_a_page_name_the_same_towns(lang, size):
    """The one whose holder changed in those days is among them."""
    record, ground = world()
    state = checked_state({"from": "2020-11-09", "on": "2020-12-02", "lang": lang}, record)
    page = kinds.two(state, record, ground, SIZES[size], None)
    towns = {letters(Wording(lang).name(place.names)): place.id for place in record.places}
    named = []
    for chart in page["maps"]:
        said = {letters("".join(row["text"] for row in name["rows"])) for name in chart["names"] if not name["badge"]}
        named.append({towns[name] for name in said if name in towns})
        assert len(chart["dots"]) == len(named[-1])
    assert named[0] == named[1]
    assert named[0] >= {"khankendi", "shusha"}
