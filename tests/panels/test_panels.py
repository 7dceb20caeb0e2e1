"""Every panel through Streamlit's own test driver, on the real record."""

import html
import io
import json
import re
import zipfile
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from streamlit.testing.v1 import AppTest

from layers.atlas import atlas_data
from layers.sheet import COMPARISONS
from layers.sheet.paper import SIZES
from panels import claims, downloads, events
from panels.session import SESSION
from panels.words import PANELS

ROOT = Path(__file__).parents[2]


def run(*opened, **query):
    app = AppTest.from_file("../../app.py", default_timeout=120)
    for part in opened:
        app.session_state[part] = True
    app.query_params.update(query)
    app.run()
    assert not app.exception
    return app


def session(app):
    return app.session_state[SESSION]


def named(widgets, name):
    """The widget that shows a value of the view, by its name; its key ends in a number (panels/bound.py)."""
    return next(widget for widget in widgets if widget.key and widget.key.rpartition("-")[0] == name)


def text(app):
    """All text on the page, with the entities that keep record text from being markup undone."""
    parts = [*app.markdown, *app.text, *app.caption, *app.info, *app.warning, *app.header, *app.subheader]
    return html.unescape("\n".join(str(part.value) for part in parts))


@pytest.mark.parametrize("panel", list(PANELS))
@pytest.mark.parametrize("lang", ["en", "az", "hy", "ru"])
def test_every_panel_opens_in_every_language(panel, lang):
    app = run(panel=panel, lang=lang)
    assert session(app).panel == panel
    assert not app.warning


@pytest.mark.parametrize("on", ["1994-05-12", "2020-11-09", "2020-11-14", "2023-09-25", atlas_data().limits.end])
@pytest.mark.parametrize("panel", ["clauses", "deadlines", "changes", "downloads"])
def test_panels_open_on_any_day(panel, on):
    run(panel=panel, on=on)


@pytest.mark.parametrize("clause", range(1, 10))
def test_a_clause_shows_all_that_is_known_of_it(clause):
    shown = text(run("texts", "readings", panel="clauses", clause=str(clause), on="2023-05-01"))
    record = atlas_data().clauses[clause]
    assert record.paraphrase in shown
    assert record.what_happened in shown
    for reading in atlas_data().record.readings:
        if reading.clause == clause:
            assert reading.text in shown
    for variant in record.variants:
        assert variant.consequence in shown


def test_the_deadline_table_has_fifteen_rows_and_follows_known():
    app = run(panel="deadlines", on="2020-12-02")
    table = app.table[0].value
    assert len(table) == 15
    kalbajar = table[table["Obligation: status"].str.contains("Kalbajar")].iloc[0]
    assert kalbajar["Due"].replace("\u00a0", " ") == "25 Nov 2020, first 15 Nov 2020"
    assert kalbajar["Obligation: status"].endswith(": met")
    earlier = run(panel="deadlines", on="2020-12-02", known="2020-11-14").table[0].value
    assert (
        earlier[earlier["Obligation: status"].str.contains("Kalbajar")].iloc[0]["Due"].replace("\u00a0", " ")
        == "15 Nov 2020"
    )


@pytest.mark.parametrize("day", [{"on": "2020-10-20"}, {"on": "2020-12-02", "known": "2020-11-08"}])
def test_a_day_before_the_statement_has_no_empty_chart_but_a_way_to_its_first_day(day):
    app = run(panel="deadlines", lang="en", **day)
    assert "its dates begin on 10 November 2020" in app.info[0].value
    assert not app.get("vega_lite_chart")
    app.button(key="first-day").click().run()
    assert not app.info
    assert app.get("vega_lite_chart")
    assert session(app).state.known is None


def test_the_known_switch_moves_the_view():
    app = run(panel="deadlines", on="2020-11-20")
    named(app.toggle, "known-on").set_value(True).run()
    assert session(app).state.known == "2020-11-14"
    assert app.query_params["known"] in ("2020-11-14", ["2020-11-14"])
    named(app.toggle, "known-on").set_value(False).run()
    assert session(app).state.known is None


