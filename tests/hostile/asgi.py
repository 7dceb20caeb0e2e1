"""The page with the poisoned record, for uvicorn: ``uvicorn tests.hostile.asgi:app``."""

import tempfile
from pathlib import Path

import layers.data
import server.hashed_files
from tests.hostile.corpus import hostile_world

record, ground = hostile_world()
layers.data.load_record = lambda: record
layers.data.load_ground = lambda: ground
server.hashed_files.STATIC = Path(tempfile.mkdtemp(prefix="atlas-hostile-"))

from server.app import create  # noqa: E402

app = create(Path(__file__).parents[2] / "app.py")
