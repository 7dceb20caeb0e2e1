"""Hostile text, and a record whose every text field holds some of it."""

import dataclasses
import types
import typing
from itertools import count

from annotated_types import MinLen
from pydantic import BaseModel

from geodata.ground import load_ground
from geodata.loading import load_record
from geodata.model import Record

PAYLOADS = (
    '<img src=x onerror="window.ran=1">',
    "</script><script>window.ran=1</script>",
    "<!--<script>window.ran=1",
    "`${window.ran=1}`",
    "\\`${window.ran=1}\\`",
    "{{ 7*7 }}{{ self.__init__.__globals__ }}",
    "{% for x in range(9) %}evaluated{% endfor %}",
    "{# swallowed #}",
    "\u202egnitae\u202c \u2066b\u2069",
    "before\0after",
    '=HYPERLINK("http://example.org")',
    "+1+1",
    "@SUM(1)",
    "-2+3+cmd|' /C calc'!A0",
    "\t=1+1",
    '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
    "]]><x/>&lt;b&gt;&amp;&#0;",
    "line\u2028separator\u2029here",
    "javascript:window.ran=1",
    '" onmouseover="window.ran=1" x="',
    "$E = \\frac{1}{0}$ $\\nosuch$ % _ ^",
    "[a](javascript:window.ran=1) *b* :red[c] :material/home: ![d](http://example.org/d.png)",
    "first\r\nsecond\vthird",
    "a\u0301\u0302\u0303" * 40,
    "\U0001f6a9\ufeff\ufffe",
)
LONG = "Ünendlich " * 1000
"""A name of ten thousand letters."""
SURROGATE = "half \ud800 a letter"
"""Not text at all: no encoding can carry it, so the record refuses it."""


def is_text(annotation, metadata):
    """Whether a field of this type is free text, as against an id, a date or a choice."""
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        inner, *more = typing.get_args(annotation)
        return is_text(inner, (*metadata, *more))
    if origin in {typing.Union, types.UnionType}:
        return any(is_text(one, metadata) for one in typing.get_args(annotation) if one is not type(None))
    if origin is list:
        return is_text(typing.get_args(annotation)[0], ())
    return annotation is str and not any(_restricts(one) for one in metadata)


def _restricts(metadata):
    described = repr(metadata)
    return not isinstance(metadata, MinLen) and ("pattern" in described or "AfterValidator" in described)


def poison(record, payloads=PAYLOADS):
    """The record with hostile text in every text field; each field gets the next payload, and keeps its own number."""
    numbers = count()

    def hostile(old, *, short=False):
        number = next(numbers)
        text = LONG if number % 211 == 0 and not short else payloads[number % len(payloads)]
        return f"{text} №{number}" if old else old

    def walk(model):
        values = {}
        for name, info in type(model).model_fields.items():
            value = getattr(model, name)
            if isinstance(value, BaseModel):
                values[name] = walk(value)
            elif isinstance(value, list) and value and isinstance(value[0], BaseModel):
                values[name] = [walk(item) for item in value]
            elif is_text(info.annotation, tuple(info.metadata)) and isinstance(value, str):
                values[name] = hostile(value, short=name == "quote")  # a quotation has 25 words at most
            elif is_text(info.annotation, tuple(info.metadata)) and isinstance(value, list):
                values[name] = [hostile(item) for item in value]
            else:
                values[name] = value
        return type(model).model_construct(**values)

    poisoned = walk(record)
    # By the front door: the models take all of it, so nothing here is a text that the record could not hold.
    return Record.model_validate(poisoned.model_dump(by_alias=True, warnings=False))


TEXTS = {"names", "text", "note", "source", "licence", "basis_note", "guards"}
"""Properties of built shapes that hold free text."""
SHAPES = ("pieces", "edges", "lines", "points", "base")


CREDITS = " ".join(PAYLOADS)


def poison_properties(properties, numbers):
    """Properties of one feature with the next payloads in those that are shown as text."""

    def hostile(value):
        if isinstance(value, dict):
            return {key: hostile(item) for key, item in value.items()}
        return PAYLOADS[next(numbers) % len(PAYLOADS)] if isinstance(value, str) else value

    return {**properties, **{name: hostile(properties[name]) for name in sorted(TEXTS & properties.keys())}}


def poison_shape(shape, numbers):
    """A shape with the next payloads in the fields that are shown as text."""
    names = TEXTS & {field.name for field in dataclasses.fields(shape)}
    return dataclasses.replace(shape, **poison_properties({name: getattr(shape, name) for name in names}, numbers))


def poison_ground(ground):
    """The ground with hostile text in every property that is shown as text, and in its credits."""
    numbers = count()

    def features(found):
        return tuple(poison_shape(shape, numbers) for shape in found)

    parts = {name: features(getattr(ground, name)) for name in SHAPES}
    return dataclasses.replace(ground, **parts, credits=CREDITS)


def hostile_world():
    """Record and ground, both poisoned."""
    return poison(load_record()), poison_ground(load_ground())


def texts_of(model):
    """Every free text of a record, by its path."""
    found = {}
    for name, info in type(model).model_fields.items():
        value = getattr(model, name)
        items = value if isinstance(value, list) else [value]
        for number, item in enumerate(items):
            if isinstance(item, BaseModel):
                found.update({f"{name}.{number}.{path}": text for path, text in texts_of(item).items()})
            elif isinstance(item, str) and is_text(info.annotation, tuple(info.metadata)):
                found[f"{name}.{number}"] = item
    return found
