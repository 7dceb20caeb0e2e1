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
STRIPED = QgsRectangle(46.47, 39.42, 46.53, 39.46)
"""Ground near Shurnukh, whose holder in November 2020 is not certain."""


def span(day):
    date = QDate.fromString(day, "yyyy-MM-dd")
    return QgsDateTimeRange(QDateTime(date, QTime(0, 0)), QDateTime(date.addDays(1), QTime(0, 0)), True, False)


def holders(layer, day):
    """Holders by piece of the rows that the temporal controller shows on a day."""
    found = {}
    for feature in layer.getFeatures(QgsFeatureRequest().setFilterExpression(shown_on(layer, day))):
        found.setdefault(feature["feature_id"].rsplit(".", 1)[0], []).append(feature["controller"])
    return found


def legend(layer, words=""):
    """Words of the legend, each with the layers of the features that it is drawn on."""
    found = {}
    for rule in layer.renderer().rootRule().children():
        if rule.active():
            filters = " AND ".join(f"({text})" for text in (rule.filterExpression(), words) if text)
            request = QgsFeatureRequest().setFilterExpression(filters)
            found[rule.label()] = sorted({feature["layer"] for feature in layer.getFeatures(request)})
    return found


def shown_on(layer, day):
    """The filter of the temporal controller."""
    context = QgsVectorLayerTemporalContext()
    context.setLayer(layer)
    return layer.temporalProperties().createFilterString(context, span(day))


def colours(layers, day, view):
    """Colours of the picture of a day, with their shares."""
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setOutputSize(QSize(300, 250))
    settings.setExtent(view)
    settings.setFlag(QgsMapSettings.Antialiasing, False)
    settings.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    settings.setIsTemporal(True)
    settings.setTemporalRange(span(day))
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    counted = Counter(image.pixelColor(x, y).name() for x in range(300) for y in range(250))
    return {name: number / 75_000 for name, number in counted.most_common(12)}


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
        "names": {name: [layer.name(), root.findLayer(layer.id()).name()] for name, layer in layers.items()},
        "first": times.begin().date().toString("yyyy-MM-dd"),
        "last": times.end().date().toString("yyyy-MM-dd"),
        "legend": [rule.label() for rule in history.renderer().rootRule().children()],
        "zones": {
            day: legend(layers["zones"], shown_on(layers["zones"], day) if "history" in names else "") for day in days
        },
        "aliases": {field.name(): field.alias() for field in history.fields()},
        "holders": {day: holders(history, day) for day in days},
        "colours": {
            day: colours([layers["history" if "history" in names else "control"]], day, VIEW) for day in days[:2]
        },
        "striped": colours([layers["history" if "history" in names else "control"]], days[0], STRIPED),
        "bands": layers["doubt"].opacity(),
    }
    print(json.dumps(told, ensure_ascii=False))


main()
