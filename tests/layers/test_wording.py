"""One writer for each sentence: days, names, deadlines and lateness, in four languages."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.status import statuses
from layers.atlas import atlas_data
from layers.map.language import map_language
from layers.wording import LANGUAGES, Wording, as_read, publisher, vocabulary, wording
from layers.wording.sorting import sort_key
from panels.governs import place_names

EN = wording()


def status(obligation, on, known=None):
    rows = statuses(atlas_data().record, date.fromisoformat(on), date.fromisoformat(known) if known else None)
    return next(row for row in rows if row.id == obligation)


def test_days_as_people_write_them():
    assert EN.day("2020-11-20") == EN.day(date(2020, 11, 20)) == "20 November 2020"
    assert EN.day(None) == "—"
    assert EN.short("2020-11-20") == "20 Nov 2020"
    assert EN.cell("2020-11-20") == "20\u00a0Nov\u00a02020"
    assert EN.edtf("2020-10-09/2020-10-15") == "9–15 October 2020"
    assert EN.edtf("2021-07") == "July 2021"
    assert EN.edtf("2022-12-30/2023-01-02") == "30 December 2022 – 2 January 2023"
    assert EN.edtf("2020-10-09/2020-11-15", short=True) == "9 Oct – 15 Nov 2020"


@pytest.mark.parametrize("lang", LANGUAGES)
@given(day=st.dates(date(1994, 5, 12), date(2030, 1, 1)))
def test_a_day_always_has_its_number_and_year(lang, day):
    for text in (Wording(lang).day(day), Wording(lang).short(day)):
        assert str(day.day) in text
        assert str(day.year) in text


def test_areas_and_numbers():
    assert EN.area(1022.6) == "1,023\u00a0km²"
    assert EN.area(1.54) == "1.5\u00a0km²"
    assert EN.area(0) == "0\u00a0km²"
    assert Wording("az").number(1960.5, 1) == "1\N{NO-BREAK SPACE}960,5"


def test_thousands_are_parted_as_the_texts_of_the_language_part_them():
    """In Azerbaijani by a space, where CLDR has a full stop; the texts of the record decide."""
    for lang in ("az", "hy", "ru"):
        assert Wording(lang).number(12_345).replace("\N{NO-BREAK SPACE}", " ") == "12 345"
        assert map_language(lang)["numbers"] == [",", "\N{NO-BREAK SPACE}"]


@pytest.mark.parametrize(
    ("lang", "ordered"),
    [
        ("az", ["Cəbrayıl", "Çıldıran", "Gəncə", "Ğ", "Xankəndi", "Xocalı", "Iğdır", "İrəvan", "Qubadlı", "Şuşa", "Zəngilan", "Zod"]),
        ("hy", ["Ակնա", "Բերձոր", "Երասխ", "Երևան", "Երևանցի", "Իվանյան", "Ուղտասար", "Քաշաթաղ"]),
        ("ru", ["Ежевика", "Ёжик", "Езник", "Шуша", "Шуши"]),
        ("en", ["agdam", "Baku", "Zabukh"]),
    ],
)  # fmt: skip
def test_lists_follow_the_alphabet_of_the_language(lang, ordered):
    mixed = ordered[1::2] + ordered[::2]
    assert sorted(mixed, key=lambda text: sort_key(text, lang)) == ordered


@pytest.mark.parametrize("lang", LANGUAGES)
def test_places_to_choose_begin_with_the_name_in_the_language_and_stand_in_its_order(lang):
    labels = list(place_names(lang).values())
    assert labels == sorted(labels, key=lambda text: sort_key(text, lang))
    places = {place.id: place for place in atlas_data().record.places}
    for place, label in place_names(lang).items():
        assert label.startswith(Wording(lang).name(places[place].names))


@pytest.mark.parametrize(
    ("obligation", "on", "known", "sentence"),
    [
        ("6-kalbajar", "2020-11-09", None, "not in force"),
        ("6-kalbajar", "2020-11-14", None, "due 15 Nov 2020; pending"),
        ("6-kalbajar", "2020-11-20", None, "due 25 Nov 2020, first 15 Nov 2020; pending"),
        ("6-kalbajar", "2020-11-25", None, "due 25 Nov 2020, first 15 Nov 2020; met 25 Nov 2020"),
        ("6-kalbajar", "2020-11-20", "2020-11-14", "due 15 Nov 2020; pending"),
        ("4-term", "2024-06-12", None, "term to 10 Nov 2025; lapsed 12 Jun 2024"),
        ("9-unblocking", "2021-01-01", None, "no date in the text"),
    ],
)
def test_a_deadline_in_a_sentence(obligation, on, known, sentence):
    assert EN.deadline(status(obligation, on, known)) == sentence


def test_lateness_counts_against_both_deadlines():
    kalbajar = status("6-kalbajar", "2020-12-01")
    assert EN.lateness(kalbajar) == "on the day; against the first date: 10 days late"
    assert EN.lateness_figures(kalbajar) == "0\u00a0(+10)"
    assert EN.lateness(status("9-unblocking", "2020-12-01")) == ""


def test_plurals_follow_the_language():
    forms = {n: wording("ru").plural("{n} day late", "{n} days late", n) for n in (1, 2, 5)}
    assert len({text.split(maxsplit=1)[1] for text in forms.values()}) == 3


def test_a_name_falls_back_to_the_neutral_form():
    place = next(place for place in atlas_data().record.places if place.names.az)
    assert Wording("en", "az").name(place.names) == place.names.az
    assert Wording("en", "hy").name({"neutral": "X"}) == "X"


@pytest.mark.parametrize("lang", ["az", "hy", "ru"])
def test_a_layer_is_neutrally_called_as_the_language_has_it_unless_both_forms_are_given(lang):
    zones = {zone.id: zone.names for zone in atlas_data().record.zones}
    corridor, agdam = zones["lachin-corridor"], zones["agdam"]
    w = Wording(lang, "neutral")
    assert w.layer(corridor) == getattr(corridor, lang)
    assert w.layer(agdam) == agdam.neutral == "Agdam district / Akna"
    assert Wording(lang, "az").layer(corridor) == corridor.az
    assert Wording("en", "neutral").layer(corridor) == corridor.neutral


def test_who_said_it_and_for_whom():
    reading = next(one for one in atlas_data().record.readings if one.speaker and one.office)
    day = EN.edtf(reading.date)
    assert EN.voice(reading) == f"{reading.speaker}, {reading.office}, {day}"
    alone = reading.model_copy(update={"organ": False})
    assert EN.voice(alone) == f"{reading.speaker}, {reading.office}, {day}. Does not speak for that side."
    unnamed = reading.model_copy(update={"speaker": None, "office": None, "speaker_gap": "an unsigned note"})
    assert EN.voice(unnamed) == f"No speaker named: an unsigned note, {day}"


def test_an_unknown_word_stays_english():
    assert Wording("ru").tr("no such word") == "no such word"


def test_an_unknown_language_is_named():
    with pytest.raises(ValueError, match="“xx”"):
        Wording("xx").tr("a")


def test_an_armenian_day_is_written_as_browsers_write_it():
    w = wording("hy")
    assert w.day("2020-12-02").replace("\N{NO-BREAK SPACE}", " ") == "2 դեկտեմբերի, 2020 թ."


@pytest.mark.parametrize(("lang", "said"), [("ru", "20 нояб. 2020 г. Всё."), ("hy", "20 нояб. 2020 г։ Всё։")])
def test_a_sentence_ends_once_and_as_its_language_ends_it(lang, said):
    assert Wording(lang).sentences(["20 нояб. 2020 г.", "Всё"]) == said


def test_what_stands_for_a_publisher_nobody_named_is_told_in_the_language():
    tr, unnamed = wording("ru").tr, re.compile(r"not (recorded|known|named)|unknown|anonymous", re.IGNORECASE)
    sources = atlas_data().record.sources
    assert {one.publisher for one in sources if unnamed.search(one.publisher)} <= set(vocabulary.UNRECORDED)
    assert [
        one.id for one in sources if re.search("[A-Za-z]{4}", publisher(one, tr)) and unnamed.search(one.publisher)
    ] == []
    copied = next(one for one in sources if one.copied_by and not one.credit)
    assert as_read(copied, EN.tr) == f"{copied.publisher}, as copied by {copied.copied_by}"
    assert as_read(copied, tr) == f"{copied.publisher}, по копии на {copied.copied_by}"


JOINS = r"quoting|citing|from|with|by|via|in|on|as|read|after|printing|copied"


def test_a_publisher_is_a_name_and_what_joins_it_to_another_is_told_in_the_language():
    assert [one.publisher for one in atlas_data().record.sources if re.search(rf", ({JOINS}) ", one.publisher)] == []
    cited = next(one for one in atlas_data().record.sources if one.credit == "quoting the Prime Minister of Armenia")
    assert as_read(cited, EN.tr) == f"{cited.publisher}, quoting the Prime Minister of Armenia"


@pytest.mark.parametrize("lang", [lang for lang in LANGUAGES if lang != "en"])
def test_what_a_source_prints_is_told_in_the_language(lang):
    told = [as_read(one, wording(lang).tr).partition(one.publisher)[2] for one in atlas_data(lang).record.sources]
    assert [text for text in told if re.search(rf", ({JOINS}|the|an?) ", text)] == []
