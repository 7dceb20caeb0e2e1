"""A reader's walk in Azerbaijani, Armenian and Russian meets no English but sources and quotations.

The story to its end, clause 6 with its readings, Kalbajar's history, a place found by typing, a sheet, a list of the reader's own.
"""

import re
from functools import cache
from pathlib import Path

import polib
import pytest

from geodata.data_folder import data_folder
from geodata.translations import TRANSLATED
from layers.atlas import atlas_data
from layers.wording import wording
from layers.wording.catalogues import LOCALE
from panels.words import PANELS
from tests.browser.opened import until
from tests.browser.test_map_language import LATIN_SHARE, SEARCH
from tests.browser.test_page import open_page
from tests.browsing import answered, rest
from tests.layers.sheets import pdf_text

pytestmark = pytest.mark.browser
HEADS = {"az": "Nömrə;Tarix;Enlik;Uzunluq", "hy": "Համար;Ամսաթիվ;Լայնություն;Երկայնություն", "ru": "Номер;Дата;Широта;Долгота"}  # fmt: skip
ROWS = "1;2020-11-20;39.991;46.9274\n2;2020-11-20;;46.9\n3;2020-13-20;40;46.9\n4;never;40;46.9\n5;2020-11-20;12;10\n6;2020-11-20;40\n7;1990-01-01;40;46.9\n8;2020-11-20;4000000;500000\n9;2021/2020;40;46.9\n"
SEEN = """() => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  const apart = "#atlas-early, script, style, select, q, code, a[href], input, [data-testid=stIconMaterial], [role=img], [data-testid=stFileUploader], "
    + ".atlas-names, .atlas-sources, .atlas-quotes span";
  while (walk.nextNode()) {
    const {data, parentElement: at} = walk.currentNode;
    if (data.trim() && at.checkVisibility({visibilityProperty: true}) && !at.closest(apart)) found.push(data.trim());
  }
  for (const cell of document.querySelectorAll("canvas [role=columnheader], canvas [role=gridcell]"))
    found.push(cell.textContent);
  return found;
}"""
"""Texts in sight and cells of tables, without links, quotations, the names of languages, and Streamlit's own uploader."""


@cache
def english(lang):
    """Every English text that has a translation of its own."""
    files = [data_folder() / "record" / "translations" / f"{lang}.po", LOCALE / lang / "LC_MESSAGES" / "atlas.po"]
    entries = [entry for file in files for entry in polib.pofile(str(file))]
    return {entry.msgid for entry in entries if entry.msgid != entry.msgstr and re.search(r"[A-Za-z]{4}", entry.msgid)}


@cache
def of_sources():
    """What sources are called; the longest first."""
    found = {text for source in atlas_data().record.sources for text in (source.publisher, source.title) if text}
    return re.compile("|".join(map(re.escape, sorted(found, key=len, reverse=True))))


def own(text):
    """A text without quotations, names of sources and addresses."""
    text = of_sources().sub("", re.sub(r"https?://\S+|“[^”]*”|«[^»]*»", "", text))
    return re.sub(r"\S+\.[a-z]{2,}\S*", "", text)


def no_english(lang, texts):
    assert {text for text in texts if text in english(lang) and own(text)} == set()
    told = [own(text) for text in texts]
    if lang != "az":
        text = "".join(told)
        latin = [one for one in told if re.search("[A-Za-z]{3}", one)]
        assert len(re.findall("[A-Za-z]", text)) <= LATIN_SHARE * len(re.findall(r"[^\W\d_]", text)), latin


def look(page, lang):
    no_english(lang, page.evaluate(SEEN))


def to_the_end_of_the_story(page, lang):
    page.locator(".st-key-story-begin button").press("Enter")
    for step in atlas_data(lang).record.story:
        page.wait_for_selector(f".st-key-atlas-step-{step.id}[data-current]")
        page.get_by_role("heading", name=step.title).wait_for()
        page.keyboard.press("Alt+n")
    rest(page)  # the last step is told to the server after a while
    look(page, lang)


def clause_six(page, lang, w):
    answered(page, page.get_by_role("button", name=w.tr("The clauses"), exact=True).click)
    answered(page, page.get_by_role("radio", name="6", exact=True).click)
    for part in ("Texts compared", "How each side reads it"):
        answered(page, page.get_by_text(w.tr(part)).click)
    look(page, lang)


def kalbajar(page, lang):
    page.locator(".atlas-searchbox input").press_sequentially(SEARCH[lang])
    page.keyboard.press("Enter")
    until(page, "Boolean(document.querySelector('.atlas-card h3'))")
    page.evaluate("document.querySelectorAll('.atlas-side details').forEach(one => { one.open = true; })")
    rest(page)
    look(page, lang)


def sheet(page, app_url, lang):
    open_page(page, app_url, f"?panel=downloads&lang={lang}&on=2020-12-05&clause=6")
    look(page, lang)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="PDF", exact=True).click()
    text = pdf_text(Path(waiting.value.path()).read_bytes())
    no_english(lang, [line.strip() for line in text.splitlines()])
    assert "Ceasefire Atlas" not in text


def own_points(page, app_url, lang, w):
    open_page(page, app_url, f"?panel=points&lang={lang}")
    content = f"{HEADS[lang]}\n{ROWS}".encode()
    listed = {"name": "1.csv", "mimeType": "text/csv", "buffer": content}
    page.locator(".atlas-own-file input").set_input_files(listed)
    place = page.get_by_role("button", name=w.tr("Place the points"))
    place.wait_for()
    rest(page)
    look(page, lang)
    place.click()
    page.wait_for_selector(".atlas-own-points", state="attached")
    rest(page)
    page.get_by_text(w.tr("Rows with a problem, by number")).click()
    page.get_by_role("cell", name="never").wait_for()
    look(page, lang)


@pytest.mark.parametrize("lang", TRANSLATED)
def test_a_walk_through_the_page_meets_no_english(page, app_url, lang):
    w = wording(lang)
    open_page(page, app_url, f"?panel=story&lang={lang}")
    look(page, lang)
    to_the_end_of_the_story(page, lang)
    clause_six(page, lang, w)
    kalbajar(page, lang)
    sheet(page, app_url, lang)
    own_points(page, app_url, lang, w)


@pytest.mark.parametrize("lang", TRANSLATED)
def test_no_panel_speaks_english(page, app_url, lang):
    for panel in PANELS:
        open_page(page, app_url, f"?panel={panel}&lang={lang}&on=2020-12-05&from=2020-11-09")
        if panel != "start":
            page.locator(".st-key-atlas-dock").wait_for()
            rest(page)
        look(page, lang)
        # What Streamlit says in an empty box.
        assert page.locator("input[placeholder^='Choose ']:placeholder-shown").count() == 0, panel
