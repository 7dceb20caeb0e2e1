"""The map in Debian's Firefox ESR: drawn, stepped, toggled, asked; from the file and in the page."""

import subprocess
from pathlib import Path

import pytest

from tests.browser.marionette import firefox as started

pytestmark = pytest.mark.browser
RIGHT, ENTER = "\ue014", "\ue007"
READY = "Boolean(window.atlas && window.atlas.ready)"
VISIBLE = """[...document.querySelectorAll("path[data-zone]")].filter(path => {
  const box = path.getBoundingClientRect();
  return box.width > 1 && box.height > 1 && getComputedStyle(path).display !== "none";
})"""
HOLDER = """document.querySelector('path[data-controller][data-zone="agdam"]').dataset.controller"""


@pytest.fixture(scope="module")
def browser():
    found = subprocess.run(
        ["sh", str(Path(__file__).with_name("firefox.sh"))], capture_output=True, text=True, check=False
    )
    if found.returncode:
        pytest.fail(found.stderr.strip(), pytrace=False)
    with started(found.stdout.strip().splitlines()[-1]) as window:
        yield window


@pytest.fixture
def window(browser, document):
    browser.open("about:blank")
    browser.open(f"{document}#on=2020-11-19")
    browser.until(READY)
    browser.evaluate("window.atlas.ready")
    return browser


def test_areas_and_lines_are_seen(window):
    assert window.evaluate(f"{VISIBLE}.filter(path => path.dataset.controller).length") > 25
    seen = set(window.evaluate(f"{VISIBLE}.filter(path => !path.dataset.controller).map(path => path.dataset.zone)"))
    assert seen == {"agdam", "kalbajar", "lachin", "lachin-corridor", "nakhchivan-link"}
    assert window.evaluate("document.querySelector('.atlas-failure')") is None


def test_an_arrow_on_the_time_bar_moves_the_date(window):
    assert window.evaluate(HOLDER) == "armenian-forces"
    window.press(".atlas-range", RIGHT)
    window.until("window.atlas.state().on === '2020-11-20'")
    assert window.evaluate(HOLDER) == "azerbaijan"
    assert window.evaluate("document.querySelector('.atlas-day').textContent") == "20 November 2020"
    window.until("location.hash.includes('on=2020-11-20')")


def test_a_layer_is_switched_off(window):
    window.click('[data-layer-toggle="agdam"]')
    assert "agdam" not in window.evaluate(
        f"{VISIBLE}.filter(path => !path.dataset.controller).map(path => path.dataset.zone)"
    )


def test_a_clause_and_an_area_open_their_cards(window):
    window.click('[data-clause="6"]')
    assert "Kalbajar" in window.evaluate("document.querySelector('.atlas-card').textContent")
    window.evaluate("""document.querySelector('path[data-zone="kalbajar"][data-controller]').focus()""")
    window.press('path[data-zone="kalbajar"][data-controller]', ENTER)
    assert "Armenian forces" in window.evaluate("document.querySelector('.atlas-card').textContent")


def test_a_day_is_asked_for_and_two_are_compared(window):
    window.evaluate("window.atlas.show({on: '2020-12-02', from: '2020-11-10'})")
    window.click(".atlas-tabs button:nth-child(3)")
    assert window.evaluate("document.querySelectorAll('.atlas-compare tbody tr').length") >= 3
    window.evaluate("window.atlas.show({on: 'never'})")
    assert "never" in window.evaluate("document.querySelector('.atlas-notice').textContent")


def test_the_page_shows_the_map_too(browser, app_url):
    browser.open(f"{app_url}?on=2020-11-25")
    browser.until(READY, 60)
    browser.evaluate("window.atlas.ready")
    assert browser.evaluate(f"{VISIBLE}.filter(path => path.dataset.controller).length") > 25
    assert browser.evaluate("window.atlas.state().on") == "2020-11-25"
    browser.evaluate("window.atlas.show({on: '2023-10-05'})")
    assert browser.evaluate(HOLDER) == "azerbaijan"
