"""The panel of the reader's own points: placed in the browser, and by the server where the reader asks for that."""

import io
import json
import urllib.error
import urllib.request

import pyarrow as pa
import pytest
from playwright.sync_api import expect
from pyarrow import parquet

from tests.browser.opened import until
from tests.browser.test_map_points import by_command, cells, drop
from tests.browsing import ROOT, made_and_saved, rest
from tests.event_lists import PRECISION, SURE, event_lists

pytestmark = pytest.mark.browser
EXAMPLE = ROOT / "examples" / "made-up-incidents.csv"
INK = """() => {
  const canvas = document.querySelector('.atlas-own-points');
  const box = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
  let dark = 0;
  for (let i = 3; i < box.length; i += 4) if (box[i] > 100 && box[i - 3] < 60) dark += 1;
  return dark;
}"""


HERE, SERVER = ".atlas-own-file input", "[data-testid=stFileUploader] input"
"""Where a file is chosen: for the browser, and for the server."""


def open_panel(page, app_url):
    page.goto(f"{app_url}?panel=points")
    page.wait_for_selector("path[data-controller]", state="attached")
    page.wait_for_selector(HERE)


def open_server(page):
    page.get_by_text("the server places it").click()
    page.locator(SERVER).wait_for(state="attached")


def upload(page, app_url, name, content, where=HERE):
    open_panel(page, app_url)
    if where == SERVER:
        open_server(page)
    choose(page, name, content, where)


def choose(page, name, content, where):
    raw = content if isinstance(content, bytes) else content.encode()
    page.set_input_files(where, {"name": name, "mimeType": "text/plain", "buffer": raw})


def confirm(page):
    """The page shows what it took the list for, and waits for a press; one that no other run of the script overtakes."""
    page.get_by_role("button", name="Place the points").wait_for()
    rest(page)
    page.get_by_role("button", name="Place the points").click()


def uploaded(page, app_url, name, content, where=HERE):
    upload(page, app_url, name, content, where)
    confirm(page)
    page.wait_for_selector(".atlas-own-points", state="attached")
    page.wait_for_function("document.querySelector('.atlas-own-points').width > 10")
    rest(page)
    page.get_by_role("button", name="At their dates").click()


def shown(page, words):
    expect(page.locator(".atlas-own")).to_contain_text(words)


def ink(page, condition):
    """Wait until so many dark pixels are drawn, in words of JavaScript such as ``> 300``."""
    until(page, f"({INK})() {condition}")


def test_the_points_appear_at_their_dates(page, app_url):
    uploaded(page, app_url, EXAMPLE.name, EXAMPLE.read_bytes())
    rest(page)
    page.evaluate("window.atlas.show({on: '2020-08-01'})")
    ink(page, "=== 0")
    shown(page, "No point is of the day shown")
    page.evaluate("window.atlas.show({on: '2024-12-31'})")
    ink(page, "> 300")
    shown(page, "397 in all")
    page.focus(".atlas-range")
    page.keyboard.press("Home")
    ink(page, "=== 0")


def test_points_lie_where_they_belong(page, app_url):
    uploaded(page, app_url, "one.csv", "lat,lon,date\n39.991,46.9274,2020-11-20\n")
    page.evaluate("window.atlas.show({on: '2020-11-20', view: [39.991, 46.9274, 11]})")
    ink(page, "> 0")
    there = page.evaluate("""() => {
      const camera = window.atlas.camera();
      const [[x, y], {left, top}] = [camera.pixel([39.991, 46.9274]), camera.frame()];
      const at = {x: x - left, y: y - top};
      const canvas = document.querySelector('.atlas-own-points');
      const ratio = canvas.width / canvas.clientWidth;
      const dot = canvas.getContext('2d').getImageData(at.x * ratio, at.y * ratio, 1, 1).data;
      const box = canvas.getBoundingClientRect();
      const map = camera.box.getBoundingClientRect();
      return {dot: [...dot], shift: [box.x - map.x, box.y - map.y]};
    }""")
    assert there["dot"][3] == 255
    assert there["dot"][:3] == [0x7B, 0x6A, 0x35], "the colour of Azerbaijan, who held Agdam on that day"
    assert there["shift"] == [0, 0]


