"""What codes of precision mean: the table in ``words/precision.yaml``, or one of the same form."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from geodata.attribution.budget import InputError
from geodata.attribution.words import HERE, name_parts

TABLE = HERE / "precision.yaml"
MOST_METRES = 1_000_000
"""Farther than any two places of the area lie apart; more is taken for a mistake."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Code(_Strict):
    """One code: how many days on either side, or metres around; whose figure that is; what the codebook says of it."""

    value: Annotated[int, Field(ge=0, le=MOST_METRES)]
    by: Literal["codebook", "ours", "reader"] = "reader"
    text: str = ""


class CodeColumn(_Strict):
    """A column of codes, or of numbers where ``codes`` is None."""

    names: Annotated[tuple[str, ...], Field(min_length=1)]
    gives: Literal["days", "metres"]
    codes: dict[str, Code] | None = None


class CodeTable(_Strict):
    """The columns of one kind of list, and where their meaning is published."""

    id: str
    title: str = ""
    source: str
    url: str = ""
    columns: Annotated[tuple[CodeColumn, ...], Field(min_length=1)]


@lru_cache(maxsize=4)
def precision_tables(path: Path = TABLE) -> tuple[CodeTable, ...]:
    """The tables of a file.

    Raises
    ------
    InputError
        With one sentence that names the file, the entry and the field.
    """
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"the precision table “{path}” can't be read: {error}.") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise InputError(f"the precision table “{path}” is not YAML: {str(error).splitlines()[0]}.") from error
    if not isinstance(entries, list) or not entries:
        raise InputError(
            f"the precision table “{path}” is empty: give it a list of tables, as words/precision.yaml has."
        )
    found = []
    for number, entry in enumerate(entries, start=1):
        try:
            found.append(CodeTable.model_validate(entry))
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(map(str, first["loc"]))
            raise InputError(f"the precision table “{path}”: entry {number}, {place}: {first['msg']}.") from error
    return tuple(found)


def column_of(name: str, tables: tuple[CodeTable, ...]) -> tuple[CodeTable, CodeColumn] | None:
    """The entry that a column's name belongs to, if any."""
    parts = "".join(name_parts(name))
    for table in tables:
        for column in table.columns:
            if any("".join(name_parts(known)) == parts for known in column.names):
                return table, column
    return None
