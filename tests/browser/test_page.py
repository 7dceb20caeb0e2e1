"""The page in Chromium: the map is seen, the address restores it, Back goes back, downloads come, headers hold."""

import gzip
import json
import re
import urllib.request

import pytest
from playwright.sync_api import expect

from geodata.addresses import url_of
from layers.atlas import atlas_data
from tests.browser.opened import until
from tests.browsing import rest

pytestmark = pytest.mark.browser
SHOWN = "path[data-controller]"


def open_page(page, url, query="?panel=start"):
    page.goto(url + query)
    page.wait_for_selector(SHOWN, state="attached")
    rest(page)
    return page


def state(page):
    return page.evaluate("window.atlas.state()")


def show(page, **values):
    page.evaluate("(state) => window.atlas.show(state)", values)
    rest(page)


def test_the_map_is_seen(page, app_url):
    open_page(page, app_url)
    boxes = page.locator(SHOWN).evaluate_all(
        "paths => paths.map(path => path.getBoundingClientRect()).filter(box => box.width > 3 && box.height > 3).length"
    )
    assert boxes > 20
    for zone in ("agdam", "kalbajar", "lachin", "lachin-corridor", "nakhchivan-link"):
        area = page.locator(f'path[data-zone="{zone}"]').first
        area.wait_for(state="visible")
        assert area.bounding_box()["width"] > 3, zone


@pytest.mark.chromium_only(reason="Playwright prints pages in Chromium only")
def test_a_print_of_the_page_holds_map_date_and_legend_on_one_sheet(page, app_url):
    open_page(page, app_url, "?on=2020-12-05")
    # The style of paper comes after the first paint.
    until(page, "getComputedStyle(document.querySelector('.atlas-colophon') ?? document.body).display === 'none'")
    assert page.pdf(format="A4", print_background=True).count(b"/Type /Page\n") == 1
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    until(page, "document.querySelector('.atlas-map').getBoundingClientRect().width > 500")
    for text in ("5 December 2020", "held by Russian peacekeepers", "Control is not sovereignty"):
        expect(page.get_by_text(text).first).to_be_visible()
    for useless in (".atlas-time", ".atlas-tools", ".atlas-searchbox"):
        expect(page.locator(useless)).not_to_be_visible()


@pytest.mark.chromium_only(reason="WebDriver BiDi can't ask Firefox ESR for the look of a print")
def test_a_print_fills_its_page_names_the_towns_and_says_where_it_is_from(page, app_url):
    open_page(page, app_url, "?panel=start&on=2020-11-10")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 794, "height": 1123})
    until(page, "document.querySelector('.atlas-map').getBoundingClientRect().width > 680")
    assert page.locator(".atlas-map").bounding_box()["height"] > 500
    for town in ("khankendi", "shusha", "kalbajar", "lachin", "agdam"):
        page.locator(f'[data-place="{town}"]').wait_for(state="visible")
    colophon = page.locator(".atlas-colophon")
    expect(colophon).to_be_visible()
    expect(colophon).to_contain_text("on=2020-11-10")
    expect(colophon).to_contain_text("Data version")


A4_PX = 1047
"""Height of what an upright page holds, without the margins of paper.css."""


@pytest.mark.chromium_only(reason="WebDriver BiDi can't ask Firefox ESR for the look of a print")
def test_on_paper_the_chart_of_the_dates_ends_on_the_page_of_its_head(page, app_url):
    open_page(page, app_url, "?panel=deadlines&on=2026-01-01&lang=hy")
    chart = page.locator(".stVegaLiteChart")
    chart.locator("canvas, svg").first.wait_for()
    rest(page)
    page.emulate_media(media="print")
    head = page.locator(".st-key-atlas-dock").bounding_box()
    ground = chart.bounding_box()
    assert ground["y"] + ground["height"] - head["y"] <= A4_PX


def test_the_control_and_the_sovereignty_sentence_stand_beside_the_map(page, app_url):
    open_page(page, app_url)
    expect(page.get_by_text("Control is not sovereignty").first).to_be_visible()


def test_a_link_restores_the_view(page, app_url):
    query = "?on=2020-11-26&layers=control,kalbajar&clause=6&view=40.1,46.2,9&panel=deadlines&known=2020-11-14"
    open_page(page, app_url, query)
    now = state(page)
    assert now["on"] == "2020-11-26"
    assert now["layers"] == ["kalbajar", "control"] or set(now["layers"]) == {"control", "kalbajar"}
    assert now["clause"] == 6
    assert now["known"] == "2020-11-14"
    assert now["view"] == [40.1, 46.2, 9]
    expect(page.get_by_text("Obligations and their dates")).to_be_visible()
    assert page.url.endswith(query)


def test_the_address_is_written_at_rest_and_back_goes_back(page, app_url):
    open_page(page, app_url)
    first = page.url
    show(page, on="2020-12-05")
    until(page, "location.search.includes('on=2020-12-05')")
    show(page, on="2021-02-05", clause=6)
    page.get_by_role("radio", name="The clauses").click()
    until(page, "location.search.includes('panel=clauses')")
    rest(page)
    page.go_back()
    until(page, "!location.search.includes('panel')")
    rest(page)
    page.go_back()
    until(page, "window.atlas.state().on === '2020-12-05'")
    rest(page)
    assert state(page)["clause"] is None
    page.go_back()
    until(page, "window.atlas.state().on === '2020-11-10'")
    rest(page)
    assert page.url == first
    page.go_forward()
    until(page, "window.atlas.state().on === '2020-12-05'")