def test_counts_and_download(page, app_url):
    uploaded(page, app_url, EXAMPLE.name, EXAMPLE.read_bytes())
    expect(page.get_by_text("400 rows:")).to_be_visible()
    expect(page.get_by_text("1 × its latitude … is not a number of degrees")).to_be_visible()
    table = made_and_saved(page, page.get_by_role("link", name="Download the table").click)
    assert cells(table) == cells(by_command(EXAMPLE))


@pytest.mark.parametrize("name", SURE)
def test_the_columns_of_the_great_data_sets_are_known_and_their_codes_are_taken(page, app_url, tmp_path, name):
    content = event_lists()[name]
    upload(page, app_url, name, content)
    page.get_by_text(f"Precision: {PRECISION[name]}.").wait_for()
    confirm(page)
    unsure = SURE[name].count("false")
    page.get_by_text(
        f"Of {len(SURE[name])} places, {unsure} lie on ground whose holder that day is uncertain."
    ).wait_for()
    (tmp_path / name).write_bytes(content)
    ours = cells(made_and_saved(page, page.get_by_role("link", name="Download the table").click))
    assert ours == cells(by_command(tmp_path / name))
    assert [row[ours[0].index("certain")] for row in ours[1:]] == SURE[name]


def test_the_list_is_still_there_when_the_panel_is_opened_again(page, app_url):
    """Its points go with the panel and come back with it, and no other panel holds them up."""
    uploaded(page, app_url, "one.csv", "lat,lon,date\n39.991,46.9274,2020-11-20\n")
    page.get_by_role("button", name="Close").click()
    page.wait_for_selector(".atlas-own-points", state="detached")
    page.go_back()
    page.get_by_text("1 rows: 1 placed").wait_for()
    page.wait_for_selector(".atlas-own-points", state="attached")


def test_a_long_list_and_a_parquet_are_the_server_s(page, app_url):
    """The browser says so; there is one result at a time, and the last list that the reader brought has it."""
    content = io.BytesIO()
    parquet.write_table(pa.table({"lat": [39.991], "lon": [46.9274], "date": ["2020-11-20"]}), content)
    upload(page, app_url, "one.parquet", content.getvalue())
    page.get_by_text("This server takes such a list: see below.").wait_for()
    open_server(page)
    choose(page, "one.parquet", content.getvalue(), SERVER)
    confirm(page)
    page.get_by_text("1 rows: 1 placed").wait_for()
    page.wait_for_selector(".atlas-own-points", state="attached")
    expect(page.locator(HERE)).not_to_be_visible()
    drop(page, "two.csv", b"lat,lon,date\n39.991,46.9274,2020-11-20\n40,46,2020-11-20\n")
    confirm(page)
    page.get_by_text("2 rows: 2 placed").wait_for()
    expect(page.get_by_text("1 rows: 1 placed")).to_have_count(0)
    expect(page.locator(".atlas-own-points")).to_have_count(1)


@pytest.mark.parametrize("where", [HERE, SERVER], ids=["browser", "server"])
def test_taking_the_file_away_takes_the_points_away(page, app_url, where):
    uploaded(page, app_url, EXAMPLE.name, EXAMPLE.read_bytes(), where)
    if where == HERE:
        page.get_by_role("button", name="Take the list away").click()
    else:
        page.get_by_test_id("stFileChipDeleteBtn").get_by_role("button").click()
    page.wait_for_selector(".atlas-own-points", state="detached")
    expect(page.get_by_role("link", name="made-up incidents")).to_be_visible()


def test_fifty_thousand_points_are_drawn_of_every_day(page, app_url):
    rows = "".join(
        f"{38.9 + i % 1601 / 1000:.4f},{45.6 + i % 1903 / 1000:.4f},{2020 + i % 4}-{i % 12 + 1:02}-{i % 28 + 1:02}\n"
        for i in range(50_000)
    )
    uploaded(page, app_url, "many.csv", "lat,lon,date\n" + rows)
    page.evaluate("window.atlas.show({on: '2023-12-31'})")
    ink(page, "> 10000")
    page.evaluate("window.atlas.show({on: '2023-06-30'})")
    ink(page, "> 10000")
    shown(page, "50,000 in all")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("vrt.csv", "<OGRVRTDataSource><OGRVRTLayer/></OGRVRTDataSource>", "XML"),
        ("bomb.csv", b"\x1f\x8b\x08" + b"\0" * 100, "compressed"),
        ("empty.csv", "", "empty"),
        ("header.csv", "lat,lon,date\n", "empty"),
        ("wide.csv", ",".join(map(str, range(200))) + "\n1\n", "200 columns"),
        ("deep.geojson", '{"type":"FeatureCollection","features":[' + "[" * 50 + "]" * 50 + "]}", "deeper than 16"),
        ("swapped.csv", "lat,lon,date\n46.9,39.9,2020-11-20\n46.8,39.8,2020-11-20\n", "swapped"),
        (
            "utm.geojson",
            json.dumps({"type": "FeatureCollection", "crs": {"properties": {"name": "EPSG:99999"}}, "features": [{}]}),
            "EPSG:99999",
        ),
    ],
)
def test_bad_uploads_get_one_sentence(page, app_url, name, content, said):
    upload(page, app_url, name, content, SERVER)
    expect(page.get_by_test_id("stAlert").first).to_contain_text(said)
    assert page.evaluate("!document.querySelector('.atlas-own-points')")
    assert page.evaluate("window.atlas.state().on")


