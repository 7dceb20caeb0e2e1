"""The typed record: what each YAML file under ``geodata/record/`` may say.

Every model forbids unknown fields and is frozen.  Cross references (does this source exist?) are checked in
:mod:`geodata.loading`, because they need the whole record.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import Field, model_validator

from geodata import dates
from geodata.record_events import Event
from geodata.record_ground import Place, Unit, Zone
from geodata.record_identifiers import Identifiers
from geodata.record_published import Published
from geodata.record_types import (
    Attested,
    ClauseNumber,
    Controller,
    Day,
    Edtf,
    Id,
    Instant,
    Model,
    People,
    Prose,
    Quoted,
    Side,
    Source,
    Sources,
    Text,
    TimeZone,
    Translation,
    Unheard,
    Verdict,
    Whose,
)


class Witness(Model):
    """One version of the text of the statement."""

    id: Id
    title: Prose
    language: str
    side: Side | None
    sources: Sources
    note: Prose | None = None
    checksums: dict[ClauseNumber, Annotated[str, Field(pattern=r"^([0-9a-f]{2})+$")]] = Field(
        default_factory=dict,
        description="For each clause that was seen whole: one byte a word, to compare quotations with it",
    )


class Holder(Model):
    """One that may hold ground, and the side that it belongs to."""

    id: Controller
    side: Side | None = Field(description="Null: a third party, of neither side; no line of control bounds its ground")
    name: Text | None = Field(None, description="Its English name, where layers/wording/vocabulary.py has none")


class Stage(Model):
    """A stretch of time in which readings are compared; it ends where the next begins."""

    id: Id
    title: Prose
    since: Day


class Opponent(Model):
    """One of the two sides of the conflict: all who speak for it, the first before the others, and its people."""

    sides: Annotated[list[Id], Field(min_length=1)]
    people: Whose


class Area(Model):
    """The box in which every place must lie, in WGS84 decimal degrees."""

    south: float
    west: float
    north: float
    east: float


class Doubtful(Model):
    """Days within which the date of a sector is uncertain away from the town that dates it: ``[since, until)``."""

    since: Day
    until: Day


class Statement(Model):
    """The document itself: what it is, its versions, and whether it still holds."""

    title: Prose
    headline: Text = Field(description="What the sheet, the site and every export are headed by; translated in locale/")
    date_label: Prose
    version: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$", description="Semantic version of the data")] = "0.0.0"
    takes_effect: Instant
    signatories: list[Prose]
    parties: list[Prose]
    controllers: Annotated[list[Holder], Field(min_length=1)] = Field(
        description="Who may hold ground, in legend order"
    )
    sides_day: Day = Field(description="The day for which places.yaml says who held a settlement")
    identity: Prose
    witnesses: list[Witness]
    in_force: list[Reading] = Field(description="Positions on whether the statement is still in force")
    unheard: list[Unheard] = Field(default_factory=list)
    stages: list[Stage] = Field(default_factory=list, description="Stages in which readings are compared, oldest first")
    sides: Annotated[list[Id], Field(min_length=1)] = Field(description="Who speaks, publishes or owes, in order")
    side_names: dict[Id, Text] = Field(default_factory=dict, description="Names of sides, where the id is not one")
    opponents: list[Opponent] = Field(
        default_factory=list, max_length=2, description="The two that have to be heard alike: of a dispute both speak"
    )
    peoples: list[Id] = Field(default_factory=list, description="Whose people are counted, in order")
    republics: Annotated[list[Id], Field(min_length=1)] = Field(
        description="States to which ground belongs by recognition"
    )
    time_zone: TimeZone = Field("UTC", description="IANA name of the zone whose calendar days count")
    area: Area
    sector_dates: Doubtful | None = Field(None, description="When the date of a sector is uncertain away from its town")
    obligations: Annotated[list[Id], Field(min_length=1)] = Field(
        description="Ids of the obligations, which other programs rely on"
    )
    coverage_start: Day = Field(description="First day of the record")
    coverage_end: Day = Field(description="Last day for which the record was researched")
    sources: Sources


class Phrase(Model):
    """A short exact phrase in one witness."""

    witness: Id
    phrase: Quoted = Field(description="Quoted exactly")
    translation: Translation = None
    sources: Sources


class Variant(Model):
    """A point at which the versions of a clause differ, and what that changes on the map."""

    point: Prose
    wordings: Annotated[list[Phrase], Field(min_length=2)]
    consequence: Prose


class Quantity(Attested):
    """A number in the text, beside what was reported."""

    what: Prose
    in_text: int | None
    reported: int | None = None
    note: Prose | None = None
    sources: Sources


class Clause(Model):
    """One of the nine clauses, in our own words."""

    number: ClauseNumber
    title: Prose
    paraphrase: Prose
    who: Prose
    where: Prose
    deadline_note: Prose = Field(description="What the text says of time, or that it names no date")
    phrases: list[Phrase] = Field(default_factory=list, description="Short operative phrases, quoted exactly")
    variants: list[Variant] = Field(default_factory=list)
    quantities: list[Quantity] = Field(default_factory=list)
    people: list[People] = Field(default_factory=list, description="People the clause concerns, counted")
    unheard: list[Unheard] = Field(default_factory=list)
    what_happened: Prose
    ambiguity: Prose | None = None
    map_note: Prose = Field(description="What of this clause can be drawn, and what can't")
    sources: Sources


class Reading(Attested):
    """What one side takes a clause to mean; every reading has a counterpart on the same topic."""

    id: Id
    clause: ClauseNumber | None = Field(description="None for the question whether the statement is in force")
    topic: Id
    side: Side
    title: Prose
    text: Prose
    date: Edtf
    speaker: Prose | None = Field(None, description="Who said it: a person or a body")
    office: Prose | None = Field(None, description="In which capacity: an office, or “statement” of a body")
    speaker_gap: Prose | None = Field(None, description="Why no speaker is named; docs/thin.md lists every such gap")
    organ: bool = Field(True, description="False: the speaker is not an organ of that side and does not speak for it")
    sources: Sources


class Deadline(Attested):
    """One stage in the history of a deadline."""

    announced: Day
    due: Day = Field(description="Last day in time, also where a version of the text says “before”")
    note: Prose
    sources: Sources


class Fulfilment(Attested):
    """The event with which an obligation was done, or ended; its date is the event's."""

    event: Id
    note: Prose
    sources: Sources


