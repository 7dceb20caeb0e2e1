"""The menu of languages tells which one the page speaks, and sets it, however the reader came to it."""

import pytest
from playwright.sync_api import expect

from layers.atlas import atlas_data
from layers.wording import wording
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


def test_what_events_tell_comes_with_the_first_card_of_one(page, app_url):
    """Until then the card is a frame in the reader's language that says so; what failed is asked for with the next card."""
    event = next(one for one in atlas_data("hy").record.events if one.id == "agdam-handed-over")
    tr = wording("hy").tr
    asked, answer = [], []

    def hold(route):
        answer.append(route)

    page.on("request", lambda request: asked.append(request.url))
    page.route("**/events-hy-*.json", hold)
    open_page(page, app_url, "?panel=map&lang=hy")
    until(page, "window.atlas.parts().record.has('hy', 'cards')")
    assert not [url for url in asked if "events-" in url]
    card = page.locator(".atlas-card")

    def opened():
        page.evaluate("window.atlas.parts().later.parts.card.open({event: 'agdam-handed-over'})")
        return card

    expect(opened().get_by_role("heading", level=3)).to_have_text(event.title)
    expect(card).to_contain_text(tr("loading …"))
    expect(card.locator("[lang=en], q, dl")).to_have_count(0)
    while not answer:
        page.wait_for_timeout(20)
    answer.pop().abort()
    failure = "The texts of the card can't be loaded: check the connection and open the card again."
    expect(card).to_contain_text(tr(failure))
    expect(card.locator("[lang=en], q, dl")).to_have_count(0)
    opened()
    while not answer:
        page.wait_for_timeout(20)
    answer.pop().continue_()
    expect(card).to_contain_text(event.text)
    expect(card).not_to_contain_text(tr(failure))
    assert len([url for url in asked if "events-" in url]) == 2