def test_opening_the_page_writes_no_history(page, app_url):
    page.goto(f"{app_url}_stcore/health")
    before = page.evaluate("history.length")
    open_page(page, app_url, "?panel=clauses")
    page.set_viewport_size({"width": 900, "height": 700})
    rest(page)
    assert page.url == f"{app_url}?panel=clauses"
    assert page.evaluate("history.length") == before + 1


def test_a_drag_of_the_time_bar_is_one_entry(page, app_url):
    open_page(page, app_url)
    before = page.evaluate("history.length")
    page.locator('.atlas input[type="range"]').first.focus()
    for _ in range(12):
        page.keyboard.press("ArrowRight")
    rest(page)
    assert page.evaluate("history.length") == before + 1


def test_a_bad_address_gets_a_notice_that_names_it(page, app_url):
    open_page(page, app_url, "?on=2020-13-01&layers=agdam,atlantis&clause=12")
    for word in ("2020-13-01", "atlantis", "12"):
        page.locator('[data-testid="stAlert"]', has_text=word).first.wait_for()
    assert state(page)["on"] == "2020-11-10"
    assert state(page)["layers"] == ["agdam"]


def test_the_map_stays_while_panels_change(page, app_url):
    open_page(page, app_url)
    page.evaluate("document.querySelector('.atlas').dataset.mark = 'same'")
    for name in ("The story", "The dates", "The clauses", "Map"):
        page.get_by_role("radio", name=name).click()
        rest(page)
        expect(page.locator('.atlas[data-mark="same"]'), name).to_have_count(1)
        expect(page.locator(SHOWN).first, name).to_be_visible()


def test_a_panel_moves_the_map(page, app_url):
    open_page(page, app_url, "?panel=clauses&view=40.9,45.1,9")
    page.get_by_role("radio", name="6", exact=True).click()
    until(page, "window.atlas.state().clause === 6 && location.search.includes('clause=6')")
    rest(page)
    assert state(page)["view"] != [40.9, 45.1, 9]


def test_a_press_on_an_area_beside_a_panel_opens_its_card(page, app_url):
    open_page(page, app_url, "?panel=clauses")
    side = page.locator(".atlas-side")
    expect(side).not_to_be_visible()
    page.locator('path[data-zone="agdam"]').first.focus()
    page.keyboard.press("Enter")
    expect(side).to_be_visible()
    expect(side).to_contain_text("Agdam")
    side.get_by_role("button", name="Close").click()
    expect(side).not_to_be_visible()


@pytest.mark.parametrize(
    ("name", "start"), [("PNG", b"\x89PNG"), ("PDF", b"%PDF"), ("GeoJSON", b"{"), ("HTML", b"<!DOCTYPE html>")]
)
def test_downloads_come(page, app_url, name, start):
    open_page(page, app_url, "?panel=downloads&on=2020-11-25")
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name, exact=True).click()
    path = waiting.value.path()
    assert path.read_bytes().startswith(start)


def test_headers(app_url):
    with urllib.request.urlopen(app_url) as answer:
        headers = answer.headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert "'unsafe-eval'" not in policy["script-src"]
    assert "'unsafe-inline'" not in policy["script-src"]
    assert policy["script-src"].startswith("'self' blob: 'sha256-")
    assert policy["default-src"] == "'self'"
    assert policy["frame-ancestors"] == "'self'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "geolocation=()" in headers["Permissions-Policy"]


def test_nothing_is_refused_by_our_own_policy(page, app_url):
    refused = []
    page.on("console", lambda line: refused.append(line.text) if "Content Security Policy" in line.text else None)
    open_page(page, app_url, "?panel=deadlines")
    page.wait_for_selector('[data-testid="stVegaLiteChart"] canvas, [data-testid="stVegaLiteChart"] svg')
    assert refused == []


def test_the_files_of_the_map_are_kept_and_come_gzipped(page, app_url):
    files = []
    page.on("response", lambda answer: files.append(answer) if "/app/static/" in answer.url else None)
    open_page(page, app_url)
    assert len(files) >= 6
    for answer in files:
        assert "immutable" in answer.headers["cache-control"], answer.url
    address = next(answer.url for answer in files if answer.url.endswith(".json"))
    request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request) as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
        json.loads(gzip.decompress(answer.read()))


def test_ready_says_which_data(app_url):
    with urllib.request.urlopen(f"{app_url}readyz") as answer:
        said = json.load(answer)
    assert said["ready"] is True
    assert re.fullmatch(r"\d+\.\d+\.\d+\+[0-9a-f]{12}", said["data"])


def test_no_cookie_beyond_what_serving_needs(page, app_url):
    open_page(page, app_url)
    assert {cookie["name"] for cookie in page.context.cookies()} <= {"_streamlit_xsrf", "_streamlit_session"}


@pytest.mark.parametrize("width", [390, 1400])
def test_a_source_has_its_whole_title_as_a_link(new_page, app_url, width):
    page = open_page(new_page(viewport={"width": width, "height": 844}), app_url, "?panel=sources")
    first = atlas_data().record.sources[0]
    shown = page.locator(".st-key-atlas-sources").get_by_role("link", name=first.title)
    expect(shown).to_have_attribute("href", url_of(first.address))
    table = page.locator(".st-key-atlas-sources table")
    assert table.evaluate(
        "table => [...table.querySelectorAll('td, a')].every(one => one.scrollWidth <= one.clientWidth + 1)"
    )
    panel, box = (page.locator(name).bounding_box() for name in (".st-key-atlas-dock", ".st-key-atlas-sources table"))
    assert box["x"] + box["width"] <= panel["x"] + panel["width"] + 1
