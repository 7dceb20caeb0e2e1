"""The page with the poisoned record, for uvicorn: ``uvicorn tests.hostile.asgi:app``."""

import tempfile
from pathlib import Path

import panels.assets
import panels.world
from tests.hostile.corpus import hostile_world

record, ground = hostile_world()
panels.world.load_record = lambda: record
panels.world.load_ground = lambda: ground
panels.assets.STATIC = Path(tempfile.mkdtemp(prefix="atlas-hostile-"))

from panels.serving import create  # noqa: E402

app = create(Path(__file__).parents[2] / "app.py")
