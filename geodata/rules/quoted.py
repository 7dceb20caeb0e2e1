"""*Evidence*: what has to carry a source's own words, and whether quotations of the statement are exact.

A version of the statement that was seen whole leaves one byte for each of its words in the record
(:attr:`geodata.model.Witness.checksums`).  A quotation is exact if the bytes of its words stand there in a row: that
holds all quotations of one version together, and the text itself is not kept.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator

from geodata.model import Clause, Deadline, Dispute, Fulfilment, Obligation, Phrase, Quantity, Record, Term
from geodata.record_events import Transfer
from geodata.record_types import Evidence, People
from geodata.rules.walk import Entry, Finding, entries

QUOTED = (Transfer, Deadline, Term, Fulfilment, Dispute, Quantity, People)
"""What has to be quoted."""
WORD = re.compile(r"[^\W_]+(?:['’.,][^\W_]+)*")


def unquoted(record: Record) -> Iterator[Finding]:
    """Facts without words that carry them, and quotations that can't be right."""
    events = {event.id: event for event in record.events}
    for entry in entries(record):
        value = entry.value
        if isinstance(value, QUOTED) and not value.evidence and not value.evidence_gap:
            event = events[value.event] if isinstance(value, Fulfilment) else None
            if event is None or not (event.evidence or any(item.evidence for item in event.transfers)):
                yield Finding(
                    entry.file,
                    entry.where,
                    f"no words of a source carry this {type(value).__name__.lower()}: add `evidence`, or `evidence_gap`.",
                )
        if isinstance(value, Dispute):
            yield from _one_sided(entry, value)
        if isinstance(value, Evidence):
            yield from _misfiled(record, entry, value)
    yield from _inexact(record)


def _one_sided(entry: Entry, dispute: Dispute) -> Iterator[Finding]:
    """A dispute quotes both sides."""
    quoted = {item.side for item in dispute.evidence}
    for side in (dispute.claim_side, dispute.counter_side):
        if side not in quoted and not dispute.evidence_gap:
            yield Finding(entry.file, entry.where, f"the dispute has no words of {side} under `evidence`.")


def _misfiled(record: Record, entry: Entry, evidence: Evidence) -> Iterator[Finding]:
    """Words come from a source that was seen, in its language (if it is one page) or that of the version that they quote."""
    source = next(item for item in record.sources if item.id == evidence.source)
    if not source.seen:
        yield Finding(entry.file, entry.where, f"“{source.id}” was not seen: nothing can be quoted from it.")
    witness = next((item for item in record.statement.witnesses if item.id == evidence.witness), None)
    language, owner = (witness.language, witness.id) if witness else (source.language, source.id)
    one_page = witness is not None or not evidence.address
    if one_page and evidence.language != language:
        yield Finding(
            entry.file,
            entry.where,
            f"the words are marked “{evidence.language}”, “{owner}” is in “{language}”: if it has other pages, give the `address`.",
        )


def _inexact(record: Record) -> Iterator[Finding]:
    """Quotations of a version of the statement that do not stand in it, or that give the same words differently."""
    checksums = {witness.id: witness.checksums for witness in record.statement.witnesses}
    earlier: dict[tuple[str, int], list[str]] = {}
    for clause, entry, witness, words in statement_quotations(record):
        if clause in checksums[witness] and not stands_in(words, checksums[witness][clause]):
            yield Finding(
                entry.file, entry.where, f"“{words}” does not stand in clause {clause} of the version “{witness}”."
            )
        others = earlier.setdefault((witness, clause), [])
        for other in others:
            if not agree(words, other):
                yield Finding(
                    entry.file,
                    entry.where,
                    f"the version “{witness}” is quoted as “{words}” here and as “{other}” before.",
                )
        others.append(words)


def agree(one: str, other: str) -> bool:
    """Whether two quotations of one clause that begin with the same three words go on with the same words."""
    first, second = normal_words(one), normal_words(other)
    length = min(len(first), len(second))
    return first[:3] != second[:3] or first[:length] == second[:length]


def statement_quotations(record: Record) -> Iterator[tuple[int, Entry, str, str]]:
    """Every quotation of the statement: clause, entry, version, words."""
    clause = 0
    for entry in entries(record):
        value = entry.value
        if isinstance(value, Clause):
            clause = value.number
        elif isinstance(value, Obligation):
            clause = value.clause
        elif isinstance(value, Phrase):
            yield clause, entry, value.witness, value.phrase
        elif isinstance(value, Evidence) and value.witness and entry.file in {"clauses", "obligations"}:
            yield clause, entry, value.witness, value.quote


def checksum(text: str) -> str:
    """One byte a word, as hexadecimal digits; case, punctuation and the form of letters make no difference."""
    return "".join(hashlib.sha256(word.encode()).hexdigest()[:2] for word in normal_words(text))


def normal_words(text: str) -> list[str]:
    """The words of a text, in lower case and without punctuation around them."""
    return WORD.findall(unicodedata.normalize("NFKC", text).casefold().replace("’", "'"))


def stands_in(quotation: str, text_checksum: str) -> bool:
    """Whether the words of a quotation stand in a row in the text that left this checksum."""
    wanted = checksum(quotation)
    starts = range(0, len(text_checksum) - len(wanted) + 1, 2)
    return any(text_checksum.startswith(wanted, start) for start in starts)
