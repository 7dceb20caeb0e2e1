"""The gaps that the record states itself, and those that can be counted; docs/thin.md lists them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from geodata import dates
from geodata.model import Reading, Record
from geodata.record_events import SideStatement
from geodata.record_types import Attested, Unheard
from geodata.rules.quoted import statement_quotations
from geodata.rules.walk import entries


class Gap(NamedTuple):
    """One thing that is missing and is said to be missing."""

    entry: str
    missing: str
    why: str


def stated(record: Record) -> Iterator[Gap]:
    """Words, speakers and sides that were looked for and not found, each with its reason."""
    for entry in entries(record):
        value, name = entry.value, entry.name(record)
        if isinstance(value, Attested) and value.evidence_gap:
            yield Gap(name, "words of a source", value.evidence_gap)
        if isinstance(value, Reading | SideStatement):
            if value.speaker_gap:
                yield Gap(name, "the speaker", value.speaker_gap)
            if value.date and dates.bounds(value.date).first != dates.bounds(value.date).last:
                yield Gap(name, "the day", f"known as {value.date} only")
        if isinstance(value, Unheard):
            yield Gap(name, f"a word of {value.side}", value.note)


def not_compared(record: Record) -> list[tuple[str, int]]:
    """Versions and clauses that are quoted and were not seen whole, so that no quotation can be compared."""
    known = {(witness.id, clause) for witness in record.statement.witnesses for clause in witness.checksums}
    return sorted({(witness, clause) for clause, _, witness, _ in statement_quotations(record)} - known)


def report(record: Record) -> str:
    """The gaps as Markdown, for docs/thin.md."""
    rows = [f"| `{gap.entry}` | {gap.missing} | {gap.why.rstrip('.')} |" for gap in stated(record)]
    versions: dict[str, list[int]] = {}
    for witness, clause in not_compared(record):
        versions.setdefault(witness, []).append(clause)
    listed = "; ".join(f"`{witness}` {', '.join(map(str, clauses))}" for witness, clauses in versions.items())
    return (
        f"{len(rows)} gaps are stated in the record.\n\n"
        "| entry | missing | why |\n|---|---|---|\n"
        + "\n".join(rows)
        + f"\n\nQuoted, but not seen as a whole clause, so that the quotations could not be compared with the text: {listed or 'none'}.\n"
    )
