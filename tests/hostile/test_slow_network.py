"""A slow connection: 400 kbit/s and 400 ms, by Chromium's own throttle, an empty cache.  With `-s` the times are printed."""

import json
import time

import pytest

from geodata.ground import load_ground
from geodata.loading import load_record
from layers.site.build import _parts
from tests.browser.opened import still
from tests.deploy.serving import Serving
from tests.hostile.bare import open_folder

pytestmark = pytest.mark.browser
LINE = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
"""400 kbit/s are 50,000 bytes a second; the latency in milliseconds is that of each answer."""
PATIENCE = 120_000
"""Milliseconds: none of these tests is about how fast."""
STATE = "on=2020-11-25&clause=6"
ORDER = """(word) => {
  window.firsts = [];
  new MutationObserver(() => {
    const here = {word: document.body?.textContent.includes(word), map: document.querySelector("path[data-controller]")};
    for (const name of ["word", "map"]) if (here[name] && !window.firsts.includes(name)) window.firsts.push(name);
  }).observe(document, {childList: true, subtree: true});
}"""
"""Notes what came first, in the page itself: a busy machine asks too late."""


@pytest.fixture(scope="module")
def front():
    """nginx and one process, and the static site without its downloads."""
    with open_folder() as site, open_folder() as run:
        for name, make in _parts(load_record(), load_ground(), None, None):
            if not name.startswith("downloads/"):
                (site / name).parent.mkdir(parents=True, exist_ok=True)
                (site / name).write_bytes(make())
        with Serving(run, site=site, processes=1) as running:
            yield running.url


def throttle(page, **conditions):
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", {**LINE, **conditions})


@pytest.mark.parametrize(
    ("path", "word"),
    [
        (f"/?{STATE}&panel=deadlines", "The page is loading."),
        (f"/map/map.html#{STATE}", "The map is loading"),
    ],
    ids=["page", "static map"],
)
def test_it_says_that_it_loads_and_comes_up(new_page, front, path, word):
    """First a word, then the map; from then on a step in time needs no line at all."""
    page = new_page()
    throttle(page)
    page.add_init_script(f"({ORDER})({json.dumps(word)})")
    begin = time.monotonic()
    page.goto(front + path, wait_until="commit")
    page.get_by_text(word).wait_for(timeout=PATIENCE)
    said = time.monotonic() - begin
    page.wait_for_selector("path[data-controller]", state="attached", timeout=PATIENCE)
    assert page.evaluate("window.firsts") == ["word", "map"]
    print(f"{path}: a message after {said:.1f} s, the map after {time.monotonic() - begin:.1f} s")
    if "panel" in path:
        page.wait_for_selector("text=Obligations and their dates", timeout=PATIENCE)
    page.wait_for_load_state("networkidle", timeout=PATIENCE)
    page.get_by_text(word).wait_for(state="detached", timeout=PATIENCE)
    assert page.evaluate("window.atlas.state().clause") == 6
    page.evaluate("window.atlas.ready")
    still(page)
    throttle(page, offline=True)
    asked = []
    page.on("request", lambda one: asked.append(one.url))
    for day in ("2020-12-01", "2022-09-01", "2023-10-01"):
        page.evaluate("(day) => window.atlas.show({on: day})", day)
        assert page.evaluate("window.atlas.state().on") == day
        assert page.locator("path[data-controller]").count() > 20
    assert asked == []


def test_every_page_of_the_static_site_comes_up(new_page, front):
    """Its text stands before anything else of it has come."""
    page = new_page()
    throttle(page)
    page.goto(f"{front}/map/", wait_until="commit", timeout=PATIENCE)
    page.locator("h1").first.wait_for(timeout=PATIENCE)
    links = page.locator("nav a").evaluate_all("(links) => links.map((one) => one.href.split('#')[0])")
    ours = sorted({link for link in links if link.startswith(f"{front}/map/")})
    assert len(ours) >= 4
    for link in ours:
        page.goto(link, wait_until="commit", timeout=PATIENCE)
        page.locator("h1").first.wait_for(timeout=PATIENCE)


def test_one_process_alone_compresses_all_that_is_text(page, app_url):
    """What nginx would do: without it the same line would carry three times as much."""
    plain = []

    def look(answer):
        if answer.url.split("?")[0].endswith((".js", ".css", ".json")) and "content-encoding" not in answer.headers:
            plain.append(answer)

    page.on("response", look)
    page.goto(app_url)
    page.wait_for_selector("path[data-controller]", state="attached")
    assert [answer.url for answer in plain if len(answer.body()) > 1000] == []
