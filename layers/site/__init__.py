"""The static site: the whole atlas as plain files, which any web server or disk serves without Python."""
