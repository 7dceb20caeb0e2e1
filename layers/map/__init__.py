"""The map: one Folium document with our script beside it, in the page, as one file, and in a frame."""
