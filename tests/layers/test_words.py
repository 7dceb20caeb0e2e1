"""Interface words: every word of the map is in every catalogue, with the same blanks to fill."""

import re

import pytest

from layers.wording.catalogues import LANGUAGES, map_language, translator, words, words_of_the_map

OTHERS = [language for language in LANGUAGES if language != "en"]


@pytest.mark.parametrize("language", OTHERS)
def test_every_word_of_the_map_is_translated(language):
    known = words(language)
    assert [word for word in words_of_the_map() if word not in known] == []


@pytest.mark.parametrize("language", OTHERS)
def test_translations_keep_their_blanks(language):
    for word in words_of_the_map():
        assert set(re.findall(r"{\w+}", word)) == set(re.findall(r"{\w+}", words(language)[word])), word


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_brings_its_months_and_numbers(language):
    spoken = map_language(language)
    assert len(spoken["dates"]["months"]) == len(spoken["dates"]["short"]) == 12
    assert all(blank in spoken["dates"]["long"] for blank in ("{d}", "{m}", "{y}"))


def test_an_unknown_word_stays_english():
    assert translator("ru")("no such word") == "no such word"


def test_an_unknown_language_is_named():
    with pytest.raises(ValueError, match="“xx”"):
        words("xx")
