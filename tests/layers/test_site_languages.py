"""The site's pages in every language: each leads to its others, says its language, and no English is left in it."""

import re
from html.parser import HTMLParser

import pytest

from geodata.translations import TRANSLATED
from layers.site.build import downloads
from layers.site.pages import PAGES, Site, address
from layers.wording import LANGUAGES, wording
from tests.layers.sheets import world

LATIN_SHARE = 0.1
VOID = {"meta", "link", "br", "img", "input"}


class Texts(HTMLParser):
    """What a page says in its own language: without quotations, sources, code, and what is marked as another language or not to be translated."""

    def __init__(self, lang):
        super().__init__()
        self.lang, self.open, self.said = lang, [], []

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        other = values.get("lang", self.lang) != self.lang or "sources.html#" in (values.get("href") or "")
        other = other or values.get("translate") == "no"
        if tag not in VOID:
            self.open.append((tag, other or tag in {"q", "script", "style", "code"}))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if data.strip() and not any(left_out for _, left_out in self.open):
            self.said.append(data.strip())


@pytest.fixture(scope="module")
def site():
    record, ground = world()
    return Site(record, ground, downloads(record))


def said(site, name, lang):
    found = Texts(lang)
    found.feed(site.page(name, lang).decode())
    return found.said


@pytest.mark.parametrize("lang", TRANSLATED)
def test_pages_speak_their_language(site, lang):
    english = {text for name in PAGES for text in said(site, name, "en") if re.search(r"[a-z]{3,} [a-z]{2,}", text)}
    for name in PAGES:
        texts = said(site, name, lang)
        assert sorted(english & set(texts)) == [], name
        if lang != "az":
            letters = re.findall(r"[^\W\d_]", "".join(texts))
            assert len(re.findall("[A-Za-z]", "".join(texts))) <= LATIN_SHARE * len(letters), name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_source_ends_its_date_twice(site, lang):
    """A Russian date ends in the full stop of the word for year, and so do the sentences at the foot."""
    assert [text for text in said(site, "sources", lang) if re.search(r"\.\.(?!\.)", text)] == []


@pytest.mark.parametrize("lang", TRANSLATED)
def test_a_publisher_nobody_named_is_told_in_the_language(site, lang):
    for name in ("sources", "clauses", "events"):
        assert not re.search("uthor (and publisher )?not recorded", site.page(name, lang).decode()), name
    assert any(text.startswith(wording(lang).tr("Author not recorded")) for text in said(site, "sources", lang))


@pytest.mark.parametrize("lang", TRANSLATED)
def test_coordinates_have_the_decimal_comma_of_the_language(site, lang):
    told = [text for text in said(site, "places", lang) if re.search(r"\d°", text)]
    assert told
    assert [text for text in told if re.search(r"\d\.\d+°", text)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_leads_to_its_other_languages(site, lang):
    page = site.page("story", lang).decode()
    assert f'<html lang="{lang}">' in page
    root = "" if lang == "en" else "../"
    for other in LANGUAGES:
        assert f'<link rel="alternate" hreflang="{other}" href="{root}{address("story", other)}">' in page
    assert ('<p class="soft">' in page.partition("<section>")[0]) == (lang != "en"), "a draft is marked"
