"""Builds ``geodata/shapes/`` from ``geodata/sources/`` and the record, with no network (``make data``)."""
