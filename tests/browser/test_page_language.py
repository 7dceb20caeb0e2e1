"""The menu of languages tells which one the page speaks, and sets it, however the reader came to it."""

import pytest
from playwright.sync_api import expect

from tests.browser.opened import until
from tests.browser.test_page import open_page, state
from tests.browsing import rest

pytestmark = pytest.mark.browser
OWN = {"en": "English", "az": "Azərbaycanca", "hy": "Հայերեն", "ru": "Русский"}
SHORT = {"en": "EN", "az": "AZ", "hy": "ՀԱՅ", "ru": "РУ"}
NAME = {"en": "Khankendi", "az": "Xankəndi", "hy": "Ստեփանակերտ", "ru": "Степанакерт"}


def menu(page, lang):
    page.locator("[data-testid=stPopover] button", has_text=SHORT[lang]).first.click()
    body = page.locator("[data-testid=stPopoverBody]")
    body.get_by_role("button", name="English").wait_for()
    return body


def marked(body):
    """What the menu says is chosen: the buttons with a check mark, without it."""
    found = body.get_by_role("button").filter(has=body.page.locator("[data-testid=stIconMaterial]"))
    return [text.removeprefix("check").strip() for text in found.all_text_contents()]


def speaks(page, lang):
    until(page, f"window.atlas?.state().lang === '{lang}'")
    until(page, f"document.documentElement.lang === '{lang}'")
    expect(page.locator("[data-place=khankendi]").first).to_contain_text(NAME[lang])
    rest(page)
    expect(page.locator("[data-testid=stAlert]")).to_have_count(0)


@pytest.mark.parametrize("lang", ["az", "hy", "ru"])
def test_a_language_is_chosen_kept_and_left_again(page, app_url, lang):
    open_page(page, app_url)
    menu(page, "en").get_by_role("button", name=OWN[lang]).first.click()
    speaks(page, lang)
    expect(page.locator("[data-testid=stPopoverBody]"), "the list is out of the way").to_have_count(0)
    page.reload()
    page.wait_for_selector("path[data-controller]", state="attached")
    speaks(page, lang)
    body = menu(page, lang)
    chosen = marked(body)
    assert OWN[lang] in chosen
    assert OWN["en"] not in chosen
    body.get_by_role("button", name="English").click()
    speaks(page, "en")
    until(page, "!location.search.includes('lang')")


def test_the_address_sets_language_and_names(page, app_url):
    open_page(page, app_url, "?lang=ru&names=hy")
    body = menu(page, "ru")
    assert marked(body) == ["Русский", "Հայերեն"]
    expect(page.locator("[data-place=khankendi]").first).to_contain_text(NAME["hy"])
    body.get_by_role("button", name="English").click()
    until(page, "window.atlas.state().lang === 'en'")
    rest(page)
    expect(page.locator("[data-testid=stPopoverBody]")).to_have_count(0)
    assert state(page) | {"lang": "en", "names": "hy"} == state(page), "names that were chosen stay"
