"""Run by QGIS's own Python: opens an address as the data source manager does for the type GeoJSON; JSON on standard output.

usage: open_address.py ADDRESS
"""

import json
import sys

from qgis.core import QgsApplication, QgsVectorLayer


def main(address):
    application = QgsApplication([], False)
    application.initQgis()
    layer = QgsVectorLayer(address, "state", "ogr")
    rows = list(layer.getFeatures("\"kind\" = 'control'"))
    told = {
        "valid": layer.isValid(),
        "crs": layer.crs().authid(),
        "holders": sorted({row["controller"] for row in rows}),
        "empty": sum(row.geometry().isEmpty() for row in rows),
    }
    print(json.dumps(told))
    del rows, layer  # before QGIS ends: what is freed after it crashes
    application.exitQgis()


main(sys.argv[1])
