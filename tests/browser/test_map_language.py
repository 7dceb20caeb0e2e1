"""The map in Azerbaijani, Armenian and Russian: a reader's walk meets no English but sources, quotations and names of works."""

import re

import pytest

from geodata.loading import load_record
from geodata.translations import TRANSLATED
from layers.wording import wording
from tests.browser.opened import open_map, until

pytestmark = pytest.mark.browser
SEARCH = {"az": "kelbecer", "hy": "Քարվաճառ", "ru": "кельбаджар"}
LATIN_SHARE = 0.1
SEEN = """() => {
  const walk = document.createTreeWalker(document.querySelector(".atlas"), NodeFilter.SHOW_TEXT), found = [];
  while (walk.nextNode()) {
    const {data, parentElement: at} = walk.currentNode;
    if (data.trim() && at.checkVisibility() && !at.closest("select, q, .atlas-names, .atlas-sources, .atlas-quotes span, .atlas-credits")) found.push(data.trim());
  }
  return found;
}"""
"""Texts in sight, without quotations, sources, the other forms of names, and the names that languages have for themselves."""


def seen(page):
    page.evaluate("document.querySelectorAll('.atlas-side details').forEach(one => { one.open = true; })")
    return page.evaluate(SEEN)


def is_in(lang, texts):
    """No text is English; in Armenian and Russian nearly no letter is Latin."""
    english = {
        text
        for text in texts
        if re.search(r"\b(the|of|and|not|by|from|with|is|was|held|due)\b", text)
        and not re.search(r"[а-яա-ֆəığşçöü]", text)
    }
    assert english == set(), english
    if lang != "az":
        text = "".join(texts)
        latin = len(re.findall("[A-Za-z]", text))
        assert latin / len(re.findall(r"[^\W\d_]", text)) <= LATIN_SHARE, [
            one for one in texts if re.search("[A-Za-z]{3}", one)
        ]


@pytest.mark.parametrize("lang", TRANSLATED)
def test_a_walk_through_the_map_meets_no_english(page, document, lang):
    w = wording(lang)
    open_map(page, document, f"#on=2023-06-01&from=2020-11-09&lang={lang}")
    is_in(lang, seen(page))
    page.evaluate("window.atlas.parts().later.parts.card.open({clause: 6})")
    card = seen(page)
    is_in(lang, card)
    assert w.tr("How the sides read it") in card
    for tab in (2, 3):
        page.click(f".atlas-tabs button >> nth={tab}")
        is_in(lang, seen(page))
    page.fill(".atlas-searchbox input", "")
    page.type(".atlas-searchbox input", SEARCH[lang])
    page.keyboard.press("Enter")
    until(page, "Boolean(document.querySelector('.atlas-card h3'))")
    is_in(lang, seen(page))
    page.evaluate("window.atlas.parts().later.parts.card.open({zone: 'azerbaijani-positions', point: 'positions-kut'})")
    is_in(lang, seen(page))


@pytest.mark.parametrize("lang", TRANSLATED)
def test_a_draft_is_marked_with_the_english_one_press_away(page, document, lang):
    title = next(clause.title for clause in load_record().clauses if clause.number == 6)
    open_map(page, document, f"#lang={lang}")
    page.evaluate("window.atlas.parts().later.parts.card.open({clause: 6})")
    head = page.locator(".atlas-card h3 span")
    assert head.get_attribute("lang") == lang
    assert head.text_content() != title
    page.click(".atlas-draft button")
    until(page, "document.querySelector('.atlas-card h3 span').lang === 'en'")
    assert head.text_content() == title
    page.click(".atlas-draft button")
    until(page, f"document.querySelector('.atlas-card h3 span').lang === '{lang}'")
    page.evaluate("window.atlas.show({lang: 'en'})")
    until(page, "document.querySelector('.atlas-draft').hidden")
    assert head.text_content() == title


@pytest.mark.parametrize("lang", TRANSLATED)
def test_a_source_whose_author_nobody_named_says_so_in_the_language(page, document, lang):
    open_map(page, document, f"#lang={lang}")
    page.evaluate("window.atlas.parts().later.parts.card.open({clause: 3})")
    cited = " ".join(page.locator(".atlas-card .atlas-sources").all_text_contents())
    assert wording(lang).tr("Author and publisher not recorded") in cited
    assert "not recorded" not in cited
