"""Which agreement is shown: the folder with ``record/`` and ``shapes/``, by default that of this package."""

from __future__ import annotations

import os
from pathlib import Path

DATA = "ATLAS_DATA"
"""Environment variable that names another folder with ``record/`` and ``shapes/``; every command and the page use it."""


def data_folder() -> Path:
    """The folder of the data in use."""
    given = os.environ.get(DATA)
    return Path(given) if given else Path(__file__).parent
