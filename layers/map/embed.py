"""The self-contained document inside another page: a frame whose address says the state and which controls it has.

``ceasefire-atlas.html?controls=time,legend#on=2020-11-25``: the query names the controls, the fragment holds the state
as everywhere (``view_state.yaml``).  The query stays when the reader moves through time, since only the fragment changes.
The date, the note on sovereignty, notices and credits can't be left out.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from urllib.parse import quote, urlencode

from layers.map.escape import markup
from layers.view_state import Limits, State, query
from layers.wording import wording

FILE = "ceasefire-atlas.html"
"""Name under which the document is downloaded."""
NONE = "none"
CONTROLS = {
    "time": ".atlas-time",
    "legend": ".atlas-legend",
    "panel": ".atlas-side, .atlas-side-open, .atlas-skip",
    "search": ".atlas-searchbox",
    "zoom": ".atlas-tools",
    "language": ".atlas-languages",
}
"""What a frame may have or leave out, and the parts of the document that each name covers."""


def chosen(text: str) -> tuple[str, ...]:
    """Controls from a list with commas between, in the declared order; ``none`` is the empty choice.

    Raises
    ------
    ValueError
        Naming the controls that there are.
    """
    names = {name.strip() for name in text.split(",")} - {NONE, ""}
    unknown = sorted(names - set(CONTROLS))
    if unknown:
        raise ValueError(f"There is no control “{unknown[0]}”; choose from {', '.join(CONTROLS)}, or {NONE}.")
    return tuple(name for name in CONTROLS if name in names)


def address(base: str, state: State, allowed: Limits, controls: Sequence[str] | None = None) -> str:
    """The document's address with a state and a choice of controls.

    Parameters
    ----------
    base
        Where the document lies, with or without a host.
    controls
        From :data:`CONTROLS`; all when None.
    """
    asked = "" if controls is None else f"?controls={','.join(controls) or NONE}"
    state_query = urlencode(query(state, allowed), safe=",", quote_via=quote)
    return base + asked + (f"#{state_query}" if state_query else "")


def title(state: State) -> str:
    """What a screen reader says of a frame, in the language of the state."""
    w = wording(state.lang)
    return w.tr("Map: who held what on {day}", day=w.day(state.on))


def snippet(
    base: str, state: State, allowed: Limits, controls: Sequence[str] | None = None, *, height: int = 640
) -> str:
    """The ``<iframe>`` for another page, as text to paste.

    Parameters
    ----------
    height
        Of the frame, in CSS pixels; its width is that of the column in which it stands.
    """
    return (
        f'<iframe src="{markup(address(base, state, allowed, controls))}" title="{markup(title(state))}" '
        f'width="100%" height="{height}" style="border: 0" loading="lazy"></iframe>'
    )


def script() -> str:
    """Reads the choice from the document's own query before the map is mounted; unknown names are ignored."""
    return f"""
const asked = new URLSearchParams(window.location.search).get("controls");
if (asked !== null) {{
  const kept = asked.split(",");
  document.getElementById("map").dataset.without = {json.dumps(list(CONTROLS))}.filter((name) => !kept.includes(name)).join(" ");
}}
"""


def style() -> str:
    """Hides what was not chosen, and gives the map the space."""
    hidden = ", ".join(
        f'main[data-without~="{name}"] {part}' for name, parts in CONTROLS.items() for part in parts.split(", ")
    )
    return "\n".join(
        [
            f"{hidden} {{ display: none; }}",
            'main[data-without~="time"] .atlas { --time: 22px; }',
        ]
    )