def test_changes_between_two_days():
    app = run(panel="changes", **{"from": "2020-11-10", "on": "2020-12-01"})
    rows = app.table[0].value
    days = [datetime.strptime(day.replace("\u00a0", " ").replace("Sept", "Sep"), "%d %b %Y") for day in rows["Day"]]
    assert days == sorted(days)
    assert [metric.label for metric in app.metric][:2] == ["by force", "under clauses"]
    why = " ".join(rows["Ground: from → to"])
    assert "under clause 2" in why
    assert "under clause 6" in why
    assert "by force" not in why


def test_nothing_changed_is_said():
    app = run(panel="changes", **{"from": "1995-01-01", "on": "1996-01-01"})
    assert "Nothing changed hands" in app.info[0].value


def test_computed_stands_beside_published():
    app = run("published", panel="changes")
    table = app.dataframe[-1].value
    assert len(table) >= 8
    assert table["Difference, %"].notna().sum() >= 8


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("39.6411, 46.5461", "Russian peacekeepers"),
        ("41.7, 44.8", "outside Armenia and Azerbaijan"),
        ("200, 10", "not a place on earth"),
        ("<script>", "is not a position"),
    ],
)
def test_what_governs_a_point(typed, says):
    app = run(panel="governs", on="2021-06-01")
    app.text_input(key="governs-coordinates").set_value(typed).run()
    assert not app.exception
    assert says in text(app)


def test_what_governs_a_place():
    app = run(panel="governs", on="2020-11-21")
    app.selectbox(key="governs-place").set_value("agdam").run()
    assert "Azerbaijan" in text(app)
    assert "2 (" in text(app)


@pytest.mark.parametrize(
    ("place", "lines"),
    [
        ("jabrayil", ["4 October 2020: Azerbaijan; not certain; certain from 10 November 2020"]),
        ("agdam", ["12 May 1994: Armenian forces", "20 November 2020: Azerbaijan"]),
    ],
)
def test_who_held_a_place_tells_the_announced_day_and_the_certain_one(place, lines):
    app = run(panel="governs", on="2020-12-02")
    app.selectbox(key="governs-place").set_value(place).run()
    told = text(app)
    assert "Who held it, and from when" in told
    assert all(f"1. {line}" in told.splitlines() for line in lines)
    assert ("Days are those of events or announcements." in told) == (place == "jabrayil")


def test_what_came_by_force_before_the_first_day_is_told():
    """On 9 November 2020 the south was striped on the map, and no row of the table is about it."""
    told = text(run(panel="changes", **{"from": "2020-11-09", "on": "2020-12-02"}))
    assert "had already changed hands by force: that is not counted here." in told
    forced = re.search(r"By 9 November 2020, ([\d,]+\skm²) had", told)[1]
    assert re.search(rf"Of these {forced}, it is not certain who held [\d,]+\skm² on 9 November 2020", told)
    assert "had already changed hands" not in text(run(panel="changes", **{"from": "1995-01-01", "on": "1996-01-01"}))


def test_the_first_answer_tells_that_the_hand_overs_come_later():
    """The war's days have nothing under clauses; that is not all that there is under clauses."""
    told = text(run(panel="changes", on="2020-11-10"))
    assert re.search(r"After 10 November 2020, 4,\d+\skm² more changed hands under clauses", told)
    assert "more changed hands" not in text(run(panel="changes", on=atlas_data().limits.end))


def test_the_story_begins_at_its_first_step():
    app = run()
    assert session(app).panel == "story", "an empty address is the landing"
    app.button(key="story-begin").click().run()
    steps = atlas_data().record.story
    assert session(app).step == steps[0].id
    assert session(app).revision == 2
    app.button(key="story-explore").click().run()
    assert session(app).panel == "start"
    assert app.query_params["panel"] in ("start", ["start"])


def test_a_step_that_the_story_has_not_is_told():
    app = run(panel="story", step="nonsense")
    assert session(app).step is None
    assert "no step “nonsense”" in text(app)


def test_the_story_holds_every_step():
    shown = text(run(panel="story"))
    for step in atlas_data().record.story:
        assert step.text in shown


