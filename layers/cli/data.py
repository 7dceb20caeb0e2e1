"""What every command begins and ends with: the record and the ground, and the name of what was written."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a command that only prints its help loads neither
    from geodata.ground import Ground
    from geodata.model import Record


def load() -> tuple[Record, Ground]:
    """The record and the ground as they lie in the tree."""
    from geodata.ground import load_ground
    from geodata.loading import load_record

    return load_record(), load_ground()


def report(path: Path) -> None:
    """Name a file that was written, on standard error so that standard output stays free."""
    print(f"{path} ({path.stat().st_size:,} bytes)", file=sys.stderr)
