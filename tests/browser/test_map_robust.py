"""The map when something is odd: hostile values, words that do not come, typing, play, the page around, small screens."""

import json
import re
import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Error, expect

from tests.browser.opened import open_map, still, until

pytestmark = pytest.mark.browser


HOSTILE = (
    "{on: {toString: 1, valueOf: 1}}",
    "{on: Symbol('x'), clause: () => 6}",
    "{layers: [{toString() { throw new Error('no'); }}], view: [NaN, {}, 8]}",
    "{get on() { throw new Error('no'); }}",
    "new Proxy({}, {getOwnPropertyDescriptor() { throw new Error('no'); }})",
    "null",
    "'2020-11-25'",
)


def test_hostile_values_are_told_or_ignored_and_nothing_breaks(page, document):
    open_map(page, document)
    for wish in HOSTILE:
        page.evaluate(f"window.atlas.show({wish}).then(() => true)")
        assert page.evaluate("window.atlas.state().on") == "2020-11-10", wish
        page.evaluate("window.atlas.show({on: '2020-11-25'})")
        assert page.evaluate("window.atlas.state().on") == "2020-11-25", wish
        expect(page.locator(".atlas-notice"), "the notice goes with the next good value").to_have_text("")
        page.evaluate("window.atlas.show({on: '2020-11-10'})")


def test_a_notice_is_about_what_was_asked_only(page, document):
    open_map(page, document, "#on=2021-02-01&from=2020-12-01")
    page.evaluate("window.atlas.show({from: '2020-12-24'})")
    expect(page.locator(".atlas-notice")).to_have_text("")
    assert page.evaluate("window.atlas.state().from") == "2020-12-24"


def test_a_change_is_told_once_it_is_painted_and_can_be_left(page, document):
    open_map(page, document)
    page.evaluate(
        """() => { window.heard = [];
        window.leave = window.atlas.on("change", (state) => window.heard.push([state.on,
          document.querySelector('path[data-controller][data-zone="agdam"]').dataset.controller])); }"""
    )
    page.evaluate("window.atlas.show({on: '2020-11-20'})")
    until(page, "window.heard.length > 0")
    assert page.evaluate("window.heard") == [["2020-11-20", "azerbaijan"]]
    page.evaluate("window.leave()")
    page.evaluate("window.atlas.show({on: '2020-11-21'})")
    still(page)
    assert len(page.evaluate("window.heard")) == 1


def test_the_page_around_hears_the_state_so_that_its_address_can_follow(new_page, document, tmp_path):
    outer = tmp_path / "outer.html"
    outer.write_text(
        "<!DOCTYPE html><script>window.heard = []; addEventListener('message', (message) => heard.push(message.data));"
        f"</script><iframe src='{document}' width='1200' height='800'></iframe>",
        encoding="utf-8",
    )
    page = new_page()
    page.goto(outer.as_uri())
    until(page, "heard.length > 0")
    page.evaluate("frames[0].postMessage({type: 'atlas', state: {on: '2022-08-26', clause: 6}}, '*')")
    until(page, "heard.at(-1).state.on === '2022-08-26'")
    last = page.evaluate("heard.at(-1)")
    assert last["type"] == "atlas-state"
    assert last["hash"] == "on=2022-08-26&clause=6"


@pytest.mark.parametrize(
    ("lang", "keys"),
    [("en", "25112020"), ("en", "25 Nov 2020"), ("en", "2020-11-25"), ("az", "25.11.2020"), ("ru", "25 ноября 2020")],
)
def test_a_date_is_typed_as_people_write_it(page, document, lang, keys):
    open_map(page, document, f"#lang={lang}")
    page.evaluate("window.days = []; void window.atlas.on('change', (state) => window.days.push(state.on))")
    field = page.locator(".atlas-time .atlas-date")
    field.focus()
    page.keyboard.type(keys)
    assert page.evaluate("window.days") == [], "it is judged on Enter or on leaving"
    page.keyboard.press("Enter")
    until(page, "window.days.length > 0")
    assert page.evaluate("[...new Set(window.days)]") == ["2020-11-25"]
    shown = {"en": "25 Nov 2020", "az": "25 noy 2020", "ru": "25 нояб. 2020"}[lang]
    expect(field).to_have_value(re.compile(f"^{re.escape(shown)}"))
    expect(page.locator(".atlas-notice")).to_have_text("")


@pytest.mark.parametrize(
    ("keys", "says"),
    [("10112020", "can be 10 November 2020 or 11 October 2020"), ("30.02.2020", "is not a day")],
    ids=["two", "none"],
)
def test_a_date_that_is_none_or_could_be_two_is_told_on_leaving(page, document, keys, says):
    open_map(page, document, "#on=2020-12-02")
    field = page.locator(".atlas-time .atlas-date")
    notice = page.locator(".atlas-notice")
    field.focus()
    page.keyboard.type(keys)
    page.keyboard.press("Tab")
    expect(notice).to_contain_text(says)
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_value(keys)
    assert page.evaluate("window.atlas.state().on") == "2020-12-02"
    field.focus()
    page.keyboard.type("10.11.2020")
    page.keyboard.press("Enter")
    until(page, "window.atlas.state().on === '2020-11-10'")
    expect(notice).to_have_text("")
    expect(field).not_to_have_attribute("aria-invalid", "true")
    expect(field).to_have_value("10 Nov 2020")


