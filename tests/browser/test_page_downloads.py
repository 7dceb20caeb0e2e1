"""Downloads in Chromium: every kind comes, a sheet carries its address, and a failure is told and leaves the map alone."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browsing import answered, rest, served
from tests.layers.sheets import pdf_text

pytestmark = pytest.mark.browser


def open_panel(page, url, query="on=2020-11-25"):
    page.goto(f"{url}?panel=downloads&{query}")
    page.wait_for_selector("path[data-controller]", state="attached")
    page.get_by_role("button", name="HTML", exact=True).wait_for()
    rest(page)


def take(page, name, number=0):
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name, exact=True).nth(number).click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def test_a_sheet_names_the_address_that_restores_it(page, app_url):
    open_panel(page, app_url)
    name, content = take(page, "PDF")
    assert name == "ceasefire-atlas-2020-11-25.pdf"
    assert app_url.removeprefix("http://").rstrip("/") in pdf_text(content)


def test_two_days_become_one_sheet(page, app_url):
    open_panel(page, app_url, "from=2020-11-10&on=2020-12-01")
    answered(page, page.get_by_role("radio", name="one map of what changed").click)
    name, content = take(page, "PDF")
    assert name == "ceasefire-atlas-2020-11-10-2020-12-01.pdf"
    assert "changed hands" in pdf_text(content)


def test_another_kind_of_page_comes_as_pdf_alone(page, app_url):
    open_panel(page, app_url)
    page.get_by_role("combobox", name="Kind of page").click()
    answered(page, page.get_by_role("option", name="A briefing of two pages").click)
    page.get_by_role("button", name="PNG", exact=True).wait_for(state="detached")
    name, content = take(page, "PDF")
    assert name == "ceasefire-atlas-briefing-en.pdf"
    assert "What is disputed" in pdf_text(content)


def test_tables_and_the_package_come(page, app_url):
    open_panel(page, app_url)
    name, content = take(page, "JSON")
    assert name == "ceasefire-atlas-obligations-2020-11-25.json"
    assert len(json.loads(content)) == 15
    page.get_by_role("radio", name="Events").click()
    rest(page)
    name, content = take(page, "CSV", number=1)
    assert name == "ceasefire-atlas-events.csv.zip"
    files = zipfile.ZipFile(io.BytesIO(content))
    assert files.namelist() == ["ceasefire-atlas-events.csv", "ceasefire-atlas-events.csv-metadata.json"]
    assert files.read("ceasefire-atlas-events.csv").count(b"\n") > 50
    _, content = take(page, "ZIP")
    assert "datapackage.json" in zipfile.ZipFile(io.BytesIO(content)).namelist()


def test_a_download_that_fails_says_why_and_leaves_the_map_alone(page):
    with served("tests.browser.full_disk:app") as url:
        open_panel(page, url)
        before = page.evaluate("JSON.stringify(window.atlas.state())")
        page.evaluate("document.querySelector('.atlas').dataset.mark = 'same'")
        page.get_by_role("button", name="GeoPackage", exact=True).click()
        notice = page.get_by_text("No space left on device")
        expect(notice).to_contain_text("GeoPackage")  # the panel looks every two seconds, once the file was tried
        assert page.evaluate("JSON.stringify(window.atlas.state())") == before
        assert page.locator('.atlas[data-mark="same"] path[data-controller]').count() > 20
        name, _ = take(page, "GeoJSON")
        assert name == "ceasefire-atlas-2020-11-25.geojson"


def pick(page, box, option):
    """Add one to a choice of several."""
    page.get_by_role("combobox", name=box).click()
    answered(page, page.get_by_role("option", name=option, exact=True).click)
    page.keyboard.press("Escape")


def test_several_sheets_come_in_one_archive_and_say_how_far_they_are(page, app_url):
    open_panel(page, app_url, "from=2020-11-10&on=2020-12-01")
    answered(page, page.get_by_text("Several sheets in one archive").click)
    pick(page, "Kinds of page", "Two dates")
    pick(page, "Languages", "Հայերեն")
    name, content = take(page, "ZIP with 6 sheets")
    assert name == "ceasefire-atlas-sheets.zip"
    expect(page.get_by_text("6 of 6 sheets made")).to_be_visible()
    files = zipfile.ZipFile(io.BytesIO(content))
    assert files.testzip() is None
    shown = ["one-2020-11-10", "one-2020-12-01", "two-2020-11-10-2020-12-01"]
    assert files.namelist() == [f"{stem}-{lang}.pdf" for stem in shown for lang in ("en", "hy")]
    assert "Clauses and deadlines" in pdf_text(files.read("one-2020-12-01-en.pdf"))
    assert "Կետեր" in pdf_text(files.read("two-2020-11-10-2020-12-01-hy.pdf"))


def test_more_sheets_than_are_made_at_once_are_refused_with_a_number(page, app_url):
    open_panel(page, app_url, "from=2020-11-10&on=2020-12-01")
    answered(page, page.get_by_text("Several sheets in one archive").click)
    for lang in ("Azərbaycanca", "Հայերեն", "Русский"):
        pick(page, "Languages", lang)
    pick(page, "Kinds of page", "A briefing of two pages")
    expect(page.get_by_role("button", name="ZIP with 16 sheets")).to_be_visible()
    pick(page, "Kinds of page", "The line over time")
    expect(page.get_by_text("These are 20 sheets; at most 16")).to_be_visible()
    expect(page.get_by_role("button", name="ZIP with")).to_have_count(0)
