// Who holds what: fills the pieces by their span on the day, and draws the edges where the holders differ.

import type { Day, State } from "./contract.ts";
import { spanOn } from "./dates.ts";
import { flag } from "./dom.ts";
import type { Language } from "./language.ts";
import type { Patterns } from "./patterns.ts";
import type { AtlasEvent, Edge, Piece, Span, Unit } from "./payload.ts";
import type { Store } from "./store.ts";
import type { Bounds, DrawnEdge, DrawnPiece, Ground } from "./view.ts";
import type { Vocabulary } from "./vocabulary.ts";

interface Deps {
  ground: Ground;
  patterns: Patterns;
  store: Store;
  language: Language;
  vocabulary: Vocabulary;
  units: Record<string, Unit>;
  events: ReadonlyMap<string, AtlasEvent>;
}
interface PieceNow {
  piece: Piece;
  node: SVGPathElement;
  bounds(): Bounds;
  span: Span;
}
interface EdgeNow {
  drawn: DrawnEdge;
  node: SVGPathElement;
  band: SVGPathElement | null;
  border: boolean;
  shown: boolean | null;
}

export interface Control {
  nameOf(piece: Piece): string;
  /** The pieces with the span that is painted. */
  readonly pieces: readonly PieceNow[];
  piece(id: string): PieceNow;
  /** Ids of the edge styles that are seen between the two sides. */
  fronts(): Set<string>;
  /** All lines that are seen. */
  shownEdges(): Edge[];
  /** Those of them that run between the two sides. */
  shownFronts(): Edge[];
  /** The spans that came about between the days compared, one for each holder and cause; empty where none are. */
  readonly compared: ReadonlyMap<string, Span>;
  /** Whether the days compared are two maps beside each other, so that none of them shows the difference. */
  compareApart(apart: boolean): void;
  /** The pieces that changed hands since this was last asked. */
  takeCrossed(): PieceNow[];
}

export function createControl(deps: Deps): Control {
  const { ground, patterns, store } = deps;
  const pieces = ground.pieces.map(prepare);
  const byId = new Map(pieces.map((one) => [one.piece.piece, one]));
  const edges = ground.edges.map((drawn) => prepareEdge(drawn, byId));
  const compared = new Map<string, Span>();
  let crossed: PieceNow[] = [];
  let apart = false;
  let painted = false;

  // Shows what changed hands after one day and up to another, or, without a first day, who holds what.
  const compare = ({ from }: State) => {
    compared.clear();
    const since = apart ? null : from;
    for (const one of pieces) {
      const before = since === null ? one.span : spanOn(one.piece, since);
      const changed = before.controller !== one.span.controller;
      if (changed) compared.set(`${one.span.controller}|${one.span.cause}`, one.span);
      const faint = since !== null && !changed;
      fill(one.node, changed ? patterns.changed(one.span) : patterns.span(one.span, faint));
      one.node.classList.toggle("is-dim", faint);
    }
  };
  store.subscribe("paint", ["on"], ({ on }) => {
    const changed = paintPieces(pieces, on, patterns, !painted);
    if (painted) crossed.push(...changed);
    painted = true;
    paintEdges(edges, byId);
  });
  store.subscribe("paint", ["on", "from"], (state, changed) => {
    if (changed.has("from") || state.from) compare(state);
  });
  store.subscribe("settle", ["on", "lang", "names"], () => {
    for (const one of pieces) flag(one.node, "aria-label", labelOf(deps, one));
  });
  return {
    nameOf: (piece) => nameOf(deps, piece),
    pieces,
    compared,
    piece: (id) => {
      const found = byId.get(id);
      if (!found) throw new Error(`there is no piece ${id}`);
      return found;
    },
    fronts: () => new Set(edges.filter((one) => one.shown && !one.border).map((one) => one.drawn.kind)),
    shownEdges: () => edges.filter((one) => one.shown).map((one) => one.drawn.edge),
    shownFronts: () => edges.filter((one) => one.shown && !one.border).map((one) => one.drawn.edge),
    compareApart: (yes) => {
      apart = yes;
      compare(store.state);
    },
    takeCrossed: () => {
      const found = crossed;
      crossed = [];
      return found;
    },
  };
}

function nameOf({ language, units }: Deps, piece: Piece): string {
  const unit = language.name(units[piece.unit]?.names) || piece.unit;
  if (piece.ring === "town") return language.t("{unit}, within 5 km of the town", { unit });
  if (piece.ring === "beyond") return language.t("{unit}, beyond 5 km of the town", { unit });
  return unit;
}

function labelOf(deps: Deps, { piece, span }: PieceNow): string {
  const { t, edtf } = deps.language;
  const event = span.event === undefined ? undefined : deps.events.get(span.event);
  const parts = [
    nameOf(deps, piece),
    t("held by {holder}", { holder: deps.vocabulary.holder(span.controller) }),
    event ? t("since {day}", { day: edtf(event.date) }) : "",
    span.clause ? t("clause {n}", { n: span.clause }) : t("no clause"),
    span.certain ? "" : t("not certain"),
  ];
  return parts.filter(Boolean).join(", ");
}

function fill(node: SVGPathElement, paint: string): void {
  flag(node, "fill", paint);
  flag(node, "stroke", paint);
}

/** Paints the pieces whose span is another one on a day, or all of them; gives those that changed hands. */
function paintPieces(pieces: PieceNow[], day: Day, patterns: Patterns, all: boolean): PieceNow[] {
  return pieces.filter((one) => {
    const before = one.span;
    one.span = spanOn(one.piece, day);
    if (!all && one.span === before) return false;
    fill(one.node, patterns.span(one.span));
    flag(one.node, "data-certain", String(Boolean(one.span.certain)));
    flag(one.node, "data-controller", one.span.controller);
    return before.controller !== one.span.controller;
  });
}

/** Shows the edges across which the holder differs. */
function paintEdges(edges: EdgeNow[], pieces: ReadonlyMap<string, PieceNow>): void {
  for (const one of edges) {
    const [left, right] = [one.drawn.edge.left, one.drawn.edge.right].map(
      (id) => pieces.get(id ?? "")?.span.controller,
    );
    const shown = Boolean(left && right && left !== right);
    if (shown !== one.shown) for (const node of [one.node, one.band]) node?.classList.toggle("is-front", shown);
    one.shown = shown;
  }
}

function prepare({ piece, node: nodeOf, bounds }: DrawnPiece): PieceNow {
  const node = nodeOf();
  node.setAttribute("data-zone", piece.piece);
  node.setAttribute("tabindex", "-1");
  node.setAttribute("role", "button");
  const [span] = piece.spans;
  if (!span) throw new Error(`${piece.piece} has no span`);
  return { piece, node, bounds, span };
}

function prepareEdge(drawn: DrawnEdge, pieces: ReadonlyMap<string, PieceNow>): EdgeNow {
  const node = drawn.node();
  const [left, right] = [drawn.edge.left, drawn.edge.right].map((id) => pieces.get(id ?? "")?.piece);
  const border = drawn.edge.divides !== "inner";
  const band = drawn.band();
  band?.setAttribute("aria-hidden", "true");
  node.setAttribute("aria-hidden", "true");
  if (border) node.classList.add("is-border");
  // The border between the republics is drawn over the others.
  if (border && left && right) node.parentNode?.append(node);
  return { drawn, node, band, border, shown: null };
}