def test_escape_takes_back_what_was_typed(page, document):
    open_map(page, document, "#on=2020-12-02")
    field = page.locator(".atlas-time .atlas-date")
    field.click()
    page.keyboard.type("1.1.20")
    page.keyboard.press("Escape")
    expect(field).to_have_value("2 Dec 2020")
    page.keyboard.press("Tab")
    assert page.evaluate("window.atlas.state().on") == "2020-12-02"


@pytest.mark.chromium_only(reason="Firefox ESR under WebDriver BiDi draws no calendar to press in")
def test_a_day_is_picked_in_the_calendar(page, document):
    open_map(page, document, "#on=2020-11-10")
    page.locator(".atlas-time").get_by_role("button", name="Calendar").click()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    until(page, "window.atlas.state().on === '2020-11-11'")
    expect(page.locator(".atlas-time .atlas-date")).to_have_value("11 Nov 2020")


def test_playing_writes_no_history_and_reports_only_when_it_ends(page, document):
    open_map(page, document, "#on=2020-11-10")
    before = page.evaluate("history.length")
    page.get_by_label("Speed").select_option(label="fast")
    page.click(".atlas-play")
    until(page, "window.atlas.state().on >= '2020-11-15'")
    assert page.evaluate("history.length") == before
    assert "2020-11-15" not in page.url
    page.click(".atlas-play")
    now = page.evaluate("window.atlas.state().on")
    until(page, f"location.hash.includes('on={now}')")
    assert page.evaluate("history.length") == before + 1


