"""Types of ``identifiers.yaml``: what other registers call that which the record names."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from geodata.addresses import url_of
from geodata.record_types import Id, Model, Sources, Text


class Registered(Model):
    """An entry of another register."""

    name: Text = Field(description="Name of the register")
    id: Text
    address: Text | None = Field(None, description="Address of the entry, without a scheme")
    sources: Sources


class RepublicCodes(Model):
    """The codes of a republic in ISO 3166-1."""

    republic: Id
    alpha_2: Annotated[str, Field(pattern="^[A-Z]{2}$")]
    alpha_3: Annotated[str, Field(pattern="^[A-Z]{3}$")]
    sources: Sources


class PlaceNumber(Model):
    """The number of a place in GeoNames."""

    place: Id
    geonames: Annotated[int, Field(gt=0)]


class Identifiers(Model):
    """Everything that was looked up; what could not be is left out."""

    statement: list[Registered] = Field(default_factory=list)
    conflict: list[Registered] = Field(default_factory=list)
    republics: list[RepublicCodes] = Field(default_factory=list)
    places: list[PlaceNumber] = Field(default_factory=list)

    @property
    def same_as(self) -> list[str]:
        """Addresses at which other registers have the statement."""
        return [url_of(item.address) for item in self.statement if item.address]

    @property
    def registered(self) -> list[Registered]:
        """The entries of the statement and of the conflict."""
        return [*self.statement, *self.conflict]

    def geonames(self, place: str) -> int | None:
        """The GeoNames number of a place; None where it is not known."""
        return next((item.geonames for item in self.places if item.place == place), None)

    def iso_3166(self, republic: str | None) -> str | None:
        """The ISO 3166-1 alpha-2 code of a republic; None where it has none."""
        return next((item.alpha_2 for item in self.republics if item.republic == republic), None)
