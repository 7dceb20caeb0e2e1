"""No text of the record is kept from the reader: each stands on the static site, or a reason says where else it is used."""

import re
from html import unescape

import pytest
from pydantic import BaseModel

from geodata.record_types import Model
from layers.map.payload import details
from layers.site.build import downloads
from layers.site.pages import PAGES, Site
from tests.layers.sheets import world

SHOWN_OTHERWISE = {
    "Claim.text_id": "heads the two tables of claims",
    "MeasuredArea.id": "an address for translators",
    "MeasuredArea.what": "the table of areas in the page's changes",
    "MeasuredArea.explained": "the table of areas in the page's changes",
    "ShareRow.what": "docs/method-ground.md",
    "ShareRow.explained": "docs/method-ground.md",
    "Event.disputed": "a word in the event's line",
    "Event.stop": "decides where the time bar stops",
    "Evidence.side": "compared by the rules of quotation; the view that quotes names its side",
    "Evidence.witness": "compared by the rules of quotation",
    "Registered.name": "heads every export, with its number",
    "Reading.id": "an address for other entries",
    "Stage.id": "an address for other entries",
    "Unheard.stage": "an address of a stage",
    "Witness.checksums": "compares quotations with texts that are not reprinted",
    "Witness.id": "an address for other entries; the title is shown",
    "Claim.id": "an address for translators and challenges",
    "Statement.time_zone": "decides on which day an instant falls",
    "Step.fit": "where the map looks",
    "Step.view": "where the map looks",
    "Step.from_": "which day the map compares with",
    "Unit.announced": "which days the doubt around a town's date covers",
}
"""Fields whose values are not texts to read, each with what they are for."""


def texts(model):
    """Every text of a record as ``(Model.field, text)``."""
    for name in type(model).model_fields:
        value = getattr(model, name)
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, BaseModel):
                yield from texts(item)
            elif isinstance(item, str):
                yield f"{type(model).__name__}.{name}", item


@pytest.fixture(scope="module")
def said():
    """All that the pages of the site say."""
    record, ground = world()
    site = Site(record, ground, downloads(record))
    return unescape("\n".join(site.page(name).decode() for name in PAGES))


def all_models(base):
    """Every model of the record, however deep."""
    for model in base.__subclasses__():
        yield model
        yield from all_models(model)


def is_prose(text):
    """Texts to read: more than an id, a day or a code."""
    return not re.fullmatch(r"[a-z0-9/.:+-]+|\d[\dT:+./-]*", text)


def test_every_text_of_the_record_is_shown(said):
    hidden = {field: text for field, text in texts(world()[0]) if is_prose(text) and text not in said}
    assert {field: text for field, text in hidden.items() if field not in SHOWN_OTHERWISE} == {}


def test_every_field_has_a_reader(said):
    """A field of which no value at all is on the site must be listed with its use."""
    values = {}
    for field, text in texts(world()[0]):
        values.setdefault(field, set()).add(text)
    unread = {field for field, found in values.items() if not any(text in said for text in found)}
    assert sorted(unread - set(SHOWN_OTHERWISE) - {"Statement.takes_effect", "Statement.coverage_end"}) == []


def test_the_map_is_told_who_does_not_speak_for_a_side():
    """And nothing of those who do: that goes without saying."""
    record, ground = world()
    told = details(record, ground)
    views = [view for event in told["events"].values() for view in event.get("views", [])]
    said = [*record.readings, *(view for event in record.events for view in event.views)]
    marked = [one.get("organ") for one in [*told["readings"], *views] if "organ" in one]
    assert marked == [False] * sum(not one.organ for one in said) != []


def test_the_list_of_exceptions_is_not_out_of_date():
    known = {f"{model.__name__}.{name}" for model in all_models(Model) for name in model.model_fields}
    assert set(SHOWN_OTHERWISE) <= known
