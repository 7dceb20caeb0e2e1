"""A list of the reader's own stays in the reader's browser."""

import pytest

from tests.browser.test_map_points import drop
from tests.browser.test_page_points import confirm
from tests.browsing import answered, rest

pytestmark = pytest.mark.browser

TOLD = """
window.said = [];
const {send} = WebSocket.prototype;
WebSocket.prototype.send = function (data) {
  window.said.push(typeof data === "string" ? data : new TextDecoder().decode(data));
  return send.call(this, data);
};
"""
"""Keeps what the page says to the server; Playwright tells it of Chromium only."""


def test_a_list_that_the_browser_places_never_leaves_it(page, app_url):
    """From a choice and from a drop on the map, which opens the panel; and nothing of it is in what the page says to the server."""
    asked = []
    page.on("request", lambda request: asked.append((request.method, request.url)))
    page.add_init_script(TOLD)
    page.goto(f"{app_url}?panel=start")
    page.wait_for_selector("path[data-controller]", state="attached")
    rest(page)
    # The drop opens the panel by a run of the page, which would take the button away from a press before its end.
    answered(page, lambda: drop(page, "mine.csv", b"lat,lon,date,note\n39.991,46.9274,2020-11-20,SECRET\n"))
    confirm(page)
    page.get_by_text("1 rows: 1 placed").wait_for()
    page.wait_for_selector(".atlas-own-points", state="attached")
    assert {method for method, _ in asked} == {"GET"}
    assert not [url for _, url in asked if "upload" in url or "mine" in url]
    said = page.evaluate("window.said")
    assert any("points" in frame for frame in said), "the panel was asked for"
    assert not [frame for frame in said if "SECRET" in frame or "mine.csv" in frame]
