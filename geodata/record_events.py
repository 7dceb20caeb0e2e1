"""Events of the record: what happened when, what changed hands with it, and what each side says of it."""

from __future__ import annotations

import datetime as dt

from pydantic import Field, model_validator

from geodata import dates
from geodata.record_types import (
    Attested,
    Cause,
    ClauseNumber,
    Confidence,
    Controller,
    Day,
    Edtf,
    EventKind,
    Id,
    Instant,
    Outcome,
    People,
    Prose,
    Side,
    Sources,
    Unheard,
)


class CourtRequest(Attested):
    """One thing that was asked of a court, by whom, and what the court made of it."""

    by: Side
    asked: Prose
    outcome: Outcome
    note: Prose | None = None


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
    note: Prose | None = None


class SideStatement(Attested):
    """What one side says of an event."""

    side: Side
    text: Prose
    date: Edtf | None = Field(None, description="When it was said")
    speaker: Prose | None = Field(None, description="Who said it: a person or a body")
    office: Prose | None = Field(None, description="In which capacity: an office, or “statement” of a body")
    speaker_gap: Prose | None = Field(None, description="Why no speaker is named; docs/thin.md lists every such gap")
    organ: bool = Field(True, description="False: the speaker is not an organ of that side and does not speak for it")
    ground: list[Id] = Field(default_factory=list, description="Places or units that the view says somebody held")
    holder: Controller | None = Field(None, description="Who held that ground from the event on, by this view")
    sources: Sources

    @model_validator(mode="after")
    def _ground_has_a_holder(self) -> SideStatement:
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
    title: Prose
    text: Prose
    clauses: list[ClauseNumber] = Field(default_factory=list)
    obligations: list[Id] = Field(default_factory=list)
    zones: list[Id] = Field(default_factory=list)
    places: list[Id] = Field(default_factory=list)
    transfers: list[Transfer] = Field(default_factory=list)
    disputed: bool = False
    views: list[SideStatement] = Field(default_factory=list)
    unheard: list[Unheard] = Field(default_factory=list)
    court: list[CourtRequest] = Field(default_factory=list, description="For a court: what was asked, and the outcome")
    agreed: list[Prose] = Field(default_factory=list, description="For an agreement: what it says, point by point")
    absent: list[Prose] = Field(default_factory=list, description="For an agreement: what it does not settle or name")
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
