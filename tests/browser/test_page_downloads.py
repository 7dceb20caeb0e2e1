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