@pytest.mark.parametrize("where", [HERE, SERVER], ids=["browser", "server"])
def test_hostile_text_is_shown_as_text(page, app_url, where):
    bad = 'x<img src=x onerror=alert(1)>,"</script><script>alert(1)</script>","${alert(1)}","{{7*7}}",=cmd|x'
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    uploaded(
        page,
        app_url,
        "<b>[x](javascript:alert(1)).csv",
        f"{bad},lat,lon,date\n{bad},39.991,46.9274,2020-11-20\n{bad},{bad.split(',', maxsplit=1)[0]},46,2020-11-20\n",
        where,
    )
    assert page.evaluate("document.querySelectorAll('img[src=x]').length") == 0
    expect(page.get_by_text("2 rows:")).to_be_visible()


def test_columns_can_be_chosen(page, app_url):
    upload(page, app_url, "other.csv", "one,two,three\n39.991,46.9274,2020-11-20\n", SERVER)
    page.get_by_text("Choose the column of: Latitude, Longitude, Date.").wait_for()
    for label, name in (("Latitude", "one"), ("Longitude", "two"), ("Date", "three")):
        page.get_by_role("combobox", name=label).click()
        page.get_by_role("option", name=name, exact=True).click()
    confirm(page)
    page.get_by_text("1 rows: 1 placed").wait_for()


@pytest.mark.parametrize("where", [HERE, SERVER], ids=["browser", "server"])
def test_what_the_list_was_taken_for_is_shown_and_changed_before_it_is_placed(page, app_url, where):
    header = "Дата начала;Дата окончания;Широта;Долгота;where_prec\n"
    upload(page, app_url, "ru.csv", (header + "18.11.2020;22.11.2020;39,991;46,9274;2\n").encode("cp1251"), where)
    page.get_by_text("it is cp1251").wait_for()
    page.get_by_text("Precision: where_prec (ucdp-ged).").wait_for()
    expect(page.locator(".atlas-own-points")).to_have_count(0)
    page.get_by_text("Take the list's own precision").click()
    page.get_by_text("Precision: where_prec").wait_for(state="detached")
    confirm(page)
    page.get_by_text("Of 1 places, 1 lie on ground whose holder that day is uncertain.").wait_for()


def test_nothing_of_an_upload_can_be_fetched_without_the_session(page, app_url):
    seen = []
    page.on("response", lambda answer: seen.append(answer.url))
    uploaded(page, app_url, EXAMPLE.name, EXAMPLE.read_bytes(), SERVER)
    addresses = {one for one in seen if "upload_file" in one}
    assert addresses
    for address in addresses:
        try:
            answer = urllib.request.urlopen(address)
        except urllib.error.HTTPError as refused:
            answer = refused
        with answer:
            assert b"nothing happened here" not in answer.read()


def test_the_list_to_try_is_read_at_a_press_and_seen_at_once(page, app_url):
    """Whatever the day shown is; the buttons choose which dates, and the map goes where the points are."""
    page.goto(f"{app_url}?panel=points")
    page.get_by_role("button", name="Try a made-up list").click()
    confirm(page)
    page.wait_for_selector(".atlas-own-points", state="attached")
    page.get_by_role("button", name="All dates").wait_for()
    assert page.evaluate("window.atlas.state().on") == "2020-11-10"
    expect(page.get_by_role("button", name="All dates")).to_have_attribute("aria-pressed", "true")
    ink(page, "> 300")
    rest(page)
    every = page.evaluate(INK)
    page.get_by_role("button", name="30 days around").click()
    ink(page, f"< {every}")
    around = page.evaluate(INK)
    page.get_by_role("button", name="At their dates").click()
    ink(page, f"<= {around}")
    page.get_by_role("button", name="All dates").click()
    view = page.evaluate("window.atlas.state().view")
    page.get_by_role("button", name="Zoom to the points").click()
    page.wait_for_function("(view) => String(window.atlas.state().view) !== String(view)", arg=view)


