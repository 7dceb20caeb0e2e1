"""The tables behind the map: obligations, events, changes, sources; as CSV, XLSX and JSON.  No column is a word of SQL."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from functools import partial
from typing import Any

from geodata.addresses import url_of
from geodata.changes import changes
from geodata.dates import parse_day
from geodata.ground import Ground
from geodata.lookup import evidence_words
from geodata.model import Record
from geodata.parts import iso
from geodata.spreadsheet_safety import cell
from geodata.status import statuses
from layers.export.table_columns import TABLES
from layers.wording import publisher, wording

Table = list[dict[str, Any]]
FORMATS = ("csv", "xlsx", "json")


def tables(
    record: Record, ground: Ground, day: str, known: str | None = None, *, later: bool = False, lang: str = "en"
) -> dict[str, Table]:
    """All four tables: obligations as of a day; events, changes and sources.

    With ``later`` events and changes are those of the whole record, else those up to the day.
    """
    last = ground.coverage_end if later else ground.day_covered(parse_day(day))
    return {
        "obligations": obligations_table(record, day, known, later=last >= record.coverage_end),
        "events": [row for row in events_table(record) if row["last_day"] <= last.isoformat()],
        "changes": changes_table(ground, end=last),
        "sources": sources_table(record, lang),
    }


def obligations_table(record: Record, day: str, known: str | None = None, *, later: bool = False) -> Table:
    """Fifteen rows: who owes what to whom, the history of the deadline, and the status on a day."""
    found = {row.id: row for row in statuses(record, parse_day(day), parse_day(known) if known else None)}
    rows = []
    for duty in record.obligations:
        status = found[duty.id]
        rows.append(
            {
                "id": duty.id,
                "clause": duty.clause,
                "title": duty.title,
                "owed_by": duty.owed_by,
                "owed_to": duty.owed_to,
                "duty": duty.duty,
                "as_of": day,
                "status": status.status,
                "deadline_first": iso(status.first_due),
                "deadline_current": iso(status.due),
                "deadline_met": iso(status.done),
                "days_late": status.days_late,
                "days_late_first": status.days_late_first,
                "ended": iso(status.ended),
                "disputed_since": iso(status.disputed_since),
                "term_end": iso(status.term_end),
                "notice_by": iso(status.notice_by),
                "zones": list(status.zones),
                "what_happened": duty.what_happened if later else None,
                "sources": list(status.sources),
            }
        )
    return rows


def events_table(record: Record) -> Table:
    """Every event, in order; ``date`` is EDTF, ``first_day`` and ``last_day`` its bounds."""
    rows = [
        {
            "id": event.id,
            "date_edtf": event.date,
            "first_day": event.first_day.isoformat(),
            "last_day": event.counts_from.isoformat(),
            "event_kind": event.kind,
            "title": event.title,
            "description": event.text,
            "clauses": list(event.clauses),
            "obligations": list(event.obligations),
            "zones": list(event.zones),
            "places": list(event.places),
            "disputed": event.disputed,
            "confidence": event.confidence,
            "views": [f"{view.side}: {view.text}" for view in event.views],
            "sources": list(event.sources),
            "evidence": [evidence_words(item) for item in event.evidence],
        }
        for event in record.events
    ]
    return sorted(rows, key=lambda row: (row["last_day"], row["first_day"], row["id"]))


def changes_table(ground: Ground, start: date | None = None, end: date | None = None) -> Table:
    """Every hand-over dated after ``start`` and up to ``end``; the whole record when None.  Areas in km2, geodesic."""
    found = changes(ground, start or ground.coverage_start, end or ground.coverage_end)
    return [{CHANGE.get(name, name): value for name, value in row.as_json().items()} for row in found]


CHANGE = {"from": "from_controller", "to": "to_controller", "date": "changed_on", "certain": "record_certain"}
"""Columns of changes whose names in JSON are words of SQL, or mean something else elsewhere."""


def sources_table(record: Record, lang: str = "en") -> Table:
    """The register of sources; the columns ``sources`` of all tables and layers hold its ids."""
    named = partial(publisher, tr=wording(lang).tr)
    return [
        {
            "id": source.id,
            "publisher": named(source),
            "title": source.title,
            "published": source.date,
            "address": url_of(source.address) if source.address else None,
            "language": source.language,
            "side": source.side,
            "seen": source.seen,
            "repost": source.repost,
            "note": source.note,
        }
        for source in record.sources
    ]


def write(table: Table, fmt: str, title: str) -> bytes:
    """One table in one of :data:`FORMATS`; the same table gives the same bytes.

    Raises
    ------
    ValueError
        For an unknown format.
    """
    if fmt == "json":
        return (json.dumps(table, ensure_ascii=False, indent=1) + "\n").encode()
    if fmt == "csv":
        return _csv(table, title)
    if fmt == "xlsx":
        from layers.export.xlsx import write as write_xlsx

        return write_xlsx(table, title)
    raise ValueError(f"There is no format “{fmt}” for a table; the formats are {', '.join(FORMATS)}.")


def header(table: Table, title: str) -> list[str]:
    """The names of the columns; of an empty table those that are declared."""
    return list(table[0]) if table else [column.name for column in TABLES.get(title, ())]


def _csv(table: Table, title: str) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(header(table, title))
    for row in table:
        writer.writerow([cell(value) for value in row.values()])
    return stream.getvalue().encode("utf-8-sig")
