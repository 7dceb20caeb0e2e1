"""The frame for another page: its address, its refusals, and what is seen in it."""

import html as markup
import re

import pytest
from playwright.sync_api import expect

from layers.__main__ import main
from layers.map.embed import CONTROLS, address, chosen, snippet
from layers.map.standalone import html
from layers.view_state import default, limits, parse
from tests.browser.opened import still, until
from tests.layers.sheets import world

ALLOWED = limits(world()[0])


def state(**query):
    return parse(query, ALLOWED)[0]


def test_the_address_holds_state_and_controls():
    given = state(on="2020-11-25", clause="6", layers="control,kalbajar")
    assert address("m.html", given, ALLOWED, ("time",)) == (
        "m.html?controls=time#on=2020-11-25&layers=kalbajar,control&clause=6"
    )
    assert address("m.html", default(ALLOWED), ALLOWED, ()) == "m.html?controls=none"
    assert address("m.html", default(ALLOWED), ALLOWED) == "m.html"


def test_the_snippet_is_one_element_that_nothing_can_leave():
    text = snippet('https://example.org/"><script>', default(ALLOWED), ALLOWED)
    assert text.count("<") == 2
    assert re.fullmatch(r'<iframe src="[^"<>]*"( [a-z]+="[^"<>]*")*></iframe>', text)


def test_controls_are_named_in_one_order_and_unknown_ones_refused():
    assert chosen("legend, time") == ("time", "legend")
    assert chosen("none") == ()
    with pytest.raises(ValueError, match="no control “clock”; choose from time, legend"):
        chosen("time,clock")


def test_the_command_prints_the_frame_and_nothing_else(tmp_path, capsys):
    out = tmp_path / "map.html"
    given = ["html", "--out", str(out), "--embed", "--controls", "time,legend", "--on", "2020-11-25"]
    assert main([*given, "--address", "https://example.org/map.html"]) == 0
    told = capsys.readouterr().out
    assert 'src="https://example.org/map.html?controls=time,legend#on=2020-11-25"' in told
    assert told.count("\n") == 1
    assert out.exists()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--controls", "time"], "give --embed with it"),
        (["--embed", "--controls", "clock"], "no control “clock”"),
        (["--embed", "--on", "1990-01-01"], "begins on 1994-05-12"),
    ],
)
def test_bad_choices_get_one_sentence_and_no_file(options, sentence, tmp_path, capsys):
    assert main(["html", "--out", str(tmp_path / "map.html"), *options]) == 2
    told = capsys.readouterr()
    assert sentence in told.err
    assert told.err.count("\n") == 1
    assert told.out == ""
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def host(tmp_path_factory):
    """A page that holds the document in a frame, both on disk."""
    folder = tmp_path_factory.mktemp("embed")
    (folder / "ceasefire-atlas.html").write_text(html(*world()), encoding="utf-8")

    def make(controls, height=500, **query):
        frame = snippet("ceasefire-atlas.html", state(**query), ALLOWED, controls, height=height)
        (folder / "host.html").write_text(f"<!DOCTYPE html><title>News</title><p>Text</p>{frame}", encoding="utf-8")
        return (folder / "host.html").as_uri()

    return make


def seen(frame):
    """The controls that take up room."""
    return {
        name
        for name, parts in CONTROLS.items()
        if any((box := frame.locator(part).first.bounding_box()) and box["height"] > 1 for part in parts.split(", "))
    }


@pytest.mark.browser
@pytest.mark.parametrize("width", [900, 390])
@pytest.mark.parametrize("controls", [None, (), ("time",), ("time", "legend", "zoom"), ("panel",)])
def test_the_frame_shows_what_was_chosen_and_the_state(host, new_page, controls, width):
    page = new_page(viewport={"width": width, "height": 700})
    page.goto(host(controls, on="2020-11-25", layers="control,kalbajar"))
    frame = page.frame_locator("iframe")
    area = frame.locator("path[data-zone='kalbajar']:not([data-controller])").first
    area.wait_for(state="attached")
    page.frames[1].evaluate("window.atlas.ready")
    still(page.frames[1])
    assert area.bounding_box()["width"] > 20
    assert seen(frame) == set(CONTROLS if controls is None else controls)
    expect(frame.locator(".atlas-day")).to_contain_text("25 November 2020")
    expect(frame.locator(".atlas-sovereignty")).to_contain_text("not sovereignty")
    expect(frame.locator(".atlas-credits")).not_to_be_empty()
    if controls is not None and "panel" not in controls:
        box = frame.locator(".atlas-credits").bounding_box()
        outer = page.locator("iframe").bounding_box()
        assert box["y"] + box["height"] <= outer["y"] + outer["height"] + 1, "everything fits without scrolling"
        assert frame.locator(".atlas-stage").bounding_box()["height"] >= 160


@pytest.mark.browser
def test_the_choice_outlives_a_step_in_time(host, new_page):
    page = new_page(viewport={"width": 900, "height": 700})
    page.goto(host(("time",), on="2020-11-25"))
    frame = page.frame_locator("iframe")
    frame.locator("path[data-controller]").first.wait_for(state="attached")
    inner = page.frames[1]
    inner.evaluate("window.atlas.show({on: '2020-12-01'})")
    until(inner, "location.hash.includes('2020-12-01')")
    assert "?controls=time#on=2020-12-01" in markup.unescape(inner.url)
    assert seen(frame) == {"time"}
