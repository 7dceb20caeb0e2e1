"""The library: record and ground as one object, which answers what the commands answer, by the same functions.

>>> from geodata import Atlas
>>> atlas = Atlas.load()
>>> answer = atlas.at(39.991, 46.9274, "2020-11-20")
>>> answer.controller, answer.clauses, answer.certain
('azerbaijan', (2,), True)

A day is a :class:`datetime.date` or text, YYYY-MM-DD, and means a calendar day of the record's time zone.  Control is not
sovereignty: whose the ground is by international recognition is a field of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from geodata.breakpoints import breakpoints
from geodata.changes import Change, changes
from geodata.control import ControlAnswer, control_at
from geodata.data_folder import data_folder
from geodata.dates import parse_day
from geodata.ground import Ground, load_ground
from geodata.integrity import data_version
from geodata.loading import load_record
from geodata.model import Clause, Obligation, Record
from geodata.record_events import Event
from geodata.record_ground import Place, Unit, Zone
from geodata.record_types import Source
from geodata.status import Status, statuses

if TYPE_CHECKING:  # pandas and its friends are loaded by the first answer that is a table
    import geopandas as gpd
    import pandas as pd

    from geodata.features import Row

Day = date | str


def day_of(day: Day) -> date:
    """A day given as such or as text, YYYY-MM-DD.

    Raises
    ------
    ValueError
        With one sentence, for text that is not a day.
    """
    return parse_day(day) if isinstance(day, str) else day


@dataclass(frozen=True, eq=False)
class Atlas:
    """Record, ground and what follows from both.  Frozen: share it as you like.

    Attributes
    ----------
    record
        The reviewed record, typed (:class:`geodata.model.Record`).
    ground
        The built shapes with their history (:class:`geodata.ground.Ground`).
    version
        Data version: changes with every change of record or shapes.

    Examples
    --------
    >>> Atlas.load().events["kalbajar-handed-over"].date
    '2020-11-25'
    """

    record: Record
    ground: Ground
    version: str

    @classmethod
    def load(cls, folder: Path | str | None = None) -> Self:
        """Read record and shapes.

        Parameters
        ----------
        folder
            With ``record/`` and ``shapes/``; default: that of this package (see :mod:`geodata.data_folder`).

        Raises
        ------
        RecordError, ShapeError
            Where a file is damaged, naming file and field.
        """
        root = Path(folder) if folder else data_folder()
        return cls(load_record(root / "record"), load_ground(root / "shapes"), data_version(root))

    def at(self, lat: float, lon: float, on: Day) -> ControlAnswer:
        """Who held a point on a day, which zones and clauses applied there, and how sure that is.

        Parameters
        ----------
        lat, lon
            WGS84 decimal degrees.

        Raises
        ------
        ValueError
            For impossible coordinates or a day before the record begins.

        Examples
        --------
        >>> atlas = Atlas.load()
        >>> atlas.at(40.1097, 46.0367, "2020-11-24").controller
        'armenian-forces'
        >>> atlas.at(40.1097, 46.0367, "2020-11-25").controller
        'azerbaijan'
        >>> atlas.at(48.85, 2.35, "2020-11-25").outside
        True
        """
        return control_at(self.ground, lat, lon, day_of(on))

    def status(self, on: Day, known: Day | None = None) -> list[Status]:
        """Every obligation at a day: due, done, status, days early or late.

        Parameters
        ----------
        known
            What had been announced by this day is used, nothing later; default: the same day.

        Examples
        --------
        >>> {row.id: row.status for row in Atlas.load().status("2020-11-16", known="2020-11-14")}["6-kalbajar"]
        'pending'
        >>> {row.id: str(row.due) for row in Atlas.load().status("2020-11-16")}["6-kalbajar"]
        '2020-11-25'
        """
        return statuses(self.record, day_of(on), None if known is None else day_of(known))

    def changes(self, since: Day | None = None, until: Day | None = None, *, net: bool = False) -> list[Change]:
        """What changed hands after ``since`` and up to ``until`` (default: the whole record), in order; areas in km2.

        Parameters
        ----------
        net
            Compare the two days only: ground that went and came back is left out.

        Raises
        ------
        ValueError
            When ``until`` lies before ``since``, or ``since`` before the record.

        Examples
        --------
        >>> for change in Atlas.load().changes("2020-11-10", "2020-12-01"):
        ...     print(change.date, change.zone, change.clause)
        2020-11-20 agdam 2
        2020-11-25 kalbajar 6
        2020-12-01 lachin 6
        2020-12-01 lachin-corridor 6
        """
        start = self.record.coverage_start if since is None else day_of(since)
        end = self.record.coverage_end if until is None else day_of(until)
        return changes(self.ground, start, end, net=net)

    def state(self, on: Day, kind: str = "control", *, known: Day | None = None) -> gpd.GeoDataFrame:
        """The features of a day as a GeoDataFrame (WGS84); it tells nothing later than that day.

        Parameters
        ----------
        kind
            One of :data:`geodata.columns.KINDS`: ``control`` has the pieces, ``held`` the same joined by holder,
            ``zones``, ``places``, ``events``, ….  docs/data-dictionary.md explains the columns.
        known
            Deadlines as announced by this day; default: the same day.

        Raises
        ------
        ValueError
            For an unknown kind, or a day before the record begins.

        Examples
        --------
        >>> held = Atlas.load().state("2020-11-25", "held")
        >>> sorted(held["controller"])
        ['armenia', 'armenian-forces', 'azerbaijan']
        """
        return self._frame(kind, day_of(on), None if known is None else day_of(known), history=False)

    def history(self, kind: str = "control") -> gpd.GeoDataFrame:
        """The whole record as a GeoDataFrame: a row for each period, from ``since`` up to, not including, ``until``.

        Parameters
        ----------
        kind
            As in :meth:`state`.

        Examples
        --------
        >>> table = Atlas.load().history()
        >>> row = table[table["feature_id"].str.startswith("kalbajar")].iloc[-1]
        >>> str(row["since"]), row["controller"]
        ('2020-11-25', 'azerbaijan')
        """
        return self._frame(kind, self.ground.coverage_end, None, history=True)

    def _frame(self, kind: str, day: date, known: date | None, *, history: bool) -> gpd.GeoDataFrame:
        from geodata.columns import KINDS, columns_of
        from geodata.frames import frame

        if kind not in KINDS:
            raise ValueError(f"There is no kind of feature “{kind}”; the kinds are {', '.join(KINDS)}.")
        return frame(self.rows(day, known, history=history)[kind], columns_of(kind))

    def rows(self, day: date, known: date | None = None, *, history: bool = False) -> dict[str, list[Row]]:
        """The features of a day, or of all days up to it, as plain rows by kind (see :mod:`geodata.features`)."""
        from geodata.derived_features import state_rows, whole_rows

        if history:
            return whole_rows(self.ground, self.record, day)
        return state_rows(self.ground, self.record, day, known=known)

    def attribute(
        self,
        points: pd.DataFrame,
        *,
        lat: str | None = None,
        lon: str | None = None,
        date: str | None = None,
        date_order: str | None = None,
    ) -> pd.DataFrame:
        """Many dated positions at once: the table with the columns that ``python -m geodata attribute`` adds.

        Parameters
        ----------
        points
            One row a position, WGS84 decimal degrees; of a GeoDataFrame the geometry is used.
        lat, lon, date
            Names of the columns; default: those with a usual name.
        date_order
            ``dmy`` or ``mdy``: how 03/04/2020 is read; it is not read without.

        Returns
        -------
        pandas.DataFrame
            The same rows and index, with ``controller``, ``certain``, ``clauses``, …; ``problem`` says what could not be
            used of a row.

        Raises
        ------
        InputError
            A ValueError: naming the column that is missing, or which it could be.

        Examples
        --------
        >>> import pandas as pd
        >>> points = pd.DataFrame({"lat": [39.991, 39.991], "lon": [46.9274, 46.9274], "date": ["2020-11-19", "2020-11-20"]})
        >>> list(Atlas.load().attribute(points)["controller"])
        ['armenian-forces', 'azerbaijan']
        """
        from geodata.attribution.data_frames import attribute_frame

        return attribute_frame(self.ground, points, lat=lat, lon=lon, date=date, order=date_order)

    @cached_property
    def stops(self) -> tuple[str, ...]:
        """The days (ISO text) on which anything changes: control, zones, a status, or an event of note."""
        return tuple(day.isoformat() for day in breakpoints(self.record, self.ground))

    @cached_property
    def clauses(self) -> dict[int, Clause]:
        """The clauses by number."""
        return {clause.number: clause for clause in self.record.clauses}

    @cached_property
    def obligations(self) -> dict[str, Obligation]:
        """What is owed, by id."""
        return {item.id: item for item in self.record.obligations}

    @cached_property
    def events(self) -> dict[str, Event]:
        """What happened, by id."""
        return {item.id: item for item in self.record.events}

    @cached_property
    def zones(self) -> dict[str, Zone]:
        """The zones of the statement and the other layers, by id."""
        return {item.id: item for item in self.record.zones}

    @cached_property
    def units(self) -> dict[str, Unit]:
        """Ground that changes hands as a whole, by id."""
        return {item.id: item for item in self.record.units}

    @cached_property
    def places(self) -> dict[str, Place]:
        """Settlements and other named places, by id."""
        return {item.id: item for item in self.record.places}

    @cached_property
    def sources(self) -> dict[str, Source]:
        """The register of sources, by the ids that everything else names."""
        return {item.id: item for item in self.record.sources}
