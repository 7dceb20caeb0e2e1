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
    QgsExpressionContext,
    QgsExpressionContextUtils,
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
    found = {}
    for feature in layer.getFeatures(QgsFeatureRequest().setFilterExpression(shown_on(layer, day))):
        found.setdefault(feature["feature_id"].rsplit(".", 1)[0], []).append(feature["controller"])
    return found


def hatched(layer, day, words=""):
    """Layers of the zones that a hatch is drawn on, on a day."""
    settings = QgsMapSettings()
    settings.setIsTemporal(True)
    settings.setTemporalRange(span(day))
    context = QgsExpressionContext()
    context.appendScope(QgsExpressionContextUtils.mapSettingsScope(settings))
    context.appendScope(QgsExpressionContextUtils.layerScope(layer))
    found = set()
    for rule in layer.renderer().rootRule().children():
        if rule.active() and rule.label().endswith(": outstanding"):
            request = QgsFeatureRequest()
            request.setExpressionContext(context)
            request.setFilterExpression(rule.filterExpression() + (f" AND ({words})" if words else ""))
            found |= {feature["layer"] for feature in layer.getFeatures(request)}
    return sorted(found)


def shown_on(layer, day):
    """The filter of the temporal controller."""
    context = QgsVectorLayerTemporalContext()
    context.setLayer(layer)
    return layer.temporalProperties().createFilterString(context, span(day))


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
    names = [layer.id().removeprefix("ceasefire_atlas_") for layer in shown]
    told = {
        "read": read,
        "invalid": [name for name, layer in layers.items() if not layer.isValid()],
        "order": [layer.id().removeprefix("ceasefire_atlas_") for layer in root.layerOrder()],
        "shown": names,
        "groups": [group.name() for group in root.findGroups()],
        "first": times.begin().date().toString("yyyy-MM-dd"),
        "last": times.end().date().toString("yyyy-MM-dd"),
        "legend": [rule.label() for rule in history.renderer().rootRule().children()],
        "hatched": {
            day: hatched(layers["zones"], day, shown_on(layers["zones"], day) if "history" in names else "")
            for day in days
        },
        "zones": [rule.label() for rule in layers["zones"].renderer().rootRule().children() if rule.active()],
        "aliases": {field.name(): field.alias() for field in history.fields()},
        "holders": {day: holders(history, day) for day in days},
        "colours": {day: colours([history], day) for day in days[:2]},
    }
    print(json.dumps(told, ensure_ascii=False))


main()
