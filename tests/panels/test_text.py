"""Words on the page: record text stays text; sources say how reliable they are; citations can be read back."""

import html
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.citations import bibtex, csl_json
from geodata.loading import load_record
from geodata.record_types import Source
from layers.atlas import atlas_data
from layers.wording import wording
from panels.text import escape, linked, source_label, sources_note

HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "[a](javascript:alert(1))",
    "$x$ :red[x] :smile: :material/home:",
    "`x` **b** _i_",
    "{{ 7*7 }} ${7}",
]


@given(st.text(max_size=200))
def test_plain_loses_nothing_and_leaves_no_markup(text):
    shown = escape(text)
    assert (
        html.unescape(shown) == text.replace("\n", " ").replace("\r", " ")
        or "\x00" in text
        or any(ord(sign) < 32 or 127 <= ord(sign) < 160 for sign in text)
    )
    assert not re.search(r"[\\`*_{}\[\]()<>~$:|!]", shown)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text(text):
    assert not re.search(r"[<>\[\]`*$:]", escape(text))


def test_sources_say_what_they_are_worth():
    assert sources_note(["general-knowledge"], wording()).startswith("General knowledge")
    assert sources_note(["s1"], wording()).startswith("Single source")
    assert sources_note(["s1", "s2"], wording()).startswith("Sources")
    assert "general knowledge" in sources_note(["s1", "general-knowledge"], wording())


def test_a_strange_address_is_no_link():
    source = Source(id="x", publisher="P", title="T", address="javascript:alert(1)//(")
    assert "](" not in linked(source, wording().tr)


def test_csl_json_can_be_read():
    items = json.loads(csl_json(atlas_data().record.sources))
    assert len(items) == len(atlas_data().record.sources)
    assert all({"id", "type", "title"} <= set(item) for item in items)


def test_bibtex_is_balanced_and_keyed_once():
    text = bibtex(atlas_data().record.sources)
    assert text.count("@misc{") == len(atlas_data().record.sources)
    bare = re.sub(r"\\[{}]", "", text)
    assert bare.count("{") == bare.count("}")


@given(st.text(max_size=60))
def test_bibtex_of_any_title_is_balanced(title):
    entry = bibtex(
        [
            Source.model_construct(
                id="x",
                publisher="P",
                title=title,
                date=None,
                address=None,
                language="en",
                seen=True,
                repost=False,
                note=None,
            )
        ]
    )
    bare = re.sub(r"\\[{}]", "", entry.replace(r"\textbackslash{}", ""))
    assert bare.count("{") == bare.count("}")


def test_a_link_leads_where_its_label_says():
    """A source with a page of somebody else's tells whose page that is."""
    for source in load_record().sources:
        host, _, page = (source.address or "").removeprefix("https://").removeprefix("http://").partition("/")
        if source.repost and page:
            assert host.removeprefix("www.").casefold() in source_label(source, wording().tr).casefold(), source.id
