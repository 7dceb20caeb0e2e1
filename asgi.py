"""The page under uvicorn: ``python -m uvicorn asgi:app`` (``make run``).

Faster than ``streamlit run`` (which works too), with our headers, the map's hashed files and a readiness answer.
"""

from pathlib import Path

from server.app import create

app = create(Path(__file__).with_name("app.py"))
