"""The server's log as one JSON object a line, when ``ATLAS_LOG=json``; nothing in it names a reader."""

from __future__ import annotations

import json
import logging
import os
from datetime import UTC, datetime

SETTING = "ATLAS_LOG"


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


def structured() -> None:
    """Send every logger of the process through one handler that writes JSON, if the environment asks for it.

    Requests are not logged in either form: such a line would hold the reader's network address.
    """
    logging.getLogger("uvicorn.access").disabled = True
    logging.getLogger("uvicorn.error").addFilter(_names_no_reader)
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
