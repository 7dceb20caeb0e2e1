"""The story by scrolling: cards over the map, which follows them without waiting for the server."""

import pytest
from playwright.sync_api import expect

from layers.atlas import atlas_data
from tests.browser.opened import until
from tests.browser.test_page import open_page, state
from tests.browsing import rest

pytestmark = pytest.mark.browser


def steps():
    return atlas_data().record.story


def current(page, step):
    page.wait_for_selector(f".st-key-atlas-step-{step.id}[data-current]")


def test_an_empty_address_is_the_story_and_leads_to_the_map(page, app_url):
    open_page(page, app_url, "")
    assert page.url == app_url
    page.get_by_role("button", name="Explore the map").click()
    page.wait_for_url(f"{app_url}?panel=start")
    expect(page.locator(".st-key-atlas-sheet")).to_have_count(0)
    page.go_back()
    expect(page.get_by_role("button", name="Explore the map")).to_be_visible()


def test_scrolling_moves_the_map_while_the_server_is_away(page, app_url):
    open_page(page, app_url, "")
    page.locator(".st-key-atlas-sheet").focus()
    page.context.set_offline(True)
    page.wait_for_selector(".atlas-story-nav")
    page.evaluate("window.seen = []; window.atlas.on('change', ({on}) => window.seen.push(on)); 0")
    last = steps()[-1].on.isoformat()
    for _ in range(120):
        page.keyboard.press("PageDown")
        page.wait_for_timeout(150)
        if state(page)["on"] == last:
            break
    until(page, f"window.seen.at(-1) === '{last}'")
    seen = set(page.evaluate("window.seen"))
    assert seen <= {"2020-11-10", *(step.on.isoformat() for step in steps())}
    assert len(seen) >= 5


def test_back_and_next_go_from_card_to_card(page, app_url):
    open_page(page, app_url, "")
    nav = page.get_by_role("navigation", name="The story")
    expect(nav.get_by_role("status")).to_have_text(f"Steps: {len(steps())}")
    for step in steps()[:3]:
        nav.get_by_role("button", name="Next").click()
        current(page, step)
    nav.get_by_role("button", name="Back").click()
    current(page, steps()[1])
    page.keyboard.press("Alt+n")
    current(page, steps()[2])


def test_a_link_opens_its_step_and_no_view_of_the_story_is_in_the_address(new_page, page, app_url):
    open_page(page, app_url, f"?panel=story&step={steps()[4].id}")
    current(page, steps()[4])
    until(page, f"window.atlas.state().on === '{steps()[4].on.isoformat()}'")
    rest(page)
    assert f"step={steps()[4].id}" in page.url
    assert "view=" not in page.url
    other = open_page(new_page(), page.url, "")
    current(other, steps()[4])
    assert other.url == page.url


def test_without_motion_the_map_jumps(new_page, app_url):
    page = open_page(new_page(reduced_motion="reduce"), app_url, "?panel=story")
    page.wait_for_selector(".atlas-story-nav")
    moves = page.evaluate(
        """async () => { let moves = 0; let before = "";
        const box = document.querySelector(".leaflet-map-pane");
        const watch = new MutationObserver(() => { moves += box.style.transform !== before; before = box.style.transform; });
        watch.observe(box, {attributes: true});
        document.querySelector(".atlas-story-nav button:last-child").click();
        while (!document.querySelector("[data-current]")) await new Promise(requestAnimationFrame);
        for (let i = 0; i < 60; i += 1) await new Promise(requestAnimationFrame);
        return moves; }"""
    )
    assert moves <= 3


@pytest.mark.parametrize(("width", "height"), [(1400, 900), (390, 844), (844, 390)])
def test_map_and_card_are_on_one_screen(new_page, app_url, width, height):
    page = open_page(
        new_page(viewport={"width": width, "height": height}), app_url, f"?panel=story&step={steps()[2].id}"
    )
    current(page, steps()[2])
    card = page.locator("[data-current]").bounding_box()
    ground = page.locator(".atlas-map").bounding_box()
    top, bottom = max(card["y"], 0), min(card["y"] + card["height"], height)
    assert bottom - top >= 0.25 * height, "the card"
    beside = card["x"] if width > 700 else width
    above = height if width > 700 else card["y"]
    assert beside >= 0.5 * width, "the ground"
    assert min(ground["y"] + ground["height"], above) - ground["y"] >= 0.3 * height, "the ground"
    assert page.evaluate("document.documentElement.scrollWidth") <= width


