"""Playing and stepping: never a jump back, however slow the server, and no pile of entries in the history."""

from itertools import pairwise

import pytest
from playwright.sync_api import expect

from tests.browser.opened import until
from tests.browser.slow_line import slow_line
from tests.browser.test_early_map import EARLY, Framework
from tests.browser.test_page import open_page, state
from tests.browsing import is_firefox, rest

pytestmark = pytest.mark.browser
EACH_WAY = 0.35
END = "2026-06-08"
SPEEDS = {"slow": "2026-01-01", "medium": "2025-06-01", "fast": "2020-11-10"}
"""Speeds, and where to begin so that each plays to the end within half a minute."""
WATCH = (
    """window.days = []; window.atlas.on("change", ({on}) => window.days.at(-1) === on || window.days.push(on)); 0"""
)


@pytest.fixture(scope="module")
def slow(app_url):
    with slow_line(app_url) as found:
        yield found


@pytest.mark.parametrize("speed", list(SPEEDS))
def test_play_never_goes_back_on_a_slow_line(page, slow, speed):
    line, url = slow
    line.seconds = 0
    open_page(page, url, f"?panel=start&on={SPEEDS[speed]}")
    entries = page.evaluate("history.length")
    line.seconds = EACH_WAY
    page.evaluate(WATCH)
    page.get_by_label("Speed").select_option(label=speed)
    page.locator(".atlas-range").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(310)  # the report of this step is on its way when playing begins
    page.get_by_role("button", name="Play").click()
    until(page, f"window.days.at(-1) === '{END}'")
    rest(page)
    rest(page)
    days = page.evaluate("window.days")
    assert days == sorted(days)
    assert state(page)["on"] == END
    assert f"on={END}" in page.url
    assert page.evaluate("history.length") <= entries + 2, "one for the step, one for the end"


@pytest.mark.parametrize("panel", ["changes", "deadlines"])
def test_a_box_of_a_panel_never_takes_the_map_back_on_a_slow_line(page, slow, panel):
    """What the browser sends before it has heard of a day still holds the day before in the panel's box."""
    line, url = slow
    line.seconds = 0
    open_page(page, url, f"?panel={panel}&on=2020-11-10")
    line.seconds = EACH_WAY
    page.evaluate(WATCH)
    page.locator(".atlas-range").focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(420)  # longer than the map waits before it reports, shorter than the way there and back
    last = state(page)["on"]
    rest(page)
    rest(page)
    days = page.evaluate("window.days")
    assert days == sorted(days)
    assert state(page)["on"] == last


def test_back_over_a_switch_stays_back_on_a_slow_line(page, slow):
    """The map reports that it went back, and in that report the switch is still on."""
    line, url = slow
    line.seconds = 0
    open_page(page, url, "?panel=deadlines&on=2020-11-20")
    page.get_by_text("As known on an earlier day").click()
    until(page, "location.search.includes('known=2020-11-14')")
    rest(page)
    line.seconds = EACH_WAY
    page.go_back()
    until(page, "!location.search.includes('known')")
    rest(page)
    rest(page)
    assert "known" not in page.url
    assert state(page)["known"] is None
    expect(page.get_by_role("switch", name="As known on an earlier day")).not_to_be_checked()


WRITES = """window.writes = []; for (const kind of ["pushState", "replaceState"]) {
  const write = history[kind].bind(history);
  history[kind] = (...all) => { window.writes.push([kind, performance.now(), new Error().stack]); write(...all); };
} 0"""


def one_entry_a_rest(writes):
    """Whether what follows another write within 2 s is no entry of its own; what breaks that is shown with its caller."""
    for (_, before, _), (kind, now, caller) in pairwise(writes):
        expected = "pushState" if now - before > 2000 else "replaceState"
        assert abs(now - before - 2000) < 250 or kind == expected, (now - before, caller)
    return True


def test_a_step_before_streamlit_is_there_shares_its_entry_with_the_next(page, app_url):
    framework = Framework(page)
    page.goto(f"{app_url}?panel=start&on=2020-11-10")
    page.wait_for_selector(EARLY, state="attached")
    page.evaluate("window.atlas.ready")
    page.evaluate(WRITES)
    page.locator(".atlas-range").focus()
    page.keyboard.press("ArrowRight")
    rest(page)  # nobody hears it
    framework.come()
    until(page, "window.writes.length > 0")
    page.keyboard.press("ArrowRight")
    until(page, "window.writes.length > 1")
    assert one_entry_a_rest(page.evaluate("window.writes"))
    rest(page)
    assert one_entry_a_rest(page.evaluate("window.writes"))


def test_steps_in_a_row_are_one_entry_and_back_leaves(page, app_url):
    page.goto(f"{app_url}_stcore/health")  # Firefox keeps no entry of about:blank
    open_page(page, app_url, "?panel=start&on=2020-11-10")
    first, entries = page.url, page.evaluate("history.length")
    page.evaluate(WRITES)
    page.locator(".atlas-range").focus()
    for _ in range(6):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(400)  # each step comes to rest and is told
    rest(page)
    last = state(page)["on"]
    page.wait_for_timeout(2100)  # a rest that counts
    page.keyboard.press("ArrowRight")
    rest(page)
    writes = page.evaluate("window.writes")
    assert len(writes) >= 2
    assert writes[0][0] == "pushState"
    assert one_entry_a_rest(writes)
    made = page.evaluate("history.length") - entries
    assert made == [kind for kind, *_ in writes].count("pushState")
    page.go_back()
    rest(page)
    assert state(page)["on"] == last
    for _ in range(made - 1):
        page.go_back()
        rest(page)
    assert page.url == first
    assert state(page)["on"] == "2020-11-10"
    if not is_firefox(page):  # it takes the page before from its memory, which Playwright does not see
        page.go_back()
        page.wait_for_url(f"{app_url}_stcore/health")
