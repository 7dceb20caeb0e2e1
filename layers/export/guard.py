"""Keeps a spreadsheet from taking a text for a formula: see :mod:`geodata.guard`."""

from geodata.guard import STARTS, cell

__all__ = ["STARTS", "cell"]
