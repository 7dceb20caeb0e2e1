"""The typed record: what each YAML file under ``geodata/record/`` may say.

Every model forbids unknown fields and is frozen.  Cross references (does this source exist?) are checked in
:mod:`geodata.loading`, because they need the whole record.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from geodata import dates


def _edtf(text: str) -> str:
    dates.bounds(text)
    return text


def _day(value: object) -> object:
    return dates.parse_day(value) if isinstance(value, str) else value


def _instant(text: str) -> str:
    dates.parse_instant(text)
    return text


Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Edtf = Annotated[str, AfterValidator(_edtf)]
"""A date in EDTF: a day, a month, a year or an interval."""
Day = Annotated[dt.date, BeforeValidator(_day)]
"""A calendar day of the record's time zone; written YYYY-MM-DD."""
Instant = Annotated[str, AfterValidator(_instant)]
"""An ISO 8601 instant with its zone."""
Text = Annotated[str, Field(min_length=1)]
Sources = Annotated[list[Id], Field(min_length=1)]
"""Ids of the source register; ``general-knowledge`` stands where no source has been seen."""

Controller = Id
"""Who may hold ground: one of ``controllers`` in statement.yaml."""
Sovereign = Id
"""A republic as recognised: one of ``republics`` in statement.yaml."""
Side = Id
"""Whose words or duties they are: one of ``sides`` in statement.yaml."""
Cause = Literal["clause", "force", "other"]
ClauseNumber = Annotated[int, Field(ge=1)]
Confidence = Literal["high", "medium", "low"]
Basis = Literal["surveyed", "adjusted", "chain of places", "schematic", "residual"]
Language = Literal["az", "hy", "ru"]
Verdict = Literal["correct", "imprecise", "wrong", "outdated", "not checkable", "disputed"]
EventKind = Literal[
    "transfer", "fighting", "incident", "agreement", "statement", "deadline", "court", "law", "deployment", "access",
    "infrastructure", "border", "displacement", "return", "detention", "humanitarian", "diplomacy",
]  # fmt: skip
"""What an event is; docs/editing.md says what each kind has to tell."""
Outcome = Literal["granted", "granted in part", "refused"]
"""What a court made of a request."""
Fate = Literal["displaced", "returned", "captured", "detained", "released", "dead", "missing"]
"""What happened to people who are counted."""
Whose = Literal["armenians", "azerbaijanis", "russians", "others"]
"""Whose people are counted: a people, not a government."""

QUOTE_WORDS = 25
"""Longest quotation of a source, in words: the few that carry a fact."""


class Model(BaseModel):
    """Base of every record model: frozen, and an unknown field is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Evidence(Model):
    """The few words of a source that carry a fact, exactly as they were seen."""

    source: Id
    quote: Text = Field(description="Exact words, 25 at most, in the language in which they were seen")
    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")] = Field("en", description="ISO 639-1 code of the words")
    side: Side | None = Field(None, description="Whose words they are, where a side is quoted")
    witness: Id | None = Field(None, description="The version of the statement that is quoted, if it is one")
    address: str | None = Field(None, description="Where it was read, where the source is more than one page")

    @model_validator(mode="after")
    def _short(self) -> Evidence:
        words = len(self.quote.split())
        if words > QUOTE_WORDS:
            raise ValueError(f"the quotation has {words} words, at most {QUOTE_WORDS} are allowed")
        return self


class Attested(Model):
    """A fact with the words that carry it, or with the reason why none are given."""

    evidence: list[Evidence] = Field(default_factory=list)
    evidence_gap: str | None = Field(None, description="Why no words are quoted; docs/thin.md lists every such gap")


class People(Attested):
    """A count of people, with the name of who counted."""

    what: Fate
    whose: Whose
    number: Annotated[int, Field(ge=0)] | None = Field(None, description="None where no figure was seen")
    counted_by: Text
    note: str | None = None
    sources: Sources


class Unheard(Model):
    """A side whose word on the matter was looked for and not found, or that is not known to have spoken."""

    side: Side
    topic: Id | None = Field(None, description="Topic of the readings, for a clause")
    stage: Id | None = Field(None, description="Stage in time, if it concerns one only")
    note: Text


class Source(Model):
    """One entry of the source register."""

    id: Id
    publisher: Text
    title: Text
    date: Edtf | None = None
    address: str | None = Field(
        None, description="Page address as printed in the register, without a scheme if none was seen"
    )
    language: str = Field("en", description="ISO 639-1 code of the text that was read")
    side: Side | None = Field(None, description="The party whose publication it is, if it is one")
    seen: bool = Field(True, description="False: general knowledge, no text was seen")
    repost: bool = Field(False, description="True: read in a repost or mirror")
    note: str | None = None


class Names(Model):
    """One thing's names; ``neutral`` is English by the rule of docs/neutrality.md."""

    neutral: Text
    az: str | None = None
    hy: str | None = None
    ru: str | None = None
    unchecked: list[Language] = Field(default_factory=list, description="Forms for which no source has been seen")
    sources: list[Id] = Field(default_factory=list)


