"""The one name, in English, of everything that has an id: statuses, sides, causes, accuracies, verdicts.

The catalogues translate these; every surface (page, map, sheet, site, exports) takes them from here through
:class:`layers.wording.Wording`.
"""

from __future__ import annotations

from functools import lru_cache

from geodata.data_folder import data_folder
from geodata.loading import read_one
from geodata.model import Statement

N = str
"""Marks a phrase for the catalogues where it is not translated at once."""

STATUS = {
    "not-in-force": N("not in force"),
    "pending": N("pending"),
    "overdue": N("overdue"),
    "met": N("met"),
    "met-late": N("met late"),
    "continuing": N("continuing"),
    "disputed": N("disputed"),
    "lapsed": N("lapsed"),
    "open": N("open, no date"),
}
CONTROLLER = {
    "azerbaijan": N("Azerbaijan"),
    "armenia": N("Armenia"),
    "armenian-forces": N("Armenian forces"),
    "peacekeepers": N("Russian peacekeepers"),
}
SIDE = {
    "azerbaijan": N("Azerbaijan"),
    "armenia": N("Armenia"),
    "russia": N("Russia"),
    "de-facto-nk": N("De facto authorities in Nagorno-Karabakh"),
}
UNRECORDED = (
    N("Author not recorded"),
    N("Author and publisher not recorded"),
    N("Not named on the page; read on a content server"),
)
"""What stands in the register of sources for a publisher whom nobody has named."""
CAUSE = {"clause": N("under a clause"), "force": N("by force"), "other": N("otherwise")}
EVENT_KIND = {
    "transfer": N("hand-over"),
    "fighting": N("fighting"),
    "incident": N("incident"),
    "agreement": N("agreement"),
    "statement": N("statement"),
    "deadline": N("deadline"),
    "court": N("court"),
    "law": N("law"),
    "deployment": N("deployment"),
    "access": N("access"),
    "infrastructure": N("infrastructure"),
    "border": N("border"),
    "displacement": N("displacement"),
    "return": N("return"),
    "detention": N("detention"),
    "humanitarian": N("humanitarian matter"),
    "diplomacy": N("diplomacy"),
}
OUTCOME = {"granted": N("granted"), "granted in part": N("granted in part"), "refused": N("refused")}
FATE = {
    "displaced": N("displaced"),
    "returned": N("returned"),
    "captured": N("captured"),
    "detained": N("detained"),
    "released": N("released"),
    "dead": N("dead"),
    "missing": N("missing"),
}
WHOSE = {
    "armenians": N("Armenians"),
    "azerbaijanis": N("Azerbaijanis"),
    "russians": N("Russians"),
    "others": N("others"),
}
CONFIDENCE = {"high": N("high"), "medium": N("medium"), "low": N("low")}
BASIS = {
    "mapped": N("as mapped"),
    "adjusted": N("adjusted"),
    "chain of places": N("chain of places"),
    "schematic": N("schematic"),
    "residual": N("residual"),
}
FOLLOWS = {
    "border": N("along the border of a republic (OpenStreetMap)"),
    "oblast": N("along the boundary of the former oblast (Natural Earth, moved onto OpenStreetMap’s borders)"),
    "district": N("along the boundary of a district (Natural Earth, moved onto OpenStreetMap’s borders)"),
    "line-of-contact-1994": N("along the line of contact of 1994 (Natural Earth, moved onto OpenStreetMap’s borders)"),
    "line-2020-11-10": N("midway between settlements whose side on 10 November 2020 is known (GeoNames, Wikipedia)"),
    "sector": N("midway between places that changed hands on different days (GeoNames, Wikipedia)"),
    "corridor": N("a chain of places along the road (GeoNames, Wikipedia)"),
    "circle": N("a circle round a published point: the true bounds are not known"),
}
"""How a line on the ground was drawn, by ``Edge.follows``."""
ACCURACY = {"near": N("known to 300 m"), "middle": N("known to 1.5 km"), "far": N("known less exactly")}
"""How well an edge is known, by the id of its style (``styles.yaml``)."""
VERDICT = {
    "correct": N("correct"),
    "imprecise": N("imprecise"),
    "wrong": N("wrong"),
    "outdated": N("outdated"),
    "not checkable": N("not checkable"),
    "disputed": N("disputed"),
}
SOVEREIGNTY = N(
    "Control is not sovereignty. The map says who held the ground on a day, never whose it is. By international "
    "recognition Nagorno-Karabakh and the seven districts around it lie in Azerbaijan throughout."
)
OWN_NAMES = {"en": "English", "az": "Azərbaycanca", "hy": "Հայերեն", "ru": "Русский"}
"""Each language by its own name."""


@lru_cache(maxsize=1)
def _statement() -> Statement:
    statement: Statement = read_one("statement", data_folder() / "record")
    return statement


def controllers() -> dict[str, str]:
    """The English name of each holder of the record in use: ours, else the record's, else the id."""
    return {holder.id: CONTROLLER.get(holder.id, holder.name or holder.id) for holder in _statement().controllers}


def sides() -> dict[str, str]:
    """The English name of each side of the record in use: ours, else the record's, else the id."""
    names = _statement().side_names
    return {side: SIDE.get(side, names.get(side, side)) for side in _statement().sides}
