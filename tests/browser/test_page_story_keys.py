"""The story by keyboard: keys and Tab go from step to step, the map follows, and the focus is never lost."""

import pytest
from playwright.sync_api import expect

from tests.browser.opened import until
from tests.browser.test_page import open_page, state
from tests.browser.test_page_story import current, steps

pytestmark = pytest.mark.browser
FOCUSED = """() => { const {left, top, right, bottom} = document.activeElement.getBoundingClientRect();
  return document.activeElement.matches(":focus-visible") && right > left && top < innerHeight && bottom > 0
    && document.activeElement !== document.body; }"""


def story(new_page, app_url, query="?panel=story", **options):
    page = open_page(new_page(reduced_motion="reduce", **options), app_url, query)
    page.wait_for_selector(".atlas-story-nav", state="attached")
    return page


@pytest.mark.parametrize("key", ["PageDown", "ArrowDown", "ArrowRight"])
def test_a_key_goes_on_by_one_step_from_wherever_the_page_opens(new_page, app_url, key):
    page = story(new_page, app_url)
    for step in steps()[:3]:
        page.keyboard.press(key)
        current(page, step)
        until(page, f"window.atlas.state().on === '{step.on.isoformat()}'")
        assert page.evaluate(FOCUSED), step.id
    page.keyboard.press({"PageDown": "PageUp", "ArrowDown": "ArrowUp", "ArrowRight": "ArrowLeft"}[key])
    current(page, steps()[1])


def test_tab_goes_from_card_to_card_and_the_map_follows(new_page, app_url):
    page = story(new_page, app_url)
    page.locator(".st-key-atlas-sheet").focus()
    for step in steps()[:4]:
        for _ in range(40):
            page.keyboard.press("Tab")
            if page.evaluate("id => document.activeElement.classList.contains(`st-key-atlas-step-${id}`)", step.id):
                break
        current(page, step)
        assert page.evaluate(FOCUSED), step.id


def test_a_card_taller_than_a_phone_shows_is_read_to_its_end_first(new_page, app_url):
    page = story(new_page, app_url, f"?panel=story&step={steps()[1].id}", viewport={"width": 320, "height": 568})
    current(page, steps()[1])
    page.keyboard.press("PageDown")
    page.wait_for_timeout(300)
    sheet = page.locator(".st-key-atlas-sheet").bounding_box()
    for _ in range(12):
        card = page.locator(f".st-key-atlas-step-{steps()[1].id}").bounding_box()
        if card["y"] + card["height"] <= sheet["y"] + sheet["height"] + 2:
            break
        expect(page.locator(f".st-key-atlas-step-{steps()[1].id}")).to_be_in_viewport()
        page.keyboard.press("PageDown")
        page.wait_for_timeout(100)
    page.keyboard.press("PageDown")
    current(page, steps()[2])


def test_the_button_keeps_the_focus_at_the_last_step(new_page, app_url):
    page = story(new_page, app_url, f"?panel=story&step={steps()[-2].id}")
    current(page, steps()[-2])
    after = page.get_by_role("navigation", name="The story").get_by_role("button", name="Next")
    after.focus()
    page.keyboard.press("Enter")
    current(page, steps()[-1])
    expect(after).to_be_focused()
    expect(after).to_be_disabled()


def test_keys_go_on_after_a_press_on_a_step_button_which_keeps_its_own(new_page, app_url):
    page = story(new_page, app_url, f"?panel=story&step={steps()[1].id}")
    current(page, steps()[1])
    buttons = page.get_by_role("navigation", name="The story")
    after, before = buttons.get_by_role("button", name="Next"), buttons.get_by_role("button", name="Back")
    after.click()
    current(page, steps()[2])
    for key, step in (("PageDown", 3), ("ArrowRight", 4), ("Enter", 5), ("Space", 6), ("ArrowUp", 5)):
        page.keyboard.press(key)
        current(page, steps()[step])
        expect(after).to_be_focused()
    before.click()
    current(page, steps()[4])
    page.keyboard.press("ArrowDown")
    current(page, steps()[5])
    expect(before).to_be_focused()


def test_the_time_bar_and_the_page_s_own_controls_keep_their_arrows(new_page, app_url):
    page = story(new_page, app_url)
    page.keyboard.press("ArrowDown")
    current(page, steps()[0])
    page.locator(".atlas-range").focus()
    day = state(page)["on"]
    page.keyboard.press("ArrowRight")
    until(page, f"window.atlas.state().on > '{day}'")
    expect(page.locator(".atlas-story-again")).to_be_visible()
    expect(page.locator(".atlas-range")).to_be_focused()
    way = page.locator(".st-key-atlas-ways [role=radio]").nth(1)
    way.focus()
    page.keyboard.press("ArrowDown")
    assert not page.evaluate("document.activeElement.closest('.st-key-atlas-sheet')")