class Held(Attested):
    """Who held a place from one day up to, not including, another, as a source says it."""

    holder: Controller
    since: Day | None = None
    until: Day | None = None
    disputed: bool = Field(False, description="True where another account differs")
    note: str | None = None
    sources: Sources


class KnownSide(Attested):
    """Who held a place on 10 November 2020, by which source."""

    holder: Controller
    sources: Sources
    disputed: bool = Field(False, description="True where the sides' lists disagree")
    other: Controller | None = Field(None, description="Who held it by the list that disagrees")
    inferred: bool = Field(False, description="True where no source says it outright")
    note: str | None = None


class Place(Model):
    """A named point.  Coordinates are WGS84 decimal degrees; null where no published ones were found."""

    id: Id
    names: Names
    lat: Annotated[float, Field(ge=-90, le=90)] | None = None
    lon: Annotated[float, Field(ge=-180, le=180)] | None = None
    accuracy_m: Annotated[int, Field(gt=0)] = 600
    country: Sovereign
    district: str | None = Field(None, description="Which district or province it lies in, in words")
    rank: Literal[1, 2, 3, 4] = Field(4, description="Label rank: 1 is drawn first, 4 only close up")
    side_2020_11_10: KnownSide | None = None
    held: list[Held] = Field(default_factory=list, description="Who held it at other times, as published")
    note: str | None = Field(None, description="Homonyms and conflicts between sources")
    sources: Sources


class Witness(Model):
    """One version of the text of the statement."""

    id: Id
    title: Text
    language: str
    side: Side | None
    sources: Sources
    note: str | None = None
    checksums: dict[ClauseNumber, Annotated[str, Field(pattern=r"^([0-9a-f]{2})+$")]] = Field(
        default_factory=dict,
        description="For each clause that was seen whole: one byte a word, to compare quotations with it",
    )


class Holder(Model):
    """One that may hold ground, and the side that it belongs to."""

    id: Controller
    side: Side | None = Field(description="Null: a third party, of neither side; no line of control bounds its ground")


class Stage(Model):
    """A stretch of time in which readings are compared; it ends where the next begins."""

    id: Id
    title: Text
    since: Day


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

    title: Text
    date_label: Text
    takes_effect: Instant
    signatories: list[Text]
    parties: list[Text]
    controllers: Annotated[list[Holder], Field(min_length=1)] = Field(
        description="Who may hold ground, in legend order"
    )
    sides_day: Day = Field(description="The day for which places.yaml says who held a settlement")
    identity: Text
    witnesses: list[Witness]
    in_force: list[Reading] = Field(description="Positions on whether the statement is still in force")
    unheard: list[Unheard] = Field(default_factory=list)
    stages: list[Stage] = Field(default_factory=list, description="Stages in which readings are compared, oldest first")
    sides: Annotated[list[Id], Field(min_length=1)] = Field(description="Who speaks, publishes or owes, in order")
    republics: Annotated[list[Id], Field(min_length=1)] = Field(
        description="States to which ground belongs by recognition"
    )
    time_zone: Text = Field("UTC", description="IANA name of the zone whose calendar days count")
    area: Area
    sector_dates: Doubtful | None = Field(None, description="When the date of a sector is uncertain away from its town")
    obligations: Annotated[list[Id], Field(min_length=1)] = Field(
        description="Ids of the obligations, which other programs rely on"
    )
    coverage_start: Day = Field(description="First day of the record")
    coverage_end: Day = Field(description="Last day for which the record was researched")
    sources: Sources


class Wording(Model):
    """A short exact phrase in one witness."""

    witness: Id
    phrase: Text = Field(description="Quoted exactly")
    sources: Sources


class Variant(Model):
    """A point at which the versions of a clause differ, and what that changes on the map."""

    point: Text
    wordings: Annotated[list[Wording], Field(min_length=2)]
    consequence: Text


