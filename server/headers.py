"""Response headers of every answer, and nothing else.

``frame-ancestors`` is the one part that a host sets: the environment variable ``FRAME_ANCESTORS`` holds the origins
that may embed the page, with spaces between; without it, only the page's own origin may.
"""

from __future__ import annotations

import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from layers.map.escape import script_hash
from layers.map.tiles import hosts
from server.streamlit_page import document

_ORIGIN = re.compile(r"'self'|'none'|https?://[A-Za-z0-9*.:\[\]-]+")


def inline_script_hashes(page: str) -> list[str]:
    """CSP hashes of the inline scripts of an HTML page."""
    scripts = re.findall(r"<script>(.*?)</script>", page, flags=re.DOTALL)
    return list(map(script_hash, scripts))


def content_security_policy(frame_ancestors: str | None = None) -> str:
    """The policy: our own scripts and styles, the page's two inline scripts by their hashes, no eval, no other host.

    Pictures may also come from the hosts of the basemaps that a reader may switch on; nothing is asked of them before.

    Streamlit's style engine writes inline styles, so those are allowed; scripts are not.

    Raises
    ------
    ValueError
        When ``frame_ancestors`` holds something that is not an origin.
    """
    ancestors = (frame_ancestors or "'self'").split()
    wrong = [origin for origin in ancestors if not _ORIGIN.fullmatch(origin)]
    if wrong:
        raise ValueError(
            f"FRAME_ANCESTORS: “{wrong[0]}” is not an origin: write https://example.org, with spaces between."
        )
    return "; ".join((
        "default-src 'self'",
        f"script-src 'self' blob: {' '.join(inline_script_hashes(document().decode()))}",
        "style-src 'self' 'unsafe-inline'",
        f"img-src 'self' data: blob: {' '.join(f'https://{host}' for host in hosts())}",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        f"frame-ancestors {' '.join(ancestors)}",
    ))  # fmt: skip


class Headers:
    """ASGI middleware that sets the headers on every HTTP answer that does not set them itself.

    ``policy`` is the Content-Security-Policy; ``preload`` goes with the page itself: what the browser should fetch at once.
    """

    def __init__(self, app: ASGIApp, policy: str, preload: str = "") -> None:
        self.app = app
        self.preload = preload
        self.headers = {
            "Content-Security-Policy": policy,
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
            "Cross-Origin-Opener-Policy": "same-origin",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add the headers to the start of its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
                if self.preload and scope["path"] == "/":
                    headers["Link"] = self.preload
            await send(message)

        await self.app(scope, receive, with_headers)
