// The three questions of the record, answered in the browser as the command line answers them: who held a place
// (`geodata at`), how an obligation stood (`geodata status`), what changed hands (`geodata changes`).
// tests/browser/test_parity.py holds both sides equal.

import type { At, Atlas, ChangeRow, Day, StatusRow } from "./contract.ts";
import { holds, isDay, spanOn } from "./dates.ts";
import { inside, metresTo } from "./geometry.ts";
import type { Edge, LatLng, Piece, PointShape, Texts } from "./payload.ts";
import { statusOf } from "./status.ts";
import type { Store } from "./store.ts";
import type { Ground } from "./view.ts";

/** What the answers come from. */
export interface Known {
  pieces: readonly Piece[];
  edges: readonly Edge[];
  points: readonly PointShape[];
  texts: Pick<Texts, "obligations" | "coverage" | "sides" | "anchors" | "late">;
}

/** What the map holds of it. */
export const knownOf = ({ pieces, edges, points }: Ground, texts: Texts): Known => ({
  pieces: pieces.map((one) => one.piece),
  edges: edges.map((one) => one.edge),
  points: [...points, ...texts.doubts],
  texts,
});

/** The three questions as `window.atlas` takes them: the day is the one shown, unless one is named. */
export type Answers = Pick<Atlas, "at" | "status" | "changes">;
export const createAnswers = (known: Known, store: Store): Answers => ({
  at: (lat, lon, day) => at(known, lat, lon, day ?? store.state.on),
  status: (day, knowledge) => statuses(known, day ?? store.state.on, knowledge ?? null),
  changes: (from, to) => changes(known, from, to),
});

const EMPTY = {
  due: null,
  first_due: null,
  done: null,
  days_late: null,
  days_late_first: null,
  ended: null,
  disputed_since: null,
  term_end: null,
  notice_by: null,
  sources: null,
};

/** Every obligation on a day; every field is there, null where it has no value. */
export function statuses({ texts }: Known, on: Day, known: Day | null): StatusRow[] {
  return texts.obligations.map((one) => {
    const { words, ...row } = statusOf(one, on, known);
    return {
      id: one.id,
      clause: one.clause,
      title: one.title,
      zones: one.zones ?? [],
      ...EMPTY,
      ...row,
      ...texts.late?.statuses[words],
    };
  });
}

function checked(day: Day, [start]: readonly [Day, Day]): Day {
  if (!isDay(day)) throw new RangeError(`“${day}” is not a date: write YYYY-MM-DD.`);
  if (day < start) throw new RangeError(`The record begins on ${start}: ask about that day or a later one.`);
  return day;
}

/** Who held a place on a day, which zones and clauses applied there, and how sure that is: `geodata.control.at`. */
export function at(known: Known, lat: number, lng: number, day: Day): At {
  if (!(Math.abs(lat) <= 90 && Math.abs(lng) <= 180)) {
    throw new RangeError(
      `${lat}, ${lng} is not a place on earth: give latitude (-90 to 90), then longitude (-180 to 180).`,
    );
  }
  const { coverage } = known.texts;
  const asOf = checked(day, coverage) < coverage[1] ? day : coverage[1];
  const place: LatLng = [lat, lng];
  const piece = known.pieces.find((one) => inside(one.latlngs, place));
  const near = edgesNear(known, place, asOf);
  const border = least(near.filter(({ edge }) => edge.divides !== "inner"));
  const nearBorder = Boolean(border && border.metres < border.edge.accuracy_m);
  if (!piece) return { ...UNMAPPED, near_border: nearBorder, as_of: asOf };
  const span = spanOn(piece, asOf);
  const line = least(near.filter(({ kind }) => kind === "line-of-control"));
  const doubts = known.points.filter((point) => casts(point, piece, place, asOf));
  const anchor = anchorAt(known, place, asOf, span.controller);
  const within = near.filter(({ changes: differs, metres, edge }) => differs && metres < edge.accuracy_m);
  const kinds = anchor === null ? [...new Set(within.map(({ kind }) => kind))].sort() : [];
  const reasons = [...(span.certain ? [] : ["record"]), ...(doubts.length ? ["symbol"] : []), ...kinds];
  const zones = piece.zones.filter((zone) => holds(zone, asOf));
  return {
    ...UNMAPPED,
    controller: span.controller,
    sovereign: piece.sovereign,
    certain: !reasons.length,
    or: span.or ?? doubts[0]?.doubt_control?.or ?? null,
    zones: zones.map(({ zone }) => zone),
    clauses: [...new Set(zones.flatMap((zone) => zone.clauses ?? []))].sort((a, b) => a - b),
    accuracy_m: line ? line.edge.accuracy_m : piece.accuracy_m,
    edge_m: line ? whole(line.metres) : null,
    border_m: border ? whole(border.metres) : null,
    border_accuracy_m: border ? border.edge.accuracy_m : null,
    near_border: nearBorder,
    uncertain_by: reasons,
    piece: piece.piece,
    unit: piece.unit,
    since: span.since ?? null,
    event: span.event ?? null,
    clause: span.clause ?? null,
    cause: span.cause ?? null,
    disputed: Boolean(span.disputed),
    basis: piece.basis ?? null,
    doubts: doubts.map(({ point }) => point),
    anchor,
    source: piece.source ?? null,
    outside: false,
    as_of: asOf,
  };
}