class Dispute(Attested):
    """From this day two dated readings conflict on whether the obligation is kept."""

    since: Day
    claim: Prose
    counterclaim: Prose
    claim_side: Side
    counter_side: Side
    sources: Sources


class Term(Attested):
    """A term that renews unless notice is given; the days are computed from the day of effect."""

    starts: Day
    years: Annotated[int, Field(gt=0)]
    notice_months: Annotated[int, Field(gt=0)]
    sources: Sources


class Obligation(Model):
    """Who owes what to whom, by when.  Its status is derived (see :mod:`geodata.status`), never written here."""

    id: Id
    clause: ClauseNumber
    title: Prose
    owed_by: Prose
    owed_to: Prose
    duty: Prose
    zones: list[Id] = Field(default_factory=list)
    standing: bool = Field(False, description="A duty that goes on, as against one that is done once")
    deadlines: list[Deadline] = Field(default_factory=list)
    done: Fulfilment | None = None
    ended: Fulfilment | None = None
    disputes: list[Dispute] = Field(default_factory=list)
    term: Term | None = None
    what_happened: Prose
    sources: Sources

    @model_validator(mode="after")
    def _ordered(self) -> Obligation:
        announced = [deadline.announced for deadline in self.deadlines]
        if announced != sorted(announced):
            raise ValueError("the deadlines are not in the order in which they were announced")
        return self


class Claim(Model):
    """A statement of the press, checked against the text and the record."""

    id: Id
    text_id: Id = Field(description="Which text it is taken from")
    said: Prose = Field(description="Our paraphrase")
    quoted: Quoted | None = Field(None, description="At most a phrase")
    translation: Translation = None
    clauses: list[ClauseNumber] = Field(default_factory=list)
    verdict: Verdict
    finding: Prose
    places: list[Id] = Field(default_factory=list)
    zones: list[Id] = Field(default_factory=list)
    events: list[Id] = Field(default_factory=list)
    sources: list[Id] = Field(default_factory=list)


class Step(Model):
    """One step of the guided story: what the map shows, and what to read there."""

    id: Id
    title: Prose
    text: Prose
    on: Day
    from_: Day | None = Field(None, alias="from")
    layers: list[Id]
    clause: ClauseNumber | None = None
    fit: list[Id] = Field(
        default_factory=list, description="layers that the map fits; empty: follows from layers and clause"
    )
    view: list[float] | None = Field(None, description="[latitude, longitude, zoom], where the map is to fit no ground")
    events: list[Id] = Field(default_factory=list)
    sources: Sources


class Record(Model):
    """The whole record; each field is one file of ``geodata/record/``."""

    statement: Statement
    clauses: list[Clause]
    obligations: list[Obligation]
    readings: list[Reading]
    events: list[Event]
    zones: list[Zone]
    units: list[Unit]
    places: list[Place]
    claims: list[Claim]
    story: list[Step]
    sources: list[Source]
    identifiers: Identifiers
    published: Published

    @property
    def coverage_end(self) -> dt.date:
        """Last day for which the record was researched."""
        return self.statement.coverage_end

    @property
    def coverage_start(self) -> dt.date:
        """First day of the record."""
        return self.statement.coverage_start

    @property
    def effect_day(self) -> dt.date:
        """Day on which clause 1 takes effect, in the record's time zone."""
        return self.day_of(self.takes_effect)

    def day_of(self, instant: dt.datetime) -> dt.date:
        """Calendar day on which an instant falls in the record's time zone (the rule for every question about a day)."""
        return dates.day_in(instant, self.statement.time_zone)

    @property
    def takes_effect(self) -> dt.datetime:
        """Instant at which clause 1 takes effect."""
        return dates.parse_instant(self.statement.takes_effect)


Statement.model_rebuild()