class Quantity(Attested):
    """A number in the text, beside what was reported."""

    what: Text
    in_text: int | None
    reported: int | None = None
    note: str | None = None
    sources: Sources


class Clause(Model):
    """One of the nine clauses, in our own words."""

    number: ClauseNumber
    title: Text
    paraphrase: Text
    who: Text
    where: Text
    deadline_note: Text = Field(description="What the text says of time, or that it names no date")
    phrases: list[Wording] = Field(default_factory=list, description="Short operative phrases, quoted exactly")
    variants: list[Variant] = Field(default_factory=list)
    quantities: list[Quantity] = Field(default_factory=list)
    people: list[People] = Field(default_factory=list, description="People the clause concerns, counted")
    unheard: list[Unheard] = Field(default_factory=list)
    what_happened: Text
    ambiguity: str | None = None
    map_note: Text = Field(description="What of this clause can be drawn, and what can't")
    sources: Sources


class Reading(Attested):
    """What one side takes a clause to mean; every reading has a counterpart on the same topic."""

    id: Id
    clause: ClauseNumber | None = Field(description="None for the question whether the statement is in force")
    topic: Id
    side: Side
    title: Text
    text: Text
    date: Edtf
    speaker: Text | None = Field(None, description="Who said it: a person or a body")
    office: Text | None = Field(None, description="In which capacity: an office, or “statement” of a body")
    speaker_gap: str | None = Field(None, description="Why no speaker is named; docs/thin.md lists every such gap")
    organ: bool = Field(True, description="False: the speaker is no organ of that side and does not speak for it")
    sources: Sources


class Deadline(Attested):
    """One stage in the history of a deadline."""

    announced: Day
    due: Day = Field(description="Last day in time, also where a version of the text says “before”")
    note: Text
    sources: Sources


class Fulfilment(Attested):
    """The event with which an obligation was done, or ended; its date is the event's."""

    event: Id
    note: Text
    sources: Sources


class Dispute(Attested):
    """From this day two dated readings conflict on whether the obligation is kept."""

    since: Day
    claim: Text
    counterclaim: Text
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
    title: Text
    owed_by: Text
    owed_to: Text
    duty: Text
    zones: list[Id] = Field(default_factory=list)
    standing: bool = Field(False, description="A duty that goes on, as against one that is done once")
    deadlines: list[Deadline] = Field(default_factory=list)
    done: Fulfilment | None = None
    ended: Fulfilment | None = None
    disputes: list[Dispute] = Field(default_factory=list)
    term: Term | None = None
    what_happened: Text
    sources: Sources

    @model_validator(mode="after")
    def _ordered(self) -> Obligation:
        announced = [deadline.announced for deadline in self.deadlines]
        if announced != sorted(announced):
            raise ValueError("the deadlines are not in the order in which they were announced")
        return self


class CourtRequest(Attested):
    """One thing that was asked of a court, by whom, and what the court made of it."""

    by: Side
    asked: Text
    outcome: Outcome
    note: str | None = None


class Transfer(Attested):
    """A unit of ground that changes hands with an event."""

    unit: Id
    to: Controller
    clause: ClauseNumber | None = Field(description="The clause that required the change; null where none did")
    cause: Cause
    disputed: bool = False
    certain: bool = Field(
        True, description="False where accounts differ on whether it took place; then the map hatches it"
    )
    note: str | None = None


class View(Attested):
    """What one side says of an event."""

    side: Side
    text: Text
    date: Edtf | None = Field(None, description="When it was said")
    speaker: Text | None = Field(None, description="Who said it: a person or a body")
    office: Text | None = Field(None, description="In which capacity: an office, or “statement” of a body")
    speaker_gap: str | None = Field(None, description="Why no speaker is named; docs/thin.md lists every such gap")
    organ: bool = Field(True, description="False: the speaker is no organ of that side and does not speak for it")
    ground: list[Id] = Field(default_factory=list, description="Places or units that the view says somebody held")
    holder: Controller | None = Field(None, description="Who held that ground from the event on, by this view")
    sources: Sources

    @model_validator(mode="after")
    def _ground_has_a_holder(self) -> View:
        if bool(self.ground) != (self.holder is not None):
            raise ValueError("`ground` and `holder` stand together: which ground, and who held it by this view")
        return self