def test_events_are_filtered():
    app = run(panel="events")
    everything = len(app.dataframe[0].value)
    app.multiselect(key="events-filter").set_value([2]).run()
    assert 0 < len(app.dataframe[0].value) < everything
    app.text_input(key="events-search").set_value("zzzz").run()
    assert len(app.dataframe[0].value) == 0


def test_claims_are_filtered():
    app = run(panel="claims")
    assert len(app.dataframe[0].value) == len(atlas_data().record.claims)
    app.multiselect(key="claims-filter").set_value(["wrong"]).run()
    assert set(app.dataframe[0].value["Verdict"]) == {"wrong"}


def test_a_citation_names_data_and_day():
    app = run(panel="about", on="2020-11-25")
    cited = app.code[0].value
    assert atlas_data().version in cited
    assert "25 November 2020" in cited
    assert "on=2020-11-25" in cited
    assert f"v={quote(atlas_data().version, safe='')}" in cited


def test_a_citation_keeps_how_two_days_are_laid_out_and_a_frame_says_that_it_does_not():
    compared = {"on": "2020-12-02", "from": "2020-11-09", "compare": "swipe"}
    assert "compare=swipe" in run(panel="about", **compared).code[0].value
    assert "The frame shows one map" in text(run(panel="downloads", **compared))
    assert "The frame shows one map" not in text(run(panel="downloads", on="2020-12-02"))


def test_the_documentation_is_named_and_linked_where_there_is_a_site(monkeypatch):
    told = text(run(panel="about"))
    named = re.findall(r"`(docs/[\w-]+\.md)`", told)
    assert named
    assert all((ROOT / name).is_file() for name in named)
    assert "ground.html" not in told
    monkeypatch.setenv("ATLAS_SITE_URL", "https://atlas.example/site")
    assert "(https://atlas.example/site/ground.html)" in text(run(panel="about"))


@pytest.mark.parametrize(
    ("panel", "entry"),
    [
        ("clauses", lambda: "6"),
        ("clauses", lambda: "6-kalbajar"),
        ("deadlines", lambda: "4-withdrawal"),
        ("events", lambda: events.filtered((), "", "en")[3]),
        ("claims", lambda: claims.filtered((), "", "en")[3]),
    ],
    ids=["clause", "obligation", "dispute", "event", "claim"],
)
def test_an_entry_can_be_contested_with_a_site_and_without(monkeypatch, panel, entry):
    monkeypatch.setattr(f"panels.{panel}.rows_to_pick", lambda *_, **__: 3, raising=False)

    def opened():
        return run("disputed", panel=panel, clause="6", on="2021-12-01")

    assert any(code.value.startswith(f"entry: {entry()}\n") for code in opened().code)
    monkeypatch.setenv("ATLAS_SITE_URL", "https://atlas.example/site")
    links = [link.proto.url for link in opened().get("link_button")]
    assert f"https://atlas.example/site/contest.html?entry={entry()}" in links


def test_a_link_from_other_data_is_named_and_leads_to_that_edition(monkeypatch):
    old = "0.9.0+0123456789ab"
    (told,) = run(on="2020-11-25", v=old).warning
    assert old in told.value
    assert atlas_data().version in told.value
    monkeypatch.setenv("ATLAS_SITE_URL", "/map/")
    (told,) = run(on="2020-11-25", v=old).warning
    assert f"(/map/archive/{old}/map.html#on=2020-11-25)" in told.value
    assert not run(on="2020-11-25", v=atlas_data().version).warning


def test_bad_values_are_named():
    app = run(on="2020-13-01", layers="atlantis", clause="x")
    said = html.unescape(" ".join(warning.value for warning in app.warning))
    assert "2020-13-01" in said
    assert "atlantis" in said
    assert "“x”" in said


def test_only_the_open_panel_runs():
    app = run(panel="about")
    assert not app.dataframe
    assert not app.table


