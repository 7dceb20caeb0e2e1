"""Places, zones and units of the record: where things are, and which ground changes hands as a whole."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from geodata.record_types import (
    Attested,
    Basis,
    ClauseNumber,
    Controller,
    Day,
    Id,
    Model,
    Names,
    Prose,
    Sources,
    Sovereign,
)


class Held(Attested):
    """Who held a place from one day up to, not including, another, as a source says it."""

    holder: Controller
    since: Day | None = None
    until: Day | None = None
    disputed: bool = Field(False, description="True where another account differs")
    note: Prose | None = None
    sources: Sources


class KnownSide(Attested):
    """Who held a place on the day that ``sides_day`` of statement.yaml names, by which source."""

    holder: Controller
    sources: Sources
    disputed: bool = Field(False, description="True where the sides' lists disagree")
    other: Controller | None = Field(None, description="Who held it by the list that disagrees")
    inferred: bool = Field(False, description="True where no source says it outright")
    note: Prose | None = None


class Place(Model):
    """A named point.  Coordinates are WGS84 decimal degrees; null where no published ones were found."""

    id: Id
    names: Names
    lat: Annotated[float, Field(ge=-90, le=90)] | None = None
    lon: Annotated[float, Field(ge=-180, le=180)] | None = None
    accuracy_m: Annotated[int, Field(gt=0)] = 600
    country: Sovereign
    district: Prose | None = Field(None, description="Which district or province it lies in, in words")
    rank: Literal[1, 2, 3, 4] = Field(4, description="Label rank: 1 is drawn first, 4 only close up")
    known_side: KnownSide | None = None
    held: list[Held] = Field(default_factory=list, description="Who held it at other times, as published")
    note: Prose | None = Field(None, description="Homonyms and conflicts between sources")
    sources: Sources


class PublishedArea(Model):
    """A figure that somebody printed for an area, in km2; never used to move a line."""

    what: Prose
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
    frames_view: bool = Field(False, description="The map opens on the box around all zones that say so")
    text: Prose = Field(description="What it shows and what it does not")
    edition: Prose | None = Field(None, description="Which edition of administrative boundaries it follows")
    published_areas: list[PublishedArea] = Field(default_factory=list)
    sources: Sources


class Doubt(Attested):
    """From one day up to, not including, another it is not known, or accounts differ, who held a unit."""

    since: Day | None = Field(None, description="Left out where the doubt is older than the record")
    until: Day
    or_: Controller = Field(alias="or", description="Who else may have held it")
    note: Prose
    sources: Sources


class Unit(Model):
    """Ground that changes hands as a whole; ``make data`` cuts it into pieces.

    ``control`` at the start of the record; everything later follows from the transfers of the events.
    """

    id: Id
    names: Names
    sovereign: Sovereign
    control: Controller
    outline: Prose = Field(description="How its outline is made, in words")
    basis: Basis
    town: Id | None = Field(None, description="Place that dates the sector; beyond 5 km of it the date is uncertain")
    announced: bool = Field(False, description="Its date is that of an announcement, and so uncertain everywhere in it")
    reached: Day | None = Field(
        None, description="First day on which anybody places fighting in the sector; no doubt about its date is older"
    )
    doubts: list[Doubt] = Field(default_factory=list, description="Times at which its holder is not certain, and why")
    published_areas: list[PublishedArea] = Field(default_factory=list)
    note: Prose | None = None
    sources: Sources
