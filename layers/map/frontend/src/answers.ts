// The three questions of the record, answered in the browser as the command line answers them: who held a place
// (`geodata at`), how an obligation stood (`geodata status`), what changed hands (`geodata changes`).
// tests/browser/test_parity.py holds both sides equal.

import type { At, ChangeRow, Day, StatusRow } from "./contract.ts";
import { holds, isDay, spanOn } from "./dates.ts";
import { inside, metresTo } from "./geometry.ts";
import type { Edge, LatLng, Obligation, Piece, PointShape, Texts, TimelineRow } from "./payload.ts";

/** What the answers come from. */
export interface Known {
  pieces: readonly Piece[];
  edges: readonly Edge[];
  points: readonly PointShape[];
  texts: Pick<Texts, "obligations" | "coverage">;
}

/** Status of an obligation on a day, as known on a day: looked up in the timelines that Python computed. */
export function statusOf(obligation: Obligation, on: Day, known: Day | null): TimelineRow {
  const knowledge = known ?? on;
  const day = knowledge < on ? knowledge : on;
  const line = obligation.timelines.findLast((one) => one.known <= knowledge) ?? obligation.timelines[0];
  const row = line?.rows.findLast(([since]) => since <= day) ?? line?.rows[0];
  if (!row) throw new Error(`${obligation.id} has no timeline`);
  return row[1];
}

/** Every obligation on a day; every field is there, null where it has no value. */
export function statuses({ texts }: Known, on: Day, known: Day | null): StatusRow[] {
  const none = { due: null, first_due: null, done: null, days_late: null, days_late_first: null, ended: null };
  return texts.obligations.map((one) => ({
    id: one.id,
    clause: one.clause,
    ...none,
    disputed_since: null,
    ...statusOf(one, on, known),
  }));
}

function checked(day: Day, [start]: readonly [Day, Day]): Day {
  if (!isDay(day)) throw new RangeError(`“${day}” is not a date: write YYYY-MM-DD.`);
  if (day < start) throw new RangeError(`The record begins on ${start}: ask about that day or a later one.`);
  return day;
}

/** Who held a place on a day, which zones and clauses applied there, and how sure that is. */
export function at(known: Known, lat: number, lng: number, day: Day): At {
  if (!(Math.abs(lat) <= 90 && Math.abs(lng) <= 180)) {
    throw new RangeError(
      `${lat}, ${lng} is no place on earth: give latitude (-90 to 90), then longitude (-180 to 180).`,
    );
  }
  const { coverage } = known.texts;
  const asOf = checked(day, coverage) < coverage[1] ? day : coverage[1];
  const place: LatLng = [lat, lng];
  const piece = known.pieces.find((one) => inside(one.latlngs, place));
  if (!piece) return outside(asOf);
  const span = spanOn(piece, asOf);
  const line = nearestLine(known, place, asOf);
  const doubts = known.points.filter(
    (point) =>
      point.doubt_control?.unit === piece.unit &&
      holds(point, asOf) &&
      metresTo([[point.at]], place) <= point.accuracy_m,
  );
  const zones = piece.zones.filter((zone) => holds(zone, asOf));
  return {
    controller: span.controller,
    sovereign: piece.sovereign,
    certain: Boolean(span.certain) && (!line || line.metres >= line.accuracy) && !doubts.length,
    or: span.or ?? doubts[0]?.doubt_control?.or ?? null,
    zones: zones.map(({ zone }) => zone),
    clauses: [...new Set(zones.flatMap((zone) => zone.clauses ?? []))].sort((a, b) => a - b),
    accuracy_m: line ? line.accuracy : piece.accuracy_m,
    edge_m: line ? Math.round(line.metres) : null,
    piece: piece.piece,
    unit: piece.unit,
    since: span.since ?? null,
    event: span.event ?? null,
    clause: span.clause ?? null,
    cause: span.cause ?? null,
    disputed: Boolean(span.disputed),
    basis: piece.basis ?? null,
    doubts: doubts.map(({ point }) => point),
    source: piece.source ?? null,
    outside: false,
    as_of: asOf,
  };
}

/** Among the edges between two holders the one that leaves the least room: distance less accuracy. */
function nearestLine({ pieces, edges }: Known, place: LatLng, day: Day): { metres: number; accuracy: number } | null {
  const holder = new Map(pieces.map((piece) => [piece.piece, spanOn(piece, day).controller]));
  const of = (id: string | undefined) => (id === undefined ? undefined : holder.get(id));
  let best: { metres: number; accuracy: number } | null = null;
  for (const edge of edges) {
    if (of(edge.left) === of(edge.right)) continue;
    const metres = metresTo(edge.latlngs, place);
    const room = metres - edge.accuracy_m;
    if (!best || room < best.metres - best.accuracy) best = { metres, accuracy: edge.accuracy_m };
  }
  return best;
}

function outside(asOf: Day): At {
  return {
    controller: null,
    sovereign: null,
    certain: true,
    or: null,
    zones: [],
    clauses: [],
    accuracy_m: null,
    edge_m: null,
    piece: null,
    unit: null,
    since: null,
    event: null,
    clause: null,
    cause: null,
    disputed: false,
    basis: null,
    doubts: [],
    source: null,
    outside: true,
    as_of: asOf,
  };
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
      };
      row.km2 += piece.km2;
      row.certain &&= Boolean(before.certain && after.certain);
      rows.set(key, row);
    }
  }
  const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  return sorted.map((row) => ({ ...row, km2: Math.round(row.km2 * 1000) / 1000 }));
}
