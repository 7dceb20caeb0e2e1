"""Where files lie: the data in use, and what stands at the top of the source tree."""

from __future__ import annotations

import os
from pathlib import Path

DATA = "ATLAS_DATA"
"""Environment variable that names another folder with ``record/`` and ``shapes/``; every command and the page use it."""
HERE = Path(__file__).parent


def data_folder() -> Path:
    """The folder of the data in use: with ``record/`` and ``shapes/``, by default that of this package."""
    given = os.environ.get(DATA)
    return Path(given) if given else HERE


def tree(name: str) -> Path:
    """A file or folder of the top of the source tree, such as ``locale``; an installed package carries it inside itself."""
    installed = HERE / "tree" / name
    return installed if installed.exists() else HERE.parent / name
