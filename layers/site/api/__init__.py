"""``api/v1/`` of the static site: what a program asks for, as files whose addresses stay.

There is no server: a day's answer is the file of the last state that began by then, and ``index.json`` lists them.  Every file
is made from record and shapes alone, so the same data give the same bytes (and the same ETag), and lies gzipped beside itself.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import lru_cache, partial
from typing import Any

from geodata.breakpoints import piece_days, status_days
from geodata.changes import changes
from geodata.ground import Ground
from geodata.model import Record
from geodata.status import statuses
from layers.export import heading_of
from layers.export.tables import events_table
from layers.site.api.holders import HOLDERS, holders
from layers.site.api.schemas import OPENAPI, openapi, schemas
from layers.site.api.states import state_files

ROOT = "api/v1"
Made = tuple[str, Callable[[], bytes]]


def api(record: Record, ground: Ground) -> Iterator[Made]:
    """Every file below :data:`ROOT` and how it is made, and the same gzipped."""
    for name, make in _files(record, ground):
        once = lru_cache(maxsize=1)(make)
        yield f"{ROOT}/{name}", once
        yield f"{ROOT}/{name}.gz", partial(_gzipped, once)


def _gzipped(make: Callable[[], bytes]) -> bytes:
    return gzip.compress(make(), 9, mtime=0)


def _files(record: Record, ground: Ground) -> Iterator[Made]:
    head = head_of(record, ground)
    states, duties = periods(record, piece_days(ground)), periods(record, status_days(record))
    files = {
        "states": [{**period, "file": f"states/{period['from']}.geojson"} for period in states],
        "obligations": [{**period, "file": f"obligations/{period['from']}.json"} for period in duties],
        "changes": "changes.json",
        "events": "events.json",
        "places": "places.csv",
        "openapi": OPENAPI,
        "schemas": {name: f"schemas/{name}.schema.json" for name in schemas(record)},
    }
    yield "index.json", partial(written, head | files)
    yield from state_files(record, ground, head, [period["from"] for period in states])
    for period in duties:
        yield f"obligations/{period['from']}.json", partial(_obligations, record, head, period)
    every = [row.as_json() for row in changes(ground, record.coverage_start, record.coverage_end)]
    yield "changes.json", partial(written, head | {"changes": every})
    yield "events.json", partial(written, head | {"events": events_table(record)})
    yield "places.csv", partial(_places, record, ground, str(head["version"]))
    yield OPENAPI, partial(openapi, record, head)
    for name, schema in schemas(record).items():
        yield f"schemas/{name}.schema.json", partial(written, schema)


def head_of(record: Record, ground: Ground) -> dict[str, Any]:
    """What stands at the head of every file: title, note, credits, licence, citation, data version, first and last day."""
    heading = heading_of(record, ground)
    kept = ("title", "version", "licence", "citation", "note", "credits", "coverage_start", "coverage_end")
    return {key: heading[key] for key in kept}


def periods(record: Record, days: set[date]) -> list[dict[str, str]]:
    """The stretches between some days of the record: first and last day of each."""
    start, end = record.coverage_start, record.coverage_end
    firsts = sorted({start} | {day for day in days if start < day <= end})
    lasts = [day - timedelta(days=1) for day in firsts[1:]] + [end]
    return [{"from": first.isoformat(), "to": last.isoformat()} for first, last in zip(firsts, lasts, strict=True)]


def _obligations(record: Record, head: dict[str, Any], period: dict[str, str]) -> bytes:
    rows = [row.as_dict() for row in statuses(record, date.fromisoformat(period["from"]))]
    return written(head | period | {"obligations": rows})


def _places(record: Record, ground: Ground, version: str) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow([*HOLDERS, "version"])
    writer.writerows([*row, version] for row in holders(record, ground))
    return stream.getvalue().encode()


def written(value: object) -> bytes:
    """JSON as every file of the interface has it."""
    return (json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n").encode()
