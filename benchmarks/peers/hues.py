"""Fills of the peers' maps by holder."""

HUES = {"azerbaijan": "#44aa99", "armenia": "#999933", "armenian-forces": "#ddcc77", "peacekeepers": "#882255"}
