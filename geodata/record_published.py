"""Printed figures of areas that the map's own are set beside.  No line is moved to meet a figure."""

from __future__ import annotations

from pydantic import Field

from geodata.record_types import Cause, Controller, Day, Id, Model, Prose, Sources, Text


class Figure(Model):
    """An area that somebody printed, in km2."""

    km2: float
    sources: Sources


class MeasuredArea(Model):
    """Ground that is measured: a zone, units, the residual, or what ``held_by`` held on the first day of the record."""

    id: Id
    what: Prose
    zone: Id | None = None
    units: list[Id] = Field(default_factory=list)
    residual: bool = Field(False, description="Ground outside the former oblast and the districts")
    held_by: list[Controller] = Field(default_factory=list)
    oblast: bool | None = Field(None, description="With held_by: only inside, or only outside the former oblast")
    beside: list[Id] = Field(default_factory=list, description="Units whose hand-over shows the figures and the reason")
    figures: list[Figure] = Field(description="The one compared with first; empty: none was found")
    bound_percent: float | None = Field(description="How far the first figure may be missed; null: no bound")
    explained: Prose | None = Field(None, description="Why they differ; needed where they do by over five percent")


class ShareRow(Model):
    """A part of the ground held before the war, as printed; told in docs/method-ground.md only, so in English."""

    id: Id
    what: Text
    causes: list[Cause] = Field(description="Causes of the hand-overs that it adds up; empty: what was left")
    percent: float
    explained: Text


class Shares(Model):
    """What became of the ground that ``held_by`` held, as one analyst counted it between two days."""

    whole_km2: float
    whole_sources: Sources
    held_by: list[Controller]
    handed_to: Controller
    since: Day
    until: Day
    sources: Sources
    rows: list[ShareRow]


class Published(Model):
    """All that was printed and can be compared."""

    areas: list[MeasuredArea]
    shares: Shares | None = None
