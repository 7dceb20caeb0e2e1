"""Streamlit panels: each is a module with ``show(view, atlas, _)``; :mod:`panels.page` puts them together."""