FEW = "lat,lon,date\n39.76,46.75,2020-10-04\n40.1,46.04,2020-11-25\n39.76,46.75,2020-11-09\n39.64,46.55,2020-12-02\n"


def test_what_is_said_of_the_points_is_what_is_drawn(page, app_url):
    """Points from before are seen, beside the dot of a town as well."""
    uploaded(page, app_url, "few.csv", FEW)
    shown(
        page, "No point is of the day shown or between the days compared. On the map: 2 from before (small); 4 in all."
    )
    ink(page, "> 20")
    small = page.evaluate(INK)
    page.get_by_role("button", name="All dates").click()
    shown(page, "On the map: all 4 points")
    ink(page, f"> {small}")
    page.get_by_role("button", name="30 days around").click()
    shown(page, "On the map: 3 of 4 points")
    assert page.locator(".atlas-own").text_content().endswith("Azerbaijan."), "a caption is a whole sentence"


def test_the_points_that_are_gone_to_lie_clear_of_what_covers_the_map(page, app_url):
    uploaded(page, app_url, "few.csv", FEW)
    page.get_by_role("button", name="All dates").click()
    page.get_by_role("button", name="Zoom to the points").click()
    rest(page)
    covered = page.evaluate(
        """(places) => {
      const camera = window.atlas.camera();
      const [{left, top}, box] = [camera.frame(), camera.box.getBoundingClientRect()];
      const over = [...document.querySelectorAll(".atlas-head, .atlas-time, .atlas-legend[open]")].map((one) => one.getBoundingClientRect());
      return places.filter((place) => {
        const [x, y] = camera.pixel(place);
        const [at, down] = [x - left + box.x, y - top + box.y];
        return over.some((one) => one.left <= at && at <= one.right && one.top <= down && down <= one.bottom);
      });
    }""",
        [[39.76, 46.75], [40.1, 46.04], [39.64, 46.55]],
    )
    assert covered == []


def test_the_choice_of_dates_outlives_reruns(page, app_url):
    """Of another date, and of another language, for which the layer is made again."""
    uploaded(page, app_url, EXAMPLE.name, EXAMPLE.read_bytes())
    page.focus(".atlas-range")
    page.keyboard.press("End")
    rest(page)
    assert page.get_by_role("button", name="At their dates").get_attribute("aria-pressed") == "true"
    page.evaluate("window.atlas.show({lang: 'ru'})")
    page.get_by_role("button", name="В свои даты").wait_for()
    assert page.get_by_role("button", name="В свои даты").get_attribute("aria-pressed") == "true"


def test_a_point_tells_its_day_holder_and_certainty(page, app_url):
    uploaded(page, app_url, "one.csv", "lat,lon,date\n39.991,46.9274,2020-11-20\n")
    page.get_by_role("button", name="All dates").click()
    page.get_by_role("button", name="Zoom to the points").click()
    rest(page)
    there = page.evaluate("""() => {
      const camera = window.atlas.camera();
      const [[x, y], {left, top}, box] = [camera.pixel([39.991, 46.9274]), camera.frame(), camera.box.getBoundingClientRect()];
      return [x - left + box.x, y - top + box.y];
    }""")
    page.mouse.move(*there)
    expect(page.locator(".atlas-own-tip")).to_have_text("20 November 2020: Azerbaijan")


def test_the_legend_names_the_marks_of_the_points_that_are_drawn(page, app_url):
    rows = "lat,lon,date\n40.4,49.8,2020-10-01\n39.64,46.55,2020-10-02\n35.0,46.0,2020-10-03\n"
    uploaded(page, app_url, "points.csv", rows)
    legend = page.locator(".atlas-legend-list")
    for mark in ("Azerbaijan", "Armenian forces", "outside Armenia and Azerbaijan"):
        expect(legend).to_contain_text(f"your points: {mark}")
    page.locator(".st-key-atlas-ways").get_by_role("radio", name="Map").click()
    expect(legend).not_to_contain_text("your points")
