"""Record, ground and what follows from both: loaded once per process, frozen, shared by all sessions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from geodata.breakpoints import breakpoints
from geodata.ground import Ground, load_ground
from geodata.integrity import data_version
from geodata.loading import load_record
from geodata.model import Clause, Event, Obligation, Place, Record, Source, Unit, Zone
from layers.view_state import Limits, limits


@dataclass(frozen=True, eq=False)
class AtlasData:
    """Record, ground and what follows from both."""

    record: Record
    ground: Ground
    limits: Limits
    stops: tuple[str, ...]
    version: str
    clauses: dict[int, Clause]
    obligations: dict[str, Obligation]
    events: dict[str, Event]
    zones: dict[str, Zone]
    units: dict[str, Unit]
    places: dict[str, Place]
    sources: dict[str, Source]


@lru_cache(maxsize=1)
def atlas_data() -> AtlasData:
    """The data of this process, loaded at the first call.

    Raises
    ------
    RecordError, ShapeError
        Where a file is damaged, naming file and field.
    """
    record, ground = load_record(), load_ground()
    return AtlasData(
        record=record,
        ground=ground,
        limits=limits(record),
        stops=tuple(day.isoformat() for day in breakpoints(record, ground)),
        version=data_version(),
        clauses={clause.number: clause for clause in record.clauses},
        obligations={item.id: item for item in record.obligations},
        events={item.id: item for item in record.events},
        zones={item.id: item for item in record.zones},
        units={item.id: item for item in record.units},
        places={item.id: item for item in record.places},
        sources={item.id: item for item in record.sources},
    )
