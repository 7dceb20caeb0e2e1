"""Streamlit panels: each is a module with ``show(view, world, _)``; :mod:`panels.page` puts them together."""
