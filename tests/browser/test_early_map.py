"""The map before the framework: it works before Streamlit is there, is adopted alive, and no failure of ours keeps Streamlit away."""

import gzip
import io
import urllib.request

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import expect

from layers.wording import LANGUAGES, wording
from tests.browser.opened import still
from tests.browsing import rest

pytestmark = pytest.mark.browser
EARLY = "#atlas-early path[data-controller]"
ADOPTED = '[data-testid="stApp"] .atlas path[data-controller]'


class Framework:
    """Streamlit's scripts, held back until the test lets them go."""

    def __init__(self, page):
        self.held, self.away = [], True
        page.route("**/static/js/**", self.take)

    def take(self, route):
        if self.away:
            self.held.append(route)
        else:
            route.continue_()

    def come(self):
        self.away = False
        for route in self.held:
            route.continue_()


def ground(page):
    """A picture of the middle of the map."""
    box = {"x": 420, "y": 140, "width": 560, "height": 560}
    return Image.open(io.BytesIO(page.screenshot(clip=box))).convert("RGB")


def test_the_living_map_is_adopted_and_nothing_of_it_changes(page, app_url):
    framework = Framework(page)
    page.goto(f"{app_url}?panel=start")
    page.wait_for_selector(EARLY, state="attached")
    page.evaluate("window.atlas.ready")
    page.wait_for_selector(".atlas-layers .atlas-layer")
    page.locator(".atlas-range").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.evaluate(
        """() => { document.querySelector('.atlas').dataset.mark = 'same';
        document.querySelector('.atlas-tabbox').scrollTop = 60; }"""
    )
    rest(page)
    still(page)
    on, before = page.evaluate("window.atlas.state().on"), ground(page)
    assert on > "2020-11-10"
    framework.come()
    page.wait_for_selector(ADOPTED, state="attached")
    expect(page.locator("#atlas-early")).to_have_count(0)
    expect(page.locator('.atlas[data-mark="same"]')).to_have_count(1)
    assert page.evaluate("document.activeElement.matches('.atlas-range')")
    assert page.evaluate("document.querySelector('.atlas-tabbox').scrollTop") == 60
    assert ImageChops.difference(before, ground(page)).getbbox() is None
    rest(page)
    assert page.evaluate("window.atlas.state().on") == on
    assert f"on={on}" in page.url, "what was done before Streamlit came is in the address"
    assert ImageChops.difference(before, ground(page)).getbbox() is None


def test_the_map_works_when_streamlit_never_comes(page, app_url):
    Framework(page)
    page.goto(f"{app_url}?on=2020-11-20")
    page.wait_for_selector(EARLY, state="attached")
    assert page.evaluate("window.atlas.state().on") == "2020-11-20"
    page.locator('path[data-zone="agdam"]').first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".atlas-card h3")
    page.unroute_all(behavior="ignoreErrors")


KEPT = pytest.mark.chromium_only(reason="Firefox keeps the failure of a module until the page is loaded again")


@pytest.mark.parametrize("name", [pytest.param("page-", marks=KEPT), "ground-", "leaflet-", "text-"])
def test_a_file_that_fails_starts_streamlit_at_once(page, app_url, name):
    failed = []

    def once(route):
        if failed:
            route.continue_()
        else:
            failed.append(route.request.url)
            route.abort()

    page.route(f"**/app/static/{name}*.js*", once)
    page.goto(f"{app_url}?panel=start")
    page.wait_for_selector('[data-testid="stApp"] h1')
    page.wait_for_selector(ADOPTED, state="attached")
    rest(page)
    assert failed
    expect(page.locator(".atlas")).to_have_count(1)
    expect(page.locator("#atlas-early")).to_have_count(0)


def test_a_page_in_another_language_does_not_begin_in_english(page, app_url):
    Framework(page)
    page.goto(f"{app_url}?panel=start&lang=ru")
    page.wait_for_selector(".atlas-day:not(:empty)", state="attached")
    assert page.text_content(".atlas-day").startswith("10 ноября 2020"), "the first words that it has"
    page.unroute_all(behavior="ignoreErrors")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_first_words_are_those_of_the_page_that_follows(page, app_url, lang):
    """Title, language and the words before the map agree with what Streamlit then draws."""
    framework = Framework(page)
    page.route("**/app/static/page-*.js", framework.take)
    page.goto(f"{app_url}?panel=start&lang={lang}", wait_until="commit")
    title = wording(lang).tr("Ceasefire Atlas")
    expect(page).to_have_title(title)
    expect(page.locator("html")).to_have_attribute("lang", lang)
    expect(page.locator(".atlas-early-bar")).to_have_text(title)
    expect(page.locator("#waiting strong")).to_have_text(title)
    framework.come()
    page.wait_for_selector(ADOPTED, state="attached")
    rest(page)
    expect(page).to_have_title(title)
    expect(page.locator("html")).to_have_attribute("lang", lang)


@pytest.mark.parametrize("address", ["", "?lang=hy"], ids=["en", "hy"])
def test_the_page_comes_compressed(app_url, address):
    url = f"{app_url}{address}"
    plain = urllib.request.urlopen(url)
    packed = urllib.request.urlopen(urllib.request.Request(url, headers={"Accept-Encoding": "gzip"}))
    with plain, packed:
        assert "Content-Encoding" not in plain.headers
        assert packed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.read()) == plain.read()


def test_the_type_is_the_maps_own(page, app_url):
    """One small file for the letters of the page's language, before Streamlit's own and large one."""
    asked = []
    page.on("request", lambda one: asked.append(one.url.rsplit("/", 1)[-1]))
    framework = Framework(page)
    page.goto(f"{app_url}?panel=start")
    page.wait_for_selector(EARLY, state="attached")
    page.evaluate("window.atlas.ready.then(() => document.fonts.ready)")
    assert [name.partition("-")[0] for name in asked if name.endswith(".woff2")] == ["latin"]
    framework.come()
    page.wait_for_selector(ADOPTED, state="attached")
    rest(page)
    for place in (".atlas-day", ".st-key-atlas-ways button"):
        family = page.locator(place).first.evaluate("one => getComputedStyle(one).fontFamily")
        assert family.replace('"', "").startswith("Atlas Sans,"), place
    assert page.evaluate("document.fonts.check('600 15px \"Atlas Sans\"', 'Shusha')")
