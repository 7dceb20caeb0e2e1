"""One edition of the data as it lies in a folder or in a data package, read without the models of today."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from geodata.integrity import MANIFEST
from geodata.loading import LOADER

Entry = dict[str, Any]
LISTS = (
    "clauses", "obligations", "readings", "events", "zones", "units", "places", "claims", "story", "sources"
)  # fmt: skip
"""Files of the record that are lists of entries."""


_OLD_SIDE = re.compile(r"side_\d{4}_\d\d_\d\d")


@dataclass(frozen=True)
class Edition:
    """Entries by file and id, the statement, and the properties of the pieces.

    Attributes
    ----------
    name
        Where it was read, or what it is called.
    record
        Entries of each file of :data:`LISTS`, by id (clauses by number).
    statement
        What ``statement.yaml`` holds.
    pieces
        The properties of each piece: unit, km2, spans.
    """

    name: str
    record: dict[str, dict[str, Entry]]
    statement: Entry
    pieces: list[Entry] = field(default_factory=list)


def read_edition(path: Path | str) -> Edition:
    """Read an edition.

    Parameters
    ----------
    path
        A folder with ``record/`` and ``shapes/`` (or with ``geodata/``, as a clone has it), or a data package (``.zip``).

    Raises
    ------
    ValueError
        With one sentence, where there is no record or a file can't be read.
    """
    place = Path(path)
    if place.is_file():
        return _from_package(place)
    root = next((folder for folder in (place, place / "geodata") if (folder / "record").is_dir()), None)
    if root is None:
        raise ValueError(
            f"“{path}” is not an edition of the data: give a folder with record/ and shapes/, or a data package (.zip)."
        )

    def read(name: str) -> bytes | None:
        file = root / name
        return file.read_bytes() if file.exists() else None

    return edition_of(str(path), read)


def _from_package(path: Path) -> Edition:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            return edition_of(str(path), lambda name: archive.read(name) if name in names else None)
    except zipfile.BadZipFile as error:
        raise ValueError(f"“{path}” is not a data package: it can't be opened as an archive (.zip).") from error


def edition_of(name: str, read: Callable[[str], bytes | None]) -> Edition:
    """An edition from its files; ``read`` gives the content of one by its path, or None where there is none."""
    statement = _yaml(name, "record/statement.yaml", read)
    record = {file: _entries(name, file, read) for file in LISTS}
    shapes = read("shapes/pieces.geojson")
    try:
        pieces = [item["properties"] for item in json.loads(shapes)["features"]] if shapes else []
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(f"“{name}”: shapes/pieces.geojson can't be read ({error}).") from error
    return Edition(_called(name, statement or {}, read), record, statement or {}, pieces)


def _called(name: str, statement: Entry, read: Callable[[str], bytes | None]) -> str:
    """What an edition is called: by its version where it declares one, with the hash of a data package or of a sealed folder."""
    version = statement.get("version")
    if not version:
        return f"the edition without a version in “{Path(name).name}”"
    package, manifest = read("datapackage.json"), read(MANIFEST)
    if package:
        version = json.loads(package).get("version", version)
    elif manifest:
        version = f"{version}+{sha256(manifest).hexdigest()[:12]}"
    return f"version {version}"


def _yaml(name: str, file: str, read: Callable[[str], bytes | None]) -> Any:
    content = read(file)
    if content is None:
        return None
    try:
        return days_as_text(yaml.load(content, Loader=LOADER))  # noqa: S506 a safe loader
    except (yaml.YAMLError, ValueError) as error:
        raise ValueError(f"“{name}”: {file} can't be read ({str(error).splitlines()[0]}).") from error


def _entries(name: str, file: str, read: Callable[[str], bytes | None]) -> dict[str, Entry]:
    """The entries of a file by id, or by number."""
    entries = _yaml(name, f"record/{file}.yaml", read) or []
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ValueError(f"“{name}”: record/{file}.yaml can't be read (it is not a list of entries).")
    return {str(entry.get("id", entry.get("number"))): _renamed(entry) for entry in entries}


def _renamed(entry: Entry) -> Entry:
    """An entry with the field names of today: who held a place on one day was once a field named by that day."""
    return {"known_side" if _OLD_SIDE.fullmatch(key) else key: value for key, value in entry.items()}


def days_as_text(value: Any) -> Any:
    """A value of YAML with days and instants as text, so that a quoted date is the same as a bare one."""
    if isinstance(value, dict):
        return {str(key): days_as_text(item) for key, item in value.items()}
    if isinstance(value, list):
        return [days_as_text(item) for item in value]
    return value.isoformat() if hasattr(value, "isoformat") else value