LAID = """(selector) => [...document.querySelectorAll(selector)].map((node) => node.getBoundingClientRect())
  .filter(({ width }) => width).map(({ left, top, right, bottom }) => [left, top, right, bottom])"""
BESIDE = ".atlas-tools button, .atlas-side-open, .atlas-story-nav, .atlas-searchbox, .atlas-scale"


def test_no_card_lies_over_what_can_be_pressed_or_runs_under_the_header(new_page, app_url):
    page = open_page(new_page(viewport={"width": 1280, "height": 720}, reduced_motion="reduce"), app_url, "")
    page.wait_for_selector(".atlas-story-nav")
    assert not page.locator(".atlas-legend").evaluate("node => node.open"), "the western half of the map is free"
    for number, step in enumerate(steps(), 1):
        page.keyboard.press("Alt+n")
        current(page, step)
        [[left, top, right, bottom]] = page.evaluate(LAID, "[data-current]")
        over = [
            one
            for one in page.evaluate(LAID, BESIDE)
            if one[0] < right and one[2] > left and one[1] < bottom and one[3] > top
        ]
        assert over == [], number
        assert top >= page.locator(".st-key-atlas-bar").bounding_box()["height"], number


def test_the_drawer_takes_the_place_of_the_cards(page, app_url):
    open_page(page, app_url, f"?panel=story&step={steps()[4].id}")
    current(page, steps()[4])
    page.get_by_role("button", name="Layers").click()
    tab = page.locator(".atlas-side [role=tab]").first
    tab.click()
    expect(page.locator("[data-current]")).to_be_hidden()
    expect(page.locator("[data-current] [data-testid=stText]").first).to_be_hidden()
    page.locator(".atlas-side-close").click()
    expect(page.locator("[data-current]")).to_be_visible()


def test_on_a_phone_the_way_on_covers_no_words(new_page, app_url):
    page = open_page(
        new_page(viewport={"width": 390, "height": 844}), app_url, f"?panel=story&step={steps()[4].id}&lang=ru"
    )
    current(page, steps()[4])
    [[_, _, _, sheet]] = page.evaluate(LAID, ".st-key-atlas-sheet")
    [[_, top, _, bottom]] = page.evaluate(LAID, ".atlas-story-nav")
    [[_, tabs, _, _]] = page.evaluate(LAID, ".st-key-atlas-ways")
    assert sheet <= top < bottom <= tabs


def test_on_a_phone_held_across_credits_end_before_the_card(new_page, app_url):
    page = open_page(new_page(viewport={"width": 844, "height": 390}), app_url, f"?panel=story&step={steps()[3].id}")
    current(page, steps()[3])
    thanks = page.locator(".atlas-credits")
    assert thanks.evaluate("one => one.scrollWidth <= one.clientWidth"), "whole"
    [[_, _, right, _]] = page.evaluate(LAID, ".atlas-credits")
    [[left, _, _, _]] = page.evaluate(LAID, "[data-current]")
    assert right <= left


def test_on_a_phone_held_across_the_drawer_beside_a_panel_covers_nothing_in_part(new_page, app_url):
    page = open_page(
        new_page(viewport={"width": 844, "height": 390}), app_url, "?panel=clauses&lang=hy&card=zone:kalbajar"
    )
    expect(page.locator(".atlas-side")).to_be_visible()
    for name in (".atlas-head", ".atlas-searchbox", ".atlas-legend", ".atlas-tools"):
        expect(page.locator(name)).to_be_hidden()


COVERED = """(paths) => {
  const over = [...document.querySelectorAll(`.atlas-head, .atlas-legend, .atlas-time, .atlas-tools, .atlas-searchbox,
    .atlas-story-nav, .st-key-atlas-sheet`)].map((node) => node.getBoundingClientRect()).filter(({ width }) => width);
  const found = [...document.querySelectorAll(paths)].filter((path) => path.checkVisibility());
  const points = found.flatMap((path) => {
    const [at, long] = [path.getScreenCTM(), path.getTotalLength()];
    return Array.from({ length: 80 }, (_, i) => path.getPointAtLength((i * long) / 80).matrixTransform(at));
  });
  const hidden = points.filter(({ x, y }) => x < 0 || y < 0 || x > innerWidth || y > innerHeight
    || over.some(({ left, top, right, bottom }) => x > left && x < right && y > top && y < bottom));
  const xs = points.map(({ x }) => x);
  return [points.length ? hidden.length : -1, Math.max(...xs) - Math.min(...xs)];
}"""
TOLD = {"line-of-1994": "path[data-controller=armenian-forces]"} | {
    name: f"[data-layer={name}] path.atlas-zone" for name in ("agdam", "kalbajar", "lachin")
}


