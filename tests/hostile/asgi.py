"""The page with the poisoned record, for uvicorn: ``uvicorn tests.hostile.asgi:app``."""

import tempfile
from pathlib import Path

import geodata.atlas
import server.hashed_files
from tests.hostile.corpus import hostile_world

record, ground = hostile_world()
geodata.atlas.load_record = lambda *_: record
geodata.atlas.load_ground = lambda *_: ground
server.hashed_files.STATIC = Path(tempfile.mkdtemp(prefix="atlas-hostile-"))

from server.app import create  # noqa: E402

app = create(Path(__file__).parents[2] / "app.py")
