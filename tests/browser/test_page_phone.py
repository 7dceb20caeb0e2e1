"""The page on a phone in every language: no words lie over others, and none are cut."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_page import open_page
from tests.browsing import rest

pytestmark = pytest.mark.browser
OVER = """() => [...document.querySelectorAll(".st-key-atlas-changes td")].filter((cell) => {
  const words = document.createRange();
  words.selectNodeContents(cell);
  return words.getBoundingClientRect().right > cell.getBoundingClientRect().right + 1;
}).map((cell) => cell.textContent)"""


@pytest.mark.parametrize("width", [390, 320])
@pytest.mark.parametrize("lang", ["az", "hy", "ru"])
def test_no_cell_of_the_changes_runs_into_the_next(new_page, app_url, lang, width):
    page = open_page(
        new_page(viewport={"width": width, "height": 844}),
        app_url,
        f"?panel=changes&from=2020-09-27&on=2021-01-05&lang={lang}",
    )
    page.locator(".st-key-atlas-changes td").first.wait_for()
    rest(page)
    assert page.evaluate(OVER) == []


def test_the_tools_of_a_table_lie_over_no_words(new_page, app_url):
    page = open_page(new_page(viewport={"width": 390, "height": 844}), app_url, "?panel=events&lang=ru")
    frame = page.get_by_test_id("stDataFrame")
    frame.scroll_into_view_if_needed()
    frame.hover()
    tools = page.get_by_test_id("stElementToolbar").first
    expect(tools).to_be_visible()
    words = page.get_by_test_id("stCaptionContainer").last.bounding_box()
    assert words["y"] + words["height"] <= tools.bounding_box()["y"] + 2


def test_the_button_that_takes_a_list_speaks_the_language(new_page, app_url):
    page = open_page(new_page(viewport={"width": 390, "height": 844}), app_url, "?panel=points&lang=hy")
    expect(page.locator(".atlas-own-file")).to_contain_text("Ընտրել ֆայլ")
    assert page.locator(".atlas-own-file input").evaluate("node => getComputedStyle(node).opacity") == "0"
