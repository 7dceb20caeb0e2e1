"""A sentence keeps what it quotes and counts apart, so that any language can tell it."""

import pickle

from geodata.attribution.budget import InputError
from geodata.attribution.said import Quoted, Said

ROW = Said.of("{problem} ({n} of {name})", problem=Said.of("it is {value}", value=Quoted("“x”")), n=1200, name="a")


def test_it_is_told_with_its_values_in_the_language_s_way():
    assert str(ROW) == "it is “x” (1,200 of a)"
    words = {"it is {value}": "да {value}", "{problem} ({n} of {name})": "{name}: {problem}, {n}"}
    assert ROW.told(words.__getitem__, lambda count: f"{count:_}") == "a: да “x”, 1_200"


def test_its_kind_leaves_out_what_it_quotes():
    assert str(ROW.kind()) == "it is … (1,200 of a)"


def test_a_template_without_values_is_told_as_it_stands():
    assert str(InputError("{a} “{")) == "{a} “{"


def test_an_error_keeps_its_sentence_between_processes_and_stays_on_one_line():
    again = pickle.loads(pickle.dumps(InputError("there is “{name}”", name="a\nb")))
    assert (str(again), again.said.values) == ("there is “a\ufffdb”", {"name": "a\nb"})
