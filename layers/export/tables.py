"""The tables behind the map: obligations, events, changes; as CSV, XLSX and JSON."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import Any

from geodata.changes import changes
from geodata.dates import parse_day
from geodata.features import evidence_words
from geodata.ground import Ground
from geodata.model import Record
from geodata.parts import iso
from geodata.spreadsheet_safety import cell
from geodata.status import statuses

Table = list[dict[str, Any]]
FORMATS = ("csv", "xlsx", "json")


def tables(record: Record, ground: Ground, day: str, known: str | None = None) -> dict[str, Table]:
    """All three tables; obligations as of a day, events and changes of the whole record."""
    return {
        "obligations": obligations_table(record, day, known),
        "events": events_table(record),
        "changes": changes_table(ground),
    }


def obligations_table(record: Record, day: str, known: str | None = None) -> Table:
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
                "on": day,
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
                "what_happened": duty.what_happened,
                "sources": list(status.sources),
            }
        )
    return rows


def events_table(record: Record) -> Table:
    """Every event, in order; ``date`` is EDTF, ``first_day`` and ``last_day`` its bounds."""
    rows = [
        {
            "id": event.id,
            "date": event.date,
            "first_day": event.first_day.isoformat(),
            "last_day": event.counts_from.isoformat(),
            "title": event.title,
            "text": event.text,
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
    return [row.as_json() for row in changes(ground, start or ground.coverage_start, end or ground.coverage_end)]


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
        return _csv(table)
    if fmt == "xlsx":
        from layers.export.xlsx import write as write_xlsx

        return write_xlsx(table, title)
    raise ValueError(f"There is no format “{fmt}” for a table; the formats are {', '.join(FORMATS)}.")


def _csv(table: Table) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    if table:
        writer.writerow(list(table[0]))
    for row in table:
        writer.writerow([cell(value) for value in row.values()])
    return stream.getvalue().encode("utf-8-sig")
