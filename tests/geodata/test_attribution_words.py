"""The words and codes by which lists are read: held to Babel, to each other and to their form."""

import json

import pytest

from geodata.attribution.budget import InputError
from geodata.attribution.precision_table import precision_tables
from geodata.attribution.words import fold, headers, month_of, name_parts
from geodata.attribution.words.month_names import PATH, READ_IN, month_names


def test_the_month_names_are_babels():
    assert json.loads(PATH.read_text(encoding="utf-8")) == month_names()


def test_no_word_names_two_months():
    seen = {}
    for months in month_names().values():
        for number, words in enumerate(months, start=1):
            for word in words:
                assert seen.setdefault(fold(word), number) == number, word
    assert seen == month_of()
    assert len(month_names()) == len(READ_IN)


def test_no_header_has_two_roles():
    words = headers()
    roles = {}
    for role in ("lat", "lon", "date", "date_else", "pair", "wkt"):
        for name in words[role]:
            assert roles.setdefault(name_parts(name), role) == role, name
    for first, last in [*words["spans"], *words["spans_else"]]:
        assert name_parts(first) != name_parts(last)


def test_every_code_has_a_source_and_says_whose_figure_it_is():
    for table in precision_tables():
        assert table.source
        assert table.url.startswith("https://")
        for column in table.columns:
            for code in (column.codes or {}).values():
                assert code.by in {"codebook", "ours"}
                assert code.text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "is empty"),
        ("a: [", "is not YAML"),
        ("- id: x\n  source: y\n  columns: []", "entry 1, columns"),
        ("- id: x\n  source: y\n  columns: [{names: [a], gives: feet}]", "entry 1, columns.0.gives"),
        ("- id: x\n  source: y\n  columns: [{names: [a], gives: days, codes: {'1': {value: -3}}}]", "codes.1.value"),
    ],
    ids=["empty", "no yaml", "no columns", "feet", "negative"],
)
def test_a_table_of_another_form_is_refused_in_a_sentence(tmp_path, content, said):
    path = tmp_path / "own.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=said) as caught:
        precision_tables(path)
    assert len(str(caught.value).splitlines()) == 1