@pytest.fixture
def half_served(tmp_path, record_files):
    """The page's own files from a plain server that has no words; gives the address."""
    for name, content in record_files.items():
        if not name.startswith("words-"):
            (tmp_path / name).write_bytes(content)
    (tmp_path / "index.html").write_text(PAGE, encoding="utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=str(tmp_path)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/index.html"
    server.shutdown()


PAGE = """<!DOCTYPE html><title>Map</title><link rel="stylesheet" href="leaflet.css"><link rel="stylesheet" href="atlas.css">
<div class="atlas-mount" style="height: 800px"></div><script type="module">
import mount from "./page.js";
const data = {state: {on: "2020-11-20"}, rev: 1, attend: 0, page: {}, panel: "start", steps: null};
window.reports = [];
mount({parentElement: document.body, data, setStateValue: (name, value) => window.reports.push(value)});
window.send = (state, rev) => mount({parentElement: document.body, data: {...data, state, rev},
  setStateValue: (name, value) => window.reports.push(value)});
</script>"""


@pytest.fixture(scope="session")
def record_files():
    """The files that the page fetches, under their plain names, and under those by which other files call them."""
    from layers.atlas import atlas_data
    from layers.map.files import built, fonts, hashed, parts

    files = parts(atlas_data().record, atlas_data().ground)
    files |= {name: built(name).encode() for name in ("page.css", "panel.css")}
    files |= {hashed(name, files[name]): files[name] for name in ("details.json", *fonts())}
    addresses = {name: name for name in files}
    script = f"const FILES = {json.dumps(addresses)}, SITE = null;\n{built('page.js')}"
    return {**files, "page.js": script.encode()}


def test_a_words_file_that_does_not_come_is_told(page, half_served):
    page.goto(half_served)
    until(page, "Boolean(window.atlas)")
    page.evaluate("window.atlas.ready")
    page.evaluate("window.atlas.show({lang: 'hy'})")
    until(page, """document.querySelector(".atlas-notice").textContent.includes("can't be loaded")""")
    expect(page.locator(".atlas-day"), "the map stays in English").to_have_text("20 November 2020")


@pytest.mark.chromium_only(reason="Firefox counts the refused module as an error of the page")
def test_parts_that_do_not_come_are_told_and_tried_again(page, half_served, tmp_path):
    shutil.move(tmp_path / "late.js", tmp_path / "late-away.js")
    page.goto(half_served)
    until(page, """document.querySelector(".atlas-notice")?.textContent.includes("can't be loaded")""")
    assert page.locator("path[data-controller]").count() > 25, "the map itself is there"
    with pytest.raises(Error, match=r"wait for atlas\.ready"):
        page.evaluate("window.atlas.at(39.991, 46.9274)")
    shutil.move(tmp_path / "late-away.js", tmp_path / "late.js")
    page.get_by_role("tab", name="Table").click()
    page.wait_for_selector(".atlas-table table")
    page.evaluate("window.atlas.ready")
    assert page.evaluate("window.atlas.at(39.991, 46.9274).controller") == "azerbaijan"
    until(page, "window.reports.at(-1)?.page.tab === 'table'")
    still(page)
    expect(page.locator(".atlas-table table").first, "what came late closes nothing opened since").to_be_visible()


def test_an_older_word_of_the_server_does_not_move_the_map(page, half_served):
    page.goto(half_served)
    until(page, "Boolean(window.atlas)")
    page.evaluate("window.atlas.ready")
    page.evaluate("window.atlas.show({on: '2021-02-01'})")
    page.evaluate("window.send({on: '2020-11-20'}, 1)")
    assert page.evaluate("window.atlas.state().on") == "2021-02-01"
    until(page, "window.reports.length === 1")
    page.evaluate("window.atlas.show({on: '2021-03-01'})")
    until(page, "window.reports.length === 2")
    assert [report["serial"] for report in page.evaluate("window.reports")] == [1, 2]


SMALL = [(320, 640), (320, 256), (844, 390), (390, 844)]


@pytest.mark.parametrize(("width", "height"), SMALL)
def test_small_screens_show_the_map_and_scroll_one_way_only(new_page, document, width, height):
    page = new_page(viewport={"width": width, "height": height})
    open_map(page, document)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    box = page.locator(".atlas-map").bounding_box()
    assert box["height"] >= 0.45 * min(height, 480)
    assert box["width"] >= 0.6 * width
    expect(page.locator(".atlas-sovereignty")).to_be_visible()
    cut = page.evaluate(
        """[...document.querySelectorAll(".atlas-time :is(button, input, select)")].filter(one => {
        const box = one.getBoundingClientRect(); return box.width && (box.left < 0 || box.right > innerWidth + 1); }).length"""
    )
    assert cut == 0


@pytest.mark.chromium_only(reason="WebDriver BiDi can't ask Firefox ESR for forced colours")
def test_colours_that_mean_something_survive_forced_colours(new_page, document):
    page = new_page(forced_colors="active")
    open_map(page, document, "#on=2020-11-27")
    seen = page.evaluate(
        """(() => { const colour = (one, name) => getComputedStyle(one)[name];
        const [chosen, other] = ["true", "false"].map(on => document.querySelector(`.atlas-tabs [aria-selected="${on}"]`));
        return {
          ticks: new Set([...document.querySelectorAll(".atlas-ticks i")].map(one => colour(one, "backgroundColor"))).size,
          fills: new Set([...document.querySelectorAll(".atlas-swatch rect")].map(one => colour(one, "fill"))).size,
          hatched: [...document.querySelectorAll(".atlas-swatch rect")].some(one => colour(one, "fill").startsWith("url")),
          tab: colour(chosen, "borderBottomColor") !== colour(other, "borderBottomColor"),
          dots: colour(document.querySelector(".atlas-dot"), "backgroundColor"),
        }; })()"""
    )
    assert seen["ticks"] > 4
    assert seen["fills"] > 4
    assert seen["hatched"]
    assert seen["tab"]
    assert seen["dots"] == "rgb(43, 41, 36)"


def test_no_character_that_a_font_may_lack_stands_for_an_icon(page, document):
    open_map(page, document)
    texts = page.evaluate(
        """[...document.querySelectorAll(".atlas button")].filter(one => one.offsetParent).map(one =>
        [one.textContent.trim(), Boolean(one.querySelector("svg.atlas-icon")), one.getAttribute("aria-label")])"""
    )
    for text, has_icon, label in texts:
        assert text or (has_icon and label), (text, label)
        assert not any(ord(sign) >= 0x2190 and ord(sign) < 0x2C00 for sign in text), text


def test_what_touches_what_is_there_as_text(page, document):
    open_map(page, document, "#on=2020-12-02&layers=control,agdam,kalbajar,lachin")
    page.get_by_role("tab", name="Table").click()
    page.get_by_text("Which zones touch").click()
    expect(page.locator(".atlas-distances tbody tr")).to_have_count(3)
    rows = page.locator(".atlas-distances tbody tr").all_inner_texts()
    told = {tuple(row.split("\t")[:2]): row.split("\t")[2] for row in rows}
    assert len(told) == 3
    words = {frozenset(name.split(" ")[0] for name in pair): text for pair, text in told.items()}
    assert words[frozenset({"Kalbajar", "Lachin"})] == "they touch"
    assert words[frozenset({"Agdam", "Lachin"})].endswith("km apart")
    page.focus('path[data-zone="kalbajar"][data-controller]')
    page.keyboard.press("Enter")
    expect(page.locator(".atlas-card dt", has_text="touches").locator("+ dd")).to_contain_text("Lachin")


def test_a_map_that_was_taken_down_is_not_drawn_again(page, document):
    """The fixture of the page sees what it throws."""
    open_map(page, document, "#on=2020-12-02&from=2020-11-10")
    page.get_by_role("tab", name="Two days").click()
    for way in ("Side by side", "Swipe"):
        page.get_by_role("button", name=way).click()
        page.wait_for_selector(f".atlas-second.is-{'beside' if way == 'Side by side' else 'swipe'}")
    page.evaluate("document.fonts.dispatchEvent(new Event('loadingdone'))")
    still(page)
