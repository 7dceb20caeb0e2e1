"""The server's log as one JSON object a line, when ``ATLAS_LOG=json``; nothing in it names a reader."""

from __future__ import annotations

import json
import logging
import os
import re
from datetime import UTC, datetime

SETTING = "ATLAS_LOG"
_ABOUT_READERS = (
    "runtime.app_session",
    "runtime.runtime",
    "runtime.websocket_session_manager",
    "runtime.backend_operation_handler",
    "web.server.starlette.starlette_routes",
    "web.server.starlette.starlette_websocket",
)
"""Streamlit's loggers that write about single readers."""


class JsonLine(logging.Formatter):
    """A log record as one line of JSON: time, level, logger, process, message, and the error if there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """Write the line; line breaks inside it are escaped."""
        entry = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "process": record.process,
            "message": record.getMessage(),
        }
        if record.exc_info and record.exc_info[1] is not None:
            entry["error"] = repr(record.exc_info[1])
            entry["trace"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=True)


def _names_no_reader(record: logging.LogRecord) -> bool:
    """False for uvicorn's lines about single websockets, which begin with the reader's address."""
    return not str(record.msg).startswith(('%s - "WebSocket', "connection "))


_SESSION = re.compile(r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
"""A session's id: who knows it can take the session over."""


def _in_one_line(record: logging.LogRecord) -> bool:
    """Cut a line of Streamlit's server down to what may be kept: no ids of sessions, no traceback for a broken message."""
    if record.levelno < logging.ERROR:
        record.exc_info = record.exc_text = None
    record.msg, record.args = _SESSION.sub("…", record.getMessage()), None
    return True


def structured() -> None:
    """Send every logger of the process through one handler that writes JSON, if the environment asks for it.

    Requests are not logged in either form: such a line would hold the reader's network address.
    """
    logging.getLogger("uvicorn.access").disabled = True
    logging.getLogger("uvicorn.error").addFilter(_names_no_reader)
    for name in _ABOUT_READERS:
        logging.getLogger(f"streamlit.{name}").addFilter(_in_one_line)
    if os.environ.get(SETTING) != "json":
        return
    import streamlit.logger

    handler = logging.StreamHandler()
    handler.setFormatter(JsonLine())

    def attach(logger: logging.Logger) -> None:
        logger.handlers = [handler]

    # Streamlit gives each of its loggers, uvicorn's included, a handler of its own through this one function.
    streamlit.logger.setup_formatter = attach
    root = logging.getLogger()
    attach(root)
    root.setLevel(logging.INFO)
    for logger in root.manager.loggerDict.values():
        if isinstance(logger, logging.Logger) and logger.handlers:
            attach(logger)
