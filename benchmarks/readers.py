"""Readers without a browser: the websocket that Streamlit's page opens, spoken directly, to load and to break the server."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

PANELS = ("start", "story", "clauses", "deadlines", "changes", "events", "governs", "claims", "sources", "about")
DAYS = ("2020-11-10", "2020-11-14", "2020-11-20", "2020-11-25", "2020-12-01", "2022-08-26", "2023-09-20", "2024-06-12")


def query(number: int) -> str:
    """The address of one of eighty different views."""
    return f"on={DAYS[number % len(DAYS)]}&panel={PANELS[(number // len(DAYS)) % len(PANELS)]}"


@dataclass
class Reader:
    """One reader's session.

    Parameters
    ----------
    address
        ``http://host:port`` of the page.
    cookie
        ``Cookie`` header, as the page set it.
    """

    address: str
    cookie: str = ""
    socket: Any = None
    shown: dict[str, Any] = field(default_factory=dict)
    failures: int = 0
    received: int = 0

    async def connect(self) -> None:
        """Open the websocket."""
        headers = {"Cookie": self.cookie} if self.cookie else {}
        self.socket = await websockets.connect(
            self.address.replace("http", "ws", 1) + "/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            additional_headers=headers,
            max_size=2**24,
            ping_interval=None,
        )

    async def look(self, view: str) -> float:
        """Ask for a view, wait until the script has finished; returns the milliseconds it took."""
        message = BackMsg()
        message.rerun_script.query_string = view
        start = time.perf_counter()
        await self.socket.send(message.SerializeToString())
        async with asyncio.timeout(60):
            while not self._take(await self.socket.recv()):
                pass
        return (time.perf_counter() - start) * 1000

    def _take(self, raw: bytes) -> bool:
        """Take in one message; True when it ends the run."""
        self.received += len(raw)
        message = ForwardMsg()
        message.ParseFromString(raw)
        if message.WhichOneof("type") == "delta":
            element = message.delta.new_element
            kind = element.WhichOneof("type")
            if kind == "bidi_component":
                self.shown = json.loads(element.bidi_component.json)["state"]
            elif kind == "exception" or (kind == "alert" and element.alert.format == element.alert.ERROR):
                self.failures += 1
        return bool(message.WhichOneof("type") == "script_finished")

    async def close(self) -> None:
        """Leave."""
        await self.socket.close()

    def shows(self, view: str) -> bool:
        """Whether the map was sent the day that the address asks for."""
        return bool(self.shown.get("on") == dict(parse_qsl(view))["on"])
