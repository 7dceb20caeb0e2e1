"""The page: reads the address, places the map and the open panel.  It decides nothing."""

from panels.page import show

show()
