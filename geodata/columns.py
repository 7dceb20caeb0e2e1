"""The columns of every export, declared once.

Formats, value lists, the data package and ``docs/data-dictionary.md`` all follow from :data:`DECLARED`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "day", "integer", "number", "flag", "list"]
Values = Literal["controllers", "republics", "causes", "statuses", "layers", "event_kinds", "confidences"]

KINDS = ("control", "held", "doubt", "edges", "zones", "lines", "points", "places", "events")
"""The kinds of feature, in drawing order, the lowest first."""
GROUND = ("control", "held", "places")
GOVERNED = ("control", "zones", "lines", "points", "events")


@dataclass(frozen=True)
class Column:
    """One column: its name, what it holds, in which kinds of feature, and what that means.

    Attributes
    ----------
    kind
        ``day`` is a date (ISO 8601 text where a format has none); ``list`` is several values, in flat formats divided by
        a semicolon and a space.
    vocabulary
        The vocabulary that its values are from, see :mod:`layers.export.value_lists`.
    layers
        The kinds of feature that have the column.
    required
        Whether it is filled in every row of these.
    """

    name: str
    kind: Kind
    title: str
    about: str
    vocabulary: Values | None = None
    layers: tuple[str, ...] = KINDS
    required: bool = False


DECLARED = (
    Column("feature_id", "text", "Id", "Id of the feature, unique in its layer. In a history it ends in a number or a day.", required=True),
    Column("layer", "text", "Layer", "Id of the layer of the atlas that the feature belongs to.", "layers", required=True),
    Column("name", "text", "Name", "Neutral name in English.", required=True),
    Column("name_az", "text", "Name in Azerbaijani", "Name in Azerbaijani."),
    Column("name_hy", "text", "Name in Armenian", "Name in Armenian."),
    Column("name_ru", "text", "Name in Russian", "Name in Russian."),
    Column("title", "text", "Title", "What happened, in a line.", layers=("events",)),
    Column("event_kind", "text", "Kind of event", "Kind of event.", "event_kinds", ("events",)),
    Column("controller", "text", "Controller", "Who held the ground. Control is not sovereignty.", "controllers", GROUND),
    Column("record_certain", "flag", "Certain in the record", "False where the record leaves the holder or the date in doubt. It says nothing about the distance to a line: see the layer doubt.", layers=GROUND),
    Column("or_controller", "text", "Or controller", "Who else may have held it, where the record is in doubt.", "controllers", GROUND),
    Column("sovereign", "text", "Sovereign", "The republic that it belongs to by international recognition.", "republics", ("control", "places")),
    Column("sovereign_iso", "text", "Sovereign, ISO 3166", "The same as an ISO 3166-1 alpha-2 code.", layers=("control", "places")),
    Column("geonames_id", "integer", "GeoNames id", "Number of the place in GeoNames, where it was looked up.", layers=("places", "events")),
    Column("since", "day", "Since", "First day on which the row holds, calendar day of the record's time zone. In events the first day of the event."),
    Column("open_start", "flag", "Open start", "True where `since` is only the first day of the record: it held before, and the record does not say since when.", required=True),
    Column("until", "day", "Until", "First day on which the row holds no more. Empty: to the end of what the file tells. In events the day after the last one."),
    Column("event", "text", "Event", "Id of the event with which the holding began, or of the event itself. Key of the table event_list.", layers=("control", "events")),
    Column("change_clause", "integer", "Clause of the change", "Clause of the statement that required the hand-over; empty where none did.", layers=("control",)),
    Column("cause", "text", "Cause", "How the ground came to this holder.", "causes", ("control",)),
    Column("disputed", "flag", "Disputed", "True where accounts differ.", layers=("control", "events")),
    Column("two_sides", "list", "Two sides", "The two holders on the sides of the line.", layers=("doubt", "edges")),
    Column("zones", "list", "Zones", "Zones of the statement that the feature lies in.", layers=("control", "places", "events")),
    Column("clauses", "list", "Clauses", "Clauses of the statement that govern it.", layers=(*GOVERNED, "places")),
    Column("obligation", "text", "Obligation", "Id of the obligation with the next deadline, which speaks for the feature. Key of the table obligations.", layers=GOVERNED),
    Column("deadline_first", "day", "First deadline", "Last day of the obligation as first announced.", layers=GOVERNED),
    Column("deadline_current", "day", "Deadline", "Last day of the obligation as then known.", layers=GOVERNED),
    Column("deadline_met", "day", "Met on", "Day on which the obligation was met.", layers=GOVERNED),
    Column("status", "text", "Status", "Status of the obligation on the day in `as_of`.", "statuses", GOVERNED),
    Column("deadlines", "list", "Deadlines", "All obligations of the feature with their dates, in words.", layers=GOVERNED),
    Column("deadline_note", "text", "Why no deadline", "Why there is no deadline, where there is none.", layers=GOVERNED),
    Column("accuracy_m", "integer", "Accuracy in m", "How exactly the shape or position is known, in metres."),
    Column("basis", "text", "Basis", "What the shape rests on: mapped (the border as OpenStreetMap has it, which is no survey: between the two states 12.7 km are delimited), adjusted, chain of places, schematic, residual; published coordinates for places. Several are divided by a semicolon."),
    Column("km2", "number", "Area in km²", "Geodesic area in square kilometres (WGS84).", layers=("control", "held", "doubt", "zones")),
    Column("km", "number", "Length in km", "Geodesic length in kilometres (WGS84).", layers=("edges", "lines")),
    Column("confidence", "text", "Confidence", "How sure the record is of the event.", "confidences", ("events",)),
    Column("views", "list", "Views", "What each side says of the event, where they differ.", layers=("events",)),
    Column("note", "text", "Note", "Description or comment.", layers=("zones", "lines", "points", "places", "events")),
    Column("sources", "list", "Sources", "Ids of the sources. Keys of the table sources; a description in words names an original data set.", required=True),
    Column("evidence", "list", "Evidence", "Words of the sources that carry the event, with source, language and side.", layers=("control", "events")),
    Column("licence", "text", "Licence", "Licence of the feature (SPDX).", required=True),
    Column("as_of", "day", "As of", "The day to which status and deadlines refer: the day of the file; in a history the last day of the row.", required=True),
)  # fmt: skip
"""Every column, in the order in which all formats write them."""

COLUMNS = tuple(column.name for column in DECLARED)
LISTS = {column.name for column in DECLARED if column.kind == "list"}
DAYS = tuple(column.name for column in DECLARED if column.kind == "day")


def columns_of(layer: str) -> tuple[Column, ...]:
    """The columns of one kind of feature, the same on every day; ``history`` is the history of ``control``."""
    kind = "control" if layer == "history" else layer
    return tuple(column for column in DECLARED if kind in column.layers)
