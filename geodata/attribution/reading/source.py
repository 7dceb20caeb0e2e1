"""What every reader gives: column names and types beforehand, then chunks of rows with what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

import pyarrow as pa

from geodata.attribution.reasons import Reasons
from geodata.attribution.said import Said

NOT_UTF8 = Said("it holds text that is not UTF-8, written here with \\x escapes; save the file as UTF-8")
MESSAGES = 20
"""Renamed columns that are reported one by one."""


@dataclass(frozen=True)
class Limits:
    """How much of a file is read before it is refused.

    Attributes
    ----------
    size
        Bytes of the file.
    rows, columns
        Rows and columns of the table.
    member
        Bytes of one line of a CSV, one feature of a GeoJSON.
    depth
        Nesting of a GeoJSON.
    ratio
        Bytes that one compressed byte may open up to, beyond the first 16 MiB.
    """

    size: int = 2**44
    rows: int = 10**12
    columns: int = 2_000
    member: int = 128 * 1024
    depth: int = 32
    ratio: int = 200


@dataclass(frozen=True, eq=False)
class Chunk:
    """Some rows of a file, in its order.

    Attributes
    ----------
    table
        The rows, with the source's schema.
    reasons
        Rows that the reader itself could not make out; they are not asked for a position or date.
    notes
        Rows that can be used, but about which something is to be said.
    done
        Share of the file that has been read, 0 to 1.
    """

    table: pa.Table
    reasons: Reasons
    notes: Reasons
    done: float

    @classmethod
    def clean(cls, table: pa.Table, done: float) -> Chunk:
        """Rows with which nothing is wrong so far."""
        return cls(table, Reasons.none(table.num_rows), Reasons.none(table.num_rows), done)


class Source(Protocol):
    """An opened file."""

    schema: pa.Schema
    format: str
    lat: str | None
    """Columns that the format itself says hold the position (GeoJSON), else None."""
    lon: str | None
    date: str | None
    """Columns that the format itself says hold the date, and the last day of a span, else None."""
    date_end: str | None
    geometry: str | None
    """Column that holds points as well-known binary, else None."""
    messages: list[Said]
    """What the reader did that the user should know."""

    def chunks(self) -> Iterator[Chunk]:
        """The rows, chunk by chunk."""
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...


@dataclass
class Opened:
    """Common part of the sources."""

    schema: pa.Schema
    format: str
    lat: str | None = None
    lon: str | None = None
    geometry: str | None = None
    date: str | None = None
    date_end: str | None = None
    messages: list[Said] = field(default_factory=list)


def unique(names: list[str], messages: list[Said]) -> list[str]:
    """Names made unique: an empty one is called by its place, the second ``x`` becomes ``x.2``; both are reported."""
    result: dict[str, None] = {}
    counts: dict[str, int] = {}
    for number, given in enumerate(names, start=1):
        name = given.strip() or f"column_{number}"
        copy = name
        while copy in result:
            counts[name] = counts.get(name, 1) + 1
            copy = f"{name}.{counts[name]}"
        if copy != name and len(messages) < MESSAGES:
            messages.append(
                Said.of(
                    "There is more than one column “{column}”: the one in place {place} is called “{name}”.",
                    column=name[:60],
                    place=number,
                    name=copy[:60],
                )
            )
        result[copy] = None
    return list(result)
