"""The ASGI application: Streamlit, the map's files, a readiness answer, and the headers around them."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from geodata.ground import ShapeError
from geodata.integrity import IntegrityError, verify
from geodata.loading import RecordError
from layers.atlas import atlas_data
from layers.wording import wording
from server.allowlist import Allowlist, ask_nobody
from server.hashed_files import assets, publish, published, where
from server.headers import Headers, content_security_policy
from server.logs import structured
from server.runtime import AtlasApp, allow_many_files, return_memory
from server.streamlit_page import Frontend, language_of

IMMUTABLE = "public, max-age=31536000, immutable"
log = logging.getLogger("atlas")


def create(script: Path) -> AtlasApp:
    """Load everything, make the map's files and return the application.

    Data that is not the data that was sealed, or a damaged record or shape, ends the process with status 2 and one
    sentence that names the file.
    """
    structured()
    ask_nobody()
    allow_many_files()
    return_memory()
    try:
        verify()
        atlas_data()
        publish()
        policy = content_security_policy(os.environ.get("FRAME_ANCESTORS"))
        log.info("serving data %s", atlas_data().version)
        return AtlasApp(
            script,
            routes=[Route("/readyz", ready), Route("/app/static/{name}", asset)],
            middleware=[
                Middleware(Headers, policy=policy, preload=preload()),
                Middleware(Allowlist),
                Middleware(Frontend),
            ],
            on_script_error=report,
        )
    except IntegrityError as error:
        first, *others, hint = str(error).splitlines()
        more = f" {len(others)} more files differ." if others else ""
        print(f"The atlas does not start: geodata/{first}{more} {hint}", file=sys.stderr)
    except (RecordError, ShapeError) as error:
        first, *others = str(error).splitlines()
        more = f" ({len(others)} more: run `python -m geodata check`.)" if others else ""
        print(f"The atlas does not start: {first}{more}", file=sys.stderr)
    except ValueError as error:
        print(f"The atlas does not start: {error}", file=sys.stderr)
    raise SystemExit(2)


LATE = {"late.js", "late.css", "panel.css", "attribute_page.js"}
"""Files that the map fetches after its first paint."""


def preload() -> str:
    """A ``Link`` header that lets the browser fetch the map's files while it still starts Streamlit."""
    kinds = {".js": "rel=preload; as=script", ".css": "rel=preload; as=style"}
    wanted = {name: kinds[Path(name).suffix] for name in where() if Path(name).suffix in kinds and name not in LATE}
    wanted |= {"page.js": "rel=modulepreload", "text.json": "rel=preload; as=fetch; crossorigin"}
    return ", ".join(f"<{where()[name]}>; {kind}" for name, kind in wanted.items())


async def ready(_: Request) -> Response:
    """Say that the data is loaded, and which."""
    return JSONResponse(
        {"ready": True, "data": atlas_data().version, "coverage_end": atlas_data().record.coverage_end.isoformat()},
        headers={"Cache-Control": "no-store"},
    )


async def asset(request: Request) -> Response:
    """One of the map's files, gzipped beforehand, to be kept without asking again; also one from before an update."""
    name = request.path_params["name"]
    found = assets().get(name) or await run_in_threadpool(published, name)
    if found is None:
        return Response("There is no such file.\n", status_code=404, media_type="text/plain")
    headers = {"Cache-Control": IMMUTABLE, "Vary": "Accept-Encoding", "X-Content-Type-Options": "nosniff"}
    if found.gzipped is not None and "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(found.gzipped, headers=headers, media_type=found.media_type)
    return Response(found.content, headers=headers, media_type=found.media_type)


def report(error: Exception) -> bool:
    """Log what failed; the reader gets one sentence, and the map still works."""
    log.error("the page failed", exc_info=error)
    tr = wording(language_of(urlencode(st.query_params.to_dict()))).tr
    st.error(
        tr("This part of the page failed. The map still works; reload the page, or report the address as it stands.")
    )
    return True
