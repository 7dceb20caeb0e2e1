"""What the files of the record share: ids, days, names, evidence, sources.

Every model forbids unknown fields and is frozen.
"""

from __future__ import annotations

import datetime as dt
from enum import Enum
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

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


def _only_in_catalogues(text: str | None) -> None:
    if text is not None:
        raise ValueError("translations stand in record/translations/, not in the record")


def _time_zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ValueError, OSError, ZoneInfoNotFoundError) as error:
        raise ValueError(f"“{text}” is not the name of a time zone, such as Asia/Baku") from error
    return text


Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Edtf = Annotated[str, AfterValidator(_edtf)]
"""A date in EDTF: a day, a month, a year or an interval."""
Day = Annotated[dt.date, BeforeValidator(_day)]
"""A calendar day of the record's time zone; written YYYY-MM-DD."""
Instant = Annotated[str, AfterValidator(_instant)]
"""An ISO 8601 instant with its zone."""
TimeZone = Annotated[str, AfterValidator(_time_zone)]
"""The IANA name of a time zone."""
Text = Annotated[str, Field(min_length=1)]


class Mark(Enum):
    """What the translators' catalogues make of a text (see :mod:`geodata.translations`)."""

    PROSE = "our own words: a translation takes their place"
    QUOTED = "somebody's exact words: a translation stands beside them"


Prose = Annotated[str, Field(min_length=1), Mark.PROSE]
"""A text of ours that is read, and so translated."""
Quoted = Annotated[str, Field(min_length=1), Mark.QUOTED]
"""A quotation: it keeps its language."""
Translation = Annotated[
    str | None,
    AfterValidator(_only_in_catalogues),
    Field(description="Not written here: see the catalogues of translations"),
]
"""The translation of a quotation in the reader's language; the catalogues hold it, never the YAML."""
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
Basis = Literal["mapped", "adjusted", "chain of places", "schematic", "residual"]
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
Whose = Id
"""Whose people are counted, a people and not a government: one of ``peoples`` in statement.yaml."""

QUOTE_WORDS = 25
"""Longest quotation of a source, in words: the few that carry a fact."""


class Model(BaseModel):
    """Base of every record model: frozen, and an unknown field is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Evidence(Model):
    """The few words of a source that carry a fact, exactly as they were seen."""

    source: Id
    quote: Quoted = Field(description="Exact words, 25 at most, in the language in which they were seen")
    translation: Translation = None
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
    evidence_gap: Prose | None = Field(None, description="Why no words are quoted; docs/thin.md lists every such gap")


class People(Attested):
    """A count of people, with the name of who counted."""

    what: Fate
    whose: Whose
    number: Annotated[int, Field(ge=0)] | None = Field(None, description="None where no figure was seen")
    counted_by: Prose
    note: Prose | None = None
    sources: Sources


class Unheard(Model):
    """A side whose word on the matter was looked for and not found, or that is not known to have spoken."""

    side: Side
    topic: Id | None = Field(None, description="Topic of the readings, for a clause")
    stage: Id | None = Field(None, description="Stage in time, if it concerns one only")
    note: Prose


class Source(Model):
    """One entry of the source register."""

    id: Id
    publisher: Text
    credit: Prose | None = Field(
        None,
        description="Whose report or words it prints, or what it is, as read after the publisher: “citing TASS”. "
        "Not where a copy was read: `repost` and `address` tell that",
    )
    title: Text
    date: Edtf | None = None
    address: str | None = Field(
        None, description="Page address as printed in the register, without a scheme if none was seen"
    )
    language: str = Field("en", description="ISO 639-1 code of the text that was read")
    side: Side | None = Field(None, description="The party whose publication it is, if it is one")
    seen: bool = Field(True, description="False: general knowledge, no text was seen")
    repost: bool = Field(False, description="True: read in a repost or mirror")
    note: Prose | None = None

    @property
    def copied_by(self) -> str | None:
        """The host of the copy that was read, where the address is not the publisher's own page."""
        host, _, page = (self.address or "").removeprefix("https://").removeprefix("http://").partition("/")
        host = host.removeprefix("www.")
        copied = self.repost and page and host.casefold() not in self.publisher.casefold()
        return host if copied else None


class Names(Model):
    """One thing's names; ``neutral`` is English by the rule of docs/neutrality.md."""

    neutral: Text
    az: str | None = None
    hy: str | None = None
    ru: str | None = None
    unchecked: list[Language] = Field(default_factory=list, description="Forms for which no source has been seen")
    sources: list[Id] = Field(default_factory=list)
