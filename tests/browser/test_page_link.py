"""The link of a view restores it: how two days are compared, the card, the tab; sharing it is one press."""

from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from geodata.integrity import data_version
from tests.browser.opened import copied_link, until
from tests.browser.test_page import open_page, state
from tests.browsing import rest

pytestmark = pytest.mark.browser


def reopened(new_page, page):
    return open_page(new_page(), page.url, "")


@pytest.mark.parametrize(("button", "mode"), [("Swipe", "swipe"), ("Side by side", "beside")])
def test_a_comparison_is_restored(new_page, page, app_url, button, mode):
    open_page(page, app_url, "?panel=start&on=2020-12-02")
    page.get_by_role("tab", name="Two days").click()
    page.get_by_role("button", name=button).click()
    until(page, f"location.search.includes('compare={mode}') && location.search.includes('from=2020-11-10')")
    rest(page)
    other = reopened(new_page, page)
    other.wait_for_selector(f".atlas-second.is-{mode}")
    assert state(other) == state(page)
    assert other.url == page.url


def test_a_card_is_restored_closed_again_and_back_opens_it(new_page, page, app_url):
    open_page(page, app_url, "?panel=start&on=2020-11-20")
    page.locator("[data-place=shusha]").first.click()
    page.wait_for_selector(".atlas-card h3")
    until(page, "location.search.includes('card=place%3Ashusha')")
    title = page.text_content(".atlas-card h3")
    other = reopened(new_page, page)
    expect(other.locator(".atlas-card h3").first).to_have_text(title)
    page.locator(".atlas-card .atlas-close").click()
    until(page, "!location.search.includes('card=')")
    page.go_back()
    page.wait_for_selector(".atlas-card h3")


def test_a_tab_is_restored(new_page, page, app_url):
    open_page(page, app_url)
    page.get_by_role("tab", name="Table").click()
    page.wait_for_selector(".atlas-table table")
    until(page, "location.search.includes('tab=table')")
    other = reopened(new_page, page)
    other.wait_for_selector(".atlas-table table")


def test_a_card_that_does_not_exist_is_left_out(page, app_url):
    for card in ("place:nowhere", "clause:12", "zone:<b>", "at:x,y", "event:"):
        open_page(page, app_url, f"?panel=start&on=2020-11-20&card={card}")
        assert state(page)["on"] == "2020-11-20", card
        expect(page.locator(".atlas-card h3"), card).to_have_count(0)


def test_copy_link_and_what_else_is_shared(new_page, app_url):
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    open_page(page, app_url, "?panel=start&on=2020-11-20&clause=2")
    link = copied_link(page)
    assert link == f"{page.url}&v={quote(data_version(), safe='')}"
    expect(page.locator(".atlas-notice"), "it goes by itself").to_have_text("")
    copied_link(page)
    page.keyboard.press("Tab")
    assert page.locator(".atlas-notice").text_content() == "", "and with the next act"
    page.get_by_role("button", name="Share").click()
    page.get_by_role("button", name="Embed").click()
    until(page, "location.search.includes('panel=downloads')")
    expect(page.get_by_text("whoever runs this server must allow your site")).to_be_visible()
    rest(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Picture for a post, 1200 × 630").click()
    data = waiting.value.path().read_bytes()
    assert (int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")) == (1200, 630)


@pytest.mark.parametrize("way", ["Picture", "Embed", "Clauses"])
def test_what_is_pressed_first_after_a_typed_day_opens(page, app_url, way):
    """The browser has written the day into the address: that is no new address which would win over the press."""
    open_page(page, app_url, "")
    day = page.get_by_role("textbox", name="Any day")
    day.click()
    page.keyboard.type("25 November 2020")
    page.keyboard.press("Enter")
    until(page, "location.search.includes('on=2020-11-25')")
    rest(page)
    page.evaluate("window.days = []; void window.atlas.on('change', ({on}) => window.days.push(on))")
    if way == "Clauses":
        page.locator(".st-key-atlas-ways").get_by_role("radio", name=way).click()
        until(page, "location.search.includes('panel=clauses')")
    else:
        page.get_by_role("button", name="Share").click()
        page.get_by_role("button", name=way, exact=True).click()
        until(page, "location.search.includes('panel=downloads')")
        expect(page.get_by_role("button", name="Picture for a post, 1200 × 630")).to_be_attached()
    page.locator(".atlas-story-nav").wait_for(state="detached")
    rest(page)
    assert state(page)["on"] == "2020-11-25"
    assert set(page.evaluate("window.days")) <= {"2020-11-25"}, "no card of the story that leaves is reached"


def test_files_of_a_comparison_tell_both_days(page, app_url):
    open_page(page, app_url, "?panel=downloads&from=2020-11-09&on=2020-12-02")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="SVG", exact=True).click()
    assert waiting.value.suggested_filename == "ceasefire-atlas-2020-11-09-2020-12-02.svg"


def test_a_copied_link_of_the_landing_is_the_landing_and_leaves_no_version_in_the_address(new_page, app_url):
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    open_page(page, app_url, "")
    link = copied_link(page)
    other = open_page(new_page(), link, "")
    other.locator(".st-key-atlas-sheet").get_by_role("heading").first.wait_for()
    assert other.locator('[data-testid="stAlert"]').count() == 0
    assert state(other) == state(page)
    other.evaluate("window.atlas.show({ on: '2021-05-05' })")
    rest(other)
    assert "on=2021-05-05" in other.url
    assert "v=" not in other.url


def test_a_link_from_other_data_is_named_until_the_view_moves(page, app_url):
    open_page(page, app_url, "?panel=start&on=2020-11-20&v=0.9.0%2B0123456789ab")
    page.locator('[data-testid="stAlert"]', has_text="0.9.0+0123456789ab").wait_for()
    assert state(page)["on"] == "2020-11-20"


def test_an_obligation_is_contested_by_pressing(page, app_url):
    open_page(page, app_url, "?panel=clauses&clause=2&on=2020-11-20")
    page.get_by_role("button", name="Something wrong?").first.click()
    text = page.get_by_test_id("stPopoverBody").locator("code").inner_text()
    assert text.startswith("entry: 2-agdam\n")
    assert data_version() in text


def test_a_card_has_one_cross_and_it_closes_what_the_card_opened(page, app_url):
    open_page(page, app_url, "?panel=clauses&on=2020-11-20")
    side = page.locator(".atlas-side")
    expect(side).to_be_hidden()
    page.locator("[data-place=shusha]").first.click()
    page.wait_for_selector(".atlas-card h3")
    close = side.get_by_role("button", name="Close")
    expect(close).to_have_count(1)
    close.click()
    expect(side).to_be_hidden()
    until(page, "!location.search.includes('card=')")
