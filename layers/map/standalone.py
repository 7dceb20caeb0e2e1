"""The self-contained document: one HTML file with everything inside, which asks nobody for anything."""

from __future__ import annotations

import base64
import gzip
import json

from geodata.ground import Ground
from geodata.model import Record
from geodata.translations import TRANSLATED
from layers.map import embed, points_kit
from layers.map.escape import markup, script_hash, script_json
from layers.map.files import built, icon, parts, type_style
from layers.map.tiles import hosts
from layers.view_state import State

START = """
const read = (id) => JSON.parse(document.getElementById(id).textContent);
const packed = (kind) => Object.fromEntries([...document.querySelectorAll(`script[id^="atlas-${kind}-"]`)].map((one) => [one.id.slice(-2), JSON.parse(one.textContent)]));
const relief = document.getElementById("atlas-relief");
window.atlasMount(document.getElementById("map"), {
  site: SITE, packedTexts: read("atlas-text"), packedDetails: read("atlas-details"), packedWords: read("atlas-words"), packedCards: packed("cards"), packedPoints: read("atlas-points"), reliefUrl: relief ? relief.textContent : null, chrome: "document",
  BEGIN
});
"""


def html(
    record: Record, ground: Ground, *, with_relief: bool = True, begin: State | None = None, site: str | None = None
) -> str:
    """The self-contained document.

    Parameters
    ----------
    with_relief
        Whether the relief picture goes in: 80 kB.
    begin
        What it shows where its address holds no state; default: the usual view.
    site
        Where the static site lies, ending in a slash; its cards then lead to the site's form, and links of other versions to
        its earlier editions.

    Returns
    -------
    str
        HTML that works from disk and offline.  Its security policy allows the scripts that stand in it and no others,
        and no request but for pictures of a basemap that the reader may switch on.
    """
    made = parts(record, ground)
    picture = made.pop("relief.webp", None)
    files = {name: content.decode("utf-8") for name, content in made.items() if not name.endswith(".woff2")}
    scripts = [
        files["leaflet.js"],
        built("atlas.js"),
        files["ground.js"],
        embed.script(),
        START.replace("BEGIN", _begin(begin)).replace("SITE", script_json(site)),
    ]
    styles = [
        files["leaflet.css"],
        type_style(_font) + built("atlas.css"),
        files["late.css"],
        "html, body { margin: 0; background: #fffefb; } @media print { html, body { background: #fff; } }",
        embed.style(),
    ]
    title = f"{record.statement.title}: the map"
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f'<meta http-equiv="Content-Security-Policy" content="{markup(_policy([*map(_closed, scripts), points_kit.panel()]))}">',
            '<meta name="referrer" content="no-referrer">',
            f"<title>{markup(title)}</title>",
            f'<link rel="icon" href="{markup(icon())}">',
            *(f"<style>\n{style}\n</style>" for style in styles),
            "</head>",
            "<body>",
            f'<main id="map"><h1>{markup(title)}</h1><p class="atlas-waiting">The map is loading …</p></main>',
            "<noscript><style>.atlas-waiting { display: none; }</style>",
            "<p>The map needs JavaScript. What needs none: the sheets for print and the data, among the atlas’ downloads.</p></noscript>",
            _data("atlas-points", json.dumps(_packed(points_kit.kit(ground)))),
            *_embedded(files, picture if with_relief else None),
            *(f"<script>{_closed(script)}</script>" for script in scripts),
            "</body>",
            "</html>",
            "",
        ]
    )


def _begin(state: State | None) -> str:
    """The option that has the map begin at a state; none for the usual view."""
    return f"...(!window.location.hash && {{ state: {script_json(state.as_dict())} }})," if state else ""


def _embedded(files: dict[str, str], picture: bytes | None) -> list[str]:
    """The data of the map as elements that no browser runs: texts, details, words, and the picture of the relief."""
    words = {lang: json.loads(files[f"words-{lang}.json"]) for lang in TRANSLATED}
    data = [
        _data("atlas-text", json.dumps(_packed(files["text.json"]))),
        _data("atlas-details", json.dumps(_packed(files["details.json"]))),
        _data("atlas-words", json.dumps(_packed(json.dumps(words, ensure_ascii=False, sort_keys=True)))),
    ]
    for lang in TRANSLATED:
        cards = json.loads(files[f"cards-{lang}.json"]) | json.loads(files[f"events-{lang}.json"])
        data.append(_data(f"atlas-cards-{lang}", json.dumps(_packed(json.dumps(cards, ensure_ascii=False)))))
    if picture:
        data.append(_data("atlas-relief", "data:image/webp;base64," + base64.b64encode(picture).decode()))
    return data


def _font(_name: str, content: bytes) -> str:
    return f"data:font/woff2;base64,{base64.b64encode(content).decode()}"


def _data(name: str, content: str) -> str:
    return f'<script type="application/json" id="{name}">{content}</script>'


def _packed(text: str) -> str:
    """A text compressed (gzip, without the clock) and written in base64: a third of its size in the file."""
    return base64.b64encode(gzip.compress(text.encode("utf-8"), 9, mtime=0)).decode()


def _closed(script: str) -> str:
    """A script that can't end its element early."""
    return script.replace("</script", "<\\/script").replace("<!--", "<\\!--")


def _policy(scripts: list[str]) -> str:
    pictures = " ".join(f"https://{host}" for host in hosts())
    hashes = " ".join(map(script_hash, scripts))
    return f"default-src 'none'; script-src {hashes}; worker-src blob:; style-src 'unsafe-inline'; img-src data: blob: {pictures}; font-src data:; base-uri 'none'; form-action 'none'"
