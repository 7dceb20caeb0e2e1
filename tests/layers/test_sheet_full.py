"""Pages on which there is much to say: no text on text, a letter for every name left out, no figure in two lines."""

from itertools import combinations

import pypdfium2
import pytest

from geodata.translations import in_language
from layers.sheet import checked_state, kinds, sheet, typeset
from layers.sheet.fonts import readable
from layers.sheet.paper import SIZES
from layers.wording import LANGUAGES
from tests.layers.sheets import letters, pdf_text, world

FULL = [
    ("two", "wide", "ru", {"from": "2020-11-10", "on": "2020-12-18"}),
    ("two", "square", "ru", {"from": "2020-11-10", "on": "2020-12-18"}),
    ("two", "card", "hy", {"from": "2020-09-27", "on": "2020-11-25"}),
    ("changes", "square", "az", {"from": "2020-11-10", "on": "2020-12-18"}),
]


@pytest.mark.parametrize(("kind", "size", "lang", "state"), FULL)
def test_no_line_of_text_lies_on_another_where_a_column_is_full(kind, size, lang, state):
    """Rows are set closer and the bars left out before anything is printed over anything."""
    content = sheet(kind, {**state, "lang": lang}, *world(), size=size)
    with pypdfium2.PdfDocument(content) as document:
        text = document[0].get_textpage()
        lines = [text.get_rect(number) for number in range(text.count_rects())]
    assert len(lines) > 50
    for (x1, y1, x2, y2), (left, low, right, high) in combinations(lines, 2):
        both = min(y2, high) - max(y1, low)
        assert min(x2, right) - max(x1, left) <= 4 or both <= 0.35 * min(y2 - y1, high - low)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_letter_on_the_map_stands_before_its_row_and_no_figure_breaks(lang):
    """A name may begin with a figure, and bear a mark of print that the record does not have."""
    state = checked_state({"from": "2020-09-27", "on": "2023-10-01", "lang": lang}, world()[0])
    record = in_language(world()[0], lang)
    found = kinds.changes(state, record, world()[1], SIZES["a4-portrait"], None)["map"]["letters"]
    told = letters(pdf_text(sheet("changes", state, *world(), size="a4-portrait")))
    assert [name for name, letter in found.items() if letters(letter + name) not in told] == []


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("ընդամենը՝ 11 458 կմ²", "ընդամենը՝ 11~458~կմ²"),
        ("9,017 km2 on 10 November", "9,017~km² on 10 November"),
        ("по пункту 6, в Шуше – 12 октября 2020 г.", "по~пункту~6, в~Шуше~– 12 октября 2020~г."),
        ("и в Шуше", "и в~Шуше"),
    ],
)
def test_a_figure_keeps_its_unit_and_a_short_word_the_next(typed, printed):
    assert typeset._typographic(typed).replace("\u00a0", "~") == printed


@pytest.mark.parametrize(
    ("day", "told"),
    [("2023-10-02", "Flight of over 100,000 people to Armenia"), ("2024-06-01", "24 May 2024: ")],
)
def test_a_quiet_day_names_what_it_lies_within_or_comes_after(day, told):
    record, ground = world()
    page = kinds.one(checked_state({"on": day}, record), record, ground, SIZES["card"], None)
    assert told in page["says"]


def test_the_foot_and_the_sources_are_readable():
    record, ground = world()
    page = kinds.one(checked_state({"on": "2020-11-25"}, record), record, ground, SIZES["card"], None)
    assert page["foot"]["link"].startswith("state: on=2020-11-25")
    assert "%" not in page["foot"]["link"]
    assert readable("a.az/erm%c9%99nil") == "a.az/ermənil"
    assert readable("a.az/two%20words%E6%BC%A2") == "a.az/two%20words%E6%BC%A2"