@pytest.mark.parametrize(("width", "height", "least"), [(1280, 720, 390), (390, 844, 170)])
def test_a_step_shows_its_ground_whole_and_as_large_as_the_free_part_lets_it(new_page, app_url, width, height, least):
    page = open_page(
        new_page(viewport={"width": width, "height": height}, reduced_motion="reduce"), app_url, "?panel=story"
    )
    for name, paths in TOLD.items():
        page.wait_for_selector(".atlas-story-nav", state="attached")
        page.evaluate(
            "(id) => document.querySelector(`.st-key-atlas-step-${id}`).scrollIntoView({ block: 'center' })", name
        )
        page.wait_for_selector(f".st-key-atlas-step-{name}[data-current]")
        page.locator(".atlas-legend").evaluate("legend => { legend.open = legend.checkVisibility(); }")
        until(page, f"({COVERED})('{paths}')[0] === 0")
        assert page.evaluate(COVERED, paths)[1] >= least or name != "line-of-1994"


NEAR = """(() => {
  const [place, callout] = ['[data-place="agdam"]', '.atlas-callout'].map((one) => document.querySelector(one)?.getBoundingClientRect());
  return Boolean(place && callout) && Math.max(Math.abs(place.x - callout.x), Math.abs(place.y - callout.y)) < 300;
})()"""


def test_a_step_tells_on_the_ground_what_it_speaks_of(page, app_url):
    open_page(page, app_url, "?panel=story&step=agdam")
    callout = page.locator(".atlas-callout")
    callout.filter(has_text="20 Nov 2020 Agdam district handed over under clause 2").wait_for()
    assert callout.count() == 1
    until(page, NEAR)  # names are laid again when the legend has its words
    expect(callout).to_have_css("pointer-events", "none")  # a press goes to the map
    assert "relief" in state(page)["layers"], "the ground keeps its relief"
    page.get_by_role("navigation", name="The story").get_by_role("button", name="Next").click()
    current(page, steps()[4])
    callout.filter(has_text="25 Nov 2020").wait_for()
    page.locator(".st-key-atlas-ways").get_by_role("radio", name="Map").click()
    until(page, "!document.querySelector('.atlas-callout')")


def test_a_step_claims_nothing_of_another_day(new_page, page, app_url):
    step = steps()[3]
    open_page(page, app_url, f"?panel=story&step={step.id}")
    current(page, step)
    page.locator(".atlas-callout").first.wait_for()
    page.get_by_role("button", name="Next event").click()
    until(page, f"window.atlas.state().on !== '{step.on.isoformat()}'")
    until(page, "!document.querySelector('.atlas-callout, [data-current]')")
    expect(page.locator("[data-away='The map shows another day']")).to_have_count(1)
    until(page, "!location.search.includes('step=') && location.search.includes(`on=${window.atlas.state().on}`)")
    rest(page)
    other = open_page(new_page(), page.url, "")
    other.wait_for_selector(".atlas-story-nav", state="attached")
    assert state(other) == state(page)
    assert other.locator("[data-current]").count() == 0
    page.get_by_role("button", name="Back to step 4").click()
    current(page, step)
    assert state(page)["on"] == step.on.isoformat()
    until(page, f"location.search.includes('step={step.id}')")
    page.locator(".atlas-callout").first.wait_for()


def test_play_leaves_the_step_at_once(page, app_url):
    open_page(page, app_url, f"?panel=story&step={steps()[1].id}")
    current(page, steps()[1])
    page.get_by_role("button", name="Play").click()
    until(page, "!document.querySelector('.atlas-callout, [data-current]')")
    until(page, "!location.search.includes('step=')")


def test_the_map_keeps_its_day_on_paper(page, app_url):
    """On paper the cards stand below each other, and many are in sight at once: none of them moves the map."""
    open_page(page, app_url, "")
    page.evaluate("window.atlas.show({on: '2020-11-10'})")
    rest(page)
    before = state(page)
    page.emulate_media(media="print")
    rest(page)
    page.locator("[class*=st-key-atlas-step-]").last.scroll_into_view_if_needed()
    rest(page)
    assert state(page)["on"] == before["on"]
    assert not page.locator("#waiting").is_visible()
    page.emulate_media(media="screen")
