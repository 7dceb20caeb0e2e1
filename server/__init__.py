"""The ASGI application around Streamlit: headers, logs, the hashed files of the map, Streamlit's own page."""
