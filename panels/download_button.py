"""A button for a file that is made at the click, and the reason where it could not be made."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Literal

import streamlit as st

from layers.wording import Translate
from panels.text import escape
from server.downloads import RefusedError, admit, admit_made, shares_addresses

log = logging.getLogger("atlas")
FAILED = "failed-downloads"


def button(
    label: str,
    name: str,
    mime: str,
    make: Callable[[], bytes],
    key: str | None = None,
    kind: Literal["primary", "secondary"] = "secondary",
) -> None:
    """A download that is made at the click.

    ``make`` runs on a thread that knows no session, so it must not ask Streamlit for anything.
    """
    failed: dict[str, str] = st.session_state.setdefault(FAILED, {})
    if shares_addresses():
        # Streamlit takes files of one name and length for one file, so no name may come twice.
        name = f"{Path(name).stem}-{secrets.token_hex(4)}{Path(name).suffix}"
    st.download_button(
        label,
        partial(attempt, make, label, failed),
        file_name=name,
        mime=mime,
        on_click="ignore",
        key=f"get-{key or label}",
        type=kind,
    )


def attempt(make: Callable[[], bytes], label: str, failed: dict[str, str]) -> bytes:
    """Make a file; where that fails, keep the reason for :func:`failures` and let Streamlit say that it failed."""
    failed.pop(label, None)
    try:
        admit()
        content = make()
        admit_made(len(content))
    except RefusedError as refused:
        failed[label] = str(refused)
        raise
    except Exception as error:
        failed[label] = str(error) or type(error).__name__
        log.exception("the download %s failed", label)
        raise
    return content


@st.fragment(run_every=2)
def failures(tr: Translate) -> None:
    """Say why a download failed; it is made on another thread, so this looks every two seconds."""
    for label, reason in st.session_state.get(FAILED, {}).items():
        st.error(tr("{name}: this file could not be made. {reason}", name=escape(label), reason=escape(tr(reason))))
