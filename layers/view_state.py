"""The state of a view: read from a URL, written to a URL, passed to the map.  Declared in ``view_state.yaml``.

Nothing here fails on bad input: every bad value gives its default and a :class:`Notice` that names it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from geodata.dates import parse_day
from geodata.integrity import data_version
from geodata.model import Record

SCHEMA = Path(__file__).with_name("view_state.yaml")
NONE = "none"
"""How the URL says that no layer is on."""
_UNPRINTABLE = re.compile(r"[^\w .,:;/+*!?'\"()<>=&%#@-]")
_PAGE_FORMS = {"id": re.compile(r"[a-z0-9-]{1,60}"), "card": re.compile(r"[a-z]{2,6}:[A-Za-z0-9_.,@-]{1,80}")}
_NUMBER = re.compile(r"-?\d{1,3}(\.\d{1,12})?")


@dataclass(frozen=True)
class State:
    """What a view shows; ``from_`` is the key ``from``.  Days are ISO text, ``view`` is (latitude, longitude, zoom)."""

    on: str
    from_: str | None = None
    known: str | None = None
    layers: tuple[str, ...] = ()
    clause: int | None = None
    lang: str = "en"
    names: str = "lang"
    view: tuple[float, float, float] | None = None

    def as_dict(self) -> dict[str, Any]:
        """JSON values under the declared keys, in the declared order (what ``window.atlas.show`` takes)."""
        values = {field.name.rstrip("_"): getattr(self, field.name) for field in fields(self)}
        values["layers"] = list(self.layers)
        values["view"] = list(self.view) if self.view else None
        return values

    def with_(self, **changes: Any) -> State:
        """A copy with some values changed."""
        return replace(self, **changes)


@dataclass(frozen=True)
class Notice:
    """One thing in the input that could not be used: a key of ``notices`` in ``view_state.yaml`` and its values."""

    code: str
    values: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return self.say(schema()["notices"][self.code])

    def say(self, template: str) -> str:
        """The sentence, from a template in any language."""
        return template.format_map(dict(self.values))


@dataclass(frozen=True)
class Limits:
    """What the record allows: first and last day, layer ids in the order of the record, groups of them, clauses, the usual day, the version of the data, and the steps of the story."""

    start: str
    end: str
    layers: tuple[str, ...]
    groups: tuple[tuple[str, tuple[str, ...]], ...]
    clauses: tuple[int, ...]
    on: str
    version: str
    steps: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def schema() -> dict[str, Any]:
    """The declared schema, as it stands in ``view_state.yaml``."""
    content: dict[str, Any] = yaml.safe_load(SCHEMA.read_text(encoding="utf-8"))
    return content


def limits(record: Record) -> Limits:
    """The limits that a record sets."""
    return Limits(
        start=record.coverage_start.isoformat(),
        end=record.coverage_end.isoformat(),
        layers=tuple(zone.id for zone in record.zones if zone.kind != "group"),
        groups=tuple((zone.id, tuple(zone.group)) for zone in record.zones if zone.kind == "group"),
        clauses=tuple(clause.number for clause in record.clauses),
        on=record.effect_day.isoformat(),
        version=data_version(),
        steps=tuple(step.id for step in record.story),
    )


def _keys(allowed: Limits) -> list[dict[str, Any]]:
    """The declared keys, with the usual day of the record, and of the usual layers those that it has."""
    keys = [dict(rule) for rule in schema()["keys"]]
    for rule in keys:
        if rule["key"] == "on":
            rule["default"] = allowed.on
        elif rule["key"] == "layers":
            rule["default"] = [name for name in rule["default"] if name in allowed.layers]
    return keys


def browser_schema(allowed: Limits) -> dict[str, Any]:
    """The schema with its limits, as the browser gets it (JSON)."""
    return {
        **schema(),
        "keys": _keys(allowed),
        "start": allowed.start,
        "end": allowed.end,
        "layers": list(allowed.layers),
        "groups": {name: list(members) for name, members in allowed.groups},
        "version": allowed.version,
    }


def default(allowed: Limits) -> State:
    """The state of an address without a query."""
    return parse({}, allowed)[0]


def parse(query: Mapping[str, str], allowed: Limits) -> tuple[State, list[Notice]]:
    """Read a URL's query.

    Returns
    -------
    State, list of Notice
        The state, and one notice for each value that could not be used.
    """
    notices: list[Notice] = []
    values: dict[str, Any] = {}
    for rule in _keys(allowed):
        values[rule["key"]] = _value(rule, query.get(rule["key"]), values, allowed, notices)
    _check_version(query.get("v"), allowed, notices)
    values["from_"] = values.pop("from")
    return State(**values), notices


def from_dict(values: Mapping[str, Any], allowed: Limits) -> tuple[State, list[Notice]]:
    """Read JSON values (the browser's report, the command line) with the same care as a URL."""
    known = {rule["key"] for rule in schema()["keys"]}
    query = {key: text for key, value in values.items() if key in known and (text := _text(value)) is not None}
    return parse(query, allowed)


def query(state: State, allowed: Limits) -> dict[str, str]:
    """The URL's query for a state, without the defaults."""
    usual = default(allowed).as_dict()
    return {key: _text(value) or "" for key, value in state.as_dict().items() if value != usual[key]}


def link_query(state: State, allowed: Limits) -> dict[str, str]:
    """The query of a link that is kept: the day always, what differs from the usual view, and the version of the data."""
    return {"on": state.on, **query(state, allowed), "v": allowed.version}


def version_form() -> re.Pattern[str]:
    """What the name of a version of the data looks like."""
    return re.compile(schema()["link_keys"][0]["pattern"])


def _check_version(text: str | None, allowed: Limits, notices: list[Notice]) -> None:
    """Say so where a link was made from other data than these."""
    asked = (text or "").replace(" ", "+")  # an address that was typed or mailed may not have its plus encoded
    if asked in ("", allowed.version):
        return
    known = version_form().fullmatch(asked)
    values = (("key", "v"), ("value", asked if known else _shown(asked)), ("instead", allowed.version))
    notices.append(Notice("other-version" if known else "not-a-version", values))


def page_values(query: Mapping[str, str]) -> dict[str, str | None]:
    """The page's own keys from a URL's query; anything unknown gives the default."""
    values = {}
    for rule in schema()["page_keys"]:
        value = query.get(rule["key"]) or ""
        fits = value in rule["choices"] if rule["type"] == "choice" else _PAGE_FORMS[rule["type"]].fullmatch(value)
        values[rule["key"]] = value if fits else rule["default"]
    return values


def page_notices(query: Mapping[str, str], allowed: Limits) -> list[Notice]:
    """One notice for each key of the page that asks for what there is not; whether a card exists the map alone knows."""
    found = page_values(query)
    notices = []
    for rule in schema()["page_keys"]:
        key, asked = rule["key"], query.get(rule["key"])
        values = [("key", key), ("value", _shown(asked or ""))]
        if asked and rule["type"] == "choice" and asked not in rule["choices"]:
            instead = rule["default"] or "the usual value"
            notices.append(Notice("unknown-choice", (*values, ("instead", instead))))
        elif asked and key == "step" and found[key] not in allowed.steps:
            notices.append(Notice("unknown-step", tuple(values)))
    return notices


def _text(value: Any) -> str | None:
    """A JSON value as the URL writes it; None where nothing is set."""
    if value is None:
        return None
    if isinstance(value, list | tuple):
        return ",".join(_plain(item) for item in value) or NONE
    return _plain(value)


def _plain(value: Any) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def _value(
    rule: Mapping[str, Any], text: str | None, before: Mapping[str, Any], allowed: Limits, notices: list[Notice]
) -> Any:
    """One key's value; ``before`` holds the values of the keys declared above it."""
    usual = rule["default"]
    if rule["type"] == "layers":
        return _layers(usual, text, allowed, notices)
    if text is None or text == "":
        return usual

    def refuse(code: str, **more: Any) -> None:
        values = {"key": rule["key"], "value": _shown(text), "instead": usual or "the usual value", **more}
        notices.append(Notice(code, tuple((name, str(value)) for name, value in values.items())))

    if rule["type"] == "day":
        return _day(rule, text, before, allowed, refuse)
    if rule["type"] == "clause":
        if text in tuple(map(str, allowed.clauses)):
            return int(text)
        refuse("unknown-clause")
    elif rule["type"] == "choice":
        if text in rule["choices"]:
            return text
        refuse("unknown-choice")
    elif rule["type"] == "view":
        view = _view(rule, text)
        if view is None:
            refuse("bad-view")
        return view
    return usual


def _day(rule: Mapping[str, Any], text: str, before: Mapping[str, Any], allowed: Limits, refuse: Any) -> Any:
    try:
        day = parse_day(text).isoformat()
    except ValueError:
        refuse("not-a-day")
        return rule["default"]
    if day < allowed.start:
        refuse("before-record", start=allowed.start)
        return rule["default"]
    if day > allowed.end:
        refuse("after-record", end=allowed.end)
        day = allowed.end
    later = rule.get("not_after")
    if later and day > before[later]:
        refuse("after-on", on=before[later])
        return rule["default"]
    return day


def _layers(usual: Iterable[str], text: str | None, allowed: Limits, notices: list[Notice]) -> tuple[str, ...]:
    """Ids in the order of the record, groups opened; the default where no id could be used."""
    if text == NONE:
        return ()
    groups, chosen, wrong = dict(allowed.groups), set[str](), 0
    for name in (text or "").split(","):
        if name in allowed.layers:
            chosen.add(name)
        elif name in groups:
            chosen.update(groups[name])
        elif name:
            wrong += 1
            if wrong <= 5:
                notices.append(Notice("unknown-layer", (("key", "layers"), ("value", _shown(name)))))
    if not chosen:
        chosen = set(usual)
    return tuple(name for name in allowed.layers if name in chosen)


def _view(rule: Mapping[str, Any], text: str) -> tuple[float, float, float] | None:
    parts = text.split(",")
    if len(parts) != 3 or not all(_NUMBER.fullmatch(part) for part in parts):
        return None
    numbers = [float(part) for part in parts]
    if not all(
        math.isfinite(number) and low <= number <= high
        for number, (low, high) in zip(numbers, rule["bounds"], strict=True)
    ):
        return None
    lat, lon, zoom = (round(number, places) for number, places in zip(numbers, rule["decimals"], strict=True))
    return lat, lon, zoom


def _shown(text: str) -> str:
    """A bad value as a notice shows it: short, and nothing that could hide or reorder text."""
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text[:40])
