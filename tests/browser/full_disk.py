"""The page on a server whose disk is full when a GeoPackage is made: ``uvicorn tests.browser.full_disk:app``."""

import layers.export
from server.app import create
from tests.browsing import ROOT

whole = layers.export.export


def export(on, record, ground, fmt, **options):
    if fmt == "gpkg":
        raise OSError(28, "No space left on device")
    return whole(on, record, ground, fmt, **options)


layers.export.export = export
app = create(ROOT / "app.py")
