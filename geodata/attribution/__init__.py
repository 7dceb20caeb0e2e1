"""Bring your own points: dated positions placed under their holder, zones and clauses, from ten rows to those of a cluster.

``time_slices``, ``piece_raster``, ``crossed_cells`` and ``segment_quadtree`` (asked by ``nearest_edge``) are indexes over the ground;
``attribute`` asks them for whole arrays of rows and agrees with :func:`geodata.control.control_at` row for row.  ``days``,
``positions`` and ``columns`` read cells; ``reading`` reads files, each format by its own reader; ``writing`` writes
them; ``local`` and ``cluster`` run the work.
"""