/** The answer for a place outside the mapped area; the keys of every answer. */
const UNMAPPED: At = {
  controller: null,
  sovereign: null,
  certain: null,
  or: null,
  zones: [],
  clauses: [],
  accuracy_m: null,
  edge_m: null,
  border_m: null,
  border_accuracy_m: null,
  near_border: false,
  uncertain_by: [],
  piece: null,
  unit: null,
  since: null,
  event: null,
  clause: null,
  cause: null,
  disputed: false,
  basis: null,
  doubts: [],
  anchor: null,
  source: null,
  outside: true,
  as_of: "",
};

/** Rounds to whole numbers as Python does: a half goes to the even one. */
function whole(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 ? rounded - 1 : rounded;
}

interface NearEdge {
  edge: Edge;
  metres: number;
  kind: string;
  /** Whether the holder differs across it. */
  changes: boolean;
}

/** Every edge with its distance, and what it divides on a day (`geodata.edges.kind_between`). */
function edgesNear({ pieces, edges, texts: { sides } }: Known, place: LatLng, day: Day): NearEdge[] {
  const holder = new Map(pieces.map((piece) => [piece.piece, spanOn(piece, day).controller]));
  return edges.map((edge) => {
    const [left, right] = [edge.left, edge.right].map((id) => holder.get(id ?? ""));
    const metres = metresTo(edge.latlngs, place);
    return { edge, metres, kind: kindOf(edge, left, right, sides), changes: left !== right };
  });
}

function kindOf({ divides }: Edge, left: string | undefined, right: string | undefined, sides: Texts["sides"]): string {
  if (left === undefined || right === undefined) return "outside";
  const [one, other] = [sides[left], sides[right]];
  if (one && other && one !== other) return "line-of-control";
  if (divides === "republics") return "republic-border";
  if (left === right) return "none";
  return one && other ? "holders-of-one-side" : "third-party";
}

/** The edge with the smallest margin: distance less accuracy, then distance, then accuracy. */
function least(edges: NearEdge[]): NearEdge | undefined {
  const order = ({ metres, edge }: NearEdge) => [metres - edge.accuracy_m, metres, edge.accuracy_m];
  return edges.reduce<NearEdge | undefined>((best, one) => {
    if (!best) return one;
    const [ours, theirs] = [order(one), order(best)];
    const first = ours.findIndex((value, i) => value !== theirs[i]);
    return first >= 0 && (ours[first] ?? 0) < (theirs[first] ?? 0) ? one : best;
  }, undefined);
}

/** Whether a symbol in force casts doubt on who holds a place of a piece. */
const casts = (point: PointShape, piece: Piece, place: LatLng, day: Day): boolean =>
  point.doubt_control?.unit === piece.unit && holds(point, day) && metresTo([[point.at]], place) <= point.accuracy_m;

/** The nearest settlement known to be a holder's on a day, within whose own accuracy a place lies. */
function anchorAt({ texts: { anchors } }: Known, place: LatLng, day: Day, controller: string): string | null {
  let best: { metres: number; place: string } | null = null;
  for (const anchor of anchors) {
    if (anchor.holder !== controller || !holds(anchor, day)) continue;
    const metres = metresTo([[anchor.at]], place);
    if (metres > anchor.accuracy_m) continue;
    if (!best || metres < best.metres || (metres === best.metres && anchor.place < best.place))
      best = { metres, place: anchor.place };
  }
  return best?.place ?? null;
}

/** Every hand-over after one day and up to another, in order; hand-overs of one unit by one event are one row. */
export function changes({ pieces, texts }: Known, from: Day, to: Day): ChangeRow[] {
  checked(from, texts.coverage);
  if (checked(to, texts.coverage) < from) {
    throw new RangeError(`${to} lies before ${from}: give the earlier day first.`);
  }
  const rows = new Map<string, ChangeRow>();
  for (const piece of pieces) {
    for (const [i, after] of piece.spans.entries()) {
      const before = piece.spans[i - 1];
      if (!before || !after.since || before.controller === after.controller) continue;
      if (after.since <= from || after.since > to) continue;
      const key = [after.since, piece.unit, before.controller, after.event].join("|");
      const row = rows.get(key) ?? {
        zone: piece.unit,
        from: before.controller,
        to: after.controller,
        event: after.event ?? null,
        clause: after.clause ?? null,
        cause: after.cause ?? null,
        date: after.since,
        km2: 0,
        disputed: Boolean(after.disputed),
        certain: true,
        published_km2: texts.late && [],
        published_note: null,
        ...texts.late?.published[piece.unit],
      };
      row.km2 += piece.km2;
      row.certain &&= Boolean(before.certain && after.certain);
      rows.set(key, row);
    }
  }
  const order = ({ date, zone, from: former, event }: ChangeRow) => [date, zone, former, event ?? ""];
  const sorted = [...rows.values()].sort((a, b) => compare(order(a), order(b)));
  return sorted.map((row) => ({ ...row, km2: Number(row.km2.toFixed(3)) }));
}

/** Compares lists by their first difference, texts by their code points, as Python does. */
function compare(ours: readonly string[], theirs: readonly string[]): number {
  const first = ours.findIndex((text, i) => text !== theirs[i]);
  return first < 0 ? 0 : (ours[first] ?? "") < (theirs[first] ?? "") ? -1 : 1;
}
