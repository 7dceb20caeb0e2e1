"""Run by QGIS's own Python: what a GeoPackage shows in QGIS, as JSON on standard output.

usage: play.py FILE DAY,DAY
"""

import json
import sys
from collections import Counter

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsDateTimeRange,
    QgsFeatureRequest,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsProject,
    QgsRectangle,
    QgsVectorLayerTemporalContext,
)
from qgis.PyQt.QtCore import QDate, QDateTime, QSize, QTime

VIEW = QgsRectangle(45.2, 38.6, 47.9, 40.8)


def span(day):
    date = QDate.fromString(day, "yyyy-MM-dd")
    return QgsDateTimeRange(QDateTime(date, QTime(0, 0)), QDateTime(date.addDays(1), QTime(0, 0)), True, False)


def holders(layer, day):
    """Holders by piece of the rows that the temporal controller shows on a day."""
    context = QgsVectorLayerTemporalContext()
    context.setLayer(layer)
    words = layer.temporalProperties().createFilterString(context, span(day))
    found = {}
    for feature in layer.getFeatures(QgsFeatureRequest().setFilterExpression(words)):
        found.setdefault(feature["feature_id"].rsplit(".", 1)[0], []).append(feature["controller"])
    return found


def colours(layers, day):
    """The commonest colours of the picture of a day."""
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setOutputSize(QSize(300, 250))
    settings.setExtent(VIEW)
    settings.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    settings.setIsTemporal(True)
    settings.setTemporalRange(span(day))
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    counted = Counter(image.pixelColor(x, y).name() for x in range(0, 300, 2) for y in range(0, 250, 2))
    return dict(counted.most_common(12))


def main():
    application = QgsApplication([], False)
    application.initQgis()
    path, days = sys.argv[1], sys.argv[2].split(",")
    project = QgsProject.instance()
    read = project.read(f"geopackage:{path}?projectName=atlas")
    root = project.layerTreeRoot()
    layers = {layer.id().removeprefix("ceasefire_atlas_"): layer for layer in project.mapLayers().values()}
    shown = [layer for layer in root.layerOrder() if root.findLayer(layer.id()).isVisible()]
    history = layers["history"]
    times = project.timeSettings().temporalRange()
    told = {
        "read": read,
        "invalid": [name for name, layer in layers.items() if not layer.isValid()],
        "order": [layer.id().removeprefix("ceasefire_atlas_") for layer in root.layerOrder()],
        "shown": [layer.id().removeprefix("ceasefire_atlas_") for layer in shown],
        "groups": [group.name() for group in root.findGroups()],
        "first": times.begin().date().toString("yyyy-MM-dd"),
        "last": times.end().date().toString("yyyy-MM-dd"),
        "legend": [rule.label() for rule in history.renderer().rootRule().children()],
        "aliases": {field.name(): field.alias() for field in history.fields()},
        "holders": {day: holders(history, day) for day in days},
        "colours": {day: colours([history], day) for day in days[:2]},
    }
    print(json.dumps(told, ensure_ascii=False))


main()
