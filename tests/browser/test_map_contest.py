"""“Something wrong?” in every card of the one-file map, and links that name the version of the data: pressed in Chromium."""

from urllib.parse import quote

import pytest

from geodata.__main__ import main as geodata
from geodata.integrity import data_version
from layers.map.standalone import html
from tests.browser.opened import copied_link, open_map
from tests.layers.sheets import world

pytestmark = pytest.mark.browser
CARDS = {
    "clause:6": "6",
    "event:kalbajar-handed-over": "kalbajar-handed-over",
    "place:shusha": "shusha",
    "zone:lachin-corridor": "lachin-corridor",
    "piece:kalbajar": "kalbajar",
    "at:39.991,46.93": "agdam",
}
"""The card that is opened, and the id of the entry that it is about."""


@pytest.fixture(scope="module")
def beside_a_site(tmp_path_factory):
    """Address of the document as a site has it."""
    path = tmp_path_factory.mktemp("site") / "map.html"
    path.write_text(html(*world(), site="./"), encoding="utf-8")
    return path.as_uri()


def open_card(page, target):
    kind, _, value = target.partition(":")
    if kind == "at":
        wish = {"at": [float(number) for number in value.split(",")]}
    else:
        wish = {kind: int(value) if kind == "clause" else value}
    page.evaluate("(target) => window.atlas.parts().later.use(({ card }) => card.open(target, null))", wish)


def contested(page, target):
    """The end of a card, opened."""
    open_card(page, target)
    page.locator(".atlas-contest summary").click()
    return page.locator(".atlas-contest textarea")


def test_every_card_holds_the_form_as_a_text_where_there_is_no_site(page, document):
    open_map(page, document, "#on=2021-02-01")
    for target, entry in CARDS.items():
        text = contested(page, target).input_value()
        assert text.startswith(f"entry: {entry}\n"), target
        assert data_version() in text


def test_what_was_written_is_copied_and_is_a_patch(new_page, document, tmp_path, capsys):
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    open_map(page, document, "#on=2021-02-01")
    field = contested(page, "event:kalbajar-handed-over")
    for name, value in {
        "field": "date",
        "present": "2020-11-25",
        "proposed": "2020-11-26",
        "publisher": "A newspaper",
        "title": "On the day",
    }.items():
        field.evaluate(
            "(box, name) => { const end = box.value.indexOf(`${name}:`) + name.length + 1; box.focus(); box.setSelectionRange(end, end); }",
            name,
        )
        page.keyboard.type(f" {value}")
    page.get_by_role("button", name="Copy the text").click()
    page.get_by_text("The text is copied.").wait_for()
    (tmp_path / "patch.yaml").write_text(page.evaluate("navigator.clipboard.readText()"), encoding="utf-8")
    assert geodata(["check", "--patch", str(tmp_path / "patch.yaml")]) == 0
    told = capsys.readouterr().out
    assert "now dated 2020-11-26, was 2020-11-25" in told
    assert "A newspaper" in told


def test_what_was_written_stays_while_other_cards_are_read(page, document):
    open_map(page, document, "#on=2021-02-01")
    contested(page, "clause:6").click()
    page.keyboard.press("Control+End")
    page.keyboard.type("half a word")
    open_card(page, "place:shusha")
    page.evaluate("window.atlas.show({ on: '2021-03-01', lang: 'ru' })")
    open_card(page, "clause:6")
    assert page.locator(".atlas-contest textarea").input_value().endswith("half a word")
    assert page.locator(".atlas-contest summary").inner_text() == "Что-то не так?"


def test_without_the_right_to_copy_the_text_is_selected(page, document):
    open_map(page, document)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")
    field = contested(page, "clause:6")
    page.get_by_role("button", name="Copy the text").click()
    page.get_by_text("The text is selected").wait_for()
    assert field.evaluate("(box) => box.selectionEnd - box.selectionStart === box.value.length")


def test_beside_a_site_every_card_leads_to_its_form(page, beside_a_site):
    open_map(page, beside_a_site)
    for target, entry in CARDS.items():
        open_card(page, target)
        assert page.locator(".atlas-contest a").get_attribute("href") == f"./contest.html?entry={quote(entry)}"


def test_ground_outside_the_record_has_nothing_to_contest(page, document):
    open_map(page, document)
    open_card(page, "at:42.9,43.0")
    page.get_by_text("The record says nothing about this place.").wait_for()
    assert page.locator(".atlas-contest").count() == 0


def test_a_copied_link_names_the_version_and_opens_the_same_view(new_page, document):
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    open_map(page, document, "#on=2020-11-20&clause=2")
    link = copied_link(page)
    assert link == f"{document}#on=2020-11-20&clause=2&v={quote(data_version(), safe='')}"
    before = page.evaluate("window.atlas.state()")
    other = open_map(new_page(), link)
    assert other.evaluate("window.atlas.state()") == before
    assert other.locator(".atlas-notice p").count() == 0


def test_a_link_from_other_data_says_so_in_one_sentence_and_leads_to_that_edition(page, document, beside_a_site):
    fragment = "#on=2020-11-20&v=0.9.0%2B0123456789ab"
    open_map(page, document, fragment)
    told = page.locator(".atlas-notice p").all_inner_texts()
    assert len(told) == 1
    for words in ("0.9.0+0123456789ab", data_version(), "archive/0.9.0+0123456789ab/map.html"):
        assert words in told[0]
    assert page.evaluate("window.atlas.state().on") == "2020-11-20"
    assert page.locator(".atlas-notice a").count() == 0, "no site is beside it"
    open_map(page, beside_a_site, fragment)
    where = page.get_by_role("link", name="Open that edition").get_attribute("href")
    assert where == f"./archive/0.9.0+0123456789ab/map.html{fragment}"


def test_a_version_that_is_none_is_left_out_and_named(page, document):
    open_map(page, document, "#v=<b>..%2F&on=2020-11-20")
    assert "is not a version of the data" in page.locator(".atlas-notice p").inner_text()
    assert page.evaluate("window.atlas.state().on") == "2020-11-20"


def test_the_record_knows_every_entry_of_these_tests():
    record = world()[0]
    ids = {item.id for kind in (record.events, record.places, record.zones, record.units) for item in kind}
    assert set(CARDS.values()) - {"6"} <= ids