class Event(Attested):
    """Something dated that happened.  Dates are EDTF days of the record's time zone; ``instant`` stands where the hour is known."""

    id: Id
    kind: EventKind | None = None
    date: Edtf
    instant: Instant | None = None
    announced: Day | None = Field(None, description="When it became known, if that was later than the event")
    title: Text
    text: Text
    clauses: list[ClauseNumber] = Field(default_factory=list)
    obligations: list[Id] = Field(default_factory=list)
    zones: list[Id] = Field(default_factory=list)
    places: list[Id] = Field(default_factory=list)
    transfers: list[Transfer] = Field(default_factory=list)
    disputed: bool = False
    views: list[View] = Field(default_factory=list)
    unheard: list[Unheard] = Field(default_factory=list)
    court: list[CourtRequest] = Field(default_factory=list, description="For a court: what was asked, and the outcome")
    agreed: list[Text] = Field(default_factory=list, description="For an agreement: what it says, point by point")
    absent: list[Text] = Field(default_factory=list, description="For an agreement: what it does not settle or name")
    people: list[People] = Field(default_factory=list)
    stop: bool = Field(True, description="Whether the time bar stops here")
    confidence: Confidence
    sources: Sources

    @property
    def first_day(self) -> dt.date:
        """First day on which it may have happened."""
        return dates.bounds(self.date).first

    @property
    def counts_from(self) -> dt.date:
        """Day from which it counts: the last day of its date."""
        return dates.bounds(self.date).last

    @property
    def known_from(self) -> dt.date:
        """Day from which it can have been known."""
        return self.announced or self.counts_from


class PublishedArea(Model):
    """A figure that somebody printed for an area, in km2; never used to move a line."""

    what: Text
    km2: float
    sources: Sources


class Member(Model):
    """A unit that belongs to a zone, from its first day up to, not including, ``until``."""

    unit: Id
    since: Day
    until: Day | None = None


class Zone(Model):
    """A layer of the map: an area made of units, a line, a point or a group; with the clause that governs it."""

    id: Id
    kind: Literal["area", "line", "point", "group"]
    names: Names
    clauses: list[ClauseNumber] = Field(description="Clauses that govern it; empty: none does, and the map says so")
    obligations: list[Id] = Field(default_factory=list)
    members: list[Member] = Field(default_factory=list, description="For areas")
    group: list[Id] = Field(default_factory=list, description="For groups: the zones in it")
    schematic: bool = Field(False, description="The text gives no geometry: drawn as a scheme only")
    text: Text = Field(description="What it shows and what it does not")
    edition: str | None = Field(None, description="Which edition of administrative boundaries it follows")
    published_areas: list[PublishedArea] = Field(default_factory=list)
    sources: Sources


class Doubt(Attested):
    """From one day up to, not including, another it is not known, or accounts differ, who held a unit."""

    since: Day
    until: Day
    or_: Controller = Field(alias="or", description="Who else may have held it")
    note: Text
    sources: Sources


class Unit(Model):
    """Ground that changes hands as a whole; ``make data`` cuts it into pieces.

    ``control`` at the start of the record; everything later follows from the transfers of the events.
    """

    id: Id
    names: Names
    sovereign: Sovereign
    control: Controller
    outline: Text = Field(description="How its outline is made, in words")
    basis: Basis
    town: Id | None = Field(None, description="Place that dates the sector; beyond 5 km of it the date is uncertain")
    announced: bool = Field(False, description="Its date is that of an announcement, and so uncertain everywhere in it")
    doubts: list[Doubt] = Field(default_factory=list, description="Times at which its holder is not certain, and why")
    published_areas: list[PublishedArea] = Field(default_factory=list)
    note: str | None = None
    sources: Sources


class Claim(Model):
    """A statement of the press, checked against the text and the record."""

    id: Id
    text_id: Literal["press-a", "press-b"]
    said: Text = Field(description="Our paraphrase")
    quoted: str | None = Field(None, description="At most a phrase")
    clauses: list[ClauseNumber] = Field(default_factory=list)
    verdict: Verdict
    finding: Text
    places: list[Id] = Field(default_factory=list)
    zones: list[Id] = Field(default_factory=list)
    events: list[Id] = Field(default_factory=list)
    sources: list[Id] = Field(default_factory=list)


class Step(Model):
    """One step of the guided story: what the map shows, and what to read there."""

    id: Id
    title: Text
    text: Text
    on: Day
    from_: Day | None = Field(None, alias="from")
    layers: list[Id]
    clause: ClauseNumber | None = None
    view: list[float] | None = Field(None, description="[latitude, longitude, zoom]")
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