def test_the_switch_shows_a_difference_at_once():
    app = run(panel="deadlines", on="2020-11-20")
    named(app.toggle, "known-on").set_value(True).run()
    table = app.table[0].value
    assert table[table["Obligation: status"].str.contains("Kalbajar")].iloc[0]["Due"] == "15 Nov 2020"
    app = run(panel="deadlines", on="2020-11-12")
    named(app.toggle, "known-on").set_value(True).run()
    assert session(app).state.known == "2020-11-12"


def test_a_clause_brings_its_areas_into_sight():
    app = run(panel="clauses", on="2020-11-20", view="39.1,46.3,9")
    named(app.pills, "clause-pick").set_value(6).run()
    lat, lon, zoom = session(app).state.view
    assert 39.4 < lat < 40.3
    assert 45.7 < lon < 46.8
    assert 7 <= zoom <= 9
    app = run(panel="clauses")
    named(app.pills, "clause-pick").set_value(6).run()
    assert session(app).state.view is None


def test_the_end_of_the_story_leads_on():
    app = run(panel="story", step=atlas_data().record.story[-1].id)
    app.button(key="story-deadlines").click().run()
    assert session(app).panel == "deadlines"
    assert session(app).step is None


@pytest.mark.parametrize(("kind", "lit", "clause"), [("class", "2", 1), ("class", "6", 6), ("clause", "2", 2)])
def test_a_page_about_a_clause_lets_choose_it(kind, lit, clause):
    app = run(panel="downloads", clause=lit)
    app.selectbox(key="sheet-kind").set_value(kind).run()
    (box,) = [box for box in app.selectbox if box.label == "Clause"]
    assert box.value == clause
    assert len(box.options) == (8 if kind == "class" else 9)


@pytest.mark.parametrize("lang", ["en", "hy"])
def test_several_sheets_begin_with_what_is_on_screen(lang):
    app = run("several", panel="downloads", on="2020-12-01", lang=lang, **{"from": "2020-11-10"})
    kinds, days, languages = (app.multiselect(key=key).value for key in KEYS)
    assert (kinds, days, languages) == (["one"], ["2020-11-10", "2020-12-01"], [lang])


KEYS = ("several-kinds", "several-days-2020-11-10-2020-12-01", "several-languages")


def test_every_size_of_sheet_is_offered():
    assert list(downloads.PAPER_SIZES) == list(SIZES)
    assert downloads.COMPARISONS == COMPARISONS


@pytest.mark.parametrize("make", ["day", "history", "events"])
def test_a_csv_comes_with_what_describes_it(make):
    shown, atlas = session(run(panel="downloads", on="2020-11-25")), atlas_data()
    if make == "events":
        content = downloads.table(shown, atlas, "events", "csv", "x")
    else:
        content = downloads.data(shown, atlas, "csv", "x", history=make == "history")
    files = zipfile.ZipFile(io.BytesIO(content))
    assert files.namelist() == ["x.csv", "x.csv-metadata.json"]
    about = json.loads(files.read("x.csv-metadata.json"))
    columns = files.read("x.csv").decode("utf-8-sig").partition("\r\n")[0].split(",")
    assert [column["name"] for column in about["tableSchema"]["columns"]] == columns
    assert about["url"] == "x.csv"
    assert ("2020-11-25" in about["dc:description"]) == (make == "day")


def test_the_obligations_of_a_day_tell_nothing_later_and_the_other_tables_are_whole():
    """As the panel says: obligations on this day, all events, all hand-overs."""
    shown, atlas = session(run(panel="downloads", on="2020-11-25")), atlas_data()
    found = {kind: json.loads(downloads.table(shown, atlas, kind, "json", kind)) for kind in downloads.TABLES}
    assert {row["as_of"] for row in found["obligations"]} == {"2020-11-25"}
    assert not any(row["what_happened"] for row in found["obligations"])
    assert len(found["events"]) == len(atlas.record.events)
    assert found["changes"][-1]["changed_on"] > "2023"


def test_two_days_can_be_a_sheet():
    app = run(panel="downloads", **{"from": "2020-11-10", "on": "2020-12-01"})
    assert app.segmented_control(key="sheet-compare").value == "beside"
