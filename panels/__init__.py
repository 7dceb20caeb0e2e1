"""Streamlit panels: each is a module with ``show(view, atlas, tr)``; :mod:`panels.page` puts them together."""
